"""What is remembered of the published files, so that each is written when it has to be, and not otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from feedpub.ledger.database import Database
from feedpub.ledger.rows import astuple

NOT_SEEN = (-1, -1, -1)  # the size and times of a published file that was not looked at


class Written(Struct, frozen=True):
    """What the ledger remembers of a published file."""

    recipe: str
    digest: str
    size: int
    mtime_ns: int
    ctime_ns: int


class Artefacts:
    """Every published file, by its path below the output folder."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> dict[str, Written]:
        """Give every published file."""
        rows = self._db.execute("SELECT path, recipe, digest, size, mtime_ns, ctime_ns FROM artefacts ORDER BY path")
        return {path: Written(*row) for path, *row in rows}

    def seen(self) -> Iterator[tuple[str, int, int, int]]:
        """Give every published file as it was written: path, size, times of its modification and of any change (ns)."""
        return self._db.execute("SELECT path, size, mtime_ns, ctime_ns FROM artefacts")

    def count(self) -> tuple[int, int]:
        """Count the published files: those of feeds, and those for people."""
        people, files = self._db.execute(
            "SELECT total(path LIKE '%.html' OR path LIKE 'theme/%' OR path LIKE 'search/%'), count(*) FROM artefacts"
        ).fetchone()
        return int(files - people), int(people)

    def one(self, path: str) -> Written:
        """Give a published file."""
        row = self._db.execute(
            "SELECT recipe, digest, size, mtime_ns, ctime_ns FROM artefacts WHERE path = ?", (path,)
        ).fetchone()
        return Written(*row)

    def recipe(self, path: str) -> str | None:
        """Give the recipe of a published file."""
        row = self._db.execute("SELECT recipe FROM artefacts WHERE path = ?", (path,)).fetchone()
        return str(row[0]) if row else None

    def tick_off(self, path: str, written: Written) -> None:
        """Remember that a published file is current."""
        self._db.execute("INSERT OR REPLACE INTO artefacts VALUES (?, ?, ?, ?, ?, ?)", (path, *astuple(written)))

    def drop(self, path: str) -> None:
        """Forget a published file that was removed."""
        self._db.execute("DELETE FROM artefacts WHERE path = ?", (path,))
