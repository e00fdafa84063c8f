"""What operators do to a folder of articles between two builds; every choice comes from one seed.

A `Newsroom` knows what each file holds, and which story that is. It changes a story in one way only between two builds:
else nobody could tell what was meant.
"""

from __future__ import annotations

import itertools
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from conftest import Project
from property.subscriber import Subscriber, Text, word

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
FOLDERS = ("", "a/", "a-b/", "b/", "../more/")  # the last one is a source of its own
NAMES = tuple(f"{folder}{name}.txt" for folder in FOLDERS for name in ("one", "two", "three"))
MOST_FILES = 9
HIDING = {"draft", "expires"}


class Newsroom:
    """The files of one site, and what its subscribers know of them."""

    def __init__(self, project: Project, chance: Random) -> None:
        self.project = project
        self.chance = chance
        self.subscriber = Subscriber()
        self.files: dict[str, Text] = {}
        self.deleted: list[Text] = []  # the last files of their stories
        self.taken: set[str] = set()  # names of files that were changed since the last build
        self.busy: set[int] = set()  # and stories
        self.numbers = itertools.count(1)

    def rest(self) -> None:
        """Begin another day: everything may be changed again."""
        self.taken.clear()
        self.busy.clear()

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

    def of(self, story: int) -> list[Text]:
        return [text for text in self.files.values() if text.story == story]

    def _still(self, *, alone: bool = False, plain: bool = True) -> list[str]:
        """The names of files that were not touched since the last build."""
        return [
            name
            for name, text in self.files.items()
            if name not in self.taken
            and text.story not in self.busy
            and not (alone and len(self.of(text.story)) > 1)
            and not (plain and (text.spoilt or not self._is_plain(text)))
        ]

    def _is_plain(self, text: Text) -> bool:
        """Whether nothing keeps a file from being published, and it was."""
        return text.story in self.subscriber.live and not HIDING & set(text.stated)

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
        return f"The council of {word(next(self.numbers))} hears correspondent {word(story)} again"

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
            if not self.of(text.story):
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
            if not self.of(old.story):
                self.subscriber.overwrite(old.story, new.story)

    def take_over(self) -> None:
        """Move a file onto another one."""
        names = self._still()
        name, onto = self._pick(names), self._pick(names)
        if name and onto and self.files[name].story != self.files[onto].story:
            old, new = self.files[onto], self._remove(name)
            self.busy.add(old.story)
            self._put(onto, new)
            if not self.of(old.story):
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
            if not self.of(old.story):
                self.deleted.append(old)

    def touch(self) -> None:
        for file in (*self.project.seeds.rglob("*"), *self.project.seeds.with_name("more").rglob("*")):
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
            "author": f"Ana {word(next(self.numbers))}",
            "published": self.project.now - timedelta(hours=self.chance.choice([3, 70, 2000, -5])),
            "categories": [self.chance.choice(["World", "Sport", "Travel"])],
            "summary": f"It is {word(next(self.numbers))}.",
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
        hidden = [name for name in self._still(plain=False) if HIDING & set(self.files[name].stated)]
        if name := self._pick(hidden):
            stated = {key: value for key, value in self.files[name].stated.items() if key not in HIDING}
            self._put(name, self.files[name]._replace(stated=stated))
