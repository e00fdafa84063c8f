"""Menus that end above a headline: their last item says nothing of the article.

Takes lines or labels, says whether they are a menu.
"""

from __future__ import annotations

from collections.abc import Sequence

from feedpub.finders.lines import Line
from feedpub.finders.sections import CATEGORIES, HOME, bare

CLOSING, LONGEST_ITEM = 2, 3  # short lines above one that closes a menu; words of one
FIRST = frozenset(("text", "home"))  # kinds of the line that may begin it
ITEMS = frozenset(("text", "home", "weak", "nav", "related"))  # kinds of the lines that may stand in it
FEWEST_ROWS, FEWEST_SIBLINGS = 4, 3  # short lines in a row; sections that have nothing in common


def closes(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the last of a list of links: short lines above, and no blank line before it alone."""
    above = lines[max(0, at - CLOSING) : at]
    if len(above) < CLOSING or (lines[at].gap and not above[-1].gap):
        return False
    kinds = [one.kind for one in above]
    if kinds[0] not in FIRST or any(kind != "text" for kind in kinds[1:]):
        return False
    return all(one.words <= LONGEST_ITEM and len(one.text) > 1 for one in above)


def holds(lines: Sequence[Line], at: int, end: int) -> bool:
    """Whether a line stands in a row of short ones above the line `end`, all parted alike, and several are sections."""
    start = stop = at
    while start and _is_item(lines[start - 1]) and (start == 1 or lines[start].gap == lines[at].gap):
        start -= 1
    while stop + 1 < end and _is_item(lines[stop + 1]) and lines[stop + 1].gap == lines[at].gap:
        stop += 1
    row = [bare(line.text) for line in lines[start : stop + 1]]
    return len(row) >= FEWEST_ROWS and are_siblings(row)


def are_siblings(labels: Sequence[str]) -> bool:
    """Whether labels are sections that have nothing in common: no path leads from one to the other."""
    keys = {CATEGORIES.get(label, "none") for label in map(str.casefold, labels) if label not in HOME}
    return len(keys - {"none"}) >= FEWEST_SIBLINGS


def _is_item(line: Line) -> bool:
    return line.kind in ITEMS and line.words <= LONGEST_ITEM and len(line.text) > 1
