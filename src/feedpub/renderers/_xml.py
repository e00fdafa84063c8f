"""Finish what feedgen writes: what it can't say, and how it is written down.

Takes a document of feedgen's, gives the bytes that are published. The one module of the renderers that knows lxml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from feedpub.model import Feed, Origin
from feedpub.renderers._dates import rfc3339
from feedpub.renderers._shown import Shown, iri_of
from feedpub.urls import bad_iri

_ATOM = "{http://www.w3.org/2005/Atom}"
_HISTORY = "{http://purl.org/syndication/history/1.0}"
_TOMBSTONES = "{http://purl.org/atompub/tombstones/1.0}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
STYLESHEET = "theme/feed.css"  # below the output folder, beside the pages for people
_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'

# The document is feedgen's, made a moment ago: no size is too large for it, and nothing is to be fetched.
_PARSER = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True)


def finish_atom(document: bytes, feed: Feed, entries: Sequence[Shown], history: Mapping[str, str]) -> bytes:
    """Add what feedgen leaves out of Atom: kinds of links, archive, languages, tombstones, and `Z` for UTC."""
    root = etree.fromstring(document, _PARSER)
    own_link, page_link = root.findall(f"{_ATOM}link")
    own_link.addprevious(page_link)  # three readers open the first link, whatever it is
    _add_history(own_link, history, is_archived=bool(feed.page.number))
    for guid, moment in feed.withdrawn:  # RFC 6721, section 3
        etree.SubElement(root, f"{_TOMBSTONES}deleted-entry", ref=iri_of(guid, feed.channel), when=rfc3339(moment))
    for element, shown in zip(root.iterfind(f"{_ATOM}entry"), entries, strict=True):
        _finish_entry(element, shown)
    for stamp in root.iter(f"{_ATOM}updated", f"{_ATOM}published"):
        stamp.text = (stamp.text or "").replace("+00:00", "Z")  # T03
    return serialise(root, stylesheet=stylesheet_of(feed))


def finish_rss(document: bytes, feed: Feed, items: Sequence[Shown], history: Mapping[str, str]) -> bytes:
    """Take from RSS what feedgen always writes, add the archive, and write references as readers want them."""
    root = etree.fromstring(document, _PARSER)
    (own_link,) = root.findall(f"channel/{_ATOM}link")
    _add_history(own_link, history, is_archived=bool(feed.page.number))
    for item, shown in zip(root.iterfind("channel/item"), items, strict=True):
        source = shown.entry.metadata.source
        if source and (source.feed or source.link):
            etree.SubElement(item, "source", url=source.feed or source.link).text = source.title
    if not items:
        for stamp in root.iterfind("channel/lastBuildDate"):
            stamp.getparent().remove(stamp)  # type: ignore[union-attr]
    return _with_numeric_references(serialise(root, stylesheet=stylesheet_of(feed)))


def _add_history(own_link: etree._Element, history: Mapping[str, str], *, is_archived: bool) -> None:
    """Say after a feed's own link where the rest of its history is (P02, P03); mark a closed page as one."""
    after = own_link
    for rel, href in history.items():
        link = etree.Element(f"{_ATOM}link", rel=rel, href=href, type=own_link.get("type", ""))
        after.addnext(link)
        after = link
    if is_archived:
        after.addnext(etree.Element(f"{_HISTORY}archive", nsmap={"fh": _HISTORY[1:-1]}))


def _finish_entry(element: etree._Element, shown: Shown) -> None:
    """Add what feedgen leaves out of an entry."""
    if source := shown.entry.metadata.source:
        _add_source(element, source, rfc3339(shown.entry.updated))
    for link in element.iterfind(f"{_ATOM}link"):
        link.set("rel", "alternate")
        link.set("type", "text/html")
    if shown.language:
        for part in (element, *element.iterfind(f"{_ATOM}content")):  # readers look at either (L03)
            part.set(_LANGUAGE, shown.language)


def _add_source(element: etree._Element, source: Origin, updated: str) -> None:
    """Say which feed an entry was first published in (A17). How late that feed is, the entry tells as it was taken."""
    about = etree.SubElement(element, f"{_ATOM}source")
    told = (("id", source.id), ("title", source.title), ("updated", updated), ("rights", source.rights))
    for name, text in told:
        if text and not (name == "id" and bad_iri(text)):
            etree.SubElement(about, f"{_ATOM}{name}").text = text
    for rel, href in (("self", source.feed), ("alternate", source.link)):
        if href:
            etree.SubElement(about, f"{_ATOM}link", rel=rel, href=href)
    for name in source.authors:
        etree.SubElement(etree.SubElement(about, f"{_ATOM}author"), f"{_ATOM}name").text = name


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


def stylesheet_of(feed: Feed) -> str:
    """The way from a feed's document to the stylesheet of all feeds, by which some browsers show it (V03).

    A site without pages for people has none.
    """
    if feed.channel.pages == "none":
        return ""
    folders = (feed.channel.name, "archive" if feed.page.number else "")
    return "../" * sum(folder.count("/") + 1 for folder in folders if folder) + STYLESHEET


def serialise(root: etree._Element, *, stylesheet: str = "") -> bytes:
    """Write a tree in UTF-8, declaring only the namespaces that it uses.

    lxml begins a new line between elements, never inside one that holds text (X10).
    """
    named = f'<?xml-stylesheet type="text/css" href="{stylesheet}"?>\n' if stylesheet else ""
    etree.cleanup_namespaces(root, top_nsmap={"fh": _HISTORY[1:-1], "at": _TOMBSTONES[1:-1]})
    return _DECLARATION + named.encode() + etree.tostring(root, encoding="utf-8", pretty_print=True)
