"""Which of the titles that a page declares and prints is its own.

Takes what its markup calls a title, as it was written, and the headline of its print, gives all of them as clues. The
one with the most points is trusted most: for who says it, for being printed above the story, for being more than the
name of the site. How much each sign counts was found by measuring, on pages whose titles people had read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import urlsplit

from msgspec import Struct

from feedpub.finders import headline
from feedpub.model import Clue, Trust

POINTS = {
    "second-heading": 0.5,
    "headline": 1.0,  # of JSON-LD or microdata
    "open-graph": 1.5,
    "print": 0.5,  # the headline that the print shows
    "line": 1.0,  # printed above the story
    "parted": 1.0,  # others say it too, behind a kicker
    "alone": -1.5,  # nobody else says it
    "site": -1.5,
    "host": -1.5,  # a part of the page's address
    "word": -2.0,
    "end": -1.5,  # of the window's title
    "beside": -1.5,  # before the title that Open Graph names, in that of the window
}
LONGEST, SHORTEST_PARTED = 250, 12  # characters of a title; letters of one that stands behind a kicker
SHORTEST_HOST, SHORTEST_INSIDE = 4, 5  # letters of a part of an address, and of one inside a title
EASTERN = "\u0e00"  # the first letter of the scripts that set no spaces
SIDE = re.compile(r"\s(?:[|–—»•·/]|::|-)\s|: ")
_OTHER = re.compile(r"[\W_]+")


class Said(Struct, frozen=True):
    """A title, who says it, and what that counts for."""

    text: str
    rule: str
    voice: str
    sign: str = ""


def clues(declared: Sequence[Clue], sites: Sequence[str], printed: Collection[str], shown: str) -> Iterator[Clue]:
    """Every title that the markup names; `printed` are the lines above the story, `shown` is the headline of these."""
    said = [one for one in _said(declared, sites, printed, shown) if fold(one.text) and len(one.text) <= LONGEST]
    best = _best(said, declared, sites, printed)
    for one in said:
        if one.voice != "print" and (one.sign != "end" or fold(one.text) == best):
            yield Clue("title", one.text, one.rule, Trust.MARKED if fold(one.text) == best else Trust.LEARNED)


def fold(text: str) -> str:
    """The letters and digits of a text."""
    return _OTHER.sub("", text.casefold())


def clean(raw: str, sites: Sequence[str], printed: Collection[str]) -> str:
    """A title without the names of the site on either side."""
    title = headline.clean(raw, sites, printed).title
    parts = list(SIDE.finditer(title))
    folded = {fold(site) for site in sites}
    while parts and fold(title[parts[-1].end() :]) in folded:
        title = title[: parts[-1].start()]
        parts = list(SIDE.finditer(title))
    if parts and fold(title[: parts[0].start()]) in folded:
        title = title[parts[0].end() :]
    return title.strip()


def _said(declared: Sequence[Clue], sites: Sequence[str], printed: Collection[str], shown: str) -> Iterator[Said]:
    """What every voice of the page calls its title; of the window's title, its parts too."""
    headings = [clue for clue in declared if clue.field == "heading"]
    headed = {letters for clue in headings if len(letters := fold(clue.value)) >= SHORTEST_PARTED}
    for at, clue in enumerate(headings):
        sign = "site" if clue.rule == "site-heading" else "second-heading" if at else ""
        yield Said(clean(clue.value, sites, printed), clue.rule, "heading", sign)
    for clue in declared:
        if clue.field == "title":
            sign = "headline" if clue.rule.endswith("-headline") else "open-graph" if "og:" in clue.rule else ""
            voice = "markup" if sign == "headline" else "meta"
            yield Said(_as_headed(clean(clue.value, sites, printed), headed), clue.rule, voice, sign)
    shared = {fold(clue.value) for clue in declared if clue.field == "title" and "og:" in clue.rule}
    for clue in declared:
        if clue.field == "window":
            yield Said(clean(clue.value, sites, printed), clue.rule, "window")
            for mark in SIDE.finditer(clue.value[:LONGEST]):
                first, last = clue.value[: mark.start()].strip(), clue.value[mark.end() :].strip()
                yield Said(first, clue.rule, "window", "beside" if fold(last) in shared else "")
                yield Said(last, clue.rule, "window", "end")
    yield Said(clean(shown, sites, printed), "headline", "print", "print")


def _as_headed(title: str, headed: Collection[str]) -> str:
    """A title without what stands behind it, where a heading ends there."""
    ends = (mark.start() for mark in SIDE.finditer(title) if mark[0] != ": ")
    return next((title[:end] for end in ends if fold(title[:end]) in headed), title)


def _best(said: Sequence[Said], declared: Sequence[Clue], sites: Sequence[str], printed: Collection[str]) -> str:
    """The letters of the title with the most points; among equals, the first."""
    voices: dict[str, set[str]] = {}
    signs: dict[str, set[str]] = {}
    for one in said:
        voices.setdefault(fold(one.text), set()).add(one.voice)
        signs.setdefault(fold(one.text), set()).add(one.sign)
    names = {fold(site) for site in sites}
    lines = {fold(line) for line in printed}
    places = _places(declared)
    for one in said:
        text, found = fold(one.text), signs[fold(one.text)]
        found.add("alone" if len(voices[text]) == 1 else "")
        found.add("line" if text in lines else "")
        found.add("site" if text in names else "host" if _names_host(text, places) else "")
        found.add("word" if " " not in one.text and one.text < EASTERN else "")
        found.add("parted" if len(text) >= SHORTEST_PARTED and _is_parted(text, signs) else "")
    return max(signs, key=lambda text: sum(POINTS.get(sign, 0.0) for sign in signs[text]), default="")


def _is_parted(text: str, others: Collection[str]) -> bool:
    return any(other != text and other.endswith(text) for other in others)


def _places(declared: Sequence[Clue]) -> list[str]:
    """The parts of the page's address that may name its site."""
    hosts = [urlsplit(clue.value).hostname or "" for clue in declared if clue.field == "canonical"]
    return [fold(part) for host in hosts for part in host.split(".")[:-1] if len(part) >= SHORTEST_HOST]


def _names_host(text: str, places: Sequence[str]) -> bool:
    return any(place == text or (len(place) >= SHORTEST_INSIDE and place in text) for place in places)
