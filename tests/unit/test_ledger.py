"""The ledger: one holder, nothing kept before a commit, nothing written without a change."""

from __future__ import annotations

import os
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from conftest import NOW, Project
from feedpub.errors import Locked
from feedpub.ledger import Ledger, Standing
from feedpub.ledger.schema import APPLICATION_ID, MIGRATIONS
from feedpub.model import Known, Source


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "feeds.ledger.sqlite3")


def test_what_is_not_committed_is_forgotten(place: str) -> None:
    with Ledger.open(place) as ledger:
        ledger.begin()
        ledger.set("site", "kept")
        ledger.commit()
        ledger.begin()
        ledger.set("site", "forgotten")
    with Ledger.open(place) as ledger:
        assert ledger.setting("site") == "kept"


def test_what_was_put_off_is_forgotten_too(place: str) -> None:
    with Ledger.open(place) as ledger:
        ledger.begin()
        ledger.keys.name(["url:https://example.org/"], "urn:uuid:1")
        ledger.sources.record(Source("a", "/a", 1, 1), Standing("d", "urn:uuid:1", "good", ""))
        ledger.rollback()
        assert list(ledger.sources.seen()) == []
        ledger.begin()
        ledger.commit()
        assert list(ledger.sources.seen()) == []


def test_one_process_holds_it_until_it_is_closed(place: str) -> None:
    with Ledger.open(place):
        child = os.fork()
        if not child:
            try:
                Ledger.open(place)
            except Locked as refused:
                os._exit(refused.status)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 75
    with Ledger.open(place) as ledger:
        assert ledger.setting("site") is None


def test_it_can_be_glanced_at_unless_it_is_held(place: str) -> None:
    with Ledger.glance(place) as glanced:
        assert glanced is None
    with Ledger.open(place), Ledger.glance(place) as glanced:
        assert glanced is None
    with Ledger.glance(place) as glanced:
        assert glanced is not None
        assert glanced.sources.standings(["a"]) == {}


def test_any_number_of_entries_can_be_asked_for_at_once(place: str) -> None:
    with Ledger.open(place) as ledger:
        assert ledger.entries.known([f"urn:x:{number}" for number in range(40_000)]) == {}


def test_what_was_written_is_known_by_its_application_id_and_version(project: Project) -> None:
    project.write("a.txt", published=NOW)
    project.build()
    database = sqlite3.connect(project.ledger)
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    (sound,) = database.execute("PRAGMA integrity_check").fetchone()
    database.close()
    assert (application, version >= 1, sound) == (APPLICATION_ID, True, "ok")


def test_a_ledger_of_the_first_version_is_brought_up_to_date(place: str) -> None:
    old = sqlite3.connect(place)
    old.executescript(MIGRATIONS[0])
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("PRAGMA user_version = 1")
    for guid, published, updated in (("a", 10, 10), ("b", 20, 20), ("c", 5, 30)):
        old.execute(
            "INSERT INTO entries VALUES (?, 'p', 'live', NULL, 1, ?, ?, NULL, 'd', NULL, 'f', '')",
            (guid, published, updated),
        )
        old.execute("INSERT INTO membership VALUES ('', ?, ?)", (-published, guid))
    old.commit()
    old.close()
    with Ledger.open(place) as ledger:
        assert [placed.guid for placed in ledger.channels.newest("")] == ["c", "b", "a"]
        assert [placed.guid for placed in ledger.channels.newest("", everything=False)] == ["c", "b", "a"]


@pytest.fixture(params=range(1, len(MIGRATIONS)))
def older(request: pytest.FixtureRequest, project: Project) -> Project:
    """Give a site that was built and has a ledger as each older version of feedpub left it."""
    for number in range(3):
        project.write(f"{number}.txt", published=NOW - timedelta(days=number), categories=["World"])
    project.write("gone.txt", published=NOW)
    project.build()
    project.delete("gone.txt")
    project.build()
    new = project.ledger.with_suffix(".now")
    project.ledger.rename(new)
    _write_as(request.param, new, project.ledger)
    new.unlink()
    return project


def _write_as(version: int, new: Path, old: Path) -> None:
    """Write what a ledger holds as an older version knows it: its tables, and the columns that there were."""
    database = sqlite3.connect(old, isolation_level=None)
    for migration in MIGRATIONS[:version]:
        database.executescript(migration)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {version}")
    database.execute("ATTACH ? AS new", (str(new),))
    for (table,) in database.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
        columns = ", ".join(row[1] for row in database.execute(f"PRAGMA main.table_info({table})"))
        database.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
    if version == 1:  # `newest` was minus `published` then
        database.execute(
            "UPDATE membership SET newest = -(SELECT published FROM entries e WHERE e.guid = membership.guid)"
        )
    database.close()


def _version(ledger: Path) -> int:
    database = sqlite3.connect(ledger)
    (version,) = database.execute("PRAGMA user_version").fetchone()
    database.close()
    return int(version)


def test_a_ledger_of_any_earlier_version_is_brought_up_to_date_and_no_byte_changes(older: Project) -> None:
    before, guids = older.outputs(), older.guids()
    assert _version(older.ledger) < len(MIGRATIONS)
    assert older.build().written == ()
    assert _version(older.ledger) == len(MIGRATIONS)
    assert older.outputs() == before
    older.write("new.txt", published=NOW)
    older.build()
    assert guids.items() < older.guids().items()
    assert older.run("ledger", "verify").returncode == 0


def test_looking_at_a_ledger_of_an_earlier_version_does_not_change_it(older: Project) -> None:
    before = older.ledger.read_bytes()
    shown = older.run("ledger", "show", "seeds/0.txt")
    assert "home        seeds/0.txt" in shown.stdout
    assert older.run("ledger", "dump", "-o", "memory.txt").returncode == 0
    assert older.run("ledger", "verify").returncode == 0
    assert older.run("plan").stdout.endswith("no feed would change\n")
    assert older.ledger.read_bytes() == before
    older.build()
    after = older.run("ledger", "dump").stdout.splitlines()
    saved = (older.root / "memory.txt").read_text(encoding="utf-8").splitlines()
    assert [_without_page(line) for line in after] == [_without_page(line) for line in saved]


def _without_page(line: str) -> str:
    """Leave out of a line of a dump what earlier versions did not know: the address of an article's page."""
    return re.sub(r',"(?:slug|precision)":"[^"]*"|,"offset":-?\d+', "", line)


def test_a_ledger_of_an_earlier_version_can_be_replaced(older: Project) -> None:
    before, outputs = older.ledger.read_bytes(), older.outputs()
    assert older.run("ledger", "rebuild", "--replace").returncode == 0
    assert (older.root / "feeds.ledger.sqlite3.old-1").read_bytes() == before
    assert older.build().written == ()
    assert older.outputs() == outputs


def test_members_come_newest_first_and_then_by_guid(place: str) -> None:
    with Ledger.open(place) as ledger:
        ledger.begin()
        ledger.channels.open("", "All")
        for guid, day in (("c", 1), ("a", 2), ("b", 2), ("d", 3)):
            known = _known(guid, datetime(2025, 5, day, tzinfo=UTC))
            ledger.take_back(known, None, [])
            ledger.release(known)
        assert [placed.guid for placed in ledger.channels.newest("")] == ["d", "a", "b", "c"]


def test_moments_are_kept_to_the_second_in_any_century(place: str) -> None:
    moments = [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
    ]
    with Ledger.open(place) as ledger:
        ledger.begin()
        for number, moment in enumerate(moments):
            ledger.take_back(_known(str(number), moment), None, [])
        known = ledger.entries.known(["0", "1", "2"])
    assert [known[str(number)].published for number in range(3)] == [
        moment.replace(microsecond=0) for moment in moments
    ]


def test_the_first_title_of_a_channel_stays(place: str) -> None:
    with Ledger.open(place) as ledger:
        ledger.begin()
        ledger.channels.open("category/world", "World")
        ledger.channels.open("category/world", "WORLD")
        ledger.commit()
        assert ledger.channels.all() == [("category/world", "World")]


def _known(guid: str, published: datetime) -> Known:
    return Known(guid, "", "live", published, published, published, digest="d", fingerprint="f", ranked=published)
