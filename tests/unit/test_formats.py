from __future__ import annotations

import codecs

import pytest

from feedpub.formats import lines, text
from feedpub.formats._characters import decode
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


@pytest.mark.parametrize("ending", ["\x85", "\u2028"])
def test_rare_line_endings_part_lines_too(ending: str) -> None:
    assert read(f"Köln{ending}two".encode())[0] == ["Köln", "two"]


@pytest.mark.parametrize("ending", ["\f", "\u2029"])
def test_the_ends_of_pages_and_paragraphs_part_paragraphs(ending: str) -> None:
    draft = text.read(Document("page.txt", f"Köln{ending}two".encode(), ""))
    assert [(block.text, block.gap) for block in draft.blocks] == [("Köln", True), ("two", True)]


def test_mixed_line_endings_are_numbered_alike_for_reading_and_for_showing() -> None:
    document = Document("page.txt", "a\r\nb\rc\n\fd\x85e\u2028f".encode(), "")
    page = lines(document)
    assert [page[block.line - 1] for block in text.read(document).blocks] == list("abcdef")


def test_japanese_mail_is_read_though_all_its_bytes_are_ascii() -> None:
    assert read("新港市議会".encode("iso2022_jp")) == (["新港市議会"], [])


def test_utf8_whose_characters_are_written_as_two_halves_is_put_together() -> None:
    halves = "Fähre 🚢".encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode("utf-8")
    assert read(halves) == (["Fähre 🚢"], [])
    assert read(b"F\xc3\xa4hre \xed\xa0\xbd\xed\xba\xa2") == (["Fähre 🚢"], [])


def test_half_a_character_is_shown_as_damage() -> None:
    lines_read, problems = read("Fähren für Österreich, größer und schöner ".encode() * 9 + b"\xed\xa0\xbd")
    assert lines_read[0].endswith("�")
    assert problems == ["undecodable"]


def test_utf8_that_was_cut_within_a_character_is_utf8() -> None:
    assert read("Köln é".encode()[:-1]) == (["Köln �"], ["undecodable"])


def test_utf16_that_was_cut_within_a_character_is_utf16() -> None:
    lines_read, problems = read("Köln and Bonn".encode("utf-16-le") + b"!")
    assert lines_read[0].startswith("Köln and Bonn")
    assert problems == ["undecodable"]


def test_a_zero_in_a_text_is_no_reason_to_refuse_it() -> None:
    assert read(b"The harbour\0 opens again this spring, and so does the old library." * 3)[1] == []


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1251", "cp1251"),
        ("x-sjis", "cp932"),
        ("ks_c_5601-1987", "cp949"),
        ("GB2312", "gb18030"),
        ("latin1", "cp1252"),
    ],
)
def test_a_declared_encoding_goes_before_a_guess(declared: str, encoding: str) -> None:
    printed = {"cp1251": "Паром", "cp932": "港へ", "cp949": "항구로", "gb18030": "渡轮", "cp1252": "Fähre"}[encoding]
    assert decode(printed.encode(encoding), "a", declared) == (printed, ())


@pytest.mark.parametrize(
    "declared", ["rot13", "utf-7", "idna", "unicode_escape", "base64", "zlib", "", "no such", "mbcs"]
)
def test_only_labels_of_the_web_declare_an_encoding(declared: str) -> None:
    assert [problem.code for problem in decode("Köln grüßt".encode("cp1252"), "a", declared)[1]] == ["guessed-encoding"]


def test_utf8_that_was_read_as_something_else_is_mended_and_told() -> None:
    printed = "He said â€œNo.â€\x9d It wasnâ€™t late in KÃ¶ln."
    assert read(printed.encode()) == (["He said “No.” It wasn’t late in Köln."], ["mojibake"])


def test_what_was_harmed_beyond_mending_is_told() -> None:
    printed = "Köln, MÃ¼nchen, DÃ¼sseldorf und GÃ¶ttingen für “alle”"
    assert read(printed.encode()) == ([printed], ["mojibake"])
    assert read("Ein M�ller f�hrt nach K�ln".encode())[1] == ["mojibake"]


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


SHORT_NOTE = """The water board of Eastmarsh opens its old spring to
visitors, from the first Saturday in March until autumn.

“Nobody has been down there for a hundred years,” says the
keeper of the spring, who has the only key to it. A guide
goes with them.
"""


def test_a_short_text_is_joined_when_all_its_lines_go_on() -> None:
    lines, _ = read(SHORT_NOTE.encode())
    assert len(lines) == 2
    begun = SHORT_NOTE.replace("its old spring to\nvisitors", "its spring\nVisitors")  # for which there was room
    assert len(read(begun.encode())[0]) == 5


def test_a_list_of_headlines_is_not_joined() -> None:
    headlines = [f"Harbour council number {number} settles its summer timetable" for number in range(8)]
    assert read("\n".join(headlines).encode())[0] == headlines


def test_short_lines_are_not_joined() -> None:
    assert len(read(b"Share\nPrint\nSave\nListen\nFollow\nMore")[0]) == 6
