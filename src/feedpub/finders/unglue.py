"""Names and categories that a theme glued together: `david.cWorld News`, `Ada MarchTides`.

Takes one piece of small print, gives the name and the categories at its end. What many pages of a site show of its
glue stands in `glued`.
"""

from __future__ import annotations

import re

from feedpub.finders import names
from feedpub.finders.sections import CATEGORIES

DOMAIN = re.compile(r"\.(?:com|org|net|de|fr|es|it|co|uk|at|ch|info|tv)\b", re.IGNORECASE)
SHORTEST, MOST_SPACES = 3, 2  # characters of an unknown category, and blanks in it
_LONGEST = max(map(len, CATEGORIES))
_CAPITAL = re.compile(r"(?<=[a-z\d])(?=[A-ZÀ-Þ])")
_BEGINNINGS = ("Mc", "Mac", "De", "Di", "La", "Le", "Fitz", "Van")  # of names, before a capital


def split(piece: str) -> tuple[str, list[str]]:
    """The name, and the known categories that are glued to its end."""
    categories: list[str] = []
    rest = piece
    while True:
        label = _known_suffix(rest)
        if not label:
            break
        categories.insert(0, label)
        head = rest[: -len(label)]
        rest = head.rstrip(" ,/|·")
        if rest == head or not rest:
            break
    if not categories:
        return _split_at_capital(piece)
    return rest.strip(), categories


def _known_suffix(text: str) -> str:
    """The longest known category that the text ends in, when it begins after a small letter, a digit or a mark."""
    for at in range(max(0, len(text) - _LONGEST), len(text) - 1):
        before = text[at - 1] if at else " "
        if text[at].isupper() and (before in " ,/|·." or before.islower() or before.isdigit()):
            label = text[at:]
            if label.casefold() in CATEGORIES:
                return label
    return ""


def _split_at_capital(piece: str) -> tuple[str, list[str]]:
    """An unknown category: one to three capitalised words after a small letter or a digit."""
    if "_" in piece or DOMAIN.search(piece):
        return piece, []
    for match in reversed(list(_CAPITAL.finditer(piece))):
        name, label = piece[: match.start()], piece[match.start() :]
        if len(label) < SHORTEST or label.count(" ") > MOST_SPACES or name.split()[-1] in _BEGINNINGS:
            continue
        if names.is_name(name) and all(word[0].isupper() or word in ("&", "and") for word in label.split()):
            return name, [label]
    return piece, []
