"""What each feature of a passage, or of a short line, counts towards its being part of a story.

A feature is a key of the table `story` and which of the key's weights is meant, such as `size:3`. Sums only, so that a
decision can be followed by hand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from feedpub.lexicon import table

Feature = str  # its key in the table, a colon, and which of its weights

WEIGHTS = {f"{key}:{at}": float(weight) for key, row in table("story").items() for at, weight in enumerate(row)}
TALK = frozenset(table("chrome")["talk"])  # words of a site about itself
YOU = frozenset(table("chrome")["you"])
TIMED, LATEST_TIME = re.compile(r"\d[:.]\d\d|(?:19|20)\d\d"), 60  # in so many letters of a line
MARKS = re.compile(r"©|http|@")
QUOTES = '"“„«‘「『»–'
WORDS = (1, 3, 6, 9, 12, 18, 25)  # of a line


def score(features: Iterable[Feature]) -> float:
    """What speaks for a passage or a line, less what speaks against it."""
    return sum([WEIGHTS.get(feature, 0.0) for feature in features])


@cache
def is_there(key: str) -> Feature:
    """The feature of a key that is there or not."""
    return f"{key}:0"


def sized(key: str, bounds: Sequence[float]) -> Callable[[float], Feature]:
    """The feature of a key that has sizes, for a number: each size reaches up to its bound, the last one beyond."""
    names = [f"{key}:{at}" for at in range(len(bounds) + 1)]
    return lambda number: names[bisect_left(bounds, number)]
