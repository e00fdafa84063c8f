"""Take back what was published: from our own JSON feeds and their archives, when the ledger is lost.

Takes the output folder, gives what its files say of each entry. Reads files alone, writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from feedpub.model import Known, Page, Shown
from feedpub.project import Project
from feedpub.renderers import path_of

Shelf = dict[str, tuple[str, Shown]]  # what a feed holds: by guid, the mark of all that it shows, and what a plan shows


class TakenBack(Struct, frozen=True):
    """An entry as the feeds give it back: what is known of it, its body's digest, its address."""

    known: Known
    body_digest: str | None
    url: str | None


class ClosedPage(Struct, frozen=True):
    """A page of a channel's archive, and the number of the one that was closed with it and follows, or 0."""

    channel: str
    number: int
    following: int
    guids: tuple[str, ...]


class Published(Struct, frozen=True):
    """What the output folder gives back: the site's id, the entries, and the pages of archives that hold them."""

    site_id: str | None
    entries: tuple[TakenBack, ...]
    pages: tuple[ClosedPage, ...]
    titles: dict[str, str]  # of the channels that have pages


class _Marks(Struct, frozen=True):
    """What an item of ours carries, so that its entry is known again."""

    digest: str
    fingerprint: str
    body_digest: str | None = None


def published_before(project: Project) -> Published:
    """Read back all that the JSON feeds tell: the feeds themselves before their archives, which are older."""
    site_id: str | None = None
    found: dict[str, TakenBack] = {}
    pages: list[ClosedPage] = []
    titles: dict[str, str] = {}
    for channel, number, feed in _documents(Path(project.output)):
        try:
            site_id = site_id or feed["_feedpub"]["site"]
            items = [_taken_back(item) for item in feed["items"]]
        except (ValueError, KeyError, TypeError):  # not ours
            continue
        for item in items:
            known = found.get(item.known.guid)
            if known is None or known.known.updated < item.known.updated:
                found[item.known.guid] = item
        if number:
            following = int(feed["_feedpub"].get("following", 0))
            pages.append(ClosedPage(channel, number, following, tuple(item.known.guid for item in items)))
            titles[channel] = str(feed["title"]).removeprefix(f"{project.title}: ")
    return Published(site_id, tuple(_placed(found, pages)), tuple(pages), titles)


def _placed(found: dict[str, TakenBack], pages: Sequence[ClosedPage]) -> Iterator[TakenBack]:
    """The entries, each in the channels in whose archives it is."""
    channels: dict[str, list[str]] = {}
    for page in pages:
        for guid in page.guids:
            channels.setdefault(guid, []).append(page.channel)
    for guid, item in found.items():
        yield replace(item, known=replace(item.known, channels=tuple(sorted({"", *channels.get(guid, ())}))))


def _documents(output: Path) -> Iterator[tuple[str, int, Any]]:
    """Give each JSON file that may be ours: its channel, its number in the archive or 0, what it holds."""
    heads = ((file, file.parent, 0) for file in sorted(output.glob("**/feed.json")))
    closed = (
        (file, file.parent.parent, int(file.stem))
        for file in sorted(output.glob("**/archive/*.json"))
        if file.stem.isdecimal()
    )
    for file, folder, number in (*heads, *closed):
        try:
            feed = json.loads(file.read_bytes())
        except (OSError, ValueError):
            continue
        channel = folder.relative_to(output).as_posix()
        yield "" if channel == "." else channel, number, feed


def published_now(project: Project, channel: str) -> Shelf:
    """Give what a channel's published JSON feed holds."""
    try:
        items = json.loads(Path(project.output, path_of(channel, Page(), "json")).read_bytes())["items"]
        return {
            item["id"]: (
                item["_feedpub"]["fingerprint"],
                Shown(item["id"], item["title"], datetime.fromisoformat(item["date_published"])),
            )
            for item in items
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _taken_back(item: dict[str, Any]) -> TakenBack:
    ours = msgspec.convert(item["_feedpub"], _Marks)
    published = datetime.fromisoformat(str(item["date_published"]))
    updated = datetime.fromisoformat(str(item.get("date_modified") or item["date_published"]))
    known = Known(
        guid=str(item["id"]),
        path="",
        state="live",
        first_seen=published,
        published=published,
        updated=updated,
        digest=ours.digest,
        fingerprint=ours.fingerprint,
    )
    url = str(item["url"]) if "#" not in str(item.get("url", "#")) else None
    return TakenBack(known, ours.body_digest, url)
