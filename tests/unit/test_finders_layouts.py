"""Pages whose parts stand where they seldom do: mail, captions twice, results, answers, days of others."""

from __future__ import annotations

import pytest

from feedpub.extract import understand
from feedpub.model import Article, Document, Rules
from feedpub.normalise import body_text

STORY = (
    "The ferry council met on Monday in the old customs house and settled the summer timetable.",
    "There will be one late sailing on weekdays and two on Saturdays, the harbour master said.",
    "A second boat is being considered, and a third is being painted.",
)


def read(*printed: str) -> Article:
    article = understand(Document("a.txt", "\n".join(printed).encode(), "d"), Rules()).article
    assert article is not None
    return article


def body(*printed: str) -> list[str]:
    return [line for line in body_text(read(*printed).body).split("\n") if line]


@pytest.mark.parametrize("line", ["AP", "dpa", "(Reuters)", "28.04.2025", "28 April 2025", "www.gull.com", "Gull.org"])
def test_an_agency_a_day_or_an_address_alone_is_no_title(line: str) -> None:
    assert read(line, *STORY).metadata.title.startswith("The ferry council met")


QUESTION = "Who is Captain Ada Vane of the new ferry, and how many islands does she sail to in a single day?"


@pytest.mark.parametrize("printed", [(f"HARBOUR SECRETS {QUESTION}",), ("HARBOUR SECRETS", QUESTION)])
def test_a_kicker_is_no_part_of_the_title(printed: tuple[str, ...]) -> None:
    page = ("Home", "News", "Contact", "", *printed, "", "By Ada March", "28 April 2025", "", *STORY)
    assert read(*page).metadata.title == QUESTION


def test_a_kicker_that_the_path_lists_is_no_part_of_the_title() -> None:
    title = "Setback for the ferries - Salthaven loses a line"
    path = ("* Home", "* Transport", "* Ferry League", f"* {title}")
    page = (*path, "", f"Ferry League {title}", "", "Updated: 28 April 2025, 22:58", "", *STORY)
    assert read(*page).metadata.title == title


@pytest.mark.parametrize(
    "title", ["UK PM Ada Vane visits the islands of Salthaven", "US EPA Administrator resigns over ferry permits"]
)
def test_abbreviations_that_a_title_begins_with_stay(title: str) -> None:
    assert read(title, "By Ada March", "28 April 2025", *STORY).metadata.title == title


@pytest.mark.parametrize("label", ["Subject:", "Betreff:", "Objet :", "Subject: Fwd:"])
def test_the_subject_of_a_mail_is_its_title(label: str) -> None:
    mail = ("From: Press Office, Ferry Council <press@ferry.example>", f"{label} Council settles timetable for ferries")
    assert (
        read(*mail, "To: <news@herald.example>", "", *STORY).metadata.title == "Council settles timetable for ferries"
    )


@pytest.mark.parametrize("credit", [" Ada March/Courier", " Photo Ada March / Le Cormoran", " (Photo: Ada March)"])
def test_a_caption_that_is_printed_again_with_its_credit_goes(credit: str) -> None:
    caption = "The old ferry lies at the pier of Salthaven in the rain."
    page = ("Council settles timetable", "By Ada March", "28 April 2025", *STORY[:2])
    assert body(*page, caption, caption + credit, STORY[2]) == list(STORY)
    assert body(*page, caption + credit, caption, STORY[2]) == list(STORY)


@pytest.mark.parametrize(
    "below",
    [
        ("Other tales", "The clock that only says good night", "12 March 2025", "About us"),
        ("2 comments", "Beryl Knott", "12 March 2025", "I shall sail at once."),
        ("2 comments", "Beryl Knott", "12 March 2025 at 9:05", "I shall sail at once.", "Reply"),
    ],
)
def test_the_day_of_another_story_or_of_a_comment_is_not_taken(below: tuple[str, ...]) -> None:
    assert read("Council settles timetable", "By Ada March", *STORY, *below).metadata.published is None


def test_a_day_below_the_story_is_taken() -> None:
    found = read("Council settles timetable", "By Ada March", *STORY, "12 March 2025", "About us").metadata.published
    assert found is not None


def test_an_answer_is_no_date() -> None:
    page = ("Ten minutes with the ticket collector", "By Una Cathcart", "28 March 2025")
    talk = (
        *(
            "When did you start to collect the tickets?",
            "Two hours ago.",
            "We mean in this job, and not today.",
            "1991.",
        ),
        "What is the strangest ticket that you have been shown?",
        "A library card. It was valid, in a way, and four days overdue.",
    )
    found = read(*page, *talk)
    assert found.metadata.published is not None
    assert found.metadata.published.value.month == 3
    assert [line for line in body_text(found.body).split("\n") if line] == list(talk)


def test_teams_and_figures_below_the_report_of_a_match_stay() -> None:
    results = (
        "Carrick Rovers 1 (Pell 90 pen) Holm City 0",
        "Carrick: Dodd; Marsh, Oates, Flint, Ives; Pell, Quaid, Rudge; Tarn, Usher, Voss",
        "Holm: Abbot; Beck, Crane, Drew, Elms; Firth, Gale, Hobb; Inman, Jupp, Kerr",
        "Attendance: 4,112",
    )
    page = ("Late penalty sends Rovers up", "By Sid Mallory", "26 April 2025", *STORY, *results)
    assert body(*page, "More football", "Fixtures") == [*STORY, *results]


def test_links_with_a_colon_below_a_story_are_no_results() -> None:
    links = (
        "Opinion: The tide waits for nobody",
        "Video: Seals on the slipway",
        "Weather: rain by noon",
        "Tides: 4, 16",
    )
    assert body("Council settles timetable", "By Ada March", "28 April 2025", *STORY, *links, "About us") == list(STORY)


def test_a_sentence_between_the_lines_of_a_poem_stays() -> None:
    poem = (
        *("Two verses for a dry summer were sent to us by the keeper of the lock, who asked for rain.", "I. Gauge"),
        *("The post says one, the post says less,", "a heron reads it over.", "II. Rain"),
        *("It came at four. The dog got up.", "The whole street stood in doors,", "and someone put out every cup"),
        *("on all the upper floors.", "Both were read aloud at the lock on Saturday, in front of forty people."),
    )
    assert body("Verses for a dry summer", "By Ada March", "3 August 2025", *poem, "Share", "Print") == list(poem)


def test_an_article_about_consent_is_no_page_that_asks_for_it() -> None:
    law = (
        "A new law on privacy asks every site for consent before it hands personal data to a partner for advertising.",
        "A cookie may last a day, a legitimate interest no longer than the partner who claims it, the council said.",
    )
    assert body("Council rules on cookies", "By Ada March", "28 April 2025", *law) == list(law)


@pytest.mark.parametrize(
    ("below", "authors"),
    [
        (("Jöran Wikmark", "joran.wikmark@norrbladet.example"), ("Jöran Wikmark",)),
        (("Åse Bjørnøy", "E-post: ase.bjornoy@avisa.example"), ("Åse Bjørnøy",)),
        (("Jöran Wikmark", "tips@norrbladet.example"), ()),
    ],
)
def test_the_owner_of_the_address_below_a_story_signs_it(below: tuple[str, str], authors: tuple[str, ...]) -> None:
    assert read("Council settles timetable", "28 April 2025", *STORY, *below).metadata.authors == authors
