"""What feedpub.toml can say: every table and key, with its default."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from feedpub.model import INCLUDE, Limits, Profile, Tables

Format = Literal["rss", "atom", "json"]
Axis = Literal["category", "author", "tag", "place"]
Pages = Literal["none", "needed", "all"]
UNITS = {"KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
SIZE = r"^[1-9]\d{0,5} ?[KMG]B\Z"


class Site(Struct, frozen=True, forbid_unknown_fields=True):
    """What the feeds say of the site that they belong to."""

    title: str = ""
    id: str | None = None
    url: str | None = None
    description: str = ""
    language: str | None = None
    author: str = ""
    timezone: str = "UTC"
    ledger: str | None = None
    pages: Pages = "needed"
    theme: str | None = None


class FieldNames(Struct, frozen=True, forbid_unknown_fields=True):
    """What the fields of articles are called in files that hold many, where that is not plain by itself."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    text: str | None = None
    html: str | None = None
    authors: str | None = None
    published: str | None = None
    updated: str | None = None
    captured: str | None = None
    expires: str | None = None
    categories: str | None = None
    tags: str | None = None
    language: str | None = None
    summary: str | None = None
    image: str | None = None


class SourceFolder(Struct, frozen=True, forbid_unknown_fields=True):
    """A folder of articles, and what holds for all of them."""

    path: str
    name: str | None = None
    include: tuple[str, ...] = INCLUDE
    exclude: tuple[str, ...] = ()
    captured: datetime | None = None
    category: str | None = None
    language: str | None = None
    timezone: str | None = None
    profile: str | Profile | None = None  # a file's name; `load` puts what it holds in its place
    fields: FieldNames = field(default_factory=FieldNames)


class ChannelFeed(Struct, frozen=True, forbid_unknown_fields=True):
    """What one channel's feeds say of themselves, and whether its whole history is published."""

    title: str = ""
    description: str = ""
    language: str | None = None
    archive: bool | None = None


class CustomFeed(ChannelFeed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A feed of its own: the entries that a query finds."""

    where: str


class Feeds(Struct, frozen=True, forbid_unknown_fields=True):
    """Which feeds are made, and what they hold."""

    formats: Annotated[tuple[Format, ...], Meta(min_length=1)] = ("rss", "atom", "json")
    by: tuple[Axis, ...] = ("category",)
    limit: Annotated[int, Meta(ge=1, le=300)] = 50
    days: Annotated[int, Meta(ge=0, le=3660)] = 7
    max_bytes: Annotated[str, Meta(pattern=r"^[1-9]\d{0,5} ?[KM]B\Z")] = "1MB"
    content: Literal["full", "summary"] = "full"
    archive: bool | Literal["all"] = True
    tombstones: bool = False
    announce: Annotated[int, Meta(ge=1, le=300)] = 2
    custom: dict[str, CustomFeed] = field(default_factory=dict)
    channels: dict[str, ChannelFeed] = field(default_factory=dict)

    @property
    def most_bytes(self) -> int:
        """What a feed may grow to."""
        return _bytes(self.max_bytes)


def _bytes(size: str) -> int:
    return int(size[:-2]) * UNITS[size[-2:]]


class Guards(Struct, frozen=True, forbid_unknown_fields=True):
    """When a build refuses to go on."""

    max_shrink: Annotated[str, Meta(pattern=r"^\d{1,3}%\Z")] = "20%"
    max_resurfaced: Annotated[int, Meta(ge=0)] = 10


class Duplicates(Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of files that hold the same story."""

    keep: Literal["first", "newest", "longest", "off"] = "first"
    near: bool = True


class LimitsOfFiles(Struct, frozen=True, forbid_unknown_fields=True):
    """How much of a file that holds many articles is read."""

    article: Annotated[str, Meta(pattern=SIZE)] = "10MB"
    unpacked: Annotated[str, Meta(pattern=SIZE)] = "4GB"
    ratio: Annotated[int, Meta(ge=1, le=100_000)] = 100

    @property
    def in_bytes(self) -> Limits:
        """The limits as numbers."""
        return Limits(_bytes(self.article), _bytes(self.unpacked), self.ratio)


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that feedpub.toml can say."""

    site: Site = Site()
    sources: tuple[SourceFolder, ...] = (SourceFolder("seeds"),)
    feeds: Feeds = Feeds()
    categories: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tables: Tables = Tables()
    duplicates: Duplicates = Duplicates()
    guards: Guards = Guards()
    limits: LimitsOfFiles = LimitsOfFiles()
