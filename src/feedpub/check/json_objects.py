"""The objects of a JSON Feed, and what each of their members holds (https://www.jsonfeed.org/version/1.1/).

Takes a parsed document, gives a JsonFeed, which knows its objects and the members that hold something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TypeAlias

from feedpub.check import _kinds as kinds
from feedpub.check._finding import Given, Hit, shown
from feedpub.check._json import Node

Look = Callable[[Node], str]
Part: TypeAlias = "tuple[str, Node, Node | None, dict[str, Look]]"


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


class JsonFeed:
    """A parsed JSON Feed: its root, its items, and how to speak of them."""

    def __init__(self, root: Node, given: Given, size: int) -> None:
        self.root = root
        self.given = given
        self.size = size
        self.items = [node for node in root.nodes("items") if isinstance(node.value, dict)]
        self.labels = {item: (item.text("id") or item.text("title"))[:200] for item in self.items}

    @cached_property
    def faults(self) -> list[tuple[str, Hit]]:
        """Members that hold something else than they should, each with its name."""
        return list(_faults(self))

    def hit(self, node: Node, message: str, item: Node | None = None) -> Hit:
        """Speak of a node, of an item or of the whole feed."""
        return Hit(node.line, self.labels[item] if item is not None else "", message)

    @cached_property
    def objects(self) -> list[Part]:
        """Every object of the feed: its kind, the object, the item that it stands in, what its members are."""
        return list(self._objects())

    def _objects(self) -> Iterator[Part]:
        yield "feed", self.root, None, FEED
        yield from self._below(self.root, None)
        yield from (("hub", hub, None, HUB) for hub in self.root.nodes("hubs"))
        for item in self.items:
            yield "item", item, item, ITEM
            yield from self._below(item, item)
            yield from (("attachment", node, item, ATTACHMENT) for node in item.nodes("attachments"))

    def _below(self, holder: Node, item: Node | None) -> Iterator[Part]:
        single = holder.get("author")
        for author in (*holder.nodes("authors"), *([single] if single else [])):
            yield "author", author, item, AUTHOR


def _faults(feed: JsonFeed) -> Iterator[tuple[str, Hit]]:
    """Members that hold something else than they should, each with its name."""
    for kind, node, item, looks in feed.objects:
        if not isinstance(node.value, dict):
            yield kind, feed.hit(node, f"{kind} is no object", item)
            continue
        for name in sorted(looks.keys() & node.value.keys()):
            member = node.value[name]
            wrong = looks[name](member)
            if wrong:
                yield name, feed.hit(member, f"{name} of the {kind} {wrong}: {shown(_written(member))}", item)


def _written(node: Node) -> str:
    return "…" if isinstance(node.value, (dict, list)) else str(node.value)
