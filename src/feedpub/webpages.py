"""The pages for people: which of them may have to be written, and what they are made of.

Takes the ledger as a build leaves it, gives a Webpage for each file: its path, its recipe, and a way to make it. No
template is compiled, and no article loaded, before it is known that a recipe changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

from feedpub import select, themes
from feedpub.identity import shown_as
from feedpub.ledger import Address, Leaf, Ledger
from feedpub.model import Channel, Entry, Feed, Listed, Page, Placed
from feedpub.project import Project, masthead
from feedpub.renderers import SCRIPT, Widget, article_path, fragment_path, frame_path, page_path, widget
from feedpub.select import digest_of
from feedpub.slugs import free, slug_of

if TYPE_CHECKING:
    from feedpub.renderers.html import Press

VERSION = 1  # part of each page's recipe: raised when the same values would give another page
LATEST = 20  # entries on the site's page
HEADLINES = 10  # that other people's pages are given
NEWEST = 3  # titles that it shows of each feed
SHARD = 40  # pages of the site's archive in a closed shard of the search index: a thousand entries
ASSETS = "theme/"
ARTICLES = "article/"
INDEX = "index.html"
SEARCH = "search.html"


class Webpage(Struct, frozen=True):
    """A file for people that may have to be written."""

    path: str
    media_type: str
    recipe: str
    make: Callable[[], bytes]


def is_of_an_article(path: str) -> bool:
    """Tell whether a published file is the page of one article."""
    return path.startswith(ARTICLES)


def shard_path(number: int) -> str:
    """Give the path of a shard of the search index."""
    return f"search/{number:04}.js"


def others(project: Project, last: int) -> set[str]:
    """Give the paths of the files that belong to no feed and no article; `last`: page of the site's archive."""
    shards = (shard_path(shard) for shard in range(1, last // SHARD + 2))
    assets = (ASSETS + _published(name, data) for name, data in themes.load(project.theme).assets.items())
    return {INDEX, SEARCH, *assets, *shards}


class Webpages:
    """The pages of one build. Templates are compiled when the first page is made."""

    def __init__(self, ledger: Ledger, project: Project, site: Channel) -> None:
        """Read the theme; `site` is the site's own channel. Raises `ConfigError` when the theme can't be read."""
        self._ledger = ledger
        self._theme = themes.load(project.theme)
        self._masthead = masthead(project)
        texts = {name: template.text for name, template in self._theme.templates.items()}
        self._wants_all = project.settings.site.pages == "all"
        self._site = site
        self._look = digest_of(VERSION, texts, self._masthead, site)

    @property
    def mark(self) -> str:
        """A text that changes when all pages may have to be written again."""
        return digest_of(self._look, [*self._theme.assets.items()])

    @cached_property
    def _press(self) -> Press:
        from feedpub.renderers.html import Press  # late: a build that has no page to write needs no Jinja2

        return Press(self._theme)

    @property
    def _widget(self) -> Widget:
        return widget(self._theme.assets[SCRIPT])

    def assets(self) -> Iterator[Webpage]:
        """Give the files of the theme that are published as they are."""
        for name, data in self._theme.assets.items():
            yield Webpage(
                ASSETS + _published(name, data), themes.media_type(name), digest_of(data), partial(bytes, data)
            )

    # ── articles ─────────────────────────────────────────────────────────────────────────────────

    def settle(self) -> None:
        """Give the entries that need a page an address for ever, and note how exactly their dates are known."""
        numbers: dict[str, int] = {}
        taken = self._ledger.addresses.is_taken
        for guid in self._ledger.addresses.unsettled(everything=self._wants_all):
            entry = self._ledger.articles.entry(guid)
            slug = entry.slug or None
            if slug is None and (self._wants_all or not entry.permalink):
                name = slug_of(entry.metadata.title, entry.published, guid)
                slug, numbers[name] = free(name, taken, numbers.get(name, 2))
            self._ledger.addresses.settle(guid, Address(slug, *shown_as(entry)))

    def articles(self, astray: Collection[str]) -> Iterator[Webpage]:
        """Give the pages of the articles that changed, and of those whose files are `astray`."""
        addresses = self._ledger.addresses
        lost = (addresses.at(path.split("/")[1]) for path in sorted(astray) if is_of_an_article(path))
        found = {leaf.guid: leaf for leaf in chain(addresses.due(), lost) if leaf}
        for leaf in found.values():
            recipe = digest_of("article", self._look, leaf)
            yield Webpage(article_path(leaf.slug), "text/html", recipe, partial(self._make_article, leaf))

    def _make_article(self, leaf: Leaf) -> bytes:
        from feedpub.renderers import html

        if leaf.state == "live":
            entry, body = self._ledger.articles.entry(leaf.guid), self._ledger.articles.body(leaf.guid)
            return html.article(self._press, self._masthead, self._site, entry, body)
        title = self._ledger.articles.title(leaf.guid) or self._masthead.title
        return html.withdrawn(self._press, self._masthead, self._site, leaf.slug, title, leaf.state, leaf.left_at)

    # ── the search ───────────────────────────────────────────────────────────────────────────────

    def search(self, due: Collection[int], newest: Sequence[Placed], last: int) -> Iterator[Webpage]:
        """Give the search page and the shards of its index in which one of these pages of the site's archive is.

        Page 0 stands for the feed itself, whose entries are in the last shard. `last` is the archive's last page.
        """
        open_shard = last // SHARD + 1
        for shard in sorted({open_shard if not page else (page - 1) // SHARD + 1 for page in due}):
            pages = range((shard - 1) * SHARD + 1, min(shard * SHARD, last) + 1)
            held = (self._ledger.archives.on_page(self._site.name, page) for page in reversed(pages))
            closed = [one for entries in held for one in select.in_order(entries)]
            head = newest if shard == open_shard else []
            recipe = digest_of("shard", VERSION, self._masthead, [(one.guid, one.slug) for one in closed], head)
            guids = list(dict.fromkeys(one.guid for one in (*head, *closed)))
            yield Webpage(shard_path(shard), "text/javascript", recipe, partial(self._make_shard, shard, guids))
        recipe = digest_of("search", self._look, open_shard)
        yield Webpage(SEARCH, "text/html", recipe, partial(self._make_search, open_shard))

    def _make_shard(self, number: int, guids: Sequence[str]) -> bytes:
        from feedpub.renderers import html

        return html.shard(self._masthead, number, [self._ledger.articles.entry(guid) for guid in guids])

    def _make_search(self, shards: int) -> bytes:
        from feedpub.renderers import html

        return html.search(self._press, self._masthead, self._site, shards)

    # ── of the site, and beside the feeds ────────────────────────────────────────────────────────

    def index(self, windows: Sequence[tuple[Channel, Sequence[Placed]]]) -> Webpage:
        """Give the page of the whole site, from the entries that each feed holds; the site's own is the first."""
        listed = [(channel, self._ledger.channels.count(channel.name), held[:NEWEST]) for channel, held in windows]
        latest = windows[0][1][:LATEST]
        recipe = digest_of("index", self._look, listed, latest, self._widget)
        return Webpage(INDEX, "text/html", recipe, partial(self._make_index, listed, latest))

    def _make_index(self, listed: Sequence[tuple[Channel, int, Sequence[Placed]]], entries: Sequence[Placed]) -> bytes:
        from feedpub.renderers import html

        feeds = [Listed(channel, count, self._entries(newest)) for channel, count, newest in listed]
        return html.index(self._press, self._masthead, feeds, self._entries(entries), self._widget)

    def beside(self, folder: str, channel: Channel, page: Page, entries: Sequence[Placed]) -> Webpage:
        """Give the page beside a feed, in the folder of its files."""
        count = self._ledger.channels.count(channel.name)
        recipe = select.recipe("html", VERSION, channel, page, entries, self._look, count)
        path = page_path(folder, page)
        return Webpage(path, "text/html", recipe, partial(self._make_channel, path, channel, page, entries, count))

    def of_archive(self, channel: Channel, page: Page) -> Webpage:
        """Give a page of a channel's archive. Like the feeds' own, it does not follow what becomes of its entries."""
        entries = select.in_order(self._ledger.archives.on_page(channel.name, page.number))
        recipe = select.recipe("html", VERSION, channel, page, entries, self._look)
        path = page_path(channel.name, page)
        return Webpage(path, "text/html", recipe, partial(self._make_channel, path, channel, page, entries, 0))

    def _make_channel(self, path: str, channel: Channel, page: Page, entries: Sequence[Placed], count: int) -> bytes:
        from feedpub.renderers import html

        feed = Feed(channel, self._entries(entries), page)
        return html.channel(self._press, self._masthead, feed, path, count)

    # ── for other people's pages ─────────────────────────────────────────────────────────────────

    def embeds(self, folder: str, channel: Channel, entries: Sequence[Placed]) -> Iterator[Webpage]:
        """Give what shows a feed's headlines on other people's pages: for a frame, and to include."""
        newest = entries[:HEADLINES]
        recipe = digest_of("headlines", self._look, channel, newest)
        for path, make in ((frame_path(folder), self._make_frame), (fragment_path(folder), self._make_headlines)):
            yield Webpage(path, "text/html", recipe, partial(make, path, channel, newest))

    def _make_frame(self, path: str, channel: Channel, entries: Sequence[Placed]) -> bytes:
        from feedpub.renderers import html

        return html.frame(self._press, self._masthead, Feed(channel, self._entries(entries)), path)

    def _make_headlines(self, _path: str, channel: Channel, entries: Sequence[Placed]) -> bytes:
        from feedpub.renderers import html

        return html.headlines(self._press, self._masthead, Feed(channel, self._entries(entries)))

    def _entries(self, placed: Sequence[Placed]) -> tuple[Entry, ...]:
        return tuple(self._ledger.articles.entry(one.guid) for one in placed)


def _published(name: str, data: bytes) -> str:
    """Give the name under which a file of the theme is published."""
    return widget(data).name if name == SCRIPT else name
