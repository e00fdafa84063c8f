"""What text browsers print into a page: numbers of links, their list at the end, and what stands for forms and frames.

Takes the numbered lines of a text, or its blocks, gives them without these marks. Never raises.

A browser numbers links in their order, in front of their words: `[12]Harbour news`. Footnotes stand behind a word, and
come again; a text with such numbers alone is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from feedpub.model import Block

FEWEST_NUMBERS, FEWEST_LISTED = 8, 3  # numbers by which a browser is known; with a list of addresses below
IN_ORDER, IN_FRONT, GLUED = 0.9, 0.8, 0.5  # parts of the numbers that follow on another, begin a word, and have one
LONGEST_STEP = 9  # links in a row that have no number, as those to the same page
LONGEST_HEADING = 24  # characters above a list of addresses: `References`, `Visible links:`
FEWEST_MARKS, FEWEST_PICTURES = 2, 3
_NUMBER = re.compile(r"\[(\d{1,4})\]")
_ADDRESS = re.compile(r"\s*(\d{1,4})\.\s+[a-z][a-z+.-]{1,15}:\S*", re.IGNORECASE)
_MARK = re.compile(r"\(BUTTON\)|\[IMG\]|\[INS: ?:INS\]|\[ (?:Submit|Reset|Button) \]|\[?_{5,}\]?")
_PICTURES = re.compile(r"(?:\[(?=[^\[\]]*\w)[^\[\]]+\] ?)+")  # on a line of their own
_FRAME = re.compile(r"IFRAME:|Link: \S|#\[1\]")

Lines = Sequence[tuple[int, str]]


def are_numbered(text: str) -> bool:
    """Whether to look for links in a text."""
    return "[" in text and "[1]" in text


class Links:
    """The numbers of the links in a text, and what is left of it without their list."""

    def __init__(self, lines: Lines) -> None:
        """Look whether a browser numbered the links."""
        end = _list_begins(lines)
        listed = end < len(lines)
        self.numbered = _are_numbered("\n".join(line for _, line in lines[:end]), listed=listed)
        self.lines = lines[:end] if self.numbered else lines
        self._last = 0

    def without(self, text: str) -> str:
        """A text without the numbers that are next in their order."""
        return _NUMBER.sub(self._next, text) if self.numbered and "[" in text else text

    def _next(self, found: re.Match[str]) -> str:
        number = int(found[1])
        if not self._last < number <= self._last + LONGEST_STEP:
            return found[0]
        self._last = number
        return ""


def unmarked(blocks: Sequence[Block], links: Links | None) -> Iterator[Block]:
    """The blocks without marks; a block of nothing else is none."""
    marks = sum(len(_MARK.findall(block.text)) for block in blocks) >= FEWEST_MARKS
    pictures = sum(_PICTURES.fullmatch(block.text) is not None for block in blocks) >= FEWEST_PICTURES
    gap = False
    for block in blocks:
        gap = gap or block.gap
        text = _MARK.sub("", block.text) if marks else block.text
        text = links.without(text).strip() if links else text.strip()
        is_mark = _FRAME.match(block.text) or (pictures and _PICTURES.fullmatch(text))
        if text and not is_mark:
            yield replace(block, text=text, gap=gap)
            gap = False


def _list_begins(lines: Lines) -> int:
    """Where the list of addresses begins that ends a text; behind its last line if none does."""
    begins, above, listed, margin = len(lines), 10_000, 0, 0
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at][1]
        if found := _ADDRESS.fullmatch(line):
            number = int(found[1])
            if number >= above:
                break
            above, listed, begins, margin = number, listed + 1, at, _indent(line)
        elif heading := line.strip():
            if not listed or len(heading) > LONGEST_HEADING:
                break
            begins = at
            if _indent(line) < margin:  # all of the page but its headings stands within a margin
                break
    return begins if listed >= FEWEST_LISTED else len(lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _are_numbered(text: str, *, listed: bool) -> bool:
    found = list(_NUMBER.finditer(text))
    if len(found) < (FEWEST_LISTED if listed else FEWEST_NUMBERS):
        return False
    numbers = [int(one[1]) for one in found]
    following = sum(0 < after - number <= LONGEST_STEP for number, after in zip([0, *numbers], numbers, strict=False))
    in_front = sum(not text[one.start() - 1 : one.start()].isalnum() for one in found)
    glued = sum(not text[one.end() : one.end() + 1].isspace() for one in found)
    return following >= IN_ORDER * len(found) and in_front >= IN_FRONT * len(found) and glued >= GLUED * len(found)
