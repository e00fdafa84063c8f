"""The same story in several files: published once, whatever the order, and never taken from those who read it."""

from __future__ import annotations

import itertools
import json
import os
from datetime import timedelta

import pytest

from conftest import NOW, Project, prose
from feedpub.sources import finding

STORY = prose("the ferry")
EDITED = STORY.replace("harbour", "port").replace("market", "fair")
LONGER = STORY + "\n\n" + prose("what happened then", 3)
OTHER = prose("the bridge")
HOUR = timedelta(hours=1)
STORIES = 8  # that many files tell, each


def _set(project: Project, **duplicates: object) -> None:
    site = {"title": "Morning Wire", "url": "https://example.org/news/", "id": "1c5f0a52-6c1e-4a7e-9d55-3b0c1f8a7e21"}
    project.settings(site=site, duplicates=duplicates)


def _titles(project: Project) -> set[str]:
    return {item["title"] for item in project.items()}


def _codes(problems: tuple[object, ...]) -> list[str]:
    return [problem.code for problem in problems]  # type: ignore[attr-defined]


# ── near copies ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("copy", [STORY, EDITED, LONGER, STORY[: len(STORY) * 2 // 3]])
def test_a_near_copy_under_another_headline_is_published_once(project: Project, copy: str) -> None:
    project.write("a.txt", text=STORY)
    project.write("b.txt", text=copy)
    project.write("c.txt", text=OTHER)
    outcome = project.build()
    assert len(project.items()) == 2
    assert _codes(outcome.problems) == ["duplicate"]
    assert (outcome.tally["new"], outcome.standing["duplicate"]) == (2, 1)
    assert project.build().problems == ()


def test_the_message_says_how_near(project: Project) -> None:
    project.write("a.txt", text=STORY)
    project.write("b.txt", text=EDITED)
    (problem,) = project.build().problems
    assert problem.message.endswith("% of the same text as seeds/a.txt, which stands for both")
    assert "distinct = true` in b.txt.meta.toml" in problem.hint


def test_a_near_copy_that_comes_later_changes_nothing(project: Project) -> None:
    project.write("b.txt", text=STORY)
    project.build()
    before = project.outputs()
    project.now += HOUR
    project.write("a.txt", text=EDITED)
    assert _codes(project.build().problems) == ["duplicate"]
    assert project.outputs() == before


def test_the_same_title_over_another_text_is_another_story(project: Project) -> None:
    project.write("a.txt", title="Weather for Monday", text=STORY)
    project.write("b.txt", title="Weather for Monday", text=OTHER)
    project.build()
    assert len(project.items()) == 2


def test_articles_far_apart_in_time_or_in_other_languages_are_no_copies(project: Project) -> None:
    project.write("a.txt", text=STORY, language="en")
    project.write("b.txt", text=EDITED, published=NOW - timedelta(days=4))
    project.write("c.txt", text=LONGER, language="nb")
    project.build()
    assert len(project.items()) == 3


def test_what_was_published_stays_when_it_becomes_like_another(project: Project) -> None:
    project.write("a.txt", text=STORY)
    project.write("b.txt", text=OTHER)
    project.build()
    guids = project.guids()
    project.write("b.txt", text=EDITED)
    project.build()
    assert project.guids() == guids


def test_a_copy_that_is_rewritten_becomes_an_article(project: Project) -> None:
    project.write("a.txt", text=STORY)
    project.write("b.txt", text=EDITED)
    project.build()
    project.write("b.txt", text=OTHER)
    project.build()
    assert len(project.items()) == 2


def test_a_rewrite_of_the_story_updates_it_and_keeps_its_copies(project: Project) -> None:
    project.write("a.txt", text=STORY)
    project.write("b.txt", text=EDITED)
    project.build()
    (before,) = project.items()
    project.now += HOUR
    project.write("a.txt", text=LONGER)
    assert project.build().tally["updated"] == 1
    (after,) = project.items()
    assert after["id"] == before["id"]
    assert after["date_modified"] > before["date_published"]
    assert "what happened" not in before["content_html"]


def test_a_copy_takes_over_when_the_first_file_goes_and_keeps_its_id_when_edited(project: Project) -> None:
    project.write("a.txt", text=STORY)
    project.write("b.txt", text=EDITED)
    project.build()
    (first,) = project.items()
    project.delete("a.txt")
    project.build()
    (second,) = project.items()
    project.write("b.txt", text=EDITED + "\n\n" + prose("the end", 1))
    project.build()
    (third,) = project.items()
    assert {first["id"]} == {second["id"], third["id"]}
    assert {first["date_published"]} == {second["date_published"], third["date_published"]}
    assert _titles(project) == {"The b opens in the harbour"}


def test_a_file_that_is_moved_and_edited_keeps_its_id_and_its_date(project: Project) -> None:
    project.write("a.txt", text=STORY)
    project.write("anchor.txt")
    project.build()
    before = {(item["id"], item["date_published"]) for item in project.items()}
    project.delete("a.txt")
    project.now += HOUR
    project.write("b.txt", text=EDITED, published=NOW)
    outcome = project.build()
    assert outcome.problems == ()
    tally = outcome.tally
    assert (tally["new"], tally.get("withdrawn", 0), tally["moved"]) == (0, 0, 1)
    assert _titles(project) == {"The b opens in the harbour", "The anchor opens in the harbour"}
    assert {(item["id"], item["date_published"]) for item in project.items()} == before


def test_near_copies_stay_one_story_when_the_memory_was_text_for_a_while(project: Project) -> None:
    project.write("b.txt", text=STORY)
    project.build()
    project.write("a.txt", text=EDITED)
    project.build()
    before = project.outputs()
    project.run("ledger", "dump", "-o", "memory.txt")
    project.ledger.unlink()
    assert project.run("ledger", "load", "memory.txt").returncode == 0
    project.build()
    assert project.outputs() == before
    project.write("c.txt", text=LONGER)
    assert project.build().standing["duplicate"] == 2


def _write_stories(project: Project) -> None:
    for story, copy in itertools.product(range(STORIES), range(6)):
        text = f"{prose(f'story {story}')}\n\nIt was the report number {copy} of that day."
        project.write(f"{story}-{copy}.txt", title=f"Headline {copy} of the story {story}", text=text)


@pytest.mark.parametrize("is_touched", [False, True])
def test_copies_that_are_read_again_stay_copies_however_many_they_are(
    project: Project, monkeypatch: pytest.MonkeyPatch, is_touched: bool
) -> None:
    _write_stories(project)
    if not is_touched:
        monkeypatch.setattr(finding, "_settled", lambda mtime_ns: -1)
    project.build()
    guids, before = project.guids(), project.outputs()
    for _ in range(2):
        for file in project.seeds.iterdir() if is_touched else ():
            os.utime(file)
        assert project.build().problems == ()
        assert (project.guids(), project.outputs()) == (guids, before)
    assert len(guids) == STORIES


def test_of_many_copies_one_that_is_edited_stays_a_copy_and_a_later_one_is_known(project: Project) -> None:
    _write_stories(project)
    project.build()
    guids = project.guids()
    for story in range(STORIES):
        project.write(f"{story}-4.txt", title="Another headline", text=f"{prose(f'story {story}')}\n\nIt was edited.")
    project.build()
    for story in range(STORIES):
        project.write(
            f"{story}-new.txt", title="One of the next day", text=f"{prose(f'story {story}')}\n\nIt came later."
        )
    project.build()
    assert project.guids() == guids


def test_a_story_whose_file_is_overwritten_with_another_lives_on_in_its_copy(project: Project) -> None:
    project.write("a.txt", title="The ferry sails again", text=STORY)
    project.write("b.txt", title="A ferry sails", text=EDITED)
    project.build()
    (guid,) = project.guids().values()
    project.write("a.txt", title="The bridge is closed", text=OTHER)
    project.build()
    assert project.guids()["A ferry sails"] == guid
    assert len({*project.guids().values()}) == 2


@pytest.mark.parametrize(("title", "text"), [("The ferry sails again", STORY), ("A ferry sails", EDITED)])
def test_a_copy_that_is_put_over_another_article_is_a_copy_and_takes_no_id(
    project: Project, title: str, text: str
) -> None:
    project.write("a.txt", title="The bridge is closed", text=OTHER)
    project.write("b.txt", title="The ferry sails again", text=STORY)
    project.build()
    guids = project.guids()
    project.write("a.txt", title=title, text=text)
    project.build(shrink=True)
    assert project.guids() == {"The ferry sails again": guids["The ferry sails again"]}
    project.write("c.txt", title="The bridge is closed", text=OTHER)
    project.build()
    assert project.guids() == guids


def test_the_file_that_stood_for_a_story_stands_for_it_again_when_the_ledger_is_lost(project: Project) -> None:
    project.write("b.txt", title="The ferry sails again", text=STORY)
    project.write("d.txt", title="The bridge is closed", text=OTHER, id="bridge")
    project.build()
    project.write("a.txt", title="A copy", text=STORY)
    project.write("c.txt", title="A near copy", text=OTHER.replace("harbour", "port").replace("market", "fair"))
    project.build()
    before = project.outputs()
    project.ledger.unlink()
    project.build()
    assert project.outputs() == before


def test_a_copy_of_what_waits_for_its_time_is_published(project: Project) -> None:
    project.write("a.txt", text=STORY, published=NOW + HOUR)
    project.write("anchor.txt")
    project.build()
    project.delete("anchor.txt")
    project.write("b.txt", text=EDITED)
    assert project.build().problems == ()
    assert _titles(project) == {"The b opens in the harbour"}


def test_a_copy_leaves_no_channel_behind(project: Project) -> None:
    project.write("a.txt", text=STORY, category="Harbour")
    project.write("b.txt", text=EDITED, category="Wire")
    project.build()
    assert not (project.feeds / "category/wire").exists()
    project.delete("a.txt")
    project.build()
    assert [item["title"] for item in project.items("category/wire")] == ["The b opens in the harbour"]


def test_copies_are_known_when_the_ledger_is_lost(project: Project) -> None:
    project.write("b.txt", text=STORY)
    project.build()
    project.write("a.txt", text=EDITED)
    project.build()
    before = project.outputs()
    project.ledger.unlink()
    project.build()
    assert project.outputs() == before


def test_a_ledger_of_before_learns_the_texts_that_it_holds(project: Project) -> None:
    _set(project, near=False)
    project.write("a.txt", text=STORY)
    project.build()
    _set(project)
    project.write("b.txt", text=EDITED)
    assert _codes(project.build().problems) == ["duplicate"]


# ── order ────────────────────────────────────────────────────────────────────────────────────────

CHAIN = {  # each is a near copy of the next one, and no other
    "one": prose("alpha", 4) + "\n\n" + prose("beta", 4),
    "two": prose("beta", 4) + "\n\n" + prose("gamma", 4),
    "three": prose("beta", 4),
}


@pytest.mark.parametrize("keep", ["first", "newest", "longest"])
@pytest.mark.parametrize("names", list(itertools.permutations(["a.txt", "b.txt", "c.txt"])))
def test_the_names_of_files_decide_nothing(project: Project, keep: str, names: tuple[str, ...]) -> None:
    _set(project, keep=keep)
    texts = {"old": STORY, "new": EDITED, "long": LONGER}
    hours = {"old": 3, "new": 1, "long": 2}
    for name, title in zip(names, texts, strict=True):
        project.write(name, title=f"The {title} story of it", text=texts[title], published=NOW - hours[title] * HOUR)
    project.build()
    (item,) = project.items()
    kept = {"first": "old", "newest": "new", "longest": "long"}[keep]
    assert item["title"] == f"The {kept} story of it"
    assert item["date_published"] == (NOW - hours[kept] * HOUR).isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize("names", list(itertools.permutations(["a.txt", "b.txt", "c.txt"])))
@pytest.mark.parametrize("oldest", CHAIN)
def test_nor_do_they_where_a_copy_lies_between_two_stories(
    project: Project, names: tuple[str, ...], oldest: str
) -> None:
    for name, title in zip(names, CHAIN, strict=True):
        hours = 9 if title == oldest else len(title)
        project.write(name, title=f"The {title} story of it", text=CHAIN[title], published=NOW - hours * HOUR)
    project.build()
    kept = {"one": {"one", "two"}, "two": {"one", "two"}, "three": {"three"}}[oldest]
    assert _titles(project) == {f"The {title} story of it" for title in kept}


@pytest.mark.parametrize("keep", ["newest", "longest"])
def test_a_better_copy_that_comes_later_gives_the_story_its_text_but_neither_id_nor_date(
    project: Project, keep: str
) -> None:
    _set(project, keep=keep)
    project.write("b.txt", text=STORY, published=NOW - 3 * HOUR)
    project.build()
    (before,) = project.items()
    project.now += HOUR
    project.write("a.txt", text=LONGER, published=NOW - 2 * HOUR)
    outcome = project.build()
    (after,) = project.items()
    assert (after["id"], after["date_published"]) == (before["id"], before["date_published"])
    assert after["title"] == "The a opens in the harbour"
    assert after["date_modified"] == "2025-06-01T13:00:00Z"
    assert [(problem.code, problem.where[-5:]) for problem in outcome.problems] == [("duplicate", "b.txt")]
    assert project.build().written == ()


def test_two_copies_that_change_places_are_no_update(project: Project) -> None:
    _set(project, keep="longest")
    project.write("a.txt", title="The ferry sails again", text=LONGER)
    project.write("b.txt", title="A ferry sails", text=STORY)
    project.build()
    before = project.outputs()
    project.now += HOUR
    project.write("a.txt", title="A ferry sails", text=STORY)
    project.write("b.txt", title="The ferry sails again", text=LONGER)
    project.build()
    assert project.outputs() == before


def test_of_copies_word_for_word_the_earliest_gives_title_and_date(project: Project) -> None:
    project.write("a.txt", text=STORY, published=NOW - HOUR)
    project.write("b.txt", text=STORY, published=NOW - 2 * HOUR)
    outcome = project.build()
    (item,) = project.items()
    assert (item["title"], item["date_published"]) == ("The b opens in the harbour", "2025-06-01T10:00:00Z")
    assert outcome.tally["new"] == 1


# ── declared ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", [STORY, EDITED])
@pytest.mark.parametrize("declared", ["a.txt", "b.txt"])
@pytest.mark.parametrize("built_before", [False, True])
def test_a_pair_is_parted_by_declaring_either_distinct(
    project: Project, text: str, declared: str, built_before: bool
) -> None:
    project.write("a.txt", text=STORY)
    project.write("b.txt", text=text)
    if built_before:
        project.build()
        assert len(project.items()) == 1
    project.state(declared, published=NOW - HOUR, distinct=True)
    assert project.build().problems == ()
    assert len(project.items()) == 2


def test_different_stated_ids_part_near_copies(project: Project) -> None:
    project.write("a.txt", text=STORY, id="one")
    project.write("b.txt", text=EDITED, id="two")
    project.build()
    assert len(project.items()) == 2


@pytest.mark.parametrize("key", ["id", "url"])
def test_two_articles_with_one_name_by_mistake_are_two_when_either_is_mended(project: Project, key: str) -> None:
    name = "https://old.example/1"
    project.write("a.txt", text=STORY, **{key: name})
    project.write("b.txt", text=OTHER, **{key: name})
    project.build()
    guids = project.guids()
    assert len(guids) == 1
    project.state("a.txt", published=NOW - HOUR, **{key: f"{name}00"})
    assert project.build().problems == ()
    assert len(project.guids()) == 2
    assert guids.items() <= project.guids().items()


def test_off_publishes_every_file_and_the_next_build_obeys(project: Project) -> None:
    for name, text in (("a.txt", STORY), ("b.txt", STORY), ("c.txt", EDITED)):
        project.write(name, text=text)
    project.build()
    guids = set(project.guids().values())
    assert len(guids) == 1
    _set(project, keep="off")
    assert project.build().problems == ()
    assert len(project.items()) == 3
    assert guids < set(project.guids().values())


def test_without_near_only_the_same_text_is_a_duplicate(project: Project) -> None:
    _set(project, near=False)
    for name, text in (("a.txt", STORY), ("b.txt", STORY), ("c.txt", EDITED)):
        project.write(name, text=text)
    project.build()
    assert _titles(project) == {"The a opens in the harbour", "The c opens in the harbour"}


# ── inspect ──────────────────────────────────────────────────────────────────────────────────────


def test_inspect_shows_what_a_file_is_a_copy_of_and_what_is_recorded_with_an_entry(project: Project) -> None:
    project.write("a.txt", text=STORY)
    project.write("b.txt", text=EDITED)
    project.write("c.txt", text="\n\n".join((*STORY.split("\n\n")[:2], prose("elsewhere", 1))))
    project.build()
    assert "copy of     seeds/a.txt" in project.run("inspect", "seeds/b.txt").stdout
    first = json.loads(project.run("inspect", "--json", "seeds/a.txt").stdout)
    assert (first["copy_of"], first["copies"]) == (None, ["seeds/b.txt"])
    (related,) = first["related"]
    assert (related["path"], 0.2 <= related["shared"] < 0.6) == ("seeds/c.txt", True)
    shown = project.run("inspect", "seeds/a.txt").stdout
    assert "stands for  seeds/b.txt" in shown
    assert "related     seeds/c.txt (" in shown
