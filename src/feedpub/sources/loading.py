"""Read one source, and what its sidecars state of it. Never opens a link, a pipe or a device."""

from __future__ import annotations

import codecs
import os
import re
import stat
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from feedpub import faults
from feedpub.languages import is_language
from feedpub.model import OLDEST_YEAR, Document, Piled, Problem, Source, Stated
from feedpub.sources.capturing import capture_of
from feedpub.sources.opening import OPEN_FLAGS

MAX_SIZE = 10_000_000  # bytes; a page of text is a few thousand
MAX_WITH_PICTURES = 30_000_000  # bytes of a page that was saved with its pictures in one file
WITH_PICTURES = (".mhtml", ".mht")
WITHOUT_MARK = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}  # as the Web reads them (WHATWG Encoding, 4.2)
ANY_BYTES = bytes(range(256))  # that an encoding of text reads, if need be as �; those of host names do not
ITS_OWN = ("id", "url", "title", "encoding")  # what the sidecar of a file that holds many articles can't state of each


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
    significant: bool | None = None
    expires: Any = None
    distinct: bool | None = None
    encoding: str | None = None


def load(
    source: Source,
    captured: datetime | None = None,
    timezone: str = "UTC",
    fields: tuple[tuple[str, str], ...] = (),
) -> Document | Problem:
    """Read a source, its sidecars, and when it was captured. What is wrong with it comes back as a Problem.

    `timezone` is meant by dates in sidecars that name none, `fields` are the names of those of a piled source.
    """
    if not source.regular:
        return not_regular(source)
    if source.piled and source.piled.fault:
        return bad_article(source.where, source.piled)
    most = MAX_WITH_PICTURES if source.path.lower().endswith(WITH_PICTURES) else MAX_SIZE
    if source.size > most and not source.piled:
        return Problem(
            "too-large", "warning", source.file, f"{source.size:,} bytes are more than an article ({most:,})"
        )
    digest = blake2b(digest_size=16)
    stated: dict[str, Any] = {}
    try:
        data = _read_piled(source, source.piled) if source.piled else _read(source.file, most)
        digest.update(data)
        for sidecar in source.sidecars:
            text = _read(sidecar, MAX_SIZE)
            digest.update(text)
            found = _stated(sidecar, text, timezone)
            if isinstance(found, Problem):
                return found
            stated |= found
    except OSError as error:
        return Problem("unreadable", "warning", error.filename or source.file, error.strerror or str(error))
    for name in ITS_OWN if source.piled else ():
        stated.pop(name, None)
    capture = capture_of(source, stated.pop("captured", None), captured)
    return Document(source.path, data, digest.hexdigest(), capture, Stated(**stated), source.piled is not None, fields)


def bad_article(where: str, piled: Piled) -> Problem:
    """Say why an article can't be read, and what follows."""
    hint = "mend it or take it out; until then, what this file no longer holds stays published"
    if piled.is_named:
        hint = "say under [sources.fields] what its fields are called, or take it out"
    return Problem("bad-article", "warning", where, piled.fault, hint)


def encoding_of(source: Source) -> str | None:
    """What the sidecars of a file state that it is written in; what is wrong with them, `load` says."""
    stated: str | None = None
    for sidecar in source.sidecars:
        found = _stated(sidecar, _read(sidecar, MAX_SIZE), "UTC")
        stated = stated if isinstance(found, Problem) else found.get("encoding", stated)
    return stated


def not_regular(source: Source) -> Problem:
    """Say that a source is no file of its own."""
    return Problem(
        "not-a-regular-file",
        "warning",
        source.file,
        "a symbolic link, a pipe or a device is not read",
        "put the file itself there, or leave it out with `exclude`",
    )


def _read_piled(source: Source, piled: Piled) -> bytes:
    """Read one article of a file that holds many. Raises `OSError` when it is not what was found there."""
    file = piled.place or source.file
    descriptor = os.open(file, OPEN_FLAGS)
    try:
        data = os.pread(descriptor, piled.length, piled.offset)
    finally:
        os.close(descriptor)
    if not source.stamp.endswith(blake2b(data, digest_size=16).hexdigest()):
        raise OSError(0, "it was written to while it was read", source.file)
    return data


def _read(file: str, most: int) -> bytes:
    descriptor = os.open(file, OPEN_FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "not a regular file", file)
        size = min(status.st_size, most)
        data = os.read(descriptor, size + 1)
        if len(data) <= size:
            return data  # a short read of a file is its end
        while len(data) < most and (more := os.read(descriptor, most)):  # it grows while it is read
            data += more
        return data
    finally:
        os.close(descriptor)


def _stated(file: str, data: bytes, timezone: str) -> dict[str, Any] | Problem:
    """Read a sidecar: its statements by field, or what is wrong. A broken one may hide an embargo: fail closed."""
    try:
        sidecar = faults.decode(data, Sidecar)
        said = {name: value for name in Sidecar.__struct_fields__ if (value := getattr(sidecar, name)) is not None}
        _check_url(said.get("url"))
        _check_language(said.get("language"))
        if "encoding" in said:
            said["encoding"] = _codec(said["encoding"])
        for name in ("captured", "published", "updated", "expires"):
            if name in said:
                said[name] = _moment(name, said[name], timezone)
    except (ValueError, OverflowError) as error:
        return Problem(
            "bad-sidecar", "warning", file, _explain(error, data), "the article is set aside until it is mended"
        )
    for one, many in (("author", "authors"), ("category", "categories")):
        if one in said:
            said.setdefault(many, (said.pop(one),))
    return said


def _check_url(url: str | None) -> None:
    if url is not None and not re.match(r"https?://[^/\s]", url):
        raise ValueError("expected an absolute http or https address - at `$.url`")


def _check_language(tag: str | None) -> None:
    if tag is not None and not is_language(tag):
        raise ValueError("expected a language tag such as en or pt-BR - at `$.language`")


def _codec(label: str) -> str:
    """What Python calls an encoding of text, with the order of its bytes: of a file without a mark it tells that."""
    try:
        name = codecs.lookup(label).name
        codec = WITHOUT_MARK.get(name, name)
        ANY_BYTES.decode(codec, "replace")
    except (LookupError, ValueError):
        raise ValueError("expected an encoding of text such as windows-1252 - at `$.encoding`") from None
    return codec


def _moment(name: str, value: Any, timezone: str) -> datetime:
    stated = value
    if isinstance(value, str):
        value = _from_iso(value)
    if getattr(value, "year", OLDEST_YEAR) < OLDEST_YEAR:
        raise ValueError(f"lies before {OLDEST_YEAR}, which readers take for no date - at `$.{name}`")
    if not isinstance(value, datetime):
        if not hasattr(value, "isoformat") or not hasattr(value, "year"):
            raise ValueError(f"expected a date such as 2025-04-28T18:00:00Z, got {stated!r} - at `$.{name}`")
        return datetime(value.year, value.month, value.day, 12, tzinfo=UTC)
    zoned = value if value.tzinfo else value.replace(tzinfo=UTC if timezone == "UTC" else ZoneInfo(timezone))
    return zoned.astimezone(UTC)


def _from_iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _explain(error: Exception, data: bytes) -> str:
    """Say what is wrong in a sidecar, and on which line."""
    fault = faults.read(str(error), data)
    what = f"`{fault.keys[-1]}`: {fault.what}" if fault.keys else fault.what
    if fault.unknown:
        near = faults.near(fault.unknown, Sidecar.__struct_fields__)
        what = f"unknown key `{fault.unknown}`" + (f"; did you mean `{near}`?" if near else "")
    return f"line {fault.line}: {what}" if fault.line else what
