"""A hostile operator, a strange disk, a wrong clock: no article loses its identity, and nobody's files are touched."""

from __future__ import annotations

import os
import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from conftest import NOW, SITE_ID, Project, codes, is_feed, prose
from feedpub.check import check
from feedpub.errors import ConfigError, ForeignFile, GuardError


def _by_text(project: Project) -> dict[str, str]:
    """Give the guids in the site's feed, by the article's text."""
    return {item["content_html"]: item["id"] for item in project.items()}


# ── whose id is it ───────────────────────────────────────────────────────────────────────────────


def test_a_stated_id_that_belongs_to_another_article_is_reported_and_not_taken_over(project: Project) -> None:
    for name, stated in (("a.txt", {"id": "one"}), ("b.txt", {}), ("c.txt", {})):
        project.write(name, published=NOW, **stated)
    project.build()
    before = project.guids()
    project.state("b.txt", published=NOW, id="one")
    assert codes(project.build()) == ["contested"]
    assert project.guids() == before


def test_an_article_is_known_by_its_stated_id_though_another_once_stated_it_too(project: Project) -> None:
    project.write("a.txt", published=NOW, id="one")
    for name in ("b.txt", "c.txt", "d.txt", "e.txt"):
        project.write(name, published=NOW)
    project.build()
    guid = project.guids()["The a opens in the harbour"]
    project.state("b.txt", published=NOW, id="one")
    project.build()
    project.state("b.txt", published=NOW)
    project.build()
    project.delete("a.txt")
    project.write("elsewhere.txt", title="Another title and another text", published=NOW, id="one")
    project.build()
    assert project.guids()["Another title and another text"] == guid
    assert len(project.items()) == 5


def test_an_id_that_an_article_no_longer_states_is_free_for_another(project: Project) -> None:
    project.write("a.txt", published=NOW, id="one")
    project.write("b.txt", published=NOW)
    project.build()
    project.state("a.txt", published=NOW, captured=NOW)
    project.build()
    project.write("c.txt", published=NOW, id="one")
    assert codes(project.build()) == []
    assert len(set(project.guids().values())) == 3


@pytest.mark.parametrize("key", ["id", "url"])
def test_articles_that_swap_what_they_state_keep_their_guids(project: Project, key: str) -> None:
    stated = {"id": ["one", "two", "three"], "url": [f"https://example.org/{number}" for number in range(3)]}[key]
    for number in range(3):
        project.write(f"{number}.txt", published=NOW, **{key: stated[number]})
    project.build()
    before = project.guids()
    for number in range(3):
        project.state(f"{number}.txt", published=NOW, **{key: stated[(number + 1) % 3]})
    assert codes(project.build()) == []
    assert project.guids() == before
    assert project.build().written == ()


def test_files_that_change_names_in_a_round_keep_their_guids_though_all_bear_the_same_title(project: Project) -> None:
    for number in range(5):
        project.write(f"{number}.txt", title="The morning briefing", text=prose(f"{number}"), published=NOW)
    project.build()
    before = _by_text(project)
    texts = [(project.seeds / f"{number}.txt").read_text() for number in range(5)]
    for number in range(5):
        (project.seeds / f"{number}.txt").write_text(texts[(number + 1) % 5])
    project.build()
    assert _by_text(project) == before


def test_a_file_that_becomes_a_folder_of_the_same_name_and_a_file_again_keeps_its_guid(project: Project) -> None:
    for name in ("x.txt", "y.txt"):
        project.write(name, published=NOW)
    project.build()
    before = project.items()
    project.move("x.txt", "waiting.txt")
    project.move("waiting.txt", "x.txt/inner.txt")
    project.build()
    assert project.items() == before
    project.move("x.txt/inner.txt", "waiting.txt")
    (project.seeds / "x.txt").rmdir()
    project.move("waiting.txt", "x.txt")
    project.build()
    assert project.items() == before


# ── wrong clocks ─────────────────────────────────────────────────────────────────────────────────


def test_a_clock_that_is_set_back_takes_no_article_from_its_readers(project: Project) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        project.write(name)
    project.build()
    before = project.outputs()
    for days in (30, 20_000):
        project.now = NOW - timedelta(days=days)
        for file in project.seeds.glob("*.txt"):
            os.utime(file)
        project.build()
        assert project.outputs() == before


def test_an_article_that_is_edited_while_the_clock_is_wrong_keeps_its_date(project: Project) -> None:
    project.write("a.txt")
    project.build()
    (before,) = project.items()
    project.now = datetime(2000, 1, 1, tzinfo=UTC)
    project.write("a.txt", text=prose("a.txt") + "\n\n" + prose("more"))
    project.build()
    project.now = NOW + timedelta(days=1)
    project.build()
    (after,) = project.items()
    assert (after["id"], after["date_published"]) == (before["id"], before["date_published"])
    assert after["date_modified"] >= before["date_modified"]


def test_a_capture_in_the_future_dates_nothing_in_the_future(project: Project) -> None:
    project.write("a.txt", text="Published 3 hours ago\n\n" + prose("a"), captured=NOW + timedelta(days=400))
    project.write("b.txt", captured=NOW + timedelta(days=400))
    project.build()
    assert all(datetime.fromisoformat(item["date_published"]) <= NOW for item in project.items())


def test_an_article_may_expire_go_come_back_and_live_again(project: Project) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        project.write(name, published=NOW)
    project.state("a.txt", published=NOW, expires=NOW + timedelta(days=1))
    project.build()
    before = project.guids()
    project.now += timedelta(days=2)
    project.build()
    assert len(project.items()) == 2
    text = (project.seeds / "a.txt").read_text()
    project.delete("a.txt")
    assert project.build().tally["withdrawn"] == 0
    (project.seeds / "a.txt").write_text(text)
    project.state("a.txt", published=NOW, captured=NOW)
    project.build()
    assert project.guids() == before


def test_a_local_time_that_never_was_or_was_twice_is_a_time(project: Project) -> None:
    project.settings(site={"timezone": "Europe/Berlin", "id": SITE_ID})
    project.write("never.txt", title="A story of the night that was too short")
    project.write("twice.txt", title="A story of the night that was too long")
    (project.seeds / "never.txt.meta.toml").write_text("published = 2025-03-30T02:30:00\n")
    (project.seeds / "twice.txt.meta.toml").write_text("published = 2024-10-27T02:30:00\n")
    project.build()
    assert [item["date_published"] for item in project.items()] == ["2025-03-30T01:30:00Z", "2024-10-27T00:30:00Z"]


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"])
def test_a_stated_moment_beyond_the_calendar_sets_its_article_aside(project: Project, moment: str) -> None:
    project.write("good.txt", published=NOW)
    project.write("bad.txt")
    (project.seeds / "bad.txt.meta.toml").write_text(f"published = {moment}\n")
    assert codes(project.build()) == ["bad-sidecar"]
    assert len(project.items()) == 1


def test_a_sidecar_that_is_changed_twice_within_a_clock_tick_is_noticed(project: Project) -> None:
    project.write("a.txt", published=NOW)
    sidecar = project.seeds / "a.txt.meta.toml"
    os.utime(project.seeds / "a.txt", (1, 1))
    whole = int(sidecar.stat().st_mtime)  # as a file system tells it that counts in whole seconds
    for title in ("The first title of the day", "The other title of the day"):
        project.state("a.txt", title=title, published=NOW)
        os.utime(sidecar, (whole, whole))
        project.build()
    assert list(project.guids()) == ["The other title of the day"]


# ── names ────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_whose_name_is_no_text_is_an_article_as_any_other(project: Project) -> None:
    project.write("a.txt", published=NOW)
    name = os.fsencode(project.seeds) + b"/caf\xe9.txt"
    for end, text in (
        (b"", f"A story of the old harbour\n\n{prose('old')}\n"),
        (b".meta.toml", "published = 2025-05-01\n"),
    ):
        with open(name + end, "w", encoding="utf-8") as file:
            file.write(text)
    project.build()
    assert project.guids().keys() == {"The a opens in the harbour", "A story of the old harbour"}
    assert project.build().written == ()


@pytest.mark.parametrize(
    "category", ["..", ".", "a/b", "/etc/passwd", "CON", "x" * 300, "…", "\u202e", "feed.atom", "%2e"]
)
def test_no_name_of_a_category_leads_out_of_its_folder(project: Project, category: str) -> None:
    project.write("a.txt", published=NOW, categories=[category])
    project.build()
    below = {Path(path) for path in project.outputs() if path.startswith("category/")}
    assert {path.parent.parent.as_posix() for path in below} <= {"category"}
    assert {file.name for file in project.root.iterdir()} == {"feedpub.toml", "seeds", "feeds", project.ledger.name}


def test_categories_that_differ_in_case_alone_are_one(project: Project) -> None:
    for name, category in (("a.txt", "World"), ("b.txt", "WORLD"), ("C.txt", "world")):
        project.write(name, published=NOW, categories=[category])
    project.build()
    assert len(project.items("category/world")) == 3
    assert [folder.name for folder in (project.feeds / "category").iterdir()] == ["world"]


def test_file_names_that_differ_in_case_or_normal_form_alone_are_different_articles(project: Project) -> None:
    names = ("a.txt", "A.txt", "\u00e9.txt", "e\u0301.txt")
    for number, name in enumerate(names):
        project.write(name, title=f"The story number {number} of the day", published=NOW)
    if len(list(project.seeds.glob("*.txt"))) < 4:
        pytest.skip("this file system does not tell them apart")
    project.build()
    assert len(project.items()) == 4


def test_two_sources_of_one_name_are_refused(project: Project) -> None:
    (project.root / "other/seeds").mkdir(parents=True)
    project.settings()
    (project.root / "feedpub.toml").write_text('[[sources]]\npath = "seeds"\n[[sources]]\npath = "other/seeds"\n')
    with pytest.raises(ConfigError, match="two sources"):
        project.build()


@pytest.mark.parametrize("name", ["a/b", "", "a\\nb"])
def test_the_name_of_a_source_is_one_part_of_a_path(project: Project, name: str) -> None:
    (project.root / "feedpub.toml").write_text(f'[[sources]]\npath = "seeds"\nname = "{name}"\n')
    with pytest.raises(ConfigError, match=r"line 3.*sources.name"):
        project.build()


def test_the_same_folder_twice_publishes_each_article_once(project: Project) -> None:
    project.write("a.txt", published=NOW)
    (project.root / "feedpub.toml").write_text(
        '[[sources]]\npath = "seeds"\n[[sources]]\npath = "seeds"\nname = "again"\n'
    )
    assert codes(project.build()) == ["duplicate"]
    assert len(project.items()) == 1


# ── folders within folders, and links ────────────────────────────────────────────────────────────


def test_an_output_folder_that_is_the_source_is_refused(project: Project) -> None:
    project.write("a.txt", published=NOW)
    done = project.run("build", "seeds", "-o", "seeds")
    assert done.returncode == 2
    assert {file.name for file in project.seeds.iterdir()} == {"a.txt", "a.txt.meta.toml"}


@pytest.mark.parametrize(("source", "output"), [("seeds", "seeds/out"), ("seeds", "."), (".", "feeds")])
def test_source_and_output_may_lie_within_each_other(project: Project, source: str, output: str) -> None:
    project.write("a.txt", published=NOW)
    clock = str(int(NOW.timestamp()))
    for written in (3, 0, 0):
        done = project.run("build", source, "-o", output, "--json", SOURCE_DATE_EPOCH=clock)
        assert done.returncode == 0, done.stderr
        assert done.stdout.count('"feed.') == written


def test_nothing_is_written_or_removed_through_a_link_in_the_output_folder(project: Project, tmp_path: Path) -> None:
    project.write("a.txt", published=NOW, categories=["Sport"])
    project.write("b.txt", published=NOW)
    project.build()
    elsewhere = tmp_path / "elsewhere"
    shutil.move(project.feeds / "category", elsewhere)
    (project.feeds / "category").symlink_to(elsewhere)
    files = {file: file.stat().st_mtime_ns for file in elsewhere.rglob("*")}
    project.write("c.txt", published=NOW, categories=["Sport"])
    for overrides in ({}, {"foreign": True}, {"prune": True}):
        with pytest.raises(ForeignFile):
            project.build(**overrides)
    project.delete("c.txt")
    (project.root / "feedpub.toml").write_text(f'[site]\nid = "{SITE_ID}"\n[feeds]\nby = []\n')
    project.build(prune=True)
    assert {file: file.stat().st_mtime_ns for file in elsewhere.rglob("*")} == files


def test_the_output_folder_itself_may_be_a_link(project: Project, tmp_path: Path) -> None:
    project.write("a.txt", published=NOW)
    (tmp_path / "www").mkdir()
    project.feeds.symlink_to(tmp_path / "www")
    project.build()
    names = {file.name for file in (tmp_path / "www").iterdir()}
    assert set(filter(is_feed, names)) == {"feed.rss", "feed.atom", "feed.json", "feeds.opml"}
    assert project.build().written == ()


def test_a_feed_that_was_replaced_by_a_link_or_a_folder_is_refused(project: Project, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    project.write("a.txt", published=NOW)
    project.build()
    feed = project.feeds / "feed.rss"
    feed.unlink()
    feed.symlink_to(secret)
    with pytest.raises(GuardError):
        project.build()
    feed.unlink()
    feed.mkdir()
    with pytest.raises(GuardError):
        project.build()
    feed.rmdir()
    project.build()
    assert feed.is_file()
    assert secret.read_text() == "secret"


def test_a_staged_file_that_was_replaced_by_a_link_is_not_written_through(project: Project, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    project.write("a.txt", published=NOW)
    project.feeds.mkdir()
    (project.feeds / "feed.rss.feedpub-new").symlink_to(secret)
    project.build()
    assert secret.read_text() == "secret"
    assert set(filter(is_feed, project.outputs())) == {"feed.rss", "feed.atom", "feed.json", "feeds.opml"}


@pytest.mark.parametrize("what", ["folder", "pipe", "link", "nowhere"])
def test_a_sidecar_that_is_no_file_is_not_read(project: Project, tmp_path: Path, what: str) -> None:
    project.write("a.txt", published=NOW)
    project.write("b.txt")
    sidecar = project.seeds / "b.txt.meta.toml"
    sidecar.unlink()
    secret = tmp_path / "secret.toml"
    secret.write_text('title = "The secret title"\n')
    make = {
        "folder": sidecar.mkdir,
        "pipe": lambda: os.mkfifo(sidecar),
        "link": lambda: sidecar.symlink_to(secret),
        "nowhere": lambda: sidecar.symlink_to(tmp_path / "nowhere"),
    }[what]
    make()
    assert codes(project.build()) == ["unreadable"]
    assert list(project.guids()) == ["The a opens in the harbour"]


@pytest.mark.parametrize(
    ("name", "above", "below", "code"),
    [
        ("b.txt", "", f"tags = {'[' * 5000}\n".encode(), "bad-sidecar"),
        ("b.txt", "", f"x = {'{a=' * 5000}\n".encode(), "bad-sidecar"),
        ("b.txt", "", 'title = "Notepad"\n'.encode("utf-16"), "bad-sidecar"),
        ("b.md", f"+++\ntags = {'[' * 5000}\n+++\n", b"", "bad-front-matter"),
        ("b.md", f'{{"tags": {"[" * 5000}\n}}\n', b"", "bad-front-matter"),
    ],
)
def test_what_no_parser_can_read_beside_an_article_sets_it_alone_aside(
    project: Project, name: str, above: str, below: bytes, code: str
) -> None:
    project.write("a.txt", published=NOW)
    (project.seeds / name).write_text(f"{above}# Another story\n\n{prose('b')}\n")
    (project.seeds / f"{name}.meta.toml").write_bytes(below)
    (problem,) = project.build().problems
    assert problem.code == code
    assert "recursion" not in problem.message
    assert "codec" not in problem.message
    assert list(project.guids()) == ["The a opens in the harbour"]


def test_a_sidecar_that_an_editor_saved_with_a_byte_order_mark_is_read(project: Project) -> None:
    project.write("a.txt", published=NOW)
    (project.seeds / "a.txt.meta.toml").write_text('\ufefftitle = "The gate is open"\n', encoding="utf-8")
    project.build()
    assert list(project.guids()) == ["The gate is open"]


def test_a_character_that_no_feed_may_carry_in_the_name_of_a_category_breaks_no_build(project: Project) -> None:
    (project.root / "feedpub.toml").write_text(
        '[[sources]]\npath = "seeds"\ncategory = "Har\\u0007bour\\uFFFE"\n'
        '[categories]\n"The\\u0000 World" = ["Abroad"]\n'
    )
    project.write("a.txt", published=NOW)
    project.write("b.txt", published=NOW, categories=["Abroad"])
    project.build()
    assert {tag for item in project.items() for tag in item["tags"]} == {"Har bour", "The World"}


# ── what is lost ─────────────────────────────────────────────────────────────────────────────────


def _some_days(project: Project) -> dict[str, bytes]:
    """Publish dated articles, then move and edit some, so that neither paths nor digests are the first ones."""
    for number in range(5):
        project.write(f"{number}.txt", published=NOW - timedelta(days=number), categories=["World"])
    project.build()
    project.move("1.txt", "moved/1.txt")
    project.build()
    return project.outputs()


def test_removed_feeds_come_back_as_they_were(project: Project) -> None:
    before = _some_days(project)
    shutil.rmtree(project.feeds)
    project.now += timedelta(days=9)
    project.build()
    assert project.outputs() == before


def test_a_removed_ledger_is_taken_back_and_no_feed_changes(project: Project) -> None:
    before = _some_days(project)
    project.ledger.unlink()
    project.now += timedelta(days=9)
    assert project.build().written == ()
    assert project.outputs() == before


def test_without_ledger_and_feeds_dated_articles_that_never_moved_are_published_as_before(project: Project) -> None:
    for number in range(3):
        project.write(f"{number}.txt", published=NOW - timedelta(days=number))
    project.build()
    before = project.outputs()
    shutil.rmtree(project.feeds)
    project.ledger.unlink()
    project.now += timedelta(days=9)
    project.build()
    assert project.outputs() == before


def test_another_site_id_in_the_settings_changes_no_guid(project: Project) -> None:
    before = _some_days(project)
    other = {"title": "Morning Wire", "url": "https://example.org/news/", "id": SITE_ID.replace("1c", "2d")}
    project.settings(site=other)
    assert codes(project.build()) == ["site-id-changed"]
    assert project.outputs() == before


def test_another_name_of_the_source_changes_no_guid(project: Project) -> None:
    before = _some_days(project)
    settings = (project.root / "feedpub.toml").read_text()
    (project.root / "feedpub.toml").write_text(settings + '[[sources]]\npath = "seeds"\nname = "other"\n')
    assert project.build().tally["moved"] == 5
    assert project.outputs() == before


# ── what an article is made of ───────────────────────────────────────────────────────────────────


def test_X03_any_character_may_stand_anywhere_in_an_article(project: Project) -> None:
    """The planes from the second on differ in their last two characters alone."""
    astral = (code for plane in range(1, 17) for code in range(plane * 0x10000 + 0xFFF0, (plane + 1) * 0x10000))
    points = [*range(0xD800), *range(0xE000, 0x12000), *astral]
    for start in range(0, len(points), 4096):
        name, block = f"{start}.txt", points[start : start + 4096]
        project.write(name, text=f"{prose(name, 1)}\n\nx{''.join(map(chr, block))}x\n\n{prose(name, 1)}")
        escaped = "".join(f"\\U{code:08X}" for code in block)
        fields = "\n".join(f'{key} = "{escaped}"' for key in ("title", "author", "category", "summary"))
        (project.seeds / f"{name}.meta.toml").write_text(f"published = {NOW.isoformat()}\n{fields}\n", encoding="utf-8")
    assert set(codes(project.build())) <= {"illegal-characters"}
    for path, data in _feeds(project).items():
        assert [found for found in check(data, path, now=NOW) if found.severity == "error"] == []


def _feeds(project: Project) -> dict[str, bytes]:
    return {path: data for path, data in project.outputs().items() if is_feed(path)}


MARKUP = (
    "<b>bold</b>", "<script>alert(1)</script>", "</title>", "]]>", "<![CDATA[ x ]]>", "<!-- x -->", "<!DOCTYPE x>",
    "<?php x ?>", "&amp;lt;b&amp;gt;", "&nbsp; &copy &bogus; &#8; &#xFFFF;", "AT&T 1 < 2 > 0", "\"quoted\" 'twice'",
    "javascript:alert(1)", "\u202elive\u202c", "\u2067without an end", "مرحبا AP 漢字", "👩‍👩‍👧 🇳🇴",
    "x" * 3000, "a, b | c/d",
)  # fmt: skip
NAMED = {"title": "Fen & <Tide> ]]>", "description": "<b>All</b> &amp; more", "author": "R&D <desk>", "language": "ar"}


@pytest.mark.parametrize("site", [{}, {"url": "https://exämple.org/né/"}, NAMED], ids=["bare", "url", "named"])
@pytest.mark.parametrize("feeds", [{}, {"content": "summary"}, {"limit": 1, "days": 0}], ids=str)
def test_whatever_articles_say_every_feed_is_valid(
    project: Project, site: dict[str, str], feeds: dict[str, object]
) -> None:
    project.settings(site={"id": SITE_ID, **site}, feeds=feeds)
    for number, text in enumerate(MARKUP):
        stated = dict.fromkeys(("title", "author", "category", "summary"), text)
        url = f'https://example.org/{number}/é <>"{{}}|^`\\?q=[1]&r=ü#ö'
        project.write(f"{number}.txt", text=f"{text}\n\n{prose(text)} {text}", tags=[text], url=url, **stated)
        project.state(f"{number}.txt", tags=[text], url=url, published=NOW, **stated)
    assert codes(project.build()) in ([], ["no-site-url"])
    for path, data in _feeds(project).items():
        found = check(data, path, now=NOW)
        assert [finding for finding in found if finding.severity == "error" or finding.rule == "L05"] == []


# ── what files are made of ───────────────────────────────────────────────────────────────────────

TOLD = [prose(f"story {number}", 2) for number in range(20)]
BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + at)} '{f'&{chr(97 + at)};' * 10}'>" for at in range(12)
)
BYTES = {
    "nothing": b"",
    "white": b" \n\t\r\n\f" * 1_000,
    "zeros": b"\0" * 5_000,
    "every byte": bytes(range(256)) * 40,
    "a picture": b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(5_000),
    "an archive": b"PK\x03\x04" + random.Random(2).randbytes(5_000),
    "a cut character": TOLD[0].encode() + "é".encode()[:1],
    "half a character": TOLD[1].encode() + b"\xed\xa0\x80" + TOLD[2].encode(),
    "utf-16": TOLD[3].encode("utf-16-le"),
    "utf-16, cut": TOLD[4].encode("utf-16")[:-1],
    "a mark alone": b"\xff\xfe",
    "marks": b"\xef\xbb\xbf" * 500 + TOLD[5].encode(),
    "controls": TOLD[6].replace(" ", " \x1b[31m\x07").encode(),
    "directions": TOLD[7].replace(" ", " \u202e").encode(),
    "one line": b"x" * 3_000_000,
    "words": b"word " * 500_000,
    "lines": b"a\n" * 500_000,
    "brackets": b"[(<{" * 100_000,
    "nested": b"<div>" * 100_000 + TOLD[8].encode(),
    "lists": b"> - 1. " * 50_000 + TOLD[9].encode(),
    "tags": b"<b><i><p><table><tr><td><svg><math><select>" * 5_000 + TOLD[10].encode(),
    "entities": BOMB.encode() + b"]><x>&m;</x>" + TOLD[11].encode(),
    "a file of this machine": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e;</p>' + TOLD[12].encode(),
    "aliases": b"---\na: &a [x,x]\nb: [*a,*a]\n---\n" + TOLD[13].encode(),
    "a tag of YAML": b"---\na: !!python/object/apply:os.system [id]\n---\n" + TOLD[14].encode(),
    "scripts": f"<script>x()</script><p onclick=x()>{TOLD[15]}</p><a href='javascript:x()'>y</a>".encode(),
    "frames": f"<iframe srcdoc='<script>x()</script>'></iframe><object data=x></object><p>{TOLD[17]}</p>".encode(),
}  # fmt: skip


@pytest.mark.parametrize("extension", ["txt", "html", "mhtml", "md"])
def test_no_bytes_break_a_build_or_harm_another_article(project: Project, extension: str) -> None:
    project.write("good.txt", title="Good")
    for name, data in BYTES.items():
        (project.seeds / f"{name}.{extension}").write_bytes(data)
    project.build()
    assert b"<title>Good</title>" in b"".join(project.outputs().values())  # in an archive, where others fill the feed
    assert project.build().written == ()
    for path, data in project.outputs().items():
        if extension == "txt":  # whose markup is text: a feed shows it, a page has to escape it
            assert not path.endswith(".html") or b"<script>x" not in data
            continue
        markup = data.replace(b"&lt;", b"<") if is_feed(path) else data
        for harm in (b"<script>x", b"javascript:x", b" onclick=", b"root:x:0", b"<iframe"):
            assert harm not in markup
    for path, data in _feeds(project).items():
        assert [found for found in check(data, path, now=NOW) if found.severity == "error"] == []


@pytest.mark.parametrize("extension", ["txt", "html", "mhtml", "md"])
def test_files_that_were_damaged_anywhere_break_nothing(project: Project, extension: str) -> None:
    """As a disk, a transfer or an editor damages them: bytes lost, doubled, or put in the place of others."""
    envelope = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
    page = f"<html><head><title>Boats</title></head><body><h1>Boats</h1><p>By Ada March</p><p>{TOLD[0]}</p></body>"
    whole = {
        "txt": f"Boats\n\nBy Ada March\nApril 28, 2025\n\n{TOLD[0]}",
        "html": page,
        "mhtml": f"{envelope}{page}\n--b--\n",
        "md": f"---\ntitle: Boats\ndate: 2025-04-28\ntags: [a, b]\n---\n{TOLD[0]}\n\n|a|b|\n|-|-|\n|1|2|\n",
    }[extension].encode()
    chance = random.Random(extension)
    for number in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            at = chance.randrange(len(damaged))
            damaged[at : at + chance.choice((0, 1, 1, 40))] = chance.choice(
                (b"", b"\0", b"<", b"--", b"\xff", b"\n\n", b'"', b": ", chance.randbytes(5), bytes(damaged[:at][-50:]))
            )
        (project.seeds / f"{number}.{extension}").write_bytes(damaged)
    project.write("good.txt", title="Good")
    project.build()
    assert "Good" in project.guids()
    for path, data in _feeds(project).items():
        assert [found for found in check(data, path, now=NOW) if found.severity == "error"] == []
