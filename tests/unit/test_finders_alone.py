"""Which of the names on lines of their own signs the article."""

from __future__ import annotations

import pytest

from feedpub.finders import alone, lines, page
from feedpub.model import Block

TITLE = "Ferry council settles summer timetable"
PROSE = (
    "The ferry council met on Monday in the old customs house and settled the summer timetable.",
    "There will be one late sailing on weekdays and two on Saturdays, the harbour master said.",
    "A second boat is being considered for the island, where readers wait two hours most days.",
)


def signed(*printed: str) -> tuple[str, ...]:
    found = page.lay_out(lines.read(tuple(Block(text, number) for number, text in enumerate(printed, 1))))
    assert found is not None
    signature = alone.find(found)
    return signature.people if signature else ()


@pytest.mark.parametrize(
    "printed",
    [
        (TITLE, "Hannah Tidewell", "28 April 2025", *PROSE),
        (TITLE, "Hannah Tidewell", *PROSE),
        (TITLE, "The boats will sail late again, the council says.", "Hannah Tidewell", *PROSE),
        (TITLE, "Hannah Tidewell – Journalist", "28 April 2025", *PROSE),
        (
            TITLE,
            *PROSE,
            "Written by",
            "Hannah Tidewell",
            "Hannah Tidewell is a reporter of the harbour and its ferries.",
        ),
        (TITLE, *PROSE, "Hannah Tidewell", "More by Hannah Tidewell"),
        (TITLE, "* Hannah Tidewell", "* 28 April 2025", *PROSE),
        (TITLE, "Hannah Tidewell", "Harbours Editor", "28 April 2025", *PROSE),
        (TITLE, *(f"Item {number} of 20" for number in range(1, 21)), "Hannah Tidewell", "28 April 2025", *PROSE),
    ],
)
def test_a_name_alone_signs_the_story(printed: tuple[str, ...]) -> None:
    assert signed(*printed) == ("Hannah Tidewell",)


@pytest.mark.parametrize(
    "printed",
    [
        (TITLE, "28 April 2025", *PROSE, "Harbour Life", "Street Style", "Summer Ferries"),
        (TITLE, "Pictures of the day", "Hannah Tidewell", *PROSE),
        (TITLE, "Hannah Tidewell/AP", *PROSE),
        ("Große Aufgaben für Lübeck", "Große Aufgaben für Lübeck", "28. April 2025", *PROSE),
        (TITLE, "Item 1 of 3", *PROSE, "Sarah Quill", "Martin Reed", "Thomas Vale", "Laura Finch", "Peter Marsh"),
    ],
)
def test_a_name_that_signs_nothing_is_no_author(printed: tuple[str, ...]) -> None:
    assert signed(*printed) == ()


def test_an_initial_may_end_a_name() -> None:
    told = [f"{sentence} Cabin C is shut." for sentence in PROSE]
    assert signed(TITLE, "Martín Marea C.", "28 April 2025", *told) == ("Martín Marea C",)


def test_one_given_name_speaks_for_the_names_beside_it() -> None:
    assert signed(TITLE, "Quenby Marsh, Hannah Tidewell", *PROSE) == ("Quenby Marsh", "Hannah Tidewell")


def test_whom_the_story_tells_of_did_not_write_it() -> None:
    told = [f"Hannah Tidewell said so. {sentence} Tidewell agreed." for sentence in PROSE]
    assert signed(TITLE, "Item 1 of 3", "Ferries", "Hannah Tidewell", *told) == ()


def test_names_that_follow_one_another_sign_together() -> None:
    assert signed(TITLE, "Hannah Tidewell", "Martin Reed", "28 April 2025", *PROSE) == (
        "Hannah Tidewell",
        "Martin Reed",
    )


def test_a_name_with_its_agency_signs_beside_a_date() -> None:
    assert signed(TITLE, "Hannah Tidewell/AP", "28 April 2025", *PROSE) == ("Hannah Tidewell",)


def test_a_japanese_name_signs_the_story() -> None:
    story = [
        f"{number}隻の渡し船が月曜日の朝から島へ向かって走り始めたと港の人々が話している。" for number in range(1, 5)
    ]
    assert signed("渡し船の夏の時刻表が月曜日に決まった", "佐藤海斗", "2025年4月28日", *story) == ("佐藤海斗",)


def test_two_who_sign_are_not_one_of_whom_the_page_tells() -> None:
    printed = (TITLE, "Martin Reed, Hannah Tidewell", "Item 1", *PROSE, "Hannah Tidewell", "More by Hannah Tidewell")
    assert signed(*printed) == ("Martin Reed", "Hannah Tidewell")
