"""Dates as a short line prints them.

`read` takes a line, gives its Stamps in order, each with what the words beside it say it is. Only closed patterns
match: a bare number, weekday or month is no date.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from feedpub.dates import Stamp, dotted_month, from_solar, month_number, solar_month
from feedpub.finders import ago
from feedpub.finders.clocks import at_end, beside, with_weekday
from feedpub.lexicon import keys_by_word, table

LONGEST_LINE = 300  # characters; a longer line is prose
LONGEST_SHORT_YEAR = 80  # characters of a line in which a year may have two digits
TURN = 70  # years of two digits from it on are of the last century
THAI_YEARS = 543  # the Buddhist era is ahead by so many years
GLUED_LABELS = range(12, 5, -1)  # lengths of labels that are looked for inside a word

_LABELS = keys_by_word({role: table("datelabels")[role] for role in ("published", "updated", "not")})
_LONGEST_LABEL = max(map(len, _LABELS))
_MONTHS = table("months")
_PARTED = "|".join(  # names of months in which a blank or a full stop stands
    re.escape(word) for key, words in _MONTHS.items() if key.isdecimal() for word in words if " " in word or "." in word
)
_IN_WORD = r"[^\d\s.,/()\[\]|·•:;–—-]"
_WORD = rf"(?:{_PARTED}|{_IN_WORD}{{3,14}}|[^\W\d_\u0000-\u036f]{_IN_WORD})"  # of two letters no Latin ones
_YEAR = r"(?:19|20|25)\d\d"
_DIGIT = re.compile(r"\d")
_CENTURY_ANYWHERE = re.compile(r"(?:19|20|25)\d\d")  # beside a relative time a day has its year
_CENTURY = re.compile(r"(?:19|20|25)\d\d[-/.\s年년]")
_ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}  # years before the first of each
_ERA = re.compile(
    rf"({'|'.join(_ERAS)})\s?(\d{{1,3}}|元)\s?年(?:\s?[（(]\d{{4}}年?[）)])?\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日"
)
_YMD = re.compile(
    rf"(?<![\d.])({_YEAR})\s?[-/.年년](?:[（(][^（）()]{{2,8}}[）)])?\s?(\d{{1,2}})\s?[-/.月월]\s?(\d{{1,2}})(?!\d)\s?[日일.]?"
)
_YMD_WORD = re.compile(rf"(?<!\d)({_YEAR})[.\s-]+({_WORD})[.\s-]+(\d{{1,2}})(?!\d)")
_MONGOLIAN = re.compile(rf"(?<!\d)({_YEAR}) оны (\d{{1,2}})(?:-[др]\w*)? сарын (\d{{1,2}})(?:-н\w*(?: өдөр)?)?")
# A pattern that begins with a digit is found faster than one that begins with what may not stand before it.
_DMY = re.compile(rf"(\d(?<!\d\d)(?<!\d[,:./-]\d)\d?)\s?([./-])\s?(\d{{1,2}})\s?\2\s?({_YEAR}|\d\d(?!\d))")
_ROMAN = {word: number for number, word in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}
_IN_ROMAN = "|".join(sorted(_ROMAN, key=len, reverse=True))
_D_ROMAN = re.compile(rf"(?<![\d.,:/-])(\d{{1,2}})([./-]\s?|\s)({_IN_ROMAN})\2({_YEAR})(?!\d)")
_ROMAN_D = re.compile(rf"(?<!\d)({_YEAR})\.\s?({_IN_ROMAN})\.\s?(\d{{1,2}})(?!\d)")
_MD_CJK = re.compile(  # 4月28日, and in brackets that follow a whole date (4/28 17:05 更新)
    r"(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]|(?<=（)(\d{1,2})/(\d{1,2})(?= \d{1,2}:\d\d )"
)
_SOLAR = re.compile(
    rf"(?<!\d)(?:(\d{{1,2}})\s({_WORD})\s(1[34]\d\d)|(1[34]\d\d)\s?[/-]\s?(\d{{1,2}})\s?[/-]\s?(\d{{1,2}}))(?!\d)"
)
_D_WORD = re.compile(  # may be glued to the year of another date: 20252. Februar
    r"(\d(?:(?<!\d\d)|(?<=19\d\d\d)|(?<=20\d\d\d))(?<!\d:\d)\d?)(?:st|nd|rd|th|er|º|ª|°)?[\s.,/-]{0,3}"
    rf"(?:(?:de|of|ngày)\s|d['’])?(tháng \d{{1,2}}|{_WORD})(?! of \d\b)(?:/{_WORD}|\s\({_WORD}\))?[\s.,/-]{{0,3}}"
    rf"(?:(?:de|del|of|năm)\s)?({_YEAR}|['’]\d\d(?!\d)|\d\d(?![\d:.h]))?",
    re.IGNORECASE,
)
_WORD_D = re.compile(
    rf"({_WORD})[.\s]{{0,2}}(\d{{1,2}})(?:st|nd|rd|th)?(?:(?![\d:])|(?=(?:19|20)\d\d(?!\d)))"
    rf"\s?(?:[.,]\s?)?(?:(?:de|of)\s)?({_YEAR})?",
    re.IGNORECASE,
)
_BEFORE_DIGIT = re.compile(
    rf"(?:{_IN_WORD}{{3}}|[^\W\d_\u0000-\u036f]{_IN_WORD})[.\s]{{0,2}}\d"
)  # what every match of it holds
_RANGE = re.compile(
    r"(?<![:.\w])\d{1,2}(?:\.\s?[-–]\s?|[-–])$"
)  # the days of an event: 14. - 20. Januar, 14-20 January
_CASED = re.compile("[A-Z]?[a-z]+|[A-Z]+")  # words, parted also where one is glued to the next
MONTHS = frozenset(
    cased
    for key, words in _MONTHS.items()
    for word in words
    if key.isdecimal() and word.isascii()
    for cased in (word, word.capitalize(), word.upper())
)
_FOREIGN_DIGIT = re.compile("[٠-٩۰-۹०-९০-৯๐-๙０-９]")


def _digit(match: re.Match[str]) -> str:
    return str(int(match[0]))


def read(line: str) -> tuple[Stamp, ...]:
    """What dates a short line prints, in their order."""
    if len(line) > LONGEST_LINE:
        return ()
    if not line.isascii():
        line = _FOREIGN_DIGIT.sub(_digit, line)
    folded = line.casefold().replace("’", "'")
    if not _DIGIT.search(line) and ago.WORDS.isdisjoint(folded.replace("'", " ").replace("-", " ").split()):
        return ()
    found = ago.find(line, folded) if len(folded) == len(line) else []
    if not found or _CENTURY_ANYWHERE.search(line):
        found = [*_absolute(line), *found]
    found.sort(key=lambda stamp: (stamp.start, stamp.start - stamp.end))
    kept: list[Stamp] = []
    for stamp in found:
        if not kept or stamp.start >= kept[-1].end:
            kept.append(stamp)
    return tuple(_labelled(line, kept))


# ---------------------------------------------------------------------- days


def _absolute(line: str) -> list[Stamp]:
    found: list[Stamp] = []
    if _CENTURY.search(line):
        _add_year_first(found, line)
    if not found and ("." in line or "/" in line or "-" in line):
        for match in _DMY.finditer(line):
            _add_numeric(found, line, match)
    if not found and not _ROMAN.keys().isdisjoint(line):
        _add_roman(found, line)
    if not line.isascii():
        for match in _ERA.finditer(line):
            year = _ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
            _add(found, line, match.span(), (year, int(match[3]), int(match[4])))
        for match in _MD_CJK.finditer(line):
            _add(found, line, match.span(), (None, int(match[1] or match[3]), int(match[2] or match[4])))
    if not found and ("/" in line or not line.isascii()):
        _add_solar(found, line)
    if not found and _may_name_month(line):
        _add_named(found, line)
    return found


def _add_roman(found: list[Stamp], line: str) -> None:
    """28.IV.2025, 28 IV 2025, 2025. IV. 28: as in Polish, Hungarian, Italian."""
    for match in _D_ROMAN.finditer(line):
        _add(found, line, match.span(), (_year(match[4]), _ROMAN[match[3]], int(match[1])))
    for match in _ROMAN_D.finditer(line):
        _add(found, line, match.span(), (_year(match[1]), _ROMAN[match[2]], int(match[3])))


def _may_name_month(line: str) -> bool:
    """Whether a word of a line in plain Latin letters is a month's name, also glued to another; others may hold one."""
    return not line.isascii() or not MONTHS.isdisjoint(_CASED.findall(line))


def _add_year_first(found: list[Stamp], line: str) -> None:
    """2025-04-28, 2025年4月28日, 2025. április 28."""
    for match in _YMD.finditer(line):
        _add(found, line, match.span(), (_year(match[1]), int(match[2]), int(match[3])))
    for match in _MONGOLIAN.finditer(line) if " оны " in line else ():
        _add(found, line, match.span(), (_year(match[1]), int(match[2]), int(match[3])))
    for match in _YMD_WORD.finditer(line):
        if month := month_number(match[2]):
            _add(found, line, match.span(), (_year(match[1]), month, int(match[3])))


def _add_solar(found: list[Stamp], line: str) -> None:
    """Days of the Persian calendar: 8 اردیبهشت 1404, 1404/02/08."""
    for match in _SOLAR.finditer(line):
        year, month, day = (match[3], solar_month(match[2]), match[1]) if match[2] else (match[4], match[5], match[6])
        if gregorian := from_solar(int(year), int(month), int(day)):
            _add(found, line, match.span(), gregorian)


def _add_named(found: list[Stamp], line: str) -> None:
    """Days with the month's name; with a year the first of two readings holds."""
    _add_day_first(found, line)
    if not any(stamp.year for stamp in found) and _BEFORE_DIGIT.search(line):
        _add_month_first(found, line)


def _add_day_first(found: list[Stamp], line: str) -> None:
    """28 April 2025, 28 de abril de 2025, 28 tháng 4."""
    for match in _D_WORD.finditer(line):
        word, year = match[2], match[3]
        dotted = line[match.end(1) : match.end(1) + 1] == "."
        month = int(word[6:]) if word[:6] == "tháng " else dotted_month(word) if dotted else month_number(word)
        if month and not (word == "ago" and not year):
            end = match.end(3) if year else match.end(2)
            is_thai = year and len(year) == 2 and "\u0e00" <= word[0] <= "\u0e7f"
            _add(found, line, (match.start(), end), (_year(f"25{year}" if is_thai else year), month, int(match[1])))


def _add_month_first(found: list[Stamp], line: str) -> None:
    """April 28, 2025."""
    for match in _WORD_D.finditer(line):
        word, year = match[1], match[3]
        month = month_number(word)
        if not month or (word == "ago" and not year):
            continue
        start, end = match.end(1) - _month_length(word), match.end(3) if year else match.end(2)
        found[:] = [stamp for stamp in found if stamp.year or stamp.end <= start or stamp.start >= end]
        _add(found, line, (start, end), (_year(year), month, int(match[2])))


def _month_length(word: str) -> int:
    """How much of the word is the month: all of it, or what follows its last capital (`onApril`)."""
    capital = max((at for at, char in enumerate(word) if char.isupper()), default=0)
    return len(word) - capital if capital and month_number(word[:capital] + word[capital:].lower()) == 0 else len(word)


def _year(digits: str | None) -> int | None:
    if not digits:
        return None
    year = int(digits.lstrip("'’"))
    if year < 100:
        return 2000 + year if year < TURN else 1900 + year
    return year - THAI_YEARS if year > 2500 else year


def _add_numeric(found: list[Stamp], line: str, match: re.Match[str]) -> None:
    """28.04.2025, 04/28/2025; 04/05/2025 may be either."""
    first, second, year = int(match[1]), int(match[3]), match[4]
    if len(year) == 2 and len(line) > LONGEST_SHORT_YEAR:
        return
    month, day = (first, second) if second > 12 >= first else (second, first)
    _add(found, line, match.span(), (_year(year), month, day))
    if match[2] != "." and first != second and max(first, second) <= 12 and found:
        found[-1] = replace(found[-1], swappable=True)


def _add(found: list[Stamp], line: str, span: tuple[int, int], day: tuple[int | None, int, int]) -> None:
    """Add the day, with the weekday and time that stand beside it."""
    year, month, number = day
    if not (1 <= month <= 12 and 1 <= number <= 31):
        return
    if any(span[0] < stamp.end and stamp.start < span[1] for stamp in found):
        return
    clock = beside(line, with_weekday(line, span[0]), span[1])
    text = line[clock.start : clock.end]
    found.append(
        Stamp(
            clock.start,
            clock.end,
            text,
            "",
            year,
            month,
            number,
            clock=clock.time,
            seconds=clock.seconds,
            zone=clock.zone,
        )
    )


# ---------------------------------------------------------------------- roles


def _labelled(line: str, found: list[Stamp]) -> list[Stamp]:
    """Each stamp with what the words before it (or, in Chinese, Japanese and Korean, after it) say it is."""
    labelled, last = [], 0
    for stamp in found:
        head = line[last : stamp.start]
        said = "not" if _RANGE.search(head) else _role(head.rstrip(" :：-–—|([,.").lstrip(" |·•,;)(["))
        if not said and not line.isascii():
            said = _LABELS.get(line[stamp.end : stamp.end + 4].strip(" :：)）").casefold(), "")
        last = stamp.end
        labelled.append(replace(stamp, role=said) if said else stamp)
    return [*labelled, *_later_that_day(line, labelled[-1])] if labelled and _DIGIT.search(line, last) else labelled


def _later_that_day(line: str, stamp: Stamp) -> list[Stamp]:
    """A time at the end of a line that a label parts from the day before it: `14. března 6:30, aktualizováno 11:15`."""
    rest = line[stamp.end :].rstrip(" )）")
    told = at_end(rest) if stamp.month else None
    if told is None or not (said := role(told[0].lstrip(" (（|·•,،;"))):
        return []
    clock = told[1]
    start, end = stamp.end, stamp.end + len(rest)
    later = replace(stamp, start=start, end=end, text=line[start:end], role=said)
    return [replace(later, clock=clock.time, zone=clock.zone or stamp.zone, seconds=clock.seconds)]


def role(words: str) -> str:
    """What a line says of a date when it holds nothing but a label for one: published, updated, not, or nothing."""
    return _LABELS.get(words.strip(" :：-–—|([,.").casefold(), "")


def _role(head: str) -> str:
    words = head[-_LONGEST_LABEL - 1 :].casefold()
    if not words or words in _LABELS:
        return _LABELS.get(words, "")
    parts = words.split()
    for size in range(min(4, len(parts)), 0, -1):
        tail = " ".join(parts[-size:])
        if tail in _LABELS:
            return _LABELS[tail]
    for size in GLUED_LABELS:  # 3 min readUpdated
        if head[-size : -size + 1].isupper() and words[-size:] in _LABELS:
            return _LABELS[words[-size:]]
    return ""
