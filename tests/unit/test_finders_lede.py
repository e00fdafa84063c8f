from __future__ import annotations

from collections.abc import Sequence

import pytest

from feedpub.finders import lines
from feedpub.finders.lede import LIMIT, opening, summarise
from feedpub.model import Block

LEDE = "A lighthouse keeper counted every wave that reached the third step of his tower on Monday and wrote them down."
SECOND = "He stopped at nine hundred, since his pencil had broken and the tide was turning."
CREDIT = "Picture: Ida Wren"


def test_a_summary_is_the_first_sentences_up_to_its_aim() -> None:
    assert summarise([f"{LEDE} {SECOND} {SECOND}"], "", "en") == f"{LEDE} {SECOND}"


def test_a_summary_leaves_out_a_sentence_that_repeats_the_title() -> None:
    assert summarise([f"Keeper counts waves. {LEDE}"], "Keeper counts waves", "en") == LEDE


def test_a_summary_leaves_out_what_is_no_sentence() -> None:
    assert summarise([CREDIT, LEDE], "", "en") == LEDE
    assert summarise([f"{LEDE} {CREDIT}", SECOND], "", "en") == LEDE


def test_a_long_sentence_that_lost_its_stop_is_still_one() -> None:
    assert summarise([LEDE.rstrip("."), SECOND], "", "en").startswith(LEDE.rstrip("."))


def test_a_summary_does_not_end_on_a_colon() -> None:
    assert summarise(["The keeper gave three reasons for it:", SECOND], "", "en").endswith(SECOND)


def test_a_summary_closes_the_quotation_that_it_opens() -> None:
    quotation = (
        "“I was told to count the waves until nobody on the whole island could remember why. Then I was told to stop.”"
    )
    assert summarise([f"{LEDE} {quotation} {SECOND}"], "", "en") == f"{LEDE} {quotation}"


def test_a_sentence_that_is_too_long_is_cut_at_a_clause() -> None:
    long = ", ".join(["and then the tide came back to the tower"] * 20) + "."
    summary = summarise([long], "", "en")
    assert summary.endswith("tower…")
    assert len(summary) <= LIMIT


def test_a_text_without_any_stop_has_a_summary() -> None:
    assert summarise([CREDIT], "", "en") == CREDIT


def opens_at(above: str, *paragraphs: str) -> int:
    read = lines.read(tuple(Block(text, number) for number, text in enumerate((above, *paragraphs), 1)))
    return opening(read, 1, read[1:])


def opens_with(*printed: str, among: Sequence[str], language: str = "en", start: int = 0) -> int:
    """Which paragraph of a story opens its summary, when these lines of the page are not of the story."""
    read = lines.read(tuple(Block(text, number) for number, text in enumerate(printed, 1)))
    return opening(read, start, [line for line in read[start:] if line.text not in among], language)


def test_a_summary_begins_below_what_a_picture_shows() -> None:
    caption = "The keeper, left, shows his pencil to Ida Wren on the third step of the tower."
    assert opens_at("By Ida Wren", caption, LEDE, SECOND) == 1
    assert opens_at("By Ida Wren", LEDE, SECOND) == 0


@pytest.mark.parametrize(
    "aside",
    [
        "A keeper rests beside the third step of his tower, where the tide leaves its mark | Photo Tidewell | Ida Wren",
        "A keeper rests beside the third step of his tower, where the tide leaves its mark every day. Ida Wren / AFP",
        "A boat leaves the harbour of Salthaven, on May 31, 2019.",
        "SAFE HOME … The keeper and his pencil are seen on the third step of the tower.",
        "Pictured right, is the keeper with the last of his nine hundred pencils and a lamp.",
        "The keeper is pictured with his pencil on the third step of the tower.",
        "Le gardien et son crayon sur la troisième marche du phare, photo d’archives.",
        "This article originally appeared in the Oldmoor Almanac.",
        "この記事の利用については、港の案内のページをご覧ください。",
        "This article contains affiliate links, and we may earn a commission when you buy a lamp.",
    ],
)
def test_a_summary_begins_below_captions_and_notes(aside: str) -> None:
    assert opens_at("28 April 2025", aside, LEDE, SECOND) == 1


def test_a_story_that_names_a_day_and_goes_on_opens_its_summary() -> None:
    assert opens_at("28 April 2025", f"{LEDE} He began on the first warm day of the year, May 31, 2019.", SECOND) == 0


def test_a_story_of_captions_alone_is_its_own_summary() -> None:
    caption = "The keeper, left, shows his pencil to Ida Wren on the third step of the tower."
    assert opens_at("By Ida Wren", caption, caption) == 0


def test_a_summary_begins_below_a_teaser_that_breaks_off() -> None:
    assert opens_at("By Ida Wren", "A keeper of a lighthouse has counted all of the waves…", LEDE) == 1


def test_a_summary_begins_below_key_points() -> None:
    points = ("A keeper counted every wave for a day.", "His pencil broke at nine hundred.")
    assert opens_at("Key points", *points, f"{LEDE} {SECOND}") == 2
    assert opens_at("By Ida Wren", *points, f"{LEDE} {SECOND}") == 0
    assert opens_at("Key points", points[0], f"{LEDE} {SECOND}") == 0


def test_a_summary_begins_below_a_key_point_whose_label_stands_below_a_caption() -> None:
    caption, label = "A keeper leans out of the window of his tower, in Salthaven, on May 31, 2019.", "Key points"
    assert opens_with(caption, label, POINTS[0], f"{LEDE} {SECOND}", among=(label,)) == 2
    assert opens_with(caption, POINTS[0], f"{LEDE} {SECOND}", among=()) == 1


def test_a_summary_begins_below_short_sentences_that_stand_closer_than_the_paragraphs() -> None:
    paragraphs = (LEDE, SECOND, LEDE, SECOND)
    assert opens_among_gaps(POINTS, paragraphs) == len(POINTS)
    assert opens_among_gaps((*POINTS, LEDE * 2), paragraphs) == 0  # no key point is so long
    assert opens_among_gaps(POINTS, paragraphs[:2]) == 0  # too few to know how the page parts them


def opens_among_gaps(tight: Sequence[str], paragraphs: Sequence[str]) -> int:
    """The paragraph that opens a story whose first lines have no blank ones between them."""
    printed = enumerate((*tight, *paragraphs))
    body = lines.read(tuple(Block(text, at + 1, gap=not 0 < at < len(tight)) for at, text in printed))
    return opening(body, 0, body)


@pytest.mark.parametrize(
    ("beside", "standfirst"),
    [
        (("Share",), "The waves of Salthaven were numbered from dawn to dusk."),
        (("12:43", "updated"), "The last keeper of Salthaven."),
        (("2 Comments",), "He began with a new pencil and a cup of tea. Nobody had asked the keeper to count the sea."),
        (
            ("Share", "Print"),
            "He began with a new pencil and a cup of tea. Nobody had asked the keeper to count the sea.",
        ),
        (
            ("The keeper at his window", "Photo: Tidewell/Getty Images"),
            "He began with a new pencil and a cup of tea. Nobody had asked the keeper to count the sea.",
        ),
    ],
)
def test_a_summary_begins_below_a_standfirst_that_stands_apart(beside: tuple[str, ...], standfirst: str) -> None:
    assert opens_with(standfirst, *beside, LEDE, SECOND, among=beside) == 1


def test_a_summary_begins_at_an_initial_set_large() -> None:
    standfirst = "The waves of Salthaven are many, but not without number, as a man with a new pencil has found."
    assert opens_at("By Ida Wren", standfirst, LEDE[0], f"n{LEDE}", SECOND) == 1
    assert opens_at("By Ida Wren", standfirst, "B", LEDE, SECOND) == 0


def test_a_summary_begins_below_a_day_that_is_printed_again() -> None:
    standfirst = "The waves of Salthaven are many, but not without number, as a man with a new pencil has found."
    caption = "An old lighthouse stands above the grey sea of Salthaven and its nine hundred waves a day."
    day = "November 15, 2019"
    beside = ("Ida Wren", day)
    assert opens_with(day, standfirst, caption, *beside, LEDE, SECOND, among=beside, start=1) == 2
    assert opens_with("May 1, 2019", standfirst, caption, *beside, LEDE, SECOND, among=beside, start=1) == 0


def test_a_summary_begins_below_what_a_film_shows() -> None:
    film = "Ida Wren explains how a keeper of Salthaven counts the waves that reach his tower."
    printed = ("Video", "Why the sea has a number", film, LEDE, SECOND)
    assert opens_with(*printed, among=(), start=2) == 1
    assert opens_with("Print", *printed[1:], among=(), start=2) == 0
    assert opens_with("Video", "Seen from Salthaven.", film, LEDE, SECOND, among=(), start=2) == 0


def test_a_summary_begins_below_a_standfirst_and_a_caption() -> None:
    beside = ("Share", "(Image: © Tidewell/Getty Images)")
    caption = "An old lighthouse stands above the grey sea of Salthaven."
    standfirst = "The waves are many, but not without number."
    assert opens_with(standfirst, beside[0], caption, beside[1], LEDE, SECOND, among=beside) == 2


@pytest.mark.parametrize(
    ("first", "beside"),
    [
        ("The waves of Salthaven were numbered from dawn to dusk.", ()),
        ("He counted them all.", ("Nobody had asked him.",)),
        ("SALTHAVEN, April 28 (Reuters) - A keeper of the old light counted every wave for a day.", ("Share",)),
        ("He began with a new pencil and a cup of tea. Nobody had asked the keeper to count.", ("Advertisement",)),
    ],
)
def test_a_first_paragraph_that_does_not_stand_apart_opens_the_summary(first: str, beside: tuple[str, ...]) -> None:
    assert opens_with(first, *beside, LEDE, SECOND, among=[text for text in beside if text[-1] != "."]) == 0


def test_a_summary_begins_below_a_german_standfirst_that_a_place_opens() -> None:
    deck = "Lübeck. Der Leuchtturm bleibt dunkel. Was der Wärter nun vorhat."
    story = (
        "Seit gestern brennt im alten Turm über dem Hafen kein Licht mehr, und der Wärter zählt die Wellen nun am Tag."
    )
    assert opens_with(deck, story, story, among=(), language="de") == 1
    assert opens_with(story, deck, story, among=(), language="de") == 2
    assert opens_with(deck, story, among=(), language="en") == 0
    assert opens_with(f"Lübeck. {story}", story, among=(), language="de") == 0


def test_a_german_summary_begins_where_a_place_that_nobody_knows_opens_the_story() -> None:
    deck = "Warum die Fährleute von den Inseln seit dem Winter wieder rudern, hat eine Forscherin herausgefunden."
    story = (
        "Grauwede – Die Fährleute der drei Inseln rudern seit dem Winter wieder, weil der Motor ihres Bootes schweigt."
    )
    assert opens_with("Stand: 28. April 2025", deck, story, among=("Stand: 28. April 2025",), language="de") == 1
    assert opens_with("28 April 2025", deck, story, among=("28 April 2025",), language="en") == 0


BOX = ("NEW LOOK", "Sign up to get the tides by post each morning", "Email address", "Sign up", "Advertisement")
POINTS = ("The keeper of Salthaven counted waves on Monday.", "His pencil broke at nine hundred waves of the day.")
ANEW = "The keeper of Salthaven counted waves on Monday, and his pencil broke at nine hundred."


def test_a_summary_begins_below_key_points_that_a_box_parts_from_the_story() -> None:
    assert opens_with(*POINTS, *BOX, ANEW, SECOND, among=BOX) == len(POINTS)
    assert opens_with(*POINTS, *BOX, SECOND, LEDE, among=BOX) == 0
    assert opens_with(*POINTS, ANEW, SECOND, among=()) == 0


@pytest.mark.parametrize("mark", ["* ", "• ", "+ "])
def test_a_summary_begins_below_items_of_a_list(mark: str) -> None:
    points = [mark + point for point in POINTS]
    assert opens_with(*points, LEDE, SECOND, among=()) == len(points)
    assert opens_with(*points, among=()) == 0
