"""Give the ledger's memory as text, in an order that owes nothing to chance.

What can be read or rendered again is left out, and nothing tells when the text was made: as long as nothing new is
remembered, it stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter

import msgspec

from feedpub.ledger import lines
from feedpub.ledger.memory import UNREAD, Ledger

# Files that can't be made again once an entry changed: of archives, and of the search.
CLOSED = re.compile(r"(?:.*/)?archive/\d+\.[a-z]+|search/\d+\.js")


def dump(ledger: Ledger) -> Iterator[str]:
    """Give the memory line by line, without the marks of their ends."""
    for line in _lines(ledger):
        yield msgspec.json.encode(line).decode()


def _lines(ledger: Ledger) -> Iterator[lines.Line]:
    yield lines.Head(lines.FORMAT)
    for name, value in ledger.ask("SELECT name, value FROM settings ORDER BY name"):
        if name != UNREAD:
            yield lines.Setting(name, value)
    yield from _lines_of_channels(ledger)
    yield from _lines_of_entries(ledger)
    yield lines.End()


def _lines_of_channels(ledger: Ledger) -> Iterator[lines.Line]:
    for name, title in ledger.channels.all():
        yield lines.Channel(name, title)
    due = set(ledger.archives.pages(due=True))
    for page in ledger.archives.pages(due=False):
        yield lines.Page(*page, due=page in due)
    for path, written in ledger.artefacts.all().items():
        if CLOSED.fullmatch(path):
            yield lines.File(path, written.recipe, written.digest)
    for channel, guid, title, link, published, *marks in ledger.ask("SELECT * FROM shown ORDER BY channel, guid"):
        yield lines.Shown(channel, guid, title, link, datetime.fromtimestamp(published, UTC), *marks)


def _lines_of_entries(ledger: Ledger) -> Iterator[lines.Line]:
    keys = groupby(ledger.ask("SELECT guid, key FROM entries JOIN keys USING (guid) ORDER BY guid, key"), itemgetter(0))
    named = next(keys, None)
    for guid, permalink, body_digest in ledger.ask("SELECT guid, permalink, body_digest FROM entries ORDER BY guid"):
        yield _entry(ledger, guid, permalink, body_digest)
        if named and named[0] == guid:
            yield from (lines.Key(key, guid) for _, key in named[1])
            named = next(keys, None)
        for event in ledger.histories.of(guid):
            yield lines.Event(event.what, event.at, guid, event.detail)


def _entry(ledger: Ledger, guid: str, permalink: str | None, body_digest: str | None) -> lines.Entry:
    known = ledger.entries.known([guid])[guid]
    address = ledger.addresses.of(guid)
    archive = ledger.ask("SELECT channel, number FROM archive WHERE guid = ? ORDER BY channel, number", (guid,))
    pages = {name: tuple(number for _, number in rows) for name, rows in groupby(archive, itemgetter(0))}
    return lines.Entry(
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
