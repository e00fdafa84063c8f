"""Pages in a web archive (WARC, ISO 28500). The one place that knows warcio, which `feedpub[warc]` brings.

Of all that an archive holds, the answers of servers that are pages (status 200, HTML or plain text) are given, and
text that was taken out of pages: each with its address and the moment at which it was taken.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import IO, Any

from feedpub.model import Limits
from feedpub.sources.codings import unpacked
from feedpub.sources.opening import AT_ONCE, Unfit
from feedpub.sources.parts import RESERVED, Part, encoded, too_long

PAGES = ("text/html", "application/xhtml+xml", "text/plain")
TYPES = ("response", "resource", "conversion")
LONGEST_HEAD = 1_000_000  # bytes of what stands above a page
BESIDE = re.compile(r"/robots\.txt(?:\?|$)|\.(?:js|css|json|map|xml|txt)(?:\?|$)")  # that servers call plain text


def pages(stream: IO[bytes], limits: Limits) -> Iterator[Part]:
    """The pages of an archive."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise Unfit(
            "missing-package", "web archives are read with the help of warcio", 'pip install "feedpub[warc]"'
        ) from None
    watched = _Watched(stream)
    records = ArchiveIterator(watched, no_record_parse=True)
    number = 0
    while True:
        watched.begin_head()
        try:
            with redirect_stderr(io.StringIO()):  # warcio speaks
                record = next(records, None)
        except (ArchiveLoadFailed, ValueError, LookupError, AttributeError) as error:
            after = f"after page {number}: " if number else ""
            raise Unfit(
                "damaged", f"{after}it is no web archive, or damaged: {error!s:.120}", "copy it again"
            ) from None
        if record is None:
            return
        watched.begin_body()
        with redirect_stderr(io.StringIO()):
            part = _part(number + 1, record, limits)
            while record.raw_stream.read(AT_ONCE):
                pass
        if getattr(record.raw_stream, "limit", 0):
            raise Unfit("damaged", f"after page {number}: it breaks off: the file is not whole", "copy it again")
        if part:
            number += 1
            yield part


class _Watched:
    """A stream that is read by warcio: what stands above a page may not be long."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = LONGEST_HEAD
        self._is_head = True

    def begin_head(self) -> None:
        """Say that what stands above a page comes next."""
        self._left, self._is_head = LONGEST_HEAD, True

    def begin_body(self) -> None:
        """Say that a page comes next."""
        self._is_head = False

    def read(self, size: int) -> bytes:
        """Give the next bytes."""
        data = self._stream.read(size)
        self._left -= len(data)
        if self._is_head and self._left < 0:
            raise Unfit("damaged", "it is no web archive, or damaged: a header does not end", "copy it again")
        return data


def _part(number: int, record: Any, limits: Limits) -> Part | None:
    """The page of a record, if it is one."""
    kind = record.rec_type
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    if kind not in TYPES or not address.startswith(("http:", "https:")):
        return None
    content_type = record.content_type or ""
    if kind == "response":
        head = _http_head(record)
        if head is None or head.get_statuscode() != "200":
            return None
        record.http_headers = head
        content_type = head.get_header("content-type") or ""
    media, _, rest = content_type.partition(";")
    media = media.strip().lower()
    if media not in PAGES or (media == "text/plain" and BESIDE.search(address)):
        return None
    try:
        page = _page(record, limits.article + 1)
    except ValueError as error:
        return Part(number, address.encode(), None, f"{address}: {error}")
    if len(page) > limits.article:
        return Part(number, address.encode(), None, f"{address}: {too_long(limits.article)}")
    moment = record.rec_headers.get_header("WARC-Date")
    fields = {RESERVED: {"address": address, "captured": moment, "media": media}}
    return Part(number, encoded(fields) + b"\n" + _in_utf8(page, rest), fields)


def _page(record: Any, most: int) -> bytes:
    """The page of a record as the server had it. Raises `ValueError` when it can't be unpacked."""
    said = ""
    if head := record.http_headers:
        said = ",".join(value for name, value in head.headers if name.lower() == "content-encoding")
        head.remove_header("content-encoding")  # warcio would unpack it without bounds
        if (head.get_header("transfer-encoding") or "").strip().lower() == "chunked":
            head.replace_header("Transfer-Encoding", "chunked")  # as warcio knows it
    return unpacked(_read(record.content_stream(), most), said, most)


def _http_head(record: Any) -> Any:
    """What a server said above its answer; None when that can't be read."""
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    try:
        return StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1", "HTTP/2"], verify=False).parse(record.raw_stream)
    except (StatusAndHeadersParserException, EOFError, ValueError):
        return None


def _read(stream: Any, size: int) -> bytes:
    """So many bytes, or what there is."""
    parts = []
    while size > 0 and (data := stream.read(size)):
        parts.append(data)
        size -= len(data)
    return b"".join(parts)


def _in_utf8(page: bytes, said: str) -> bytes:
    """A page in UTF-8 where the server says in which characters it is, and it is not in UTF-8."""
    found = re.search(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", said, re.IGNORECASE)
    if found is None:
        return page
    try:
        page.decode()
    except UnicodeDecodeError:
        try:
            return page.decode(found[1], "replace").encode()
        except (LookupError, UnicodeError):
            pass
    return page
