"""The body of an article in its own markup.

Takes the pieces of a page and the numbers of the lines that are its story, gives a fragment of HTML: with the pictures
that the story stands around, and their captions. Not yet sanitised.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from feedpub.model import Piece

LEADING = 4  # pieces above the first paragraph in which its picture stands
PARAGRAPH = (0, "<p>")  # around a line that stands in no element of its own
HOLDS_LINES = ("<p", "<h", "<li", "<td", "<th", "<d", "<pre", "<figcaption", "<caption")
_HEADING = ("<h1>", "<h2>")

Path = Sequence[tuple[int, str]]


def render(pieces: Sequence[Piece], kept: Collection[int]) -> str:
    """The pieces of the story, and the pictures between them, in the elements that they stand in."""
    parts: list[str] = []
    path: Path = ()
    last: Piece | None = None
    for piece in _chosen(pieces, kept):
        within = _around(piece)
        shared = _shared(path, within)
        is_same = last is not None and last.kind == piece.kind == "text" and shared == len(path) == len(within)
        if is_same and within[-1] == PARAGRAPH:
            shared -= 1
        elif is_same:
            parts.append("\n" if within[-1][1].startswith("<pre") else "<br>")
        parts += [_closing(opening) for _, opening in reversed(path[shared:])]
        parts += [opening for _, opening in within[shared:]]
        parts.append(piece.html)
        path, last = within, piece
    parts += [_closing(opening) for _, opening in reversed(path)]
    return "".join(parts)


def _chosen(pieces: Sequence[Piece], kept: Collection[int]) -> list[Piece]:
    """The pieces that are published, in their order."""
    told = [at for at, piece in enumerate(pieces) if piece.kind == "text" and piece.line in kept]
    if not told:
        return []
    homes = {number for at in told for number in pieces[at].parents[:-1]}
    first = max(0, told[0] - LEADING)
    pictures = {
        at
        for at in range(first, told[-1])
        if pieces[at].kind == "picture"
        and not homes.isdisjoint(pieces[at].parents)
        and (at > told[0] or _figure(pieces[at]))
    }
    figures = {_figure(pieces[at]) for at in pictures} - {0}
    captions = {at for at, piece in enumerate(pieces) if piece.kind == "caption" and _figure(piece) in figures}
    return [pieces[at] for at in sorted({*told, *pictures, *captions})]


def _figure(piece: Piece) -> int:
    """The number of the figure that a piece stands in, or 0."""
    return next((number for number, opening in reversed(piece.within) if opening.startswith("<figure")), 0)


def _around(piece: Piece) -> Path:
    """The elements around a piece: a line needs one that holds text, and a paragraph is none in another."""
    within = piece.within
    if _HEADING[0] in [opening for _, opening in within]:
        within = tuple([(number, opening.replace(*_HEADING)) for number, opening in within])
    if piece.kind == "picture":
        return tuple(one for one in within if not one[1].startswith(("<p", "<h2", "<h3", "<h4")))
    return within if within and within[-1][1].startswith(HOLDS_LINES) else (*within, PARAGRAPH)


def _shared(path: Path, within: Path) -> int:
    """How many of the outer elements are the same."""
    count = 0
    for known, wanted in zip(path, within, strict=False):
        if known != wanted:
            break
        count += 1
    return count


@lru_cache(maxsize=256)  # a text stands in few kinds of elements
def _closing(opening: str) -> str:
    return f"</{opening[1:].partition(' ')[0].rstrip('>')}>"
