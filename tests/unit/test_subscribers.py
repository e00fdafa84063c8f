"""What subscribers see of a change, and the flood that a build refuses."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from conftest import NOW, SITE_ID, Project, prose
from feedpub.errors import Flood
from feedpub.model import READERS, Exhibit
from feedpub.subscribers import DAY, sightings

NOON = int(NOW.timestamp())
SITE = {"title": "Morning Wire", "url": "https://example.org/news/", "id": SITE_ID}


def _exhibit(
    guid: str = "a", *, age: int = 0, title: str = "", link: str = "", mark: str = "", size: int = 0
) -> Exhibit:
    return Exhibit(guid, title or f"Title of {guid}", link or f"https://e.org/{guid}", NOON - age * DAY, mark, size)


def _seen(before: list[Exhibit], after: list[Exhibit], *, fresh: str = "", living: str = "") -> list[tuple[str, ...]]:
    shown = {item.guid: item for item in before}
    found = sightings(shown, after, fresh=set(fresh), living=set(living), now=NOON)
    return [(seen.kind, seen.entry.guid, *seen.readers) for seen in found]


def test_a_new_entry_is_new_to_everyone_but_where_it_is_too_old() -> None:
    assert _seen([], [_exhibit()], fresh="a") == [("new", "a", *READERS)]
    assert _seen([], [_exhibit(age=40)], fresh="a") == [("new", "a", "NetNewsWire", "Miniflux", "FreshRSS")]
    assert _seen([], [_exhibit(age=200)], fresh="a") == [("new", "a", "Miniflux", "FreshRSS")]


def test_a_change_is_quiet_but_for_a_young_text_that_grows() -> None:
    old = _exhibit(mark="1", size=100)
    assert _seen([old], [old], living="a") == []
    assert _seen([old], [_exhibit(mark="2", size=150)], living="a") == [("quietly updated", "a")]
    assert _seen([old], [_exhibit(mark="2", size=151)], living="a") == [("visibly updated", "a", "Feedbin")]
    old = _exhibit(mark="1", size=100, age=8)
    assert _seen([old], [_exhibit(mark="2", size=900, age=8)], living="a") == [("quietly updated", "a")]


def test_a_date_that_changes_is_told() -> None:
    assert _seen([_exhibit()], [_exhibit(age=1)], living="a") == [
        ("re-dated", "a", "NetNewsWire", "FreshRSS", "Feedbin")
    ]


def test_an_old_entry_that_comes_back_is_new_where_it_was_forgotten() -> None:
    assert _seen([], [_exhibit(age=20)]) == [("back", "a")]
    assert _seen([], [_exhibit(age=40)]) == [("resurfaced", "a", "NetNewsWire")]
    assert _seen([], [_exhibit(age=200)]) == [("back", "a")]


@pytest.mark.parametrize("same", [{"link": "https://e.org/1"}, {"title": "The same"}])
def test_an_entry_with_another_id_is_an_old_one_that_looks_new(same: dict[str, str]) -> None:
    found = _seen([_exhibit("a", **same)], [_exhibit("b", **same)], fresh="b")
    assert found == [("resurfaced", "b", *READERS), ("withdrawn", "a")]


def test_two_entries_with_one_id_become_one() -> None:
    assert [seen[0] for seen in _seen([], [_exhibit(), _exhibit(title="Other")], fresh="a")] == ["collapsed"] * 2


def test_what_newer_entries_push_out_is_not_withdrawn() -> None:
    assert _seen([_exhibit("a")], [_exhibit("b")], fresh="b", living="a") == [("new", "b", *READERS)]


# ── the guard ───────────────────────────────────────────────────────────────────────────────────


def _old_articles(project: Project, count: int = 60) -> None:
    project.settings(site=SITE, feeds={"limit": 5, "days": 0, "by": []})
    for number in range(count):
        project.write(f"{number:02}.txt", published=NOW - timedelta(days=40 + number))
    project.build()
    project.now += timedelta(days=1)


def test_a_build_in_which_many_old_articles_changed_at_once_is_refused(project: Project) -> None:
    _old_articles(project)
    before = project.outputs()
    for number in range(30, 41):
        project.write(f"{number:02}.txt", text=prose(f"other {number}"), published=NOW - timedelta(days=40 + number))
    plan = project.plan()
    assert [problem.code for problem in plan.outcome.problems] == ["flood"]
    with pytest.raises(Flood, match="11 old entries would look new in NetNewsWire"):
        project.build()
    assert project.outputs() == before
    assert project.run("build", SOURCE_DATE_EPOCH=f"{project.now.timestamp():.0f}").returncode == 3
    project.build(resurfaced=True)
    assert project.outputs() != before


def test_changes_that_are_stated_to_be_none_are_no_flood(project: Project) -> None:
    _old_articles(project)
    for number in range(30, 41):
        project.write(
            f"{number:02}.txt",
            text=prose(f"other {number}"),
            published=NOW - timedelta(days=40 + number),
            significant=False,
        )
    head = project.guids()
    project.build()
    assert project.guids() == head


def test_a_foreign_ledger_is_not_let_loose_on_subscribers(project: Project) -> None:
    """The ids are made anew, and those that were published can't be taken back: the feeds are not in JSON."""
    project.settings(site=SITE, feeds={"formats": ["rss"], "by": []})
    for number in range(12):
        project.write(f"{number}.txt", published=NOW - timedelta(days=number))
    project.build()
    other = project.root / "other.sqlite3"
    project.settings(site={**SITE, "id": "2d6f0a52-6c1e-4a7e-9d55-3b0c1f8a7e21"}, feeds={"formats": ["rss"], "by": []})
    done = project.run("build", "--ledger", str(other), SOURCE_DATE_EPOCH=f"{project.now.timestamp():.0f}")
    assert done.returncode == 3
    assert "12 old entries would look new" in done.stderr


def test_old_stock_goes_to_the_archive_and_not_into_the_feed(project: Project) -> None:
    _old_articles(project, 6)
    head = project.guids()
    for number in range(100, 130):
        project.write(f"{number}.txt", published=NOW - timedelta(days=number))
    project.build()
    assert project.guids() == head
    archived = json.loads((project.feeds / "archive/0001.json").read_bytes())["items"]
    assert len(archived) == 25


def test_a_late_article_is_seen_under_its_own_date(project: Project) -> None:
    _old_articles(project, 30)
    project.write("late.txt", title="The late one opens in the harbour", published=NOW - timedelta(days=300))
    project.build()
    (late,) = [item for item in project.items() if item["title"] == "The late one opens in the harbour"]
    assert late["date_published"] == f"{NOW - timedelta(days=300):%Y-%m-%dT%H:%M:%SZ}"
    assert project.items()[-1] == late


# ── corrections ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "moves"),
    [
        ("reopened on Tuesday", "reopened on Monday", False),
        ("reopened on Tuesday", "reopened on Monday, after a storm of four long and very cold days in May", True),
    ],
)
def test_a_small_correction_is_published_and_moves_no_date(project: Project, old: str, new: str, moves: bool) -> None:
    text = f"{prose('x')} The ferry {old} with a new captain aboard."
    project.write("a.txt", text=text)
    project.build()
    project.now += timedelta(hours=1)
    project.write("a.txt", text=text.replace(old, new))
    project.build()
    (item,) = project.items()
    assert new in item["content_html"]
    assert (item["date_modified"] != item["date_published"]) is moves


@pytest.mark.parametrize("significant", [True, False])
def test_the_operator_says_what_is_significant(project: Project, significant: bool) -> None:
    project.write("a.txt", text=prose("x") + " It rained.")
    project.build()
    project.now += timedelta(hours=1)
    text = prose("x") + " It snowed." if significant else prose("all of it anew")
    project.write("a.txt", text=text, significant=significant)
    project.build()
    (item,) = project.items()
    assert (item["date_modified"] != item["date_published"]) is significant
