"""Parse XML that anybody may have written: no DTD, no entities, no network, bounded size, depth and number.

Takes bytes, gives a tree or the reasons why there is none. The only module of `check` that knows lxml.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

from lxml import etree

from feedpub.check._encoding import decoded
from feedpub.check._finding import Given, Hit, Lines, Unreadable, broken
from feedpub.model import Finding
from feedpub.normalise import FORBIDDEN

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no other name for it

LARGEST = 32 * 1024 * 1024  # bytes
MOST_TAGS = 300_000
MOST_NAMESPACES = 20_000
MOST_ATTRIBUTES = 1000  # of one element
XML = "{http://www.w3.org/XML/1998/namespace}"

_DECLARATION = re.compile(r"<\?xml\s[^?>]{0,400}\?>")
_VERSION = re.compile(r"""\sversion\s*=\s*["']([^"']*)["']""")
_CROWDED = re.compile(rf"""<[^!?<>"']++(?:(?:"[^"<]*+"|'[^'<]*+')[^<>"']*+){{{MOST_ATTRIBUTES + 1}}}""")
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_TYPE = re.compile(r"""(?:[^"'<>\[]++|"[^"]*+"|'[^']*+')*+""")

# libxml2 names what is wrong; the rest of what it finds is a matter of well-formedness (X01).
_RULES = {
    "ERR_INVALID_CHAR": ("X03", "leave control characters out, also as references: they have no meaning in a feed"),
    "ERR_UNDECLARED_ENTITY": ("X07", "write the character itself, or its number, as &#160; for &nbsp;"),
    "WAR_UNDECLARED_ENTITY": ("X07", "write the character itself, or its number, as &#160; for &nbsp;"),
    "ERR_RESOURCE_LIMIT": ("S02", "a feed needs no such depth or length: split the document"),
}
_WELL_FORMED = "write the document with an XML library, which escapes text and closes what it opens"
_CONTENT_FIRST = 'let the document begin with <?xml version="1.0" encoding="utf-8"?>, without a blank line before it'


class Tree:
    """A parsed document: its elements in order, and how to speak of them."""

    def __init__(self, root: Element, text: str, given: Given) -> None:
        self.root = root
        self.text = text
        self.given = given
        self.elements = list(root.iter())  # also keeps lxml's proxies alive, so that elements can be keys
        self.entry = ""  # the tag of entries
        self.label_tags: tuple[str, ...] = ()  # of what names an entry: guid and title
        self.by_tag: dict[str, list[Element]] = {}
        for element in self.elements:
            self.by_tag.setdefault(str(element.tag), []).append(element)
        self._labels: dict[Element, str] = {}

    def all(self, *tags: str) -> Iterator[Element]:
        """Give all elements with one of these tags, kind by kind."""
        for tag in tags:
            yield from self.by_tag.get(tag, ())

    def again(self, tag: str) -> Iterator[Element]:
        """Give the elements with a tag that stand behind another with that tag in one place."""
        seen: set[Element | None] = set()
        for element in self.by_tag.get(tag, ()):
            parent = element.getparent()
            if parent in seen:
                yield element
            seen.add(parent)

    def standing(self, places: Collection[tuple[str, str]]) -> Iterator[tuple[Element, Element]]:
        """Give the elements that stand in one of these places, in order, each with its parent."""
        for element in self.elements if places else ():
            parent = element.getparent()
            if parent is not None and (parent.tag, element.tag) in places:
                yield element, parent

    @cached_property
    def places(self) -> set[tuple[str, str]]:
        """Where elements stand: the tags of the parent, empty for that of the root, and of the element."""
        parents = ((element.getparent(), element) for element in self.elements)
        return {("" if parent is None else str(parent.tag), str(element.tag)) for parent, element in parents}

    @cached_property
    def attributes(self) -> dict[Element, list[str]]:
        """The names of the attributes of each element that has any."""
        named = ((element, element.keys()) for element in self.elements)
        return {element: [str(name) for name in names] for element, names in named if names}

    @cached_property
    def declared(self) -> list[tuple[Element, str | None, str]]:
        """Each namespace where it is first declared: element, prefix, address."""
        found: dict[tuple[str | None, str], Element] = {}
        everywhere = self.text.count("xmlns") > len(self.root.nsmap)  # else only the root declares any
        for element in self.elements if everywhere else self.elements[:1]:
            for prefix, address in element.nsmap.items():
                found.setdefault((prefix, address), element)
        return [(element, prefix, address) for (prefix, address), element in found.items()]

    def place(self, element: Element) -> tuple[int, str]:
        """Give an element's line, and the entry that it stands in."""
        return line_of(element), self.label(element)

    def hit(self, element: Element, message: str) -> Hit:
        """Speak of an element."""
        return Hit(*self.place(element), message)

    def label(self, element: Element) -> str:
        """Name the entry that an element stands in."""
        around: Element | None = element
        while around is not None:
            if around.tag == self.entry:
                if around not in self._labels:
                    self._labels[around] = self._label(around)
                return self._labels[around]
            around = around.getparent()
        return ""

    def _label(self, entry: Element) -> str:
        for found in map(entry.find, self.label_tags):
            text = " ".join(text_of(found)[:400].split()) if found is not None else ""
            if text:
                return text[:200]
        return ""


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


def parse(data: bytes, given: Given) -> tuple[Tree, list[Finding]]:
    """Parse a document, or raise `Unreadable`."""
    text, findings = decoded(data)
    try:
        findings += _prolog_findings(text)
        _refuse_excess(text)
        root = _tree(text)
    except Unreadable as failure:
        raise Unreadable(*findings, *failure.findings) from None
    tree = Tree(root, text, given)
    _refuse_entities(tree)
    return tree, findings


def _tree(text: str) -> Element:
    parser = (
        etree.XMLParser(  # not huge: libxml2 then allows 256 levels, and 10 million characters of text in one place
            encoding="utf-8",
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
    )
    body = _DECLARATION.sub(lambda found: " " * len(found[0]), text, count=1) if text.startswith("<?xml") else text
    try:
        root = etree.fromstring(body.encode(), parser)
    except etree.XMLSyntaxError:
        _refuse_illegal(text)
        raise Unreadable(*_syntax_findings(parser)) from None
    return root


def _syntax_findings(parser: etree.XMLParser) -> Iterator[Finding]:
    seen: set[tuple[int, str]] = set()
    for entry in list(parser.error_log)[:20]:
        rule, remedy = _RULES.get(entry.type_name, ("X01", _WELL_FORMED))
        if (entry.line, rule) not in seen:
            seen.add((entry.line, rule))
            yield broken(rule, entry.line, f"not well-formed: {entry.message}", remedy)
    if not seen:
        yield broken("X01", 1, "not well-formed", _WELL_FORMED)


def _prolog_findings(text: str) -> list[Finding]:
    """Look at what stands before the root: declaration, instructions, document type."""
    if text.lstrip()[:5] == "<?xml" and text[:1] != "<":
        raise Unreadable(broken("X02", 1, "white space stands before the XML declaration", _CONTENT_FIRST))
    findings: list[Finding] = []
    match = _DECLARATION.match(text)
    version = _VERSION.search(match[0]) if match else None
    if version and version[1] != "1.0":
        findings.append(
            broken("X01", 1, f"XML {version[1][:10]} is declared, which readers refuse", "declare version 1.0")
        )
    lines = Lines(text)
    for offset, kind in _prolog(text):
        if kind == "doctype":
            findings.append(_doctype(text, offset, lines.at(offset)))
        elif "xsl" in kind:
            message = "an XSLT stylesheet is named: browsers are removing XSLT"
            findings.append(
                Finding("V01", "note", lines.at(offset), "", message, "use CSS, or an HTML page beside the feed")
            )
    return findings


def _prolog(text: str) -> Iterator[tuple[int, str]]:
    """Give what stands before the root, each with its offset: instructions as written, the document type as such."""
    place = 0
    while True:
        place = _next_mark(text, place)
        if text.startswith("<!--", place):
            end = text.find("-->", place)
        elif text.startswith("<?", place):
            end = text.find("?>", place)
            yield place, text[place : min(end, place + 400)]
        else:
            if text.startswith("<!DOCTYPE", place):
                yield place, "doctype"
            return
        if end < 0:
            return
        place = end + 2


def _next_mark(text: str, place: int) -> int:
    found = text.find("<", place)
    return len(text) if found < 0 else found


def _doctype(text: str, offset: int, line: int) -> Finding:
    """A document type that only names a file does no harm, since nobody fetches it; one that declares is refused."""
    end = _TYPE.match(text, offset + 2)
    remedy = "leave the document type out: a feed needs none, and some readers show nothing of one that has it"
    if end and text[end.end() : end.end() + 1] == ">":
        return Finding("X07", "warning", line, "", "a document type is declared", remedy)
    raise Unreadable(broken("X07", line, "a document type with declarations of its own: feedpub reads none", remedy))


def _refuse_excess(text: str) -> None:
    if text.count("<") > MOST_TAGS and _CDATA.sub("", text).count("<") > MOST_TAGS:
        raise Unreadable(_limit(1, f"more than {MOST_TAGS:,} tags"))
    if text.count("xmlns") > MOST_NAMESPACES:
        raise Unreadable(_limit(1, f"more than {MOST_NAMESPACES:,} declarations of namespaces"))
    crowded = _CROWDED.search(text)
    if crowded:
        raise Unreadable(
            _limit(Lines(text).at(crowded.start()), f"an element with more than {MOST_ATTRIBUTES:,} attributes")
        )
    declaration = _DECLARATION.match(text)
    if declaration and FORBIDDEN.search(declaration[0]):  # the only part that libxml2 will not see
        _refuse_illegal(text)


def _refuse_illegal(text: str) -> None:
    illegal = FORBIDDEN.search(text)
    if illegal:
        rule, remedy = _RULES["ERR_INVALID_CHAR"]
        count = len(FORBIDDEN.findall(text))
        message = f"the character U+{ord(illegal[0]):04X} is illegal in XML ({count} such in all)"
        raise Unreadable(broken(rule, Lines(text).at(illegal.start()), message, remedy))


def _refuse_entities(tree: Tree) -> None:
    """References to entities that a document type elsewhere may declare were left in place."""
    for entity in tree.root.iter(etree.Entity):
        rule, remedy = _RULES["ERR_UNDECLARED_ENTITY"]
        around = entity.getparent()
        line = line_of(around) if around is not None else 0
        raise Unreadable(broken(rule, line, f"the entity {entity.text} is not declared here", remedy))


def _limit(line: int, message: str) -> Finding:
    return broken("S02", line, message, "no reader takes such a feed: publish less in one document")


# ── speaking of elements ────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=4096)
def split(tag: str) -> tuple[str, str]:
    """Part a tag into namespace and name."""
    if tag[:1] == "{":
        namespace, _, name = tag[1:].partition("}")
        return namespace, name
    return "", tag


def name_of(element: Element) -> str:
    """Give an element's name as it is written, with its prefix."""
    name = split(str(element.tag))[1]
    return f"{element.prefix}:{name}" if element.prefix else name


def line_of(element: Element) -> int:
    """Give the line where an element begins."""
    line: Any = element.sourceline  # the stubs know no type for it
    return line if isinstance(line, int) else 0


def text_of(element: Element) -> str:
    """Give all the text within an element."""
    return element.text or "" if not len(element) else "".join(str(part) for part in element.itertext())
