"""RSS 1.0 and 0.90, recognised and looked at for what every reader needs (http://purl.org/rss/1.0/spec).

Takes a tree, gives hits.
"""

from __future__ import annotations

from collections.abc import Iterator

from feedpub import urls
from feedpub.check._finding import Hit, Rule, shown
from feedpub.check._xml import Element, Tree, name_of, text_of
from feedpub.check.namespaces import RDF

NAMESPACES = ("http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/")
_ABOUT = f"{{{RDF}}}about"


def _all(tree: Tree, name: str) -> Iterator[Element]:
    return tree.all(*(f"{{{namespace}}}{name}" for namespace in NAMESPACES))


def _find(element: Element, name: str) -> Element | None:
    namespace = str(element.tag).rpartition("}")[0]
    return element.find(f"{namespace}}}{name}")


def old(tree: Tree) -> Iterator[Hit]:
    """The format itself."""
    yield tree.hit(tree.root, "this is RSS 1.0 or 0.90: feedpub looks at its outline only")


def outline(tree: Tree) -> Iterator[Hit]:
    """What a channel and its items must have."""
    channels = list(_all(tree, "channel"))
    if len(channels) != 1:
        yield tree.hit(tree.root, f"the document has {len(channels)} channels")
    for holder, names in (("channel", "title link description"), ("item", "title link")):
        for element in _all(tree, holder):
            for name in names.split():
                if _find(element, name) is None:
                    yield tree.hit(element, f"{name_of(element)} has no {name}")


def no_items(tree: Tree) -> Iterator[Hit]:
    """Channels that do not list their items."""
    for channel in tree.all(f"{{{NAMESPACES[0]}}}channel"):
        if _find(channel, "items") is None:
            yield tree.hit(channel, "the channel has no items")


def about(tree: Tree) -> Iterator[Hit]:
    """Channels and items without an address of their own, or with that of another one."""
    seen: set[str] = set()
    for element in (*tree.all(f"{{{NAMESPACES[0]}}}channel"), *tree.all(f"{{{NAMESPACES[0]}}}item")):
        address = element.get(_ABOUT)
        if address is None:
            yield tree.hit(element, f"{name_of(element)} has no rdf:about")
        elif address in seen:
            yield tree.hit(element, f"another element has the rdf:about {shown(address)}")
        seen.add(address or "")


def addresses(tree: Tree) -> Iterator[Hit]:
    """Links that are no absolute URIs."""
    for link in _all(tree, "link"):
        wrong = urls.bad_uri(text_of(link).strip())
        if wrong:
            yield tree.hit(link, f"link {wrong}: {shown(text_of(link))}")


RULES: tuple[Rule[Tree], ...] = (
    Rule("R01", "note", "The format is current", "publish RSS 2.0 or Atom 1.0", old),
    Rule("R02", "error", "A channel and its items have what RSS 1.0 asks for", "add the element", outline),
    Rule("R02", "error", "A channel of RSS 1.0 lists its items", "add items with an rdf:Seq", no_items),
    Rule("W3C-InvalidRDF", "error", "Channel and items have an rdf:about of their own", "add rdf:about", about),
    Rule("R06", "error", "Links are absolute URIs", "write an absolute URI in ASCII", addresses),
)
