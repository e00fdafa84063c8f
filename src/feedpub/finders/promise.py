"""Which lines of a page may be its headline, and how much each promises at first sight.

Takes a Page, gives points: for what a line says, for how far above the story it stands, for the line above it and the
one below, and for the words that it shares with the story. The points stand in the table `headlines`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from math import inf

from msgspec import Struct

from feedpub.finders import sections, signs
from feedpub.finders.agencies import WIRES
from feedpub.finders.body import Run
from feedpub.finders.capitals import is_small
from feedpub.finders.headline import ENDINGS
from feedpub.finders.lines import Line
from feedpub.finders.signs import EASTERN, INSIDE, SHORT, Page
from feedpub.finders.weights import TIMED
from feedpub.finders.wording import is_speechless
from feedpub.lexicon import table

REACH = 150  # lines above the story that may be the title
LONGEST, LONGEST_TITLE = 260, 40  # characters; words
NEVER = frozenset(("ad", "by", "chrome", "section"))
BARE = 8  # lines above the story of a page that prints hardly more than its headline there
FINALISTS, BEHIND = 6, 3.5  # lines that are looked at closely at most; points that one may lack to the first
LENGTHS = (1, 3, 6, 12)  # words of a line above or below
NONE = "none"  # stands where the page has no line
STEPS = {  # of the signs that are numbers: each step reaches up to the number here, the last one beyond
    "words": (1, 2, 3, 4, 6, 8, 11, 14, 18, 23, 30),
    "far": (1, 2, 3, 5, 8, 12, 18, 30, 60),
    "far.bare": (1, 2, 3, 5),
    "inside": (0, 1, 2, 4),
    "told": (0, 1, 2, 3, 4, 6),
    "share": (0, 20, 40, 60, 80, 99),
    "opened": (0, 1, 2, 3),
}
ENDS = {**{mark: mark for mark in ".?!:,…"}, **dict.fromkeys('"”»“』」', "quote")}
BEGINNINGS = dict.fromkeys("\"“„«'‘「『¿¡", "quote")
MARK = re.compile("[|»›→←«<>©@]")
MAILED = re.compile(r"<[^<>@ ]+@[^<>@ ]+>")  # a person's address in the head of a mail
AROUND = " ()[]/-–—:."  # stands around an agency on a line of its own
HOST = re.compile(rf"(?:[\w-]+\.)+(?:{ENDINGS})", re.IGNORECASE)  # the address of a site
SITE_MARK = re.compile(r"[-–—](?<=\s.)\s")  # a pattern that begins with a letter is found faster than one with a blank
HOLDS: dict[str, Callable[[str], object]] = {
    "speechless": is_speechless,
    "capitals": str.isupper,
    "section": lambda text: text.casefold() in sections.CATEGORIES,
}
MARKED = re.compile(r"[\d:|»›→←«<>©@–—-]")  # what a line has in which one of the following is to be found
HOLDS_MARKED: dict[str, Callable[[str], object]] = {
    "timed": TIMED.search,
    "dash": SITE_MARK.search,
    "colon": lambda text: ": " in text,
    "mark": MARK.search,
}

_POINTS = tuple(
    defaultdict(float, {sign: float(row[of]) for sign, row in table("headlines").items()}) for of in range(3)
)


class Own(Struct, frozen=True, gc=False):
    """What a line is by itself."""

    column: int  # of the table that counts for it
    points: float | None  # None when it is no title
    shape: str  # what it is to the lines beside it, at first sight


def finalists(page: Page, run: Run) -> dict[int, float]:
    """The lines that promise most, the most promising first, and their points."""
    placed = _placed(page, run)
    promised: dict[int, float] = {}
    most = -inf
    for at in sorted(placed, key=placed.__getitem__, reverse=True):
        if placed[at] + _MOST_TOLD < most - BEHIND:
            break
        promised[at] = placed[at] + _told(page, page.lines[at])
        most = max(most, promised[at])
    return best_of(promised)


def best_of(promised: dict[int, float]) -> dict[int, float]:
    """The lines with the most points, none far behind the first."""
    best = sorted(promised, key=promised.__getitem__, reverse=True)[:FINALISTS]
    return {at: promised[at] for at in best if promised[at] >= promised[best[0]] - BEHIND}


def _placed(page: Page, run: Run) -> dict[int, float]:
    """The points of the lines that may be the title, but for what the story says of them."""
    lines, start = page.lines, page.start
    first, stop = reach(page, run)
    around = [_own(line.text, line.words, line.kind) for line in lines[max(0, first - 1) : stop + 1]]
    around = [*(() if first else (_NOTHING,)), *around, _NOTHING]
    far = _FAR if start > BARE else _BARE
    placed: dict[int, float] = {}
    for at, above, own, below in zip(range(first, stop), around, around[1:], around[2:], strict=False):
        if own.points is None:
            continue
        of = own.column
        distance = far[of][start - at] if at < start else _INSIDE[of][at - start]
        points = own.points + distance + _ABOVE[of][above.shape] + _BELOW[of][below.shape]
        if lines[at].gap:
            points += _GAP[of]["above"]
        if at + 1 < len(lines) and lines[at + 1].gap:
            points += _GAP[of]["below"]
        placed[at] = points
    return placed


def _told(page: Page, line: Line) -> float:
    """The points of a line for the words that the story takes up."""
    about = signs.stems(line.text)
    shared = len(page.told & about)
    if not shared:
        return 0.0
    of = column(line.text, line.words)
    return _SHARE[of][100 * shared // len(about)] + _at(_TOLD[of], shared) + _at(_OPENED[of], len(about & page.opening))


def of_line(page: Page, at: int) -> list[str]:
    """The signs of a line for which it gets points, as the table names them."""
    lines, line, about = page.lines, page.lines[at], signs.stems(page.lines[at].text)
    found = of_text(line.text, line.words, line.kind)
    found += [f"{side}.{_own_at(lines, near).shape}" for side, near in (("above", at - 1), ("below", at + 1))]
    if at < page.start:
        found.append(number("far" if page.start > BARE else "far.bare", page.start - at))
    else:
        found.append(number("inside", at - page.start))
    if shared := len(page.told & about):
        found.append(number("told", shared))
        found.append(number("share", 100 * shared // len(about)))
        found.append(number("opened", len(about & page.opening)))
    if line.gap:
        found.append("gap.above")
    if at + 1 < len(lines) and lines[at + 1].gap:
        found.append("gap.below")
    return found


def of_text(text: str, count: int, kind: str) -> list[str]:
    """The signs of the line itself: its length and kind, how it begins and ends, what it holds."""
    found = [number("words", count), f"kind.{kind}", _end(text[-1]), _beginning(text[0])]
    found += [sign for sign, is_so in HOLDS.items() if is_so(text)]
    if MARKED.search(text):
        found += [sign for sign, is_so in HOLDS_MARKED.items() if is_so(text)]
    return found


@lru_cache(maxsize=1024)
def _end(char: str) -> str:
    return f"end.{ENDS.get(char) or _class(char)}"


@lru_cache(maxsize=1024)
def _beginning(char: str) -> str:
    return f"begin.{BEGINNINGS.get(char) or _class(char)}"


def _class(char: str) -> str:
    if char.isalpha():
        return "lower" if is_small(char) else "upper" if char.isupper() else "letter"
    return "digit" if char.isdigit() else "other"


def may_be(text: str, count: int, kind: str) -> bool:
    """Whether a line can be a title at all: no paragraph, no path, no sender of a mail, no agency or address alone."""
    if len(text) > LONGEST or count > LONGEST_TITLE or kind in NEVER or signs.is_path(text):
        return False
    if "<" in text and MAILED.search(text):
        return False
    if count == 1 and HOST.fullmatch(text):
        return False
    return count > SHORT or text.strip(AROUND).casefold() not in WIRES


def column(text: str, count: int) -> int:
    """Which column of the table counts for a line: that of headlines, of names and words, or of Eastern scripts."""
    return 2 if text[0] > EASTERN else 1 if count <= SHORT else 0


def reach(page: Page, run: Run) -> tuple[int, int]:
    """Between which lines the title is looked for."""
    return max(0, page.start - REACH), min(run.stop, page.start + INSIDE)


@lru_cache(maxsize=1024)
def number(family: str, value: int) -> str:
    """The sign of a number: the step that it falls on."""
    return f"{family}.{_step(STEPS[family], value)}"


def _step(steps: Sequence[int], value: int) -> str:
    at = bisect_left(steps, value)
    return str(steps[at]) if at < len(steps) else "more"


@lru_cache(maxsize=8192)  # a site's menus stand on each of its pages
def _own(text: str, count: int, kind: str) -> Own:
    shape = kind if kind != "text" else f"words.{_step(LENGTHS, count)}"
    if not may_be(text, count, kind):
        return Own(0, None, shape)
    of = column(text, count)
    return Own(of, sum(map(_POINTS[of].__getitem__, of_text(text, count, kind))), shape)


def _own_at(lines: Sequence[Line], at: int) -> Own:
    """What a line is by itself, or what stands beyond the first and the last."""
    return _own(lines[at].text, lines[at].words, lines[at].kind) if 0 <= at < len(lines) else _NOTHING


def _each(family: str, most: int = 0) -> tuple[tuple[float, ...], ...]:
    """The points of all numbers up to the most, or up to the last step and one beyond, in each column."""
    names = [number(family, value) for value in range(1 + (most or STEPS[family][-1] + 1))]
    return tuple(tuple(points.get(name, 0.0) for name in names) for points in _POINTS)


def _beside(side: str) -> tuple[defaultdict[str, float], ...]:
    """The points of what stands on a side, in each column."""
    return tuple(
        defaultdict(float, {sign.removeprefix(side): one for sign, one in points.items() if sign.startswith(side)})
        for points in _POINTS
    )


def _at(points: Sequence[float], value: int) -> float:
    return points[value] if value < len(points) else points[-1]


_NOTHING = Own(0, None, NONE)
_FAR, _BARE, _INSIDE = _each("far", REACH), _each("far.bare", REACH), _each("inside", INSIDE)
_TOLD, _SHARE, _OPENED = _each("told"), _each("share"), _each("opened")
_ABOVE, _BELOW, _GAP = _beside("above."), _beside("below."), _beside("gap.")
_MOST_TOLD = max(max(_TOLD[of]) + max(_SHARE[of]) + max(_OPENED[of]) for of in range(3))
