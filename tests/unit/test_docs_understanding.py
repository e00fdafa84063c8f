"""The page on understanding tells the truth: its examples, rules and tables are those of the program."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import msgspec
import pytest

from feedpub import config
from feedpub.lexicon import table
from feedpub.sources.loading import Sidecar
from unit.test_docs import ROOT, assert_excerpt, blocks, feedpub, page, rows, section

PAGE = "docs/understanding.md"
PACKAGE = ROOT / "src/feedpub"
CORK, WINDMILL = "seeds/cork-drones.txt", "seeds/windmueller.txt"


def shown(page_of: str) -> list[str]:
    """Give the examples in which `inspect` reads a page."""
    return [text for text in blocks(section(PAGE, "## Two pages, read"), "text") if text.startswith(page_of)]


def inspected(*arguments: str) -> str:
    return feedpub("inspect", "--config", "feedpub.toml", "--ledger", os.devnull, *arguments).stdout


@pytest.mark.parametrize("name", [CORK, WINDMILL])
def test_inspect_prints_what_the_page_shows(name: str) -> None:
    (example,) = shown(name)
    assert_excerpt(example, inspected(name))


def test_inspect_marks_the_page_as_shown() -> None:
    (example,) = (text for text in blocks(page(PAGE), "text") if "  title  " in text and not text.startswith("seeds/"))
    assert_excerpt(example, inspected("--page", WINDMILL))


def test_the_page_that_is_shown_is_the_one_in_seeds() -> None:
    example = blocks(section(PAGE, "### A page with four dates"), "text")[0]
    assert_excerpt(example, page(CORK))


def test_a_time_zone_in_the_settings_does_what_is_said(tmp_path: Path) -> None:
    (settings,) = blocks(section(PAGE, "### A page in another zone"), "toml")
    (tmp_path / "feedpub.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    for name in (WINDMILL, f"{WINDMILL}.meta.toml"):
        shutil.copy(ROOT / name, tmp_path / "seeds")
    example = blocks(section(PAGE, "### A page in another zone"), "text")[-1]
    assert_excerpt(example, feedpub("inspect", WINDMILL, folder=tmp_path).stdout)


def test_what_it_states_can_be_stated(tmp_path: Path) -> None:
    for text in blocks(section(PAGE, "## When it is wrong"), "toml"):
        if text.startswith("["):
            (tmp_path / config.FILE).write_text(text, encoding="utf-8")
            config.load(tmp_path / config.FILE)
        else:
            msgspec.toml.decode(text, type=Sidecar)


def test_every_rule_it_explains_is_one() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    explained = [cells[0].strip("`") for cells in rows(section(PAGE, "## The parts of a page")) if cells[0][0] == "`"]
    assert explained
    assert [rule for rule in explained if f'"{rule}"' not in code] == []


def test_every_table_is_explained() -> None:
    explained = {cells[0].strip("`") for cells in rows(section(PAGE, "## The tables")) if cells[0][0] == "`"}
    assert explained == {file.name for file in (PACKAGE / "tables").glob("*.tsv")}


def test_every_key_of_a_table_is_explained() -> None:
    for name, _, explained in rows(section(PAGE, "## The tables")):
        if not explained.startswith("`"):
            continue  # too many to name: languages, offsets, categories
        named = {word.removesuffix(".…") for word in re.findall(r"`([^`]+)`", explained)}
        keys = set(table(name.strip("`").removesuffix(".tsv")))
        assert named == {key if key in named else key.partition(".")[0] for key in keys}, name
