"""Which lines of a page are its story, when both its markup and its print have been asked.

Takes the lines, those that the markup shows to be the story, and the page as its print reads, gives the numbers of the
lines. What both say is sure; what one of them says is judged by where it stands: beside what is sure, or apart from it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from feedpub.finders.lines import Line
from feedpub.finders.page import Page
from feedpub.model import Piece
from feedpub.normalise import fold

NEVER_TOLD = frozenset(("related", "ad", "share", "comments", "tags", "topics", "nav", "notice", "consent"))
DOUBTFUL = frozenset(("end", "caption"))  # kinds of lines that the markup's word is not enough for
MUCH_MORE = 5  # times the sentences that the markup shows: then it has shown another text
HEADLINE, ITEM = "<h1", "<li"


def story(read: Sequence[Line], main: Collection[int], pieces: Sequence[Piece], found: Page | None) -> frozenset[int]:
    """The numbers of the lines of the story."""
    candidates = _candidates(read, pieces, found)
    printed = frozenset(line.number for line in found.body) if found else frozenset()
    sure = [line.number for line in candidates if line.prose and line.number in main and line.number in printed]
    if not sure and _prose(candidates, printed) > MUCH_MORE * _prose(candidates, main):
        return printed
    if not sure:
        return frozenset(line.number for line in candidates if line.number in main)
    standing = {piece.line: piece for piece in reversed(pieces) if piece.kind != "picture"}
    homes = {number for at in sure if at in standing for number in standing[at].parents[-2:-1]}
    comments = next((line.number for line in read if line.kind == "comments" and line.number > sure[-1]), 0)
    told, items = set(sure), set()
    for line in candidates:
        at, piece = line.number, standing.get(line.number)
        is_home = piece is not None and not homes.isdisjoint(piece.parents)
        is_marked = at in main and (at in printed or _may_be_told(line, piece)) and (is_home or at < sure[-1])
        is_near = is_home if at > sure[-1] else piece is not None and not homes.isdisjoint(piece.parents[-2:-1])
        is_printed = at in printed and (at in main or (line.prose and is_near))
        if (is_marked or is_printed) and not 0 < comments < at:
            told.add(at)
        elif is_home and _is_item(piece) and _may_be_told(line, piece):
            items.add(at)  # extractors take lists for menus
    first, last = min(told), max(told)
    return frozenset(told | {at for at in items if first < at < last})


def _prose(candidates: Sequence[Line], numbers: Collection[int]) -> int:
    """How many letters of sentences stand on some of the lines."""
    return sum(len(line.text) for line in candidates if line.prose and line.number in numbers)


def _candidates(read: Sequence[Line], pieces: Sequence[Piece], found: Page | None) -> list[Line]:
    """The lines that may be of the story: not the title, no small print, no links that stand together."""
    title = fold(found.lines[found.title_at].text) if found and found.title_at is not None else ""
    small = {small.line.number for small in found.prints} if found else set()
    linked = {piece.line for piece in pieces if piece.linked}
    return [
        line
        for line in read
        if not (line.kind in NEVER_TOLD or line.number in small or _is_listed(line.number, linked))
        and fold(line.text) != title
    ]


def _is_item(piece: Piece | None) -> bool:
    return piece is not None and any(opening.startswith(ITEM) for _, opening in piece.within)


def _is_listed(number: int, linked: Collection[int]) -> bool:
    """Whether a line is one of several links that stand together."""
    return number in linked and (number - 1 in linked or number + 1 in linked)


def _may_be_told(line: Line, piece: Piece | None) -> bool:
    """Whether a line that only the markup takes for the story can be of it: no link, no headline, no caption."""
    if line.kind in DOUBTFUL or piece is None or piece.linked:
        return False
    return not any(opening.startswith(HEADLINE) for _, opening in piece.within)
