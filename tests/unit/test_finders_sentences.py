from __future__ import annotations

import pytest

from feedpub.finders.sentences import split


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Pickett met Sen. Ostrow at 9 p.m. Eastern time. | He left.",
        "The U.S. Senate voted on Jan. 3. | Nobody spoke.",
        "She works for Larkfield Inc. in Boulder, Colo., now. | It pays.",
        "“We wanted a place,” she said. | “It moves.” | Then it rained.",
        "“Who knows?” Pickett said. | He laughed.",
        "It costs $4.4 million, or 46.2 kroner. | Cheap!",
        "Is it art? | No! | It is a clock…",
        "J. R. Marlowe wrote it. | K. Voss drew it.",
        "Das geschah am 28. April in Köln. | Z. B. dort.",
        "El Sr. Poblete lo dijo. | ¿Por qué? | Nadie sabe.",
        "उदयपुर की नाव चली। | डॉ. राठी आईं।",
        "山里下雨。| “云也慢。”| 她笑了。",
        "They ranked No. 2. | The U.N. said so.",
        "Version 3.11 is out. | Get it at example.org today.",
    ],
)
def test_sentences_end_where_an_editor_ends_them(text: str) -> None:
    wanted = [part.strip() for part in text.split("|")]
    plain = text.replace(" | ", " ").replace("| ", "").replace("|", "")
    language = "de" if "Köln" in text else None
    assert [sentence.strip() for sentence in split(plain, language)] == wanted


def test_german_ordinals_end_no_sentence() -> None:
    assert len(split("Im 26. Spiel gewann der 1. FC Nürnberg.", "de")) == 1
