"""`feedpub ledger`: what is remembered is shown, taken out as text and back in, checked, and made again."""

from __future__ import annotations

import json
import os
import re
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from conftest import NOW, SITE_ID, Project, prose
from feedpub import upkeep
from feedpub.errors import ConfigError

TITLE = "The a opens in the harbour"


@pytest.fixture
def site(project: Project) -> Project:
    """Give a site of three articles, one of them in a category and with an address, and one withdrawn."""
    project.write("a.txt", categories=["World"], url="https://example.org/a", id="story-a")
    for name in ("b.txt", "c.txt", "gone.txt"):
        project.write(name)
    project.build()
    project.now += timedelta(days=1)
    project.delete("gone.txt")
    project.build()
    return project


def _dump(project: Project) -> list[str]:
    return list(upkeep.dump(project.made()))


def _save(project: Project) -> None:
    """Dump to memory.txt."""
    (project.root / "memory.txt").write_text("".join(f"{line}\n" for line in _dump(project)), encoding="utf-8")


def _restore(project: Project) -> None:
    """Load memory.txt."""
    with (project.root / "memory.txt").open("rb") as lines:
        upkeep.load(project.made(), lines, "memory.txt", replace=True)


def _rules(project: Project) -> set[str]:
    """Give the rules that verify finds broken."""
    return {finding.rule for _, findings in upkeep.verify(project.made()) for finding in findings}


def _sql(project: Project, statement: str) -> None:
    database = sqlite3.connect(project.ledger)
    database.execute(statement)
    database.commit()
    database.close()


# ── show ──


@pytest.mark.parametrize(
    "name", ["seeds/a.txt", "./seeds/../seeds/a.txt", "https://example.org/a", "story-a", "GUID", "UUID"]
)
def test_show_finds_an_entry_by_each_of_its_names(site: Project, name: str) -> None:
    guid = site.guids()[TITLE]
    name = {"GUID": guid, "UUID": guid.removeprefix("urn:uuid:").upper()}.get(name, name)
    shown = json.loads(site.run("ledger", "show", "--json", name).stdout)
    assert (shown["guid"], shown["name"], shown["title"]) == (guid, name, TITLE)


def test_show_tells_all_that_is_remembered(site: Project) -> None:
    site.write("zz.txt", title=TITLE, text=prose("a.txt"))
    site.write("a.txt", title="The a is closed", text=prose("a.txt"), categories=["World"], url="https://example.org/a")
    site.move("a.txt", "z/a.txt")
    site.build()
    shown = json.loads(site.run("ledger", "show", "--json", "seeds/a.txt").stdout)
    later = (NOW + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert shown["home"] == "seeds/z/a.txt"
    assert shown["duplicates"] == ["seeds/zz.txt"]
    assert shown["first_seen"] == "2025-06-01T12:00:00Z"
    assert (shown["published"], shown["updated"]) == ("2025-06-01T11:00:00Z", later)
    assert shown["channels"] == ["", "category/world"]
    assert {key.partition(":")[0] for key in shown["keys"]} == {"id", "url", "path", "body"}
    assert [(event["what"], event["at"]) for event in shown["history"]] == [("moved", later), ("retitled", later)]
    told = site.run("ledger", "show", "seeds/z/a.txt").stdout
    assert re.search(r"home +seeds/z/a\.txt", told)
    assert re.search(rf"history +{later}  moved      from seeds/a\.txt\n +{later}  retitled   was: {TITLE}", told)


def test_show_knows_an_entry_that_is_gone_by_the_name_of_its_file(site: Project) -> None:
    shown = json.loads(site.run("ledger", "show", "--json", "seeds/gone.txt").stdout)
    assert (shown["state"], shown["title"]) == ("withdrawn", "The gone opens in the harbour")
    assert [event["what"] for event in shown["history"]] == ["withdrawn"]


def test_show_says_what_it_does_not_know_and_shows_the_rest(site: Project) -> None:
    done = site.run("ledger", "show", "seeds/nowhere.txt", "seeds/b.txt")
    assert done.returncode == 1
    assert "seeds/nowhere.txt: the ledger knows no such entry" in done.stderr
    assert "The b opens" in done.stdout


@pytest.mark.parametrize("command", [("show", "seeds/a.txt"), ("dump",), ("verify",)])
def test_without_a_ledger_there_is_nothing_to_look_at(project: Project, command: tuple[str, ...]) -> None:
    done = project.run("ledger", *command)
    assert done.returncode == 2
    assert "there is no ledger at" in done.stderr
    assert not project.ledger.exists()


def test_an_empty_file_is_no_ledger(project: Project) -> None:
    project.ledger.touch()
    done = project.run("ledger", "dump")
    assert (done.returncode, done.stdout) == (4, "")
    assert "is empty" in done.stderr


@pytest.mark.parametrize("command", [("show", "seeds/a.txt"), ("dump",), ("verify",), ("rebuild", "--replace")])
def test_a_folder_is_no_ledger(site: Project, command: tuple[str, ...]) -> None:
    done = site.run("ledger", *command, "--ledger", "seeds")
    assert done.returncode == 4
    assert "seeds: unable to open database file" in done.stderr
    assert "Traceback" not in done.stderr


# ── dump and load ──


def test_a_dump_is_one_object_a_line_and_the_same_each_time(site: Project) -> None:
    lines = _dump(site)
    kinds = [json.loads(line)["is"] for line in lines]
    assert kinds[0] == "ledger"
    assert kinds[-1] == "end"
    assert kinds.count("entry") == 4
    assert _dump(site) == lines
    site.build()
    assert _dump(site) == lines


def test_an_edited_article_changes_few_lines_of_the_dump(site: Project) -> None:
    before = _dump(site)
    site.write("b.txt", text=prose("edited"))
    site.build()
    after = _dump(site)
    gone, come = set(before) - set(after), set(after) - set(before)
    assert sorted(json.loads(line)["is"] for line in gone) == ["entry", "file", "shown"]
    assert sorted(json.loads(line)["is"] for line in come) == ["entry", "event", "file", "key", "shown"]


def test_every_table_is_in_the_dump_or_made_again(site: Project) -> None:
    database = sqlite3.connect(site.ledger)
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    columns = {row[1] for row in database.execute("PRAGMA table_info(entries)")}
    database.close()
    told = {"settings", "channels", "pages", "archive", "entries", "keys", "events", "shown", "addresses"}
    made_again = {
        "membership",
        "articles",
        "sources",
        "artefacts",
        "sketches",
    }  # files but for those of archives and of the search
    assert tables == told | made_again, "say in ledger/lines.py what becomes of a new table"
    line = next(json.loads(line) for line in _dump(site) if '"permalink"' in line)
    others = {"is", "title", "home", "expires", "pages", "reopened", "slug", "precision", "offset"}
    assert columns == (set(line) - others) | {"path", "expires", "unseen", "withdrawn", "size"}, (
        "say what becomes of a new column"
    )


def test_a_loaded_ledger_is_the_same_and_a_build_changes_nothing(site: Project) -> None:
    lines, outputs, stamps = _dump(site), site.outputs(), site.stamps()
    (site.root / "memory.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    site.ledger.unlink()
    done = site.run("ledger", "load", "memory.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "4 entries in " in done.stdout
    assert _dump(site) == lines
    assert not any(feed.sightings for feed in site.plan().feeds)
    assert site.build().written == ()
    assert _dump(site) == lines
    assert site.outputs() == outputs
    feeds = {name: stamp for name, stamp in stamps.items() if "/feeds/" in name}
    assert {name: stamp for name, stamp in site.stamps().items() if "/feeds/" in name} == feeds


def test_ids_and_dates_survive_in_a_dump_alone(site: Project) -> None:
    """Without the feeds: on another machine, with the articles and the dump."""
    before = {item["id"]: item["date_published"] for item in site.items()}
    outputs = site.outputs()
    site.run("ledger", "dump", "-o", "memory.txt")
    for file in [*site.feeds.rglob("*.*")]:
        file.unlink()
    site.ledger.unlink()
    assert site.run("ledger", "load", "memory.txt").returncode == 0
    site.now += timedelta(days=30)
    site.build()
    assert {item["id"]: item["date_published"] for item in site.items()} == before
    assert site.outputs() == outputs


def test_a_withdrawn_article_returns_after_a_load_with_its_id(site: Project) -> None:
    (guid,) = (json.loads(line)["guid"] for line in _dump(site) if '"withdrawn","home"' in line)
    _save(site)
    _restore(site)
    site.write("gone.txt")
    site.build()
    assert site.guids()["The gone opens in the harbour"] == guid


def test_another_article_under_the_name_of_one_that_is_gone_is_new_after_a_load(site: Project) -> None:
    (guid,) = (json.loads(line)["guid"] for line in _dump(site) if '"withdrawn","home"' in line)
    _save(site)
    _restore(site)
    site.write("gone.txt", title="A quite different story", text=prose("different"))
    site.build()
    assert site.guids()["A quite different story"] != guid


def test_a_file_that_went_before_the_first_build_takes_its_entry_out(site: Project) -> None:
    _save(site)
    _restore(site)
    site.delete("b.txt")
    outcome = site.build()
    assert outcome.tally["withdrawn"] == 1
    assert "The b opens in the harbour" not in site.guids()


def test_a_file_that_cant_be_read_in_the_first_build_keeps_its_id_for_later(site: Project) -> None:
    before = site.guids()
    text = (site.seeds / "b.txt").read_bytes()
    _save(site)
    _restore(site)
    (site.seeds / "b.txt").write_bytes(b"\x00\x01")
    site.build()
    assert len(site.items()) == 2
    (site.seeds / "b.txt").write_bytes(text)
    site.build()
    assert site.guids() == before


def test_load_never_replaces_a_ledger_unasked(site: Project) -> None:
    _save(site)
    before = site.ledger.read_bytes()
    for command in (("load", "memory.txt"), ("rebuild",)):
        done = site.run("ledger", *command)
        assert done.returncode == 3
        assert "--replace" in done.stderr
        assert site.ledger.read_bytes() == before


def test_each_ledger_that_was_replaced_is_kept(site: Project) -> None:
    site.run("ledger", "dump", "-o", "memory.txt")
    first = site.ledger.read_bytes()
    site.run("ledger", "load", "memory.txt", "--replace")
    second = site.ledger.read_bytes()
    site.run("ledger", "load", "memory.txt", "--replace")
    assert (site.root / "feeds.ledger.sqlite3.old-1").read_bytes() == first
    assert (site.root / "feeds.ledger.sqlite3.old-2").read_bytes() == second
    assert not list(site.root.glob("*.new*"))


def test_a_link_to_a_ledger_stays_a_link(site: Project, tmp_path: Path) -> None:
    _save(site)
    site.ledger.rename(tmp_path / "real.db")
    site.ledger.symlink_to(tmp_path / "real.db")
    _restore(site)
    assert site.ledger.is_symlink()
    assert (tmp_path / "real.db.old-1").exists()
    assert site.build().written == ()


def test_a_dump_goes_into_a_load_through_a_pipe(site: Project) -> None:
    feedpub = f"{shlex.quote(sys.executable)} -m feedpub ledger"
    pipe = f"{feedpub} dump | {feedpub} load - --ledger other.db && {feedpub} dump --ledger other.db"
    done = subprocess.run(["/bin/sh", "-c", pipe], cwd=site.root, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1:] == _dump(site)


def _changed(number: int, change: Callable[[str], str]) -> Callable[[list[str]], list[str]]:
    return lambda lines: [*lines[:number], change(lines[number]), *lines[number + 1 :]]


def _first(lines: list[str], kind: str) -> int:
    return next(number for number, line in enumerate(lines) if f'"is":"{kind}"' in line)


WRONG: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "nothing": (lambda lines: [], 'line 1: expected {"is":"end"}'),
    "no head": (lambda lines: lines[1:], 'line 1: expected {"is":"ledger","format":1}'),
    "two heads": (lambda lines: [lines[0], *lines], "line 2: expected"),
    "a newer feedpub's": (
        _changed(0, lambda line: line.replace("1", "2")),
        "line 1: expected format 1; a newer feedpub",
    ),
    "no end": (lambda lines: lines[:-1], 'expected {"is":"end"}: the text was cut off'),
    "more after the end": (lambda lines: [*lines, lines[1]], 'expected nothing after {"is":"end"}'),
    "no site": (lambda lines: [line for line in lines if '"site"' not in line], 'expected a setting "site"'),
    "not JSON": (_changed(3, lambda line: f"<<<<<<< {line}"), "line 4: expected one JSON object"),
    "half a line": (_changed(3, lambda line: line[:-5]), "line 4: expected one JSON object"),
    "an empty line": (_changed(3, lambda line: ""), "line 4: expected one JSON object"),
    "an unknown kind": (_changed(3, lambda line: '{"is":"cake"}'), "Invalid value 'cake'"),
    "an unknown field": (
        _changed(3, lambda line: line.replace('"is"', '"taste":"sweet","is"')),
        "unknown field `taste`",
    ),
    "a missing field": (
        lambda lines: _changed(_first(lines, "entry"), lambda line: re.sub('"digest":"[^"]*",', "", line))(lines),
        "missing required field `digest`",
    ),
    "a wrong state": (
        lambda lines: _changed(_first(lines, "entry"), lambda line: line.replace('"live"', '"lively"'))(lines),
        "Invalid enum value 'lively' - at `$.state`",
    ),
    "a time without a zone": (
        lambda lines: _changed(_first(lines, "entry"), lambda line: line.replace('Z"', '"'))(lines),
        "Expected `datetime` with a timezone component",
    ),
    "a time that is none in UTC": (
        lambda lines: _changed(
            _first(lines, "entry"),
            lambda line: re.sub('"published":"[^"]*"', '"published":"9999-12-31T23:59:59-14:00"', line),
        )(lines),
        "expected a time between the years 1 and 9999",
    ),
    "a number that is too large": (
        lambda lines: _changed(_first(lines, "shown"), lambda line: re.sub(r'"size":\d+', f'"size":{10**30}', line))(
            lines
        ),
        "at `$.size`",
    ),
    "an entry twice": (
        lambda lines: [*lines[:-1], lines[_first(lines, "entry")], lines[-1]],
        "expected each entry once",
    ),
    "a key twice": (lambda lines: [*lines[:-1], lines[_first(lines, "key")], lines[-1]], "expected each key once"),
    "a showing twice": (
        lambda lines: [*lines[:-1], lines[_first(lines, "shown")], lines[-1]],
        "expected each showing once",
    ),
    "a key of nobody": (
        lambda lines: [*lines[:-1], '{"is":"key","key":"id:x","guid":"urn:x"}', lines[-1]],
        "expected the line of the entry urn:x further up",
    ),
    "a page that is not there": (
        lambda lines: _changed(_first(lines, "entry"), lambda line: line[:-1] + ',"pages":{"":[7]}}')(lines),
        'expected a line further up for page 7 of the channel ""',
    ),
}


@pytest.mark.parametrize(("change", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_line_is_named_and_nothing_is_loaded(
    site: Project, change: Callable[[list[str]], list[str]], message: str
) -> None:
    lines = [line.encode() for line in change(_dump(site))]
    before = {file: file.stat().st_mtime_ns for file in site.root.iterdir()}
    with pytest.raises(ConfigError, match=r"^wrong\.txt, line \d+: expected ") as stopped:
        upkeep.load(site.made(), lines, "wrong.txt", replace=True)
    assert message in stopped.value.message
    assert stopped.value.status == 2
    assert {file: file.stat().st_mtime_ns for file in site.root.iterdir()} == before


def test_bytes_that_are_no_text_are_a_wrong_line(site: Project) -> None:
    (site.root / "wrong.txt").write_bytes(b'{"is":"ledger","format":1}\n{"is":"setting","name":"\xff","value":""}\n')
    done = site.run("ledger", "load", "wrong.txt", "--replace")
    assert done.returncode == 2
    assert "wrong.txt, line 2: expected" in done.stderr


def test_dump_writes_its_file_whole_and_only_when_it_says_something_new(site: Project) -> None:
    file = site.root / "memory.txt"
    assert site.run("ledger", "dump", "-o", "memory.txt").returncode == 0
    assert file.read_text(encoding="utf-8").splitlines() == _dump(site)
    os.utime(file, (1, 1))
    site.run("ledger", "dump", "-o", "memory.txt")
    assert file.stat().st_mtime == 1
    assert not list(site.root.glob("*.new"))


@pytest.mark.parametrize("name", ["feedpub.toml", "feeds.ledger.sqlite3", "seeds/a.txt"])
def test_dump_replaces_no_file_but_a_dump(site: Project, name: str) -> None:
    before = (site.root / name).read_bytes()
    done = site.run("ledger", "dump", "-o", name)
    assert done.returncode == 3
    assert "is no dump of a ledger" in done.stderr
    assert (site.root / name).read_bytes() == before


def test_dump_into_a_folder_that_is_not_there_ends_in_a_sentence(site: Project) -> None:
    done = site.run("ledger", "dump", "-o", "nowhere/memory.txt")
    assert done.returncode == 2
    assert "nowhere/memory.txt: No such file or directory" in done.stderr


# ── rebuild ──


def test_a_ledger_is_made_again_of_the_feeds(site: Project) -> None:
    outputs, guids = site.outputs(), site.guids()
    site.ledger.unlink()
    done = site.run("ledger", "rebuild")
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 entries in " in done.stdout
    assert site.run("ledger", "verify").returncode == 0
    shown = json.loads(site.run("ledger", "show", "--json", guids[TITLE]).stdout)
    assert (shown["title"], shown["home"]) == (TITLE, "")
    assert site.plan().feeds
    assert not any(feed.sightings for feed in site.plan().feeds)
    assert site.build().written == ()
    assert site.outputs() == outputs


def test_without_feeds_there_is_nothing_to_rebuild(project: Project) -> None:
    done = project.run("ledger", "rebuild")
    assert done.returncode == 2
    assert "no JSON feed in" in done.stderr
    assert not project.ledger.exists()


# ── verify ──

UNSOUND = {
    "lost-key": "INSERT INTO keys VALUES ('id:x', 'urn:x')",
    "lost-history": "INSERT INTO events VALUES ('urn:x', 1, 1, 'moved', '')",
    "lost-member": "INSERT INTO membership VALUES ('', -1, 'urn:x', NULL)",
    "lost-page": "INSERT INTO archive SELECT '', 9, min(guid) FROM entries",
    "lost-address": "INSERT INTO addresses VALUES ('urn:x', 'x', NULL, 0, 0)",
    "lost-source": "UPDATE sources SET guid = 'urn:x' WHERE standing = 'draft'",
    "misplaced": "UPDATE membership SET newest = newest - 1 WHERE channel = 'category/world'",
    "missing-member": "DELETE FROM membership WHERE channel = 'category/world'",
    "missing-source": "DELETE FROM sources WHERE path = 'seeds/b.txt'",
    "missing-article": "DELETE FROM articles WHERE guid = (SELECT guid FROM entries WHERE path = 'seeds/b.txt')",
    "impossible": "UPDATE entries SET published = 1 << 50 WHERE state = 'withdrawn'",
    "damaged": "UPDATE articles SET metadata = x'00ff' WHERE guid = (SELECT max(guid) FROM entries)",
}


@pytest.mark.parametrize("rule", UNSOUND)
def test_verify_names_what_does_not_belong_together(site: Project, rule: str) -> None:
    site.write("draft.txt", draft=True)
    site.build()
    assert _rules(site) == set()
    _sql(site, UNSOUND[rule])
    assert _rules(site) == {rule}


@pytest.mark.parametrize("rule", ["lost-key", "lost-history", "lost-member", "misplaced", "missing-member"])
def test_a_dump_and_a_load_mend_what_verify_names(site: Project, rule: str) -> None:
    outputs = site.outputs()
    _sql(site, UNSOUND[rule])
    _save(site)
    _restore(site)
    assert _rules(site) == set()
    assert site.build().written == ()
    assert site.outputs() == outputs


def test_verify_gives_place_and_remedy_and_exits_with_1(site: Project) -> None:
    assert site.run("ledger", "verify").stdout == "1 file, 0 errors, 0 warnings\n"
    _sql(site, UNSOUND["lost-key"])
    told = json.loads(site.run("ledger", "verify", "--json").stdout)
    assert told["document"] == str(site.ledger)
    assert set(told["findings"][0]) == {"rule", "severity", "line", "entry", "message", "remedy"}
    done = site.run("ledger", "verify")
    assert done.returncode == 1
    assert "error: a key leads to an entry that is not there: id:x (urn:x) [lost-key]\n  hint: " in done.stdout


def test_verify_sees_a_published_file_that_is_not_as_it_was_written(site: Project) -> None:
    (site.feeds / "feed.rss").unlink()
    (site.feeds / "feed.atom").write_text("<feed/>", encoding="utf-8")
    done = site.run("ledger", "verify")
    assert done.returncode == 1
    assert "feeds/feed.atom: error: it was changed since it was written [changed-file]" in done.stdout
    assert "feeds/feed.rss: error: it is not there [missing-file]" in done.stdout
    site.build()
    assert site.run("ledger", "verify").returncode == 0


# ── places ──


def test_each_command_finds_the_ledger_where_the_settings_and_options_say(site: Project, tmp_path: Path) -> None:
    site.settings(site={"title": "Morning Wire", "id": SITE_ID, "ledger": "elsewhere.db"})
    site.ledger.rename(site.root / "elsewhere.db")
    assert site.run("ledger", "verify").returncode == 0
    (site.root / "elsewhere.db").rename(tmp_path / "third.db")
    assert site.run("ledger", "show", "seeds/a.txt").returncode == 2
    third = str(tmp_path / "third.db")
    assert site.run("ledger", "show", "seeds/a.txt", "--ledger", third).returncode == 0
    assert site.run("ledger", "dump", "--ledger", third, "-o", "memory.txt").returncode == 0
    assert site.run("ledger", "load", "memory.txt", "-o", "feeds", "-c", "feedpub.toml").returncode == 0
    assert (site.root / "elsewhere.db").exists()
