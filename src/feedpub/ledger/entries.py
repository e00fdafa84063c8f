"""What is remembered of entries: how each stands, by which keys it is known, and what happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from feedpub.ledger.database import Database
from feedpub.ledger.rows import MOST_MARKS, in_parts, marks, moment, seconds
from feedpub.model import Event, Known, State

_KNOWN = (
    "SELECT {}guid, path, state, first_seen, published, updated, digest, fingerprint, ranked, channels, expires,"
    " unseen FROM entries"
)
_ENTER = "INSERT OR {} INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Entries:
    """How every entry stands: where it is read from, its state, its dates, the digests of what was published."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def known(self, guids: Sequence[str]) -> dict[str, Known]:
        """Give what is remembered of entries, by guid."""
        found: dict[str, Known] = {}
        for some in in_parts(guids):
            rows = self._db.execute(f"{_KNOWN.format('')} WHERE guid IN {marks(some)}", some)
            found |= {row[0]: _known(row) for row in rows}
        return found

    def guids(self) -> Iterator[list[str]]:
        """Give the guids of all entries that were read from a source, some at a time."""
        last = ""
        while True:
            rows = self._db.execute(
                "SELECT guid FROM entries JOIN articles USING (guid) WHERE guid > ? ORDER BY guid LIMIT ?",
                (last, MOST_MARKS),
            ).fetchall()
            if not rows:
                return
            yield [guid for (guid,) in rows]
            last = rows[-1][0]

    def count(self, state: State) -> int:
        """Count the entries in a state."""
        return int(self._db.execute("SELECT count(*) FROM entries WHERE state = ?", (state,)).fetchone()[0])

    def put(
        self,
        known: Known,
        *,
        permalink: str | None = None,
        body_digest: str | None = None,
        size: int = 0,
        withdrawn: datetime | None = None,
    ) -> None:
        """Remember how an entry stands; `size`: what its body takes in XML, in bytes."""
        self._db.put(_ENTER.format("REPLACE"), _row(known, permalink, body_digest, size, withdrawn))

    def add(self, known: Known, body_digest: str | None) -> None:
        """Remember how an entry stands, unless it is known already."""
        self._db.put(_ENTER.format("IGNORE"), _row(known, None, body_digest, 0, None))

    def release(self, guid: str) -> None:
        """Remember that an entry is no longer held."""
        self._db.execute("UPDATE entries SET state = 'live', unseen = 0 WHERE guid = ?", (guid,))

    def retire(self, guid: str, state: State, *, withdrawn: datetime | None) -> None:
        """Remember that an entry is in no feed any more, and since when, if subscribers miss it."""
        self._db.execute(
            "UPDATE entries SET state = ?, withdrawn = ? WHERE guid = ?",
            (state, seconds(withdrawn) if withdrawn else None, guid),
        )

    def rank(self, guid: str, ranked: datetime) -> None:
        """Remember the place of an entry among the newest."""
        self._db.execute("UPDATE entries SET ranked = ? WHERE guid = ?", (seconds(ranked), guid))

    def file(self, guid: str, channels: Sequence[str]) -> None:
        """Remember the channels of an entry."""
        self._db.execute("UPDATE entries SET channels = ? WHERE guid = ?", ("\n".join(channels), guid))

    def withdrawn_at(self, guid: str) -> datetime | None:
        """Give the time at which an entry was withdrawn from the feeds, if it was."""
        (withdrawn,) = self._db.execute("SELECT withdrawn FROM entries WHERE guid = ?", (guid,)).fetchone()
        return None if withdrawn is None else moment(withdrawn)

    def fallen_due(self, now: datetime) -> list[str]:
        """Give the guids of held entries whose time has come."""
        rows = self._db.execute(
            "SELECT guid FROM entries WHERE state = 'held' AND published <= ? ORDER BY guid", (seconds(now),)
        )
        return [guid for (guid,) in rows]

    def run_out(self, now: datetime) -> list[str]:
        """Give the guids of live entries whose time is over."""
        rows = self._db.execute(
            "SELECT guid FROM entries WHERE expires IS NOT NULL AND state = 'live' AND expires <= ? ORDER BY guid",
            (seconds(now),),
        )
        return [guid for (guid,) in rows]

    # ── noted while a build runs ─────────────────────────────────────────────────────────────────

    def doubt(self, guid: str) -> None:
        """Note that an entry may have lost its source."""
        self._db.put("INSERT OR IGNORE INTO doubtful VALUES (?)", (guid,))

    def doubt_all(self) -> None:
        """Note that any entry may have lost its source."""
        self._db.execute("INSERT OR IGNORE INTO doubtful SELECT guid FROM entries")

    def doubted(self) -> list[str]:
        """Give the guids of the noted entries that have indeed lost their source."""
        rows = self._db.execute(
            "SELECT doubtful.guid FROM doubtful JOIN entries ON entries.guid = doubtful.guid"
            " LEFT JOIN sources ON sources.path = entries.path AND sources.guid = doubtful.guid"
            " WHERE sources.path IS NULL AND entries.state <> 'withdrawn' ORDER BY doubtful.guid"
        )
        return [guid for (guid,) in rows]

    def note_minted(self, guid: str) -> None:
        """Note an entry that no feed ever held."""
        self._db.put("INSERT OR IGNORE INTO minted VALUES (?)", (guid,))

    def is_minted(self, guid: str) -> bool:
        """Tell whether an entry is one that no feed ever held."""
        return self._db.execute("SELECT 1 FROM minted WHERE guid = ?", (guid,)).fetchone() is not None


class Keys:
    """Every name by which an entry was ever known: `id:…`, `url:…`, `path:…`, `body:…`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def recognise(self, keys: Sequence[str]) -> dict[str, Known]:
        """Give the entries that were ever known by these keys."""
        rows = self._db.execute(f"{_KNOWN.format('key, ')} JOIN keys USING (guid) WHERE key IN {marks(keys)}", keys)
        return {key: _known(row) for key, *row in rows}

    def name(self, keys: Iterable[str], guid: str) -> None:
        """Remember the keys by which an entry is known."""
        for key in keys:
            self._db.put("INSERT OR REPLACE INTO keys VALUES (?, ?)", (key, guid))

    def unname(self, key: str, guid: str) -> None:
        """Forget that an entry is known by this key."""
        self._db.execute("DELETE FROM keys WHERE key = ? AND guid = ?", (key, guid))

    def unname_all(self, guid: str) -> None:
        """Forget all keys of an entry."""
        self._db.execute("DELETE FROM keys WHERE guid = ?", (guid,))


class Histories:
    """What happened to each entry after it was first seen: its newest events."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def note(self, guid: str, event: Event) -> None:
        """Remember what happened to an entry; the oldest of many events is forgotten for it."""
        self._db.put(
            "INSERT INTO events SELECT ?1, ifnull(max(number), 0) + 1, ?2, ?3, ?4 FROM events WHERE guid = ?1",
            (guid, seconds(event.at), event.what, event.detail),
        )

    def of(self, guid: str) -> tuple[Event, ...]:
        """Give what happened to an entry, in order."""
        rows = self._db.execute("SELECT at, what, detail FROM events WHERE guid = ? ORDER BY number", (guid,))
        return tuple(Event(moment(at), what, detail) for at, what, detail in rows)


def _row(
    known: Known, permalink: str | None, body_digest: str | None, size: int, withdrawn: datetime | None
) -> tuple[Any, ...]:
    return (
        known.guid,
        known.path,
        known.state,
        permalink,
        seconds(known.first_seen),
        seconds(known.published),
        seconds(known.updated),
        seconds(known.expires) if known.expires else None,
        known.digest,
        body_digest,
        known.fingerprint,
        "\n".join(known.channels),
        size,
        seconds(known.ranked),
        seconds(withdrawn) if withdrawn else None,
        known.unseen,
    )


def _known(row: Sequence[Any]) -> Known:
    guid, path, state, first_seen, published, updated, digest, fingerprint, ranked, channels, expires, unseen = row
    return Known(
        guid=guid,
        path=path,
        state=state,
        first_seen=moment(first_seen),
        published=moment(published),
        updated=moment(updated),
        digest=digest,
        fingerprint=fingerprint,
        ranked=moment(ranked),
        channels=tuple(channels.split("\n")),
        expires=None if expires is None else moment(expires),
        unseen=bool(unseen),
    )
