"""The headlines of a feed for other people's pages: a page for a frame, and a fragment to include.

Takes a press and values, gives bytes. Both show titles, dates and links of the same few entries, and no picture: nobody
else is asked for anything.
"""

from __future__ import annotations

from msgspec.structs import replace

from feedpub.model import Entry, Feed, Masthead
from feedpub.renderers._shown import link_of
from feedpub.renderers.html._press import Press
from feedpub.renderers.html._view import entry_view, feed_view, root_of, site_view
from feedpub.renderers.html._words import words_of


def frame(press: Press, masthead: Masthead, feed: Feed, path: str) -> bytes:
    """The page that other pages show in a frame, at that path. Its links are relative, as those of all pages."""
    words = words_of(masthead.language)
    root = root_of(path)
    return press.fill(
        "embed.html",
        site=site_view(masthead, words),
        words=words,
        root=root,
        feed=feed_view(feed.channel, masthead, count=len(feed.entries), root=root),
        entries=[entry_view(entry, masthead, words, root) for entry in feed.entries],
    )


def headlines(press: Press, masthead: Masthead, feed: Feed) -> bytes:
    """The fragment that web servers and programs put into their own pages. Its links are absolute."""
    words = words_of(masthead.language)
    shown = [(entry, entry_view(entry, masthead, words, "")) for entry in feed.entries]
    return press.fill_fragment(
        "headlines.html",
        site=site_view(masthead, words),
        words=words,
        feed=feed_view(feed.channel, masthead, count=len(feed.entries), root=""),
        entries=[replace(view, href=_absolute(entry, feed, masthead)) for entry, view in shown],
    )


def _absolute(entry: Entry, feed: Feed, masthead: Masthead) -> str:
    """The entry's address as feeds give it; only its own while the site has none."""
    return link_of(entry, feed.channel) if entry.permalink or masthead.has_url else ""
