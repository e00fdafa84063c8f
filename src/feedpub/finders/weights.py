"""What each feature of a passage, or of a short line, counts towards its being part of a story.

A feature is a key of the table `story` and which of the key's weights is meant, such as `size:3`. Sums only, so that a
decision can be followed by hand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from feedpub.lexicon import table

Feature = str  # its key in the table, a colon, and which of its weights

WEIGHTS = defaultdict(
    float, {f"{key}:{at}": float(weight) for key, row in table("story").items() for at, weight in enumerate(row)}
)
TALK = frozenset(table("chrome")["talk"])  # words of a site about itself
YOU = frozenset(table("chrome")["you"])
TIMED = re.compile(r"\d(?:[:.]|(?<=1)9|(?<=2)0)\d\d")  # what begins with a digit is found faster than 19 or 20
LATEST_TIME = 60  # letters of a line in which it stands
MARKS = ("©", "http", "@")
QUOTES = '"“„«‘「『»–'
WORDS = (1, 3, 6, 9, 12, 18, 25)  # of a line


def score(features: Iterable[Feature]) -> float:
    """What speaks for a passage or a line, less what speaks against it."""
    return sum(map(WEIGHTS.__getitem__, features))


def best_way(scores: Sequence[float], turns: Sequence[float]) -> list[bool]:
    """Which of several things in a row belong to the story, when it has a price that only one of two neighbours does.

    The way through all of them on which most speaks for what belongs, less all prices (Viterbi).
    """
    outside = inside = 0.0
    came: list[tuple[bool, bool]] = []  # from inside, to outside and to inside
    for points, turn in zip(scores, (0.0, *turns), strict=False):
        came.append((inside - turn > outside, inside >= outside - turn))
        outside, inside = max(outside, inside - turn), max(inside, outside - turn) + points
    is_inside = inside > outside
    belong: list[bool] = []
    for from_inside in reversed(came):
        belong.append(is_inside)
        is_inside = from_inside[is_inside]
    return belong[::-1]


@cache
def is_there(key: str) -> Feature:
    """The feature of a key that is there or not."""
    return f"{key}:0"


@cache
def of_kind(side: str, kind: str) -> Feature:
    """The feature that a line of this kind stands on a side."""
    return f"{side}.{kind}:0"


def sized(key: str, bounds: Sequence[float]) -> Callable[[float], Feature]:
    """The feature of a key that has sizes, for a number: each size reaches up to its bound, the last one beyond."""
    names = [f"{key}:{at}" for at in range(len(bounds) + 1)]
    return lambda number: names[bisect_left(bounds, number)]
