"""Read the characters of an XML document that anybody may have written, in the encoding that it names or shows.

Takes bytes, gives text and what is odd about its encoding, or the reason why there is none.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from feedpub.check._finding import Unreadable, broken
from feedpub.model import Finding

NEAR = 512  # bytes, within which sniffers look for the root
_ENCODING = re.compile(r"""\sencoding\s*=\s*["']([^"']*)["']""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),  # after UTF-32, whose mark begins with it
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_UNICODE = ("utf-8", "ascii")
_OF_TEXT = re.compile(  # Python has other codecs too, of which some execute or unpack what they read
    r"utf-8|ascii|utf-(?:16|32)(?:-[lb]e)?|iso8859-\d+|iso2022_\w+|cp\d+|koi8-[rut]|gb\w+|big5\w*|euc_\w+|shift_jis\w*|johab|hz|mac-?\w+"
)
_DECLARE = "write the document in UTF-8, and declare it so"


def decoded(data: bytes) -> tuple[str, list[Finding]]:
    """Give the text of a document, and what is odd about its encoding (XML 1.0 section 4.3.3 and appendix F)."""
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), "")
    guessed = marked or next((name for start, name in _UNMARKED if data.startswith(start)), "")
    declared = "" if guessed not in ("", "utf-8") else _declared(data)
    name = _codec(guessed or declared or "utf-8")
    if not guessed and name.startswith(("utf-16", "utf-32")):
        raise Unreadable(broken("X02", 1, f"the document declares {name}, and its bytes are not", _DECLARE))
    text = _decode(data, name).removeprefix("\ufeff")
    return text, list(_encoding_findings(name, marked, declared, text))


def _declared(data: bytes) -> str:
    """Give the encoding that the XML declaration names."""
    head = data[:400].removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip()
    match = _ENCODING.search(head.partition("?>")[0]) if head.startswith("<?xml") else None
    return match[1].lower() if match else ""


def _codec(name: str) -> str:
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        known = ""
    if not _OF_TEXT.fullmatch(known):
        raise Unreadable(broken("X02", 1, f"the encoding {name[:40]} is unknown", _DECLARE))
    return known


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"the bytes are not {name.upper()}, as they claim to be"
        raise Unreadable(broken("X02", line, message, _DECLARE)) from None


def _encoding_findings(name: str, marked: str, declared: str, text: str) -> Iterator[Finding]:
    if marked == "utf-8" and declared and _codec(declared) != "utf-8":
        yield broken("X02", 1, f"the document is marked as UTF-8 and declares {declared}", _DECLARE)
    elif name not in _UNICODE:
        message = f"the document is in {name.upper()}: several readers know nothing but UTF-8"
        yield Finding("X02", "warning", 1, "", message, _DECLARE)
    elif marked:
        message = "a byte order mark stands before the document"
        yield Finding("X02", "warning", 1, "", message, "leave the mark out: UTF-8 needs none")
    if not text.startswith("<?xml"):
        message = "the document has no XML declaration"
        yield Finding("X02", "note", 1, "", message, 'begin with <?xml version="1.0" encoding="utf-8"?>')
    root = re.search("<[A-Za-z_]", text)
    if root and root.start() > NEAR:
        message = f"the root element begins after {NEAR} characters: who sniffs for a feed looks no further"
        yield Finding("X02", "warning", 1, "", message, "move comments and instructions into the root element")
