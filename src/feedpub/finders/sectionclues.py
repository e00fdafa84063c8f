"""Clues for `categories` of the labels that a page prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from feedpub.finders import names
from feedpub.finders.lines import Line
from feedpub.finders.sections import LONGEST, is_general, is_refused
from feedpub.model import Clue, Trust
from feedpub.normalise import one_line

ARROWS = frozenset("←→‹›«»")


def named(labels: Sequence[str], rule: str, line: Line) -> Iterator[Clue]:
    """The sections that the page says to be some: also general ones, unless others stand beside them."""
    yield from found(labels, rule, line) or _clues(labels, rule, line, is_refused)


def found(labels: Sequence[str], rule: str, line: Line) -> tuple[Clue, ...]:
    """The sections among labels of which only their place says that they are some."""
    return _clues(labels, rule, line, lambda label: is_refused(label) or is_general(label))


def _clues(labels: Sequence[str], rule: str, line: Line, refuses: Callable[[str], bool]) -> tuple[Clue, ...]:
    shown = map(_shown, labels)
    kept = tuple(dict.fromkeys(label for label in shown if label and not refuses(label)))
    return (Clue("categories", kept, rule, Trust.WRITTEN, line.number),) if kept else ()


@lru_cache(maxsize=2048)  # the same sections, again and again
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
