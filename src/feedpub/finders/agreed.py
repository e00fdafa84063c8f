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
HEADLINE = "<h1"


def story(read: Sequence[Line], main: Collection[int], pieces: Sequence[Piece], found: Page | None) -> frozenset[int]:
    """The numbers of the lines of the story."""
    title = fold(found.lines[found.title_at].text) if found and found.title_at is not None else ""
    linked = {piece.line for piece in pieces if piece.linked}
    candidates = [
        line
        for line in read
        if line.kind not in NEVER_TOLD and fold(line.text) != title and not _is_listed(line.number, linked)
    ]
    marked = [line for line in candidates if line.number in main]
    printed = frozenset(line.number for line in found.body) if found else frozenset()
    sure = [line.number for line in marked if line.prose and line.number in printed]
    if not sure:
        return frozenset(line.number for line in marked)
    standing = {piece.line: piece for piece in reversed(pieces) if piece.kind != "picture"}
    homes = {number for at in sure if at in standing for number in standing[at].parents[-2:-1]}
    told = set()
    for line in candidates:
        piece = standing.get(line.number)
        is_home = piece is not None and not homes.isdisjoint(piece.parents)
        if line.number in printed:
            is_told = line.number in main or (line.prose and is_home)
        else:
            is_told = line.number in main and _may_be_told(line, piece) and (is_home or line.number < sure[-1])
        if is_told:
            told.add(line.number)
    return frozenset(told)


def _is_listed(number: int, linked: Collection[int]) -> bool:
    """Whether a line is one of several links that stand together."""
    return number in linked and (number - 1 in linked or number + 1 in linked)


def _may_be_told(line: Line, piece: Piece | None) -> bool:
    """Whether a line that only the markup takes for the story can be of it: no link, no headline, no caption."""
    if line.kind in DOUBTFUL or piece is None or piece.linked:
        return False
    return not any(opening.startswith(HEADLINE) for _, opening in piece.within)
