"""What stands below a box of other stories in a short article, and below its end."""

from __future__ import annotations

import pytest

from feedpub.finders import lines, page
from feedpub.model import Block

HEAD = ("Ferry council settles timetable", "By Ada March", "28 April 2025")
STORY = (
    "The ferry council met on Monday in the old customs house and settled the summer timetable.",
    "There will be one late sailing on weekdays and two on Saturdays, the harbour master said.",
    "A second boat is being considered, and a third is being painted.",
)


def lay_out(*printed: str) -> page.Page:
    found = page.lay_out(lines.read(tuple(Block(text, number) for number, text in enumerate(printed, 1))))
    assert found is not None
    return found


def body(*printed: str) -> list[str]:
    return [line.text for line in lay_out(*printed).body]


@pytest.mark.parametrize(
    "box",
    [
        ("Read more", "Ten goats that changed local government"),
        ("Lesen Sie auch", "Busfahrer spielt an jeder Endhaltestelle Trompete", "Uhren in Ahlen gehen eine Minute vor"),
        ("À lire aussi", "Le facteur de Molène livre en kayak", "Un bistrot reprend le guichet de la gare"),
    ],
)  # fmt: skip
def test_a_short_story_goes_on_below_each_box(box: tuple[str, ...]) -> None:
    printed = (*HEAD, STORY[0], *box, STORY[1], *box, STORY[2], "About us", "Imprint")
    assert body(*printed) == list(STORY)


@pytest.mark.parametrize(
    "form",
    [
        ("Sign up to Harbour Notes", "Our newsletter, every Friday.", "Enter your email", "Sign up"),
        ("Newsletter „Hafenpost“", "Jeden Morgen kostenlos in Ihrem Postfach", "Ihre E-Mail-Adresse", "Jetzt anmelden"),
    ],
)
def test_a_short_story_goes_on_below_a_form_for_a_newsletter(form: tuple[str, ...]) -> None:
    below = f"{STORY[2]} The summer timetable begins in May, the ferry council said on Monday."
    assert body(*HEAD, *STORY[:2], *form, below, "About us", "Imprint") == [*STORY[:2], below]


def test_what_is_asked_for_a_subscription_is_no_part_of_the_story() -> None:
    offer = ("Subscribe to unlock this article", "Try a year for one pound", "Then you pay 59 pounds each month.")
    assert body(*HEAD, *STORY, *offer, "Log in", "About us") == list(STORY)


def test_the_titles_of_other_stories_go_with_their_kickers() -> None:
    box = (
        "Most read in the Courier",
        "ROAD RAGE",
        "Drivers furious at wonky crossing",
        "TIDE TURNS",
        "Pier sold again to gulls",
    )
    assert body(*HEAD, STORY[0], *box, *STORY[1:], "About us") == list(STORY)


def test_a_caption_between_paragraphs_goes_with_the_credit_below_it() -> None:
    picture = ("2", "The boat with its old funnel", "Credit: Ben Quill")
    assert body(*HEAD, STORY[0], *picture, *STORY[1:], "About us") == list(STORY)


def test_what_a_film_shows_goes_with_the_line_that_says_how_long_it_is() -> None:
    film = ("Duration 2:04", "Every Sunday, the harbour master brings a bucket and a cloth to the pier.")
    assert body(*HEAD, *STORY[:2], *film, STORY[2], "About us") == list(STORY)


def test_a_first_paragraph_above_the_numbers_of_pictures_is_a_caption() -> None:
    picture = ("The harbour master speaks with pupils of the island school during the visit on Monday.", "1", "2")
    assert body(*HEAD, *picture, *STORY, "About us") == list(STORY)


def test_a_teaser_that_tells_of_its_title_is_no_part_of_the_story() -> None:
    box = ("Related", "Goats may vote in village", "Thirty goats were asked on Sunday what they think of grass.")
    assert body(*HEAD, *STORY, *box, "About us") == list(STORY)


def test_a_paragraph_below_a_list_of_teasers_is_of_the_story() -> None:
    teasers = (
        *("Related", "Goats may vote in village", "Thirty goats were asked what they think of grass.", "More"),
        *("Holmfirth market moves indoors", "From Saturday the market has a roof, and soup.", "More"),
    )
    assert body(*HEAD, *STORY[:2], *teasers, STORY[2], "Comments")[-1] == STORY[2]


@pytest.mark.parametrize(
    ("label", "byline"),
    [
        (("Next article",), ("Petra Lumley", "27 April 2025")),
        (("Следующая статья",), ("Олег Дымов", "27 апреля 2025")),
        (("312 views",), ("By Petra Lumley", "27 April 2025")),
        ((), ("By Petra Lumley, 27 April 2025",)),
    ],
)
def test_another_short_article_below_is_left_out_and_said(label: tuple[str, ...], byline: tuple[str, ...]) -> None:
    other = ("Boats must now stop for swans on the canal, under a new rule.", "The fine is a loaf of bread.")
    found = lay_out(*HEAD, *STORY, *label, "Swans given right of way", *byline, *other, "About us")
    assert [line.text for line in found.body] == list(STORY)
    assert found.lines[found.second - 1].text == "Swans given right of way"


def test_a_box_without_a_label_is_no_other_article_when_the_story_goes_on_below() -> None:
    card = ("How the county lost its boat", "By Lena Voss", "20 November 2024")
    late = "The council will publish the timetable for the ferry on Friday, and bind it in blue."
    found = lay_out(*HEAD, *STORY[:2], *card, late, STORY[2], "About us")
    assert [line.text for line in found.body][-2:] == [late, STORY[2]]
    assert not found.second


def test_the_entries_of_a_live_report_are_one_article() -> None:
    told = {
        "Talks pause for the tide": "The meeting room is on a moored boat, and at high water the boat has to move.",
        "Crews walk out once more": "The crews of both boats have left the room and stand on the pier in the rain.",
        "Both sides have soup": "Soup has been brought to the pier for all of them, and nobody has sat down yet.",
    }
    small = ("By Lena Voss", "28 April 2025", "14.32")
    found = lay_out(
        *HEAD, *STORY, *(line for title, text in told.items() for line in (title, *small, text)), "About us"
    )
    assert [line.text for line in found.body if line.prose] == [*STORY, *told.values()]
    assert not found.second


def test_comments_are_no_other_article() -> None:
    comments = (
        "2 comments",
        "What a timetable this is",
        "Beryl Knott",
        "29 April 2025",
        "I shall sail at once.",
        "So will I.",
    )
    assert not lay_out(*HEAD, *STORY, *comments).second


@pytest.mark.parametrize(
    "caption",
    [
        "The old customs house at low tide. Ada Lumley",
        "Two boats wait for paint below the crane. Ada Lumley for The Fen Post",
        "Los barcos esperan junto al muelle viejo de Salthaven.EFE",
        "Los barcos esperan junto al muelle viejo EFE/ B. Quillero",
        "The harbour master counts the last passengers of the day Ben Quill/Tern Images",
    ],
)
def test_a_caption_that_ends_in_who_took_the_picture_is_no_line_of_the_story(caption: str) -> None:
    assert body(*HEAD, STORY[0], caption, STORY[1], STORY[2], "About us") == list(STORY)


@pytest.mark.parametrize(
    "heading", ["Why two boats? Ada Lumley explains", "Late boats and/or early ones", "Boats, crews and a harbour"]
)
def test_a_heading_that_only_names_somebody_stays(heading: str) -> None:
    assert body(*HEAD, STORY[0], heading, STORY[1], STORY[2], "About us") == [STORY[0], heading, *STORY[1:]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("THE FEN TODAY | Goats may vote in village", "THE FEN TODAY | Market moves indoors in Holmfirth"),
        ("Goats may vote in village | more", "Market moves indoors in Holmfirth | more"),
    ],
)
def test_titles_that_share_a_label_beside_a_bar_are_of_other_stories(first: str, second: str) -> None:
    assert body(*HEAD, STORY[0], first, STORY[1], second, STORY[2], "About us") == list(STORY)


def test_a_line_in_capitals_that_is_too_long_for_a_heading_is_of_another_story() -> None:
    title = "GOATS OF THE NORTHERN ISLES MAY VOTE IN THE VILLAGE"
    assert body(*HEAD, STORY[0], title, *STORY[1:], "About us") == list(STORY)
    for own in ("A SECOND BOAT FOR SUMMER", f"{title}."):
        assert own in body(*HEAD, STORY[0], own, *STORY[1:], "About us")


def test_a_form_to_register_below_the_first_paragraph_does_not_hide_it() -> None:
    form = ("You can save this article by registering for free here. Or sign in if you have an account.",)
    assert body(*HEAD, *form, *STORY, "About us") == list(STORY)


def test_the_rows_of_a_table_may_share_a_cell() -> None:
    rows = ("Boat | Leaves | Weekdays", "Tern | 9.15 | yes", "Gull | 9.45 | yes")
    assert body(*HEAD, STORY[0], *rows, STORY[1], STORY[2], "About us") == [STORY[0], *rows, *STORY[1:]]


@pytest.mark.parametrize(
    "caption",
    [
        "Ben Quill, second left, Ada March, second right, and eleven ferrymen look at the first page of the timetable.",
        "At the door of the customs house, from left, are Ada March, Ben Quill and a gull that nobody had invited.",
    ],
)
def test_a_sentence_that_says_who_stands_where_is_a_caption(caption: str) -> None:
    assert body(*HEAD, STORY[0], caption, STORY[1], STORY[2], "About us") == list(STORY)


def test_a_last_paragraph_may_be_initialled() -> None:
    last = "Ein anderer Fährmann sagte dazu nur: „Das Boot ist voll, und der Fahrplan auch.“(phy)"
    assert body(*HEAD, *STORY, last, "© Salthaven Verlag", "Impressum") == [*STORY, last]
