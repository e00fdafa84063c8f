"""What was last read of entries: their metadata and bodies, and the marks by which near copies of them are found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from feedpub.ledger.database import Database
from feedpub.ledger.rows import in_parts, marks, moment
from feedpub.ledger.trouble import damaged
from feedpub.model import Entry, Metadata

_ENTRY = (
    "SELECT guid, permalink, published, updated, fingerprint, digest, body_digest, metadata, slug, precision, offset"
    " FROM entries JOIN articles USING (guid) LEFT JOIN addresses USING (guid)"
)
_BEARERS = "SELECT mark, entry FROM sketches"
_METADATA = msgspec.msgpack.Decoder(Metadata)
_HALF = 1 << 31
_OURS = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f-]{27}")


class Articles:
    """The text of every entry. A body is fetched alone: it can be large."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, guid: str, metadata: Metadata, body: str) -> None:
        """Remember what was read of an entry."""
        self._db.put("INSERT OR REPLACE INTO articles VALUES (?, ?, ?)", (guid, _encoded(metadata), body))

    def entitle(self, guid: str, title: str, body: str = "") -> None:
        """Remember the title of an entry whose article has to be read again, and its body if that is known."""
        self._db.put("INSERT OR IGNORE INTO articles VALUES (?, ?, ?)", (guid, _encoded(Metadata(title)), body))

    def forget(self, guid: str) -> None:
        """Forget what was read of an entry."""
        self._db.execute("DELETE FROM articles WHERE guid = ?", (guid,))

    def entry(self, guid: str) -> Entry:
        """Give an entry with its metadata."""
        return self._entry(self._db.execute(f"{_ENTRY} WHERE guid = ?", (guid,)).fetchone())

    def title(self, guid: str) -> str | None:
        """Give the title under which an entry was last read, None when it was read by no build."""
        row = self._db.execute("SELECT metadata FROM articles WHERE guid = ?", (guid,)).fetchone()
        return self._decoded(row[0]).title if row else None

    def body(self, guid: str) -> str:
        """Give an entry's body, an HTML fragment; nothing when it was read by no build."""
        row = self._db.execute("SELECT body FROM articles WHERE guid = ?", (guid,)).fetchone()
        return str(row[0]) if row else ""

    def with_number(self, number: int | str) -> list[Entry]:
        """Give the entries with a number, mostly one."""
        if isinstance(number, str):
            return [self.entry(number)] if self.title(number) is not None else []
        start = f"urn:uuid:{number + _HALF:08x}"
        rows = self._db.execute(f"{_ENTRY} WHERE guid BETWEEN ? AND ?", (f"{start}-", f"{start}-~")).fetchall()
        return [self._entry(row) for row in rows]

    def _entry(self, row: Sequence[Any]) -> Entry:
        guid, permalink, published, updated, fingerprint, digest, body_digest, metadata, slug, precision, offset = row
        return Entry(
            guid=guid,
            permalink=permalink,
            published=moment(published),
            updated=moment(updated),
            fingerprint=fingerprint,
            digest=digest,
            body_digest=body_digest,
            metadata=self._decoded(metadata),
            slug=slug or "",
            precision=precision or "minute",
            offset=offset or 0,
        )

    def _decoded(self, metadata: bytes) -> Metadata:
        try:
            return _METADATA.decode(metadata)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise damaged(self._db.path, error) from None


class Sketches:
    """The marks of texts, and the numbers of the entries that bear them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, guid: str, those: Iterable[int]) -> None:
        """Remember marks of an entry's text."""
        number = numbered(guid)
        for mark in those:
            self._db.put("INSERT OR IGNORE INTO sketches VALUES (?, ?)", (mark, number))

    def remove(self, guid: str, those: Iterable[int]) -> None:
        """Forget marks that an entry's text no longer has."""
        number = numbered(guid)
        for mark in those:
            self._db.put("DELETE FROM sketches WHERE mark = ? AND entry = ?", (mark, number))

    def clear(self) -> None:
        """Forget the marks of all texts."""
        self._db.execute("DELETE FROM sketches")

    def bearers(self, those: Sequence[int]) -> dict[int, list[int | str]]:
        """Give the numbers of the entries whose texts have these marks, by mark."""
        found: dict[int, list[int | str]] = {}
        for some in in_parts(those):
            for mark, entry in self._db.execute(f"{_BEARERS} WHERE mark IN {marks(some)}", some):
                found.setdefault(mark, []).append(entry)
        return found


def numbered(guid: str) -> int | str:
    """Give the number by which an entry's marks are remembered: four bytes, with their sign, of its guid.

    A guid that is taken over from another program may be none of ours, and stands for itself.
    """
    return int(guid[9:17], 16) - _HALF if _OURS.fullmatch(guid) else guid


def _encoded(metadata: Metadata) -> bytes:
    return msgspec.msgpack.encode(metadata)
