"""How like are two texts? Told exactly for two, and by a sketch for many.

Takes plain text. `compare` measures how many shingles (three words in a row; five characters, where a script parts no
words) two texts share. `sketch` gives a few marks of one text: texts that share much share some of them, so that an
index of marks finds the few that are worth comparing. Marks are the same in every process and for ever.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from zlib import crc32

from msgspec import Struct

VERSION = 2  # of the marks; another one has every text sketched again

SAME_STORY = 0.6  # of all their shingles are shared
CONTAINED = 0.8  # of the shorter one's shingles stand in the longer one: an update, or a copy that was cut
RELATED = 0.2
FEWEST_SHINGLES = 60  # of a text that can be called a near copy: two briefs may share most of what little they have
FEWEST_FIGURES = 4  # that the shorter one names, from which on their being others makes another story
SHARED_FIGURES = 0.6

FEW_WORDS, FEW_OF_ALL = 8, 0.1  # that a small correction may exchange, at most

WORDS, CHARACTERS = 3, 5  # in a shingle
MARKS = 8  # in a sketch
STOP, OTHER_STOPS = ".", ",\n،।"  # what parts sentences and clauses
SHORTEST_CLAUSE, CLAUSE = 20, 32  # characters of a clause of which a mark is made, and of its beginning that is taken
WINDOW, ONE_IN = 8, 4  # characters of a mark, where a script parts no words; how few of them one begins with
BEGINNING = 500  # characters of a text that show whether its script parts words
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


def is_correction(before: str, after: str) -> bool:
    """Tell whether a text differs from what it was by no more than a few words; letters, where a script parts none."""
    old, new = Counter(_all_words(before)), Counter(_all_words(after))
    others = max((old - new).total(), (new - old).total())
    return others <= min(FEW_WORDS, new.total() * FEW_OF_ALL)


def _all_words(text: str) -> Sequence[str]:
    text = text.casefold()
    words = text.split()
    return words if len(words) * LONGEST_MEAN > len(text) else text


def _words(text: str) -> list[str]:
    """The words as all typesetters set them; the characters, where the script parts no words."""
    words = text.casefold().replace("’", "'").split()
    if sum(map(len, words)) > LONGEST_MEAN * len(words):
        return [char for word in words for char in word if char not in PUNCTUATION]
    return [bare for word in words if (bare := word if word.isalnum() else word.strip(PUNCTUATION))]


def _shingles(words: list[str]) -> set[tuple[str, ...]]:
    size = CHARACTERS if words and max(map(len, words)) == 1 else WORDS
    return set(zip(*(words[start:] for start in range(size)), strict=False))


def _shared_figures(shorter: list[str], longer: list[str]) -> float:
    figures = {word for word in shorter if not word.isalpha() and any(map(str.isdigit, word))}
    if len(figures) < FEWEST_FIGURES:
        return 1.0
    return len(figures.intersection(longer)) / len(figures)


def sketch(text: str) -> tuple[int, ...]:
    """Give the marks of a text: the least digests of how its sentences and clauses begin.

    Which words these are depends on nothing but themselves, so that what was added around them changes no mark.
    """
    beginning = text[:BEGINNING]
    if len(beginning) > LONGEST_MEAN * (beginning.count(" ") + beginning.count("\n") + 1):
        windows = _windows("".join(text.split()))
    else:
        windows = _clauses(text)
    digests = {crc32(window.encode("utf-8", "replace")) for window in windows}
    return tuple([digest - HALF for digest in sorted(digests)[:MARKS]])


def _clauses(text: str) -> list[str]:
    """How the clauses of a text begin, if they are long enough to tell one text from another."""
    for stop in OTHER_STOPS:
        if stop in text:
            text = text.replace(stop, STOP)
    return [clause[:CLAUSE] for clause in map(str.strip, text.split(STOP)) if len(clause) >= SHORTEST_CLAUSE]


def _windows(letters: str) -> list[str]:
    """The letters behind some that any text in a script without spaces is full of."""
    return [letters[at : at + WINDOW] for at, letter in enumerate(letters) if not ord(letter) % ONE_IN]
