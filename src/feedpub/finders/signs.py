"""What speaks for a line being the headline of its page, and what against it.

Takes a page's lines and its story, gives the signs of a line: words such as `words.8`, `below.by`, `again.named`. What
each counts stands in the table `headlines`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from feedpub.finders import byline, sections
from feedpub.finders.body import Run
from feedpub.finders.byline import Byline
from feedpub.finders.lines import Line, content, content_words
from feedpub.lexicon import table

REACH, INSIDE = 150, 9  # lines above the story, and of it, that may be the title
SHORT, MOST_NAME = 3, 4  # words of a title that is a name or a word; of the name of a person
NEAR = 16  # lines above the story in which dates and names between it and a title are counted
HEADER = 8  # lines above the story of a page that prints hardly more than its headline there
PRINT_BELOW, PRINT_ABOVE = 5, 4  # lines in which small print belongs to a title
BESIDE = 3  # lines in which another title would be the kicker or the deck of this one
SHORTEST_REPEATED, SHORTEST_HELD = 5, 12  # characters of a line that others hold
OPENING, OFTEN = 2, 3  # paragraphs that take up a headline; how often a story says what it is about
TOLD_PARAGRAPH, TOLD = 600, 2500  # characters of a paragraph, and of a story, whose words are looked up
LONGEST_PATH, LONGEST_MENU = 100, 5  # characters; short lines above a title
LENGTHS = (1, 3, 6, 12)  # words of a line beside
STEPS = {  # of the signs that are numbers: each step reaches up to the number here, the last one beyond
    "words": (1, 2, 3, 4, 6, 8, 11, 14, 18, 23, 30),
    "shared": (0, 1, 2, 3, 4, 6),
    "share": (0, 20, 40, 60, 80, 99),
    "opening": (0, 1, 2, 3),
    "often": (0, 1, 2),
    "far": (1, 2, 3, 5, 8, 12, 18, 30, 60),
    "far.bare": (1, 2, 3, 5),
    "inside": (0, 1, 2, 4),
    "at": (0, 2, 8),
    "first.above": (3, 8, 20),
    "first.told": (0, 1, 2, 4),
    "prose": (0, 1, 2, 4, 8),
    "dates": (0, 1, 2, 4),
    "names": (0, 1, 2, 4),
    "menu": (0, 1, 3, 5),
    "again.above": (0, 1, 2),
    "again.below": (0, 1, 2),
}
KINDS = frozenset(("text", "prose", "nav", "caption", "share", "related", "weak", "end", "notice"))
WRITTEN, DATED = frozenset(("by", "by-date", "name")), frozenset(("date", "by-date"))
LINKS = frozenset(("words.1", "words.3", "section", "nav"))
TITLE_LIKE = frozenset(("words.6", "words.12", "words.more"))
ENDS = {**{mark: mark for mark in ".?!:,…"}, **dict.fromkeys('"”»“』」', "quote")}
BEGINNINGS = dict.fromkeys("\"“„«'‘「『¿¡", "quote")
HOLDING = {"arrow": frozenset("»›→←«<>"), "bar": frozenset("|"), "address": frozenset("©@")}
SITE_MARKS = (" | ", " - ", " – ", " — ", " :: ", " · ", " » ", " « ", " • ")
SITE_MARK = re.compile(r"\s[-–—]\s")
HELD = re.compile("[»›→←«<>|©@:–—-]")
HOME = frozenset(word.casefold() for word in table("chrome")["home"])
_PATH_MARK = re.compile(r"\s[>»›/→|]\s")


class Story(Struct, frozen=True):
    """The words of a story."""

    told: frozenset[str]
    often: frozenset[str]  # those that it says again and again
    opening: frozenset[str]  # those that it begins with


class Page(Struct, frozen=True):
    """What is looked up for each line that may be the title."""

    lines: Sequence[Line]
    start: int  # of the story
    story: Story
    above: dict[str, int]  # how often each line stands above the story
    below: dict[str, int]
    whole: str  # the text of the page, a blank line between its lines
    print_at: Callable[[int], Byline | None]
    beside: Callable[[int], str]  # what a line is to the one beside it
    between: Sequence[tuple[int, int, int]]  # prose, dates and names from each line above the story on, upwards


def look_at(lines: Sequence[Line], run: Run, print_at: Callable[[int], Byline | None]) -> Page:
    """The page with all that the signs of a title are looked up in."""
    start = _story(lines, run, print_at)
    texts = [line.text for line in lines]
    return Page(
        lines,
        start,
        _told(lines[run.start : run.stop]),
        Counter(texts[:start]),
        Counter(texts[start:]),
        "\n\n".join(("", *texts, "")),
        print_at,
        _reader(lines, print_at),
        _between(lines, start, print_at),
    )


def of_line(page: Page, at: int) -> list[str]:
    """All that speaks for a line or against it, as the table names it."""
    line = page.lines[at]
    return [
        *of_text(line.text, line.words, line.kind),
        *of_story(page, at),
        *of_place(page, at),
        *beside(page, at),
        *of_repeats(page, at),
    ]


def _step(number: int, steps: Sequence[int]) -> str:
    at = bisect_left(steps, number)
    return str(steps[at]) if at < len(steps) else "more"


_NUMBERED = {
    sign: tuple(f"{sign}.{_step(number, steps)}" for number in range(steps[-1] + 2)) for sign, steps in STEPS.items()
}


def _number(sign: str, number: int) -> str:
    """The sign of a number, with the step that it falls on."""
    names = _NUMBERED[sign]
    return names[number] if number < len(names) else names[-1]


def of_text(text: str, words: int, kind: str) -> list[str]:
    """What the line itself says: its length, its kind, how it begins and ends, what it holds."""
    signs = [_number("words", words), f"kind.{kind if kind in KINDS else 'other'}"]
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
    return [
        _number("shared", shared),
        _number("share", 100 * shared // len(words)),
        _number("opening", len(words & story.opening)),
        _number("often", len(words & story.often)),
    ]


def of_distance(page: Page, at: int) -> list[str]:
    """How far above the story the line stands; one inside it is rarely its title."""
    if at < page.start:
        return [_number("far.bare" if page.start <= HEADER else "far", page.start - at)]
    return [_number("inside", at - page.start)]


def of_place(page: Page, at: int) -> list[str]:
    """Where the line stands, and what stands between it and the story."""
    signs = [*of_distance(page, at), _number("at", at)]
    if at == 0:
        told = [word in page.story.told for word in content_words(page.lines[0].text)]
        signs += [_number("first.above", page.start), _number("first.told", sum(told))]
    if at < page.start:
        prose, dates, names = page.between[page.start - at - 1]
        signs += [_number("prose", prose), _number("dates", dates), _number("names", names)]
    menu = 0
    while menu <= LONGEST_MENU and at > menu and page.beside(at - 1 - menu) in LINKS:
        menu += 1
    signs.append(_number("menu", menu))
    return signs


def beside(page: Page, at: int) -> Iterator[str]:
    """What stands right above and below: small print, prose, another line that could be the title."""
    lines = page.lines
    below = [page.beside(at + step) for step in range(1, PRINT_BELOW + 1)]
    above = [page.beside(at - step) for step in range(1, PRINT_ABOVE + 1)]
    yield f"below.{below[0]}"
    yield f"below.2nd.{below[1]}"
    yield f"above.{above[0]}"
    yield f"above.2nd.{above[1]}"
    for name, kinds in (("by", WRITTEN), ("date", DATED)):
        yield f"{name}.{_sides(kinds, above, below)}"
    if lines[at].gap:
        yield "gap.above"
    if at + 1 < len(lines) and lines[at + 1].gap:
        yield "gap.below"
    beside = (lines[near].text for near in range(max(0, at - BESIDE), min(len(lines), at + BESIDE + 1)) if near != at)
    if any(len(other) > SHORTEST_HELD and other in lines[at].text for other in beside):
        yield "holds.line"
    for name, around, step in (("title.above", above, -1), ("title.below", below, 1)):
        for far in range(1, BESIDE + 1):
            if around[far - 1] in TITLE_LIKE and is_told(page, lines[at + far * step].text):
                yield f"{name}.{far}"
                longer = lines[at + far * step].words > lines[at].words
                yield f"{name}.{'longer' if longer else 'shorter'}"
                break


def _sides(kinds: frozenset[str], above: Sequence[str], below: Sequence[str]) -> str:
    """On which sides a kind of small print stands."""
    if kinds.isdisjoint(above):
        return "none" if kinds.isdisjoint(below) else "below"
    return "above" if kinds.isdisjoint(below) else "both"


def is_told(page: Page, text: str) -> bool:
    """Whether the story takes up a word of the text."""
    return not page.story.told.isdisjoint(content(text))


def _reader(lines: Sequence[Line], print_at: Callable[[int], Byline | None]) -> Callable[[int], str]:
    """Says what a line is to the one beside it, of each line once."""

    @cache
    def beside(at: int) -> str:
        if not 0 <= at < len(lines):
            return "none"
        found = print_at(at)
        if found is None:
            return _unprinted(lines[at])
        by = found.authors or found.labelled
        return ("by-date" if by else "date") if found.stamps else "by" if by else "print"

    return beside


def _unprinted(line: Line) -> str:
    """What a line is that is no small print: a section, a name, a path, or only so many words."""
    if line.kind != "text":
        return line.kind
    if line.text.casefold() in sections.CATEGORIES:
        return "section"
    if 1 < line.words <= MOST_NAME and byline.bare(line.text):
        return "name"
    return "path" if is_path(line.text) else f"words.{_step(line.words, LENGTHS)}"


def _between(lines: Sequence[Line], start: int, print_at: Callable[[int], Byline | None]) -> list[tuple[int, int, int]]:
    """How much prose, how many dates and names stand below each line and above the story; upwards."""
    prose = dates = names = 0
    found = [(0, 0, 0)]
    for at in range(start - 1, max(0, start - REACH) - 1, -1):
        small = print_at(at) if start - at <= NEAR else None
        prose += lines[at].kind == "prose"
        dates += bool(small and small.stamps)
        names += bool(small and (small.authors or small.labelled))
        found.append((prose, dates, names))
    return found


def of_repeats(page: Page, at: int) -> list[str]:
    """Whether the page prints the line again, alone, with the site's name or in a longer line."""
    text = page.lines[at].text
    inside = at >= page.start
    signs = [
        _number("again.above", page.above.get(text, 0) - (not inside)),
        _number("again.below", page.below.get(text, 0) - inside),
    ]
    if len(text) > SHORTEST_REPEATED and page.whole.count(text) > 1:
        again = _again(page, text)
        if again and (again != "again.inside" or page.lines[at].words > SHORT):
            signs.append(again)
    return signs


def _again(page: Page, text: str) -> str:
    """How the page prints a text again in longer lines."""
    rest = page.whole.replace(f"\n{text}\n", "\n")
    if text not in rest:
        return ""
    if any(f"\n{text}{mark}" in rest for mark in SITE_MARKS):
        return "again.named"
    if any(f"{mark}{text}\n" in rest for mark in SITE_MARKS):
        return "again.end"
    return "again.beginning" if f"\n{text}" in rest else "again.inside"


def _told(lines: Sequence[Line]) -> Story:
    """The words of a story, those that it says often, and those of its first paragraphs."""
    told: list[str] = []
    opening: list[str] = []
    size = 0
    for number, line in enumerate(line for line in lines if line.kind == "prose"):
        told += content_words(line.text[:TOLD_PARAGRAPH])
        opening = told[:] if number < OPENING else opening
        size += len(line.text)
        if size > TOLD:
            break
    times = Counter(told)
    often = frozenset(word for word, count in times.items() if count >= OFTEN)
    return Story(frozenset(times), often, frozenset(opening))


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
