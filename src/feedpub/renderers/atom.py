"""Render a feed as Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence

from feedpub.model import Feed
from feedpub.renderers._shown import Shown, history_links, self_link

file = "feed.atom"
media_type = "application/atom+xml"
version = 4


def render(feed: Feed, entries: Sequence[Shown]) -> bytes:
    """The feed as an Atom document."""
    from feedpub.renderers import _feedgen, _xml  # late: feedgen and lxml are slow to import

    document = _feedgen.atom(feed, entries, own_link=self_link(feed, file), media_type=media_type)
    return _xml.finish_atom(document, feed, entries, history_links(feed, file))
