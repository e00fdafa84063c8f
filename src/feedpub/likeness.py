"""How like are two texts? Told exactly for two, and by a sketch for many.

Takes plain text. `compare` measures how many shingles (three words in a row; five characters, where a script parts no
words) two texts share. `sketch` gives a few marks of one text: texts that share much share some of them, so that an
index of marks finds the few that are worth comparing. Marks are the same in every process and for ever.
"""

from __future__ import annotations

from zlib import crc32

from msgspec import Struct

VERSION = 1  # of the marks; another one has every text sketched again

SAME_STORY = 0.6  # of all their shingles are shared
CONTAINED = 0.8  # of the shorter one's shingles stand in the longer one: an update, or a copy that was cut
RELATED = 0.2
FEWEST_SHINGLES = 60  # of a text that can be called a near copy: two briefs may share most of what little they have
FEWEST_FIGURES = 4  # that the shorter one names, from which on their being others makes another story
SHARED_FIGURES = 0.6

WORDS, CHARACTERS = 3, 5  # in a shingle
MARKS = 8  # in a sketch
WINDOW_OF_WORDS, WINDOW_OF_CHARACTERS = 5, 8  # that a mark is made of
SHORT, LONG = 5, 10  # letters of words that a mark begins with: one word in six, in most languages
LONGEST_MEAN = 20  # characters a word: beyond, the script parts no words
PUNCTUATION = ".,;:!?…()[]{}<>\"'“”„‘’«»‹›*_-–—/|·•、。，；：！？「」『』（）،؛؟।"
HALF = 1 << 31  # a mark has four bytes, with their sign


class Likeness(Struct, frozen=True):
    """How like two texts are."""

    shared: float  # the part of all their shingles that both have (Jaccard)
    contained: float  # the part of the shorter one's shingles that the longer one has
    shingles: int  # of the shorter one
    figures: float = 1.0  # the part of the shorter one's figures that the longer one names

    @property
    def is_related(self) -> bool:
        """Whether they may be versions of one story, if something else says so too."""
        return self.shared >= RELATED

    @property
    def is_near_copy(self) -> bool:
        """Whether they tell the same story in nearly the same words. The same form with other figures does not."""
        if self.shingles < FEWEST_SHINGLES or self.figures < SHARED_FIGURES:
            return False
        return self.shared >= SAME_STORY or self.contained >= CONTAINED


def compare(one: str, other: str) -> Likeness:
    """Measure how like two texts are."""
    first, second = sorted((_words(one), _words(other)), key=len)
    shorter, longer = _shingles(first), _shingles(second)
    both, fewest = len(shorter & longer), min(len(shorter), len(longer))
    return Likeness(
        both / (len(shorter | longer) or 1) if longer else 1.0,
        both / fewest if fewest else 0.0,
        fewest,
        _shared_figures(first, second),
    )


def _words(text: str) -> list[str]:
    """The words as all typesetters set them; the characters, where the script parts no words."""
    words = text.casefold().replace("’", "'").split()
    if sum(map(len, words)) > LONGEST_MEAN * len(words):
        return [char for word in words for char in word if char not in PUNCTUATION]
    return [bare for word in words if (bare := word.strip(PUNCTUATION))]


def _shingles(words: list[str]) -> set[tuple[str, ...]]:
    size = CHARACTERS if words and max(map(len, words)) == 1 else WORDS
    return set(zip(*(words[start:] for start in range(size)), strict=False))


def _shared_figures(shorter: list[str], longer: list[str]) -> float:
    figures = {word for word in shorter if not word.isalpha() and any(map(str.isdigit, word))}
    if len(figures) < FEWEST_FIGURES:
        return 1.0
    return len(figures.intersection(longer)) / len(figures)


def sketch(text: str) -> tuple[int, ...]:
    """Give the marks of a text: the least digests of the few words that begin with one of a certain length.

    Which words these are depends on nothing but themselves, so that what was added around them changes no mark.
    """
    words, size, short, long = text.split(), WINDOW_OF_WORDS, SHORT, LONG
    lengths = list(map(len, words))
    if sum(lengths) > LONGEST_MEAN * len(words):
        words, size, short = list("".join(words)), WINDOW_OF_CHARACTERS, 1
        lengths = [1] * len(words)
    windows = {
        crc32(" ".join(words[at : at + size]).encode("utf-8", "replace"))
        for at, length in enumerate(lengths)
        if length == short or length >= long
    }
    return tuple(number - HALF for number in sorted(windows)[:MARKS])
