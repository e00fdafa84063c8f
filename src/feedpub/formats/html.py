"""Saved pages: HTML as browsers and tools leave it.

Takes a Document, gives a Draft: the lines of the page as a browser prints them, their markup, which of them the story
is, and what the page declares of itself. Never raises for what is wrong with the bytes, runs nothing, fetches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin

from lxml import etree, html

from feedpub.formats import _characters, _declared, _story
from feedpub.formats._walk import Walk
from feedpub.model import Document, Draft, Problem
from feedpub.normalise import absolute_url

HEAD = 4_096  # bytes in which a page declares its characters
LONGEST_ADDRESS = 2_000
LONGEST_TAG, MOST_ATTRIBUTES = 20_000, 1_000  # of an element that keeps its attributes; a parser takes n² time for n
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([a-zA-Z0-9_:-]{2,40})["']""")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_CLOSED = re.compile(r"<(html|head|body)\b([^<>]{0,2000})/>", re.IGNORECASE)  # as no browser takes it
_SAVED = re.compile(
    r"<!--\s*(?:saved from url=\(\d{1,6}\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]{1,2000})"
)
_ATTRIBUTE = r"""(?:[\s/]++|[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']*+))?+|=)"""
_ORDINARY = re.compile(  # as much of a page as has no tag with too many attributes, and no end that is missing
    rf"""(?:[^<]++|<!--.*?(?:-->|\Z)|<(?:script|style)\b{_ATTRIBUTE}{{0,{MOST_ATTRIBUTES}}}+>.*?(?:</|\Z)"""
    rf"""|<[a-zA-Z]{_ATTRIBUTE}{{0,{MOST_ATTRIBUTES}}}+>|<(?![a-zA-Z]))*+""",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(  # a comment, a script or a tag, as HTML parts them; each matches to the end rather than not at all
    r"""<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)|<[a-zA-Z][^\s/>]*+"""
    r"""(?:[\s/]++|[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+))?+|=)*+(?:>|\Z)""",
    re.DOTALL | re.IGNORECASE,
)
_PLAIN = re.compile(  # an address that is absolute, in ASCII, and has no way up in it
    r"https?://[a-z0-9_-]+(?:\.[a-z0-9_-]+)+/(?!(?:[^?#]*/)?\.)[\w/%:@!$&'()*+,;=~.-]*"
    r"(?:\?[\w/%:@!$&'()*+,;=~.?-]+)?(?:#[\w/%:@!$&'()*+,;=~.?-]+)?",
    re.ASCII,
)


def read(document: Document) -> Draft:
    """The lines of a page, what it declares, and which lines are its story."""
    printed, problems = decode(document)
    root = _parse(printed)
    if root is None:
        return Draft("html", (), problems=problems)
    base, address = _base(root, printed, document.stated.url)
    clues = tuple(_declared.clues(root, address))
    walk = Walk(lambda link: resolve(link, base))
    walk.walk(root)
    main = _story.lines(root, walk.blocks)
    return Draft("html", tuple(walk.blocks), clues, problems, tuple(walk.pieces), main)


def fragment(document: Document, markup: str) -> Draft:
    """The lines of a piece of a page, all of which is the story."""
    root = _parse(markup)
    base = document.stated.url or ""
    walk = Walk(lambda link: resolve(link, base))
    if root is not None:
        walk.walk(root)
    lines = frozenset(block.line for block in walk.blocks)
    return Draft("fragment", tuple(walk.blocks), pieces=tuple(walk.pieces), main=lines)


def decode(document: Document) -> tuple[str, tuple[Problem, ...]]:
    """The text of a page, in the characters that it declares unless they are plainly others."""
    declared = _CHARSET.search(document.data, 0, HEAD) or _XML.match(document.data, 0, HEAD)
    return _characters.read(document, declared[1].decode("ascii") if declared else "")


def resolve(link: str, base: str) -> str | None:
    """A link as an absolute http or https address; None when it leads nowhere."""
    link = link.strip()
    if not link or len(link) > LONGEST_ADDRESS or link[0] == "#":
        return None
    whole = base[: base.find("/", len("https://"))] + link if link[0] == "/" != link[1:2] else link
    if _PLAIN.fullmatch(whole):
        return whole  # as most are: what follows gives the same, and takes its time
    try:
        return absolute_url(urljoin(base, link))
    except ValueError:
        return None


def _parse(printed: str) -> html.HtmlElement | None:
    page = printed.replace("\0", " ") if "\0" in printed else printed
    if declaration := _DECLARATION.match(page):
        page = page[declaration.end() :]
    if not page or page.isspace():
        return None
    page = _CLOSED.sub(r"<\1\2>", page[:HEAD]) + page[HEAD:]
    if _ORDINARY.match(page).end() < len(page):  # type: ignore[union-attr]
        page = _TAG.sub(_bounded, page)
    try:
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _parser() -> etree.HTMLParser:
    """A parser that nests no deeper than 256 elements, whose elements are all of one class: looking that up is slow."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, remove_comments=True, huge_tree=False)
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    return parser


def _bounded(tag: re.Match[str]) -> str:
    """A tag without its attributes when they are too many."""
    if tag.end() - tag.start() <= LONGEST_TAG or tag[1] or tag[0][1] == "!":
        return tag[0]
    if sum(map(tag[0].count, " \t\n/\"'")) <= MOST_ATTRIBUTES:
        return tag[0]
    return re.split(r"[\s/>]", tag[0], maxsplit=1)[0] + ">"


def _base(root: html.HtmlElement, printed: str, stated: str | None) -> tuple[str, str]:
    """What relative references start from, and the page's own address, as far as they are known."""
    links = {rel: link.get("href") or "" for link in root.iter("link") for rel in (link.get("rel") or "").split()}
    metas = (meta.get("content") or "" for meta in root.iter("meta") if meta.get("property") == "og:url")
    saved = _SAVED.search(printed[:HEAD])
    known = _absolute((stated or "", saved[1] if saved else "", links.get("canonical", ""), *metas))
    element = next(root.iter("base"), None)
    declared = urljoin(known, (element.get("href") or "").strip()) if element is not None else ""
    return _absolute((declared, known)), _absolute((links.get("canonical", ""), *metas, known))


def _absolute(addresses: Iterable[str]) -> str:
    return next((found for address in addresses if (found := absolute_url(address))), "")
