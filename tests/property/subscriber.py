"""What subscribers see: a `Subscriber` remembers all that feeds ever showed, and holds it against the promises.

A guid tells one story, a story has one guid, a date of publication stays, `updated` moves only with what is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from lxml import etree

from conftest import Project, prose


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
        last = f"This is the edition that the printers of correspondent{self.story} called {word(self.edition)}."
        return "\n\n".join([*(f"{paragraph} {named}" for paragraph in told), last])


def word(number: int) -> str:
    """Give a word of letters for a number: other figures would make another story."""
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
