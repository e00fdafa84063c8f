"""What the ledger remembers, and how it is asked. Times are whole seconds since 1970, UTC."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
from msgspec import Struct

from feedpub.errors import LedgerError
from feedpub.ledger.schema import APPLICATION_ID, MIGRATIONS, SCRATCH
from feedpub.ledger.trouble import damaged, explained
from feedpub.model import Entry, Event, Exhibit, Known, Metadata, Piled, Placed, Precision, Source, State

MOST_MARKS = 500  # values in one question; SQLite takes no more than some thousands
MOST_WAITING = 1000  # rows that are put off
NOT_SEEN = -1  # the size and time of a published file that was not looked at
UNREAD = "unread"  # the setting that stands while no build has read the articles of a ledger made of text or feeds


class Standing(Struct, frozen=True):
    """What a source turned out to be: `good`, `duplicate`, `draft` or `aside`, of which entry, with which problems."""

    digest: str
    guid: str | None
    standing: str
    told: str


class Written(Struct, frozen=True):
    """What the ledger remembers of a published file."""

    recipe: str
    digest: str
    size: int
    mtime_ns: int


class Address(Struct, frozen=True):
    """Where the page of an article is, and how exactly its date is shown: as both were first published."""

    slug: str | None = None  # None until it needs a page
    precision: Precision | None = None  # None until it is shown
    offset: int = 0  # minutes east of UTC


class Ledger:
    """An open ledger, held by this process alone until it is closed.

    Raises `Locked` when another process holds it, `LedgerError` when it can't be read or is of a newer feedpub.
    """

    def __init__(self, path: str, db: sqlite3.Connection) -> None:
        """Take an open database; `open` and `glance` make one."""
        self.path = path
        self._db = db
        self._waiting: dict[str, list[Sequence[Any]]] = {}
        self._due: set[str] = set()
        self._open: set[str] = set()
        self._opened: set[str] = set()  # that no build before had opened

    @classmethod
    def open(cls, path: str | None) -> Self:
        """Open the ledger at `path`, or one in memory that is forgotten on closing (None)."""
        place = path or "the ledger in memory"
        try:
            ledger = cls(place, sqlite3.connect(path or ":memory:", timeout=0.2, isolation_level=None))
        except sqlite3.DatabaseError as error:
            raise explained(error, place) from None
        try:
            ledger._prepare()
        except (sqlite3.DatabaseError, LedgerError) as error:
            ledger.close()
            raise explained(error, place) from None
        return ledger

    @classmethod
    @contextmanager
    def glance(cls, path: str) -> Iterator[Self | None]:
        """Open a ledger to look something up, holding no lock; None when there is none, or a build is at work on it."""
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
        """Open a ledger that is there, of any version up to ours, so that no build can start until it is closed."""
        uri = f"{Path(path).absolute().as_uri()}?mode=rw"
        try:
            ledger = cls(path, sqlite3.connect(uri, uri=True, timeout=0.2, isolation_level=None))
        except sqlite3.DatabaseError as error:
            raise explained(error, path) from None
        try:
            ledger._db.execute("PRAGMA query_only = ON")
            ledger._db.execute("BEGIN")
            ledger._version()  # the first question takes the lock
        except (sqlite3.DatabaseError, LedgerError) as error:
            ledger.close()
            raise explained(error, path) from None
        return ledger

    @classmethod
    def read(cls, path: str) -> Self:
        """Open a ledger that is there to look at it alone. One of an older feedpub is brought up to date in a copy."""
        return cls.hold(path).brought_up_to_date()

    def brought_up_to_date(self) -> Self:
        """Give this ledger or, when an older feedpub wrote it, move to a copy that is brought up to date."""
        version = self._version()
        if version == len(MIGRATIONS):
            return self
        try:
            with closing(self._db) as old:
                if not version:
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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
        if isinstance(error, sqlite3.DatabaseError):  # met while rows were fetched
            raise explained(error, self.path) from None

    def close(self) -> None:
        """Let the ledger go; what was not committed is forgotten."""
        self._db.close()

    # ── transactions ─────────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """Start to remember: nothing is kept until `commit`."""
        self._execute("BEGIN EXCLUSIVE")

    def commit(self) -> None:
        """Keep what was remembered since `begin`, durably."""
        self._execute("COMMIT")

    def rollback(self) -> None:
        """Forget what was remembered since `begin`."""
        self._waiting.clear()
        self._due.clear()
        self._open.clear()
        self._opened.clear()
        if self._db.in_transaction:
            self._execute("ROLLBACK")

    def _execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        try:
            if self._waiting:
                self._flush()
            return self._db.execute(statement, values)
        except sqlite3.DatabaseError as error:
            raise explained(error, self.path) from None

    def _later(self, statement: str, values: Sequence[Any]) -> None:
        """Put off a statement until something is asked or committed: many at once cost half as much."""
        self._waiting.setdefault(statement, []).append(values)

    def ask(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Ask in SQL, for the modules of this package alone."""
        return self._execute(statement, values)

    def put(self, statement: str, values: Sequence[Any]) -> None:
        """Write in SQL, for the modules of this package alone: many rows at a time."""
        self._later(statement, values)
        if len(self._waiting[statement]) >= MOST_WAITING:
            self._execute("SELECT 1")

    def _flush(self) -> None:
        """Run what was put off. Deletions first: what was put off never depends on its order otherwise."""
        waiting, self._waiting = self._waiting, {}
        for statement in sorted(waiting, key=lambda statement: not statement.startswith("DELETE")):
            self._db.executemany(statement, waiting[statement])

    # ── settings ─────────────────────────────────────────────────────────────────────────────────

    def setting(self, name: str) -> str | None:
        """Give a remembered setting: the site's id, or the mark of the settings that ruled the last build."""
        row = self._execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set(self, name: str, value: str) -> None:
        """Remember a setting."""
        self._execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def mark_unread(self) -> None:
        """Note that what is remembered was made of text or feeds: the next build has to read every article."""
        self.set(UNREAD, "yes")

    def is_unread(self) -> bool:
        """Tell whether no build has read the articles yet since the ledger was made of text or feeds."""
        return self.setting(UNREAD) is not None

    def doubt_all(self) -> None:
        """Note that any entry may have lost its source, now that every article was read."""
        self._execute("INSERT OR IGNORE INTO doubtful SELECT guid FROM entries")
        self._execute("DELETE FROM settings WHERE name = ?", (UNREAD,))

    # ── sources ──────────────────────────────────────────────────────────────────────────────────

    def seen(self) -> Iterator[tuple[str, int, int, str]]:
        """Give every remembered source in the order of their paths: path, size, modification time (ns), stamp."""
        return self._execute("SELECT path, size, mtime_ns, stamp FROM sources ORDER BY path")

    def await_reading(self, source: Source) -> None:
        """Note a source that has to be read."""
        self._later("INSERT OR REPLACE INTO pending VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row_of(source))
        if len(self._waiting) == 1 and len(next(iter(self._waiting.values()))) >= MOST_WAITING:
            self._flush()

    def mark_gone(self, path: str) -> None:
        """Note a source that is no longer there."""
        self._later("INSERT OR IGNORE INTO gone VALUES (?)", (path,))

    def count_pending(self) -> int:
        """Count the sources that have to be read."""
        return int(self._execute("SELECT count(*) FROM pending").fetchone()[0])

    def pending(self) -> Iterator[Source]:
        """Give the sources that have to be read, in the order of their paths."""
        for row in self._execute("SELECT * FROM pending ORDER BY path"):
            yield source_of(row)

    def pending_at(self, path: str) -> Source | None:
        """Give the source at this path if it has to be read."""
        row = self._execute("SELECT * FROM pending WHERE path = ?", (path,)).fetchone()
        return source_of(row) if row else None

    def postpone(self, path: str) -> None:
        """Note a source that has to be read once more, after all the others."""
        self._later("INSERT OR IGNORE INTO postponed VALUES (?)", (path,))

    def is_postponed(self, path: str) -> bool:
        """Tell whether a source still has to be read once more."""
        return self._execute("SELECT 1 FROM postponed WHERE path = ?", (path,)).fetchone() is not None

    def postponed(self) -> Iterator[Source]:
        """Give the sources that have to be read once more, each for the last time."""
        rows = self._execute("SELECT * FROM pending WHERE path IN (SELECT path FROM postponed) ORDER BY path")
        for row in rows.fetchall():
            self._execute("DELETE FROM postponed WHERE path = ?", (row[0],))
            yield source_of(row)

    def gone(self) -> Iterator[tuple[str, str | None]]:
        """Give the paths that are no longer there, each with the guid of the entry that it was."""
        yield from self._execute("SELECT path, guid FROM gone JOIN sources USING (path) ORDER BY path").fetchall()

    def standings(self, paths: Sequence[str]) -> dict[str, Standing]:
        """Say what sources turned out to be when they were last read, by path."""
        rows = self._execute(f"{_STANDING} WHERE path IN {_marks(paths)}", paths)
        return {path: Standing(*row) for path, *row in rows}

    def holds(self, path: str, guid: str) -> bool:
        """Tell whether a source is there and is (or was, when last read) that entry's."""
        row = self._execute(
            "SELECT 1 FROM sources WHERE path = ? AND guid = ? AND path NOT IN (SELECT path FROM gone)", (path, guid)
        ).fetchone()
        return row is not None

    def record(self, source: Source, standing: Standing) -> None:
        """Remember what a source turned out to be."""
        self._later(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (source.path, source.size, source.mtime_ns, source.stamp, *_astuple(standing)),
        )

    def forget_source(self, path: str) -> None:
        """Forget a source that is gone; its entry and its keys stay."""
        self._execute("DELETE FROM sources WHERE path = ?", (path,))

    def copies(self, guid: str) -> list[str]:
        """Give the other sources of the same article that are there, in the order of their paths."""
        rows = self._execute(f"{_COPIES} AND guid = ? AND {_THERE} ORDER BY path", (guid,))
        return [path for (path,) in rows]

    def recorded_copies(self, guid: str) -> list[str]:
        """Give the other sources of the same article that the last build found, in the order of their paths."""
        return [path for (path,) in self._execute(f"{_COPIES} AND guid = ? ORDER BY path", (guid,))]

    def all_copies(self) -> list[str]:
        """Give the sources of all articles that are read from another one, in the order of their paths."""
        return [path for (path,) in self._execute(f"{_COPIES} AND {_THERE} ORDER BY path")]

    def restand(self, path: str, standing: Standing) -> None:
        """Remember that a source turned out to be something else than was recorded."""
        self._execute(
            "UPDATE sources SET digest = ?, guid = ?, standing = ?, told = ? WHERE path = ?",
            (*_astuple(standing), path),
        )

    def count_standings(self) -> dict[str, int]:
        """Count the sources that are no entry of their own: `duplicate`, `draft`, `aside`."""
        rows = self._execute("SELECT standing, count(*) FROM sources WHERE standing <> 'good' GROUP BY standing")
        return {standing: number for standing, number in rows if standing != "pile"}

    # ── entries ──────────────────────────────────────────────────────────────────────────────────

    def recognise(self, keys: Sequence[str]) -> dict[str, Known]:
        """Give the entries that were ever known by these keys."""
        rows = self._execute(f"{_KNOWN.format('key, ')} JOIN keys USING (guid) WHERE key IN {_marks(keys)}", keys)
        return {key: _known(row) for key, *row in rows}

    def known(self, guids: Sequence[str]) -> dict[str, Known]:
        """Give what is remembered of entries, by guid."""
        found: dict[str, Known] = {}
        for first in range(0, len(guids), MOST_MARKS):
            some = guids[first : first + MOST_MARKS]
            rows = self._execute(f"{_KNOWN.format('')} WHERE guid IN {_marks(some)}", some)
            found |= {row[0]: _known(row) for row in rows}
        return found

    def all_guids(self) -> Iterator[list[str]]:
        """Give the guids of all entries that were read from a source, some at a time."""
        last = ""
        while True:
            rows = self._execute(
                "SELECT guid FROM entries JOIN articles USING (guid) WHERE guid > ? ORDER BY guid LIMIT ?",
                (last, MOST_MARKS),
            ).fetchall()
            if not rows:
                return
            yield [guid for (guid,) in rows]
            last = rows[-1][0]

    def count(self, state: State) -> int:
        """Count the entries in a state."""
        return int(self._execute("SELECT count(*) FROM entries WHERE state = ?", (state,)).fetchone()[0])

    def remember(self, known: Known, entry: Entry, body: str, *, size: int, before: Known | None) -> None:
        """Remember an entry as it now stands; `before` is how it stood, `size` what its body takes in XML."""
        pages = self._leave(before) if before and before.state == "live" else {}
        self._later(_ENTER, _row(known, entry.permalink, entry.body_digest, size=size))
        self._later(
            "INSERT OR REPLACE INTO articles VALUES (?, ?, ?)",
            (known.guid, _encoded(entry.metadata), body),
        )
        self._make_page_due(known.guid)
        if known.state == "live":
            self._join(known, pages if before and before.ranked == known.ranked else {})
        elif pages:
            self._make_pages_due(known.guid)

    def rank(self, known: Known, ranked: datetime) -> None:
        """Give an entry another place among the newest."""
        pages = self._leave(known) if known.state == "live" else {}
        self._execute("UPDATE entries SET ranked = ? WHERE guid = ?", (_seconds(ranked), known.guid))
        if known.state == "live":
            self._join(msgspec.structs.replace(known, ranked=ranked), pages)

    def refile(self, known: Known, channels: tuple[str, ...]) -> None:
        """Put an entry into other channels."""
        pages = self._leave(known) if known.state == "live" else {}
        self._execute("UPDATE entries SET channels = ? WHERE guid = ?", ("\n".join(channels), known.guid))
        if known.state == "live":
            self._join(msgspec.structs.replace(known, channels=channels), pages)

    def take_back(
        self,
        entry: Known,
        body_digest: str | None,
        keys: Iterable[str],
        *,
        title: str = "",
        slug: str | None = None,
        body: str = "",
    ) -> None:
        """Remember an entry that was found in a published feed; it has no source until an article claims it."""
        self._execute(
            "INSERT OR IGNORE INTO entries VALUES (?, '', 'live', NULL, ?, ?, ?, NULL, ?, ?, ?, ?, 0, ?, NULL, 0)",
            (
                entry.guid,
                _seconds(entry.first_seen),
                _seconds(entry.published),
                _seconds(entry.updated),
                entry.digest,
                body_digest,
                entry.fingerprint,
                "\n".join(entry.channels),
                _seconds(entry.ranked),
            ),
        )
        self.entitle(entry.guid, title, body)
        self._address(entry.guid, Address(slug))
        self._join(entry, {})
        self.name(keys, entry.guid)
        self.doubt(entry.guid)

    def entitle(self, guid: str, title: str, body: str = "") -> None:
        """Remember the title of an entry whose article has to be read again, and its body if that is known."""
        self._later("INSERT OR IGNORE INTO articles VALUES (?, ?, ?)", (guid, _encoded(Metadata(title)), body))

    def restore(
        self,
        known: Known,
        pages: Mapping[str, int | None],
        *,
        permalink: str | None,
        body_digest: str | None,
        withdrawn: datetime | None,
        address: Address,
    ) -> None:
        """Remember an entry as it once stood, in an empty ledger; `pages`: of the archives that hold it."""
        self.put(_ENTER, _row(known, permalink, body_digest, withdrawn=withdrawn))
        self._address(known.guid, address)
        if known.state == "live":
            self._join(known, pages)

    def name(self, keys: Iterable[str], guid: str) -> None:
        """Remember the keys by which an entry is known."""
        for key in keys:
            self._later("INSERT OR REPLACE INTO keys VALUES (?, ?)", (key, guid))

    def adopt(self, former: Known, keys: Iterable[str]) -> None:
        """Remember an entry that another program published, which has no article yet and stands in no feed."""
        self._execute("DELETE FROM articles WHERE guid = ?", (former.guid,))
        self._execute(
            "INSERT OR REPLACE INTO entries"
            " VALUES (?, '', 'withdrawn', NULL, ?, ?, ?, NULL, '', NULL, '', '', 0, ?, NULL, 0)",
            (
                former.guid,
                _seconds(former.first_seen),
                _seconds(former.published),
                _seconds(former.updated),
                _seconds(former.ranked),
            ),
        )
        self.name(keys, former.guid)

    def unname_all(self, guid: str) -> None:
        """Forget all keys of an entry."""
        self._execute("DELETE FROM keys WHERE guid = ?", (guid,))

    def retire(self, known: Known, state: State, *, now: datetime) -> None:
        """Take an entry out of the feeds: withdrawn or expired. Its guid and dates stay."""
        if known.state == "live":
            self._leave(known)
            self._make_pages_due(known.guid)
        self._make_page_due(known.guid)
        withdrawn = _seconds(now) if state == "withdrawn" and known.state == "live" else None
        self._execute("UPDATE entries SET state = ?, withdrawn = ? WHERE guid = ?", (state, withdrawn, known.guid))

    def withdrawn(self, channel: str, *, most: int) -> list[tuple[str, datetime]]:
        """Give the entries that a channel lost, the last first: guid, and when it was withdrawn."""
        rows = self._execute(
            "SELECT guid, withdrawn FROM entries WHERE state = 'withdrawn' AND withdrawn IS NOT NULL"
            " AND instr(char(10) || channels || char(10), char(10) || ? || char(10))"
            " ORDER BY withdrawn DESC, guid LIMIT ?",
            (channel, most),
        )
        return [(guid, _moment(withdrawn)) for guid, withdrawn in rows]

    def withdrawn_at(self, guid: str) -> datetime | None:
        """Give the time at which an entry was withdrawn from the feeds, if it was."""
        (withdrawn,) = self._execute("SELECT withdrawn FROM entries WHERE guid = ?", (guid,)).fetchone()
        return None if withdrawn is None else _moment(withdrawn)

    def release(self, known: Known) -> None:
        """Put an entry that was held into the feeds."""
        self._execute("UPDATE entries SET state = 'live', unseen = 0 WHERE guid = ?", (known.guid,))
        self._make_page_due(known.guid)
        self._join(known, {})

    def fallen_due(self, now: datetime) -> list[str]:
        """Give the guids of held entries whose time has come."""
        rows = self._execute(
            "SELECT guid FROM entries WHERE state = 'held' AND published <= ? ORDER BY guid", (_seconds(now),)
        )
        return [guid for (guid,) in rows]

    def run_out(self, now: datetime) -> list[str]:
        """Give the guids of live entries whose time is over."""
        rows = self._execute(
            "SELECT guid FROM entries WHERE expires IS NOT NULL AND state = 'live' AND expires <= ? ORDER BY guid",
            (_seconds(now),),
        )
        return [guid for (guid,) in rows]

    def doubt(self, guid: str) -> None:
        """Note that an entry may have lost its source."""
        self._later("INSERT OR IGNORE INTO doubtful VALUES (?)", (guid,))

    def doubted(self) -> list[str]:
        """Give the guids of the noted entries that have indeed lost their source."""
        rows = self._execute(
            "SELECT doubtful.guid FROM doubtful JOIN entries ON entries.guid = doubtful.guid"
            " LEFT JOIN sources ON sources.path = entries.path AND sources.guid = doubtful.guid"
            " WHERE sources.path IS NULL AND entries.state <> 'withdrawn' ORDER BY doubtful.guid"
        )
        return [guid for (guid,) in rows]

    # ── history ──────────────────────────────────────────────────────────────────────────────────

    def note(self, guid: str, event: Event) -> None:
        """Remember what happened to an entry; the oldest of many events is forgotten for it."""
        self._later(
            "INSERT INTO events SELECT ?1, ifnull(max(number), 0) + 1, ?2, ?3, ?4 FROM events WHERE guid = ?1",
            (guid, _seconds(event.at), event.what, event.detail),
        )

    def history(self, guid: str) -> tuple[Event, ...]:
        """Give what happened to an entry, in order."""
        rows = self._execute("SELECT at, what, detail FROM events WHERE guid = ? ORDER BY number", (guid,))
        return tuple(Event(_moment(at), what, detail) for at, what, detail in rows)

    # ── near copies ──────────────────────────────────────────────────────────────────────────────

    def sketch(self, guid: str, marks: Iterable[int]) -> None:
        """Remember the marks of an entry's text."""
        number = numbered(guid)
        for mark in marks:
            self._later("INSERT OR IGNORE INTO sketches VALUES (?, ?)", (mark, number))

    def unsketch(self, guid: str, marks: Iterable[int]) -> None:
        """Forget marks that an entry's text no longer has."""
        for mark in marks:
            self._later("DELETE FROM sketches WHERE mark = ? AND entry = ?", (mark, numbered(guid)))

    def unsketch_all(self) -> None:
        """Forget the marks of all texts."""
        self._execute("DELETE FROM sketches")

    def bearers(self, marks: Sequence[int]) -> dict[int, list[int | str]]:
        """Give the numbers of the entries whose texts have these marks, by mark."""
        found: dict[int, list[int | str]] = {}
        for first in range(0, len(marks), MOST_MARKS):
            some = marks[first : first + MOST_MARKS]
            for mark, entry in self._execute(f"{_BEARERS} WHERE mark IN {_marks(some)}", some):
                found.setdefault(mark, []).append(entry)
        return found

    def with_number(self, number: int | str) -> list[Entry]:
        """Give the entries with a number, mostly one."""
        if isinstance(number, str):
            return [self.entry(number)] if self.title(number) is not None else []
        start = f"urn:uuid:{number + _HALF:08x}"
        rows = self._execute(f"{_ENTRY} WHERE guid BETWEEN ? AND ?", (f"{start}-", f"{start}-~")).fetchall()
        return [self._entry(row) for row in rows]

    def note_minted(self, guid: str) -> None:
        """Note an entry that no feed ever held."""
        self._later("INSERT OR IGNORE INTO minted VALUES (?)", (guid,))

    def is_minted(self, guid: str) -> bool:
        """Tell whether an entry is one that no feed ever held."""
        return self._execute("SELECT 1 FROM minted WHERE guid = ?", (guid,)).fetchone() is not None

    def dissolve(self, known: Known, keys: Iterable[str], *, into: str, now: datetime) -> None:
        """Forget an entry that no feed ever held; its sources are copies of another one's."""
        self.retire(known, "withdrawn", now=now)
        for statement in (
            "DELETE FROM entries WHERE guid = ?",
            "DELETE FROM articles WHERE guid = ?",
            "DELETE FROM minted WHERE guid = ?",
            "DELETE FROM events WHERE guid = ?",
            "DELETE FROM addresses WHERE guid = ?",
        ):
            self._execute(statement, (known.guid,))
        for key in keys:
            self.unname(key, known.guid)
        self._execute(
            "UPDATE sources SET guid = ? WHERE standing = 'duplicate' AND standing <> 'good' AND guid = ?",
            (into, known.guid),
        )

    def unname(self, key: str, guid: str) -> None:
        """Forget that an entry is known by this key."""
        self._execute("DELETE FROM keys WHERE key = ? AND guid = ?", (key, guid))

    def close_unused(self) -> None:
        """Forget the channels that this build opened and that hold nothing after all."""
        for name in sorted(self._opened):
            self._execute(
                "DELETE FROM channels WHERE name = ? AND NOT EXISTS (SELECT 1 FROM membership WHERE channel = ?)"
                " AND NOT EXISTS (SELECT 1 FROM entries WHERE state = 'held'"
                " AND instr(char(10) || channels || char(10), char(10) || ? || char(10)))",
                (name, name, name),
            )

    # ── channels ─────────────────────────────────────────────────────────────────────────────────

    def _join(self, known: Known, pages: Mapping[str, int | None]) -> None:
        """Put an entry into its channels: on the pages of their archives on which it is, else into the feeds."""
        row = "INSERT OR REPLACE INTO membership VALUES (?, ?, ?, ?)"
        for name in known.channels:
            self._later(row, (name, _newest(known), known.guid, pages.get(name)))
            self._make_due(name)

    def _leave(self, known: Known) -> dict[str, int | None]:
        """Take an entry out of its channels, and give the page that it was on in each."""
        row = "DELETE FROM membership WHERE channel = ? AND newest = ? AND guid = ?"
        at = (_newest(known), known.guid)
        pages = {}
        for name in known.channels:
            found = self._execute(
                "SELECT page FROM membership WHERE channel = ? AND newest = ? AND guid = ?", (name, *at)
            ).fetchone()
            pages[name] = found[0] if found else None
            self._later(row, (name, *at))
            self._make_due(name)
        return pages

    def _make_due(self, name: str) -> None:
        if name not in self._due:
            self._due.add(name)
            self._later("UPDATE channels SET due = 1 WHERE name = ? AND due = 0", (name,))

    def _make_page_due(self, guid: str) -> None:
        """Note that the page of an article may have to be written."""
        self._later(
            "INSERT INTO addresses VALUES (?, NULL, NULL, 0, 1) ON CONFLICT (guid) DO UPDATE SET due = 1", (guid,)
        )

    def _address(self, guid: str, address: Address) -> None:
        """Remember where the page of an entry is, and that it may have to be written."""
        self._later(
            "INSERT INTO addresses VALUES (?, ?, ?, ?, 1)", (guid, address.slug, address.precision, address.offset)
        )

    def _make_pages_due(self, guid: str) -> None:
        """Note the pages of archives that an entry is taken off."""
        self._execute(
            "UPDATE pages SET due = 1 WHERE (channel, number) IN (SELECT channel, number FROM archive WHERE guid = ?)",
            (guid,),
        )

    def open_channel(self, name: str, title: str) -> None:
        """Make a channel known, if it is not; its first title stays."""
        if name not in self._open:
            self._open.add(name)
            if self._execute("INSERT OR IGNORE INTO channels VALUES (?, ?, 1)", (name, title)).rowcount:
                self._opened.add(name)

    def channels(self) -> list[tuple[str, str]]:
        """Give every channel there ever was, in order: name and title."""
        return self._execute("SELECT name, title FROM channels ORDER BY name").fetchall()

    def due(self) -> list[tuple[str, str]]:
        """Give the channels whose feeds may have to be written, in order: name and title."""
        return self._execute("SELECT name, title FROM channels WHERE due ORDER BY name").fetchall()

    def make_all_due(self) -> None:
        """Note that the feeds of all channels, their archives, and all pages may have to be written."""
        self._execute("UPDATE channels SET due = 1 WHERE due = 0")
        self._execute("UPDATE pages SET due = 1 WHERE due = 0")
        self._execute("UPDATE addresses SET due = 1 WHERE due = 0")

    def drop_channels(self, names: Iterable[str]) -> None:
        """Forget channels."""
        for name in names:
            self._execute("DELETE FROM channels WHERE name = ?", (name,))

    def newest(self, channel: str, *, everything: bool = True) -> Iterator[Placed]:
        """Give a channel's entries, what is new or was changed first, then by guid; stop asking when there are enough.

        Without `everything`, only those that are on no page of its archive.
        """
        where = "channel = ?" if everything else "channel = ? AND page IS NULL"
        for row in self._execute(
            f"{_PLACED} FROM membership {_OF_ENTRY} WHERE {where} ORDER BY newest, guid", (channel,)
        ):
            yield Placed(*row)

    def count_in(self, channel: str, *, most: int) -> int:
        """Count a channel's entries, up to so many."""
        rows = self._execute("SELECT 1 FROM membership WHERE channel = ? LIMIT ?", (channel, most))
        return len(rows.fetchall())

    def count_all_in(self, channel: str) -> int:
        """Count a channel's entries."""
        return int(self._execute("SELECT count(*) FROM membership WHERE channel = ?", (channel,)).fetchone()[0])

    # ── archives ─────────────────────────────────────────────────────────────────────────────────

    def last_page(self, channel: str) -> int:
        """Give the number of the newest page of a channel's archive, 0 without any."""
        return int(
            self._execute("SELECT ifnull(max(number), 0) FROM pages WHERE channel = ?", (channel,)).fetchone()[0]
        )

    def close_page(self, channel: str, number: int, guids: Iterable[str], *, following: int) -> None:
        """Close a page of a channel's archive: it holds these entries for ever, and the feed itself need not."""
        self._later("INSERT INTO pages VALUES (?, ?, ?, 1)", (channel, number, following))
        for guid in guids:
            self._later("INSERT OR IGNORE INTO archive VALUES (?, ?, ?)", (channel, number, guid))
            self._later(
                "UPDATE membership SET page = ? WHERE channel = ? AND guid = ?"
                " AND newest = -(SELECT ranked FROM entries WHERE guid = ?)",
                (number, channel, guid, guid),
            )

    def reopen(self, channel: str, guid: str) -> None:
        """Note that a channel's feed itself holds an entry again, though a closed page of its archive does."""
        self._execute(
            "UPDATE membership SET page = NULL WHERE channel = ? AND guid = ?"
            " AND newest = -(SELECT ranked FROM entries WHERE guid = ?)",
            (channel, guid, guid),
        )

    def restore_page(self, channel: str, number: int, following: int, *, due: bool) -> None:
        """Remember a closed page of an archive, as it once was."""
        self._later("INSERT INTO pages VALUES (?, ?, ?, ?)", (channel, number, following, due))

    def put_on_page(self, channel: str, number: int, guid: str) -> None:
        """Put an entry on a closed page of an archive, as it once was."""
        self.put("INSERT OR IGNORE INTO archive VALUES (?, ?, ?)", (channel, number, guid))

    def is_in_feed(self, known: Known, channel: str) -> bool:
        """Tell whether an entry stands in a channel's feed, and not on a closed page of its archive alone."""
        row = self._execute(
            "SELECT page FROM membership WHERE channel = ? AND newest = ? AND guid = ?",
            (channel, _newest(known), known.guid),
        ).fetchone()
        return bool(row == (None,))

    def pages(self, *, due: bool) -> list[tuple[str, int, int]]:
        """Give pages of archives: channel, number, and the number of the page that was closed with it and follows.

        All of them, or those alone whose files may have to be written.
        """
        rows = self._execute(
            "SELECT channel, number, following FROM pages WHERE due OR NOT ? ORDER BY channel, number", (due,)
        )
        return rows.fetchall()

    def on_page(self, channel: str, number: int) -> list[Placed]:
        """Give the entries that a page of an archive holds: those that it was closed with and that live."""
        rows = self._execute(
            f"{_PLACED} FROM archive {_OF_ENTRY} WHERE channel = ? AND number = ? AND state = 'live'", (channel, number)
        )
        return [Placed(*row) for row in rows]

    def entry(self, guid: str) -> Entry:
        """Give an entry with its metadata."""
        return self._entry(self._execute(f"{_ENTRY} WHERE guid = ?", (guid,)).fetchone())

    def _entry(self, row: Sequence[Any]) -> Entry:
        guid, permalink, published, updated, fingerprint, digest, body_digest, metadata, slug, precision, offset = row
        return Entry(
            guid=guid,
            permalink=permalink,
            published=_moment(published),
            updated=_moment(updated),
            fingerprint=fingerprint,
            digest=digest,
            body_digest=body_digest,
            metadata=self._decoded(metadata),
            slug=slug or "",
            precision=precision or "minute",
            offset=offset or 0,
        )

    def title(self, guid: str) -> str | None:
        """Give the title under which an entry was last read, None when it was read by no build."""
        row = self._execute("SELECT metadata FROM articles WHERE guid = ?", (guid,)).fetchone()
        return self._decoded(row[0]).title if row else None

    def _decoded(self, metadata: bytes) -> Metadata:
        try:
            return _METADATA.decode(metadata)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise damaged(self.path, error) from None

    def body(self, guid: str) -> str:
        """Give an entry's body, an HTML fragment; nothing when it was read by no build."""
        row = self._execute("SELECT body FROM articles WHERE guid = ?", (guid,)).fetchone()
        return str(row[0]) if row else ""

    # ── what subscribers were shown ──────────────────────────────────────────────────────────────

    def shown(self, channel: str) -> dict[str, Exhibit]:
        """Give what a channel's feed showed last, by guid."""
        rows = self._execute(
            "SELECT guid, title, link, published, fingerprint, size FROM shown WHERE channel = ?", (channel,)
        )
        return {row[0]: Exhibit(*row) for row in rows}

    def show(self, channel: str, exhibits: Iterable[Exhibit]) -> None:
        """Remember what a channel's feed shows."""
        self._execute("DELETE FROM shown WHERE channel = ?", (channel,))
        for exhibit in exhibits:
            self._later("INSERT INTO shown VALUES (?, ?, ?, ?, ?, ?, ?)", (channel, *_astuple(exhibit)))

    def show_too(self, channel: str, exhibit: Exhibit) -> None:
        """Remember that a channel's feed shows one more entry."""
        self.put("INSERT INTO shown VALUES (?, ?, ?, ?, ?, ?, ?)", (channel, *_astuple(exhibit)))

    # ── artefacts ────────────────────────────────────────────────────────────────────────────────

    def artefacts(self) -> dict[str, Written]:
        """Give every published file."""
        rows = self._execute("SELECT path, recipe, digest, size, mtime_ns FROM artefacts ORDER BY path")
        return {path: Written(*row) for path, *row in rows}

    def files(self) -> Iterator[tuple[str, int, int]]:
        """Give every published file as it was written: path, size, modification time (ns)."""
        return self._execute("SELECT path, size, mtime_ns FROM artefacts")

    def count_files(self) -> tuple[int, int]:
        """Count the published files: those of feeds, and those for people."""
        row = self._execute(
            "SELECT total(path LIKE '%.html' OR path LIKE 'theme/%' OR path LIKE 'search/%'), count(*) FROM artefacts"
        ).fetchone()
        return int(row[1] - row[0]), int(row[0])

    def recipe(self, path: str) -> str | None:
        """Give the recipe of a published file."""
        row = self._execute("SELECT recipe FROM artefacts WHERE path = ?", (path,)).fetchone()
        return str(row[0]) if row else None

    def tick_off(self, path: str, written: Written) -> None:
        """Remember that a published file is current."""
        self._execute("INSERT OR REPLACE INTO artefacts VALUES (?, ?, ?, ?, ?)", (path, *_astuple(written)))

    def drop_artefact(self, path: str) -> None:
        """Forget a published file that was removed."""
        self._execute("DELETE FROM artefacts WHERE path = ?", (path,))

    def make_due(self, channel: str, page: int = 0) -> None:
        """Note that a channel's feeds, or a page of its archive, may have to be written."""
        if page:
            self._execute("UPDATE pages SET due = 1 WHERE channel = ? AND number = ?", (channel, page))
        else:
            self._execute("UPDATE channels SET due = 1 WHERE name = ?", (channel,))

    def nothing_due(self) -> None:
        """Remember that every channel's feeds and all pages are current."""
        self._execute("UPDATE channels SET due = 0 WHERE due = 1")
        self._execute("UPDATE pages SET due = 0 WHERE due = 1")
        self._execute("UPDATE addresses SET due = 0 WHERE due = 1")


_ENTER = "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PILED = msgspec.msgpack.Decoder(Piled)
_STANDING = "SELECT path, digest, guid, standing, told FROM sources"
_KNOWN = (
    "SELECT {}guid, path, state, first_seen, published, updated, digest, fingerprint, ranked, channels, expires,"
    " unseen FROM entries"
)
_COPIES = "SELECT path FROM sources WHERE standing = 'duplicate' AND standing <> 'good'"  # by the index
_THERE = "path NOT IN (SELECT path FROM gone)"
_BEARERS = "SELECT mark, entry FROM sketches"
_ENTRY = (
    "SELECT guid, permalink, published, updated, fingerprint, digest, body_digest, metadata, slug, precision, offset"
    " FROM entries JOIN articles USING (guid) LEFT JOIN addresses USING (guid)"
)
_PLACED = "SELECT guid, published, updated, ranked, fingerprint, permalink, size, ifnull(slug, '')"
_OF_ENTRY = "JOIN entries USING (guid) LEFT JOIN addresses USING (guid)"
_METADATA = msgspec.msgpack.Decoder(Metadata)


_HALF = 1 << 31
_OURS = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f-]{27}")


def numbered(guid: str) -> int | str:
    """Give the number by which an entry's marks are remembered: four bytes, with their sign, of its guid.

    A guid that is taken over from another program may be none of ours, and stands for itself.
    """
    return int(guid[9:17], 16) - _HALF if _OURS.fullmatch(guid) else guid


def _encoded(metadata: Metadata) -> bytes:
    return msgspec.msgpack.encode(metadata)


def _row(
    known: Known, permalink: str | None, body_digest: str | None, *, size: int = 0, withdrawn: datetime | None = None
) -> tuple[Any, ...]:
    """An entry as its table holds it."""
    return (
        known.guid,
        known.path,
        known.state,
        permalink,
        _seconds(known.first_seen),
        _seconds(known.published),
        _seconds(known.updated),
        _seconds(known.expires) if known.expires else None,
        known.digest,
        body_digest,
        known.fingerprint,
        "\n".join(known.channels),
        size,
        _seconds(known.ranked),
        _seconds(withdrawn) if withdrawn else None,
        known.unseen,
    )


def _marks(values: Sequence[object]) -> str:
    return f"({', '.join('?' * len(values))})"


def row_of(source: Source) -> tuple[Any, ...]:
    """A source as the tables of those that have to be read hold it."""
    path, file, size, mtime_ns, stamp, sidecars, regular, piled = _astuple(source)
    where = msgspec.msgpack.encode(piled) if piled else None
    return path, os.fsencode(file), size, mtime_ns, stamp, os.fsencode("\0".join(sidecars)), regular, where


def source_of(row: Sequence[Any]) -> Source:
    """The source that such a row holds."""
    path, file, size, mtime_ns, stamp, sidecars, regular, where = row
    beside = tuple(os.fsdecode(sidecars).split("\0")) if sidecars else ()
    piled = _PILED.decode(where) if where else None
    return Source(path, os.fsdecode(file), size, mtime_ns, stamp, beside, bool(regular), piled)


def _known(row: Sequence[Any]) -> Known:
    guid, path, state, first_seen, published, updated, digest, fingerprint, ranked, channels, expires, unseen = row
    return Known(
        guid=guid,
        path=path,
        state=state,
        first_seen=_moment(first_seen),
        published=_moment(published),
        updated=_moment(updated),
        digest=digest,
        fingerprint=fingerprint,
        ranked=_moment(ranked),
        channels=tuple(channels.split("\n")),
        expires=None if expires is None else _moment(expires),
        unseen=bool(unseen),
    )


def _astuple(value: Struct) -> tuple[Any, ...]:
    return msgspec.structs.astuple(value)


def _seconds(moment: datetime) -> int:
    return int(moment.replace(microsecond=0).timestamp())  # the last moment of 9999 would be rounded up


def _newest(known: Known) -> int:
    """Where an entry stands in its channels: what is new or was changed comes first."""
    return -_seconds(known.ranked)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
