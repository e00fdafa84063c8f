"""The ledger's memory as text, and back: one JSON object a line, in an order that owes nothing to chance.

A line names what it is under `is`. An entry's line is followed by those of its keys and of its history. Times are
RFC 3339, UTC. What can be read or rendered again is left out, and nothing tells when the text was made: as long as
nothing new is remembered, it stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Annotated, Any, assert_never

import msgspec
from msgspec import Meta, Struct

from feedpub.errors import ConfigError
from feedpub.ledger.addresses import Address
from feedpub.ledger.artefacts import NOT_SEEN, Written
from feedpub.ledger.memory import UNREAD, Ledger
from feedpub.model import SLUG, Event, Exhibit, Known, Precision, State, What

FORMAT = 1
# Files that can't be made again once an entry changed: of archives, and of the search.
CLOSED = re.compile(r"(?:.*/)?archive/\d+\.[a-z]+|search/\d+\.js")

Id = Annotated[str, Meta(min_length=1)]
Channel = Annotated[str, Meta(pattern=r"^[^\n]*$")]
Slug = Annotated[str, Meta(pattern=SLUG)]
Number = Annotated[int, Meta(ge=1)]
Moment = Annotated[datetime, Meta(tz=True)]


class _Head(Struct, frozen=True, forbid_unknown_fields=True, tag_field="is", tag="ledger"):
    format: int


class _Setting(Struct, frozen=True, forbid_unknown_fields=True, tag_field="is", tag="setting"):
    name: Id
    value: str


class _Channel(Struct, frozen=True, forbid_unknown_fields=True, tag_field="is", tag="channel"):
    name: Channel
    title: str


class _Page(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="is", tag="page"):
    channel: Channel
    number: Number
    following: int
    due: bool = False


class _File(Struct, frozen=True, forbid_unknown_fields=True, tag_field="is", tag="file"):
    path: Id
    recipe: str
    digest: str


class _Shown(Struct, frozen=True, forbid_unknown_fields=True, tag_field="is", tag="shown"):
    """What subscribers of a channel's feed saw last."""

    channel: Channel
    guid: Id
    title: str
    link: str
    published: Moment
    fingerprint: str
    size: int


class _Entry(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="is", tag="entry"):
    guid: Id
    title: str
    state: State
    home: str
    first_seen: Moment
    published: Moment
    updated: Moment
    ranked: Moment
    channels: Annotated[tuple[Channel, ...], Meta(min_length=1)]
    digest: str
    fingerprint: str
    body_digest: str | None = None
    expires: Moment | None = None
    unseen: bool | None = None  # stands only where the state does not tell it: what is held, no feed ever held
    withdrawn: Moment | None = None
    permalink: str | None = None
    pages: dict[Channel, tuple[Number, ...]] = {}  # of archives, by channel
    reopened: tuple[Channel, ...] = ()  # those whose feed holds it once more, since it changed
    slug: Slug | None = None  # of its page
    precision: Precision | None = None
    offset: int = 0


class _Key(Struct, frozen=True, forbid_unknown_fields=True, tag_field="is", tag="key"):
    key: Id
    guid: Id


class _Event(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="is", tag="event"):
    what: What
    at: Moment
    guid: Id
    detail: str = ""


class _End(Struct, frozen=True, forbid_unknown_fields=True, tag_field="is", tag="end"):
    """Stands last, so that a text that was cut off is known."""


_Line = _Head | _Setting | _Channel | _Page | _File | _Shown | _Entry | _Key | _Event | _End
_LINE = msgspec.json.Decoder(_Line)


# ── out ─────────────────────────────────────────────────────────────────────────────────────────


def dump(ledger: Ledger) -> Iterator[str]:
    """Give the memory line by line, without the marks of their ends."""
    for line in _lines(ledger):
        yield msgspec.json.encode(line).decode()


def _lines(ledger: Ledger) -> Iterator[_Line]:
    yield _Head(FORMAT)
    for name, value in ledger.ask("SELECT name, value FROM settings ORDER BY name"):
        if name != UNREAD:
            yield _Setting(name, value)
    yield from _lines_of_channels(ledger)
    yield from _lines_of_entries(ledger)
    yield _End()


def _lines_of_channels(ledger: Ledger) -> Iterator[_Line]:
    for name, title in ledger.channels.all():
        yield _Channel(name, title)
    due = set(ledger.archives.pages(due=True))
    for page in ledger.archives.pages(due=False):
        yield _Page(*page, due=page in due)
    for path, written in ledger.artefacts.all().items():
        if CLOSED.fullmatch(path):
            yield _File(path, written.recipe, written.digest)
    for channel, guid, title, link, published, *marks in ledger.ask("SELECT * FROM shown ORDER BY channel, guid"):
        yield _Shown(channel, guid, title, link, datetime.fromtimestamp(published, UTC), *marks)


def _lines_of_entries(ledger: Ledger) -> Iterator[_Line]:
    keys = groupby(ledger.ask("SELECT guid, key FROM entries JOIN keys USING (guid) ORDER BY guid, key"), itemgetter(0))
    named = next(keys, None)
    for guid, permalink, body_digest in ledger.ask("SELECT guid, permalink, body_digest FROM entries ORDER BY guid"):
        yield _entry(ledger, guid, permalink, body_digest)
        if named and named[0] == guid:
            yield from (_Key(key, guid) for _, key in named[1])
            named = next(keys, None)
        for event in ledger.histories.of(guid):
            yield _Event(event.what, event.at, guid, event.detail)


def _entry(ledger: Ledger, guid: str, permalink: str | None, body_digest: str | None) -> _Entry:
    known = ledger.entries.known([guid])[guid]
    address = ledger.addresses.of(guid)
    archive = ledger.ask("SELECT channel, number FROM archive WHERE guid = ? ORDER BY channel, number", (guid,))
    pages = {name: tuple(number for _, number in rows) for name, rows in groupby(archive, itemgetter(0))}
    return _Entry(
        guid=guid,
        title=ledger.articles.title(guid) or "",
        state=known.state,
        home=known.path,
        first_seen=known.first_seen,
        published=known.published,
        updated=known.updated,
        ranked=known.ranked,
        channels=known.channels,
        digest=known.digest,
        fingerprint=known.fingerprint,
        body_digest=body_digest,
        expires=known.expires,
        unseen=None if known.unseen == (known.state == "held") else known.unseen,
        withdrawn=ledger.entries.withdrawn_at(guid),
        permalink=permalink,
        pages=pages,
        reopened=tuple(name for name in known.channels if name in pages and ledger.channels.is_in_feed(known, name)),
        slug=address.slug,
        precision=address.precision,
        offset=address.offset,
    )


# ── in ──────────────────────────────────────────────────────────────────────────────────────────


def load(ledger: Ledger, lines: Iterable[bytes], name: str) -> int:
    """Remember what a text says in a ledger that is empty, and count its entries. `name`: of the text.

    Raises `ConfigError`, which tells the line and what was expected there; then the caller gives the ledger up.
    """
    loading = _Loading(ledger)
    number = 0
    try:
        for number, line in enumerate(lines, 1):  # noqa: B007 - told when it is wrong
            loading.take(_LINE.decode(line))
        number += 1
        loading.end()
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _bad_line(name, number, f"expected one JSON object as `feedpub ledger dump` writes it: {error}") from None
    except _Unexpected as error:
        raise _bad_line(name, number, str(error)) from None
    ledger.mark_unread()
    return len(loading.guids)


def _bad_line(name: str, number: int, why: str) -> ConfigError:
    return ConfigError(f"{name}, line {number}: {why}", "nothing was loaded; mend the line, or take another dump")


class _Unexpected(Exception):
    """A line that is well-formed, and wrong where it stands."""


class _Loading:
    """Takes line after line into an empty ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._line: _Line | None = None  # the last one
        self._has_site = False
        self._keys: set[str] = set()
        self._channels: set[str] = set()
        self._pages: set[tuple[str, int]] = set()
        self._slugs: set[str] = set()
        self._shown: set[tuple[str, str]] = set()
        self.guids: set[str] = set()

    def take(self, line: _Line) -> None:
        """Remember what a line says."""
        self._require_order(line)
        self._line = line
        match line:
            case _Setting():
                self._ledger.set(line.name, line.value)
                self._has_site = self._has_site or line.name == "site"
            case _Channel():
                self._add(self._channels, line.name, "channel")
                self._ledger.channels.open(line.name, line.title)
            case _Page():
                self._add(self._pages, (line.channel, line.number), "page")
                self._ledger.archives.restore(line.channel, line.number, line.following, due=line.due)
            case _File():
                self._ledger.artefacts.tick_off(line.path, Written(line.recipe, line.digest, NOT_SEEN, NOT_SEEN))
            case _Shown():
                self._add(self._shown, (line.channel, line.guid), "showing")
                self._ledger.shown.add(line.channel, _exhibit(line))
            case _Entry():
                self._enter(line)
            case _Key():
                self._require(line.guid)
                self._add(self._keys, line.key, "key")
                self._ledger.keys.name([line.key], line.guid)
            case _Event():
                self._require(line.guid)
                self._ledger.histories.note(line.guid, Event(line.at, line.what, line.detail))
            case _Head() | _End():
                pass
            case _:
                assert_never(line)

    def end(self) -> None:
        """Make sure that the text was whole."""
        if not isinstance(self._line, _End):
            raise _Unexpected('expected {"is":"end"}: the text was cut off')
        if self.guids and not self._has_site:
            raise _Unexpected('expected a setting "site" above: the id that all ids were made from')

    def _require_order(self, line: _Line) -> None:
        if isinstance(self._line, _End):
            raise _Unexpected('expected nothing after {"is":"end"}')
        if isinstance(line, _Head) == (self._line is not None):
            raise _Unexpected(f'expected {{"is":"ledger","format":{FORMAT}}} in the first line, and only there')
        if isinstance(line, _Head) and line.format != FORMAT:
            raise _Unexpected(f"expected format {FORMAT}; a newer feedpub wrote format {line.format}: install that one")

    @staticmethod
    def _add(seen: set[Any], value: object, what: str) -> None:
        if value in seen:
            raise _Unexpected(f"expected each {what} once: {value} stands further up already")
        seen.add(value)

    def _require(self, guid: str) -> None:
        if guid not in self.guids:
            raise _Unexpected(f"expected the line of the entry {guid} further up")

    def _enter(self, line: _Entry) -> None:
        self._add(self.guids, line.guid, "entry")
        for page in ((name, number) for name, numbers in line.pages.items() for number in numbers):
            if page not in self._pages:
                raise _Unexpected(f'expected a line further up for page {page[1]} of the channel "{page[0]}"')
            self._ledger.archives.restore_entry(*page, line.guid)
        known = Known(
            guid=line.guid,
            path=line.home,
            state=line.state,
            first_seen=line.first_seen,
            published=line.published,
            updated=line.updated,
            ranked=line.ranked,
            digest=line.digest,
            fingerprint=line.fingerprint,
            channels=line.channels,
            expires=line.expires,
            unseen=line.state == "held" if line.unseen is None else line.unseen,
        )
        newest = {name: max(numbers) for name, numbers in line.pages.items() if numbers and name not in line.reopened}
        if line.slug is not None:
            self._add(self._slugs, line.slug, "slug")
        self._ledger.restore(
            known,
            newest,
            permalink=line.permalink,
            body_digest=line.body_digest,
            withdrawn=line.withdrawn,
            address=Address(line.slug, line.precision, line.offset),
        )
        self._ledger.articles.entitle(line.guid, line.title)


def _exhibit(line: _Shown) -> Exhibit:
    return Exhibit(line.guid, line.title, line.link, int(line.published.timestamp()), line.fingerprint, line.size)
