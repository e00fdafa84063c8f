"""How one site glues its bylines: `TJLife on the Fen` is `TJ` in `Life on the Fen`, since both stand elsewhere too.

Takes the glued pieces of many pages with their counts, gives a name and a category for each that can be parted. Never
parts a piece of which neither side is seen beside another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from feedpub.finders import names
from feedpub.finders.learned import is_category

SHORTEST_NAME, SHORTEST_CATEGORY = 2, 3
LONGEST = 80  # characters of a piece
UNSPLIT = " -'’&"  # before a capital, these part no name from a category


class Parted(Struct, frozen=True):
    """The name and the category of one piece."""

    author: str
    category: str


def part(found: Iterable[str]) -> Mapping[str, Parted]:
    """Part every piece at the place where both sides are seen beside the most others."""
    pieces = sorted(set(found))
    beside: dict[tuple[str, str], set[str]] = {}
    for piece in pieces:
        for left, right in _splits(piece):
            beside.setdefault(("left", left), set()).add(right)
            beside.setdefault(("right", right), set()).add(left)
    best: dict[str, tuple[str, str]] = {}
    for piece in pieces:
        rated = [
            (len(beside["left", left]) * len(beside["right", right]), len(left), left, right)
            for left, right in _splits(piece)
        ]
        if rated and max(rated)[0] > 1:
            best[piece] = max(rated)[2:]
    turned = _category_first(best.values())
    return {piece: Parted(right, left) if turned else Parted(left, right) for piece, (left, right) in best.items()}


def _splits(piece: str) -> list[tuple[str, str]]:
    """Where a capital follows without a space: both sides of each such place."""
    if len(piece) > LONGEST or piece.isupper():
        return []
    return [
        (piece[:at], piece[at:])
        for at in range(SHORTEST_NAME, len(piece) - SHORTEST_CATEGORY + 1)
        if piece[at].isupper() and piece[at - 1] not in UNSPLIT and not _is_inside_capitals(piece, at)
    ]


def _is_inside_capitals(piece: str, at: int) -> bool:
    """Whether a place lies in a word of capitals, as in `CXLI`: a word that begins there goes on in small letters."""
    return piece[at - 1].isupper() and not piece[at + 1 : at + 2].islower() and not is_category(piece[at:])


def _category_first(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether the categories stand before the names: what the tables know tells, else that there are fewer of them."""
    lefts, rights = zip(*pairs, strict=True) if (pairs := list(pairs)) else ((), ())
    known = sum(map(is_category, rights)) - sum(map(is_category, lefts))
    accounts = sum(map(_is_account, lefts)) - sum(map(_is_account, rights))
    if known or accounts:
        return known + accounts < 0
    return 2 * len(set(lefts)) <= len(set(rights))


def _is_account(text: str) -> bool:
    return names.is_account(text) or text[0].islower() or any(char in "._" or char.isdigit() for char in text)
