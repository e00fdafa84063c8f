"""Publish files whole: the only module that writes the output folder.

Each file is staged beside its target; when all are durable they are renamed into place, and when the names are durable
too they are called written. A file in the output folder is at any instant wholly old or wholly new. The number of syncs
does not grow with the number of files. Nothing outside the output folder is written, nothing foreign in it is touched.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from types import TracebackType
from typing import Self

from msgspec import Struct

from feedpub.errors import ForeignFile, WriteError
from feedpub.model import Artefact

_STAGED = ".feedpub-new"
HEAD = 65_536  # bytes of a file by which it is known as ours
_MOVE_IT = "move it away, name another output folder with -o, or let it be replaced with --overwrite"
Look = tuple[int, int, int]  # a file's size, and when it was modified and when touched in any way (ns)
_FEW = 8  # files that are synced one by one; more are synced with their file system, once


def digest(data: bytes) -> str:
    """Give the digest by which a published file is known."""
    return blake2b(data, digest_size=16).hexdigest()


def look(folder: str, path: str) -> Look | None:
    """Give a published file's size and times, or None when it is not there."""
    try:
        status = os.lstat(os.path.join(folder, path))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _refused(error, folder) from None
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns) if stat.S_ISREG(status.st_mode) else None


def astray(folder: str, files: Iterable[tuple[str, int, int, int]]) -> set[str]:
    """Give the paths of the files that were touched since they were written: path, size, both times (ns).

    Size and modification time can be made to look as they were; the time of the last change is the kernel's own.
    """
    lost = set()
    above = os.path.join(folder, "")
    for path, size, mtime_ns, ctime_ns in files:
        try:
            status = os.lstat(above + path)
        except (FileNotFoundError, NotADirectoryError):
            lost.add(path)
            continue
        except OSError as error:
            raise _refused(error, folder) from None
        if status.st_ctime_ns != ctime_ns or status.st_mtime_ns != mtime_ns or status.st_size != size:
            lost.add(path)
    return lost


def digest_of(folder: str, path: str) -> str | None:
    """Give the digest of a published file as it lies there, or None."""
    try:
        with open(os.path.join(folder, path), "rb", opener=_regular) as file:
            return digest(file.read())
    except OSError:
        return None


def _refused(error: OSError, folder: str) -> WriteError:
    """Say which file the disk refuses, and why."""
    return WriteError(
        f"{error.filename or folder}: {error.strerror or error}", "the last good feeds stand; mend it and build again"
    )


def _regular(path: str, flags: int) -> int:
    """Open a regular file: no link, and nothing such as a pipe, on which a reader would wait for ever."""
    descriptor = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file", path)
    return descriptor


def require_ours(folder: str, paths: Iterable[str], is_ours: Callable[[str, bytes], bool]) -> None:
    """Raise `ForeignFile` when something that we did not write lies at a path that we want to write.

    `is_ours(path, head)` judges a file that lies there by its path and its first bytes.
    """
    for _, why in foreign(folder, paths, is_ours):
        raise ForeignFile(f"{why}, and a feed belongs there", _MOVE_IT)


def foreign(folder: str, paths: Iterable[str], is_ours: Callable[[str, bytes], bool]) -> Iterator[tuple[str, str]]:
    """Give the paths at which something lies that we did not write, or that lead through such a thing, and say so."""
    judged: dict[str, str] = {"": ""}  # by folder: what is wrong with it
    for path in paths:
        why = _foreign_folder(folder, os.path.dirname(path), judged) or _foreign_file(folder, path, is_ours)
        if why:
            yield path, why


def _foreign_folder(folder: str, parent: str, judged: dict[str, str]) -> str:
    """Say which folder on the way is none of ours, if one is: a link, or no folder."""
    if parent not in judged:
        place = os.path.join(folder, parent)
        is_bad = os.path.islink(place) or (os.path.lexists(place) and not os.path.isdir(place))
        above = _foreign_folder(folder, os.path.dirname(parent), judged)
        judged[parent] = above or (f"{place} is not a folder of ours" if is_bad else "")
    return judged[parent]


def _foreign_file(folder: str, path: str, is_ours: Callable[[str, bytes], bool]) -> str:
    target = os.path.join(folder, path)
    try:
        with open(target, "rb", opener=_regular) as file:
            head = file.read(HEAD)
    except FileNotFoundError:
        return ""
    except OSError:
        return f"{target} is not a file of ours"
    return "" if is_ours(path, head) else f"{target} was not written by feedpub"


class Staged(Struct, frozen=True):
    """A file that waits beside its target, and the digest of its bytes."""

    path: str
    digest: str


class Stage:
    """Files on their way: `add` each, then `publish` all. Left without publishing, it removes what it staged.

    Raises `WriteError` when the disk is full or a folder can't be written: then every visible file is still whole.
    """

    def __init__(self, folder: str) -> None:
        """Stage files for this output folder."""
        self._folder = folder
        self._staged: list[Staged] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for staged in self._staged:
            with suppress(OSError):
                os.unlink(self._name(staged.path))
        if isinstance(error, OSError):
            raise _refused(error, self._folder) from None

    def _name(self, path: str) -> str:
        return os.path.join(self._folder, path) + _STAGED

    def add(self, artefact: Artefact) -> None:
        """Stage a file, with the mode that the user's umask gives: a web server must be able to read it."""
        name = self._name(artefact.path)
        os.makedirs(os.path.dirname(name), exist_ok=True)
        self._staged.append(Staged(artefact.path, digest(artefact.data)))
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        try:
            view = memoryview(artefact.data)
            while view:
                view = view[os.write(descriptor, view) :]
        finally:
            os.close(descriptor)

    def publish(self) -> list[tuple[Staged, Look]]:
        """Make all files durable, then visible, in the order in which they were added. Gives each as it lies there."""
        if not self._staged:
            return []
        _sync([self._name(staged.path) for staged in self._staged])
        for staged in self._staged:
            os.replace(self._name(staged.path), os.path.join(self._folder, staged.path))
        _sync(_folders(self._folder, [staged.path for staged in self._staged]))
        published = []
        for staged in self._staged:
            status = os.lstat(os.path.join(self._folder, staged.path))
            published.append((staged, (status.st_size, status.st_mtime_ns, status.st_ctime_ns)))
        self._staged = []
        return published


def _folders(folder: str, paths: Iterable[str]) -> list[str]:
    """Give every folder that holds a new name: the files' own, and those above them, which may be new too.

    The output folder comes first: it may be the root of a file system of its own, and the one above it on another.
    """
    below = {parent for path in paths for parent in _above(path)}
    return [folder, *(os.path.join(folder, path) for path in sorted(below)), os.path.dirname(os.path.abspath(folder))]


def _above(path: str) -> Iterator[str]:
    """Give the folders above a published file, below the output folder, the nearest first."""
    while path := os.path.dirname(path):
        yield path


def _sync(paths: Sequence[str]) -> None:
    """Make files or folders durable: a few one by one, many with one sync of their file system.

    An error is final: a second sync of the same file may succeed though the data is lost, so none is tried.
    """
    chosen = paths if len(paths) <= _FEW else paths[:1]
    for path in chosen:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            if len(chosen) == len(paths):
                os.fsync(descriptor)
            else:
                _sync_file_system(descriptor)
        finally:
            os.close(descriptor)


def _sync_file_system(descriptor: int) -> None:
    import ctypes

    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:  # not Linux
        os.sync()
    elif syncfs(descriptor) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def sweep(folder: str, paths: Iterable[str]) -> None:
    """Remove what a build that was killed left staged beside these files."""
    for path in paths:
        _unlink(folder, path + _STAGED)


def remove(folder: str, paths: Iterable[str]) -> None:
    """Remove published files, and the folders that they leave empty. What lies behind a link is not ours."""
    for path in paths:
        above = [os.path.join(folder, parent) for parent in _above(path)]
        if any(os.path.islink(parent) for parent in above):
            continue
        _unlink(folder, path)
        for parent in above:
            try:
                os.rmdir(parent)
            except OSError:
                break


def _unlink(folder: str, path: str) -> None:
    try:
        os.unlink(os.path.join(folder, path))
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise _refused(error, folder) from None
