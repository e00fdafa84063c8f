"""Datelines: where, by whom and sometimes when a report was filed, at the very start of its first paragraph.

Takes a paragraph, gives a Dateline and where the story begins, or None. A dateline needs a place-shaped start, a
closing mark and a sentence behind it; a known agency or a full date may stand for one of these. Agencies are a closed
list, places an open one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from feedpub.finders import bracketed, eastern, marked
from feedpub.finders.agencies import DESKS, WIRES
from feedpub.finders.located import LONGEST_HEAD, QUOTES, Found, locate
from feedpub.finders.places import Head

SENTENCE = " The ferries stay in port until Monday."  # stands for the story below a dateline on lines of its own
MARKS = "-–—"  # end a dateline on a line of its own
REACH = 170  # characters from the start that are looked at
_ADVISORY = re.compile(  # what agencies and themes set before a dateline: a note to editors, a list digit, a byline
    r"\s*(?:\((?:Adds|UPDATES|Updates|Recasts|Refiles|Corrects|Repeats|Rewrites|ATTN|Rpts|LEAD)[^()]{0,120}\)"
    rf"|[\u0900-\u0dff][^,।:]{{0,24}}(?:{'|'.join(DESKS)})\s?[,:]"
    r"|\d(?=新华社)|[Bb]y (?:Xinhua writers? )?[A-Z][^()\d:]{3,60}? (?=[A-Z]{3,}[ /,(]))\s*"
)


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
        found = marked.german(text[start : start + REACH])
    return Found(found.dateline, found.end + start, found.rule) if found else None


def stands_alone(text: str) -> bool:
    """Whether a line is a dateline and nothing else: `SALTHAVEN, Maine -`."""
    whole = _read(text + SENTENCE) if text[-1] in MARKS and len(text) <= LONGEST_HEAD else None
    return whole is not None and whole.end == len(text) + 1


def from_lines(before: str) -> Found | None:
    """A dateline that a page broke over several lines, given as one: `Halden Point, Nova Scotia CNN —`."""
    whole = _read(before + SENTENCE)
    if whole and whole.end == len(before) + 1:
        return Found(whole.dateline, len(before), whole.rule)
    words = before.split()
    for size in (1, 2):
        agency, head = " ".join(words[-1 - size : -1]), " ".join(words[: -1 - size])
        if agency.casefold() in WIRES:
            parsed = Head.parse(head) if head else Head()
            return locate(before, len(before), parsed, agency, "dateline-lines") if parsed else None
    return None


@lru_cache(maxsize=1024)  # the first paragraph is asked again and again
def _read(text: str) -> Found | None:
    if not text or text[0] in QUOTES:
        return None
    if not text[:20].isascii() and (east := eastern.read(text)):
        return locate(text, east.end, east.head, east.agency, "dateline-east")
    return bracketed.slashed(text) or bracketed.read(text) or marked.agency_alone(text) or marked.read(text)
