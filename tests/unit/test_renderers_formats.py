"""What each format asks for by itself. Tests are named after the rules of the conformance checklist."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace

import feedpub
import rendering
from feedpub.model import Channel, Entry, Feed
from feedpub.renderers import render
from rendering import stating

CHANNEL = replace(
    rendering.CHANNEL,
    name="category/world-news",
    title="World News – Morning Wire",
    description="World & local news",
    base="https://example.org/feeds/category/world-news/",
)
ENTRY = stating(rendering.ENTRY, authors=("david.c", "Ann Ó"), categories=("World News",))
BODY = "<p>They were <em>calm</em> &amp; short.</p>"
SHORT = replace(CHANNEL, content="summary")


def xml(name: str, *entries: Entry, channel: Channel = CHANNEL) -> etree._Element:
    return etree.fromstring(render(Feed(channel, entries), lambda _guid: BODY, name).data)


def atom(*entries: Entry, channel: Channel = CHANNEL) -> etree._Element:
    return xml("atom", *entries, channel=channel)


def rss(*entries: Entry, channel: Channel = CHANNEL) -> etree._Element:
    return xml("rss", *entries, channel=channel)[0]


def jsonfeed(*entries: Entry, channel: Channel = CHANNEL) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render(Feed(channel, entries), lambda _guid: BODY, "json").data)
    return document


def said(**fields: object) -> Entry:
    return stating(ENTRY, **fields)


def names(element: etree._Element | None) -> list[str]:
    assert element is not None
    return [etree.QName(child).localname for child in element]


# ── 4. Atom ──


@pytest.mark.parametrize("entries", [(), (ENTRY,), (ENTRY, said(authors=()))])
def test_A01_a_feed_has_one_of_what_it_must_have(entries: tuple[Entry, ...]) -> None:
    counts = Counter(names(atom(*entries)))
    expected = {"id": 1, "title": 1, "updated": 1, "author": 1, "link": 2, "generator": 1, "subtitle": 1}
    assert counts == Counter({**expected, "entry": len(entries)})


@pytest.mark.parametrize("channel", [CHANNEL, SHORT])
def test_A02_an_entry_has_one_of_what_it_must_have(channel: Channel) -> None:
    counts = Counter(names(atom(ENTRY, channel=channel).find("{*}entry")))
    always = ("id", "title", "updated", "published", "author", "link", "summary", "category")
    assert counts == Counter([*always, "content"] if channel is CHANNEL else always)


@pytest.mark.parametrize(
    ("authors", "editor", "of_entry", "of_feed"),
    [
        (("david.c", "Ann Ó"), "The Desk", "david.c, Ann Ó", "The Desk"),
        ((), "The Desk", "The Desk", "The Desk"),
        (("david.c",), "", "david.c", "World News – Morning Wire"),
        ((), "", "World News – Morning Wire", "World News – Morning Wire"),
    ],
)
def test_A03_A04_the_feed_and_each_entry_have_one_author(
    authors: tuple[str, ...], editor: str, of_entry: str, of_feed: str
) -> None:
    root = atom(said(authors=authors), channel=replace(CHANNEL, author=editor))
    assert root.xpath("*[local-name()='entry']/*[local-name()='author']/*/text()") == [of_entry]
    assert root.xpath("*[local-name()='author']/*/text()") == [of_feed]


def test_A05_A06_a_feed_links_to_its_page_first_and_then_to_itself() -> None:
    assert [dict(link.attrib) for link in atom(ENTRY).iterfind("{*}link")] == [
        {"href": "https://example.org/news/", "rel": "alternate", "type": "text/html"},
        {
            "href": "https://example.org/feeds/category/world-news/feed.atom",
            "rel": "self",
            "type": "application/atom+xml",
        },
    ]


@pytest.mark.parametrize("channel", [CHANNEL, SHORT])
def test_A07_A08_an_entry_has_one_alternate_link(channel: Channel) -> None:
    found = [dict(link.attrib) for link in atom(ENTRY, channel=channel).iterfind("{*}entry/{*}link")]
    assert found == [{"href": "https://example.org/2025/talks", "rel": "alternate", "type": "text/html"}]


@pytest.mark.parametrize("title", ["AT&T", "a<b", "<b>bold</b>", "&amp; &lt;b&gt;"])
def test_A11_A12_plain_text_is_escaped_once_and_names_no_type(title: str) -> None:
    root = atom(said(title=title, summary=title), channel=replace(CHANNEL, title=title, description=title))
    for path in ("{*}title", "{*}subtitle", "{*}entry/{*}title", "{*}entry/{*}summary"):
        element = root.find(path)
        assert element is not None
        assert (element.text, dict(element.attrib)) == (title, {})


def test_A13_content_is_html_in_line() -> None:
    content = atom(ENTRY).find("{*}entry/{*}content")
    assert content is not None
    assert (dict(content.attrib), content.text, len(content)) == ({"type": "html"}, BODY, 0)


def test_A15_without_a_summary_there_is_none() -> None:
    assert atom(said(summary="")).find("{*}entry/{*}summary") is None


def test_A16_a_term_is_what_people_see() -> None:
    assert [dict(term.attrib) for term in atom(said(tags=("C#",))).iter("{*}category")] == [
        {"term": "World News"},
        {"term": "C#"},
    ]


def test_the_generator_of_atom_has_an_address_and_a_version() -> None:
    generator = atom().find("{*}generator")
    assert generator is not None
    assert (generator.text, generator.get("version")) == ("feedpub", feedpub.__version__)
    assert (generator.get("uri") or "").startswith("https://")


def test_L02_L03_atom_names_the_language_of_the_feed_and_of_entries_that_differ() -> None:
    root = atom(ENTRY, said(language="en"), said(language="de"))
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert root.get(language) == "en"
    assert [entry.get(language) for entry in root.iterfind("{*}entry")] == [None, None, "de"]
    assert [content.get(language) for content in root.iterfind("{*}entry/{*}content")] == [None, None, "de"]


# ── 5. RSS ──


def test_R01_core_elements_are_in_no_namespace() -> None:
    root = xml("rss", ENTRY)
    assert (root.tag, dict(root.attrib)) == ("rss", {"version": "2.0"})
    assert [child.tag for child in root] == ["channel"]


@pytest.mark.parametrize("description", ["World & local news", ""])
def test_R02_a_channel_has_a_title_a_link_and_a_description(description: str) -> None:
    channel = rss(channel=replace(CHANNEL, description=description))
    assert channel.findtext("title") == "World News – Morning Wire"
    assert channel.findtext("link") == "https://example.org/news/"
    assert channel.findtext("description") == (description or "World News – Morning Wire")


def test_R03_items_come_last_and_descriptions_before_content() -> None:
    channel = rss(ENTRY, ENTRY)
    assert names(channel)[-2:] == ["item", "item"]
    assert "item" not in names(channel)[:-2]
    assert names(channel.find("item"))[:4] == ["title", "link", "description", "encoded"]


@pytest.mark.parametrize("channel", [CHANNEL, SHORT])
def test_R04_an_item_says_all_that_readers_look_for(channel: Channel) -> None:
    found = Counter(names(rss(ENTRY, channel=channel).find("item")))
    always = ("title", "link", "description", "guid", "category", "pubDate", "creator")
    assert found == Counter([*always, "encoded"] if channel is CHANNEL else always)


@pytest.mark.parametrize("permalink", ["https://example.org/2025/talks", None])
def test_R05_a_guid_is_never_a_permalink(permalink: str | None) -> None:
    guid = rss(replace(ENTRY, permalink=permalink)).find("item/guid")
    assert guid is not None
    assert (guid.text, dict(guid.attrib)) == (ENTRY.guid, {"isPermaLink": "false"})


@pytest.mark.parametrize(
    ("authors", "editor", "creators"),
    [
        (("david.c", "Ann Ó"), "The Desk", ["david.c, Ann Ó"]),
        ((), "The Desk", ["The Desk"]),
        ((), "", []),
    ],
)
def test_R07_authors_are_joined_in_one_creator(authors: tuple[str, ...], editor: str, creators: list[str]) -> None:
    item = rss(said(authors=authors), channel=replace(CHANNEL, author=editor)).find("item")
    assert item is not None
    assert [creator.text for creator in item.iterfind("{http://purl.org/dc/elements/1.1/}creator")] == creators
    assert item.find("author") is None


@pytest.mark.parametrize("title", ["AT&T", "a<b>c</b>", "x > y", "&#x3C;"])
def test_R10_plain_text_is_written_with_numeric_references(title: str) -> None:
    entry = said(title=title, summary=title, authors=(title,), categories=(title,))
    document = render(Feed(replace(CHANNEL, title=title), (entry,)), lambda _guid: BODY, "rss").data
    plain = re.sub(rb"<content:encoded>.*?</content:encoded>", b"", document, flags=re.DOTALL)
    assert set(re.findall(rb"&[^;]*;", plain)) <= {b"&#x26;", b"&#x3C;", b"&#x3E;"}
    assert etree.fromstring(document).findtext("channel/item/title") == title


def test_R11_content_is_escaped_once_with_named_references() -> None:
    document = render(Feed(CHANNEL, (ENTRY,)), lambda _guid: BODY, "rss").data
    assert b"<content:encoded>&lt;p&gt;They were &lt;em&gt;calm&lt;/em&gt; &amp;amp; short." in document


@pytest.mark.parametrize(
    ("summary", "html"),
    [
        ("Plain words", "Plain words"),
        ("R & D > 1", "R & D > 1"),
        ("S&P 500", "S&amp;P 500"),
        ("a <script>alert(1)</script>", "a &lt;script>alert(1)&lt;/script>"),
        ("&lt;b&gt; &copy", "&amp;lt;b&amp;gt; &amp;copy"),
        ("", "Talks on tariffs"),
    ],
)
@pytest.mark.parametrize("channel", [CHANNEL, SHORT])
def test_R11_R12_a_description_is_the_summary_as_html(channel: Channel, summary: str, html: str) -> None:
    assert rss(said(summary=summary), channel=channel).findtext("item/description") == html


def test_R13_R15_a_channel_has_docs_and_generator_and_nothing_of_no_use() -> None:
    channel = rss(ENTRY)
    assert names(channel) == [
        "title", "link", "description", "link", "docs", "generator", "language", "lastBuildDate", "item",
    ]  # fmt: skip
    assert channel.findtext("docs") == "https://www.rssboard.org/rss-specification"
    assert channel.findtext("generator") == f"feedpub {feedpub.__version__}"


def test_R19_a_channel_links_to_itself() -> None:
    assert [dict(link.attrib) for link in rss().iterfind("{http://www.w3.org/2005/Atom}link")] == [
        {
            "href": "https://example.org/feeds/category/world-news/feed.rss",
            "rel": "self",
            "type": "application/rss+xml",
        }
    ]


def test_R20_L03_dublin_core_says_only_who_wrote_and_in_which_language() -> None:
    channel = rss(ENTRY, said(language="de"))
    dublin = [
        [(etree.QName(child).localname, child.text) for child in item if "purl.org/dc" in str(child.tag)]
        for item in channel.iterfind("item")
    ]
    assert dublin == [[("creator", "david.c, Ann Ó")], [("creator", "david.c, Ann Ó"), ("language", "de")]]
    assert channel.findtext("language") == "en"


# ── 6. JSON Feed ──


def test_J01_a_json_feed_begins_with_its_version() -> None:
    document = jsonfeed()
    assert next(iter(document.items())) == ("version", "https://jsonfeed.org/version/1.1")
    assert (document["title"], document["items"]) == ("World News – Morning Wire", [])


def test_J03_an_item_has_its_html_and_no_text() -> None:
    item = jsonfeed(ENTRY)["items"][0]
    assert (item["content_html"], item["summary"], "content_text" in item) == (BODY, "They were calm.", False)


@pytest.mark.parametrize(("summary", "text"), [("They were calm.", "They were calm."), ("", "Talks on tariffs")])
def test_J03_a_feed_of_summaries_has_them_as_text(summary: str, text: str) -> None:
    item = jsonfeed(said(summary=summary), channel=SHORT)["items"][0]
    assert (item["content_text"], "content_html" in item) == (text, False)


def test_J04_plain_text_is_not_escaped() -> None:
    item = jsonfeed(said(title="AT&T <b>", summary='"\\\u2028\n', tags=("&",)))["items"][0]
    assert (item["title"], item["summary"], item["tags"]) == ("AT&T <b>", '"\\\u2028\n', ["World News", "&"])


def test_J05_J06_addresses_are_of_the_page_the_feed_and_the_article() -> None:
    document = jsonfeed(ENTRY)
    assert document["home_page_url"] == "https://example.org/news/"
    assert document["feed_url"] == "https://example.org/feeds/category/world-news/feed.json"
    assert document["items"][0]["url"] == "https://example.org/2025/talks"


def test_J07_the_first_author_stands_alone_too() -> None:
    item = jsonfeed(ENTRY)["items"][0]
    assert item["authors"] == [{"name": "david.c"}, {"name": "Ann Ó"}]
    assert item["author"] == {"name": "david.c"}


@pytest.mark.parametrize(
    ("entries", "of_feed"),
    [
        ((), [{"name": "The Desk"}]),
        ((said(authors=()), said(authors=("The Desk",))), [{"name": "The Desk"}]),
        ((said(authors=()), ENTRY), None),
    ],
)
def test_J08_a_feed_has_an_author_only_if_no_item_has_another(
    entries: tuple[Entry, ...], of_feed: list[dict[str, str]] | None
) -> None:
    document = jsonfeed(*entries)
    assert document.get("authors") == of_feed
    assert document.get("author") == (of_feed and of_feed[0])
    assert all(item["authors"] for item in document["items"])


def test_J08_nobody_is_made_up() -> None:
    document = jsonfeed(said(authors=()), channel=replace(CHANNEL, author=""))
    assert not {"author", "authors"} & {*document, *document["items"][0]}


def test_J09_L03_an_item_names_its_language_only_if_it_differs() -> None:
    document = jsonfeed(said(language="en"), said(language="de"), ENTRY)
    assert document["language"] == "en"
    assert [item.get("language") for item in document["items"]] == [None, "de", None]


def test_J09_without_categories_and_tags_there_is_no_list_of_them() -> None:
    assert "tags" not in jsonfeed(said(categories=()))["items"][0]


def test_J12_extensions_hold_what_a_lost_ledger_needs() -> None:
    document = jsonfeed(ENTRY, replace(ENTRY, body_digest=None))
    assert document["_feedpub"]["site"] == "1c5f"
    assert document["_feedpub"]["about"].startswith("https://")
    assert [item["_feedpub"] for item in document["items"]] == [
        {"digest": "d1", "fingerprint": "f1", "body_digest": "b1"},
        {"digest": "d1", "fingerprint": "f1"},
    ]


def test_J13_no_key_is_written_twice() -> None:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    json.loads(render(Feed(CHANNEL, (ENTRY,)), lambda _guid: BODY, "json").data, object_pairs_hook=once)
