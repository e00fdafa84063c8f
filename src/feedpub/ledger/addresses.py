"""Where the pages of articles are: addresses that were given once, and pages that may have to be written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from msgspec import Struct

from feedpub.ledger.memory import Address, Ledger
from feedpub.model import State


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


_LEAVES = (
    "SELECT guid, slug, state, published, updated, fingerprint, permalink,"
    " CASE state WHEN 'withdrawn' THEN withdrawn WHEN 'expired' THEN expires END"
    " FROM addresses JOIN entries USING (guid) WHERE slug IS NOT NULL AND state <> 'held'"
)


def unsettled(ledger: Ledger, *, everything: bool) -> list[str]:
    """Give the entries that were never shown on a page, or need one of their own; by their dates, then guids.

    Without `everything`, those alone need one that have no address.
    """
    rows = ledger.ask(
        "SELECT guid FROM addresses JOIN entries USING (guid) WHERE due AND state = 'live'"
        " AND (precision IS NULL OR slug IS NULL AND (permalink IS NULL OR ?)) ORDER BY published, guid",
        (everything,),
    )
    return [guid for (guid,) in rows]


def settle(ledger: Ledger, guid: str, address: Address) -> None:
    """Remember where the page of an entry is from now on, and how exactly its date is shown."""
    ledger.put(
        "UPDATE addresses SET slug = ?, precision = ?, offset = ? WHERE guid = ?",
        (address.slug, address.precision, address.offset, guid),
    )


def is_taken(ledger: Ledger, slug: str) -> bool:
    """Tell whether an entry has a page of this name, or once had."""
    return ledger.ask("SELECT 1 FROM addresses WHERE slug = ?", (slug,)).fetchone() is not None


def address_of(ledger: Ledger, guid: str) -> Address:
    """Give where the page of an entry is."""
    row = ledger.ask("SELECT slug, precision, offset FROM addresses WHERE guid = ?", (guid,)).fetchone()
    return Address(*row) if row else Address()


def is_any_due(ledger: Ledger) -> bool:
    """Tell whether the page of any article may have to be written."""
    return ledger.ask("SELECT 1 FROM addresses WHERE due LIMIT 1").fetchone() is not None


def due(ledger: Ledger) -> Iterator[Leaf]:
    """Give the pages that may have to be written, in the order of their guids."""
    for row in ledger.ask(f"{_LEAVES} AND due ORDER BY guid"):
        yield Leaf(*row)


def at(ledger: Ledger, slug: str) -> Leaf | None:
    """Give the page of that name."""
    row = ledger.ask(f"{_LEAVES} AND slug = ?", (slug,)).fetchone()
    return Leaf(*row) if row else None


def slugs(ledger: Ledger) -> Iterator[str]:
    """Give the names of all pages."""
    for (slug,) in ledger.ask("SELECT slug FROM addresses WHERE slug IS NOT NULL"):
        yield slug


def left(leaf: Leaf) -> datetime | None:
    """Give when an entry was withdrawn, or expired."""
    return None if leaf.left is None else datetime.fromtimestamp(leaf.left, UTC)
