"""The pages for people: of the site, beside each feed, of the archive, of articles.

Takes a press that holds a theme's templates, and values; gives the bytes of a page. Like the feeds, a page is a
function of these alone: never of the clock, the locale, the time zone, the host or the working folder.

Importing this package imports Jinja2: only a build that has a page to write does.
"""

from __future__ import annotations

from collections.abc import Sequence

from feedpub.model import Channel, Entry, Feed, Listed, Masthead
from feedpub.renderers.html._press import Press
from feedpub.renderers.html._view import INDEX, entry_view, feed_view, root_of, site_view
from feedpub.renderers.html._words import words_of

__all__ = ["Press", "channel", "index"]


def index(press: Press, masthead: Masthead, feeds: Sequence[Listed], entries: Sequence[Entry]) -> bytes:
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
    )


def channel(press: Press, masthead: Masthead, feed: Feed, path: str, main: Channel, count: int) -> bytes:
    """The page beside a feed, or of its archive, at that path. `main`: the site's own channel; `count`: its entries."""
    words = words_of(masthead.language)
    root = root_of(path)
    return press.fill(
        "channel.html",
        site=site_view(masthead, words),
        words=words,
        root=root,
        feed=feed_view(feed.channel, masthead, count=count, root=root),
        main=feed_view(main, masthead, count=0, root=root),
        entries=[entry_view(entry, masthead, words, root) for entry in feed.entries],
        page=feed.page,
    )
