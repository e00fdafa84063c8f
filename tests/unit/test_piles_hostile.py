"""Files of many articles that mean harm: bounded, named, and nothing that was published is lost."""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Project, prose
from piles import as_array, as_lines, as_page, as_rss, as_table, as_warc, fields, warc_record, zipped, zstd

BRACKETS = 200_000
MEMORY = 700_000_000  # bytes of address space that a build may take


def build(project: Project) -> tuple[dict[str, int], list[dict[str, str]]]:
    """Build with little memory, and give how many articles there are and what was wrong."""

    def poor() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    ran = subprocess.run(
        [sys.executable, "-m", "feedpub", "build", "--json", "--jobs", "1", "--allow-empty"],
        cwd=project.root, capture_output=True, text=True, timeout=100, preexec_fn=poor, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout)
    return told, told["problems"]


def beside(project: Project) -> None:
    """Write an article that has nothing to do with it."""
    (project.seeds / "good.jsonl").write_bytes(as_lines([fields(1)]))


def write(project: Project, name: str, *parts: bytes) -> Path:
    file = project.seeds / name
    with file.open("wb") as out:
        out.writelines(parts)
    return file


def test_a_line_without_end_is_set_aside_and_the_next_is_read(project: Project) -> None:
    long = (b'{"text": "', *([b"x" * 1_000_000] * 60), b'"}\n')
    write(project, "a.jsonl", as_lines([fields(1)]), *long, as_lines([fields(2)]))
    told, problems = build(project)
    assert told["new"] == 2
    assert [(p["code"], p["where"][-7:]) for p in problems] == [("bad-article", " line 2")]
    assert "10,000,000 bytes" in problems[0]["message"]


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_what_is_nested_without_end_is_set_aside(project: Project, name: str, opening: bytes) -> None:
    closing = (b"]" if opening == b"[" else b"}") * BRACKETS
    deep = b'{"text": ' + opening * BRACKETS + b"1" + closing + b"}"
    first, last = json.dumps(fields(1)).encode(), json.dumps(fields(2)).encode()
    parts = [first, deep, last]
    write(project, name, b"\n".join(parts) if name == "a.jsonl" else b"[" + b",".join(parts) + b"]")
    told, problems = build(project)
    assert told["new"] == 2
    assert [p["code"] for p in problems] == ["bad-article"]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.json.gz", "a.csv.gz", "a.warc.gz", "a.jsonl.zst", "a.csv.zst"])
def test_a_bomb_is_left_alone_and_nothing_is_lost(project: Project, name: str) -> None:
    pack = zipped if name.endswith("gz") else zstd
    kind = name.split(".")[1]
    write_as = {"jsonl": as_lines, "json": as_array, "csv": as_table}
    good = as_warc([("https://fen.example/1", "200 OK", "text/html", as_page(fields(1)))]) if kind == "warc" else (
        write_as[kind]([fields(1)])
    )  # fmt: skip
    write(project, name, pack(good))
    before, _ = build(project)
    assert before["new"] == 1
    bomb = pack(good + b" " * 200_000_000)
    assert len(bomb) < 1_000_000
    write(project, name, bomb)
    told, problems = build(project)
    assert told["withdrawn"] == 0
    assert len(project.items()) == 1
    assert [p["code"] for p in problems] in (["over-limit"], ["damaged"])


def test_a_bomb_of_many_small_articles_is_left_alone(project: Project) -> None:
    line = as_lines([{"title": "x", "text": "y" * 1000}])
    write(project, "a.jsonl.gz", zipped(line * 100_000))
    beside(project)
    _, problems = build(project)
    assert [p["code"] for p in problems] == ["over-limit"]
    assert "100 times its own size" in problems[0]["message"]


def test_the_limits_can_be_set(project: Project) -> None:
    project.settings(limits={"article": "1KB", "unpacked": "5KB"})
    write(project, "a.jsonl", as_lines([fields(1, text="Short. It is."), fields(2, text="x " * 1000)]))
    write(project, "b.jsonl.gz", zipped(as_lines(fields(number, text="Short. It is.") for number in range(100))))
    _, problems = build(project)
    assert sorted((p["code"], p["message"]) for p in problems) == [
        ("bad-article", "it has more than 1,000 bytes; if it is meant to, set `article` under [limits]"),
        ("over-limit", "it holds more than 5,000 bytes"),
    ]


def test_a_raised_limit_lets_in_what_was_too_large_before(project: Project) -> None:
    project.settings(limits={"article": "1KB"})
    write(project, "a.jsonl", as_lines([fields(1, text="Short. It is."), fields(2, text="x " * 1000)]))
    before, _ = build(project)
    project.settings(limits={"article": "5KB"})
    after, problems = build(project)
    assert (before["new"], after["new"], problems) == (1, 1, [])


def test_a_quotation_mark_that_is_never_closed_is_found(project: Project) -> None:
    table = as_table([fields(1)]) + b'5,"never closed\n' + b"x,y\n" * 3_000_000
    write(project, "a.csv", table)
    told, problems = build(project)
    assert told["new"] == 1
    assert problems[0]["code"] == "damaged"
    assert "quotation mark" in problems[0]["hint"]


def test_a_cell_that_is_too_long_ends_the_table(project: Project) -> None:
    write(project, "a.csv", as_table([fields(1)]), b'5,"', *([b"x" * 1_000_000] * 50), b'"\n')
    _, problems = build(project)
    assert problems[0]["code"] == "over-limit"


def test_entities_of_a_feed_are_neither_fetched_nor_multiplied(project: Project) -> None:
    (project.root / "secret").write_text("hunter2")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{project.root}/secret"><!ENTITY l0 "ha">{laughs}]>'
    feed = as_rss([fields(1), fields(2, text="&x; &l9; and no more of it.")]).decode()
    write(project, "a.rss", feed.replace("<rss ", f"{doctype}<rss ", 1).encode())
    build(project)
    published = b"".join(project.outputs().values())
    assert b"hunter2" not in published
    assert b"hahaha" not in published


def test_a_feed_that_is_nested_without_end_does_no_harm(project: Project) -> None:
    feed = as_rss([fields(1)]).replace(b"</channel>", b"<item>" + b"<x>" * 100_000 + b"</channel>")
    write(project, "a.rss", feed)
    beside(project)
    build(project)
    assert (project.feeds / "feed.atom").exists()


@pytest.mark.parametrize("odd", [7, True, "Ada March", {"name": "Ada March"}, [None, "Ada March", {"name": [7]}]])
def test_odd_values_of_a_json_feed_do_no_harm(project: Project, odd: object) -> None:
    said = dict.fromkeys(("title", "authors", "author", "language", "feed_url", "home_page_url"), odd)
    item = {"id": "1", "title": "Boats", "content_text": prose("boats"), "date_published": "2025-05-01T10:00:00Z"}
    feed = {"version": "https://jsonfeed.org/version/1.1", **said, "items": [item]}
    (project.seeds / "a.json").write_text(json.dumps(feed))
    assert project.build().tally == {"new": 1}


def test_script_in_a_feed_is_taken_out(project: Project) -> None:
    text = '&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src="x" onerror="alert(1)"&gt;Boats are late.'
    write(project, "a.rss", as_rss([fields(1, text=text)]))
    build(project)
    published = b"".join(project.outputs().values())
    assert b"alert(1)" not in published
    assert b"Boats are late" in published


@pytest.mark.parametrize("length", [10_000_000_000, 5, -3])
def test_an_archive_that_lies_about_its_lengths_is_named(project: Project, length: int) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + as_page(fields(2))
    lie = warc_record("response", "https://fen.example/2", "application/http", answer, length=length)
    good = as_warc([("https://fen.example/1", "200 OK", "text/html", as_page(fields(1)))])
    write(project, "a.warc", good, lie, good)
    told, problems = build(project)
    assert told["new"] >= 1
    assert "damaged" in [p["code"] for p in problems]


def test_a_header_of_an_archive_without_end_is_named(project: Project) -> None:
    good = as_warc([("https://fen.example/1", "200 OK", "text/html", as_page(fields(1)))])
    write(project, "a.warc", good, b"WARC/1.0\r\nX: ", *([b"x" * 1_000_000] * 100))
    told, problems = build(project)
    assert told["new"] == 1
    assert [p["code"] for p in problems if p["code"] != "no-date"] == ["damaged"]


def test_a_page_that_is_a_bomb_in_an_archive_is_set_aside(project: Project) -> None:
    bomb = gzip.compress(b"<html><body>" + b" " * 100_000_000)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: "
    records = [
        warc_record("response", f"https://fen.example/{coding}", "application/http",
                    head + coding.encode() + b"\r\n\r\n" + bomb)
        for coding in ("gzip", "br")
    ]  # fmt: skip
    good = as_warc([("https://fen.example/1", "200 OK", "text/html", as_page(fields(1)))])
    write(project, "a.warc", *records, good)
    told, problems = build(project)
    assert told["new"] == 1
    assert [p["code"] for p in problems if p["code"] != "no-date"] == ["bad-article", "bad-article"]


@pytest.mark.parametrize(
    "data",
    [
        b"\x00" * 1000,
        b"\xff\xfe" + "no json".encode("utf-16-le"),
        b"\xff" * 1000,
        b"null\n" * 10,
        b'{"text": "\\ud800 x"}',
    ],
)
def test_no_bytes_break_a_build(project: Project, data: bytes) -> None:
    for name in ("a.jsonl", "a.json", "a.csv", "a.warc", "a.rss", "a.xml", "a.jsonl.gz", "a.json.zst", "a.warc.gz"):
        write(project, name, data)
    beside(project)
    outcome = project.build()
    assert outcome.tally["new"] >= 1
    assert all(problem.message for problem in outcome.problems)


@pytest.mark.parametrize("pack", [zipped, zstd])
def test_a_file_that_was_packed_twice_says_so(project: Project, pack: Callable[[bytes], bytes]) -> None:
    write(project, "a.jsonl.gz", zipped(pack(as_lines([fields(1)]))))
    beside(project)
    told, problems = build(project)
    assert (told["new"], [(p["message"], p["hint"]) for p in problems]) == (
        1,
        [("it was packed twice", "unpack it once")],
    )


def test_every_message_on_an_article_of_many_says_what_to_do(project: Project) -> None:
    broken = (
        b"{broken\n",
        b"[1]\n",
        b'{"foo": 1}\n',
        as_lines([fields(2, date="soon")]),
        b'{"id": 3, "text": "\\u0007"}\n',
    )
    write(project, "a.jsonl", as_lines([fields(1)]), *broken)
    _, problems = build(project)
    assert sorted(p["where"].rpartition(" ")[2] for p in problems) == ["2", "3", "4", "5", "6"]
    assert all(p["message"] and p["hint"] for p in problems)
