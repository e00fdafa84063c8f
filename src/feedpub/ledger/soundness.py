"""Is the ledger sound? Asks SQLite, then looks whether what belongs together is there. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from feedpub.errors import DamagedLedger
from feedpub.ledger.memory import Ledger
from feedpub.model import Finding

MOST = 20  # findings of a kind

_RESTORE = "load a dump with `feedpub ledger load --replace FILE`; without one, `feedpub ledger rebuild --replace`"
_RELOAD = "`feedpub ledger dump -o FILE`, then `feedpub ledger load --replace FILE`, which makes this again"


class _Fault(Struct, frozen=True):
    """What may not be found: the query gives its place and the guid that is concerned."""

    rule: str
    message: str
    query: str
    remedy: str = _RELOAD
    once_read: bool = False  # whether it is a fault only after a build has read the articles


_FAULTS = (
    _Fault(
        "lost-key",
        "a key leads to an entry that is not there",
        "SELECT key, guid FROM keys LEFT JOIN entries USING (guid) WHERE entries.guid IS NULL",
    ),
    _Fault(
        "lost-history",
        "there is a history of an entry that is not there",
        "SELECT DISTINCT what, guid FROM events LEFT JOIN entries USING (guid) WHERE entries.guid IS NULL",
    ),
    _Fault(
        "lost-member",
        "a feed holds an entry that is not there, or not published",
        "SELECT 'channel ' || channel, guid FROM membership LEFT JOIN entries USING (guid)"
        " WHERE ifnull(state, '') <> 'live'",
    ),
    _Fault(
        "lost-page",
        "an archive holds an entry, or has a page, that is not there",
        "SELECT 'channel ' || channel || ', page ' || number, guid"
        " FROM archive LEFT JOIN entries USING (guid) LEFT JOIN pages USING (channel, number)"
        " WHERE entries.guid IS NULL OR pages.number IS NULL",
    ),
    _Fault(
        "lost-address",
        "there is a page of an entry that is not there",
        "SELECT slug, guid FROM addresses LEFT JOIN entries USING (guid) WHERE entries.guid IS NULL",
    ),
    _Fault(
        "lost-source",
        "a file is read for an entry that is not there",
        "SELECT sources.path, sources.guid FROM sources LEFT JOIN entries USING (guid)"
        " WHERE sources.guid IS NOT NULL AND entries.guid IS NULL",
    ),
    _Fault(
        "misplaced",
        "an entry stands at a wrong place of a feed",
        "SELECT 'channel ' || channel, guid FROM membership JOIN entries USING (guid) WHERE newest <> -ranked",
    ),
    _Fault(
        "missing-member",
        "a published entry is not in all of its feeds",
        "SELECT path, guid FROM entries"
        " LEFT JOIN (SELECT guid, count(*) AS places FROM membership GROUP BY guid) USING (guid)"
        " WHERE state = 'live' AND ifnull(places, 0)"
        " <> 1 + length(channels) - length(replace(channels, char(10), ''))",
    ),
    _Fault(
        "missing-source",
        "no file is read for a published entry",
        "SELECT entries.path, entries.guid FROM entries LEFT JOIN sources USING (path)"
        " WHERE state = 'live' AND ifnull(sources.guid, '') <> entries.guid",
        once_read=True,
    ),
    _Fault(
        "missing-article",
        "the text of a published entry is not there",
        "SELECT path, guid FROM entries LEFT JOIN articles USING (guid) WHERE state = 'live' AND articles.guid IS NULL",
        once_read=True,
    ),
    _Fault(
        "impossible",
        "an entry has a state or a time that there is none",
        "SELECT path, guid FROM entries WHERE state NOT IN ('live', 'held', 'expired', 'withdrawn')"
        " OR min(first_seen, published, updated, ranked, ifnull(expires, 0)) < -62135596800"  # the year 1
        " OR max(first_seen, published, updated, ranked, ifnull(expires, 0)) > 253402300799"  # the end of 9999
        " OR typeof(first_seen + published + updated + ranked + ifnull(expires, 0)) <> 'integer'",
        _RESTORE,
    ),
)


def faults(ledger: Ledger) -> Iterator[Finding]:
    """Give what is wrong with a ledger, some of each kind. When SQLite itself finds fault, nothing else is asked."""
    try:
        broken = [text for (text,) in ledger.ask(f"PRAGMA integrity_check({MOST})") if text != "ok"]
        if broken:
            yield from map(damage, broken)
            return
        is_unread = ledger.is_unread()
        for fault in _FAULTS:
            if not (fault.once_read and is_unread):
                for place, guid in ledger.ask(f"{fault.query} LIMIT {MOST}"):
                    yield Finding(fault.rule, "error", 0, guid or "", f"{fault.message}: {place}", fault.remedy)
        for (guid,) in ledger.ask("SELECT guid FROM articles"):
            ledger.articles.title(guid)  # raises when it can't be understood
    except DamagedLedger as error:
        yield damage(error.message)


def damage(why: str) -> Finding:
    """Say that the file is no sound database."""
    return Finding("damaged", "error", 0, "", why, _RESTORE)
