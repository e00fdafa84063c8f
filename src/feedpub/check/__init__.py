"""Say whether a feed is valid, and what readers would stumble over.

`check` takes the bytes of an RSS, Atom, JSON Feed or OPML document, ours or anybody's, and gives findings. It touches
neither disk nor network, parses safely whatever it is given, and never raises for what a document holds.
"""

from __future__ import annotations

import codecs
import re
from datetime import datetime

from feedpub.check import documents
from feedpub.check._finding import Given, Unreadable
from feedpub.check._xml import LARGEST, Tree, parse
from feedpub.check.namespaces import ATOM
from feedpub.model import Finding

__all__ = ["ATOM", "Finding", "Tree", "Unreadable", "check", "parsed"]

_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+)?html\b", re.IGNORECASE | re.DOTALL)
_COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"PK\x03\x04")


def check(data: bytes, name: str, *, now: datetime | None = None, only_errors: bool = False) -> list[Finding]:
    """Give all findings of a document, in the order of its lines, or only what breaks it, in half the time.

    Dates are in the future only when `now` says so.
    """
    given = Given(name, now, only_errors)
    found = (finding for finding in _checked(data, given) if finding.severity == "error" or not only_errors)
    return sorted(found, key=lambda finding: (finding.line, finding.rule, finding.message))


def parsed(data: bytes) -> Tree:
    """Parse an XML document that anybody may have written, as every check begins.

    Raises `Unreadable`, whose findings say why it is not read.
    """
    wrong = _refused(data) or _not_xml(data)
    if wrong:
        raise Unreadable(wrong)
    return parse(data, Given("", None, only_errors=True))[0]


def _checked(data: bytes, given: Given) -> list[Finding]:
    refused = _refused(data)
    if refused:
        return [refused]
    if _first_sign(data) in (b"{", b"["):
        return documents.check_json(data, given)
    wrong = _not_xml(data)
    return [wrong] if wrong else documents.check_xml(data, given)


def _not_xml(data: bytes) -> Finding | None:
    if _PAGE.match(data[:2000]):
        return _no_feed("the document is an HTML page", "name the feed that the page links to")
    if _first_sign(data) != b"<":
        return _no_feed("the document is neither XML nor JSON: it is no feed", "name the feed itself")
    return None


def _first_sign(data: bytes) -> bytes:
    """The first character but for marks and white space, in any encoding."""
    return data.removeprefix(codecs.BOM_UTF8).lstrip()[:8].translate(None, b"\0\xff\xfe")[:1]


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
