"""What speaks for a line being the headline of its page, and what against it: what the line and the story say.

Takes a page's lines and its story, gives the signs of a line: words such as `words.8`, `shared.2`. What
each counts stands in the table `headlines`. What stands around a line is read by `surroundings`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import ceil, log

from msgspec import Struct

from feedpub.finders import sections
from feedpub.finders.body import Run
from feedpub.finders.byline import Byline
from feedpub.finders.lines import Line, content, content_words
from feedpub.lexicon import table

INSIDE = 9  # lines of the story that may be the title
OFTEN = 3  # how often a story says what it is about
OPENING, LEDE = 2, 300  # paragraphs that take up a headline; characters of the first one
CHIEF = 3  # words that a story is about before all
TOLD_PARAGRAPH, TOLD = 600, 2500  # characters of a paragraph, and of a story, whose words are looked up
WHOLE = 20_000  # characters of a story in which the words of a line are counted
LONGEST_PATH, LONGEST_LINK = 100, 200  # characters
HEADER = 8  # lines above the story of a page that prints hardly more than its headline there
STEPS = {  # of the signs that are numbers: each step reaches up to the number here, the last one beyond
    "words": (1, 2, 3, 4, 6, 8, 11, 14, 18, 23, 30),
    "shared": (0, 1, 2, 3, 4, 6),
    "share": (0, 20, 40, 60, 80, 99),
    "opening": (0, 1, 2, 3),
    "often": (0, 1, 2),
    "weight": (0, 1, 2, 3, 4, 6, 8, 12, 16),
    "known": (0, 20, 40, 60, 80, 99),
    "chief": (0, 1, 2),
    "lede": (0, 20, 40, 60, 80, 99),
    "elsewhere": (0, 1, 2, 4, 8),
    "far": (1, 2, 3, 5, 8, 12, 18, 30, 60),
    "far.bare": (1, 2, 3, 5),
    "inside": (0, 1, 2, 4),
    "at": (0, 2, 8),
    "first.above": (3, 8, 20),
    "first.told": (0, 1, 2, 4),
    "first.links": (0, 1, 2, 3, 4),
    "prose": (0, 1, 2, 4, 8),
    "dates": (0, 1, 2, 4),
    "names": (0, 1, 2, 4),
    "links.above": (0, 1, 2, 3, 5, 8, 12),
    "links.below": (0, 1, 2),
    "to.prose": (1, 2, 3, 5, 8, 12),
    "to.by.below": (1, 2, 3),
    "to.by.above": (1, 2, 3),
    "to.date.below": (1, 2, 3),
    "to.date.above": (1, 2, 3),
    "again.above": (0, 1, 2),
    "again.below": (0, 1, 2),
}
KINDS = frozenset(("text", "prose", "nav", "caption", "share", "related", "weak", "end", "notice"))
ENDS = {**{mark: mark for mark in ".?!:,…"}, **dict.fromkeys('"”»“』」', "quote")}
BEGINNINGS = dict.fromkeys("\"“„«'‘「『¿¡", "quote")
HOLDING = {"arrow": frozenset("»›→←«<>"), "bar": frozenset("|"), "address": frozenset("©@")}
SITE_MARK = re.compile(r"\s[-–—]\s")
HELD = re.compile("[»›→←«<>|©@:–—-]")
TIMED = re.compile(r"\d[:.]\d\d|(?:19|20)\d\d")
HOME = frozenset(word.casefold() for word in table("chrome")["home"])
_PATH_MARK = re.compile(r"\s[>»›/→|]\s")


class Story(Struct, frozen=True):
    """The words of a story."""

    text: str  # in small letters
    told: frozenset[str]
    often: frozenset[str]  # those that it says again and again
    opening: frozenset[str]  # those that it begins with
    lede: frozenset[str]
    chief: frozenset[str]


class Page(Struct, frozen=True):
    """What is looked up for each line that may be the title."""

    lines: Sequence[Line]
    start: int  # of the story
    story: Story
    texts: Sequence[str]
    whole: str  # the text of the page, a blank line between its lines
    elsewhere: Counter[str]  # how often the lines that are no prose print each word
    print_at: Callable[[int], Byline | None]
    prose: Sequence[int]  # the lines that are
    kinds: dict[int, str]  # what lines are to those beside them, as far as it was asked


def look_at(lines: Sequence[Line], run: Run, print_at: Callable[[int], Byline | None]) -> Page:
    """The page with all that the signs of a title are looked up in."""
    texts = [line.text for line in lines]
    printed = "\n".join([line.text for line in lines if line.kind != "prose" and len(line.text) < LONGEST_LINK])
    elsewhere = Counter(printed.casefold().split())
    return Page(
        lines,
        _story(lines, run, print_at),
        _told(lines[run.start : run.stop], elsewhere),
        texts,
        "\n\n".join(("", *texts, "")),
        elsewhere,
        print_at,
        [at for at, line in enumerate(lines) if line.kind == "prose"],
        {},
    )


def _step(number: float, steps: Sequence[int]) -> str:
    at = bisect_left(steps, number)
    return str(steps[at]) if at < len(steps) else "more"


_NUMBERED = {
    sign: tuple(f"{sign}.{_step(number, steps)}" for number in range(steps[-1] + 2)) for sign, steps in STEPS.items()
}


def number(sign: str, value: int) -> str:
    """The sign of a number, with the step that it falls on."""
    names = _NUMBERED[sign]
    return names[value] if value < len(names) else names[-1]


UNSHARED = [number(sign, 0) for sign in ("shared", "share", "opening", "often")]


def of_text(text: str, words: int, kind: str) -> list[str]:
    """What the line itself says: its length, its kind, how it begins and ends, what it holds."""
    signs = [number("words", words), f"kind.{kind if kind in KINDS else 'other'}"]
    if not text[-1].isalpha():
        signs.append(f"end.{'digit' if text[-1].isdigit() else ENDS.get(text[-1], 'other')}")
    if not text[0].isupper():
        signs.append(f"begin.{BEGINNINGS.get(text[0]) or _class(text[0])}")
    if found := HELD.search(text):
        signs += _held(text, found.start())
    if text.isupper():
        signs.append("capitals")
    if text.casefold() in sections.CATEGORIES:
        signs.append("section")
    if TIMED.search(text):
        signs.append("timed")
    return signs


def _held(text: str, first: int) -> Iterator[str]:
    """The marks that the line holds, of which the first stands there."""
    for name, marks in HOLDING.items():
        if not marks.isdisjoint(text[first:]):
            yield f"holds.{name}"
    if ": " in text:
        yield "holds.colon"
    if SITE_MARK.search(text):
        yield "holds.dash"


def _class(char: str) -> str:
    return "lower" if char.islower() else "digit" if char.isdigit() else "letter" if char.isalpha() else "other"


def of_story(page: Page, at: int) -> list[str]:
    """Whether the story takes up the words of the line, at its beginning and often."""
    words, story = content(page.lines[at].text), page.story
    if not words:
        return ["speechless"]
    shared = len(words & story.told)
    if not shared:
        return UNSHARED
    return [
        number("shared", shared),
        number("share", 100 * shared // len(words)),
        number("opening", len(words & story.opening)),
        number("often", len(words & story.often)),
    ]


def of_weight(page: Page, at: int) -> list[str]:
    """How much the story says of the words of the line, and whether the page prints them in many other places."""
    words, story = content(page.lines[at].text), page.story
    if not words:
        return []
    said = [(story.text.count(word), max(0, page.elsewhere[word] - 1)) for word in words]
    weights = [weigh(told, elsewhere) for told, elsewhere in said]
    weight = sum(weights)
    known = sum([found or weigh(1, elsewhere) for found, (_, elsewhere) in zip(weights, said, strict=True)])
    return [
        number("weight", ceil(weight)),
        number("known", int(100 * weight / known)),
        number("chief", len(words & story.chief)),
        number("lede", 100 * len(words & story.lede) // len(words)),
        number("elsewhere", 2 * sum([elsewhere for _, elsewhere in said]) // len(words)),
    ]


def weigh(told: int, elsewhere: int) -> float:
    """How much a word says of what a page is about: the story says it often, the menus and teasers don't."""
    return 1.5 * log(1 + told) / (1 + log(1 + elsewhere))


def is_told(page: Page, text: str) -> bool:
    """Whether the story takes up a word of the text."""
    return not page.story.told.isdisjoint(content(text))


def _told(lines: Sequence[Line], elsewhere: Counter[str]) -> Story:
    """The words of a story, those that it says often, and those of its first paragraphs."""
    prose = [line.text for line in lines if line.kind == "prose"]
    told: list[str] = []
    opening = size = 0
    for at, text in enumerate(prose):
        told += content_words(text[:TOLD_PARAGRAPH])
        opening = len(told) if at < OPENING else opening
        size += len(text)
        if size > TOLD:
            break
    times = Counter(told)
    often = [word for word, count in times.items() if count >= OFTEN]
    by_weight = sorted(often, key=lambda word: (-weigh(times[word], elsewhere[word]), word))
    return Story(
        "\n".join(prose)[:WHOLE].casefold(),
        frozenset(times),
        frozenset(often),
        frozenset(told[:opening]),
        frozenset(content_words(prose[0][:LEDE]) if prose else ()),
        frozenset(by_weight[:CHIEF]),
    )


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
