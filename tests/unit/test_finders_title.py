from __future__ import annotations

import json
from pathlib import Path

import pytest

from feedpub.finders import body, capitals, headline, lines, promise, signs, smallprint, title
from feedpub.lexicon import table
from feedpub.model import Block
from quality import learn_titles

HEADLINE = "Ferry council settles the summer timetable"
PROSE = (
    "The ferry council met on Monday in the old customs house and settled the summer timetable.",
    "There will be one late sailing on weekdays and two on Saturdays, the harbour master said.",
    "A second boat is being considered for the island, where readers wait two hours most days.",
)
MENU = ("Home", "News", "Sport", "Culture", "Weather", "Shop", "Contact", "Log in")


def chosen(*printed: str) -> str | None:
    return chosen_among(*[Block(text, number) for number, text in enumerate(printed, 1)])


def chosen_among(*blocks: Block) -> str | None:
    read = lines.read(blocks)
    print_at = smallprint.reader(read)
    run = body.find(read, smallprint.anchors(read, print_at))
    assert run is not None
    at = title.find(read, run, print_at)
    return None if at is None else read[at].text


def test_a_headline_far_above_the_story_is_found() -> None:
    buttons = ("Share", "Copy link", "Send by mail", "Listen to this article", "Save")
    assert chosen(*MENU, HEADLINE, "By Ada March", "April 28, 2025", *buttons, *PROSE) == HEADLINE


def test_a_teaser_of_another_story_is_no_headline() -> None:
    teasers = ("Museum lends its oldest whale", "Baker wins prize for dark bread", "School opens a class on knots")
    assert chosen(*MENU, *teasers, HEADLINE, "By Ada March", "April 28, 2025", *PROSE) == HEADLINE


def test_a_kicker_is_no_headline() -> None:
    assert chosen(*MENU, "On the water", HEADLINE, "By Ada March", "April 28, 2025", *PROSE) == HEADLINE


def test_a_caption_below_the_small_print_is_no_headline() -> None:
    caption = "The harbour master at the old customs house"
    assert chosen(*MENU, HEADLINE, "By Ada March", "April 28, 2025", caption, *PROSE) == HEADLINE


def test_one_word_may_be_a_headline() -> None:
    assert chosen(*MENU, "Ferry", "April 28, 2025 by Ada March", *PROSE) == "Ferry"


def test_a_title_that_ends_a_path_is_taken_where_it_stands_alone() -> None:
    assert chosen(*MENU, f"Local / {HEADLINE}", HEADLINE, "April 28, 2025", *PROSE) == HEADLINE


def test_a_headline_that_looks_like_a_dateline_is_found() -> None:
    printed = "Ferienende 01. Februar - Fähren der Insel fahren wieder öfter"
    assert chosen(*MENU, printed, "April 28, 2025", *PROSE) == printed


def test_a_text_that_begins_with_its_headline_is_read_as_printed() -> None:
    deck = "How the harbour master found a second boat for the island and its many readers"
    assert chosen(HEADLINE, "By Ada March", "April 28, 2025", *PROSE) == HEADLINE
    assert chosen("Ferry notes", HEADLINE, "By Ada March", "April 28, 2025", *PROSE) == HEADLINE
    assert chosen(HEADLINE, "By Ada March", deck, *PROSE) == HEADLINE


def test_a_story_of_one_paragraph_has_no_headline() -> None:
    assert chosen(f"{PROSE[0][:-1]} in front of many old friends.") is None


@pytest.mark.parametrize(
    "menu",
    [
        ("1. Home", "2. News", "3. Sport", "4. Harbour life", "5. Letters to the editor"),
        ("[1] Home", "[2] News", "[3] Boats of the council"),
        ("* Home", "* News", "* Harbour life", "* Letters to the editor", "* Boats of the council"),
    ],
)
def test_an_item_of_a_menu_is_no_headline(menu: tuple[str, ...]) -> None:
    assert chosen(*menu, *PROSE) is None
    assert chosen(*menu, HEADLINE, "By Ada March", *PROSE) == HEADLINE


def test_the_end_of_a_path_that_is_printed_as_a_list_may_be_the_headline() -> None:
    assert chosen("1. Home", "2. Harbour", f"3. {HEADLINE}", *PROSE) == f"3. {HEADLINE}"


def test_a_line_that_goes_on_below_is_no_headline() -> None:
    begun = Block("The council of the ferries met on Monday in the old customs", 1)
    rest = Block("house and settled the timetable of the summer, the harbour master said.", 2, gap=False)
    assert chosen_among(begun, rest, *[Block(text, number) for number, text in enumerate(PROSE, 3)]) is None


def test_a_byline_is_no_headline() -> None:
    assert chosen("By Ada March", "April 28, 2025", *PROSE) is None


def test_every_row_of_the_tables_is_read() -> None:
    points, numbers, questions = table("headlines"), table("besides"), table("questions")
    assert {len(row) for row in points.values()} == {len(row) for row in numbers.values()} == {3}
    assert set(promise.STEPS) <= {sign.rpartition(".")[0] for sign in points}
    assert {name for row in questions.values() for name in (row[0], row[2], row[6])} <= set(title.NAMES)
    assert {len(row) for row in questions.values()} == {10}


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("28.04.2025 - Ferry council settles timetable", "Ferry council settles timetable"),
        ("28. April 2025 Ferry council settles timetable", "Ferry council settles timetable"),
        ("28 April 2025 was a day of calm seas", "28 April 2025 was a day of calm seas"),
        ("28.04.2025: What we know", "28.04.2025: What we know"),
        ("Home >> Boats >> Ferry council settles timetable", "Ferry council settles timetable"),
    ],
)
def test_a_day_and_a_path_in_front_are_no_part_of_a_title(printed: str, wanted: str) -> None:
    assert headline.clean(printed).title == wanted


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        (f"Boats after dark {HEADLINE}", f"Boats after dark: {HEADLINE}"),
        (f"“Late, but not too late”{HEADLINE}", f"“Late, but not too late”: {HEADLINE}"),
        (f"Boats after dark {HEADLINE}", f"{HEADLINE} - Boats after dark"),
        (f"28.04.2025 - {HEADLINE}", f"Boats / 28.04.2025 - {HEADLINE}"),
    ],
)
def test_a_kicker_in_the_line_of_a_headline_is_cut_when_another_line_parts_the_two(printed: str, other: str) -> None:
    assert headline.clean(printed, others={other}).title == HEADLINE


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        (f"Boats after dark: {HEADLINE}", f"Boats after dark – {HEADLINE}"),
        (f"Boats after dark : {HEADLINE}", f"Boats after dark: {HEADLINE}"),
    ],
)
def test_what_is_parted_by_two_marks_is_a_kicker_and_a_headline(printed: str, other: str) -> None:
    assert headline.clean(printed, others={other}).title == HEADLINE
    assert headline.clean(printed).title == printed


def test_a_byline_that_a_theme_glued_to_a_headline_is_cut() -> None:
    assert headline.clean(f"{HEADLINE} byHannah Tidewell").title == HEADLINE
    assert headline.clean(f"{HEADLINE} byPass").title == f"{HEADLINE} byPass"


def test_the_longer_half_of_a_headline_is_not_cut_as_a_site() -> None:
    printed = "Summer timetable – two late boats for the island"
    assert headline.clean(printed, others={"Summer timetable"}).title == printed


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("PORT-AU-PRINCE OPENS A CLOCK SCHOOL", "Port-au-Prince Opens a Clock School"),
        ("WELL-KNOWN EX-NATO CHIEF WINS 2-1", "Well-Known Ex-NATO Chief Wins 2-1"),
    ],
)
def test_each_part_of_a_joined_word_is_recased(printed: str, wanted: str) -> None:
    assert capitals.recase(printed, "") == wanted


def test_the_number_of_the_last_item_of_a_path_is_no_part_of_a_title() -> None:
    assert headline.unnumbered(f"3. {HEADLINE}", "2. Boats") == HEADLINE
    assert headline.unnumbered("3. Liga: Ferry club wins", "By Ada March") == "3. Liga: Ferry club wins"
    assert headline.unnumbered("28. April", "") == "28. April"


def test_a_site_behind_a_headline_is_not_taken_for_it() -> None:
    printed = f"{HEADLINE} The Ferry Post of the Isles"
    assert headline.clean(printed, others={f"{HEADLINE} - The Ferry Post of the Isles"}).title == printed


def test_lines_far_behind_the_most_promising_are_not_looked_at_closely() -> None:
    assert [*promise.best_of({3: 1.0, 5: 4.5, 8: 0.4, 9: 2.0})] == [5, 9, 3]
    assert len(promise.best_of(dict.fromkeys(range(100), 1.0))) == promise.FINALISTS
    assert promise.best_of({}) == {}


def test_a_line_promises_what_the_table_says_of_its_signs() -> None:
    page, run = looked_at(*MENU, "On the water", HEADLINE, "By Ada March", "April 28, 2025", *PROSE)
    points = {
        at: sum(float(table("headlines").get(sign, ("0",))[0]) for sign in promise.of_line(page, at))
        for at in range(len(MENU), page.start)
        if page.lines[at].words > signs.SHORT
    }
    best, *_ = promise.finalists(page, run)
    assert page.lines[best].text == HEADLINE
    assert best == max(points, key=points.__getitem__)


def test_two_questions_are_asked_of_a_line_the_second_by_the_answer_to_the_first() -> None:
    question = (0, 2.5, (1, 0.0, 1.0, 2.0), (1, 5.0, 3.0, 4.0))
    assert [title.judge(line, 0.0, [question]) for line in ((2, 0), (2, 1), (3, 5), (3, 6))] == [1.0, 2.0, 3.0, 4.0]
    assert title.judge((2, 0), 5.0, [question]) == 1.0 + 5.0 * title.AT_SIGHT


def test_what_a_line_shares_with_the_story_weighs_less_when_the_menu_says_it_too() -> None:
    plain, _ = looked_at("Home", HEADLINE, "By Ada March", *PROSE)
    listed, _ = looked_at("Home", "Ferry", "Ferries", "Ferry fares", HEADLINE, "By Ada March", *PROSE)
    assert signs.weigh(plain, "ferry") > signs.weigh(listed, "ferry")


def looked_at(*printed: str) -> tuple[signs.Page, body.Run]:
    read = lines.read(tuple(Block(text, number) for number, text in enumerate(printed, 1)))
    print_at = smallprint.reader(read)
    run = body.find(read, smallprint.anchors(read, print_at))
    assert run is not None
    return signs.look_at(read, run, print_at), run


def test_labelled_pages_are_learned_from_as_titles_are_found(tmp_path: Path) -> None:
    text = "\n".join((*MENU, HEADLINE, "By Ada March", *PROSE))
    (tmp_path / "pages.jsonl").write_text(json.dumps({"site": "a.example", "title": HEADLINE, "text": text}))
    [page] = learn_titles.labelled(tmp_path / "pages.jsonl")
    [right] = [at for at, is_right in enumerate(page.right) if is_right]
    assert page.look(right)[1] == ["weak", "weak", "words.6", "by", "prose"]
    points = {"words.6": 1.0}
    words, by = title.NAMES.index("words"), title.NAMES.index("below")
    numbers = {("by", 2): 1.0}
    for liked in (1.0, -1.0):
        question = (by, 0.5, (words, 0.0, -liked, -liked), (words, 0.0, liked, liked))
        learned = learn_titles.Learned(points, numbers, (question,))
        assert learn_titles.is_found(page, learned) == (liked > 0)


def test_learned_tables_are_written_as_they_are_read() -> None:
    rows = learn_titles.as_points({"gap.above": 1.0, "2 gap.above": 0.5, "words.1": 0.2, "words.2": 0.3}).splitlines()
    assert "gap.above\t1.00\t1.00\t1.50" in rows
    assert {"words.1\t0.20\t0.20\t0.20", "words.2\t0.50\t0.50\t0.50"} <= set(rows)
    assert learn_titles.as_numbers({("by", 0): -0.5, ("by", 2): 1.0}) == "by\t-0.5\t0.0\t1.0\n"
    leaf = {"leaf_value": 0.25}
    tree = {"split_feature": 0, "threshold": 2.5, "left_child": leaf, "right_child": leaf}
    assert learn_titles.as_questions([learn_titles.as_question(tree)]) == (
        "1\twords\t2.5\twords\t0\t0.25\t0.25\twords\t0\t0.25\t0.25\n"
    )


@pytest.mark.parametrize("line", ["By Ada March", "McAvoy 22'", "Oyelaran 58', 90'+3"])
def test_a_byline_or_a_scorer_is_no_headline(line: str) -> None:
    assert chosen("Football", HEADLINE, line, "At Shore Park", *PROSE) == HEADLINE
    assert chosen(line, *PROSE) != line


def test_a_label_is_kept_before_small_letters() -> None:
    assert headline.clean("In pictures: the boats come home").title == "In pictures: the boats come home"
    assert headline.clean("In pictures: The boats come home").title == "The boats come home"
