"""A disk that is full or may not be written fails the build in a sentence, and the last good feeds stand."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from conftest import NOW, Project, is_feed
from crash import saboteur
from crash.saboteur import Harm
from feedpub import write

FULL = "No space left on device"
BROKEN = "Input/output error"
FAILURES: dict[str, tuple[Harm, str]] = {
    "no room for a first byte": (saboteur.fails(os, "write", errno.ENOSPC), FULL),
    "no room for a third file": (saboteur.fails(os, "write", errno.ENOSPC, after=2), FULL),
    "no file may be made": (saboteur.fails(os, "open", errno.EACCES), "Permission denied"),
    "a file system that became read-only": (saboteur.fails(os, "open", errno.EROFS, after=1), "Read-only file system"),
    "no folder may be made": (saboteur.fails(os, "mkdir", errno.EACCES), "Permission denied"),
    "no file may be renamed": (saboteur.fails(os, "replace", errno.EACCES), "Permission denied"),
    "the third file can't be renamed": (saboteur.fails(os, "replace", errno.EPERM, after=2), "Operation not permitted"),
    "what was written can't be made durable": (saboteur.fails(write, "_sync_file_system", errno.EIO), BROKEN),
    "files may not be that long": (saboteur.finds_no_file_longer_than(200), "disk"),
    "no room for the ledger": (saboteur.finds_no_room_in_the_ledger, "full"),
}


def _articles(project: Project, *numbers: int) -> None:
    for number in numbers:
        project.write(f"{number}.txt", published=NOW, categories=["World", "Sport", f"Topic {number}"])


@pytest.mark.parametrize(("harm", "reason"), FAILURES.values(), ids=FAILURES)
def test_a_failing_disk_leaves_the_last_good_feeds_and_the_next_build_heals(
    project: Project, tmp_path: Path, harm: Harm, reason: str
) -> None:
    _articles(project, 1)
    project.build()
    yesterday = project.outputs()
    _articles(project, 2, 3, 4, 5, 6, 7, 8, 9)
    ended = saboteur.run(project, "build", harm=harm)
    assert ended.status == 4, ended.said
    assert reason in ended.said
    assert str(project.root) in ended.said
    assert "Traceback" not in ended.said
    left = project.outputs()
    assert not [path for path in left if saboteur.STAGED in path]
    assert set(yesterday) <= set(left)
    project.build()
    healed = project.outputs()
    assert all(data in (yesterday.get(path), healed[path]) for path, data in left.items())
    assert len(list(filter(is_feed, healed))) == 3 * 12 + 1  # the list of feeds
    assert project.build().written == ()


def test_a_file_that_cant_be_made_durable_is_not_shown(project: Project) -> None:
    project.settings(site={"pages": "none"})  # then few files are written, and synced one by one
    project.write("1.txt", published=NOW)
    project.build()
    before = project.outputs()
    project.write("2.txt", published=NOW)
    ended = saboteur.run(project, "build", harm=saboteur.fails(os, "fsync", errno.EIO))
    assert ended.status == 4, ended.said
    assert BROKEN in ended.said
    assert project.outputs() == before
    assert len(list(filter(is_feed, project.build().written))) == 3


def test_a_disk_that_is_full_at_the_first_build_leaves_nothing_that_stands_in_the_way(project: Project) -> None:
    _articles(project, 1)
    ended = saboteur.run(project, "build", harm=saboteur.finds_no_file_longer_than(200))
    assert ended.status == 4, ended.said
    assert "Traceback" not in ended.said
    assert project.outputs() == {}
    project.build()
    assert len(project.items()) == 1


def test_a_published_file_that_cant_be_removed_fails_the_prune_in_a_sentence(project: Project) -> None:
    _articles(project, 1, 2, 3)
    project.build()
    project.delete("1.txt")
    project.build()
    ended = saboteur.run(project, "build", "--prune", harm=saboteur.fails(os, "unlink", errno.EACCES))
    assert ended.status == 4, ended.said
    assert "category/topic-1" in ended.said
    assert "Traceback" not in ended.said
    assert "category/topic-1/feed.rss" in project.build(prune=True).pruned


def test_an_output_folder_that_cant_be_looked_into_fails_in_a_sentence(project: Project) -> None:
    _articles(project, 1)
    project.build()
    ended = saboteur.run(project, "build", harm=saboteur.fails(os, "lstat", errno.EACCES))
    assert ended.status == 4, ended.said
    assert "Permission denied" in ended.said
    assert "Traceback" not in ended.said
