"""Random histories of a site: what its operator does, what happens to its machine, and what has to be published then.

By simple rules, a `History` knows which stories have to be in the feeds; the rest its subscriber knows.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from conftest import NOW, SITE_ID, Project
from crash import saboteur
from feedpub import reading, select
from feedpub.sources import finding
from property.newsroom import HIDING, LONG_AGO, Newsroom
from property.subscriber import Text

SITE = {"title": "Morning Wire", "url": "https://example.org/news/", "id": SITE_ID, "pages": "none"}
SOURCES = '[[sources]]\npath = "seeds"\n\n[[sources]]\npath = "more"\n'
OTHER_SITE = {"title": "Evening Wire", "url": "https://other.example/", "language": "en-GB"}
OTHER_FEEDS = ({"content": "summary"}, {"formats": ["json"]}, {"by": []}, {"max_bytes": "20KB"})


class History:
    """What happens to one site; every choice comes from one seed."""

    def __init__(self, root: Path, seed: int) -> None:
        """Found a site with a few articles below a folder."""
        self.chance = Random(seed)
        self.root = root
        self.keep = self.chance.choice(["first", "first", "newest", "longest"])
        self.feeds = {"limit": self.chance.choice([3, 50]), "days": 0, "archive": self.chance.choice([True, "all"])}
        (root / "0" / "more").mkdir(parents=True)
        self.newsroom = Newsroom(Project(root / "0"), self.chance)
        self.latest = NOW  # that the clock ever showed
        self.log: list[str] = []
        self._set(SITE, self.feeds)

    @property
    def project(self) -> Project:
        """The site as it is now."""
        return self.newsroom.project

    def _set(self, site: dict[str, Any], feeds: dict[str, Any]) -> None:
        self.project.settings(site=site, feeds=feeds, duplicates={"keep": self.keep})
        with (self.project.root / "feedpub.toml").open("a", encoding="utf-8") as settings:
            settings.write(SOURCES)

    def live(self, steps: int) -> None:
        """Let so many things happen, several of them between two builds at times."""
        for _ in range(4):
            self.newsroom.add()
        self.build()
        for _ in range(steps):
            what = self.chance.choices(list(HAPPENS), weights=list(HAPPENS.values()))[0]
            self.log.append(what)
            (getattr(self.newsroom, what, None) or getattr(self, what))()
            if self.chance.random() < 0.7:
                self.chance.choice([self.build, self.build_again])()
                self.log.append("build")

    # ── what happens to the machine ──────────────────────────────────────────────────────────────

    def wait(self) -> None:
        """Let time pass."""
        self.project.now += timedelta(hours=self.chance.choice([1, 7, 60, 900]))

    def set_the_clock_back(self) -> None:
        """Let the clock be wrong."""
        self.project.now -= timedelta(hours=self.chance.choice([1, 20, 100]))

    def move_to_another_machine(self) -> None:
        """Copy everything, without its times."""
        old = self.project
        self.newsroom.project = old.copy(self.root / str(next(self.newsroom.numbers)))
        shutil.rmtree(old.root)

    def lose_the_ledger(self) -> None:
        """Nothing else changes, and not a byte of the feeds may."""
        texts = self.newsroom.files.values()
        if self.newsroom.taken or self.project.now < self.latest or any(text.spoilt for text in texts):
            return  # what waits for the clock, or can't be read, can't be taken back
        self.build()  # what the clock brings
        before = _current(self.project.outputs())
        self.project.ledger.unlink()
        self.newsroom.subscriber.forget_all_but_live()
        self.build()
        if self.keep == "first" or len(texts) == len({text.story for text in texts}):  # else the best is chosen anew
            assert _current(self.project.outputs()) == before, "the ledger was lost, and feeds changed"

    def change_settings_and_back(self) -> None:
        """Publish the same in another way for one build."""
        if self.newsroom.taken:
            return
        self.build()  # what the clock brings
        before = _current(self.project.outputs())
        other = self.chance.choice(sorted(OTHER_SITE))
        self._set({**SITE, other: OTHER_SITE[other]}, {**self.feeds, **self.chance.choice(OTHER_FEEDS)})
        self.project.build(resurfaced=True, shrink=True)
        self._set(SITE, self.feeds)
        self.build()
        after = _current(self.project.outputs())
        assert {path: after[path] for path in before} == before, "settings were changed and back"

    def crash(self) -> None:
        """Let a build die, or find the disk failing, at any moment."""
        step = self.chance.randint(1, 60)
        failing = self.chance.choice(["open", "write", "fsync", "replace"])
        number = self.chance.choice([errno.ENOSPC, errno.EIO])
        harm = self.chance.choice([saboteur.dies_at(step), saboteur.fails(os, failing, number, after=step % 12)])
        before = self.project.outputs()
        saboteur.run(self.project, "build", "-q", "--allow-shrink", "--allow-resurfaced", harm=harm)
        assert before.keys() <= self.project.outputs().keys(), "a build failed, and feeds are gone"

    # ── and then ─────────────────────────────────────────────────────────────────────────────────

    def build(self) -> None:
        """Build, and look at what subscribers see."""
        self.latest = max(self.latest, self.project.now)
        self.project.build(resurfaced=True, shrink=True)
        was_live = set(self.newsroom.subscriber.live)
        self.newsroom.subscriber.look(self.project, now=self.latest)
        self._expect(was_live)
        self.newsroom.rest()

    def build_again(self) -> None:
        """A second build changes no byte and touches no file, though it may read everything again."""
        self.build()
        before, stamps = self.project.outputs(), self._stamps()
        with _unsettled() if self.chance.random() < 0.5 else nullcontext():
            assert self.project.build().written == ()
        assert (self.project.outputs(), self._stamps()) == (before, stamps)

    def _stamps(self) -> dict[str, int]:
        return {path: at for path, at in self.project.stamps().items() if "feeds/" in path}

    def _expect(self, was_live: set[int]) -> None:
        """Exactly the stories that a file tells are published, those that wait for their date excepted."""
        for story in {text.story for text in self.newsroom.files.values()} | self.newsroom.subscriber.live:
            texts = self.newsroom.of(story)
            is_told = any(self._may_appear(text, story in was_live) for text in texts)
            is_live = story in self.newsroom.subscriber.live
            assert is_told == is_live, f"story {story} is {'missing' if is_told else 'still there'}: {texts}"
            if is_live and not any(text.spoilt for text in texts):
                self._expect_title(story, texts)

    def _expect_title(self, story: int, texts: list[Text]) -> None:
        subscriber = self.newsroom.subscriber
        seen = subscriber.seen[subscriber.guids[story]]
        is_news = seen.updated >= self.project.now  # with a clock that was set back, closed pages may look as new
        assert is_news or seen.title in {text.title for text in texts}, f"story {story} is called {seen.title}: {texts}"

    def _may_appear(self, text: Text, was_live: bool) -> bool:
        if HIDING & set(text.stated):
            return False
        if text.spoilt or was_live:
            return was_live
        subscriber = self.newsroom.subscriber
        seen = subscriber.seen.get(subscriber.guids.get(text.story, ""))
        published: datetime = seen.published if seen else text.stated.get("published", LONG_AGO)
        return published <= self.project.now


HAPPENS = {  # verbs of a newsroom or a history, and how often
    **dict.fromkeys(("add", "move", "delete", "restore"), 6),
    **dict.fromkeys(("edit", "swap", "near_copy", "mend", "state", "show", "wait"), 4),
    **dict.fromkeys(("retitle", "rewrite", "copy", "overwrite", "take_over", "copy_onto"), 3),
    **dict.fromkeys(("touch", "rewrite_the_same", "spoil", "state_who", "hide"), 2),
    **dict.fromkeys(("set_the_clock_back", "lose_the_ledger", "crash"), 2),
    **dict.fromkeys(("move_to_another_machine", "change_settings_and_back"), 1),
}


def _current(outputs: dict[str, bytes]) -> dict[str, bytes]:
    """The feeds without the pages of their archives, which show articles as they are when they are written again."""
    return {path: data for path, data in outputs.items() if "archive/" not in path}


@contextmanager
def _unsettled() -> Iterator[None]:
    """Let every file look as if it were written a moment ago, so that it is read again."""
    real = finding._settled
    finding._settled = lambda mtime_ns: -1
    try:
        yield
    finally:
        finding._settled = real


@contextmanager
def in_small_steps() -> Iterator[None]:
    """Let archives close their pages with a few entries, and builds read a few files at a time."""
    real = select.PAGE, reading.BATCH
    select.PAGE, reading.BATCH = 4, 2
    try:
        yield
    finally:
        select.PAGE, reading.BATCH = real
