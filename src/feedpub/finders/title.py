"""Which line of a page is its headline.

Takes the lines above the body, gives the one with the most points: for its length, for the words that it shares with
the story, for the small print around it, for being printed again. How much each sign counts was learned from many pages
and stands in the table `headlines`. Never a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from heapq import nlargest

from feedpub.finders import dateline, signs
from feedpub.finders.body import Run
from feedpub.finders.byline import Byline
from feedpub.finders.lines import Line
from feedpub.finders.signs import BESIDE, INSIDE, REACH, SHORT, Page
from feedpub.lexicon import table

PROMISING, FINALISTS = 16, 7  # lines that are looked at closely, and of those with all that stands beside them
LONGEST, LONGEST_TITLE, LONGEST_SENTENCE = 260, 40, 15  # characters; words; words of one that ends in a full stop
SHORTEST_DISPATCH = 5  # words of a line that a dateline may open
EASTERN = "\u0e00"  # the first letter of the scripts that set no spaces
NEVER = frozenset(("ad", "chrome", "section"))
_ROWS = table("headlines")
_POINTS = tuple({sign: float(row[of]) for sign, row in _ROWS.items()} for of in range(3))
_PATH_END = re.compile(r"\s[>»›/→|]\s$")


def find(lines: Sequence[Line], run: Run, print_at: Callable[[int], Byline | None]) -> int | None:
    """Which line above the body, or among its first, is the title."""
    page = signs.look_at(lines, run, print_at)
    best = sorted(_finalists(page, run).items(), key=lambda one: -one[1])
    return next((_alone(lines, at) for at, _ in best if _may_head(page, at)), None)


def _finalists(page: Page, run: Run) -> dict[int, float]:
    """The points of the lines that may be the title; what takes long to look up is only asked of the best."""
    said = {at: _own_points(page.lines[at]) + _sum(page, at, signs.of_story) for at in possible(page, run)}
    promising = nlargest(PROMISING, said, key=lambda at: said[at] + _sum(page, at, signs.of_distance))
    placed = {at: said[at] + _sum(page, at, signs.of_place) + _sum(page, at, signs.of_repeats) for at in promising}
    return {at: placed[at] + _sum(page, at, signs.beside) for at in nlargest(FINALISTS, placed, key=placed.__getitem__)}


def _alone(lines: Sequence[Line], at: int) -> int:
    """Where a title stands alone that the page prints at the end of a path or kicker too: a line or two away."""
    for near in range(max(0, at - BESIDE), min(len(lines), at + BESIDE + 1)):
        path, found, rest = lines[at].text.rpartition(lines[near].text)
        if near != at and found and not rest and lines[near].words > SHORT and _PATH_END.search(path):
            return near
    return at


def possible(page: Page, run: Run) -> list[int]:
    """The lines that may be the title."""
    first, stop = max(0, page.start - REACH), min(run.stop, page.start + INSIDE)
    return [at for at in range(first, stop) if _may_be(page, at)]


def column(line: Line) -> int:
    """Which column of the table counts for a line: that of headlines, of names and words, or of Eastern scripts."""
    return 2 if line.text[0] > EASTERN else 1 if line.words <= SHORT else 0


def _sum(page: Page, at: int, signs_of: Callable[[Page, int], Iterable[str]]) -> float:
    points = _POINTS[column(page.lines[at])]
    return sum([points.get(sign, 0.0) for sign in signs_of(page, at)])


def _own_points(line: Line) -> float:
    return _known_points(line.text, line.words, line.kind, column(line))


@lru_cache(maxsize=8192)  # a site's menus stand on each of its pages
def _known_points(text: str, words: int, kind: str, of: int) -> float:
    points = _POINTS[of]
    return sum([points.get(sign, 0.0) for sign in signs.of_text(text, words, kind)])


def _may_be(page: Page, at: int) -> bool:
    """Whether a line can be the title at all: no paragraph, and in a menu only what the story speaks of."""
    lines, line = page.lines, page.lines[at]
    if len(line.text) > LONGEST or line.words > LONGEST_TITLE or line.kind in NEVER or signs.is_path(line.text):
        return False
    if line.words > SHORT or not 0 < at < len(lines) - 1:
        return True
    listed = all(beside.kind == "text" and beside.words <= SHORT for beside in (lines[at - 1], lines[at + 1]))
    return not listed or signs.is_told(page, line.text)


def _may_head(page: Page, at: int) -> bool:
    """A paragraph is no title, nor is what a dateline opens."""
    line = page.lines[at]
    if at >= page.start and (line.words > LONGEST_SENTENCE or not _opens(page, at)):
        return False
    if line.prose and line.words > LONGEST_SENTENCE and not _dispatch_follows(page.lines, at):
        return False
    return line.words < SHORTEST_DISPATCH or dateline.read(line.text) is None


def _opens(page: Page, at: int) -> bool:
    """Inside the run a line is a title only when small print follows at once, or when it is the first of all."""
    if page.print_at(at) is None and any(page.print_at(at + step) for step in (1, 2)):
        return True
    return at == page.start and (at == 0 or _dispatch_follows(page.lines, at))


def _dispatch_follows(lines: Sequence[Line], at: int) -> bool:
    """Whether the next line opens with a dateline: then this one is above the story."""
    return at + 1 < len(lines) and lines[at + 1].prose and dateline.read(lines[at + 1].text) is not None
