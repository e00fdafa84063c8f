"""What stands in and below an article and is not part of it."""

from __future__ import annotations

from collections.abc import Sequence

from feedpub.finders import lines, tail
from feedpub.model import Block

FIRST = "The ferry council met on Monday in the old customs house and settled the summer timetable."
LAST = "There will be one late sailing on weekdays and two on Saturdays, the harbour master said."


def told(*printed: str, people: Sequence[str]) -> list[str]:
    read = lines.read(tuple(Block(text, number) for number, text in enumerate(printed, 1)))
    return [line.text for line in tail.without_notes(read, None, people)[0]]


def test_the_box_of_an_author_inside_a_story_is_dropped() -> None:
    box = ("Ada March", "Korrespondentin in Ahlen, zuständig für Fähren.")
    assert told(FIRST, *box, LAST, people=("Ada March",)) == [FIRST, LAST]
    assert told(FIRST, *box, LAST, people=("Ben Quill",)) == [FIRST, *box, LAST]


def test_the_name_of_an_author_above_an_answer_stays() -> None:
    assert told("Ada March", FIRST, "Ben Quill", LAST, people=("Ada March",)) == ["Ada March", FIRST, "Ben Quill", LAST]


def test_what_a_page_says_of_the_author_above_an_essay_is_dropped() -> None:
    above = "Dr. March is a historian of tides and the author of a book about waiting."
    assert told(above, FIRST, LAST, people=("Ada March",)) == [FIRST, LAST]
    assert told(above, FIRST, LAST, people=("Ben Quill",)) == [above, FIRST, LAST]
