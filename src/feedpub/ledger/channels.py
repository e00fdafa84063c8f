"""Which entries each channel holds, newest first; the closed pages of its archive; what its subscribers saw last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from feedpub.ledger.database import Database
from feedpub.ledger.rows import astuple, moment, seconds
from feedpub.model import Exhibit, Known, Placed

_PLACED = "SELECT guid, published, updated, ranked, fingerprint, permalink, size, ifnull(slug, '')"
_OF_ENTRY = "JOIN entries USING (guid) LEFT JOIN addresses USING (guid)"
_FILED_IN = "instr(char(10) || channels || char(10), char(10) || ? || char(10))"  # names, one a line
_WITHDRAWN = "SELECT guid, withdrawn FROM entries WHERE state = 'withdrawn' AND withdrawn IS NOT NULL"
_PAGE = "SELECT page FROM membership WHERE channel = ? AND newest = ? AND guid = ?"
_LEAVE = "DELETE FROM membership WHERE channel = ? AND newest = ? AND guid = ?"
_TURN_TO = "UPDATE membership SET page = ? WHERE channel = ? AND guid = ?"
_AT_ITS_PLACE = "newest = -(SELECT ranked FROM entries WHERE guid = ?)"
_DROP = "DELETE FROM channels WHERE name = ?"
_MEMBER = "SELECT 1 FROM membership WHERE channel = ?"
_HELD = "SELECT 1 FROM entries WHERE state = 'held'"


class Channels:
    """Every channel there ever was, and its members."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._due: set[str] = set()
        self._open: set[str] = set()
        self._opened: set[str] = set()  # that no build before had opened

    def rolled_back(self) -> None:
        """Forget which channels were opened and made due."""
        self._due.clear()
        self._open.clear()
        self._opened.clear()

    def open(self, name: str, title: str) -> None:
        """Make a channel known, if it is not; its first title stays."""
        if name not in self._open:
            self._open.add(name)
            if self._db.execute("INSERT OR IGNORE INTO channels VALUES (?, ?, 1)", (name, title)).rowcount:
                self._opened.add(name)

    def close_unused(self) -> None:
        """Forget the channels that this build opened and that hold nothing after all."""
        for name in sorted(self._opened):
            self._db.execute(
                f"{_DROP} AND NOT EXISTS ({_MEMBER}) AND NOT EXISTS ({_HELD} AND {_FILED_IN})", (name, name, name)
            )

    def drop(self, names: Iterable[str]) -> None:
        """Forget channels."""
        for name in names:
            self._db.execute(_DROP, (name,))

    def all(self) -> list[tuple[str, str]]:
        """Give every channel there ever was, in order: name and title."""
        return self._db.execute("SELECT name, title FROM channels ORDER BY name").fetchall()

    def due(self) -> list[tuple[str, str]]:
        """Give the channels whose feeds may have to be written, in order: name and title."""
        return self._db.execute("SELECT name, title FROM channels WHERE due ORDER BY name").fetchall()

    def make_due(self, name: str) -> None:
        """Note that a channel's feeds may have to be written."""
        self._db.execute("UPDATE channels SET due = 1 WHERE name = ?", (name,))

    # ── members ──────────────────────────────────────────────────────────────────────────────────

    def join(self, known: Known, pages: Mapping[str, int | None]) -> None:
        """Put an entry into its channels: on the pages of their archives on which it is, else into the feeds."""
        for name in known.channels:
            row = (name, _newest(known), known.guid, pages.get(name))
            self._db.put("INSERT OR REPLACE INTO membership VALUES (?, ?, ?, ?)", row)
            self._touch(name)

    def leave(self, known: Known) -> dict[str, int | None]:
        """Take an entry out of its channels, and give the page that it was on in each."""
        pages = {}
        for name in known.channels:
            row = (name, _newest(known), known.guid)
            found = self._db.execute(_PAGE, row).fetchone()
            pages[name] = found[0] if found else None
            self._db.put(_LEAVE, row)
            self._touch(name)
        return pages

    def _touch(self, name: str) -> None:
        """Note that a channel's feeds may have to be written: once is enough."""
        if name not in self._due:
            self._due.add(name)
            self._db.put("UPDATE channels SET due = 1 WHERE name = ? AND due = 0", (name,))

    def newest(self, channel: str, *, everything: bool = True) -> Iterator[Placed]:
        """Give a channel's entries, what is new or was changed first, then by guid; stop asking when there are enough.

        Without `everything`, only those that are on no page of its archive.
        """
        where = "channel = ?" if everything else "channel = ? AND page IS NULL"
        for row in self._db.execute(
            f"{_PLACED} FROM membership {_OF_ENTRY} WHERE {where} ORDER BY newest, guid", (channel,)
        ):
            yield Placed(*row)

    def is_in_feed(self, known: Known, channel: str) -> bool:
        """Tell whether an entry stands in a channel's feed, and not on a closed page of its archive alone."""
        row = self._db.execute(_PAGE, (channel, _newest(known), known.guid)).fetchone()
        return bool(row == (None,))

    def count(self, channel: str) -> int:
        """Count a channel's entries."""
        return int(self._db.execute("SELECT count(*) FROM membership WHERE channel = ?", (channel,)).fetchone()[0])

    def holds(self, channel: str, number: int) -> bool:
        """Tell whether a channel has at least so many entries."""
        rows = self._db.execute(f"{_MEMBER} LIMIT ?", (channel, number))
        return len(rows.fetchall()) == number

    def withdrawn(self, channel: str, *, most: int) -> list[tuple[str, datetime]]:
        """Give the entries that a channel lost, the last first: guid, and when it was withdrawn."""
        rows = self._db.execute(f"{_WITHDRAWN} AND {_FILED_IN} ORDER BY withdrawn DESC, guid LIMIT ?", (channel, most))
        return [(guid, moment(withdrawn)) for guid, withdrawn in rows]


class Archives:
    """The pages of channels' archives: once closed, a page keeps its entries."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def last_page(self, channel: str) -> int:
        """Give the number of the newest page of a channel's archive, 0 without any."""
        rows = self._db.execute("SELECT ifnull(max(number), 0) FROM pages WHERE channel = ?", (channel,))
        return int(rows.fetchone()[0])

    def close(self, channel: str, number: int, guids: Iterable[str], *, following: int) -> None:
        """Close a page of a channel's archive: it holds these entries for ever, and the feed itself need not."""
        self.restore(channel, number, following, due=True)
        for guid in guids:
            self.restore_entry(channel, number, guid)
            self._db.put(f"{_TURN_TO} AND {_AT_ITS_PLACE}", (number, channel, guid, guid))

    def reopen(self, channel: str, guid: str) -> None:
        """Note that a channel's feed itself holds an entry again, though a closed page of its archive does."""
        self._db.execute(f"{_TURN_TO} AND {_AT_ITS_PLACE}", (None, channel, guid, guid))

    def restore(self, channel: str, number: int, following: int, *, due: bool) -> None:
        """Remember a closed page of an archive, as it once was."""
        self._db.put("INSERT INTO pages VALUES (?, ?, ?, ?)", (channel, number, following, due))

    def restore_entry(self, channel: str, number: int, guid: str) -> None:
        """Put an entry on a closed page of an archive, as it once was."""
        self._db.put("INSERT OR IGNORE INTO archive VALUES (?, ?, ?)", (channel, number, guid))

    def pages(self, *, due: bool) -> list[tuple[str, int, int]]:
        """Give pages of archives: channel, number, and the number of the page that was closed with it and follows.

        All of them, or those alone whose files may have to be written.
        """
        rows = self._db.execute(
            "SELECT channel, number, following FROM pages WHERE due OR NOT ? ORDER BY channel, number", (due,)
        )
        return rows.fetchall()

    def on_page(self, channel: str, number: int) -> list[Placed]:
        """Give the entries that a page of an archive holds: those that it was closed with and that live."""
        rows = self._db.execute(
            f"{_PLACED} FROM archive {_OF_ENTRY} WHERE channel = ? AND number = ? AND state = 'live'", (channel, number)
        )
        return [Placed(*row) for row in rows]

    def make_due(self, channel: str, number: int) -> None:
        """Note that the files of a page may have to be written."""
        self._db.execute("UPDATE pages SET due = 1 WHERE channel = ? AND number = ?", (channel, number))

    def make_due_with(self, guid: str) -> None:
        """Note that the files of the pages that hold an entry may have to be written."""
        self._db.execute(
            "UPDATE pages SET due = 1 WHERE (channel, number) IN (SELECT channel, number FROM archive WHERE guid = ?)",
            (guid,),
        )


class Shown:
    """What each channel's feed showed its subscribers last."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def by(self, channel: str) -> dict[str, Exhibit]:
        """Give what a channel's feed showed last, by guid."""
        rows = self._db.execute(
            "SELECT guid, title, link, published, fingerprint, size FROM shown WHERE channel = ?", (channel,)
        )
        return {row[0]: Exhibit(*row) for row in rows}

    def replace(self, channel: str, exhibits: Iterable[Exhibit]) -> None:
        """Remember what a channel's feed shows."""
        self._db.execute("DELETE FROM shown WHERE channel = ?", (channel,))
        for exhibit in exhibits:
            self.add(channel, exhibit)

    def add(self, channel: str, exhibit: Exhibit) -> None:
        """Remember that a channel's feed shows one more entry."""
        self._db.put("INSERT INTO shown VALUES (?, ?, ?, ?, ?, ?, ?)", (channel, *astuple(exhibit)))


def _newest(known: Known) -> int:
    """Where an entry stands in its channels: what is new or was changed comes first."""
    return -seconds(known.ranked)
