"""Dates that stand away from the headline."""

from __future__ import annotations

import pytest

from feedpub.dates import Reader
from feedpub.finders import lines, page, when
from feedpub.model import Block

TITLE = "Ferry council settles summer timetable"
PROSE = (
    "The ferry council met on Monday in the old customs house and settled the summer timetable.",
    "There will be one late sailing on weekdays and two on Saturdays, the harbour master said.",
    "A second boat is being considered for the island, where readers wait two hours most days.",
)
LINKS = tuple(f"Harbour walk {number}" for number in range(20))


def published(*printed: str) -> list[tuple[str, str]]:
    found = page.lay_out(lines.read(tuple(Block(text, number) for number, text in enumerate(printed, 1))))
    assert found is not None
    dated, _ = when.clues(found, None, Reader(None, "UTC", None), "page.txt")
    return [(clue.value.value.date().isoformat(), clue.rule) for clue in dated if clue.field == "published"]


@pytest.mark.parametrize(
    ("printed", "rule"),
    [
        ((TITLE, f"28.04.2025, 15:30 Uhr{PROSE[0]}", *PROSE[1:]), "opening-date"),
        ((TITLE, *PROSE, *LINKS, "Published: 28 April 2025"), "far-date"),
        (("28 April 2025", *LINKS, TITLE, *PROSE), "far-date"),
        ((TITLE, *PROSE, *LINKS, f"{TITLE} 28 April 2025"), "date-beside-title"),
        (
            (TITLE, *PROSE, "Tags: Harbour", "This entry was posted on April 28, 2025 by the harbour office."),
            "first-published",
        ),
        ((TITLE, *LINKS, "28 April 2025", *PROSE), "printed-under-absolute"),
        (
            (
                TITLE,
                *PROSE,
                "Der Beitrag wurde am 28. April 2025 um 15:21 Uhr veröffentlicht und unter Hafen abgelegt.",
            ),
            "first-published",
        ),
        (
            (TITLE, "By Ada March on April 28, 2025 | 18 Comments. This post may hold links.", *LINKS, *PROSE),
            "signed-date",
        ),
        (
            (TITLE, *PROSE, "Von Ada März am 28.04.2025. Abgelegt unter Hafen. Antworten lassen sich verfolgen"),
            "signed-date",
        ),
        (
            (
                TITLE,
                "Ada March, professor of tides at the old university of Salthaven on the bay 2025.04.28 19:59",
                *PROSE,
            ),
            "signed-date",
        ),
        (("⋅ April 28, 2025 ⋅ Send to a friend ⋅ Print", *LINKS, TITLE, *PROSE), "far-date"),
        ((TITLE, "In brief", f"28 April 2025. {PROSE[0]}", *PROSE[1:]), "opening-date"),
        ((TITLE, *PROSE, *LINKS, "Mise en ligne", "28 April 2025", *LINKS), "far-date"),
        ((f"{TITLE} was posted on April 28, 2025 and filed under Harbour.", *LINKS, TITLE, *PROSE), "told-date"),
    ],
)
def test_a_date_away_from_the_headline_is_read(printed: tuple[str, ...], rule: str) -> None:
    assert ("2025-04-28", rule) in published(*printed)


@pytest.mark.parametrize(
    "printed",
    [
        (TITLE, "28 April 2025 was the day on which the council met in the old customs house.", *PROSE[1:]),
        (TITLE, *PROSE, *LINKS, "28 April 2025"),
        (TITLE, "Tide tables 14. - 20. January 2022", *PROSE),
        (TITLE, "— Harbour Ferries (@harbourferries) December 11, 2016", *PROSE),
        (TITLE, PROSE[0], f"28 April 2025. {PROSE[1]}", PROSE[2]),
        (TITLE, *PROSE, "The report of the council was published on April 28, 2025 in the old customs house."),
        (TITLE, *PROSE, *LINKS, "Mise en ligne", "a boat", "28 April 2025", *LINKS),
        (
            TITLE,
            *(f"The harbour choir sings in the hall on the old quay of {town} 2025.04.28 19:30" for town in "AB"),
            *PROSE,
        ),
        (TITLE, *PROSE, "1 May 2025", "A pier", "2 May 2025", "A boat", "3 May 2025", "A bell"),
    ],
)
def test_a_date_of_something_else_is_not_taken(printed: tuple[str, ...]) -> None:
    assert published(*printed) == []


def test_a_date_beside_the_headline_comes_before_one_in_the_words_of_a_picture() -> None:
    caption = "The ferries of the northern islands at their quay, 3 March 2020"
    assert published(TITLE, caption, "28 April 2025", *PROSE)[0][0] == "2025-04-28"


def test_a_day_with_its_label_comes_before_one_in_the_words_of_a_picture() -> None:
    caption = "The ferries of the northern islands at their quay, 3 March 2020"
    assert published(TITLE, caption, *PROSE, *LINKS, "Date 28 April 2025")[0][0] == "2025-04-28"


def test_a_day_above_the_headline_comes_before_one_of_another_story_below() -> None:
    others = ("A lamp for the pier", "3 March 2020")
    assert published("28 April 2025", *LINKS, TITLE, *PROSE, *others)[0] == ("2025-04-28", "far-date")
