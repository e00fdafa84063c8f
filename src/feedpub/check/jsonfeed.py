"""The rules of JSON Feed 1.1 and 1.0 (https://www.jsonfeed.org/version/1.1/): the feed as a whole.

Takes a parsed feed, gives hits. What items must have is in `json_items`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from feedpub import urls
from feedpub.check import identity
from feedpub.check._finding import Hit, Rule, shown
from feedpub.check._json import Node
from feedpub.check.json_objects import AUTHOR, HUB, KNOWN, JsonFeed

VERSIONS = ("https://jsonfeed.org/version/1.1", "https://jsonfeed.org/version/1")


# ── the feed ────────────────────────────────────────────────────────────────────────────────────


def version(feed: JsonFeed) -> Iterator[Hit]:
    """Versions that readers do not know."""
    found = feed.root.get("version")
    if found is not None and found.value not in VERSIONS:
        yield feed.hit(found, f"readers know the version {VERSIONS[0]}, and not {shown(str(found.value))}")


def first_key(feed: JsonFeed) -> Iterator[Hit]:
    """Documents that do not begin with their version."""
    if next(iter(feed.root.value), "") != "version":
        yield feed.hit(feed.root, "version is not the first key")


def outline(feed: JsonFeed) -> Iterator[Hit]:
    """What a feed must have."""
    for name in ("version", "title", "items"):
        if feed.root.get(name) is None:
            yield feed.hit(feed.root, f"the feed has no {name}")
    for node in feed.root.nodes("items"):
        if not isinstance(node.value, dict):
            yield feed.hit(node, "an item is no object")


def addresses(feed: JsonFeed) -> Iterator[Hit]:
    """Feeds that name neither themselves nor their site."""
    for name in ("home_page_url", "feed_url"):
        if not feed.root.text(name):
            yield feed.hit(feed.root, f"the feed has no {name}")


def own_next(feed: JsonFeed) -> Iterator[Hit]:
    """Feeds whose next page is the feed itself."""
    following = feed.root.get("next_url")
    if following is not None and following.value and following.value == feed.root.text("feed_url"):
        yield feed.hit(following, "next_url is feed_url: a reader would walk in a circle")


def mixed_authors(feed: JsonFeed) -> Iterator[Hit]:
    """Authors on the feed though an item has others."""
    own = _names(feed.root)
    other = next((item for item in feed.items if own and _names(item) and _names(item) != own), None)
    if other is not None:
        yield feed.hit(feed.root, f"the feed has authors, and an item has others: {shown(feed.labels[other])}")


def _names(holder: Node) -> list[str]:
    return [author.text("name") or author.text("url") for author in holder.nodes("authors")]


# ── objects and their members ───────────────────────────────────────────────────────────────────


def _members_named(*names: str) -> Callable[[JsonFeed], Iterator[Hit]]:
    return lambda feed: (hit for name, hit in feed.faults if name in names)


def _members_but(*names: str) -> Callable[[JsonFeed], Iterator[Hit]]:
    return lambda feed: (hit for name, hit in feed.faults if name not in names)


def unknown_keys(feed: JsonFeed) -> Iterator[Hit]:
    """Keys that JSON Feed does not have, and that are no extensions."""
    for kind, node, item, _ in feed.objects:
        for key, member in node.value.items() if isinstance(node.value, dict) else ():
            if not key.startswith("_") and key not in KNOWN[kind]:
                yield feed.hit(member, f"JSON Feed has no {key[:40]} in {kind}", item)


def extensions(feed: JsonFeed) -> Iterator[Hit]:
    """Extensions that are misnamed, or no objects."""
    for _, node, item, _looks in feed.objects:
        for key, member in node.value.items() if isinstance(node.value, dict) else ():
            if key.startswith("_") and (not re.match("_[A-Za-z]", key) or "." in key):
                yield feed.hit(
                    member, f"an extension is named by _ and a letter, without a dot, and not {key[:40]}", item
                )
            elif key.startswith("_") and not isinstance(member.value, dict):
                yield feed.hit(member, f"the extension {key[:40]} is no object", item)


def unexplained(feed: JsonFeed) -> Iterator[Hit]:
    """Extensions of the feed that do not say what they are."""
    for key, member in feed.root.value.items():
        if key.startswith("_") and isinstance(member.value, dict) and member.get("about") is None:
            yield feed.hit(member, f"the extension {key[:40]} has no about")


def empty_authors(feed: JsonFeed) -> Iterator[Hit]:
    """Authors of whom nothing is said."""
    for kind, node, item, _ in feed.objects:
        if kind == "author" and isinstance(node.value, dict) and not any(node.text(name) for name in AUTHOR):
            yield feed.hit(node, "the author has neither name, url nor avatar", item)


def one_author(feed: JsonFeed) -> Iterator[Hit]:
    """Authors in the form of one version only."""
    for holder in (feed.root, *feed.items):
        item = holder if holder is not feed.root else None
        if holder.nodes("authors") and holder.get("author") is None:
            yield feed.hit(holder, "authors stand without author: one reader looks for nothing else", item)
            return


def old_author(feed: JsonFeed) -> Iterator[Hit]:
    """Authors in the form of version 1.0 alone, in a feed of version 1.1."""
    if feed.root.text("version") != VERSIONS[0]:
        return
    for holder in (feed.root, *feed.items):
        if holder.get("author") is not None and holder.get("authors") is None:
            yield feed.hit(
                holder, "author is deprecated: use authors beside it", holder if holder is not feed.root else None
            )


def hubs(feed: JsonFeed) -> Iterator[Hit]:
    """Hubs without type or address."""
    for hub in feed.root.nodes("hubs"):
        for name in HUB:
            if not hub.text(name):
                yield feed.hit(hub, f"the hub has no {name}")


def relative(feed: JsonFeed) -> Iterator[Hit]:
    """Addresses without a scheme."""
    names = "home_page_url feed_url next_url icon favicon url external_url image banner_image avatar".split()
    for kind, node, item, _ in feed.objects:
        for name in names:
            address = node.text(name)
            if address and not urls.scheme(address):
                yield feed.hit(node.get(name) or node, f"{name} of the {kind} is relative: {shown(address)}", item)


def other_address(feed: JsonFeed) -> Iterator[Hit]:
    """Feeds that lie elsewhere than they say."""
    own = feed.root.get("feed_url")
    if own is not None and identity.elsewhere(feed.root.text("feed_url"), feed.given.name):
        yield feed.hit(own, f"feed_url is not the address of this document: {shown(feed.root.text('feed_url'))}")


def no_language(feed: JsonFeed) -> Iterator[Hit]:
    """Feeds that do not say their language."""
    if feed.root.get("language") is None:
        yield feed.hit(feed.root, "the feed does not say its language")


def too_many(feed: JsonFeed) -> Iterator[Hit]:
    """Feeds that are long or large."""
    yield from (Hit(1, "", message) for message in identity.too_much(len(feed.items), feed.size))


_MEND = "mend the value, or leave the member out"

RULES: tuple[Rule[JsonFeed], ...] = (
    Rule("J01", "error", "A feed has version, title and items", "add the member", outline),
    Rule("J01", "error", "The version is one that there is", f"write {VERSIONS[0]}", version),
    Rule("J01", "note", "version is the first key", "write it first: who sniffs looks there", first_key, habit=True),
    Rule(
        "W3C-InvalidValue",
        "error",
        "Members hold what JSON Feed says",
        _MEND,
        _members_but("date_published", "date_modified", "language", "mime_type"),
    ),
    Rule(
        "T01",
        "error",
        "Dates are RFC 3339, with seconds and zone",
        "write a date as 2026-11-23T09:30:00Z",
        _members_named("date_published", "date_modified"),
    ),
    Rule(
        "J09",
        "error",
        "The language is a language tag (BCP 47)",
        "write a tag such as en or pt-BR",
        _members_named("language"),
    ),
    Rule(
        "J10",
        "error",
        "The type of an attachment is a media type",
        "write a type such as audio/mpeg",
        _members_named("mime_type"),
    ),
    Rule("J05", "warning", "A feed names itself and its site", "add the address", addresses),
    Rule(
        "J05",
        "warning",
        "feed_url is the address that the feed was fetched from",
        "write that address, or redirect from it",
        other_address,
    ),
    Rule("L02", "note", "A feed says its language", "add language, such as en", no_language, habit=True),
    Rule("J07", "error", "An author has a name, url or avatar", "add the name, or leave the author out", empty_authors),
    Rule("J07", "warning", "Version 1.1 has authors", "add authors, which holds a list", old_author),
    Rule(
        "J07",
        "note",
        "author of version 1.0 stands beside authors",
        "add author, the first of authors",
        one_author,
        habit=True,
    ),
    Rule(
        "J08",
        "note",
        "Authors stand on the feed or on the items",
        "write them on the items alone",
        mixed_authors,
        habit=True,
    ),
    Rule("J11", "error", "next_url is not the feed itself", "leave next_url out on the last page", own_next),
    Rule("J12", "error", "An extension is an object, named by _ and a letter", "rename the extension", extensions),
    Rule(
        "J12",
        "warning",
        "Other keys than those of JSON Feed begin with _",
        "mend the name, or make it an extension",
        unknown_keys,
    ),
    Rule("J12", "note", "An extension says what it is", "add about, with the address of a description", unexplained),
    Rule("W02", "error", "A hub has type and url", "add the member", hubs),
    Rule("A19", "warning", "Addresses are absolute", "write the whole address", relative, habit=True),
    Rule(
        "Z01",
        "warning",
        "A feed has at most 300 entries and 1 MB",
        "publish the newest, and the rest in archives",
        too_many,
        habit=True,
    ),
)
