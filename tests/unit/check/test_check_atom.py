"""Atom: each case breaks one rule. Named after the rules of the conformance checklist."""

from __future__ import annotations

import pytest

from checking import Case, findings, untested, verify
from feedpub.check import atom, atom_text, atom_values, check, links, paging

FEED = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="en">
  <id>urn:uuid:3c1f0f6e-55a5-5b0c-9a57-5d0d6e0f7a01</id>
  <title>Harbour News</title>
  <updated>2026-05-03T10:00:00Z</updated>
  <link rel="alternate" type="text/html" href="https://harbour.example/"/>
  <link rel="self" type="application/atom+xml" href="https://harbour.example/feed.atom"/>
  <entry>
    <id>tag:harbour.example,2026-05-03:crane</id>
    <title>New crane lifts its first box</title>
    <updated>2026-05-03T10:00:00Z</updated>
    <published>2026-05-03T09:00:00Z</published>
    <author><name>Ines Porto</name></author>
    <link rel="alternate" type="text/html" href="https://harbour.example/crane"/>
    <summary>It weighs 30 tonnes.</summary>
    <content type="html">&lt;p&gt;It took an hour.&lt;/p&gt;</content>
    <category term="Ports"/>
  </entry>
  <entry>
    <id>tag:harbour.example,2026-05-02:ferry</id>
    <title>Ferry resumes</title>
    <updated>2026-05-02T08:30:00Z</updated>
    <published>2026-05-02T08:00:00Z</published>
    <author><name>Ola Berg</name></author>
    <link rel="alternate" type="text/html" href="https://harbour.example/ferry"/>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Twice a day.</p></div></content>
  </entry>
</feed>
"""

FEED_ID = "<id>urn:uuid:3c1f0f6e-55a5-5b0c-9a57-5d0d6e0f7a01</id>"
ID = "<id>tag:harbour.example,2026-05-03:crane</id>"
TITLE = "<title>New crane lifts its first box</title>"
UPDATED = "<updated>2026-05-02T08:30:00Z</updated>"
AUTHOR = "<author><name>Ines Porto</name></author>"
SELF = '<link rel="self" type="application/atom+xml" href="https://harbour.example/feed.atom"/>'
PAGE = '<link rel="alternate" type="text/html" href="https://harbour.example/"/>'
LINK = '<link rel="alternate" type="text/html" href="https://harbour.example/crane"/>'
CATEGORY = '<category term="Ports"/>'
SUMMARY = "<summary>It weighs 30 tonnes.</summary>"
CONTENT = '<content type="html">&lt;p&gt;It took an hour.&lt;/p&gt;</content>'
XHTML = '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Twice a day.</p></div></content>'
DIV = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Twice a day.</p></div>'
END = "</feed>"
SOURCE = "<source><id>urn:uuid:3c1f0f6e-55a5-5b0c-9a57-5d0d6e0f7a02</id><title>Wire</title>{}</source>"
WHEN = "<updated>2026-05-02T08:30:00Z</updated>"
COMPLETE = '<fh:complete xmlns:fh="http://purl.org/syndication/history/1.0"/>'
ARCHIVE = '<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>'
ARCHIVED = (
    '<link rel="prev-archive" href="https://harbour.example/1"/><link rel="current" href="https://harbour.example/"/>'
)


def link(rest: str, rel: str = "related") -> str:
    return LINK + f'<link rel="{rel}" {rest}/>'


HERE = 'href="https://harbour.example/x"'

CASES = [
    Case("A01", "error", FEED_ID, "", FEED_ID),
    Case("A01", "error", "<title>Harbour News</title>", "<title>Harbour</title><title>News</title>"),
    Case(
        "A01",
        "error",
        FEED_ID,
        FEED_ID + "<generator>a</generator><generator>b</generator>",
        FEED_ID + "<generator>a</generator>",
    ),
    Case("A02", "error", UPDATED, ""),
    Case("A02", "error", SUMMARY, SUMMARY * 2),
    Case("A03", "error", AUTHOR, "<contributor><name>A</name></contributor>"),
    Case("A03", "note", AUTHOR, AUTHOR * 2),
    Case("A04", "error", AUTHOR, "<author><uri>https://ines.example/</uri></author>", AUTHOR),
    Case("A04", "error", AUTHOR, "<author><name>Ines</name><name>Porto</name></author>"),
    Case("A04", "warning", AUTHOR, "<author><name> </name></author>"),
    Case(
        "A04",
        "error",
        AUTHOR,
        "<author><name>Ines</name><uri>http://a b/</uri></author>",
        "<author><name>Ines</name><uri>http://a/</uri></author>",
    ),
    Case(
        "A04",
        "error",
        AUTHOR,
        "<author><name>Ines</name><email>mailto:i@a.example</email></author>",
        "<author><name>Ines</name><email>i+n@a.example</email></author>",
    ),
    Case("S05", "warning", AUTHOR, "<author><name>Ines (ines@a.example)</name></author>"),
    Case("A05", "warning", SELF, ""),
    Case("A05", "warning", SELF, '<link rel="self" href="feed.atom"/>'),
    Case("A05", "warning", SELF, SELF + SELF),
    Case("A05", "warning", SELF, SELF.replace("application/atom+xml", "text/html")),
    Case("A06", "note", PAGE, ""),
    Case(
        "A06", "note", LINK, '<link rel="related" href="https://a.example/"/>' + LINK, link('href="https://a.example/"')
    ),
    Case("A07", "error", LINK + "\n    " + SUMMARY + "\n    " + CONTENT, SUMMARY, LINK + SUMMARY),
    Case("A08", "error", LINK, LINK * 2, LINK + LINK.replace('"text/html"', '"application/pdf"')),
    Case("A08", "error", LINK, LINK * 2, LINK + LINK.replace("href=", 'hreflang="pt" href=')),
    Case("A09", "warning", LINK, link(HERE, "friend"), link(HERE, "https://a.example/friend")),
    Case("A09", "warning", LINK, link(HERE, "next-archive"), LINK),
    Case("A10", "warning", LINK, link(HERE, "enclosure"), link(HERE + ' type="audio/mpeg" length="9"', "enclosure")),
    Case("A10", "error", LINK, link(HERE + ' type="mp3"'), link(HERE + ' type="text/html; charset=utf-8"')),
    Case("A10", "error", LINK, link(HERE + ' length="-1"'), link(HERE + ' length="0"')),
    Case("A10", "error", LINK, link(HERE + ' hreflang="english"'), link(HERE + ' hreflang="en-GB"')),
    Case("A10", "error", LINK, link(HERE + ' thr:count="2"'), link(HERE + ' thr:count="2"', "replies")),
    Case(
        "A10",
        "error",
        LINK,
        link(HERE + ' thr:when="2026-05-03T10:00:00Z"', "replies"),
        link(HERE + ' thr:updated="2026-05-03T10:00:00Z"', "replies"),
    ),
    Case("W3C-MissingHref", "error", LINK, link(""), link(HERE)),
    Case("W3C-MissingHref", "error", LINK, link('href="https://harbour.example/a b"'), link(HERE)),
    Case("W3C-MissingHref", "error", LINK, link('href=" https://harbour.example/a"')),
    Case("W3C-AtomLinkNotEmpty", "warning", LINK, LINK.replace("/>", ">here</link>")),
    Case("A11", "error", TITLE, '<title type="text/plain">Crane</title>', '<title type="text">Crane</title>'),
    Case("A11", "error", TITLE, "<title>New <b>crane</b></title>", also="W3C-UndefinedElement"),
    Case("A11", "error", DIV, "<p>Twice a day.</p>", also="W3C-UndefinedElement"),
    Case("A11", "error", DIV, "Twice" + DIV),
    Case("A11", "error", DIV, '<div xmlns="http://www.w3.org/1999/xhtml"><p xmlns="">Twice</p></div>'),
    Case("A11", "warning", DIV, '<div xmlns="http://www.w3.org/1999/xhtml">&lt;p&gt;Twice&lt;/p&gt;</div>'),
    Case("A12", "note", TITLE, '<title type="html">New crane</title>'),
    Case("A13", "error", XHTML, '<content type="pdf">x</content>', XHTML),
    Case("A13", "error", XHTML, '<content type="multipart/mixed">eA==</content>', also="A13"),
    Case(
        "A13",
        "error",
        XHTML,
        '<content type="text/html" src="https://a.example/">x</content><summary>s</summary>',
        '<content type="text/html" src="https://a.example/"/><summary>s</summary>',
    ),
    Case("A13", "error", XHTML, '<content type="text/html" src="http://a b/"/><summary>s</summary>'),
    Case(
        "A13",
        "warning",
        XHTML,
        '<content src="https://a.example/"/><summary>s</summary>',
        '<content type="image/png" src="https://a.example/"/><summary>s</summary>',
    ),
    Case("A13", "error", XHTML, '<content type="text/html" src="https://a.example/"/>'),
    Case(
        "A13",
        "error",
        XHTML,
        '<content type="image/png">iVBORw0=</content>',
        '<content type="image/png">iVBORw0=</content><summary>s</summary>',
    ),
    Case("A13", "error", XHTML, '<content type="image/png">no base64!</content><summary>s</summary>'),
    Case(
        "A13",
        "warning",
        XHTML,
        '<content type="image/svg+xml">a<svg xmlns="http://www.w3.org/2000/svg"/></content>',
        '<content type="image/svg+xml"><svg xmlns="http://www.w3.org/2000/svg"/></content>',
    ),
    Case(
        "A13",
        "warning",
        XHTML,
        '<content type="text/html">&lt;p&gt;x&lt;/p&gt;</content>',
        '<content type="text/html">&lt;html&gt;x&lt;/html&gt;</content>',
    ),
    Case("A15", "warning", TITLE, "<title/>"),
    Case("A15", "note", SUMMARY, "<summary>New crane lifts its first box</summary>"),
    Case("A15", "warning", XHTML, "", "<summary>Twice a day</summary>"),
    Case("A16", "error", CATEGORY, '<category label="Ports"/>'),
    Case(
        "A16",
        "error",
        CATEGORY,
        '<category term="Ports" scheme="tags"/>',
        '<category term="Ports" scheme="https://a.example/tags"/>',
    ),
    Case("A16", "warning", CATEGORY, '<category term=""/>'),
    Case(
        "A16",
        "note",
        CATEGORY,
        '<category term="ports" label="Ports and ships"/>',
        '<category term="Ports" label="Ports"/>',
    ),
    Case("A17", "warning", CATEGORY, SOURCE.format(""), SOURCE.format(WHEN)),
    Case("A17", "error", CATEGORY, SOURCE.format(WHEN * 2), SOURCE.format(WHEN)),
    Case("A18", "error", FEED_ID, FEED_ID + "<icon></icon>", FEED_ID + "<icon>https://a.example/i.png</icon>"),
    Case("A18", "error", FEED_ID, FEED_ID + "<logo>http://a b/</logo>"),
    Case("A19", "warning", FEED_ID, FEED_ID + "<logo>i.png</logo>"),
    Case("A19", "warning", LINK, link('href="/x"'), link(HERE)),
    Case("A19", "note", 'xml:lang="en"', 'xml:lang="en" xml:base="https://harbour.example/"'),
    Case("A19", "error", 'xml:lang="en"', 'xml:lang="en" xml:base="http://a b/"'),
    Case("I03", "error", ID, "<id>crane</id>", "<id>https://harbour.example/crane</id>"),
    Case("I03", "error", ID, "<id>tag:harbour.example:crane</id>"),
    Case("I03", "error", ID, "<id>urn:uuid:123</id>"),
    Case("I03", "error", ID, "<id></id>"),
    Case("I03", "warning", ID, "<id>HTTP://Harbour.example/a/../b</id>", "<id>http://harbour.example/b</id>"),
    Case("I06", "warning", ID, "<id>tag:harbour.example,2026-05-02:ferry</id>"),
    Case("I06", "warning", ID, FEED_ID),
    Case(
        "I06",
        "error",
        ID,
        ID.replace("03:crane", "02:ferry") + "</entry><entry>" + ID.replace("03:crane", "02:ferry"),
        also="A02 A03 A07",
    ),
    Case("L02", "note", ' xml:lang="en"', ""),
    Case("P03", "warning", SELF, SELF + ARCHIVE, SELF + ARCHIVE + ARCHIVED),
    Case("P01", "warning", SELF, SELF + ARCHIVED + f'<link rel="next" {HERE}/>', SELF + ARCHIVED),
    Case("P08", "error", SELF, SELF + COMPLETE + f'<link rel="next" {HERE}/>', SELF + f'<link rel="next" {HERE}/>'),
    Case(
        "P08",
        "error",
        SELF,
        SELF + f'<link rel="last" href="https://harbour.example/feed.atom"/><link rel="next" {HERE}/>',
    ),
    Case("T01", "error", UPDATED, "<updated>2026-05-02</updated>"),
    Case("T01", "error", UPDATED, "<updated>2026-05-02T08:30:00</updated>"),
    Case("T01", "error", UPDATED, "<updated>2026-02-30T08:30:00Z</updated>"),
    Case("T08", "warning", UPDATED, "<updated>2026-05-02T07:30:00Z</updated>"),
    Case("W01", "warning", SELF, f'<link rel="hub" {HERE}/>', SELF + f'<link rel="hub" {HERE}/>'),
    Case("W3C-AttrNotBlank", "warning", CATEGORY, '<category term="a" label=""/>', CATEGORY),
    Case("W3C-InvalidURIAttribute", "error", FEED_ID, FEED_ID + '<generator uri="http://a b/">g</generator>'),
    Case("W3C-MisplacedMetadata", "error", END, "<subtitle>late</subtitle></feed>"),
    Case("W3C-NotBlank", "warning", FEED_ID, FEED_ID + "<generator/>", FEED_ID + "<generator>g</generator>"),
    Case("W3C-UndefinedElement", "error", CATEGORY, "<tag>x</tag>"),
    Case("W3C-UndefinedElement", "error", ID, ID.replace("</id>", '<x xmlns="https://a.example/ns"/></id>')),
    Case("E07", "warning", CATEGORY, '<x xmlns="">y</x>', '<x xmlns="https://a.example/ns">y</x>'),
    Case("W3C-UnexpectedAttribute", "error", CATEGORY, '<category term="Ports" name="x"/>'),
    Case("W3C-UnexpectedText", "error", CATEGORY, CATEGORY + "stray"),
    Case("X09", "error", ID, ID.replace("<id>", "<id> ")),
]


def test_a_good_feed_has_no_findings():
    assert findings(FEED) == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case):
    verify(FEED, case)


def test_every_rule_has_a_case():
    rules = (*atom.RULES, *atom_values.RULES, *atom_text.RULES, *links.RULES, *links.ATOM_RULES, *paging.RULES)
    elsewhere = (
        "X08: Atom's elements have no prefix",
        "A05: The feed's own address is the one that it was fetched from",
    )
    assert [rule for rule in untested(FEED, CASES, rules) if rule not in elsewhere] == []


def test_A03_the_feed_names_the_author_for_all():
    feed = FEED.replace(AUTHOR, "").replace(PAGE, PAGE + "<author><name>The Harbour Desk</name></author>")
    assert [(found.rule, found.severity) for found in findings(feed)] == [("A03", "note")]


def test_A05_the_feed_calls_itself_by_the_address_it_was_fetched_from():
    assert check(FEED.encode(), "https://harbour.example/feed.atom") == []
    [found] = check(FEED.encode(), "https://www.harbour.example/feed.atom")
    assert (found.rule, found.severity) == ("A05", "warning")


def test_X08_atom_has_no_prefix():
    feed = '<a:feed xmlns:a="http://www.w3.org/2005/Atom"/>'
    assert {"X08"} == {
        found.rule for found in findings(feed) if found.severity == "warning" and "prefix" in found.message
    }


def test_a_finding_names_its_entry_and_line():
    [found] = [found for found in findings(FEED.replace(UPDATED, "<updated>soon</updated>")) if found.rule == "T01"]
    assert (found.entry, found.line) == ("tag:harbour.example,2026-05-02:ferry", 22)


def test_an_entry_document_is_checked_like_an_entry():
    entry = FEED[FEED.index("<entry>") : FEED.index("</entry>") + 8]
    text = entry.replace("<entry>", '<entry xmlns="http://www.w3.org/2005/Atom" xml:lang="en">')
    assert [found.rule for found in findings(text) if found.severity == "error"] == []
    assert "A02" in {found.rule for found in findings(text.replace(TITLE, ""))}


def test_atom_03_is_an_error():
    [found] = [
        found
        for found in findings('<feed version="0.3" xmlns="http://purl.org/atom/ns#"/>')
        if found.severity == "error"
    ]
    assert found.rule == "W3C-ObsoleteNamespace"
