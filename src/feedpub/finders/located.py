"""What all datelines share: a dateline as it was found, and the evidence that marks and sentences give.

Takes a paragraph's beginning and the place of a mark in it. Knows neither agencies nor layouts.
"""

from __future__ import annotations

import re

from msgspec import Struct

from feedpub.finders.capitals import is_small
from feedpub.finders.places import COUNTRIES, REGIONS, Head, place
from feedpub.model import Dateline
from feedpub.normalise import one_line

DASHES = ("-", "--", "—", "–", "―")
LONGEST_HEAD = 110  # characters before the mark
QUOTES = "\"'“‘«„「『"
DASH = re.compile(r"\s*(?:--+|—|–|―)\s*|\s+-\s*|:\s+|\s+[|∙·]\s+|\.[-–—]+\s*|-\s+|\s?।\s+")
_NOTES = re.compile(r"(?:\[[^\[\]]{3,80}\]\s*)+")  # [Text] [Excerpts], as monitoring services note
_ENDS = re.compile(r"[.!?]\s")
_SECOND_DASH = re.compile(r"\s[—–-]\s|\s--\s")
_OPENING = QUOTES + "(¿¡$€£<["


class Found(Struct, frozen=True):
    """A dateline, and the offset at which the story begins."""

    dateline: Dateline
    end: int
    rule: str


def locate(text: str, end: int, head: Head, agency: str | None, rule: str) -> Found:
    """The dateline with these parts, which ends where the story begins."""
    if text[end : end + 1] == "[" and (notes := _NOTES.match(text, end)):
        end = notes.end()
    raw = one_line(text[:end])
    return Found(Dateline(raw, tuple(place(one) for one in head.places), agency, head.date), end, rule)


def begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence can begin there: a capital, a digit, a quotation, or a script that has no case."""
    char = text[at : at + 1]
    if not char:
        return False
    return char in _OPENING or char.isdigit() or char.isupper() or (char.isalpha() and not is_small(char))


def lone_mark(text: str, end: int) -> bool:
    """No second dash in the sentence: `NASA — an agency … — understands` is an apposition."""
    sentence = _ENDS.split(text[end:], maxsplit=1)[0]
    return not _SECOND_DASH.search(sentence)


def is_located(parsed: Head) -> bool:
    """Whether a region or country that the table knows follows the place."""
    return parsed.region is not None and parsed.region.casefold() in REGIONS | COUNTRIES


def is_whole(date: str | None) -> bool:
    """Whether the date has its year."""
    return bool(date) and len(date or "") > len("04-28")
