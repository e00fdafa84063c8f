"""What speaks for a line being the headline of its page, and what against it: what the line and the story say.

Takes a page's lines and its story, gives a Page, and the numbers of a line: how many words it has, how many of them the
story takes up, and so on, each with a name. What stands around a line is read by `surroundings`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from math import log

from msgspec import Struct

from feedpub.finders.body import Run
from feedpub.finders.byline import Byline
from feedpub.finders.lines import Line, content, said
from feedpub.lexicon import table

INSIDE, ABOVE = 9, 16  # lines of the story that may be the title; above it, in which its small print is counted
STEM = 5  # letters by which a word is known again, whatever its ending
OPENING, TOLD = 2, 10  # paragraphs that take up a headline; those whose words are looked up
PARAGRAPH = 400  # characters of each that are, where no spaces are set
LONGEST_PATH, LONGEST_LINK = 100, 200  # characters
SHORT, EASTERN = 3, "\u0e00"  # words of a title that is a name; the first letter of the scripts that set no spaces
ENDS = {".": -2, ",": -2, ":": -2, "…": 1, "?": 1, **dict.fromkeys('"”»“』」', 1)}  # of a line: which speak for a title
BEGINNINGS = dict.fromkeys("\"“„«'‘「『¿¡", 1)
HOME = frozenset(word.casefold() for word in table("chrome")["home"])
_PATH_MARK = re.compile(r"\s[>»›/→|]\s")


class Page(Struct, frozen=True, gc=False):
    """What is looked up for each line that may be the title."""

    lines: Sequence[Line]
    start: int  # of the story
    times: Counter[str]  # in how many of the first paragraphs of the story each word stands
    told: frozenset[str]  # the words that stand there
    opening: frozenset[str]  # the words of the very first
    texts: Sequence[str]
    whole: str  # the text of the page, a blank line between its lines
    links: str  # the lines that are no prose, in small letters
    print_at: Callable[[int], Byline | None]
    prose: Sequence[int]  # the lines that are
    dated: Sequence[int]  # the lines right above the story that hold a date
    named: Sequence[int]  # those that say who wrote it
    kinds: dict[int, str]  # what lines are to those beside them, as far as it was asked
    weights: dict[str, tuple[float, float]]  # what words weigh in the story, and would if it named them once


def look_at(lines: Sequence[Line], run: Run, print_at: Callable[[int], Byline | None]) -> Page:
    """The page with all that the signs of a title are looked up in."""
    texts = [line.text for line in lines]
    prose = [at for at, line in enumerate(lines) if line.kind == "prose"]
    told = [_stems_of(texts[at]) for at in [at for at in prose if run.start <= at < run.stop][:TOLD]]
    links = [text for text, line in zip(texts, lines, strict=True) if line.kind != "prose" and len(text) < LONGEST_LINK]
    start = _story(lines, run, print_at)
    times = Counter(chain.from_iterable(told))
    prints = [(at, small) for at in range(max(0, start - ABOVE), start) if (small := print_at(at))]
    return Page(
        lines,
        start,
        times,
        frozenset(times),
        frozenset().union(*told[:OPENING]),
        texts,
        "\n\n".join(("", *texts, "")),
        "\n".join(links).casefold(),
        print_at,
        prose,
        [at for at, small in prints if small.stamps],
        [at for at, small in prints if small.authors or small.labelled],
        {},
        {},
    )


def _stems_of(paragraph: str) -> set[str]:
    """The beginnings of the words of a paragraph; pairs of letters where no spaces are set."""
    words = content(paragraph[:PARAGRAPH]) if paragraph[0] > EASTERN else said(paragraph)
    return {word[:STEM] for word in words}


@lru_cache(maxsize=8192)  # a site's menus stand on each of its pages
def stems(text: str) -> frozenset[str]:
    """The beginnings of the words that say what a short line is about."""
    return frozenset([word[:STEM] for word in content(text)])


OF_TEXT = ("words", "letters", "end", "begin", "capitals", "digits")


@lru_cache(maxsize=2048)  # what is printed above the story is printed on other pages too
def of_text(text: str, count: int) -> tuple[float, ...]:
    """What the line itself says: how long it and its words are, how it begins and ends, capitals and digits."""
    printed = text.split()
    return (
        count,
        len(text) / count,
        ENDS.get(text[-1], 0 if text[-1].isalnum() else -1),
        BEGINNINGS.get(text[0], 0 if text[0].isupper() else -1 if text[0].isalnum() else -2),
        len([word for word in printed if word[0].isupper()]) / len(printed),
        len([char for char in text if char.isdigit()]),
    )


OF_STORY = ("weight", "known", "heaviest", "opening", "opened")


def of_story(page: Page, at: int) -> tuple[float, ...]:
    """Whether the story takes up the words of the line, at its beginning and often, and the page elsewhere."""
    about = stems(page.lines[at].text)
    if not about:
        return 0.0, -1.0, 0.0, 0.0, 0.0
    weights = [weigh(page, stem) for stem in about]
    found = [weight for weight, _ in weights]
    opened = len(about & page.opening)
    return sum(found), sum(found) / sum([max(pair) for pair in weights]), max(found), opened / len(about), opened


def weigh(page: Page, stem: str) -> tuple[float, float]:
    """How much a word says of what a page is about, and would if the story named it once.

    The story says it often, the menus and teasers don't.
    """
    if stem not in page.weights:
        rare = 1 + log(max(1, page.links.count(stem)))
        page.weights[stem] = log(1 + page.times[stem]) / rare, log(2) / rare
    return page.weights[stem]


def is_told(page: Page, text: str) -> bool:
    """Whether the story takes up a word of the text."""
    return not page.told.isdisjoint(stems(text))


def _story(lines: Sequence[Line], run: Run, print_at: Callable[[int], Byline | None]) -> int:
    """Where the story begins when small print above the headline was taken for its start."""
    if lines[run.start].prose or not print_at(run.start):
        return run.start
    below = range(run.start + 1, min(run.start + INSIDE, run.stop))
    return next((at for at in below if lines[at].prose), run.start)


def is_path(text: str) -> bool:
    """A breadcrumb: two or more marks between short words, or a home before one."""
    if len(text) >= LONGEST_PATH or not _PATH_MARK.search(text):
        return False
    parts = _PATH_MARK.split(text)
    return len(parts) > 2 or parts[0].casefold() in HOME
