"""The words of a text by which lines and paragraphs are compared: all of them, those that say what it is about, stems.

Takes a text, gives its words in small letters, or pairs of letters where a script sets no spaces. Knows no page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add

STEM = 5  # letters by which a word is known again, whatever its ending
SHORTEST_CONTENT = 3  # letters; words that say what a text is about have more
APART, PRINTED_APART = ".,;:!?\"'()[]", "…“”„’‘«»–—"  # parts words, or stands beside them; as typesetters print it
_SMALL_WORDS = bytes(range(256)).lower().translate(bytes.maketrans(APART.encode(), b" " * len(APART)))  # of ASCII
_CONTENT = re.compile(rf"[^\s{re.escape(APART + PRINTED_APART)}]{{{SHORTEST_CONTENT + 1}}}")
PAIRED = "\u0e00"  # the first letter of the scripts that are read in pairs of letters
READ = 400  # letters of a paragraph whose words are looked at


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    if not text.isascii():
        for mark in PRINTED_APART:
            text = text.replace(mark, " ")
    small = text.encode("utf-8", "surrogatepass").translate(_SMALL_WORDS).decode("utf-8", "surrogatepass")
    return (small if small.isascii() else small.casefold()).split()


@lru_cache(maxsize=1024)  # a paragraph is asked for them twice
def said(text: str) -> frozenset[str]:
    """The different words of the beginning of a paragraph."""
    return frozenset(words(text[:READ]))


def content_words(text: str) -> list[str]:
    """The words of a text that say what it is about; pairs of letters where no spaces are set."""
    if text[:1] > PAIRED:
        return list(map(add, text, text[1:]))
    return [word for word in words(text) if len(word) > SHORTEST_CONTENT]


def stems(text: str) -> frozenset[str]:
    """The beginnings of the words that say what a text is about; pairs of letters where no spaces are set."""
    return frozenset([word[:STEM] for word in content_words(text)])


def is_speechless(text: str) -> bool:
    """Whether a text has no word that says what it is about."""
    if text[:1] > PAIRED:
        return len(text) == 1
    return not _CONTENT.search(text if text.isascii() else text.casefold())


@lru_cache(maxsize=8192)  # a line is asked for its words by several finders, and stands on many pages
def content(text: str) -> frozenset[str]:
    """The different words of a short line that say what it is about."""
    return frozenset(content_words(text))
