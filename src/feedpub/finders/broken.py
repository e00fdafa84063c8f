"""Datelines that a page broke over several lines above the first paragraph.

Takes a page's lines and where the story begins, gives the dateline as one line.
"""

from __future__ import annotations

from collections.abc import Sequence

from feedpub.finders import dateline
from feedpub.finders.agencies import WIRES
from feedpub.finders.lines import Line
from feedpub.finders.located import Found

LONGEST_BROKEN, MOST_BROKEN = 100, 3  # characters of a dateline that stands apart, and its lines
MARKS = "-–—:"
DASHES = frozenset(("—", "–", "--", "-", "―"))
PUNCTUATION, OPENING = ",.;:-–—/", "(/[-–—"  # beside which the end of a line is no comma


def dateline_above(lines: Sequence[Line], first: int, start: int) -> str:
    """A dateline that a page broke over the lines above the first paragraph: city, agency, dash."""
    dash = start - 1
    if dash < first:
        return ""
    above = lines[dash].text
    if above not in DASHES:
        if len(above) >= LONGEST_BROKEN or not (above[-1] in MARKS or above.rpartition(" ")[2] in WIRES):
            return ""
        most = 1 if above[-1] == ":" else MOST_BROKEN  # which ends labels too
        found = ""
        for top in range(dash, max(first, start - most) - 1, -1):
            whole = _read_in_one(lines, top, start)
            if whole and whole.dateline.places:
                return whole.dateline.raw
            found = whole.dateline.raw if whole and top == dash else found
        return found
    parts = [lines[at].text for at in range(max(first, dash - 2), dash)]
    return f"{' '.join(parts)} {above}" if parts and parts[-1].casefold() in WIRES else ""


def _read_in_one(lines: Sequence[Line], top: int, start: int) -> Found | None:
    """The dateline that all the lines from one to the first paragraph are, as one that nothing breaks."""
    if any(line.kind != "text" for line in lines[top : start - 1]):
        return None
    joined = _in_one(lines[top:start])
    whole = dateline.read(f"{joined} {lines[start].text[:80]}") if len(joined) < LONGEST_BROKEN else None
    return whole if whole and whole.end == len(joined) + 1 else None


def _in_one(lines: Sequence[Line]) -> str:
    """Lines that are one dateline, with the commas that the ends of lines stand for."""
    whole = lines[0].text
    for line in lines[1:]:
        is_parted = whole[-1] in PUNCTUATION or line.text[0] in OPENING
        whole += f"{' ' if is_parted else ', '}{line.text}"
    return whole
