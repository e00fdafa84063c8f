"""The SQLite file under the ledger: opened, locked, brought up to date, and written many rows at a time.

Knows the versions of the tables, and nothing of what they hold.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

from feedpub.errors import LedgerError
from feedpub.ledger.schema import APPLICATION_ID, MIGRATIONS, SCRATCH
from feedpub.ledger.trouble import explained

MOST_WAITING = 1000  # rows of a statement that are put off


class Database:
    """An open database. What SQLite complains of is raised as `Locked` or `LedgerError`, in words for its user."""

    def __init__(self, path: str, db: sqlite3.Connection) -> None:
        """Take an open connection; the class methods make one."""
        self.path = path
        self._db = db
        self._waiting: dict[str, list[Sequence[Any]]] = {}  # rows that were put off, by statement

    # ── opening ──────────────────────────────────────────────────────────────────────────────────

    @classmethod
    def open(cls, path: str | None) -> Self:
        """Open the database at `path`, or one in memory (None), and lock it until it is closed."""
        place = path or "the ledger in memory"
        try:
            database = cls(place, sqlite3.connect(path or ":memory:", timeout=0.2, isolation_level=None))
        except sqlite3.DatabaseError as error:
            raise explained(error, place) from None
        try:
            database._prepare()
        except (sqlite3.DatabaseError, LedgerError) as error:
            database.close()
            raise explained(error, place) from None
        return database

    @classmethod
    @contextmanager
    def glance(cls, path: str) -> Iterator[Self | None]:
        """Open a database without a lock; None when there is none of our version, or it is locked."""
        try:
            db = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)
        except sqlite3.DatabaseError:
            yield None
            return
        with closing(db):
            try:
                (version,) = db.execute("PRAGMA user_version").fetchone()
            except sqlite3.DatabaseError:
                version = 0
            yield cls(path, db) if version == len(MIGRATIONS) else None

    @classmethod
    def hold(cls, path: str) -> Self:
        """Open a database that is there, of any version up to ours, to look at it: nobody writes until it is closed."""
        uri = f"{Path(path).absolute().as_uri()}?mode=rw"
        try:
            database = cls(path, sqlite3.connect(uri, uri=True, timeout=0.2, isolation_level=None))
        except sqlite3.DatabaseError as error:
            raise explained(error, path) from None
        try:
            database._db.execute("PRAGMA query_only = ON")
            database._db.execute("BEGIN")
            database._version()  # the first question takes the lock
        except (sqlite3.DatabaseError, LedgerError) as error:
            database.close()
            raise explained(error, path) from None
        return database

    def brought_up_to_date(self) -> Self:
        """Give this database or, when an older feedpub wrote it, move to a copy that is brought up to date."""
        return self if self.is_current() else self.copied()

    def is_current(self) -> bool:
        """Tell whether the tables are those of this version of feedpub."""
        return self._version() == len(MIGRATIONS)

    def copied(self) -> Self:
        """Move to a copy that is of our version and may be written, and let this database go. The copy goes on closing.

        Raises `LedgerError` when this one is empty, or there is no room for the copy.
        """
        try:
            with closing(self._db) as old:
                if not self._version():
                    raise LedgerError(f"{self.path} is empty", "move it away and build again, or load a dump")
                self._db = sqlite3.connect("", isolation_level=None)  # a file that nobody else sees
                old.backup(self._db)
            self._prepare()
        except sqlite3.DatabaseError as error:
            self.close()
            raise explained(error, self.path) from None
        return self

    def _prepare(self) -> None:
        execute = self._db.execute
        execute("PRAGMA page_size = 16384")  # an article fits in a page; matters to a new ledger only
        execute("PRAGMA locking_mode = EXCLUSIVE")
        execute("PRAGMA synchronous = EXTRA")  # what is committed is on the disk, and so is the name of the file
        execute("PRAGMA cache_size = -32000")  # 32 MB, whatever the ledger's size
        execute("PRAGMA temp_store = FILE")
        execute("BEGIN EXCLUSIVE")  # takes the lock before anything is decided, and keeps it
        version = self._version()
        if version < len(MIGRATIONS):
            for migration in MIGRATIONS[version:]:
                for statement in migration.split(";\n"):
                    execute(statement)
            execute(f"PRAGMA application_id = {APPLICATION_ID}")
            execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        execute("COMMIT")
        self._db.executescript(SCRATCH)

    def _version(self) -> int:
        """Give the version of the tables, 0 without any. Raises `LedgerError` when they are not ours to read."""
        execute = self._db.execute
        (version,) = execute("PRAGMA user_version").fetchone()
        (application,) = execute("PRAGMA application_id").fetchone()
        (tables,) = execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application not in (0, APPLICATION_ID) or (application == 0 and tables):
            raise LedgerError(f"{self.path} is a database of another program", "name another place with --ledger")
        if version > len(MIGRATIONS):
            raise LedgerError(f"{self.path} was written by a newer feedpub", "install that version, or a later one")
        return int(version)

    def close(self) -> None:
        """Let the database go; what was not committed is forgotten."""
        self._db.close()

    # ── transactions ─────────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """Begin a transaction: nothing is kept until `commit`."""
        self.execute("BEGIN EXCLUSIVE")

    def commit(self) -> None:
        """Keep what was written since `begin`, durably."""
        self.execute("COMMIT")

    def rollback(self) -> None:
        """Forget what was written since `begin`."""
        self._waiting.clear()
        if self._db.in_transaction:
            self.execute("ROLLBACK")

    # ── statements ───────────────────────────────────────────────────────────────────────────────

    def execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run a statement now, after what was put off."""
        try:
            self._write()
            return self._db.execute(statement, values)
        except sqlite3.DatabaseError as error:
            raise explained(error, self.path) from None

    def put(self, statement: str, values: Sequence[Any]) -> None:
        """Put off a row until something is asked or committed: many at once cost half as much."""
        rows = self._waiting.setdefault(statement, [])
        rows.append(values)
        if len(rows) >= MOST_WAITING:
            try:
                self._write()
            except sqlite3.DatabaseError as error:
                raise explained(error, self.path) from None

    def _write(self) -> None:
        """Write what was put off. Deletions first: what was put off never depends on its order otherwise."""
        waiting, self._waiting = self._waiting, {}
        for statement in sorted(waiting, key=lambda statement: not statement.startswith("DELETE")):
            self._db.executemany(statement, waiting[statement])
