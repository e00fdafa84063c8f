"""Files of lines that grow, as logs and crawls do: what was read is not read again, and nothing else is different."""

from __future__ import annotations

import os
from typing import Any

import pytest

from conftest import Project, prose
from feedpub.formats import guessed_encoding, legacy
from feedpub.model import Limits
from feedpub.sources import TOP, Folder, Reached, Unpacking, scan, unpack_from
from piles import as_lines, fields


def write(project: Project, name: str, data: bytes) -> None:
    """Write a file as one that lies there for a while."""
    file = project.seeds / name
    number = 1 + (file.stat().st_mtime_ns - 10**18 if file.exists() else 0)
    file.write_bytes(data)
    os.utime(file, ns=(10**18 + number, 10**18 + number))


def articles(*numbers: int) -> list[dict[str, Any]]:
    return [fields(number) for number in numbers]


def test_of_a_file_that_grew_no_more_is_read_than_what_was_added(project: Project) -> None:
    def unpacked(begun: Reached) -> list[Any]:
        (pile,) = scan([Folder("seeds", str(project.seeds))])
        folder = str(project.root)
        how = Unpacking(Limits(), lambda said: str(said["id"]), (), lambda: folder, legacy, guessed_encoding)
        return list(unpack_from(pile, how, begun))  # type: ignore[arg-type]

    write(project, "a.jsonl", as_lines(articles(1, 2, 3)))
    *first, reached = unpacked(TOP)
    assert len(first) == 3
    write(project, "a.jsonl", as_lines(articles(1, 2, 3, 4)))
    added, further = unpacked(reached)
    assert (added.path, added.piled.number) == ("seeds/a.jsonl/4", 4)
    assert further.size == (project.seeds / "a.jsonl").stat().st_size
    write(project, "a.jsonl", as_lines(articles(2, 3, 4, 5)))
    assert [found.code for found in unpacked(further)] == ["rewritten"]


@pytest.mark.parametrize(
    ("before", "after", "tally"),
    [
        (as_lines(articles(1, 2)), as_lines(articles(1, 2))[:-1], {}),
        (as_lines(articles(1, 2))[:-1], as_lines(articles(1, 2, 3)), {"new": 1}),
        (as_lines(articles(1, 2, 3)), as_lines(articles(1, 3, 4, 5)), {"new": 2, "withdrawn": 1}),
        (as_lines(articles(1, 2)), as_lines([*articles(2, 3, 4)]), {"new": 2, "withdrawn": 1}),
        (
            as_lines(articles(1)) + b"{broken\n",
            as_lines(articles(1)) + b"{broken\n" + as_lines(articles(2)),
            {"new": 1},
        ),
        (
            as_lines(articles(1, 2)),
            as_lines([*articles(1, 2), fields(2, title="Another", text=prose("another"))]),
            {"new": 1},
        ),
    ],
)
def test_a_file_that_was_written_to_is_read_as_it_stands(
    project: Project, before: bytes, after: bytes, tally: dict[str, int]
) -> None:
    project.settings(guards={"max_shrink": "100%"})
    write(project, "a.jsonl", before)
    project.build()
    write(project, "a.jsonl", after)
    assert project.build().tally == tally


def test_an_article_that_was_added_is_told_from_one_of_the_same_name(project: Project) -> None:
    write(project, "a.jsonl", as_lines(articles(1, 2)))
    project.build()
    again = fields(2, title="Another", text=prose("another"))
    write(project, "a.jsonl", as_lines([*articles(1, 2), again]))
    project.build()
    ids = {item["title"]: item["id"] for item in project.items()}
    write(project, "a.jsonl", as_lines([*articles(1, 2), again, fields(3)]))
    assert project.build().tally == {"new": 1}
    assert ids.items() <= {item["title"]: item["id"] for item in project.items()}.items()


def test_the_line_of_an_article_that_was_added_is_named(project: Project) -> None:
    write(project, "a.jsonl", as_lines(articles(1, 2)))
    project.build()
    write(project, "a.jsonl", as_lines(articles(1, 2)) + b"\n{broken\n")
    (problem,) = project.build().problems
    assert problem.where.endswith("a.jsonl, line 4")


def test_a_sidecar_that_changes_concerns_what_was_read_before_too(project: Project) -> None:
    write(project, "a.jsonl", as_lines(articles(1, 2)))
    project.build()
    project.state("a.jsonl", category="Town")
    write(project, "a.jsonl", as_lines(articles(1, 2, 3)))
    project.build()
    assert [item["tags"] for item in project.items()] == [["Town"]] * 3


def test_a_file_from_another_time_is_read(project: Project) -> None:
    write(project, "a.jsonl", as_lines(articles(1)))
    (project.seeds / "b.txt").write_text(f"Boats are late again\n\n{prose('late')}\n")
    for file in project.seeds.iterdir():
        os.utime(file, (13_000_000_000, 13_000_000_000))  # in the year 2381
    assert project.build().tally["new"] == 2
