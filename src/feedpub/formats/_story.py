"""Which lines of a page its story is: the one place that knows trafilatura.

Takes a tree, which is of no use after that, and its lines, gives the numbers of those that stand in the main content.
Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree, html

from feedpub.model import Block

APART = ("nav", "aside", "footer", "noscript", "iframe", "label", "legend")  # never of the story
NEVER_CLOSED = ("embed", "source", "track", "wbr")  # the parser takes what follows them for their content
MOST_ELEMENTS = 30_000  # of a page that is parted; others are read as text
SHORTEST_HELD = 24  # letters of a line that may be part of a longer paragraph
EASTERN, EASTERN_WEIGHT = "\u2e80", 3  # the first letter of the scripts of East Asia
KEYED_BY = 16  # letters by which a line inside a longer one is looked up
ENOUGH = 0.6  # of a line's letters that have to be found again
_OTHER = re.compile(r"[\W_]+")


def lines(root: html.HtmlElement, blocks: Sequence[Block]) -> frozenset[int]:
    """The numbers of the lines that stand in the main content; none when there is no telling."""
    etree.strip_tags(root, *NEVER_CLOSED)
    etree.strip_elements(root, *APART, with_tail=False)
    count = root.xpath("count(//*)")
    if not isinstance(count, float) or count > MOST_ELEMENTS:
        return frozenset()
    found = [line for text in _extracted(root) for part in _cells(text) if (line := fold(part))]
    return _again([fold(block.text) for block in blocks], found) if found else frozenset()


def _cells(text: str) -> list[str]:
    """A line, or the cells of a row of a table."""
    return text.split("|") if text.startswith("|") else [text]


def fold(text: str) -> str:
    """The letters and digits of a text: what stays of it whoever sets it."""
    return _OTHER.sub("", text.casefold())


def _extracted(root: html.HtmlElement) -> list[str]:
    import trafilatura  # takes half a second: not for those who have no pages

    document = trafilatura.bare_extraction(root, fast=True, include_comments=False, include_tables=True)
    text = getattr(document, "text", None)  # it gives nothing when it finds nothing
    return text.split("\n") if text else []


def _again(folded: Sequence[str], found: Sequence[str]) -> frozenset[int]:
    """The lines of the page that the extractor's lines are, hold, or are held by."""
    whole = set(found)
    everything = "\n".join(found)
    kept: set[int] = set()
    for number, line in enumerate(folded, 1):
        if line and (line in whole or (_length(line) >= SHORTEST_HELD and (line in everything or _holds(line, found)))):
            kept.add(number)
    long = [number for number in kept if _length(folded[number - 1]) >= SHORTEST_HELD]
    first, last = min(long, default=0), max(long, default=0)
    return frozenset(number for number in kept if first <= number <= last)


def _length(line: str) -> int:
    """The letters of a line, as Latin ones: those of Eastern scripts say more."""
    return len(line) * (EASTERN_WEIGHT if line >= EASTERN else 1)


def _holds(line: str, found: Sequence[str]) -> bool:
    """Whether lines of the extractor make up most of a line of the page."""
    return sum(len(part) for part in found if len(part) >= KEYED_BY and part in line) >= ENOUGH * len(line)
