"""Identity: which article is this, and what are its dates. Questions of pure values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from feedpub import identity
from feedpub.model import Article, Capture, Known, Metadata, Moment, Reading, Trust

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
SITE = "1c5f0a52-6c1e-4a7e-9d55-3b0c1f8a7e21"


def _known(guid: str = "g", path: str = "seeds/a.txt", **other: object) -> Known:
    values = {"state": "live", "first_seen": NOW, "published": NOW, "updated": NOW, "digest": "d"}
    values |= {"fingerprint": "f", "ranked": NOW}
    return Known(guid, path, **(values | other))  # type: ignore[arg-type]


def _reading(
    published: Moment | None = None, capture: Capture | None = None, digest: str = "d", **said: object
) -> Reading:
    metadata = Metadata("A title", published=published, **said)  # type: ignore[arg-type]
    return Reading("seeds/a.txt", "bytes", Article(metadata, "<p>x</p>", digest, "b", "f" + digest), capture)


def _resolved(
    reading: Reading, before: Known | None = None, *, is_import: bool = False, now: datetime = NOW, **change: bool
) -> Known:
    assert reading.article is not None
    is_changed = change.get("is_changed", before is not None and before.digest != reading.article.digest)
    resolution = identity.resolve(
        reading, reading.article, "g", before, is_changed=is_changed, is_import=is_import, now=now
    )
    return resolution.known


# ── guids ────────────────────────────────────────────────────────────────────────────────────────


def test_a_guid_is_a_version_5_uuid_of_the_site_and_the_first_key_and_will_never_be_another() -> None:
    guid = identity.mint(SITE, "path:seeds/a.txt")
    assert guid == "urn:uuid:fe19fb2a-a702-5d4b-b99b-ff9232f5fca8"
    assert UUID(guid).version == 5
    assert identity.mint(SITE, "path:seeds/b.txt") != guid
    assert identity.mint(SITE, "path:seeds/a.txt", 2) != guid
    assert identity.mint(SITE.replace("1c", "2d"), "path:seeds/a.txt") != guid


def test_a_channel_has_an_id_of_its_own() -> None:
    ids = {identity.channel_id(SITE, name) for name in ("", "category/world", "category/sport")}
    assert len(ids) == 3
    assert all(UUID(one).version == 5 for one in ids)


# ── recognition ──────────────────────────────────────────────────────────────────────────────────

KEYS = ("id:one", "url:u", "path:seeds/a.txt", "body:b")


@pytest.mark.parametrize("number", range(4))
def test_the_strongest_key_decides(number: int) -> None:
    order = ("id:one", "url:u", "body:b", "path:seeds/a.txt")
    matches = {key: _known(key, path="") for key in order[number:]}
    placed = identity.place(_reading(), KEYS, matches, lambda key, known: False)
    assert placed == matches[order[number]]


def test_what_no_key_names_is_new() -> None:
    assert identity.place(_reading(), KEYS, {}, lambda key, known: False) is None


def test_what_another_source_stands_for_is_a_duplicate_of_the_strongest() -> None:
    matches = {"url:u": _known("u", "seeds/u.txt"), "body:b": _known("b", "seeds/b.txt")}
    placed = identity.place(_reading(), KEYS, matches, lambda key, known: True)
    assert placed == identity.Duplicate("u", "seeds/u.txt", "url")


def test_the_name_of_a_file_alone_makes_no_duplicate() -> None:
    matches = {"path:seeds/a.txt": _known("a", "seeds/b.txt")}
    assert identity.place(_reading(), KEYS, matches, lambda key, known: True) is None


def test_an_article_at_home_is_itself_whoever_claims_its_other_names() -> None:
    home = _known("home")
    matches = {"id:one": _known("other", "seeds/b.txt"), "path:seeds/a.txt": home}
    assert identity.place(_reading(), KEYS, matches, lambda key, known: True) == home


# ── dates ────────────────────────────────────────────────────────────────────────────────────────

STATED = Capture(NOW - timedelta(days=3), "sidecar", Trust.STATED)
GUESSED = Capture(NOW + timedelta(days=3), "mtime", Trust.GUESSED)


def _moment(value: datetime, precision: str = "second", base: datetime | None = None) -> Moment:
    return Moment(value, precision, base=base)  # type: ignore[arg-type]


def test_without_a_date_an_article_is_published_when_it_was_captured_or_else_first_seen() -> None:
    assert _resolved(_reading(capture=STATED)).published == STATED.value
    assert _resolved(_reading(capture=GUESSED)).published == NOW
    assert _resolved(_reading()).published == NOW


def test_a_date_in_the_future_is_an_embargo() -> None:
    held = _resolved(_reading(_moment(NOW + timedelta(hours=1))))
    assert (held.state, held.published) == ("held", NOW + timedelta(hours=1))


def test_the_noon_of_a_day_that_has_no_time_is_no_embargo_on_that_day() -> None:
    morning = NOW - timedelta(hours=6)
    today = _resolved(_reading(_moment(NOW, "day")), now=morning)
    assert (today.state, today.published) == ("live", morning)
    assert _resolved(_reading(_moment(NOW + timedelta(days=1), "day")), now=morning).state == "held"


def test_a_date_counted_from_a_guess_is_no_embargo() -> None:
    ahead = _moment(GUESSED.value - timedelta(hours=2), base=GUESSED.value)
    assert _resolved(_reading(ahead, GUESSED)).published == NOW


def test_a_published_date_is_frozen_once_the_entry_has_been_live() -> None:
    earlier = _reading(_moment(NOW - timedelta(days=9)), digest="other")
    assert _resolved(earlier, _known(), now=NOW + timedelta(days=1)).published == NOW
    waiting = _known(state="held", unseen=True, published=NOW + timedelta(days=1))
    assert _resolved(earlier, waiting).published == NOW - timedelta(days=9)


def test_what_was_live_stays_live_when_the_clock_is_set_back() -> None:
    assert _resolved(_reading(), _known(), now=NOW - timedelta(days=30)).state == "live"
    assert _resolved(_reading(), _known(state="withdrawn"), now=NOW - timedelta(days=30)).state == "held"


def test_updated_moves_only_with_the_article_and_never_back() -> None:
    later = NOW + timedelta(days=1)
    assert _resolved(_reading(), _known(), now=later).updated == NOW
    assert _resolved(_reading(digest="other"), _known(), now=later).updated == later
    assert _resolved(_reading(digest="other"), _known(), is_changed=False, now=later).updated == NOW
    assert _resolved(_reading(digest="other"), _known(), now=NOW - timedelta(days=1)).updated == NOW


def test_a_stated_update_is_used_when_it_is_news() -> None:
    later = NOW + timedelta(days=2)
    news = _reading(updated=_moment(NOW + timedelta(days=1)), digest="other")
    assert _resolved(news, _known(), now=later).updated == NOW + timedelta(days=1)
    old = _reading(updated=_moment(NOW - timedelta(days=1)), digest="other")
    assert _resolved(old, _known(), now=later).updated == later
    ahead = _reading(updated=_moment(NOW + timedelta(days=9)), digest="other")
    assert _resolved(ahead, _known(), now=later).updated == later


def test_moments_have_whole_seconds() -> None:
    reading = _reading(_moment(NOW - timedelta(microseconds=1)))
    assert _resolved(reading).published == NOW - timedelta(seconds=1)
