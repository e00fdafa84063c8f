"""What the ledger remembers, and what can happen to an entry: each of these touches several tables at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from msgspec.structs import replace

from feedpub.ledger.addresses import Address, Addresses
from feedpub.ledger.artefacts import Artefacts
from feedpub.ledger.articles import Articles, Sketches
from feedpub.ledger.channels import Archives, Channels, Shown
from feedpub.ledger.database import Database
from feedpub.ledger.entries import Entries, Histories, Keys
from feedpub.ledger.files import discard_if_empty, exists, is_empty, is_writable, make_room
from feedpub.ledger.sources import Pending, Sources
from feedpub.ledger.trouble import explained
from feedpub.ledger.unpacked import Unpacked
from feedpub.model import Entry, Known, State

UNREAD = "unread"  # the setting that stands while no build has read the articles of a ledger made of text or feeds


class Ledger:
    """An open ledger, held by this process alone until it is closed. Each of its parts is asked about one thing.

    Raises `Locked` when another process holds it, `LedgerError` when it can't be read or is of a newer feedpub.
    """

    def __init__(self, db: Database) -> None:
        """Take an open database; the class methods make one."""
        self._db = db
        self.sources = Sources(db)
        self.pending = Pending(db)
        self.unpacked = Unpacked(db)
        self.entries = Entries(db)
        self.keys = Keys(db)
        self.histories = Histories(db)
        self.articles = Articles(db)
        self.sketches = Sketches(db)
        self.addresses = Addresses(db)
        self.channels = Channels(db)
        self.archives = Archives(db)
        self.shown = Shown(db)
        self.artefacts = Artefacts(db)

    @classmethod
    def open(cls, path: str | None) -> Self:
        """Open the ledger at `path`, or one in memory that is forgotten on closing (None)."""
        return cls(Database.open(path))

    @classmethod
    @contextmanager
    def make(cls, path: str) -> Iterator[Self]:
        """Open the ledger at `path`, or a new one, which is removed again when it could not be filled."""
        if exists(path):
            with cls.open(path) as ledger:
                yield ledger
            return
        make_room(path)
        with cls.open(path) as ledger:
            try:
                yield ledger
            except BaseException:
                ledger.close()
                discard_if_empty(path)
                raise

    @classmethod
    def rehearse(cls, path: str) -> Self:
        """Open the ledger at `path`, or one in memory when there is none, to see what would be remembered.

        Where it may only be read, or is of an older feedpub, a copy is opened.
        """
        if is_empty(path):
            return cls.open(None)
        held = Database.hold(path)
        if held.is_current() and is_writable(path):
            held.close()
            return cls.open(path)
        return cls(held.copied())

    @classmethod
    @contextmanager
    def glance(cls, path: str) -> Iterator[Self | None]:
        """Open a ledger to look something up, holding no lock; None when there is none, or a build is at work on it."""
        with Database.glance(path) as db:
            yield cls(db) if db else None

    @classmethod
    def hold(cls, path: str) -> Self:
        """Open a ledger that is there, of any version up to ours, so that no build can start until it is closed."""
        return cls(Database.hold(path))

    @classmethod
    def read(cls, path: str) -> Self:
        """Open a ledger that is there to look at it alone. One of an older feedpub is brought up to date in a copy."""
        return cls(Database.hold(path).brought_up_to_date())

    @property
    def path(self) -> str:
        """Where the ledger lies."""
        return self._db.path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
        if isinstance(error, sqlite3.DatabaseError):  # met while rows were fetched
            raise explained(error, self.path) from None

    def close(self) -> None:
        """Let the ledger go; what was not committed is forgotten."""
        self._db.close()

    def begin(self) -> None:
        """Start to remember: nothing is kept until `commit`."""
        self._db.begin()

    def commit(self) -> None:
        """Keep what was remembered since `begin`, durably."""
        self._db.commit()

    def rollback(self) -> None:
        """Forget what was remembered since `begin`."""
        self.channels.rolled_back()
        self._db.rollback()

    def ask(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Ask in SQL, for the modules of this package alone."""
        return self._db.execute(statement, values)

    # ── settings ─────────────────────────────────────────────────────────────────────────────────

    def setting(self, name: str) -> str | None:
        """Give a remembered setting: the site's id, or the mark of the settings that ruled the last build."""
        row = self._db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set(self, name: str, value: str) -> None:
        """Remember a setting."""
        self._db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def mark_unread(self) -> None:
        """Note that what is remembered was made of text or feeds: the next build has to read every article."""
        self.set(UNREAD, "yes")

    def is_unread(self) -> bool:
        """Tell whether no build has read the articles yet since the ledger was made of text or feeds."""
        return self.setting(UNREAD) is not None

    def mark_read(self) -> None:
        """Note that every article was read, so that any entry may turn out to have lost its source."""
        self.entries.doubt_all()
        self._db.execute("DELETE FROM settings WHERE name = ?", (UNREAD,))

    # ── the life of an entry ─────────────────────────────────────────────────────────────────────

    def remember(self, known: Known, entry: Entry, body: str, *, size: int, before: Known | None) -> None:
        """Remember an entry as it now stands; `before` is how it stood, `size` what its body takes in XML."""
        pages = self._leave(before) if before else {}
        self.entries.put(known, permalink=entry.permalink, body_digest=entry.body_digest, size=size)
        self.articles.put(known.guid, entry.metadata, body)
        self.addresses.make_due(known.guid)
        if known.state == "live":
            self.channels.join(known, pages if before and before.ranked == known.ranked else {})
        elif pages:
            self.archives.make_due_with(known.guid)

    def rank(self, known: Known, ranked: datetime) -> None:
        """Give an entry another place among the newest."""
        pages = self._leave(known)
        self.entries.rank(known.guid, ranked)
        self._rejoin(replace(known, ranked=ranked), pages)

    def refile(self, known: Known, channels: tuple[str, ...]) -> None:
        """Put an entry into other channels."""
        pages = self._leave(known)
        self.entries.file(known.guid, channels)
        self._rejoin(replace(known, channels=channels), pages)

    def retire(self, known: Known, state: State, *, now: datetime) -> None:
        """Take an entry out of the feeds: withdrawn or expired. Its guid and dates stay."""
        if known.state == "live":
            self._leave(known)
            self.archives.make_due_with(known.guid)
        self.addresses.make_due(known.guid)
        is_loss = state == "withdrawn" and known.state == "live"
        self.entries.retire(known.guid, state, withdrawn=now if is_loss else None)

    def release(self, known: Known) -> None:
        """Put an entry that was held into the feeds."""
        self.entries.release(known.guid)
        self.addresses.make_due(known.guid)
        self.channels.join(known, {})

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
            self._db.execute(statement, (known.guid,))
        for key in keys:
            self.keys.unname(key, known.guid)
        self.sources.hand_over(known.guid, into)

    def _leave(self, known: Known) -> dict[str, int | None]:
        """Take an entry out of its channels if it is in them, and give the page of each archive that it was on."""
        return self.channels.leave(known) if known.state == "live" else {}

    def _rejoin(self, known: Known, pages: Mapping[str, int | None]) -> None:
        if known.state == "live":
            self.channels.join(known, pages)

    # ── entries that this ledger did not see come ────────────────────────────────────────────────

    def adopt(self, former: Known, keys: Iterable[str]) -> None:
        """Remember an entry that another program published, which has no article yet and stands in no feed."""
        self.articles.forget(former.guid)
        self.entries.put(former)
        self.keys.name(keys, former.guid)

    def take_back(
        self,
        known: Known,
        body_digest: str | None,
        keys: Iterable[str],
        *,
        title: str = "",
        slug: str | None = None,
        body: str = "",
    ) -> None:
        """Remember an entry that was found in a published feed; it has no source until an article claims it."""
        self.entries.add(known, body_digest)
        self.articles.entitle(known.guid, title, body)
        self.addresses.restore(known.guid, Address(slug))
        self.channels.join(known, {})
        self.keys.name(keys, known.guid)
        self.entries.doubt(known.guid)

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
        self.entries.put(known, permalink=permalink, body_digest=body_digest, withdrawn=withdrawn)
        self.addresses.restore(known.guid, address)
        self._rejoin(known, pages)

    # ── what is due ──────────────────────────────────────────────────────────────────────────────

    def make_all_due(self) -> None:
        """Note that the feeds of all channels, their archives, and all pages may have to be written."""
        self._db.execute("UPDATE channels SET due = 1 WHERE due = 0")
        self._db.execute("UPDATE pages SET due = 1 WHERE due = 0")
        self._db.execute("UPDATE addresses SET due = 1 WHERE due = 0")

    def nothing_due(self) -> None:
        """Remember that every channel's feeds and all pages are current."""
        self._db.execute("UPDATE channels SET due = 0 WHERE due = 1")
        self._db.execute("UPDATE pages SET due = 0 WHERE due = 1")
        self._db.execute("UPDATE addresses SET due = 0 WHERE due = 1")
