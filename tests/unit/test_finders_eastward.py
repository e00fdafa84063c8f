"""How papers of Asia and Africa print who wrote, when, and where a sentence ends."""

from __future__ import annotations

import pytest

from feedpub.finders import byline, dateline, lines, sentences, stamps
from feedpub.finders.given import is_japanese
from feedpub.model import Block


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Lagos – Ada March", ("Ada March",)),
        ("Ada March, Khulna", ("Ada March",)),
        ("सुनील कुशवाहा, किनारपुर", ("सुनील कुशवाहा",)),
        ("ნინო კაპანაძე", ("ნინო კაპანაძე",)),
        ("Б.Номин", ("Б.Номин",)),
    ],
)
def test_a_line_of_names_may_also_say_where_their_bearers_are(line: str, people: tuple[str, ...]) -> None:
    found = byline.bare(line)
    assert found is not None
    assert found.authors == people


def test_a_byline_may_stand_in_brackets() -> None:
    found = byline.read("(By Ada March in Lisbon)")
    assert found is not None
    assert found.authors == ("Ada March",)


@pytest.mark.parametrize(
    ("line", "day", "clock"),
    [
        ("2026 оны 03 сарын 04, 11:20", (2026, 3, 4), (11, 20, 0)),
        ("입력 2026.02.28 (21:32)", (2026, 2, 28), (21, 32, 0)),
        ("18 მარტი 2026, 12:40", (2026, 3, 18), (12, 40, 0)),
        ("24 Fabrairu, 2026, 9:10 na safe", (2026, 2, 24), (9, 10, 0)),
    ],
)
def test_days_and_times_are_read_as_they_are_written_there(
    line: str, day: tuple[int, int, int], clock: tuple[int, int, int]
) -> None:
    (stamp,) = stamps.read(line)
    assert (stamp.year, stamp.month, stamp.day) == day
    assert stamp.clock == clock


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("hy", "Գետը բարձրացավ։", "Կամուրջը փակ է։"),
        ("am", "ወንዙ ሞላ።", "ድልድዩ ተዘጋ።"),
        ("ka", "მდინარე ადიდდა.", "ხიდი დაკეტილია."),
        ("th", "เรือออกวันที่ 5 มี.ค. 2569 ที่ท่าเรือ", ""),
    ],
)
def test_sentences_end_where_they_do_in_their_language(language: str, first: str, second: str) -> None:
    assert sentences.split(f"{first} {second}".strip(), language) == [first, second][: 1 + bool(second)]


def test_a_dateline_may_name_who_reported_in_capitals() -> None:
    found = dateline.read("SİVAS (AA) - HATİCE MARTI - Köylüler eski değirmeni onardı.")
    assert found is not None
    assert found.dateline.raw.endswith("HATİCE MARTI -")


@pytest.mark.parametrize("sign", [" (AM)", "（完）", " INQ"])
def test_what_signs_a_paragraph_is_no_part_of_it(sign: str) -> None:
    stop = "。" if sign[0] == "（" else "."
    story = f"The ferries stay in port until Monday, the harbour office said{stop}"
    (line,) = lines.read((Block(f"{story}{sign}", 1),))
    assert line.text == story


def test_the_name_of_a_part_of_japan_is_no_person() -> None:
    assert is_japanese("石川美緒")
    assert not is_japanese("石川県")
