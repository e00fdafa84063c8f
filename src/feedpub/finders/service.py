"""Whether a page serves those who read a site: its privacy policy or imprint, a log-in, an offer, a guard, a search.

Takes the lines that may name the page, and its paragraphs. An article about such things has a headline that says more
than their name, or is signed, or doesn't speak as a site speaks to its readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from feedpub.finders.lines import KNOWN_BY, TRIM, Line
from feedpub.finders.weights import YOU
from feedpub.finders.wording import PAIRED, words
from feedpub.lexicon import table

_CHROME = table("chrome")
NAMES = frozenset(word.casefold() for word in _CHROME["service"])
BEGINNINGS = tuple(word.casefold() for word in (*_CHROME["service"], *_CHROME["service.begin"]))
RESULTS = tuple(word.casefold() for word in _CHROME["service.results"])
SPOKEN = YOU | frozenset((*_CHROME["us"], *_CHROME["talk"], *_CHROME["served.whole"]))  # of a site to its reader
SERVED = tuple(word.casefold() if word[0] > PAIRED else f" {word.casefold()}" for word in _CHROME["served"])
LONGEST_NAME, LONGEST_SITE = 70, 5  # characters of a line; words of the name of a site beside that of the service
MOST_BEHIND, LETTERS_BEHIND = 4, 12  # words behind a beginning; letters where no spaces are set
SHARE_NAMED, SHARE_BEGUN = 1 / 2, 2 / 3  # of the paragraphs speak so below a name, and below what begins like one
_KNOWN_BY = frozenset(word[:KNOWN_BY] for word in (*BEGINNINGS, *RESULTS))
_PARTED = re.compile(r"\s+[|·•–—-]\s+")  # from the name of the site


def is_service(named: Iterable[str], paragraphs: Sequence[Line]) -> bool:
    """Whether one of the lines names a service, and the paragraphs below speak as the site does."""
    for text in named:
        if len(text) <= LONGEST_NAME and (folded := _like_a_name(text)):
            if folded in NAMES:
                return _share(paragraphs) >= SHARE_NAMED
            if _begins(folded, RESULTS):
                return True
            if _begins(folded, BEGINNINGS):
                return _share(paragraphs) >= SHARE_BEGUN
    return False


def _like_a_name(text: str) -> str:
    """The one part of a line that begins like the name of a service, in small letters; a menu has several."""
    parts = [part.casefold().strip(TRIM) for part in _PARTED.split(text)]
    named = [part for part in parts if part[:KNOWN_BY] in _KNOWN_BY]
    is_long = any(part.count(" ") >= LONGEST_SITE for part in parts if part not in named)
    return named[0] if len(named) == 1 and not is_long else ""


def _begins(folded: str, beginnings: Sequence[str]) -> bool:
    """Whether little stands behind one of the beginnings: the name of the site, or what was looked for."""
    for word in beginnings:
        if folded.startswith(word):
            behind = folded[len(word) :]
            return len(behind) <= LETTERS_BEHIND if word[0] > PAIRED else behind.count(" ") <= MOST_BEHIND
    return False


def _share(paragraphs: Sequence[Line]) -> float:
    """How many of the paragraphs speak to the reader, or of what a site does for one."""
    return sum(_speaks(words(line.text)) for line in paragraphs) / len(paragraphs)


def _speaks(said: Sequence[str]) -> bool:
    if not SPOKEN.isdisjoint(said):
        return True
    whole = f" {' '.join(said)}"
    return any(word in whole for word in SERVED)
