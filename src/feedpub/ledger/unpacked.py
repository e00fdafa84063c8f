"""What files that hold many articles were found to hold, laid out while a build runs, and what of it is different."""

from __future__ import annotations

from collections.abc import Iterator

from feedpub.ledger.database import Database
from feedpub.ledger.sources import row_of, source_of
from feedpub.model import Source

_UNPACKED = (
    "SELECT unpacked.path, file, unpacked.size, unpacked.mtime_ns, unpacked.stamp, sidecars, regular, piled"
    " FROM unpacked"
)


class Unpacked:
    """The articles of files that hold many. `pile`: the path of such a file."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def lay_out(self, source: Source, pile: str) -> None:
        """Note an article that a file holds, as the file is unpacked. They come in their order."""
        self._db.put("INSERT INTO unpacked VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row_of(source), pile))

    def tell_apart(self, pile: str) -> None:
        """Give the articles of one name in a file that is laid out numbers behind their names."""
        self._db.execute(
            "UPDATE unpacked SET path = unpacked.path || '~' || told.number FROM ("
            " SELECT rowid AS place, row_number() OVER (PARTITION BY path ORDER BY rowid) AS number"
            " FROM unpacked WHERE pile = ?"
            ") AS told WHERE unpacked.rowid = told.place AND told.number > 1",
            (pile,),
        )

    def put_away(self, pile: str) -> None:
        """Forget what a file was found to hold."""
        self._db.execute("DELETE FROM unpacked WHERE pile = ?", (pile,))

    def await_different(self, pile: str) -> None:
        """Note those articles of a file that is laid out that have to be read: those that are not as they were."""
        self._db.execute(
            f"INSERT OR REPLACE INTO pending {_UNPACKED} LEFT JOIN sources USING (path) WHERE pile = ? AND"
            " (sources.path IS NULL OR sources.stamp <> unpacked.stamp OR sources.mtime_ns < 0"
            " OR instr(unpacked.stamp, ':-1') > 0)",  # a sidecar that may still change
            (pile,),
        )

    def reached_before(self, pile: str) -> tuple[str, str] | None:
        """Give how far a file was read in which nothing was wrong, and its stamp; None where all has to be read."""
        row: tuple[str, str] | None = self._db.execute(
            "SELECT digest, stamp FROM sources WHERE path = ? AND standing = 'pile' AND told = '' AND digest <> ''"
            " AND NOT EXISTS (SELECT 1 FROM sources WHERE path > ? AND path < ? AND mtime_ns < 0)",
            (pile, pile, _end_of(pile)),
        ).fetchone()
        return row

    def holds_known(self, pile: str) -> bool:
        """Tell whether any article of a file that is laid out has the name of one that it is remembered to hold."""
        rows = self._db.execute("SELECT 1 FROM unpacked JOIN sources USING (path) WHERE pile = ? LIMIT 1", (pile,))
        return rows.fetchone() is not None

    def mark_missing(self, pile: str) -> None:
        """Note those articles of a file as no longer there that are not laid out."""
        self._db.execute(
            "INSERT OR IGNORE INTO gone SELECT path FROM sources WHERE path > ? AND path < ?"
            " AND path NOT IN (SELECT path FROM unpacked WHERE pile = ?)",
            (pile, _end_of(pile), pile),
        )

    def count_remembered(self, pile: str) -> int:
        """Count the articles that a file is remembered to hold."""
        rows = self._db.execute("SELECT count(*) FROM sources WHERE path > ? AND path < ?", (pile, _end_of(pile)))
        return int(rows.fetchone()[0])

    def count(self, pile: str) -> int:
        """Count the articles that a file holds now: those it is remembered to hold and those that are new."""
        within = (pile, _end_of(pile))
        (new,) = self._db.execute(
            "SELECT count(*) FROM pending LEFT JOIN sources USING (path)"
            " WHERE pending.path > ? AND pending.path < ? AND sources.path IS NULL",
            within,
        ).fetchone()
        (gone,) = self._db.execute("SELECT count(*) FROM gone WHERE path > ? AND path < ?", within).fetchone()
        return self.count_remembered(pile) + int(new) - int(gone)

    def at(self, path: str) -> Source | None:
        """Give the source at this path if its file is laid out."""
        row = self._db.execute(f"{_UNPACKED} WHERE path = ?", (path,)).fetchone()
        return source_of(row) if row else None

    def of(self, pile: str) -> Iterator[Source]:
        """Give the articles of a file that is laid out, in their order."""
        for row in self._db.execute(f"{_UNPACKED} WHERE pile = ? ORDER BY unpacked.rowid", (pile,)):
            yield source_of(row)

    def pile_of(self, path: str) -> str | None:
        """Give the path of the file that holds the article at this path, if it is one of many."""
        for end in (at + 1 for at, char in enumerate(path) if char == "/"):
            rows = self._db.execute("SELECT 1 FROM sources WHERE path = ? AND standing = 'pile'", (path[:end],))
            if rows.fetchone():
                return path[:end]
        return None


def _end_of(pile: str) -> str:
    """The first path that sorts after all that lies below one."""
    return pile[:-1] + chr(ord("/") + 1)
