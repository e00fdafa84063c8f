"""The renderers: one module per output, and the table that names them.

Takes a Feed and a way to its bodies, gives the bytes of a file. Every output is a function of these alone:
never of the clock, the locale, the time zone, the host or the working folder (X13).

Importing this package costs neither feedgen nor lxml; a renderer imports them when it is first called, since a
build that has nothing new to say needs neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from feedpub.model import Artefact, Bodies, Feed
from feedpub.renderers import atom, jsonfeed, rss


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

    def render(self, feed: Feed, bodies: Bodies) -> bytes:
        """Make the whole file."""


RENDERERS: Mapping[str, Renderer] = {"rss": rss, "atom": atom, "json": jsonfeed}


def render(feed: Feed, bodies: Bodies, name: str) -> Artefact:
    """Render a feed with the renderer of that name, as a file in the channel's folder."""
    renderer = RENDERERS[name]
    folder = f"{feed.channel.name}/" if feed.channel.name else ""
    return Artefact(folder + renderer.file, renderer.media_type, renderer.render(feed, bodies))
