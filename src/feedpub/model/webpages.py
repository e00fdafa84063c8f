"""What the pages for people are made of, beside feeds."""

from __future__ import annotations

from msgspec import Struct

from feedpub.model.entries import Entry
from feedpub.model.feeds import Channel


class Template(Struct, frozen=True):
    """A template of a theme, and the file that it stands in."""

    place: str
    text: str


class Theme(Struct, frozen=True):
    """How the pages for people look (`themes`): templates by name, and files that are published as they are."""

    templates: dict[str, Template]
    assets: dict[str, bytes]  # by name


class Masthead(Struct, frozen=True):
    """What the pages for people say of their site, and how they write."""

    title: str
    description: str
    language: str | None  # BCP 47
    author: str
    base: str  # absolute URL of the output folder, with a closing slash
    has_url: bool  # whether that is a real one, or stands for one that is not set
    timezone: str  # IANA name, of the times that they show
    formats: tuple[str, ...]  # of the feeds
    axes: tuple[str, ...]  # what has feeds of its own: category, author, tag, place


class Listed(Struct, frozen=True):
    """A channel as the list of all feeds shows it."""

    channel: Channel
    count: int  # of its entries, the archive's included
    newest: tuple[Entry, ...]
