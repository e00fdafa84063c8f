"""What a format read, in characters that feeds may hold."""

from __future__ import annotations

import pytest

from feedpub.finders import legible, lines
from feedpub.model import Block


@pytest.mark.parametrize("text", ["The ferry left.", "Fähre – 3 €", "渡轮离开", "“Yes”"])
def test_plain_text_may_stand_as_it_is(text: str) -> None:
    assert legible.is_legible(text)


@pytest.mark.parametrize(
    ("printed", "told", "replaced"),
    [
        ("The\u00a0ferry\tleft  at noon", ["The ferry left at noon"], 0),
        ("Cafe\u0301", ["Café"], 0),
        ("har\u00adbour", ["harbour"], 0),
        ("می\u200cرود", ["می\u200cرود"], 0),
        ("one\u2028two\r\nthree", ["one", "two", "three"], 0),
        ("bell\x07 rings", ["bell rings"], 1),
        ("\u00a0", [], 0),
    ],
)
def test_other_text_is_cleaned_and_parted(printed: str, told: list[str], replaced: int) -> None:
    assert not legible.is_legible(printed)
    assert legible.lines(printed) == (told, replaced)


def test_lines_are_read_legibly_and_keep_their_numbers() -> None:
    read, replaced = lines.read_legibly([Block("Home", 1), Block("one\u2028two \x07", 3), Block("Menu", 4)])
    assert [(line.number, line.text) for line in read] == [(1, "Home"), (3, "one"), (3, "two"), (4, "Menu")]
    assert replaced == 1
