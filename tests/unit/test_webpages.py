"""The pages for people: which there are, what they say, and that they keep the promises that feeds keep."""

from __future__ import annotations

import json
import posixpath
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from lxml.html import HtmlElement

from conftest import NOW, SITE_ID, Project, is_feed, prose
from feedpub import upkeep
from feedpub.renderers.html._view import _tidied

SITE = {"title": "Morning Wire", "url": "https://example.org/news/", "id": SITE_ID}
DISPATCH = "SEDGEHAVEN, Norway (AP) — The council opened the ferry on Monday. " + prose("dispatch")


def page(project: Project, path: str) -> HtmlElement:
    return html.fromstring((project.feeds / path).read_bytes())


def article(project: Project, slug: str) -> HtmlElement:
    return page(project, f"article/{slug}/index.html")


def slugs(project: Project) -> set[str]:
    return {file.parent.name for file in project.feeds.glob("article/*/index.html")}


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def links(project: Project, path: str) -> Iterator[str]:
    """Give every address on a page that leads to a file of the site, as a path below the output folder."""
    for element, _, target, _ in page(project, path).iterlinks():
        parts = urlsplit(target)
        if not parts.scheme and parts.path and element.get("rel") != "canonical":
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))


# ── which pages there are ────────────────────────────────────────────────────────────────────────────────────────────


def test_an_article_without_an_address_has_a_page_and_its_entries_lead_there(project: Project) -> None:
    project.write("a.txt", title="The ferry opens again")
    project.build()
    assert slugs(project) == {"the-ferry-opens-again"}
    assert project.items()[0]["url"] == "https://example.org/news/article/the-ferry-opens-again/"


@pytest.mark.parametrize(
    ("pages", "expected"),
    [("none", set()), ("needed", {"the-ferry-opens-again"}), ("all", {"the-ferry-opens-again", "the-library-moves"})],
)
def test_the_setting_says_which_articles_have_pages(project: Project, pages: str, expected: set[str]) -> None:
    project.settings(site={**SITE, "pages": pages})
    project.write("a.txt", title="The ferry opens again")
    project.write("b.txt", title="The library moves", url="https://elsewhere.example/library")
    project.build()
    assert slugs(project) == expected
    assert (project.feeds / "index.html").exists() == (pages != "none")
    assert {item["url"] for item in project.items()} >= {"https://elsewhere.example/library"}


def test_without_pages_there_is_nothing_but_feeds(project: Project) -> None:
    project.settings(site={**SITE, "pages": "none"})
    project.write("a.txt", categories=["Sport"])
    project.build()
    assert all(map(is_feed, project.outputs()))


def test_every_link_between_the_pages_leads_to_a_file(project: Project) -> None:
    project.settings(
        site=SITE,
        feeds={"by": ["category", "author", "tag", "place"], "limit": 5, "days": 0, "archive": "all"},
    )
    for number in range(60):
        project.write(
            f"{number}.txt",
            text=DISPATCH + prose(f"{number}"),
            published=NOW - timedelta(hours=number),
            categories=["World", "Überall & mehr"],
            authors=["Ada March"],
            tags=["boats"],
        )
    project.build()
    made = project.outputs()
    seen = {(path, link) for path in made if path.endswith(".html") for link in links(project, path)}
    assert {link for _, link in seen} >= {"index.html", "archive/0001.html", "category/uberall-mehr/feed.atom"}
    assert [(path, link) for path, link in seen if link not in made] == []


def test_a_feed_has_a_page_beside_it_that_names_it_in_every_format(project: Project) -> None:
    project.write("a.txt", categories=["World News"])
    project.build()
    found = page(project, "category/world-news/index.html").xpath("//link[@rel='alternate']")
    assert [(link.get("type"), link.get("href")) for link in found] == [
        ("application/rss+xml", "../../category/world-news/feed.rss"),
        ("application/atom+xml", "../../category/world-news/feed.atom"),
        ("application/feed+json", "../../category/world-news/feed.json"),
    ]
    feed = json.loads((project.feeds / "category/world-news/feed.json").read_bytes())
    assert feed["home_page_url"] == "https://example.org/news/category/world-news/"


def test_the_sites_page_names_its_feeds_and_how_to_subscribe(project: Project) -> None:
    for name in ("a.txt", "b.txt"):
        project.write(name, categories=["World News"])
    project.build()
    index = page(project, "index.html")
    assert index.xpath("//input[@type='url']/@value") == [
        "https://example.org/news/feed.atom",
        "https://example.org/news/category/world-news/feed.atom",
    ]
    assert "2 articles" in words(index)
    assert "feed://example.org/news/feed.atom" in index.xpath("//a/@href")
    assert "feeds.opml" in index.xpath("//a/@href")


def test_pages_of_the_archive_lead_to_each_other(project: Project) -> None:
    project.settings(site=SITE, feeds={"limit": 5, "days": 0, "by": []})
    for number in range(60):
        project.write(f"{number:02}.txt", published=NOW - timedelta(hours=number))
    project.build()
    way = ["index.html", "archive/index.html", "archive/0002.html", "archive/0001.html"]
    for here, there in pairwise(way):
        assert there in links(project, here)
        assert here in links(project, there)
    held = [len(page(project, path).xpath("//main//article")) for path in way]
    assert held == [10, 10, 25, 25]


# ── what the page of an article says ─────────────────────────────────────────────────────────────────────────────────


def test_a_page_tells_all_that_is_known_of_its_article(project: Project) -> None:
    project.write(
        "a.txt",
        title="The ferry opens again",
        text=DISPATCH,
        authors=["Ada March", "Ben Ode"],
        categories=["World News"],
        summary="It sails twice a day.",
        language="en",
        published=datetime(2025, 5, 30, 14, 2, tzinfo=UTC),
    )
    project.build()
    shown = article(project, "the-ferry-opens-again")
    text = words(shown)
    for part in (
        "The ferry opens again",
        "By Ada March, Ben Ode",
        "30 May 2025, 14:02 UTC",
        "Sedgehaven, Norway (AP) —",
    ):
        assert part in text
    assert shown.xpath("//main//article/@lang") == ["en"]
    assert shown.xpath("//link[@rel='canonical']/@href") == ["https://example.org/news/article/the-ferry-opens-again/"]
    assert "../../category/world-news/index.html" in shown.xpath("//main//a/@href")
    graph = {meta.get("property"): meta.get("content") for meta in shown.xpath("//meta[@property]")}
    assert graph["og:title"] == "The ferry opens again"
    assert graph["og:url"] == "https://example.org/news/article/the-ferry-opens-again/"
    data = json.loads(shown.xpath("//script[@type='application/ld+json']")[0].text)
    assert data["@type"] == "NewsArticle"
    assert data["author"] == [{"@type": "Person", "name": "Ada March"}, {"@type": "Person", "name": "Ben Ode"}]
    assert data["datePublished"] == "2025-05-30T14:02:00Z"
    assert data["inLanguage"] == "en"


@pytest.mark.parametrize(
    ("printed", "shown", "machine"),
    [
        ("3 hours ago", "1 June 2025, about 09:00 UTC", "2025-06-01T09:00:00Z"),
        ("May 30, 2025", "30 May 2025", "2025-05-30"),
        ("May 30, 2025 14:05", "30 May 2025, 14:05 UTC", "2025-05-30T14:05:00Z"),
    ],
)
def test_a_date_is_shown_no_more_exactly_than_it_is_known(
    project: Project, printed: str, shown: str, machine: str
) -> None:
    file = project.seeds / "a.txt"
    file.write_text(f"The ferry opens again\n\nada.mWorld News{printed}6 Views\n\n{prose('a')}\n", encoding="utf-8")
    project.state("a.txt", captured=NOW)
    project.build()
    (time,) = article(project, "the-ferry-opens-again").xpath("//main//time")
    assert (words(time), time.get("datetime")) == (shown, machine)


def test_an_article_that_is_published_elsewhere_leads_there(project: Project) -> None:
    project.settings(site={**SITE, "pages": "all"})
    project.write("a.txt", title="The library moves", url="https://elsewhere.example/library")
    project.build()
    shown = article(project, "the-library-moves")
    assert shown.xpath("//link[@rel='canonical']/@href") == ["https://elsewhere.example/library"]
    assert "https://elsewhere.example/library" in shown.xpath("//main//a/@href")


def test_an_article_that_gets_an_address_later_keeps_its_page(project: Project) -> None:
    project.write("a.txt", title="The library moves")
    project.build()
    project.state("a.txt", url="https://elsewhere.example/library", published=NOW - timedelta(hours=1))
    project.build()
    assert project.items()[0]["url"] == "https://elsewhere.example/library"
    canonical = article(project, "the-library-moves").xpath("//link[@rel='canonical']/@href")
    assert canonical == ["https://elsewhere.example/library"]


def test_pages_speak_the_language_of_the_site_and_articles_their_own(project: Project) -> None:
    project.settings(site={**SITE, "language": "de"})
    project.write("a.txt", title="Die Fähre fährt wieder", language="de")
    project.write("b.txt", title="قرية تفتح مدرسة جديدة", language="ar")
    project.build()
    assert page(project, "index.html").get("lang") == "de"
    assert "Abonnieren" in words(page(project, "index.html"))
    assert "1. Juni 2025" in words(article(project, "die-fahre-fahrt-wieder"))
    (arabic,) = slugs(project) - {"die-fahre-fahrt-wieder"}
    shown = article(project, arabic)
    assert (shown.get("lang"), shown.get("dir")) == ("ar", "rtl")


def test_without_an_address_of_its_own_a_site_can_be_looked_at(project: Project) -> None:
    project.settings(site={"title": "Morning Wire", "id": SITE_ID})
    project.write("a.txt", title="The ferry opens again")
    project.build()
    everything = b"".join(data for path, data in project.outputs().items() if path.endswith(".html"))
    assert b"site-url-not-set" not in everything
    assert "preview" in words(page(project, "index.html"))
    assert not article(project, "the-ferry-opens-again").xpath("//link[@rel='canonical']")


@pytest.mark.parametrize(
    "title",
    [
        "</script><script>alert(1)</script> in the harbour",
        '"><img src=x onerror=alert(1)> in the harbour',
        "<!-- in the harbour --> {{ 7 * 7 }} &amp; more",
    ],
)
def test_nothing_that_an_article_says_becomes_markup(project: Project, title: str) -> None:
    project.write("a.txt", categories=["World"])
    project.state(
        "a.txt",
        title=title,
        summary=title,
        authors=[title],
        categories=[title],
        tags=[title],
        published=NOW - timedelta(hours=1),
    )
    project.build()
    made = [path for path in project.outputs() if path.endswith(".html")]
    for path in made:
        shown = page(project, path)
        assert all(source.startswith(("theme/", "../")) for source in shown.xpath("//script[not(@type)]/@src"))
        assert not shown.xpath("//script[not(@type) and not(@src)]")
        assert not shown.xpath("//img")
    data = [json.loads(text) for path in made for text in page(project, path).xpath("//script[@type]/text()")]
    assert [one["headline"] for one in data] == [title]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ('<p><img src="https://e.org/a.jpg" width="50%"></p>', '<p><img alt="" src="https://e.org/a.jpg"></p>'),
        (
            '<img src="https://e.org/>.jpg" alt="a > b" width="50">',
            '<img src="https://e.org/>.jpg" alt="a > b" width="50">',
        ),
    ],
)
def test_a_picture_without_words_for_it_is_told_to_be_one(body: str, shown: str) -> None:
    assert _tidied(body) == shown


# ── addresses are for ever ───────────────────────────────────────────────────────────────────────────────────────────


def test_an_address_stays_when_the_title_changes_and_the_file_moves(project: Project) -> None:
    project.write("a.txt", title="The ferry opens again")
    project.build()
    project.write("a.txt", title="The ferry never opens again")
    project.build()
    project.move("a.txt", "other/b.txt")
    project.build()
    assert slugs(project) == {"the-ferry-opens-again"}
    assert "never opens" in words(article(project, "the-ferry-opens-again"))


def test_articles_with_one_title_have_pages_of_their_own(project: Project) -> None:
    for hour in (3, 1, 2):
        project.write(f"{hour}.txt", title="Weather for Monday", published=NOW - timedelta(hours=hour))
    project.build()
    project.write("later.txt", title="Weather for Monday")
    project.build()
    assert slugs(project) == {"weather-for-monday", *(f"weather-for-monday-{number}" for number in (2, 3, 4))}
    first = article(project, "weather-for-monday").xpath("//main//time/@datetime")
    assert first == ["2025-06-01T09:00:00Z"]


def test_a_withdrawn_article_says_so_and_comes_back(project: Project) -> None:
    project.write("a.txt", title="The ferry opens again", text=prose("gone"))
    project.write("b.txt")
    project.build()
    kept = (project.feeds / "article/the-ferry-opens-again/index.html").read_bytes()
    project.now += timedelta(days=1)
    project.delete("a.txt")
    project.build()
    shown = article(project, "the-ferry-opens-again")
    assert "withdrawn on 2 June 2025" in words(shown)
    assert shown.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert prose("gone")[:40] not in words(shown)
    project.write("a.txt", title="The ferry opens again", text=prose("gone"))
    project.build()
    assert (project.feeds / "article/the-ferry-opens-again/index.html").read_bytes() == kept


def test_an_expired_article_says_so(project: Project) -> None:
    project.write("a.txt", title="The ferry opens again", expires=NOW + timedelta(days=1))
    project.write("b.txt")
    project.build()
    project.now += timedelta(days=2)
    project.build()
    assert "available until 2 June 2025" in words(article(project, "the-ferry-opens-again"))


def test_the_address_of_a_withdrawn_article_is_not_given_to_another(project: Project) -> None:
    project.write("a.txt", title="Weather for Monday")
    project.write("b.txt")
    project.build()
    project.delete("a.txt")
    project.build()
    project.write("c.txt", title="Weather for Monday")
    project.build()
    assert "withdrawn" in words(article(project, "weather-for-monday"))
    assert {item["url"].split("/")[-2] for item in project.items()} >= {"weather-for-monday-2"}


def test_a_lost_ledger_gives_every_page_its_address_back(project: Project) -> None:
    for hour in (1, 2):
        project.write(f"{hour}.txt", title="Weather for Monday", published=NOW - timedelta(hours=hour))
    project.build()
    project.write("1.txt", title="The weather was fine", published=NOW - timedelta(hours=1))
    project.build()
    before = project.outputs()
    project.ledger.unlink()
    project.build()
    assert project.outputs() == before


def test_a_dump_remembers_addresses_and_how_exactly_dates_are_known(project: Project) -> None:
    text = f"The ferry opens again\n\nada.mWorld News3 hours ago6 Views\n\n{prose('a')}\n"
    (project.seeds / "a.txt").write_text(text, encoding="utf-8")
    project.state("a.txt", captured=NOW)
    project.write("b.txt", title="The library moves")
    project.build()
    project.write("b.txt", title="The library stays")
    project.build()
    project.delete("b.txt")
    project.build(shrink=True)
    before = project.outputs()
    lines = [line.encode() for line in upkeep.dump(project.made())]
    upkeep.load(project.made(), lines, "the dump", replace=True)
    assert project.build().written == ()
    assert project.outputs() == before


@pytest.mark.parametrize("slug", ["../../../escaped", "a/b", "", "A", "a" * 300])
def test_an_address_that_was_tampered_with_is_not_taken_back(project: Project, slug: str) -> None:
    project.write("a.txt", title="The ferry opens again")
    project.build()
    file = project.feeds / "feed.json"
    feed = json.loads(file.read_bytes())
    feed["items"][0]["_feedpub"]["page"] = slug
    file.write_text(json.dumps(feed), encoding="utf-8")
    project.ledger.unlink()
    project.build()
    assert project.items()[0]["url"] == "https://example.org/news/article/the-ferry-opens-again/"


def test_pages_that_come_with_an_upgrade_change_links_and_nothing_else(project: Project) -> None:
    project.settings(site={**SITE, "pages": "none"})
    for number in range(3):
        project.write(f"{number}.txt")
    project.build()
    before = project.items()
    project.settings(site=SITE)
    plan = project.plan()
    assert all(feed.sightings == () for feed in plan.feeds)
    project.build()
    for old, new in zip(before, project.items(), strict=True):
        assert old["url"] != new["url"]
        assert {key: old[key] for key in old if key not in ("url", "_feedpub")} == {
            key: new[key] for key in new if key not in ("url", "_feedpub")
        }


def test_a_ledger_from_before_there_were_pages_gives_every_article_one(project: Project) -> None:
    project.settings(site={**SITE, "pages": "none"})
    project.write("a.txt", title="The ferry opens again")
    project.write("b.txt")
    project.build()
    project.delete("b.txt")
    project.build()
    with closing(sqlite3.connect(project.ledger)) as ledger:
        ledger.executescript("DROP TABLE addresses; ALTER TABLE entries DROP COLUMN unseen")
        ledger.executescript("ALTER TABLE artefacts DROP COLUMN ctime_ns; PRAGMA user_version = 5")
    project.settings(site=SITE)
    project.build()
    assert slugs(project) == {"the-ferry-opens-again"}
    assert project.items()[0]["url"] == "https://example.org/news/article/the-ferry-opens-again/"


# ── the promises ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_edit_rewrites_its_page_and_those_of_its_feeds(project: Project) -> None:
    project.write("a.txt", title="The ferry opens again", categories=["World"])
    project.write("b.txt", title="The library moves", categories=["Sport"])
    project.build()
    before = project.outputs()
    project.write("a.txt", title="The ferry opens again", text=prose("edited"), categories=["World"])
    outcome = project.build()
    changed = {path for path, data in project.outputs().items() if before[path] != data}
    assert changed == set(outcome.written)
    assert {path for path in changed if not is_feed(path)} == {
        "article/the-ferry-opens-again/index.html",
        "archive/index.html",
        "category/world/index.html",
        "index.html",
        "search/0001.js",
    }


def test_a_page_that_was_lost_is_written_again_and_no_other(project: Project) -> None:
    for number in range(3):
        project.write(f"{number}.txt", title=f"The ferry number {number} opens")
    project.build()
    before = project.outputs()
    (project.feeds / "article/the-ferry-number-1-opens/index.html").unlink()
    assert project.build().written == ("article/the-ferry-number-1-opens/index.html",)
    assert project.outputs() == before


def test_a_page_that_was_lost_while_its_article_changed_is_written_once(project: Project) -> None:
    project.write("a.txt", title="The ferry opens again")
    project.build()
    (project.feeds / "article/the-ferry-opens-again/index.html").unlink()
    project.write("a.txt", title="The ferry never opens again")
    project.build()
    assert "never opens" in words(article(project, "the-ferry-opens-again"))


def test_a_build_with_nothing_to_do_imports_no_templates(project: Project) -> None:
    project.write("a.txt")
    project.build()
    script = (
        "import sys; from feedpub.cli import cli; cli(['build', '-q'], standalone_mode=False);"
        "print({'jinja2', 'lxml', 'feedgen'} & set(sys.modules))"
    )
    epoch = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp())), "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project.root, env=epoch, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_a_new_page_of_the_archive_rewrites_the_one_before_it_and_no_other_page(project: Project) -> None:
    project.settings(site=SITE, feeds={"limit": 5, "days": 0, "by": []})
    for number in range(80):
        project.write(f"{number:02}.txt", published=NOW - timedelta(hours=200 - number))
    project.build()
    assert len(list(project.feeds.glob("archive/0*.html"))) == 3
    before = project.outputs()
    for number in range(80, 105):
        project.write(f"{number:02}.txt", published=NOW - timedelta(hours=150 - number))
    outcome = project.build()
    pages = {path for path in outcome.written if path.startswith("archive/") and path.endswith(".html")}
    assert pages == {"archive/0003.html", "archive/0004.html", "archive/index.html"}
    assert {path for path in outcome.written if path.startswith("article/")} == {
        path for path in project.outputs() if path.startswith("article/") and path not in before
    }


@pytest.mark.slow
def test_a_full_part_of_the_search_is_closed(project: Project) -> None:
    project.settings(site=SITE, feeds={"limit": 5, "days": 0, "by": [], "formats": ["json"]})
    for number in range(1030):
        project.write(f"{number:04}.txt", text=prose(f"{number}", 1), published=NOW - timedelta(hours=2000 - number))
    project.build()
    assert [file.name for file in sorted(project.feeds.glob("search/*.js"))] == ["0001.js", "0002.js"]
    assert (project.feeds / "search/0001.js").read_text(encoding="utf-8").count('"id":') == 1000
    assert 'data-shards="2"' in (project.feeds / "search.html").read_text(encoding="utf-8")
    project.write("new.txt")
    outcome = project.build()
    assert [path for path in outcome.written if path.startswith("search")] == ["search/0002.js"]


def test_pages_that_no_setting_asks_for_any_more_go_with_prune(project: Project) -> None:
    project.write("a.txt", title="The ferry opens again", categories=["World"])
    project.build()
    project.settings(site={**SITE, "pages": "none"})
    project.build()
    assert slugs(project) == {"the-ferry-opens-again"}
    project.build(prune=True)
    assert all(map(is_feed, project.outputs()))


def test_prune_keeps_the_pages_that_are_wanted(project: Project) -> None:
    project.write("a.txt", title="The ferry opens again", categories=["World"])
    project.write("b.txt")
    project.build()
    project.delete("a.txt")
    project.build()
    assert set(project.build(prune=True).pruned) == {
        f"category/world/{file}"
        for file in ("feed.rss", "feed.atom", "feed.json", "index.html", "embed.html", "headlines.html")
    }
    assert "the-ferry-opens-again" in slugs(project)


def test_verify_finds_a_page_that_was_changed(project: Project) -> None:
    project.write("a.txt", title="The ferry opens again")
    project.build()
    file = project.feeds / "article/the-ferry-opens-again/index.html"
    file.write_text("something else", encoding="utf-8")
    found = {Path(name).name: [one.rule for one in findings] for name, findings in upkeep.verify(project.made())}
    assert found["index.html"] == ["changed-file"]


def test_a_page_of_someone_elses_stays_and_is_told_of_once(project: Project) -> None:
    project.feeds.mkdir()
    (project.feeds / "index.html").write_text("<title>My own</title>", encoding="utf-8")
    project.write("a.txt")
    assert [problem.code for problem in project.build().problems] == ["foreign-page"]
    project.write("b.txt")
    assert project.build().problems == ()
    assert (project.feeds / "index.html").read_text(encoding="utf-8") == "<title>My own</title>"
    assert len(project.items()) == 2
    project.write("c.txt")
    project.build(foreign=True)
    assert "Morning Wire" in (project.feeds / "index.html").read_text(encoding="utf-8")


def test_a_page_that_nothing_would_write_any_more_and_that_is_gone_is_forgotten(project: Project) -> None:
    project.write("a.txt", title="The ferry opens again")
    project.build()
    project.settings(site={**SITE, "pages": "none"})
    project.build()
    (project.feeds / "index.html").unlink()
    project.build()
    before = project.stamps()
    assert project.build().written == ()
    assert project.stamps() == before
    assert [findings for _, findings in upkeep.verify(project.made())] == [[]]
