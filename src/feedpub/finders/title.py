"""Which line of a page is its headline.

Takes the lines above the body, gives one of them. Every line gets points for what it says and where it stands; those
few that promise most are looked at closely, and questions are put to each. What points and answers count was learned
from many pages and stands in the tables `headlines`, `besides` and `questions`. A plain text whose first line can be
nothing else is not weighed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from feedpub.finders import items, promise, signs, surroundings
from feedpub.finders.body import Run
from feedpub.finders.byline import Byline
from feedpub.finders.lines import Line, ends_sentence
from feedpub.finders.signs import SHORT, Page
from feedpub.finders.surroundings import BESIDE
from feedpub.lexicon import table

HEADER, NEXT = 10, 2  # lines of small print below a headline that begins a text; where it stands when not at once
LONGEST_PLAIN, OPEN = 25, ",:;"  # words of such a headline, and how it never ends
FEWEST_CUT = 4  # words of a headline that a path cuts short
LONGEST_BEGUN = 6  # words of a line that may stand alone although the one below begins in small letters
FEWEST_KEYWORDS, MOST_IN_KEYWORD = 4, 2  # keywords of a row, and words of one
MARKED = re.compile(r"[.:;!?\d\"“„«]")  # no keyword holds it
AT_SIGHT = 0.1  # what a point at first sight counts beside the answers
NAMES = (*signs.OF_TEXT, *signs.OF_STORY, *surroundings.NAMES)  # of the numbers of a line
MOST_TITLE = 25  # words of a title below a kicker
GOAL = re.compile(r"^\D{2,30} \d{1,3}['’′](?:[,+ ]|$)")  # who scored, and in which minute
_PATH_END = re.compile(r"\s[>»›/→|]\s$")

ENLARGING = frozenset(table("chrome")["enlarge"])  # the buttons of a picture, whose caption stands below

Answer = tuple[int, float, float, float]  # a number of a line, its bound, and the points up to it and beyond
Question = tuple[int, float, Answer, Answer]  # a number, its bound, and what is asked next up to it and beyond


def find(lines: Sequence[Line], run: Run, print_at: Callable[[int], Byline | None]) -> int | None:
    """Which line above the body, or among its first, is the title."""
    if _is_plain(lines, run, print_at):
        return 0
    page = signs.look_at(lines, run, print_at)
    points = promise.finalists(page, run)
    if len(points) > 1:
        points = {at: judge(numbers(page, at), promised, _QUESTIONS) for at, promised in points.items()}
    best = sorted(points, key=points.__getitem__, reverse=True)
    return next((_alone(lines, at) for at in best if not _is_none(page, at) and _is_placed(page, at)), None)


def _is_placed(page: Page, at: int) -> bool:
    """Whether a headline can stand there: above the story, or where it opens."""
    return at < page.start or surroundings.opens(page, at)


def _is_none(page: Page, at: int) -> bool:
    """Whether a line is certainly no headline: a caption, date, byline, goal, keywords, or it goes on below."""
    text = page.lines[at].text
    if (at and page.lines[at - 1].text.casefold() in ENLARGING) or _is_cut_short(page.lines, at):
        return True
    if _says_when_or_who(page.print_at(at)) or _goes_on(page.lines, at) or GOAL.search(text):
        return True
    if is_keywords(text) or _is_kicker(page.lines, at):
        return True
    return items.is_bulleted(page.lines, at) or items.is_numbered(page.lines, at, partial(signs.is_told, page))


def _says_when_or_who(small: Byline | None) -> bool:
    """Whether a line of small print says no more than when, or by whom behind a label."""
    if small is None or small.left or small.categories:
        return False
    return bool(small.authors) if small.labelled else bool(small.stamps) and not small.authors


def _goes_on(lines: Sequence[Line], at: int) -> bool:
    """Whether the line below goes on with the sentence that begins here."""
    if at + 1 == len(lines) or lines[at].words <= LONGEST_BEGUN or ends_sentence(lines[at].text):
        return False
    below = lines[at + 1]
    return below.prose and not below.gap and below.text[0].islower()


def _is_cut_short(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the end of a path, that gives the beginning of the headline right below it."""
    begun = lines[at].text.rstrip(".… ")
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    is_longer = len(below) > len(lines[at].text) and lines[at].words >= FEWEST_CUT
    return is_longer and below.startswith(begun) and not ends_sentence(below)


def _is_kicker(lines: Sequence[Line], at: int) -> bool:
    """Whether a few words in capitals stand right above the headline, which is longer and not in capitals."""
    line, below = lines[at], lines[at + 1] if at + 1 < len(lines) else None
    if below is None or below.kind not in ("text", "prose") or below.words > MOST_TITLE or below.text[-1] == ".":
        return False
    is_short = line.words <= signs.SHORT and line.words < below.words // 2
    return is_short and line.text.isupper() and not below.text.isupper()


def is_keywords(text: str) -> bool:
    """Whether a line is a row of keywords: `Harbour, Strikes, New, Top story`."""
    parts = text.split(", ")
    return len(parts) >= FEWEST_KEYWORDS and all(
        part.count(" ") < MOST_IN_KEYWORD and part[:1].isupper() and not MARKED.search(part) for part in parts
    )


def numbers(page: Page, at: int) -> tuple[float, ...]:
    """All that is known of a line that may be the title, in the order of `NAMES`."""
    line = page.lines[at]
    found = (
        *signs.of_text(line.text, line.words),
        *signs.of_story(page, at),
        *surroundings.of_line(page, at),
    )
    return tuple(map(float, found))  # which are compared with the bounds of questions faster than whole numbers


def judge(found: Sequence[float], promised: float, questions: Sequence[Question]) -> float:
    """The points of a line when all questions are answered: two each, of which the first chooses the second."""
    points = AT_SIGHT * promised
    for number, bound, low, high in questions:
        asked, limit, at_most, beyond = low if found[number] <= bound else high
        points += at_most if found[asked] <= limit else beyond
    return points


def _question(row: Sequence[str]) -> Question:
    """A row of the table: name and bound; then twice name, bound and points, for numbers up to the bound and beyond."""
    number, bound, *rest = row
    low, high = (
        (NAMES.index(name), float(limit), float(at_most), float(beyond))
        for name, limit, at_most, beyond in (rest[:4], rest[4:])
    )
    return NAMES.index(number), float(bound), low, high


_QUESTIONS = tuple(map(_question, table("questions").values()))


def _is_plain(lines: Sequence[Line], run: Run, print_at: Callable[[int], Byline | None]) -> bool:
    """Whether a text begins with its headline: small print or the story follows, and no other line could be one."""
    start = next((at for at in range(run.start, min(run.stop, HEADER + 1)) if lines[at].prose), run.start)
    if not 0 < start <= HEADER or not _heads(lines[0]) or _goes_on(lines, 0) or print_at(0):
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


def _alone(lines: Sequence[Line], at: int) -> int:
    """Where a title stands alone that the page prints at the end of a path or kicker too: a line or two away."""
    for near in range(max(0, at - BESIDE), min(len(lines), at + BESIDE + 1)):
        path, found, rest = lines[at].text.rpartition(lines[near].text)
        if near != at and found and not rest and lines[near].words > SHORT and _PATH_END.search(path):
            return near
    return at
