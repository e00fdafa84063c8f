"""The lines of a ledger's memory as text: what each kind of line holds. One JSON object a line, named under `is`.

An entry's line is followed by those of its keys and of its history. Times are RFC 3339, UTC.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from feedpub.model import SLUG, Precision, State, What

FORMAT = 1
LARGEST = (1 << 63) - 1  # number that SQLite holds

Id = Annotated[str, Meta(min_length=1)]
Name = Annotated[str, Meta(pattern=r"^[^\n]*$")]  # of a channel
Slug = Annotated[str, Meta(pattern=SLUG)]
Number = Annotated[int, Meta(ge=1, le=LARGEST)]
Count = Annotated[int, Meta(ge=0, le=LARGEST)]
Offset = Annotated[int, Meta(gt=-24 * 60, lt=24 * 60)]  # minutes east of UTC
Moment = Annotated[datetime, Meta(tz=True)]


class Head(Struct, frozen=True, forbid_unknown_fields=True, tag_field="is", tag="ledger"):
    """Stands first, and says how the others are written."""

    format: int


class Setting(Struct, frozen=True, forbid_unknown_fields=True, tag_field="is", tag="setting"):
    """A remembered setting, such as the id of the site."""

    name: Id
    value: str


class Channel(Struct, frozen=True, forbid_unknown_fields=True, tag_field="is", tag="channel"):
    """A channel, with its title as first printed."""

    name: Name
    title: str


class Page(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="is", tag="page"):
    """A closed page of an archive."""

    channel: Name
    number: Number
    following: Count
    due: bool = False


class File(Struct, frozen=True, forbid_unknown_fields=True, tag_field="is", tag="file"):
    """A published file that can't be made again."""

    path: Id
    recipe: str
    digest: str


class Shown(Struct, frozen=True, forbid_unknown_fields=True, tag_field="is", tag="shown"):
    """What subscribers of a channel's feed saw last."""

    channel: Name
    guid: Id
    title: str
    link: str
    published: Moment
    fingerprint: str
    size: Count


class Entry(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="is", tag="entry"):
    """An entry as it stands: all that is remembered of it but its text."""

    guid: Id
    title: str
    state: State
    home: str
    first_seen: Moment
    published: Moment
    updated: Moment
    ranked: Moment
    channels: Annotated[tuple[Name, ...], Meta(min_length=1)]
    digest: str
    fingerprint: str
    body_digest: str | None = None
    expires: Moment | None = None
    unseen: bool | None = None  # stands only where the state does not tell it: what is held, no feed ever held
    withdrawn: Moment | None = None
    permalink: str | None = None
    pages: dict[Name, tuple[Number, ...]] = {}  # of archives, by channel
    reopened: tuple[Name, ...] = ()  # those whose feed holds it once more, since it changed
    slug: Slug | None = None  # of its page
    precision: Precision | None = None
    offset: Offset = 0


class Key(Struct, frozen=True, forbid_unknown_fields=True, tag_field="is", tag="key"):
    """A name by which an entry was ever known."""

    key: Id
    guid: Id


class Event(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="is", tag="event"):
    """What happened to an entry."""

    what: What
    at: Moment
    guid: Id
    detail: str = ""


class End(Struct, frozen=True, forbid_unknown_fields=True, tag_field="is", tag="end"):
    """Stands last, so that a text that was cut off is known."""


Line = Head | Setting | Channel | Page | File | Shown | Entry | Key | Event | End
DECODER = msgspec.json.Decoder(Line)
