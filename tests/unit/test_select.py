"""The window of a feed, and the recipe by which an unchanged one is known."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from feedpub import select
from feedpub.model import Channel, Page, Placed

DAY = 86_400
CHANNEL = Channel("", "urn:uuid:1", "All", "All of it", "https://e.org/", "https://e.org/", "https://e.org/")


def _placed(*published: int) -> list[Placed]:
    return [Placed(str(number), moment, moment, moment, "f", None) for number, moment in enumerate(published)]


def _window(entries: Iterable[Placed], *, limit: int, days: int, **channel: object) -> list[Placed]:
    return list(select.window(entries, replace(CHANNEL, limit=limit, days=days, **channel)).entries)


def test_at_least_as_many_as_the_limit_are_kept_however_old() -> None:
    assert len(_window(_placed(100 * DAY, 50 * DAY, DAY, 0), limit=3, days=1)) == 3


def test_none_is_left_out_that_is_younger_than_the_days_before_the_newest() -> None:
    entries = _placed(10 * DAY, 9 * DAY, 3 * DAY, 3 * DAY - 1)
    assert _window(entries, limit=1, days=7) == entries[:3]


def test_no_feed_holds_more_than_readers_read() -> None:
    assert len(_window(_placed(*([0] * 1000)), limit=1, days=7)) == select.MAX_ENTRIES


def test_an_empty_channel_has_an_empty_window() -> None:
    assert _window([], limit=50, days=7) == []


def test_no_more_entries_are_asked_for_than_the_window_needs() -> None:
    left = iter(_placed(*range(1000 * DAY, 0, -DAY)))
    assert len(_window(left, limit=10, days=2)) == 10
    assert next(left).guid == "11"


@given(ages=st.lists(st.integers(0, 60), max_size=40), limit=st.integers(1, 20), days=st.integers(0, 40))
def test_the_window_is_the_beginning_of_the_channel(ages: list[int], limit: int, days: int) -> None:
    entries = _placed(*(-age * DAY for age in sorted(ages)))
    kept = _window(entries, limit=limit, days=days)
    assert kept == entries[: len(kept)]
    assert len(kept) >= min(limit, len(entries))
    left_out = entries[len(kept) :]
    assert all(entry.published < entries[0].published - days * DAY for entry in left_out)


def test_whatever_a_feed_file_depends_on_changes_its_recipe() -> None:
    entry = _placed(1)[0]
    recipes = [
        select.recipe("rss", 1, CHANNEL, Page(), [entry]),
        select.recipe("atom", 1, CHANNEL, Page(), [entry]),
        select.recipe("rss", 2, CHANNEL, Page(), [entry]),
        select.recipe("rss", 1, CHANNEL, Page(), []),
        select.recipe("rss", 1, CHANNEL, Page(), [entry, entry]),
    ]
    recipes += [
        select.recipe("rss", 1, replace(CHANNEL, **{name: "x"}), Page(), [entry])
        for name in ("name", "id", "title", "description", "link", "base", "home", "language", "author")
    ]
    changes = {"guid": "x", "published": 2, "updated": 2, "fingerprint": "x", "permalink": "x"}
    recipes += [
        select.recipe("rss", 1, CHANNEL, Page(), [replace(entry, **{name: value})]) for name, value in changes.items()
    ]
    assert len(set(recipes)) == len(recipes)
    assert select.recipe("rss", 1, CHANNEL, Page(), [entry]) == recipes[0]


# ── how large a feed may grow ────────────────────────────────────────────────────────────────────


def test_a_feed_that_grows_too_large_is_cut_and_says_so() -> None:
    entries = [Placed(str(number), -number, -number, -number, "f", None, size=10_000) for number in range(40)]
    channel = replace(CHANNEL, max_bytes=20 * (10_000 + select.ENTRY_BYTES))
    cut = select.window(entries, channel)
    assert (len(cut.entries), cut.cut_by) == (20, "max_bytes")
    assert select.window(entries, replace(channel, content="summary")).entries == tuple(entries)


def test_one_huge_article_pushes_no_others_out() -> None:
    huge = Placed("huge", 99, 99, 99, "f", "https://e.org/huge", size=10**9)
    assert len(select.window([huge, *_placed(*range(50, 0, -1))], CHANNEL).entries) == 51
    with_page = replace(huge, permalink=None, slug="huge")
    assert len(select.window([with_page, *_placed(*range(50, 0, -1))], replace(CHANNEL, pages="needed")).entries) == 51


def test_one_that_can_be_read_nowhere_else_leaves_room_for_a_few() -> None:
    entries = [Placed("huge", 99, 99, 99, "f", None, size=10**9), *_placed(*range(50, 0, -1))]
    assert len(select.window(entries, CHANNEL).entries) == select.FEWEST


def test_a_feed_that_readers_would_not_read_to_its_end_says_so() -> None:
    assert select.window(_placed(*([0] * 301)), CHANNEL).cut_by == "300 entries"
    assert not select.window(_placed(*([0] * 300)), CHANNEL).cut_by


def test_what_changed_last_comes_first_and_is_shown_by_its_date() -> None:
    corrected = Placed("old", 1, 99 * DAY, 99 * DAY, "f", None)
    entries = [corrected, *_placed(50 * DAY, 49 * DAY, 48 * DAY)]
    kept = select.window(entries, replace(CHANNEL, limit=2, days=0)).entries
    assert [entry.guid for entry in select.in_order(kept)] == ["0", "old"]


# ── archives ─────────────────────────────────────────────────────────────────────────────────────


@given(
    count=st.integers(0, 120),
    limit=st.integers(1, 300),
    days=st.integers(0, 400),
    size=st.integers(0, 400_000),
)
@example(count=100, limit=1, days=50, size=10_834)  # what is left over makes the feed too large, but not its window
def test_P05_every_entry_is_in_the_feed_or_on_one_page(count: int, limit: int, days: int, size: int) -> None:
    entries = [Placed(str(at), -at * DAY, -at * DAY, -at * DAY, "f", None, size=size) for at in range(count)]
    channel = replace(CHANNEL, limit=limit, days=days)
    pages = select.close_pages(entries, channel)
    closed = [entry for page in reversed(pages) for entry in page]
    head = entries[: count - len(closed)]
    assert head + closed == entries
    assert all(0 < len(page) <= select.PAGE for page in pages)
    wanted = select.window(entries, channel)
    assert len(head) >= len(wanted.entries) or wanted.cut_by or limit + select.PAGE > select.MAX_ENTRIES
    assert len(head) < len(wanted.entries) + select.PAGE
    assert select.window(head, replace(channel, limit=300)).entries == tuple(head)


@pytest.mark.parametrize("change", [{"limit": 7}, {"days": 8}, {"max_bytes": 9}])
def test_P04_a_closed_page_does_not_depend_on_the_window_nor_on_later_changes(change: dict[str, int]) -> None:
    before = select.recipe("rss", 1, CHANNEL, Page(3), _placed(1, 2))
    later = [replace(entry, updated=9, fingerprint="g") for entry in _placed(1, 2)]
    assert select.recipe("rss", 1, replace(CHANNEL, **change), Page(3), later) == before
    assert select.recipe("rss", 1, CHANNEL, Page(3), _placed(1)) != before
    assert select.recipe("rss", 1, CHANNEL, Page(3, previous=2), _placed(1, 2)) != before
