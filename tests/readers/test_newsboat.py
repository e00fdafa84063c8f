"""newsboat, in the terminal, subscribes to RSS and Atom. (It does not read JSON Feed, nor keep categories.)"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from readers.meant import READERS, Seen, Site, moment, run, words
from serving import served

IMAGES = Path(__file__).parents[1] / "golden/feeds/images"


class Newsboat:
    """A newsboat that is subscribed to one feed."""

    def __init__(self, home: Path, url: str) -> None:
        self._home = home
        self._program = READERS.program("newsboat")
        (home / "urls").write_text(f"{url}\n", encoding="utf-8")
        (home / "config").touch()

    def reload(self) -> list[Seen]:
        """Ask for the feed, and give the articles that are unread, newest first."""
        files = ("--url-file=urls", "--cache-file=cache.db", "--config-file=config")
        command = [self._program, *files, "--execute=reload"]
        run(command, self._home)
        query = "SELECT guid, title, url, pubDate, author, content FROM rss_item WHERE unread ORDER BY pubDate DESC"
        with sqlite3.connect(self._home / "cache.db") as cache:
            return [
                Seen(guid, title, link, moment(seconds), author, None, words(html))
                for guid, title, link, seconds, author, html in cache.execute(query)
            ]

    def read_all(self) -> None:
        """Mark every article as read."""
        with sqlite3.connect(self._home / "cache.db") as cache:
            cache.execute("UPDATE rss_item SET unread = 0")


every_format = pytest.mark.parametrize("file", ["feed.rss", "feed.atom"])


@every_format
def test_articles_are_shown_as_they_were_meant(site: Site, file: str, tmp_path: Path) -> None:
    shown = Newsboat(tmp_path, site.host.url + file).reload()
    assert shown == [seen._replace(categories=None) for seen in site.meant()]


@every_format
def test_an_image_is_not_taken_for_the_content(file: str, tmp_path: Path) -> None:
    with served(IMAGES) as host:
        first = Newsboat(tmp_path, host.url + file).reload()[0]
    assert first.text.endswith("The wall on Monday Masons set the last stone on Monday.")


@every_format
def test_a_second_build_shows_exactly_the_new_articles_as_unread(site: Site, file: str, tmp_path: Path) -> None:
    newsboat = Newsboat(tmp_path, site.host.url + file)
    newsboat.reload()
    newsboat.read_all()
    new = site.publish_later()
    assert {seen.guid for seen in newsboat.reload()} == new


@every_format
def test_what_a_plan_calls_resurfaced_is_shown_as_unread(site: Site, file: str, tmp_path: Path) -> None:
    newsboat = Newsboat(tmp_path, site.host.url + file)
    newsboat.reload()
    newsboat.read_all()
    resurfaced = site.publish_under_other_ids()
    assert len(resurfaced) == len(site.project.items())
    assert {seen.guid for seen in newsboat.reload()} == resurfaced


@every_format
def test_a_feed_that_did_not_change_is_not_sent_again(site: Site, file: str, tmp_path: Path) -> None:
    newsboat = Newsboat(tmp_path, site.host.url + file)
    for _ in range(3):  # it remembers ETag and date from the second answer on
        newsboat.reload()
    assert site.host.statuses() == [200, 200, 304]
    site.publish()  # a build with nothing new
    newsboat.reload()
    assert site.host.statuses() == [304]
    site.publish_later()
    newsboat.reload()
    assert site.host.statuses() == [200]
