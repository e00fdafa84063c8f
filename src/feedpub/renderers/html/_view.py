"""What templates see: plain values, made of what is shown of feeds and entries.

Takes channels and entries, gives the structs that docs/themes.md lists. Links between pages are relative, so that they
work below any address and from a disk; those that feeds and search engines need are absolute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from msgspec import Struct

from feedpub.model import Channel, Entry, Masthead, Page, Place
from feedpub.normalise import slugify
from feedpub.renderers import atom, jsonfeed, rss
from feedpub.renderers._direction import is_right_to_left
from feedpub.renderers._shown import address, article_path, page_path, title_of
from feedpub.renderers.html._press import clean
from feedpub.renderers.html._when import When, exact, published
from feedpub.renderers.html._words import Words

INDEX = "index.html"
LABELS = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}
FILES = {
    "rss": (rss.file, rss.media_type),
    "atom": (atom.file, atom.media_type),
    "json": (jsonfeed.file, jsonfeed.media_type),
}

_IMAGE = re.compile(r"""<img(?:[^<>"']|"[^"]*")*>""")
_WIDE = re.compile(r"<(pre|table)\b")
_ODD_SIZE = re.compile(r' (?:width|height)="(?![0-9]+")[^"]*"')

# Readers that subscribe by a link, in the order in which they are offered. The feed's address is put in, quoted.
READERS = (
    ("Feedly", "https://feedly.com/i/subscription/feed%2F{}"),
    ("Inoreader", "https://www.inoreader.com/?add_feed={}"),
    ("NewsBlur", "https://www.newsblur.com/?url={}"),
    ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url={}"),
    ("Feedbin", "https://feedbin.com/?subscribe={}"),
)


class SiteView(Struct, frozen=True):
    """The site, as every page speaks of it."""

    title: str
    description: str
    language: str  # of what the pages say themselves
    direction: str  # ltr or rtl
    has_url: bool  # whether the feeds can name themselves


class FileView(Struct, frozen=True):
    """One format of a feed."""

    label: str  # RSS, Atom, JSON Feed
    media_type: str
    href: str  # relative to the page


class ReaderView(Struct, frozen=True):
    """A reader that subscribes to a feed by a link."""

    name: str
    href: str


class FeedView(Struct, frozen=True):
    """A channel's feeds."""

    name: str
    title: str
    label: str  # the title without the site's
    description: str
    group: str  # "", category, author, tag, place, feed
    href: str  # of its page, relative
    url: str  # of its page, absolute; empty when the site has none
    address: str  # that a reader is given: absolute, unless the site has no URL
    folder: str  # that all its files are in, with a closing slash: absolute, unless the site has no URL
    files: tuple[FileView, ...]
    readers: tuple[ReaderView, ...]
    desktop: str  # the address with the scheme `feed:`
    count: int  # of its entries, the archive's included


def direction_of(language: str | None) -> str:
    """Give the direction in which a language is written, as HTML's `dir` names it."""
    return "rtl" if language and is_right_to_left(language) else "ltr"


def root_of(path: str) -> str:
    """Give the way from a page up to the output folder: `../../` for `category/oslo/index.html`."""
    return "../" * path.count("/")


def page_of(channel: Channel) -> str:
    """Give the path of the page beside a channel's feeds."""
    return f"{channel.name}/{INDEX}" if channel.name else INDEX


def link_to(path: str, root: str) -> str:
    """Give the address of a file below the output folder, seen from a page whose way up is `root`."""
    return root + quote(path)


class EntryView(Struct, frozen=True):
    """An entry in a list."""

    title: str
    href: str  # of its page, else of its own address; empty without either
    when: When
    authors: tuple[str, ...]
    summary: str
    language: str  # empty when it is not known
    direction: str


def site_view(masthead: Masthead, words: Words) -> SiteView:
    """Give what every page says of the site."""
    return SiteView(
        title=masthead.title,
        description=masthead.description,
        language=words.language,
        direction=direction_of(words.language),
        has_url=masthead.has_url,
    )


def feed_view(channel: Channel, masthead: Masthead, *, count: int, root: str) -> FeedView:
    """Give a channel's feeds as a page shows them whose way up is `root`."""
    folder = f"{channel.name}/" if channel.name else ""
    files = tuple(
        FileView(LABELS[name], media_type, link_to(folder + file, root))
        for name, (file, media_type) in FILES.items()
        if name in masthead.formats
    )
    file = FILES[offered(masthead.formats)][0]
    url = address(channel.base) + file
    return FeedView(
        name=channel.name,
        title=channel.title,
        label=channel.title.removeprefix(f"{masthead.title}: "),
        description=channel.description,
        group=channel.name.partition("/")[0],
        href=link_to(page_of(channel), root),
        url=address(channel.base) if masthead.has_url else "",
        address=url if masthead.has_url else link_to(folder + file, root),
        folder=address(channel.base) if masthead.has_url else link_to(folder, root),
        files=files,
        readers=tuple(ReaderView(name, form.format(quote(url, safe=""))) for name, form in READERS),
        desktop="feed:" + url.partition(":")[2],
        count=count,
    )


def offered(formats: Sequence[str]) -> str:
    """Give the format whose address readers are given: Atom says most, and all of them read it."""
    return "atom" if "atom" in formats else formats[0]


def entry_view(entry: Entry, masthead: Masthead, words: Words, root: str) -> EntryView:
    """Give an entry as a list shows it."""
    metadata = entry.metadata
    language = metadata.language or masthead.language
    return EntryView(
        title=title_of(entry, masthead.title),
        href=href_of(entry, root),
        when=published(entry, words, masthead.timezone),
        authors=metadata.authors,
        summary=metadata.summary,
        language=language or "",
        direction=direction_of(language),
    )


def href_of(entry: Entry, root: str) -> str:
    """Give where an entry's title leads: to its page, else to its own address."""
    if entry.slug:
        return link_to(article_path(entry.slug), root)
    return address(entry.permalink) if entry.permalink else ""


class LinkView(Struct, frozen=True):
    """A name, and where it leads; nowhere if `href` is empty."""

    text: str
    href: str


class ArticleView(Struct, frozen=True):
    """An article on its own page."""

    title: str
    summary: str
    when: When
    updated: When | None  # if it changed since
    authors: tuple[LinkView, ...]
    places: tuple[LinkView, ...]  # of its dateline
    agency: str  # that filed it
    categories: tuple[LinkView, ...]
    tags: tuple[LinkView, ...]
    source: LinkView | None  # where it was published, if elsewhere
    language: str  # empty when it is not known
    direction: str
    body: Any  # HTML that our sanitiser made
    url: str  # absolute; empty when the site has none


def article_view(entry: Entry, body: str, masthead: Masthead, words: Words, root: str) -> ArticleView:
    """Give an article as its page shows it."""
    metadata = entry.metadata
    language = metadata.language or masthead.language
    dateline = metadata.dateline

    def filed(axis: str, names: Iterable[str]) -> tuple[LinkView, ...]:
        return tuple(LinkView(name, _channel_href(axis, name, masthead, root)) for name in names)

    return ArticleView(
        title=title_of(entry, masthead.title),
        summary=metadata.summary,
        when=published(entry, words, masthead.timezone),
        updated=exact(entry.updated, words, masthead.timezone) if entry.updated > entry.published else None,
        authors=filed("author", metadata.authors),
        places=tuple(
            LinkView(_place(place), _channel_href("place", place.city, masthead, root))
            for place in (dateline.places if dateline else ())
        ),
        agency=(dateline and dateline.agency) or "",
        categories=filed("category", metadata.categories),
        tags=filed("tag", metadata.tags),
        source=_source(entry.permalink),
        language=language or "",
        direction=direction_of(language),
        body=clean(_tidied(body)),
        url=url_of(entry, masthead),
    )


def _place(place: Place) -> str:
    return ", ".join(filter(None, (place.city, place.region, place.country)))


def _channel_href(axis: str, name: str, masthead: Masthead, root: str) -> str:
    """Give where the page of a category, an author, a tag or a place is, if there are pages of that kind."""
    return link_to(f"{axis}/{slugify(name)}/{INDEX}", root) if axis in masthead.axes else ""


def _source(permalink: str | None) -> LinkView | None:
    url = address(permalink) if permalink else ""
    return LinkView(urlsplit(url).hostname or url, url) if url else None


def url_of(entry: Entry, masthead: Masthead) -> str:
    """Give the address that an article is to be known by: its own, else its page's; none while the site has none."""
    if entry.permalink:
        return address(entry.permalink)
    return page_url(entry.slug, masthead)


def page_url(slug: str, masthead: Masthead) -> str:
    """Give the absolute address of an article's page, or nothing while the site has none."""
    return address(masthead.base) + article_path(slug).removesuffix(INDEX) if masthead.has_url else ""


def _tidied(body: str) -> str:
    """Give a body as HTML wants it: a picture without words for it is told to be one; sizes are whole numbers.

    What may be wider than the page is scrolled by the keyboard too (WCAG 2.1.1).
    """
    body = _WIDE.sub(r'<\1 tabindex="0"', body)
    return _IMAGE.sub(_tidy_image, body) if "<img" in body else body


def _tidy_image(found: re.Match[str]) -> str:
    tag = _ODD_SIZE.sub("", found[0])
    return tag if " alt=" in tag else f'<img alt=""{tag[4:]}'


class ArchiveView(Struct, frozen=True):
    """Where a page stands in a channel's history. What is not there is empty."""

    number: int  # 0 for the page beside the feed
    older: str
    newer: str  # the page that follows, if there is one, else the newest entries
    newest: str


def archive_view(channel: Channel, page: Page, root: str) -> ArchiveView:
    """Give the way to the neighbours of a page."""

    def href(number: int) -> str:
        return link_to(page_path(channel.name, Page(number)), root)

    newest = href(0) if page.number else ""
    return ArchiveView(
        number=page.number,
        older=href(page.previous) if page.previous else "",
        newer=href(page.following) if page.following else newest,
        newest=newest,
    )
