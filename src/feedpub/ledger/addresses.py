"""Where the pages of articles are: addresses that were given once, and pages that may have to be written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from feedpub.ledger.database import Database
from feedpub.ledger.rows import moment
from feedpub.model import Precision, State

_LEAVES = (
    "SELECT guid, slug, state, published, updated, fingerprint, permalink,"
    " CASE state WHEN 'withdrawn' THEN withdrawn WHEN 'expired' THEN expires END"
    " FROM addresses JOIN entries USING (guid) WHERE slug IS NOT NULL AND state <> 'held'"
)


class Address(Struct, frozen=True):
    """Where the page of an article is, and how exactly its date is shown: as both were first published."""

    slug: str | None = None  # None until it needs a page
    precision: Precision | None = None  # None until it is shown
    offset: int = 0  # minutes east of UTC


class Leaf(Struct, frozen=True):
    """The page of an article that may have to be written: which, and all that it depends on. Times in seconds."""

    guid: str
    slug: str
    state: State
    published: int
    updated: int
    fingerprint: str
    permalink: str | None
    left: int | None  # when it was withdrawn, or expired

    @property
    def left_at(self) -> datetime | None:
        """When it was withdrawn, or expired."""
        return None if self.left is None else moment(self.left)


class Addresses:
    """The address of every entry that needs a page."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def unsettled(self, *, everything: bool) -> list[str]:
        """Give the entries that were never shown on a page, or need one of their own; by their dates, then guids.

        Without `everything`, those alone need one that have no address.
        """
        rows = self._db.execute(
            "SELECT guid FROM addresses JOIN entries USING (guid) WHERE due AND state = 'live'"
            " AND (precision IS NULL OR slug IS NULL AND (permalink IS NULL OR ?)) ORDER BY published, guid",
            (everything,),
        )
        return [guid for (guid,) in rows]

    def settle(self, guid: str, address: Address) -> None:
        """Remember where the page of an entry is from now on, and how exactly its date is shown."""
        self._db.put(
            "UPDATE addresses SET slug = ?, precision = ?, offset = ? WHERE guid = ?",
            (address.slug, address.precision, address.offset, guid),
        )

    def restore(self, guid: str, address: Address) -> None:
        """Remember where the page of an entry was, and that it may have to be written."""
        self._db.put(
            "INSERT INTO addresses VALUES (?, ?, ?, ?, 1)", (guid, address.slug, address.precision, address.offset)
        )

    def is_taken(self, slug: str) -> bool:
        """Tell whether an entry has a page of this name, or once had."""
        return self._db.execute("SELECT 1 FROM addresses WHERE slug = ?", (slug,)).fetchone() is not None

    def of(self, guid: str) -> Address:
        """Give where the page of an entry is."""
        row = self._db.execute("SELECT slug, precision, offset FROM addresses WHERE guid = ?", (guid,)).fetchone()
        return Address(*row) if row else Address()

    def slugs(self) -> Iterator[str]:
        """Give the names of all pages."""
        for (slug,) in self._db.execute("SELECT slug FROM addresses WHERE slug IS NOT NULL"):
            yield slug

    def make_due(self, guid: str) -> None:
        """Note that the page of an entry may have to be written."""
        self._db.put(
            "INSERT INTO addresses VALUES (?, NULL, NULL, 0, 1) ON CONFLICT (guid) DO UPDATE SET due = 1", (guid,)
        )

    def is_any_due(self) -> bool:
        """Tell whether the page of any article may have to be written."""
        return self._db.execute("SELECT 1 FROM addresses WHERE due LIMIT 1").fetchone() is not None

    def due(self) -> Iterator[Leaf]:
        """Give the pages that may have to be written, in the order of their guids."""
        for row in self._db.execute(f"{_LEAVES} AND due ORDER BY guid"):
            yield Leaf(*row)

    def at(self, slug: str) -> Leaf | None:
        """Give the page of that name."""
        row = self._db.execute(f"{_LEAVES} AND slug = ?", (slug,)).fetchone()
        return Leaf(*row) if row else None
