"""The rules of Atom's links (RFC 4287 section 4.2.7), in Atom and in RSS.

Takes a tree, gives hits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from feedpub import urls
from feedpub.check import _kinds as kinds
from feedpub.check import identity
from feedpub.check._finding import Hit, Rule, shown
from feedpub.check._xml import Element, Tree, split, text_of
from feedpub.check.namespaces import ATOM, HISTORY, THREAD

A = f"{{{ATOM}}}"
HUB = "hub"

# https://www.iana.org/assignments/link-relations, those that mean something for a feed or its pages.
RELATIONS = frozenset(
    """
    about alternate amphtml appendix archives author bookmark canonical chapter collection contents copyright
    create-form current describedby describes disclosure duplicate edit edit-form edit-media enclosure first
    glossary help hosts hub icon index item last latest-version license lrdd memento monitor monitor-group next
    next-archive nofollow noreferrer original payment pingback prefetch prev predecessor-version previous
    prev-archive privacy-policy profile related replies search section self service shortlink start stylesheet
    subsection successor-version tag terms-of-service timegate timemap type up version-history via webmention
    working-copy working-copy-of
    """.split()
)
PAGED = frozenset("current first last next next-archive prev-archive previous".split())
IANA = "http://www.iana.org/assignments/relation/"


def links(element: Element) -> list[Element]:
    """Give the links of a feed, channel or entry."""
    return list(element.iterchildren(A + "link"))


def relation(link: Element) -> str:
    """Give what a link is for: without `rel`, it is an alternate."""
    return str(link.get("rel", "alternate")).removeprefix(IANA)


def holders(tree: Tree) -> Iterator[Element]:
    """Give what may hold links: feeds, sources, entries, and the channels and items of RSS."""
    return tree.all(A + "feed", A + "source", A + "entry", "channel", "item")


def linkless(tree: Tree) -> Iterator[Hit]:
    """Entries that can be neither read nor opened."""
    for entry in tree.all(A + "entry"):
        if entry.find(A + "content") is None and all(relation(link) != "alternate" for link in links(entry)):
            yield tree.hit(entry, "the entry has neither content nor an alternate link")


def two_alternates(tree: Tree) -> Iterator[Hit]:
    """Alternates that differ in neither type nor language."""
    for holder in holders(tree):
        seen: set[tuple[str, str]] = set()
        for link in links(holder):
            kind = (str(link.get("type", "")), str(link.get("hreflang", "")))
            if relation(link) == "alternate" and kind in seen:
                yield tree.hit(link, "another alternate link has the same type and language")
            elif relation(link) == "alternate":
                seen.add(kind)


def link_addresses(tree: Tree) -> Iterator[Hit]:
    """Links without an address, or with one that is none."""
    for link in tree.all(A + "link"):
        address = link.get("href")
        if address is None:
            yield tree.hit(link, "the link has no href")
        elif wrong := kinds.reference(address):
            yield tree.hit(link, f"href {wrong}: {shown(address)}")


def link_attributes(tree: Tree) -> Iterator[Hit]:
    """Links whose type, language, length or count of replies is none."""
    thread = {f"{{{THREAD}}}count": kinds.whole(0), f"{{{THREAD}}}updated": kinds.rfc3339_date}
    table = {"type": kinds.media_type, "hreflang": kinds.language, "length": kinds.whole(0), **thread}
    for link in tree.all(A + "link"):
        for name, kind in table.items():
            value = link.get(name)
            wrong = kind(value) if value is not None else ""
            if wrong:
                yield tree.hit(link, f"{split(name)[1]} {wrong}: {shown(value or '')}")
            elif value is not None and name in thread and relation(link) != "replies":
                yield tree.hit(link, f"thr:{split(name)[1]} belongs to a link of rel replies")
        if link.get(f"{{{THREAD}}}when") is not None:
            yield tree.hit(link, "thr:when was renamed to thr:updated")


def relations(tree: Tree) -> Iterator[Hit]:
    """Relations that nobody registered."""
    for link in tree.all(A + "link"):
        kind = relation(link)
        if kind not in RELATIONS and urls.bad_iri(kind):
            yield tree.hit(link, f"rel {shown(kind)} is neither registered nor an address")


def feed_relations_in_entries(tree: Tree) -> Iterator[Hit]:
    """Relations that speak of the whole feed, on an entry."""
    for holder in tree.all(A + "entry", "item"):
        for link in links(holder):
            if relation(link) in PAGED | {HUB}:
                yield tree.hit(link, f"rel {relation(link)} speaks of a feed, not of an entry")


def link_content(tree: Tree) -> Iterator[Hit]:
    """Links that hold text."""
    for link in tree.all(A + "link"):
        if text_of(link).strip():
            yield tree.hit(link, "a link is empty: its address stands in href")


def enclosure_hints(tree: Tree) -> Iterator[Hit]:
    """Enclosures that say neither how long they are nor of what type."""
    for link in tree.all(A + "link"):
        absent = [name for name in ("length", "type") if link.get(name) is None]
        if relation(link) == "enclosure" and absent:
            yield tree.hit(link, f"the enclosure has no {' and no '.join(absent)}")


def no_self(tree: Tree) -> Iterator[Hit]:
    """Feeds that do not name their own address."""
    for feed in tree.all(A + "feed"):
        if all(relation(link) != "self" for link in links(feed)):
            yield tree.hit(feed, "the feed has no link of rel self")


def odd_self(tree: Tree) -> Iterator[Hit]:
    """Links of rel self that are relative, of another type, or twice."""
    for feed in tree.all(A + "feed", "channel"):
        own = [link for link in links(feed) if relation(link) == "self"]
        for number, link in enumerate(own):
            if not urls.scheme(link.get("href", "").strip()):
                yield tree.hit(link, "the link of rel self is relative")
            if (
                not str(link.get("type", "application/atom+xml"))
                .lower()
                .startswith(("application/atom+xml", "application/rss+xml", "application/rdf+xml"))
            ):
                yield tree.hit(link, f"the link of rel self has the type {shown(link.get('type', ''))}")
            if number:
                yield tree.hit(link, "the feed has more than one link of rel self")


def other_address(tree: Tree) -> Iterator[Hit]:
    """Feeds that lie elsewhere than they say."""
    for feed in tree.all(A + "feed", "channel"):
        for link in links(feed):
            if relation(link) == "self" and identity.elsewhere(link.get("href", ""), tree.given.name):
                yield tree.hit(
                    link, f"the link of rel self is not the address of this document: {shown(link.get('href', ''))}"
                )


def hubs(tree: Tree) -> Iterator[Hit]:
    """Feeds with a hub that do not say what to subscribe to, or archives with one."""
    for feed in tree.all(A + "feed", "channel"):
        found = Counter(relation(link) for link in links(feed))
        if found[HUB] and found["self"] != 1:
            yield tree.hit(feed, f"the feed has a hub and {found['self']} links of rel self")
        if found[HUB] and feed.find(f"{{{HISTORY}}}archive") is not None:
            yield tree.hit(feed, "an archive, which never changes, has a hub")


def no_alternate(tree: Tree) -> Iterator[Hit]:
    """Feeds that name no page."""
    for feed in tree.all(A + "feed"):
        if all(relation(link) != "alternate" for link in links(feed)):
            yield tree.hit(feed, "the feed has no link of rel alternate")


def alternate_late(tree: Tree) -> Iterator[Hit]:
    """Entries with another link before the alternate."""
    for entry in tree.all(A + "entry"):
        kinds_of = [relation(link) for link in links(entry)]
        if "alternate" in kinds_of[1:] and kinds_of[0] != "alternate":
            yield tree.hit(entry, f"a link of rel {kinds_of[0]} stands before the alternate")


def relative_links(tree: Tree) -> Iterator[Hit]:
    """Links without a scheme."""
    for link in tree.all(A + "link"):
        address = link.get("href", "").strip()
        if address and not urls.scheme(address) and relation(link) != "self":
            yield tree.hit(link, f"the link is relative: {shown(address)}")


_ADDRESS = "write an absolute address, encoded as RFC 3987 says"

RULES: tuple[Rule[Tree], ...] = (  # of links in Atom and RSS
    Rule(
        "A08",
        "error",
        "No two alternate links have the same type and language",
        "keep one, or make the other related",
        two_alternates,
    ),
    Rule("W3C-MissingHref", "error", "A link has an address, which is an IRI", _ADDRESS, link_addresses),
    Rule(
        "A10",
        "error",
        "type, hreflang, length and thr: attributes of links are what they say",
        "mend the attribute",
        link_attributes,
    ),
    Rule(
        "A10",
        "warning",
        "An enclosure says its length and type",
        "add length in bytes, and the media type",
        enclosure_hints,
    ),
    Rule("A09", "warning", "rel is registered with the IANA, or an IRI", "use a registered relation", relations),
    Rule(
        "A09",
        "warning",
        "Relations of the whole feed stand on the feed",
        "move the link to the feed",
        feed_relations_in_entries,
    ),
    Rule("W3C-AtomLinkNotEmpty", "warning", "A link is empty", "move the address into href", link_content),
    Rule(
        "A05",
        "warning",
        "The feed's own address is absolute, single, and of a feed's type",
        "mend the link of rel self",
        odd_self,
    ),
    Rule(
        "A19",
        "warning",
        "Addresses are absolute",
        "write the whole address: readers guess different bases",
        relative_links,
        habit=True,
    ),
    Rule(
        "A05",
        "warning",
        "The feed's own address is the one that it was fetched from",
        "write that address, or redirect from it",
        other_address,
    ),
    Rule(
        "W01", "warning", "A feed with a hub has one link of rel self, and archives have no hub", "mend the links", hubs
    ),
)

ATOM_RULES: tuple[Rule[Tree], ...] = (  # of links in Atom alone
    Rule(
        "A07",
        "error",
        "An entry without content has an alternate link",
        "add content, or a link of rel alternate",
        linkless,
    ),
    Rule("A05", "warning", "A feed names its own address", 'add <link rel="self" href="…"/>', no_self),
    Rule(
        "A06",
        "note",
        "A feed names the page that it describes",
        'add <link rel="alternate" type="text/html" href="…"/>',
        no_alternate,
        habit=True,
    ),
    Rule(
        "A06",
        "note",
        "The alternate is an entry's first link",
        "three readers open the first link, whatever it is",
        alternate_late,
        habit=True,
    ),
)
