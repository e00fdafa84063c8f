"""The rules of RSS items: guids, enclosures, what is said twice.

Takes a tree, gives hits; and lists its texts, HTML, names and dates for the rules that hold in every format.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from feedpub import urls
from feedpub.check import _kinds as kinds
from feedpub.check import dates, html
from feedpub.check._finding import Hit, Lines, Rule, shown
from feedpub.check._kinds import Kind
from feedpub.check._xml import Element, Tree, line_of, name_of, text_of
from feedpub.check.content import Fragment, Plain, xhtml_tags
from feedpub.check.html import Tag
from feedpub.check.identity import Name
from feedpub.check.namespaces import CONTENT, DC, XHTML
from feedpub.check.rss import core, filled_text
from feedpub.check.timing import Stamp

ENCODED = f"{{{CONTENT}}}encoded"
CREATOR = f"{{{DC}}}creator"
BODY = f"{{{XHTML}}}body"
_NAMED = re.compile(
    r"<(title|category|copyright|generator)>((?:[^<&]++|&(?!(?:lt|gt|amp);))*+&(?:lt|gt|amp);[^<]*+)</\1>"
)


def empty_items(tree: Tree) -> Iterator[Hit]:
    """Items with neither title nor description."""
    for item in tree.all("item"):
        if next(item.iterchildren("title", "description"), None) is None:
            yield tree.hit(item, "the item has neither title nor description")


def no_guid(tree: Tree) -> Iterator[Hit]:
    """Items without a guid."""
    for item in tree.all("item"):
        if item.find("guid") is None and (tree.root.get("version") or "2").startswith("2"):
            yield tree.hit(item, "the item has no guid")


def incomplete(tree: Tree) -> Iterator[Hit]:
    """Items without what readers need."""
    for item in tree.all("item"):
        absent = [name for name in ("title", "link") if item.find(name) is None]
        if absent:
            yield tree.hit(item, f"the item has no {' and no '.join(absent)}")


def undated(tree: Tree) -> Iterator[Hit]:
    """Items without a date."""
    for item in tree.all("item"):
        if item.find("pubDate") is None and item.find(f"{{{DC}}}date") is None:
            yield tree.hit(item, "the item has no pubDate")


def guids(tree: Tree) -> Iterator[Hit]:
    """Guids that are empty, or permalinks that are no address."""
    for guid in core(tree, "guid"):
        text = text_of(guid).strip()
        permalink = guid.get("isPermaLink", "true") == "true"
        if not text:
            yield tree.hit(guid, "the guid is empty")
        elif permalink and (wrong := urls.bad_uri(text)):
            yield tree.hit(guid, f"the guid is a permalink, and {wrong}: {shown(text)}")
        elif permalink and text.lower().startswith(("tag:", "urn:uuid:")):
            yield tree.hit(guid, f"the guid is a permalink that nobody can open: {shown(text)}")


def permalink_flag(tree: Tree) -> Iterator[Hit]:
    """Values of isPermaLink other than the two."""
    for guid in core(tree, "guid"):
        if guid.get("isPermaLink") not in (None, "true", "false"):
            yield tree.hit(guid, f"isPermaLink is neither true nor false: {shown(guid.get('isPermaLink', ''))}")


def same_guids(tree: Tree) -> Iterator[Hit]:
    """Items that share a guid."""
    found = [(guid, text_of(guid).strip()) for guid in core(tree, "guid")]
    counts = Counter(text for _, text in found)
    seen: set[str] = set()
    for guid, text in found:
        if text and counts[text] > 1 and text in seen:
            yield tree.hit(guid, f"{counts[text]} items have this guid")
        seen.add(text)


def small_guids(tree: Tree) -> Iterator[Hit]:
    """Guids that another feed may well have too."""
    for guid in core(tree, "guid"):
        if re.fullmatch(r"\d{1,8}", text_of(guid).strip()):
            yield tree.hit(guid, f"the guid is a small number: {shown(text_of(guid))}")


def other_permalinks(tree: Tree) -> Iterator[Hit]:
    """Guids that are permalinks and differ from the link."""
    for item in tree.all("item"):
        guid, link = item.find("guid"), filled_text(item, "link")
        if guid is not None and guid.get("isPermaLink", "true") == "true" and link and text_of(guid).strip() != link:
            yield tree.hit(guid, "the guid is a permalink, and differs from the link")


def encoded_first(tree: Tree) -> Iterator[Hit]:
    """Full texts that stand before the description, or without one."""
    for item in tree.all("item"):
        encoded = item.find(ENCODED)
        if encoded is not None and next(encoded.itersiblings("description", preceding=True), None) is None:
            yield tree.hit(encoded, "content:encoded stands before the description, or without one")


def enclosures(tree: Tree) -> Iterator[Hit]:
    """Enclosures without url, length or type, or with a wrong one."""
    table: dict[str, Kind] = {"url": kinds.http, "length": kinds.whole(0), "type": kinds.media_type}
    for enclosure in core(tree, "enclosure"):
        for name, kind in table.items():
            value = enclosure.get(name)
            if value is None:
                yield tree.hit(enclosure, f"the enclosure has no {name}")
            elif wrong := kind(value):
                yield tree.hit(enclosure, f"{name} of the enclosure {wrong}: {shown(value)}")


def two_enclosures(tree: Tree) -> Iterator[Hit]:
    """Items with more than one enclosure."""
    for item in tree.all("item"):
        for enclosure in item.findall("enclosure")[1:]:
            yield tree.hit(enclosure, "the item has more than one enclosure")


def pictures_enclosed(tree: Tree) -> Iterator[Hit]:
    """Images as enclosures."""
    for enclosure in core(tree, "enclosure"):
        if enclosure.get("type", "").lower().startswith("image/"):
            yield tree.hit(enclosure, "an image is enclosed")


def sources(tree: Tree) -> Iterator[Hit]:
    """Sources without an address."""
    for source in core(tree, "source"):
        address = source.get("url")
        if address is None:
            yield tree.hit(source, "the source has no url")
        elif wrong := kinds.uri(address):
            yield tree.hit(source, f"url of the source {wrong}: {shown(address)}")


def commas(tree: Tree) -> Iterator[Hit]:
    """Categories that some readers part at a comma or bar."""
    for category in core(tree, "category"):
        if re.search("[,|]", text_of(category)):
            yield tree.hit(category, f"the category holds a comma or a bar: {shown(text_of(category))}")


_TERMS = "{http://purl.org/dc/terms/}"
_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = f"{{{DC}}}"
_OVERLAPS = {
    "title": {f"{_DC}title", f"{_ATOM}title"},
    "link": {f"{_DC}identifier"},
    "description": {f"{_DC}description", f"{_ATOM}summary", f"{_ATOM}content", BODY},
    "pubDate": {f"{_DC}date", f"{_ATOM}published"},
    "lastBuildDate": {f"{_TERMS}modified"},
    "category": {f"{_DC}subject"},
    "author": {CREATOR, f"{_ATOM}author"},
    "managingEditor": {CREATOR},
    "webMaster": {f"{_DC}publisher"},
    "copyright": {f"{_DC}rights"},
    "language": {f"{_DC}language"},
    "source": {f"{_DC}source"},
    "guid": {f"{_ATOM}id"},
    "generator": {"{http://webns.net/mvcb/}generatorAgent"},
}


def overlaps(tree: Tree) -> Iterator[Hit]:
    """Elements of Dublin Core or Atom that say what an element of RSS says."""
    for holder in tree.all("channel", "item"):
        children = {str(child.tag): child for child in holder}
        for name in sorted(_OVERLAPS.keys() & children.keys()):
            for twin in sorted(_OVERLAPS[name] & children.keys()):
                message = f"{holder.tag} has {name} and {name_of(children[twin])}: some readers double or lose one"
                yield tree.hit(children[twin], message)


def two_creators(tree: Tree) -> Iterator[Hit]:
    """Items with several dc:creator."""
    for item in tree.all("item"):
        for creator in item.findall(CREATOR)[1:2]:
            yield tree.hit(creator, "the item has more than one dc:creator")


def named_references(tree: Tree) -> Iterator[Hit]:
    """Named references in plain text, which some readers take for markup."""
    lines = Lines(tree.text)
    for match in _NAMED.finditer(tree.text):
        yield Hit(lines.at(match.start()), "", f"{match[1]} holds a named reference: {shown(match[2])}")


def plains(tree: Tree) -> list[Plain]:
    """List the plain texts: all but the description of an item."""
    texts = core(tree, *"title description category copyright generator managingEditor webMaster author".split())
    found = [Plain(str(text.tag), text_of(text), *tree.place(text)) for text in texts if not _is_html(text)]
    return found + [Plain("dc:creator", text_of(creator), *tree.place(creator)) for creator in tree.all(CREATOR)]


def _is_html(element: Element) -> bool:
    parent = element.getparent()
    return element.tag == "description" and parent is not None and parent.tag == "item"


def names(tree: Tree) -> list[Name]:
    """List the ids, addresses and categories."""
    kinds_of = {"guid": "id", "category": "term"} | dict.fromkeys(("link", "comments", "docs", "url"), "address")
    found = [Name(kinds_of[str(part.tag)], text_of(part).strip(), *tree.place(part)) for part in core(tree, *kinds_of)]
    files = core(tree, "enclosure", "source")
    return found + [Name("address", file.get("url", ""), *tree.place(file)) for file in files]


def fragments(tree: Tree) -> Iterator[Fragment]:
    """Give the HTML: descriptions of items, and content:encoded."""
    for item in tree.all("item"):
        for text in (*item.findall("description"), *item.findall(ENCODED)):
            yield _fragment(tree, text, html.tags(text_of(text), line_of(text)))
        for body in item.findall(BODY):
            yield _fragment(tree, body, list(xhtml_tags(body)))


def _fragment(tree: Tree, element: Element, tags: list[Tag]) -> Fragment:
    return Fragment(name_of(element), "" if len(element) else text_of(element), tags, *tree.place(element))


def stamps(tree: Tree) -> list[Stamp]:
    """List the dates."""
    found = []
    for element in core(tree, "pubDate", "lastBuildDate"):
        text = text_of(element).strip()
        moment = dates.rfc822(text) or dates.loose_rfc822(text)
        parent = element.getparent()
        if moment:
            is_main = parent is not None and parent.tag == "item"
            found.append(Stamp(str(element.tag), moment, *tree.place(element), is_main))
    return found


RULES: tuple[Rule[Tree], ...] = (
    Rule("R03", "warning", "description stands before content:encoded", "write a description first", encoded_first),
    Rule("R04", "error", "An item has a title or a description", "add a title", empty_items),
    Rule("R04", "warning", "An item has a guid", 'add <guid isPermaLink="false">, and never change it', no_guid),
    Rule("R04", "note", "An item has a title and a link", "add the element", incomplete, habit=True),
    Rule(
        "T11",
        "warning",
        "An item has a date",
        "add pubDate: readers take the time of fetching instead",
        undated,
        habit=True,
    ),
    Rule(
        "R05", "error", "A guid is not empty, and a permalink is a URL", 'write isPermaLink="false", or the URL', guids
    ),
    Rule("R05", "error", "isPermaLink is true or false", "mend the attribute", permalink_flag),
    Rule(
        "R05",
        "note",
        "A guid that is a permalink is the link",
        'write isPermaLink="false"',
        other_permalinks,
        habit=True,
    ),
    Rule("I06", "error", "No two items share a guid", "give each item its own guid", same_guids),
    Rule("I03", "warning", "A guid is unique in the world", "use a urn:uuid: or tag: URI", small_guids),
    Rule(
        "R10",
        "note",
        "Plain text has numeric references",
        "write &#x26; for &amp;, and &#x3C; for &lt;",
        named_references,
        habit=True,
    ),
    Rule(
        "R16", "error", "An enclosure has url, length and type", "write length in bytes, 0 if it is unknown", enclosures
    ),
    Rule("R16", "warning", "An item has one enclosure", "keep the first: readers take no other", two_enclosures),
    Rule(
        "R17",
        "note",
        "Images are media:content, not enclosures",
        "use media:content: an enclosure is for downloading",
        pictures_enclosed,
        habit=True,
    ),
    Rule("A17", "error", "A source has the url of a feed", "add url, or leave the source out", sources),
    Rule(
        "R18",
        "note",
        "A category is one word or phrase",
        "write one category each: some readers part them at commas",
        commas,
        habit=True,
    ),
    Rule("R20", "warning", "What RSS has is not said twice", "leave out the element of the extension", overlaps),
    Rule(
        "R07",
        "note",
        "An item has one dc:creator",
        "join the names: ten readers show one of two",
        two_creators,
        habit=True,
    ),
)
