"""The rules of RSS 2.0 (https://www.rssboard.org/rss-specification and its best practices profile).

RSS 0.91 to 0.94 are recognised and held to the same rules; RSS 1.0 is looked at by `rdf`. Takes a tree, gives hits.
"""

from __future__ import annotations

from collections.abc import Iterator

from feedpub.check._finding import Hit, Rule, shown
from feedpub.check._xml import XML, Element, Tree, name_of, split, text_of
from feedpub.check.namespaces import CONTENT

_CHANNEL = (
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs "
    "cloud ttl image rating textInput skipHours skipDays item"
)
_ITEM = "title link description author category comments enclosure guid pubDate source"
CHILDREN = {
    "rss": frozenset(("channel",)),
    "channel": frozenset(_CHANNEL.split()),
    "item": frozenset(_ITEM.split()),
    "image": frozenset("url title link width height description".split()),
    "textInput": frozenset("title description name link".split()),
    "skipHours": frozenset(("hour",)),
    "skipDays": frozenset(("day",)),
}
ATTRIBUTES = {
    "rss": frozenset(("version",)),
    "guid": frozenset(("isPermaLink",)),
    "enclosure": frozenset(("url", "length", "type")),
    "source": frozenset(("url",)),
    "category": frozenset(("domain",)),
    "cloud": frozenset(("domain", "port", "path", "registerProcedure", "protocol")),
}
_MANY = frozenset(("item", "category", "hour", "day", "enclosure"))
_PLACES = {(parent, child) for parent, children in CHILDREN.items() for child in children}
_ONCE = {(parent, child) for parent, child in _PLACES if child not in _MANY | {"channel"}}


def core(tree: Tree, *names: str) -> Iterator[Element]:
    """Give the elements of RSS with these names, where RSS has them."""
    for name in names:
        elsewhere = any(tag == name for _, tag in tree.places - _PLACES)
        for element in tree.all(name):
            parent = element.getparent() if elsewhere else None
            if not elsewhere or (parent is not None and (parent.tag, name) in _PLACES):
                yield element


def filled_text(element: Element, name: str) -> str:
    """Give the text of a child, on one line, or nothing."""
    return " ".join((element.findtext(name) or "").split())


# ── which elements there are ────────────────────────────────────────────────────────────────────


def version(tree: Tree) -> Iterator[Hit]:
    """Versions that there are not."""
    written = tree.root.get("version")
    if written is None:
        yield tree.hit(tree.root, "rss has no version")
    elif written not in ("2.0", "0.91", "0.92", "0.93", "0.94"):
        yield tree.hit(tree.root, f"there is no RSS {shown(written)}")


def old_version(tree: Tree) -> Iterator[Hit]:
    """Versions before 2.0."""
    if (tree.root.get("version") or "2").startswith("0"):
        yield tree.hit(tree.root, f"RSS {tree.root.get('version')} is older than what readers are made for")


def channels(tree: Tree) -> Iterator[Hit]:
    """Documents without a channel, or with two."""
    found = tree.root.findall("channel")
    if not found:
        yield tree.hit(tree.root, "rss has no channel")
    for again in found[1:]:
        yield tree.hit(again, "rss has more than one channel")


def channel_elements(tree: Tree) -> Iterator[Hit]:
    """What a channel must have."""
    for channel in tree.root.iterfind("channel"):
        for name in ("title", "link", "description"):
            if channel.find(name) is None:
                yield tree.hit(channel, f"the channel has no {name}")


def repeated(tree: Tree) -> Iterator[Hit]:
    """Elements that stand twice where one may."""
    again = {element for _, name in _ONCE for element in tree.again(name)}
    for element, parent in tree.standing(_ONCE if again else ()):
        if element in again:
            yield tree.hit(element, f"{parent.tag} has more than one {element.tag}")


def strangers(tree: Tree) -> Iterator[Hit]:
    """Elements in no namespace that RSS does not have, or not there."""
    odd = {place for place in tree.places - _PLACES if place[0] in CHILDREN and not split(place[1])[0]}
    for element, parent in tree.standing(odd):
        yield tree.hit(element, f"{parent.tag} can't hold {element.tag}, which is in no namespace")


def in_extensions(tree: Tree) -> Iterator[Hit]:
    """Elements in no namespace within extensions."""
    odd = {(parent, tag) for parent, tag in tree.places if split(parent)[0] and not split(tag)[0]}
    for element, parent in tree.standing(odd):
        yield tree.hit(element, f"{element.tag} within {name_of(parent)} is in no namespace")


def children_in_text(tree: Tree) -> Iterator[Hit]:
    """Elements within elements that hold text."""
    holders = {parent for parent, _ in tree.places} - CHILDREN.keys()
    for element, _ in tree.standing({place for place in _PLACES if place[1] in holders}):
        if len(element):
            yield tree.hit(element[0], f"{element.tag} holds the element {name_of(element[0])}")


def markup_in_encoded(tree: Tree) -> Iterator[Hit]:
    """HTML that was not escaped."""
    for element in tree.all(f"{{{CONTENT}}}encoded"):
        if len(element):
            yield tree.hit(element[0], f"content:encoded holds the element {name_of(element[0])}")


def strange_attributes(tree: Tree) -> Iterator[Hit]:
    """Attributes that an element of RSS does not have."""
    for element, attributes in tree.attributes.items():
        if split(str(element.tag))[0]:
            continue
        known = ATTRIBUTES.get(str(element.tag), frozenset())
        for attribute in attributes:
            if attribute[:1] != "{" and attribute not in known:
                yield tree.hit(element, f"{element.tag} has no attribute {attribute}")


def stray_text(tree: Tree) -> Iterator[Hit]:
    """Text between elements, where only elements may stand."""
    for element in tree.all(*CHILDREN):
        text = next(
            (part for part in (element.text, *(child.tail for child in element)) if part and part.strip()), None
        )
        if text:
            yield tree.hit(element, f"text stands between the elements of {element.tag}: {shown(text)}")


def filled(tree: Tree) -> Iterator[Hit]:
    """Text within elements that have attributes only."""
    for element in core(tree, "enclosure", "cloud"):
        if text_of(element).strip():
            yield tree.hit(element, f"{element.tag} holds text: {shown(text_of(element))}")


def blank(tree: Tree) -> Iterator[Hit]:
    """Elements that are there and empty."""
    for element in core(tree, *"title category language copyright generator rating".split()):
        if not len(element) and not text_of(element).strip():
            yield tree.hit(element, f"{element.tag} is empty")


def items_early(tree: Tree) -> Iterator[Hit]:
    """Metadata of the channel behind its items."""
    for channel in tree.root.iterfind("channel"):
        behind = False
        for child in channel:
            if behind and child.tag in CHILDREN["channel"] and child.tag != "item":
                yield tree.hit(child, f"{child.tag} of the channel stands behind an item")
            behind = behind or child.tag == "item"


# ── items ───────────────────────────────────────────────────────────────────────────────────────


# ── people, dates, addresses, numbers ───────────────────────────────────────────────────────────


def extended(tree: Tree) -> Iterator[Hit]:
    """Elements of RSS with attributes of extensions."""
    for element, attributes in tree.attributes.items():
        if not split(str(element.tag))[0]:
            for attribute in attributes:
                if attribute[:1] == "{" and not attribute.startswith(XML):
                    yield tree.hit(element, f"{element.tag} has the attribute {split(attribute)[1]} of an extension")


# ── for the rules of every format ───────────────────────────────────────────────────────────────


RULES: tuple[Rule[Tree], ...] = (
    Rule("R01", "error", "rss has a version that there is", 'write version="2.0"', version),
    Rule("R01", "note", "The version is 2.0", "publish RSS 2.0, which has all that older versions have", old_version),
    Rule("R01", "error", "rss has one channel", "write one channel", channels),
    Rule("R02", "error", "A channel has title, link and description", "add the element", channel_elements),
    Rule("R02", "error", "Elements of RSS stand once where one may", "leave one", repeated),
    Rule("W3C-NotBlank", "warning", "No element is empty", "fill it, or leave it out", blank),
    Rule(
        "W3C-UndefinedElement",
        "error",
        "Elements in no namespace are those of RSS, in their place",
        "mend the name, or give the extension a namespace",
        strangers,
    ),
    Rule(
        "W3C-NotInANamespace",
        "error",
        "Extensions hold elements of a namespace",
        "give the element a namespace",
        in_extensions,
    ),
    Rule(
        "W3C-UnexpectedAttribute",
        "error",
        "Elements of RSS have the attributes of RSS",
        "mend the name, or leave it out",
        strange_attributes,
    ),
    Rule("W3C-UnexpectedText", "error", "enclosure and cloud are empty", "move the text into attributes", filled),
    Rule("W3C-UnexpectedText", "error", "No text stands between elements", "move the text into an element", stray_text),
    Rule(
        "R03",
        "warning",
        "Items stand behind all else in the channel",
        "move the element before the first item",
        items_early,
    ),
    Rule("R11", "error", "Text and HTML hold no elements", "escape the markup", children_in_text),
    Rule("R11", "error", "content:encoded holds no elements", "escape the markup", markup_in_encoded),
    Rule(
        "W3C-UseOfExtensionAttr",
        "warning",
        "Elements of RSS have no attributes of extensions",
        "leave the attribute out",
        extended,
    ),
)
