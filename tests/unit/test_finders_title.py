from __future__ import annotations

import json
from pathlib import Path

import pytest

from feedpub.finders import body, capitals, headline, lines, signs, smallprint, title
from feedpub.lexicon import table
from feedpub.model import Block
from quality import learn_titles

HEADLINE = "Ferry council settles the summer timetable"
PROSE = (
    "The ferry council met on Monday in the old customs house and settled the summer timetable.",
    "There will be one late sailing on weekdays and two on Saturdays, the harbour master said.",
    "A second boat is being considered for the island, where readers wait two hours most days.",
)
MENU = ("Home", "News", "Sport", "Culture", "Weather", "Shop", "Contact", "Log in")


def chosen(*printed: str) -> str | None:
    read = lines.read(tuple(Block(text, number) for number, text in enumerate(printed, 1)))
    print_at = smallprint.reader(read)
    run = body.find(read, smallprint.anchors(read, print_at))
    assert run is not None
    at = title.find(read, run, print_at)
    return None if at is None else read[at].text


def test_a_headline_far_above_the_story_is_found() -> None:
    buttons = ("Share", "Copy link", "Send by mail", "Listen to this article", "Save")
    assert chosen(*MENU, HEADLINE, "By Ada March", "April 28, 2025", *buttons, *PROSE) == HEADLINE


def test_a_teaser_of_another_story_is_no_headline() -> None:
    teasers = ("Museum lends its oldest whale", "Baker wins prize for dark bread", "School opens a class on knots")
    assert chosen(*MENU, *teasers, HEADLINE, "By Ada March", "April 28, 2025", *PROSE) == HEADLINE


def test_a_kicker_is_no_headline() -> None:
    assert chosen(*MENU, "On the water", HEADLINE, "By Ada March", "April 28, 2025", *PROSE) == HEADLINE


def test_a_caption_below_the_small_print_is_no_headline() -> None:
    caption = "The harbour master at the old customs house"
    assert chosen(*MENU, HEADLINE, "By Ada March", "April 28, 2025", caption, *PROSE) == HEADLINE


def test_one_word_may_be_a_headline() -> None:
    assert chosen(*MENU, "Ferry", "April 28, 2025 by Ada March", *PROSE) == "Ferry"


def test_a_title_that_ends_a_path_is_taken_where_it_stands_alone() -> None:
    assert chosen(*MENU, f"Local / {HEADLINE}", HEADLINE, "April 28, 2025", *PROSE) == HEADLINE


def test_a_headline_that_looks_like_a_dateline_is_found() -> None:
    printed = "Ferienende 01. Februar - Fähren der Insel fahren wieder öfter"
    assert chosen(*MENU, printed, "April 28, 2025", *PROSE) == printed


def test_a_text_that_begins_with_its_headline_is_read_as_printed() -> None:
    deck = "How the harbour master found a second boat for the island and its many readers"
    assert chosen(HEADLINE, "By Ada March", "April 28, 2025", *PROSE) == HEADLINE
    assert chosen("Ferry notes", HEADLINE, "By Ada March", "April 28, 2025", *PROSE) == HEADLINE
    assert chosen(HEADLINE, "By Ada March", deck, *PROSE) == HEADLINE


def test_a_story_of_one_paragraph_has_no_headline() -> None:
    assert chosen(f"{PROSE[0][:-1]} in front of many old friends.") is None


def test_every_row_of_the_table_is_a_sign_with_three_numbers() -> None:
    rows = table("headlines")
    assert {len(row) for row in rows.values()} == {3}
    families = {sign.rpartition(".")[0] for sign in rows}
    assert set(signs.STEPS) <= families


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("28.04.2025 - Ferry council settles timetable", "Ferry council settles timetable"),
        ("28. April 2025 Ferry council settles timetable", "Ferry council settles timetable"),
        ("28 April 2025 was a day of calm seas", "28 April 2025 was a day of calm seas"),
        ("28.04.2025: What we know", "28.04.2025: What we know"),
        ("Home >> Boats >> Ferry council settles timetable", "Ferry council settles timetable"),
    ],
)
def test_a_day_and_a_path_in_front_are_no_part_of_a_title(printed: str, wanted: str) -> None:
    assert headline.clean(printed).title == wanted


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        (f"Boats after dark {HEADLINE}", f"Boats after dark: {HEADLINE}"),
        (f"“Late, but not too late”{HEADLINE}", f"“Late, but not too late”: {HEADLINE}"),
        (f"Boats after dark {HEADLINE}", f"{HEADLINE} - Boats after dark"),
        (f"28.04.2025 - {HEADLINE}", f"Boats / 28.04.2025 - {HEADLINE}"),
    ],
)
def test_a_kicker_in_the_line_of_a_headline_is_cut_when_another_line_parts_the_two(printed: str, other: str) -> None:
    assert headline.clean(printed, others={other}).title == HEADLINE


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        (f"Boats after dark: {HEADLINE}", f"Boats after dark – {HEADLINE}"),
        (f"Boats after dark : {HEADLINE}", f"Boats after dark: {HEADLINE}"),
    ],
)
def test_what_is_parted_by_two_marks_is_a_kicker_and_a_headline(printed: str, other: str) -> None:
    assert headline.clean(printed, others={other}).title == HEADLINE
    assert headline.clean(printed).title == printed


def test_the_longer_half_of_a_headline_is_not_cut_as_a_site() -> None:
    printed = "Summer timetable – two late boats for the island"
    assert headline.clean(printed, others={"Summer timetable"}).title == printed


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("PORT-AU-PRINCE OPENS A CLOCK SCHOOL", "Port-au-Prince Opens a Clock School"),
        ("WELL-KNOWN EX-NATO CHIEF WINS 2-1", "Well-Known Ex-NATO Chief Wins 2-1"),
    ],
)
def test_each_part_of_a_joined_word_is_recased(printed: str, wanted: str) -> None:
    assert capitals.recase(printed, "") == wanted


def test_a_site_behind_a_headline_is_not_taken_for_it() -> None:
    printed = f"{HEADLINE} The Ferry Post of the Isles"
    assert headline.clean(printed, others={f"{HEADLINE} - The Ferry Post of the Isles"}).title == printed


def test_lines_far_behind_the_most_promising_are_not_asked_for_all_their_signs() -> None:
    assert title.finalists({3: 1.0, 5: 4.5, 8: 0.4, 9: 2.0}) == [5, 9, 3]
    assert len(title.finalists(dict.fromkeys(range(100), 1.0))) == title.FINALISTS
    assert title.finalists({}) == []


def test_labelled_pages_are_learned_from_as_titles_are_found(tmp_path: Path) -> None:
    text = "\n".join((*MENU, HEADLINE, "By Ada March", *PROSE))
    (tmp_path / "pages.jsonl").write_text(json.dumps({"site": "a.example", "title": HEADLINE, "text": text}))
    [page] = learn_titles.labelled(tmp_path / "pages.jsonl")
    assert [found for found, right in zip(page.signs, page.right, strict=True) if "below.by" in found and right]
    assert all(set(few) <= set(all_signs) for few, all_signs in zip(page.promise, page.signs, strict=True))
    assert learn_titles.is_found(page, {"below.by": 1.0})
    assert not learn_titles.is_found(page, {"below.by": -1.0})


def test_learned_points_are_rows_with_a_number_for_each_column() -> None:
    rows = learn_titles.as_table({"below.by": 1.0, "2 below.by": 0.5, "words.1": 0.2, "words.2": 0.3}).splitlines()
    assert "below.by\t1.00\t1.00\t1.50" in rows
    assert {"words.1\t0.20\t0.20\t0.20", "words.2\t0.50\t0.50\t0.50"} <= set(rows)
