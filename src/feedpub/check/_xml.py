"""Parse XML that anybody may have written: no DTD, no entities, no network, bounded size, depth and number.

Takes bytes, gives a page or the reasons why there is none. The only module of `check` that knows lxml.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

from lxml import etree

from feedpub.check._finding import Given, Hit, Lines
from feedpub.model import Finding

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no other name for it

LARGEST = 32 * 1024 * 1024  # bytes
MOST_TAGS = 300_000
MOST_NAMESPACES = 20_000
MOST_ATTRIBUTES = 1000  # of one element
NEAR = 512  # bytes, within which sniffers look for the root
XML = "{http://www.w3.org/XML/1998/namespace}"

_DECLARATION = re.compile(r"<\?xml\s[^?>]{0,400}\?>")
_VERSION = re.compile(r"""\sversion\s*=\s*["']([^"']*)["']""")
_ENCODING = re.compile(r"""\sencoding\s*=\s*["']([^"']*)["']""")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CROWDED = re.compile(rf"""<[^!?<>"']++(?:(?:"[^"<]*+"|'[^'<]*+')[^<>"']*+){{{MOST_ATTRIBUTES + 1}}}""")
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
)
_BOMS += ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNMARKED = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_TYPE = re.compile(r"""(?:[^"'<>\[]++|"[^"]*+"|'[^']*+')*+""")
_UNICODE = ("utf-8", "ascii")
_OF_TEXT = re.compile(  # Python has other codecs too, of which some execute or unpack what they read
    r"utf-8|ascii|utf-(?:16|32)(?:-[lb]e)?|iso8859-\d+|iso2022_\w+|cp\d+|koi8-[rut]|gb\w+|big5\w*|euc_\w+|shift_jis\w*|johab|hz|mac-?\w+"
)

# libxml2 names what is wrong; the rest of what it finds is a matter of well-formedness (X01).
_RULES = {
    "ERR_INVALID_CHAR": ("X03", "leave control characters out, also as references: they have no meaning in a feed"),
    "ERR_UNDECLARED_ENTITY": ("X07", "write the character itself, or its number, as &#160; for &nbsp;"),
    "WAR_UNDECLARED_ENTITY": ("X07", "write the character itself, or its number, as &#160; for &nbsp;"),
    "ERR_RESOURCE_LIMIT": ("S02", "a feed needs no such depth or length: split the document"),
}
_WELL_FORMED = "write the document with an XML library, which escapes text and closes what it opens"
_DECLARE = "write the document in UTF-8, and declare it so"
_CONTENT_FIRST = 'let the document begin with <?xml version="1.0" encoding="utf-8"?>, without a blank line before it'


class Unreadable(Exception):
    """The document can't be read; the findings say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(findings)
        self.findings = findings


class Page:
    """A parsed document: its elements in order, and how to speak of them."""

    def __init__(self, root: Element, text: str, given: Given) -> None:
        self.root = root
        self.text = text
        self.given = given
        self.elements = list(root.iter())  # also keeps lxml's proxies alive, so that elements can be keys
        self.labels: dict[Element, str] = {}  # of entries: guid or title
        self.by_tag: dict[str, list[Element]] = {}
        for element in self.elements:
            self.by_tag.setdefault(str(element.tag), []).append(element)

    def all(self, *tags: str) -> Iterator[Element]:
        """Give all elements with one of these tags, kind by kind."""
        for tag in tags:
            yield from self.by_tag.get(tag, ())

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
            if around in self.labels:
                return self.labels[around]
            around = around.getparent()
        return ""


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


def decoded(data: bytes) -> tuple[str, list[Finding]]:
    """Give the text of a document, and what is odd about its encoding (XML 1.0 section 4.3.3 and appendix F)."""
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), "")
    guessed = marked or next((name for start, name in _UNMARKED if data.startswith(start)), "")
    declared = "" if guessed not in ("", "utf-8") else _declared(data)
    name = _codec(guessed or declared or "utf-8")
    if not guessed and name.startswith(("utf-16", "utf-32")):
        raise Unreadable(_finding("X02", 1, f"the document declares {name}, and its bytes are not", _DECLARE))
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
        raise Unreadable(_finding("X02", 1, f"the encoding {name[:40]} is unknown", _DECLARE))
    return known


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"the bytes are not {name.upper()}, as they claim to be"
        raise Unreadable(_finding("X02", line, message, _DECLARE)) from None


def _encoding_findings(name: str, marked: str, declared: str, text: str) -> Iterator[Finding]:
    if marked == "utf-8" and declared and _codec(declared) != "utf-8":
        yield _finding("X02", 1, f"the document is marked as UTF-8 and declares {declared}", _DECLARE)
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


def parse(data: bytes, given: Given) -> tuple[Page, list[Finding]]:
    """Parse a document, or raise `Unreadable`."""
    text, findings = decoded(data)
    try:
        findings += _prolog_findings(text)
        _refuse_excess(text)
        root = _tree(text)
    except Unreadable as failure:
        raise Unreadable(*findings, *failure.findings) from None
    page = Page(root, text, given)
    _refuse_entities(page)
    return page, findings


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
        raise Unreadable(*_syntax_findings(parser)) from None
    return root


def _syntax_findings(parser: etree.XMLParser) -> Iterator[Finding]:
    seen: set[tuple[int, str]] = set()
    for entry in list(parser.error_log)[:20]:
        rule, remedy = _RULES.get(entry.type_name, ("X01", _WELL_FORMED))
        if (entry.line, rule) not in seen:
            seen.add((entry.line, rule))
            yield _finding(rule, entry.line, f"not well-formed: {entry.message}", remedy)
    if not seen:
        yield _finding("X01", 1, "not well-formed", _WELL_FORMED)


def _prolog_findings(text: str) -> list[Finding]:
    """Look at what stands before the root: declaration, instructions, document type."""
    if text.lstrip()[:5] == "<?xml" and text[:1] != "<":
        raise Unreadable(_finding("X02", 1, "white space stands before the XML declaration", _CONTENT_FIRST))
    findings: list[Finding] = []
    match = _DECLARATION.match(text)
    version = _VERSION.search(match[0]) if match else None
    if version and version[1] != "1.0":
        findings.append(
            _finding("X01", 1, f"XML {version[1][:10]} is declared, which readers refuse", "declare version 1.0")
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
    raise Unreadable(_finding("X07", line, "a document type with declarations of its own: feedpub reads none", remedy))


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
    illegal = _ILLEGAL.search(text)
    if illegal:
        rule, remedy = _RULES["ERR_INVALID_CHAR"]
        count = len(_ILLEGAL.findall(text))
        message = f"the character U+{ord(illegal[0]):04X} is illegal in XML ({count} such in all)"
        raise Unreadable(_finding(rule, Lines(text).at(illegal.start()), message, remedy))


def _refuse_entities(page: Page) -> None:
    """References to entities that a document type elsewhere may declare were left in place."""
    for entity in page.root.iter(etree.Entity):
        rule, remedy = _RULES["ERR_UNDECLARED_ENTITY"]
        around = entity.getparent()
        line = line_of(around) if around is not None else 0
        raise Unreadable(_finding(rule, line, f"the entity {entity.text} is not declared here", remedy))


def _finding(rule: str, line: int, message: str, remedy: str) -> Finding:
    return Finding(rule, "error", line, "", message, remedy)


def _limit(line: int, message: str) -> Finding:
    return _finding("S02", line, message, "no reader takes such a feed: publish less in one document")


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
