"""RSS 1.0 and 0.90, recognised and looked at for what every reader needs (http://purl.org/rss/1.0/spec).

Takes a page, gives hits.
"""

from __future__ import annotations

from collections.abc import Iterator

from feedpub import urls
from feedpub.check._finding import Hit, Rule, shown
from feedpub.check._xml import Element, Page, name_of, text_of
from feedpub.check.namespaces import RDF

NAMESPACES = ("http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/")
_ABOUT = f"{{{RDF}}}about"


def _all(page: Page, name: str) -> Iterator[Element]:
    return page.all(*(f"{{{namespace}}}{name}" for namespace in NAMESPACES))


def _find(element: Element, name: str) -> Element | None:
    namespace = str(element.tag).rpartition("}")[0]
    return element.find(f"{namespace}}}{name}")


def old(page: Page) -> Iterator[Hit]:
    """The format itself."""
    yield page.hit(page.root, "this is RSS 1.0 or 0.90: feedpub looks at its outline only")


def outline(page: Page) -> Iterator[Hit]:
    """What a channel and its items must have."""
    channels = list(_all(page, "channel"))
    if len(channels) != 1:
        yield page.hit(page.root, f"the document has {len(channels)} channels")
    for holder, names in (("channel", "title link description"), ("item", "title link")):
        for element in _all(page, holder):
            for name in names.split():
                if _find(element, name) is None:
                    yield page.hit(element, f"{name_of(element)} has no {name}")


def no_items(page: Page) -> Iterator[Hit]:
    """Channels that do not list their items."""
    for channel in page.all(f"{{{NAMESPACES[0]}}}channel"):
        if _find(channel, "items") is None:
            yield page.hit(channel, "the channel has no items")


def about(page: Page) -> Iterator[Hit]:
    """Channels and items without an address of their own, or with that of another one."""
    seen: set[str] = set()
    for element in (*page.all(f"{{{NAMESPACES[0]}}}channel"), *page.all(f"{{{NAMESPACES[0]}}}item")):
        address = element.get(_ABOUT)
        if address is None:
            yield page.hit(element, f"{name_of(element)} has no rdf:about")
        elif address in seen:
            yield page.hit(element, f"another element has the rdf:about {shown(address)}")
        seen.add(address or "")


def addresses(page: Page) -> Iterator[Hit]:
    """Links that are no absolute URIs."""
    for link in _all(page, "link"):
        wrong = urls.bad_uri(text_of(link).strip())
        if wrong:
            yield page.hit(link, f"link {wrong}: {shown(text_of(link))}")


RULES: tuple[Rule[Page], ...] = (
    Rule("R01", "note", "The format is current", "publish RSS 2.0 or Atom 1.0", old),
    Rule("R02", "error", "A channel and its items have what RSS 1.0 asks for", "add the element", outline),
    Rule("R02", "error", "A channel of RSS 1.0 lists its items", "add items with an rdf:Seq", no_items),
    Rule("W3C-InvalidRDF", "error", "Channel and items have an rdf:about of their own", "add rdf:about", about),
    Rule("R06", "error", "Links are absolute URIs", "write an absolute URI in ASCII", addresses),
)
