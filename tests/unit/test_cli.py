"""The command, as its operator meets it: exit statuses, messages, silence, JSON."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW, Project, prose

CLOCK = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
TITLE = "The a opens in the harbour"


def _everything(root: Path) -> dict[str, tuple[int, int]]:
    """Give size and modification time of every file and folder."""
    places = [root, *root.rglob("*")]
    return {str(place): ((status := place.lstat()).st_size, status.st_mtime_ns) for place in places}


def _run(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = project.run(*arguments, **CLOCK)
    assert "Traceback" not in done.stderr, done.stderr
    return done


# ── exit statuses ────────────────────────────────────────────────────────────────────────────────


def test_check_finds_nothing_wrong_with_what_a_build_publishes(project: Project) -> None:
    project.write("a.txt", categories=["World"])
    project.build()
    done = project.run("check", "feeds")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "7 documents, 0 errors, 0 warnings")


def test_check_names_what_is_wrong_with_somebodys_feed(project: Project) -> None:
    (project.root / "bad.rss").write_text('<rss version="2.0"><channel><title>Only a title</title></channel></rss>')
    done = project.run("check", "bad.rss")
    assert done.returncode == 1
    assert "bad.rss:1: error:" in done.stdout
    assert "hint: " in done.stdout
    told = json.loads(project.run("check", "--json", "bad.rss").stdout)
    assert told["document"] == "bad.rss"
    assert {"rule", "severity", "line", "entry", "message", "remedy"} == set(told["findings"][0])
    assert project.run("check", "nowhere.rss").returncode == 2


def test_inspect_prints_the_page_with_its_parts_marked(project: Project) -> None:
    project.write("a.txt", text=f"OSLO, Norway (AP) — {prose('a')}\n\nLeave a reply\n\nLoading Next Post...")
    done = project.run("inspect", "--page", "seeds/a.txt")
    margins = {line[25:].strip(): line[5:23].strip() for line in done.stdout.partition("\n\n")[2].splitlines()}
    assert margins["The a opens in the harbour"] == "title"
    assert margins["Leave a reply"] == "end"
    assert next(mark for text, mark in margins.items() if text.startswith("OSLO")) == "place"


def on_terminal(project: Project, *arguments: str, **environment: str) -> str:
    """Run feedpub on a terminal of 60 columns, and give what it shows."""
    master, slave = pty.openpty()
    subprocess.run(
        (sys.executable, "-m", "feedpub", *arguments),
        cwd=project.root,
        env={**os.environ, "COLUMNS": "60", "TERM": "xterm", **environment},
        stdout=slave,
        stderr=slave,
        check=False,
    )
    os.close(slave)
    shown = b""
    with suppress(OSError):  # which a terminal gives at its end
        while more := os.read(master, 1 << 16):
            shown += more
    os.close(master)
    return shown.decode().replace("\r\n", "\n")


COLOUR = re.compile(r"\x1b\[[\d;]*m")


def test_on_a_terminal_inspect_shows_the_page_and_why_lines_are_left_out_once(project: Project) -> None:
    project.write("a.txt", text=f"{prose('a')}\n\nLeave a reply")
    shown = on_terminal(project, "inspect", "seeds/a.txt")
    assert "\x1b[32m" in shown
    assert COLOUR.sub("", shown).count("Leave a reply") == 1
    assert "  dropped\n" not in shown


def test_on_a_terminal_long_lines_are_wrapped_below_their_beginning(project: Project) -> None:
    project.write("a.txt", text=prose("a").replace("\n\n", " ") + " It ends.")
    shown = COLOUR.sub("", on_terminal(project, "inspect", "seeds/a.txt"))
    assert max(map(len, shown.splitlines())) <= 60
    summary = shown.partition("  summary     ")[2].splitlines()
    assert summary[1].startswith(" " * 14)
    assert summary[1][14] != " "


def test_lines_are_wrapped_on_terminals_only(project: Project) -> None:
    project.write("a.txt", text=prose("a").replace("\n\n", " "))
    shown = project.run("inspect", "--page", "seeds/a.txt", COLUMNS="60").stdout
    assert prose("a").replace("\n\n", " ") in shown


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_whoever_wants_no_colour_gets_none(project: Project, environment: dict[str, str]) -> None:
    project.write("a.txt")
    assert "\x1b" not in on_terminal(project, "inspect", "seeds/a.txt", **environment)
    assert "\x1b" not in on_terminal(project, "build", "nowhere", **environment)
    assert "\x1b" in on_terminal(project, "build", "nowhere")


def test_inspect_tells_clues_that_agree_from_those_that_lost(project: Project) -> None:
    text = f"{prose('a')}\n\n(Reporting by Ada March; Editing by Ben Quill)"
    project.write(
        "a.txt", title="Keeper opens the sluice\n\nBy Ada March\nApril 28, 2025\nUpdated April 29, 2025", text=text
    )
    shown = [line.strip() for line in project.run("inspect", "seeds/a.txt").stdout.splitlines()]
    assert any(re.fullmatch(r"also line \d+, trailer, written", line) for line in shown)
    assert not any(line.startswith("not Ada March") for line in shown)


def test_a_folder_is_no_file_to_inspect(project: Project) -> None:
    done = project.run("inspect", "seeds")
    assert done.returncode == 1
    assert "a folder; name a file in it" in done.stdout


def test_of_a_page_without_an_article_inspect_says_so_first(project: Project) -> None:
    (project.seeds / "a.txt").write_text("Page not found\n\nThe page that you look for is not here, or it has moved.\n")
    lines = project.run("inspect", "seeds/a.txt").stdout.splitlines()
    assert "[no-article]" in lines[1]
    assert lines[-1].endswith("no-story")


def test_a_build_prints_one_short_table_and_exits_with_0(project: Project) -> None:
    project.write("a.txt", published=NOW)
    first = _run(project, "build")
    assert first.returncode == 0
    assert first.stderr == ""
    head, row, written = first.stdout.splitlines()
    assert head.split("   ")[:2] == ["articles", "new"]
    assert row.split()[:2] == ["1", "1"]
    assert re.match(r"(\d+) of \1 files written, ", written)
    again = _run(project, "build")
    assert again.returncode == 0
    assert "no file changed" in again.stdout


def test_a_problem_goes_to_standard_error_and_exits_with_1_only_when_strict(project: Project) -> None:
    project.write("a.txt", published=NOW)
    (project.seeds / "empty.txt").write_text("")
    done = _run(project, "build")
    assert done.returncode == 0
    assert "empty.txt" in done.stderr
    assert "empty.txt" not in done.stdout
    (project.seeds / "blank.txt").write_text(" \n")
    strict = _run(project, "build", "--strict")
    assert strict.returncode == 1
    assert "blank.txt" in strict.stderr
    assert "empty.txt" not in strict.stderr, "a problem is said once"
    assert len(project.items()) == 1
    assert _run(project, "build", "--strict").returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("build", "--nonsense"),
        ("build", "--jobs", "0"),
        ("build", "seeds", "more"),
        ("build", "--config", "nowhere.toml"),
        ("inspect",),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_exits_with_2_and_touches_nothing(project: Project, arguments: tuple[str, ...]) -> None:
    project.write("a.txt", published=NOW)
    before = _everything(project.root)
    done = _run(project, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr
    assert _everything(project.root) == before


def test_a_clock_that_is_no_number_exits_with_2(project: Project) -> None:
    project.write("a.txt", published=NOW)
    done = project.run("build", SOURCE_DATE_EPOCH="yesterday")
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH=yesterday" in done.stderr


@pytest.mark.parametrize(
    ("settings", "line", "message"),
    [
        ('[site]\ntitel = "x"\n', 2, "did you mean `title`"),
        ("[feeds]\nlimit = 5\ndaays = 3\n", 3, "did you mean `days`"),
        ("[guards]\nmaxshrink = 1\n", 2, "did you mean `max_shrink`"),
        ("[feedz]\n", 1, "did you mean `feeds`"),
        ("[feeds]\nlimit = 0\n", 2, "feeds.limit"),
        ('[feeds]\nformats = ["rss", "gopher"]\n', 2, "feeds.formats"),
        ('[site]\nurl = "example.org"\n', 2, "http or https"),
        ('[site]\nid = "mine"\n', 2, "UUID"),
        ('[site]\ntimezone = "Mars/Phobos"\n', 2, "Mars/Phobos"),
        ('[site]\ntimezone = "../../etc/passwd"\n', 2, "unknown time zone"),
        ('[[sources]]\npath = "seeds"\ncapturd = 2025-01-01T00:00:00Z\n', 3, "did you mean `captured`"),
        ("sources = []\n", 1, "sources"),
        ("[site\n", 1, "expected"),
    ],
    ids=lambda value: value.strip().replace("\n", " ") if isinstance(value, str) and "\n" in value else "",
)
def test_wrong_settings_exit_with_2_and_name_file_line_and_what_was_expected(
    project: Project, settings: str, line: int, message: str
) -> None:
    project.write("a.txt", published=NOW)
    (project.root / "feedpub.toml").write_text(settings)
    before = _everything(project.root)
    done = _run(project, "build")
    assert done.returncode == 2
    assert "feedpub.toml" in done.stderr
    assert f"line {line}" in done.stderr
    assert message.casefold() in done.stderr.casefold()
    assert _everything(project.root) == before


@pytest.mark.parametrize("command", ["build", "plan"])
@pytest.mark.parametrize("source", ["nowhere", "empty", "seeds/a.txt"])
def test_a_source_that_is_not_there_exits_with_3_and_touches_nothing(
    project: Project, source: str, command: str
) -> None:
    project.write("a.txt", published=NOW)
    (project.root / "empty").mkdir()
    before = _everything(project.root)
    done = _run(project, command, source, "-o", "out")
    assert done.returncode == 3
    assert source in done.stderr
    assert "hint:" in done.stderr
    assert _everything(project.root) == before


def test_a_guard_exits_with_3_and_names_its_override(project: Project) -> None:
    for number in range(4):
        project.write(f"{number}.txt", published=NOW)
    project.build()
    for number in range(3):
        project.delete(f"{number}.txt")
    done = _run(project, "build")
    assert done.returncode == 3
    assert "--allow-shrink" in done.stderr
    assert len(project.items()) == 4
    assert _run(project, "build", "--allow-shrink").returncode == 0
    assert len(project.items()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--ledger", "seeds"),
        ("--ledger", "seeds/a.txt"),
        ("--ledger", "seeds/a.txt/ledger"),
        ("--ledger", "/proc/none/ledger"),
        ("-o", "seeds/a.txt/deeper"),
        ("-o", "/proc/none/feeds"),
    ],
    ids=" ".join,
)
def test_a_place_where_nothing_can_be_written_exits_with_4_and_touches_nothing(
    project: Project, arguments: tuple[str, str]
) -> None:
    project.write("a.txt", published=NOW)
    before = _everything(project.root)
    done = _run(project, "build", *arguments)
    assert done.returncode == 4
    assert arguments[1] in done.stderr
    assert "hint:" in done.stderr
    assert _everything(project.root) == before


def test_an_output_folder_that_is_a_file_is_refused_and_left_alone(project: Project) -> None:
    project.write("a.txt", published=NOW)
    (project.root / "out").write_text("mine")
    done = _run(project, "build", "-o", "out")
    assert done.returncode == 3
    assert "out" in done.stderr
    assert (project.root / "out").read_text() == "mine"


@contextmanager
def _build_that_stops_in_the_middle(project: Project) -> Iterator[subprocess.Popen[str]]:
    """Start a build in another process, and let it sleep when it has remembered and before it publishes."""
    script = (
        "import sys, time; from feedpub import cli, publishing;"
        "publishing.publish = lambda *_: (print('here', flush=True), time.sleep(60));"
        "sys.argv = ['feedpub', 'build']; cli.main()"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=project.root, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        assert child.stdout.readline() == "here\n"
        try:
            yield child
        finally:
            child.kill()


@pytest.mark.parametrize("command", ["build", "plan"])
def test_while_another_build_is_at_work_it_exits_with_75_and_names_the_process(project: Project, command: str) -> None:
    project.write("a.txt", published=NOW)
    with _build_that_stops_in_the_middle(project) as other:
        before = _everything(project.root)
        done = _run(project, command)
        assert done.returncode == 75
        if Path("/proc/locks").exists():
            assert f"process {other.pid})" in done.stderr
        assert _everything(project.root) == before
    assert _run(project, command).returncode == 0


def test_two_sites_whose_ledgers_lie_in_one_folder_do_not_wait_for_each_other(project: Project) -> None:
    project.write("a.txt", published=NOW)
    with _build_that_stops_in_the_middle(project):
        assert _run(project, "build", "-o", "others").returncode == 0


def test_a_file_can_be_inspected_while_a_build_is_at_work(project: Project) -> None:
    project.write("a.txt", published=NOW)
    with _build_that_stops_in_the_middle(project):
        assert _run(project, "inspect", "seeds/a.txt").returncode == 0


# ── silence, JSON, terminals ─────────────────────────────────────────────────────────────────────


def test_from_cron_a_build_in_which_all_is_well_says_nothing(project: Project) -> None:
    project.write("a.txt", published=NOW)
    for _ in range(2):
        done = _run(project, "build", "-q")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_from_cron_a_problem_is_said_even_so(project: Project) -> None:
    project.write("a.txt", published=NOW)
    (project.seeds / "empty.txt").write_text("")
    done = _run(project, "build", "-q")
    assert done.stdout == ""
    assert "empty.txt" in done.stderr


def test_without_a_url_a_build_says_what_is_missing(project: Project) -> None:
    project.write("a.txt", published=NOW)
    (project.root / "feedpub.toml").unlink()
    done = _run(project, "build")
    assert done.returncode == 0
    assert "site.url" in done.stderr
    assert _run(project, "build", "-q").stderr == ""


def test_a_source_and_an_output_folder_are_all_that_a_build_needs(project: Project, tmp_path: Path) -> None:
    project.write("a.txt", published=NOW)
    (project.root / "feedpub.toml").unlink()
    done = _run(project, "build", "seeds", "-o", "deep/er/out")
    assert done.returncode == 0
    assert {file.name for file in (project.root / "deep/er").iterdir()} == {"out", "out.ledger.sqlite3"}
    assert len(json.loads((project.root / "deep/er/out/feed.json").read_bytes())["items"]) == 1
    assert not project.feeds.exists()


def test_the_settings_paths_start_from_their_own_folder_and_the_command_lines_from_here(
    project: Project, tmp_path: Path
) -> None:
    project.write("a.txt", published=NOW)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    command = [sys.executable, "-m", "feedpub", "build", "-c", str(project.root / "feedpub.toml")]
    subprocess.run(command, cwd=elsewhere, check=True, capture_output=True)
    assert len(project.items()) == 1
    subprocess.run([*command, "-o", "out"], cwd=elsewhere, check=True, capture_output=True)
    assert (elsewhere / "out/feed.json").exists()


COUNTS = {"articles", "new", "updated", "unchanged", "moved", "returned", "released", "held", "withdrawn", "expired"}
COUNTS |= {"duplicate", "set_aside"}


def test_the_report_for_programs_holds_the_same_as_the_table(project: Project) -> None:
    project.write("a.txt", published=NOW, categories=["World"])
    (project.seeds / "empty.txt").write_text("")
    done = _run(project, "build", "--json")
    report = json.loads(done.stdout)
    assert set(report) >= COUNTS | {"feeds", "pages", "written", "pruned", "seconds", "problems"}
    assert (report["articles"], report["new"], report["set_aside"]) == (2, 1, 1)
    assert sorted(report["written"]) == sorted(project.outputs())
    assert report["feeds"] == 7
    assert report["pages"] == len(project.outputs()) - 7
    (problem,) = report["problems"]
    assert set(problem) == {"code", "severity", "where", "message", "hint"}
    assert "empty.txt" in done.stderr


def test_the_plan_for_programs_says_what_subscribers_would_see(project: Project) -> None:
    for name in ("a.txt", "b.txt"):
        project.write(name, published=NOW)
    project.build()
    before = project.guids()
    project.write("a.txt", text=prose("other"), published=NOW)
    project.write("c.txt", published=NOW, categories=["World"])
    project.delete("b.txt")
    planned = json.loads(_run(project, "plan", "--json").stdout)
    assert set(planned) >= COUNTS | {"feeds", "problems"}
    feeds = {feed["channel"]: feed for feed in planned["feeds"]}
    assert set(feeds) == {"", "category/world"}
    site = feeds[""]
    assert sorted(site["files"]) == ["feed.atom", "feed.json", "feed.rss"]
    assert [entry["title"] for entry in site["new"]] == ["The c opens in the harbour"]
    assert [entry["guid"] for entry in site["quietly_updated"]] == [before[TITLE]]
    assert [entry["guid"] for entry in site["withdrawn"]] == [before["The b opens in the harbour"]]
    assert set(site["new"][0]) == {"guid", "title", "link", "published", "readers"}
    project.build()
    assert project.guids()["The c opens in the harbour"] == site["new"][0]["guid"]


FIELDS = "path title authors published updated categories tags language dateline summary body_text body_html"
FIELDS += " guid copy_of copies related problems dropped clues"


def test_what_inspect_says_for_programs_is_one_object_a_line_and_file(project: Project) -> None:
    project.write("a.txt", published=NOW, authors=["Ana Lopez"], categories=["World"])
    (project.seeds / "empty.txt").write_text("")
    project.build()
    done = _run(project, "inspect", "--json", "seeds/a.txt", "seeds/empty.txt", "seeds/none.txt")
    assert done.returncode == 1, "one is not there"
    good, empty, missing = (json.loads(line) for line in done.stdout.splitlines())
    for found in (good, empty, missing):
        assert set(found) == set(FIELDS.split())
    assert good["path"] == "seeds/a.txt"
    assert (good["title"], good["authors"], good["categories"]) == (TITLE, ["Ana Lopez"], ["World"])
    assert good["published"] == "2025-06-01T12:00:00Z"
    assert good["body_text"] == prose("a.txt")
    assert good["guid"] == project.guids()[TITLE]
    assert set(good["clues"][0]) >= {"field", "value", "rule", "trust", "line"}
    for found in (empty, missing):
        assert found["title"] is None
        assert (found["authors"], found["body_text"]) == ([], "")
        assert found["guid"] is None
        assert found["problems"]


def test_inspect_shows_each_field_and_where_it_came_from(project: Project) -> None:
    project.write("a.txt", title="The council of the harbour opens a school", published=NOW)
    done = _run(project, "inspect", "seeds/a.txt")
    assert done.returncode == 0
    assert "The council of the harbour opens a school" in done.stdout
    assert "line 1" in done.stdout
    assert "stated" in done.stdout


def test_inspect_needs_neither_ledger_nor_source_folder_and_writes_nothing(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(f"A title of the harbour\n\n{prose('x')}\n")
    before = _everything(tmp_path)
    done = _run(project, "inspect", str(file))
    assert done.returncode == 0
    assert _everything(tmp_path) == before


# ── plan writes nothing ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("built_before", [False, True])
def test_a_plan_writes_nothing_at_all(project: Project, built_before: bool) -> None:
    project.write("a.txt", published=NOW)
    if built_before:
        project.build()
        project.write("b.txt", published=NOW, categories=["World"])
    files, ledger = _everything(project.root), project.ledger.read_bytes() if built_before else b""
    done = _run(project, "plan")
    assert done.returncode == 0
    assert "new" in done.stdout
    after = _everything(project.root)
    if built_before:  # beside a ledger, a journal comes and goes
        del files[str(project.root)], after[str(project.root)]
        assert project.ledger.read_bytes() == ledger
    assert after == files


def test_a_plan_says_what_the_build_then_does(project: Project) -> None:
    project.write("a.txt", published=NOW)
    planned = json.loads(_run(project, "plan", "--json").stdout)
    built = json.loads(_run(project, "build", "--json").stdout)
    assert {name: planned[name] for name in COUNTS} == {name: built[name] for name in COUNTS}
    feeds = [path for feed in planned["feeds"] for path in feed["files"]]
    assert sorted([*feeds, *planned["pages"]]) == sorted(built["written"])
    assert "no feed would change" in _run(project, "plan").stdout


# ── init ─────────────────────────────────────────────────────────────────────────────────────────


def test_init_writes_settings_with_a_fresh_id_that_a_build_can_use(project: Project) -> None:
    project.write("a.txt", published=NOW)
    settings = project.root / "feedpub.toml"
    ids = set()
    for _ in range(2):
        settings.unlink()
        done = _run(project, "init", "--title", 'The "Wire" \\ News', "--url", "https://example.org/")
        assert done.returncode == 0
        ids.add(next(line for line in settings.read_text().splitlines() if line.startswith("id = ")))
    assert len(ids) == 2
    assert _run(project, "build", "-q").stderr == ""
    assert json.loads((project.feeds / "feed.json").read_bytes())["title"] == 'The "Wire" \\ News'


def test_init_needs_no_answers_and_its_settings_are_the_defaults(project: Project) -> None:
    project.write("a.txt", published=NOW)
    (project.root / "feedpub.toml").unlink()
    assert _run(project, "init").returncode == 0
    assert _run(project, "build").returncode == 0
    assert len(project.items()) == 1


def test_init_never_replaces_settings(project: Project) -> None:
    before = (project.root / "feedpub.toml").read_bytes()
    done = _run(project, "init")
    assert done.returncode == 2
    assert "feedpub.toml" in done.stderr
    assert (project.root / "feedpub.toml").read_bytes() == before


def test_init_with_what_can_be_no_url_exits_with_2_and_writes_nothing(project: Project) -> None:
    (project.root / "feedpub.toml").unlink()
    assert _run(project, "init", "--url", "example.org").returncode == 2
    assert not (project.root / "feedpub.toml").exists()


# ── bad input ────────────────────────────────────────────────────────────────────────────────────


def _name(name: bytes) -> Callable[[Project], Any]:
    return lambda project: Path(os.fsdecode(os.fsencode(project.seeds) + b"/" + name)).write_bytes(b"")


BAD = {
    "a name that is no text": _name(b"\xff\xfe.txt"),
    "control characters in a name": _name(b"a\x1b[31m\x07\n\xe2\x80\xae.txt"),
    "binary": lambda project: (project.seeds / "b.txt").write_bytes(bytes(range(256)) * 40),
    "nothing": lambda project: (project.seeds / "b.txt").write_bytes(b""),
    "only NULs": lambda project: (project.seeds / "b.txt").write_bytes(bytes(10_000)),
    "one line of a million letters": lambda project: (project.seeds / "b.txt").write_text("x" * 1_000_000),
    "a million words": lambda project: (project.seeds / "b.txt").write_text("A title\n\n" + "word " * 1_000_000),
    "too large": lambda project: (project.seeds / "b.txt").write_text("x" * 10_000_001),
    "control characters in the text": lambda project: project.write("b.txt", title="A\x1b[31m\x07 story \x9b of it"),
    "a sidecar that is no TOML": lambda project: (project.seeds / "a.txt.meta.toml").write_text("title ="),
    "a sidecar that is no text": lambda project: (project.seeds / "a.txt.meta.toml").write_bytes(b"\xff\xfe\0"),
    "a sidecar with wrong types": lambda project: project.state("a.txt", title=3, authors="x", published="soon"),
    "a sidecar without an article": lambda project: project.state("none.txt", title="A title"),
    "a sidecar with control characters": lambda project: project.state("a.txt", title="A\x1b[31m story", id="\x07\n"),
    "an address that is none": lambda project: project.state("a.txt", url="javascript:alert(1)", language="\x1b"),
}


@pytest.mark.parametrize("spoil", BAD.values(), ids=BAD)
def test_bad_input_stops_nothing_and_reaches_no_terminal_raw(project: Project, spoil: Callable[[Project], Any]) -> None:
    project.write("a.txt", published=NOW)
    project.write("good.txt", published=NOW)
    spoil(project)
    files = [os.fsdecode(file) for file in os.listdir(os.fsencode(project.seeds)) if file.endswith(b".txt")]
    inspected = ("inspect", *(f"seeds/{file}" for file in files))
    for arguments in (("build",), inspected, (*inspected, "--json")):
        done = _run(project, *arguments)
        assert done.returncode in ((0, 1) if "inspect" in arguments else (0,)), done.stderr
        assert "Traceback" not in done.stderr
        shown = set(done.stdout + done.stderr)
        assert not {char for char in shown if char != "\n" and (ord(char) < 32 or 127 <= ord(char) < 160)}
        assert "\u202e" not in shown
    assert "The good opens in the harbour" in project.guids()


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_a_reader_that_goes_away_and_a_closed_standard_output_end_without_complaint(project: Project) -> None:
    project.write("a.txt", published=NOW)
    feedpub = f"'{sys.executable}' -m feedpub"
    shell = f"{feedpub} plan | true; {feedpub} build >&- && {feedpub} build -q 2>&-"
    done = subprocess.run(["sh", "-c", shell], cwd=project.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# ── the start ────────────────────────────────────────────────────────────────────────────────────


def test_the_help_imports_nothing_that_a_command_needs() -> None:
    script = (
        "import sys; from feedpub.cli import cli; cli(['--help'], standalone_mode=False);"
        "print(*(name for name in sys.modules if name.partition('.')[0] in ('feedpub', 'msgspec')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    imported = set(done.stdout.splitlines()[-1].split())
    assert {name for name in imported if not name.startswith("feedpub.cli")} == {"feedpub", "feedpub.errors"}


# ── streams, locales, arguments ──────────────────────────────────────────────────────────────────


def _shell(project: Project, command: bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in the project's folder, in which `feedpub` is the command."""
    line = b'feedpub() { "$PYTHON" -m feedpub "$@"; }\n' + command
    env = {**os.environ, **CLOCK, "PYTHON": sys.executable, **environment}
    done = subprocess.run(
        [b"sh", b"-c", line], cwd=project.root, env=env, capture_output=True, timeout=120, check=False
    )
    assert b"Traceback" not in done.stderr, done.stderr
    return done


def test_a_closed_standard_input_asks_nobody(project: Project) -> None:
    (project.root / "feedpub.toml").unlink()
    assert _shell(project, b"feedpub init <&-").returncode == 0
    assert (project.root / "feedpub.toml").exists()
    assert _shell(project, b"feedpub ledger load - <&-").returncode == 2


@pytest.mark.parametrize(("command", "status"), [(b"build nowhere", 3), (b"build -c nowhere.toml", 2), (b"bild", 2)])
def test_the_exit_status_is_told_though_standard_error_is_full(project: Project, command: bytes, status: int) -> None:
    assert _shell(project, b"ulimit -f 0\nfeedpub " + command + b" 2>said").returncode == status


@pytest.mark.parametrize("option", ["", "-o", "-c", "--ledger"])
def test_an_option_that_names_nothing_is_no_default(project: Project, option: str) -> None:
    project.write("a.txt", published=NOW)
    done = _run(project, "build", *[option] if option else [], "")
    assert done.returncode == 2
    assert "names nothing" in done.stderr
    assert not project.feeds.exists()


def test_a_locale_without_utf_8_changes_no_name_and_no_byte(project: Project) -> None:
    project.write("Übersee 火山.txt", published=NOW, title="Übersee und 火山", categories=["火山"])
    project.build()
    made = project.outputs()
    legacy = {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}
    _shell(project, b"rm -r feeds feeds.ledger.sqlite3 && feedpub build", **legacy)
    assert project.outputs() == made
    assert _shell(project, "feedpub ledger show 'seeds/Übersee 火山.txt'".encode(), **legacy).returncode == 0
    assert _shell(project, b"feedpub ledger dump", **legacy).returncode == 0


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (b"ledger show 'seeds/b\xffd'", 1),
        (b"ledger show seeds/*", 0),
        (b"init -c new.toml --url '' --title 'b\xffd'", 2),
    ],
)
def test_an_argument_that_is_no_text_is_no_trouble(project: Project, command: bytes, status: int) -> None:
    project.write("a.txt", published=NOW)
    os.rename(project.seeds / "a.txt", os.fsencode(project.seeds) + b"/\xe4.txt")
    (project.seeds / "a.txt.meta.toml").unlink()
    project.build()
    assert _shell(project, b"feedpub " + command).returncode == status


def test_a_clock_before_feedpub_dates_nothing(project: Project) -> None:
    project.write("a.txt")
    done = project.run("build", SOURCE_DATE_EPOCH="1")
    assert (done.returncode, "SOURCE_DATE_EPOCH=1 says 1970-01-01" in done.stderr) == (2, True)
    assert not project.feeds.exists()


def test_what_is_no_feed_in_a_folder_of_feeds_is_not_opened(project: Project) -> None:
    project.write("a.txt", published=NOW)
    project.build()
    os.mkfifo(project.feeds / "pipe.rss")
    (project.feeds / "gone.atom").symlink_to("nowhere")
    (project.feeds / "folder.json").mkdir()
    assert project.run("check", "feeds").stdout.endswith("4 documents, 0 errors, 0 warnings\n")


def test_an_address_that_is_none_is_said_to_be_none(project: Project) -> None:
    done = _run(project, "check", "http://[::1")
    assert (done.returncode, "http://[::1: " in done.stderr) == (2, True)
    assert "urlopen" not in _run(project, "check", "http://127.0.0.1:9/").stderr
