"""The renderers: one module per output, and the table that names those of feeds.

Takes a Feed and a way to its bodies, gives the bytes of a file; the list of feeds takes their channels. Every output is
a function of these alone: never of the clock, the locale, the time zone, the host or the working folder (X13).

Importing this package costs neither feedgen nor lxml; a renderer imports them when it is first called, since a
build that has nothing new to say needs neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from feedpub.model import Artefact, Bodies, Channel, Feed, Page
from feedpub.renderers import atom, jsonfeed, opml, rss
from feedpub.renderers._shown import Shown, article_path, file_of, link_of, page_path, show
from feedpub.renderers._widget import SCRIPT, Widget, fragment_path, frame_path, is_widget, widget


class Renderer(Protocol):
    """What a module (or any value) needs to be a renderer."""

    @property
    def file(self) -> str:
        """The name of the file that it makes."""

    @property
    def media_type(self) -> str:
        """What a web server must call it; XML is always UTF-8."""

    @property
    def version(self) -> int:
        """Part of a feed's recipe: raised when the same feed would give other bytes, so that all are made again."""

    def render(self, feed: Feed, entries: Sequence[Shown], /) -> bytes:
        """Make the whole file of a feed and what is shown of its entries."""


RENDERERS: Mapping[str, Renderer] = {"rss": rss, "atom": atom, "json": jsonfeed}


__all__ = [
    "LIST",
    "RENDERERS",
    "SCRIPT",
    "Renderer",
    "Widget",
    "article_path",
    "file_of",
    "fragment_path",
    "frame_path",
    "is_widget",
    "link_of",
    "page_path",
    "path_of",
    "render",
    "render_all",
    "render_list",
    "widget",
]

LIST = "opml"  # of all feeds


def render(feed: Feed, bodies: Bodies, name: str, path: str | None = None) -> Artefact:
    """Render a feed with the renderer of that name, as the file at that path, or at its own."""
    return render_all(feed, bodies, {name: path or path_of(feed.channel.name, feed.page, name)})[0]


def render_all(feed: Feed, bodies: Bodies, paths: Mapping[str, str]) -> list[Artefact]:
    """Render a feed with each renderer that is named, as the file at its path. What is shown is settled once."""
    entries = show(feed, bodies)
    return [
        Artefact(path, RENDERERS[name].media_type, RENDERERS[name].render(feed, entries))
        for name, path in paths.items()
    ]


def render_list(title: str, channels: Sequence[Channel], name: str, path: str) -> Artefact:
    """Render the list of all feeds, each in the format of that name, as the file at that path."""
    return Artefact(path, opml.media_type, opml.render(title, channels, RENDERERS[name].file))


def path_of(folder: str, page: Page, name: str) -> str:
    """Give the path of a file below the output folder: of a feed, or of a page of its archive."""
    file = file_of(page, RENDERERS[name].file)
    return f"{folder}/{file}" if folder else file
