"""Which article is this? Gives a reading its guid, its permalink and its dates.

Takes a Reading and what is known of it, gives a Resolution. Pure: the clock and the ledger's answers are arguments.

A guid is minted once, from the site's id and the article's first key, and then remembered for ever; it is never worked
out again. An article is recognised by any name under which it was ever known, the strongest first: the id that the
operator states, its canonical URL, the whole text of its body where its old home is empty, its path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from math import inf
from typing import Literal
from uuid import UUID, uuid5

from msgspec import Struct

from feedpub.model import Article, Capture, Entry, Known, Metadata, Moment, Precision, Reading, State, Trust
from feedpub.urls import bad_iri

ADOPTED = ""  # digest and fingerprint of an entry that another program published, as long as no build has
NAMESPACE = UUID("6b1d1f3e-0f0d-5f43-9d0f-3a7a0f9a4c11")  # of feedpub; never changes
SECOND = timedelta(seconds=1)
LATE = timedelta(days=1)  # an article that comes so long after its date is late

COPIED_WITHIN = timedelta(days=3)  # from one publication to the other

Keep = Literal["first", "newest", "longest", "off"]
Change = Literal["new", "updated", "unchanged", "returned", "released"]


class Resolution(Struct, frozen=True):
    """Which entry a reading is, what the ledger has to know of it from now on, and what changed."""

    entry: Entry
    known: Known
    change: Change


class Duplicate(Struct, frozen=True):
    """A reading of an article that is already published from another source."""

    guid: str
    home: str
    because: str  # id, url, body, or near
    contained: float = 1.0  # of a near copy: how much of the shorter text stands in the longer one


def site_id_from(digest: str) -> str:
    """Make an id for a site that states none, from the digest of the first document that it ever had."""
    return str(uuid5(NAMESPACE, "site:" + digest))


def channel_id(site_id: str, channel: str) -> str:
    """Give a feed's own id (RFC 4287, 4.2.6; rule I08): one for each channel, in every format and archive."""
    return uuid5(_uuid(site_id), "channel:" + channel).urn


def keys_of(reading: Reading, article: Article) -> tuple[str, ...]:
    """Give the names by which an article is known, strongest first; the addresses that it had before come last."""
    own = names(reading.path, article.metadata, article.body_digest)
    return tuple(dict.fromkeys((*own, *_former(article))))


def names(path: str, metadata: Metadata, body_digest: str | None) -> tuple[str, ...]:
    """Give the names by which what lies at a path is known, strongest first."""
    found = (("id:", metadata.id), ("url:", metadata.canonical), ("path:", path), ("body:", body_digest))
    return tuple(kind + value for kind, value in found if value)


def _former(article: Article) -> tuple[str, ...]:
    return tuple(f"url:{address}" for address in article.aliases)


def place(
    reading: Reading, keys: Sequence[str], matches: Mapping[str, Known], is_another: Callable[[str, Known], bool]
) -> Known | Duplicate | None:
    """Say which known entry this is, or None for a new one.

    `is_another(key, known)` tells whether that entry is another article: another source is read for it, or no more
    than the name of a file comes back (rule I07: an id is never used again).
    """
    taken: Duplicate | None = None
    former = _former(reading.article) if reading.article else ()
    home = matches.get(f"path:{reading.path}")
    is_live = home is not None and home.path == reading.path and home.state == "live"
    own = [key for key in keys if key not in former]
    for kind in ("id:", "url:", "body:", "path:"):
        key = next((key for key in own if key.startswith(kind)), None)
        known = matches.get(key) if key else None
        if key is None or known is None:
            continue
        if is_live and kind != "id:" and known.fingerprint == ADOPTED:
            continue  # it has been published under an id of its own, which its subscribers know
        if (known.path == reading.path and known.state != "withdrawn") or not is_another(key, known):
            return known
        if kind != "path:":
            taken = taken or Duplicate(known.guid, known.path, kind[:-1])
    return taken or next((known for key in former if (known := matches.get(key)) and not is_another(key, known)), None)


def first_guid(site_id: str, key: str, metadata: Metadata) -> str:
    """Give a new entry its guid: that which it has already, when it comes from another feed (rule A17)."""
    if metadata.source and metadata.id and not bad_iri(metadata.id):
        return metadata.id
    return mint(site_id, key)


def mint(site_id: str, key: str, number: int = 1) -> str:
    """Mint the guid of a new entry: a UUID of version 5 (RFC 9562), from the site's id and the article's first key.

    When an older article had that key, and so that guid, the next free number is added.
    """
    return uuid5(_uuid(site_id), key if number == 1 else f"{key}#{number}").urn


@cache
def _uuid(text: str) -> UUID:
    return UUID(text)


def resolve(
    reading: Reading,
    article: Article,
    guid: str,
    before: Known | None,
    *,
    is_changed: bool,
    is_import: bool,
    now: datetime,
) -> Resolution:
    """Give an article its dates and its state.

    `is_changed`: in a way that is worth a new `updated`. `is_import`: what is new comes from a stock of old articles.
    """
    metadata = article.metadata
    unseen = before is None or before.unseen
    if before is None or unseen:
        first_seen = before.first_seen if before else now
        published = _published(metadata, reading.capture, first_seen=first_seen, now=now)
        updated = _first_updated(metadata, published, now)
        ranked = _first_ranked(published, updated, first_seen, is_import=is_import)
    else:
        first_seen, published = before.first_seen, before.published
        updated = _next_updated(metadata, before, now) if is_changed else before.updated
        ranked = _next_ranked(before, updated, is_changed=is_changed)
    was_live = before is not None and before.state == "live"  # a clock that is set back takes nothing from readers
    state: State = "live" if published <= now or was_live else "held"
    if metadata.expires is not None and metadata.expires <= now:
        state = "expired"
    known = Known(
        guid=guid,
        path=reading.path,
        state=state,
        first_seen=first_seen,
        published=published,
        updated=updated,
        digest=article.digest,
        fingerprint=article.fingerprint,
        ranked=ranked,
        expires=metadata.expires,
        unseen=unseen and state != "live",
    )
    entry = Entry(
        guid=guid,
        permalink=metadata.canonical,
        published=published,
        updated=updated,
        fingerprint=article.fingerprint,
        digest=article.digest,
        body_digest=article.body_digest,
        metadata=metadata,
    )
    return Resolution(entry, known, _change(before, known))


def _change(before: Known | None, after: Known) -> Change:
    if before is None:
        return "new"
    if before.state != "live" and after.state == "live":
        return "released" if before.state == "held" or before.unseen else "returned"
    if (before.fingerprint, before.updated) != (after.fingerprint, after.updated):
        return "updated"
    return "unchanged"


def _published(metadata: Metadata, capture: Capture | None, *, first_seen: datetime, now: datetime) -> datetime:
    """Give the moment of publication: what the article states, else when it was captured, else first seen."""
    moment = metadata.published
    if moment is None:
        stated = capture is not None and capture.trust is Trust.STATED and capture.value <= now
        return _whole(capture.value if capture is not None and stated else first_seen)
    guessed = moment.base is not None and capture is not None and capture.trust is Trust.GUESSED
    if moment.value > now and (guessed or _same_day(moment, now)):
        # The noon that stands for a whole day, or a file's clock that runs ahead, is no embargo.
        return _whole(now)
    return _whole(moment.value)


def shown_as(entry: Entry) -> tuple[Precision, int]:
    """Say how exactly the date of an entry is known, and on which clock its day was printed (minutes east of UTC)."""
    stated = entry.metadata.published
    if stated is None:
        return "minute", 0
    if _whole(stated.value) == entry.published or _same_day(stated, entry.published):
        return stated.precision, stated.offset
    return "minute", 0


def _same_day(moment: Moment, now: datetime) -> bool:
    return moment.precision == "day" and moment.value.date() == now.date()


def _first_updated(metadata: Metadata, published: datetime, now: datetime) -> datetime:
    stated = metadata.updated.value if metadata.updated else published
    return max(published, _whole(stated)) if stated <= now else published


def _next_updated(metadata: Metadata, known: Known, now: datetime) -> datetime:
    """Give the moment of a change: what the article states, if that is news, else now. Never back (rule T08)."""
    stated = metadata.updated.value if metadata.updated else now
    return max(_whole(stated if known.updated < stated <= now else now), known.updated, known.published)


def _first_ranked(published: datetime, updated: datetime, first_seen: datetime, *, is_import: bool) -> datetime:
    """Give the moment by which feeds take the newest: the last change, or the arrival of a late article."""
    is_late = not is_import and first_seen - published > LATE
    return first_seen if is_late else max(published, updated)


def _next_ranked(known: Known, updated: datetime, *, is_changed: bool) -> datetime:
    """Give it after a change: never back, and always later, so that feeds show what was changed in one second, too."""
    return max(known.ranked + SECOND if is_changed else known.ranked, updated)


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def may_be_copies(one: Metadata, other: Metadata) -> bool:
    """Tell whether two articles may be copies of one, as far as all but their texts tells.

    They may not if they state different ids, are written in different languages, or are dated too far apart.
    """
    if one.id and other.id and one.id != other.id:
        return False
    if one.language and other.language and one.language != other.language:
        return False
    if one.published is None or other.published is None:
        return True
    return abs(one.published.value - other.published.value) <= COPIED_WITHIN


def precedence(keep: Keep, metadata: Metadata, body: str, path: str) -> tuple[float, float, str]:
    """Rank the files that hold one story: the least stands for it. What has no date comes last."""
    published, updated = metadata.published, metadata.updated or metadata.published
    first = published.value.timestamp() if published else inf
    if keep == "newest":
        return -updated.value.timestamp() if updated else inf, first, path
    if keep == "longest":
        return -len(body), first, path
    return first, 0, path
