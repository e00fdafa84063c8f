"""Who wrote an article: which of a page's bylines is its own."""

from __future__ import annotations

import pytest

from feedpub.finders import byline, dateline, lines, page, who
from feedpub.model import Block

TITLE = "Ferry council settles summer timetable"
PROSE = (
    "The ferry council met on Monday in the old customs house and settled the summer timetable.",
    "There will be one late sailing on weekdays and two on Saturdays, the harbour master said.",
    "A second boat is being considered for the island, where readers wait two hours most days.",
)


def authors(*printed: str) -> tuple[str, ...]:
    found = page.lay_out(lines.read(tuple(Block(text, number) for number, text in enumerate(printed, 1))))
    assert found is not None
    return next((clue.value for clue in who.clues(found, None)), ())


@pytest.mark.parametrize(
    ("filed", "people"),
    [
        ("(솔뫼=한빛소식) 김하늘 기자 = ", ("김하늘",)),
        ("【松江＝田中桜】", ("田中桜",)),
        ("〔記者林美月／台中報導〕", ("林美月",)),
        ("【記者林美月、陳怡／綜合報導】", ("林美月", "陳怡")),
        ("【松江共同】", ()),
        ("【ロンドン＝共同】", ()),
    ],
)
def test_a_dateline_names_its_reporters(filed: str, people: tuple[str, ...]) -> None:
    text = f"{filed}The ferry council met on Monday in the old customs house and settled the summer timetable."
    found = page.lay_out(lines.read(tuple(Block(part, number) for number, part in enumerate((TITLE, text), 1))))
    located = dateline.read(text)
    assert found is not None
    assert located is not None
    assert next((clue.value for clue in who.clues(found, located)), ()) == people


def test_all_names_below_a_label_sign() -> None:
    printed = ("By", "Hannah TidewellNews Reporter", "Martin ReedPolitics Editor", "Laura Finch", "28 April 2025")
    assert authors(TITLE, *printed, *PROSE) == ("Hannah Tidewell", "Martin Reed", "Laura Finch")


def test_a_label_and_a_name_may_be_items_of_a_list() -> None:
    assert authors(TITLE, "* By", "* Hannah Tidewell", "* 28 April 2025", *PROSE) == ("Hannah Tidewell",)


def test_what_stands_below_the_names_is_none() -> None:
    assert authors(TITLE, "By", "Hannah Tidewell", "Harbour Sentinel", "28 April 2025", *PROSE) == ("Hannah Tidewell",)


def test_bylines_of_other_stories_below_are_not_its_own() -> None:
    others = ("Gulls take the fish market", "By Martin Reed", "Pier to be painted", "By Laura Finch")
    assert authors(TITLE, "28 April 2025", *PROSE, "Tides", *others, "A clock stands still", "By Peter Marsh") == ()


def test_a_press_contact_is_no_author() -> None:
    assert authors(TITLE, "28 April 2025", *PROSE, "Ansprechpartner Presse", "Hannah Tidewell") == ()


def test_items_of_a_menu_are_no_byline() -> None:
    assert authors("Interview", "Moorings", "Gulls", TITLE, "28 April 2025", *PROSE) == ()


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Hannah TidewellThursday 2 Nov 2023 10:09 am", ("Hannah Tidewell",)),
        ("Hannah Tidewell/Martin Reed 07.11.2023, 10.55 Uhr", ("Hannah Tidewell", "Martin Reed")),
        ("Harbour West Tower 28.04.2014 © Tide & Co/Martin Reed", ()),
        ("By Hannah Tidewell, School of Tides and Harbours, Martin Reed", ("Hannah Tidewell", "Martin Reed")),
        ("Auteur Hannah Tidewell Cover Musée des phares Date 2 mars 2020", ("Hannah Tidewell",)),
    ],
)
def test_a_line_names_its_authors_and_nobody_else(line: str, people: tuple[str, ...]) -> None:
    found = byline.read(line)
    assert (found.authors if found else ()) == people


@pytest.mark.parametrize("line", ["DE EN ES", "Hannah No Comments", "Salthaven Información"])
def test_no_name_is_no_name(line: str) -> None:
    assert byline.bare(line) is None


def test_a_switch_of_languages_is_no_byline() -> None:
    found = byline.read("DE EN ES")
    assert found is None or found.authors == ()


def test_a_character_inside_a_word_is_no_label() -> None:
    found = byline.read("岸田文雄政権 2023年11月2日")
    assert found is None or found.authors == ()
