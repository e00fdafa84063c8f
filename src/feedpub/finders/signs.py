"""What speaks for a line being the headline of its page, and what against it: what the line and the story say.

Takes a page's lines and its story, gives a Page, and the numbers of a line: how many words it has, how many of them the
story takes up, and so on, each with a name. What stands around a line is read by `surroundings`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from math import log
from operator import itemgetter

from msgspec import Struct

from feedpub.finders import wording
from feedpub.finders.body import Run
from feedpub.finders.byline import Byline
from feedpub.finders.lines import Line
from feedpub.finders.wording import STEM, content, said
from feedpub.lexicon import table

INSIDE, ABOVE = 9, 16  # lines of the story that may be the title; above it, in which its small print is counted
OPENING, TOLD = 2, 10  # paragraphs that take up a headline; those whose words are looked up
PARAGRAPH = 400  # characters of each that are, where no spaces are set
LONGEST_PATH, LONGEST_LINK = 100, 200  # characters
SHORT, EASTERN = 3, "\u0e00"  # words of a title that is a name; the first letter of the scripts that set no spaces
ENDS = {".": -2, ",": -2, ":": -2, "…": 1, "?": 1, **dict.fromkeys('"”»“』」', 1)}  # of a line: which speak for a title
BEGINNINGS = dict.fromkeys("\"“„«'‘「『¿¡", 1)
HOME = frozenset(word.casefold() for word in table("chrome")["home"])
_STEM = itemgetter(slice(STEM))  # of a word
_PATH_MARK = re.compile(r"\s[>»›/→|]\s")
_MARK = re.compile("[>»›/→|]")  # which is found faster than with the blanks around it


class Page(Struct, frozen=True, dict=True):
    """What is looked up for each line that may be the title; much of it only where several promise to be."""

    lines: Sequence[Line]
    start: int  # of the story
    print_at: Callable[[int], Byline | None]
    paragraphs: Sequence[Collection[str]]  # the words of each of the first of the story
    told: frozenset[str]  # the words of all of these
    opening: frozenset[str]  # the words of the very first
    kinds: dict[int, str]  # what lines are to those beside them, as far as it was asked
    weights: dict[str, tuple[float, float]]  # what words weigh in the story, and would if it named them once

    @cached_property
    def texts(self) -> Sequence[str]:
        """What each line says."""
        return [line.text for line in self.lines]

    @cached_property
    def whole(self) -> str:
        """The text of the page, a blank line between its lines."""
        return "\n\n".join(("", *self.texts, ""))

    @cached_property
    def links(self) -> str:
        """The lines that are no prose, in small letters."""
        others = [line.text for line in self.lines if line.kind != "prose" and len(line.text) < LONGEST_LINK]
        return "\n".join(others).casefold()

    @cached_property
    def prose(self) -> Sequence[int]:
        """The lines that are."""
        return [at for at, line in enumerate(self.lines) if line.kind == "prose"]

    @cached_property
    def prints(self) -> Sequence[tuple[int, Byline]]:
        """The small print right above the story."""
        above = range(max(0, self.start - ABOVE), self.start)
        return [(at, small) for at in above if (small := self.print_at(at))]

    @cached_property
    def dated(self) -> Sequence[int]:
        """The lines of it that hold a date."""
        return [at for at, small in self.prints if small.stamps]

    @cached_property
    def named(self) -> Sequence[int]:
        """Those that say who wrote the story."""
        return [at for at, small in self.prints if small.authors or small.labelled]


def look_at(lines: Sequence[Line], run: Run, print_at: Callable[[int], Byline | None]) -> Page:
    """The page with all that the signs of a title are looked up in."""
    prose = islice((line.text for line in lines[run.start : run.stop] if line.kind == "prose"), TOLD)
    paragraphs = list(map(_stems_of, prose))
    told, opening = frozenset().union(*paragraphs), frozenset().union(*paragraphs[:OPENING])
    return Page(lines, _story(lines, run, print_at), print_at, paragraphs, told, opening, {}, {})


def _stems_of(paragraph: str) -> set[str]:
    """The beginnings of the words of a paragraph; pairs of letters where no spaces are set."""
    words = content(paragraph[:PARAGRAPH]) if paragraph[0] > EASTERN else said(paragraph)
    return set(map(_STEM, words))


stems = lru_cache(maxsize=8192)(wording.stems)  # a site's menus stand on each of its pages

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
        times = sum([stem in words for words in page.paragraphs])
        page.weights[stem] = log(1 + times) / rare, log(2) / rare
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
    parts = _PATH_MARK.split(text) if len(text) < LONGEST_PATH and _MARK.search(text) else ()
    return len(parts) > 2 or (len(parts) == 2 and parts[0].casefold() in HOME)
