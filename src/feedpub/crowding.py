"""Does an axis make more feeds than anybody could follow? Then the operator is told, once; no feed is taken away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from feedpub.ledger import Ledger
from feedpub.model import Problem

MANY = 500  # feeds of one axis: more than a site's sections and writers, and as many as a page or a list can name
_TOLD = "crowded"


def crowded(ledger: Ledger, channels: Iterable[str]) -> list[Problem]:
    """Say which axes have more than `MANY` of these channels, unless an earlier build said so."""
    counts = Counter(name.partition("/")[0] for name in channels if name)
    now = sorted(axis for axis, number in counts.items() if number > MANY)
    told = (ledger.setting(_TOLD) or "").split()
    if now != told:
        ledger.set(_TOLD, " ".join(now))
    return [_crowd(axis, counts[axis]) for axis in now if axis not in told]


def _crowd(axis: str, number: int) -> Problem:
    return Problem(
        "many-feeds",
        "note",
        f"the feeds by {axis}",
        f"there are {number:,} of them, each a folder of files and a line of feeds.opml",
        f'if that is not meant, leave "{axis}" out of `by` in [feeds] and build with --prune',
    )
