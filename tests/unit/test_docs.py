"""The documentation tells the truth: what it lists is what there is, and what it shows is what happens."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from typing import get_args

import click
import msgspec
import pytest

from conftest import Project
from feedpub import config, errors
from feedpub.cli import cli
from feedpub.model import Tables, What
from feedpub.sources.loading import Sidecar

ROOT = Path(__file__).parents[2]
ARTICLE = "seeds/000_800fef7c10d88c5e.txt"
PAGES = sorted(
    str(page.relative_to(ROOT)) for page in (ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md"))
)
CUT = "[…]"  # stands in an example where something was left out


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """Give what stands below a heading, up to the next of its rank or above."""
    marks = heading.partition(" ")[0]
    found = re.search(
        rf"^{re.escape(heading)}$\n(.*?)(?=^#{{1,{len(marks)}}} |\Z)", page(name), re.MULTILINE | re.DOTALL
    )
    assert found, f"{name} has no heading {heading}"
    return found[1]


def headings(text: str) -> list[str]:
    return re.findall(r"^#+ +(.+?) *$", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)


def rows(text: str) -> Iterator[list[str]]:
    """Give the cells of every table row."""
    for line in text.splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def first_cells(text: str) -> set[str]:
    """Give every word that the first column of a text's tables shows as code."""
    return {word for cells in rows(text) for word in re.findall(r"`([^`]+)`", cells[0])}


def blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def assert_excerpt(shown: str, whole: str) -> None:
    """Check that every part of an excerpt stands in the whole, in this order."""
    at = 0
    for part in (part.strip() for line in shown.splitlines() for part in line.split(CUT)):
        found = whole.find(part, at)
        assert found >= 0, f"this is not what the program says: {part}"
        at = found + len(part)


def feedpub(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "feedpub", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=True)


# ── links ──


def anchors(file: Path) -> set[str]:
    """Give the anchors that GitHub makes of a page's headings."""
    titles = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title) for title in headings(file.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_file_and_a_heading(name: str) -> None:
    here = ROOT / name
    for target in re.findall(r"\]\(([^)\s]+)\)", page(name)):
        if ":" in target:
            continue
        path, _, anchor = target.partition("#")
        file = (here.parent / path) if path else here
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def test_the_list_of_pages_is_complete() -> None:
    listed = set(re.findall(r"\]\(([^)/#]+\.md)\)", page("docs/README.md")))
    assert listed == {file.name for file in ROOT.glob("docs/*.md")} - {"README.md"}


# ── commands ──


def commands(group: click.Group, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """Give every command with its name, those in groups too."""
    for name, command in sorted(group.commands.items()):
        yield prefix + name, command
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix}{name} ")


COMMANDS = dict(commands(cli))


def test_every_command_has_its_section() -> None:
    written = {heading for heading in headings(page("docs/commands.md")) if heading.startswith("`feedpub ")}
    assert written == {f"`feedpub {name}`" for name in COMMANDS}


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if not isinstance(command, click.Group)])
def test_every_option_is_explained_and_no_other(name: str) -> None:
    there = {
        option
        for parameter in COMMANDS[name].params
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("-")
    }
    shown = {
        word.partition(" ")[0]
        for word in first_cells(section("docs/commands.md", f"{'#' * (2 + name.count(' '))} `feedpub {name}`"))
        if word[0] == "-"
    }
    assert shown == there


def test_every_exit_status_is_explained() -> None:
    def statuses(kind: type[errors.FeedpubError]) -> set[int]:
        return {kind.status}.union(*(statuses(below) for below in kind.__subclasses__()))

    explained = {cells[0] for cells in rows(section("docs/commands.md", "## Exit statuses"))}
    assert {str(status) for status in statuses(errors.FeedpubError) | {0, 1}} <= explained


def test_every_key_of_the_json_reports_is_explained(project: Project) -> None:
    project.write("a.txt", categories=["World"])
    project.write("b.txt", categories=["World"], captured="not at all")
    planned = json.loads(project.run("plan", "--json").stdout)
    built = json.loads(project.run("build", "--json").stdout)
    examined = json.loads(project.run("inspect", "--json", "seeds/a.txt").stdout)
    build = section("docs/commands.md", "## `feedpub build`")
    explained = {*re.findall(r"`([a-z_]+)`", build)}
    assert built["problems"]
    assert {*built, *built["problems"][0]} <= explained
    feed = planned.pop("feeds")[0]
    assert {*planned} <= explained
    plan = section("docs/commands.md", "## `feedpub plan`")
    assert {*feed, *feed["new"][0]} <= set(re.findall(r"`([a-z_]+)`", plan))
    shown = json.loads(project.run("ledger", "show", "--json", "seeds/a.txt").stdout)
    show = section("docs/commands.md", "### `feedpub ledger show`")
    assert {*shown} <= set(re.findall(r"`([a-z_]+)`", show))
    assert set(get_args(What)) <= first_cells(show)
    (project.root / "old.rss").write_text('<rss version="2.0"><channel><item><guid>x:1</guid></item></channel></rss>')
    adopted = json.loads(project.run("adopt", "--json", "--dry-run", "old.rss").stdout)
    adopt = section("docs/commands.md", "## `feedpub adopt`")
    assert {*adopted, *adopted["entries"][0]} <= set(re.findall(r"`([a-z_]+)`", adopt))
    inspect = section("docs/commands.md", "## `feedpub inspect`")
    assert {*examined, *examined["clues"][0]} <= set(re.findall(r"`([a-z_]+)`", inspect))


def test_every_finding_of_verify_is_explained() -> None:
    sources = [page(f"src/feedpub/{name}.py") for name in ("ledger/soundness", "upkeep")]
    rules = set(re.findall(r'"([a-z]+-[a-z]+|damaged|impossible|misplaced)"', "".join(sources)))
    assert rules == {
        rule for rule in first_cells(section("docs/commands.md", "### `feedpub ledger verify`")) if "-" not in rule[:2]
    }


def test_every_kind_of_line_of_a_dump_is_explained() -> None:
    kinds = set(re.findall(r'tag="([a-z]+)"', page("src/feedpub/ledger/lines.py")))
    assert first_cells(section("docs/ledger.md", "## As text")) == {*kinds, "is"}


# ── settings ──

TABLES = {
    "## [site]": config.Site,
    "## [[sources]]": config.SourceFolder,
    "## [sources.fields]": config.FieldNames,
    "## [feeds]": config.Feeds,
    "## [feeds.custom.NAME]": config.CustomFeed,
    "## [tables]": Tables,
    "## [duplicates]": config.Duplicates,
    "## [guards]": config.Guards,
    "## [limits]": config.LimitsOfFiles,
}


def defaults(table: type[msgspec.Struct]) -> dict[str, str]:
    """Give every key of a table but other tables with its default, as one would write it in TOML."""
    fields = msgspec.structs.fields(table)
    return {field.name: _as_toml(field) for field in fields if field.default_factory is msgspec.NODEFAULT}


def _as_toml(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "required"
    return "none" if field.default is None else f"`{json.dumps(field.default)}`"


@pytest.mark.parametrize("heading", TABLES)
def test_every_setting_is_explained_with_its_default(heading: str) -> None:
    shown = {
        cells[0].strip("`"): cells[1] for cells in rows(section("docs/settings.md", heading)) if cells[0][0] == "`"
    }
    assert shown == defaults(TABLES[heading])


def test_every_table_of_the_settings_has_its_section() -> None:
    found = (heading.strip("[]") for heading in headings(page("docs/settings.md")) if heading.startswith("["))
    written = {heading.partition(".")[0] for heading in found}
    assert written == {field.name for field in msgspec.structs.fields(config.Settings)}


def test_every_key_of_a_sidecar_is_explained() -> None:
    text = page("docs/settings.md")
    sidecars = section("docs/settings.md", next(line for line in text.splitlines() if line.startswith("## Sidecars")))
    assert first_cells(sidecars) == set(Sidecar.__struct_fields__)


@pytest.mark.parametrize("name", ["README.md", "docs/settings.md"])
def test_the_settings_that_are_shown_are_settings(name: str, tmp_path: Path) -> None:
    for text in blocks(page(name), "toml"):
        if "[" in text.splitlines()[0]:
            (tmp_path / config.FILE).write_text(text, encoding="utf-8")
            config.load(tmp_path / config.FILE)
        else:
            msgspec.toml.decode(text, type=Sidecar)


# ── problems ──


def test_no_problem_is_explained_that_there_is_none() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    explained = re.findall(r"^## `([a-z-]+)`$", page("docs/problems.md"), re.MULTILINE)
    assert explained == sorted(explained)
    assert [code for code in explained if f'"{code}"' not in sources] == []


# ── cron ──


def test_the_readme_and_the_page_on_cron_give_the_same_recipe() -> None:
    for kind in ("crontab", "ini"):
        assert blocks(page("README.md"), kind) == blocks(page("docs/cron.md"), kind) != []


def crontab() -> str:
    """Give the command of the README's crontab, and check the five fields before it."""
    (text,) = blocks(page("README.md"), "crontab")
    variable, job = text.splitlines()
    assert re.fullmatch(r"[A-Z]+=\S+", variable)
    *fields, command = job.split(None, 5)
    assert len(fields) == 5
    assert all(re.fullmatch(r"[\d*/,-]+", field) for field in fields)
    assert "%" not in command  # cron would make a line break of it
    return command


@pytest.fixture
def home(tmp_path: Path, project: Project) -> Path:
    """Give a home folder as the README has it: feedpub in news/.venv, and a project in news."""
    project.write("a.txt")
    project.root.rename(tmp_path / "news")
    program = tmp_path / "news/.venv/bin/feedpub"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m feedpub "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


def test_the_crontab_works_as_written_and_is_silent(home: Path) -> None:
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "LOGNAME": "you"}
    for _ in range(2):
        ran = subprocess.run(["/bin/sh", "-c", crontab()], cwd="/", env=environment, capture_output=True, check=False)
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    assert (home / "news/feeds/feed.atom").exists()


def test_the_timer_works_as_written(home: Path) -> None:
    service, timer = (_unit(text) for text in blocks(page("README.md"), "ini"))
    assert timer["Timer"]["OnCalendar"]
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert service["Service"]["Type"] == "oneshot"
    assert int(service["Service"]["SuccessExitStatus"]) == errors.Locked.status
    command = shlex.split(service["Service"]["ExecStart"].replace("%h", str(home)))
    ran = subprocess.run(command, cwd="/", env={"HOME": str(home)}, capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    assert (home / "news/feeds/feed.atom").exists()


def _unit(text: str) -> ConfigParser:
    unit = ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(text)
    return unit


# ── examples ──


def test_the_readme_begins_with_what_goes_in_and_what_comes_out(tmp_path: Path) -> None:
    opening = page("README.md").partition("\n## ")[0]
    (page_as_dumped,), (entry,) = blocks(opening, "text"), blocks(opening, "xml")
    assert_excerpt(page_as_dumped, page(ARTICLE))
    feedpub("build", "--config", "feedpub.toml", "--output", str(tmp_path / "feeds"))
    for path in ("feed.atom", "category/world-news/feed.atom"):
        feed = (tmp_path / "feeds" / path).read_text(encoding="utf-8")
        (made,) = (
            found for found in re.findall(r"<entry.*?</entry>", feed, re.DOTALL) if entry.splitlines()[1] in found
        )
        assert_excerpt(entry, made)


def test_the_page_on_commands_shows_what_inspect_prints() -> None:
    example = next(text for text in blocks(page("docs/commands.md"), "text") if text.startswith("seeds/"))
    assert_excerpt(example, feedpub("inspect", "--config", "feedpub.toml", "--ledger", os.devnull, ARTICLE).stdout)
