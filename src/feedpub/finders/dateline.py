"""Datelines: where, by whom and sometimes when a report was filed, at the very start of its first paragraph.

Takes a paragraph, gives a Dateline and where the story begins, or None. A dateline needs a place-shaped start, a
closing mark and a sentence behind it; a known agency or a full date may stand for one of these. Agencies are a closed
list, places an open one.
"""

from __future__ import annotations

import re
from itertools import islice

from msgspec import Struct

from feedpub.finders import eastern
from feedpub.finders.places import COUNTRIES, REGIONS, Head, is_place, known_place, place
from feedpub.lexicon import table
from feedpub.model import Dateline
from feedpub.normalise import one_line

LONGEST_HOUSE = 36
DASHES = ("-", "--", "—", "–", "―")
REACH = 170  # characters from the start that are looked at
LONGEST_HEAD, LONGEST_PLAIN_HEAD = 110, 80
MOST_MARKS = 3
SENTENCE_WORDS, FEWEST_WORDS = 8, 3  # what follows a colon has at least so many words; what follows a dash
GERMAN_WORDS = 12  # a heading before a dash has fewer behind it
LONG_DASHES = ("--", "—", "–", "―")

_AGENCIES = table("agencies")
PR = frozenset(word.casefold() for word in _AGENCIES["pr"])
WIRES = frozenset(word.casefold() for word in (*_AGENCIES["wire"], *_AGENCIES["front"])) | PR
ALONE = frozenset(_AGENCIES["alone"])
_LOWER_WIRES = frozenset(word for word in _AGENCIES["wire"] if word.islower())
_BRACKET = re.compile(r"\(([^()]{2,40})\)|/\s?([^/()\s][^/()]{1,30}?)\s?/")
_MARK = r"(?:--+|—|–|―|-|:|\.\s?[-–—]|\||/\.?|\.)"
_AFTER_BRACKET = re.compile(rf"\s*{_MARK}?(?:\s*[-–—]+)?\s*")
_PR_SLASHES = re.compile(r"([^/]{3,60}?)\s/\s([A-Z][A-Za-z ]{2,24})\s/\s([A-Z][a-z]+\.? \d{1,2}, \d{4})\s/\s*")
_NOTES = re.compile(r"(?:\[[^\[\]]{3,80}\]\s*)+")  # [Text] [Excerpts], as monitoring services note
_ALONE = re.compile(r"([^\W\d_][\w.]*(?: \w+)?)\s(?:-|--|—|–)\s*(?=\S)")
_DASH = re.compile(r"\s*(?:--+|—|–|―)\s*|\s+-\s*|:\s+|\s+\|\s+|\.[-–—]+\s*|-\s+")
_ADVISORY = re.compile(  # what agencies and themes set before a dateline: a note to editors, a list digit, a byline
    r"\s*(?:\((?:Adds|UPDATES|Updates|Recasts|Refiles|Corrects|Repeats|Rewrites|ATTN|Rpts|LEAD)[^()]{0,120}\)"
    r"|\d(?=新华社)|By [A-Z][^()\d:]{3,60}? (?=[A-Z]{3,}[ /,(]))\s*"
)
_BETWEEN = re.compile(r"([^\d:–—.|()-]{2,24}?)\s?(?:\.\s?[-–—]?|:|[-–—]+)\s*")
_STOPS = re.compile(
    r"([^\d.]{3,30})\.\s(\d{1,2}\s[^\W\d_]{3,9}|[^\W\d_]{3,9}\s\d{1,2})\.?\s([^\s()]{2,16}?(?:\sНовости)?)(?:\.\s|\s?[-–—]\s)"
)
_TWO_CALENDARS = re.compile(  # as Saudi papers date: أبها 30 شوال 1446 هـ الموافق 28 أبريل 2025 م واس
    r"([^\W\d_][^\d]{1,30}?)\s\d{1,2}\s[^\d]{2,16}\s1[34]\d\d\s?هـ\s(?:الموافق\s)?(\d{1,2}\s[^\W\d_]+\s20\d\d)\s?م\s(\S{2,8})(?:\s|$)"
)
_CAPITALS = re.compile(r"([A-Z]{3,}(?: [A-Z]{2,}){0,2}),? {1,3}([A-Z][a-z]*) (?=[a-z0-9A-Z])")
_OPENERS = frozenset(
    "A An The In At On With After As It For By When While Two Three Four Five Six US If Although There He She They"
    " This".split()
)
_QUOTES = "\"'“‘«„「『"


class Found(Struct, frozen=True):
    """A dateline, and the offset at which the story begins."""

    dateline: Dateline
    end: int
    rule: str


def read(text: str, language: str | None = None) -> Found | None:
    """The dateline at the start of a paragraph."""
    start = len(text) - len(text.lstrip(" *"))
    advisory = _ADVISORY.match(text[: 2 * REACH], start)
    if advisory:
        found = _read(text[advisory.end() : advisory.end() + REACH])
        if found:
            return Found(found.dateline, found.end + advisory.end(), found.rule)
    found = _read(text[start : start + REACH])
    if not found and language == "de":
        found = _german(text[start : start + REACH])
    return Found(found.dateline, found.end + start, found.rule) if found else None


def from_lines(before: str) -> Found | None:
    """A dateline that a page broke over several lines, given as one: `Halden Point, Nova Scotia CNN —`."""
    whole = _read(f"{before} The")
    if whole and whole.end == len(before) + 1:
        return Found(whole.dateline, len(before), whole.rule)
    words = before.split()
    for size in (1, 2):
        agency, head = " ".join(words[-1 - size : -1]), " ".join(words[: -1 - size])
        if agency.casefold() in WIRES:
            parsed = Head.parse(head) if head else Head()
            return _found(before, len(before), parsed, agency, "dateline-lines") if parsed else None
    return None


def _read(text: str) -> Found | None:
    if not text or text[0] in _QUOTES:
        return None
    if not text[:20].isascii() and (east := eastern.read(text)):
        return _found(text, east.end, east.head, east.agency, "dateline-east")
    return _bracketed(text) or _slashed(text) or _agency_alone(text) or _marked(text)


# ---------------------------------------------------------------------- agency in brackets


def _bracketed(text: str) -> Found | None:
    """PLACE, date (AGENCY) — ; date (AGENCY) - ; (AGENCY) - PLACE, date - ; (PLACE) --."""
    for match in _BRACKET.finditer(text[:LONGEST_HEAD]):
        head = text[: match.start()].rstrip(" -–—,")
        mark = _AFTER_BRACKET.match(text, match.end())
        end = mark.end() if mark else match.end()
        sep = text[match.end() : end].strip()
        agency = _agency(match[1] or match[2])
        if agency and not head:
            return _agency_first(text, agency, sep, end)
        parsed = Head.parse(head) if head and _begins_sentence(text, end) else None
        if not parsed or not (parsed.places or parsed.date):
            continue
        if agency:
            if _closed(parsed, sep, match, text) and _plausible_head(parsed, head, text[end:]):
                return _found(text, end, parsed, agency, "dateline-agency")
        elif match[1] and sep.lstrip(".") in DASHES and _vouched(parsed, match[1]):
            return _found(text, end, parsed, match[1].strip(), "dateline-unknown-agency")
    return _place_in_brackets(text)


def _closed(parsed: Head, sep: str, match: re.Match[str], text: str) -> bool:
    """Whether a mark closes the dateline; none is needed after a date, or in a script without case."""
    if parsed.date or not text[0].isascii():
        return True
    if not sep and parsed.places:  # Sanaa, Yemen (CNN)The ferry …
        return _is_located(parsed) or known_place(parsed.places[0].city)
    return bool(sep) and not (sep == "." and match[1])


def _vouched(parsed: Head, house: str) -> bool:
    """Whether place and date alone make it a dateline, whatever house the bracket names."""
    if len(house) > LONGEST_HOUSE or house.casefold() in COUNTRIES or house.casefold() in REGIONS:
        return False
    if not parsed.places:
        return _is_whole(parsed.date)
    if parsed.date or _is_located(parsed):
        return True
    return known_place(parsed.places[0].city) and not house.endswith(".")


def _is_whole(date: str | None) -> bool:
    """Whether the date has its year."""
    return bool(date) and len(date or "") > len("04-28")


def _is_located(parsed: Head) -> bool:
    """Whether a region or country that the table knows follows the place."""
    return parsed.region is not None and parsed.region.casefold() in REGIONS | COUNTRIES


def _plausible_head(parsed: Head, head: str, rest: str) -> bool:
    """Whether the words before the bracket are a place and not the subject of a sentence."""
    if parsed.date or parsed.region or head.isupper():
        return True
    if rest[:1].islower() or not parsed.places:
        return False
    return len(head.split()) <= 5 and not _is_name_of_thing(head)


def _is_name_of_thing(head: str) -> bool:
    """`Pakistan Tehreek-e-Insaf (PTI)`: a thing whose letters the bracket repeats."""
    return head.split(maxsplit=1)[0].casefold() in ("the", "a", "an")


def _agency(printed: str) -> str:
    """The agency that the bracket holds, without its desk (`dpa/lni`); nothing for other words."""
    name = printed.strip()
    if name.casefold() in WIRES:
        if name.islower() and name not in _LOWER_WIRES:
            return ""
        return name.partition("/")[0] if name.islower() else name
    for mark in ("/", "-", ";", ",", " "):
        first = name.partition(mark)[0].strip()
        if (
            first != name
            and first.casefold() in WIRES
            and (not first.islower() or first in _LOWER_WIRES)
            and len(name) < 30
        ):
            return first if mark != " " or not first.isupper() else ""
    return ""


def _agency_first(text: str, agency: str, sep: str, end: int) -> Found | None:
    """(Reuters) - Text; (ANSA) - ROMA, 16 APR - text."""
    if not sep or sep == "." or not _begins_sentence(text, end):
        return None
    dash = _DASH.search(text, end, end + 50)
    if dash:
        parsed = Head.parse(text[end : dash.start()])
        if parsed and parsed.places and parsed.date and _begins_sentence(text, dash.end()):
            return _found(text, dash.end(), parsed, agency, "dateline-agency-first")
    return _found(text, end, Head(), agency, "dateline-agency-only")


def _slashed(text: str) -> Found | None:
    """PLACE, NJ / ACCESSWIRE / May 29, 2017 / ."""
    match = _PR_SLASHES.match(text)
    if not match or match[2].casefold() not in WIRES:
        return None
    parsed = Head.parse(f"{match[1]}, {match[3]}")
    return _found(text, match.end(), parsed, match[2], "dateline-agency") if parsed and parsed.places else None


def _agency_alone(text: str) -> Found | None:
    """AP - ; Reuters - : as portals print what agencies send."""
    match = _ALONE.match(text)
    if match and match[1] in ALONE and _begins_sentence(text, match.end()):
        return _found(text, match.end(), Head(), match[1], "dateline-agency-alone")
    return None


def _place_in_brackets(text: str) -> Found | None:
    """(LONDON) -- as American radio networks print it."""
    match = re.match(r"\(([^()]{3,40})\)\s?(?:--|—|–)\s*", text)
    if not match or not match[1].partition(",")[0].isupper():
        return None
    parsed = Head.parse(match[1])
    if parsed and parsed.places and _begins_sentence(text, match.end()):
        return _found(text, match.end(), parsed, None, "dateline-place-in-brackets")
    return None


# ---------------------------------------------------------------------- marks


def _marked(text: str) -> Found | None:
    """PLACE, AGENCY – ; PLACE, date — ; PLACE — ; PLACE, date — AGENCY. ; PLACE agency | ."""
    stopped = _stopped(text) or ("هـ" in text and _in_two_calendars(text)) or None
    if stopped:
        return stopped
    for mark in islice(_DASH.finditer(text[:LONGEST_HEAD]), MOST_MARKS):
        head = text[: mark.start()]
        parsed = Head.parse(head, WIRES) if 0 < len(head) <= LONGEST_PLAIN_HEAD and mark.end() < len(text) else None
        found = _at_mark(text, head, parsed, mark) if parsed else None
        if found:
            return found
    return _unmarked(text)


def _unmarked(text: str) -> Found | None:
    """NEW YORK The ferries …: a known place in capitals, and a word behind it that only begins sentences."""
    match = _CAPITALS.match(text)
    if not match or match[2] not in _OPENERS or not known_place(match[1]):
        return None
    return _found(text, match.start(2), Head((Head.of(match[1]),)), None, "dateline-capitals")


def _at_mark(text: str, head: str, parsed: Head, mark: re.Match[str]) -> Found | None:
    """The dateline that closes at a mark, when there is evidence enough."""
    sign, end = mark[0].strip(), mark.end()
    after = _agency_after(text, end)
    if after and parsed.places and (parsed.date or sign != ":"):
        return _found(text, after[1], parsed, after[0], "dateline-agency-after")
    if not _begins_sentence(text, end):
        return None
    if parsed.agency and (parsed.places or parsed.date):
        vouched = sign != "|" or known_place(parsed.places[0].city) or parsed.places[0].city.isupper()
        return _found(text, end, parsed, parsed.agency, "dateline-agency-in-line") if vouched else None
    if parsed.date and (parsed.places or (_is_whole(parsed.date) and sign in DASHES)):
        return _found(text, end, parsed, None, "dateline-date")
    own = bool(parsed.places) and _own(text, head, parsed, mark)
    return _found(text, end, parsed, None, "dateline-place") if own else None


def _agency_after(text: str, end: int) -> tuple[str, int] | None:
    """The agency between two marks: `القاهرة - رويترز: `, `МОСКВА, 10 фев — РИА Новости. `."""
    match = _BETWEEN.match(text, end)
    if not match or match[1].strip().casefold() not in WIRES:
        return None
    agency = match[1].strip()
    return (agency, match.end()) if not agency.islower() or not agency.isascii() else None


def _stopped(text: str) -> Found | None:
    """КИЇВ. 28 квітня. УНН. ; Москва. 28 апреля. INTERFAX.RU - ."""
    match = _STOPS.match(text)
    if not match or match[3].casefold() not in WIRES:
        return None
    parsed = Head.parse(f"{match[1]}, {match[2]}")
    return _found(text, match.end(), parsed, match[3], "dateline-stops") if parsed and parsed.places else None


def _in_two_calendars(text: str) -> Found | None:
    """A dateline with the day by two calendars, of which the second counts."""
    match = _TWO_CALENDARS.match(text)
    if not match or match[3].casefold() not in WIRES:
        return None
    parsed = Head.parse(f"{match[1]}, {match[2]}")
    return _found(text, match.end(), parsed, match[3], "dateline-two-calendars") if parsed and parsed.places else None


def _own(text: str, head: str, parsed: Head, mark: re.Match[str]) -> bool:
    """A newspaper's own dateline, without agency and date: capitals before a dash, or a known place."""
    city, sign, end = parsed.places[0].city, mark[0].strip(), mark.end()
    known = known_place(city)
    located = known or _is_located(parsed)
    if len(text[end:].split()) < FEWEST_WORDS:
        return False
    if head.split(",", maxsplit=1)[0].isupper():
        return (located or sign in LONG_DASHES) and _capital_place(city, located=located, lone=_lone_mark(text, end))
    if not city[0].isascii() and city.upper() == city:  # a script without case
        return known and _lone_mark(text, end)
    if not located or (sign == "-" and mark[0] != " ") or not _lone_mark(text, end):
        return False
    return sign != ":" or len(text[end:].split()) >= SENTENCE_WORDS


def _capital_place(city: str, *, located: bool, lone: bool) -> bool:
    """A place in capitals: any when a region or the table vouches for it, else one that looks like no headline."""
    return is_place(city, capitals=not located) and (located or lone)


def _german(text: str) -> Found | None:
    """`Lillehammer – Weltmeister Bernhard Gruber …`: German papers open with any place and a spaced dash."""
    match = re.match(r"[^\W\d_][^\s:;,.!?–—()]{2,}(?: [^\W\d_][^\s:;,.!?–—()]{2,})?\s–\s(?=[^\W\d_]|[„\"»])", text)
    if not match or len(text[match.end() :].split()) < GERMAN_WORDS or not _lone_mark(text, match.end()):
        return None
    parsed = Head.parse(match[0].rstrip(" –"))
    if not parsed or not parsed.places or not _begins_sentence(text, match.end()):
        return None
    return _found(text, match.end(), parsed, None, "dateline-place")


def _lone_mark(text: str, end: int) -> bool:
    """No second dash in the sentence: `NASA — an agency … — understands` is an apposition."""
    sentence = re.split(r"[.!?]\s", text[end:], maxsplit=1)[0]
    return not re.search(r"\s[—–-]\s|\s--\s", sentence)


def _begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence can begin there: a capital, a digit, a quotation, or a script that has no case."""
    char = text[at : at + 1]
    if not char:
        return False
    return char in _QUOTES + "(¿¡$€£<[" or char.isdigit() or char.isupper() or (char.isalpha() and not char.islower())


def _found(text: str, end: int, head: Head, agency: str | None, rule: str) -> Found:
    if text[end : end + 1] == "[" and (notes := _NOTES.match(text, end)):
        end = notes.end()
    raw = one_line(text[:end])
    return Found(Dateline(raw, tuple(place(one) for one in head.places), agency, head.date), end, rule)
