"""The rules of JSON Feed 1.1 and 1.0 (https://www.jsonfeed.org/version/1.1/).

Takes a parsed document, gives hits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from feedpub.check import _kinds as kinds
from feedpub.check import dates, html, identity, timing, urls
from feedpub.check._finding import Finding, Given, Hit, Rule, apply, shown
from feedpub.check._json import Node, parse
from feedpub.check.content import HTML_RULES, Fragment, Plain, text_rules
from feedpub.check.identity import Name
from feedpub.check.timing import Stamp, Timing

VERSIONS = ("https://jsonfeed.org/version/1.1", "https://jsonfeed.org/version/1")
_NEARLY = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1(?:\.[01])?/?")

Look = Callable[[Node], str]


def _is_string(node: Node) -> str:
    return "" if isinstance(node.value, str) else "is no string"


def _is_number(node: Node) -> str:
    return "" if isinstance(node.value, float) and node.value >= 0 else "is no number of at least 0"


def _is_flag(node: Node) -> str:
    return "" if isinstance(node.value, bool) else "is neither true nor false"


def _is_list(node: Node) -> str:
    return "" if isinstance(node.value, list) else "is no array"


def _is_object(node: Node) -> str:
    return "" if isinstance(node.value, dict) else "is no object"


def _string(kind: Callable[[str], str]) -> Look:
    return lambda node: _is_string(node) or kind(node.value)


_ADDRESS = _string(kinds.reference)
_DATE = _string(kinds.rfc3339_date)
_LANGUAGE = _string(kinds.language)
_TEXTS = dict.fromkeys("title description user_comment summary content_text content_html name".split(), _is_string)

FEED = _TEXTS | {
    "version": _is_string,
    "items": _is_list,
    "authors": _is_list,
    "author": _is_object,
    "hubs": _is_list,
    "expired": _is_flag,
    "language": _LANGUAGE,
    **dict.fromkeys("home_page_url feed_url next_url icon favicon".split(), _ADDRESS),
}
ITEM = _TEXTS | {
    "tags": _is_list,
    "authors": _is_list,
    "author": _is_object,
    "attachments": _is_list,
    "language": _LANGUAGE,
    "date_published": _DATE,
    "date_modified": _DATE,
    **dict.fromkeys("url external_url image banner_image".split(), _ADDRESS),
}
AUTHOR = {"name": _is_string, "url": _ADDRESS, "avatar": _ADDRESS}
ATTACHMENT = {
    "url": _ADDRESS,
    "mime_type": _string(kinds.media_type),
    "title": _is_string,
    "size_in_bytes": _is_number,
    "duration_in_seconds": _is_number,
}
HUB = {"type": _is_string, "url": _ADDRESS}
KNOWN = {
    "feed": frozenset(
        "version title home_page_url feed_url description user_comment next_url icon favicon author authors language "
        "expired hubs items".split()
    ),
    "item": frozenset(
        "id url external_url title content_html content_text summary image banner_image date_published date_modified "
        "author authors tags language attachments".split()
    ),
    "author": frozenset(AUTHOR),
    "attachment": frozenset(ATTACHMENT),
    "hub": frozenset(HUB),
}
_DATES = frozenset(("date_published", "date_modified"))


class JsonFeed:
    """A parsed JSON Feed: its root, its items, and how to speak of them."""

    def __init__(self, root: Node, given: Given, size: int) -> None:
        self.root = root
        self.given = given
        self.size = size
        self.items = [node for node in root.nodes("items") if isinstance(node.value, dict)]
        self.labels = {item: (item.text("id") or item.text("title"))[:200] for item in self.items}

    def hit(self, node: Node, message: str, item: Node | None = None) -> Hit:
        """Speak of a node, of an item or of the whole feed."""
        return Hit(node.line, self.labels[item] if item is not None else "", message)

    def objects(self) -> Iterator[tuple[str, Node, Node | None, dict[str, Look]]]:
        """Give every object of the feed: its kind, the object, the item that it stands in, what its members are."""
        yield "feed", self.root, None, FEED
        yield from self._below(self.root, None)
        yield from (("hub", hub, None, HUB) for hub in self.root.nodes("hubs"))
        for item in self.items:
            yield "item", item, item, ITEM
            yield from self._below(item, item)
            yield from (("attachment", node, item, ATTACHMENT) for node in item.nodes("attachments"))

    def _below(self, holder: Node, item: Node | None) -> Iterator[tuple[str, Node, Node | None, dict[str, Look]]]:
        single = holder.get("author")
        for author in (*holder.nodes("authors"), *([single] if single else [])):
            yield "author", author, item, AUTHOR


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


def members(feed: JsonFeed) -> Iterator[tuple[str, Hit]]:
    """Members that hold something else than they should, each with its name."""
    for kind, node, item, looks in feed.objects():
        if not isinstance(node.value, dict):
            yield kind, feed.hit(node, f"{kind} is no object", item)
            continue
        for name, look in looks.items():
            member = node.get(name)
            wrong = look(member) if member is not None else ""
            if member is not None and wrong:
                yield name, feed.hit(member, f"{name} of the {kind} {wrong}: {shown(_written(member))}", item)


def _written(node: Node) -> str:
    return "…" if isinstance(node.value, (dict, list)) else str(node.value)


def _members_named(*names: str) -> Callable[[JsonFeed], Iterator[Hit]]:
    return lambda feed: (hit for name, hit in members(feed) if name in names)


def _members_but(*names: str) -> Callable[[JsonFeed], Iterator[Hit]]:
    return lambda feed: (hit for name, hit in members(feed) if name not in names)


def unknown_keys(feed: JsonFeed) -> Iterator[Hit]:
    """Keys that JSON Feed does not have, and that are no extensions."""
    for kind, node, item, _ in feed.objects():
        for key, member in node.value.items() if isinstance(node.value, dict) else ():
            if not key.startswith("_") and key not in KNOWN[kind]:
                yield feed.hit(member, f"JSON Feed has no {key[:40]} in {kind}", item)


def extensions(feed: JsonFeed) -> Iterator[Hit]:
    """Extensions that are misnamed, or no objects."""
    for _, node, item, _looks in feed.objects():
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
    for kind, node, item, _ in feed.objects():
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


# ── items ───────────────────────────────────────────────────────────────────────────────────────


def ids(feed: JsonFeed) -> Iterator[Hit]:
    """Items without an id that is a string."""
    for item in feed.items:
        found = item.get("id")
        if found is None:
            yield feed.hit(item, "the item has no id", item)
        elif not isinstance(found.value, str) or not found.value.strip():
            yield feed.hit(found, "the id is no string, or empty", item)


def same_ids(feed: JsonFeed) -> Iterator[Hit]:
    """Items that share an id."""
    counts = Counter(item.text("id") for item in feed.items)
    for item in feed.items:
        if item.text("id") and counts[item.text("id")] > 1:
            yield feed.hit(item, f"{counts[item.text('id')]} items have this id", item)


def no_content(feed: JsonFeed) -> Iterator[Hit]:
    """Items without content."""
    for item in feed.items:
        if item.get("content_html") is None and item.get("content_text") is None:
            yield feed.hit(item, "the item has neither content_html nor content_text", item)


def two_contents(feed: JsonFeed) -> Iterator[Hit]:
    """Items with both kinds of content."""
    for item in feed.items:
        if item.text("content_html") and item.text("content_text"):
            yield feed.hit(item, "the item has content_html and content_text: some readers show the text alone", item)


def undated(feed: JsonFeed) -> Iterator[Hit]:
    """Items without a date."""
    for item in feed.items:
        if not item.text("date_published"):
            yield feed.hit(item, "the item has no date_published", item)


def no_address(feed: JsonFeed) -> Iterator[Hit]:
    """Items without an address."""
    for item in feed.items:
        if not item.text("url") and not item.text("external_url"):
            yield feed.hit(item, "the item has no url", item)


def tags(feed: JsonFeed) -> Iterator[Hit]:
    """Tags that are no strings, empty, or there twice."""
    for item in feed.items:
        seen: set[str] = set()
        for tag in item.nodes("tags"):
            if not isinstance(tag.value, str) or not tag.value.strip():
                yield feed.hit(tag, "a tag is no string, or empty", item)
            elif tag.value in seen:
                yield feed.hit(tag, f"the tag {shown(tag.value)} stands twice", item)
            else:
                seen.add(tag.value)


def attachments(feed: JsonFeed) -> Iterator[Hit]:
    """Attachments without address or type."""
    for item in feed.items:
        for node in item.nodes("attachments"):
            for name in ("url", "mime_type"):
                if not node.text(name):
                    yield feed.hit(node, f"the attachment has no {name}", item)


def relative(feed: JsonFeed) -> Iterator[Hit]:
    """Addresses without a scheme."""
    names = "home_page_url feed_url next_url icon favicon url external_url image banner_image avatar".split()
    for kind, node, item, _ in feed.objects():
        for name in names:
            address = node.text(name)
            if address and not urls.scheme(address):
                yield feed.hit(node.get(name) or node, f"{name} of the {kind} is relative: {shown(address)}", item)


def early_update(feed: JsonFeed) -> Iterator[Hit]:
    """Items that were modified before they were published."""
    for item in feed.items:
        published, modified = (dates.rfc3339(item.text(name)) for name in ("date_published", "date_modified"))
        if published and modified and modified < published:
            yield feed.hit(item, "the item was modified before it was published", item)


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
    Rule("J02", "error", "An item has an id, which is a string", 'write the id in quotes: "id": "42"', ids),
    Rule("I06", "error", "No two items share an id", "give each item its own id", same_ids),
    Rule("J03", "error", "An item has content", "add content_html or content_text", no_content),
    Rule("J03", "note", "An item has one kind of content", "keep content_html", two_contents, habit=True),
    Rule("J05", "warning", "A feed names itself and its site", "add the address", addresses),
    Rule(
        "J05",
        "warning",
        "feed_url is the address that the feed was fetched from",
        "write that address, or redirect from it",
        other_address,
    ),
    Rule("L02", "note", "A feed says its language", "add language, such as en", no_language, habit=True),
    Rule("J06", "warning", "An item has an address", "add url", no_address, habit=True),
    Rule(
        "T11",
        "warning",
        "An item has a date",
        "add date_published: readers take the time of fetching instead",
        undated,
        habit=True,
    ),
    Rule("T08", "warning", "date_modified is not before date_published", "mend the dates", early_update),
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
    Rule("J09", "error", "Tags are strings, not empty, and there once", "leave the tag out", tags),
    Rule("J10", "error", "An attachment has url and mime_type", "add the member", attachments),
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


# ── the whole ───────────────────────────────────────────────────────────────────────────────────


def check(data: bytes, given: Given) -> list[Finding]:
    """Give the findings of a JSON document."""
    root, findings = parse(data)
    if root is None:
        return findings
    if not isinstance(root.value, dict) or not (root.get("version") or root.get("items")):
        message = "this is JSON, and no JSON Feed: it has neither version nor items"
        return [*findings, Finding("J01", "error", root.line, "", message, f"write version, {VERSIONS[0]}")]
    feed = JsonFeed(root, given, len(data))
    findings += apply(RULES, feed)
    findings += apply(text_rules("J04"), plains(feed))
    findings += apply(HTML_RULES, fragments(feed))
    findings += apply(identity.RULES, names(feed))
    return findings + list(apply(timing.RULES, Timing(stamps(feed), given.now)))


def plains(feed: JsonFeed) -> list[Plain]:
    """List the plain texts."""
    found = []
    for kind, node, item, _ in feed.objects():
        for name in "title description user_comment summary content_text name".split():
            member = node.get(name)
            if member is not None and isinstance(member.value, str):
                label = feed.labels[item] if item is not None else ""
                found.append(Plain(f"{name} of {kind}" if kind == "author" else name, member.value, member.line, label))
    for item in feed.items:
        found += [
            Plain("tag", tag.value, tag.line, feed.labels[item])
            for tag in item.nodes("tags")
            if tag.value and isinstance(tag.value, str)
        ]
    return found


def names(feed: JsonFeed) -> list[Name]:
    """List the ids, addresses and tags."""
    found = []
    for _, node, item, _looks in feed.objects():
        label = feed.labels[item] if item is not None else ""
        for key in ("id", "url", "external_url", "home_page_url", "feed_url"):
            if node.text(key):
                found.append(Name("id" if key == "id" else "address", node.text(key), node.line, label))
    for item in feed.items:
        for tag in item.nodes("tags"):
            if isinstance(tag.value, str):
                found.append(Name("term", tag.value, tag.line, feed.labels[item]))
    return found


def fragments(feed: JsonFeed) -> list[Fragment]:
    """List the HTML. All of a string stands on one line, whatever it holds."""
    found = []
    for item in feed.items:
        member = item.get("content_html")
        if member is not None and isinstance(member.value, str):
            tags_ = [tag._replace(line=member.line) for tag in html.tags(member.value, 0)]
            found.append(Fragment("content_html", member.value, tags_, member.line, feed.labels[item]))
    return found


def stamps(feed: JsonFeed) -> list[Stamp]:
    """List the dates."""
    found = []
    for item in feed.items:
        for name in ("date_published", "date_modified"):
            member = item.get(name)
            moment = dates.rfc3339(item.text(name))
            if member is not None and moment:
                found.append(Stamp(name, moment, member.line, feed.labels[item], name == "date_published"))
    return found
