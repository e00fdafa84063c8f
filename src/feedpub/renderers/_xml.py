"""Finish what feedgen writes: what it can't say, and how it is written down.

Takes a document of feedgen's, gives the bytes that are published. The one module of the renderers that knows lxml.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from feedpub.renderers._shown import Shown

_ATOM = "{http://www.w3.org/2005/Atom}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'

# The document is feedgen's, made a moment ago: no size is too large for it, and nothing is to be fetched.
_PARSER = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True)


def finish_atom(document: bytes, entries: Sequence[Shown]) -> bytes:
    """Add what feedgen leaves out of Atom: the order and kind of links, languages, and `Z` for UTC."""
    root = etree.fromstring(document, _PARSER)
    own_link, page_link = root.findall(f"{_ATOM}link")
    own_link.addprevious(page_link)  # three readers open the first link, whatever it is
    for element, shown in zip(root.iterfind(f"{_ATOM}entry"), entries, strict=True):
        _finish_entry(element, shown)
    for moment in root.iter(f"{_ATOM}updated", f"{_ATOM}published"):
        moment.text = (moment.text or "").replace("+00:00", "Z")  # T03
    return _serialise(root)


def finish_rss(document: bytes, entries: Sequence[Shown]) -> bytes:
    """Take from RSS what feedgen always writes, and write references as readers want them."""
    root = etree.fromstring(document, _PARSER)
    if not entries:
        for stamp in root.iterfind("channel/lastBuildDate"):
            stamp.getparent().remove(stamp)  # type: ignore[union-attr]
    return _with_numeric_references(_serialise(root))


def _finish_entry(element: etree._Element, shown: Shown) -> None:
    """Add what feedgen leaves out of an entry."""
    for link in element.iterfind(f"{_ATOM}link"):
        link.set("rel", "alternate")
        link.set("type", "text/html")
    if shown.language:
        for part in (element, *element.iterfind(f"{_ATOM}content")):  # readers look at either (L03)
            part.set(_LANGUAGE, shown.language)


def _with_numeric_references(document: bytes) -> bytes:
    """Write numeric references but in content:encoded: there most readers take them for text, not markup (R10)."""
    head, *parts = document.split(b"<content:encoded>")
    written = [_numeric(head)]
    for part in parts:
        html, end, text = part.partition(b"</content:encoded>")
        written += (b"<content:encoded>", html, end, _numeric(text))
    return b"".join(written)


def _numeric(text: bytes) -> bytes:
    return text.replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;").replace(b"&gt;", b"&#x3E;")


def _serialise(root: etree._Element) -> bytes:
    """Write a tree in UTF-8, declaring only the namespaces that it uses.

    lxml begins a new line between elements, never inside one that holds text (X10).
    """
    etree.cleanup_namespaces(root)
    return _DECLARATION + etree.tostring(root, encoding="utf-8", pretty_print=True)
