"""Whatever an article says, a reader finds it again in the feed, and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from xml.parsers import expat

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from feedpub.errors import RenderError
from feedpub.model import Channel, Entry, Feed, Metadata
from feedpub.normalise import absolute_url, legal, one_line
from feedpub.renderers import RENDERERS

SCRAPS = st.sampled_from(
    ["<", ">", "&", '"', "'", "]]>", "<![CDATA[", "<!--", "-->", "<?", "?>", "&amp;", "&lt;", "&#60;", "&#x8;",
     "&nbsp;", "<b>", "</title>", "</content:encoded>", "<content:encoded>", "<script>", "\\", "\\u0000", "{{", "%s",
     "\u2028", "\u202e", "\u200f", "👩‍👩‍👧", "مرحبا", "漢字", "e\u0301", "  ", "\n", "\r\n", "\t"]
)  # fmt: skip
RAW = st.lists(SCRAPS | st.text(max_size=8), max_size=12).map("".join)
LINE = RAW.map(one_line)
TITLE = LINE.filter(bool)
NAMES = st.lists(TITLE, max_size=3).map(tuple)
MOMENT = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
UUID = st.uuids().map(lambda number: number.urn)
LANGUAGE = st.sampled_from([None, "en", "de-AT", "zh-Hant"])
URL = RAW.map(lambda text: absolute_url(f"https://example.org/{text}"))

METADATA = st.builds(
    Metadata,
    title=TITLE, summary=TITLE, authors=NAMES, categories=NAMES, tags=NAMES, language=LANGUAGE,
    dateline=st.none(), published=st.none(), updated=st.none(), canonical=st.none(), id=st.none(), expires=st.none(),
)  # fmt: skip
ENTRY = st.builds(
    Entry,
    guid=UUID, permalink=URL, published=MOMENT, updated=MOMENT, metadata=METADATA,
    fingerprint=TITLE, digest=TITLE, body_digest=st.none() | TITLE,
)  # fmt: skip
CHANNEL = st.builds(
    Channel,
    name=st.just(""), id=UUID, title=TITLE, description=TITLE, link=URL, home=URL, base=st.just("https://example.org/f/"),
    language=LANGUAGE, author=TITLE, content=st.sampled_from(["full", "summary"]), site_id=TITLE,
)  # fmt: skip
FEED = st.builds(Feed, CHANNEL, st.lists(ENTRY, max_size=3, unique_by=lambda entry: entry.guid).map(tuple))
BODY = RAW.map(legal).filter(str.strip)

# What a reader finds of an entry: id, title, summary, author, date, language, terms, and the whole content if any.
Found = tuple[str, str, str, str, datetime, str | None, tuple[str, ...], str]


def meant(feed: Feed, body: str) -> list[Found]:
    channel = feed.channel
    return [
        (
            entry.guid,
            entry.metadata.title,
            entry.metadata.summary,
            ", ".join(entry.metadata.authors) or channel.author,
            entry.published.replace(microsecond=0),
            entry.metadata.language if entry.metadata.language != channel.language else None,
            terms((*entry.metadata.categories, *entry.metadata.tags)),
            body if channel.content == "full" else "",
        )
        for entry in feed.entries
    ]


def terms(names: tuple[str, ...]) -> tuple[str, ...]:
    unique: list[str] = []
    for part in ",".join(names).replace("|", ",").split(","):
        if part.strip() and part.strip().casefold() not in map(str.casefold, unique):
            unique.append(part.strip())
    return tuple(unique)


def in_atom(document: bytes) -> list[Found]:
    return [
        (
            text(entry, "id"),
            text(entry, "title"),
            text(entry, "summary"),
            text(entry, "author/{*}name"),
            datetime.fromisoformat(text(entry, "published")),
            entry.get("{http://www.w3.org/XML/1998/namespace}lang"),
            tuple(category.get("term", "") for category in entry.iterfind("{*}category")),
            text(entry, "content"),
        )
        for entry in etree.fromstring(document).iterfind("{*}entry")
    ]


def in_rss(document: bytes) -> list[Found]:
    return [
        (
            text(item, "guid"),
            text(item, "title"),
            unescape(text(item, "description")),
            text(item, "creator"),
            parsedate_to_datetime(text(item, "pubDate")),
            item.findtext("{http://purl.org/dc/elements/1.1/}language"),
            tuple(category.text or "" for category in item.iterfind("category")),
            text(item, "encoded"),
        )
        for item in etree.fromstring(document).iterfind("channel/item")
    ]


def in_json(document: bytes) -> list[Found]:
    return [
        (
            item["id"],
            item["title"],
            item["summary"],
            ", ".join(author["name"] for author in item["authors"]),
            datetime.fromisoformat(item["date_published"]),
            item.get("language"),
            tuple(item.get("tags", [])),
            item.get("content_html", ""),
        )
        for item in json.loads(document)["items"]
    ]


def text(element: etree._Element, path: str) -> str:
    return element.findtext(f"{{*}}{path}") or ""


@settings(max_examples=60)
@given(FEED, BODY)
def test_what_was_meant_is_found_again_in_every_format(feed: Feed, body: str) -> None:
    for name, find in (("atom", in_atom), ("rss", in_rss), ("json", in_json)):
        document = RENDERERS[name].render(feed, lambda _guid: body)
        assert find(document) == meant(feed, body)
        if name != "json":
            expat.ParserCreate(namespace_separator=" ").Parse(document, True)


@settings(max_examples=60)
@given(FEED, st.text(), st.text())
def test_a_feed_is_either_refused_by_name_or_well_formed(feed: Feed, body: str, title: str) -> None:
    channel = replace(feed.channel, title=title or "x")
    for name in ("atom", "rss"):
        try:
            document = RENDERERS[name].render(Feed(channel, feed.entries), lambda _guid: body)
        except RenderError as error:
            assert "U+" in error.message  # noqa: PT017
        else:
            etree.fromstring(document)
