"""Files that hold many articles: each article is an entry of its own, whatever happens around it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Project, codes, prose
from piles import as_array, as_lines, as_page, as_rss, as_table, as_warc, fields, zipped, zstd

PACKED: dict[str, Callable[[list[dict[str, Any]]], bytes]] = {
    "a.jsonl": as_lines,
    "a.ndjson": as_lines,
    "a.jsonl.gz": lambda articles: zipped(as_lines(articles)),
    "a.jsonl.zst": lambda articles: zstd(as_lines(articles)),
    "a.json": as_array,
    "a.json.gz": lambda articles: zipped(as_array(articles)),
    "a.json.zst": lambda articles: zstd(as_array(articles)),
    "a.csv": as_table,
    "a.csv.gz": lambda articles: zipped(as_table(articles)),
    "a.csv.zst": lambda articles: zstd(as_table(articles)),
    "lines.json": as_lines,
}
ANY = pytest.mark.parametrize("name", PACKED)


def write(project: Project, name: str, data: bytes) -> None:
    """Write a file as one that lies there for a while."""
    file = project.seeds / name
    file.write_bytes(data)
    number = 1 + getattr(project, "written", 0)
    project.written = number  # type: ignore[attr-defined]
    os.utime(file, ns=(10**18 + number * 10**9 + 1, 10**18 + number * 10**9 + 1))


def articles(*numbers: int) -> list[dict[str, Any]]:
    return [fields(number) for number in numbers]


# ── from file to feed ──


@ANY
def test_each_article_of_a_file_is_an_entry(project: Project, name: str) -> None:
    write(project, name, PACKED[name](articles(1, 2, 3)))
    outcome = project.build()
    assert outcome.problems == ()
    assert outcome.found == 3
    items = {item["title"]: item for item in project.items()}
    assert len(items) == 3
    second = items["Number 2 of the winter timetable"]
    assert second["date_published"] == "2025-05-03T10:00:00Z"
    assert second["authors"] == [{"name": "Ada March"}]
    assert second["content_html"].count("<p>") == 3


@ANY
def test_a_second_build_changes_nothing(project: Project, name: str) -> None:
    write(project, name, PACKED[name](articles(1, 2, 3)))
    project.build()
    before = project.stamps()
    outcome = project.build()
    assert (outcome.tally, outcome.found, outcome.problems) == ({}, 3, ())
    assert project.stamps() == before


@ANY
def test_articles_keep_their_ids_when_others_come_and_go(project: Project, name: str) -> None:
    write(project, name, PACKED[name](articles(1, 2, 3, 4, 5, 6)))
    project.build()
    before = project.guids()
    write(project, name, PACKED[name](articles(9, 6, 2, 3, 4, 5)))
    outcome = project.build()
    assert outcome.tally == {"new": 1, "withdrawn": 1}
    after = project.guids()
    assert {title: guid for title, guid in after.items() if title in before} == {
        title: guid for title, guid in before.items() if "1 of" not in title
    }


@ANY
def test_an_edited_article_keeps_its_id_and_is_the_only_one_that_is_read(project: Project, name: str) -> None:
    write(project, name, PACKED[name](articles(1, 2, 3)))
    project.build()
    before = project.guids()
    edited = [fields(1), fields(2, text=prose("another text")), fields(3)]
    write(project, name, PACKED[name](edited))
    assert project.build().tally == {"updated": 1}
    assert project.guids() == before


def test_a_file_that_is_as_it_was_is_not_opened(project: Project) -> None:
    write(project, "a.jsonl", as_lines(articles(1, 2)))
    project.build()
    (project.seeds / "a.jsonl").chmod(0)
    outcome = project.build()
    assert (outcome.tally, outcome.found, outcome.problems) == ({}, 2, ())


def test_many_processes_read_as_one_does(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedpub.reading.WORTH_PROCESSES", 1)
    write(project, "a.jsonl", as_lines(articles(1, 2, 3)))
    write(project, "b.jsonl.gz", zipped(as_lines(articles(4, 5, 6))))
    project.build(jobs=2)
    assert len(project.items()) == 6


# ── names ──


def test_articles_that_state_neither_id_nor_address_are_known_by_their_titles(project: Project) -> None:
    bare = [{"title": f"Title {number}", "text": prose(str(number))} for number in range(6)]
    write(project, "a.jsonl", as_lines(bare))
    project.build()
    before = project.guids()
    write(project, "a.jsonl", as_lines([{"title": "New", "text": prose("new")}, *reversed(bare)]))
    assert project.build().tally == {"new": 1}
    assert before.items() <= project.guids().items()


def test_the_dumps_of_pages_keep_their_ids_when_lines_are_added_above(project: Project) -> None:
    dumps = [{"text": f"The council opens bridge {number}\n\n{prose(str(number))}"} for number in range(5)]
    write(project, "a.jsonl", as_lines(dumps))
    project.build()
    before = project.guids()
    assert len(before) == 5
    write(project, "a.jsonl", as_lines([{"text": f"A new ferry comes\n\n{prose('new')}"}, *dumps]))
    assert project.build().tally == {"new": 1}
    assert before.items() <= project.guids().items()


def test_a_dump_that_is_edited_a_little_keeps_its_id(project: Project) -> None:
    text = f"The council opens the bridge\n\n{prose('bridge', 8)}"
    write(project, "a.jsonl", as_lines([{"text": text}, *articles(1, 2)]))
    project.build()
    before = project.guids()
    write(project, "a.jsonl", as_lines([{"text": f"{text} Nobody was hurt."}, *articles(1, 2)]))
    project.build()
    assert project.guids() == before


def test_two_articles_of_the_same_name_are_two_when_they_are(project: Project) -> None:
    two = [{"title": "In brief", "text": prose("one")}, {"title": "In brief", "text": prose("two")}]
    write(project, "a.jsonl", as_lines(two))
    assert project.build().tally == {"new": 2}
    assert len({item["id"] for item in project.items()}) == 2


def test_the_same_number_in_two_files_is_two_articles(project: Project) -> None:
    write(project, "a.jsonl", as_lines([fields(1)]))
    write(project, "b.jsonl", as_lines([fields(1, title="Another", text=prose("other"))]))
    outcome = project.build()
    assert outcome.tally == {"new": 2}
    assert outcome.problems == ()


def test_an_id_that_is_one_in_the_whole_world_is_known_in_any_file(project: Project) -> None:
    guid = "8d0f3a52-6c1e-4a7e-9d55-3b0c1f8a7e21"
    write(project, "a.jsonl", as_lines([fields(1, id=guid), fields(2)]))
    project.build()
    before = project.guids()["Number 1 of the winter timetable"]
    write(project, "a.jsonl", as_lines([fields(2)]))
    write(project, "b.jsonl", as_lines([fields(1, id=guid, title="Renamed", text=prose("changed"))]))
    project.build()
    assert project.guids()["Renamed"] == before


def test_an_article_that_moves_to_another_file_keeps_its_id(project: Project) -> None:
    write(project, "a.jsonl", as_lines(articles(1, 2, 3)))
    project.build()
    before = project.guids()
    (project.seeds / "a.jsonl").rename(project.seeds / "archive.jsonl")
    assert project.build().tally["moved"] == 3
    assert project.guids() == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rounds=st.lists(st.permutations(range(7)).flatmap(lambda order: st.integers(2, 7).map(lambda n: order[:n])),
                    min_size=2, max_size=4)
)  # fmt: skip
def test_whatever_the_order_an_article_keeps_its_id(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[list[int]]
) -> None:
    root = tmp_path_factory.mktemp("rounds") / "site"
    root.mkdir()
    project = Project(root)
    known: dict[str, str] = {}
    for order in rounds:
        write(project, "a.jsonl", as_lines([fields(number) for number in order]))
        project.build(shrink=True, resurfaced=True)
        there = project.guids()
        assert len(there) == len(order)
        for title, guid in there.items():
            assert known.setdefault(title, guid) == guid


# ── what is stated ──


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ({"headline": "Late boats"}, "title", "Late boats"),
        ({"Title": {"rendered": "Late &amp; <em>slow</em>"}}, "title", "Late & slow"),
        ({"byline": "By Ada March and Ben Ode"}, "authors", [{"name": "Ada March"}, {"name": "Ben Ode"}]),
        ({"author": {"name": "Ada March"}}, "authors", [{"name": "Ada March"}]),
        ({"authors": [{"name": "Ada March"}, "Ben Ode"]}, "authors", [{"name": "Ada March"}, {"name": "Ben Ode"}]),
        ({"date": 1745926500}, "date_published", "2025-04-29T11:35:00Z"),
        ({"timestamp": 1745926500123}, "date_published", "2025-04-29T11:35:00Z"),
        ({"pubDate": "Tue, 29 Apr 2025 11:35:00 GMT"}, "date_published", "2025-04-29T11:35:00Z"),
        ({"published_at": "April 29, 2025"}, "date_published", "2025-04-29T12:00:00Z"),
        ({"date": {"$date": "2025-04-29T11:35:00Z"}}, "date_published", "2025-04-29T11:35:00Z"),
        ({"link": "https://fen.example/a"}, "url", "https://fen.example/a"),
        ({"section": "Town", "keywords": "boats, ferries"}, "tags", ["Town", "boats", "ferries"]),
        ({"lang": "pt_BR"}, "language", "pt-BR"),
        ({"excerpt": "In short."}, "summary", "In short."),
        ({"image": {"url": "https://fen.example/a.jpg"}}, "image", "https://fen.example/a.jpg"),
    ],
)
def test_a_field_is_known_by_any_of_its_names(
    project: Project, said: dict[str, Any], field: str, value: object
) -> None:
    write(project, "a.jsonl", as_lines([{"text": f"Boats are late again\n\n{prose('x')}", **said}]))
    project.build()
    assert project.items()[0][field] == value


def test_a_relative_date_is_counted_from_the_moment_that_is_stated(project: Project) -> None:
    said = {"text": f"Boats are late\n\n4 hours ago\n\n{prose('x')}", "crawled_at": "2025-04-28T18:00:00Z"}
    write(project, "a.jsonl", as_lines([said]))
    assert project.build().problems == ()
    assert project.items()[0]["date_published"] == "2025-04-28T14:00:00Z"


def test_the_dump_of_a_page_is_read_like_a_file_of_text(project: Project) -> None:
    dump = f"Skip to content\nMenu\nLate boats stay\n\nBy Ben Ode\nApril 28, 2025\n\n{prose('x')}\n\nLeave a reply"
    write(project, "a.jsonl", as_lines([{"url": "https://fen.example/a", "text": dump}]))
    project.build()
    item = project.items()[0]
    assert item["title"] == "Late boats stay"
    assert item["authors"] == [{"name": "Ben Ode"}]
    assert "Skip" not in item["content_html"]
    assert "Leave a reply" not in item["content_html"]


def test_html_is_made_safe(project: Project) -> None:
    html = '<p>The <b>council</b> met <a href="/x" onclick="x()">here</a>.</p><script>alert(1)</script>'
    write(project, "a.jsonl", as_lines([fields(1, text=None, content_html=html, url="https://fen.example/a")]))
    project.build()
    shown = project.items()[0]["content_html"]
    assert shown == '<p>The <b>council</b> met <a href="https://fen.example/x">here</a>.</p>'


def test_a_whole_page_in_a_field_is_read_like_a_saved_page(project: Project) -> None:
    page = as_page(fields(7)).decode()
    write(project, "a.jsonl", as_lines([{"url": "https://fen.example/7", "html": page, "date": "2025-05-01"}]))
    project.build()
    item = project.items()[0]
    assert item["title"] == "Number 7 of the winter timetable"
    assert "Home" not in item["content_html"]
    assert "winter timetable" not in item["content_html"]


@pytest.mark.parametrize("said", [{"draft": True}, {"status": "private"}, {"published": False}])
def test_drafts_are_never_published(project: Project, said: dict[str, Any]) -> None:
    write(project, "a.jsonl", as_lines([fields(1), fields(2, **said)]))
    outcome = project.build()
    assert outcome.standing["draft"] == 1
    assert list(project.guids()) == ["Number 1 of the winter timetable"]


def test_an_article_with_a_date_in_the_future_waits(project: Project) -> None:
    write(project, "a.jsonl", as_lines([fields(1), fields(2, date="2031-01-01T00:00:00Z")]))
    assert project.build().standing["held"] == 1


def test_the_sidecar_of_a_file_states_things_of_all_its_articles(project: Project) -> None:
    write(project, "a.jsonl", as_lines(articles(1, 2)))
    project.state("a.jsonl", category="Town", author="Ben Ode", title="None", id="none")
    project.build()
    assert {item["title"] for item in project.items("category/town")} == {
        "Number 1 of the winter timetable",
        "Number 2 of the winter timetable",
    }
    assert all(item["authors"] == [{"name": "Ben Ode"}] for item in project.items())


def test_the_settings_name_fields_that_are_called_otherwise(project: Project) -> None:
    said = {"ident": "x", "meta": {"line": "Late boats"}, "story": prose("x"), "when": "2025-04-28T10:00:00Z"}
    write(project, "a.jsonl", as_lines([said]))
    assert codes(project.build(empty=True)) == ["no-articles"]
    with (project.root / "feedpub.toml").open("a", encoding="utf-8") as out:
        out.write('[[sources]]\npath = "seeds"\n[sources.fields]\n')
        out.write('title = "meta.line"\ntext = "story"\npublished = "when"\n')
    assert project.build().problems == ()
    assert project.items()[0]["title"] == "Late boats"
    assert project.items()[0]["date_published"] == "2025-04-28T10:00:00Z"


def test_a_column_that_the_settings_name_and_that_is_not_there_is_an_error(project: Project) -> None:
    (project.root / "feedpub.toml").write_text('[[sources]]\npath = "seeds"\n[sources.fields]\ntitle = "line"\n')
    write(project, "a.csv", as_table(articles(1)))
    problem = project.build(empty=True).problems[0]
    assert problem.code == "no-articles"
    assert "no column `line`" in problem.message
    assert "id, title, date, author, text" in problem.message


# ── what is wrong ──


def test_a_bad_line_sets_aside_itself_and_says_where(project: Project) -> None:
    data = as_lines(articles(1)) + b"{no json\n" + as_lines(articles(2)) + b"[1]\n" + as_lines([{"foo": 1}])
    write(project, "a.jsonl", data)
    outcome = project.build()
    assert outcome.tally == {"new": 2}
    assert outcome.standing["aside"] == 3
    wheres = [problem.where.rpartition("/")[2] for problem in outcome.problems]
    assert sorted(wheres) == ["a.jsonl, line 2", "a.jsonl, line 4", "a.jsonl, line 5"]
    assert "its fields are foo" in next(p.message for p in outcome.problems if p.where.endswith("5"))
    write(project, "a.jsonl", data + as_lines(articles(3)))
    assert project.build().problems == ()


def test_a_date_that_is_none_sets_its_article_aside(project: Project) -> None:
    write(project, "a.jsonl", as_lines([fields(1), fields(2, date="next week")]))
    problem = project.build().problems[0]
    assert (problem.code, problem.where.rpartition("/")[2]) == ("bad-article", "a.jsonl, line 2")
    assert "“next week” in the field of `published`" in problem.message


def test_an_entry_stays_when_its_line_can_no_longer_be_read(project: Project) -> None:
    write(project, "a.jsonl", as_lines([fields(1), fields(2)]))
    project.build()
    before = project.guids()
    write(project, "a.jsonl", as_lines([fields(1), fields(2, date="next week")]))
    assert codes(project.build()) == ["bad-article"]
    assert project.guids() == before


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.json", "a.json.gz", "a.csv.gz"])
def test_a_file_that_breaks_off_takes_nothing_away(project: Project, name: str) -> None:
    write(project, name, PACKED[name](articles(1, 2, 3, 4)))
    project.build()
    before = project.guids()
    whole = PACKED[name](articles(1, 2, 3, 5))
    write(project, name, whole[: len(whole) - 40])
    outcome = project.build()
    assert codes(outcome) == ["damaged"]
    assert before.items() <= project.guids().items()
    assert project.build().problems == ()


def test_a_file_that_can_no_longer_be_read_takes_nothing_away(project: Project) -> None:
    write(project, "a.json.gz", zipped(as_array(articles(1, 2))))
    project.build()
    before = project.guids()
    write(project, "a.json.gz", b"<html>an error of the server</html>")
    assert codes(project.build()) == ["damaged"]
    assert project.guids() == before


def test_a_file_that_is_deleted_takes_its_entries_with_it(project: Project) -> None:
    write(project, "a.jsonl", as_lines(articles(1, 2)))
    write(project, "b.jsonl", as_lines(articles(3, 4, 5, 6, 7, 8, 9, 10, 11, 12)))
    project.build()
    (project.seeds / "a.jsonl").unlink()
    outcome = project.build()
    assert (outcome.tally, outcome.found) == ({"withdrawn": 2}, 10)


def test_a_file_that_lost_most_of_its_articles_is_not_believed(project: Project) -> None:
    write(project, "a.jsonl", as_lines(articles(*range(10))))
    project.build()
    write(project, "a.jsonl", as_lines(articles(1, 2)))
    with pytest.raises(Exception, match="8 of 10 entries would vanish"):
        project.build()


def test_files_that_may_be_anything_are_passed_over_in_silence(project: Project) -> None:
    write(project, "package.json", b'{"name": "boats", "version": "1.0.0", "description": "A ferry"}')
    write(project, "tsconfig.json", b"{ // a comment\n}")
    write(project, "schema.json", b'{"$schema": "x", "title": "Ferry", "text": "no"}')
    write(project, "numbers.json", b"[1, 2, 3]")
    write(project, "pom.xml", b"<project><name>boats</name></project>")
    write(project, "a.jsonl", as_lines(articles(1)))
    outcome = project.build()
    assert (outcome.found, outcome.problems) == (1, ())


def test_a_file_of_lines_without_any_article_is_one_problem(project: Project) -> None:
    write(project, "log.jsonl", b'{"level": "info"}\n' * 50)
    write(project, "a.jsonl", as_lines(articles(1)))
    outcome = project.build()
    assert codes(outcome) == ["no-articles"]
    assert "line 1" in outcome.problems[0].message
    assert "level" in outcome.problems[0].message


def test_a_link_is_not_followed(project: Project) -> None:
    (project.root / "a.jsonl").write_bytes(as_lines(articles(1)))
    (project.seeds / "a.jsonl").symlink_to(project.root / "a.jsonl")
    write(project, "b.jsonl", as_lines(articles(2)))
    outcome = project.build()
    assert codes(outcome) == ["not-a-regular-file"]
    assert outcome.tally == {"new": 1}


def test_an_address_that_ends_with_a_slash_names_an_article_like_any_other(project: Project) -> None:
    said = {"title": "Boats", "url": "https://fen.example/boats/", "text": prose("x")}
    write(project, "a.jsonl", as_lines([said, *articles(1, 2)]))
    assert project.build().tally == {"new": 3}
    before = project.guids()
    write(project, "a.jsonl", as_lines([*articles(2, 1), {**said, "text": prose("y")}]))
    assert project.build().tally == {"updated": 1}
    assert project.guids() == before


def test_what_files_were_unpacked_to_is_removed(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    write(project, "a.json", as_array(articles(1, 2)))
    project.build()
    assert list(place.iterdir()) == []


# ── inspecting ──


def test_inspect_shows_an_article_by_its_line_or_its_name(project: Project) -> None:
    write(project, "a.jsonl", as_lines(fields(number) for number in (11, 12, 13, 14, 15)))
    by_line = project.run("inspect", "--json", "seeds/a.jsonl#2")
    by_name = project.run("inspect", "--json", "seeds/a.jsonl#12")
    assert json.loads(by_line.stdout)["title"] == json.loads(by_name.stdout)["title"]
    assert json.loads(by_name.stdout)["path"] == "seeds/a.jsonl#12"
    missing = project.run("inspect", "--json", "seeds/a.jsonl#99")
    assert missing.returncode == 1
    shown = [json.loads(line) for line in project.run("inspect", "--json", "seeds/a.jsonl").stdout.splitlines()]
    assert [one["path"] for one in shown][:3] == [f"seeds/a.jsonl#{number}" for number in (11, 12, 13)]
    assert shown[3]["problems"][0]["code"] == "more-articles"
    assert "5 articles" in shown[3]["problems"][0]["message"]


def test_a_profile_is_learned_from_files_of_many(project: Project) -> None:
    dumps = [
        {"text": f"Morning News Menu\n\nBoat {number} comes late\n\nBy Ada March\n\n{prose(str(number))}"}
        for number in range(40)
    ]
    write(project, "a.jsonl.gz", zipped(as_lines(dumps)))
    learned = json.loads(project.run("learn", "--json", "seeds").stdout)
    assert learned["pages"] == 40


# ── web archives ──


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_the_pages_of_a_web_archive_are_entries(project: Project, name: str) -> None:
    page = as_page(fields(1)).replace(b"<p>By Ada", b"<p>4 hours ago</p><p>By Ada")
    archive = as_warc(
        [
            ("https://fen.example/1", "200 OK", "text/html; charset=utf-8", page),
            ("https://fen.example/gone", "404 Not Found", "text/html", as_page(fields(2))),
            ("https://fen.example/a.png", "200 OK", "image/png", b"\x89PNG" * 100),
            ("https://fen.example/robots.txt", "200 OK", "text/plain", b"User-agent: *"),
            ("https://fen.example/3", "200 OK", "text/html; charset=windows-1252",
             as_page(fields(3, title="Das Café öffnet im Hafen")).decode().encode("cp1252")),
        ],
        is_zipped=name.endswith("gz"),
    )  # fmt: skip
    write(project, name, archive)
    project.build()
    items = {item["url"]: item for item in project.items()}
    assert set(items) == {"https://fen.example/1", "https://fen.example/3"}
    assert items["https://fen.example/1"]["date_published"] == "2025-05-02T06:00:00Z"
    assert items["https://fen.example/3"]["title"] == "Das Café öffnet im Hafen"
    assert project.build().tally == {}


def test_a_page_that_states_its_address_goes_by_that(project: Project) -> None:
    page = as_page(fields(1)).replace(b"<head>", b'<head><link rel="canonical" href="https://fen.example/one">')
    write(project, "a.warc", as_warc([("https://fen.example/1?s=2", "200 OK", "text/html", page)]))
    project.build()
    assert project.items()[0]["url"] == "https://fen.example/one"


def test_a_web_archive_that_breaks_off_takes_nothing_away(project: Project) -> None:
    pages = [(f"https://fen.example/{number}", "200 OK", "text/html", as_page(fields(number))) for number in (1, 2, 3)]
    whole = as_warc(pages, is_zipped=True)
    write(project, "a.warc.gz", whole)
    project.build()
    before = project.guids()
    assert len(before) == 3
    write(project, "a.warc.gz", whole[:-300])
    assert codes(project.build()) == ["damaged"]
    assert project.guids() == before


def test_without_its_package_a_web_archive_says_what_to_install(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "warcio.archiveiterator", None)
    write(project, "a.warc", b"WARC/1.0\r\n")
    write(project, "a.jsonl", as_lines(articles(1)))
    (problem,) = project.build().problems
    assert (problem.code, problem.hint) == ("missing-package", 'pip install "feedpub[warc]"')


# ── feeds ──


def test_the_entries_of_a_feed_keep_their_ids_and_name_their_source(project: Project) -> None:
    write(project, "fen.rss", as_rss(articles(1, 2)))
    assert project.build().problems == ()
    item = project.items()[0]
    assert item["id"] == "tag:fen.example,2025:2"
    assert item["url"] == "https://fen.example/2"
    assert item["_feedpub"]["source"]["title"] == "Fen Sentinel"
    atom = (project.feeds / "feed.atom").read_text()
    assert "<id>tag:fen.example,2025:2</id>" in atom
    assert "<title>Fen Sentinel</title>" in atom
    assert (
        '<source url="https://fen.example/feed.rss">Fen Sentinel</source>' in (project.feeds / "feed.rss").read_text()
    )
    assert project.run("check", "feeds").returncode == 0


def test_an_entry_that_leaves_a_feed_stays_published(project: Project) -> None:
    write(project, "fen.rss", as_rss(articles(1, 2, 3)))
    project.build()
    write(project, "fen.rss", as_rss(articles(3, 4)))
    assert project.build().tally == {"new": 1}
    assert len(project.items()) == 4


def test_a_page_of_an_error_in_the_place_of_a_feed_takes_nothing_away(project: Project) -> None:
    write(project, "fen.xml", as_rss(articles(1, 2, 3)))
    project.build()
    before = project.guids()
    write(project, "fen.xml", b"<!doctype html><html><body>502 Bad Gateway</body></html>")
    assert codes(project.build()) == ["no-articles"]
    assert project.guids() == before


def test_feeds_are_merged_and_filtered_by_where_they_come_from(project: Project) -> None:
    write(project, "a.rss", as_rss(articles(1, 2)))
    write(project, "b.rss", as_rss(articles(2, 3), title="Marsh Post"))
    with (project.root / "feedpub.toml").open("a", encoding="utf-8") as out:
        out.write("[feeds.custom.marsh]\nwhere = 'source:\"Marsh Post\"'\n")
    assert codes(project.build()) == ["duplicate"]
    assert len(project.items()) == 3
    assert [item["id"] for item in project.items("feed/marsh")] == ["tag:fen.example,2025:3"]


def test_what_feedpub_publishes_can_be_published_again(project: Project) -> None:
    write(project, "fen.rss", as_rss(articles(1, 2)))
    project.build()
    again = (project.feeds / "feed.json").read_bytes()
    (project.seeds / "fen.rss").unlink()
    project.ledger.unlink()
    for file in sorted(project.feeds.rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    write(project, "wire.json", again)
    project.build()
    assert {item["id"] for item in project.items()} == {"tag:fen.example,2025:1", "tag:fen.example,2025:2"}
    assert project.items()[0]["_feedpub"]["source"]["title"] == "Fen Sentinel"
