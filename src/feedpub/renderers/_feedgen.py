"""Build Atom and RSS with feedgen: the one module that knows it.

Takes a Feed and what is shown of its entries, gives the document as feedgen writes it; `_xml` finishes it.
Uses feedgen's public methods, and guards against what feedgen 1.0.0 does unless told otherwise:

| feedgen | here |
| --- | --- |
| stamps the feed and every entry with the time of the build | every date is set, from the entries |
| switches the locale of the whole process to write an RFC 822 date | our function stands in its place |
| takes dates as strings through dateutil, three times as slow | datetimes |
| copies the channel's *last* link into RSS `link`, where its comment says the first | the page's link comes last |
| loses `rel` and `type` of an entry's link | `_xml` writes them |
| puts every new entry first | `order="append"` |
| drops an author without an e-mail address from RSS | `dc:creator` |
| sets `isPermaLink` by whichever of `id` and `guid` is called last | `guid` only |
| writes the content type `CDATA`, unknown to Atom | `html` |
| writes `content:encoded` only beside a description | both are always set |
| takes the description of an entry for Atom's content | `isSummary=True` |
| swallows the failure of an extension | tests see that `dc` and `media` are written |
| puts media into a group unless told otherwise | `group=None`: a single image is no group |
| says "Required fields not set" | `_shown` fills in what is missing |
| names no entry when a character is illegal | `_shown` names it |
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import feedgen.entry
import feedgen.feed

from feedpub import __version__
from feedpub.model import Feed
from feedpub.renderers._dates import rfc822, to_utc
from feedpub.renderers._image import Image
from feedpub.renderers._shown import ABOUT, Shown, address

# Atom wants a moment even of a feed without entries (RFC 4287, 4.1.1): one that is plainly not an article's, and
# late enough for readers that take 1970 for a mistake.
NEVER = datetime(1990, 1, 1, tzinfo=UTC)

# For good, not around each call: the locale belongs to all threads, and can't always be switched back.
feedgen.feed.formatRFC2822 = rfc822
feedgen.entry.formatRFC2822 = rfc822


def atom(feed: Feed, entries: Sequence[Shown], *, own_link: str, media_type: str) -> bytes:
    """The feed as feedgen writes it in Atom."""
    channel = feed.channel
    generator = _generator(feed, entries, own_link, media_type)
    generator.generator("feedpub", version=__version__, uri=ABOUT)
    generator.author(name=channel.author or channel.title)  # there must be one (A03)
    for shown in entries:
        entry = _add(generator, shown)
        entry.id(shown.iri)  # RSS and JSON take any id; Atom wants an IRI (I03)
        entry.author(name=shown.byline or channel.title)  # 8 readers never look for the feed's
        if shown.summary:
            entry.summary(shown.summary)
    document: bytes = generator.atom_str()
    return document


def rss(feed: Feed, entries: Sequence[Shown], *, own_link: str, media_type: str) -> bytes:
    """The feed as feedgen writes it in RSS."""
    generator = _generator(feed, entries, own_link, media_type)
    generator.load_extension("dc")
    generator.generator(f"feedpub {__version__}")
    generator.docs("https://www.rssboard.org/rss-specification")
    for shown in entries:
        entry = _add(generator, shown)
        entry.description(shown.summary_html, isSummary=True)
        if shown.byline:
            entry.dc.dc_creator(shown.byline)
        if shown.language:
            entry.dc.dc_language(shown.language)
    document: bytes = generator.rss_str()
    return document


def _generator(feed: Feed, entries: Sequence[Shown], own_link: str, media_type: str) -> Any:
    """A feedgen generator that knows what both formats say of the channel."""
    channel = feed.channel
    generator = feedgen.feed.FeedGenerator()
    if any(shown.image for shown in entries):
        generator.load_extension("media")
    generator.id(channel.id)
    generator.title(channel.title)
    generator.description(channel.description or channel.title)  # RSS can't do without one (R02)
    generator.updated(to_utc(feed.updated or NEVER))
    generator.link(href=own_link, rel="self", type=media_type)
    generator.link(href=address(channel.link), rel="alternate", type="text/html")
    if channel.language:
        generator.language(channel.language)
    return generator


def _add(generator: Any, shown: Shown) -> Any:
    """A feedgen entry that knows what both formats say of an entry."""
    entry = generator.add_entry(order="append")
    entry.guid(shown.entry.guid, permalink=False)
    entry.title(shown.title)
    entry.link(href=shown.link)
    entry.published(to_utc(shown.entry.published))
    entry.updated(to_utc(shown.entry.updated))
    entry.category([{"term": term} for term in shown.terms])
    if shown.html:
        entry.content(shown.html, type="html")
    if shown.image:
        entry.media.content(_media(shown.image), group=None)
    return entry


def _media(image: Image) -> dict[str, str]:
    """An image in the words of Media RSS; what is not known is left out."""
    known = {"url": image.url, "medium": "image", "type": image.type, "width": image.width, "height": image.height}
    return {name: str(value) for name, value in known.items() if value}
