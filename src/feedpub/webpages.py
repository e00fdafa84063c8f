"""The pages for people: which of them may have to be written, and what they are made of.

Takes the ledger as a build leaves it, gives a Webpage for each file: its path, its recipe, and a way to make it. No
template is compiled, and no article loaded, before it is known that a recipe changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from feedpub import select, themes
from feedpub.ledger import Ledger
from feedpub.model import Channel, Entry, Feed, Listed, Page, Placed
from feedpub.project import Project, masthead
from feedpub.renderers import page_path

if TYPE_CHECKING:
    from feedpub.renderers.html import Press

VERSION = 1  # part of each page's recipe: raised when the same values would give another page
LATEST = 20  # entries on the site's page
NEWEST = 3  # titles that it shows of each feed
ASSETS = "theme/"
INDEX = "index.html"


class Webpage(Struct, frozen=True):
    """A file for people that may have to be written."""

    path: str
    media_type: str
    recipe: str
    make: Callable[[], bytes]


class Webpages:
    """The pages of one build. Templates are compiled when the first page is made."""

    def __init__(self, ledger: Ledger, project: Project) -> None:
        """Read the theme. Raises `ConfigError` when that can't be."""
        self._ledger = ledger
        self._theme = themes.load(project.theme)
        self._masthead = masthead(project)
        texts = {name: template.text for name, template in self._theme.templates.items()}
        self._look = _digest(VERSION, texts, self._masthead)

    @property
    def mark(self) -> str:
        """A text that changes when all pages may have to be written again."""
        return _digest(self._look, [*self._theme.assets.items()])

    @cached_property
    def _press(self) -> Press:
        from feedpub.renderers.html import Press  # late: a build that has no page to write needs no Jinja2

        return Press(self._theme)

    def assets(self) -> Iterator[Webpage]:
        """Give the files of the theme that are published as they are."""
        for name, data in self._theme.assets.items():
            yield Webpage(ASSETS + name, themes.media_type(name), _digest(data), partial(bytes, data))

    # ── of the site, and beside the feeds ────────────────────────────────────────────────────────

    def index(self, channels: Sequence[Channel], entries: Sequence[Placed]) -> Webpage:
        """Give the page of the whole site. The first of the channels is the site's own."""
        listed = [(channel, self._ledger.count_all_in(channel.name), self._newest(channel)) for channel in channels]
        recipe = _digest("index", self._look, listed, entries[:LATEST])
        return Webpage(INDEX, "text/html", recipe, partial(self._make_index, listed, entries[:LATEST]))

    def _newest(self, channel: Channel) -> list[Placed]:
        return select.in_order(islice(self._ledger.newest(channel.name), NEWEST))

    def _make_index(self, listed: Sequence[tuple[Channel, int, Sequence[Placed]]], entries: Sequence[Placed]) -> bytes:
        from feedpub.renderers import html

        feeds = [Listed(channel, count, self._entries(newest)) for channel, count, newest in listed]
        return html.index(self._press, self._masthead, feeds, self._entries(entries))

    def beside(self, folder: str, channel: Channel, page: Page, entries: Sequence[Placed], main: Channel) -> Webpage:
        """Give the page beside a feed, or one of its archive. `main`: the site's own channel."""
        count = 0 if page.number else self._ledger.count_all_in(channel.name)
        recipe = select.recipe("html", VERSION, channel, page, entries, self._look, count, main)
        path = page_path(folder, page)
        return Webpage(path, "text/html", recipe, partial(self._make_beside, path, channel, page, entries, main, count))

    def _make_beside(
        self, path: str, channel: Channel, page: Page, entries: Sequence[Placed], main: Channel, count: int
    ) -> bytes:
        from feedpub.renderers import html

        feed = Feed(channel, self._entries(entries), page)
        return html.channel(self._press, self._masthead, feed, path, main, count)

    def _entries(self, placed: Sequence[Placed]) -> tuple[Entry, ...]:
        return tuple(self._ledger.entry(one.guid) for one in placed)


def _digest(*told: object) -> str:
    return blake2b(msgspec.json.encode(told), digest_size=16).hexdigest()
