"""Names of pages: of small letters, digits and hyphens, never empty, safe everywhere."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.model import SLUG
from feedpub.slugs import LONGEST, free, slug_of

DAY = datetime(2025, 4, 28, 12, tzinfo=UTC)
GUID = "urn:uuid:7b469f82-dd54-5999-a229-b8f528c8e79c"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The Ferry Opens Again", "the-ferry-opens-again"),
        ("  “Don’t panic!” — says O'Hara…", "dont-panic-says-ohara"),
        ("Ærø, Łódź, Straße & Œuvre", "aero-lodz-strasse-oeuvre"),
        ("Ö1: Ｆｕｌｌ ｗｉｄｔｈ", "o1-full-width"),
        ("Мост закрыт на ремонт", "most-zakryt-na-remont"),
        ("Щука в ёлке", "shchuka-v-elke"),
        ("Το λιμάνι άνοιξε", "to-limani-anoixe"),
        ("東京 Olympics 2020", "olympics-2020"),
    ],
)
def test_a_title_gives_a_name_in_latin_letters(title: str, slug: str) -> None:
    assert slug_of(title, DAY, GUID) == slug


@pytest.mark.parametrize("title", ["", "!!!", "قرية عُمانية", "東京2025", "12:30", "ab"])
def test_a_title_with_hardly_a_latin_letter_gives_its_date_and_a_mark_of_its_id(title: str) -> None:
    slug = slug_of(title, DAY, GUID)
    assert re.fullmatch("2025-04-28-[0-9a-f]{8}", slug)
    assert slug != slug_of(title, DAY, GUID + "0")


def test_a_long_title_is_cut_between_words() -> None:
    slug = slug_of("harbour " * 20, DAY, GUID)
    assert slug == "-".join(["harbour"] * 7)
    assert slug_of("a" * 200, DAY, GUID) == "a" * LONGEST


@given(st.text(max_size=200))
def test_whatever_the_title_the_name_is_safe(title: str) -> None:
    assert re.fullmatch(SLUG, slug_of(title, DAY, GUID))
    assert len(slug_of(title, DAY, GUID)) <= LONGEST


def test_a_name_that_is_taken_gets_a_number() -> None:
    taken = {"weather", "weather-2", "weather-3"}
    assert free("weather", taken.__contains__) == ("weather-4", 5)
    assert free("weather", taken.__contains__, 9) == ("weather-9", 10)
    assert free("ferry", taken.__contains__) == ("ferry", 2)


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9"])
def test_the_name_of_a_device_gets_a_number(name: str) -> None:
    assert free(name, lambda slug: False) == (f"{name}-2", 3)
