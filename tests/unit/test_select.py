"""The window of a feed, and the recipe by which an unchanged one is known."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from feedpub import select
from feedpub.model import Channel, Placed

DAY = 86_400
CHANNEL = Channel("", "urn:uuid:1", "All", "All of it", "https://e.org/", "https://e.org/", "https://e.org/")


def _placed(*published: int) -> list[Placed]:
    return [Placed(str(number), moment, moment, "f", None) for number, moment in enumerate(published)]


def test_at_least_as_many_as_the_limit_are_kept_however_old() -> None:
    assert len(select.window(_placed(100 * DAY, 50 * DAY, DAY, 0), limit=3, days=1)) == 3


def test_none_is_left_out_that_is_younger_than_the_days_before_the_newest() -> None:
    entries = _placed(10 * DAY, 9 * DAY, 3 * DAY, 3 * DAY - 1)
    assert select.window(entries, limit=1, days=7) == entries[:3]


def test_no_feed_holds_more_than_readers_read() -> None:
    assert len(select.window(_placed(*([0] * 1000)), limit=1, days=7)) == select.MAX_ENTRIES


def test_an_empty_channel_has_an_empty_window() -> None:
    assert select.window([], limit=50, days=7) == []


def test_no_more_entries_are_asked_for_than_the_window_needs() -> None:
    left = iter(_placed(*range(1000 * DAY, 0, -DAY)))
    assert len(select.window(left, limit=10, days=2)) == 10
    assert next(left).guid == "11"


@given(ages=st.lists(st.integers(0, 60), max_size=40), limit=st.integers(1, 20), days=st.integers(0, 40))
def test_the_window_is_the_beginning_of_the_channel(ages: list[int], limit: int, days: int) -> None:
    entries = _placed(*(-age * DAY for age in sorted(ages)))
    kept = select.window(entries, limit=limit, days=days)
    assert kept == entries[: len(kept)]
    assert len(kept) >= min(limit, len(entries))
    left_out = entries[len(kept) :]
    assert all(entry.published < entries[0].published - days * DAY for entry in left_out)


def test_whatever_a_feed_file_depends_on_changes_its_recipe() -> None:
    entry = _placed(1)[0]
    recipes = [
        select.recipe("rss", 1, CHANNEL, [entry]),
        select.recipe("atom", 1, CHANNEL, [entry]),
        select.recipe("rss", 2, CHANNEL, [entry]),
        select.recipe("rss", 1, CHANNEL, []),
        select.recipe("rss", 1, CHANNEL, [entry, entry]),
    ]
    recipes += [
        select.recipe("rss", 1, msgspec.structs.replace(CHANNEL, **{name: "x"}), [entry])
        for name in ("name", "id", "title", "description", "link", "base", "home", "language", "author")
    ]
    changes = {"guid": "x", "published": 2, "updated": 2, "fingerprint": "x", "permalink": "x"}
    recipes += [
        select.recipe("rss", 1, CHANNEL, [msgspec.structs.replace(entry, **{name: value})])
        for name, value in changes.items()
    ]
    assert len(set(recipes)) == len(recipes)
    assert select.recipe("rss", 1, CHANNEL, [entry]) == recipes[0]
