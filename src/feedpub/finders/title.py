"""Which line of a page is its headline.

Takes the lines above the body, gives the one that has the most points: for its length, for the words that it shares
with the story, for the small print below it, for being printed again. Never a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from math import log2

from feedpub.finders import byline, dateline
from feedpub.finders.body import Run
from feedpub.finders.byline import Byline
from feedpub.finders.lines import Line, content_words
from feedpub.lexicon import table

REACH = 70  # lines above the body that may be the title
MOST_OPENING = 4  # lines above the story of a page that has no header
SHORTEST_DISPATCH = 5  # words
DECK_WORDS = 9
INSIDE = 8  # lines of the body that may be, when what stands above them was taken for prose
LONGEST_TITLE, LONGEST_SENTENCE = 40, 15  # words; of one that ends in a full stop
# Points for and against a line being the title, as they were found by measuring.
POINTS_BY_WORDS = ((1, -2.1), (2, -1.4), (3, -0.2), (6, 0.7), (10, 1.5), (15, 1.1), (22, 0.2), (10**9, -0.4))
POINTS_BY_KIND = {"text": 2.1, "prose": -0.5, "nav": -1.3, "caption": -1.1, "share": -0.3}
POINTS_BY_END = {".": -2.1, "?": 0.4, ":": -1.7, ",": -0.5, "…": -0.4}
POINTS_BELOW = ((2.0, 1.8, 0.7), (1.8, 1.2, 0.8), (0.7, 0.7, 0.2))  # by whom, when, other; one to three lines below
POINTS_ABOVE = (1.4, -1.0)
MOST_POINTS_BESIDE = 10.0
SHORTEST_REPEATED, REPEATED, NAMED = 5, 1.8, 1.5  # characters; points for being repeated, and with the site's name
_ARROWS = frozenset("»›→←«>")
LONGEST = 260
LONGEST_PATH = 100  # characters
HOME = frozenset(word.casefold() for word in table("chrome")["home"])
_PATH_MARK = re.compile(r"\s[>»›/→]\s|\s\|\s")


def find(
    lines: Sequence[Line],
    run: Run,
    body_words: Callable[[], Collection[str]],
    small_print: Callable[[int], Byline | None],
) -> int | None:
    """Which line above the body, or among its first, is the title."""
    if _opens_page(lines, run, small_print):
        return 0
    start = _story(lines, run, small_print)
    first, stop = max(0, start - REACH), min(len(lines), start + INSIDE)
    candidates = [at for at in range(first, stop) if _may_be(lines[at])]
    if not candidates:
        return None
    words = body_words()
    head = "\n\n".join(("", *(line.text for line in lines[first:stop]), ""))
    best, best_points = None, -99.0
    for at in candidates:
        if at >= start and (lines[at].words > LONGEST_SENTENCE or not _opens(lines, at, start, small_print)):
            continue
        points = _own_points(lines[at], words) + _place_points(lines, at, start)
        if points + MOST_POINTS_BESIDE <= best_points:
            continue
        points += _points_beside(lines, at, small_print) + _repeated_points(lines[at].text, head)
        if at and lines[at].words >= DECK_WORDS and _heads(lines[at - 1], lines[at], words):
            points -= 2.0  # it is the deck below the headline
        if points > best_points:
            best, best_points = at, points
    return best if best is not None and _may_head(lines, best) else None


def _story(lines: Sequence[Line], run: Run, small_print: Callable[[int], Byline | None]) -> int:
    """Where the story begins when small print above the headline was taken for its start."""
    if lines[run.start].prose or not small_print(run.start):
        return run.start
    below = range(run.start + 1, min(run.start + INSIDE, run.stop))
    return next((at for at in below if lines[at].prose), run.start)


def _may_be(line: Line) -> bool:
    return (
        len(line.text) <= LONGEST
        and line.kind not in ("ad", "chrome", "section")
        and not (_PATH_MARK.search(line.text) and _is_path(line.text))
    )


def _opens_page(lines: Sequence[Line], run: Run, small_print: Callable[[int], Byline | None]) -> bool:
    """Whether the page begins with its title: a headline, small print and the story, and nothing else."""
    if not 2 <= run.start <= MOST_OPENING or lines[0].kind != "text" or not 4 <= lines[0].words <= 22:
        return False
    return small_print(1) is not None and small_print(0) is None


def _opens(lines: Sequence[Line], at: int, start: int, small_print: Callable[[int], Byline | None]) -> bool:
    """Inside the run a line is a title only when small print follows at once, or when it is the first of all."""
    if small_print(at) is None and any(small_print(at + step) for step in (1, 2)):
        return True
    return at == start and (at == 0 or _dispatch_follows(lines, at))


def _may_head(lines: Sequence[Line], at: int) -> bool:
    """A paragraph is no title, nor is what a dateline opens."""
    line = lines[at]
    if line.words > LONGEST_TITLE:
        return False
    if line.prose and line.words > LONGEST_SENTENCE and not _dispatch_follows(lines, at):
        return False
    return line.words < SHORTEST_DISPATCH or dateline.read(line.text) is None


def _dispatch_follows(lines: Sequence[Line], at: int) -> bool:
    """Whether the next line opens with a dateline: then this one is above the story."""
    return at + 1 < len(lines) and lines[at + 1].prose and dateline.read(lines[at + 1].text) is not None


def _own_points(line: Line, body_words: Collection[str]) -> float:
    """What the line itself says: its length, how it ends, whether the story takes up its words."""
    text, words = line.text, line.words
    points = next(points for most, points in POINTS_BY_WORDS if words <= most)
    points += POINTS_BY_KIND.get(line.kind, 0.0) + POINTS_BY_END.get(text[-1], 0.0)
    if not _ARROWS.isdisjoint(text):
        points -= 1.6
    if text[0].isdigit():
        points -= 0.7
    elif text[0].islower():
        points -= 0.5
    if text.casefold() in byline.CATEGORIES:
        points -= 1.7
    content = content_words(text)
    if not content:
        return points - 0.9
    return points + 0.75 * min(sum(word in body_words for word in content), 5)


def _place_points(lines: Sequence[Line], at: int, start: int) -> float:
    """Where the line stands: first of all, far from the story, or inside it; what stands right above and below."""
    points = 1.9 if at == 0 else 0.0
    points -= 0.1 * log2(1 + start - at) if at < start else 0.6 + 1.2 * log2(2 + at - start)
    if at + 1 < len(lines):
        below = lines[at + 1]
        points += 1.2 * below.gap
        points += 1.3 if below.prose else min(below.words, 12) / 10 if below.kind == "text" else 0.0
    if at:
        above = lines[at - 1]
        points -= 2.0 if above.prose else min(above.words, 12) * 0.13 if above.kind == "text" else 0.0
    return points


def _points_beside(lines: Sequence[Line], at: int, small_print: Callable[[int], Byline | None]) -> float:
    """Small print below speaks for a title, and some above it."""
    points = -2.1 if small_print(at) else 0.0
    for step, (by, dated, other) in enumerate(POINTS_BELOW, 1):
        found = small_print(at + step) if at + step < len(lines) else None
        if found:
            points += dated if found.stamps else 0.0
            points += by if found.authors or found.labelled else 0.0 if found.stamps else other
    for step, dated in enumerate(POINTS_ABOVE, 1):
        if at >= step and small_print(at - step):
            points += dated
    return points


def _heads(above: Line, below: Line, body_words: Collection[str]) -> bool:
    """Whether the line above could be a headline, and the one below its deck."""
    if above.kind != "text" or not 4 <= above.words < below.words or any(char.isdigit() for char in above.text):
        return False
    return any(word in body_words for word in content_words(above.text))


def _repeated_points(text: str, head: str) -> float:
    """A headline is often printed again, in a breadcrumb or with the site's name."""
    if len(text) <= SHORTEST_REPEATED or text not in head.replace(f"\n{text}\n", "\n", 1):
        return 0.0
    named = any(f"\n{text}{mark}" in head for mark in (" | ", " - ", " – ", " — "))
    return REPEATED + NAMED * named


def _is_path(text: str) -> bool:
    """A breadcrumb: two or more marks between short words."""
    marks = _PATH_MARK.findall(text) if len(text) < LONGEST_PATH else []
    return len(marks) >= 2 or (bool(marks) and _PATH_MARK.split(text, maxsplit=1)[0].casefold() in HOME)
