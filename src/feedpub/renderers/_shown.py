"""What every format shows of an entry, settled once so that all formats say the same.

Takes a Feed and a way to its bodies, gives a Shown for each entry. Never knows a format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct
from msgspec.structs import astuple

from feedpub.errors import RenderError
from feedpub.model import Bodies, Channel, Entry, Feed, Page
from feedpub.normalise import FORBIDDEN, absolute_url, escape, size_in_xml
from feedpub.renderers._direction import is_right_to_left, right_to_left
from feedpub.renderers._image import Image, lead_image
from feedpub.urls import bad_iri

ABOUT = "https://github.com/feedpub/feedpub"

_URI = re.compile(r"[A-Za-z0-9!#$%&'()*+,./:;=?@\[\]_~-]*")  # RFC 3986, 2
_MARKUP = re.compile(r"<|&(?=[^\s&<])")  # an ampersand before a space is one (HTML, "character reference state")
_PARTS_OF_TERMS = re.compile("[,|]")
_TITLE_WORDS = 12


class Shown(Struct, frozen=True):
    """An entry as it is shown: what is missing is filled in, what is the channel's own is left out."""

    entry: Entry
    iri: str  # the guid; when that is no IRI, one that is made from it
    title: str
    link: str
    summary: str  # plain text; empty only beside `html`
    html: str  # empty when the summary stands for it
    authors: tuple[str, ...]
    terms: tuple[str, ...]
    language: str | None  # only when it differs from the channel's
    image: Image | None  # of `html`

    @property
    def byline(self) -> str:
        """The authors' names as one, since 10 of 16 readers show two authors wrong or in part."""
        return ", ".join(self.authors)

    @property
    def summary_html(self) -> str:
        """The summary, else the title, as HTML: RSS expects HTML there, so a bare `<` or `&` would be lost (R11).

        Escapes no more than HTML needs, for the readers that take it for plain text.
        """
        return _MARKUP.sub(lambda found: "&lt;" if found[0] == "<" else "&amp;", self.summary or self.title)


def show(feed: Feed, bodies: Bodies) -> tuple[Shown, ...]:
    """What is shown of each entry; a body is fetched only when the channel shows it."""
    channel = feed.channel
    _check(f"the feed {channel.title!a}", (text for text in astuple(channel) if isinstance(text, str)))
    return tuple(_show(entry, channel, bodies) for entry in feed.entries)


def address(iri: str) -> str:
    """The URI of an IRI: five readers rewrite what is not ASCII, each in its own way (R06; RFC 3987, 3.1)."""
    if _URI.fullmatch(iri):
        return iri
    return absolute_url(iri) or quote(iri, safe="!#$%&'()*+,/:;=?@[]~")


def file_of(page: Page, file: str) -> str:
    """The name of a document below its channel's folder: `feed.atom`, or `archive/0001.atom` of a closed page (Z04)."""
    return f"archive/{page.number:04}.{file.rpartition('.')[2]}" if page.number else file


def self_link(feed: Feed, file: str) -> str:
    """The address that a document is served from (A05, R19, P07); `file` is the name of the feed's own."""
    return address(feed.channel.base) + file_of(feed.page, file)


def history_links(feed: Feed, file: str) -> dict[str, str]:
    """Where the other parts of the channel's history are, by the relations of RFC 5005, section 4 (P02, P03)."""
    page = feed.page
    linked = {
        "current": page if not page.number else Page(),
        "prev-archive": Page(page.previous),
        "next-archive": Page(page.following),
    }
    base = address(feed.channel.base)
    return {
        rel: base + file_of(other, file)
        for rel, other in linked.items()
        if (bool(page.number) if rel == "current" else other.number)
    }


def _show(entry: Entry, channel: Channel, bodies: Bodies) -> Shown:
    """What is shown of one entry."""
    metadata, source = entry.metadata, entry.metadata.source
    terms = (*metadata.categories, *metadata.tags)
    language = metadata.language or channel.language
    plain = (entry.guid, entry.permalink or "", metadata.title, metadata.summary, language or "")
    _check(entry.guid, (*plain, *metadata.authors, *terms))
    title = title_of(entry, channel.title)
    html = _html(entry, title, channel, bodies) if channel.content == "full" else ""
    return Shown(
        entry=entry,
        iri=iri_of(entry.guid, channel),
        title=title,
        link=link_of(entry, channel),
        summary=metadata.summary or ("" if html else title),
        html=right_to_left(html, language) if html and language and is_right_to_left(language) else html,
        authors=metadata.authors or tuple(filter(None, (source.title if source else channel.author,))),
        terms=_terms(terms),
        language=language if language != channel.language else None,
        image=lead_image(html),
    )


def _html(entry: Entry, title: str, channel: Channel, bodies: Bodies) -> str:
    """The entry's body; its summary stands in for an empty one, as many readers drop what has no content (J03).

    Nothing when the body is too large for the channel.
    """
    body = bodies(entry.guid)
    _check(entry.guid, (body,))
    if not channel.gives_whole(entry, size_in_xml(body)):
        return ""
    return body if body.strip() else f"<p>{escape(entry.metadata.summary or title)}</p>"


def link_of(entry: Entry, channel: Channel) -> str:
    """The entry's address, else its page's, else a place on the site of its own: four readers show none without."""
    if entry.permalink:
        return address(entry.permalink)
    if entry.slug and channel.pages != "none":
        return address(channel.home) + article_path(entry.slug).removesuffix("index.html")
    return f"{address(channel.home)}#{quote(entry.guid.removeprefix('urn:uuid:'), safe=':')}"


def article_path(slug: str) -> str:
    """The path of an article's page below the output folder."""
    return f"article/{slug}/index.html"


def page_path(folder: str, page: Page) -> str:
    """The path of the page for people with what a feed holds, or a page of its archive.

    Beside the site's feed is the page of the whole site; its entries are listed in the folder of its archive.
    """
    file = file_of(page, "archive/index.html" if not (folder or page.number) else "index.html")
    return f"{folder}/{file}" if folder else file


def iri_of(guid: str, channel: Channel) -> str:
    """The entry's id in Atom: an adopted guid that is no IRI gives the same UUID on any day (RFC 4287, 4.2.6)."""
    return uuid5(NAMESPACE_URL, f"{channel.site_id}#{guid}").urn if bad_iri(guid) else guid


def _terms(names: Iterable[str]) -> tuple[str, ...]:
    """Each category and tag once, none with a comma or a bar inside, where three readers would split it (R18)."""
    parts = (part.strip() for name in names for part in _PARTS_OF_TERMS.split(name))
    unique: dict[str, str] = {}
    for part in filter(None, parts):
        unique.setdefault(part.casefold(), part)
    return tuple(unique.values())


def title_of(entry: Entry, otherwise: str) -> str:
    """The entry's title; without one, the first words of its summary, or something else."""
    return entry.metadata.title or _first_words(entry.metadata.summary) or otherwise


def _first_words(text: str) -> str:
    """A title for an entry that has none: Atom can't do without one (A02)."""
    words = text.split()
    return " ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else "")


def _check(where: str, texts: Iterable[str]) -> None:
    """Refuse a character that XML forbids (X03): normalise replaces them all, so this one came another way."""
    for text in texts:
        if not text.isprintable() and (found := FORBIDDEN.search(text)):
            raise RenderError(
                f"{where}: the character U+{ord(found[0]):04X} stands in {text[:60]!a}, and no feed may carry it",
                hint="remove it from the settings or the sidecar that this text comes from",
            )
