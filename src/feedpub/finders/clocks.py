"""Times of day beside a date: `5:42 PM EDT, April 28`, `28.04.2025, 16:40 Uhr`, `28 avril à 17h05`.

Takes a line and the span of a day in it, gives the time and zone, and the span that holds them too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from feedpub.dates import is_zone
from feedpub.lexicon import table

LONGEST_AT_END = 24  # characters of a time at the end of a line
BEFORE = 24  # characters before a day in which its time stands
JOINING = frozenset(("", "on", "am", "uhr", "el", "le", "del", "di", "op"))  # words between a time and its day
FIRST_HOUR = {"afternoon": 1, "night": 6, "noon": 6}  # from it on, or up to it, an hour is of the second half
UNSPACED = "\u0e00"  # the first letter of the scripts that set no spaces


class Clock(Struct, frozen=True, gc=False):
    """A time of day as printed, and the span that it makes with its day."""

    start: int
    end: int
    time: tuple[int, int, int] | None = None
    zone: str = ""
    seconds: bool = False


_WEEKDAYS = frozenset(table("months")["weekday"])
_TABLE = table("clocks")
_HALVES = {word.rstrip("."): half for half in ("morning", "noon", "afternoon", "night") for word in _TABLE[half]}


def _any(words: Iterable[str]) -> str:
    """One of the words, and no longer one."""
    return "|".join(
        re.escape(word) + (r"\b" if word[-1].isalnum() and word < UNSPACED else "")
        for word in sorted(words, key=len, reverse=True)
    )


_HALF = rf"(?:{_any(_HALVES)})\.?"
_TIME = (
    r"(\d{1,2})\s?(?:[:.h：時点时시]\s?([0-5]\d)(?:[:.]([0-5]\d)(?:[.,]\d+)?)?\s?[分분]?"
    rf"(?:\s?({_HALF}))?"
    rf"|\s?({_HALF}|uhr|h\b|時|点|시))(?:\s?(?:{_any(_TABLE['behind'])}))?"
)
_CLOCK = re.compile(r"(?<!\d)" + _TIME, re.IGNORECASE)
_CLOCK_AFTER = re.compile(_TIME, re.IGNORECASE)  # may be glued to the year: 20254:12 PM
_HALF_BEFORE = re.compile(rf"(?:{_HALF})\s?$", re.IGNORECASE)
_HALF_AFTER = re.compile(rf"(?:{_HALF})\s?", re.IGNORECASE)
_ZONE = re.compile(
    r"\s?[(\[]?\s?((?:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d\d)?(?!\d)|[A-ZМСКİ]{1,5}(?![A-Za-z])|[A-Z]{2,4}(?=[A-Z][a-z])"
    r"|horário de Brasília)[)\]]?"
)
_AT = rf"(?:{_any(_TABLE['at'])})"
_JOIN = re.compile(rf"(?:\s|[,،|·•–—/-]|\.\s|T(?=\d)|[(（](?=\d\d?:\d\d[)）])|\b{_AT}(?=[\s\d,]))*", re.IGNORECASE)
_JOINED = re.compile(rf"(?:[\s,]|\s{_AT}(?=\s|$))*$", re.IGNORECASE)
_WEEKDAY_AFTER = re.compile(r"[\s.,]*[(（]?([^\W\d_]+)[)）]?")


def beside(line: str, start: int, end: int) -> Clock:
    """The time after the day, else the one before it, and the span that holds both."""
    if after := _after(line, end) or _after(line, _with_weekday_after(line, end)):
        return Clock(start, after.end, after.time, after.zone, after.seconds)
    for before in _CLOCK.finditer(line, max(0, start - BEFORE), start):
        zone, stop = _zone(line, before.end())
        between = line[min(stop, start) : start].strip(" ,|·•–—-/").casefold()
        if between in JOINING and (told := _before(line, before)):
            if not zone and line[end : end + 1] == " " and line[end + 1 : end + 2].isupper():
                zone, end = _zone(line, end)
            return Clock(told.start, end, told.time, zone, told.seconds)
    return Clock(start, end)


def _after(line: str, at: int) -> Clock | None:
    """The time that stands behind a day, with the word for its half of the day."""
    if at >= len(line):
        return None
    joined = _JOIN.match(line, at)
    first = joined.end() if joined else at
    half = _HALF_AFTER.match(line, first)
    match = _CLOCK_AFTER.match(line, half.end() if half else first)
    time = _time(match, half[0].strip() if half else "") if match else None
    if match is None or time is None:
        return None
    zone, end = _zone(line, match.end())
    return Clock(first, end, time, zone, bool(match[3]))


def _before(line: str, match: re.Match[str]) -> Clock | None:
    """The time of a match, with the word for its half of the day that stands before it."""
    half = _HALF_BEFORE.search(line[: match.start()]) if match.start() and not line.isascii() else None
    time = _time(match, half[0].strip() if half else "")
    return Clock(half.start() if half else match.start(), match.end(), time, "", bool(match[3])) if time else None


def _with_weekday_after(line: str, at: int) -> int:
    """Where the weekday ends that stands behind a day (`2026年3月14日（土）`), else the end of the line."""
    match = _WEEKDAY_AFTER.match(line, at)
    return match.end() if match and match[1].casefold() in _WEEKDAYS else len(line)


def at_end(line: str) -> tuple[str, Clock] | None:
    """The line without the time of day at its end, and that time: `Posted by Ada March at 7:42 AM`."""
    for match in _CLOCK.finditer(line, max(0, len(line) - LONGEST_AT_END)):
        zone, end = _zone(line, match.end())
        if end >= len(line.rstrip()) and (told := _before(line, match)):
            head = _JOINED.sub("", line[: told.start])
            return head, Clock(told.start, end, told.time, zone, told.seconds)
    return None


def with_weekday(line: str, start: int) -> int:
    """Where the weekday that belongs to the day begins (`Mon, 28 April`)."""
    head = line[max(0, start - 16) : start].rstrip(" ,.|")
    word = head[head.rfind(" ") + 1 :].strip("(").casefold()
    return line.rfind(head[-len(word) :], 0, start) if word and word in _WEEKDAYS else start


def _time(match: re.Match[str], half: str) -> tuple[int, int, int] | None:
    """The time of a match, of the half of the day that a word before or behind its figures tells."""
    printed, minute, second, behind, bare = match.groups()
    hour, told = int(printed), _HALVES.get((half or behind or bare or "").casefold().rstrip("."), "")
    first = FIRST_HOUR.get(told, 0)
    if told == "noon":
        hour += 12 if hour < first else 0
    elif first and first <= hour < 12:
        hour += 12
    elif told in ("morning", "night") and hour == 12:
        hour = 0
    return (hour, int(minute or 0), int(second or 0)) if hour < 24 else None


def _zone(line: str, at: int) -> tuple[str, int]:
    """The zone that stands there, and where it ends."""
    match = _ZONE.match(line, at)
    if match and is_zone(match[1].strip()):
        return match[1].strip(), match.end()
    return ("Z", at + 1) if line[at : at + 1] == "Z" else ("", at)
