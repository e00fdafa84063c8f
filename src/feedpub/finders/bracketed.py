"""Datelines whose agency stands in brackets or between slashes.

PLACE, date (AGENCY) — · date (AGENCY) - · (AGENCY) - PLACE, date - · (PLACE) -- · PLACE, date. /AGENCY/.
"""

from __future__ import annotations

import re

from feedpub.finders import agencies
from feedpub.finders.agencies import WIRES
from feedpub.finders.located import DASH, DASHES, LONGEST_HEAD, Found, begins_sentence, is_located, is_whole, locate
from feedpub.finders.places import COUNTRIES, REGIONS, Head, known_place

LONGEST_HOUSE = 36  # characters of a house that nobody knows
_BRACKET = re.compile(r"\(([^()]{2,40})\)|/\s?([^/()\s][^/()]{1,30}?)\s?/")
_MARK = r"(?:--+|—|–|―|-|:|\.\s?[-–—]|[|∙·।]|/\.?|\.)"
_AFTER_BRACKET = re.compile(rf"\s*{_MARK}?(?:\s*[-–—]+)?\s*")
_PR_SLASHES = re.compile(r"([^/]{3,60}?)\s/\s([A-Z][A-Za-z ]{2,24})\s/\s([A-Z][a-z]+\.? \d{1,2}, \d{4})\s/\s*")
_LONE_DAY = re.compile(r", \d{1,2}$")  # MADRID, 28 (EUROPA PRESS)
_REPORTERS = re.compile(r"(?:[A-ZÇĞİÖŞÜÂ]{2,}[ /]){1,5}- (?=[A-ZÇĞİÖŞÜ\"“])")
_IN_BRACKETS = re.compile(r"\(([^()]{3,40})\)\s?(?:--|—|–)\s*")


def read(text: str) -> Found | None:
    """PLACE, date (AGENCY) — ; date (AGENCY) - ; (AGENCY) - PLACE, date - ; (PLACE) --."""
    for match in _BRACKET.finditer(text[:LONGEST_HEAD]):
        head = _without_sender(text[: match.start()].rstrip(" -–—,." if match[2] else " -–—,"))
        mark = _AFTER_BRACKET.match(text, match.end())
        end = mark.end() if mark else match.end()
        sep = text[match.end() : end].strip()
        agency = agencies.named(match[1] or match[2])
        if agency and not head:
            return _agency_first(text, agency, sep, end)
        head = _LONE_DAY.sub("", head) if agency else head
        parsed = Head.parse(head) if head and begins_sentence(text, end) else None
        if not parsed or not (parsed.places or parsed.date):
            continue
        if agency:
            if _closed(parsed, sep, match, text) and _plausible_head(parsed, head, text[end:]):
                return locate(text, _behind_reporters(text, end), parsed, agency, "dateline-agency")
        elif match[1] and sep.lstrip(".") in DASHES and _vouched(parsed, match[1]):
            return locate(text, end, parsed, match[1].strip(), "dateline-unknown-agency")
    return _place_in_brackets(text)


def _behind_reporters(text: str, end: int) -> int:
    """Where the story begins behind those who sign, in capitals: `SİVAS (AA) - ADA MART - Köyde …`."""
    match = _REPORTERS.match(text, end) if text[end : end + 2].isupper() else None
    return match.end() if match else end


def _without_sender(head: str) -> str:
    """`OTTAWA` for `Canadian Press - OTTAWA`: portals say first who sent it."""
    sender, mark, place = head.partition(" - ")
    return place if mark and sender in agencies.ALONE else head


def slashed(text: str) -> Found | None:
    """PLACE, NJ / ACCESSWIRE / May 29, 2017 / ."""
    match = _PR_SLASHES.match(text)
    if not match or match[2].casefold() not in WIRES:
        return None
    parsed = Head.parse(f"{match[1]}, {match[3]}")
    return locate(text, match.end(), parsed, match[2], "dateline-agency") if parsed and parsed.places else None


def _closed(parsed: Head, sep: str, match: re.Match[str], text: str) -> bool:
    """Whether a mark closes the dateline; none is needed after a date, or in a script without case."""
    if parsed.date or not text[0].isascii():
        return True
    if not sep and parsed.places:  # Sanaa, Yemen (CNN)The ferry …
        return is_located(parsed) or known_place(parsed.places[0].city)
    if sep == "." and match[1]:  # Hannover (epd). Die Fähre …
        return bool(parsed.places) and match[1].islower() and known_place(parsed.places[0].city)
    return bool(sep)


def _vouched(parsed: Head, house: str) -> bool:
    """Whether place and date alone make it a dateline, whatever house the bracket names."""
    if len(house) > LONGEST_HOUSE or house.casefold() in COUNTRIES or house.casefold() in REGIONS:
        return False
    if not parsed.places:
        return is_whole(parsed.date)
    if parsed.date or is_located(parsed):
        return True
    return known_place(parsed.places[0].city) and not house.endswith(".")


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


def _agency_first(text: str, agency: str, sep: str, end: int) -> Found | None:
    """(Reuters) - Text; (ANSA) - ROMA, 16 APR - text."""
    if not sep or sep == "." or not begins_sentence(text, end):
        return None
    dash = DASH.search(text, end, end + 50)
    if dash:
        parsed = Head.parse(text[end : dash.start()])
        if parsed and parsed.places and parsed.date and begins_sentence(text, dash.end()):
            return locate(text, dash.end(), parsed, agency, "dateline-agency-first")
    return locate(text, end, Head(), agency, "dateline-agency-only")


def _place_in_brackets(text: str) -> Found | None:
    """(LONDON) -- as American radio networks print it."""
    match = _IN_BRACKETS.match(text)
    if not match or not match[1].partition(",")[0].isupper():
        return None
    parsed = Head.parse(match[1])
    if parsed and parsed.places and begins_sentence(text, match.end()):
        return locate(text, match.end(), parsed, None, "dateline-place-in-brackets")
    return None
