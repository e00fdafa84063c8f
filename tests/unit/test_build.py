"""The main job, as its operator sees it: what is published, what is left alone, what is refused."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from conftest import NOW, SITE_ID, Project, is_feed, prose
from feedpub import write
from feedpub.errors import EmptySource, ForeignFile, GuardError, Shrink


def test_a_folder_of_articles_becomes_feeds_for_the_site_and_each_category(project: Project) -> None:
    project.write("a.txt", categories=["World News"])
    project.write("b.txt", categories=["Sport", "World News"])
    project.build()
    assert set(filter(is_feed, project.outputs())) == {
        f"{folder}feed.{kind}"
        for folder in ("", "category/world-news/", "category/sport/")
        for kind in ("atom", "rss", "json")
    } | {"feeds.opml"}
    assert len(project.items()) == 2
    assert len(project.items("category/world-news")) == 2
    assert len(project.items("category/sport")) == 1


def test_a_build_with_nothing_new_writes_nothing(project: Project) -> None:
    project.write("a.txt")
    project.age()
    project.build()
    before = project.stamps()
    outcome = project.build()
    assert project.stamps() == before
    assert outcome.written == ()
    assert outcome.tally == {}


def test_a_feed_that_someone_altered_is_restored_though_its_size_and_time_are_the_same(project: Project) -> None:
    project.write("a.txt")
    project.build()
    before = project.outputs()
    for path in ("feed.rss", "index.html"):
        file = project.feeds / path
        there = file.stat()
        file.write_bytes(before[path].replace(b"harbour", b"HARBOUR"))
        os.utime(file, ns=(there.st_atime_ns, there.st_mtime_ns))
        assert file.stat().st_size == there.st_size
    assert sorted(project.build().written) == ["feed.rss", "index.html"]
    assert project.outputs() == before


def test_a_feed_that_was_only_touched_is_compared_once_and_not_written(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("a.txt")
    project.build()
    (project.feeds / "feed.rss").chmod(0o640)
    os.utime(project.feeds / "feed.atom")
    compared: list[str] = []
    real = write.digest_of
    monkeypatch.setattr(write, "digest_of", lambda folder, path: (compared.append(path), real(folder, path))[1])
    assert project.build().written == ()
    assert sorted(compared) == ["feed.atom", "feed.rss"]
    project.build()
    assert len(compared) == 2


def test_an_unchanged_file_is_not_opened(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("a.txt")
    project.write("b.txt")
    project.age()
    project.build()
    project.write("b.txt", text=prose("another"))
    opened: list[str] = []
    real = os.open
    monkeypatch.setattr(
        os, "open", lambda path, *rest, **more: (opened.append(str(path)), real(path, *rest, **more))[1]
    )
    project.build()
    assert {Path(path).name for path in opened if "seeds" in path} == {"b.txt", "b.txt.meta.toml"}


def test_a_file_that_may_still_change_within_its_clock_tick_is_read_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = project.write("a.txt", title="First title of the harbour")
    stamp = file.stat().st_mtime_ns
    with monkeypatch.context() as patched:
        patched.setattr(time, "time_ns", lambda: stamp + 1_000_000)
        project.build()
    text = file.read_text().replace("First", "Other")
    file.write_text(text)
    os.utime(file, ns=(stamp, stamp))
    project.build()
    assert list(project.guids()) == ["Other title of the harbour"]


def test_one_new_article_changes_its_own_feeds_and_no_others(project: Project) -> None:
    project.write("a.txt", categories=["World"])
    project.write("b.txt", categories=["Sport"])
    project.build()
    before = project.outputs()
    project.write("c.txt", categories=["Sport"])
    outcome = project.build()
    assert {path for path, data in project.outputs().items() if before.get(path) != data} == set(outcome.written)
    assert {Path(path).parent.as_posix() for path in filter(is_feed, outcome.written)} == {".", "category/sport"}


def test_newest_come_first_and_the_window_is_full(project: Project) -> None:
    project.settings(site={"url": "https://example.org/"}, feeds={"limit": 3, "days": 0, "archive": False})
    for day in range(1, 7):
        project.write(f"{day}.txt", published=NOW - timedelta(days=day))
    project.build()
    dates = [item["date_published"] for item in project.items()]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 3


def test_nothing_younger_than_the_days_is_left_out(project: Project) -> None:
    project.settings(site={"url": "https://example.org/"}, feeds={"limit": 1, "days": 3, "archive": False})
    for day in range(1, 7):
        project.write(f"{day}.txt", published=NOW - timedelta(days=day))
    project.build()
    assert len(project.items()) == 4


def test_a_withdrawn_article_leaves_the_feeds_and_comes_back_as_it_was(project: Project) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        project.write(name)
    project.build()
    before = {item["id"]: item for item in project.items()}
    text = (project.seeds / "a.txt").read_text()
    project.delete("a.txt")
    assert project.build().tally["withdrawn"] == 1
    assert len(project.items()) == 2
    project.now += timedelta(days=3)
    (project.seeds / "a.txt").write_text(text)
    project.state("a.txt", published=NOW - timedelta(hours=1))
    assert project.build().tally["returned"] == 1
    assert {item["id"]: item for item in project.items()} == before


def test_a_category_that_runs_empty_keeps_its_feed_until_it_is_pruned(project: Project) -> None:
    project.write("a.txt", categories=["Sport"])
    project.write("b.txt", categories=["World"])
    project.build()
    project.delete("a.txt")
    project.build()
    assert project.items("category/sport") == []
    outcome = project.build(prune=True)
    assert "category/sport/feed.atom" in outcome.pruned
    assert not (project.feeds / "category/sport").exists()
    assert (project.feeds / "category/world/feed.atom").exists()
    assert project.build().written == ()


def test_an_article_that_turns_bad_keeps_its_last_good_entry(project: Project) -> None:
    project.write("a.txt")
    project.build()
    before = project.outputs()
    (project.seeds / "a.txt").write_bytes(b"")
    outcome = project.build()
    assert project.outputs() == before
    assert outcome.standing["aside"] == 1
    assert outcome.problems


def test_a_problem_is_said_once(project: Project) -> None:
    project.write("good.txt")
    (project.seeds / "bad.txt").write_bytes(b"")
    assert [problem.where for problem in project.build().problems] == [str(project.seeds / "bad.txt")]
    os.utime(project.seeds / "bad.txt")
    again = project.build()
    assert again.problems == ()
    assert again.standing["aside"] == 1


def test_a_broken_sidecar_sets_its_article_aside_and_names_the_line(project: Project) -> None:
    project.write("good.txt")
    project.write("bad.txt")
    (project.seeds / "bad.txt.meta.toml").write_text('title = "x"\npublishd = 2025-01-01\n')
    (problem,) = project.build().problems
    assert problem.code == "bad-sidecar"
    assert problem.where.endswith("bad.txt.meta.toml")
    assert "line 2" in problem.message
    assert "`published`" in problem.message
    assert len(project.items()) == 1


def test_a_changed_sidecar_is_noticed(project: Project) -> None:
    project.write("a.txt", title="As printed in the harbour")
    project.age()
    project.build()
    project.state("a.txt", title="As the editor states it", captured=NOW)
    project.build()
    assert list(project.guids()) == ["As the editor states it"]


def test_a_folders_defaults_hold_below_it_and_a_files_own_sidecar_wins(project: Project) -> None:
    project.write("sport/a.txt")
    project.write("sport/b.txt", categories=["World"])
    (project.seeds / "sport" / "_defaults.meta.toml").write_text('category = "Sport"\n')
    project.build()
    assert len(project.items("category/sport")) == 1
    assert len(project.items("category/world")) == 1


def test_a_future_article_waits_until_it_is_due(project: Project) -> None:
    project.write("now.txt")
    project.write("later.txt", published=NOW + timedelta(days=2))
    project.age()
    project.build()
    assert len(project.items()) == 1
    project.now = NOW + timedelta(days=3)
    outcome = project.build()
    assert outcome.tally == {"released": 1}
    assert len(project.items()) == 2
    assert project.items()[0]["date_published"] == "2025-06-03T12:00:00Z"


def test_an_embargo_may_be_moved_before_it_ends_and_never_after(project: Project) -> None:
    project.write("later.txt", published=NOW + timedelta(days=2))
    project.build()
    project.state("later.txt", published=NOW - timedelta(days=1), captured=NOW)
    project.build()
    (item,) = project.items()
    assert item["date_published"] == "2025-05-31T12:00:00Z"
    project.state("later.txt", published=NOW - timedelta(days=9), captured=NOW)
    project.build()
    assert project.items()[0]["date_published"] == "2025-05-31T12:00:00Z"


def test_what_had_expired_when_it_was_first_seen_is_as_new_when_it_no_longer_has(project: Project) -> None:
    project.write("a.txt")
    project.write("b.txt", published=NOW - timedelta(days=3), expires=NOW - timedelta(days=1))
    project.build()
    project.state("b.txt", published=NOW + timedelta(days=2))
    project.build()
    assert len(project.items()) == 1
    project.now += timedelta(days=3)
    assert project.build().tally["released"] == 1
    assert project.items()[0]["date_published"] == "2025-06-03T12:00:00Z"


def test_what_was_taken_away_while_it_waited_may_come_back_with_another_date(project: Project) -> None:
    project.write("a.txt")
    project.write("b.txt", published=NOW + timedelta(days=1))
    project.build()
    project.delete("b.txt")
    project.now += timedelta(days=2)
    project.build()
    project.write("b.txt", published=NOW + timedelta(days=5))
    project.build()
    assert len(project.items()) == 1


def test_what_expires_while_it_waits_is_never_published(project: Project) -> None:
    project.write("a.txt")
    project.write("b.txt", published=NOW + timedelta(days=1), expires=NOW + timedelta(days=2))
    project.build()
    project.now += timedelta(days=3)
    assert {"released", "expired"}.isdisjoint(project.build().tally)
    assert len(project.items()) == 1


def test_a_draft_is_never_published_and_an_expired_article_leaves(project: Project) -> None:
    project.write("good.txt")
    project.write("draft.txt", draft=True)
    project.write("short.txt", expires=NOW + timedelta(days=1))
    project.build()
    assert len(project.items()) == 2
    project.now += timedelta(days=2)
    project.build()
    assert len(project.items()) == 1


def test_the_same_article_twice_is_published_once(project: Project) -> None:
    project.write("a.txt", title="One story of the harbour", text=prose("same"))
    project.write("b.txt", title="One story of the harbour", text=prose("same"))
    outcome = project.build()
    assert len(project.items()) == 1
    assert [problem.code for problem in outcome.problems] == ["duplicate"]
    before = project.outputs()
    project.delete("a.txt")
    project.build()
    assert project.outputs() == before


def test_a_copy_that_took_over_is_known_by_its_own_path(project: Project) -> None:
    project.write("a.txt", title="One story of the harbour", text=prose("same"))
    project.write("b.txt", title="One story of the harbour", text=prose("same"))
    project.build()
    before = project.guids()
    project.delete("a.txt")
    project.build()
    project.write("b.txt", title="One story of the harbour", text=prose("same") + "\n\n" + prose("more"))
    project.build()
    assert project.guids() == before


# ── guards ──────────────────────────────────────────────────────────────────────────────────────


def test_a_missing_source_is_refused_and_nothing_is_touched(project: Project) -> None:
    project.seeds.rmdir()
    with pytest.raises(EmptySource) as refused:
        project.build()
    assert refused.value.status == 3
    assert {file.name for file in project.root.iterdir()} == {"feedpub.toml"}


def test_an_empty_source_is_refused_and_nothing_is_touched(project: Project) -> None:
    with pytest.raises(EmptySource):
        project.build()
    assert {file.name for file in project.root.iterdir()} == {"feedpub.toml", "seeds"}


def test_a_source_that_ran_empty_leaves_the_last_good_feeds(project: Project) -> None:
    project.write("a.txt")
    project.age()
    project.build()
    before = project.stamps()
    project.delete("a.txt")
    with pytest.raises(EmptySource, match="no article"):
        project.build()
    assert project.stamps() == before
    project.build(empty=True)
    assert project.items() == []


def test_a_shrink_is_refused_with_its_override_and_nothing_is_touched(project: Project) -> None:
    for number in range(10):
        project.write(f"{number}.txt")
    project.age()
    project.build()
    before = project.stamps()
    for number in range(3):
        project.delete(f"{number}.txt")
    with pytest.raises(Shrink) as refused:
        project.build()
    assert "3 of 10" in refused.value.message
    assert "--allow-shrink" in refused.value.hint
    assert project.stamps() == before
    project.build(shrink=True)
    assert len(project.items()) == 7


def test_a_foreign_file_where_a_feed_belongs_is_refused(project: Project) -> None:
    project.write("a.txt")
    project.feeds.mkdir()
    (project.feeds / "feed.atom").write_text("<feed>by hand</feed>")
    with pytest.raises(ForeignFile) as refused:
        project.build()
    assert "feed.atom" in refused.value.message
    assert (project.feeds / "feed.atom").read_text() == "<feed>by hand</feed>"
    assert not project.ledger.exists()
    assert not (project.feeds / "feed.rss").exists()
    project.build(foreign=True)
    assert len(project.items()) == 1


def test_a_link_in_the_output_folder_is_not_written_through(project: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    project.write("a.txt", categories=["Sport"])
    project.feeds.mkdir()
    (project.feeds / "category").symlink_to(elsewhere)
    with pytest.raises(GuardError):
        project.build()
    assert list(elsewhere.iterdir()) == []


def test_foreign_files_in_the_output_folder_are_left_alone(project: Project) -> None:
    project.write("a.txt", categories=["Sport"])
    project.feeds.mkdir()
    (project.feeds / "index.html").write_text("mine")
    project.build()
    project.delete("a.txt")
    project.write("b.txt")
    project.build(prune=True, shrink=True)
    assert (project.feeds / "index.html").read_text() == "mine"


def test_links_pipes_and_devices_in_the_source_are_not_followed(project: Project, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(f"Secret title of the harbour\n\n{prose('secret')}\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside.txt").write_text(f"Inside title of the harbour\n\n{prose('inside')}\n")
    project.write("good.txt")
    (project.seeds / "link.txt").symlink_to(secret)
    (project.seeds / "linked").symlink_to(tmp_path / "folder")
    os.mkfifo(project.seeds / "pipe.txt")
    outcome = project.build()
    assert len(project.items()) == 1
    assert {problem.code for problem in outcome.problems} == {"not-a-regular-file"}


def test_a_folder_that_cant_be_listed_is_not_a_folder_that_is_gone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("a.txt")
    project.write("below/b.txt")
    project.build()
    before = project.outputs()
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).rstrip("/").endswith("below"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    outcome = project.build()
    assert project.outputs() == before
    assert [problem.code for problem in outcome.problems] == ["unlisted-folder"]


def test_an_output_that_was_removed_or_changed_by_hand_is_made_again(project: Project) -> None:
    project.write("a.txt", categories=["Sport"])
    project.build()
    before = project.outputs()
    (project.feeds / "category/sport/feed.rss").unlink()
    (project.feeds / "feed.atom").write_text("broken")
    project.build()
    assert project.outputs() == before


# ── what stays ──────────────────────────────────────────────────────────────────────────────────


def test_new_settings_make_the_feeds_again_and_keep_every_guid(project: Project) -> None:
    project.write("a.txt")
    project.build()
    before = project.guids()
    site = {"title": "Evening Wire", "url": "https://other.example/", "id": SITE_ID}
    project.settings(site=site, feeds={"content": "summary"})
    project.build()
    assert project.guids() == before
    assert b"Evening Wire" in project.outputs()["feed.atom"]


def test_a_lost_ledger_is_taken_back_from_the_published_feeds(project: Project) -> None:
    project.write("a.txt", published=NOW - timedelta(days=4))
    project.write("b.txt")
    project.build()
    project.move("a.txt", "moved.txt")
    project.build()
    before = project.outputs()
    project.ledger.unlink()
    project.now += timedelta(days=30)
    outcome = project.build()
    assert outcome.taken_back == 2
    assert project.outputs() == before


@pytest.mark.parametrize("is_known", [True, False], ids=["a feed of ours", "something new"])
def test_a_pipe_where_a_feed_has_to_go_stops_the_build_and_is_not_waited_for(project: Project, is_known: bool) -> None:
    project.write("a.txt")
    if is_known:
        project.build()
        (project.feeds / "feed.rss").unlink()
    project.feeds.mkdir(exist_ok=True)
    os.mkfifo(project.feeds / "feed.rss")
    with pytest.raises(ForeignFile, match="not a file of ours"):
        project.build()
    if is_known:
        assert project.run("ledger", "verify").returncode == 1
    (project.feeds / "feed.rss").unlink()
    assert "feed.rss" in project.build().written
