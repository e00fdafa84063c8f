"""Say whether a feed is valid, and what readers would stumble over.

`check` takes the bytes of an RSS, Atom, JSON Feed or OPML document, ours or anybody's, and gives findings. It touches
neither disk nor network, parses safely whatever it is given, and never raises for what a document holds.
"""

from __future__ import annotations

import codecs
import re
from datetime import datetime

from feedpub.check import documents
from feedpub.check._finding import Given
from feedpub.check._xml import LARGEST
from feedpub.model import Finding

__all__ = ["Finding", "check"]

_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+)?html\b", re.IGNORECASE | re.DOTALL)
_COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"PK\x03\x04")


def check(data: bytes, name: str, *, now: datetime | None = None, only_errors: bool = False) -> list[Finding]:
    """Give all findings of a document, in the order of its lines, or only what breaks it, in half the time.

    Dates are in the future only when `now` says so.
    """
    given = Given(name, now, only_errors)
    found = (finding for finding in _checked(data, given) if finding.severity == "error" or not only_errors)
    return sorted(found, key=lambda finding: (finding.line, finding.rule, finding.message))


def _checked(data: bytes, given: Given) -> list[Finding]:
    refused = _refused(data)
    if refused:
        return [refused]
    start = data.removeprefix(codecs.BOM_UTF8).lstrip()[:8].translate(None, b"\0\xff\xfe")[:1]
    if start in (b"{", b"["):
        return documents.check_json(data, given)
    if _PAGE.match(data[:2000]):
        return [_no_feed("the document is an HTML page", "check the feed that the page links to")]
    if start == b"<":
        return documents.check_xml(data, given)
    return [_no_feed("the document is neither XML nor JSON: it is no feed", "check the feed itself")]


def _no_feed(message: str, remedy: str) -> Finding:
    return Finding("W3C-UndefinedElement", "error", 1, "", message, remedy)


def _refused(data: bytes) -> Finding | None:
    if len(data) > LARGEST:
        message = f"the document has more than {LARGEST // 1024 // 1024} MB, and was not read"
        return Finding("S02", "error", 0, "", message, "publish fewer entries in one document")
    if data.startswith(_COMPRESSED):
        return Finding("X02", "error", 0, "", "the document is compressed, and was not unpacked", "unpack it first")
    if not data.strip():
        return Finding("X01", "error", 1, "", "the document is empty", "publish a whole feed")
    return None
