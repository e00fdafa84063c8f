"""Say what happened to an entry between two builds.

Takes how the ledger knew it before and how it knows it now, gives the events worth remembering. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from feedpub.model import Event, Known, State, What

_ARRIVED: dict[State, What] = {"live": "returned", "held": "held", "expired": "expired", "withdrawn": "withdrawn"}


def events(before: Known, after: Known, *, old_title: str | None, now: datetime) -> Iterator[Event]:
    """Give what happened, in the order in which it is told. `old_title`: when the title is another one now.

    That an entry is new is no event: its `first_seen` says it.
    """
    if before.state != after.state:
        yield change_of_state(before.state, after.state, now)
    if before.path and before.path != after.path:
        yield Event(now, "moved", before.path)
    if old_title is not None:
        yield Event(now, "retitled", old_title)
    elif before.updated != after.updated:
        yield Event(now, "updated")
    elif before.fingerprint != after.fingerprint:
        yield Event(now, "amended")


def change_of_state(before: State, after: State, now: datetime) -> Event:
    """Say that an entry enters or leaves the feeds."""
    return Event(now, "released" if (before, after) == ("held", "live") else _ARRIVED[after])
