"""The ledger as a file: whether it is there, may come to be, or was made in vain."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from feedpub.errors import LedgerError


def exists(path: str) -> bool:
    """Tell whether there is a ledger at this path."""
    return Path(path).exists()


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
