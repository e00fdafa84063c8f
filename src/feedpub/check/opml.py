"""The rules of OPML (http://opml.org/spec2.opml): subscription lists first of all.

Takes a tree, gives hits.
"""

from __future__ import annotations

from collections.abc import Iterator

from feedpub.check import _kinds as kinds
from feedpub.check import dates
from feedpub.check._finding import Hit, Rule, shown
from feedpub.check._kinds import Kind
from feedpub.check._xml import Element, Tree, text_of

_DATES = ("dateCreated", "dateModified")
HEAD: dict[str, Kind] = {
    "title": kinds.any_text,
    "dateCreated": kinds.any_text,
    "dateModified": kinds.any_text,
    "ownerName": kinds.any_text,
    "ownerEmail": kinds.address,
    "ownerId": kinds.http,
    "docs": kinds.http,
    "expansionState": kinds.pattern(r"(?:\d++(?:\s*+,\s*+\d++)*+)?", "list of line numbers"),
    **dict.fromkeys(
        "vertScrollState windowTop windowLeft windowBottom windowRight".split(), kinds.whole(-100000, 100000)
    ),
}
_ADDRESSES: dict[str, Kind] = {"xmlUrl": kinds.uri, "htmlUrl": kinds.uri, "url": kinds.uri}
_FLAGS = ("isComment", "isBreakpoint")


def version(tree: Tree) -> Iterator[Hit]:
    """Versions that there are not."""
    written = tree.root.get("version")
    if written not in ("1.0", "1.1", "2.0"):
        yield tree.hit(tree.root, f"there is no OPML {shown(written or '(none)')}")


def old_version(tree: Tree) -> Iterator[Hit]:
    """Versions before 2.0."""
    if tree.root.get("version") in ("1.0", "1.1"):
        yield tree.hit(tree.root, f"the version is {tree.root.get('version')}")


def outline(tree: Tree) -> Iterator[Hit]:
    """Documents without head or body, or with two."""
    for name in ("head", "body"):
        found = tree.root.findall(name)
        if len(found) != 1:
            yield tree.hit(tree.root, f"opml has {len(found)} {name} elements")
    for body in tree.root.iterfind("body"):
        if body.find("outline") is None:
            yield tree.hit(body, "the body has no outline")


def strangers(tree: Tree) -> Iterator[Hit]:
    """Elements that OPML does not have, or not there."""
    allowed = {"opml": {"head", "body"}, "head": set(HEAD), "body": {"outline"}, "outline": {"outline"}}
    for element in tree.elements:
        parent = element.getparent()
        tag = str(element.tag)
        if parent is not None and tag[:1] != "{" and tag not in allowed.get(str(parent.tag), {tag}):
            yield tree.hit(element, f"{parent.tag} can't hold {tag}")


def head(tree: Tree) -> Iterator[Hit]:
    """Elements of the head that stand twice, or hold something else than they should."""
    for holder in tree.root.iterfind("head"):
        seen: set[str] = set()
        for element in holder:
            tag, text = str(element.tag), text_of(element).strip()
            if tag in seen:
                yield tree.hit(element, f"the head has more than one {tag}")
            seen.add(tag)
            wrong = HEAD.get(tag, kinds.any_text)(text) if text else ""
            if wrong:
                yield tree.hit(element, f"{tag} {wrong}: {shown(text)}")


def bad_dates(tree: Tree) -> Iterator[Hit]:
    """Dates that are none."""
    for element in tree.all(*_DATES):
        text = text_of(element).strip()
        if text and not dates.rfc822(text) and not dates.loose_rfc822(text):
            yield tree.hit(element, f"{element.tag} is no RFC 822 date: {shown(text)}")
    for element in tree.all("outline"):
        created = element.get("created")
        if created is not None and not dates.rfc822(created) and not dates.loose_rfc822(created):
            yield tree.hit(element, f"created is no RFC 822 date: {shown(created)}")


def outlines(tree: Tree) -> Iterator[Hit]:
    """Outlines without a text."""
    for element in tree.all("outline"):
        if element.get("text") is None:
            yield tree.hit(element, "the outline has no text")


def flags(tree: Tree) -> Iterator[Hit]:
    """Flags that are neither true nor false."""
    for element in tree.all("outline"):
        for name in _FLAGS:
            if element.get(name, "true") not in ("true", "false"):
                yield tree.hit(element, f"{name} is neither true nor false: {shown(element.get(name, ''))}")


def _is_feed(outline_: Element) -> bool:
    return outline_.get("xmlUrl") is not None or outline_.get("type", "").lower() in ("rss", "atom")


def subscriptions(tree: Tree) -> Iterator[Hit]:
    """Feeds that can't be subscribed to: no address, or another type."""
    for element in tree.all("outline"):
        if _is_feed(element) and not element.get("xmlUrl"):
            yield tree.hit(element, "the feed has no xmlUrl")
        elif _is_feed(element) and element.get("type") != "rss":
            yield tree.hit(element, f"the type of a feed is rss, and not {shown(element.get('type', '(none)'))}")


def addresses(tree: Tree) -> Iterator[Hit]:
    """Addresses that are none."""
    for element in tree.all("outline"):
        for name, kind in _ADDRESSES.items():
            value = element.get(name)
            wrong = kind(value) if value else ""
            if wrong:
                yield tree.hit(element, f"{name} {wrong}: {shown(value or '')}")


def doubled(tree: Tree) -> Iterator[Hit]:
    """Feeds that are listed twice."""
    seen: set[str] = set()
    for element in tree.all("outline"):
        address = element.get("xmlUrl", "")
        if address and address in seen:
            yield tree.hit(element, f"the feed is listed twice: {shown(address)}")
        seen.add(address)


def deep(tree: Tree) -> Iterator[Hit]:
    """Groups within groups."""
    for element in tree.all("outline"):
        group = element.getparent()
        around = group.getparent() if group is not None else None
        if _is_feed(element) and around is not None and around.tag == "outline":
            yield tree.hit(element, "the feed stands in a group of a group")


def bare(tree: Tree) -> Iterator[Hit]:
    """Feeds without title or page."""
    for element in tree.all("outline"):
        absent = [name for name in ("title", "htmlUrl") if not element.get(name)]
        if element.get("xmlUrl") and absent:
            yield tree.hit(element, f"the feed has no {' and no '.join(absent)}")


_ADDRESS = "write an absolute URI"

RULES: tuple[Rule[Tree], ...] = (
    Rule("D06", "error", "opml has a version that there is", 'write version="2.0"', version),
    Rule("D06", "note", "The version is 2.0", 'write version="2.0"', old_version),
    Rule("D06", "error", "opml has one head and one body, and the body an outline", "add the element", outline),
    Rule(
        "D06",
        "error",
        "Elements are those of OPML, in their place",
        "mend the name, or leave the element out",
        strangers,
    ),
    Rule("D06", "error", "Elements of the head stand once, and hold what they should", "mend the value", head),
    Rule("T02", "error", "Dates are RFC 822", "write a date as Mon, 23 Nov 2026 09:30:00 GMT", bad_dates),
    Rule("D06", "error", "An outline has a text", "add text", outlines),
    Rule("D06", "error", "Flags are true or false", "mend the attribute", flags),
    Rule(
        "D06",
        "warning",
        "A feed has an xmlUrl and the type rss",
        "importers drop what they don't know: mend it",
        subscriptions,
    ),
    Rule("D06", "warning", "Addresses are absolute URIs", _ADDRESS, addresses),
    Rule("D06", "warning", "No feed is listed twice", "leave one", doubled, habit=True),
    Rule(
        "D06",
        "note",
        "Groups do not stand within groups",
        "use one level: importers flatten the rest",
        deep,
        habit=True,
    ),
    Rule("D06", "note", "A feed has a title and a page", "add title and htmlUrl", bare, habit=True),
)
