"""The rules of Atom's texts and contents (RFC 4287 sections 3.1 and 4.1.3): types, XHTML, Base64, sources elsewhere.

Takes a tree, gives hits; and lists its plain texts and its HTML for the rules that hold in every format.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from feedpub.check import _kinds as kinds
from feedpub.check import html
from feedpub.check._finding import Hit, Rule, shown
from feedpub.check._xml import Element, Tree, line_of, name_of, split, text_of
from feedpub.check.atom import ATTRIBUTES, TEXTS, A
from feedpub.check.content import Fragment, Plain, xhtml_tags
from feedpub.check.namespaces import PREFIXES, XHTML

_DIV = f"{{{XHTML}}}div"
_WORDS = ("text", "html", "xhtml")
_FOREIGN = frozenset(("", *PREFIXES)) - {
    XHTML,
    *(uri for uri, prefix in PREFIXES.items() if prefix in ("svg", "mathml")),
}
_COMPOSITE = re.compile(r"(?:multipart|message)/", re.IGNORECASE)
_XML_TYPE = re.compile(r"[^;]*(?:\+|/)xml\s*(?:;.*)?", re.IGNORECASE | re.DOTALL)


def kind_of(element: Element) -> str:
    """Give the type of a text or content, in small letters but for the three words, which are compared as written."""
    written = str(element.get("type", "text"))
    return written if written in _WORDS else written.strip().lower() or "text"


def _is_xml(kind: str) -> bool:
    return bool(_XML_TYPE.fullmatch(kind))


def _is_base64(kind: str) -> bool:
    return "/" in kind and not kind.startswith("text/") and not _is_xml(kind)


def _texts(tree: Tree) -> Iterator[Element]:
    return tree.all(*(A + name for name in TEXTS))


def _contents(tree: Tree) -> Iterator[Element]:
    return tree.all(A + "content")


# ── types ───────────────────────────────────────────────────────────────────────────────────────


def text_types(tree: Tree) -> Iterator[Hit]:
    """Texts of another type than the three that there are."""
    for element in _texts(tree):
        written = element.get("type")
        if written and written not in _WORDS:
            yield tree.hit(element, f"the type of {name_of(element)} is none of text, html, xhtml: {shown(written)}")


def content_types(tree: Tree) -> Iterator[Hit]:
    """Contents of a type that is neither one of the three nor a media type, or that has parts."""
    for element in _contents(tree):
        written = element.get("type")
        if not written or (written in _WORDS and element.get("src") is None):
            continue
        if kinds.media_type(written):
            yield tree.hit(element, f"the type of the content is no media type: {shown(written)}")
        elif _COMPOSITE.match(written):
            yield tree.hit(element, f"the content is of a composite type: {shown(written)}")


def blank_types(tree: Tree) -> Iterator[Hit]:
    """Attributes that are there and empty."""
    for name, attributes in ATTRIBUTES.items():
        for element in tree.all(A + name):
            for attribute in sorted(attributes - {"href", "term"}):
                if element.get(attribute) == "":
                    yield tree.hit(element, f"{attribute} of {name_of(element)} is empty")


# ── what texts hold ─────────────────────────────────────────────────────────────────────────────


def children_in_text(tree: Tree) -> Iterator[Hit]:
    """Elements within text or escaped HTML."""
    for element in (*_texts(tree), *_contents(tree)):
        kind = kind_of(element)
        if len(element) and element.get("src") is None and kind != "xhtml" and not _is_xml(kind):
            yield tree.hit(element[0], f"{name_of(element)} of type {kind} holds the element {name_of(element[0])}")


def xhtml_div(tree: Tree) -> Iterator[Hit]:
    """XHTML that does not stand in one div."""
    for element in (*_texts(tree), *_contents(tree)):
        if kind_of(element) != "xhtml" or element.get("src") is not None:
            continue
        stray = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
        if len(element) != 1 or element[0].tag != _DIV or stray:
            yield tree.hit(element, f"{name_of(element)} of type xhtml holds something else than one div of XHTML")


def escaped_in_xhtml(tree: Tree) -> Iterator[Hit]:
    """XHTML that holds escaped markup, and none of its own."""
    for element in (*_texts(tree), *_contents(tree)):
        if kind_of(element) == "xhtml" and all(not len(child) for child in element):
            found = html.markup_in(text_of(element))
            if found:
                yield tree.hit(element, f"{name_of(element)} is XHTML, and {found}, escaped")


def whole_pages(tree: Tree) -> Iterator[Hit]:
    """Contents of type text/html that are no whole page."""
    for element in _contents(tree):
        kind = kind_of(element).partition(";")[0].strip()
        if element.get("src") is not None or kind not in ("text/html", "application/xhtml+xml"):
            continue
        page_like = "<html" in text_of(element).lower() or any(split(str(part.tag))[1] == "html" for part in element)
        if not page_like:
            yield tree.hit(element, f"content of type {kind} is a whole page, and this is a fragment")


def html_titles(tree: Tree) -> Iterator[Hit]:
    """Titles in HTML."""
    for element in tree.all(A + "title", A + "subtitle"):
        if kind_of(element) != "text":
            yield tree.hit(element, f"{name_of(element)} is of type {kind_of(element)}")


def xhtml_namespaces(tree: Tree) -> Iterator[Hit]:
    """Elements of a feed, of its extensions, or of nothing, within XHTML."""
    for element in (*_texts(tree), *_contents(tree)):
        for part in element.iterdescendants() if kind_of(element) == "xhtml" else ():
            if split(str(part.tag))[0] in _FOREIGN:
                yield tree.hit(part, f"{name_of(part)} within XHTML is no element of XHTML")


def mixed_xml(tree: Tree) -> Iterator[Hit]:
    """Contents of an XML type that are no one element."""
    for element in _contents(tree):
        if _is_xml(kind_of(element)) and element.get("src") is None:
            stray = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
            if len(element) != 1 or stray:
                yield tree.hit(element, f"content of type {kind_of(element)} holds something else than one element")


def source_inside(tree: Tree) -> Iterator[Hit]:
    """Contents that lie elsewhere, and are here too."""
    for element in _contents(tree):
        if element.get("src") is not None and (len(element) or text_of(element).strip()):
            yield tree.hit(element, "the content has a src, and is not empty")


def source_address(tree: Tree) -> Iterator[Hit]:
    """Contents elsewhere whose address is none."""
    for element in _contents(tree):
        wrong = kinds.reference(element.get("src", ""))
        if wrong:
            yield tree.hit(element, f"src {wrong}: {shown(element.get('src', ''))}")


def source_type(tree: Tree) -> Iterator[Hit]:
    """Contents elsewhere of an unknown type."""
    for element in _contents(tree):
        if element.get("src") is not None and element.get("type") is None:
            yield tree.hit(element, "the content has a src and no type")


def no_summary(tree: Tree) -> Iterator[Hit]:
    """Entries without a summary whose content can't be shown: it lies elsewhere, or is binary."""
    for element in _contents(tree):
        entry = element.getparent()
        if entry is not None and entry.find(A + "summary") is None:
            if element.get("src") is not None:
                yield tree.hit(element, "the content lies elsewhere, and the entry has no summary")
            elif _is_base64(kind_of(element)):
                yield tree.hit(element, "the content is binary, and the entry has no summary")


def base64(tree: Tree) -> Iterator[Hit]:
    """Binary contents that are no Base64."""
    for element in _contents(tree):
        if _is_base64(kind_of(element)) and element.get("src") is None:
            try:
                binascii.a2b_base64("".join(text_of(element).split()).encode("ascii", "replace"), strict_mode=True)
            except binascii.Error:
                yield tree.hit(element, f"content of type {kind_of(element)} is no Base64")


def blank_texts(tree: Tree) -> Iterator[Hit]:
    """Texts and contents that are empty."""
    for element in (*_texts(tree), *_contents(tree)):
        if element.get("src") is None and not len(element) and not text_of(element).strip():
            yield tree.hit(element, f"{name_of(element)} is empty")


def repeated_summary(tree: Tree) -> Iterator[Hit]:
    """Summaries that say what the title or the content says."""
    for entry in tree.all(A + "entry"):
        summary = " ".join((entry.findtext(A + "summary") or "").split())
        for name in ("title", "content"):
            if summary and summary == " ".join((entry.findtext(A + name) or "").split()):
                yield tree.hit(entry, f"the summary is a copy of the {name}")


def textless(tree: Tree) -> Iterator[Hit]:
    """Entries with neither content nor summary."""
    for entry in tree.all(A + "entry"):
        if entry.find(A + "content") is None and entry.find(A + "summary") is None:
            yield tree.hit(entry, "the entry has neither content nor summary")


# ── for the rules of every format ───────────────────────────────────────────────────────────────


def plains(tree: Tree) -> list[Plain]:
    """List the plain texts: texts of type text, names, and attributes that people see."""
    found = [_plain(tree, element) for element in (*_texts(tree), *_contents(tree)) if kind_of(element) == "text"]
    found += [_plain(tree, element) for element in tree.all(A + "name", A + "generator")]
    for name, attribute in (("category", "label"), ("category", "term"), ("link", "title")):
        for element in tree.all(A + name):
            if element.get(attribute):
                text = element.get(attribute, "")
                found.append(Plain(f"{attribute} of {name}", text, *tree.place(element)))
    return found


def _plain(tree: Tree, element: Element) -> Plain:
    return Plain(split(str(element.tag))[1], text_of(element), *tree.place(element))


def fragments(tree: Tree) -> Iterator[Fragment]:
    """Give the HTML: escaped, and as XHTML."""
    for element in (*_contents(tree), *_texts(tree)):
        kind, text = kind_of(element), text_of(element)
        name = split(str(element.tag))[1]
        if kind == "html":
            yield Fragment(name, text, html.tags(text, line_of(element)), *tree.place(element))
        elif kind == "xhtml":
            yield Fragment(name, "", list(xhtml_tags(element)), *tree.place(element))


_TYPES = "write text, html or xhtml"

RULES: tuple[Rule[Tree], ...] = (
    Rule("A11", "error", "A text is of type text, html or xhtml", _TYPES, text_types),
    Rule("A13", "error", "A content's type is text, html, xhtml or a media type of one part", _TYPES, content_types),
    Rule("W3C-AttrNotBlank", "warning", "No attribute is empty", "leave the attribute out", blank_types),
    Rule(
        "A11",
        "error",
        "Text and escaped HTML hold no elements",
        "escape the markup, or declare type xhtml",
        children_in_text,
    ),
    Rule("A11", "error", "XHTML stands in one div", 'wrap it in <div xmlns="http://www.w3.org/1999/xhtml">', xhtml_div),
    Rule("A11", "warning", "XHTML is not escaped", "write it as elements, or declare type html", escaped_in_xhtml),
    Rule("A13", "warning", "Content of type text/html is a whole page", "write type html for a fragment", whole_pages),
    Rule(
        "A12",
        "note",
        "Titles are plain text",
        "write the text, without type: seven readers show raw HTML",
        html_titles,
        habit=True,
    ),
    Rule("A11", "error", "XHTML is in its namespace", "declare the namespace on the div", xhtml_namespaces),
    Rule(
        "A13",
        "warning",
        "Content of an XML type is one element",
        "wrap it in one element, or escape it as html",
        mixed_xml,
    ),
    Rule("A13", "error", "A content that lies elsewhere is empty", "leave out src, or the text", source_inside),
    Rule("A13", "error", "src is an IRI", "write an absolute address", source_address),
    Rule("A13", "warning", "A content that lies elsewhere has a type", "add its media type", source_type),
    Rule("A13", "error", "An entry whose content is elsewhere or binary has a summary", "add a summary", no_summary),
    Rule("A13", "error", "Binary content is Base64", "encode it, or declare it as text or html", base64),
    Rule(
        "A15",
        "warning",
        "Texts and contents are not empty",
        "fill it, or leave it out where Atom allows that",
        blank_texts,
    ),
    Rule(
        "A15",
        "note",
        "A summary says something else than title and content",
        "leave the summary out",
        repeated_summary,
        habit=True,
    ),
    Rule("A15", "warning", "An entry has content or a summary", "add a summary", textless),
)
