"""A ledger that can't be trusted stops the build before anything is touched, and the message says what to do."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from conftest import NOW, Project, prose
from crash import saboteur
from feedpub.errors import LedgerError, Locked
from feedpub.ledger import Ledger


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


# ── the commands that look after it ──


LOOKS = (("ledger", "show", "seeds/a.txt"), ("ledger", "dump"), ("ledger", "verify"))
RENEWS = (("ledger", "load", "memory.txt", "--replace"), ("ledger", "rebuild", "--replace"))
NOT_OURS = [name for name, (_, message) in DAMAGES.items() if message != "damaged"]


@pytest.fixture
def kept(project: Project) -> Project:
    """Give a site that was built, and its memory in memory.txt."""
    project.write("a.txt", published=NOW)
    project.build()
    assert project.run("ledger", "dump", "-o", "memory.txt").returncode == 0
    return project


@pytest.mark.parametrize("command", LOOKS, ids=" ".join)
@pytest.mark.parametrize(("damage", "message"), DAMAGES.values(), ids=DAMAGES)
def test_looking_at_a_ledger_that_cant_be_trusted_ends_in_a_sentence_and_changes_nothing(
    kept: Project, damage: Callable[[Path], None], message: str, command: tuple[str, ...]
) -> None:
    damage(kept.ledger)
    before = kept.ledger.read_bytes()
    done = kept.run(*command)
    is_finding = command[1] == "verify" and message == "damaged"
    assert done.returncode == (1 if is_finding else 4), done
    assert message in (done.stdout if is_finding else done.stderr)
    assert "hint: " in (done.stdout if is_finding else done.stderr)
    assert "Traceback" not in done.stderr
    assert kept.ledger.read_bytes() == before


@pytest.mark.parametrize("command", RENEWS, ids=" ".join)
@pytest.mark.parametrize("damage", [name for name in DAMAGES if name not in NOT_OURS])
def test_a_damaged_ledger_can_be_replaced_and_no_id_changes(
    kept: Project, damage: str, command: tuple[str, ...]
) -> None:
    DAMAGES[damage][0](kept.ledger)
    damaged, feeds = kept.ledger.read_bytes(), kept.outputs()
    done = kept.run(*command)
    assert (done.returncode, done.stderr) == (0, "")
    assert (kept.root / "feeds.ledger.sqlite3.old-1").read_bytes() == damaged
    assert kept.build().written == ()
    assert kept.outputs() == feeds
    assert kept.run("ledger", "verify").returncode == 0


@pytest.mark.parametrize("command", RENEWS, ids=" ".join)
@pytest.mark.parametrize("damage", NOT_OURS)
def test_what_is_not_ours_is_never_replaced(kept: Project, damage: str, command: tuple[str, ...]) -> None:
    change, message = DAMAGES[damage]
    change(kept.ledger)
    before = kept.ledger.read_bytes()
    done = kept.run(*command)
    assert done.returncode == 4
    assert message in done.stderr
    assert kept.ledger.read_bytes() == before
    assert sorted(file.name for file in kept.root.glob("*.sqlite3*")) == [kept.ledger.name]


@pytest.mark.parametrize("command", [*LOOKS, *RENEWS], ids=" ".join)
def test_a_ledger_that_a_build_holds_is_left_to_it(kept: Project, command: tuple[str, ...]) -> None:
    with Ledger.open(str(kept.ledger)):
        done = kept.run(*command)
    assert done.returncode == 75
    assert "another build" in done.stderr
    assert sorted(file.name for file in kept.root.glob("*.sqlite3*")) == [kept.ledger.name]


@pytest.mark.parametrize("command", RENEWS, ids=" ".join)
def test_of_two_new_ledgers_at_once_the_second_waits_its_turn(kept: Project, command: tuple[str, ...]) -> None:
    staged = kept.ledger.with_name(f"{kept.ledger.name}.new")
    with Ledger.open(str(staged)):
        assert kept.run(*command).returncode == 75
        assert staged.exists()
    assert kept.run(*command).returncode == 0
    assert not staged.exists()


def test_a_build_whose_ledger_is_replaced_before_it_is_locked_gives_way(kept: Project) -> None:
    with Ledger.open(str(kept.ledger)) as ledger:
        os.replace(kept.ledger, kept.ledger.with_name("old"))
        ledger.begin()
        with pytest.raises(Locked, match="another command"):
            ledger.set("a", "b")


@pytest.mark.parametrize("command", LOOKS, ids=" ".join)
def test_what_a_killed_build_left_half_done_is_taken_back_before_anyone_looks(
    kept: Project, command: tuple[str, ...]
) -> None:
    kept.write("b.txt", published=NOW)
    ended = saboteur.run(kept, "build", harm=saboteur.dies_before_it_commits)
    assert ended.status == saboteur.KILLED
    assert kept.ledger.with_name(f"{kept.ledger.name}-journal").exists()
    done = kept.run(*command)
    assert done.returncode == 0, done.stderr
    assert "b.txt" not in done.stdout


@pytest.mark.parametrize("command", RENEWS, ids=" ".join)
def test_the_journal_of_a_damaged_ledger_goes_with_it(kept: Project, command: tuple[str, ...]) -> None:
    _garbage(kept.ledger)
    journal = kept.ledger.with_name(f"{kept.ledger.name}-journal")
    journal.write_bytes(b"left by a build that was killed")
    assert kept.run(*command).returncode == 0
    assert not journal.exists()
    assert kept.build().written == ()


@pytest.mark.parametrize("command", RENEWS, ids=" ".join)
def test_killed_at_any_moment_there_is_the_old_ledger_or_the_new_one(kept: Project, command: tuple[str, ...]) -> None:
    feeds, old = kept.outputs(), kept.ledger.read_bytes()
    killed = 0
    for number in range(1, 30):
        kept.ledger.write_bytes(old)
        ended = saboteur.run(kept, *command, harm=saboteur.dies_at(number))
        killed += ended.status == saboteur.KILLED
        assert kept.build().written == ()
        assert kept.outputs() == feeds
        if ended.status == 0:
            break
    assert killed > 2
    assert ended.status == 0


def test_a_full_disk_leaves_the_old_ledger(kept: Project) -> None:
    before = kept.ledger.read_bytes()
    for command in RENEWS:
        ended = saboteur.run(kept, *command, harm=saboteur.finds_no_file_longer_than(200))
        assert ended.status == 4, ended.said
        assert "Traceback" not in ended.said
        assert kept.ledger.read_bytes() == before
        assert sorted(file.name for file in kept.root.glob("*.sqlite3*")) == [kept.ledger.name]


@pytest.mark.parametrize("command", LOOKS, ids=" ".join)
def test_a_ledger_that_may_only_be_read_can_be_looked_at(kept: Project, command: tuple[str, ...]) -> None:
    ended = saboteur.run(kept, *command, harm=_opens_only_for_reading)
    assert ended.status == 0, ended.said


def test_a_ledger_that_may_only_be_read_stops_a_build_in_a_sentence(kept: Project) -> None:
    kept.write("b.txt", published=NOW)
    before = kept.stamps()
    ended = saboteur.run(kept, "build", harm=_opens_only_for_reading)
    assert ended.status == 4, ended.said
    assert "readonly" in ended.said
    assert "permissions" in ended.said
    assert "Traceback" not in ended.said
    assert kept.stamps() == before


def _opens_only_for_reading() -> None:
    """Let SQLite open files as it does those that their user may not write, whoever runs the test."""
    real = sqlite3.connect

    def connect(database: str, **options: Any) -> sqlite3.Connection:
        if database == "":
            return real(database, **options)
        path = database.removeprefix("file://").partition("?")[0]
        return real(f"file:{path}?mode=ro", **{**options, "uri": True})

    sqlite3.connect = connect  # type: ignore[assignment]
