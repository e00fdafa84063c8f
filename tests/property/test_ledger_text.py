"""Whatever an operator did: the memory goes out as text and comes back the same, and the next build writes nothing."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings

from conftest import NOW, SITE_ID, Project, prose
from feedpub import upkeep
from feedpub.upkeep import dump, load
from property.test_identity import Operator  # type: ignore[import-not-found]

SITE = {"title": "Morning Wire", "url": "https://example.org/news/", "id": SITE_ID}
FEEDS = {"limit": 5, "days": 0, "archive": "all"}
TOPICS = ("World", "Sport", "Arts & Letters")


def assert_a_round_trip_changes_nothing(project: Project) -> None:
    """Take the memory out and in, then build: nothing is lost, nothing is written."""
    text = list(dump(project.made()))
    outputs, stamps = project.outputs(), {file: file.stat().st_mtime_ns for file in project.feeds.rglob("*.*")}
    kept = load(project.made(), [line.encode() for line in text], "the dump", replace=True).kept
    assert kept
    Path(kept).unlink()
    assert list(dump(project.made())) == text
    assert project.build(shrink=True).written == ()
    assert list(dump(project.made())) == text
    assert project.outputs() == outputs
    assert {file: file.stat().st_mtime_ns for file in project.feeds.rglob("*.*")} == stamps
    assert [findings for _, findings in upkeep.verify(project.made())] == [[]]


class Keeper(Operator):  # type: ignore[misc]
    """Does what an operator does, and takes the memory out and in after each of the last builds."""

    def teardown(self) -> None:
        if self.touched:
            self.project.now += timedelta(hours=7)
            self.project.build(shrink=True)
        assert_a_round_trip_changes_nothing(self.project)
        super().teardown()


Keeper.TestCase.settings = settings(Operator.TestCase.settings, max_examples=20)
test_memory = Keeper.TestCase


class Newsroom:
    """A site with archives, categories, embargoes, ends, drafts, copies and addresses, where anything may happen."""

    def __init__(self, project: Project, seed: int) -> None:
        self.project = project
        self.chance = Random(seed)
        self.names = [f"{number:03}.txt" for number in range(60)]
        self.gone: list[tuple[str, str]] = []
        project.settings(site=SITE, feeds=FEEDS)
        for number, name in enumerate(self.names):
            self.write(name, published=NOW - timedelta(days=200 - number))

    def write(self, name: str, **stated: object) -> None:
        stated.setdefault("published", NOW - timedelta(days=self.chance.randint(1, 300)))
        topics = self.chance.sample(TOPICS, self.chance.randint(0, 2))
        text = prose(f"{name} {self.chance.random()}")
        if self.chance.random() < 0.3:
            stated.setdefault("url", f"https://example.org/{name}")
        self.project.write(name, text=text, categories=topics, **stated)

    def happen(self) -> None:
        """Do one of the things that happen to articles."""
        names = sorted(file.name for file in self.project.seeds.glob("*.txt"))
        name = self.chance.choice(names)
        match self.chance.randrange(8):
            case 0:
                self.write(name)
            case 1:
                self.project.move(name, f"moved-{name}")
            case 2:
                self.gone.append((name, (self.project.seeds / name).read_text(encoding="utf-8")))
                self.project.delete(name)
            case 3 if self.gone:
                name, text = self.gone.pop()
                (self.project.seeds / name).write_text(text, encoding="utf-8")
            case 4:
                self.write(f"new-{self.chance.randrange(10**6)}.txt", published=NOW + timedelta(days=3))
            case 5:
                self.write(f"new-{self.chance.randrange(10**6)}.txt", expires=NOW + timedelta(days=5))
            case 6:
                text = (self.project.seeds / name).read_text(encoding="utf-8")
                (self.project.seeds / f"copy-of-{name}").write_text(text, encoding="utf-8")
            case _:
                self.project.state(name, draft=True)


@pytest.mark.parametrize("seed", range(8))
def test_a_site_with_archives_and_all_that_happens_to_it(project: Project, seed: int) -> None:
    newsroom = Newsroom(project, seed)
    project.build()
    for _ in range(4):
        for _ in range(6):
            newsroom.happen()
        project.now += timedelta(days=2)
        project.build(shrink=True)
        assert_a_round_trip_changes_nothing(project)


def test_a_memory_without_anything_goes_out_and_in() -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        project.build(empty=True)
        assert_empty = list(dump(project.made()))
        assert [line for line in assert_empty if '"entry"' in line] == []
        load(project.made(), [line.encode() for line in assert_empty], "the dump", replace=True)
        assert list(dump(project.made())) == assert_empty
