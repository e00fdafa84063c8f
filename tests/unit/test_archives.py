"""The whole history, in pages that never change (RFC 5005, section 4)."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW, SITE_ID, Project, is_feed, prose

SITE = {"title": "Morning Wire", "url": "https://example.org/news/", "id": SITE_ID}
ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONES = "{http://purl.org/atompub/tombstones/1.0}"
HISTORY = "{http://purl.org/syndication/history/1.0}"


@pytest.fixture
def grown(project: Project) -> Project:
    """Give a site of 70 articles, whose feed holds at least 5."""
    project.settings(site=SITE, feeds={"limit": 5, "days": 0, "by": []})
    _write(project, range(70))
    project.build()
    return project


def _write(project: Project, numbers: range) -> None:
    for number in numbers:
        project.write(f"{number:03}.txt", published=NOW - timedelta(days=200 - number))


def _links(file: Path) -> dict[str, str]:
    root = ET.parse(file).getroot()
    parent = root if root.tag == f"{ATOM}feed" else root[0]
    return {link.get("rel", ""): link.get("href", "") for link in parent.findall(f"{ATOM}link")}


def _at(project: Project, url: str) -> Path:
    return project.feeds / url.removeprefix("https://example.org/news/")


def _walk(project: Project, kind: str) -> list[list[str]]:
    """Give the guids of the feed and of each page before it."""
    documents = []
    url: str | None = f"https://example.org/news/feed.{kind}"
    while url:
        file = _at(project, url)
        if kind == "json":
            feed = json.loads(file.read_bytes())
            documents.append([item["id"] for item in feed["items"]])
            url = feed.get("next_url")
        else:
            entries = ET.parse(file).iter(f"{ATOM}entry" if kind == "atom" else "item")
            documents.append([entry.findtext(f"{ATOM}id" if kind == "atom" else "guid") or "" for entry in entries])
            url = _links(file).get("prev-archive")
    return documents


def _all(documents: list[list[str]]) -> set[str]:
    return {guid for document in documents for guid in document}


def _archive(project: Project) -> dict[str, bytes]:
    return {name: data for name, data in project.outputs().items() if "archive/" in name and is_feed(name)}


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_P05_walking_the_feed_and_its_archive_gives_every_entry_once(grown: Project, kind: str) -> None:
    documents = _walk(grown, kind)
    assert [len(document) for document in documents] == [20, 25, 25]
    assert len(_all(documents)) == 70


def test_I05_each_format_has_the_same_entries_on_the_same_pages(grown: Project) -> None:
    assert _walk(grown, "atom") == _walk(grown, "rss") == _walk(grown, "json")


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_P02_P03_documents_are_linked_both_ways(grown: Project, kind: str) -> None:
    base = "https://example.org/news/"
    head, first, second = (
        grown.feeds / name for name in (f"feed.{kind}", f"archive/0001.{kind}", f"archive/0002.{kind}")
    )
    assert _links(head)["prev-archive"] == f"{base}archive/0002.{kind}"
    assert not {"current", "next-archive"} & set(_links(head))
    assert _links(second)["prev-archive"] == _links(first)["self"] == f"{base}archive/0001.{kind}"
    assert _links(first)["next-archive"] == _links(second)["self"]
    assert "next-archive" not in _links(second)
    assert "prev-archive" not in _links(first)
    assert _links(first)["current"] == f"{base}feed.{kind}"
    marked = [ET.parse(file).getroot().find(f".//{HISTORY}archive") is not None for file in (head, first, second)]
    assert marked == [False, True, True]


def test_J11_no_next_url_comes_twice(grown: Project) -> None:
    feeds = [
        json.loads((grown.feeds / name).read_bytes())
        for name in ("feed.json", "archive/0002.json", "archive/0001.json")
    ]
    assert [feed.get("next_url") for feed in feeds] == [
        "https://example.org/news/archive/0002.json",
        "https://example.org/news/archive/0001.json",
        None,
    ]
    assert {feed["feed_url"] for feed in feeds} == {"https://example.org/news/feed.json"}


def test_I08_the_archive_bears_the_feeds_own_id(grown: Project) -> None:
    ids = {ET.parse(grown.feeds / name).findtext(f"{ATOM}id") for name in ("feed.atom", "archive/0001.atom")}
    assert len(ids) == 1


def test_P04_a_closed_page_never_changes(grown: Project) -> None:
    before = _archive(grown)
    for number in range(70, 130):
        _write(grown, range(number, number + 1))
        if number % 7 == 0:
            grown.now += timedelta(days=1)
            grown.build()
    grown.write("010.txt", text=prose("another text"), published=NOW - timedelta(days=190))
    grown.build()
    after = _archive(grown)
    assert len(after) > len(before)
    assert before.items() <= after.items()
    assert len(_all(_walk(grown, "atom"))) == 130


def test_an_entry_that_expires_is_taken_off_its_page(grown: Project) -> None:
    guid = _walk(grown, "json")[-1][-1]
    grown.state("000.txt", published=NOW - timedelta(days=200), expires=NOW - timedelta(days=1))
    grown.build()
    assert guid not in _all(_walk(grown, "json"))


def test_a_feed_of_huge_articles_holds_ten_of_them(project: Project) -> None:
    project.settings(site=SITE, feeds={"by": [], "max_bytes": "20KB"})
    for number in range(35):
        project.write(f"{number}.txt", text=prose(f"{number}", 12), published=NOW - timedelta(days=number))
    project.build()
    assert len(project.items()) == 10
    assert len(_all(_walk(project, "rss"))) == 35


@pytest.fixture(scope="module")
def huge() -> str:
    return prose("the whole report", 3_000)


def _write_with_huge(project: Project, huge: str, **stated: str) -> None:
    for number in range(40):
        project.write(f"{number:02}.txt", published=NOW - timedelta(hours=number))
    project.write("huge.txt", title="The whole report", text=huge, published=NOW, **stated)


@pytest.mark.parametrize("stated", [{}, {"url": "https://old.example/report"}])
def test_Z03_one_huge_article_is_given_by_its_summary_and_pushes_no_others_out(
    project: Project, huge: str, stated: dict[str, str]
) -> None:
    _write_with_huge(project, huge, **stated)
    (problem,) = project.build().problems
    assert (problem.code, problem.severity) == ("shortened", "note")
    assert len(project.items()) == 41
    (item,) = (item for item in project.items() if item["title"] == "The whole report")
    assert len(item["content_text"]) < 1_000
    assert all(len(data) < 1_000_000 for path, data in project.outputs().items() if is_feed(path))
    assert [len(document) for document in _walk(project, "atom")] == [41] == [len(_walk(project, "rss")[0])]
    page = item["url"] if stated else _at(project, f"{item['url']}index.html").read_text()
    assert page == "https://old.example/report" or len(page) > len(huge)
    assert project.build().problems == ()


def test_a_huge_article_that_can_be_read_nowhere_else_is_given_whole(project: Project, huge: str) -> None:
    project.settings(site={**SITE, "pages": "none"})
    _write_with_huge(project, huge)
    assert [problem.code for problem in project.build().problems] == ["window-cut"]
    (item,) = (item for item in project.items() if item["title"] == "The whole report")
    assert len(item["content_html"]) > len(huge)
    assert len(project.items()) == 10


def test_P06_a_corrected_old_entry_comes_back_in_the_feed(grown: Project) -> None:
    guid = _walk(grown, "json")[-1][-1]
    grown.write("000.txt", text=prose("another text"), published=NOW - timedelta(days=200))
    grown.build()
    head = {item["id"]: item for item in grown.items()}
    assert head[guid]["date_modified"] > head[guid]["date_published"]
    documents = _walk(grown, "json")
    assert guid in documents[0]
    assert guid in documents[-1]


def test_a_withdrawn_entry_gets_a_tombstone_if_the_settings_ask_for_one(project: Project) -> None:
    project.settings(site=SITE, feeds={"tombstones": True})
    for name in ("a.txt", "b.txt", "c.txt"):
        project.write(name, categories=["World" if name == "a.txt" else "Sport"])
    project.build()
    guid = next(guid for title, guid in project.guids().items() if " a " in title)
    project.delete("a.txt")
    project.now += timedelta(hours=1)
    project.build(shrink=True)
    stones = {
        folder: [
            stone.attrib for stone in ET.parse(project.feeds / folder / "feed.atom").iter(f"{TOMBSTONES}deleted-entry")
        ]
        for folder in ("", "category/world", "category/sport")
    }
    stone = {"ref": guid, "when": f"{project.now:%Y-%m-%dT%H:%M:%SZ}"}
    assert stones == {"": [stone], "category/world": [stone], "category/sport": []}
    project.write("a.txt", categories=["World"])
    project.build()
    assert "deleted-entry" not in (project.feeds / "feed.atom").read_text()


def test_a_withdrawn_entry_leaves_the_archive_too(grown: Project) -> None:
    guid = _walk(grown, "json")[-1][-1]
    other = (grown.feeds / "archive/0002.atom").read_bytes()
    grown.delete("000.txt")
    grown.build()
    assert guid not in _all(_walk(grown, "json"))
    assert (grown.feeds / "archive/0002.atom").read_bytes() == other


def test_an_entry_that_changes_category_stays_on_its_page(grown: Project) -> None:
    before = _archive(grown)
    grown.write("000.txt", published=NOW - timedelta(days=200), categories=["World"])
    grown.build()
    assert _archive(grown) == before
    assert [len(document) for document in _walk(grown, "atom")] == [20, 25, 25]


def test_a_lost_ledger_is_taken_back_from_the_archive(grown: Project) -> None:
    before = grown.outputs()
    grown.ledger.unlink()
    grown.now += timedelta(days=9)
    outcome = grown.build()
    assert (outcome.taken_back, outcome.written) == (70, ())
    assert grown.outputs() == before


def test_a_lost_page_is_written_again(grown: Project) -> None:
    before = _archive(grown)
    (grown.feeds / "archive/0001.rss").unlink()
    assert grown.build().written == ("archive/0001.rss",)
    assert _archive(grown) == before


@pytest.mark.parametrize(
    ("archive", "there"), [(False, []), (True, [""]), ("all", ["", "category/world/", "feed/mine/"])]
)
def test_the_settings_say_whose_history_is_published(project: Project, archive: Any, there: list[str]) -> None:
    project.settings(
        site=SITE, feeds={"limit": 1, "days": 0, "archive": archive}, **{"feeds.custom.mine": {"where": "harbour"}}
    )
    for number in range(30):
        project.write(f"{number:03}.txt", published=NOW - timedelta(days=200 - number), categories=["World"])
    project.build()
    assert sorted(name for name in project.outputs() if name.endswith("archive/0001.rss")) == [
        f"{folder}archive/0001.rss" for folder in there
    ]
    assert len(project.items("category/world")) == (1 if archive in (True, False) else 5)


def test_a_feed_of_ones_own_may_have_an_archive(project: Project) -> None:
    project.settings(
        site=SITE,
        feeds={"limit": 1, "days": 0, "archive": False},
        **{"feeds.custom.mine": {"where": "harbour", "archive": True}},
    )
    _write(project, range(30))
    project.build()
    assert {name.partition("/archive")[0] for name in _archive(project)} == {"feed/mine"}


def test_archives_that_are_switched_off_are_removed_by_prune_and_come_back(grown: Project) -> None:
    before = _archive(grown)
    grown.settings(site=SITE, feeds={"limit": 5, "days": 0, "by": [], "archive": False})
    grown.build(prune=True)
    assert _archive(grown) == {}
    assert len(grown.items()) == 5
    head = grown.guids()
    grown.settings(site=SITE, feeds={"limit": 5, "days": 0, "by": []})
    grown.build()
    assert before.items() <= _archive(grown).items()
    assert grown.guids() == head, "nobody sees old entries as new"
    assert len(_all(_walk(grown, "rss"))) == 70


def test_archives_are_in_place_before_the_feed_that_links_to_them(grown: Project) -> None:
    _write(grown, range(70, 100))
    written = list(filter(is_feed, grown.build().written))
    assert written[-1].startswith("feed.")
    assert written.index("archive/0003.rss") < written.index("feed.rss")


def test_P06_one_that_is_rewritten_while_the_clock_is_set_back_is_published_as_it_is_now(grown: Project) -> None:
    guid = _walk(grown, "json")[-1][-1]
    grown.write("000.txt", text=prose("another text"), published=NOW - timedelta(days=200))
    grown.build()
    for number in range(30):
        grown.write(f"new/{number}.txt", published=grown.now + timedelta(minutes=number))
    for _ in range(6):
        grown.now += timedelta(minutes=5)
        grown.build()
    assert guid not in _walk(grown, "json")[0]
    grown.now -= timedelta(days=1)
    grown.write("000.txt", text=prose("and another one"), published=NOW - timedelta(days=200))
    grown.build()
    assert any(prose("and another one")[:80].encode() in data for data in _archive(grown).values())


def test_a_small_correction_on_a_page_is_no_update_when_the_ledger_is_lost(grown: Project) -> None:
    text = prose("000.txt").replace("number", "figure", 1)
    grown.write("000.txt", text=text, published=NOW - timedelta(days=200))
    grown.build()
    feed = (grown.feeds / "feed.json").read_bytes()
    grown.ledger.unlink()
    grown.build()
    assert (grown.feeds / "feed.json").read_bytes() == feed


def test_a_corrected_old_article_stays_in_the_feed_when_the_ledger_is_lost(grown: Project) -> None:
    grown.now += timedelta(days=1)
    grown.write("003.txt", text=prose("corrected"), published=NOW - timedelta(days=197))
    grown.build()
    before = grown.outputs()
    grown.ledger.unlink()
    grown.build()
    assert {name: data for name, data in grown.outputs().items() if "archive/0001" not in name} == {
        name: data for name, data in before.items() if "archive/0001" not in name
    }
