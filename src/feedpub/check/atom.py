"""The rules of Atom 1.0 (RFC 4287): which elements there must be, and what addresses, people, links and dates hold.

What texts and contents hold is in `atom_text`. Takes a tree, gives hits.
"""

from __future__ import annotations

from collections.abc import Iterator

from feedpub.check._finding import Hit, Rule, shown
from feedpub.check._xml import XML, Element, Tree, name_of, split
from feedpub.check.namespaces import ATOM

A = f"{{{ATOM}}}"

_METADATA = "author category contributor generator icon id link logo rights subtitle title updated".split()
_ENTRY = "author category content contributor id link published rights source summary title updated".split()
CHILDREN = {
    "feed": frozenset((*_METADATA, "entry")),
    "source": frozenset(_METADATA),
    "entry": frozenset(_ENTRY),
    **dict.fromkeys(("author", "contributor"), frozenset(("name", "uri", "email"))),
    **dict.fromkeys(
        "id title updated published rights subtitle summary icon logo name uri email".split(), frozenset[str]()
    ),
    **dict.fromkeys(("generator", "category", "link", "content"), frozenset[str]()),
}
_TEXT_ATTRIBUTES = dict.fromkeys("title subtitle rights summary".split(), frozenset(("type",)))
ATTRIBUTES = _TEXT_ATTRIBUTES | {
    "content": frozenset(("type", "src")),
    "category": frozenset(("term", "scheme", "label")),
    "generator": frozenset(("uri", "version")),
    "link": frozenset(("href", "rel", "type", "hreflang", "title", "length")),
}
_HOLDERS = frozenset(A + name for name in ("feed", "entry", "source", "author", "contributor"))
TEXTS = ("title", "subtitle", "rights", "summary")

# ── which elements there are ────────────────────────────────────────────────────────────────────


def missing(tree: Tree, element: Element, names: str) -> Iterator[Hit]:
    """Name the Atom elements that should be there."""
    for name in names.split():
        if element.find(A + name) is None:
            yield tree.hit(element, f"{name_of(element)} has no {name}")


def repeated(tree: Tree, element: Element, names: str) -> Iterator[Hit]:
    """Name the Atom elements that stand more than once."""
    for name in names.split():
        for again in element.findall(A + name)[1:]:
            yield tree.hit(again, f"{name_of(element)} has more than one {name}")


def feed_elements(tree: Tree) -> Iterator[Hit]:
    """What a feed must have, and may have once."""
    for feed in tree.all(A + "feed"):
        yield from missing(tree, feed, "id title updated")
        yield from repeated(tree, feed, "id title updated generator icon logo rights subtitle")


def entry_elements(tree: Tree) -> Iterator[Hit]:
    """What an entry must have, and may have once."""
    for entry in tree.all(A + "entry"):
        yield from missing(tree, entry, "id title updated")
        yield from repeated(tree, entry, "id title updated published rights source summary content")


def source_elements(tree: Tree) -> Iterator[Hit]:
    """What the source of an entry should have."""
    for source in tree.all(A + "source"):
        yield from missing(tree, source, "id title updated")


def source_repeats(tree: Tree) -> Iterator[Hit]:
    """What the source of an entry may have once."""
    for source in tree.all(A + "source"):
        yield from repeated(tree, source, "id title updated generator icon logo rights subtitle")


def entry_first(tree: Tree) -> Iterator[Hit]:
    """Metadata of the feed behind its entries."""
    for feed in tree.all(A + "feed"):
        entry = feed.find(A + "entry")
        for late in entry.itersiblings() if entry is not None else ():
            if late.tag != A + "entry" and split(late.tag)[0] == ATOM:
                yield tree.hit(late, f"{name_of(late)} of the feed stands behind an entry")


def strangers(tree: Tree) -> Iterator[Hit]:
    """Elements that Atom does not have, or not in this place."""
    for element in tree.elements:
        parent = element.getparent()
        namespace, name = split(str(element.tag))
        if parent is None or split(str(parent.tag))[0] != ATOM:
            continue
        around = split(str(parent.tag))[1]
        allowed = CHILDREN.get(around)
        if namespace == ATOM and allowed is not None and name not in allowed:
            yield tree.hit(element, f"{around} can't hold {name_of(element)}")


def nameless_extensions(tree: Tree) -> Iterator[Hit]:
    """Extensions in no namespace."""
    for element in tree.elements:
        parent = element.getparent()
        if parent is not None and not split(str(element.tag))[0] and parent.tag in _HOLDERS:
            yield tree.hit(element, f"{name_of(element)} is in no namespace")


def strange_children(tree: Tree) -> Iterator[Hit]:
    """Elements within elements that hold text alone."""
    for element in tree.all(*(A + name for name in "id updated published icon logo name uri email generator".split())):
        for child in element:
            if split(str(child.tag))[0] != ATOM and split(str(child.tag))[0]:
                yield tree.hit(child, f"{name_of(element)} holds text alone, and no {name_of(child)}")


def strange_attributes(tree: Tree) -> Iterator[Hit]:
    """Attributes that an Atom element does not have."""
    for element in tree.elements:
        namespace, name = split(str(element.tag))
        known = ATTRIBUTES.get(name, frozenset())
        if namespace == ATOM:
            for attribute in map(str, element.attrib):
                if attribute[:1] != "{" and attribute not in known:
                    yield tree.hit(element, f"{name_of(element)} has no attribute {attribute}")


def stray_text(tree: Tree) -> Iterator[Hit]:
    """Text between elements, where only elements may stand."""
    for element in tree.all(*_HOLDERS):
        parts = (element.text, *(child.tail for child in element))
        text = next((part for part in parts if part and part.strip()), None)
        if text:
            yield tree.hit(element, f"text stands between the elements of {name_of(element)}: {shown(text)}")


# ── people, ids, dates, addresses ───────────────────────────────────────────────────────────────


def prefixed(tree: Tree) -> Iterator[Hit]:
    """Atom with a prefix."""
    if tree.root.prefix:
        yield tree.hit(tree.root, f"Atom's elements have the prefix {tree.root.prefix}")


def no_language(tree: Tree) -> Iterator[Hit]:
    """Feeds that do not say their language."""
    if tree.root.get(f"{XML}lang") is None:
        yield tree.hit(tree.root, "the feed does not say its language")


# ── categories, and what addresses depend on ────────────────────────────────────────────────────


_ADD = "add the element"
_LEAVE = "leave one"

RULES: tuple[Rule[Tree], ...] = (
    Rule(
        "A01",
        "error",
        "A feed has one id, title and updated, and at most one of what else is single",
        "mend the feed's head",
        feed_elements,
    ),
    Rule(
        "A02",
        "error",
        "An entry has one id, title and updated, and at most one of what else is single",
        "mend the entry",
        entry_elements,
    ),
    Rule("A17", "warning", "The source of an entry keeps id, title and updated", _ADD, source_elements),
    Rule("A17", "error", "The source of an entry has single elements once", _LEAVE, source_repeats),
    Rule(
        "W3C-MisplacedMetadata",
        "error",
        "All metadata of a feed stand before its entries (RFC 4287 appendix B)",
        "move the element before the first entry",
        entry_first,
    ),
    Rule(
        "W3C-UndefinedElement",
        "error",
        "Atom's elements stand where Atom has them",
        "mend the name, or move the element",
        strangers,
    ),
    Rule(
        "E07",
        "warning",
        "Extensions are in a namespace",
        "give the extension a namespace of its own",
        nameless_extensions,
    ),
    Rule(
        "W3C-UndefinedElement",
        "error",
        "Elements that hold text have no children",
        "leave the child out",
        strange_children,
    ),
    Rule(
        "W3C-UnexpectedAttribute",
        "error",
        "Atom's elements have Atom's attributes",
        "mend the name, or leave it out",
        strange_attributes,
    ),
    Rule("W3C-UnexpectedText", "error", "No text stands between elements", "move the text into an element", stray_text),
    Rule(
        "X08",
        "warning",
        "Atom's elements have no prefix",
        f'write xmlns="{ATOM}": one reader skips prefixed elements',
        prefixed,
        habit=True,
    ),
    Rule("L02", "note", "A feed says its language", 'add xml:lang, such as xml:lang="en"', no_language, habit=True),
)
