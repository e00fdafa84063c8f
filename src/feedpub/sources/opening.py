"""Open a file as a stream of bytes that is bounded, whatever it was packed with. The one place that knows zstandard.

Never opens a link, a pipe or a device. What can't be read to its end says so by `Unfit`: a stream that was cut off
never looks like one that has ended.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, TypeAlias

from feedpub.model import BOMS, Limits, Source
from feedpub.sources.kinds import kind_of

OPEN_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW
AT_ONCE = 1 << 17  # bytes
NO_BOMB = 10_000_000  # bytes that any file may hold: below, its ratio says nothing
WINDOW = 1 << 27  # bytes of memory that a zstandard file may ask for
ENDED = b"\0feedpub: the file is whole"  # comes behind a zstandard file that was not cut off


Stream: TypeAlias = "io.BufferedReader[Any]"


class Unfit(Exception):
    """A file that can't be read, or not to its end: a problem's code, what is wrong, and what to do."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        """Say what is wrong."""
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


@contextmanager
def opened(source: Source, limits: Limits) -> Iterator[Stream]:
    """Open a source's file, unpacked. Raises `OSError` or `Unfit`, also while it is read."""
    descriptor = os.open(source.file, OPEN_FLAGS)
    with io.BufferedReader(io.FileIO(descriptor), AT_ONCE) as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "not a regular file", source.file)
        packed = kind_of(source.file)[1]
        if not packed:
            yield file
        else:
            inner = gzip.GzipFile(fileobj=file) if packed == "gz" else _zstandard(file)
            yield io.BufferedReader(_Bounded(inner, status.st_size, limits), AT_ONCE)


def in_utf8(stream: Stream, codec: str) -> Stream:
    """A stream in another encoding as one in UTF-8."""
    return io.BufferedReader(_Encoded(io.TextIOWrapper(stream, codec, "replace", newline="")), AT_ONCE)


def partly_in_utf8(stream: Stream, codec: str) -> Stream:
    """A stream that seems to be in another encoding as one in UTF-8, with the lines that are in UTF-8 as they are."""
    return in_utf8(stream, codec) if codec.startswith("utf-") else io.BufferedReader(_Mixed(stream, codec), AT_ONCE)


def marked(sample: bytes) -> str | None:
    """The encoding of the beginning of a file by its byte order mark."""
    return next((codec for bom, codec in BOMS if sample.startswith(bom)), None)


class _Raw(io.RawIOBase):
    """A stream that gives bytes a chunk at a time."""

    def __init__(self) -> None:
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            self._left = self._next()
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    @abstractmethod
    def _next(self) -> bytes:
        """Give the next chunk; nothing at the end."""


class _Encoded(_Raw):
    """A text as bytes in UTF-8."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        super().__init__()
        self._text = text

    def _next(self) -> bytes:
        return self._text.read(AT_ONCE).encode("utf-8", "replace")


class _Mixed(_Raw):
    """Lines that are in UTF-8, or else in another encoding, in UTF-8."""

    def __init__(self, stream: IO[bytes], codec: str) -> None:
        super().__init__()
        self._stream = stream
        self._codec = codec
        self._begun = b""  # a character that goes on

    def _next(self) -> bytes:
        while line := self._stream.readline(AT_ONCE):
            data, self._begun = self._begun + line, b""
            try:
                data.decode()
            except UnicodeDecodeError as error:
                if error.end < len(data) or not error.reason.startswith("unexpected end"):
                    return data.decode(self._codec, "replace").encode()
                data, self._begun = data[: error.start], data[error.start :]
            if data:
                return data
        rest, self._begun = self._begun, b""
        return rest.decode(self._codec, "replace").encode()


class _Bounded(_Raw):
    """What a compressed file holds, as long as that is no more than it may be."""

    def __init__(self, inner: Any, size: int, limits: Limits) -> None:
        super().__init__()
        self._inner = inner
        self._count = 0
        self._most = min(limits.unpacked, max(NO_BOMB, limits.ratio * size))
        self._limits = limits

    def _next(self) -> bytes:
        try:
            data: bytes = self._inner.read(AT_ONCE) or b""
        except EOFError:
            raise Unfit("damaged", "it breaks off: the file is not whole", "copy it again") from None
        except (gzip.BadGzipFile, zlib.error) as error:
            raise Unfit("damaged", f"it is damaged: {error}", "copy it again") from None
        self._count += len(data)
        if self._count > self._most:
            raise self._too_large()
        return data

    def _too_large(self) -> Unfit:
        if self._most == self._limits.unpacked:
            return Unfit(
                "over-limit",
                f"it holds more than {self._limits.unpacked:,} bytes",
                "if it is meant to, set `unpacked` under [limits]",
            )
        return Unfit(
            "over-limit",
            f"it holds more than {self._limits.ratio} times its own size, as no text does",
            "if it is meant to, set `ratio` under [limits]",
        )


def _zstandard(file: IO[bytes]) -> io.RawIOBase:
    import zstandard

    whole: Any = _WithEnd(file, zstandard.ZstdCompressor().compress(ENDED))
    reader = zstandard.ZstdDecompressor(max_window_size=WINDOW).stream_reader(whole, read_across_frames=True)
    return _UpToEnd(reader, zstandard.ZstdError)


def zstandard_unpacked(data: bytes, most: int) -> bytes:
    """Give the first `most` bytes of what was packed. Raises `ValueError` when it is damaged."""
    import zstandard

    try:
        with zstandard.ZstdDecompressor(max_window_size=WINDOW).stream_reader(data) as reader:
            return reader.read(most)
    except zstandard.ZstdError as error:
        raise ValueError(f"what it is packed in is damaged: {error}") from None


class _WithEnd(_Raw):
    """A file with more bytes behind it."""

    def __init__(self, file: IO[bytes], end: bytes) -> None:
        super().__init__()
        self._file = file
        self._end = end

    def _next(self) -> bytes:
        data = self._file.read(AT_ONCE)
        if not data:
            data, self._end = self._end, b""
        return data


class _UpToEnd(_Raw):
    """A stream up to the mark of its end, which a file that was cut off does not reach."""

    def __init__(self, inner: Any, error: type[Exception]) -> None:
        super().__init__()
        self._inner = inner
        self._error = error
        self._held = b""

    def _next(self) -> bytes:
        while True:
            try:
                data: bytes = self._inner.read(AT_ONCE)
            except self._error as error:
                raise Unfit("damaged", f"it is damaged or not whole: {error}", "copy it again") from None
            if not data:
                if self._held != ENDED:
                    raise Unfit("damaged", "it breaks off: the file is not whole", "copy it again")
                return b""
            held = self._held + data
            self._held = held[-len(ENDED) :]
            if len(held) > len(ENDED):
                return held[: -len(ENDED)]
