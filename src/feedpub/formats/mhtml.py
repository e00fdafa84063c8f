"""Pages that a browser saved as one file: MHTML (RFC 2557), `.mhtml` and `.mht`.

Takes a Document, gives the Draft of the page in it, and when it was saved. The message is parsed by Python's own
`email` after a look at its bounds. Never raises for what is wrong with the bytes; pictures inside it are not published.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import chain

from msgspec.structs import replace

from feedpub.formats import _characters, html
from feedpub.model import Document, Draft, Problem
from feedpub.normalise import absolute_url

PAGES = frozenset(("text/html", "application/xhtml+xml"))
MOST_LINES, MOST_PARTS, MOST_NESTED = 500_000, 5_000, 20  # lines; those that may begin a part; parts that hold others
LONGEST_HEAD, LONGEST_TYPE = 100_000, 2_000  # bytes above the first part, and of one header that is taken apart
EARLIEST_YEAR = 1995  # before, there was no MHTML
_TYPE = re.compile(rb"(?:^|[\r\n])content-type:[^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*", re.IGNORECASE)
_NESTED = re.compile(rb":\s*(?:multipart|message)/", re.IGNORECASE)
_PIECES = re.compile(rb"\*\d{0,20}\*?\s*=")  # of a parameter (RFC 2231, 3): `email` fails on some, browsers write none
_BLANK = re.compile(rb"\r?\n\r?\n|\r\r")


def read(document: Document) -> Draft:
    """The page that was saved, with the address and the time that its envelope states."""
    if document.data.lstrip()[:1] == b"<":
        return html.read(document)
    if fault := _unbounded(document.data):
        return _set_aside(document.path, "too-large", fault, "save the page as HTML")
    message = message_from_bytes(document.data)
    page = _main(message)
    if page is None:
        return _set_aside(
            document.path, "no-page", "no saved page is in the file", "save the page again, or leave it out"
        )
    content = page.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    charset = page.get_content_charset() or ""
    found = replace(document, data=data)
    printed, problems = _characters.read(found, charset) if _characters.codec_of(charset) else html.decode(found)
    address = document.stated.url or _location(page) or _location(message) or None
    told = replace(document, data=printed.encode(), stated=replace(document.stated, url=address, encoding=None))
    draft = html.read(told)
    return replace(draft, captured=_saved(message), problems=(*problems, *draft.problems))


def _unbounded(data: bytes) -> str:
    """What is too much for a parser that goes line by line and recurses: no page that a browser saved has it."""
    types = [found[0] for found in _TYPE.finditer(data)]
    bounds = (
        (max(data.count(b"\n"), data.count(b"\r")) > MOST_LINES, f"{MOST_LINES:,} lines"),
        (data.count(b"\n--") + data.count(b"\r--") > MOST_PARTS, f"{MOST_PARTS:,} parts"),
        (sum(_NESTED.search(one) is not None for one in types) > MOST_NESTED, f"{MOST_NESTED} parts that hold others"),
        (not _BLANK.search(data, 0, LONGEST_HEAD), f"{LONGEST_HEAD:,} bytes above the first part"),
        (any(len(one) > LONGEST_TYPE for one in types), f"{LONGEST_TYPE:,} bytes in one header"),
        (any(map(_PIECES.search, types)), "one piece of a parameter"),
    )
    return next((f"more than {much}" for is_too_much, much in bounds if is_too_much), "")


def _main(message: Message) -> Message | None:
    """The part that is the page: the one that the envelope names, by id or by address, or else the first."""
    pages = [part for part in message.walk() if part.get_content_type() in PAGES]
    start = str(message.get_param("start") or "").strip("<> ")
    address = _header(message, "Snapshot-Content-Location")
    named = (page for page in pages if start and _header(page, "Content-ID").strip("<> ") == start)
    placed = (page for page in pages if address and _header(page, "Content-Location") == address)
    return next(chain(named, placed, pages), None)


def _location(part: Message) -> str:
    stated = (_header(part, name) for name in ("Snapshot-Content-Location", "Content-Location"))
    return next(filter(None, map(absolute_url, stated)), "")


def _header(part: Message, name: str) -> str:
    return "".join(str(part.get(name) or "").split())


def _saved(message: Message) -> str:
    """When the page was saved, in ISO 8601; nothing where that can't be told."""
    try:
        when = parsedate_to_datetime(str(message.get("Date") or ""))
    except (ValueError, TypeError, OverflowError):
        return ""
    return when.isoformat() if when.year >= EARLIEST_YEAR else ""


def _set_aside(path: str, code: str, message: str, hint: str) -> Draft:
    return Draft("html", (), problems=(Problem(code, "error", path, message, hint),))
