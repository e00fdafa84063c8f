"""Sections: what a page says is one, a path, words near the headline; and what only looks like one."""

from __future__ import annotations

import pytest

from feedpub.finders import category, lines, page
from feedpub.model import Block

TITLE = "Ferry council settles summer timetable"
STORY = (
    "The ferry council met on Monday in the old customs house and settled the summer timetable.",
    "There will be one late sailing on weekdays and two on Saturdays, the harbour master said.",
    "A second boat is being considered for the island, where readers wait two hours most days.",
)


def sections(*printed: str) -> tuple[str, ...]:
    """The sections of a page of blocks; an empty string is a blank line."""
    blocks, gap = [], False
    for number, text in enumerate(printed, 1):
        if text:
            blocks.append(Block(text, number, gap))
        gap = not text
    found = page.lay_out(lines.read(tuple(blocks)))
    assert found is not None
    clues = [clue for clue in category.clues(found) if clue.field == "categories"]
    return clues[0].value if clues else ()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (["Home", "Tides", "Moorings"], ("Tides", "Moorings")),
        (["Home", "Tides"], ("Tides",)),
        (["Home", "›", "Tides", "›", "Moorings"], ("Tides", "Moorings")),
        (["Home > Tides > Ferry council settles summer timet…"], ("Tides",)),
        (["Home ›› Tides ›› Moorings"], ("Tides", "Moorings")),
        (["Anchors", "Home Tides Ferry council settles summer timetable", "Share"], ("Tides",)),
        (["You are here: Home > Tides"], ("Tides",)),
    ],
)
def test_a_path_leads_through_its_sections(path: list[str], told: tuple[str, ...]) -> None:
    assert sections(*path, TITLE, "28 April 2025", *STORY) == told


@pytest.mark.parametrize(
    "above",
    [
        ["Photo: © 2024 APX/AP"],
        ["https://photos.example/people/svenje"],
        ["Login / Register"],
        ["Home", "Contact", "Sign in"],
        ["Home", "Tides", "Moorings", "Regatta", "Gulls"],
        ["Home | Politics | Business | Sport"],
        ["Politics / Business / Sport"],
        ["홈", "로그인"],
    ],
)
def test_what_only_looks_like_a_path_is_none(above: list[str]) -> None:
    assert sections(*above, TITLE, "28 April 2025", *STORY) == ()


def test_a_section_right_above_the_headline_is_one() -> None:
    assert sections("", "Politics", "", TITLE, "28 April 2025", *STORY) == ("Politics",)


def test_the_last_item_of_a_menu_is_no_section() -> None:
    menu = ["Anchors", "", "Ropes", "", "Compasses", "", "Science", ""]
    assert sections("Harbour Sentinel", "", *menu, TITLE, "28 April 2025", *STORY) == ()


@pytest.mark.parametrize(
    "menu",
    [
        ["Home", "Politics", "Business", "Sport", "Culture"],
        ["Politics", "Business", "Sport", ""],
        ["Home", "News", "Business", "Sport", ""],
        ["Home", "Politics", "Business", "Sport", "Moorings"],
        ["* Home", "* Politics", "* Business", "* Sport", ""],
    ],
)
def test_a_menu_right_above_the_headline_gives_no_section(menu: list[str]) -> None:
    assert sections(*menu, TITLE, "28 April 2025", *STORY) == ()


def test_a_section_below_a_menu_that_names_it_is_one() -> None:
    menu = ["Home", "Politics", "Business", "Sport"]
    assert sections(*menu, "Politics", TITLE, "28 April 2025", *STORY) == ("Politics",)


def test_a_section_that_the_menu_names_too_is_one() -> None:
    menu = ["Science", "", "Anchors", "", "Ropes", "", "Science", ""]
    assert sections("Harbour Sentinel", "", *menu, TITLE, "28 April 2025", *STORY) == ("Science",)


def test_a_known_word_far_above_the_headline_is_no_section() -> None:
    menu = ["Culture", "Anchors", "Ropes", "Imprint of the harbour"]
    assert sections("Harbour Sentinel", "", *menu, TITLE, "28 April 2025", *STORY) == ()


def test_a_kicker_that_stands_in_the_menu_is_a_section() -> None:
    printed = [
        "Harbour Life",
        "Log in",
        "",
        "A sentence of the house that says what it stands for.",
        "",
        "Harbour Life",
    ]
    assert sections(*printed, TITLE, "28 April 2025", *STORY) == ("Harbour Life",)


@pytest.mark.parametrize(
    "button", ["Become a member", "Search", "Newsletter of the harbour", "ShareTweetSend", "Find:"]
)
def test_a_button_that_stands_twice_is_no_section(button: str) -> None:
    printed = [button, "Log in", "", "A sentence of the house that says what it stands for.", "", button]
    assert sections(*printed, TITLE, "28 April 2025", *STORY) == ()


def test_a_menu_printed_twice_gives_no_section() -> None:
    menu = ["Your harbour, one account", "Tideboard"]
    assert sections(*menu, "", *menu, TITLE, "28 April 2025", *STORY) == ()


def test_a_section_beside_the_date_is_one() -> None:
    assert sections(TITLE, "28 April 2025 Science", *STORY) == ("Science",)


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Kategorie: Allgemein", ("Allgemein",)),
        ("Category: News, Tides", ("Tides",)),
        ("Veröffentlicht in: Was hier so alles passiert, Ebbe", ("Was hier so alles passiert", "Ebbe")),
        ("Posted in Uncategorized", ()),
        ("Posted in with our weekly letters", ()),
    ],
)
def test_what_a_label_names_is_a_section(label: str, told: tuple[str, ...]) -> None:
    assert sections(TITLE, "28 April 2025", *STORY, label) == told


def test_a_general_word_right_above_the_headline_is_better_than_none() -> None:
    assert sections("Harbour Sentinel, the paper of the island", "", "News", "", TITLE, "28 April 2025", *STORY) == (
        "News",
    )


def test_a_list_below_the_headline_is_no_section() -> None:
    rows = ["Sport", "Gulls win", "Politics", "Mayor sails", "Science", "Tides rise", "Travel", "Boats wait"]
    assert sections(TITLE, *rows, "28 April 2025", *STORY) == ()


def test_small_letters_behind_a_label_inside_a_line_are_no_section() -> None:
    assert sections(TITLE, "O gato dorme sobre a seção de filosofia e tem 14 anos", "28 April 2025", *STORY) == ()
