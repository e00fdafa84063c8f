"""Files of many articles in other encodings than UTF-8: as sidecars state them, or as their letters show."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conftest import Project, prose
from piles import as_lines, as_table, fields, zipped

RUSSIAN = "Паромы Север и Юг останутся зимой у причала, сказал Ёж Щукин. Их починят к весне, если будет лёд. " * 6
GREEK = "Τα πλοία μένουν τον χειμώνα στο λιμάνι, είπε η δήμαρχος. Θα επισκευαστούν ως την άνοιξη. " * 6
POLISH = "Łodzie zostają zimą w porcie, powiedział Świętosław Żółć. Naprawią je do wiosny, jeśli będzie lód. " * 6


def table(text: str) -> bytes:
    return as_table([fields(number, title=f"{text[:40]} {number}", text=f"{number} {text}") for number in (1, 2)])


def raw_lines(text: str) -> bytes:
    articles: list[dict[str, Any]] = [
        fields(number, title=f"{text[:40]} {number}", text=f"{number} {text}") for number in (1, 2)
    ]
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in articles)


def in_other(data: bytes, encoding: str) -> bytes:
    return data.decode().encode(encoding)


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.csv.gz"])
@pytest.mark.parametrize(
    ("text", "encoding"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (GREEK, "cp1253"), (POLISH, "cp1250")]
)
def test_an_encoding_that_letters_show_is_told_and_read(project: Project, name: str, text: str, encoding: str) -> None:
    data = in_other(table(text) if "csv" in name else raw_lines(text), encoding)
    (project.seeds / name).write_bytes(zipped(data) if name.endswith("gz") else data)
    outcome = project.build()
    assert [problem.code for problem in outcome.problems] == ["guessed-encoding"]
    assert f"`encoding` in {name}.meta.toml" in str(outcome.problems[0].hint)
    assert sorted(item["title"] for item in project.items()) == [f"{text[:40].strip()} {n}" for n in (1, 2)]
    assert project.build().problems == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json"])
def test_unicode_is_known_by_its_mark_or_its_zeros(project: Project, name: str, encoding: str) -> None:
    data = table(POLISH) if name == "a.csv" else raw_lines(POLISH)
    (project.seeds / name).write_bytes(in_other(data, encoding))
    outcome = project.build()
    assert outcome.tally == {"new": 2}
    assert all(item["title"].startswith("Łodzie") for item in project.items())


def test_lines_in_utf8_stay_as_they_are_among_others(project: Project) -> None:
    lines = in_other(raw_lines(RUSSIAN), "cp1251") + as_lines([fields(3, title="Ab")]).replace(b"Ab", "Łódź".encode())
    (project.seeds / "a.jsonl").write_bytes(lines)
    project.build()
    assert {"Łódź", f"{RUSSIAN[:40].strip()} 1"} <= {item["title"] for item in project.items()}


def test_one_broken_byte_makes_no_other_encoding(project: Project) -> None:
    broken = as_lines([fields(1, title="Ab")]).replace(b"Ab", b"A\xffb")
    (project.seeds / "a.jsonl").write_bytes(broken + as_lines([fields(2)]) + raw_lines(POLISH).split(b"\n")[0])
    (problem,) = project.build().problems
    assert (problem.code, "UTF-8" in problem.message) == ("bad-article", True)


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.md", "a.html", "a.jsonl"])
def test_a_sidecar_states_the_encoding_of_its_file(project: Project, name: str) -> None:
    story = "Die Fähren bleiben über Nacht hier, sagte Jörg. " * 4
    written = {
        "a.csv": as_table([fields(1, title="Fähren", text=story)]),
        "a.jsonl": json.dumps(fields(1, title="Fähren", text=story), ensure_ascii=False).encode() + b"\n",
        "a.md": f"---\ntitle: Fähren\ndate: 2025-05-01\n---\n{story}\n".encode(),
        "a.html": f'<meta charset="koi8-r"><title>Fähren</title><h1>Fähren</h1><p>{story}</p><p>{story}</p>'.encode(),
        "a.txt": f"Fähren\n\n{story}\n\n{prose('boats')}\n".encode(),
    }
    (project.seeds / name).write_bytes(in_other(written[name], "cp850"))
    project.state(name, encoding="ibm850", published="2025-05-01T10:00:00Z")
    outcome = project.build()
    assert [problem.code for problem in outcome.problems if problem.code != "capture-guessed"] == []
    (item,) = project.items()
    assert item["title"] == "Fähren"
    assert "über Nacht" in item["content_html"]


def test_a_folder_states_the_encoding_of_all_its_files(project: Project) -> None:
    (project.seeds / "_defaults.meta.toml").write_text('encoding = "cp850"\n')
    (project.seeds / "a.csv").write_bytes(in_other(as_table([fields(1, title="Fähren")]), "cp850"))
    (project.seeds / "b.jsonl").write_bytes("\ufeff".encode() + as_lines([fields(2, title="Boats")]))
    assert project.build().problems == ()
    assert {item["title"] for item in project.items()} == {"Fähren", "Boats"}


@pytest.mark.parametrize("encoding", ["hieroglyphs", "base64", "", "rot13", "idna", "punycode"])
def test_an_encoding_that_is_none_is_an_error_with_its_line(project: Project, encoding: str) -> None:
    (project.seeds / "a.jsonl").write_bytes(as_lines([fields(1), fields(2)]))
    (project.seeds / "a.jsonl.meta.toml").write_text(f'language = "en"\nencoding = "{encoding}"\n')
    outcome = project.build()
    (problem,) = outcome.problems
    assert (problem.code, problem.message.startswith("line 2: `encoding`")) == ("bad-sidecar", True)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt"])
@pytest.mark.parametrize(("encoding", "written"), [("utf-16", "utf-16-le"), ("UTF-32", "utf-32-le")])
def test_an_encoding_that_leaves_the_order_of_bytes_to_a_mark_is_read_without_one(
    project: Project, name: str, encoding: str, written: str
) -> None:
    said = {
        "a.jsonl": as_lines([fields(1, title="Boats")]),
        "a.csv": as_table([fields(1, title="Boats")]),
        "a.txt": f"Boats\n\n{prose('boats')}\n".encode(),
    }
    (project.seeds / name).write_bytes(in_other(said[name], written))
    project.state(name, encoding=encoding)
    assert project.build().tally == {"new": 1}
    assert [item["title"] for item in project.items()] == ["Boats"]


def test_a_file_in_another_encoding_than_is_stated_breaks_no_build(project: Project) -> None:
    (project.seeds / "a.jsonl").write_bytes(as_lines([fields(1)]))
    (project.seeds / "b.jsonl").write_bytes(as_lines([fields(2)]))
    project.state("a.jsonl", encoding="utf-16")
    assert project.build().tally == {"new": 1}
