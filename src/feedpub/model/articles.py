"""The settled text, and what comes home from reading one document."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from feedpub.model.drafts import Clue, Dropped
from feedpub.model.problems import Problem
from feedpub.model.sources import Capture

Precision = Literal["second", "minute", "hour", "day", "week", "month", "year"]


class Moment(Struct, frozen=True):
    """A date that knows how exact it is, the words it came from, and what "2 days ago" was counted from."""

    value: datetime  # aware, UTC
    precision: Precision
    text: str = ""  # as printed
    rule: str = ""  # absolute, relative, updated-only, dateline, stated …
    base: datetime | None = None  # the capture time, for relative dates
    offset: int = 0  # minutes east of UTC on the page's own clock, so that its day can be shown as printed


class Place(Struct, frozen=True):
    """One place of a dateline, recased for display: all but the city may be missing."""

    city: str
    region: str | None = None
    country: str | None = None


class Dateline(Struct, frozen=True):
    """Where, by whom and sometimes when a report was filed, taken apart."""

    raw: str  # as printed, white space squashed, the closing mark included
    places: tuple[Place, ...] = ()
    agency: str | None = None
    date: str | None = None  # MM-DD, or YYYY-MM-DD when the year is printed


class Origin(Struct, frozen=True):
    """The feed that an entry was first published in (RFC 4287, 4.2.11; rule A17)."""

    title: str
    id: str = ""
    feed: str = ""  # absolute URL of the feed itself
    link: str = ""  # absolute URL of the page that it describes
    authors: tuple[str, ...] = ()
    rights: str = ""


class Metadata(Struct, frozen=True):
    """Everything that is known of an article but its body. All text is plain, one line, NFC, legal in XML."""

    title: str
    summary: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None  # BCP 47
    dateline: Dateline | None = None
    published: Moment | None = None
    updated: Moment | None = None
    canonical: str | None = None  # absolute URL
    id: str | None = None  # as stated
    expires: datetime | None = None
    source: Origin | None = None  # of an entry of another feed


class Article(Struct, frozen=True):
    """An article, settled and clean. The digests are versioned: equal digests mean equal articles."""

    metadata: Metadata
    body: str  # HTML fragment, sanitised, absolute
    digest: str  # of the title and the words of the body: what `updated` follows
    body_digest: str | None  # of the words of the body alone, by which a moved file is known; None when too short
    fingerprint: str  # of everything a feed shows
    sketch: tuple[int, ...] = ()  # marks of the body's words, by which near copies are found (`likeness`)
    aliases: tuple[str, ...] = ()  # other absolute URLs under which it was published, as its author states


class Reading(Struct, frozen=True):
    """What comes home from reading one document, good or bad. A bad one has no article and says why."""

    path: str
    digest: str  # the document's
    article: Article | None = None
    capture: Capture | None = None
    clues: tuple[Clue, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    problems: tuple[Problem, ...] = ()
    draft: bool = False  # stated by the operator: read, and never published
    significant: bool | None = None  # stated: whether the last change is worth a new `updated`
