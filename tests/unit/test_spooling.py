"""Folders into which files are unpacked: nothing of them is left, even by a process that was killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from feedpub.sources import spooling

UNPACKING = """
import sys, tempfile, time
from feedpub.sources import spooling
tempfile.tempdir = sys.argv[1]
with spooling() as spool:
    print(spool(), flush=True)
    time.sleep(100)
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_what_a_killed_process_left_is_removed_and_what_is_in_use_is_not(place: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", UNPACKING, str(place)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        left = Path(process.stdout.readline().strip())
        with spooling() as spool:
            assert Path(spool()).is_dir()
            assert left.is_dir()
        process.kill()
    assert left.is_dir()
    with spooling() as spool:
        assert Path(spool()).is_dir()
        assert not left.exists()
    assert list(place.iterdir()) == []


def test_nothing_else_is_touched(place: Path) -> None:
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / ".lock").write_text("held")
    (place / "feedpub-link").symlink_to(elsewhere)
    (place / "feedpub-file").write_text("mine")
    (place / "feedpub-other").mkdir()
    (place / "feedpub-pipe").mkdir()
    os.mkfifo(place / "feedpub-pipe" / ".lock")
    before = sorted(place.rglob("*"))
    with spooling() as spool:
        spool()
    assert sorted(place.rglob("*")) == before


def test_a_folder_is_made_only_when_it_is_needed(place: Path) -> None:
    with spooling():
        assert list(place.iterdir()) == []
