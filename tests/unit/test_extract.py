from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from conftest import codes
from feedpub.extract import understand
from feedpub.finders.evidence import _beside, _gap
from feedpub.finders.lines import Line
from feedpub.model import Article, Capture, Clue, Document, Metadata, Reading, Rules, Stated, Trust
from feedpub.normalise import body_text

CAPTURE = Capture(datetime(2025, 4, 28, 18, 30, tzinfo=UTC), "sidecar", Trust.STATED)
RULES = Rules()
PAGE = (Path(__file__).parents[1] / "golden/articles/seed-theme-ap/source.txt").read_text()


def read(
    text: str | bytes = PAGE, rules: Rules = RULES, *, capture: Capture | None = CAPTURE, **stated: Any
) -> Reading:
    data = text if isinstance(text, bytes) else text.encode()
    return understand(Document("seeds/page.txt", data, "d", capture, Stated(**stated)), rules)


def article(reading: Reading) -> Article:
    assert reading.article is not None
    return reading.article


def metadata(reading: Reading) -> Metadata:
    return article(reading).metadata


def test_what_is_stated_wins() -> None:
    found = metadata(
        read(
            id="x-1", url="https://example.org/ä", title=" My  title ", authors=("Ada March",), categories=("Boats",),
            tags=("a", "b"), language="en-GB", summary="In short.", published=datetime(2024, 1, 1, tzinfo=UTC),
            updated=datetime(2024, 1, 2, tzinfo=UTC), expires=datetime(2030, 1, 1, tzinfo=UTC),
        )
    )  # fmt: skip
    assert (found.id, found.canonical, found.title) == ("x-1", "https://example.org/%C3%A4", "My title")
    assert (found.authors, found.categories, found.tags) == (("Ada March",), ("Boats",), ("a", "b"))
    assert (found.language, found.summary) == ("en-GB", "In short.")
    assert found.published is not None
    assert found.updated is not None
    assert (found.published.value.year, found.published.rule, found.updated.value.day) == (2024, "stated", 2)
    assert found.expires == datetime(2030, 1, 1, tzinfo=UTC)


def test_a_language_of_the_settings_is_stated_by_them() -> None:
    clue = next(clue for clue in read(rules=Rules(language="en-IE")).clues if clue.field == "language")
    assert (clue.value, clue.rule, clue.trust) == ("en-IE", "settings", Trust.STATED)


def test_what_is_stated_of_one_file_beats_the_language_of_the_settings() -> None:
    assert metadata(read(rules=Rules(language="en-IE"), language="ga")).language == "ga"


def test_a_binary_file_is_not_also_empty() -> None:
    assert codes(read(b"\x89PNG\x00\x00\x00\x00\x00\x00")) == ["not-text"]


def test_no_article_has_thousands_of_categories() -> None:
    reading = read(categories=tuple(f"c{n}" for n in range(3_000)), tags=tuple(f"t{n}" for n in range(3_000)))
    assert (len(metadata(reading).categories), len(metadata(reading).tags)) == (30, 100)
    assert codes(reading).count("too-many-categories") == 1


@pytest.mark.parametrize("printed", ["Category: Energy", "Posted in Energy", "Ressort: Energy", "Category:\nEnergy"])
def test_a_labelled_category_is_read_wherever_it_stands_in_the_small_print(printed: str) -> None:
    story = "The old mill by the river was sold on Monday to a group of bakers from the next town, its owner said."
    head = "Old mill sold to bakers from the next town\n\nBy Ada March\nApril 28, 2025"
    assert metadata(read(f"{head}\n{printed}\n\n{story}\n\n{story[4:]}\n")).categories == ("Energy",)


def test_every_clue_says_where_it_was_found() -> None:
    clues = {clue.field: clue for clue in read().clues}
    assert isinstance(clues["authors"], Clue)
    assert (clues["authors"].line, clues["title"].line, clues["dateline"].line) == (3, 1, 5)
    assert all(clue.rule for clue in clues.values())


def test_a_settings_category_is_for_articles_that_name_none() -> None:
    assert metadata(read(rules=Rules(category="Boats"))).categories == ("World News",)
    bare = PAGE.replace("World News", "")
    assert metadata(read(bare, Rules(category="Boats"))).categories == ("Boats",)


def test_aliases_rename_categories() -> None:
    assert metadata(read(rules=Rules(aliases=(("world news", "World"),)))).categories == ("World",)


@pytest.mark.parametrize("name", ["Uncategorized", "Allgemein", "Non classé", "Sin categoría", "Без рубрики", "未分类"])
def test_the_default_category_of_a_content_system_is_none(name: str) -> None:
    assert metadata(read(PAGE.replace("World News", name))).categories == ()


@pytest.mark.parametrize("account", ["admin", "newsdesk", "Redaktion", "Redacción"])
def test_a_role_account_is_no_author(account: str) -> None:
    assert metadata(read(PAGE.replace("maria.k", account))).authors == ()


def test_a_dateline_is_read_below_what_a_picture_shows() -> None:
    caption = "The ferry Larkspur, left, leaves Salthaven for Oldmoor on a grey morning."
    lede = "Ferries stayed in their harbours for a third day, and the islands ran short of milk and news."
    found = read(
        f"Islands wait for ferries\n\n28 April 2025\n\n{caption}\n\nSALTHAVEN (AP) — {lede}\n\n{lede[:-1]}, again."
    )
    told = metadata(found)
    assert told.dateline is not None
    assert (told.dateline.agency, told.summary) == ("AP", lede)
    assert "SALTHAVEN" not in article(found).body


def test_an_initial_that_a_page_set_apart_is_joined_and_moves_no_digest() -> None:
    apart = PAGE.replace("\nThe building", "\nT he building")
    whole, parted = read(), read(apart)
    assert apart != PAGE
    assert article(whole).body == article(parted).body
    assert article(whole).digest == article(parted).digest


def test_a_relative_date_counts_from_the_capture() -> None:
    published = metadata(read()).published
    assert published is not None
    assert (published.value, published.base) == (datetime(2025, 4, 28, 14, 30, tzinfo=UTC), CAPTURE.value)


def test_without_a_capture_a_relative_date_is_not_used() -> None:
    reading = read(capture=None)
    assert metadata(reading).published is None
    assert codes(reading) == ["capture-unknown", "no-date"]


def test_a_guessed_capture_is_said_once() -> None:
    reading = read(capture=Capture(CAPTURE.value, "mtime", Trust.GUESSED))
    assert codes(reading) == ["capture-guessed"]
    assert "page.txt.meta.toml" in reading.problems[0].hint


def test_an_epoch_date_is_refused_and_reported() -> None:
    reading = read("Ferry talks end in harbour town\nBy Ada March\nJanuary 1, 1970\n\n" + PAGE.partition("(AP) — ")[2])
    assert metadata(reading).published is None
    assert codes(reading) == ["implausible-date", "no-date"]


def test_a_date_without_a_time_is_noon() -> None:
    published = metadata(read(PAGE.replace("4 hours ago", "April 27, 2025"))).published
    assert published is not None
    assert (published.value, published.precision) == (datetime(2025, 4, 27, 12, tzinfo=UTC), "day")


def test_markup_in_the_text_is_text() -> None:
    html = article(read(PAGE.replace("“We wanted", "<script>alert(1)</script> & “We wanted"))).body
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “We" in html


def test_illegal_characters_are_replaced_and_said_once() -> None:
    reading = read(PAGE.replace("ferry lanes", "ferry\x0blanes\x1f\ufffe").replace("Harbor Town", "Harbor\x00 Town"))
    assert codes(reading) == ["illegal-characters"]
    assert "4 characters" in reading.problems[0].message
    assert metadata(reading).title.startswith("Harbor Town")


def test_counters_and_chrome_move_no_digest() -> None:
    other = PAGE.replace("6 Views", "3.4K Views").replace("Loading\n", "Loading\nTrending\n")
    assert article(read()).digest == article(read(other)).digest
    assert article(read()).body_digest == article(read(other)).body_digest


def test_wrapping_and_typography_move_no_digest() -> None:
    other = PAGE.replace("’", "'").replace("“", '"').replace("”", '"').replace("\n", "\r\n").replace(" a ", "  a ")
    assert article(read()).digest == article(read(other)).digest


def test_a_word_more_moves_the_digest() -> None:
    assert article(read()).digest != article(read(PAGE.replace("three years", "some three years"))).digest


def test_a_new_title_moves_the_digest_and_not_that_of_the_body() -> None:
    old, new = article(read()), article(read(title="Another title"))
    assert old.digest != new.digest
    assert old.body_digest == new.body_digest


def test_a_stated_tag_moves_the_fingerprint_and_not_the_digest() -> None:
    old, new = article(read()), article(read(tags=("boats",)))
    assert old.fingerprint != new.fingerprint
    assert old.digest == new.digest


def test_a_short_body_has_no_digest_of_its_own() -> None:
    assert (
        article(read("Ferry talks end in harbour\n\nThe talks ended on Monday with soup for all.")).body_digest is None
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n\n\t\n", "empty"),
        ("Home\nNews\nSport\nWeather\n", "no-article"),
        ("We use cookies to give you the best experience on this site.\nAccept all\nReject all\n", "no-article"),
        ("404\nPage not found\nThe page that you are looking for could not be found.\nBack to home\n", "no-article"),
        ("Access denied\nYou don't have permission to access this resource on the server.\n", "no-article"),
        ("Ferry talks end\nMuseum draws crowd\nRailway tests train\nLibrary opens on pier\n", "no-article"),
        ("Please enable JavaScript to view this page and continue reading.\n", "no-article"),
    ],
)
def test_a_page_without_an_article_says_so(text: str, code: str) -> None:
    reading = read(text)
    assert reading.article is None
    assert codes(reading) == [code]


def test_a_brief_is_an_article() -> None:
    assert metadata(
        read("Ferry talks end\n\nThe ferry talks ended on Monday with a new timetable for two islands.")
    ).title


def test_a_page_of_two_articles_gives_the_first_and_says_so() -> None:
    second = PAGE.replace("Harbor Town", "Mountain Village").replace("library", "bakery").replace("maria.k", "jonas_w")
    reading = read(PAGE + "\n\n" + second)
    assert metadata(reading).authors == ("maria.k",)
    assert "bakery" not in article(reading).body
    assert "second-article" in codes(reading)


@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    read(data)


@given(
    st.lists(
        st.sampled_from([*PAGE.split("\n"), "By Ada March", "April 28, 2025", "(AP) —", "\x00", "é" * 3]), max_size=30
    )
)
def test_no_page_makes_it_raise(lines: list[str]) -> None:
    read("\n".join(lines))


@pytest.mark.parametrize(
    "line",
    [
        " " * 1_000_000, "1" * 1_000_000, "A" * 1_000_000, "(AP) — " * 140_000, "NEW YORK " * 110_000, "1 " * 500_000,
        "a. " * 330_000, "“a” " * 250_000, "一。" * 300_000, "(" * 1_000_000, "The council met in the hall. " * 35_000,
    ],
)  # fmt: skip
def test_a_gigantic_line_is_read_in_linear_time(line: str) -> None:
    start = time.process_time()
    read(f"Harbor Town Opens Library\n\n{line}\n")
    assert time.process_time() - start < 1.5


SENTENCE = "The council of Saltmarsh voted on Tuesday to keep ferry {} running through the whole winter."


@pytest.mark.parametrize(
    "printed",
    [
        ("Harbour {}",), ("April 2, 2025",), ("By Ada March",), ("Harbour {}", SENTENCE), ("1 comment", SENTENCE),
        ("Q: " + SENTENCE, "A: " + SENTENCE), ("12:05", SENTENCE), ("All rights reserved", SENTENCE),
        ("Read more:", "The ferry and its captain", SENTENCE), ("SALTMARSH (AP) — " + SENTENCE, "Harbour"),
    ],
)  # fmt: skip
def test_a_page_of_many_lines_is_read_in_linear_time(printed: tuple[str, ...]) -> None:
    page = "\n".join(printed[number % len(printed)].format(number) for number in range(20_000))
    start = time.process_time()
    read(page)
    assert time.process_time() - start < 2.5


def test_what_stands_beside_a_passage_is_told_in_one_order() -> None:
    """The last digit of a sum hangs on it, and a set of words has another order in each process."""
    kinds = ["share", "text", "ad", "related", "nav", "caption"]
    lines = [Line(number, gap=False, text="Harbour", kind=kind, words=1) for number, kind in enumerate(kinds)]
    told = _beside(lines, _gap(lines, 0, len(kinds)), "below")
    assert told[1 : len(kinds) + 1] == [f"below.{kind}:0" for kind in kinds]


def test_reading_twice_gives_the_same() -> None:
    assert read() == read()


def test_the_line_ends_of_a_page_change_nothing() -> None:
    other = read(PAGE.replace("\n", "\r\n"))
    assert replace(other, digest="d") == read()


def test_body_text_is_what_was_printed() -> None:
    assert body_text(article(read()).body).startswith("A floating library that rises")


def test_a_title_that_was_made_of_the_lede_takes_nothing_from_the_summary() -> None:
    lede = "SALTHAVEN, Maine (AP) — The ferry council met on Monday to settle the summer timetable."
    more = "There will be one late sailing on weekdays and two on Saturdays, the harbour master said."
    found = metadata(read(f"{lede}\n\n{more}\n"))
    assert found.title == "The ferry council met on Monday to settle the summer timetable"
    assert found.summary.startswith("The ferry council met on Monday to settle")
