"""Initials that a page sets large."""

from __future__ import annotations

import pytest

from feedpub.finders import initials, lines
from feedpub.model import Block

OTHER = "Every wave that reached the island was written down, while the keeper of Oldmoor drank his tea."


def joined(*printed: str, language: str | None = "en") -> list[str]:
    read = lines.read(tuple(Block(text, number) for number, text in enumerate((*printed, OTHER), 1)))
    return [line.text for line in initials.joined(read, language)][:-1]


@pytest.mark.parametrize(
    ("parted", "whole"),
    [
        ("T he keeper of the light counted every wave.", "The keeper of the light counted every wave."),
        ("W hile he counted, the tide came in twice.", "While he counted, the tide came in twice."),
        ("W ritten numbers fill nine hundred pages.", "Written numbers fill nine hundred pages."),
        ("I t took him a day and a night.", "It took him a day and a night."),
        ("O ldmoor is where he lives.", "Oldmoor is where he lives."),
    ],
)
def test_an_initial_is_joined_to_its_word(parted: str, whole: str) -> None:
    assert joined(parted) == [whole]


@pytest.mark.parametrize(
    "text",
    [
        "A keeper of the light counted every wave.",
        "A way out of the harbour was found at last.",
        "I counted every wave for a day and a night.",
        "X says that it never lost a message of the keeper.",
        "X. Tidewell was the first to count them.",
        "C is a letter.",
        "A",
    ],
)
def test_a_letter_that_may_be_a_word_stays_one(text: str) -> None:
    assert joined(text) == [text]


def test_what_is_a_word_depends_on_the_language() -> None:
    assert joined("A m Morgen kam die Flut.", language="de") == ["Am Morgen kam die Flut."]
    assert joined("V e vsi svítí maják.", language="cs") == ["Ve vsi svítí maják."]
    assert joined("W hile nikt nie patrzy.", language="pl") == ["W hile nikt nie patrzy."]


def test_an_initial_on_a_line_of_its_own_is_joined_to_the_next() -> None:
    assert joined("T", "he keeper of the light counted every wave.") == ["The keeper of the light counted every wave."]


def test_an_initial_above_the_story_belongs_to_its_first_word() -> None:
    read = lines.read((Block("he keeper of the light counted every wave.", 2), Block(OTHER, 3)))
    assert initials.joined(read, "en", "T")[0].text == "The keeper of the light counted every wave."
    assert initials.joined(read, "en", "x")[0].text == "he keeper of the light counted every wave."
    assert initials.joined(read[1:], "en", "T")[0].text == OTHER
