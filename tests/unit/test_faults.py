"""What is wrong with a file of TOML, and in which line: of feedpub.toml, profiles and sidecars alike."""

from __future__ import annotations

import pytest

from conftest import Project
from feedpub import faults


@pytest.mark.parametrize(
    ("message", "text", "line", "keys"),
    [
        ("Expected `str`, got `int` - at `$.title`", "a = 1\ntitle = 2\n", 2, ("title",)),
        ("Expected `str`, got `int` - at `$.site.title`", "title = 1\n[site]\ntitle = 2\n", 3, ("site", "title")),
        ("Expected `str`, got `int` - at `$.chrome[...]`", 'x = 1\n\n"chrome" = [\n  1,\n]', 4, ("chrome",)),
        (
            "Expected `str`, got `int` - at `$.chrome[...]`",
            'chrome = [\n  "a", # 1\n  "b", 2,\n]\nx = 3',
            3,
            ("chrome",),
        ),
        ("Expected `str`, got `int` - at `$.chrome[...]`", 'chrome = ["a", 2]\nx = 3', 1, ("chrome",)),
        ("`am`: expected a name - at `$.initials[...]`", 'initials = [\n "bq: Ben",\n "am",\n]', 3, ("initials",)),
        (
            "Object contains unknown field `b` - at `$.feeds.custom[...]`",
            "[feeds.custom.x]\nb = 1",
            2,
            ("feeds", "custom", "b"),
        ),
        ("Expected `object`, got `int` - at `$.feeds.custom`", "[feeds.custom]\nx = 1", 1, ("feeds", "custom")),
        ("Expected `str`, got `int` - at `$.nowhere`", "x = 1", None, ("nowhere",)),
    ],
)
def test_the_line_of_a_key_is_found(message: str, text: str, line: int | None, keys: tuple[str, ...]) -> None:
    fault = faults.read(message, text.encode())
    assert (fault.line, fault.keys) == (line, keys)


def test_what_the_parser_says_names_its_line_once() -> None:
    fault = faults.read("Unclosed array (at line 4, column 2)", b"")
    assert (fault.what, fault.line) == ("no TOML: unclosed array", 4)
    assert faults.read("Expected ']' (at end of document)", b"").line is None


@pytest.mark.parametrize(
    ("sidecar", "said"),
    [
        ('url = "x"\ntitel = "Boats"', "line 2: unknown key `titel`; did you mean `title`?"),
        ("\ntitle = 3", "line 2: `title`: expected text, got a whole number"),
        ('url = "x"', "line 1: `url`: expected an absolute http or https address"),
        ('title = "x"\nlanguage = "english"', "line 2: `language`: expected a language tag such as en or pt-BR"),
        ('captured = "yesterday"', "line 1: `captured`: expected a date such as 2025-04-28T18:00:00Z, got 'yesterday'"),
        ("published = 4", "line 1: `published`: expected a date such as 2025-04-28T18:00:00Z, got 4"),
        ('title = "x"\nauthor = \n', "line 2: no TOML: invalid value"),
    ],
)
def test_a_wrong_sidecar_names_its_line_and_what_was_expected(project: Project, sidecar: str, said: str) -> None:
    project.write("a.txt")
    (project.seeds / "a.txt.meta.toml").write_text(sidecar, encoding="utf-8")
    (problem,) = project.build(empty=True).problems
    assert (problem.code, problem.message) == ("bad-sidecar", said)
