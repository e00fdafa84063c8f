"""Render a feed as RSS 2.0 (the specification and the best practices profile of the RSS Advisory Board)."""

from __future__ import annotations

from collections.abc import Sequence

from feedpub.model import Feed
from feedpub.renderers._shown import Shown, history_links, self_link

file = "feed.rss"
media_type = "application/rss+xml"
version = 4


def render(feed: Feed, items: Sequence[Shown]) -> bytes:
    """The feed as an RSS document."""
    from feedpub.renderers import _feedgen, _xml  # late: feedgen and lxml are slow to import

    document = _feedgen.rss(feed, items, own_link=self_link(feed, file), media_type=media_type)
    return _xml.finish_rss(document, feed, items, history_links(feed, file))
