"""Formats of other packages: found by their entry points, asked for their extension, never trusted."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import NOW, Project, prose
from feedpub import formats, plugins
from feedpub.formats import _custom
from feedpub.sources import Folder

EXAMPLE = Path(__file__).parents[2] / "examples" / "gemtext"
SITE = {"title": "Morning Wire", "url": "https://example.org/news/", "id": "1c5f0a52-6c1e-4a7e-9d55-3b0c1f8a7e21"}
GOOD = """
from feedpub.model import Block, Clue, Draft, Trust
def read(document):
    blocks = [Block(line, n) for n, line in enumerate(document.data.decode().split("\\n"), 1) if line]
    clues = [Clue("title", TITLE, "abc", Trust.STATED)]
    return Draft("abc", blocks, clues, main=[block.line for block in blocks])
"""
BLOCK = "from feedpub.model import *\ndef read(document): return Draft('abc', {}, {})\n"


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder from which packages are imported, in which none are installed so far."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    return folder


def install(folder: Path, code: str, *, name: str = "abcfiles", version: str = "1.0", extension: str = "abc") -> None:
    """Install a package that reads files of an extension."""
    for old in folder.glob(f"{name}-*"):
        shutil.rmtree(old)
    metadata = folder / f"{name}-{version}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (metadata / "entry_points.txt").write_text(f"[feedpub.formats]\n{extension} = {name}:read\n")
    (folder / f"{name}.py").write_text(code)
    sys.modules.pop(name, None)
    shutil.rmtree(folder / "__pycache__", ignore_errors=True)
    plugins._offered.cache_clear()
    _custom._loaded.cache_clear()


@pytest.fixture(autouse=True)
def _forget() -> object:
    """Leave no package behind for other tests."""
    yield
    plugins._offered.cache_clear()
    _custom._loaded.cache_clear()
    sys.modules.pop("abcfiles", None)


def write(project: Project, name: str = "a.abc", text: str = "") -> None:
    project.settings(site=SITE)
    with (project.root / "feedpub.toml").open("a") as settings:
        settings.write('[[sources]]\npath = "seeds"\ninclude = ["**/*.txt", "**/*.abc"]\n')
    (project.seeds / name).write_text(text or prose(name))
    (project.seeds / f"{name}.meta.toml").write_text(f"published = {NOW.isoformat()}\n")


def codes(project: Project) -> list[str]:
    return [problem.code for problem in project.build().problems]


def test_a_package_reads_the_files_of_its_extension(project: Project, packages: Path) -> None:
    install(packages, "TITLE = 'The title'\n" + GOOD)
    write(project)
    assert codes(project) == []
    assert list(project.guids()) == ["The title"]


def test_another_version_of_a_package_reads_its_files_again(project: Project, packages: Path) -> None:
    install(packages, "TITLE = 'The title'\n" + GOOD)
    write(project)
    project.build()
    (guid,) = project.guids().values()
    install(packages, "TITLE = 'Another title'\n" + GOOD, version="1.1")
    project.build()
    assert project.guids() == {"Another title": guid}


def test_a_package_that_is_not_asked_for_changes_nothing(packages: Path) -> None:
    install(packages, GOOD)
    assert plugins.versions(Folder("seeds", "seeds").include) == ()
    assert plugins.versions(["**/*.abc"]) == plugins.versions(["**/*"]) == ("abcfiles 1.0",)


def test_no_package_takes_an_extension_that_feedpub_reads(project: Project, packages: Path) -> None:
    install(packages, "raise SystemExit\n", extension="txt")
    project.write("a.txt")
    assert codes(project) == []
    for pattern in Folder("seeds", "seeds").include:
        assert plugins.extension_of(pattern) in plugins.BUILT_IN
    assert formats.FORMATS.keys() <= plugins.BUILT_IN


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import nowhere\n", "ModuleNotFoundError: No module named 'nowhere' (abcfiles.py, line 1)"),
        ("def read(document:\n", "SyntaxError"),
        ("raise SystemExit(3)\n", "SystemExit: 3 (abcfiles.py, line 1)"),
        ("", "AttributeError"),
        ("read = 3\n", "TypeError"),
        ("def read(document):\n    return 1 / 0\n", "ZeroDivisionError: division by zero (abcfiles.py, line 2)"),
        ("def read(document): raise SystemExit\n", "SystemExit"),
        ("def read(document): return read(document)\n", "RecursionError"),
        ("def read(document): return None\n", "a NoneType, not a Draft"),
        (BLOCK.format("('a line',)", "()"), "ValidationError"),
        (BLOCK.format("(Block(3, 1),)", "()"), "Expected `str`, got `int` - at `$.blocks[0].text`"),
        (BLOCK.format("(Block('a', 0),)", "()"), "do not rise from 1"),
        (BLOCK.format("(Block('a', 2), Block('b', 2))", "()"), "do not rise from 1"),
        (BLOCK.format("(Block('a', 10**9),)", "()"), "do not rise from 1"),
        (
            BLOCK.format("()", "(Clue('titel', 'x', 'abc', Trust.STATED),)"),
            "a clue to `titel`; expected one of aliases,",
        ),
        (BLOCK.format("()", "(Clue('title', 3, 'abc', Trust.STATED),)"), "Expected `str`, got `int`"),
        (BLOCK.format("()", "(Clue('authors', 'Ada', 'abc', Trust.STATED),)"), "Expected `array`, got `str`"),
        (BLOCK.format("()", "(Clue('published', object(), 'abc', Trust.STATED),)"), "TypeError"),
    ],
    ids=range(18),
)
def test_a_broken_package_sets_its_files_aside_and_stops_nothing(
    project: Project, packages: Path, code: str, told: str
) -> None:
    install(packages, code)
    project.write("good.txt", title="Good")
    write(project)
    (problem,) = project.build().problems
    assert problem.code == "broken-format"
    assert "abcfiles 1.0" in problem.message
    assert told in problem.message
    assert list(project.guids()) == ["Good"]


def test_what_was_published_stays_when_its_package_breaks(project: Project, packages: Path) -> None:
    install(packages, "TITLE = 'The title'\n" + GOOD)
    write(project)
    project.build()
    before = project.outputs()
    install(packages, "def read(document): return 1 / 0\n", version="1.1")
    assert codes(project) == ["broken-format"]
    assert project.outputs() == before


def test_two_packages_for_one_extension_read_nothing(project: Project, packages: Path) -> None:
    install(packages, GOOD)
    install(packages, GOOD, name="abcother", version="2.0")
    write(project)
    (problem,) = project.build().problems
    assert problem.message == "abcfiles 1.0 and abcother 2.0 both read .abc files"


@pytest.mark.parametrize(
    "draft",
    [
        "Draft('abc', (), main=(1,))",
        "Draft('abc', (Block('', 1), Block('\\ufffe', 2)), main=(1, 2))",
        "Draft('abc', (Block('The council settled the timetable.', 1),), main=(7,))",
        "Draft('abc', (Block('x', 1),), (Clue('title', 'x', '', Trust.STATED),), main=(1,))",
        "Draft('abc', (Block('The council.', 1),), pieces=(Piece(1, '<script>x</script>', ((1, ''),)),), main=(1,))",
    ],
    ids=range(5),
)
def test_odd_drafts_break_nothing(project: Project, packages: Path, draft: str) -> None:
    install(packages, f"from feedpub.model import *\ndef read(document): return {draft}\n")
    write(project)
    project.build()
    assert b"<script" not in b"".join(project.outputs().values())


def test_inspect_shows_the_page_of_a_custom_format(project: Project, packages: Path) -> None:
    install(packages, "TITLE = 'The title'\n" + GOOD)
    write(project, text=f"First line\n\n{prose('a', 1)}")
    ran = project.run("inspect", "--page", "seeds/a.abc", PYTHONPATH=_path(packages))
    assert ran.returncode == 0, ran.stderr
    assert "First line" in ran.stdout


def _path(folder: Path) -> str:
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))


def test_the_example_of_a_custom_format_installs_and_reads(project: Project, tmp_path: Path) -> None:
    code = EXAMPLE / "feedpub_gemtext.py"
    assert len(code.read_text().splitlines()) <= 30
    shutil.copytree(EXAMPLE, tmp_path / "gemtext")
    target = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--no-index", "--no-deps"]
    made = subprocess.run(
        [*pip, "--no-build-isolation", "--target", target, tmp_path / "gemtext"], capture_output=True, check=False
    )
    assert made.returncode == 0, made.stderr
    story = prose("gemini", 2)
    (project.seeds / "boats.gmi").write_text(f"# Late boats stay\n\n{story}\n\n=> /tides The tides\n", encoding="utf-8")
    (project.seeds / "boats.gmi.meta.toml").write_text("published = 2025-05-01T08:00:00Z\n")
    with (project.root / "feedpub.toml").open("a") as settings:
        settings.write('[[sources]]\npath = "seeds"\ninclude = ["**/*.gmi"]\n')
    ran = project.run("build", PYTHONPATH=_path(target))
    assert ran.returncode == 0, ran.stderr
    (item,) = json.loads((project.feeds / "feed.json").read_bytes())["items"]
    assert item["title"] == "Late boats stay"
    assert story.split("\n\n")[0] in item["content_html"]
    assert item["content_html"].endswith("<p>The tides</p>")
