"""Where a page goes on with another article below the first: a headline of its own, who wrote it, and when.

Takes a page's lines and the passages of its story, gives the line of the other headline. A box that only tells of
another article has no paragraphs in a row, and a live report no headline with a day of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from feedpub.finders.byline import Byline
from feedpub.finders.lines import NEXT, TRIM, Line, ends_sentence
from feedpub.finders.names import is_bare_name
from feedpub.finders.passages import Passage
from feedpub.finders.wording import stems

REACH = 7  # lines above its story in which another article's headline and small print stand
FEWEST_WORDS = 3  # of a headline
FEWEST_BELOW, MOST_BELOW = 3, 12  # paragraphs below the end that may be another article, whatever stands above them
REACH_BELOW = 5  # lines above its first paragraph in which its byline stands
FARTHEST = 60  # lines below the story in which another article is looked for
LIVE = 2  # headlines of one day: the entries of a live report
LONGEST_CATEGORY = 2  # words of a line between headline and small print
PASSED = frozenset(("share", "caption", "ad"))
AMONG = frozenset(("comments", "author"))  # below these, names and days are those of comments

Read = Callable[[int], Byline | None]


class Head(Struct, frozen=True):
    """A headline with its small print."""

    at: int
    authors: tuple[str, ...]
    day: tuple[int | None, int, int] | None
    is_next: bool = False  # a label says that another article comes


def parted(
    lines: Sequence[Line], told: list[Passage], own: Iterable[Byline], headline: str, read: Read
) -> tuple[list[Passage], int]:
    """The passages of the first article, and the number of the line on which another begins (0 when none does)."""
    stop = told[-1].stop
    first = _signed(own)
    if first is None:
        return told, _signed_below(lines, stop, read)
    heads = {
        at: head
        for at in range(1, len(told))
        if (head := _head(lines, told[at].start, told[at - 1].stop, read)) and _is_other(head, first, headline, lines)
    }
    if heads and not _is_live(heads.values(), first):
        at = min(heads)
        if heads[at].is_next or not _goes_on(lines, told[at:], headline):
            return told[:at], lines[heads[at].at].number
    below = (next(_below(lines, stop, first, headline, read), 0), _signed_below(lines, stop, read))
    return told, min(filter(None, below), default=0)


def _goes_on(lines: Sequence[Line], told: Sequence[Passage], headline: str) -> bool:
    """Whether passages take up words of the first article's headline: they are its own, below a box without label."""
    about = stems(headline)
    return not about or any(about & stems(line.text) for one in told for line in lines[one.start : one.stop])


def _signed(own: Iterable[Byline]) -> Head | None:
    """Who signs the first article, and its day."""
    found = list(own)
    authors = tuple(name for small in found for name in small.authors)
    days = [day for small in found if (day := _day(small))]
    return Head(0, authors, days[0] if days else None) if authors or days else None


def _below(lines: Sequence[Line], stop: int, first: Head, headline: str, read: Read) -> Iterator[int]:
    """The lines below a story on which another begins, with paragraphs in a row."""
    for at in range(stop + 1, min(stop + FARTHEST, len(lines)) - 1):
        if not _tells(lines[at]) or _tells(lines[at - 1]) or not _tells(lines[at + 1]):
            continue
        head = _head(lines, at, stop, read)
        if head and _is_other(head, first, headline, lines):
            yield lines[head.at].number


def _tells(line: Line) -> bool:
    return line.prose or (line.kind == "text" and line.words > FEWEST_WORDS and ends_sentence(line.text))


def _is_other(head: Head, first: Head, headline: str, lines: Sequence[Line]) -> bool:
    """Whether it is not the first article's own headline, printed again."""
    return lines[head.at].text != headline and (head.authors, head.day) != (first.authors, first.day)


def _is_live(heads: Iterable[Head], first: Head) -> bool:
    found = list(heads)
    return len(found) >= LIVE and all(head.day in (first.day, None) for head in found)


def _head(lines: Sequence[Line], start: int, floor: int, read: Read) -> Head | None:
    """The headline above the paragraph at `start`, when small print below it says who and when."""
    authors: tuple[str, ...] = ()
    day = None
    for at in range(start - 1, max(floor, start - REACH) - 1, -1):
        line = lines[at]
        small = read(at)
        if small or (line.kind == "text" and is_bare_name(line.text)):
            authors = (small.authors if small else (line.text,)) or authors
            day = (_day(small) if small else None) or day
        elif line.kind == "text" and _may_head(line):
            is_next = any(map(_says_next, lines[floor:at]))
            is_boxed = any(other.kind in AMONG or _is_box(other) for other in lines[floor:at])
            known = bool(authors) + bool(day) + is_next
            return Head(at, authors, day, is_next) if known > 1 and not is_boxed else None
        elif line.kind not in PASSED and not (line.kind == "text" and line.words <= LONGEST_CATEGORY):
            return None
    return None


def _may_head(line: Line) -> bool:
    """Whether a line may be a headline; a source has an address."""
    return (
        "://" not in line.text
        and line.words >= FEWEST_WORDS
        and (line.text[-1] in "?!" or not ends_sentence(line.text))
    )


def _is_box(line: Line) -> bool:
    return line.kind == "related" and not _says_next(line)


def _says_next(line: Line) -> bool:
    return line.text.casefold().strip(TRIM) in NEXT


def _day(small: Byline) -> tuple[int | None, int, int] | None:
    """The first day that a line prints; of a relative one no more than that it is there."""
    return next(((stamp.year, stamp.month, stamp.day) for stamp in small.stamps), None)


def _signed_below(lines: Sequence[Line], stop: int, read: Read) -> int:
    """Where a page goes on with another article: a byline with its date, and prose right below."""
    prose = [at for at, line in enumerate(lines[stop:], stop) if line.kind == "prose"]
    for at in prose[:MOST_BELOW] if len(prose) >= FEWEST_BELOW else ():
        for above in range(max(stop + 1, at - REACH_BELOW), at):
            if lines[above - 1].kind == "text" and _signs_another(read, above):
                return lines[above - 1].number
    return 0


def _signs_another(read: Read, at: int) -> bool:
    """Whether a line says who wrote and when, or who, with the day below."""
    found = read(at)
    if not (found and found.authors):
        return False
    below = read(at + 1) if found.labelled and not found.stamps else None
    return bool(found.stamps or (below and below.stamps))
