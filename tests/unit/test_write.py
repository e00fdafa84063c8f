"""The output folder: whole files, in order, with a bounded number of syncs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW, Project
from feedpub import ledger, write
from feedpub.model import Artefact


def _artefact(path: str, data: bytes = b"<feed/>") -> Artefact:
    return Artefact(path, "application/xml", data)


class Recorder:
    """Notes in which order durable things happen; they happen all the same."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps: list[tuple[str, Any]] = []
        for owner, name in (
            (os, "fsync"),
            (os, "replace"),
            (os, "unlink"),
            (write, "_sync_file_system"),
            (ledger.Ledger, "commit"),
        ):
            monkeypatch.setattr(owner, name, self._noted(name.strip("_"), getattr(owner, name)))

    def _noted(self, name: str, real: Any) -> Any:
        def step(*arguments: Any, **options: Any) -> Any:
            what = arguments[0] if arguments else None
            place = os.readlink(f"/proc/self/fd/{what}") if isinstance(what, int) else what
            self.steps.append((name, place))
            return real(*arguments, **options)

        return step

    def names(self) -> list[str]:
        return [name for name, _ in self.steps]


@pytest.mark.parametrize("count", [3, 300])
def test_the_number_of_syncs_does_not_grow_with_the_number_of_files(
    project: Project, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    project.write("a.txt", published=NOW)
    for number in range(count // 3 - 1):
        project.write(f"{number}.txt", published=NOW, categories=[f"Topic {number}"])
    recorder = Recorder(monkeypatch)
    project.build()
    names = recorder.names()
    assert names.count("replace") == len(project.outputs()) > count
    assert names.count("fsync") + names.count("sync_file_system") <= 10


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="asks /proc which file is synced")
@pytest.mark.parametrize("categories", [["World"], [f"Topic {number}" for number in range(9)]], ids=["few", "many"])
def test_a_build_remembers_then_makes_durable_then_shows_then_ticks_off(
    project: Project, monkeypatch: pytest.MonkeyPatch, categories: list[str]
) -> None:
    project.settings(site={"title": "Morning Wire", "url": "https://example.org/", "pages": "none"})
    project.write("a.txt", published=NOW, categories=categories)
    recorder = Recorder(monkeypatch)
    project.build()
    order = [name for name, _ in recorder.steps if name != "unlink"]
    kinds = [name for name, before in zip(order, [None, *order], strict=False) if name != before]
    sync = "fsync" if len(categories) == 1 else "sync_file_system"
    assert kinds == ["commit", sync, "replace", sync, "commit"]
    places = [str(place) for name, place in recorder.steps if name == sync]
    assert places[0].endswith(".feedpub-new")
    assert str(project.feeds) in places
    if sync == "fsync":
        assert {str(project.root), str(project.feeds / "category"), str(project.feeds / "category/world")} <= {*places}


def test_files_become_visible_in_the_order_in_which_they_were_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder(monkeypatch)
    with write.Stage(str(tmp_path)) as stage:
        for path in ("z/feed.atom", "a/feed.atom", "feed.atom"):
            stage.add(_artefact(path))
        stage.publish()
    shown = [os.path.relpath(place, tmp_path) for name, place in recorder.steps if name == "replace"]
    assert shown == ["z/feed.atom.feedpub-new", "a/feed.atom.feedpub-new", "feed.atom.feedpub-new"]


def test_what_was_staged_and_not_published_is_removed(tmp_path: Path) -> None:
    with write.Stage(str(tmp_path)) as stage:
        stage.add(_artefact("a/feed.atom"))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_published_file_has_the_mode_that_the_users_umask_gives(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with write.Stage(str(tmp_path)) as stage:
            stage.add(_artefact("feed.atom"))
            stage.publish()
    finally:
        os.umask(before)
    assert (tmp_path / "feed.atom").stat().st_mode & 0o777 == 0o640


def test_a_file_that_others_have_open_stays_as_they_know_it(tmp_path: Path) -> None:
    for data in (b"old", b"new"):
        with write.Stage(str(tmp_path)) as stage:
            stage.add(_artefact("feed.atom", data))
            if data == b"new":
                reader = (tmp_path / "feed.atom").open("rb")
            stage.publish()
    with reader:
        assert reader.read() == b"old"
    assert (tmp_path / "feed.atom").read_bytes() == b"new"


def test_removing_files_removes_the_folders_that_they_leave_empty_and_no_others(tmp_path: Path) -> None:
    for path in ("a/b/feed.atom", "a/feed.atom", "c/feed.atom", "c/mine.txt"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    write.remove(str(tmp_path), ["a/b/feed.atom", "c/feed.atom", "gone/feed.atom"])
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")} == {"a", "a/feed.atom", "c", "c/mine.txt"}


def test_a_file_is_looked_at_without_following_links(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("x")
    (tmp_path / "feed.atom").symlink_to(tmp_path / "real")
    assert write.look(str(tmp_path), "feed.atom") is None
    assert write.digest_of(str(tmp_path), "feed.atom") is None
    assert write.look(str(tmp_path), "real/below") is None
    assert write.look(str(tmp_path), "real") is not None
