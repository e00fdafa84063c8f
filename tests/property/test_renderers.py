"""Whatever an article says, a reader finds it again in the feed, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from feedpub.errors import RenderError
from feedpub.model import Channel, Entry, Feed, Metadata
from feedpub.normalise import absolute_url
from feedpub.renderers import RENDERERS, render

# The production Char of XML 1.0 (5th ed., 2.2): C1 controls, marks of direction, noncharacters of all planes.
LEGAL = [(0x9, 0xA), (0xD, 0xD), (0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF)]
CHARACTERS = st.one_of([st.characters(min_codepoint=first, max_codepoint=last) for first, last in LEGAL])
SCRAPS = st.sampled_from(
    ["<", ">", "&", '"', "'", "]]>", "<![CDATA[", "<!--", "-->", "<?", "?>", "&amp;", "&lt;", "&#60;", "&#x8;",
     "&nbsp;", "<b>", "</title>", "</content:encoded>", "<content:encoded>", "<script>", "\\", "\\u0000", "{{", "%s",
     "\u2028", "\u202e", "\u2066", "\u200f", "\x85", "\x9f", "\ufdd0", "\ufeff", "\U0001ffff", "👩‍👩‍👧",
     "مرحبا", "漢字", "e\u0301", "  ", "\n", "\r", "\r\n", "\t", ",", "|"]
)  # fmt: skip
TEXT = st.lists(SCRAPS | st.text(CHARACTERS, max_size=8), max_size=12).map("".join).filter(str.strip)
NAMES = st.lists(TEXT, max_size=3).map(tuple)
MOMENT = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
UUID = st.uuids().map(lambda number: number.urn)
LANGUAGE = st.sampled_from([None, "en", "de-AT", "zh-Hant"])
URL = TEXT.map(lambda text: absolute_url(f"https://example.org/{text}")).filter(bool)

METADATA = st.builds(
    Metadata,
    title=TEXT, summary=TEXT, authors=NAMES, categories=NAMES, tags=NAMES, language=LANGUAGE,
    dateline=st.none(), published=st.none(), updated=st.none(), canonical=st.none(), id=st.none(), expires=st.none(),
)  # fmt: skip
ENTRY = st.builds(
    Entry,
    guid=UUID, permalink=st.none() | URL, published=MOMENT, updated=MOMENT, metadata=METADATA,
    fingerprint=TEXT, digest=TEXT, body_digest=st.none() | TEXT,
)  # fmt: skip
CHANNEL = st.builds(
    Channel,
    name=st.just(""), id=UUID, title=TEXT, description=TEXT, link=URL, home=URL, base=st.just("https://example.org/f/"),
    language=LANGUAGE, author=TEXT, content=st.sampled_from(["full", "summary"]), site_id=TEXT,
)  # fmt: skip
FEED = st.builds(Feed, CHANNEL, st.lists(ENTRY, max_size=3, unique_by=lambda entry: entry.guid).map(tuple))


class FoundFeed(NamedTuple):
    """What a reader finds of a feed; what its format can't say is empty."""

    id: str
    title: str
    description: str
    link: str
    own_link: str
    language: str | None
    author: str
    updated: datetime | None


class FoundEntry(NamedTuple):
    """What a reader finds of an entry; the content is empty in a feed of summaries."""

    guid: str
    title: str
    summary: str
    link: str
    author: str
    published: datetime
    updated: datetime | None
    language: str | None
    terms: tuple[str, ...]
    content: str
    marks: tuple[str | None, ...] = ()  # what a lost ledger needs


Found = tuple[FoundFeed, list[FoundEntry]]


# ── what was meant, and how much of it each format can say ──


def meant(feed: Feed, body: Callable[[str], str]) -> Found:
    """Give all that a feed is to say."""
    channel = feed.channel
    described = FoundFeed(
        id=channel.id,
        title=channel.title,
        description=channel.description,
        link=channel.link,
        own_link=channel.base,
        language=channel.language,
        author=channel.author,
        updated=feed.updated and feed.updated.replace(microsecond=0),
    )
    return described, [
        FoundEntry(
            guid=entry.guid,
            title=entry.metadata.title,
            summary=entry.metadata.summary,
            link=entry.permalink or f"{channel.home}#{entry.guid.removeprefix('urn:uuid:')}",
            author=", ".join(entry.metadata.authors) or channel.author,
            published=entry.published.replace(microsecond=0),
            updated=entry.updated.replace(microsecond=0),
            language=entry.metadata.language if entry.metadata.language != channel.language else None,
            terms=terms((*entry.metadata.categories, *entry.metadata.tags)),
            content=body(entry.guid) if channel.content == "full" else "",
            marks=(channel.site_id, entry.fingerprint, entry.digest, entry.body_digest),
        )
        for entry in feed.entries
    ]


def terms(names: tuple[str, ...]) -> tuple[str, ...]:
    unique: dict[str, str] = {}
    for part in ",".join(names).replace("|", ",").split(","):
        if part.strip():
            unique.setdefault(part.strip().casefold(), part.strip())
    return tuple(unique.values())


def sayable(found: Found, name: str) -> Found:
    """Give what a format has words for."""
    feed, entries = found
    feed = feed._replace(own_link=feed.own_link + RENDERERS[name].file)
    if name == "atom":
        never = datetime(1990, 1, 1, tzinfo=UTC)
        return feed._replace(updated=feed.updated or never), [entry._replace(marks=()) for entry in entries]
    if name == "rss":
        return feed._replace(id="", author=""), [entry._replace(updated=None, marks=()) for entry in entries]
    alone = all(entry.author == feed.author for entry in entries)  # some readers would add the authors up
    return feed._replace(id="", updated=None, author=feed.author if alone else ""), entries


# ── readers, for any parser of XML that knows namespaces ──


def in_atom(root: Any) -> Found:
    own_link, page = links(root)
    feed = FoundFeed(
        id=text(root, "id"),
        title=text(root, "title"),
        description=text(root, "subtitle"),
        link=page,
        own_link=own_link,
        language=root.get(LANGUAGE_OF),
        author=text(root, "author/{*}name"),
        updated=datetime.fromisoformat(text(root, "updated")),
    )
    return feed, [
        FoundEntry(
            guid=text(entry, "id"),
            title=text(entry, "title"),
            summary=text(entry, "summary"),
            link=links(entry)[1],
            author=text(entry, "author/{*}name"),
            published=datetime.fromisoformat(text(entry, "published")),
            updated=datetime.fromisoformat(text(entry, "updated")),
            language=entry.get(LANGUAGE_OF),
            terms=tuple(category.get("term") for category in entry.iterfind("{*}category")),
            content=text(entry, "content"),
        )
        for entry in root.iterfind("{*}entry")
    ]


def in_rss(root: Any) -> Found:
    channel = root.find("channel")
    feed = FoundFeed(
        id="",
        title=text(channel, "title"),
        description=text(channel, "description"),
        link=channel.findtext("link"),
        own_link=links(channel)[0],
        language=channel.findtext("language"),
        author="",
        updated=parsedate_to_datetime(changed) if (changed := channel.findtext("lastBuildDate")) else None,
    )
    return feed, [
        FoundEntry(
            guid=text(item, "guid"),
            title=text(item, "title"),
            summary=unescape(text(item, "description")),
            link=text(item, "link"),
            author=text(item, "creator"),
            published=parsedate_to_datetime(text(item, "pubDate")),
            updated=None,
            language=item.findtext("{http://purl.org/dc/elements/1.1/}language"),
            terms=tuple(category.text for category in item.iterfind("category")),
            content=text(item, "encoded"),
        )
        for item in channel.iterfind("item")
    ]


def in_json(document: Any) -> Found:
    feed = FoundFeed(
        id="",
        title=document["title"],
        description=document["description"],
        link=document["home_page_url"],
        own_link=document["feed_url"],
        language=document.get("language"),
        author=", ".join(author["name"] for author in document.get("authors", ())),
        updated=None,
    )
    return feed, [
        FoundEntry(
            guid=item["id"],
            title=item["title"],
            summary=item["summary"],
            link=item["url"],
            author=", ".join(author["name"] for author in item["authors"]),
            published=datetime.fromisoformat(item["date_published"]),
            updated=datetime.fromisoformat(item["date_modified"]),
            language=item.get("language"),
            terms=tuple(item.get("tags", ())),
            content=item.get("content_html", ""),
            marks=(document["_feedpub"]["site"], *map(item["_feedpub"].get, ("fingerprint", "digest", "body_digest"))),
        )
        for item in document["items"]
    ]


LANGUAGE_OF = "{http://www.w3.org/XML/1998/namespace}lang"
READERS = {
    "atom": (in_atom, (etree.fromstring, ET.fromstring)),  # libxml2 and expat
    "rss": (in_rss, (etree.fromstring, ET.fromstring)),
    "json": (in_json, (json.loads, msgspec.json.decode)),
}


def text(element: Any, path: str) -> str:
    return element.findtext(f"{{*}}{path}") or ""


def links(element: Any) -> tuple[str, str]:
    """Give the addresses of the document itself and of the page that it describes."""
    named = {link.get("rel"): link.get("href") for link in element.iterfind("{http://www.w3.org/2005/Atom}link")}
    return named.get("self", ""), named.get("alternate", "")


def assert_found_again(feed: Feed, body: Callable[[str], str]) -> None:
    """Check that strict parsers read in every format what was meant."""
    for name, (find, parsers) in READERS.items():
        document = render(feed, body, name).data
        for parse in parsers:
            assert find(parse(document)) == sayable(meant(feed, body), name)


@settings(max_examples=100)
@given(FEED, TEXT)
def test_what_was_meant_is_found_again_in_every_format(feed: Feed, body: str) -> None:
    assert_found_again(feed, lambda _guid: body)


def test_every_character_of_xml_is_found_again_in_every_field() -> None:
    channel = Channel(
        "", "urn:uuid:0", "", "", "https://example.org/", "https://example.org/f/", "https://example.org/"
    )
    blocks = {
        f"urn:uuid:00000000-0000-5000-8000-{number:012}": block
        for number, block in enumerate(every_character(), start=1)
    }
    for guid, block in blocks.items():
        metadata = Metadata(block, summary=block, authors=(block,), categories=(block,), tags=(f"tag {block}",))
        marks = dict.fromkeys(("fingerprint", "digest", "body_digest"), block)
        entry = Entry(guid, None, MORNING, MORNING, metadata=metadata, **marks)
        described = replace(channel, title=block, description=block, author=block, site_id=block)
        assert_found_again(Feed(described, (entry,)), blocks.__getitem__)


MORNING = datetime(2025, 4, 28, 9, tzinfo=UTC)


def every_character(size: int = 10_000) -> Iterator[str]:
    """Give all characters of XML in blocks, none of which begins or ends with white space."""
    for first, last in LEGAL:
        for start in range(first, last + 1, size):
            yield f"x{''.join(map(chr, range(start, min(start + size, last + 1))))}x"


@settings(max_examples=60)
@given(FEED, st.text(), st.text())
def test_a_feed_is_either_refused_by_name_or_well_formed(feed: Feed, body: str, title: str) -> None:
    channel = replace(feed.channel, title=title or "x")
    for name in ("atom", "rss"):
        try:
            document = render(Feed(channel, feed.entries), lambda _guid: body, name).data
        except RenderError as error:
            assert "U+" in error.message  # noqa: PT017
        else:
            etree.fromstring(document)
