"""Where files are unpacked to while a build runs, and nothing of it afterwards.

A build that is killed can remove nothing. So each folder holds a lock that the kernel frees when its process ends, in
any way, and whoever needs such a folder next removes those whose lock is free.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from shutil import rmtree

PREFIX = "feedpub-"
LOCK = ".lock"

Spool = Callable[[], str]
"""Gives the folder into which files are unpacked."""


@contextmanager
def spooling() -> Iterator[Spool]:
    """Give a folder for what files are unpacked to: made when it is first asked for, and removed in the end."""
    with ExitStack() as stack:
        yield cache(lambda: stack.enter_context(_folder()))


@contextmanager
def _folder() -> Iterator[str]:
    """A folder of our own, below that for temporary files."""
    _sweep(tempfile.gettempdir())
    place = tempfile.mkdtemp(prefix=PREFIX)
    lock = os.open(os.path.join(place, LOCK), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.write(lock, b"in use while it is locked\n")  # until now, nobody takes it for left
        yield place
    finally:
        rmtree(place, ignore_errors=True)
        os.close(lock)


def _sweep(place: str) -> None:
    """Remove the folders that were left by processes of ours that are no more."""
    with suppress(OSError), os.scandir(place) as listing:
        for entry in listing:
            if entry.name.startswith(PREFIX) and entry.is_dir(follow_symlinks=False):
                _remove_if_left(entry)


def _remove_if_left(entry: os.DirEntry[str]) -> None:
    with suppress(OSError):  # it is another user's, it holds no lock yet, or its process lives
        if entry.stat(follow_symlinks=False).st_uid != os.getuid():
            return
        lock = os.open(os.path.join(entry.path, LOCK), os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(lock).st_size:  # else its process is just about to lock it
                rmtree(entry.path, ignore_errors=True)
        finally:
            os.close(lock)
