"""Killed at any moment, a build leaves yesterday's feeds or today's, and the next build finishes the work."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from lxml import etree

from conftest import NOW, SITE_ID, Project, is_feed, prose
from crash import saboteur
from crash.saboteur import KILLED, STAGED
from feedpub.ledger import Ledger

Files = dict[str, bytes]
SITE = {"title": "Morning Wire", "url": "https://example.org/news/", "id": SITE_ID, "pages": "none"}


class Scenario(NamedTuple):
    """What was built yesterday, what happened since, and today's command."""

    yesterday: Callable[[Project], None]
    since: Callable[[Project], None]
    overrides: dict[str, bool]


def _articles(project: Project) -> None:
    project.settings(site=SITE)
    for number, category in enumerate(("World", "World", "Sport", "Travel", "World", "World")):
        project.write(f"{number}.txt", published=NOW - timedelta(hours=number), categories=[category])


def _some_change(project: Project) -> None:
    project.write("new.txt", published=NOW - timedelta(minutes=1), categories=["World"])
    project.write("0.txt", text=prose("0.txt") + "\n\n" + prose("more"), published=NOW, categories=["World"])
    project.delete("1.txt")


def _other_settings(project: Project) -> None:
    site = {"title": "Evening Wire", "url": "https://other.example/"}
    project.settings(site={**SITE, **site}, feeds={"content": "summary", "limit": 3, "days": 0})


def _articles_and_an_empty_category(project: Project) -> None:
    _articles(project)
    project.build()
    project.delete("3.txt")  # the only one in Travel


def _fewer_formats(project: Project) -> None:
    project.settings(site=SITE, feeds={"formats": ["atom", "json"]})


def _articles_in_a_small_window(project: Project) -> None:
    project.settings(site=SITE, feeds={"limit": 2, "days": 0, "by": []})
    for number in range(26):
        project.write(f"{number}.txt", text=prose(f"{number}", 1), published=NOW - timedelta(days=number))


def _enough_to_close_a_page(project: Project) -> None:
    for number in range(26, 28):
        project.write(f"{number}.txt", text=prose(f"{number}", 1), published=NOW - timedelta(hours=number))


def _pages(project: Project) -> None:
    project.settings(site={**SITE, "pages": "needed"}, feeds={"by": [], "formats": ["json"]})
    for number in range(2):
        project.write(f"{number}.txt", published=NOW - timedelta(hours=number))


def _nothing(project: Project) -> None:
    pass


SCENARIOS = {
    "the first build": Scenario(_nothing, _articles, {}),
    "one new, one edited, one withdrawn": Scenario(_articles, _some_change, {}),
    "pages for people": Scenario(_pages, _some_change, {}),
    "other settings": Scenario(_articles, _other_settings, {}),
    "a page of the archive": Scenario(_articles_in_a_small_window, _enough_to_close_a_page, {}),
    "a prune": Scenario(_articles_and_an_empty_category, _fewer_formats, {"prune": True}),
}


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_a_build_that_is_killed_at_any_moment_leaves_whole_feeds_and_the_next_one_ends_its_work(
    project: Project, tmp_path: Path, scenario: Scenario
) -> None:
    yesterday, today = _two_days(project, scenario, tmp_path)
    command = ["build", *(f"--{name}" for name in scenario.overrides)]
    for moment in range(1, 1000):
        site = _copy(project, tmp_path / "site of the day")
        ended = saboteur.run(site, *command, harm=saboteur.dies_at(moment))
        _is_whole(site, yesterday, today)
        _is_remembered(site)
        site.build(**scenario.overrides)
        assert _files(site) == today, f"after a death at moment {moment}"
        if ended.status == 0:
            break
        assert ended.status == KILLED, ended.said
    assert moment > 5


def test_a_half_written_ledger_is_rolled_back(project: Project, tmp_path: Path) -> None:
    def since(project: Project) -> None:
        for number in range(60):
            project.write(f"{number}.txt", text=prose(f"changed {number}"), published=NOW)

    yesterday, today = _two_days(project, Scenario(since, _some_change, {}), tmp_path)
    site = _copy(project, tmp_path / "site of the day")

    before = site.ledger.read_bytes()
    assert saboteur.run(site, "build", harm=saboteur.dies_before_it_commits).status == KILLED
    assert site.ledger.read_bytes() != before, "nothing was spilled"
    _is_whole(site, yesterday, today)
    site.build()
    assert _files(site) == today


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="asks /proc which processes are left")
def test_kill_9_at_any_instant_leaves_whole_feeds_no_process_and_a_free_lock(project: Project, tmp_path: Path) -> None:
    def articles(project: Project) -> None:
        for number in range(50):
            project.write(f"{number}.txt", published=NOW - timedelta(hours=number), categories=[f"Topic {number % 5}"])

    def many_edits(project: Project) -> None:
        for number in range(10, 50):
            project.write(f"{number}.txt", text=prose(f"edited {number}", 4), published=NOW, categories=["World"])

    yesterday, today = _two_days(project, Scenario(articles, many_edits, {}), tmp_path)
    started = time.monotonic()
    _start(_copy(project, tmp_path / "site of the day"), "unharmed").wait(60)
    long = time.monotonic() - started
    chance = Random(1)
    for trial in range(12):
        site = _copy(project, tmp_path / "site of the day")
        child = _start(site, f"trial-{trial}")
        time.sleep(long * chance.uniform(0.3, 1.1))
        child.kill()
        child.wait(10)
        with Ledger.open(str(site.ledger)):
            pass
        _is_whole(site, yesterday, today)
        _is_remembered(site)
        site.build()
        assert _files(site) == today
    _end_within(5.0)


MARK = f"FEEDPUB_CRASH_TEST={os.getpid()}-"


def _start(site: Project, name: str) -> subprocess.Popen[bytes]:
    variable, _, value = (MARK + name).partition("=")
    clock = str(int(site.now.timestamp()))
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("in_processes.py")), "build", "-q", "--jobs", "2"],
        cwd=site.root,
        env={**os.environ, "SOURCE_DATE_EPOCH": clock, variable: value},
        stderr=subprocess.DEVNULL,
    )


def _end_within(seconds: float) -> None:
    """Nothing that was started for a build, workers and their helpers, may be left after so many seconds."""
    end = time.monotonic() + seconds
    while left := list(saboteur.processes_with(MARK)):
        assert time.monotonic() < end, f"left behind: {left}"
        time.sleep(0.05)


def _two_days(project: Project, scenario: Scenario, tmp_path: Path) -> tuple[Files, Files]:
    """Bring a project to the eve of today's build, and give what is published before and after an unharmed one."""
    scenario.yesterday(project)
    project.age()
    if scenario.yesterday is not _nothing:
        project.build()
    scenario.since(project)
    project.age()
    project.now = NOW + timedelta(days=1)
    unharmed = _copy(project, tmp_path / "unharmed")
    unharmed.build(**scenario.overrides)
    return _files(project), _files(unharmed)


def _copy(project: Project, root: Path) -> Project:
    """Copy a whole site, its times included, in place of what is there."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(project.root, root)
    copied: Project = Project.__new__(Project)
    copied.__dict__ |= project.__dict__
    copied.root, copied.seeds, copied.feeds = root, root / "seeds", root / "feeds"
    copied.ledger = root / "feeds.ledger.sqlite3"
    return copied


def _files(project: Project) -> Files:
    """Give every file of a site but its sources, the ledger, and the ledger's journal."""
    return {
        str(file.relative_to(project.root)): file.read_bytes()
        for file in project.root.rglob("*")
        if file.is_file() and project.seeds not in file.parents and not file.name.startswith(project.ledger.name)
    }


def _is_whole(site: Project, yesterday: Files, today: Files) -> None:
    """Every visible file can be parsed, and is yesterday's or today's; none is missing that should be there."""
    visible = {path: data for path, data in _files(site).items() if path.startswith("feeds/") and STAGED not in path}
    for path, data in visible.items():
        assert data in (yesterday.get(path), today.get(path)), path
        if path.endswith(".json"):
            json.loads(data)
        elif is_feed(path):
            etree.fromstring(data)
    assert {path for path in yesterday if path.startswith("feeds/") and path in today} <= set(visible)


def _is_remembered(site: Project) -> None:
    """Every guid that a subscriber can see is in the ledger, as the next build will find it."""
    guids = {item["id"] for file in site.feeds.rglob("feed.json") for item in json.loads(file.read_bytes())["items"]}
    with tempfile.TemporaryDirectory() as folder:
        for file in site.root.glob(f"{site.ledger.name}*"):  # the ledger, and the journal that a death leaves
            shutil.copy(file, folder)
        with Ledger.open(f"{folder}/{site.ledger.name}") as ledger:
            assert set(ledger.entries.known(sorted(guids))) == guids
