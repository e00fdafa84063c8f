from __future__ import annotations

import codecs

import pytest

from feedpub.formats import text
from feedpub.model import Document


def read(data: bytes) -> tuple[list[str], list[str]]:
    draft = text.read(Document("page.txt", data, ""))
    return [block.text for block in draft.blocks], [problem.code for problem in draft.problems]


def test_each_line_is_a_block_that_knows_its_number_and_gap() -> None:
    draft = text.read(Document("page.txt", b"One\ntwo\n\n  three  \n", ""))
    assert [(block.text, block.line, block.gap) for block in draft.blocks] == [
        ("One", 1, True),
        ("two", 2, False),
        ("three", 4, True),
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_parts_lines(ending: str) -> None:
    assert read(f"One{ending}two".encode())[0] == ["One", "two"]


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + "Köln".encode(),
        codecs.BOM_UTF16_LE + "Köln".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Köln".encode("utf-16-be"),
        codecs.BOM_UTF32_LE + "Köln".encode("utf-32-le"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding(data: bytes) -> None:
    assert read(data) == (["Köln"], [])


def test_western_bytes_are_read_and_reported() -> None:
    assert read("Köln grüßt “Paris”".encode("cp1252")) == (["Köln grüßt “Paris”"], ["guessed-encoding"])


def test_damaged_utf8_is_read_and_reported() -> None:
    lines, problems = read("Ein Mühlentag für Österreich, größer, schöner".encode() * 3 + b"\xff")
    assert lines[0].endswith("�")
    assert problems == ["undecodable"]


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\0" * 100, b"\x89PNG\r\n\x1a\n" + b"\0\xff\xfe" * 50])
def test_what_is_not_text_is_refused(data: bytes) -> None:
    assert read(data) == ([], ["not-text"])


WRAPPED = """The ferry council met on Monday in the old customs house to
settle the summer timetable, which had left two islands without a
late boat since the storms of the winter, and to hear from crews
who had written to the harbour master about the night sailings.

There will be one late sailing on weekdays and two on Saturdays,
the operator said, and a bus will meet each of them at the pier
until the end of September.
"""


def test_hard_wrapped_paragraphs_are_joined() -> None:
    lines, _ = read(WRAPPED.encode())
    assert len(lines) == 2
    assert "customs house to settle the summer" in lines[0]


def test_a_list_of_headlines_is_not_joined() -> None:
    headlines = [f"Harbour council number {number} settles its summer timetable" for number in range(8)]
    assert read("\n".join(headlines).encode())[0] == headlines


def test_short_lines_are_not_joined() -> None:
    assert len(read(b"Share\nPrint\nSave\nListen\nFollow\nMore")[0]) == 6
