"""Whatever is done to a whole site between two builds, no guid and no published date changes.

FEEDPUB_ARTICLES=1000 asks for as many articles as the promise was made for; fewer show the same, sooner.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW, SITE_ID, Project, prose

ARTICLES = int(os.environ.get("FEEDPUB_ARTICLES", "120"))
NEW = ARTICLES // 5
SITE = {"title": "Morning Wire", "url": "https://example.org/news/", "id": SITE_ID}


class Story:
    """An article as its site publishes it: everything that may change, in one place."""

    def __init__(self, number: int) -> None:
        self.name = f"{number:04}.txt"
        self.title = f"Council number {number} settles its harbour question"
        self.text = prose(f"story {number}", 2)
        self.url = f"http://old.example/{number}-harbour" if number % 2 else None
        self.published = NOW - timedelta(hours=number)
        self.above = ""
        self.below = ""
        self.encoding = "utf-8"

    def write(self, project: Project) -> None:
        stated: dict[str, Any] = {"published": self.published}
        if self.url:
            stated["url"] = self.url
        file = project.write(self.name, title=self.title, text=self.text, **stated)
        file.write_bytes(f"{self.above}{self.title}\n\n{self.text}\n{self.below}".encode(self.encoding))


class Site:
    """A site of many stories, and what its subscribers know of each."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.stories = [Story(number) for number in range(ARTICLES)]
        project.settings(site=SITE, feeds={"by": []}, guards={"max_resurfaced": 100_000})
        self.write()
        project.build()

    def write(self) -> None:
        for story in self.stories:
            story.write(self.project)

    def change(self, change: Callable[[Story], None]) -> None:
        for story in self.stories:
            self.project.delete(story.name)
            change(story)
        self.write()

    def published(self) -> dict[str, tuple[str, str]]:
        """Give the guid and the date of each story, by the number in its text."""
        return {_mark(item["content_html"]): (item["id"], item["date_published"]) for item in _items(self.project)}


def _mark(html: str) -> str:
    """Give what no change touches: the numbers of the first paragraph's sentences."""
    return " ".join(word for word in html.partition("</p>")[0].split() if word.isdigit())


def _items(project: Project) -> Iterator[dict[str, Any]]:
    import json

    yield from project.items()
    for page in sorted((project.feeds / "archive").glob("*.json")):
        yield from json.loads(page.read_bytes())["items"]


def _rename(story: Story) -> None:
    story.name = f"renamed {story.name}"


def _move(story: Story) -> None:
    story.name = f"deep/below/{story.name}"


def _retitle(story: Story) -> None:
    story.title = story.title.replace("settles", "has at last settled")


def _edit(story: Story) -> None:
    story.text = story.text.replace("opened again", "opened once more", 1)


def _encode(story: Story) -> None:
    story.encoding = "utf-16"


def _dress(story: Story) -> None:
    story.above = "Home\nNews\nSport\n\nSubscribe to our newsletter\n\n"
    story.below = "\nShare\nTweet\n\nMost read\n\nAll rights reserved. © 2025 Morning Wire\n"


def _secure(story: Story) -> None:
    story.url = story.url and story.url.replace("http:", "https:")


def _new_domain(story: Story) -> None:
    story.url = story.url and story.url.replace("old.example", "new.example")


def _new_slug(story: Story) -> None:
    story.url = story.url and f"{story.url}-question"


def _redate(story: Story) -> None:
    story.published += timedelta(days=2)


def _touch(story: Story) -> None:
    pass


CHANGES = {
    "rename": _rename,
    "move": _move,
    "retitle": _retitle,
    "small edit": _edit,
    "other encoding": _encode,
    "other chrome": _dress,
    "http to https": _secure,
    "new domain": _new_domain,
    "slug in the address": _new_slug,
    "other date": _redate,
    "touched": _touch,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_id_and_no_date_changes_whatever_happens_to_all_articles(
    project: Project, change: Callable[[Story], None]
) -> None:
    site = Site(project)
    before = site.published()
    assert len(before) == ARTICLES
    project.now += timedelta(days=1)
    site.change(change)
    project.build()
    assert site.published() == before


def test_nor_when_the_site_is_cloned_or_its_ledger_lost(project: Project, tmp_path: Path) -> None:
    site = Site(project)
    before = site.published()
    clone = project.copy(tmp_path / "clone")
    clone.now += timedelta(days=30)
    clone.build()
    project.ledger.unlink()
    project.now += timedelta(days=30)
    project.build()
    site.project = clone
    assert site.published() == before
    site.project = project
    assert site.published() == before


@pytest.mark.parametrize("lost", [False, True])
def test_nor_when_all_of_it_happens_at_once(project: Project, lost: bool) -> None:
    site = Site(project)
    before = site.published()
    project.now += timedelta(days=1)
    for name, change in CHANGES.items():
        if not (lost and name == "small edit"):  # without the ledger, an edited text under another name is unknown
            site.change(change)
    if lost:
        project.ledger.unlink()
    project.build()
    assert site.published() == before


def test_no_new_article_is_taken_for_an_old_one(project: Project) -> None:
    site = Site(project)
    before = site.published()
    project.now += timedelta(days=1)
    for number, old in enumerate(site.stories[:NEW]):
        story = Story(ARTICLES + number)
        story.url = None
        if number % 3 == 0:
            story.title = old.title
        if number % 3 == 1:
            story.text = f"{old.text.split('. ')[0]}.\n\n{story.text}"
        story.write(project)
    outcome = project.build()
    assert outcome.tally["new"] == NEW
    assert before.items() <= site.published().items()
    assert len({guid for guid, _ in site.published().values()}) == ARTICLES + NEW
