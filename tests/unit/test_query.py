"""Queries: what they find, and what they say when they can't be read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.model import Dateline, Metadata, Place
from feedpub.query import FIELDS, Query, QueryError, Subject

BODY = "<p>The ferry “Skua” left at noon, with forty sheep aboard.</p><p>समाचार एजेंसी ने कहा।</p><p>東京で記者会見</p>"
STORY = Subject(
    Metadata(
        "Ferry leaves, island stays",
        authors=("Ada March", "Ben Ode"),
        categories=("World News", "Sea"),
        tags=("ferries",),
        language="en-GB",
        dateline=Dateline("SEOUL —", (Place("Seoul", country="South Korea"),), agency="AP"),
    ),
    source="wire",
    published="2025-04-28",
    body=lambda: BODY,
)


@pytest.mark.parametrize(
    "text",
    [
        "category:Sea",
        'category:"world  news"',
        "category=sea and author:'Ada' or ferry",
        'author:"ben ode"',
        "tag:ferries",
        "place:SEOUL",
        'place:"South Korea"',
        "agency:AP",
        "language:en",
        "language:en-gb",
        "source:wire",
        "source!=blog",
        "title:island",
        'title:"leaves island"',
        '"forty sheep"',
        "FORTY",
        "text:skua",
        "समाचार",
        "記者",
        "words > 9 and words >= 10 and words < 99 and words != 3",
        "published:2025-04-28 and published:2025-04 and published:2025",
        "published >= 2025-04-28 and published < 2025-05 and published > 2024",
        "not category:Sport",
        "not not category:Sea",
        "category:Sport or category:Sea and place:Seoul",
        "(category:Sport or category:Sea) and place:Seoul",
        "category:Sea AND NOT category:Sport",
        'text:"the ferry \\"skua\\" left"',
    ],
)
def test_a_query_finds_what_it_describes(text: str) -> None:
    assert Query(text)(STORY)


@pytest.mark.parametrize(
    "text",
    [
        "category:World",
        "category:Sport",
        "author:Ada",
        "place:Tokyo",
        "language:e",
        "language:de",
        "title:isl",
        "ferr",
        '"sheep forty"',
        '"stays the"',
        "words > 99",
        "published:2025-05",
        "not category:Sea",
        "category:Sea and category:Sport",
        "(category:Sport or category:Sea) and place:Tokyo",
        "category:Sport and category:Sea or place:Tokyo",
        "source!=wire",
        "समा",
    ],
)
def test_a_query_leaves_out_what_it_does_not_describe(text: str) -> None:
    assert not Query(text)(STORY)


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("", 1, "expected a field, a text"),
        ("place:", 7, "expected a value after `place:`"),
        ("place:Seoul or", 15, "expected a field, a text"),
        ("plce:Seoul", 1, "unknown field `plce`; did you mean `place`?"),
        ("zzz:Seoul", 1, "unknown field `zzz`; known fields: category"),
        ("(place:Seoul", 1, "this parenthesis is never closed"),
        ("place:Seoul)", 12, "expected `and`, `or` or the end, found `)`"),
        ("place:Seoul place:Tokyo", 13, "expected `and`, `or` or the end, found `place`"),
        ('category:"World', 10, "this quotation is never closed"),
        ("words:many", 7, "expected a number of words, found `many`"),
        ("published > yesterday", 13, "expected a date such as 2025-04-28"),
        ("category > Sport", 12, "`category` can only be compared by `:`, `=`, `!=`"),
        ("and", 1, "expected a field, a text, `not` or `(`, found `and`"),
        ('""', 1, "expected at least one word to look for"),
        ("(" * 99, 51, "more than 50 parentheses"),
    ],
)
def test_what_is_wrong_with_a_query_is_said_with_its_column(text: str, column: int, says: str) -> None:
    with pytest.raises(QueryError) as refused:
        Query(text)
    assert str(refused.value).startswith(says)
    assert refused.value.column == column


@given(
    st.lists(st.sampled_from([*FIELDS, "and", "or", "not", "(", ")", ":", ">", '"', "x", "7", "\\", "é", " "])).map(
        "".join
    )
)
def test_any_text_is_understood_or_refused(text: str) -> None:
    column = 1
    found: object = False
    try:
        found = Query(text)(STORY)
    except QueryError as refused:
        column = refused.column
    assert found in (True, False)
    assert 1 <= column <= len(text) + 1


def test_the_text_is_taken_apart_only_when_a_query_asks_for_it() -> None:
    def body() -> Any:
        raise AssertionError

    assert Query("title:ferry and category:Sea")(
        Subject(Metadata("Ferry", categories=("Sea",)), source="s", published="2025-01-01", body=body)
    )
