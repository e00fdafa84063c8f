"""Render the list of all feeds as OPML 2.0 (http://opml.org/spec2.opml), to import into a reader."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from feedpub.model import Channel, Feed
from feedpub.renderers._shown import address, self_link

file = "feeds.opml"
media_type = "text/x-opml"

_GROUPS = {"category": "Categories", "author": "Authors", "tag": "Tags", "place": "Places", "feed": "More feeds"}
_COMMENT = " feedpub "  # by which the file is known as ours


def render(title: str, channels: Sequence[Channel], feed: str) -> bytes:
    """The list, in groups; each channel once, by its file of that name, so that nobody subscribes to it twice."""
    from lxml import etree  # late: slow to import

    from feedpub.renderers import _xml

    root = etree.Element("opml", version="2.0")
    root.append(etree.Comment(_COMMENT))
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for group, members in groupby(channels, lambda channel: channel.name.partition("/")[0]):
        parent = etree.SubElement(body, "outline", text=_GROUPS[group], title=_GROUPS[group]) if group else body
        for channel in members:
            etree.SubElement(parent, "outline", _attributes(channel, feed))
    return _xml.serialise(root)


def _attributes(channel: Channel, feed: str) -> dict[str, str]:
    """What an importer reads: `type` is "rss" of Atom too (D06)."""
    told = {
        "type": "rss",
        "text": channel.title,
        "title": channel.title,
        "xmlUrl": self_link(Feed(channel, ()), feed),
        "htmlUrl": address(channel.link),
        "description": channel.description,
        "language": channel.language,
    }
    return {name: value for name, value in told.items() if value}
