"""The parts of a page: headline, small print, body, tail.

Takes a page's lines, gives a Page that says which lines are which. Works from the prose outwards: the body is found
first, the title above it, the small print between the two, and the tail below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from msgspec import Struct

from feedpub.finders import body, byline, dateline, title
from feedpub.finders.byline import Byline
from feedpub.finders.lines import Line, content_words, ends_paragraph, ends_sentence
from feedpub.lexicon import table
from feedpub.model import Dropped

UNDER = 16  # lines below the title in which its small print stands
ABOVE = 8  # lines above it
BELOW = 14  # lines below the body
PRINTED = frozenset(("text", "tags", "end", "prose"))
MOST_PRINTED = 24  # words of a line of small print
MOST_TIMED, LATEST_TIME = 9, 14  # words of a line with a time and no day; characters at its end that hold one
TIME = re.compile(r"\d[:.hH]\d\d")
LONGEST_LEFT = 60  # characters of it that nothing explains
FILED = frozenset(word.casefold().rstrip(" :") for word in table("bylines")["in"] if word[-1] == ":" or " " in word)
FILING = frozenset(word.casefold().split()[0] for word in table("bylines")["in"])
LABELS_ALONE = FILED | frozenset(
    word.casefold().rstrip(" :")
    for word in (*table("datelabels")["published"], *table("datelabels")["updated"], *table("bylines")["by"])
    if len(word) > 1
)
DAY_AND_YEAR = re.compile(r"\d\D{1,16}(?:19|20)\d\d|(?:19|20)\d\d\D{1,3}\d|\d[./]\d\d[./]\d\d")
MOST_ANCHORS = 30  # lines with a date that are looked at: archives and calendars hold hundreds
YEAR = re.compile(r"(?:19|20)\d\d")
MARKS = "-–—:"
DASHES = frozenset(("—", "–", "--", "-", "―"))
ERRORS = tuple(word.casefold() for word in table("chrome")["error"])
LONGEST_ERROR, LONGEST_CONSENT = 60, 400  # words
COOKIES, WORDS_PER_COOKIE = 3, 60  # how thick a text of consent is with them
SHORTEST_LIST, LONGEST_TEASER = 12, 30  # lines of a page of headlines; words that it prints below one
ELLIPSES, FEWEST_TEASERS = ("…", "...", "[…]", "[...]"), 3
FEWEST_SECOND, MOST_SECOND = 3, 12  # paragraphs below the end that may be another article
REACH_SECOND = 5  # lines above its first paragraph in which its byline stands
BARS = frozenset(("share", "caption", "nav", "tags"))
INLINE, QUIET = frozenset(("related", "ad", "chrome")), frozenset(("related", "ad", "chrome", "text"))
NEAR = 5
FEWEST_BARS = 2
LONGEST_DECK = 60  # words
FIRST_LINES, BRIEF = 12, 6  # where a dispatch of one line stands, and its fewest words
MOST_DECKS = 2  # paragraphs between title and small print that are a standfirst


class Print(Struct, frozen=True):
    """A line of small print, and which side of the article it stands on."""

    at: int
    line: Line
    found: Byline
    side: str  # under, above, below


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


def lay_out(lines: Sequence[Line]) -> Page | None:
    """Find the parts; None when the page has no prose."""
    read = _reader(lines)
    run = body.find(lines, _anchors(lines, read)) or _brief(lines)
    if run is None:
        return None
    title_at = title.find(lines, run, lambda: _words(lines, run), read)
    first = run.start if title_at is None else title_at + 1
    under, start = _under(lines, first, max(first, run.start), run.stop, read)
    if before := _broken_dateline(lines, first, start):
        under = [small for small in under if small.at != start - 1]
    stop = body.extend(lines, _before_print(lines, start, run.stop, read))
    kept, dropped = body.keep(lines, start, stop)
    while again := body.resumed(lines, start, stop):
        more_kept, more_dropped = body.keep(lines, again.start, again.stop)
        kept += more_kept
        between = (Dropped(line.number, line.text, "between-the-paragraphs") for line in lines[stop : again.start])
        dropped += [*between, *more_dropped]
        stop = again.stop
    prints = [*under, *_above(lines, title_at, read), *_below(lines, stop, read)]
    cut = stop < len(lines) and lines[stop].kind == "paywall"  # in the middle of a sentence, perhaps
    kept, more = (kept, []) if cut else _trim(kept)
    headline = "" if title_at is None else lines[title_at].text
    if not kept or _is_error(kept, headline) or _is_list(lines, kept, under):
        return None
    dropped += [*more, *_around(lines, title_at, start, stop, {small.at for small in prints})]
    return Page(
        lines, title_at, tuple(kept), start, stop, tuple(prints), tuple(dropped), _second(lines, stop, read), before
    )


def _before_print(lines: Sequence[Line], start: int, stop: int, read: Callable[[int], Byline | None]) -> int:
    """Where the story ends when its last lines are small print: a byline below it."""
    while stop - 1 > start and not lines[stop - 1].prose and read(stop - 1):
        stop -= 1
    return stop


def _around(
    lines: Sequence[Line], title_at: int | None, start: int, stop: int, printed: Collection[int]
) -> Iterator[Dropped]:
    """Every line outside the body but the title, and why."""
    for at, line in enumerate(lines):
        if start <= at < stop or at == title_at:
            continue
        rule = "small-print" if at in printed else line.kind if line.kind not in ("text", "prose") else ""
        if not rule:
            above = title_at is not None and at < title_at
            rule = "after-the-end" if at >= stop else "above-the-title" if above else "before-the-story"
        yield Dropped(line.number, line.text, rule)


def _is_error(kept: Sequence[Line], headline: str) -> bool:
    """Whether the page is the message of a server or a guard, and not an article."""
    words = sum(line.words for line in kept)
    if words > LONGEST_CONSENT:
        return False
    folded = " ".join((headline, *(line.text for line in kept))).casefold()
    if folded.count("cookie") >= COOKIES and folded.count("cookie") * WORDS_PER_COOKIE > words:
        return True
    return words <= LONGEST_ERROR and any(message in folded for message in ERRORS)


def _is_list(lines: Sequence[Line], kept: Sequence[Line], under: Sequence[Print]) -> bool:
    """Whether the page lists stories: a sentence or two among many lines, without byline, date or dateline."""
    if len(lines) <= SHORTEST_LIST or sum(line.words for line in kept) >= LONGEST_TEASER:
        return False
    if under:
        return kept[-1].text.endswith(ELLIPSES) and _again(lines, kept[-1].number)
    return dateline.read(kept[0].text) is None


def _again(lines: Sequence[Line], number: int) -> bool:
    """Whether the label right below a line (`Read more`) stands on the page again and again."""
    below = next((line for line in lines if line.number > number), None)
    return below is not None and sum(line.text == below.text for line in lines) >= FEWEST_TEASERS


def _second(lines: Sequence[Line], stop: int, read: Callable[[int], Byline | None]) -> int:
    """Where a page goes on with another article: a byline with its date, and prose right below."""
    prose = [at for at in range(stop, len(lines)) if lines[at].prose]
    for at in prose[:MOST_SECOND] if len(prose) >= FEWEST_SECOND else ():
        for above in range(max(stop + 1, at - REACH_SECOND), at):
            found, below = read(above), read(above + 1)
            dated = found and (found.stamps or (found.labelled and below and below.stamps))
            if found and found.authors and dated and lines[above - 1].kind == "text":
                return lines[above - 1].number
    return 0


def _reader(lines: Sequence[Line]) -> Callable[[int], Byline | None]:
    """Reads lines as small print, each once."""
    known: dict[int, Byline | None] = {}

    def read(at: int) -> Byline | None:
        if at not in known:
            known[at] = _small_print(lines, at) if at < len(lines) else None
        return known[at]

    return read


def _brief(lines: Sequence[Line]) -> body.Run | None:
    """A dispatch without a whole sentence: a dateline says that it is one."""
    for at, line in enumerate(lines[:FIRST_LINES]):
        if line.kind == "text" and line.words >= BRIEF and dateline.read(line.text):
            return body.Run(at, at + 1, 0)
    return None


def _anchors(lines: Sequence[Line], read: Callable[[int], Byline | None]) -> frozenset[int]:
    """The lines that say when an article was published, or by whom and when."""
    found: set[int] = set()
    looked = 0
    for at, line in enumerate(lines):
        if looked > MOST_ANCHORS:
            break
        if (
            line.words <= MOST_PRINTED
            and line.kind in PRINTED
            and len(line.text) > 9
            and DAY_AND_YEAR.search(line.text)
        ):
            small = read(at)
            looked += 1
            if small and any(stamp.role == "published" or (small.authors and not stamp.unit) for stamp in small.stamps):
                found.add(at)
    return frozenset(found)


def _words(lines: Sequence[Line], run: body.Run) -> frozenset[str]:
    """The words of the story's beginning, by which its headline is known."""
    found: set[str] = set()
    size = 0
    for line in lines[run.start : run.stop]:
        if line.prose:
            found.update(content_words(line.text[:600]))
            size += len(line.text)
            if size > 1500:
                break
    return frozenset(found)


def _under(
    lines: Sequence[Line], first: int, start: int, stop: int, read: Callable[[int], Byline | None]
) -> tuple[list[Print], int]:
    """The small print between title and body, and where the body begins after it."""
    prints: list[Print] = []
    decks, dated, begun = 0, False, False
    for at in range(first, min(first + UNDER, stop)):
        found = read(at)
        if found and not begun:
            prints.append(Print(at, lines[at], found, "under"))
            dated = dated or bool(found.stamps)
            if at >= start:
                start = at + 1
        elif lines[at].prose:
            decks, begun = decks + 1, dated
            if decks > MOST_DECKS:
                break
    after = max((small.at for small in prints), default=first - 1)
    while start < stop and not _may_open(lines[start]):
        start += 1
    while start - 1 > after and _may_open(lines[start - 1]):
        start -= 1
    return prints, _after_deck(lines, _first_paragraph(lines, after + 1, start), stop)


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


def _small_print(lines: Sequence[Line], at: int) -> Byline | None:
    line = lines[at]
    if line.kind not in PRINTED or line.words > MOST_PRINTED:
        return None
    text = line.text
    if at and len(lines[at - 1].text) < 24 and (label := lines[at - 1].text.rstrip(" :")).casefold() in LABELS_ALONE:
        text = f"{lines[at - 1].text if label.casefold() in FILED else label} {text}"
    if line.kind == "end" and not (YEAR.search(text) or " by " in text or text.split(" ", 1)[0].casefold() in FILING):
        return None
    found = byline.read(text) or (_timed(lines, at) if TIME.search(text[-LATEST_TIME:]) else None)
    if (
        found is None
        or (found.stamps and len(found.left) > LONGEST_LEFT)
        or (line.prose and (not found.stamps or len(found.left) > 12))
    ):
        return None
    return found if found.authors or found.stamps or found.labelled or found.counted or found.categories else None


def _timed(lines: Sequence[Line], at: int) -> Byline | None:
    """A line with a time of day, of which the line above prints the day."""
    line = lines[at]
    if line.words > MOST_TIMED:
        return None
    above = byline.read(lines[at - 1].text) if at and lines[at - 1].words <= MOST_PRINTED else None
    day = next((stamp for stamp in above.stamps if stamp.month), None) if above else None
    return byline.timed(line.text, day)


def _may_open(line: Line) -> bool:
    """Whether a story can begin with the line: prose, or a short sentence."""
    if line.kind != "text":
        return line.prose
    return (line.words > 3 and ends_sentence(line.text)) or (
        line.words >= BRIEF and dateline.read(line.text) is not None
    )


def _broken_dateline(lines: Sequence[Line], first: int, start: int) -> str:
    """A dateline that a page broke over the lines above the first paragraph: city, agency, dash."""
    dash = start - 1
    if dash < first:
        return ""
    above = lines[dash].text
    if above not in DASHES:
        whole = (
            dateline.read(f"{above} {lines[start].text[:80]}")
            if len(above) < LONGEST_LEFT + 40 and (above[-1] in MARKS or above.rpartition(" ")[2] in dateline.WIRES)
            else None
        )
        return above if whole and whole.end == len(above) + 1 else ""
    parts = [lines[at].text for at in range(max(first, dash - 2), dash)]
    return f"{' '.join(parts)} {above}" if parts and parts[-1].casefold() in dateline.WIRES else ""


def _above(lines: Sequence[Line], title_at: int | None, read: Callable[[int], Byline | None]) -> list[Print]:
    prints: list[Print] = []
    if title_at is None:
        return prints
    for at in range(title_at - 1, max(-1, title_at - ABOVE - 1), -1):
        found = read(at)
        if found:
            prints.append(Print(at, lines[at], found, "above"))
    return prints


def _below(lines: Sequence[Line], stop: int, read: Callable[[int], Byline | None]) -> list[Print]:
    prints: list[Print] = []
    for at in range(stop, min(stop + BELOW, len(lines))):
        line = lines[at]
        if line.kind == "related" and not body.is_inline(line):
            break
        found = read(at)
        if found:
            prints.append(Print(at, line, found, "below"))
    return prints


def _trim(kept: list[Line]) -> tuple[list[Line], list[Dropped]]:
    """The body without short lines at its end that no sentence follows."""
    dropped: list[Dropped] = []
    while len(kept) > 1 and not kept[-1].prose and not ends_paragraph(kept[-1].text):
        line = kept.pop()
        dropped.append(Dropped(line.number, line.text, "after-the-end"))
    return kept, dropped[::-1]
