"""Items of lists, which are no headline: a menu's as well as those of a list in a story.

Takes a page's lines and one of them, says whether it is one of several in a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from feedpub.finders.lines import Line

BULLETS = frozenset("*+•·▪●◦‣")
FEWEST, LONGEST_PATH = 3, 5  # items in a row; of a path that is printed as a list and ends in the headline
NUMBERED = re.compile(r"(?:\[(\d{1,2})\]|(\d{1,2})[.):]?)\s")


def is_bulleted(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is one of several in a row that begin with the same mark."""
    mark = lines[at].text[0]
    if mark not in BULLETS:
        return False
    return sum(_alike(lines, at, step, lambda line, _: line.text[0] == mark) for step in (-1, 1)) >= FEWEST


def is_numbered(lines: Sequence[Line], at: int, is_told: Callable[[str], bool]) -> bool:
    """Whether a line is an item of a numbered list; a path in such a form ends in the headline."""
    number = _number(lines[at].text)
    if not number:
        return False
    above = _alike(lines, at, -1, lambda line, far: _number(line.text) == number - far)
    below = _alike(lines, at, 1, lambda line, far: _number(line.text) == number + far)
    if above + 1 + below < FEWEST:
        return False
    is_path = lines[at].text.startswith(f"{number}. ") and number <= LONGEST_PATH and not below
    return not is_path or not is_told(lines[at].text)


def _alike(lines: Sequence[Line], at: int, step: int, is_item: Callable[[Line, int], bool]) -> int:
    """How many lines in a row next to one are items of its list."""
    far = 0
    while 0 <= at + (far + 1) * step < len(lines) and is_item(lines[at + (far + 1) * step], far + 1):
        far += 1
    return far


def _number(text: str) -> int:
    """The number before an item, 0 if there is none."""
    found = NUMBERED.match(text) if text[0].isdigit() or text[0] == "[" else None
    return int(found[1] or found[2]) if found else 0
