"""What the tests share: a project in a folder of its own with verbs, a clock that stands still, and `--bless`."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from feedpub import pipeline
from feedpub.config import load
from feedpub.model import Outcome, Plan, Reading
from feedpub.project import project as make_project
from feedpub.report import Silence

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
UNPRIVILEGED = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]  # root's own files, but none of its powers
LONG_AGO = 1_748_000_000_000_000_001  # nanoseconds: clearly before any scan
WORDS = (
    "harbour council ferry bridge market library engineer winter timetable village orchard river museum captain "
    "lantern carpenter festival railway station gardener valley bakery school concert workshop island"
).split()

hypothesis.settings.register_profile("untimed", deadline=None)  # a busy machine is no fault
hypothesis.settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `pytest --bless` rewrite golden files instead of comparing with them."""
    parser.addoption("--bless", action="store_true", help="rewrite the golden files; then read the diff as code")


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    """Tell whether golden files are to be rewritten."""
    return bool(request.config.getoption("--bless"))


def prose(seed: str, paragraphs: int = 3) -> str:
    """Give paragraphs of plain prose that no other seed gives."""
    chance = random.Random(seed)

    def sentence() -> str:
        words = " ".join(chance.choice(WORDS) for _ in range(chance.randint(9, 14)))
        return f"The {words} of the {chance.choice(WORDS)} number {chance.randint(10, 9999)} opened again last spring."

    return "\n\n".join(" ".join(sentence() for _ in range(3)) for _ in range(paragraphs))


def codes(found: Outcome | Reading) -> list[str]:
    """Give the codes of the problems that were found."""
    return [problem.code for problem in found.problems]


def is_feed(path: str) -> bool:
    """Tell a feed, or the list of feeds, from the pages for people and what they are made with."""
    return path.endswith((".rss", ".atom", ".json", ".opml"))


class Project:
    """A site in a folder, with the verbs of its operator."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.seeds = root / "seeds"
        self.feeds = root / "feeds"
        self.ledger = root / "feeds.ledger.sqlite3"
        self.now = NOW
        self.seeds.mkdir()
        self.settings(site={"title": "Morning Wire", "url": "https://example.org/news/", "id": SITE_ID})

    def settings(self, **tables: dict[str, Any]) -> None:
        """Write feedpub.toml."""
        lines = []
        for table, values in tables.items():
            lines.append(f"[{table}]")
            lines += [f"{json.dumps(key)} = {_toml(value)}" for key, value in values.items()]
        (self.root / "feedpub.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def write(self, name: str, *, title: str | None = None, text: str | None = None, **stated: Any) -> Path:
        """Write an article, and a sidecar when something is stated of it."""
        file = self.seeds / name
        file.parent.mkdir(parents=True, exist_ok=True)
        title = title or f"The {name.rpartition('/')[2].removesuffix('.txt')} opens in the harbour"
        file.write_text(f"{title}\n\n{text or prose(name)}\n", encoding="utf-8")
        stated.setdefault("published", NOW - timedelta(hours=1))
        self.state(name, **stated)
        return file

    def state(self, name: str, **stated: Any) -> None:
        """Write a sidecar."""
        lines = [f"{key} = {_toml(value)}" for key, value in stated.items()]
        (self.seeds / f"{name}.meta.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def move(self, old: str, new: str) -> None:
        """Move an article and its sidecar."""
        target = self.seeds / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.seeds / old).rename(target)
        sidecar = self.seeds / f"{old}.meta.toml"
        if sidecar.exists():
            sidecar.rename(self.seeds / f"{new}.meta.toml")

    def delete(self, name: str) -> None:
        """Delete an article and its sidecar."""
        (self.seeds / name).unlink()
        (self.seeds / f"{name}.meta.toml").unlink(missing_ok=True)

    def age(self) -> None:
        """Make the sources clearly older than the next scan: what is edited then has another time or size."""
        for file in self.seeds.rglob("*"):
            os.utime(file, ns=(LONG_AGO, LONG_AGO))

    def build(self, *, jobs: int = 1, **overrides: bool) -> Outcome:
        """Build, with the project's own clock."""
        return pipeline.build(
            self.made(), now=self.now, jobs=jobs, watcher=Silence(), overrides=pipeline.Overrides(**overrides)
        )

    def plan(self) -> Plan:
        """Plan, with the project's own clock."""
        return pipeline.plan(self.made(), now=self.now, jobs=1, watcher=Silence())

    def made(self) -> Any:
        """Give the project as the program sees it."""
        return make_project(*load(self.root / "feedpub.toml"))

    def items(self, channel: str = "") -> list[dict[str, Any]]:
        """Give the items of a channel's JSON feed."""
        items: list[dict[str, Any]] = json.loads((self.feeds / channel / "feed.json").read_bytes())["items"]
        return items

    def guids(self, channel: str = "") -> dict[str, str]:
        """Give the guids in a channel's feed, by title."""
        return {item["title"]: item["id"] for item in self.items(channel)}

    def outputs(self) -> dict[str, bytes]:
        """Give every published file."""
        return {
            str(file.relative_to(self.feeds)): file.read_bytes() for file in self.feeds.rglob("*") if file.is_file()
        }

    def stamps(self) -> dict[str, int]:
        """Give the modification time of everything below the project but the sources."""
        return {
            str(file): file.stat().st_mtime_ns
            for file in self.root.rglob("*")
            if self.seeds not in file.parents and file != self.seeds
        }

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the command as a user would, in the project's folder."""
        return self._run([], *arguments, **environment)

    def run_without_privileges(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command so that the permissions of files hold for it, also when the tests run as root."""
        return self._run(UNPRIVILEGED if os.geteuid() == 0 else [], *arguments)

    def _run(self, prefix: list[str], *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*prefix, sys.executable, "-m", "feedpub", *arguments],
            cwd=self.root,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def copy(self, root: Path) -> Project:
        """Copy the whole project elsewhere, as a clone would: without its times."""
        shutil.copytree(self.root, root, copy_function=shutil.copyfile)
        copied = Project.__new__(Project)
        copied.__dict__.update(self.__dict__)
        copied.root, copied.seeds, copied.feeds = root, root / "seeds", root / "feeds"
        copied.ledger = root / "feeds.ledger.sqlite3"
        return copied


SITE_ID = "1c5f0a52-6c1e-4a7e-9d55-3b0c1f8a7e21"


def _toml(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give an empty project."""
    root = tmp_path / "site"
    root.mkdir()
    return Project(root)
