"""The same articles, ledger and settings give the same bytes, wherever, whenever and in whatever order."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import NOW, Project, prose

IN_PROCESSES = Path(__file__).parent.parent / "crash" / "in_processes.py"
CLOCK = str(int(NOW.timestamp()))
NAMES = tuple(f"{folder}{name}.txt" for folder in ("", "a/", "a-b/", "ä/", "Z/") for name in ("1", "b", "é", "10"))


def _locales() -> list[str]:
    told = subprocess.run(["locale", "-a"], capture_output=True, check=False) if shutil.which("locale") else None
    found = set(told.stdout.decode("ascii", "ignore").split()) if told else set()
    return sorted({"C", "C.UTF-8", *random.Random(1).sample(sorted(found), min(len(found), 6))})


def _article(project: Project, number: int, name: str) -> None:
    project.write(
        name,
        title=f"The story number {number} of the harbour of Málaga",
        text=prose(f"{number}"),
        published=NOW - timedelta(hours=number),
        categories=[f"Topic {number % 3}", "Überall"][: 1 + number % 2],
        authors=[f"Ana Ñ{number % 4}"],
    )


def _site(root: Path, order: Callable[[list[int]], object] = sorted) -> Project:
    """Make a site whose files were created in some order."""
    root.mkdir()
    project = Project(root)
    numbers = list(range(len(NAMES)))
    order(numbers)
    for number in numbers:
        _article(project, number, NAMES[number])
    return project


def _built(project: Project, *arguments: str, folder: Path | None = None, **environment: str) -> dict[str, bytes]:
    """Build with worker processes, however few files there are, and give what was published."""
    done = subprocess.run(
        [sys.executable, str(IN_PROCESSES), "build", "-q", "--config", str(project.root / "feedpub.toml"), *arguments],
        cwd=folder or project.root,
        env={**os.environ, "SOURCE_DATE_EPOCH": CLOCK, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return project.outputs()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    project = _site(tmp_path_factory.mktemp("expected") / "site")
    project.build()
    return project.outputs()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/St_Johns", "Europe/London"])
def test_no_time_zone_changes_a_byte(tmp_path: Path, expected: dict[str, bytes], zone: str) -> None:
    assert _built(_site(tmp_path / "site"), "--jobs", "1", TZ=zone) == expected


@pytest.mark.parametrize("locale", _locales())
def test_no_locale_changes_a_byte(tmp_path: Path, expected: dict[str, bytes], locale: str) -> None:
    assert _built(_site(tmp_path / "site"), "--jobs", "1", LC_ALL=locale, LANG=locale) == expected


def test_a_locale_without_utf_8_changes_no_byte(tmp_path: Path, expected: dict[str, bytes]) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert _built(_site(tmp_path / "site"), "--jobs", "1", **plain) == expected


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_no_hash_seed_changes_a_byte(tmp_path: Path, expected: dict[str, bytes], seed: str) -> None:
    assert _built(_site(tmp_path / "site"), "--jobs", "1", PYTHONHASHSEED=seed) == expected


@pytest.mark.parametrize("years", [1, 30])
def test_no_later_clock_changes_a_byte(tmp_path: Path, expected: dict[str, bytes], years: int) -> None:
    later = str(int((NOW + timedelta(days=365 * years)).timestamp()))
    assert _built(_site(tmp_path / "site"), "--jobs", "1", SOURCE_DATE_EPOCH=later) == expected


@pytest.mark.parametrize("jobs", ["1", "2", "4"])
def test_no_number_of_jobs_changes_a_byte(tmp_path: Path, expected: dict[str, bytes], jobs: str) -> None:
    assert _built(_site(tmp_path / "site"), "--jobs", jobs) == expected


def test_no_working_folder_changes_a_byte(tmp_path: Path, expected: dict[str, bytes]) -> None:
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    assert _built(_site(tmp_path / "s i t e"), "--jobs", "2", folder=elsewhere) == expected


@pytest.mark.parametrize("order", [list.reverse, random.Random(5).shuffle])
def test_no_order_of_creation_changes_a_byte(
    tmp_path: Path, expected: dict[str, bytes], order: Callable[[list[int]], object]
) -> None:
    project = _site(tmp_path / "site", order)
    project.build()
    assert project.outputs() == expected


@given(
    steps=st.lists(st.integers(0, 3), min_size=len(NAMES), max_size=len(NAMES)),
    order=st.permutations(range(len(NAMES))),
)
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
def test_in_however_many_steps_articles_come_the_feeds_are_the_same(
    expected: dict[str, bytes], steps: list[int], order: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        for step in range(4):
            numbers = [number for number in order if steps[number] == step]
            for number in numbers:
                _article(project, number, NAMES[number])
            if numbers:
                project.build()
            project.now += timedelta(hours=3)
        assert project.outputs() == expected


@given(moves=st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
def test_what_comes_and_goes_again_leaves_only_pages_that_say_so(expected: dict[str, bytes], moves: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = _site(Path(folder) / "site")
        for number, name in enumerate(moves):
            project.write(f"passing/{name}", title=f"Passing story {number} of the day", text=prose(f"passing {name}"))
        project.build()
        for name in moves:
            project.delete(f"passing/{name}")
        project.build(shrink=True)
        left = project.outputs()
        gone = [left.pop(f"article/passing-story-{number}-of-the-day/index.html") for number in range(len(moves))]
        assert all(b"withdrawn" in page for page in gone)
        assert left == expected
