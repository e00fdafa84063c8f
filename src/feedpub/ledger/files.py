"""The ledger as a file: whether it is there, may come to be, or was made in vain."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from feedpub.errors import ConfigError, ForeignFile, LedgerError

HEAD_OF_DUMP = b'{"is":"ledger"'


def exists(path: str) -> bool:
    """Tell whether there is a ledger at this path."""
    return Path(path).exists()


def is_empty(path: str) -> bool:
    """Tell whether there is no ledger at this path, or one into which nothing was written yet."""
    return not exists(path) or not os.path.getsize(path)


def is_writable(path: str) -> bool:
    """Tell whether a ledger may be written: the file, and the folder that SQLite needs for its journal."""
    return os.access(path, os.W_OK) and os.access(os.path.dirname(os.path.realpath(path)), os.W_OK | os.X_OK)


def make_room(path: str) -> None:
    """Make the folder in which a new ledger will lie. Raises `LedgerError` when it can't be made."""
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    except OSError as error:
        hint = "name another output folder with -o, or another place with --ledger"
        raise LedgerError(f"no folder for {path} can be made: {error.filename}: {error.strerror}", hint) from None


def discard_if_empty(path: str) -> None:
    """Remove a ledger that was made in vain: it remembers nothing."""
    with suppress(OSError, sqlite3.DatabaseError):
        db = sqlite3.connect(path)
        (entries,) = db.execute("SELECT count(*) FROM sources").fetchone()
        db.close()
        if not entries:
            os.unlink(path)


def write_dump(path: str, lines: Iterable[str]) -> None:
    """Write a dump whole or not at all; one that says the same already is left as it is.

    Raises `ForeignFile` when another file lies there, `ConfigError` when the file can't be written.
    """
    data = "".join(f"{line}\n" for line in lines).encode()
    try:
        if os.path.exists(path) and not os.path.isfile(path):  # a pipe, or a terminal
            Path(path).write_bytes(data)
        else:
            _replace(Path(path).resolve(), data)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}", "name another file with -o") from None


def _replace(place: Path, data: bytes) -> None:
    before = place.read_bytes() if place.exists() else b""
    if before and not before.startswith(HEAD_OF_DUMP):
        raise ForeignFile(f"{place} is no dump of a ledger", "name another file with -o, or move it away")
    if before == data:
        return
    staged = place.with_name(f"{place.name}.new")
    try:
        with staged.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(place)
    finally:
        staged.unlink(missing_ok=True)
