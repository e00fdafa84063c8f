"""What a line is, as far as it alone can tell."""

from __future__ import annotations

import pytest

from feedpub.finders import lines
from feedpub.model import Block


def kind(text: str) -> str:
    (line,) = lines.read((Block(text, 1),))
    return line.kind


@pytest.mark.parametrize(
    "text",
    [
        "© Ada March",
        "Copyright Ada March/AP",
        "Quelle: Ada March/dpa",
        "The keeper and his lamp on the third step of the tower in the winter of 1986. © Ada March",
        "The tower at dusk — © Fjordwire",
        "Ada March (left) with the last keeper of Salthaven",
        "Der Wärter (l.) auf Hallig Nordmoor.",
        "This May 4, 2019, file photo shows the keeper of Salthaven on the third step of his tower.",
        "In this undated photo provided by his family, the keeper stands on the third step of his tower.",
        "Pictured from left are the keeper, his pencil and the lamp that he has cleaned every day of his life.",
    ],
)
def test_a_credit_or_what_a_picture_shows_is_a_caption(text: str) -> None:
    assert kind(text) == "caption"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("© 2025 Salthaven Post", "end"),
        ("© Salthaven Post, all rights reserved", "end"),
        ("In this photograph book the keeper tells of nine hundred waves and of a pencil that broke.", "prose"),
        ("This May 4, the keeper will leave his tower for the first time and take the boat to Salthaven.", "prose"),
        ("The keeper (left by his crew) stood alone on the third step of the tower and counted the waves.", "prose"),
        ("He put a © behind his name on every page of the log, which nobody else has ever read to its end.", "prose"),
    ],
)  # fmt: skip
def test_a_foot_of_a_page_and_a_sentence_are_no_captions(text: str, known: str) -> None:
    assert kind(text) == known


def test_a_comment_that_somebody_wrote_heads_no_comments() -> None:
    assert kind("Ein Kommentar") == kind("2 Kommentare") == "comments"
    assert kind("Ein Kommentar von Ada March") == "text"


@pytest.mark.parametrize(
    "text",
    [
        "Mit dem Laden des Videos akzeptieren Sie die Datenschutzerklärung von Wellenkino.",
        "Personenbezogene Daten können an Wellenkino übermittelt werden. Mehr dazu in der Datenschutzerklärung.",
        "To view this content, please allow Tidecast to set a cookie in your browser.",
        "Pour afficher ce contenu, vous devez accepter les cookies de Tidecast.",
    ],
)
def test_what_a_page_asks_before_it_shows_a_film_does_not_end_its_story(text: str) -> None:
    assert kind(text) in ("notice", "consent")


@pytest.mark.parametrize(
    "mark", ["■", "◼", "●", "□", "♦", "-ends-", "- Ende -", "--30--", "(Ends)", "###", "# # #", "///", "/ends", "-FIN-"]
)
def test_a_mark_that_ends_the_last_paragraph_is_no_part_of_it(mark: str) -> None:
    told = "The keeper of the tower climbs the steps at dusk and lights the lamp by hand."
    (line,) = lines.read((Block(f"{told} {mark}", 1),))
    assert (line.text, line.kind) == (told, "prose")
