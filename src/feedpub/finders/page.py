"""The parts of a page: headline, small print, body, tail.

Takes a page's lines, gives a Page that says which lines are which. Works from the prose outwards: the body is found
first, the title above it, the small print between the two, and the tail below.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from feedpub.finders import (
    another,
    body,
    broken,
    dateline,
    messages,
    passages,
    service,
    shortlines,
    smallprint,
    story,
    title,
)
from feedpub.finders.byline import Byline
from feedpub.finders.lines import Line, ends_sentence
from feedpub.finders.smallprint import Print
from feedpub.finders.wording import content
from feedpub.model import Dropped

UNDER, ON = 16, 8  # lines below the title, and right above the story, in which its small print stands
BARS = frozenset(("share", "caption", "nav", "tags"))
INLINE, QUIET = frozenset(("related", "ad", "chrome")), frozenset(("related", "ad", "chrome", "text"))
NEAR = 5
FEWEST_BARS = 2
LONGEST_DECK = 60  # words
FIRST_LINES, BRIEF = 12, 6  # where a dispatch of one line stands, and its fewest words
BRIEF_REACH, SHORTEST_STORY = 40, 80  # lines among which short sentences begin; their letters
HEADING = 4  # words of the headline of a brief that stands alone in its file, at least
MOST_DECKS = 2  # paragraphs between title and small print that are a standfirst
NAMING = 4  # lines from the headline on, or above the story, one of which names a page
REACH_FILED = 12  # lines in which captions and a standfirst stand above a dispatch


class Page(Struct, frozen=True):
    """Where the parts of a page stand among its lines."""

    lines: Sequence[Line]
    title_at: int | None
    body: tuple[Line, ...]
    start: int
    stop: int
    prints: tuple[Print, ...]
    dropped: tuple[Dropped, ...]
    second: int = 0  # the line on which another article begins below, 0 when none does
    before: str = ""  # what was printed above the first paragraph as part of its dateline


class Head(Struct, frozen=True):
    """What stands above a story, and where the story is thought to lie."""

    read: Callable[[int], Byline | None]
    title_at: int | None
    under: tuple[Print, ...]
    before: str
    place: passages.Place


def head(lines: Sequence[Line]) -> Head | None:
    """Headline, small print and the place of the story; None when the page has no prose."""
    read = smallprint.reader(lines)
    run = body.find(lines, smallprint.anchors(lines, read)) or _brief(lines) or _short_sentences(lines, read)
    run = run or _bare(lines, read)
    if run is None:
        return None
    at = title.find(lines, run, read)
    title_at = None if at is None or dateline.stands_alone(lines[at].text) else at
    first = run.start if at is None else at + (title_at is not None)
    under, start = _under(lines, first, max(first, run.start), run.stop, read)
    if before := broken.dateline_above(lines, first, start):
        under = [small for small in under if small.at >= start or small.line.text not in before]
    headline = "" if title_at is None else lines[title_at].text
    is_filed = first < start < len(lines) and _is_filed(lines[start])
    first = start if before or is_filed else max((small.at + 1 for small in under), default=first)
    place = passages.Place(first, start, run.start, run.stop, content(headline))
    return Head(read, title_at, tuple(under), before, place)


def lay_out(lines: Sequence[Line]) -> Page | None:
    """Find the parts; None when the page has no prose."""
    top = head(lines)
    if top is None:
        return None
    read, title_at, under = top.read, top.title_at, top.under
    told = story.select(lines, passages.passages(lines, top.place), top.place)
    headline = "" if title_at is None else lines[title_at].text
    above = smallprint.above(lines, title_at if title_at is not None else told[0].start, read)
    told, second = another.parted(lines, told, [small.found for small in (*under, *above)], headline, read)
    kept, dropped = body.keep(lines, told, shortlines.short_lines(lines, told), headline)
    start, stop = told[0].start, told[-1].stop
    prints = [*under, *above, *smallprint.below(lines, stop, read)]
    thought = [line for line in lines[top.place.start : top.place.run_stop] if line.prose] or kept
    signed = any(small.found.authors for small in under)
    if (
        not kept
        or messages.is_error(thought, headline, dated=bool(under), signed=signed)
        or messages.asks(thought, headline, dated=bool(under))
        or (not signed and service.is_service(_named(lines, title_at, top.place.start), thought))
        or messages.is_list(lines, kept, under)
        or (not signed and messages.is_index(lines, kept, headline))
    ):
        return None
    dropped += _around(lines, title_at, start, stop, {small.at for small in prints})
    return Page(lines, title_at, tuple(kept), start, stop, tuple(prints), tuple(dropped), second, top.before)


def _named(lines: Sequence[Line], title_at: int | None, start: int) -> Iterator[str]:
    """The lines that may name a page: its headline, and those right below or above the story."""
    first = max(0, start - NAMING) if title_at is None else title_at
    for line in lines[first : min(first + NAMING, start)]:
        if not line.prose:
            yield line.text


def short(lines: Sequence[Line]) -> Page | None:
    """The page of a text of few lines below its title, none of them a sentence; None when a server says it."""
    told = [line for line in lines[1:] if line.kind in ("text", "prose")]
    if (
        not told
        or len(lines) > messages.SHORTEST_LIST
        or messages.is_error(told, lines[0].text, dated=False, signed=False)
    ):
        return None
    return of_lines(lines, frozenset(line.number for line in told), None)


def of_lines(lines: Sequence[Line], told: Collection[int], found: Page | None) -> Page:
    """The page whose story the markup shows to be the lines with these numbers; the rest as it was found, if it was."""
    kept = tuple(line for line in lines if line.number in told)
    start = next(at for at, line in enumerate(lines) if line.number in told)
    stop = 1 + max(at for at, line in enumerate(lines) if line.number in told)
    title_at = found.title_at if found else None
    title = lines[title_at].number if title_at is not None else 0
    known = {line.line: line for line in found.dropped} if found else {}
    dropped = tuple(
        known.get(line.number) or Dropped(line.number, line.text, "outside-the-story")
        for line in lines
        if line.number not in told and line.number != title
    )
    if found is None:
        return Page(lines, None, kept, start, stop, (), dropped)
    return replace(found, body=kept, start=start, stop=stop, dropped=dropped, second=0, before="")


def _around(
    lines: Sequence[Line], title_at: int | None, start: int, stop: int, printed: Collection[int]
) -> Iterator[Dropped]:
    """Every line outside the body but the title, and why."""
    top = 0 if title_at is None else min(title_at, start)
    end = len(lines)
    for first, last, place in (
        (0, top, "above-the-title"),
        (top, start, "before-the-story"),
        (stop, end, "after-the-end"),
    ):
        for at, line in enumerate(lines[first:last], first):
            if at in printed:
                yield Dropped(line.number, line.text, "small-print")
            elif at != title_at:
                yield Dropped(line.number, line.text, place if line.kind in body.PLAIN else line.kind)


def _brief(lines: Sequence[Line]) -> body.Run | None:
    """A dispatch without a whole sentence: a dateline says that it is one."""
    for at, line in enumerate(lines[:FIRST_LINES]):
        if line.kind == "text" and line.words >= BRIEF and dateline.read(line.text):
            return body.Run(at, at + 1, 0)
    return None


def _short_sentences(lines: Sequence[Line], read: Callable[[int], Byline | None]) -> body.Run | None:
    """A story without a long sentence: short ones in a row, the first of which stands right below a date."""
    start = next((at for at, line in enumerate(lines[:BRIEF_REACH]) if passages.is_paragraph(line)), None)
    if start is None:
        return None
    stop = next((at for at, line in enumerate(lines[start:], start) if not passages.is_paragraph(line)), len(lines))
    dated = any(small.stamps for at in range(max(0, start - NEAR), start) if (small := read(at)))
    letters = sum(passages.length(line.text) for line in lines[start:stop])
    return body.Run(start, stop, 0) if dated and stop - start > 1 and letters >= SHORTEST_STORY else None


def _bare(lines: Sequence[Line], read: Callable[[int], Byline | None]) -> body.Run | None:
    """A brief with nothing around it: a headline, its small print, and sentences down to the end."""
    start = next((at for at, line in enumerate(lines[1:], 1) if passages.is_paragraph(line)), None)
    if start is None or lines[0].kind != "text" or lines[0].words < HEADING or ends_sentence(lines[0].text):
        return None
    is_bare = all(read(at) for at in range(1, start)) and all(map(passages.is_paragraph, lines[start:]))
    return body.Run(start, len(lines), 0) if is_bare else None


def _under(
    lines: Sequence[Line], first: int, start: int, stop: int, read: Callable[[int], Byline | None]
) -> tuple[list[Print], int]:
    """The small print between title and body, and where the body begins after it."""
    prints: list[Print] = []
    decks, dated, begun = 0, False, False
    on = range(max(first + UNDER, start - ON), start)
    for at in range(first, min(first + UNDER, stop)):
        found = read(at)
        if found and (not begun or (decks == 1 and _follows_deck(found, prints))):
            prints.append(Print(at, lines[at], found, "under"))
            dated = dated or bool(found.stamps)
            if at >= start:
                start = at + 1
        elif lines[at].prose:
            decks, begun = decks + 1, dated
            if decks > MOST_DECKS:
                break
    if decks <= MOST_DECKS or not dated:  # else the story has begun, and the days in it are its own
        prints += [Print(at, lines[at], found, "under") for at in on if (found := read(at))]
    after = max((small.at for small in prints), default=first - 1)
    while start < stop and not _may_open(lines[start]):
        start += 1
    start = _first_answer(lines, after + 1, start)
    if (filed := _filed(lines, after + 1, start, stop)) is not None:
        return prints, filed
    return prints, _after_deck(lines, _first_paragraph(lines, after + 1, start), stop)


def _first_answer(lines: Sequence[Line], first: int, start: int) -> int:
    """Where sentences begin that stand in a row above the story, short ones among them: questions and answers."""
    for at in range(start - 1, first - 1, -1):
        if _may_open(lines[at]):
            start = at
        elif lines[at].kind != "text" or not ends_sentence(lines[at].text):
            break
    return start


def _follows_deck(found: Byline, prints: Sequence[Print]) -> bool:
    """Whether a line below a paragraph says that it was a standfirst: who wrote, or how long it takes to read."""
    if found.labelled and found.authors:
        return not any(small.found.authors for small in prints)
    return found.counted and not (found.authors or found.stamps or found.left)


def _first_paragraph(lines: Sequence[Line], first: int, start: int) -> int:
    """Where the story begins when a short first paragraph stands above an advertisement or another story's title."""
    for at in range(max(first, start - NEAR), start):
        if (
            lines[at].prose
            and lines[at + 1].kind in INLINE
            and all(line.kind in QUIET for line in lines[at + 1 : start])
        ):
            return at
    return start


def _after_deck(lines: Sequence[Line], start: int, stop: int) -> int:
    """Where the story begins when a standfirst stands first: a paragraph or two above share bars and pictures."""
    at = start
    while at < min(start + MOST_DECKS, stop) and lines[at].prose and lines[at].words <= LONGEST_DECK:
        at += 1
    if at == start:
        return start
    bars = 0
    while at < stop and not lines[at].prose:
        bars += lines[at].kind in BARS
        at += 1
    return at if bars >= FEWEST_BARS and at < stop else start


def _filed(lines: Sequence[Line], first: int, start: int, stop: int) -> int | None:
    """Where a dispatch begins: at the paragraph that says where it was filed, below captions and standfirst."""
    above = 0
    for at in range(min(first, start), min(start + REACH_FILED, stop)):
        if _is_filed(lines[at]):
            return at
        above += lines[at].prose
        if above > MOST_DECKS + 1 or lines[at].words > LONGEST_DECK:
            break
    return None


def _is_filed(line: Line) -> bool:
    """Whether the paragraph says where it was filed."""
    found = dateline.read(line.text) if line.prose else None
    return found is not None and bool(found.dateline.places)


def _may_open(line: Line) -> bool:
    """Whether a story can begin with the line: prose, or a short sentence."""
    if line.kind != "text":
        return line.prose
    return (line.words > 3 and ends_sentence(line.text)) or (
        line.words >= BRIEF and dateline.read(line.text) is not None
    )
