"""Switching to feedpub: articles keep the ids and dates under which another program published them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from conftest import NOW, Project, prose
from feedpub import adopt as adopting
from feedpub.errors import ConfigError, Flood, LostLedger
from feedpub.model import Adopted, Adoption
from feedpub.report import Silence

HERE = Path(__file__).parent
CLOCK = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
DATES = {
    "harbour": "2024-05-01T08:15:30Z",
    "bakery": "2024-04-20T17:00:00Z",
    "lantern": "2024-04-11T06:30:00Z",
    "clock": "2024-03-02T12:00:00Z",
}
NAMES = tuple(DATES)
FORMS = {
    "wordpress.rss": [f"https://old.example/?p={number}" for number in (1729, 1702, 1688, 1601)],
    "hugo.rss": [f"https://old.example/posts/{name}/" for name in NAMES],
    "jekyll.atom": [f"https://old.example/{DATES[name][:10].replace('-', '/')}/{name}" for name in NAMES],
    "pelican.atom": [f"tag:old.example,{DATES[name][:10]}:/{name}.html" for name in NAMES],
    "ghost.rss": [
        "6631f6a2c7b1a40001d3e9aa",
        "6623b1c0c7b1a40001d3e7f1",
        "66179d48c7b1a40001d3e6b0",
        "65e31640c7b1a40001d3e2c4",
    ],
    "medium.rss": [
        f"https://medium.example/p/{number}" for number in "0a1b2c3d4e5f 1b2c3d4e5f60 2c3d4e5f6071 3d4e5f607182".split()
    ],
    "micro.json": ["1729", "1702", "1688", "clock & café / 7"],
}
ADDRESSES = {
    "wordpress.rss": "http://www.old.example/2024/05/harbour",
    "medium.rss": "https://medium.example/courier/harbour-0a1b2c3d4e5f",
}
every_form = pytest.mark.parametrize("form", FORMS)


def adopt(project: Project, *feeds: str | Path, **options: bool) -> Adoption:
    documents = [(str(feed), (project.root / feed).read_bytes()) for feed in feeds]
    return adopting.adopt(project.made(), documents, now=project.now, jobs=1, watcher=Silence(), **options)


def rss(*items: str, head: str = "") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">{head}<channel>{inside}</channel></rss>'


def item(guid: str = "", title: str = "", link: str = "", text: str = "", date: str = "") -> str:
    parts = {"guid": guid, "title": title, "link": link, "description": text, "pubDate": date}
    return "".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value)


def feed(project: Project, text: str, name: str = "old.rss") -> str:
    (project.root / name).write_text(text, encoding="utf-8")
    return name


def fates(adoption: Adoption) -> dict[str, tuple[str, str]]:
    return {entry.guid: (entry.fate, entry.path) for entry in adoption.entries}


def only(adoption: Adoption) -> Adopted:
    (entry,) = adoption.entries
    return entry


@pytest.fixture
def switching(project: Project) -> Project:
    """Give a project with the articles of the old site but one."""
    for name in ("harbour", "bakery", "lantern"):
        shutil.copy(HERE / "articles" / f"{name}.txt", project.seeds)
    return project


# ── the forms of feeds ──


@every_form
def test_articles_are_published_under_their_old_ids_and_dates(switching: Project, form: str) -> None:
    if form in ADDRESSES:
        switching.state("harbour.txt", url=ADDRESSES[form])
    adoption = adopt(switching, HERE / "feeds" / form)
    assert [entry.guid for entry in adoption.entries] == FORMS[form]
    assert [entry.fate for entry in adoption.entries] == ["matched"] * 3 + ["unmatched"]
    assert adoption.entries[0].by == ("address" if form in ADDRESSES else "text")
    switching.build()
    expected = dict(zip(FORMS[form][:3], DATES.values(), strict=False))
    assert in_json(switching) == expected
    assert in_rss(switching) == expected
    atom = in_atom(switching)
    if form not in ("ghost.rss", "micro.json"):
        assert atom == expected
    assert list(atom.values()) == list(expected.values())
    assert " 0 errors, " in switching.run("check", "feeds").stdout


def in_json(project: Project) -> dict[str, str]:
    return {item["id"]: item["date_published"] for item in project.items()}


def in_rss(project: Project) -> dict[str, str]:
    root = etree.parse(project.feeds / "feed.rss")
    return {
        item.findtext("guid") or "": f"{parsedate_to_datetime(item.findtext('pubDate') or ''):%Y-%m-%dT%H:%M:%SZ}"
        for item in root.iterfind("channel/item")
    }


def in_atom(project: Project) -> dict[str, str]:
    root = etree.parse(project.feeds / "feed.atom")
    return {entry.findtext("{*}id") or "": entry.findtext("{*}published") or "" for entry in root.iterfind("{*}entry")}


@every_form
def test_what_has_no_article_yet_keeps_its_id_until_it_comes(switching: Project, form: str) -> None:
    adopt(switching, HERE / "feeds" / form)
    switching.build()
    guid = FORMS[form][3]
    shutil.copy(HERE / "articles" / "clock.txt", switching.seeds / "late.txt")
    if form == "wordpress.rss":  # which adds a line of its own to every text
        switching.state("late.txt", url="https://old.example/2024/03/clock/")
    if form in ("ghost.rss", "medium.rss"):  # Medium puts the title into the text; Ghost, a picture
        switching.state("late.txt", id=guid)
    switching.build()
    assert in_json(switching)[guid] == DATES["clock"]


def test_a_stated_change_in_the_old_feed_is_kept_too(switching: Project) -> None:
    adopt(switching, HERE / "feeds" / "jekyll.atom")
    switching.build()
    changed = {item["id"]: item["date_modified"] for item in switching.items()}
    assert changed[FORMS["jekyll.atom"][0]] == "2024-05-02T06:00:00Z"
    assert changed[FORMS["jekyll.atom"][1]] == DATES["bakery"]


# ── ids, to the letter ──

IDS = [
    ("<guid>  /2024/harbour/ </guid>", "/2024/harbour/"),
    ("<guid>7 at https://old.example</guid>", "7 at https://old.example"),
    ("<guid>https://old.example/?a=1&amp;b=%C3%A9</guid>", "https://old.example/?a=1&b=%C3%A9"),
    ("<guid><![CDATA[<7>]]></guid>", "<7>"),
    ("<guid>HTTPS://Old.example/../x</guid>", "HTTPS://Old.example/../x"),
    ("<guid></guid><link>https://old.example/x?utm_source=rss</link>", "https://old.example/x?utm_source=rss"),
    ("<link>https://old.example/x</link>", "https://old.example/x"),
    ("<title>Neither</title>", ""),
]


@pytest.mark.parametrize(("written", "guid"), IDS)
def test_an_id_is_what_stands_in_the_feed(project: Project, written: str, guid: str) -> None:
    entry = only(adopt(project, feed(project, rss(written))))
    assert (entry.guid, entry.fate) == (guid, "unmatched" if guid else "unusable")


def test_an_id_in_atom_is_resolved_against_nothing(project: Project) -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://old.example/blog/"><entry><id>../7</id>'
        '<title>x</title><link href="p/7"/><source><id>other</id></source></entry></feed>'
    )
    assert only(adopt(project, feed(project, text))).guid == "../7"


def test_the_id_of_rss_1_is_its_about(project: Project) -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="https://old.example/7"><title>x</title>'
        "<link>https://old.example/8</link><dc:date>2024-05-01T08:00:00+02:00</dc:date></item></rdf:RDF>"
    )
    entry = only(adopt(project, feed(project, text)))
    assert (entry.guid, entry.published) == ("https://old.example/7", datetime(2024, 5, 1, 6, tzinfo=UTC))


def test_an_id_that_no_xml_could_hold_is_left(project: Project) -> None:
    item = {"id": "a\u0001b", "content_text": "x"}
    text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [item]})
    assert only(adopt(project, feed(project, text, "old.json"))).fate == "unusable"


# ── what is clear, and what is not ──


def test_the_id_in_a_sidecar_decides_before_anything_else(project: Project) -> None:
    project.write("a.txt", id="old-1", url="https://old.example/2")
    found = adopt(project, feed(project, rss(item("old-2", link="https://old.example/2"), item("old-1"))))
    assert fates(found) == {"old-2": ("taken", "seeds/a.txt"), "old-1": ("matched", "seeds/a.txt")}
    assert found.entries[1].by == "id"


def test_two_articles_with_one_address_are_not_decided(project: Project) -> None:
    project.write("a.txt", url="https://old.example/1")
    project.write("b.txt", url="http://old.example/1")
    found = only(adopt(project, feed(project, rss(item("old", link="https://www.old.example/1")))))
    assert (found.fate, found.path) == ("ambiguous", "")
    assert "seeds/a.txt" in found.why
    assert "seeds/b.txt" in found.why
    project.build()
    assert "old" not in project.guids().values()


def test_an_address_to_the_letter_is_better_than_another_spelling(project: Project) -> None:
    project.write("a.txt", url="https://old.example/1")
    project.write("b.txt", url="http://old.example/1/")
    found = only(adopt(project, feed(project, rss(item("old", link="http://old.example/1/")))))
    assert (found.fate, found.path) == ("matched", "seeds/b.txt")


def test_what_is_ambiguous_is_decided_by_stating_the_id(project: Project) -> None:
    for name in ("a.txt", "b.txt"):
        project.write(name, title="Weekly letter")
    old = feed(project, rss(item("old", title="Weekly letter")))
    assert only(adopt(project, old)).fate == "ambiguous"
    project.state("b.txt", id="old")
    assert only(adopt(project, old)).path == "seeds/b.txt"


def test_two_entries_with_one_title_are_not_decided(project: Project) -> None:
    project.write("a.txt", title="Weekly letter")
    found = adopt(project, feed(project, rss(item("1", title="Weekly letter"), item("2", title="Weekly  Letter"))))
    assert {entry.fate for entry in found.entries} == {"ambiguous"}


def test_a_title_that_another_entry_bears_too_proves_nothing(project: Project) -> None:
    project.write("a.txt", title="Weekly letter", url="https://old.example/1")
    project.write("b.txt", title="Weekly letter")
    old = rss(item("1", title="Weekly letter", link="https://old.example/1"), item("2", title="Weekly letter"))
    assert fates(adopt(project, feed(project, old))) == {"1": ("matched", "seeds/a.txt"), "2": ("ambiguous", "")}


def test_the_same_title_on_another_date_or_above_another_text_is_another_article(project: Project) -> None:
    project.write("a.txt", title="Weekly letter", published=NOW)
    old = f"{NOW - timedelta(days=9):%a, %d %b %Y %H:%M:%S} +0000"
    found = only(adopt(project, feed(project, rss(item("1", title="Weekly letter", date=old)))))
    assert (found.fate, found.why) == ("unmatched", "seeds/a.txt has its title, but another date")
    other = (HERE / "articles" / "bakery.txt").read_text(encoding="utf-8")
    found = only(adopt(project, feed(project, rss(item("1", title="Weekly letter", text=other)))))
    assert (found.fate, found.why) == ("unmatched", "seeds/a.txt has its title, but another text")


def test_a_text_that_was_run_again_on_another_date_is_another_article(project: Project) -> None:
    text = prose("again")
    project.write("a.txt", title="Holiday hours", text=f"{text}\n\nWe wish you a happy new year.", published=NOW)
    old = f"{NOW - timedelta(days=365):%a, %d %b %Y %H:%M:%S} +0000"
    found = only(adopt(project, feed(project, rss(item("1", text=text, date=old)))))
    assert found.fate == "unmatched"
    assert "another date" in found.why


def test_versions_of_a_story_find_each_its_own(project: Project) -> None:
    first, second = prose("first"), prose("second")
    project.write("a.txt", text=first)
    project.write("b.txt", text=f"{first}\n\n{second}")
    old = rss(item("2", text=f"{first} {second}"), item("1", text=first))
    assert fates(adopt(project, feed(project, old)))["2"] == ("matched", "seeds/b.txt")


def test_copies_of_an_article_are_one(project: Project) -> None:
    for name in ("a.txt", "b.txt"):
        project.write(name, title="The ferry", text=prose("same"))
    assert only(adopt(project, feed(project, rss(item("1", text=prose("same")))))).path == "seeds/a.txt"
    project.build()
    assert list(project.guids().values()) == ["1"]


def test_an_excerpt_is_enough_to_know_a_text(project: Project) -> None:
    project.write("a.txt", text=prose("a"))
    project.write("b.txt", text=prose("b"))
    found = only(adopt(project, feed(project, rss(item("1", text=" ".join(prose("b").split()[:40]) + " […]")))))
    assert (found.path, found.by) == ("seeds/b.txt", "text")


def test_texts_without_spaces_are_compared_too(project: Project) -> None:
    text = "港は三年間の工事を終えて水曜日に再び開きました。最初の船は正午に着き、二百人の客を乗せていました。"
    project.write("a.txt", title="港が開く", text=f"{text}\n\n{text[::-1]}")
    project.write("b.txt", title="別の話", text=text[::-1])
    assert only(adopt(project, feed(project, rss(item("1", text=text))))).path == "seeds/a.txt"


def test_of_two_feeds_the_first_gives_the_id(switching: Project) -> None:
    found = adopt(switching, HERE / "feeds" / "hugo.rss", HERE / "feeds" / "jekyll.atom")
    assert [entry.fate for entry in found.entries[4:]] == ["unmatched"] * 4
    assert "has taken the id https://old.example/posts/harbour/" in found.entries[4].why
    switching.build()
    assert set(switching.guids().values()) == set(FORMS["hugo.rss"][:3])


def test_an_entry_in_two_feeds_is_one(switching: Project) -> None:
    found = adopt(switching, HERE / "feeds" / "hugo.rss", HERE / "feeds" / "hugo.rss")
    assert len(found.entries) == 4


# ── what protects subscribers ──


def test_an_adopted_id_is_never_given_to_another_article(project: Project) -> None:
    old = project.write("a.txt", title="The ferry", text="Short.")
    adopt(project, feed(project, rss(item("old", title="The ferry"))))
    old.write_text(f"Bakery closes\n\n{prose('bakery')}\n", encoding="utf-8")
    project.build()
    assert list(project.guids()) == ["Bakery closes"]
    assert "old" not in project.guids().values()


def test_an_article_that_is_edited_before_the_first_build_is_still_itself(project: Project) -> None:
    project.write("a.txt", title="The ferry")
    adopt(project, feed(project, rss(item("old", title="The ferry"))))
    project.write("a.txt", title="The ferry", text=prose("a.txt") + "\n\nIt left again at one.")
    project.build()
    assert project.guids() == {"The ferry": "old"}


def test_what_feedpub_has_published_is_not_changed(project: Project) -> None:
    project.write("a.txt", title="The ferry")
    project.build()
    before = project.outputs()
    found = only(adopt(project, feed(project, rss(item("old", title="The ferry")))))
    assert (found.fate, found.path) == ("published", "seeds/a.txt")
    assert project.guids()["The ferry"] in found.why
    project.build()
    assert project.outputs() == before


def test_a_published_article_does_not_take_an_old_id_by_stating_its_address(project: Project) -> None:
    project.write("a.txt", title="The ferry")
    project.build()
    before = project.guids()
    adopt(project, feed(project, rss(item("old", link="https://old.example/1"))))
    project.state("a.txt", url="https://old.example/1", published=NOW - timedelta(hours=1))
    project.build()
    assert project.guids() == before
    project.state("a.txt", id="old", published=NOW - timedelta(hours=1))
    project.build()
    assert project.guids() == {"The ferry": "old"}


def test_an_adopted_article_keeps_its_id_when_it_is_moved_and_edited(switching: Project) -> None:
    adopt(switching, HERE / "feeds" / "ghost.rss")
    switching.build()
    before = in_json(switching)
    switching.move("harbour.txt", "2024/harbour.txt")
    switching.delete("bakery.txt")
    switching.build()
    shutil.copy(HERE / "articles" / "bakery.txt", switching.seeds)
    with (switching.seeds / "lantern.txt").open("a", encoding="utf-8") as file:
        file.write("\nThe roof was mended by the fire brigade, which also gave the museum its largest lantern.\n")
    switching.build()
    assert in_json(switching) == before


def test_a_draft_takes_its_old_id_when_it_is_published(switching: Project) -> None:
    switching.state("harbour.txt", draft=True)
    assert adopt(switching, HERE / "feeds" / "hugo.rss").entries[0].fate == "matched"
    switching.build()
    assert len(switching.items()) == 2
    switching.state("harbour.txt")
    switching.build()
    assert in_json(switching)[FORMS["hugo.rss"][0]] == DATES["harbour"]


def old_feed(numbers: range) -> str:
    return rss(*(item(f"g:{n}", f"Story {n}", text=prose(str(n)), date=f"{_date(n):%a, %d %b %Y %H:%M:%S} +0000")
                 for n in numbers))  # fmt: skip


def _date(number: int) -> datetime:
    return NOW - timedelta(days=40, hours=number)


def _write(project: Project, numbers: range) -> None:
    for number in numbers:
        project.write(f"{number}.txt", title=f"Story {number}", text=prose(str(number)), published=_date(number))


def test_a_plan_sees_with_the_eyes_of_the_old_subscribers(project: Project) -> None:
    _write(project, range(20))
    adopt(project, feed(project, old_feed(range(21))))
    planned = project.plan()
    assert Counter(seen.kind for plan in planned.feeds for seen in plan.sightings) == {
        "quietly updated": 20,
        "withdrawn": 1,
    }
    assert planned.outcome.problems == ()
    project.build()
    assert len(project.items()) == 20


def test_a_build_refuses_to_flood_those_whose_ids_were_replaced(project: Project) -> None:
    _write(project, range(20))
    project.build()
    adopt(project, feed(project, old_feed(range(20))), force=True)
    with pytest.raises(Flood):
        project.build()
    project.build(resurfaced=True)
    assert {item["id"] for item in project.items()} == {f"g:{number}" for number in range(20)}


def test_with_force_an_old_id_takes_the_place_of_a_new_one(project: Project) -> None:
    project.write("a.txt", title="The ferry")
    project.write("b.txt", title="The bakery")
    project.build()
    assert only(adopt(project, feed(project, rss(item("old", title="The ferry"))), force=True)).fate == "matched"
    project.build()
    assert project.guids()["The ferry"] == "old"
    assert len(project.items()) == 2
    assert not project.plan().feeds


def test_an_embargoed_article_was_in_no_feed_and_takes_its_old_id(project: Project) -> None:
    project.write("a.txt", title="The ferry", published=NOW + timedelta(days=1))
    project.build()
    assert only(adopt(project, feed(project, rss(item("old", title="The ferry"))))).fate == "matched"
    project.now += timedelta(days=2)
    project.build()
    assert list(project.guids().values()) == ["old"]


def test_adopting_again_changes_nothing(switching: Project) -> None:
    first = fates(adopt(switching, HERE / "feeds" / "hugo.rss"))
    assert fates(adopt(switching, HERE / "feeds" / "hugo.rss")) == first
    switching.build()
    before = switching.outputs()
    again = adopt(switching, HERE / "feeds" / "hugo.rss")
    assert [entry.fate for entry in again.entries] == ["known"] * 3 + ["unmatched"]
    switching.build()
    assert switching.outputs() == before


def test_a_dry_run_remembers_nothing(switching: Project) -> None:
    found = adopt(switching, HERE / "feeds" / "hugo.rss", dry_run=True)
    assert [entry.fate for entry in found.entries] == ["matched"] * 3 + ["unmatched"]
    assert not switching.ledger.exists()
    switching.build()
    before = switching.ledger.read_bytes()
    adopt(switching, HERE / "feeds" / "hugo.rss", dry_run=True, force=True)
    assert switching.ledger.read_bytes() == before


def test_published_feeds_without_their_ledger_are_taken_back_first(project: Project) -> None:
    project.write("a.txt", title="The ferry")
    project.build()
    project.ledger.unlink()
    old = feed(project, rss(item("old", title="The ferry")))
    with pytest.raises(LostLedger, match="knows nothing of"):
        adopt(project, old)
    assert not project.ledger.exists()
    project.build()
    assert only(adopt(project, old)).fate == "published"


def test_adopted_ids_survive_the_loss_of_the_ledger(switching: Project) -> None:
    adopt(switching, HERE / "feeds" / "micro.json")
    switching.build()
    before = switching.outputs()
    switching.ledger.unlink()
    switching.build()
    assert switching.outputs() == before


def test_ids_that_atom_can_not_hold_are_said(project: Project) -> None:
    old = rss(*(item(guid, date="Wed, 01 May 2024 08:00:00 GMT") for guid in ("12345", "tag:old.example,2024:7")))
    (problem,) = adopt(project, feed(project, old)).problems
    assert (problem.code, problem.message.partition(":")[0]) == ("foreign-ids", "the ids of 1 entry are no IRIs")


def test_an_article_that_comes_back_from_its_old_address_is_the_same(switching: Project) -> None:
    adopt(switching, HERE / "feeds" / "hugo.rss")
    switching.build()
    switching.delete("harbour.txt")
    switching.write("new.txt", text=prose("rewritten"), url="http://old.example/posts/harbour")
    switching.build()
    assert FORMS["hugo.rss"][0] in switching.guids().values()


@pytest.mark.parametrize("date", ["", "Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 +0000"])
def test_an_entry_without_a_date_gets_that_of_its_article(project: Project, date: str) -> None:
    project.write("a.txt", title="The ferry", published=datetime(2024, 5, 1, tzinfo=UTC))
    adoption = adopt(project, feed(project, rss(item("x:old", title="The ferry", date=date))))
    assert [problem.code for problem in adoption.problems] == ["undated-entries"]
    project.build()
    assert in_json(project) == {"x:old": "2024-05-01T00:00:00Z"}


def test_an_entry_dated_far_ahead_gets_the_date_of_its_article_and_stays_public(project: Project) -> None:
    project.write("a.txt", title="The ferry", published=datetime(2024, 5, 1, tzinfo=UTC))
    old = rss(item("x:old", title="The ferry", date="Tue, 01 May 2096 08:00:00 GMT"))
    (problem,) = adopt(project, feed(project, old)).problems
    assert problem.code == "future-entries"
    assert "2096-05-01 of “The ferry”" in problem.message
    project.build()
    assert in_json(project) == {"x:old": "2024-05-01T00:00:00Z"}


def test_an_entry_whose_article_is_dated_far_ahead_as_well_stays_public(project: Project) -> None:
    project.write("a.txt", title="The ferry", published=datetime(2096, 5, 1, tzinfo=UTC))
    adopt(project, feed(project, rss(item("x:old", title="The ferry", date="Tue, 01 May 2096 08:00:00 GMT"))))
    project.build()
    assert in_json(project) == {"x:old": f"{NOW:%Y-%m-%dT%H:%M:%SZ}"}


def test_an_entry_dated_some_hours_ahead_is_of_now(project: Project) -> None:
    project.write("a.txt", title="The ferry", published=NOW)
    ahead = NOW + timedelta(hours=9)
    old = rss(item("x:old", title="The ferry", date=f"{ahead:%a, %d %b %Y %H:%M:%S} GMT"))
    assert adopt(project, feed(project, old)).problems == ()
    project.build()
    assert in_json(project) == {"x:old": f"{NOW:%Y-%m-%dT%H:%M:%SZ}"}


# ── what can't be read ──

BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
UNREADABLE = {
    "an HTML page": "<!doctype html><html><body>Not here</body></html>",
    "neither XML nor JSON": "Not found",
    "not well-formed": rss("<title>x</title>")[:-5],
    "document type": BOMB + rss("<title>&b;</title>"),
    "is empty": "",
    "no RSS or Atom feed": '<opml version="2.0"><body/></opml>',
    "no JSON Feed": '{"version": "1", "items": []}',
    "no JSON that can be read": '{"version": ',
    "nested": "{" + '"a":{' * 3,
}


@pytest.mark.parametrize("reason", list(UNREADABLE)[:-1])
def test_what_is_no_feed_is_refused_with_the_reason(project: Project, reason: str) -> None:
    project.write("a.txt")
    feed(project, UNREADABLE[reason])
    done = project.run("adopt", "old.rss")
    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr
    assert "hint: " in done.stderr
    assert not project.ledger.exists()


def test_json_of_any_depth_is_refused_too(project: Project) -> None:
    with pytest.raises(ConfigError):
        adopt(project, feed(project, '{"items":' + "[" * 100_000))


def test_a_feed_that_goes_on_elsewhere_says_where(project: Project) -> None:
    link = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="https://old.example/feed?page=2"/>'
    old = rss(item("x:1", date="Wed, 01 May 2024 08:00:00 GMT")).replace("<channel>", f"<channel>{link}")
    adoption = adopt(project, feed(project, old))
    (problem,) = adoption.problems
    assert (problem.code, problem.message) == ("older-entries", "older entries are at https://old.example/feed?page=2")


# ── the command ──


def run(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    return project.run("adopt", *arguments, **CLOCK)


def test_the_report_counts_and_lists_what_did_not_match(switching: Project) -> None:
    shutil.copy(HERE / "feeds" / "hugo.rss", switching.root / "old.rss")
    done = run(switching, "old.rss", "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:3] == [
        "articles   entries   matched   unmatched",
        "       3         4         3           1",
        "matched 3 by text",
    ]
    assert "  2024-03-02T12:00:00Z  Who winds the clock?" in lines
    assert "id: https://old.example/posts/clock/" in done.stdout
    assert "hint: " in done.stdout
    assert lines[-1] == "nothing was remembered"


def test_the_report_as_json_has_every_entry(switching: Project) -> None:
    shutil.copy(HERE / "feeds" / "hugo.rss", switching.root / "old.rss")
    done: dict[str, Any] = json.loads(run(switching, "old.rss", "--json").stdout)
    assert [entry["fate"] for entry in done["entries"]] == ["matched"] * 3 + ["unmatched"]
    assert done["entries"][0] == {
        "feed": "old.rss",
        "guid": "https://old.example/posts/harbour/",
        "title": "The harbour – open again",
        "published": "2024-05-01T08:15:30Z",
        "fate": "matched",
        "path": "seeds/harbour.txt",
        "by": "text",
        "why": done["entries"][0]["why"],
    }


def test_strict_asks_for_every_entry(switching: Project) -> None:
    shutil.copy(HERE / "feeds" / "hugo.rss", switching.root / "old.rss")
    assert run(switching, "old.rss", "--strict").returncode == 1
    shutil.copy(HERE / "articles" / "clock.txt", switching.seeds)
    assert run(switching, "old.rss", "--strict").returncode == 0
