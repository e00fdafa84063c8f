"""Which entries, in which feed, on which page of its archive? Gives a feed its window, and each file its recipe.

Takes what the ledger's index gives, the latest first, and stops asking when the window is full. Pure. What counts is
when an entry changed in earnest, or came: an old article that was corrected comes back into the feed, and one that is
late is still seen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from feedpub.model import Channel, Page, Placed

MAX_ENTRIES = 300  # rule Z01: Feedbin reads no more
PAGE = 25  # entries of a page of the archive: small enough to fetch, and no calendar decides when one is closed
DAY = 86_400  # seconds
FEWEST = 10  # however large
ENTRY_BYTES = 2_500  # what an entry takes beside its body: title, summary, links, marks of its own


class Window(Struct, frozen=True):
    """The entries of a feed, the latest first, and which setting kept it from holding all that was asked for."""

    entries: tuple[Placed, ...]
    cut_by: str = ""  # "max_bytes", "300 entries" or nothing


def window(entries: Iterable[Placed], channel: Channel) -> Window:
    """Cut a channel's entries: at least `limit`, and none younger than `days` missing, as far as readers can take it.

    Days are counted back from the latest entry, not from the clock: a feed does not change by being looked at.
    """
    kept: list[Placed] = []
    size = 0
    for entry in entries:
        if len(kept) >= channel.limit and entry.ranked < kept[0].ranked - channel.days * DAY:
            break
        size += _size(entry, channel)
        if len(kept) >= FEWEST and size > channel.max_bytes:
            return Window(tuple(kept), "max_bytes")
        if len(kept) == MAX_ENTRIES:
            return Window(tuple(kept), f"{MAX_ENTRIES} entries")
        kept.append(entry)
    return Window(tuple(kept))


def close_pages(
    entries: Sequence[Placed], channel: Channel, shown: Collection[str] | None = None
) -> list[Sequence[Placed]]:
    """Part what a feed need no longer hold into closed pages of its archive, the oldest first.

    The feed keeps its window and what is left over, since every entry has to be on a page or in the feed (rule P05).
    `shown`: the guids that the feed showed last, if it ever was published: nothing else that is old comes into it.
    """
    pages: list[Sequence[Placed]] = []
    wanted = len(window(entries, channel).entries)
    over = entries[wanted:]
    left = [*entries[:wanted], *(entry for entry in over if shown is None or entry.guid in shown)]
    old = [entry for entry in over if shown is not None and entry.guid not in shown]
    while old:
        pages.append(_take_page(old, channel, min(PAGE, len(old))))
    while len(left) - wanted >= PAGE:
        pages.append(_take_page(left, channel, PAGE))
    while len(window(left, replace(channel, limit=MAX_ENTRIES)).entries) < len(left):
        pages.append(_take_page(left, channel, min(PAGE, len(left) - max(wanted, FEWEST))))
    return pages


def _take_page(entries: list[Placed], channel: Channel, most: int) -> Sequence[Placed]:
    """Take the oldest entries away: as many as make a page, fewer when they are large."""
    size = count = 0
    while count < most and (not count or size + _size(entries[-1 - count], channel) <= channel.max_bytes):
        size += _size(entries[-1 - count], channel)
        count += 1
    taken = entries[-count:]
    del entries[-count:]
    return taken


def in_order(entries: Iterable[Placed]) -> list[Placed]:
    """Give entries as feeds show them: the latest published first, then by guid."""
    return sorted(entries, key=lambda entry: (-entry.published, entry.guid))


def _size(entry: Placed, channel: Channel) -> int:
    return ENTRY_BYTES + (entry.size if channel.gives_whole(entry, entry.size) else 0)


def digest_of(*told: object) -> str:
    """Give a digest of values, which changes when one of them does."""
    return blake2b(msgspec.json.encode(told), digest_size=16).hexdigest()


def recipe(renderer: str, version: int, channel: Channel, page: Page, entries: Sequence[Placed], *more: object) -> str:
    """Give a digest of all that a file's bytes depend on, without loading one article. `more`: what else it shows.

    A page of the archive depends on which entries it holds and where they are, not on how they changed since.
    """
    digest = blake2b(digest_size=16)
    if page.number:
        channel = replace(channel, limit=0, days=0, max_bytes=0)
    digest.update(msgspec.json.encode((renderer, version, channel, page, *more)))
    for entry in entries:
        digest.update(msgspec.json.encode((entry.guid, entry.slug) if page.number else entry))
    return digest.hexdigest()
