"""What stands around a line that may be the headline of its page, and where the page prints the line again.

Takes a Page, gives the numbers of a line, each with a name, as `signs` does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from feedpub.finders import byline, dateline, sections
from feedpub.finders.lines import Line
from feedpub.finders.signs import SHORT, Page, is_path, is_told
from feedpub.lexicon import table

MOST_NAME = 4  # words of the name of a person
NEAR = 5  # lines above and below in which small print belongs to a title
NEVER = 9  # as far away as what does not stand there
BESIDE = 3  # lines in which another title would be the kicker or the deck of this one
PART = 10  # lines above a title that show what part of the page it stands in
SHORTEST_REPEATED = 5  # characters of a line that is looked for in longer ones
LENGTHS = (1, 3, 6, 12)  # words of a line beside
LONGEST_SENTENCE = 15  # words of a title that ends in a full stop
MOST_PRINTED = 6  # other places of the page that are looked at
BELOW = 99  # lines to a paragraph that is not there
WRITTEN, DATED = frozenset(("by", "by-date", "name")), frozenset(("date", "by-date"))
TITLE_LIKE = frozenset(("words.6", "words.12", "words.more"))
LINKS = frozenset(("share", "weak", "end", "home", "nav", "related", "ad", "tags", "topics", "consent"))
ITEM = re.compile(r"(?:[*+•·–▪●>»›o‣◦-]|\d{1,2}[.)])\s")
BEFORE, BEHIND = re.compile(r"[-|–—:·»›>/•*+.&→]\s$"), re.compile(r"\s[-|–—:·»›>/•*+.&→<«]|[:,]\s")
_NUMBERS = {kind: tuple(map(float, row)) for kind, row in table("besides").items()}
_UNKNOWN = (0.0, 0.0, 0.0)

OF_PLACE = (
    *("far", "at", "room", "between", "to.prose", "gap.above", "gap.below", "prose.above", "long.above"),
    *("dates", "names"),
)
OF_SIDES = (
    *("own", "above", "above.2nd", "below", "below.2nd", "date.above", "date.below", "by.below"),
    *("title.above", "title.below", "words.above", "words.below", "links.below"),
)
OF_REPEATS = ("again.below", "ends", "parted", "begins", "inside")
NAMES = (*OF_PLACE, *OF_SIDES, *OF_REPEATS)


def of_line(page: Page, at: int) -> tuple[float, ...]:
    """What stands around a line, in the order of `NAMES`."""
    return *_of_place(page, at), *_of_sides(page, at), *_of_repeats(page, at)


def _of_place(page: Page, at: int) -> tuple[float, ...]:
    """Where the line stands, and how much prose, long lines and small print there is between it and the story."""
    lines, prose = page.lines, bisect_right(page.prose, at)
    near = max(0, at - PART)
    return (
        page.start - at,
        at,
        page.start,
        bisect_left(page.prose, page.start) - prose,
        page.prose[prose] - at if prose < len(page.prose) else BELOW,
        lines[at].gap,
        at + 1 < len(lines) and lines[at + 1].gap,
        prose - bisect_left(page.prose, near) - lines[at].prose,
        len([line for line in lines[near:at] if line.words > SHORT and line.kind == "text"]),
        len(page.dated) - bisect_right(page.dated, at),
        len(page.named) - bisect_right(page.named, at),
    )


def opens(page: Page, at: int) -> bool:
    """Whether a line inside the story may be the title: small print follows at once, or it is the first of all."""
    line = page.lines[at]
    if dateline.read(line.text):
        return False
    if page.print_at(at) is None and any(page.print_at(at + step) for step in (1, 2)):
        return True
    is_first = line.words <= LONGEST_SENTENCE and at == page.start
    return is_first and (at == 0 or _dispatch_follows(page.lines, at))


def _dispatch_follows(lines: Sequence[Line], at: int) -> bool:
    """Whether the next line opens with a dateline: then this one is above the story."""
    return at + 1 < len(lines) and lines[at + 1].prose and dateline.read(lines[at + 1].text) is not None


def _of_sides(page: Page, at: int) -> tuple[float, ...]:
    """What stands right above and below: small print, prose, another line that could be the title, links."""
    lines = page.lines
    below = [kind(page, near) for near in range(at + 1, at + 1 + NEAR)]
    above = [kind(page, near) for near in range(at - 1, at - 1 - NEAR, -1)]
    return (
        _NUMBERS.get(kind(page, at), _UNKNOWN)[1],
        _NUMBERS.get(above[0], _UNKNOWN)[0],
        _NUMBERS.get(above[1], _UNKNOWN)[0],
        _NUMBERS.get(below[0], _UNKNOWN)[2],
        _NUMBERS.get(below[1], _UNKNOWN)[2],
        _nearest(above, DATED),
        _nearest(below, DATED),
        _nearest(below, WRITTEN),
        _title(page, at, above, -1),
        _title(page, at, below, 1),
        lines[at - 1].words if at else 0,
        lines[at + 1].words if at + 1 < len(lines) else 0,
        next((far for far, line in enumerate(lines[at + 1 : at + 1 + SHORT]) if not _is_link(line)), SHORT),
    )


def _nearest(around: Sequence[str], kinds: frozenset[str]) -> int:
    """How many lines away the first of some kinds stands."""
    return next((far for far, kind in enumerate(around, 1) if kind in kinds), NEVER)


def _title(page: Page, at: int, around: Sequence[str], step: int) -> float:
    """How many words another line close by has that could be the title, beside those of this one."""
    for far in range(1, BESIDE + 1):
        other = page.lines[at + far * step] if around[far - 1] in TITLE_LIKE else None
        if other and is_told(page, other.text):
            return other.words / page.lines[at].words
    return 0.0


def kind(page: Page, at: int) -> str:
    """What a line is to those beside it, looked up once."""
    if at not in page.kinds:
        page.kinds[at] = _look_up(page, at) if 0 <= at < len(page.lines) else "none"
    return page.kinds[at]


def _look_up(page: Page, at: int) -> str:
    found = page.print_at(at)
    if found is None:
        return _unprinted(page.lines[at])
    by = found.authors or found.labelled
    return ("by-date" if by else "date") if found.stamps else "by" if by else "print"


def _unprinted(line: Line) -> str:
    """What a line is that is no small print: a section, a name, a path, or only so many words."""
    if line.kind != "text":
        return line.kind
    if line.text.casefold() in sections.CATEGORIES:
        return "section"
    if 1 < line.words <= MOST_NAME and byline.bare(line.text):
        return "name"
    if is_path(line.text):
        return "path"
    at = bisect_left(LENGTHS, line.words)
    return f"words.{LENGTHS[at] if at < len(LENGTHS) else 'more'}"


def _is_link(line: Line) -> bool:
    """Whether a line may be a link of a menu: a word or two, or an item of a list."""
    if line.kind != "text":
        return line.kind in LINKS
    return (line.words <= SHORT and not line.text[-1].isdigit()) or _is_item(line)


def _is_item(line: Line) -> bool:
    return not line.text[0].isalpha() and ITEM.match(line.text) is not None


def _of_repeats(page: Page, at: int) -> tuple[float, ...]:
    """How often the page prints the line again below, and in longer ones: behind a mark, before one, among words."""
    text = page.texts[at]
    again = page.texts[max(at + 1, page.start) :].count(text)
    if len(text) <= SHORTEST_REPEATED:
        return again, 0, 0, 0, 0
    whole = page.whole
    ends = parted = begins = inside = 0
    found = whole.find(text)
    for _ in range(MOST_PRINTED):
        if found < 0:
            break
        end = found + len(text)
        is_first, is_last = whole[found - 1] == "\n", whole[end] == "\n"
        if is_last and not is_first:
            ends += 1
            parted += BEFORE.search(whole, max(0, found - 3), found) is not None
        elif is_first and not is_last:
            begins += BEHIND.match(whole, end) is not None
        elif not is_last:
            inside += 1
        found = whole.find(text, end)
    return again, ends, parted, begins, inside
