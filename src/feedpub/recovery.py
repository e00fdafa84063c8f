"""Take back what was published: from our own feeds and their archives, when the ledger is lost.

Takes the output folder, gives what its files say of each entry. Reads files alone, writes nothing.
"""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from feedpub.model import SLUG, Exhibit, Known
from feedpub.normalise import size_in_xml
from feedpub.project import Project

ATOM = "{http://www.w3.org/2005/Atom}"


class TakenBack(Struct, frozen=True):
    """An entry as the feeds give it back: what is known of it, its body's digest, its address, title, page and body."""

    known: Known
    body_digest: str | None
    url: str | None
    title: str = ""
    slug: str | None = None
    body: str = ""  # as it was published; empty where feeds hold summaries


class ClosedPage(Struct, frozen=True):
    """A page of a channel's archive, and the number of the one that was closed with it and follows, or 0."""

    channel: str
    number: int
    following: int
    guids: tuple[str, ...]
    reopened: tuple[str, ...] = ()  # those that the feed itself holds again, since they changed


class Published(Struct, frozen=True):
    """What the output folder gives back: the site's id, the entries, and the pages of archives that hold them."""

    site_id: str | None
    entries: tuple[TakenBack, ...]
    pages: tuple[ClosedPage, ...]
    titles: dict[str, str]  # of the channels that have pages
    shown: dict[str, tuple[Exhibit, ...]]  # what each feed shows, by channel


class _Marks(Struct, frozen=True):
    """What an item of ours carries, so that its entry is known again."""

    digest: str
    fingerprint: str
    body_digest: str | None = None
    page: str | None = None  # the slug of its page


def published_before(project: Project) -> Published:
    """Read back all that the JSON feeds tell: the feeds themselves before their archives, which are older."""
    site_id: str | None = None
    found: dict[str, TakenBack] = {}
    pages: list[ClosedPage] = []
    titles: dict[str, str] = {}
    shown: dict[str, tuple[Exhibit, ...]] = {}
    heads: dict[str, set[str]] = {}  # of the channels that have pages
    for channel, number, feed in _documents(Path(project.output)):
        try:
            site_id = site_id or feed["_feedpub"]["site"]
            items = [_taken_back(item) for item in feed["items"]]
            exhibited = tuple(_exhibit(item) for item in feed["items"])
        except (ValueError, KeyError, TypeError):  # not ours
            continue
        for item in items:
            known = found.get(item.known.guid)
            if known is None or known.known.updated < item.known.updated:
                found[item.known.guid] = item
        guids = tuple(item.known.guid for item in items)
        if number:
            following = int(feed["_feedpub"].get("following", 0))
            reopened = tuple(guid for guid in guids if guid in heads.get(channel, ()))
            pages.append(ClosedPage(channel, number, following, guids, reopened))
            titles[channel] = str(feed["title"]).removeprefix(f"{project.title}: ")
        else:
            shown[channel] = exhibited
            heads[channel] = set(guids) if "next_url" in feed else set()
    output = Path(project.output)
    for file in (*_files(output, "**/feed.atom"), *_files(output, "**/feed.rss")):
        channel = _channel_of(file.parent, output)
        if channel not in shown and (exhibits := _exhibits_in_xml(file)):
            shown[channel] = exhibits
    return Published(site_id, tuple(_placed(found, pages)), tuple(pages), titles, shown)


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
    heads = ((file, file.parent, 0) for file in _files(output, "**/feed.json"))
    closed = (
        (file, file.parent.parent, int(file.stem))
        for file in _files(output, "**/archive/*.json")
        if file.stem.isdecimal()
    )
    for file, folder, number in (*heads, *closed):
        try:
            feed = json.loads(file.read_bytes())
        except (OSError, ValueError):
            continue
        yield _channel_of(folder, output), number, feed


def _files(output: Path, pattern: str) -> list[Path]:
    """Give the files that there are: on a pipe of such a name a reader would wait for ever."""
    return [path for path in sorted(output.glob(pattern)) if os.path.isfile(path)]


def _channel_of(folder: Path, output: Path) -> str:
    channel = folder.relative_to(output).as_posix()
    return "" if channel == "." else channel


def _exhibits_in_xml(file: Path) -> tuple[Exhibit, ...]:
    """Give what our RSS or Atom feed showed, when there is no JSON to ask: enough to know an entry by sight."""
    try:
        data = file.read_bytes()
        if b"<!DOCTYPE" in data or b"feedpub" not in data[:4096]:
            return ()
        root = ET.fromstring(data)  # noqa: S314 — no DTD, so no entities
        return tuple(_exhibit_in_xml(item) for item in (*root.iter("item"), *root.iter(f"{ATOM}entry")))
    except (OSError, ValueError, ET.ParseError):
        return ()


def _exhibit_in_xml(item: ET.Element) -> Exhibit:
    if item.tag == "item":
        published = parsedate_to_datetime(item.findtext("pubDate", ""))
        guid, title, link = (item.findtext(name, "") for name in ("guid", "title", "link"))
    else:
        published = datetime.fromisoformat(item.findtext(f"{ATOM}published", ""))
        guid, title = (item.findtext(f"{ATOM}{name}", "") for name in ("id", "title"))
        link = next((found.get("href", "") for found in item.iter(f"{ATOM}link")), "")
    return Exhibit(guid, title, link, int(published.timestamp()), fingerprint="", size=0)


def _exhibit(item: dict[str, Any]) -> Exhibit:
    """Give an item of our JSON feeds as its subscribers were shown it."""
    published = datetime.fromisoformat(str(item["date_published"]))
    html = str(item.get("content_html", ""))
    return Exhibit(
        guid=str(item["id"]),
        title=str(item["title"]),
        link=str(item["url"]),
        published=int(published.timestamp()),
        fingerprint=str(item["_feedpub"]["fingerprint"]),
        size=size_in_xml(html),
    )


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
        ranked=max(published, updated),
    )
    url = str(item.get("url", ""))
    slug = ours.page if ours.page and re.fullmatch(SLUG, ours.page) else None
    is_own = url and "#" not in url and not (slug and url.endswith(f"/article/{slug}/"))
    title, body = str(item.get("title", "")), str(item.get("content_html", ""))
    return TakenBack(known, ours.body_digest, url if is_own else None, title, slug, body)
