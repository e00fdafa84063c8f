"""The rules of time, which are the same in every format: plausible, not in the future, in UTC, newest first.

Takes the dates of a feed with the place where they stand, gives hits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from feedpub.check._finding import Hit, Rule
from feedpub.check.dates import EARLIEST, LATEST

SLACK = timedelta(minutes=10)  # clocks differ


class Stamp(NamedTuple):
    """One date of a feed. Those that say when an entry was published, in the order of the document, are main."""

    name: str
    value: datetime
    line: int
    entry: str
    main: bool = False


class Timing(NamedTuple):
    """All dates of a feed, and the time, if it is known."""

    stamps: Sequence[Stamp]
    now: datetime | None


def implausible(timing: Timing) -> Iterator[Hit]:
    """Dates of a clock that was never set."""
    for stamp in timing.stamps:
        if not EARLIEST <= stamp.value < LATEST:
            yield Hit(stamp.line, stamp.entry, f"{stamp.name} lies in the year {stamp.value.year}")


def future(timing: Timing) -> Iterator[Hit]:
    """Dates that have not come yet."""
    if timing.now is None:
        return
    for stamp in timing.stamps:
        if timing.now + SLACK < stamp.value < LATEST:
            yield Hit(stamp.line, stamp.entry, f"{stamp.name} lies in the future: {stamp.value.isoformat()}")


def local(timing: Timing) -> Iterator[Hit]:
    """The first date in another zone than UTC."""
    for stamp in timing.stamps:
        if stamp.value.utcoffset():
            yield Hit(stamp.line, stamp.entry, f"{stamp.name} is not in UTC")
            return


def _main(timing: Timing) -> list[Stamp]:
    return [stamp for stamp in timing.stamps if stamp.main]


def disordered(timing: Timing) -> Iterator[Hit]:
    """The first entry that is newer than the one before it."""
    stamps = _main(timing)
    for before, stamp in pairwise(stamps):
        if stamp.value > before.value:
            yield Hit(stamp.line, stamp.entry, "the entry is newer than the one before it")
            return


def same_moment(timing: Timing) -> Iterator[Hit]:
    """Entries that were published in the same second."""
    seen: set[datetime] = set()
    for stamp in _main(timing):
        if stamp.value in seen:
            yield Hit(stamp.line, stamp.entry, f"another entry has the same {stamp.name}")
        seen.add(stamp.value)


RULES: tuple[Rule[Timing], ...] = (
    Rule("T11", "warning", "Dates lie between 1990 and 2100", "write the true date, or leave it out", implausible),
    Rule("T07", "warning", "Nothing is dated in the future", "publish the entry when its time has come", future),
    Rule(
        "T03", "note", "Dates are in UTC", "write Z, or +0000 in RSS: every reader understands that", local, habit=True
    ),
    Rule("T13", "note", "Entries stand newest first", "sort them by date of publication", disordered, habit=True),
    Rule(
        "T06",
        "note",
        "Entries have different dates",
        "give entries of one day different times",
        same_moment,
        habit=True,
    ),
)
