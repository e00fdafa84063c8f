"""The articles of a file as they come out of it, and its lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import IO, Any, Protocol

import msgspec
from msgspec import Struct

from feedpub.sources.opening import AT_ONCE

DEEPEST = 50  # lists and objects within each other
RESERVED = "_feedpub"  # the field in which what is known of an article comes beside what it states


class Part(Struct, frozen=True):
    """One article of a file, or what should be one and can't be read."""

    number: int  # of its line, or of the article
    data: bytes  # as it will be read; of what can't be read, anything that tells it from others
    fields: Mapping[str, Any] | None
    fault: str = ""
    offset: int = -1  # in the stream, when its bytes stand there just so


class Line(Struct, frozen=True):
    """A line of a file."""

    number: int
    offset: int
    data: bytes  # with its end; of a line that is too long, its digest
    is_whole: bool = True


class Lines(Protocol):
    """What can be read line by line."""

    def readline(self, size: int, /) -> bytes:
        """Give the rest of the line, or so many bytes of it."""


class Reached(Struct, frozen=True):
    """How far a file of lines was read, at the end of a line: what is added behind it is read from there on."""

    size: int = 0  # bytes
    lines: int = 0
    digest: str = ""  # of these bytes


TOP = Reached()


class Traced:
    """A stream of lines that knows how far it was read."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Begin at the beginning."""
        self._stream = stream
        self._digest = blake2b(digest_size=16)
        self._size = self._lines = 0
        self._last = b"\n"

    def readline(self, size: int, /) -> bytes:
        """Give the rest of the line, or so many bytes of it."""
        data = self._stream.readline(size)
        self._note(data)
        return data

    def skip(self, known: Reached) -> bool:
        """Pass by what was read before; tell whether it is still the same."""
        while self._size < known.size and (data := self._stream.read(min(AT_ONCE, known.size - self._size))):
            self._note(data)
        self._lines = known.lines
        return self.reached == known

    @property
    def is_whole(self) -> bool:
        """Whether it was read up to the end of a line."""
        return self._last == b"\n"

    @property
    def reached(self) -> Reached:
        """How far it was read."""
        return Reached(self._size, self._lines, self._digest.hexdigest())

    def _note(self, data: bytes) -> None:
        if not data:
            return
        self._digest.update(data)
        self._size += len(data)
        self._last = data[-1:]
        self._lines += self._last == b"\n"


def lines_of(stream: Lines, longest: int, begun: Reached = TOP) -> Iterator[Line]:
    """The lines of a stream, in bounded memory: of one that is too long, no more than its digest is kept.

    `begun` is what stands before it in its file.
    """
    number, offset = begun.lines, begun.size
    while line := stream.readline(longest + 1):
        number += 1
        start, offset = offset, offset + len(line)
        if len(line) <= longest or line.endswith(b"\n"):
            yield Line(number, start, line)
            continue
        digest = blake2b(line, digest_size=16)
        while not line.endswith(b"\n") and (line := stream.readline(AT_ONCE)):
            digest.update(line)
            offset += len(line)
        yield Line(number, start, digest.digest(), is_whole=False)


def too_long(longest: int) -> str:
    """What is wrong with an article that is too long."""
    return f"it has more than {longest:,} bytes; if it is meant to, set `article` under [limits]"


def fields_of(data: bytes) -> dict[str, Any]:
    """The fields of a JSON object. Raises `ValueError`, in words for its author."""
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = _leniently(data)
    if not isinstance(found, dict):
        raise ValueError("expected a JSON object, with the fields of an article")  # noqa: TRY004
    return found


def _leniently(data: bytes) -> Any:
    """JSON as some programs write it: with NaN, or with halves of characters."""
    try:
        return json.loads(data.decode())
    except UnicodeDecodeError:
        raise ValueError("it is not in UTF-8: write the file in UTF-8") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno} of it" if error.lineno > 1 else f"column {error.colno}"
        raise ValueError(f"it is no JSON: {error.msg}, {place}") from None
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def encoded(fields: Mapping[str, Any]) -> bytes:
    """Fields as a line of JSON. Raises `ValueError` when they are nested too deep."""
    if not _is_shallow(fields):
        raise ValueError("it is nested too deep")
    try:
        return msgspec.json.encode(fields)
    except (UnicodeEncodeError, TypeError, OverflowError):
        return json.dumps(fields, default=str).encode()


def _is_shallow(fields: object) -> bool:
    level: list[object] = [fields]
    for _ in range(DEEPEST):
        level = [
            below
            for one in level
            if isinstance(one, dict | list)
            for below in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return True
    return False
