"""Read a feed that another program published: RSS, Atom, JSON Feed.

Takes bytes, gives its entries. The only module that knows feedparser. Ids are taken from the document itself, to the
letter: feedparser makes addresses of those that look like relative ones. Touches neither disk nor network.
"""

from __future__ import annotations

import codecs
import io
import json
import re
from calendar import timegm
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from feedpub.check import ATOM, Tree, Unreadable, parsed
from feedpub.errors import ConfigError
from feedpub.model import OLDEST_YEAR, Former, Problem
from feedpub.normalise import FORBIDDEN, TAG, absolute_url, escape, one_line, size_in_xml
from feedpub.urls import bad_iri

ENTRIES = ("item", "entry")
SPACE = " \t\r\n"  # what readers take off around an id
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
AHEAD = timedelta(days=1)  # a clock or a time zone may be wrong by so much; a date beyond that is none
_OLDER = ("next", "prev-archive")  # RFC 5005
_INLINE = re.compile(r"</?(?:a|abbr|b|cite|code|em|i|q|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>", re.IGNORECASE)


class OldFeed(Struct, frozen=True):
    """A feed of another program: its entries in their order, and what is odd about it."""

    name: str  # file or URL
    entries: tuple[Former, ...]
    problems: tuple[Problem, ...] = ()


def read(data: bytes, name: str, *, now: datetime) -> OldFeed:
    """Read a feed that is public at the moment `now`, so that no entry of it can be of a later one.

    Raises `ConfigError` when it is none, or can't be read without guessing.
    """
    start = data.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    entries, older = _from_json(data, name) if start == b"{" else _from_xml(data, name)
    public = tuple(_until(now, entry) for entry in entries)
    return OldFeed(name, public, (*_future(name, entries, public), *_problems(name, entries, older)))


def plain(html: str) -> str:
    """Give the words of HTML that anybody may have written: for comparing, not for publishing."""
    return unescape(TAG.sub(" ", _INLINE.sub("", html)))


# ── RSS and Atom ─────────────────────────────────────────────────────────────────────────────────


def _from_xml(data: bytes, name: str) -> tuple[list[Former], str]:
    import feedparser

    try:
        tree = parsed(data)
    except Unreadable as failure:
        raise _unreadable(name, failure) from None
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": name}
    found = feedparser.parse(
        io.BytesIO(tree.text.encode()), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
    )
    elements = [element for element in tree.elements if _local(element.tag) in ENTRIES]
    if not found.version or len(elements) != len(found.entries):
        raise ConfigError(f"{name} is no RSS or Atom feed", "`feedpub check` says what is wrong with it")
    entries = [_entry(element, entry) for element, entry in zip(elements, found.entries, strict=True)]
    return entries, _older(tree)


def _older(tree: Tree) -> str:
    """The address at which the feed says that it goes on."""
    for link in tree.all(f"{{{ATOM}}}link"):
        around = link.getparent()
        if link.get("rel") in _OLDER and around is not None and _local(around.tag) in ("feed", "channel"):
            return link.get("href", "")
    return ""


def _unreadable(name: str, failure: Unreadable) -> ConfigError:
    found = next(finding for finding in failure.findings if finding.severity == "error")
    place = f"{name}, line {found.line}" if found.line else name
    return ConfigError(f"{place}: {found.message}", found.remedy)


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _entry(element: Any, entry: dict[str, Any]) -> Former:
    """Give an entry: its id as it stands in the document, the rest as feedparser understands it."""

    def said(key: str) -> Any:
        return dict.get(entry, key)  # feedparser's own way gives one date for another

    links = [link["href"] for link in said("links") or () if link.get("rel") == "alternate" and link.get("href")]
    published, updated = _moment(said("published_parsed")), _moment(said("updated_parsed"))
    contents = [part["value"] for part in said("content") or ()]
    guid = _id(element) or _link(element) or next(filter(absolute_url, links), "")
    return _former(
        guid=guid,
        title=plain(said("title") or ""),
        addresses=(said("feedburner_origlink") or "", said("link") or "", *links, guid),
        published=published or updated,
        updated=updated,
        html=max(contents, key=len, default="") or said("summary") or "",
    )


def _id(element: Any) -> str:
    """The id that an entry states: `guid`, Atom's `id`, RSS 1.0's `rdf:about`."""
    namespace = str(element.tag).rpartition("}")[0] + "}" if str(element.tag).startswith("{") else ""
    stated = element.find(f"{{{ATOM}}}id") if namespace == f"{{{ATOM}}}" else element.find("guid")
    text = "".join(stated.itertext()) if stated is not None else element.get(RDF_ABOUT, "")
    return str(text).strip(SPACE)


def _link(element: Any) -> str:
    """The link of an entry that has no id, as it stands there: readers know it by this."""
    text = (element.findtext("link") or "").strip(SPACE)
    return text if absolute_url(text) else ""


def _moment(parts: Any) -> datetime | None:
    """Give a date that feedparser understood, in UTC."""
    try:
        return _plausible(datetime.fromtimestamp(timegm(parts), UTC)) if parts else None
    except (ValueError, OverflowError, OSError):
        return None


# ── JSON Feed ────────────────────────────────────────────────────────────────────────────────────


def _from_json(data: bytes, name: str) -> tuple[list[Former], str]:
    try:
        feed = json.loads(data.removeprefix(codecs.BOM_UTF8), parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        hint = "`feedpub check` says what is wrong with it"
        raise ConfigError(f"{name} is no JSON that can be read: {error}", hint) from None
    items = feed.get("items") if "jsonfeed.org/version/" in str(feed.get("version")) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ConfigError(f"{name} is JSON, but no JSON Feed", "name the address of the feed itself")
    return [_item(item) for item in items], _string(feed.get("next_url"))


def _item(item: Mapping[str, Any]) -> Former:
    updated = _stated(item.get("date_modified"))
    text = _string(item.get("content_text")) or _string(item.get("summary"))
    guid = _string(item.get("id")).strip(SPACE) or _string(item.get("url"))
    return _former(
        guid=guid,
        title=_string(item.get("title")),
        addresses=(_string(item.get("url")), guid),
        published=_stated(item.get("date_published")) or updated,
        updated=updated,
        html=_string(item.get("content_html")) or escape(text),
    )


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _stated(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_string(value))
        return _plausible((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC))
    except (ValueError, OverflowError):
        return None


# ── both ─────────────────────────────────────────────────────────────────────────────────────────


def _plausible(moment: datetime) -> datetime | None:
    """A moment, or None for one that programs write where they know none, such as 1970 or, as Hugo does, the year 1."""
    return moment if moment.year >= OLDEST_YEAR else None


def _former(
    *,
    guid: str,
    title: str,
    addresses: Iterable[str],
    published: datetime | None,
    updated: datetime | None,
    html: str,
) -> Former:
    return Former(
        guid="" if FORBIDDEN.search(guid) else guid,
        title=one_line(title),
        addresses=tuple(dict.fromkeys(filter(absolute_url, addresses))),
        published=published,
        updated=max(updated, published) if updated and published else published,
        text=plain(html),
        size=size_in_xml(html),
    )


def _until(now: datetime, entry: Former) -> Former:
    """Give an entry without the dates that are far ahead, and none that is later than `now`."""

    def past(moment: datetime | None) -> datetime | None:
        return min(moment, now) if moment and moment - now <= AHEAD else None

    published = past(entry.published)
    return replace(entry, published=published, updated=past(entry.updated) or published)


def _future(name: str, entries: Sequence[Former], public: Sequence[Former]) -> Iterator[Problem]:
    """Say whose dates were taken for none, if any were."""
    lost = [old for old, entry in zip(entries, public, strict=True) if old.published and not entry.published]
    if lost:
        first = f"{lost[0].published:%Y-%m-%d} of “{lost[0].title or lost[0].guid}”"
        message = f"the dates of {_many(len(lost))} lie in the future, such as {first}: each gets that of its article"
        yield Problem("future-entries", "warning", name, message, "state `published` in the articles' sidecars")


def _problems(name: str, entries: Sequence[Former], older: str) -> Iterator[Problem]:
    undated = sum(entry.published is None for entry in entries)
    if undated:
        message = f"no date can be read of {_many(undated)}: each gets that of its article"
        yield Problem("undated-entries", "warning", name, message, "state `published` in the articles' sidecars")
    foreign = [entry.guid for entry in entries if entry.guid and bad_iri(entry.guid)]
    if foreign:
        message = f"the ids of {_many(len(foreign))} are no IRIs: in Atom they get others, made from them"
        yield Problem("foreign-ids", "warning", name, message, "lead old subscribers to the RSS or JSON feed")
    if older:
        message = f"older entries are at {older}"
        yield Problem("older-entries", "note", name, message, "name that address too; feedpub fetches no other")


def _many(number: int) -> str:
    """Give a number of entries."""
    return "1 entry" if number == 1 else f"{number} entries"
