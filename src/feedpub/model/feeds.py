"""What is published: channels, the entries that they hold, and files."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from msgspec import Struct

from feedpub.model.entries import Entry

MOST_TEXT = 256 * 1024  # bytes of an entry's text, as XML holds it, that a feed gives whole (rule Z03)
SLUG = r"^[a-z0-9]{1,80}(?:-[a-z0-9]{1,80}){0,40}\Z"  # what the address of an article's page ends with


class Channel(Struct, frozen=True):
    """How a feed is described and chosen."""

    name: str  # "" for the site, category/<slug> for a category, feed/<name> for one of the operator's own
    id: str  # urn:uuid:…, never changes
    title: str
    description: str
    link: str  # absolute URL of the page that the feed describes
    base: str  # absolute URL of the folder that the feed's files are served from, with a closing slash
    home: str  # absolute URL of the site
    language: str | None = None
    author: str = ""
    limit: int = 50
    days: int = 7
    max_bytes: int = 1_000_000
    content: Literal["full", "summary"] = "full"
    archive: bool = False  # whether its whole history is published
    tombstones: bool = False  # whether Atom names the entries that were withdrawn
    site_id: str = ""
    pages: Literal["none", "needed", "all"] = "none"  # for people: of no article, of those without an address, of all

    def gives_whole(self, entry: Entry | Placed, size: int) -> bool:
        """Whether its feed gives the text of an entry, which takes so many bytes, and not the summary alone (rule Z03).

        A large text is left to the page that the entry leads to, if there is one.
        """
        has_page = entry.permalink or (entry.slug and self.pages != "none")
        return self.content == "full" and not (size > MOST_TEXT and has_page)


class Page(Struct, frozen=True):
    """Which part of a channel's history is meant: its newest entries, or a closed page of the archive.

    Pages are numbered from 1, the oldest; 0 stands for none.
    """

    number: int = 0  # of the archive's page; 0 for the feed that people subscribe to
    previous: int = 0  # the page before it; of the feed itself, the newest page
    following: int = 0  # the page after it, if that was closed with it


class Feed(Struct, frozen=True):
    """A channel and its entries, newest first."""

    channel: Channel
    entries: tuple[Entry, ...]
    page: Page = Page()
    withdrawn: tuple[tuple[str, datetime], ...] = ()  # guids, and when: of a channel that has tombstones

    @property
    def updated(self) -> datetime | None:
        """The newest change among the entries, never the time of the build."""
        return max((entry.updated for entry in self.entries), default=None)


class Placed(Struct, frozen=True):
    """One entry as a feed's recipe knows it: its place, and the marks of all that the feed shows. Times in seconds."""

    guid: str
    published: int
    updated: int
    ranked: int  # by which feeds take the newest
    fingerprint: str
    permalink: str | None
    size: int = 0  # bytes of its body as XML holds it
    slug: str = ""


class Bodies(Protocol):
    """Gives an entry's body when a renderer comes to it, so that no feed holds them all."""

    def __call__(self, guid: str, /) -> str:
        """Give the body of the entry with this guid."""


class Artefact(Struct, frozen=True):
    """A file that we publish: its bytes, and where they go below the output folder."""

    path: str
    media_type: str
    data: bytes
