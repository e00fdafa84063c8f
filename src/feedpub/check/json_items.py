"""The rules of JSON Feed's items (https://www.jsonfeed.org/version/1.1/).

Takes a parsed feed, gives hits; and lists its texts, HTML, names and dates for the rules that hold in every format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from feedpub.check import dates, html
from feedpub.check._finding import Hit, Rule, shown
from feedpub.check.content import Fragment, Plain
from feedpub.check.identity import Name
from feedpub.check.json_objects import JsonFeed
from feedpub.check.timing import Stamp


def undated(feed: JsonFeed) -> Iterator[Hit]:
    """Items without a date."""
    for item in feed.items:
        if not item.text("date_published"):
            yield feed.hit(item, "the item has no date_published", item)


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


def early_update(feed: JsonFeed) -> Iterator[Hit]:
    """Items that were modified before they were published."""
    for item in feed.items:
        published, modified = (dates.rfc3339(item.text(name)) for name in ("date_published", "date_modified"))
        if published and modified and modified < published:
            yield feed.hit(item, "the item was modified before it was published", item)


def plains(feed: JsonFeed) -> list[Plain]:
    """List the plain texts."""
    found = []
    for kind, node, item, _ in feed.objects:
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
    found: list[Name] = []
    for _, node, item, _looks in feed.objects:
        label = feed.labels[item] if item is not None else ""
        addresses_ = (node.text(key) for key in ("url", "external_url", "home_page_url", "feed_url"))
        found += [Name("address", address, node.line, label) for address in addresses_ if address]
    for item in feed.items:
        label = feed.labels[item]
        found += [Name("id", item.text("id"), item.line, label)]
        found += [Name("term", tag.value, tag.line, label) for tag in item.nodes("tags") if isinstance(tag.value, str)]
    return found


def fragments(feed: JsonFeed) -> Iterator[Fragment]:
    """Give the HTML. All of a string stands on one line, whatever it holds."""
    for item in feed.items:
        text, member = item.text("content_html"), item.get("content_html")
        if text and member is not None:
            found = [tag._replace(line=member.line) for tag in html.tags(text, 0)]
            yield Fragment("content_html", text, found, member.line, feed.labels[item])


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


RULES: tuple[Rule[JsonFeed], ...] = (
    Rule("J02", "error", "An item has an id, which is a string", 'write the id in quotes: "id": "42"', ids),
    Rule("I06", "error", "No two items share an id", "give each item its own id", same_ids),
    Rule("J03", "error", "An item has content", "add content_html or content_text", no_content),
    Rule("J03", "note", "An item has one kind of content", "keep content_html", two_contents, habit=True),
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
    Rule("J09", "error", "Tags are strings, not empty, and there once", "leave the tag out", tags),
    Rule("J10", "error", "An attachment has url and mime_type", "add the member", attachments),
)
