"""Which lines are the story, when markup and print say different things."""

from __future__ import annotations

from feedpub.finders import agreed, lines, page
from feedpub.model import Block, Piece

TITLE = "Ferry council settles summer timetable"
PROSE = tuple(
    f"The ferry council met {number} times in the old customs house and settled the timetable of boat {number}."
    for number in range(8)
)
TEASER = "A night on the quay with the pilots of Eastmarsh, who never sleep before the tide has turned."


def story(main: set[int]) -> frozenset[int]:
    """The lines that are told, each in an element of its own; `main` are those that the markup shows."""
    printed = (TITLE, *PROSE, "Related stories", "Another harbour", TEASER)
    read = lines.read(tuple(Block(text, number) for number, text in enumerate(printed, 1)))
    pieces = tuple(Piece(line.number, line.text, parents=(line.number * 10, line.number * 10 + 1)) for line in read)
    return agreed.story(read, main, pieces, page.lay_out(read))


def test_markup_that_shows_another_text_is_not_asked() -> None:
    assert story({12}) == frozenset(range(2, 10))


def test_markup_that_shows_half_of_what_is_printed_is_asked() -> None:
    assert story({2, 3, 4, 5}) == {2, 3, 4, 5}
