"""feedparser subscribes to RSS and Atom, and reads every kind of feed as it was meant. (It does not read JSON Feed.)"""

from __future__ import annotations

import calendar
import tomllib
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import feedparser
import msgspec
import pytest

from feedpub.model import Entry, Feed
from feedpub.renderers import RENDERERS, render
from readers.meant import Seen, Site, words

CASES = sorted((Path(__file__).parents[1] / "golden" / "feeds").glob("*/source.toml"))
FULL = [case for case in CASES if case.parent.name not in ("summaries", "empty")]


def load(source: Path) -> tuple[Feed, dict[str, str]]:
    case: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    nothing = {"permalink": None, "body_digest": None}
    case["feed"]["entries"] = [{**nothing, **entry} for entry in case["feed"]["entries"]]
    return msgspec.convert(case["feed"], Feed), case["bodies"]


def read(source: Path, name: str) -> tuple[Feed, Any]:
    feed, bodies = load(source)
    renderer = RENDERERS[name]
    headers = {"content-type": f"{renderer.media_type}; charset=utf-8"}
    document = render(feed, bodies.__getitem__, name).data
    return feed, feedparser.parse(document, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)


def pairs(source: Path, name: str) -> list[tuple[Entry, Any]]:
    feed, parsed = read(source, name)
    return list(zip(feed.entries, parsed.entries, strict=True))


every_format = pytest.mark.parametrize("name", ["atom", "rss"])
every_case = pytest.mark.parametrize("source", CASES, ids=lambda source: source.parent.name)
every_full_case = pytest.mark.parametrize("source", FULL, ids=lambda source: source.parent.name)


@every_format
@every_case
def test_nothing_is_wrong_with_the_document(source: Path, name: str) -> None:
    _, parsed = read(source, name)
    assert not parsed.bozo
    assert parsed.version == {"rss": "rss20", "atom": "atom10"}[name]


@every_format
@every_case
def test_the_feed_is_described(source: Path, name: str) -> None:
    feed, parsed = read(source, name)
    assert parsed.feed.title == feed.channel.title
    assert parsed.feed.link.isascii()
    assert parsed.feed.get("language") == feed.channel.language


@every_format
@every_case
def test_entries_have_their_ids_in_their_order(source: Path, name: str) -> None:
    assert [read_entry.id for _, read_entry in pairs(source, name)] == [entry.guid for entry, _ in pairs(source, name)]


@every_format
@every_case
def test_titles_are_plain_text(source: Path, name: str) -> None:
    for entry, found in pairs(source, name):
        if entry.metadata.title:
            assert found.title == entry.metadata.title
            if name == "atom":  # of RSS it can but guess
                assert found.title_detail.type == "text/plain"


@every_format
@every_case
def test_links_can_be_opened(source: Path, name: str) -> None:
    for entry, found in pairs(source, name):
        assert found.link.startswith("https://")
        assert found.link.isascii()
        if entry.permalink and entry.permalink.isascii():
            assert found.link == entry.permalink


@every_format
@every_case
def test_dates_are_right_to_the_second(source: Path, name: str) -> None:
    for entry, found in pairs(source, name):
        assert moment(found.published_parsed) == entry.published.astimezone(UTC).replace(microsecond=0)
        if name != "rss":  # which has no word for it
            assert moment(found.updated_parsed) == entry.updated.astimezone(UTC).replace(microsecond=0)


def moment(parsed: Any) -> datetime:
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC)


@every_format
@every_case
def test_all_authors_are_named(source: Path, name: str) -> None:
    for entry, found in pairs(source, name):
        if authors := entry.metadata.authors:
            assert found.author == ", ".join(authors)


@every_format
@every_case
def test_terms_are_read_one_by_one(source: Path, name: str) -> None:
    for entry, found in pairs(source, name):
        terms = [tag.term for tag in found.get("tags", [])]
        assert not [term for term in terms if "," in term or "|" in term]
        for category in (*entry.metadata.categories, *entry.metadata.tags):
            if not {",", "|"} & set(category):
                assert category.casefold() in map(str.casefold, terms)


@every_format
@every_full_case
def test_content_is_the_whole_body(source: Path, name: str) -> None:
    _, bodies = load(source)
    for entry, found in pairs(source, name):
        (content,) = found.content
        assert content.type == "text/html"
        if body := bodies[entry.guid].strip():
            assert body in content.value.replace("\u200f", "")


@every_format
@every_case
def test_summaries_say_what_was_meant(source: Path, name: str) -> None:
    for entry, found in pairs(source, name):
        if summary := entry.metadata.summary:
            html = found.summary_detail.type == "text/html"
            assert (unescape(found.summary) if html else found.summary) == summary


# ── over HTTP ──

every_file = pytest.mark.parametrize("file", ["feed.rss", "feed.atom"])


def seen(found: Any) -> Seen:
    return Seen(
        guid=found.id,
        title=found.title,
        link=found.link,
        published=moment(found.published_parsed),
        author=found.author,
        categories=frozenset(tag.term for tag in found.tags),
        text=words(found.content[0].value),
    )


@every_file
def test_articles_are_read_as_they_were_meant(site: Site, file: str) -> None:
    parsed = feedparser.parse(site.host.url + file)
    assert not parsed.bozo
    assert [seen(found) for found in parsed.entries] == site.meant()


@every_file
def test_a_second_build_brings_exactly_the_new_articles(site: Site, file: str) -> None:
    before = {found.id for found in feedparser.parse(site.host.url + file).entries}
    new = site.publish_later()
    after = feedparser.parse(site.host.url + file).entries
    assert {found.id for found in after} - before == new
    assert [seen(found) for found in after] == site.meant()


@every_file
@pytest.mark.parametrize("marks", [("etag",), ("modified",), ("etag", "modified")])
def test_N03_a_feed_that_did_not_change_is_not_sent_again(site: Site, file: str, marks: tuple[str, ...]) -> None:
    first = feedparser.parse(site.host.url + file)
    remembered = {mark: first[mark] for mark in marks}
    site.publish()  # a build with nothing new
    again = feedparser.parse(site.host.url + file, **remembered)
    assert (again.status, again.entries) == (304, [])
