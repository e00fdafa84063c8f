"""Render a feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import asdict

from feedpub.model import Channel, Feed, Origin
from feedpub.renderers._dates import rfc3339
from feedpub.renderers._shown import ABOUT, Shown, address, history_links, self_link

file = "feed.json"
media_type = "application/feed+json"
version = 3


def render(feed: Feed, entries: Sequence[Shown]) -> bytes:
    """The feed as a JSON Feed document, its keys in a fixed order and `version` first (J01)."""
    channel = feed.channel
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": address(channel.link),
        "feed_url": self_link(Feed(channel, ()), file),  # one for the feed and its archive: it is the feed's name
        **_given(next_url=history_links(feed, file).get("prev-archive")),
        **_given(description=channel.description, language=channel.language),
        **_feed_authors(channel, entries),
        "_feedpub": {"about": ABOUT, "site": channel.site_id, **_given(following=feed.page.following)},
        "items": [_item(shown) for shown in entries],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _item(shown: Shown) -> dict[str, Any]:
    """One entry. The extension holds what a lost ledger needs to know the entry again."""
    entry = shown.entry
    content = {"content_html": shown.html} if shown.html else {"content_text": shown.summary}
    return {
        "id": entry.guid,
        "url": shown.link,
        "title": shown.title,
        **content,
        **_given(summary=shown.summary, image=shown.image and shown.image.url),
        "date_published": rfc3339(entry.published),
        "date_modified": rfc3339(entry.updated),
        **_authors(shown.authors),
        **_given(tags=shown.terms, language=shown.language),
        "_feedpub": {
            "digest": entry.digest,
            "fingerprint": entry.fingerprint,
            **_given(body_digest=entry.body_digest, source=_source(entry.metadata.source), page=entry.slug),
        },
    }


def _source(source: Origin | None) -> dict[str, Any]:
    """The feed that an entry was first published in (A17)."""
    return _given(**asdict(source)) if source else {}


def _feed_authors(channel: Channel, entries: Sequence[Shown]) -> dict[str, Any]:
    """The channel's author, unless an entry has others: some readers would add the two up (J08)."""
    names = (channel.author,) if channel.author else ()
    return _authors(names) if all(shown.authors == names for shown in entries) else {}


def _authors(names: Sequence[str]) -> dict[str, Any]:
    """The authors, and the one that version 1.0 had: two readers look for nothing else (J07)."""
    people = [{"name": name} for name in names]
    return {"authors": people, "author": people[0]} if people else {}


def _given(**fields: Any) -> dict[str, Any]:
    """The fields that hold something; an empty one is better left out."""
    return {name: value for name, value in fields.items() if value}
