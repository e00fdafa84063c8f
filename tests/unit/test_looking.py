"""Who may only read the ledger and the folders can see what a build would do."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conftest import NOW, Project


@contextmanager
def _read_only(*places: Path) -> Iterator[None]:
    modes = {place: place.stat().st_mode for place in places}
    for place, mode in modes.items():
        place.chmod(mode & ~0o222)
    try:
        yield
    finally:
        for place, mode in modes.items():
            place.chmod(mode)


@pytest.mark.parametrize("what", ["the file", "the folder", "both"])
def test_a_plan_needs_no_right_to_write(project: Project, what: str) -> None:
    project.write("old.txt", title="The old ferry goes to the museum", published=NOW)
    project.build()
    project.write("new.txt", title="A new ferry for the harbour", published=NOW)
    before = project.ledger.read_bytes()
    places = {"the file": [project.ledger], "the folder": [project.root], "both": [project.ledger, project.root]}
    with _read_only(*places[what]):
        planned = project.run_without_privileges("plan")
    assert planned.returncode == 0, planned.stderr
    assert "+ new" in planned.stdout
    assert "A new ferry for the harbour" in planned.stdout
    assert project.ledger.read_bytes() == before


def test_the_other_commands_that_only_look_need_no_right_to_write_either(project: Project) -> None:
    project.write("a.txt")
    project.build()
    with _read_only(project.ledger, project.root):
        for looking in (
            ["ledger", "show", "seeds/a.txt"],
            ["ledger", "dump"],
            ["ledger", "verify"],
            ["inspect", "seeds/a.txt"],
        ):
            ran = project.run_without_privileges(*looking)
            assert ran.returncode == 0, ran.stderr


def test_a_build_that_may_not_write_the_ledger_says_so(project: Project) -> None:
    project.write("a.txt")
    project.build()
    with _read_only(project.ledger, project.root):
        built = project.run_without_privileges("build")
    assert built.returncode == 4
    assert str(project.ledger) in built.stderr
    assert "permissions" in built.stderr


def test_a_plan_on_a_ledger_that_a_killed_build_left_says_why_it_can_t_be_made(project: Project) -> None:
    project.write("a.txt")
    project.build()
    _leave_a_journal(project.ledger)
    with _read_only(project.ledger, project.root):
        planned = project.run_without_privileges("plan")
    assert planned.returncode == 4
    assert "killed" in planned.stderr
    assert project.run("plan").returncode == 0


def _leave_a_journal(ledger: Path) -> None:
    """Have a process that writes to the ledger die in the middle of its transaction."""
    child = os.fork()
    if not child:
        database = sqlite3.connect(ledger, isolation_level=None)
        database.execute("PRAGMA cache_size = 1")
        database.execute("BEGIN")
        database.execute(
            "CREATE TABLE scratch AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i+1 FROM n"
            " WHERE i < 20000) SELECT i, hex(randomblob(40)) AS junk FROM n"
        )
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert ledger.with_name(f"{ledger.name}-journal").stat().st_size
