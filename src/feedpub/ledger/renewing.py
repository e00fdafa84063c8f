"""Put a new ledger in the place of none, or of another one, which is kept beside it.

The new one is filled under another name, and takes its place in one step when it is whole and durable: killed at any
moment, there is the old ledger or the new one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from feedpub.errors import DamagedLedger, LedgerError, LedgerExists
from feedpub.ledger.files import make_room
from feedpub.ledger.memory import Ledger

_STAGED = ".new"
_KEPT = ".old"
_BESIDE = ("-journal", "-wal")  # what SQLite may have left beside a database: it belongs to that one alone


def renew(path: str, fill: Callable[[Ledger], None], *, replace: bool) -> str | None:
    """Make a new ledger, have it filled, and put it at `path`. Give where the one that lay there is kept, if any did.

    Raises `LedgerExists` when one is there that may not be replaced, `Locked` when a build holds it, and `LedgerError`
    when it is not ours to replace. Whatever `fill` raises leaves everything as it was.
    """
    path = os.path.realpath(path)
    with _held(path, replace=replace):
        make_room(path)
        staged = _staged(path + _STAGED)
        try:
            with staged:
                staged.begin()
                fill(staged)
                staged.commit()
            return _take_place(staged.path, path, replace=replace)
        except OSError as error:
            raise LedgerError(
                f"{error.filename or path}: {error.strerror}", "check the disk and its permissions"
            ) from None
        finally:
            _discard(staged.path)


def require_room(path: str, *, replace: bool) -> None:
    """Raise `LedgerExists` when a ledger lies here that may not be replaced."""
    if os.path.lexists(path) and not replace:
        raise LedgerExists(f"there is a ledger already: {path}", "replace it with --replace, which keeps it beside")


@contextmanager
def _held(path: str, *, replace: bool) -> Iterator[None]:
    """Keep builds out of the ledger that is there. A damaged one can't be held, and nobody builds with it."""
    require_room(path, replace=replace)
    held = None
    if os.path.exists(path) and os.path.getsize(path):
        with suppress(DamagedLedger):
            held = Ledger.hold(path)
    try:
        yield
    finally:
        if held:
            held.close()


def _staged(path: str) -> Ledger:
    """Open a new ledger. What a process that was killed left under its name goes, unless it is still at work."""
    if os.path.exists(path):
        with suppress(DamagedLedger):
            Ledger.open(path).close()
        _discard(path)
    try:
        return Ledger.open(path)
    except LedgerError:
        _discard(path)
        raise


def _discard(path: str) -> None:
    for end in ("", *_BESIDE):
        with suppress(FileNotFoundError):
            os.unlink(path + end)


def _take_place(staged: str, path: str, *, replace: bool) -> str | None:
    """Put the new ledger at its place, in one step where the file system knows links."""
    kept = None
    if replace and os.path.lexists(path):
        kept = _free_name(path)
        for end in _BESIDE:
            if os.path.exists(path + end):
                os.replace(path + end, kept + end)
        try:
            os.link(path, kept, follow_symlinks=False)
        except OSError:
            os.replace(path, kept)
    require_room(path, replace=replace)
    os.replace(staged, path)
    _sync(os.path.dirname(path))
    return kept


def _free_name(path: str) -> str:
    number = 1
    while os.path.lexists(name := f"{path}{_KEPT}-{number}"):
        number += 1
    return name


def _sync(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
