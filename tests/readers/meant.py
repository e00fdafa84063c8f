"""For the tests of readers: articles that are hard to show, a site that publishes them, and programs that read it."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

from conftest import NOW, SITE_ID, Project, prose
from feedpub.slugs import slug_of
from installed import Installed
from serving import Host

TITLE = "Fen & Tide Wire"
IRI, URI = "https://example.org/é/a b?q=1&r=<2>#top", "https://example.org/%C3%A9/a%20b?q=1&r=%3C2%3E#top"

READERS = Installed("readers", "FEEDPUB_REQUIRE_READERS", Path(__file__).parent)


class Told(NamedTuple):
    """An article as its writers mean it."""

    file: str
    title: str
    authors: tuple[str, ...] = ("Ada March",)
    categories: tuple[str, ...] = ("Harbour",)
    language: str = "en"
    url: str | None = None
    text: str = ""

    @property
    def paragraphs(self) -> list[str]:
        """Its text, invented where none was written."""
        return (self.text or prose(self.title)).split("\n\n")


class Seen(NamedTuple):
    """An article as a reader shows it; what the reader does not keep is None."""

    guid: str
    title: str
    link: str
    published: datetime | None
    author: str | None
    categories: frozenset[str] | None
    text: str  # of the content, without markup


RIGHT_TO_LEFT = """\
أعلنت بلدية الميناء يوم الاثنين أن سوق السمك القديم سيفتح أبوابه من جديد عند الفجر.

وقال مدير السوق إن الأعمال استمرت عامين كاملين وإن شركة Fenland شاركت فيها."""
CHINESE = """\
港口委员会周一表示，旧鱼市场将在两年的翻修之后于本周五清晨重新开放，届时将有四十个摊位。

市场主任说，整修工程按时完成，费用低于预算，附近的居民对此感到十分满意。"""
FIRST = (
    Told("markup.txt", "Why <b>bold</b> & <script>alert(1)</script> break titles when 1 < 2 at AT&T", ("R&D <desk>",)),
    Told("reference.txt", "How to write &amp; and &lt; and &#60; so they are seen", categories=("Q&A", "C++")),
    Told("right-to-left.txt", "سوق السمك يفتح أبوابه من جديد عند الفجر", ("ليلى حداد",), ("ميناء",), "ar",
         text=RIGHT_TO_LEFT),
    Told("chinese.txt", "旧鱼市场周五清晨重新开放", ("王小明",), ("港口",), "zh", text=CHINESE),
    Told("no-author.txt", "The night ferry sails without a captain's name", ()),
    Told("two-authors.txt", "Two reporters went to see the old lock", ("Ada March", "Ben Ó Briain, Jr.")),
    Told("commas.txt", "The council counts its bridges again", categories=("Local, Politics", "Fish | Chips", "a/b")),
    Told("emoji.txt", "👩‍👩‍👧 A family 🇳🇴 ferry ⛴️ sails again ✅", ("Zoë 🦊",), ("⛴️ Ferries",)),
    Told("address.txt", "An address with everything in it", url=IRI),
    Told("long.txt", "A very long story about the harbour wall", text=prose("long", 300)),
)  # fmt: skip
LATER = (
    Told("new-one.txt", "The first new story of the afternoon"),
    Told("new-two.txt", "The second new story of the afternoon", ("Ben Ode",), ("Weather",)),
)


class Site:
    """A site that is built from articles and served to readers."""

    def __init__(self, project: Project, host: Host) -> None:
        self.project = project
        self.host = host
        self._told: dict[str, Told] = {}
        tables = {"title": TITLE, "url": host.url, "id": SITE_ID, "language": "en"}
        project.settings(site=tables, feeds={"by": []})
        self.publish(*FIRST)

    def publish(self, *articles: Told) -> None:
        """Write articles, one an hour and the last one newest, and build."""
        project = self.project
        for told in articles:
            self._told[told.file] = told
            project.write(told.file, title=told.title, text="\n\n".join(told.paragraphs))
            stated: dict[str, Any] = {} if told.url is None else {"url": told.url}
            for field in ("title", "authors", "categories", "language"):
                stated[field] = getattr(told, field)
            project.state(told.file, published=self._published(told), **stated)
        self.planned = self.plan("new")
        problems = project.build().problems
        assert not problems, problems

    def publish_later(self) -> set[str]:
        """Add new articles, edit one, touch another, build again, and give the guids of the new ones."""
        before = set(self.project.guids().values())
        self.project.now += timedelta(hours=3)
        (self.project.seeds / "long.txt").touch()
        edited = next(told for told in FIRST if told.file == "two-authors.txt")
        self.publish(*LATER, edited._replace(text=prose(edited.title, 4)))
        new = set(self.project.guids().values()) - before
        assert len(new) == len(LATER)
        assert self.planned == new
        return new

    def plan(self, kind: str) -> set[str]:
        """Give the guids of the entries to which the plan says this will happen, in the site's feed."""
        return {
            seen.entry.guid
            for feed in self.project.plan().feeds
            for seen in feed.sightings
            if not feed.channel and seen.kind == kind
        }

    def publish_under_other_ids(self) -> set[str]:
        """Lose the ledger and all that it could be taken back from; give the guids that the plan says will look new."""
        self.project.ledger.unlink()
        (self.project.feeds / "feed.json").unlink()
        other = "9d6f0a52-6c1e-4a7e-9d55-3b0c1f8a7e21"
        self.project.settings(
            site={"title": TITLE, "url": self.host.url, "id": other, "language": "en"}, feeds={"by": []}
        )
        planned = self.plan("resurfaced")
        self.project.build(resurfaced=True)
        return planned

    def meant(self) -> list[Seen]:
        """Give what every reader should show, newest first."""
        guids = self.project.guids()
        return [
            Seen(
                guid=guids[told.title],
                title=told.title,
                link=URI if told.url else self._page_of(told, guids[told.title]),
                published=self._published(told),
                author=", ".join(told.authors) or TITLE,
                categories=frozenset(part.strip() for name in told.categories for part in re.split("[,|]", name)),
                text=" ".join(told.paragraphs),
            )
            for told in reversed(self._told.values())
        ]

    def _page_of(self, told: Told, guid: str) -> str:
        return f"{self.host.url}article/{slug_of(told.title, self._published(told), guid)}/"

    def _published(self, told: Told) -> datetime:
        return NOW - timedelta(hours=24) + timedelta(hours=[*self._told].index(told.file))


def words(html: str) -> str:
    """Give the text of HTML, its white space squashed."""
    return " ".join(unescape(re.sub(r"<[^<>]*>", " ", html)).split()).replace("\u200f", "")


def moment(seconds: float) -> datetime:
    """Give the moment of a time stamp."""
    return datetime.fromtimestamp(seconds, UTC)


def run(command: list[str], folder: Path) -> bytes:
    """Run a program in a folder that is its home too, with nothing of ours, and give what it prints."""
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout
