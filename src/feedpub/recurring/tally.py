"""Counting what stands on many pages, in as much memory as a few thousand pages take."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from heapq import nlargest
from typing import Generic, TypeVar

MOST = 20_000  # counters of a tally; the rarest are forgotten
EXAMPLES = 3
MOST_OTHERS = 20  # that are told apart beside one thing

Key = TypeVar("Key", bound=Hashable)


class Tally(Generic[Key]):
    """Counts on how many pages something stands, and keeps the first three of them."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._seen: dict[Key, tuple[int, tuple[str, ...]]] = {}

    def add(self, key: Key, examples: Sequence[str], pages: int = 1) -> None:
        """Count some pages more."""
        count, known = self._seen.get(key, (0, ()))
        self._seen[key] = (count + pages, (*known, *examples)[:EXAMPLES])
        if len(self._seen) > MOST:
            self._seen = dict(nlargest(MOST // 2, self._seen.items(), lambda row: row[1][0]))

    def __contains__(self, key: Key) -> bool:
        return key in self._seen

    def pages(self, key: Key) -> int:
        """On how many pages it stands."""
        return self._seen.get(key, (0, ()))[0]

    def rows(self, fewest: float = 1) -> list[tuple[Key, int, tuple[str, ...]]]:
        """What stands on so many pages or more, the most frequent first, and equals in the order of their pages."""
        rows = [(key, count, examples) for key, (count, examples) in self._seen.items() if count >= fewest]
        return sorted(rows, key=lambda row: -row[1])


class Company:
    """Counts on how many pages something stands, and beside how many different others."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._seen: Tally[str] = Tally()
        self._others: dict[str, set[str]] = {}

    def add(self, key: str, other: str, examples: Sequence[str]) -> None:
        """Count one page more; a page counts again when it prints the key beside several."""
        self._seen.add(key, examples)
        others = self._others.setdefault(key, set())
        if len(others) < MOST_OTHERS:
            others.add(other)
        if len(self._others) > 2 * MOST:
            self._others = {key: others for key, others in self._others.items() if key in self._seen}

    def rows(self, fewest: float, *, varied: float) -> list[tuple[str, int, tuple[str, ...]]]:
        """As `Tally.rows`, of what has something else beside it on that share of its pages."""
        return [
            row for row in self._seen.rows(fewest) if len(self._others[row[0]]) >= min(MOST_OTHERS, varied * row[1])
        ]
