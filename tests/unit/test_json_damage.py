"""JSON that is damaged: a bad article costs no more than itself."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from conftest import Project
from feedpub.model import Limits
from feedpub.sources import jsonvalues
from feedpub.sources.jsonfiles import documents
from feedpub.sources.opening import Unfit
from piles import as_array, as_lines, fields, zipped

LIMITS = Limits(article=100_000)
CRATES = [{"id": 1, "text": "Crates of apples"}, {"id": 2, "text": "Crates of pears"}]  # begin nearly as articles do


def article(number: int) -> bytes:
    said = {
        "id": number,
        "title": f"Boat {number}",
        "crates": CRATES,
        "text": "The “ferry” sails {late} [again], \\ so.\n" * 9,
    }
    return json.dumps(said, ensure_ascii=False).encode()


def listed(*values: bytes) -> bytes:
    return b"[" + b",\n".join(values) + b"]"


def read(data: bytes) -> tuple[list[Any], list[str]]:
    """Give the ids that are read, and what is said of articles and of the file."""
    ids: list[Any] = []
    faults: list[str] = []
    try:
        for part in documents(io.BytesIO(data), LIMITS):
            if part.fields is None:
                faults.append(part.fault)
            else:
                ids.append(part.fields.get("id"))
    except Unfit as found:
        faults.append(f"file: {found.message}")
    return ids, faults


BROKEN = {
    "a quotation mark too many": article(3).replace(b'"Boat 3"', b'"5" boats"'),
    "two of them": article(3).replace(b'"Boat 3"', b'"a "big" boat"'),
    "a quotation mark too few": article(3).replace(b'"Boat 3"', b'"Boat 3'),
    "a colon too few": article(3).replace(b'"title":', b'"title"'),
    "a bracket too few": article(3).replace(b"}]", b"}"),
    "a brace too few": article(3)[:-1],
    "no end": article(3)[:60],
    "a backslash before the end of a text": article(3).replace(b"Boat 3", b"Boat 3\\"),
    "a byte that is not UTF-8": article(3).replace(b"Boat 3", b"Boat \xff"),
    "a line end in a text": article(3).replace(b"Boat 3", b"Boat\n3"),
    "a number that is none": article(3).replace(b'"Boat 3"', b"1.2.3"),
    "other quotation marks": article(3).replace(b'"', b"'"),
    "a word": b"undefined",
    "nothing": b"null",
    "a list": b"[1, 2]",
    "brackets without end": b'{"id": 3, "title": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "a text without end": b'{"id": 3, "title": "' + b"x" * 1_000_000 + b'"}',
    "a list without end": b'{"id": 3, "title": [' + b'{"a": "b"}, ' * 50_000 + b"{}]}",
}


@pytest.mark.parametrize("around", ["%s", '{"version": 2, "articles": %s, "next": null}'])
@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_article_sets_aside_itself_alone(broken: bytes, around: str) -> None:
    data = listed(article(1), article(2), broken, article(4), article(5))
    ids, faults = read(around.encode().replace(b"%s", data))
    assert ids == [1, 2, 4, 5]
    assert [fault.partition(":")[0] for fault in faults] == ["line 3"]


@pytest.mark.parametrize(
    "odd",
    [
        article(3).replace(b'"Boat 3"', b"NaN"),
        article(3).replace(b'"Boat 3"', b"-Infinity"),
        article(3).replace(b'"Boat 3"', b"12345678901234567890123"),
        article(3).replace(b"Boat 3", rb"Boat \ud83d"),
        article(3)[:-1] + b', "title": "Stated twice"}',
        article(3) + b"}",
        article(3) + b",,",
    ],
)
def test_what_programs_write_that_is_hardly_json_is_read(odd: bytes) -> None:
    assert read(listed(article(1), odd, article(4))) == ([1, 3, 4], [])


def test_damage_far_apart_does_not_swallow_what_stands_between() -> None:
    odd = [article(n).replace(f'"Boat {n}"'.encode(), b'"Boat" "') if n in (2, 5) else article(n) for n in range(1, 8)]
    ids, faults = read(listed(*odd))
    assert (ids, len(faults)) == ([1, 3, 4, 6, 7], 2)


@pytest.mark.parametrize("cut", [2, 30, 300])
def test_of_a_file_that_breaks_off_all_that_is_whole_is_read(cut: int) -> None:
    ids, faults = read(listed(article(1), article(2), article(3))[:-cut])
    assert ids == [1, 2]
    assert faults[0].startswith("file: after article 2: line 3")


def test_a_list_that_does_not_end_says_so() -> None:
    ids, faults = read(listed(article(1), article(2))[:-1])
    assert (ids, faults) == ([1, 2], ["file: it breaks off: its list does not end"])


@pytest.mark.parametrize(
    "data",
    [
        listed(article(1), article(2))[:-1] + b",]",
        b"\xef\xbb\xbf" + listed(article(1), article(2)),
        b"\n\n" + listed(article(1), b"", article(2)) + b"\n",
        article(1) + article(2),
        json.dumps([json.loads(article(n)) for n in (1, 2)], indent=4).replace("\n", "\r\n").encode(),
        b'{"items": ' + listed(article(1)) + b', "authors": [{"id": 9}], "posts": ' + listed(article(2)) + b"}",
    ],
)
def test_json_is_read_in_every_shape(data: bytes) -> None:
    assert read(data) == ([1, 2], [])


def test_it_makes_no_difference_how_much_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    data = listed(article(1), *BROKEN.values(), article(2))
    whole = read(data)
    for size in (1_000, 37):
        monkeypatch.setattr(jsonvalues, "AT_ONCE", size)
        assert read(data) == whole


@pytest.mark.parametrize(
    "hostile",
    [
        b"[" + b'{"a":1,"b":[,' * 5_000,
        b"[" + b'{"a":1,"b":[,' * 5_000 + b"}",
    ],
)
def test_a_file_that_is_broken_everywhere_is_given_up(hostile: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonvalues, "MOST_IN_VAIN", 100_000)
    _, faults = read(hostile)
    assert "too much is broken to go on" in faults[-1]
    assert len(faults) < 1_000


def test_what_swallows_others_without_end_is_not_looked_into_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonvalues, "MOST_IN_VAIN", 100_000)
    _, faults = read(b"[" + b'{"a":1,"b":[,' * 5_000 + b"]}" * 5_000 + b"]")
    assert len(faults) < 100


def test_of_what_follows_a_list_little_is_looked_at() -> None:
    ids, faults = read(listed(article(1)) + b" and so on" * 100_000 + listed(article(2)))
    assert (ids, len(faults), "there is “" in faults[0]) == ([1], 1, True)


def test_a_page_of_an_error_says_how_it_begins() -> None:
    _, faults = read(b"\n<html>502 Bad Gateway</html>")
    assert faults == ["file: it is no JSON: there is “<html>502” on line 2, where [ or { is expected"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("lines.json", as_lines([fields(1), fields(2)])),
        ("array.jsonl", as_array([fields(1), fields(2)])),
        ("array.jsonl.gz", zipped(json.dumps([fields(1), fields(2)]).encode())),
        ("objects.ndjson", b"\n".join(json.dumps(fields(n), indent=1).encode() for n in (1, 2))),
        ("windows.jsonl", as_lines([fields(1), fields(2)]).replace(b"\n", b"\r\n\r\n")),
    ],
)
def test_a_file_that_is_called_otherwise_is_read_as_what_it_is(project: Project, name: str, data: bytes) -> None:
    (project.seeds / name).write_bytes(data)
    outcome = project.build()
    assert (outcome.found, outcome.problems) == (2, ())


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_an_article_that_can_no_longer_be_read_stays_published(project: Project, name: str) -> None:
    file = project.seeds / name
    parts = [json.dumps(fields(number)).encode() for number in (1, 2, 3)]
    write = (lambda: listed(*parts)) if name == "a.json" else (lambda: b"\n".join(parts))
    file.write_bytes(write())
    assert project.build().tally == {"new": 3}
    parts[1] = parts[1].replace(b'"title"', b"title")
    file.write_bytes(write())
    outcome = project.build()
    assert (outcome.tally, [problem.code for problem in outcome.problems]) == ({}, ["bad-article"])
    assert len(project.items()) == 3
    del parts[1]
    file.write_bytes(write())
    assert project.build().tally == {"withdrawn": 1}
