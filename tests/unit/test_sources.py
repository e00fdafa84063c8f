"""Sources: found in the order of their paths, compared with what was seen, dated by what is known of their capture."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import LONG_AGO
from feedpub import sources
from feedpub.errors import ConfigError
from feedpub.model import Document, Gone, Problem, Source, Trust, Unlisted
from feedpub.sources.capturing import capture_of


def _folder(root: Path, **described: object) -> sources.Folder:
    return sources.Folder("seeds", str(root), **described)  # type: ignore[arg-type]


def _paths(root: Path, **described: object) -> list[str]:
    return [found.path for found in sources.scan([_folder(root, **described)])]


def _put(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")


# ── finding ──────────────────────────────────────────────────────────────────────────────────────


def test_sources_come_in_the_code_point_order_of_their_whole_paths(tmp_path: Path) -> None:
    names = (
        "a-b.txt",
        "a/z.txt",
        "a.b/c.txt",
        "a0/x.txt",
        "a.txt",
        "A.txt",
        "é.txt",
        "z.txt",
        "Ω/a.txt",
        "𝄞.txt",
        "￼.txt",
    )
    _put(tmp_path, *names, "\uffee.txt", "a-/x.txt", "a/b/c.txt", "a/b-c.txt", "a/b.txt", "a b/c.txt", "a!.txt")
    found = _paths(tmp_path)
    assert len(found) == len(names) + 7
    assert found == sorted(found)


def test_several_folders_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    folders = [sources.Folder(name, str(tmp_path / name)) for name in ("b", "a", "a-", "a0")]
    _put(tmp_path, *(f"{folder.name}/x.txt" for folder in folders))
    found = [source.path for source in sources.scan(folders)]
    assert len(found) == 4
    assert found == sorted(found)


def test_hidden_files_sidecars_and_the_output_folder_are_no_articles(tmp_path: Path) -> None:
    _put(tmp_path, "a.txt", ".hidden.txt", ".git/b.txt", "a.txt.meta.toml", "_defaults.meta.toml", "out/c.txt")
    assert _paths(tmp_path, include=("**/*",), skip=(str(tmp_path / "out"),)) == ["seeds/a.txt"]


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("**/*.txt", {"a.txt", "x/a.txt", "x/y/a.txt"}),
        ("*.txt", {"a.txt"}),
        ("x/*.txt", {"x/a.txt"}),
        ("x/**/*.txt", {"x/a.txt", "x/y/a.txt"}),
        ("?.txt", {"a.txt"}),
        ("a.txt", {"a.txt"}),
        ("[a-c].txt", {"a.txt"}),
        ("[!b].txt", {"a.txt"}),
        ("x[!b]a.txt", set()),
        ("[[&&||a].txt", {"a.txt"}),
        ("[", set()),
        ("[]", set()),
        ("[!]", set()),
        ("(a|b).txt", set()),
        ("*", {"a.txt", "b.html"}),
    ],
)
def test_a_pattern_chooses_files_by_their_way_below_the_folder(tmp_path: Path, pattern: str, matches: set[str]) -> None:
    _put(tmp_path, "a.txt", "b.html", "x/a.txt", "x/y/a.txt")
    assert {path.removeprefix("seeds/") for path in _paths(tmp_path, include=(pattern,))} == matches


def test_a_range_that_runs_backwards_is_an_error_in_the_settings(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"\[z-a\]"):
        _paths(tmp_path, include=("[z-a].txt",))


def test_a_source_looked_up_alone_is_the_same_as_when_it_is_found(tmp_path: Path) -> None:
    _put(tmp_path, "x/y/a.txt", "x/y/a.txt.meta.toml", "_defaults.meta.toml", "x/_defaults.meta.toml")
    for file in tmp_path.rglob("*"):
        os.utime(file, ns=(LONG_AGO, LONG_AGO))
    folder = _folder(tmp_path, stamp="mark")
    (found,) = sources.scan([folder])
    assert sources.at(folder, str(tmp_path / "x/y/a.txt")) == found
    assert isinstance(found, Source)
    assert [Path(sidecar).name for sidecar in found.sidecars] == [
        "_defaults.meta.toml", "_defaults.meta.toml", "a.txt.meta.toml"
    ]  # fmt: skip
    assert sources.at(folder, str(tmp_path / "none.txt")) is None


# ── comparing ────────────────────────────────────────────────────────────────────────────────────


def _source(path: str, size: int = 1, mtime_ns: int = 1, stamp: str = "") -> Source:
    return Source(path, "/" + path, size, mtime_ns, stamp)


def test_what_is_as_it_was_makes_no_difference() -> None:
    assert list(sources.compare([_source("a"), _source("b")], [("a", 1, 1, ""), ("b", 1, 1, "")])) == []


@pytest.mark.parametrize("changed", [{"size": 2}, {"mtime_ns": 2}, {"mtime_ns": -1}, {"stamp": "x"}])
def test_another_size_time_or_sidecar_is_a_difference(changed: dict[str, int]) -> None:
    source = _source("a", **changed)
    assert list(sources.compare([source], [("a", 1, 1, "")])) == [source]


def test_what_may_still_change_is_a_difference_though_it_looks_the_same() -> None:
    unsettled = [_source("a", mtime_ns=-1), _source("b", stamp=" 3:-1")]
    assert list(sources.compare(unsettled, [("a", 1, -1, ""), ("b", 1, 1, " 3:-1")])) == unsettled


def test_what_lies_below_a_folder_that_cant_be_listed_is_not_gone() -> None:
    seen = [(path, 1, 1, "") for path in ("a", "x/1", "x/2", "x0", "y")]
    differences = list(sources.compare([_source("a"), Unlisted("x/", "denied"), _source("y")], seen))
    assert differences == [Unlisted("x/", "denied"), Gone("x0")]


FILES = st.from_regex(r"[ab/]{0,4}[ab]", fullmatch=True)  # a path that ends with a slash holds many articles


@given(now=st.dictionaries(FILES, st.integers(0, 2)), seen=st.dictionaries(FILES, st.integers(0, 2)))
def test_differences_are_those_of_the_two_sets(now: dict[str, int], seen: dict[str, int]) -> None:
    found = [_source(path, size=size) for path, size in sorted(now.items())]
    differences = list(sources.compare(found, [(path, size, 1, "") for path, size in sorted(seen.items())]))
    assert {one.path for one in differences if isinstance(one, Gone)} == set(seen) - set(now)
    assert {one.path for one in differences if isinstance(one, Source)} == {
        path for path, size in now.items() if seen.get(path) != size
    }
    assert [one.path for one in differences] == sorted(one.path for one in differences)


# ── when it was captured ─────────────────────────────────────────────────────────────────────────


def _captured(tmp_path: Path, name: str, mtime: int = LONG_AGO // 10**9, **setting: datetime) -> tuple[str, str] | None:
    file = tmp_path / name
    file.write_text("x")
    os.utime(file, (mtime, mtime))
    source = sources.at(_folder(tmp_path), str(file))
    assert source is not None
    document = sources.load(source, **setting)
    assert isinstance(document, Document)
    capture = document.capture
    return (capture.rule, f"{capture.value:%Y-%m-%d %H:%M:%S}") if capture else None


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("2025-04-28.txt", "2025-04-28 12:00:00"),
        ("20250428.txt", "2025-04-28 12:00:00"),
        ("2025-04-28-budget.txt", "2025-04-28 12:00:00"),
        ("budget_2025-04-28.txt", "2025-04-28 12:00:00"),
        ("page 2025-04-28.txt", "2025-04-28 12:00:00"),
        ("20250428T1805-budget.txt", "2025-04-28 18:05:00"),
        ("2025-04-28T18:05:09Z.txt", "2025-04-28 18:05:09"),
        ("2025-04-28_18-05-09.txt", "2025-04-28 18:05:09"),
        ("20250428-180509.txt", "2025-04-28 18:05:09"),
        ("20240229.txt", "2024-02-29 12:00:00"),
    ],
)
def test_a_date_in_a_files_name_is_when_it_was_captured(tmp_path: Path, name: str, moment: str) -> None:
    assert _captured(tmp_path, name) == ("file-name", moment)


@pytest.mark.parametrize(
    "name",
    [
        "000_800fef7c20250428.txt",
        "a20250428.txt",
        "20250428a.txt",
        "120250428.txt",
        "202504281.txt",
        "2025-0428.txt",
        "202504-28.txt",
        "2025-13-01.txt",
        "2025-02-30.txt",
        "2025-00-10.txt",
        "3025-04-28.txt",
        "1850-04-28.txt",
        "2025-04.txt",
    ],
)
def test_other_digits_in_a_files_name_are_no_date(tmp_path: Path, name: str) -> None:
    assert _captured(tmp_path, name) == ("mtime", "2025-05-23 11:33:20")


def test_a_date_in_a_folders_name_says_nothing_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "2020-01-01").mkdir()
    assert _captured(tmp_path, "2020-01-01/a.txt") == ("mtime", "2025-05-23 11:33:20")


def test_the_settings_win_over_the_name_and_the_sidecar_over_the_settings(tmp_path: Path) -> None:
    setting = datetime(2024, 5, 6, tzinfo=UTC)
    assert _captured(tmp_path, "2025-04-28.txt", captured=setting) == ("settings", "2024-05-06 00:00:00")
    (tmp_path / "2025-04-28.txt.meta.toml").write_text("captured = 2023-01-02T03:04:05+01:00\n")
    assert _captured(tmp_path, "2025-04-28.txt", captured=setting) == ("sidecar", "2023-01-02 02:04:05")


@pytest.mark.parametrize("mtime", [0, 1, 500_000_000])
def test_a_modification_time_before_there_were_pages_says_nothing(tmp_path: Path, mtime: int) -> None:
    assert _captured(tmp_path, "a.txt", mtime) is None


def test_a_modification_time_beyond_the_calendar_says_nothing() -> None:
    source = Source("seeds/a.txt", "/seeds/a.txt", 1, 2**60 * 10**9)
    assert capture_of(source, None, None) is None


def test_a_modification_time_is_but_a_guess(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    source = sources.at(_folder(tmp_path), str(tmp_path / "a.txt"))
    assert source is not None
    document = sources.load(source)
    assert isinstance(document, Document)
    assert document.capture is not None
    assert document.capture.trust is Trust.GUESSED


# ── sidecars ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("titel = 'x'", 1, "did you mean `title`"),
        ("id = 'x'\ntitle = 3", 2, "title"),
        ("\npublished = 'soon'", None, "soon"),
        ("captured = 12:00:00", 1, "captured"),
        ("draft = 'yes'", 1, "draft"),
        ("authors = 'Ana'", 1, "authors"),
        ("id = 'x'\nlanguage = 'english'", 2, "en or pt-BR"),
        ("language = 'en_US'", 1, "en or pt-BR"),
        ("title =", None, ""),
    ],
)
def test_a_broken_sidecar_says_what_is_wrong_and_where(
    tmp_path: Path, text: str, line: int | None, message: str
) -> None:
    _put(tmp_path, "a.txt")
    (tmp_path / "a.txt.meta.toml").write_text(text)
    source = sources.at(_folder(tmp_path), str(tmp_path / "a.txt"))
    assert source is not None
    problem = sources.load(source)
    assert isinstance(problem, Problem)
    assert problem.code == "bad-sidecar"
    assert problem.where.endswith("a.txt.meta.toml")
    assert message in problem.message
    assert line is None or f"line {line}" in problem.message


def test_a_folders_defaults_are_overruled_from_the_outside_in(tmp_path: Path) -> None:
    _put(tmp_path, "x/a.txt")
    (tmp_path / "_defaults.meta.toml").write_text("language = 'de'\ncategory = 'One'\nauthor = 'Ana'\n")
    (tmp_path / "x/_defaults.meta.toml").write_text("category = 'Two'\nauthors = ['Bo', 'Cy']\n")
    (tmp_path / "x/a.txt.meta.toml").write_text("categories = ['Three', 'Four']\n")
    source = sources.at(_folder(tmp_path), str(tmp_path / "x/a.txt"))
    assert source is not None
    document = sources.load(source)
    assert isinstance(document, Document)
    stated = document.stated
    assert (stated.language, stated.authors, stated.categories) == ("de", ("Bo", "Cy"), ("Three", "Four"))
