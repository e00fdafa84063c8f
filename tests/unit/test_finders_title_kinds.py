"""Lines that are never a headline, wherever they stand."""

from __future__ import annotations

import pytest

from feedpub.finders import lines, title
from feedpub.model import Block


@pytest.mark.parametrize("row", ["Harbour, Strikes, New, Top story", "NDR, Fähren, Neu, Top-Thema, Streik"])
def test_a_row_of_keywords_is_no_headline(row: str) -> None:
    assert title.is_keywords(row)


@pytest.mark.parametrize(
    "headline",
    ["Rain, wind, hail and snow close port", "Ada, Ben, Cleo and the ferry that sank", "2026, 2027, 2028, 2029"],
)
def test_a_headline_may_have_commas(headline: str) -> None:
    assert not title.is_keywords(headline)


@pytest.mark.parametrize("caption", ["(Symbolbild) Eine Fähre liegt im Hafen.", "(File photo) A ferry in port."])
def test_what_sort_of_picture_it_is_opens_a_caption(caption: str) -> None:
    assert lines.read([Block(caption, 1)])[0].kind == "caption"
