"""What SQLite complains of, in words that help its user."""

from __future__ import annotations

import os
import re
import sqlite3

from feedpub.errors import DamagedLedger, LedgerError, Locked


def explained(error: Exception, path: str) -> Exception:
    """Turn what a user can mend into our errors; a mistake of ours in SQL stays what it is."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_BUSY"):
        return Locked(f"another build{_owner(path)} holds {path}", "try again when it has ended")
    if name == "SQLITE_READONLY_DBMOVED":  # between opening and locking it, as `ledger load` does
        return Locked(f"another command put {path} away while this one began", "try again")
    if name in ("SQLITE_READONLY_ROLLBACK", "SQLITE_READONLY_CANTLOCK"):
        return LedgerError(
            f"{path} is as a build left it that was killed, and may not be written", "look again after the next build"
        )
    if name in ("SQLITE_CORRUPT", "SQLITE_NOTADB") or "Could not decode" in str(error):
        return damaged(path, error)
    if isinstance(error, sqlite3.OperationalError) and name != "SQLITE_ERROR":
        return LedgerError(f"{path}: {error}", "check the disk's space and the file's permissions")
    return error


def damaged(path: str, why: object) -> DamagedLedger:
    """Say that the ledger is damaged, and what to do."""
    return DamagedLedger(
        f"{path} is damaged: {str(why).partition(' with text ')[0]}",  # SQLite would show the whole text
        "move it away and build again: ids and dates are taken back from the published feeds",
    )


def _owner(path: str) -> str:
    """Name the process that holds the lock, where the kernel tells (Linux)."""
    try:
        status = os.stat(path)
        device = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
        with open("/proc/locks", encoding="ascii") as locks:
            for line in locks:
                if found := re.search(rf"WRITE\s+(\d+) {re.escape(device)} ", line):
                    return f" (process {found[1]})"
    except OSError:
        pass
    return ""
