"""Which entries, in which feed? Gives a feed its window, and each feed file its recipe.

Takes what the ledger's index gives, newest first, and stops asking when the window is full. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from hashlib import blake2b

import msgspec

from feedpub.model import Channel, Placed

MAX_ENTRIES = 300  # rule Z01: Feedbin reads no more


def window(entries: Iterable[Placed], *, limit: int, days: int) -> list[Placed]:
    """Cut a channel's entries, newest first: at least `limit`, and none younger than `days` missing.

    Days are counted back from the newest entry, not from the clock: a feed does not change by being looked at.
    """
    kept: list[Placed] = []
    for entry in entries:
        if len(kept) == MAX_ENTRIES:
            break
        if len(kept) >= limit and entry.published < kept[0].published - timedelta(days=days).total_seconds():
            break
        kept.append(entry)
    return kept


def recipe(renderer: str, version: int, channel: Channel, entries: Sequence[Placed]) -> str:
    """Give a digest of all that a feed file's bytes depend on, without loading one article."""
    digest = blake2b(digest_size=16)
    digest.update(msgspec.json.encode((renderer, version, channel)))
    for entry in entries:
        digest.update(msgspec.json.encode(entry))
    return digest.hexdigest()
