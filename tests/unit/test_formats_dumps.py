"""What programs do to a page's text is undone, and a text that only holds such signs is left as it is."""

from __future__ import annotations

import textwrap

import pytest

from feedpub.formats import text
from feedpub.model import Document, Draft

COUNCIL = (
    "The harbour council of Westmark met on Monday in the old customs house to settle the summer timetable, which had"
    " left two islands without a late boat since the storms of the winter."
)
SAILINGS = (
    "There will be one late sailing on weekdays and two on Saturdays, the operator said, and a bus will meet each of"
    " them at the pier until the end of September."
)
LETTERS = (
    "Crews had written to the harbour master about the night sailings, and he had read their letters aloud to a hall"
    " that was so full that the windows had to be opened."
)
STORY = (COUNCIL, SAILINGS, LETTERS)


def _read(printed: str) -> Draft:
    return text.read(Document("page.txt", printed.encode(), ""))


def _lines(printed: str) -> list[str]:
    return [block.text for block in _read(printed).blocks]


def _broken(paragraph: str, width: int, indent: str = "") -> str:
    return textwrap.fill(paragraph, width, initial_indent=indent, subsequent_indent=indent)


# ── broken lines ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("width", [50, 64, 72, 80, 100, 120])
@pytest.mark.parametrize("indent", ["", "   ", "\t"])
def test_paragraphs_are_joined_at_any_column(width: int, indent: str) -> None:
    assert _lines("\n\n".join(_broken(paragraph, width, indent) for paragraph in STORY * 2)) == list(STORY * 2)


def test_paragraphs_without_blank_lines_between_them_are_told_apart() -> None:
    printed = "\n".join(("Late boats return", *(_broken(paragraph, 66) for paragraph in STORY)))
    assert _lines(printed) == ["Late boats return", *STORY]


def test_a_short_text_is_joined_when_all_its_lines_are_broken_at_one_column() -> None:
    assert _lines("\n\n".join(_broken(paragraph, 72) for paragraph in STORY[1:])) == list(STORY[1:])


def test_an_item_of_a_list_goes_on_below_its_text() -> None:
    item = f"  * {_broken(STORY[0], 66, '    ').lstrip()}"
    assert _lines(f"{item}\n  * Tickets\n\n{_broken(STORY[1], 66)}") == [f"* {STORY[0]}", "* Tickets", STORY[1]]


def test_a_headline_that_a_browser_centred_is_joined() -> None:
    title = ("Late boats return to the islands of Westmark after a winter", "without any")
    head = "\n".join(line.center(72).rstrip() for line in title)
    story = "\n\n".join(_broken(paragraph, 69, "   ") for paragraph in STORY)
    assert _lines(f"{head}\n\n{story}")[0] == " ".join(title)


PARTED = """The harbour council of Westmark met on Monday in the old cus-
toms house to settle the summer timetable, which had left two is-
lands without a late boat since the storms of the winter. A well-
known crew had asked for it, and the mayor drew up the new time-
table by hand. One of the crews wrote to her that it was well-
known."""


def test_words_that_were_parted_at_the_end_of_lines_are_whole_again() -> None:
    line = _lines(PARTED)[0]
    assert "the old customs house" in line
    assert "had left two islands without" in line
    assert "the new timetable by hand" in line


def test_compounds_keep_their_hyphens() -> None:
    story = STORY[0].replace("summer timetable", "once-in-a-lifetime timetable")
    for width in range(50, 80):
        assert _lines(f"{_broken(story, width)}\n\n{_broken(STORY[1], width)}")[0] == story


VERSES = """The lamp is out upon the quay,
and no one asks the reason why,
for every boat has put to sea
and left the harbour lights to die."""


def test_verses_stay_verses() -> None:
    assert _lines(VERSES) == VERSES.split("\n")


# ── numbers of links ────────────────────────────────────────────────────────────────────────────────

NUMBERED = """   [1]Home [2]Harbour

Late boats return

   The [3]harbour council met on Monday in the customs house.

References

   1. https://example.org/
   2. https://example.org/harbour
   3. https://example.org/council
"""


def test_numbers_of_links_and_the_list_of_their_addresses_go() -> None:
    draft = _read(NUMBERED)
    assert [block.text for block in draft.blocks] == [
        "Home Harbour",
        "Late boats return",
        "The harbour council met on Monday in the customs house.",
    ]
    assert [line.text for line in draft.dropped][:2] == ["References", "1. https://example.org/"]
    assert {line.rule for line in draft.dropped} == {"layout"}


def test_footnotes_and_their_sources_stay() -> None:
    essay = """The bell was cast in Lund.[1] Others say Malmo,[2] and one says neither.[3]

References

1. https://example.org/lund
2. https://example.org/malmo
3. https://example.org/neither"""
    assert _lines(essay) == [line for line in essay.split("\n") if line]


def test_a_footnote_among_numbers_of_links_stays() -> None:
    printed = NUMBERED.replace("customs house.", "customs house[1].")
    assert "customs house[1]." in _lines(printed)[2]


# ── marks of Markdown ───────────────────────────────────────────────────────────────────────────────

MARKED = """[![](/logo.png)](/)

  * [Home](/home)
  * [Harbour](/harbour "All of it")

# Late boats return

By [Ana Ruiz](/people/ana)

> The **harbour council** met in the [old \\[customs\\] house](/map_(1)), and _nobody_ left early.

| Boat | Hour |
|------|------|
| Ann  | 9    |

* * *

## More

[Bus
meets boat](https://example.org/bus)
"""


def test_marks_of_markdown_go_from_a_text_that_is_written_in_them() -> None:
    assert _lines(MARKED) == [
        "* Home",
        "* Harbour",
        "Late boats return",
        "By Ana Ruiz",
        "The harbour council met in the old [customs] house, and nobody left early.",
        "Boat Hour",
        "Ann 9",
        "More",
        "Bus",
        "meets boat",
    ]


ABOUT_MARKS = """How to write a link

In Markdown a link is written as [words](address), a picture as ![words](address.png).

# begins a heading, and **two stars** make a word bold. snake_case_names stay as they are.

The comment `# install it` in a shell script is no heading."""


def test_a_story_about_markdown_keeps_its_marks() -> None:
    assert _lines(ABOUT_MARKS) == [line for line in ABOUT_MARKS.split("\n") if line]


def test_code_keeps_its_comments() -> None:
    code = "# install\npip install feedpub\n# build\nfeedpub build\n## done"
    assert _lines(code) == code.split("\n")


# ── printed pages ───────────────────────────────────────────────────────────────────────────────────


def _pages(*pages: str) -> str:
    return "".join(f"{page}\n\n   {number}\n\f" for number, page in enumerate(pages, 1))


def test_numbers_of_pages_go_and_what_they_part_is_joined() -> None:
    first, _, rest = _broken(COUNCIL, 70).partition("\n")
    printed = _pages(first, f"{rest}\n\n{_broken(SAILINGS, 70)}\n\n{_broken(LETTERS, 70)}")
    assert _lines(printed) == list(STORY)
    assert [line.text for line in _read(printed).dropped] == ["1", "2"]


def test_running_heads_go() -> None:
    pages = (f"Westmark Post, page {number}\n\n{paragraph}" for number, paragraph in enumerate(STORY, 1))
    assert _lines("\f".join(pages)) == list(STORY)


def test_years_and_scores_at_the_end_of_pages_stay() -> None:
    assert _lines(f"{STORY[0]}\n\n1987\n\f{STORY[1]}\n\n3 : 2") == [STORY[0], "1987", STORY[1], "3 : 2"]


# ── parted sentences ────────────────────────────────────────────────────────────────────────────────


def test_sentences_that_were_parted_at_their_links_are_whole_again() -> None:
    printed = (
        "The harbour council of Westmark met on Monday in the\nold customs house\n, and nobody left early.\n\n"
        "There will be one late sailing, the operator\nIsland Lines\n, which has two boats, said.\n\n"
        "A bus will meet each of them at the pier, the mayor\nAna Ruiz\n. She will drive it.\n\nHome\nharbour\nTickets"
    )
    assert _lines(printed) == [
        "The harbour council of Westmark met on Monday in the old customs house, and nobody left early.",
        "There will be one late sailing, the operator Island Lines, which has two boats, said.",
        "A bus will meet each of them at the pier, the mayor Ana Ruiz. She will drive it.",
        "Home",
        "harbour",
        "Tickets",
    ]


# ── answered mail ───────────────────────────────────────────────────────────────────────────────────

MAIL = "From: Ana Ruiz <ana@westmark.example>\nSubject: The night boats\n\n"
ASKED = "> Could you send us three paragraphs by ten?\n> We have no picture yet."


@pytest.mark.parametrize(
    "above",
    [
        "On Tue, 28 Apr 2026 at 08:02, Ben Quill <ben@skerry.example> wrote:",
        "On Tue, 28 Apr 2026 at 08:02, Ben Quill of the Skerry Voice\n<ben@skerry.example> wrote:",
        "Am 28.04.2026 um 08:02 schrieb Ben Quill:",
        "Le 28 avr. 2026 à 08:02, Ben Quill a écrit :",
        "Ben Quill <ben@skerry.example> wrote:",
    ],
)
def test_an_answered_mail_goes_with_the_line_above_it(above: str) -> None:
    assert _lines(f"{COUNCIL}\n\n{SAILINGS}\n\n{above}\n\n{ASKED}\n") == [COUNCIL, SAILINGS]
    assert _lines(f"{above}\n{ASKED}\n\n{COUNCIL}\n\n{SAILINGS}\n") == [COUNCIL, SAILINGS]


def test_what_a_mail_quotes_goes_also_when_no_day_is_told() -> None:
    printed = f"{MAIL}Ben wrote:\n{ASKED}\n\n{COUNCIL}\n\n> And the fares?\n\n{SAILINGS}"
    assert _lines(printed)[2:] == [COUNCIL, SAILINGS]


def test_a_mail_that_is_passed_on_whole_loses_its_marks_alone() -> None:
    quoted = "\n>\n".join(f"> {paragraph}" for paragraph in STORY)
    assert _lines(f"{MAIL}For your pages.\n\n{quoted}")[3:] == list(STORY)


def test_a_quotation_in_a_story_that_is_no_mail_stays() -> None:
    printed = f"{COUNCIL}\n\nIn 1924, the harbour master wrote:\n\n> No boat leaves after ten.\n\n{SAILINGS}"
    assert "> No boat leaves after ten." in _lines(printed)
