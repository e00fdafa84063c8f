"""A ledger that can't be trusted stops the build before anything is touched, and the message says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from conftest import NOW, Project, prose
from feedpub.errors import LedgerError


def _garbage(ledger: Path) -> None:
    ledger.write_bytes(Random(1).randbytes(50_000))


def _text(ledger: Path) -> None:
    ledger.write_text("remember the milk\n" * 100, encoding="utf-8")


def _half(ledger: Path) -> None:
    with ledger.open("r+b") as file:
        file.truncate(ledger.stat().st_size // 2)


def _only_its_head(ledger: Path) -> None:
    with ledger.open("r+b") as file:
        file.truncate(100)


def _another_programs(ledger: Path) -> None:
    ledger.unlink()
    with _database(ledger) as database:
        database.execute("CREATE TABLE bookmarks (url TEXT)")
        database.execute("PRAGMA application_id = 77")


def _another_programs_without_a_name(ledger: Path) -> None:
    ledger.unlink()
    with _database(ledger) as database:
        database.execute("CREATE TABLE entries (what TEXT)")


def _of_a_newer_feedpub(ledger: Path) -> None:
    with _database(ledger) as database:
        database.execute("PRAGMA user_version = 4000")


class _database:  # noqa: N801 - reads as a word where it is used
    """A database that is open for a while, and then closed for certain."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)

    def __enter__(self) -> sqlite3.Connection:
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.commit()
        self._connection.close()


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "garbage": (_garbage, "damaged"),
    "text": (_text, "damaged"),
    "half of it": (_half, "damaged"),
    "its first 100 bytes": (_only_its_head, "damaged"),
    "another program's": (_another_programs, "another program"),
    "another program's, unnamed": (_another_programs_without_a_name, "another program"),
    "a newer feedpub's": (_of_a_newer_feedpub, "newer feedpub"),
}


@pytest.mark.parametrize("command", ["build", "plan"])
@pytest.mark.parametrize(("damage", "message"), DAMAGES.values(), ids=DAMAGES)
def test_a_ledger_that_cant_be_trusted_stops_the_build_and_nothing_is_touched(
    project: Project, damage: Callable[[Path], None], message: str, command: str
) -> None:
    project.write("a.txt", published=NOW)
    project.build()
    damage(project.ledger)
    project.write("b.txt", published=NOW)
    before, ledger = project.stamps(), project.ledger.read_bytes()
    with pytest.raises(LedgerError, match=message) as stopped:
        getattr(project, command)()
    assert stopped.value.status == 4
    assert stopped.value.hint
    assert str(project.ledger) in stopped.value.message
    assert project.stamps() == before
    assert project.ledger.read_bytes() == ledger


def test_any_page_of_the_ledger_that_the_disk_lost_ends_in_a_sentence_or_goes_unnoticed(project: Project) -> None:
    for number in range(40):
        project.write(f"{number}.txt", text=prose(f"{number}", 6), published=NOW, categories=[f"Topic {number % 4}"])
    project.build()
    project.write("new.txt", published=NOW, categories=["Topic 1"])
    whole, before = project.ledger.read_bytes(), project.outputs()
    stopped = 0
    for page in range(0, len(whole), 16384):
        for lost in (bytes(16384), Random(page).randbytes(16384)):
            project.ledger.write_bytes(whole[:page] + lost + whole[page + 16384 :])
            try:
                project.build()
            except LedgerError:
                stopped += 1
                assert project.outputs() == before
            else:
                before = project.outputs()
    assert stopped > len(whole) / 16384


def test_an_empty_ledger_is_a_lost_one(project: Project) -> None:
    project.write("a.txt", published=NOW)
    project.build()
    before = project.outputs()
    project.ledger.write_bytes(b"")
    assert project.build().taken_back == 1
    assert project.outputs() == before
