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
    lost = [item for guid, item in before.items() if guid not in living]
    times = Counter(item.guid for item in after)
    for item in after:
        old = before.get(item.guid)
        if times[item.guid] > 1:
            yield Sighting(COLLAPSED, item, READERS)
        elif old is not None:
            yield from _known(old, item, now)
        else:
            yield _unknown(item, lost, item.guid in fresh, now)
    still = {item.guid for item in after}
    for item in lost:
        if item.guid not in still:
            yield Sighting("withdrawn", item, ())


def _known(old: Exhibit, item: Exhibit, now: int) -> Iterator[Sighting]:
    if item.published != old.published:
        yield Sighting("re-dated", item, tuple(name for name in READERS if name != "Miniflux"))
    if item.fingerprint != old.fingerprint:
        shown = tuple(
            reader.name
            for reader in HABITS
            if reader.notices and item.size - old.size > reader.notices[0] and now - item.published < reader.notices[1]
        )
        yield Sighting("visibly updated" if shown else "quietly updated", item, shown)


def _unknown(item: Exhibit, lost: Sequence[Exhibit], is_fresh: bool, now: int) -> Sighting:  # noqa: FBT001
    """An entry whose guid the feed did not show: a new one, an old one that comes back, or one with another guid."""
    unread = tuple(reader.name for reader in HABITS if reader.ignores is None or now - item.published <= reader.ignores)
    if any(_is_same(item, other) for other in lost):
        return Sighting(RESURFACED, item, unread)
    if is_fresh:
        return Sighting("new", item, unread)
    forgotten = tuple(
        reader.name
        for reader in HABITS
        if reader.forgets is not None and now - item.published > reader.forgets and reader.name in unread
    )
    return Sighting(RESURFACED, item, forgotten) if forgotten else Sighting("back", item, ())


def _is_same(item: Exhibit, other: Exhibit) -> bool:
    """Whether two entries with different guids are the same to the eye."""
    return item.link == other.link or (item.published == other.published and fold(item.title) == fold(other.title))
