"""Random histories of a folder of articles, and what its subscribers must see whatever its operator does.

A `Newsroom` does at random what operators do between two builds, and knows by simple rules which stories have to be in
the feeds. A `Subscriber` remembers all that it ever saw, and holds it against the promises: a guid tells one story, a
story has one guid, a date of publication stays, `updated` moves only with what is shown.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from lxml import etree

from conftest import NOW, SITE_ID, Project, prose
from crash import saboteur
from feedpub import select
from feedpub.sources import finding

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
NAMES = tuple(f"{folder}{name}.txt" for folder in ("", "a/", "a-b/", "b/") for name in ("one", "two", "three"))
SITE = {"title": "Morning Wire", "url": "https://example.org/news/", "id": SITE_ID, "pages": "none"}
MOST_FILES = 9


class Text(NamedTuple):
    """What a file holds: which story, in which version, and what its sidecar states of it."""

    story: int
    version: int  # of the whole story: another one shares no sentence with it
    edition: int  # of its last sentence: two editions are near copies
    title: str
    stated: dict[str, Any]
    spoilt: bool = False

    @property
    def body(self) -> str:
        """Three paragraphs that no other story shares, and the edition's own sentence. Each names the story."""
        named = f"It was told by correspondent{self.story} of the Wire."
        told = prose(f"story {self.story} version {self.version}").split("\n\n")
        last = f"This is the edition that the printers of correspondent{self.story} called {_word(self.edition)}."
        return "\n\n".join([*(f"{paragraph} {named}" for paragraph in told), last])


def _word(number: int) -> str:
    """A word of letters for a number: other figures would make another story."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)) + "ish"


class Seen(NamedTuple):
    """What a feed shows of an entry."""

    guid: str
    story: int
    title: str
    html: str
    published: datetime
    updated: datetime


class Subscriber:
    """Someone who reads the feeds and their archive after each build, and forgets nothing."""

    def __init__(self) -> None:
        self.guids: dict[int, str] = {}  # by story
        self.seen: dict[str, Seen] = {}  # by guid, as last shown
        self.live: set[int] = set()
        self.overwritten: dict[int, str] = {}  # stories whose guid went to another one

    def overwrite(self, old: int, new: int) -> None:
        """Expect a new story under the guid of an old one, which closed pages of archives may still show."""
        guid = self.overwritten[old] = self.guids.pop(old)
        self.guids[new] = guid
        self.seen[guid] = self.seen[guid]._replace(story=new)
        self.live ^= {old, new}

    def forget_all_but_live(self) -> None:
        """Expect no more than a lost ledger can take back from the feeds."""
        self.guids = {story: guid for story, guid in self.guids.items() if story in self.live}
        self.seen = {guid: self.seen[guid] for guid in self.guids.values()}

    def look(self, project: Project, *, now: datetime) -> None:
        """Read what is published, and hold it against what was seen before."""
        items = [item for item in _items(project) if self.overwritten.get(item.story) != item.guid]
        shown = {item.guid: item for item in sorted(items, key=lambda item: item.updated)}
        stories = [item.story for item in shown.values()]
        assert len(set(stories)) == len(stories), f"published twice: {sorted(stories)}"
        for item in shown.values():
            assert self.guids.setdefault(item.story, item.guid) == item.guid, f"another guid for story {item.story}"
            before = self.seen.setdefault(item.guid, item)
            assert before.story == item.story, f"{item.guid} told story {before.story}, and tells {item.story}"
            assert before.published == item.published, f"story {item.story} was dated {before.published}"
            assert before.updated <= item.updated, f"story {item.story} was updated {before.updated} already"
            if (before.title, before.html) == (item.title, item.html):
                assert before.updated == item.updated, f"story {item.story} is the same, and {item.updated}"
            assert item.published <= item.updated <= max(now, item.published)
            self.seen[item.guid] = item
        self.live = set(stories)


def _items(project: Project) -> Iterator[Seen]:
    """All that archives and feeds show, the feeds last: as it is now. Every file has to be well-formed."""
    for path, data in sorted(project.outputs().items(), key=lambda file: "archive/" not in file[0]):
        assert ".feedpub-new" not in path
        if path.endswith((".atom", ".rss", ".opml")):
            etree.fromstring(data)
        elif path.endswith(".json"):
            for item in json.loads(data)["items"]:
                html = item.get("content_html") or item["content_text"]
                story = int(html.partition("correspondent")[2].partition(" ")[0])
                times = (datetime.fromisoformat(item[name]) for name in ("date_published", "date_modified"))
                yield Seen(item["id"], story, item["title"], html, *times)


def _current(outputs: dict[str, bytes]) -> dict[str, bytes]:
    """The feeds without the pages of their archives, which show articles as they are when they are written again."""
    return {path: data for path, data in outputs.items() if "archive/" not in path}


class Newsroom:
    """A folder of articles and what happens to it; every choice comes from one seed."""

    def __init__(self, root: Path, seed: int) -> None:
        self.chance = Random(seed)
        self.root = root
        self.project = self._founded(root / "0")
        self.files: dict[str, Text] = {}
        self.deleted: list[Text] = []  # the last files of their stories
        self.subscriber = Subscriber()
        self.settings: dict[str, Any] = {}
        self.numbers = itertools.count(1)
        self.latest = NOW  # that the clock ever showed
        self.taken: set[str] = set()  # names of files that were changed since the last build
        self.busy: set[int] = set()  # and stories
        self.log: list[str] = []

    def _founded(self, root: Path) -> Project:
        root.mkdir(parents=True)
        self.duplicates = {"keep": self.chance.choice(["first", "first", "newest", "longest"])}
        self.feeds = {"limit": self.chance.choice([3, 50]), "days": 0, "archive": self.chance.choice([True, "all"])}
        project = Project(root)
        project.settings(site=SITE, feeds=self.feeds, duplicates=self.duplicates)
        return project

    # ── what there is ────────────────────────────────────────────────────────────────────────────

    def _path(self, name: str) -> Path:
        return self.project.seeds / name

    def _put(self, name: str, text: Text) -> None:
        """Write a file and its sidecar, often with a time that lies long ago."""
        self.files[name] = text
        self.taken.add(name)
        self.busy.add(text.story)
        file = self._path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\x00" if text.spoilt else f"{text.title}\n\n{text.body}\n", encoding="utf-8")
        sidecar = file.with_name(f"{file.name}.meta.toml")
        sidecar.unlink(missing_ok=True)
        if text.stated:
            self.project.state(name, **text.stated)
        if self.chance.random() < 0.7:
            moment = 1_700_000_000_000_000_000 + next(self.numbers) * 1_000_000_007
            for one in (file, sidecar):
                if one.exists():
                    os.utime(one, ns=(moment, moment))

    def _remove(self, name: str) -> Text:
        self.taken.add(name)
        self.project.delete(name)
        return self.files.pop(name)

    def _of(self, story: int) -> list[Text]:
        return [text for text in self.files.values() if text.story == story]

    def _still(self, *, alone: bool = False, plain: bool = True) -> list[str]:
        """The names of files that were not touched since the last build."""
        return [
            name
            for name, text in self.files.items()
            if name not in self.taken
            and text.story not in self.busy
            and not (alone and len(self._of(text.story)) > 1)
            and not (plain and (text.spoilt or not self._is_plain(text)))
        ]

    def _is_plain(self, text: Text) -> bool:
        """Whether nothing keeps a file from being published, and it was."""
        return text.story in self.subscriber.live and not {"draft", "expires"} & set(text.stated)

    def _free(self) -> list[str]:
        return [name for name in NAMES if name not in self.files and name not in self.taken]

    def _pick(self, names: list[str]) -> str | None:
        return self.chance.choice(sorted(names)) if names else None

    # ── what operators do ────────────────────────────────────────────────────────────────────────

    def _new_text(self) -> Text:
        number = next(self.numbers)
        stated: dict[str, Any] = {}
        hours = self.chance.choice([None, 0, 1, 5, 30, 24 * 40, -50])
        if hours is not None:
            stated["published"] = self.project.now - timedelta(hours=hours)
        if self.chance.random() < 0.3:
            stated["url"] = f"https://old.example/{number}"
        if self.chance.random() < 0.2:
            stated["id"] = f"number-{number}"
        if self.chance.random() < 0.3:
            stated["categories"] = [self.chance.choice(["World", "Sport"])]
        return Text(number, 1, 1, self._headline(number), stated)

    def _headline(self, story: int) -> str:
        return f"The council of {_word(next(self.numbers))} hears correspondent {_word(story)} again"

    def add(self) -> None:
        name = self._pick(self._free())
        if name and len(self.files) < MOST_FILES:
            self._put(name, self._new_text())

    def edit(self) -> None:
        if name := self._pick(self._still()):
            self._put(name, self.files[name]._replace(edition=next(self.numbers)))

    def retitle(self) -> None:
        if name := self._pick(self._still()):
            self._put(name, self.files[name]._replace(title=self._headline(self.files[name].story)))

    def rewrite(self) -> None:
        if name := self._pick(self._still(alone=True)):
            text = self.files[name]
            self._put(name, text._replace(version=text.version + 1, title=self._headline(text.story)))

    def move(self) -> None:
        name, to = self._pick(self._still(plain=False)), self._pick(self._free())
        if name and to and not self.files[name].spoilt:
            text = self._remove(name)
            if self.chance.random() < 0.2 and self._is_plain(text):
                text = text._replace(stated={})  # the sidecar was forgotten
            self._put(to, text)

    def swap(self) -> None:
        names = self._still(plain=False)
        one, other = self._pick(names), self._pick(names)
        if one and other and one != other and not (self.files[one].spoilt or self.files[other].spoilt):
            first, second = self.files[one], self.files[other]
            self._put(one, second)
            self._put(other, first)

    def copy(self) -> None:
        name, to = self._pick(self._still()), self._pick(self._free())
        if name and to and len(self.files) < MOST_FILES:
            self._put(to, self.files[name]._replace(stated=self._copied(self.files[name])))

    def near_copy(self) -> None:
        name, to = self._pick(self._still()), self._pick(self._free())
        if name and to and len(self.files) < MOST_FILES:
            text = self.files[name]
            title = self._headline(text.story)
            self._put(to, text._replace(edition=next(self.numbers), title=title, stated=self._copied(text)))

    def _copied(self, text: Text) -> dict[str, Any]:
        return {name: value for name, value in text.stated.items() if name == "published"}

    def delete(self) -> None:
        name = self._pick(self._still(plain=False))
        if name and len(self.files) > 2:
            text = self._remove(name)
            self.busy.add(text.story)
            if not self._of(text.story):
                self.deleted.append(text)

    def restore(self) -> None:
        texts = [text for text in self.deleted if text.story not in self.busy]
        to = self._pick(self._free())
        if texts and to and len(self.files) < MOST_FILES:
            text = self.chance.choice(texts)
            self.deleted.remove(text)
            self._put(to, text._replace(spoilt=False))

    def overwrite(self) -> None:
        """Put a new story under the name of one. When no other file holds that, nobody can tell it from a rewrite."""
        if name := self._pick(self._still()):
            old, new = self.files[name], self._new_text()
            new.stated.pop("id", None)
            self.busy.add(old.story)
            self._put(name, new)
            if not self._of(old.story):
                self.subscriber.overwrite(old.story, new.story)

    def take_over(self) -> None:
        """Move a file onto another one."""
        names = self._still()
        name, onto = self._pick(names), self._pick(names)
        if name and onto and self.files[name].story != self.files[onto].story:
            old, new = self.files[onto], self._remove(name)
            self.busy.add(old.story)
            self._put(onto, new)
            if not self._of(old.story):
                self.deleted.append(old)

    def copy_onto(self) -> None:
        """Copy a file onto another one, with a few changes at times."""
        names = self._still()
        name, onto = self._pick(names), self._pick(names)
        if name and onto and self.files[name].story != self.files[onto].story:
            old, text = self.files[onto], self.files[name]
            text = text._replace(stated=self._copied(text))
            if self.chance.random() < 0.5:
                text = text._replace(edition=next(self.numbers), title=self._headline(text.story))
            self.busy.add(old.story)
            self._put(onto, text)
            if not self._of(old.story):
                self.deleted.append(old)

    def touch(self) -> None:
        for file in self.project.seeds.rglob("*"):
            if file.is_file() and self.chance.random() < 0.5:
                os.utime(file)

    def rewrite_the_same(self) -> None:
        if name := self._pick(list(self.files)):
            self._put(name, self.files[name])

    def spoil(self) -> None:
        if name := self._pick(self._still(alone=True)):
            self._put(name, self.files[name]._replace(spoilt=True))

    def mend(self) -> None:
        if name := self._pick([name for name, text in self.files.items() if text.spoilt and name not in self.taken]):
            self._put(name, self.files[name]._replace(spoilt=False))

    def state(self) -> None:
        """State something that says nothing about which story it is, or no longer state it."""
        what = self.chance.choice(["author", "published", "categories", "summary", "nothing"])
        name = self._pick(self._still(alone=what == "published"))  # far apart, two texts are no copies
        values = {
            "author": f"Ana {_word(next(self.numbers))}",
            "published": self.project.now - timedelta(hours=self.chance.choice([3, 70, 2000, -5])),
            "categories": [self.chance.choice(["World", "Sport", "Travel"])],
            "summary": f"It is {_word(next(self.numbers))}.",
        }
        if name and what == "nothing":
            self._put(name, self.files[name]._replace(stated={}))
        elif name:
            self._put(name, self.files[name]._replace(stated={**self.files[name].stated, what: values[what]}))

    def state_who(self) -> None:
        """State which story it is."""
        if name := self._pick(self._still(alone=True)):
            what, number = self.chance.choice(["id", "url"]), next(self.numbers)
            value = f"number-{number}" if what == "id" else f"https://new.example/{number}"
            self._put(name, self.files[name]._replace(stated={**self.files[name].stated, what: value}))

    def hide(self) -> None:
        what = self.chance.choice([{"draft": True}, {"expires": LONG_AGO}])
        if name := self._pick(self._still(alone=True)):
            self._put(name, self.files[name]._replace(stated={**self.files[name].stated, **what}))

    def show(self) -> None:
        hidden = [name for name in self._still(plain=False) if {"draft", "expires"} & set(self.files[name].stated)]
        if name := self._pick(hidden):
            stated = {key: value for key, value in self.files[name].stated.items() if key not in ("draft", "expires")}
            self._put(name, self.files[name]._replace(stated=stated))

    # ── what happens to the machine ──────────────────────────────────────────────────────────────

    def wait(self) -> None:
        self.project.now += timedelta(hours=self.chance.choice([1, 7, 60, 900]))

    def set_the_clock_back(self) -> None:
        self.project.now -= timedelta(hours=self.chance.choice([1, 20, 100]))

    def move_to_another_machine(self) -> None:
        old = self.project
        self.project = old.copy(self.root / str(next(self.numbers)))
        shutil.rmtree(old.root)

    def lose_the_ledger(self) -> None:
        """Nothing else changes, and not a byte of the feeds may."""
        if self.taken or self.project.now < self.latest or any(text.spoilt for text in self.files.values()):
            return  # what waits for the clock, or can't be read, can't be taken back
        self.build()  # what the clock brings
        before = self.project.outputs()
        self.project.ledger.unlink()
        self.subscriber.forget_all_but_live()
        self.build()
        after = self.project.outputs()
        stories = [text.story for text in self.files.values()]
        if self.duplicates["keep"] == "first" or len(stories) == len(set(stories)):  # else the best copy is chosen anew
            assert _current(after) == _current(before), "the ledger was lost, and feeds changed"

    def change_settings_and_back(self) -> None:
        if self.taken:
            return
        before = self.project.outputs()
        site = {"title": "Evening Wire", "url": "https://other.example/", "language": "en-GB"}
        feeds = [{"content": "summary"}, {"formats": ["json"]}, {"by": []}, {"max_bytes": "20KB"}]
        self.project.settings(
            site={**SITE, **dict([self.chance.choice(list(site.items()))])},
            feeds={**self.feeds, **self.chance.choice(feeds)},
            duplicates=self.duplicates,
        )
        self.project.build(resurfaced=True, shrink=True)
        self.project.settings(site=SITE, feeds=self.feeds, duplicates=self.duplicates)
        self.build()
        after = self.project.outputs()
        now = _current(after)
        assert {path: now[path] for path in _current(before)} == _current(before), "settings were changed and back"

    def crash(self) -> None:
        """Let a build die, or find the disk failing, at any moment."""
        step = self.chance.randint(1, 60)
        failing = self.chance.choice(["open", "write", "fsync", "replace"])
        number = self.chance.choice([errno.ENOSPC, errno.EIO])
        harm = self.chance.choice([saboteur.dies_at(step), saboteur.fails(os, failing, number, after=step % 12)])
        before = self.project.outputs()
        saboteur.run(self.project, "build", "-q", "--allow-shrink", "--allow-resurfaced", harm=harm)
        for path, data in before.items():
            assert (self.project.feeds / path).exists(), f"{path} is gone"
            assert data

    # ── and then ─────────────────────────────────────────────────────────────────────────────────

    def build(self) -> None:
        """Build, and look at what subscribers see."""
        self.latest = max(self.latest, self.project.now)
        self.project.build(resurfaced=True, shrink=True)
        was_live = set(self.subscriber.live)
        self.subscriber.look(self.project, now=self.latest)
        self._expect(was_live)
        self.taken.clear()
        self.busy.clear()

    def build_again(self) -> None:
        """A second build changes no byte and touches no file, though it may read everything again."""
        self.build()
        before, stamps = self.project.outputs(), self.project.stamps()
        with _unsettled() if self.chance.random() < 0.5 else _as_it_is():
            written = self.project.build().written
        assert written == ()
        assert self.project.outputs() == before
        assert {path: at for path, at in self.project.stamps().items() if "feeds/" in path} == {
            path: at for path, at in stamps.items() if "feeds/" in path
        }

    def _expect(self, was_live: set[int]) -> None:
        """Exactly the stories that a file tells are published, those that wait for their date excepted."""
        for story in {text.story for text in self.files.values()} | self.subscriber.live:
            texts = self._of(story)
            is_told = any(self._may_appear(text, story in was_live) for text in texts)
            is_live = story in self.subscriber.live
            assert is_told == is_live, f"story {story} is {'missing' if is_told else 'still there'}: {texts}"
            if is_live and not any(text.spoilt for text in texts):
                title, updated = self._shown(story)
                if updated < self.project.now:  # else the clock was set back, and closed pages can't be told from news
                    assert title in {text.title for text in texts}, f"story {story} is called {title}: {texts}"

    def _shown(self, story: int) -> tuple[str, datetime]:
        seen = self.subscriber.seen[self.subscriber.guids[story]]
        return seen.title, seen.updated

    def _may_appear(self, text: Text, was_live: bool) -> bool:
        if {"draft", "expires"} & set(text.stated):
            return False
        if text.spoilt or was_live:
            return was_live
        seen = self.subscriber.seen.get(self.subscriber.guids.get(text.story, ""))
        published = seen.published if seen else text.stated.get("published", LONG_AGO)
        return bool(published <= self.project.now)

    def live(self, steps: int) -> None:
        """Let so many things happen, several of them between two builds at times."""
        for _ in range(4):
            self.add()
        self.build()
        for _ in range(steps):
            what = self.chance.choices(list(HAPPENS), weights=list(HAPPENS.values()))[0]
            self.log.append(what.__name__)
            what(self)
            if self.chance.random() < 0.7:
                self.chance.choice([Newsroom.build, Newsroom.build_again])(self)
                self.log.append("build")


HAPPENS: dict[Callable[[Newsroom], None], int] = {
    Newsroom.add: 6,
    Newsroom.edit: 4,
    Newsroom.retitle: 3,
    Newsroom.rewrite: 3,
    Newsroom.move: 6,
    Newsroom.swap: 4,
    Newsroom.copy: 3,
    Newsroom.near_copy: 4,
    Newsroom.delete: 6,
    Newsroom.restore: 6,
    Newsroom.overwrite: 3,
    Newsroom.take_over: 3,
    Newsroom.copy_onto: 3,
    Newsroom.touch: 2,
    Newsroom.rewrite_the_same: 2,
    Newsroom.spoil: 2,
    Newsroom.mend: 4,
    Newsroom.state: 4,
    Newsroom.state_who: 2,
    Newsroom.hide: 2,
    Newsroom.show: 4,
    Newsroom.wait: 4,
    Newsroom.set_the_clock_back: 2,
    Newsroom.move_to_another_machine: 1,
    Newsroom.lose_the_ledger: 2,
    Newsroom.change_settings_and_back: 1,
    Newsroom.crash: 2,
}


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
def _as_it_is() -> Iterator[None]:
    yield


@contextmanager
def small_pages() -> Iterator[None]:
    """Let archives close their pages with a few entries."""
    real = select.PAGE
    select.PAGE = 4
    try:
        yield
    finally:
        select.PAGE = real
