"""Fill an empty ledger with what a text says that `dumping` gave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, assert_never

import msgspec
from msgspec.structs import astuple

from feedpub.errors import ConfigError
from feedpub.ledger import lines
from feedpub.ledger.addresses import Address
from feedpub.ledger.artefacts import NOT_SEEN, Written
from feedpub.ledger.memory import Ledger
from feedpub.model import Event, Exhibit, Known


def load(ledger: Ledger, text: Iterable[bytes], name: str) -> int:
    """Remember what a text says in a ledger that is empty, and count its entries. `name`: of the text.

    Raises `ConfigError`, which tells the line and what was expected there; then the caller gives the ledger up.
    """
    loading = _Loading(ledger)
    number = 0
    try:
        for number, line in enumerate(text, 1):  # noqa: B007 - told when it is wrong
            loading.take(lines.DECODER.decode(line))
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
        self._line: lines.Line | None = None  # the last one
        self._has_site = False
        self._keys: set[str] = set()
        self._channels: set[str] = set()
        self._pages: set[tuple[str, int]] = set()
        self._slugs: set[str] = set()
        self._shown: set[tuple[str, str]] = set()
        self.guids: set[str] = set()

    def take(self, line: lines.Line) -> None:
        """Remember what a line says."""
        self._require_order(line)
        self._require_moments(line)
        self._line = line
        match line:
            case lines.Setting():
                self._ledger.set(line.name, line.value)
                self._has_site = self._has_site or line.name == "site"
            case lines.Channel():
                self._add(self._channels, line.name, "channel")
                self._ledger.channels.open(line.name, line.title)
            case lines.Page():
                self._add(self._pages, (line.channel, line.number), "page")
                self._ledger.archives.restore(line.channel, line.number, line.following, due=line.due)
            case lines.File():
                self._ledger.artefacts.tick_off(line.path, Written(line.recipe, line.digest, *NOT_SEEN))
            case lines.Shown():
                self._add(self._shown, (line.channel, line.guid), "showing")
                self._ledger.shown.add(line.channel, _exhibit(line))
            case lines.Entry():
                self._enter(line)
            case lines.Key():
                self._require(line.guid)
                self._add(self._keys, line.key, "key")
                self._ledger.keys.name([line.key], line.guid)
            case lines.Event():
                self._require(line.guid)
                self._ledger.histories.note(line.guid, Event(line.at, line.what, line.detail))
            case lines.Head() | lines.End():
                pass
            case _:
                assert_never(line)

    def end(self) -> None:
        """Make sure that the text was whole."""
        if not isinstance(self._line, lines.End):
            raise _Unexpected('expected {"is":"end"}: the text was cut off')
        if self.guids and not self._has_site:
            raise _Unexpected('expected a setting "site" above: the id that all ids were made from')

    def _require_order(self, line: lines.Line) -> None:
        if isinstance(self._line, lines.End):
            raise _Unexpected('expected nothing after {"is":"end"}')
        if isinstance(line, lines.Head) == (self._line is not None):
            raise _Unexpected(f'expected {{"is":"ledger","format":{lines.FORMAT}}} in the first line, and only there')
        if isinstance(line, lines.Head) and line.format != lines.FORMAT:
            raise _Unexpected(
                f"expected format {lines.FORMAT}; a newer feedpub wrote format {line.format}: install that one"
            )

    @staticmethod
    def _require_moments(line: lines.Line) -> None:
        for value in astuple(line):
            if isinstance(value, datetime):
                try:
                    value.astimezone(UTC)
                except OverflowError:
                    raise _Unexpected(f"expected a time between the years 1 and 9999, UTC; {value} is none") from None

    @staticmethod
    def _add(seen: set[Any], value: object, what: str) -> None:
        if value in seen:
            raise _Unexpected(f"expected each {what} once: {value} stands further up already")
        seen.add(value)

    def _require(self, guid: str) -> None:
        if guid not in self.guids:
            raise _Unexpected(f"expected the line of the entry {guid} further up")

    def _enter(self, line: lines.Entry) -> None:
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


def _exhibit(line: lines.Shown) -> Exhibit:
    return Exhibit(line.guid, line.title, line.link, int(line.published.timestamp()), line.fingerprint, line.size)
