"""Entries of a feed of another site: RSS and Atom as files. Reads them with feedparser.

Each comes with what its feed says of itself, so that it can be named as its source (RFC 4287, 4.2.11).
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import IO, Any

from feedpub.model import Limits
from feedpub.sources.opening import Unfit
from feedpub.sources.parts import RESERVED, Part, encoded, too_long

LARGEST = 50_000_000  # bytes of a feed: it is read as a whole
HEAD = 4_096  # bytes in which a feed begins
_ROOT = re.compile(rb"<(?:[\w-]+:)?(?:rss|feed|RDF)[\s>/]")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def entries(stream: IO[bytes], limits: Limits) -> Iterator[Part]:
    """The entries of a feed."""
    data = stream.read(HEAD)
    if not _ROOT.search(data.replace(b"\0", b"") if data.startswith(_WIDE) else data):
        raise Unfit("no-articles", "it is no RSS or Atom feed", "fetch it again, or leave it out with `exclude`")
    data += stream.read(LARGEST)
    if len(data) > LARGEST:
        raise Unfit("over-limit", f"a feed of more than {LARGEST:,} bytes is not read", "part it into several")
    import feedparser

    found = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
    if not found.entries and found.bozo:
        raise Unfit("damaged", f"it is no feed that can be read: {found.bozo_exception!s:.120}", "fetch it again")
    origin = _origin(found.feed)
    for number, entry in enumerate(found.entries, 1):
        fields = _fields(entry, origin, found.feed)
        data = encoded(fields)
        if len(data) > limits.article:
            yield Part(number, str(entry.get("id", number)).encode(), None, too_long(limits.article))
        else:
            yield Part(number, data, fields)


def _fields(entry: Mapping[str, Any], origin: dict[str, Any], feed: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry states, in the words of files that hold many articles."""
    contents = [part.get("value") or "" for part in _said(entry, "content") or ()]
    content = max(contents, key=len, default="")
    summary = _said(entry, "summary") or ""
    own = _origin(_said(entry, "source") or {})
    fields = {
        "id": _said(entry, "id"),
        "url": _said(entry, "feedburner_origlink") or _link(entry),
        "title": {"rendered": _said(entry, "title") or ""},
        "html": content or summary,
        "summary": {"rendered": summary} if content and summary != content else None,
        "authors": _people(entry) or origin["authors"],
        "published": _moment(entry, "published") or _moment(entry, "created"),
        "updated": _moment(entry, "updated"),
        "categories": [tag.get("label") or tag.get("term") for tag in _said(entry, "tags") or ()],
        "language": _said(entry, "language") or _said(feed, "language"),
        "image": _image(entry),
        RESERVED: {"source": own if own.get("title") else origin},
    }
    return {name: value for name, value in fields.items() if value}


def _people(said: Mapping[str, Any]) -> list[str]:
    """The names of those who wrote."""
    return [name for one in _said(said, "authors") or () if (name := one.get("name") or one.get("email"))]


def _said(entry: Mapping[str, Any], key: str) -> Any:
    """What is said; feedparser's own way gives one date for another."""
    return dict.get(entry, key) if isinstance(entry, dict) else entry.get(key)


def _link(entry: Mapping[str, Any]) -> str | None:
    """The address of the page that an entry is about."""
    links = [link.get("href") for link in _said(entry, "links") or () if link.get("rel") == "alternate"]
    link: str | None = _said(entry, "link") or next(filter(None, links), None)
    return link


def _image(entry: Mapping[str, Any]) -> str | None:
    """The address of an entry's picture."""
    for media in _said(entry, "media_content") or ():
        if media.get("url") and (media.get("medium") == "image" or str(media.get("type")).startswith("image/")):
            return str(media["url"])
    return next((one.get("url") for one in _said(entry, "media_thumbnail") or ()), None)


def _moment(entry: Mapping[str, Any], key: str) -> str | None:
    """A date that feedparser understood, in UTC, else as it is written."""
    parts = _said(entry, f"{key}_parsed")
    try:
        return datetime.fromtimestamp(timegm(parts), UTC).isoformat() if parts else _said(entry, key)
    except (ValueError, OverflowError, OSError):
        written: str | None = _said(entry, key)
        return written


def _origin(feed: Mapping[str, Any]) -> dict[str, Any]:
    """What a feed says of itself."""
    links = {link.get("rel"): link.get("href") for link in reversed(_said(feed, "links") or [])}
    own = links.get("self") or _said(feed, "href") or _said(feed, "url")
    return {
        "title": _said(feed, "title"),
        "id": _said(feed, "id") or own or links.get("alternate"),
        "feed": own,
        "link": links.get("alternate") or _said(feed, "link"),
        "updated": _moment(feed, "updated"),
        "authors": _people(feed),
        "rights": _said(feed, "rights"),
    }
