"""Names of sections: which words newsrooms print for the part of the paper in which an article stands.

Takes a label, says what the table knows of it. `General` ones (News, Artikel) are sections only where a page says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedpub.finders import names
from feedpub.finders.byline import CATEGORIES
from feedpub.finders.lines import Line
from feedpub.lexicon import table
from feedpub.model import Clue, Trust
from feedpub.normalise import one_line

LONGEST = 40  # characters of a section
MOST_WORDS = 4
ARROWS = frozenset("←→‹›«»")
HOME = frozenset(word.casefold() for word in table("chrome")["home"])
_BULLET = re.compile(r"^(?:[*+•·‣▪-]|o|\d{1,2}\.)\s+")
_NEVER, _UNTOLD = frozenset(("none",)), frozenset(("none", "general"))


def is_known(label: str) -> bool:
    """Whether newsrooms use the label for a section."""
    return CATEGORIES.get(label.casefold(), "none") not in _UNTOLD


def is_general(label: str) -> bool:
    """Whether the label says hardly more than that the page holds news."""
    return CATEGORIES.get(label.casefold()) == "general"


def is_refused(label: str) -> bool:
    """Whether the label is a button, or names no section."""
    return CATEGORIES.get(label.casefold()) == "none"


def named(labels: Sequence[str], rule: str, line: Line) -> Iterator[Clue]:
    """The sections that the page says to be some: also general ones, unless others stand beside them."""
    yield from found(labels, rule, line) or _clues(labels, rule, line, _NEVER)


def found(labels: Sequence[str], rule: str, line: Line) -> tuple[Clue, ...]:
    """The sections among labels of which only their place says that they are some."""
    return _clues(labels, rule, line, _UNTOLD)


def _clues(labels: Sequence[str], rule: str, line: Line, refused: frozenset[str]) -> tuple[Clue, ...]:
    shown = map(_shown, labels)
    kept = tuple(dict.fromkeys(label for label in shown if label and CATEGORIES.get(label.casefold()) not in refused))
    return (Clue("categories", kept, rule, Trust.WRITTEN, line.number),) if kept else ()


def _shown(printed: str) -> str:
    """A label without marks, and not in capitals; nothing when it can be no section."""
    label = one_line(printed).strip(" ,;:.|-–—»>#")
    if not 2 <= len(label) <= LONGEST or not ARROWS.isdisjoint(label) or _is_phrase(label):
        return ""
    if label.isupper() and len(label) > 3:
        return label.title() if " " in label else label.capitalize()
    return label


def _is_phrase(label: str) -> bool:
    """`with our news by post`: a small word begins it."""
    first = label.split(maxsplit=1)[0]
    return " " in label and first.islower() and first in names.NOT_NAMES


def bare(text: str) -> str:
    """A line without the mark or number of its list, and without the marks of a path at its end."""
    return _BULLET.sub("", text, count=1).rstrip(" />»›|,")
