"""Feeds for any selection: by category, author, tag or place, by query, renamed, described, listed."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from conftest import SITE_ID, Project, codes, prose
from feedpub import crowding
from feedpub.config import load
from feedpub.errors import ConfigError
from feedpub.ledger import Ledger
from feedpub.project import project as make_project

SITE = {"title": "Morning Wire", "url": "https://example.org/news/", "id": SITE_ID}


def _titles(project: Project, channel: str) -> set[str]:
    return set(project.guids(channel))


def _listed(project: Project) -> list[str]:
    return [outline.get("text", "") for outline in ET.parse(project.feeds / "feeds.opml").iter("outline")]


def _feed(project: Project, channel: str) -> Any:
    return json.loads((project.feeds / channel / "feed.json").read_bytes())


def test_there_are_feeds_for_each_value_of_each_axis(project: Project) -> None:
    project.settings(site=SITE, feeds={"by": ["category", "author", "tag", "place"]})
    project.write("a.txt", categories=["World"], authors=["Ada March", "Ben Ode"], tags=["sheep"])
    project.write("b.txt", text=f"OSLO, Norway (AP) — {prose('b')}", authors=["Ben Ode"])
    project.build()
    channels = {path.rpartition("/")[0] for path in project.outputs() if path.endswith("feed.rss")}
    assert channels == {"", "category/world", "author/ada-march", "author/ben-ode", "tag/sheep", "place/oslo"}
    assert len(project.items("author/ben-ode")) == 2
    assert _feed(project, "author/ben-ode")["title"] == "Morning Wire: Ben Ode"


def test_an_entry_has_the_same_guid_in_each_feed(project: Project) -> None:
    project.settings(site=SITE, feeds={"by": ["category", "author"]}, **{"feeds.custom.all": {"where": "not words:1"}})
    project.write("a.txt", categories=["World"], authors=["Ada March"])
    project.build()
    guids = [project.guids(channel) for channel in ("", "category/world", "author/ada-march", "feed/all")]
    assert guids == guids[:1] * 4


def test_a_feed_of_ones_own_holds_what_its_query_finds(project: Project) -> None:
    project.settings(
        site=SITE,
        **{
            "feeds.custom.asia": {"title": "Asia without sport", "where": "place:Seoul or sheep and not category:Sport"}
        },
    )
    project.write("a.txt", title="Sheep return to the harbour", categories=["World"])
    project.write("b.txt", title="Sheep win in the harbour", categories=["Sport"])
    project.write("c.txt", title="Talks go on in the harbour", text=f"SEOUL, South Korea (AP) — {prose('c')}")
    project.build()
    assert _titles(project, "feed/asia") == {"Sheep return to the harbour", "Talks go on in the harbour"}
    assert _feed(project, "feed/asia")["title"] == "Asia without sport"


def test_a_changed_query_files_all_entries_again(project: Project) -> None:
    for kind in ("World", "Sport"):
        project.write(f"{kind}.txt", title=f"The {kind} opens in the harbour", categories=[kind])
    project.build()
    before = project.guids()
    for by, where in (([], "category:World"), (["category"], "category:Sport")):
        project.settings(site=SITE, feeds={"by": by}, **{"feeds.custom.mine": {"where": where}})
        project.build()
        assert _titles(project, "feed/mine") == {f"The {where[9:]} opens in the harbour"}
    assert project.guids() == before
    assert len(project.items("category/world")) == 1


def test_a_query_that_cannot_be_read_is_shown_with_its_column(project: Project) -> None:
    project.settings(site=SITE, **{"feeds.custom.asia": {"where": "place:Seoul or plce:Tokyo"}})
    with pytest.raises(
        ConfigError, match=r"\[feeds.custom.asia\], column 16: unknown field `plce`; did you mean `place`"
    ) as e:
        make_project(*load(project.root / "feedpub.toml"))
    assert e.value.hint == "it is here: place:Seoul or ▸plce:Tokyo"


def test_a_channel_has_words_of_its_own(project: Project) -> None:
    said = {"title": "Les nouvelles", "description": "En français", "language": "fr"}
    project.settings(site=SITE, **{'feeds.channels."category/world"': said})
    project.write("a.txt", categories=["World"])
    project.build()
    feed = _feed(project, "category/world")
    assert (feed["title"], feed["description"], feed["language"]) == tuple(said.values())


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"feeds.custom.Asia": {"where": "x"}}, "expected small letters, digits and hyphens"),
        ({"feeds.custom.asia": {"title": "x"}}, "needs a `where`"),
        ({"feeds.custom.asia": {"where": "x", "titel": "x"}}, "unknown key `titel`"),
        ({'feeds.channels."world"': {"title": "x"}}, "expected the name of a channel"),
        ({"feeds": {"by": ["people"]}}, 'a list of "category", "author", "tag" and "place"'),
        ({"feeds": {"max_bytes": "1 byte"}}, 'a size such as "500KB" or "2MB"'),
        ({'feeds.channels."category/x"': {"language": "english"}}, "`english` is no language tag"),
        ({"feeds": {"archive": "some"}}, 'true, false or "all"'),
    ],
)
def test_settings_of_feeds_that_make_no_sense_are_refused(project: Project, table: dict[str, Any], says: str) -> None:
    project.settings(site=SITE, **table)
    with pytest.raises(ConfigError, match=says):
        load(project.root / "feedpub.toml")


# ── renamed categories ──────────────────────────────────────────────────────────────────────────


def test_the_feed_of_a_renamed_category_goes_on_as_the_new_one(project: Project) -> None:
    project.write("a.txt", text=prose("a"), categories=["Global News"])
    project.build()
    old = project.guids("category/global-news")
    project.settings(site=SITE, categories={"World": ["Global News"]})
    project.write("b.txt", categories=["Global News"])
    project.build()
    assert len(project.guids("category/world")) == 2
    assert _feed(project, "category/global-news") == _feed(project, "category/world")
    assert _feed(project, "category/global-news")["feed_url"].endswith("/category/world/feed.json")
    assert old.items() <= project.guids("category/global-news").items()
    assert not [name for name in _listed(project) if "Global" in name]
    project.write("c.txt", categories=["World"])
    project.build(prune=True)
    assert len(project.items("category/global-news")) == 3


# ── the list of feeds ───────────────────────────────────────────────────────────────────────────


def test_every_feed_is_listed_in_groups_and_tiny_ones_are_not(project: Project) -> None:
    project.settings(site=SITE, feeds={"by": ["category", "author"]}, **{"feeds.custom.all": {"where": "not words:1"}})
    project.write("a.txt", categories=["World", "Sport"], authors=["Ada March"])
    project.write("b.txt", categories=["World"], authors=["Ada March"])
    project.build()
    assert _listed(project) == [
        "Morning Wire",
        "Authors",
        "Morning Wire: Ada March",
        "Categories",
        "Morning Wire: World",
        "More feeds",
        "Morning Wire: all",
    ]
    assert (project.feeds / "category/sport/feed.rss").exists()
    addresses = [one.get("xmlUrl") for one in ET.parse(project.feeds / "feeds.opml").iter("outline") if one.get("type")]
    assert addresses[0] == "https://example.org/news/feed.atom"


def test_the_list_changes_only_with_what_it_names(project: Project) -> None:
    project.write("a.txt", categories=["World"])
    project.write("b.txt", categories=["World"])
    project.build()
    project.write("c.txt", categories=["World"])
    assert "feeds.opml" not in project.build().written
    project.write("d.txt", categories=["Sport"])
    project.write("e.txt", categories=["Sport"])
    assert "feeds.opml" in project.build().written


# ── windows ─────────────────────────────────────────────────────────────────────────────────────


def test_a_feed_that_is_cut_is_named_once(project: Project) -> None:
    project.settings(site=SITE, feeds={"max_bytes": "40KB", "by": []})
    for number in range(30):
        project.write(f"{number}.txt", text=prose(str(number), paragraphs=8))
    (problem,) = project.build().problems
    assert (problem.code, problem.severity) == ("window-cut", "note")
    assert "max_bytes = 40,000" in problem.message
    project.write("new.txt")
    assert project.build().problems == ()


# ── what would break a feed ─────────────────────────────────────────────────────────────────────


def test_an_entry_that_would_break_feeds_is_left_out_and_named(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from feedpub.renderers import jsonfeed

    real = jsonfeed._item
    monkeypatch.setattr(jsonfeed, "_item", lambda shown: real(shown) | ({"url": 7} if "broken" in shown.title else {}))
    project.write("a.txt", title="The broken one opens in the harbour")
    project.write("b.txt", title="The good one opens in the harbour")
    outcome = project.build()
    assert {problem.code for problem in outcome.problems} == {"unfit-entry"}
    for name in ("feed.json", "feed.rss", "feed.atom"):
        published = (project.feeds / name).read_text()
        assert "The good one" in published
        assert "The broken one" not in published
    with Ledger.glance(str(project.ledger)) as ledger:
        assert ledger is not None
        assert [exhibit.title for exhibit in ledger.shown.by("").values()] == ["The good one opens in the harbour"]


def test_a_feed_that_would_not_be_valid_is_not_published(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from feedpub.renderers import rss

    project.write("a.txt")
    project.build()
    good = (project.feeds / "feed.rss").read_bytes()
    project.write("b.txt")
    monkeypatch.setattr(rss, "render", lambda feed, bodies: b"<rss version='2.0'><channel></rss>")
    outcome = project.build()
    assert [problem.code for problem in outcome.problems] == ["unfit-feed"]
    assert (project.feeds / "feed.rss").read_bytes() == good
    monkeypatch.undo()
    assert "feed.rss" in project.build().written


def test_a_query_that_finds_nothing_has_an_empty_feed(project: Project) -> None:
    project.settings(site=SITE, **{"feeds.custom.mine": {"where": "nothing"}})
    project.write("a.txt")
    project.build(prune=True)
    assert project.items("feed/mine") == []
    assert project.build(prune=True).pruned == ()


def _write_tagged(project: Project, most: int) -> None:
    """Write articles that bear so many tags in all, a few each."""
    project.settings(site={"id": SITE_ID, "pages": "none"}, feeds={"by": ["author", "tag"], "formats": ["json"]})
    for first in range(0, most, 10):
        tags = [f"Tag {number}" for number in range(first, min(first + 10, most))]
        project.write(f"{first}.txt", authors=["Ada March"], tags=tags)


def test_more_feeds_than_anybody_can_follow_are_said_once(project: Project) -> None:
    _write_tagged(project, crowding.MANY + 1)
    (problem,) = [problem for problem in project.build().problems if problem.code == "many-feeds"]
    assert problem.where == "the feeds by tag"
    assert "501" in problem.message
    assert len(list(project.feeds.glob("tag/*/feed.json"))) == crowding.MANY + 1
    project.write("another.txt", tags=["Tag 1", "One more"])
    assert "many-feeds" not in codes(project.build())


def test_as_many_feeds_as_a_site_may_have_are_not_said(project: Project) -> None:
    _write_tagged(project, crowding.MANY)
    assert "many-feeds" not in codes(project.build())
