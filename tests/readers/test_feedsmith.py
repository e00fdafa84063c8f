"""feedsmith, a parser in JavaScript, reads all three formats. (It keeps nothing: what is new is told by the ids.)"""

from __future__ import annotations

import json
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from readers.meant import READERS, Seen, Site, run, words
from serving import served

IMAGES = Path(__file__).parents[1] / "golden/feeds/images"


def fetch(url: str) -> dict[str, Any]:
    """Give what the parser says of a feed."""
    folder = READERS.package("feedsmith").parents[1]
    command = [READERS.program("node"), "feedsmith.mjs", url]
    read: dict[str, Any] = json.loads(run(command, folder))
    return read


def from_rss(item: dict[str, Any]) -> Seen:
    assert not item["guid"]["isPermaLink"]
    return Seen(
        guid=item["guid"]["value"],
        title=item["title"],
        link=item["link"],
        published=parsedate_to_datetime(item["pubDate"]),
        author=", ".join(item["dc"]["creators"]),
        categories=frozenset(category["name"] for category in item["categories"]),
        text=words(item["content"]["encoded"]),
    )


def from_atom(entry: dict[str, Any]) -> Seen:
    (link,) = entry["links"]
    return Seen(
        guid=entry["id"],
        title=value(entry["title"]),
        link=link["href"],
        published=datetime.fromisoformat(entry["published"]),
        author=", ".join(author["name"] for author in entry["authors"]),
        categories=frozenset(category["term"] for category in entry["categories"]),
        text=words(value(entry["content"])),
    )


def value(text: Any) -> str:
    """Give the text of a text construct."""
    return str(text["value"]) if isinstance(text, dict) else str(text)


def from_json(item: dict[str, Any]) -> Seen:
    return Seen(
        guid=item["id"],
        title=item["title"],
        link=item["url"],
        published=datetime.fromisoformat(item["date_published"]),
        author=", ".join(author["name"] for author in item["authors"]),
        categories=frozenset(item["tags"]),
        text=words(item["content_html"]),
    )


FORMATS = {
    "feed.rss": ("rss", "items", from_rss),
    "feed.atom": ("atom", "entries", from_atom),
    "feed.json": ("json", "items", from_json),
}
every_format = pytest.mark.parametrize("file", FORMATS)


def read(site: Site, file: str) -> list[Seen]:
    format, entries, seen = FORMATS[file]
    parsed = fetch(site.host.url + file)
    assert parsed["format"] == format
    return [seen(entry) for entry in parsed["feed"][entries]]


@every_format
def test_articles_are_read_as_they_were_meant(site: Site, file: str) -> None:
    assert read(site, file) == site.meant()


@pytest.mark.parametrize("file", ["feed.rss", "feed.atom"])
def test_E01_the_lead_image_is_found_with_its_type_and_size(file: str) -> None:
    with served(IMAGES) as host:
        first = fetch(host.url + file)["feed"][FORMATS[file][1]][0]
    (image,) = first["media"]["contents"]
    url = "https://example.org/img/wall.jpg?w=1200&q=80"
    assert image == {"url": url, "medium": "image", "type": "image/jpeg", "width": 1200, "height": 800}


def test_the_lead_image_is_found_in_json() -> None:
    with served(IMAGES) as host:
        first = fetch(host.url + "feed.json")["feed"]["items"][0]
    assert first["image"] == "https://example.org/img/wall.jpg?w=1200&q=80"


@every_format
def test_a_second_build_brings_exactly_the_new_articles(site: Site, file: str) -> None:
    before = {seen.guid for seen in read(site, file)}
    new = site.publish_later()
    after = read(site, file)
    assert {seen.guid for seen in after} - before == new
    assert after == site.meant()
