"""Articles with an identity, as the ledger remembers them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from feedpub.model.articles import Metadata, Precision

State = Literal["live", "held", "expired", "withdrawn"]
What = Literal["moved", "retitled", "updated", "amended", "held", "released", "returned", "expired", "withdrawn"]


class Known(Struct, frozen=True):
    """What the ledger remembers of one entry."""

    guid: str
    path: str  # its home: the source that it is read from
    state: State
    first_seen: datetime
    published: datetime
    updated: datetime
    digest: str
    fingerprint: str
    ranked: datetime  # by which feeds take the newest: the last change, or the arrival of a late article
    channels: tuple[str, ...] = ("",)  # their names; the site's is empty
    expires: datetime | None = None
    unseen: bool = False  # whether no feed ever held it: then its dates are not frozen yet


class Event(Struct, frozen=True):
    """Something that happened to an entry after it was first seen (`history`)."""

    at: datetime  # of the build
    what: What
    detail: str = ""  # the path or the title that it had before


class Recalled(Struct, frozen=True):
    """All that the ledger tells of one entry."""

    known: Known
    title: str
    permalink: str | None
    keys: tuple[str, ...]  # every name by which it was ever known
    pages: tuple[tuple[str, int], ...]  # of archives: channel and number
    duplicates: tuple[str, ...]  # other sources that hold the same article
    told: str  # the codes of the problems with its home
    history: tuple[Event, ...]


class Kin(Struct, frozen=True):
    """What the ledger knows of other files like one: all by their paths."""

    copy_of: str | None = None  # the file that stands for it
    copies: tuple[str, ...] = ()  # the files that it stands for
    related: tuple[tuple[str, float], ...] = ()  # entries that share much of its text, and how much


class Entry(Struct, frozen=True):
    """An article with an identity, without its body."""

    guid: str
    permalink: str | None  # absolute URL, None when the article has no address of its own
    published: datetime  # aware, UTC, whole seconds
    updated: datetime
    fingerprint: str
    digest: str  # as the article's: published, so that a lost ledger can be taken back from the feeds
    body_digest: str | None
    metadata: Metadata
    slug: str = ""  # of the address of its page, if it has one; given once, from its title
    precision: Precision = "minute"  # of `published`
    offset: int = 0  # minutes east of UTC on the page's own clock, so that its day can be shown as printed
