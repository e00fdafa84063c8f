"""An id is for ever: whatever an operator does between two builds, an article keeps its guid and its date."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from conftest import NOW, Project, prose

NAMES = st.sampled_from(["one.txt", "two.txt", "a/one.txt", "a/zero.txt", "b/two.txt"])


class Operator(RuleBasedStateMachine):
    """Adds, edits, moves, swaps, deletes and restores articles, builds now and then, and remembers what it saw."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.project = Project(self.root)
        self.numbers = itertools.count(1)
        self.articles: dict[str, int] = {}  # file name → which article lies there
        self.texts: dict[int, tuple[str, str]] = {}
        self.deleted: dict[int, str] = {}
        self.seen: dict[int, tuple[str, str]] = {}  # article → guid and date, once published
        self.touched: set[int] = set()  # changed since the last build: one change at a time, else nobody could tell
        self.vacated: set[str] = set()
        self.built = False

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    def _put(self, name: str, article: int) -> None:
        title, text = self.texts[article]
        self.project.write(name, title=title, text=text)
        self.articles[name] = article
        self.touched.add(article)

    @initialize()
    def two_anchors(self) -> None:
        """Two articles that nobody touches, so that the source is never empty, and three that may be."""
        for name in ("anchor/one.txt", "anchor/two.txt", "one.txt", "two.txt", "b/two.txt"):
            self._new(name)
        self.build()

    def _new(self, name: str) -> None:
        number = next(self.numbers)
        self.texts[number] = (f"The story number {number} of the harbour opens", prose(f"story {number}"))
        self._put(name, number)

    def _free(self, name: str) -> bool:
        return self.articles.get(name) is None

    def _still(self, name: str) -> bool:
        return name in self.articles and self.articles[name] not in self.touched

    @rule(name=NAMES)
    def add(self, name: str) -> None:
        # Over a file that was there at the last build, a new article can't be told from a new version.
        if self._free(name) and name not in self.vacated:
            self._new(name)

    @rule(name=NAMES)
    def edit(self, name: str) -> None:
        if self._still(name):
            title, text = self.texts[self.articles[name]]
            self.texts[self.articles[name]] = (title, text + "\n\n" + prose(f"more {next(self.numbers)}", 1))
            self._put(name, self.articles[name])

    @rule(name=NAMES)
    def retitle(self, name: str) -> None:
        if self._still(name):
            _, text = self.texts[self.articles[name]]
            self.texts[self.articles[name]] = (f"The story with headline {next(self.numbers)} is told anew", text)
            self._put(name, self.articles[name])

    @rule(name=NAMES, to=NAMES)
    def move(self, name: str, to: str) -> None:
        if self._still(name) and self._free(to):
            self._put(to, self.articles[name])
            self._remove(name)

    @rule(name=NAMES, to=NAMES)
    def move_and_add_another_in_its_place(self, name: str, to: str) -> None:
        if self._still(name) and self._free(to):
            self._put(to, self.articles[name])
            self._remove(name)
            self._new(name)

    @rule(one=NAMES, other=NAMES)
    def swap(self, one: str, other: str) -> None:
        if one != other and self._still(one) and self._still(other):
            first, second = self.articles[one], self.articles[other]
            self._put(one, second)
            self._put(other, first)

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        if self._still(name):
            self.deleted[self.articles[name]] = name
            self.vacated.add(name)
            self.touched.add(self.articles[name])
            self._remove(name)

    @rule(to=NAMES, data=st.data())
    def restore(self, to: str, data: st.DataObject) -> None:
        waiting = sorted(article for article in self.deleted if article not in self.touched)
        if waiting and self._free(to):
            article = data.draw(st.sampled_from(waiting))
            del self.deleted[article]
            self._put(to, article)

    @rule(name=NAMES)
    def touch(self, name: str) -> None:
        if name in self.articles:
            os.utime(self.project.seeds / name)

    def _remove(self, name: str) -> None:
        self.project.delete(name)
        del self.articles[name]

    @precondition(lambda self: self.touched)
    @rule()
    def build(self) -> None:
        self.project.now += timedelta(hours=7)
        self.project.build(shrink=True)
        self.touched.clear()
        self.vacated.clear()
        self.built = True

    @invariant()
    def every_article_has_its_own_guid_and_date_for_ever(self) -> None:
        if not self.built or self.touched:
            return
        published = {item["title"]: (item["id"], item["date_published"]) for item in self.project.items()}
        living = {article: self.texts[article][0] for article in self.articles.values()}
        assert set(published) == set(living.values())
        for article, title in living.items():
            assert self.seen.setdefault(article, published[title]) == published[title]
        guids = [guid for guid, _ in self.seen.values()]
        assert len(guids) == len(set(guids))


Operator.TestCase.settings = settings(max_examples=60, stateful_step_count=40, suppress_health_check=list(HealthCheck))
test_identity = Operator.TestCase


def test_a_project_that_is_cloned_without_its_times_publishes_the_same_bytes(project: Project, tmp_path: Path) -> None:
    for number in range(5):
        project.write(f"{number}.txt", published=NOW - timedelta(days=number))
    project.build()
    clone = project.copy(tmp_path / "clone")
    clone.ledger.unlink()
    clone.now += timedelta(days=100)
    outcome = clone.build()
    assert clone.outputs() == project.outputs()
    assert outcome.written == ()
