"""What a server packed a page with (`Content-Encoding`: RFC 9110, 8.4.1), taken off in bounded memory.

The one place that knows brotli, which `feedpub[warc]` brings.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

from feedpub.sources.opening import zstandard_unpacked

MOST = 3  # codings, one around the other
_GZIP, _DEFLATE, _BARE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS

Unpack = Callable[[bytes, int], bytes]
"""Gives no more than so many bytes. Raises `ValueError` for what can't be unpacked."""


def unpacked(data: bytes, said: str, most: int) -> bytes:
    """Give a page as it was before it was packed, or the first `most` bytes of it.

    `said` is what the server says. Many archives hold pages that were unpacked when they were written: these are
    given as they are. Raises `ValueError`, in words for the reader, for a coding that is not known, and for damage.
    """
    codings = [coding.strip().lower().removeprefix("x-") for coding in said.split(",")]
    if len(codings) > MOST:
        raise ValueError(f"it is packed {len(codings)} times over")
    for coding in reversed(codings):
        if coding in ("", "identity"):
            continue
        if coding not in CODINGS:
            raise ValueError(f"it is packed as `{coding[:20]}`; expected {', '.join(CODINGS)}")
        data = CODINGS[coding](data, most)
    return data


def _gzip(data: bytes, most: int) -> bytes:
    return _inflated(data, most, _GZIP) if data.startswith(b"\x1f\x8b") else data


def _deflate(data: bytes, most: int) -> bytes:
    """The stream with a head that the standard wants, or the bare one that some servers send."""
    if _is_page(data):
        return data
    try:
        return _inflated(data, most, _DEFLATE)
    except ValueError:
        return _inflated(data, most, _BARE)


def _inflated(data: bytes, most: int, kind: int) -> bytes:
    try:
        return zlib.decompressobj(kind).decompress(data, most)
    except zlib.error as error:
        raise ValueError(f"what it is packed in is damaged: {error}") from None


def _brotli(data: bytes, most: int) -> bytes:
    if _is_page(data):
        return data
    try:
        import brotli
    except ImportError:
        raise ValueError('it is packed as `br`: pip install "feedpub[warc]"') from None
    unpacker, parts, left = brotli.Decompressor(), list[bytes](), most
    try:
        while left > 0 and (part := unpacker.process(data, output_buffer_limit=left)):
            parts.append(part)
            left -= len(part)
            data = b""
    except brotli.error as error:
        raise ValueError(f"what it is packed in is damaged: {error}") from None
    return b"".join(parts)[:most]


def _zstandard(data: bytes, most: int) -> bytes:
    return zstandard_unpacked(data, most) if data.startswith(b"\x28\xb5\x2f\xfd") else data


def _is_page(data: bytes) -> bool:
    """Whether data that should be packed is not."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


CODINGS: dict[str, Unpack] = {"gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstandard}
