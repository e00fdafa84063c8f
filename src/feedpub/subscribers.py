"""What subscribers will see when a feed changes, as four readers tell entries apart.

Takes what a feed showed and what it will show, gives Sightings. Pure. The readers' habits are from their code
(NetNewsWire and Feedbin 2026-08, Miniflux 2026-08, FreshRSS 2024-10).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from feedpub.model import READERS, Exhibit, Sighting
from feedpub.normalise import fold

DAY = int(timedelta(days=1).total_seconds())


class Reader(Struct, frozen=True):
    """How one reader treats entries. All of them know an entry by its guid.

    `notices`: by how many bytes a text has to grow, and how many seconds old it may be, to be shown as unread again.
    """

    name: str
    forgets: int | None = None  # seconds after its date that an entry is forgotten once it left the feed
    ignores: int | None = None  # seconds after its date that a new entry counts as read when it comes
    notices: tuple[int, int] | None = None


HABITS = (
    Reader("NetNewsWire", forgets=30 * DAY, ignores=183 * DAY),
    Reader("Miniflux"),
    Reader("FreshRSS"),
    Reader("Feedbin", ignores=31 * DAY, notices=(50, 7 * DAY)),
)
RESURFACED, COLLAPSED = "resurfaced", "collapsed"


def sightings(
    before: Mapping[str, Exhibit],
    after: Sequence[Exhibit],
    *,
    fresh: Collection[str],
    living: Collection[str],
    now: int,
) -> Iterator[Sighting]:
    """Say what happens to each entry in the eyes of each reader.

    `before`: what the feed showed, by guid. `fresh`: guids that were never published before. `living`: those of
    `before` that still are. `now`: seconds since 1970.
    """
    lost = [entry for guid, entry in before.items() if guid not in living]
    times = Counter(entry.guid for entry in after)
    for entry in after:
        old = before.get(entry.guid)
        if times[entry.guid] > 1:
            yield Sighting(COLLAPSED, entry, READERS)
        elif old is not None:
            yield from _known(old, entry, now)
        else:
            yield _unknown(entry, lost, is_fresh=entry.guid in fresh, now=now)
    still = {entry.guid for entry in after}
    for entry in lost:
        if entry.guid not in still:
            yield Sighting("withdrawn", entry, ())


def _known(old: Exhibit, entry: Exhibit, now: int) -> Iterator[Sighting]:
    if entry.published != old.published:
        yield Sighting("re-dated", entry, tuple(name for name in READERS if name != "Miniflux"))
    if entry.fingerprint != old.fingerprint:
        shown = tuple(
            reader.name
            for reader in HABITS
            if reader.notices
            and entry.size - old.size > reader.notices[0]
            and now - entry.published < reader.notices[1]
        )
        yield Sighting("visibly updated" if shown else "quietly updated", entry, shown)


def _unknown(entry: Exhibit, lost: Sequence[Exhibit], *, is_fresh: bool, now: int) -> Sighting:
    """An entry whose guid the feed did not show: a new one, an old one that comes back, or one with another guid."""
    unread = tuple(
        reader.name for reader in HABITS if reader.ignores is None or now - entry.published <= reader.ignores
    )
    if any(_is_same(entry, other) for other in lost):
        return Sighting(RESURFACED, entry, unread)
    if is_fresh:
        return Sighting("new", entry, unread)
    forgotten = tuple(
        reader.name
        for reader in HABITS
        if reader.forgets is not None and now - entry.published > reader.forgets and reader.name in unread
    )
    return Sighting(RESURFACED, entry, forgotten) if forgotten else Sighting("back", entry, ())


def _is_same(entry: Exhibit, other: Exhibit) -> bool:
    """Whether two entries with different guids are the same to the eye."""
    return entry.link == other.link or (entry.published == other.published and fold(entry.title) == fold(other.title))
