"""Datelines of agencies that only the operator's settings know.

Takes a paragraph and what the agencies' datelines look like, gives where it was filed. Never takes a name for an agency
that is not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from feedpub.finders.located import Found
from feedpub.finders.places import Head, place
from feedpub.model import Dateline
from feedpub.normalise import one_line

REACH = 170  # characters of a paragraph in which its dateline stands
_QUOTES = "\"'“‘«„「『"


def pattern(agencies: Iterable[str]) -> re.Pattern[str]:
    """`PLACE (AGENCY) —`, `PLACE, date (AGENCY)`, `PLACE /AGENCY/.`, `PLACE, AGENCY –`, `(AGENCY) -`."""
    words = "|".join(map(re.escape, agencies))
    return re.compile(
        rf"([^()/]{{0,80}}?)\s?(?:[(/]\s?({words})\s?[)/]|,\s({words})(?=\s?[-–—:]))\s?(--+|[—–―:.-])?\s*"
    )


def read(text: str, known: re.Pattern[str] | None) -> Found | None:
    """A dateline of an agency that only the settings know."""
    match = known.match(text[:REACH]) if known else None
    if not match or not (match[4] or match[1]) or not _begins_sentence(text[match.end() : match.end() + 1]):
        return None
    head = match[1].strip(" ,-–—")
    parsed = Head.parse(head) if head else Head()
    if not parsed or (head and not parsed.places) or not (match[4] or parsed.date):
        return None
    agency = match[2] or match[3]
    places = tuple(place(one) for one in parsed.places)
    raw = one_line(text[: match.end()])
    return Found(Dateline(raw, places, agency, parsed.date), match.end(), "dateline-agency-of-the-site")


def _begins_sentence(char: str) -> bool:
    return bool(char) and (char in _QUOTES or char.isdigit() or (char.isalpha() and not char.islower()))
