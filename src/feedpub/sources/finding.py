"""Find the articles' files: what is there, and what is different from last time.

A file that holds many articles is found like a folder of them: its path ends with a slash, those of its articles begin
with it. Never follows a symbolic link, never opens a file.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from feedpub.errors import ConfigError, EmptySource
from feedpub.model import INCLUDE, Gone, Source, Unlisted
from feedpub.sources.kinds import is_pile

SIDECAR = ".meta.toml"
DEFAULTS = "_defaults.meta.toml"
PAGES = (".html", ".htm", ".xhtml")
PARTS = "_files"  # ends the name of the folder in which a browser puts what a saved page is made of
LATEST = (1 << 63) - 1  # nanoseconds since 1970 that the ledger can hold: in the year 2262
UNSETTLED = ":-1"  # in a stamp: a sidecar that may still change within its clock's tick

Matcher = Callable[[str], re.Match[str] | None]


class Folder(Struct, frozen=True):
    """A source folder as the settings describe it."""

    name: str  # the first part of its sources' paths
    root: str  # where it lies
    include: tuple[str, ...] = INCLUDE
    exclude: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()  # folders below it that are not read: the output and the theme, when they lie there
    stamp: str = ""  # changes when the settings that rule the reading do
    captured: datetime | None = None


def require(folders: Iterable[Folder]) -> None:
    """Raise `EmptySource` for a folder that is missing or can't be listed."""
    for folder in folders:
        try:
            with os.scandir(folder.root):
                pass
        except NotADirectoryError:
            raise EmptySource(f"{folder.root} is a file, not a folder", "name the folder that holds it") from None
        except OSError as error:
            raise EmptySource(
                f"source folder {folder.root}: {error.strerror}", "put articles there, or check the path or the mount"
            ) from None


def scan(folders: Iterable[Folder]) -> Iterator[Source | Unlisted]:
    """Give every source below the folders, in the order of their paths (by code point)."""
    for folder in sorted(folders, key=lambda folder: folder.name + "/"):
        matches = _matcher(folder)
        yield from _walk(folder, matches, folder.root + os.sep, folder.name + "/", ())


def _walk(
    folder: Folder, matches: Matcher, place: str, path: str, defaults: tuple[os.DirEntry[str], ...]
) -> Iterator[Source | Unlisted]:
    try:
        with os.scandir(place) as listing:
            entries = [(legible(entry.name), entry) for entry in listing if not entry.name.startswith(".")]
    except OSError as error:
        yield Unlisted(path, error.strerror or str(error))
        return
    sidecars = {name: entry for name, entry in entries if name.endswith(SIDECAR)}
    if DEFAULTS in sidecars:
        defaults = (*defaults, sidecars[DEFAULTS])
    names = {name for name, _ in entries}
    below = len(folder.name) + 1
    # A folder sorts as if its slash were part of its name: then the walk follows the order of whole paths.
    for name, entry in sorted((f"{name}{_slash(entry)}", entry) for name, entry in entries):
        if entry.is_dir(follow_symlinks=False):
            if entry.path not in folder.skip and not _is_part(name[:-1], names):
                yield from _walk(folder, matches, entry.path + os.sep, path + name, defaults)
        elif matches((path + name)[below:].removesuffix("/")) and name not in sidecars:
            own = sidecars.get(name.removesuffix("/") + SIDECAR) if sidecars else None
            found = _source(folder, path + name, entry, (*defaults, own) if own else defaults)
            if found is not None:
                yield found


def _slash(entry: os.DirEntry[str]) -> str:
    """What ends the path of a folder, and of a file that holds many articles."""
    return "/" if entry.is_dir(follow_symlinks=False) or is_pile(entry.name) else ""


def _is_part(name: str, names: Container[str]) -> bool:
    """Whether a folder holds the pictures and styles of a saved page beside it."""
    return name.endswith(PARTS) and any(name.removesuffix(PARTS) + ending in names for ending in PAGES)


def legible(path: str) -> str:
    """Give a path as text that can be kept and shown, in any locale: bytes that are no UTF-8 become escapes."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


def compare(
    found: Iterable[Source | Unlisted], seen: Iterable[tuple[str, int, int, str]]
) -> Iterator[Source | Gone | Unlisted]:
    """Compare what is there with what was seen last, both in the order of their paths, and give the differences.

    What lies below a folder that could not be listed is neither changed nor gone. Nor is what a file holds that holds
    many articles: when the file is different, only unpacking it can tell.
    """
    memory = iter(seen)
    remembered = next(memory, None)
    for source in found:
        path = source.path
        while remembered is not None and remembered[0] < path:
            yield Gone(remembered[0])
            remembered = next(memory, None)
        is_same = False
        if remembered is not None and remembered[0] == path and isinstance(source, Source):
            is_same = _is_settled(source) and remembered[1:] == (source.size, source.mtime_ns, source.stamp)
            remembered = next(memory, None)
        if path[-1] == "/":
            while remembered is not None and remembered[0].startswith(path):
                is_same = is_same and remembered[2] >= 0 and UNSETTLED not in remembered[3]
                remembered = next(memory, None)
        if not is_same:
            yield source
    while remembered is not None:
        yield Gone(remembered[0])
        remembered = next(memory, None)


def _is_settled(source: Source) -> bool:
    return source.mtime_ns >= 0 and UNSETTLED not in source.stamp


def at(folder: Folder, file: str) -> Source | None:
    """Give the source for one file below a folder (or None when it is gone), with the sidecars that rule it."""
    *parents, name = os.path.relpath(file, folder.root).split(os.sep)
    place, defaults = folder.root, []
    for parent in ("", *parents):
        place = os.path.join(place, parent)
        defaults.append(os.path.join(place, DEFAULTS))
    sidecars = tuple(sidecar for sidecar in (*defaults, file + SIDECAR) if os.path.isfile(sidecar))
    try:
        status = os.lstat(file)
        stamps = [os.lstat(sidecar) for sidecar in sidecars]
    except OSError:
        return None
    return Source(
        legible("/".join((folder.name, *parents, name))) + ("/" if is_pile(name) else ""),
        file,
        status.st_size,
        _settled(status.st_mtime_ns),
        _stamp(folder, stamps),
        sidecars,
        stat.S_ISREG(status.st_mode),
    )


def _stamp(folder: Folder, sidecars: Iterable[os.stat_result]) -> str:
    return folder.stamp + "".join(f" {status.st_size}:{_settled(status.st_mtime_ns)}" for status in sidecars)


def _source(
    folder: Folder, path: str, entry: os.DirEntry[str], sidecars: tuple[os.DirEntry[str], ...]
) -> Source | None:
    try:
        status = entry.stat(follow_symlinks=False)
        stamp = (
            _stamp(folder, [sidecar.stat(follow_symlinks=False) for sidecar in sidecars]) if sidecars else folder.stamp
        )
    except FileNotFoundError:  # removed since it was listed
        return None
    return Source(
        path,
        entry.path,
        status.st_size,
        _settled(status.st_mtime_ns),
        stamp,
        tuple(sidecar.path for sidecar in sidecars),
        stat.S_ISREG(status.st_mode),
    )


def _settled(mtime_ns: int) -> int:
    """Give a modification time that may be relied on, or -1 when the file could still change within its clock's tick.

    Nor can one be relied on that is too far away to be remembered.

    A file that is rewritten in the tick in which it was read looks unchanged for ever: so it is read again. File
    systems that count in whole seconds need a longer wait than those that count in jiffies.
    """
    tick = 2_000_000_000 if mtime_ns % 1_000_000_000 == 0 else 20_000_000
    age = time.time_ns() - mtime_ns
    return -1 if 0 <= age < tick or mtime_ns > LATEST else mtime_ns


def _matcher(folder: Folder) -> Matcher:
    """Compile the folder's globs into one test on the path below it."""
    include, exclude = _pattern(folder.include), _pattern(folder.exclude)
    return re.compile(rf"(?!(?:{exclude})\Z)(?:{include})").fullmatch


_WILD = re.compile(r"(\*\*/|\*\*|\*|\?|\[!?[^]/!][^]/]*\])")
_MEANING = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _pattern(globs: Iterable[str]) -> str:
    """Translate globs (`*`, `?`, `[a-c]`, `**/`) into a regular expression; none of them match nothing."""
    translated = []
    for glob in globs:
        parts = _WILD.split(glob)  # at odd places what is wild, between them what is plain
        parts[::2] = map(re.escape, parts[::2])
        parts[1::2] = (_MEANING.get(part) or _class(part, glob) for part in parts[1::2])
        translated.append("".join(parts))
    return "|".join(translated) or "(?!)"


def _class(part: str, glob: str) -> str:
    inside = part[1:-1]
    kept = re.sub(r"[\\^\[&~|]", r"\\\g<0>", inside.removeprefix("!"))
    found = f"[{'^/' if inside.startswith('!') else ''}{kept}]"
    try:
        re.compile(found)
    except re.error:
        raise ConfigError(f"`{part}` in the pattern `{glob}` is no range of characters", "write it as [a-c]") from None
    return found
