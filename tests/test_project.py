"""The project keeps its own promises: documentation, locks and the wheel agree with the code."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from feedpub.cli import cli

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")], key=str)
NAMES = [str(path.relative_to(ROOT)) for path in DOCUMENTS]


# ── the documentation ──


def code(text: str) -> Iterator[str]:
    """Give what a document shows as code: the lines of its blocks, and its spans."""
    blocks = re.compile(r"^ *```.*?\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
    for block in blocks.findall(text):
        yield from re.sub(r"\\\n", " ", block).splitlines()
    yield from re.findall(r"`([^`\n]+)`", blocks.sub("", text))


def commands(name: str, program: str) -> Iterator[list[str]]:
    """Give the arguments with which a document calls a program."""
    called = re.compile(rf"(?:^|[$;&|=] ?|/|\d \* \* \* )\s*{program} +([^#|;&<>…]+)")
    for line in code((ROOT / name).read_text(encoding="utf-8")):
        for arguments in called.findall(line):
            yield shlex.split(arguments)


@pytest.mark.parametrize("name", NAMES)
def test_every_make_target_in_the_documentation_is_there(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {word for words in commands(name, "make") for word in words if "=" not in word and word.islower()}
    assert named <= targets


@pytest.mark.parametrize("name", NAMES)
def test_every_feedpub_command_in_the_documentation_is_there(name: str) -> None:
    for words in commands(name, "feedpub"):
        if re.fullmatch(r"[a-z]+", words[0]):
            assert words[0] in cli.commands, f"feedpub {shlex.join(words)}"
            assert options(words) <= known_options(meant(words)), f"feedpub {shlex.join(words)}"


def meant(words: list[str]) -> click.Command:
    """Give the command that is called, in a group or not."""
    command = cli.commands[words[0]]
    if isinstance(command, click.Group) and len(words) > 1 and re.fullmatch(r"[a-z]+", words[1]):
        return command.commands[words[1]]
    return command


def options(words: list[str]) -> set[str]:
    return {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)}


def known_options(command: click.Command) -> set[str]:
    return {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}


@pytest.mark.parametrize("name", NAMES)
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", (ROOT / name).read_text(encoding="utf-8"))
    missing = [target for target in targets if ":" not in target and not ((ROOT / name).parent / target).exists()]
    assert missing == []


def test_every_problem_code_has_a_paragraph_in_the_documentation() -> None:
    headings = re.compile(r"^#+ +`?([a-z-]+)`?$", re.MULTILINE)
    explained = set(headings.findall((ROOT / "docs/problems.md").read_text(encoding="utf-8")))
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert set(re.findall(r"Problem\(\s*\"([a-z-]+)\"", sources)) <= explained


# ── the locks ──


@pytest.mark.parametrize("name", ["build", "runtime", "dev", "bench"])
def test_a_lock_names_no_registry_and_gives_every_package_a_hash(name: str) -> None:
    lock = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")
    assert "://" not in lock
    packages = [package for package in re.split(r"\n(?=\S)", lock) if "==" in package.splitlines()[0]]
    assert packages
    assert all("--hash=sha256:" in package for package in packages)


def test_the_locks_hold_every_dependency_of_the_project() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {"runtime": settings["project"]["dependencies"], **settings["dependency-groups"]}
    for name, requirements in wanted.items():
        lock = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")
        for requirement in requirements:
            assert re.search(rf"^{re.split('[<>=]', requirement)[0]}==", lock, re.MULTILINE), requirement


# ── the wheel ──


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"))
    for name in ("LICENSE", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    build = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
    subprocess.run([*build, "--wheel-dir", str(folder), str(folder)], check=True)
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_holds_every_module_table_and_file_of_the_theme(wheel: zipfile.ZipFile) -> None:
    package = ROOT / "src/feedpub"
    theme = (path for path in package.glob("theme/**/*") if path.is_file())
    files = (*package.rglob("*.py"), *package.glob("tables/*"), *theme)
    ours = {path.relative_to(package.parent).as_posix() for path in files}
    assert {name for name in wheel.namelist() if name.startswith("feedpub/")} == ours


def test_the_wheel_brings_the_command(wheel: zipfile.ZipFile) -> None:
    (entry_points,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "feedpub = feedpub.cli:main" in wheel.read(entry_points).decode()
