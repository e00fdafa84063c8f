"""Datelines that a mark closes.

PLACE, AGENCY – · PLACE, date — · PLACE — · PLACE, date — AGENCY. · PLACE agency | · AGENCY - · PLACE, Country, date.
"""

from __future__ import annotations

import re
from itertools import islice

from feedpub.finders.agencies import ALONE, WIRES
from feedpub.finders.given import is_given
from feedpub.finders.located import (
    DASH,
    DASHES,
    LONGEST_HEAD,
    Found,
    begins_sentence,
    is_located,
    is_whole,
    locate,
    lone_mark,
)
from feedpub.finders.places import REGIONS, Head, is_place, is_site, known_place
from feedpub.lexicon import table

LONGEST_PLAIN_HEAD = 80  # characters before a mark that no bracket follows
MOST_MARKS = 3
SENTENCE_WORDS, FEWEST_WORDS = 8, 3  # what follows a colon has at least so many words; what follows a dash
FULL_WORDS = 12  # a heading or a label before a dash has fewer behind it
TOLD_WORDS = 7  # a sentence behind the name of a site has as many; what a site says of itself has fewer
NEXT = 4  # words behind a heading that take it up
LONG_DASHES = ("--", "—", "–", "―")
_ALONE = re.compile(r"([^\W\d_][\w.]*(?: \w+)?)\s(?:-|--|—|–)\s*(?=\S)")
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
SPEAKERS = frozenset((*table("chrome")["you"], *table("chrome")["us"], "i", "i'm", "i’m", "me", "us"))
_STOP = re.compile(r"\.\s+")
_GERMAN = re.compile(r"[^\W\d_][^\s:;,.!?–—()]{2,}(?: [^\W\d_][^\s:;,.!?–—()]{2,})?\s–\s(?=[^\W\d_]|[„\"»])")


def read(text: str) -> Found | None:
    """PLACE, AGENCY – ; PLACE, date — ; PLACE — ; PLACE, date — AGENCY. ; PLACE agency | ."""
    stopped = _stopped(text) or ("هـ" in text and _in_two_calendars(text)) or None
    if stopped:
        return stopped
    for mark in islice(DASH.finditer(text[:LONGEST_HEAD]), MOST_MARKS):
        head = text[: mark.start() + _is_abbreviated(text, mark)]
        parsed = Head.parse(head, WIRES) if 0 < len(head) <= LONGEST_PLAIN_HEAD and mark.end() < len(text) else None
        found = _at_mark(text, head, parsed, mark) if parsed else None
        if found:
            return found
    return _at_stop(text) or _unmarked(text)


def agency_alone(text: str) -> Found | None:
    """AP - ; Reuters - : as portals print what agencies send; or the name of a site."""
    match = _ALONE.match(text)
    if match and begins_sentence(text, match.end()) and (match[1] in ALONE or _is_of_site(match, text)):
        return locate(text, match.end(), Head(), match[1], "dateline-agency-alone")
    return None


def _is_of_site(match: re.Match[str], text: str) -> bool:
    """Whether a site is named by its address, and a whole sentence follows."""
    end = match.end()
    return is_site(match[1]) and lone_mark(text, end) and len(text[end:].split()) >= TOLD_WORDS


def german(text: str) -> Found | None:
    """`Lillehammer – Weltmeister Bernhard Gruber …`: German papers open with any place and a spaced dash."""
    match = _GERMAN.match(text)
    if not match or len(text[match.end() :].split()) < FULL_WORDS or not lone_mark(text, match.end()):
        return None
    parsed = Head.parse(match[0].rstrip(" –"))
    if not parsed or not parsed.places or not begins_sentence(text, match.end()):
        return None
    return locate(text, match.end(), parsed, None, "dateline-place")


def _at_stop(text: str) -> Found | None:
    """BAKU, Azerbaijan, April 28. ; YEREVAN, APRIL 28, ARMENPRESS. ; WIEN/GRAZ. ."""
    in_capitals = text[:2].isupper()
    for stop in islice(_STOP.finditer(text[:LONGEST_PLAIN_HEAD]), MOST_MARKS) if in_capitals else ():
        parsed = Head.parse(text[: stop.start()], WIRES) if begins_sentence(text, stop.end()) else None
        if not parsed or not parsed.places or not parsed.places[0].city.isupper():
            continue
        known = all(known_place(one.city) for one in parsed.places)
        if (parsed.date and (known or parsed.region or parsed.agency)) or (known and _fills(text, stop.end())):
            return locate(text, stop.end(), parsed, parsed.agency, "dateline-stop")
    return None


def _fills(text: str, end: int) -> bool:
    """Whether a whole sentence of some length follows, and no list of places."""
    first, *others = text[end:].split()
    return len(others) >= FULL_WORDS and not (len(first) > 1 and first.isupper())


def _unmarked(text: str) -> Found | None:
    """NEW YORK The ferries …: a known place in capitals, and a word behind it that only begins sentences."""
    match = _CAPITALS.match(text)
    if not match or match[2] not in _OPENERS or not known_place(match[1]):
        return None
    return locate(text, match.start(2), Head((Head.of(match[1]),)), None, "dateline-capitals")


def _at_mark(text: str, head: str, parsed: Head, mark: re.Match[str]) -> Found | None:
    """The dateline that closes at a mark, when there is evidence enough."""
    sign, end = mark[0].strip(" ."), mark.end()
    after = _agency_after(text, end)
    if after and parsed.places and (parsed.date or sign != ":"):
        return locate(text, after[1], parsed, after[0], "dateline-agency-after")
    if not begins_sentence(text, end):
        return None
    if parsed.agency and (parsed.places or parsed.date):
        vouched = sign != "|" or known_place(parsed.places[0].city) or parsed.places[0].city.isupper()
        return locate(text, end, parsed, parsed.agency, "dateline-agency-in-line") if vouched else None
    if parsed.date and (parsed.places or (is_whole(parsed.date) and sign in DASHES)):
        return locate(text, end, parsed, None, "dateline-date")
    own = bool(parsed.places) and _own(text, head, parsed, mark)
    return locate(text, end, parsed, None, "dateline-place") if own else None


def _is_abbreviated(text: str, mark: re.Match[str]) -> bool:
    """Whether the full stop of a mark belongs to the region before it: `PALO ALTO, Calif.—`."""
    return mark[0][0] == "." and text[: mark.start() + 1].rpartition(", ")[2].casefold() in REGIONS


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
    return locate(text, match.end(), parsed, match[3], "dateline-stops") if parsed and parsed.places else None


def _in_two_calendars(text: str) -> Found | None:
    """A dateline with the day by two calendars, of which the second counts."""
    match = _TWO_CALENDARS.match(text)
    if not match or match[3].casefold() not in WIRES:
        return None
    parsed = Head.parse(f"{match[1]}, {match[2]}")
    return locate(text, match.end(), parsed, match[3], "dateline-two-calendars") if parsed and parsed.places else None


def _own(text: str, head: str, parsed: Head, mark: re.Match[str]) -> bool:
    """A newspaper's own dateline, without agency and date: capitals before a dash, or a known place."""
    city, sign, end = parsed.places[0].city, mark[0].strip(" ."), mark.end()
    known = any(known_place(one.city) for one in parsed.places)
    located = known or is_located(parsed)
    if len(text[end:].split()) < FEWEST_WORDS:
        return False
    if head.split(",", maxsplit=1)[0].isupper():
        sure = located or sign in LONG_DASHES or mark[0][0] == "."  # RÍO HONDO.-
        sure = sure or (mark[0] == " - " and _begins_story(text, city, end))
        sure = sure or (sign == ":" and _is_of_town(text, city, end))
        return sure and _capital_place(city, located=located, lone=lone_mark(text, end))
    if not city[0].isascii() and city.upper() == city:  # a script without case
        return known and lone_mark(text, end)
    if not located or (not mark[0][0].isspace() and sign == "-") or not lone_mark(text, end):
        return False
    return sign != ":" or len(text[end:].split()) >= SENTENCE_WORDS


def _begins_story(text: str, city: str, end: int) -> bool:
    """Whether a hyphen parts a place that nobody knows from a story: below a heading, its own words come again."""
    told, name = text[end:].casefold().split(), city.casefold().split()[0]
    return len(told) >= FULL_WORDS and not any(word.startswith(name) for word in told[:NEXT])


def _is_of_town(text: str, city: str, end: int) -> bool:
    """Whether a colon parts a town that nobody knows from a story."""
    return _is_told_of(text, city, end) or (" " not in city and _opens_story(text, city, end))


def _opens_story(text: str, city: str, end: int) -> bool:
    """Whether what a colon parts from a name begins as stories do, and tells of others than who speaks and listens."""
    told = text[end:].split()
    if told[0].capitalize() not in _OPENERS or len(told) < FULL_WORDS or is_given(city.capitalize()):
        return False
    return SPEAKERS.isdisjoint([word.strip(",").casefold() for word in told])


def _is_told_of(text: str, city: str, end: int) -> bool:
    """Whether the sentence tells of a place that nobody knows as of one: `TALLOW: A ferry came to Tallow …`."""
    return re.search(rf" (?:at|from|in|near|to) {re.escape(city.title())}\b", text[end:]) is not None


def _capital_place(city: str, *, located: bool, lone: bool) -> bool:
    """A place in capitals: any when a region or the table vouches for it, else one that looks like no headline."""
    return is_place(city, capitals=not located) and (located or lone)
