"""Tables as spreadsheets and databases write them."""

from __future__ import annotations

import io

import pytest

from conftest import Project
from feedpub.model import Limits
from feedpub.sources.opening import Unfit
from feedpub.sources.tables import rows
from piles import as_table, fields


def read(table: str) -> list[tuple[int, dict[str, object] | str]]:
    """Give each row's line, and its fields or what is wrong with it."""
    parts = rows(io.BytesIO(table.encode()), Limits(), ())
    return [(part.number, part.fault or dict(part.fields or {})) for part in parts]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_values_are_parted_as_the_first_row_has_it(mark: str) -> None:
    table = f'title{mark}"the text, or; what|it is"\n"a{mark} b"{mark}c\n'
    assert read(table) == [(2, {"title": f"a{mark} b", "the text, or; what|it is": "c"})]


def test_a_spreadsheet_may_say_what_parts_values() -> None:
    assert read("sep=;\r\ntitle, long;text\r\na;b\r\n") == [(3, {"title, long": "a", "text": "b"})]


def test_a_value_may_have_lines_and_the_next_row_is_named_by_its_own() -> None:
    assert read('title,text\na,"one\n\n""two"""\nb,c\n') == [
        (2, {"title": "a", "text": 'one\n\n"two"'}),
        (5, {"title": "b", "text": "c"}),
    ]


def test_rows_may_be_shorter_or_end_in_nothing() -> None:
    assert read("title,text\na\nb,c,,\n\n ,\n") == [(2, {"title": "a"}), (3, {"title": "b", "text": "c"})]


def test_a_row_with_too_much_is_named() -> None:
    ((number, fault), good) = read("title,text\na,b,c\nd,e\n")
    assert (number, "3 values for 2 columns" in fault) == (2, True)
    assert good == (3, {"title": "d", "text": "e"})


def test_two_columns_of_one_name_may_not_differ() -> None:
    (first, second, (number, fault)) = read("title,text,title\na,b,a\na,b,\na,b,c\n")
    assert first[1] == second[1] == {"title": "a", "text": "b"}
    assert (number, "two things of `title`" in fault) == (4, True)


@pytest.mark.parametrize(
    "first", ["1,Boats,2025-05-01,The council", "https://fen.example/1,Boats", f"Boats,{'The council. ' * 20}"]
)
def test_a_first_row_that_names_no_columns_is_an_error(first: str) -> None:
    with pytest.raises(Unfit, match="line 1 has to name the columns"):
        read(f"{first}\n{first}\n")


def test_tables_parted_by_tabs_are_looked_for(project: Project) -> None:
    text = fields(1)["text"].replace("\n", " ")
    (project.seeds / "a.tsv").write_bytes(as_table([fields(1, text=text.replace(",", ""))]).replace(b",", b"\t"))
    assert project.build().tally == {"new": 1}
