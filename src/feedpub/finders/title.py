"""Which line of a page is its headline.

Takes the lines above the body, gives the one with the most points: for its length, for the words that it shares with
the story, for the small print around it, for being printed again. How much each sign counts was learned from many pages
and stands in the table `headlines`. A plain text whose first line can be nothing else is not weighed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from heapq import nlargest

from feedpub.finders import signs, surroundings
from feedpub.finders.body import Run
from feedpub.finders.byline import Byline
from feedpub.finders.lines import Line
from feedpub.finders.signs import INSIDE, Page
from feedpub.finders.surroundings import BESIDE, SHORT
from feedpub.lexicon import table

HEADER, NEXT = 10, 2  # lines of small print below a headline that begins a text; where it stands when not at once
LONGEST_PLAIN, OPEN = 25, ",:;"  # words of such a headline, and how it never ends
REACH = 150  # lines above the story that may be the title
FINALISTS, BEHIND = 16, 4.0  # lines that are asked for all their signs at most; points that one may lack to the first
LONGEST, LONGEST_TITLE = 260, 40  # characters; words
EASTERN = "\u0e00"  # the first letter of the scripts that set no spaces
NEVER = frozenset(("ad", "chrome", "section"))
_ROWS = table("headlines")
_POINTS = tuple({sign: float(row[of]) for sign, row in _ROWS.items()} for of in range(3))
_PATH_END = re.compile(r"\s[>»›/→|]\s$")


def find(lines: Sequence[Line], run: Run, print_at: Callable[[int], Byline | None]) -> int | None:
    """Which line above the body, or among its first, is the title."""
    if _is_plain(lines, run, print_at):
        return 0
    page = signs.look_at(lines, run, print_at)
    best = sorted(_weigh(page, run).items(), key=lambda one: -one[1])
    return next((_alone(lines, at) for at, _ in best if at < page.start or surroundings.opens(page, at)), None)


def _is_plain(lines: Sequence[Line], run: Run, print_at: Callable[[int], Byline | None]) -> bool:
    """Whether a text begins with its headline: small print or the story follows, and no other line could be one."""
    start = next((at for at in range(run.start, min(run.stop, HEADER + 1)) if lines[at].prose), run.start)
    if not 0 < start <= HEADER or not _heads(lines[0]) or print_at(0):
        return False
    if any(
        line.kind == "text" and line.words > SHORT and not print_at(at) for at, line in enumerate(lines[1:start], 1)
    ):
        return False
    return start == 1 or print_at(1) is not None or (start > NEXT and print_at(NEXT) is not None)


def _heads(line: Line) -> bool:
    """Whether a line has the length of a headline, and no mark of another kind of line."""
    return (
        line.kind == "text"
        and SHORT < line.words <= LONGEST_PLAIN
        and line.text[-1] not in OPEN
        and not signs.is_path(line.text)
    )


def _weigh(page: Page, run: Run) -> dict[int, float]:
    """The points of the lines that may be the title; what takes long to look up is only asked of the finalists."""
    said: dict[int, float] = {}
    near: dict[int, float] = {}
    for at in possible(page, run):
        line = page.lines[at]
        of = column(line)
        said[at] = _own_points(line.text, line.words, line.kind, of) + _sum(of, signs.of_story(page, at))
        near[at] = said[at] + _sum(of, surroundings.of_distance(page, at))
    return {at: said[at] + _sum(column(page.lines[at]), of_page(page, at)) for at in finalists(near)}


def finalists(promise: dict[int, float]) -> list[int]:
    """The lines that promise most, by the points of their words and their place: none far behind the first of them."""
    best = nlargest(FINALISTS, promise, key=promise.__getitem__)
    return [at for at in best if promise[at] >= promise[best[0]] - BEHIND]


def of_promise(page: Page, at: int) -> list[str]:
    """The signs by which the finalists are chosen: what the line says, and how far it stands from the story."""
    line = page.lines[at]
    return [
        *signs.of_text(line.text, line.words, line.kind),
        *signs.of_story(page, at),
        *surroundings.of_distance(page, at),
    ]


def of_page(page: Page, at: int) -> list[str]:
    """The signs that take long to look up: where a line stands, and what the page says elsewhere."""
    return [
        *signs.of_weight(page, at),
        *surroundings.of_place(page, at),
        *surroundings.beside(page, at),
        *surroundings.of_links(page, at),
        *surroundings.of_repeats(page, at),
    ]


def of_line(page: Page, at: int) -> list[str]:
    """All that speaks for a line or against it, as the table names it."""
    line = page.lines[at]
    return [*signs.of_text(line.text, line.words, line.kind), *signs.of_story(page, at), *of_page(page, at)]


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


def _sum(of: int, found: Iterable[str]) -> float:
    """The points of signs, by a column of the table."""
    points = _POINTS[of]
    return sum([points.get(sign, 0.0) for sign in found])


@lru_cache(maxsize=8192)  # a site's menus stand on each of its pages
def _own_points(text: str, words: int, kind: str, of: int) -> float:
    return _sum(of, signs.of_text(text, words, kind))


def _may_be(page: Page, at: int) -> bool:
    """Whether a line can be the title at all: no paragraph, and in a menu only what the story speaks of."""
    lines, line = page.lines, page.lines[at]
    if len(line.text) > LONGEST or line.words > LONGEST_TITLE or line.kind in NEVER:
        return False
    if line.words <= SHORT and 0 < at < len(lines) - 1 and _is_word(lines[at - 1]) and _is_word(lines[at + 1]):
        return signs.is_told(page, line.text) and not signs.is_path(line.text)
    return not signs.is_path(line.text)


def _is_word(line: Line) -> bool:
    return line.words <= SHORT and line.kind == "text"
