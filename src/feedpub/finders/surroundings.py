"""What stands around a line that may be the headline of its page, and where the page prints the line again.

Takes a Page, gives the signs of a line, as `signs` does: `below.by`, `to.date.above.1`, `printed.path`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from feedpub.finders import byline, dateline, sections
from feedpub.finders.lines import Line, content_words
from feedpub.finders.signs import HEADER, Page, is_path, is_told, number

REACH = 16  # lines above the story in which dates and names between it and a title are counted
SHORT, MOST_NAME = 3, 4  # words of a title that is a name or a word; of the name of a person
PRINT_BELOW, PRINT_ABOVE = 5, 4  # lines in which small print belongs to a title
BESIDE = 3  # lines in which another title would be the kicker or the deck of this one
SHORTEST_REPEATED, SHORTEST_HELD = 5, 12  # characters of a line that others hold
LONGEST_MENU, FIRST = 12, 6  # links in a row that are counted; the first lines of a page, by which a menu is known
LENGTHS = (1, 3, 6, 12)  # words of a line beside
LONGEST_SENTENCE = 15  # words of a title that ends in a full stop
SHORTEST_DISPATCH = 5  # words of a line that a dateline may open
MOST_PRINTED = 6  # other places of the page that are looked at
WRITTEN, DATED = frozenset(("by", "by-date", "name")), frozenset(("date", "by-date"))
TITLE_LIKE = frozenset(("words.6", "words.12", "words.more"))
LINKS = frozenset(("share", "weak", "end", "home", "nav", "related", "ad", "tags", "topics", "consent"))
ITEM = re.compile(r"(?:[*+•·–▪●>»›o‣◦-]|\d{1,2}[.)])\s")
BEFORE, BEHIND = re.compile(r"[-|–—:·»›>/•*+.&→]\s$"), re.compile(r"\s[-|–—:·»›>/•*+.&→<«]|[:,]\s")
DISPATCH = re.compile(r"[-–—:(/.】電]")  # a dateline ends with one of these, or holds it
QUOTES = "'\"„“”«»‚‘’"


def of_distance(page: Page, at: int) -> list[str]:
    """How far above the story the line stands; one inside it is rarely its title."""
    if at < page.start:
        return [number("far.bare" if page.start <= HEADER else "far", page.start - at)]
    return [number("inside", at - page.start)]


def of_place(page: Page, at: int) -> list[str]:
    """Where the line stands, and what stands between it and the story."""
    lines, line = page.lines, page.lines[at]
    signs = [*of_distance(page, at), number("at", at)]
    if at == 0:
        told = [word in page.story.told for word in content_words(line.text)]
        signs += [number("first.above", page.start), number("first.told", sum(told))]
        signs.append(number("first.links", sum(map(_is_link, lines[1:FIRST]))))
    if at < page.start:
        signs += _between(page, at)
    else:
        signs.append(f"in.{'long' if line.words > LONGEST_SENTENCE else 'short'}.{opens(page, at)}")
    if line.prose and line.words > LONGEST_SENTENCE:
        signs.append(f"sentence.{_dispatch_follows(lines, at)}")
    if line.words >= SHORTEST_DISPATCH and DISPATCH.search(line.text) and dateline.read(line.text):
        signs.append("dispatch")
    below = next(iter(page.prose[bisect_right(page.prose, at) :]), at)
    signs.append(number("to.prose", below - at) if below > at else "never.prose")
    return signs


def _between(page: Page, at: int) -> list[str]:
    """How much prose, how many dates and names stand between the line and the story."""
    prose = bisect_left(page.prose, page.start) - bisect_right(page.prose, at)
    prints = [page.print_at(near) for near in range(max(at + 1, page.start - REACH), page.start)]
    return [
        number("prose", prose),
        number("dates", sum([bool(small and small.stamps) for small in prints])),
        number("names", sum([bool(small and (small.authors or small.labelled)) for small in prints])),
    ]


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


def beside(page: Page, at: int) -> Iterator[str]:
    """What stands right above and below: small print, prose, another line that could be the title."""
    lines = page.lines
    known = page.kinds.get
    below = [known(near) or _kind(page, near) for near in range(at + 1, at + 1 + PRINT_BELOW)]
    above = [known(near) or _kind(page, near) for near in range(at - 1, at - 1 - PRINT_ABOVE, -1)]
    yield f"below.{below[0]}"
    yield f"below.2nd.{below[1]}"
    yield f"above.{above[0]}"
    yield f"above.2nd.{above[1]}"
    own = _kind(page, at)
    if not own.startswith("words"):
        yield f"own.{own}"
    for name, kinds in (("by", WRITTEN), ("date", DATED)):
        yield f"{name}.{_sides(kinds, above, below)}"
        for side, around in (("above", above), ("below", below)):
            far = next((far for far, kind in enumerate(around, 1) if kind in kinds), 0)
            yield number(f"to.{name}.{side}", far) if far else f"never.{name}.{side}"
    if lines[at].gap:
        yield "gap.above"
    if at + 1 < len(lines) and lines[at + 1].gap:
        yield "gap.below"
    text = lines[at].text
    near = [line.text for line in (*lines[max(0, at - BESIDE) : at], *lines[at + 1 : at + BESIDE + 1])]
    if any(map(text.__contains__, [other for other in near if len(other) > SHORTEST_HELD])):
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


def _kind(page: Page, at: int) -> str:
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


def of_links(page: Page, at: int) -> list[str]:
    """How many links stand in a row right above and below, and whether the line is an item of a list."""
    lines = page.lines
    above = below = 0
    while above <= LONGEST_MENU and at > above and _is_link(lines[at - 1 - above]):
        above += 1
    while below < SHORT and at + below + 1 < len(lines) and _is_link(lines[at + 1 + below]):
        below += 1
    items = "".join(str(int(0 <= near < len(lines) and _is_item(lines[near]))) for near in (at - 1, at, at + 1))
    return [number("links.above", above), number("links.below", below), f"items.{items}"]


def _is_link(line: Line) -> bool:
    """Whether a line may be a link of a menu: a word or two, or an item of a list."""
    if line.kind != "text":
        return line.kind in LINKS
    return (line.words <= SHORT and not line.text[-1].isdigit()) or _is_item(line)


def _is_item(line: Line) -> bool:
    return not line.text[0].isalpha() and ITEM.match(line.text) is not None


def of_repeats(page: Page, at: int) -> list[str]:
    """Whether the page prints the line again, alone, with the site's name or in a longer line."""
    text, texts = page.texts[at], page.texts
    again = texts.count(text) - 1
    above = texts[: page.start].count(text) - (at < page.start) if again else 0
    signs = [number("again.above", above), number("again.below", again - above)]
    if len(text) > SHORTEST_REPEATED:
        signs += _printed(page.whole, text)
    return signs


def _printed(whole: str, text: str) -> list[str]:
    """How the page prints a text again in longer lines: what stands right before and behind it."""
    found: set[str] = set()
    at = whole.find(text)
    for _ in range(MOST_PRINTED):
        end = at + len(text)
        before, behind = _before(whole[max(0, at - 3) : at]), _behind(whole[end : end + 2])
        if before != "start" or behind != "end":
            found.add(f"printed.{before}-{behind}")
        at = whole.find(text, end)
        if at < 0:
            break
    return sorted(found)


def _before(text: str) -> str:
    if text[-1] == "\n":
        return "start"
    if BEFORE.search(text):
        return "mark"
    return "quote" if text[-1] in QUOTES else "word" if text[-1] == " " else "letter"


def _behind(text: str) -> str:
    if text[0] == "\n":
        return "end"
    if BEHIND.match(text):
        return "mark"
    return "quote" if text[0] in QUOTES else "word" if text[0] == " " else "letter"
