"""Find the articles' files and read them: the only module that reads the source folders.

Takes folders, gives `Source`s in the order of their paths, and a `Document` for each that is asked for. Never follows
a symbolic link, never opens a pipe or a device, never writes.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from difflib import get_close_matches
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from feedpub.errors import EmptySource
from feedpub.model import Capture, Document, Gone, Problem, Source, Stated, Trust, Unlisted

SIDECAR = ".meta.toml"
DEFAULTS = "_defaults.meta.toml"
UNSETTLED = ":-1"  # in a stamp: a sidecar that may still change within its clock's tick
MAX_SIZE = 10_000_000  # bytes; a page of text is a few thousand

_OPEN_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW


Matcher = Callable[[str], re.Match[str] | None]


class Folder(Struct, frozen=True):
    """A source folder as the settings describe it."""

    name: str  # the first part of its sources' paths
    root: str  # where it lies
    include: tuple[str, ...] = ("**/*.txt",)
    exclude: tuple[str, ...] = ()
    skip: str = ""  # a folder below it that is not read: the output, when it lies there
    stamp: str = ""  # changes when the settings that rule the reading do
    captured: datetime | None = None


# ── finding ─────────────────────────────────────────────────────────────────────────────────────


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
    below = len(folder.name) + 1
    # A folder sorts as if its slash were part of its name: then the walk follows the order of whole paths.
    for name, entry in sorted(
        ((name + "/" if entry.is_dir(follow_symlinks=False) else name), entry) for name, entry in entries
    ):
        if name[-1] == "/":
            if entry.path != folder.skip:
                yield from _walk(folder, matches, entry.path + os.sep, path + name, defaults)
        elif matches((path + name)[below:]) and name not in sidecars:
            own = sidecars.get(name + SIDECAR) if sidecars else None
            found = _source(folder, path + name, entry, (*defaults, own) if own else defaults)
            if found is not None:
                yield found


def legible(path: str) -> str:
    """Give a path as text that can be kept and shown, in any locale: bytes that are no UTF-8 are written as \\xff."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


def compare(
    found: Iterable[Source | Unlisted], seen: Iterable[tuple[str, int, int, str]]
) -> Iterator[Source | Gone | Unlisted]:
    """Compare what is there with what was seen last, both in the order of their paths, and give the differences.

    What lies below a folder that could not be listed is neither changed nor gone.
    """
    memory = iter(seen)
    remembered = next(memory, None)
    for source in found:
        path = source.path
        while remembered is not None and remembered[0] < path:
            yield Gone(remembered[0])
            remembered = next(memory, None)
        if isinstance(source, Unlisted):
            while remembered is not None and remembered[0].startswith(path):
                remembered = next(memory, None)
            yield source
        elif remembered is not None and remembered[0] == path:
            unsettled = source.mtime_ns < 0 or UNSETTLED in source.stamp
            if unsettled or remembered[1:] != (source.size, source.mtime_ns, source.stamp):
                yield source
            remembered = next(memory, None)
        else:
            yield source
    while remembered is not None:
        yield Gone(remembered[0])
        remembered = next(memory, None)


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
        legible("/".join((folder.name, *parents, name))),
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

    A file that is rewritten in the tick in which it was read looks unchanged for ever: so it is read again. File
    systems that count in whole seconds need a longer wait than those that count in jiffies.
    """
    tick = 2_000_000_000 if mtime_ns % 1_000_000_000 == 0 else 20_000_000
    age = time.time_ns() - mtime_ns
    return -1 if 0 <= age < tick else mtime_ns


def _matcher(folder: Folder) -> Matcher:
    """Compile the folder's globs into one test on the path below it."""
    include, exclude = _pattern(folder.include), _pattern(folder.exclude)
    return re.compile(rf"(?!(?:{exclude})\Z)(?:{include})").fullmatch


def _pattern(globs: Iterable[str]) -> str:
    """Translate globs (`*`, `?`, `[a-c]`, `**/`) into a regular expression; none of them match nothing."""
    wild = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    translated = []
    for pattern in globs:
        parts = re.split(r"(\*\*/|\*\*|\*|\?|\[!?[^]/]+\])", pattern)
        translated.append(
            "".join(
                part.replace("[!", "[^").replace("\\", "") if part[:1] == "[" else wild.get(part) or re.escape(part)
                for part in parts
            )
        )
    return "|".join(translated) or "(?!)"


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


class Sidecar(Struct, frozen=True, forbid_unknown_fields=True):
    """What `NAME.meta.toml` or a folder's `_defaults.meta.toml` may state."""

    captured: Any = None
    id: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    authors: tuple[str, ...] | None = None
    published: Any = None
    updated: Any = None
    category: str | None = None
    categories: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    language: str | None = None
    summary: str | None = None
    draft: bool | None = None
    expires: Any = None


def load(source: Source, captured: datetime | None = None, timezone: str = "UTC") -> Document | Problem:
    """Read a source, its sidecars, and when it was captured. What is wrong with it comes back as a Problem.

    `timezone` is meant by dates in sidecars that name none.
    """
    if not source.regular:
        return Problem(
            "not-a-regular-file",
            "warning",
            source.file,
            "a symbolic link, a pipe or a device is not read",
            "put the file itself there, or leave it out with `exclude`",
        )
    if source.size > MAX_SIZE:
        return Problem(
            "too-large", "warning", source.file, f"{source.size:,} bytes are more than an article ({MAX_SIZE:,})"
        )
    digest = blake2b(digest_size=16)
    stated: dict[str, Any] = {}
    try:
        data = _read(source.file)
        digest.update(data)
        for sidecar in source.sidecars:
            text = _read(sidecar)
            digest.update(text)
            found = _stated(sidecar, text, timezone)
            if isinstance(found, Problem):
                return found
            stated |= found
    except OSError as error:
        return Problem("unreadable", "warning", error.filename or source.file, error.strerror or str(error))
    stated_capture = stated.pop("captured", None)
    return Document(source.path, data, digest.hexdigest(), _capture(source, stated_capture, captured), Stated(**stated))


def _read(file: str) -> bytes:
    descriptor = os.open(file, _OPEN_FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "not a regular file", file)
        data = os.read(descriptor, status.st_size + 1)
        if len(data) <= status.st_size:
            return data  # a short read of a file is its end
        while len(data) < MAX_SIZE and (more := os.read(descriptor, MAX_SIZE)):  # it grows while it is read
            data += more
        return data
    finally:
        os.close(descriptor)


def _stated(file: str, data: bytes, timezone: str) -> dict[str, Any] | Problem:
    """Read a sidecar: its statements by field, or what is wrong. A broken one may hide an embargo: fail closed."""
    try:
        sidecar = msgspec.toml.decode(data, type=Sidecar)
        said = {name: value for name in Sidecar.__struct_fields__ if (value := getattr(sidecar, name)) is not None}
        if "url" in said and not re.match(r"https?://[^/\s]", said["url"]):
            raise ValueError("`url` is no absolute http or https address")
        for name in ("captured", "published", "updated", "expires"):
            if name in said:
                said[name] = _moment(name, said[name], timezone)
    except (ValueError, OverflowError, msgspec.MsgspecError) as error:
        return Problem(
            "bad-sidecar", "warning", file, _explain(error, data), "the article is set aside until it is mended"
        )
    for one, many in (("author", "authors"), ("category", "categories")):
        if one in said:
            said.setdefault(many, (said.pop(one),))
    return said


def _moment(name: str, value: Any, timezone: str) -> datetime:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        if not hasattr(value, "isoformat") or not hasattr(value, "year"):
            raise ValueError(f"`{name}` is no date: write it as 2025-04-28T18:00:00Z")
        return datetime(value.year, value.month, value.day, 12, tzinfo=UTC)
    zoned = value if value.tzinfo else value.replace(tzinfo=UTC if timezone == "UTC" else ZoneInfo(timezone))
    return zoned.astimezone(UTC)


def _explain(error: Exception, data: bytes) -> str:
    """Say what is wrong in a sidecar, and on which line."""
    message = str(error)
    if unknown := re.search(r"unknown field `(.+?)`", message):
        near = get_close_matches(unknown[1], Sidecar.__struct_fields__, 1)
        message = f"unknown key `{unknown[1]}`" + (f"; did you mean `{near[0]}`?" if near else "")
        key = unknown[1]
    elif wrong := re.search(r"at `\$\.(\w+)", message) or re.match(r"`(\w+)`", message):
        key = wrong[1]
    else:
        return message
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return f"line {number}: {message}"
    return message


# ── when it was captured ────────────────────────────────────────────────────────────────────────

_DATE_IN_NAME = re.compile(
    r"(?<![0-9A-Za-z])((?:19|20)\d\d)(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])"
    r"(?:[T_-]([01]\d|2[0-3])[-:_]?([0-5]\d)(?:[-:_]?([0-5]\d))?Z?)?(?![0-9A-Za-z])"
)


def _capture(source: Source, stated: datetime | None, setting: datetime | None) -> Capture | None:
    """Find when the page was taken: its sidecar, the settings, a date in the file's name, its modification time."""
    if stated is not None:
        return Capture(stated, "sidecar", Trust.STATED)
    if setting is not None:
        return Capture(setting, "settings", Trust.STATED)
    if found := _DATE_IN_NAME.search(source.path, source.path.rindex("/") + 1):
        year, _, month, day, hour, minute, second = found.groups()
        clock = (int(hour), int(minute), int(second or 0)) if hour else (12, 0, 0)
        try:
            value = datetime(int(year), int(month), int(day), *clock, tzinfo=UTC)
            return Capture(value, "file-name", Trust.WRITTEN)
        except ValueError:  # 30 February
            pass
    seconds = _modified(source)
    return Capture(datetime.fromtimestamp(seconds, UTC), "mtime", Trust.GUESSED) if seconds >= _YEAR_1990 else None


_YEAR_1990 = 631_152_000


def _modified(source: Source) -> int:
    if source.mtime_ns >= 0:
        return source.mtime_ns // 1_000_000_000
    return int(os.lstat(source.file).st_mtime)
