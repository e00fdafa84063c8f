"""What is remembered of sources, and which of them a build has to deal with."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from feedpub.ledger.database import Database
from feedpub.ledger.rows import astuple, marks
from feedpub.model import Piled, Source

_STANDING = "SELECT path, digest, guid, standing, told FROM sources"
_COPIES = "SELECT path FROM sources WHERE standing = 'duplicate' AND standing <> 'good'"  # by the index
_THERE = "path NOT IN (SELECT path FROM gone)"
_PILED = msgspec.msgpack.Decoder(Piled)


class Standing(Struct, frozen=True):
    """What a source turned out to be: `good`, `duplicate`, `draft` or `aside`, of which entry, with which problems."""

    digest: str
    guid: str | None
    standing: str
    told: str


class Sources:
    """Every source as it was when it was last read, and the entry that it is."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def seen(self) -> Iterator[tuple[str, int, int, str]]:
        """Give every source in the order of their paths: path, size, modification time (ns), stamp."""
        return self._db.execute("SELECT path, size, mtime_ns, stamp FROM sources ORDER BY path")

    def standings(self, paths: Sequence[str]) -> dict[str, Standing]:
        """Say what sources turned out to be when they were last read, by path."""
        rows = self._db.execute(f"{_STANDING} WHERE path IN {marks(paths)}", paths)
        return {path: Standing(*row) for path, *row in rows}

    def count_standings(self) -> dict[str, int]:
        """Count the sources that are no entry of their own: `duplicate`, `draft`, `aside`."""
        rows = self._db.execute("SELECT standing, count(*) FROM sources WHERE standing <> 'good' GROUP BY standing")
        return {standing: number for standing, number in rows if standing != "pile"}

    def holds(self, path: str, guid: str) -> bool:
        """Tell whether a source is there and is (or was, when last read) that entry's."""
        rows = self._db.execute(f"{_STANDING} WHERE path = ? AND guid = ? AND {_THERE}", (path, guid))
        return rows.fetchone() is not None

    def record(self, source: Source, standing: Standing) -> None:
        """Remember what a source turned out to be."""
        self._db.put(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (source.path, source.size, source.mtime_ns, source.stamp, *astuple(standing)),
        )

    def restand(self, path: str, standing: Standing) -> None:
        """Remember that a source turned out to be something else than was recorded."""
        self._db.execute(
            "UPDATE sources SET digest = ?, guid = ?, standing = ?, told = ? WHERE path = ?",
            (*astuple(standing), path),
        )

    def hand_over(self, guid: str, into: str) -> None:
        """Make the copies of one entry copies of another."""
        self._db.execute(
            "UPDATE sources SET guid = ? WHERE standing = 'duplicate' AND standing <> 'good' AND guid = ?", (into, guid)
        )

    def forget(self, path: str) -> None:
        """Forget a source that is gone; its entry and its keys stay."""
        self._db.execute("DELETE FROM sources WHERE path = ?", (path,))

    def copies(self, guid: str) -> list[str]:
        """Give the other sources of the same article that are there, in the order of their paths."""
        rows = self._db.execute(f"{_COPIES} AND guid = ? AND {_THERE} ORDER BY path", (guid,))
        return [path for (path,) in rows]

    def recorded_copies(self, guid: str) -> list[str]:
        """Give the other sources of the same article that the last build found, in the order of their paths."""
        return [path for (path,) in self._db.execute(f"{_COPIES} AND guid = ? ORDER BY path", (guid,))]

    def all_copies(self) -> list[str]:
        """Give the sources of all articles that are read from another one, in the order of their paths."""
        return [path for (path,) in self._db.execute(f"{_COPIES} AND {_THERE} ORDER BY path")]


class Pending:
    """What the scan found different, while a build runs: sources that have to be read, and those that are gone."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, source: Source) -> None:
        """Note a source that has to be read."""
        self._db.put("INSERT OR REPLACE INTO pending VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row_of(source))

    def count(self) -> int:
        """Count the sources that have to be read."""
        return int(self._db.execute("SELECT count(*) FROM pending").fetchone()[0])

    def all(self) -> Iterator[Source]:
        """Give the sources that have to be read, in the order of their paths."""
        for row in self._db.execute("SELECT * FROM pending ORDER BY path"):
            yield source_of(row)

    def at(self, path: str) -> Source | None:
        """Give the source at this path if it has to be read."""
        row = self._db.execute("SELECT * FROM pending WHERE path = ?", (path,)).fetchone()
        return source_of(row) if row else None

    def postpone(self, path: str) -> None:
        """Note a source that has to be read once more, after all the others."""
        self._db.put("INSERT OR IGNORE INTO postponed VALUES (?)", (path,))

    def is_postponed(self, path: str) -> bool:
        """Tell whether a source still has to be read once more."""
        return self._db.execute("SELECT 1 FROM postponed WHERE path = ?", (path,)).fetchone() is not None

    def postponed(self) -> Iterator[Source]:
        """Give the sources that have to be read once more, each for the last time."""
        rows = self._db.execute("SELECT * FROM pending WHERE path IN (SELECT path FROM postponed) ORDER BY path")
        for row in rows.fetchall():
            self._db.execute("DELETE FROM postponed WHERE path = ?", (row[0],))
            yield source_of(row)

    def mark_gone(self, path: str) -> None:
        """Note a source that is no longer there."""
        self._db.put("INSERT OR IGNORE INTO gone VALUES (?)", (path,))

    def gone(self) -> Iterator[tuple[str, str | None]]:
        """Give the paths that are no longer there, each with the guid of the entry that it was."""
        yield from self._db.execute("SELECT path, guid FROM gone JOIN sources USING (path) ORDER BY path").fetchall()


def row_of(source: Source) -> tuple[Any, ...]:
    """Give a source as the tables of those that have to be read hold it."""
    path, file, size, mtime_ns, stamp, sidecars, regular, piled = astuple(source)
    where = msgspec.msgpack.encode(piled) if piled else None
    return path, os.fsencode(file), size, mtime_ns, stamp, os.fsencode("\0".join(sidecars)), regular, where


def source_of(row: Sequence[Any]) -> Source:
    """Give the source that such a row holds."""
    path, file, size, mtime_ns, stamp, sidecars, regular, where = row
    beside = tuple(os.fsdecode(sidecars).split("\0")) if sidecars else ()
    piled = _PILED.decode(where) if where else None
    return Source(path, os.fsdecode(file), size, mtime_ns, stamp, beside, bool(regular), piled)
