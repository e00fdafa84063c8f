"""The pages for people: of the site, beside each feed, of the archives, of articles; and the index for the search.

Takes a press that holds a theme's templates, and values; gives the bytes of a page. Like the feeds, a page is a
function of these alone: never of the clock, the locale, the time zone, the host or the working folder.

Importing this package imports Jinja2: only a build that has a page to write does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from feedpub.model import Channel, Entry, Feed, Listed, Masthead, Page, State
from feedpub.renderers._image import lead_image
from feedpub.renderers._shown import article_path, page_path
from feedpub.renderers._widget import Widget
from feedpub.renderers.html._embed import frame, headlines
from feedpub.renderers.html._embed_words import embed_words_of
from feedpub.renderers.html._linked import linked_data, open_graph
from feedpub.renderers.html._press import Press, clean
from feedpub.renderers.html._view import (
    INDEX,
    archive_view,
    article_view,
    entry_view,
    feed_view,
    page_url,
    root_of,
    site_view,
)
from feedpub.renderers.html._when import day
from feedpub.renderers.html._words import words_of

__all__ = ["Press", "article", "channel", "frame", "headlines", "index", "search", "shard", "withdrawn"]


def index(press: Press, masthead: Masthead, feeds: Sequence[Listed], entries: Sequence[Entry], widget: Widget) -> bytes:
    """The page of the whole site: its newest entries, and all its feeds. The first of `feeds` is the site's own."""
    words = words_of(masthead.language)
    views = [feed_view(one.channel, masthead, count=one.count, root="") for one in feeds]
    newest = [[entry_view(entry, masthead, words, "") for entry in one.newest] for one in feeds]
    return press.fill(
        INDEX,
        site=site_view(masthead, words),
        words=words,
        root="",
        feed=views[0],
        feeds=list(zip(views, newest, strict=True)),
        entries=[entry_view(entry, masthead, words, "") for entry in entries],
        list=page_path("", Page()),
        embed=embed_words_of(words.language),
        widget=widget,
    )


def channel(press: Press, masthead: Masthead, feed: Feed, path: str, count: int) -> bytes:
    """The page beside a feed, or of its archive, at that path; `count`: all entries of the channel."""
    words = words_of(masthead.language)
    root = root_of(path)
    return press.fill(
        "archive.html" if feed.page.number else "channel.html",
        site=site_view(masthead, words),
        words=words,
        root=root,
        feed=feed_view(feed.channel, masthead, count=count, root=root),
        entries=[entry_view(entry, masthead, words, root) for entry in feed.entries],
        archive=archive_view(feed.channel, feed.page, root),
    )


def article(press: Press, masthead: Masthead, site: Channel, entry: Entry, body: str) -> bytes:
    """The page of an article, in its own language as far as we know its words, else in the site's."""
    words = words_of(entry.metadata.language, masthead.language)
    root = root_of(article_path(entry.slug))
    view = article_view(entry, body, masthead, words, root)
    image = lead_image(body)
    return press.fill(
        "article.html",
        site=site_view(masthead, words),
        words=words,
        root=root,
        feed=feed_view(site, masthead, count=0, root=root),
        article=view,
        linked_data=clean(linked_data(entry, view, masthead, image)),
        open_graph=open_graph(entry, view, masthead, image),
    )


def withdrawn(
    press: Press, masthead: Masthead, site: Channel, slug: str, title: str, state: State, left: datetime | None
) -> bytes:
    """The page of an article that is no more: that it was withdrawn or expired, and when, if that is known."""
    words = words_of(masthead.language)
    root = root_of(article_path(slug))
    return press.fill(
        "withdrawn.html",
        site=site_view(masthead, words),
        words=words,
        root=root,
        feed=feed_view(site, masthead, count=0, root=root),
        title=title,
        url=page_url(slug, masthead),
        state=state,
        left=day(left, words, masthead.timezone) if left else None,
    )


def search(press: Press, masthead: Masthead, site: Channel, shards: int) -> bytes:
    """The page that searches the articles in the reader's browser, in an index of so many shards."""
    words = words_of(masthead.language)
    return press.fill(
        "search.html",
        site=site_view(masthead, words),
        words=words,
        root="",
        feed=feed_view(site, masthead, count=0, root=""),
        shards=shards,
    )


def shard(masthead: Masthead, number: int, entries: Sequence[Entry]) -> bytes:
    """A part of the search's index, the newest entries first: a script, as one from a disk may load nothing else."""
    words = words_of(masthead.language)
    views = [entry_view(entry, masthead, words, "") for entry in entries]
    rows = [
        {
            "id": entry.guid,
            "title": view.title,
            "href": view.href,
            "date": view.when.text,
            "machine": view.when.machine,
            "authors": ", ".join(view.authors),
            "summary": view.summary,
            "terms": ", ".join((*entry.metadata.categories, *entry.metadata.tags)),
            "language": view.language,
            "direction": view.direction,
        }
        for entry, view in zip(entries, views, strict=True)
    ]
    listed = b",\n".join(map(msgspec.json.encode, rows))
    return b"/* feedpub: articles to search */\nfeedpubShard(%d, [\n%b\n]);\n" % (number, listed)
