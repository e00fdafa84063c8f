"""Look up one entry: by any name that it ever had, and all that is remembered of it."""

from __future__ import annotations

from collections.abc import Iterable

from feedpub.ledger.memory import Ledger
from feedpub.model import Recalled


def find(ledger: Ledger, guids: Iterable[str], paths: Iterable[str], keys: Iterable[str]) -> str | None:
    """Give the guid of the entry that is meant: one of these, or what lies at one of these paths, or had such a key."""
    for statement, names in (
        ("SELECT guid FROM entries WHERE guid = ?", guids),
        ("SELECT guid FROM sources WHERE path = ? AND guid IS NOT NULL", paths),
        ("SELECT guid FROM keys WHERE key = ?", keys),
    ):
        for name in names:
            row = ledger.ask(statement, (name,)).fetchone()
            if row:
                return str(row[0])
    return None


def recall(ledger: Ledger, guid: str) -> Recalled | None:
    """Give all that is remembered of an entry, None when there is no such entry."""
    known = ledger.entries.known([guid]).get(guid)
    if known is None:
        return None
    home = ledger.sources.standings([known.path]).get(known.path)
    (permalink,) = ledger.ask("SELECT permalink FROM entries WHERE guid = ?", (guid,)).fetchone()
    keys = ledger.ask("SELECT key FROM keys WHERE guid = ? ORDER BY key", (guid,))
    pages = ledger.ask("SELECT channel, number FROM archive WHERE guid = ? ORDER BY channel, number", (guid,))
    copies = ledger.ask("SELECT path FROM sources WHERE standing = 'duplicate' AND guid = ? ORDER BY path", (guid,))
    return Recalled(
        known=known,
        title=ledger.articles.title(guid) or "",
        permalink=permalink,
        keys=tuple(key for (key,) in keys),
        pages=tuple(pages),
        duplicates=tuple(path for (path,) in copies),
        told=home.told if home else "",
        history=ledger.histories.of(guid),
    )
