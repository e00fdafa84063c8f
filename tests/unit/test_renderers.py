"""What holds of every format. Tests are named after the rules of the conformance checklist."""

from __future__ import annotations

import hashlib
import json
import locale
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from xml.parsers import expat

import pytest
from lxml import etree
from msgspec.structs import replace

from feedpub.check import check
from feedpub.errors import RenderError
from feedpub.model import Artefact, Channel, Entry, Feed, Page
from feedpub.renderers import RENDERERS, render, render_all
from rendering import CHANNEL, ENTRY, stating

ALL = sorted(RENDERERS)
XML = ("atom", "rss")

HOSTILE = """AT&T a<b <b>bold</b> ]]> <![CDATA[x]]> <!-- c --> <!DOCTYPE x> &amp; &lt; &nbsp; "q" 'a' <?pi?> 👩‍👩‍👧 é"""


def made(name: str, *entries: Entry, channel: Channel = CHANNEL, body: str = "<p>They were calm.</p>") -> bytes:
    return render(Feed(channel, entries), lambda _guid: body, name).data


def said(**fields: object) -> Entry:
    return stating(ENTRY, **fields)


def contents(name: str, document: bytes) -> list[str]:
    if name == "json":
        return [item["content_html"] for item in json.loads(document)["items"]]
    path = {"atom": "{*}entry/{*}content", "rss": "channel/item/{*}encoded"}[name]
    return [element.text or "" for element in etree.fromstring(document).iterfind(path)]


# ── the table ──


def test_each_renderer_names_its_file_and_media_type() -> None:
    found = {name: (renderer.file, renderer.media_type) for name, renderer in RENDERERS.items()}
    assert found == {
        "rss": ("feed.rss", "application/rss+xml"),
        "atom": ("feed.atom", "application/atom+xml"),
        "json": ("feed.json", "application/feed+json"),
    }


@pytest.mark.parametrize("name", ALL)
def test_the_version_of_a_renderer_is_a_number(name: str) -> None:
    assert isinstance(RENDERERS[name].version, int)


@pytest.mark.parametrize("name", ALL)
def test_a_feed_lies_in_the_folder_of_its_channel(name: str) -> None:
    renderer = RENDERERS[name]
    feed = Feed(replace(CHANNEL, name="category/world-news"), ())
    artefact = render(feed, str, name)
    assert artefact == Artefact(f"category/world-news/{renderer.file}", renderer.media_type, renderer.render(feed, ()))


def test_importing_the_renderers_imports_neither_feedgen_nor_lxml() -> None:
    script = "import sys, feedpub.renderers; print(sorted({'feedgen', 'lxml', 'dateutil'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_body_is_asked_for_once_and_only_where_it_is_shown() -> None:
    asked: list[str] = []

    def body(guid: str) -> str:
        asked.append(guid)
        return "<p>x</p>"

    for name in ALL:
        render(Feed(replace(CHANNEL, content="summary"), (ENTRY,)), body, name)
    assert asked == []
    render_all(Feed(CHANNEL, (ENTRY,)), body, dict.fromkeys(ALL, "feed"))
    assert asked == [ENTRY.guid]


# ── 1. documents ──


@pytest.mark.parametrize("content", ["full", "summary"])
@pytest.mark.parametrize("name", XML)
def test_X01_a_document_is_well_formed_whatever_its_text_says(name: str, content: str) -> None:
    texts = dict.fromkeys(("title", "description", "author", "site_id"), HOSTILE)
    channel = replace(CHANNEL, content=content, **texts)
    entry = said(title=HOSTILE, summary=HOSTILE, authors=(HOSTILE,), categories=(HOSTILE,), tags=(HOSTILE,))
    document = made(name, entry, channel=channel, body=HOSTILE)
    etree.fromstring(document, etree.XMLParser(recover=False, resolve_entities=False))
    expat.ParserCreate(namespace_separator=" ").Parse(document, True)


@pytest.mark.parametrize("name", XML)
def test_X02_a_document_begins_with_its_declaration_and_soon_after_its_root(name: str) -> None:
    document = made(name, ENTRY)
    assert document.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<')
    assert {"atom": b"<feed ", "rss": b"<rss "}[name] in document[:512]


@pytest.mark.parametrize("illegal", ["\x00", "\x08", "\x1b", "\ud800", "\ufffe", "\uffff"])
@pytest.mark.parametrize("field", ["title", "summary", "authors", "categories", "tags", "body", "permalink"])
@pytest.mark.parametrize("name", ALL)
def test_X03_an_illegal_character_is_refused_with_the_name_of_its_entry(name: str, field: str, illegal: str) -> None:
    text = f"some{illegal}text"
    body, entry = "", ENTRY
    if field == "body":
        body = text
    elif field == "permalink":
        entry = replace(ENTRY, permalink=text)
    else:
        entry = said(**{field: text if field in ("title", "summary") else (text,)})
    with pytest.raises(RenderError, match=f"{ENTRY.guid}.*U\\+{ord(illegal):04X}"):
        made(name, entry, body=body)


@pytest.mark.parametrize("name", ALL)
def test_X03_an_illegal_character_of_the_settings_is_refused_with_the_name_of_the_feed(name: str) -> None:
    with pytest.raises(RenderError, match=r"the feed 'Morning Wire'.*U\+0008"):
        made(name, channel=replace(CHANNEL, description="\x08"))


@pytest.mark.parametrize("name", ALL)
def test_X05_text_and_attributes_come_back_as_they_were(name: str) -> None:
    entry = said(title=HOSTILE, tags=("]]>\"'&<>",))
    document = made(name, entry, body=HOSTILE)
    assert contents(name, document) == [HOSTILE]
    if name == "json":
        assert json.loads(document)["items"][0]["tags"] == ["]]>\"'&<>"]
    if name == "atom":
        assert etree.fromstring(document).xpath("//@term") == ["]]>\"'&<>"]
    if name == "rss":
        assert etree.fromstring(document).xpath("//category/text()") == ["]]>\"'&<>"]


@pytest.mark.parametrize("forbidden", [b"<![CDATA[", b"<!DOCTYPE", b"<!--", b"xml:base", b"xsl"])
@pytest.mark.parametrize("name", XML)
def test_X06_X07_A19_there_is_no_cdata_doctype_comment_or_base(name: str, forbidden: bytes) -> None:
    assert forbidden not in made(name, said(title=HOSTILE), body=HOSTILE)


@pytest.mark.parametrize(
    ("name", "page", "href"),
    [
        ("", Page(), "theme/feed.css"),
        ("", Page(1), "../theme/feed.css"),
        ("category/oslo", Page(), "../../theme/feed.css"),
        ("category/oslo", Page(1), "../../../theme/feed.css"),
    ],
)
@pytest.mark.parametrize("format", XML)
def test_V03_a_stylesheet_is_named_after_the_declaration_wherever_the_site_lies(
    format: str, name: str, page: Page, href: str
) -> None:
    channel = replace(CHANNEL, name=name, pages="needed")
    document = render(Feed(channel, (ENTRY,), page), lambda _guid: "", format).data
    assert document.splitlines()[1] == f'<?xml-stylesheet type="text/css" href="{href}"?>'.encode()


@pytest.mark.parametrize("format", XML)
def test_V03_a_site_without_pages_for_people_names_no_stylesheet(format: str) -> None:
    assert b"<?xml-stylesheet" not in made(format, ENTRY)


def test_X08_namespaces_are_declared_on_the_root_by_their_usual_prefixes() -> None:
    full = said(language="de")
    assert etree.fromstring(made("rss", full)).nsmap == {
        "atom": "http://www.w3.org/2005/Atom",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "dc": "http://purl.org/dc/elements/1.1/",
    }
    assert etree.fromstring(made("atom", full)).nsmap == {None: "http://www.w3.org/2005/Atom"}


@pytest.mark.parametrize("name", XML)
def test_X08_no_element_declares_a_namespace_of_its_own(name: str) -> None:
    assert b"xmlns" not in made(name, ENTRY, said(language="ar")).partition(b">\n  <")[2]


def test_X08_a_namespace_that_is_not_used_is_not_declared() -> None:
    channel = replace(CHANNEL, content="summary", author="")
    assert etree.fromstring(made("rss", said(authors=()), channel=channel)).nsmap == {
        "atom": "http://www.w3.org/2005/Atom"
    }


@pytest.mark.parametrize("name", ALL)
def test_X10_white_space_of_a_body_is_kept(name: str) -> None:
    body = "<p>One</p>\n\n<pre>  two\n\tthree   </pre>\n"
    assert contents(name, made(name, ENTRY, body=body)) == [body]


@pytest.mark.parametrize("name", XML)
def test_X09_X10_nothing_stands_around_the_text_of_an_element(name: str) -> None:
    for element in etree.fromstring(made(name, ENTRY)).iter():
        if len(element) == 0 and element.text:
            assert element.text == element.text.strip()


@pytest.mark.parametrize("name", ALL)
def test_X12_emoji_stay_literal(name: str) -> None:
    assert "👩‍👩‍👧 é".encode() in made(name, said(title=HOSTILE))


def test_X13_bytes_depend_on_neither_zone_nor_locale_nor_hash_seed_nor_folder(tmp_path: os.PathLike[str]) -> None:
    script = """
import hashlib, runpy, sys
tests = runpy.run_path(sys.argv[1])
for name in tests["ALL"]:
    print(hashlib.sha256(tests["made"](name, tests["said"](categories=("b", "a"), tags=("c",)))).hexdigest())
"""
    entry = said(categories=("b", "a"), tags=("c",))
    here = [hashlib.sha256(made(name, entry)).hexdigest() for name in ALL]
    for zone, language, seed in (("Pacific/Kiritimati", "tr_TR.UTF-8", "1"), ("America/New_York", "C", "2")):
        path = os.pathsep.join(filter(None, sys.path))
        strange = {**os.environ, "TZ": zone, "LC_ALL": language, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        there = subprocess.run(
            [sys.executable, "-c", script, __file__],
            env=strange, cwd=tmp_path, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert there.stdout.split() == here


@pytest.mark.parametrize("name", ALL)
def test_X13_the_locale_is_left_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the locale belongs to the whole process")

    monkeypatch.setattr(locale, "setlocale", refuse)
    made(name, ENTRY)


# ── 2. identity ──


def test_I05_an_entry_has_the_same_id_in_every_format() -> None:
    atom, rss = (etree.fromstring(made(name, ENTRY)) for name in XML)
    assert atom.findtext("{*}entry/{*}id") == ENTRY.guid
    assert rss.findtext("channel/item/guid") == ENTRY.guid
    assert json.loads(made("json", ENTRY))["items"][0]["id"] == ENTRY.guid


IRIS = [
    "https://old.example/?p=7",
    "http://old.example/2024/05/caf%C3%A9/",
    "https://old.example/a?b=1&c=2",
    "tag:old.example,2024-05-01:/2024/harbour",
    "urn:x-news:7",
]
NO_IRIS = [
    "12345",
    "5f0c1e2b9a7d4c0012ab34cd",
    "7 at https://old.example",
    "/2024/harbour/",
    'Fish & chips <"hot">',
    "urn:uuid:7",
    "tag:old.example:7",
    "http://[old/7",
    "Ж-7",
]


@pytest.mark.parametrize("guid", IRIS + NO_IRIS)
def test_I09_an_id_that_another_program_gave_is_published_to_the_letter(guid: str) -> None:
    entry = replace(ENTRY, guid=guid, permalink=None)
    atom, rss = (etree.fromstring(made(name, entry)) for name in XML)
    (item,) = json.loads(made("json", entry))["items"]
    assert (rss.findtext("channel/item/guid"), item["id"]) == (guid, guid)
    assert (atom.findtext("{*}entry/{*}id") == guid) is (guid in IRIS)
    for name in ALL:
        assert check(made(name, entry), name, only_errors=True) == []


def test_I03_where_atom_wants_an_iri_an_id_that_is_none_always_gives_the_same_one() -> None:
    def found(guid: str, site_id: str = "1c5f") -> str | None:
        atom = etree.fromstring(made("atom", replace(ENTRY, guid=guid), channel=replace(CHANNEL, site_id=site_id)))
        return atom.findtext("{*}entry/{*}id")

    assert found("12345") == found("12345") == "urn:uuid:08986df1-e797-5f3a-a8b1-0a9eac509eb1"
    assert len({found("12345"), found("12346"), found("12345", "2d6e")}) == 3


def test_a_tombstone_names_the_id_that_atom_was_given() -> None:
    entry = replace(ENTRY, guid="12345")
    atom = etree.fromstring(made("atom", entry))
    gone = Feed(replace(CHANNEL, tombstones=True), (), withdrawn=(("12345", ENTRY.updated),))
    tombstone = etree.fromstring(render(gone, lambda _guid: "", "atom").data).find("{*}deleted-entry")
    assert tombstone is not None
    assert tombstone.get("ref") == atom.findtext("{*}entry/{*}id")


# ── 3. time ──


@pytest.mark.parametrize(
    ("moment", "rfc3339", "rfc822"),
    [
        (datetime(2025, 4, 28, 14, 0, 5, tzinfo=UTC), "2025-04-28T14:00:05Z", "Mon, 28 Apr 2025 14:00:05 +0000"),
        (datetime(2024, 2, 29, 0, 0, 0, 999999, UTC), "2024-02-29T00:00:00Z", "Thu, 29 Feb 2024 00:00:00 +0000"),
        (
            datetime(2025, 1, 1, 1, 30, tzinfo=timezone(timedelta(hours=5, minutes=45))),
            "2024-12-31T19:45:00Z",
            "Tue, 31 Dec 2024 19:45:00 +0000",
        ),
        (datetime(1970, 9, 6, 7, 8, 9, tzinfo=UTC), "1970-09-06T07:08:09Z", "Sun, 06 Sep 1970 07:08:09 +0000"),
    ],
)
def test_T01_T02_T03_moments_are_written_in_utc_to_the_second(moment: datetime, rfc3339: str, rfc822: str) -> None:
    entry = replace(ENTRY, published=moment, updated=moment)
    atom, rss = (etree.fromstring(made(name, entry)) for name in XML)
    assert atom.findtext("{*}entry/{*}published") == rfc3339
    assert atom.findtext("{*}entry/{*}updated") == rfc3339
    assert atom.findtext("{*}updated") == rfc3339
    assert rss.findtext("channel/item/pubDate") == rfc822
    assert rss.findtext("channel/lastBuildDate") == rfc822
    item = json.loads(made("json", entry))["items"][0]
    assert (item["date_published"], item["date_modified"]) == (rfc3339, rfc3339)


def test_T10_a_feed_was_changed_when_its_newest_change_was_made() -> None:
    older = replace(ENTRY, guid="urn:uuid:1", updated=ENTRY.updated - timedelta(days=2))
    atom, rss = (etree.fromstring(made(name, older, ENTRY)) for name in XML)
    assert atom.findtext("{*}updated") == "2025-05-03T09:07:00Z"
    assert rss.findtext("channel/lastBuildDate") == "Sat, 03 May 2025 09:07:00 +0000"


def test_T10_an_empty_feed_has_a_constant_moment_in_atom_and_none_in_rss() -> None:
    atom, rss = (etree.fromstring(made(name)) for name in XML)
    assert atom.findtext("{*}updated") == "1990-01-01T00:00:00Z"
    assert rss.find("channel/lastBuildDate") is None


@pytest.mark.parametrize("name", ALL)
def test_T13_the_order_of_the_entries_is_kept(name: str) -> None:
    entries = tuple(replace(ENTRY, guid=f"tag:example.org,2025:{number}") for number in (3, 1, 2))
    document = made(name, *entries)
    assert sorted(entries, key=lambda entry: document.index(f"{entry.guid}<".encode() if name != "json" else
                  f'"{entry.guid}"'.encode())) == list(entries)  # fmt: skip


# ── what is shown ──


def links(name: str, document: bytes) -> list[str]:
    if name == "json":
        return [item["url"] for item in json.loads(document)["items"]]
    path = {"atom": "//*[local-name()='entry']/*[local-name()='link']/@href", "rss": "//item/link/text()"}[name]
    return list(map(str, etree.fromstring(document).xpath(path)))


@pytest.mark.parametrize("name", ALL)
def test_an_entry_without_an_address_is_given_a_place_on_the_site(name: str) -> None:
    entry = replace(ENTRY, permalink=None)
    assert links(name, made(name, entry)) == ["https://example.org/#035c4ea0-d73b-5bde-bd6f-c806b04f2ec3"]


@pytest.mark.parametrize(
    ("iri", "uri"),
    [
        ("https://exämple.org/ü", "https://xn--exmple-cua.org/%C3%BC"),
        ("https://example.org/a b?q=ä&r=1#ö", "https://example.org/a%20b?q=%C3%A4&r=1#%C3%B6"),
        ("https://example.org/%C3%A9?a=1&b=2", "https://example.org/%C3%A9?a=1&b=2"),
        ("https://example.org/<script>", "https://example.org/%3Cscript%3E"),
    ],
)
@pytest.mark.parametrize("name", ALL)
def test_R06_an_address_is_ascii(name: str, iri: str, uri: str) -> None:
    assert links(name, made(name, replace(ENTRY, permalink=iri))) == [uri]


def terms(name: str, document: bytes) -> list[str]:
    if name == "json":
        return list(json.loads(document)["items"][0].get("tags", []))
    return list(map(str, etree.fromstring(document).xpath({"atom": "//@term", "rss": "//item/category/text()"}[name])))


@pytest.mark.parametrize("name", ALL)
def test_R18_A16_categories_and_tags_are_terms_without_commas_and_bars(name: str) -> None:
    entry = said(categories=("World News", "Local, Politics|City"), tags=("C#", "C++", "a/b", "world news", " , ", ""))
    assert terms(name, made(name, entry)) == ["World News", "Local", "Politics", "City", "C#", "C++", "a/b"]


@pytest.mark.parametrize("name", ALL)
def test_A02_an_entry_without_a_title_is_called_by_its_first_words(name: str) -> None:
    document = made(name, said(title="", summary="one two three four five six seven eight nine ten eleven twelve xiii"))
    assert "one two three four five six seven eight nine ten eleven twelve…".encode() in document


@pytest.mark.parametrize("name", ALL)
def test_J03_an_empty_body_is_replaced_by_the_summary(name: str) -> None:
    assert contents(name, made(name, said(summary="Calm & <short>"), body=" \n")) == ["<p>Calm &amp; &lt;short&gt;</p>"]


@pytest.mark.parametrize("name", ALL)
def test_the_dateline_is_shown_nowhere(name: str) -> None:
    assert b"SEOUL" not in made(name, said(dateline={"raw": "SEOUL (AP) —"}))


# ── 8. language and direction ──


@pytest.mark.parametrize(
    ("language", "body", "shown"),
    [
        ("ar", "<p>نص</p>", '<div dir="rtl" lang="ar"><p>نص</p></div>'),
        ("he-IL", "<p>טקסט</p>", '<div dir="rtl" lang="he-IL"><p>טקסט</p></div>'),
        ("fa", "<p>Apple متن</p>", '<div dir="rtl" lang="fa"><p>\u200fApple متن</p></div>'),
        ("ur", "<p title='>'>5 &gt; A</p>", "<div dir=\"rtl\" lang=\"ur\"><p title='>'>\u200f5 &gt; A</p></div>"),
        ("ar", "<p>1234</p><p>A</p>", '<div dir="rtl" lang="ar"><p>\u200f1234</p><p>A</p></div>'),
        ("ar", "<p>1234</p>", '<div dir="rtl" lang="ar"><p>1234</p></div>'),
        ("az-Arab", "<p>م</p>", '<div dir="rtl" lang="az-Arab"><p>م</p></div>'),
        ("ar-Latn", "<p>marhaba</p>", "<p>marhaba</p>"),
        ("en", "<p>مرحبا</p>", "<p>مرحبا</p>"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ALL)
def test_L04_a_body_from_right_to_left_says_so(name: str, language: str, body: str, shown: str) -> None:
    assert contents(name, made(name, said(language=language), body=body)) == [shown]


@pytest.mark.parametrize("name", ALL)
def test_L04_the_language_of_the_channel_gives_the_direction_too(name: str) -> None:
    document = made(name, ENTRY, channel=replace(CHANNEL, language="ar"), body="<p>نص</p>")
    assert contents(name, document) == ['<div dir="rtl" lang="ar"><p>نص</p></div>']
