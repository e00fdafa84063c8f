"""JSON Feed: each case breaks one rule. Named after the rules of the conformance checklist."""

from __future__ import annotations

import json

import pytest

from checking import Case, findings, untested, verify
from feedpub.check import check, json_items, jsonfeed

FEED = """{
 "version": "https://jsonfeed.org/version/1.1",
 "title": "Harbour News",
 "home_page_url": "https://harbour.example/",
 "feed_url": "https://harbour.example/feed.json",
 "language": "en",
 "_wire": {"about": "https://harbour.example/wire"},
 "items": [
  {
   "id": "tag:harbour.example,2026-05-03:crane",
   "url": "https://harbour.example/crane",
   "title": "New crane lifts its first box",
   "content_html": "<p>It took an hour.</p>",
   "date_published": "2026-05-03T09:00:00Z",
   "date_modified": "2026-05-03T10:00:00Z",
   "authors": [{"name": "Ines Porto"}],
   "author": {"name": "Ines Porto"},
   "tags": ["Ports"]
  },
  {
   "id": "tag:harbour.example,2026-05-02:ferry",
   "url": "https://harbour.example/ferry",
   "title": "Ferry resumes",
   "content_text": "Twice a day.",
   "date_published": "2026-05-02T08:00:00Z"
  }
 ]
}
"""

VERSION = '"version": "https://jsonfeed.org/version/1.1",'
LANGUAGE = '"language": "en",'
ID = '"id": "tag:harbour.example,2026-05-03:crane",'
URL = '"url": "https://harbour.example/crane",'
CONTENT = '"content_html": "<p>It took an hour.</p>",'
DATE = '"date_published": "2026-05-03T09:00:00Z",'
MODIFIED = '"date_modified": "2026-05-03T10:00:00Z",'
AUTHORS = '"authors": [{"name": "Ines Porto"}],'
AUTHOR = '"author": {"name": "Ines Porto"},'
TAGS = '"tags": ["Ports"]'
FILE = '"attachments": [{"url": "https://harbour.example/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9}]'
ITEMS = FEED[FEED.index(' "items"') : FEED.rindex("}")]


def feed(member: str) -> str:
    return LANGUAGE + member + ","


def item(member: str) -> str:
    return TAGS + ", " + member


CASES = [
    Case("J01", "error", VERSION, ""),
    Case("J01", "error", '"title": "Harbour News",', ""),
    Case("J01", "error", ITEMS, ' "expired": true\n'),
    Case("J01", "error", '"items": [\n', '"items": [3,\n'),
    Case("J01", "error", VERSION, VERSION.replace("https", "http")),
    Case("J01", "note", VERSION, LANGUAGE + VERSION, also="J13"),
    Case("W3C-InvalidValue", "error", '"title": "Harbour News",', '"title": 3,'),
    Case("W3C-InvalidValue", "error", LANGUAGE, feed('"expired": "no"'), feed('"expired": true')),
    Case("W3C-InvalidValue", "error", URL, '"url": "https://harbour.example/a b",', URL),
    Case("W3C-InvalidValue", "error", TAGS, item(FILE.replace("9", '"9"')), item(FILE)),
    Case("W3C-InvalidValue", "error", TAGS, '"tags": "Ports"'),
    Case("W3C-InvalidValue", "error", AUTHORS, '"authors": ["Ines Porto"],', AUTHORS),
    Case("T01", "error", DATE, '"date_published": "2026-05-03",'),
    Case("J09", "error", LANGUAGE, '"language": "english",'),
    Case("J10", "error", TAGS, item(FILE.replace("audio/mpeg", "mp3")), item(FILE)),
    Case("J10", "error", TAGS, item(FILE.replace('"mime_type": "audio/mpeg", ', "")), item(FILE)),
    Case("J02", "error", ID, ""),
    Case("J02", "error", ID, '"id": 42,'),
    Case("I06", "error", ID, ID.replace("03:crane", "02:ferry")),
    Case("J03", "error", CONTENT, '"summary": "It took an hour.",'),
    Case("J03", "note", CONTENT, CONTENT + '"content_text": "It took an hour.",', CONTENT),
    Case("J05", "warning", '"feed_url": "https://harbour.example/feed.json",', ""),
    Case("J06", "warning", URL, "", '"external_url": "https://a.example/",'),
    Case("T11", "warning", DATE, ""),
    Case("T08", "warning", MODIFIED, MODIFIED.replace("10:", "08:")),
    Case("J07", "error", AUTHORS, '"authors": [{"url": ""}],'),
    Case("J07", "warning", AUTHORS, ""),
    Case("J07", "note", AUTHOR, ""),
    Case("J08", "note", LANGUAGE, feed('"authors": [{"name": "The Desk"}], "author": {"name": "The Desk"}')),
    Case("J09", "error", TAGS, '"tags": ["Ports", "Ports"]'),
    Case("J09", "error", TAGS, '"tags": ["", 3]'),
    Case(
        "J11",
        "error",
        LANGUAGE,
        feed('"next_url": "https://harbour.example/feed.json"'),
        feed('"next_url": "https://harbour.example/2.json"'),
    ),
    Case("J12", "error", '"_wire": {"about": "https://harbour.example/wire"},', '"_wire": true,'),
    Case("J12", "error", '"_wire": {"about": "https://harbour.example/wire"},', '"_a.b": {"about": "x"},'),
    Case("J12", "warning", TAGS, item('"rating": 5'), item('"_rating": {"stars": 5}')),
    Case("J12", "note", '"_wire": {"about": "https://harbour.example/wire"},', '"_wire": {"site": 1},'),
    Case("J13", "error", LANGUAGE, LANGUAGE + LANGUAGE),
    Case("J13", "error", LANGUAGE, feed('"_x": {"about": "x", "count": NaN}')),
    Case(
        "J13",
        "error",
        '"title": "Harbour News",',
        '"title": "Harbour \\ud83d News",',
        '"title": "Harbour \\ud83d\\udea2 News",',
    ),
    Case("J13", "error", TAGS, TAGS + ","),
    Case(
        "W02",
        "error",
        LANGUAGE,
        feed('"hubs": [{"type": "WebSub"}]'),
        feed('"hubs": [{"type": "WebSub", "url": "https://a.example/"}]'),
    ),
    Case("A19", "warning", URL, '"url": "/crane",'),
    Case("L02", "note", LANGUAGE, ""),
    Case("Z01", "warning", CONTENT, '"content_html": "' + "a" * 1_000_000 + '",'),
]


def test_a_good_feed_has_no_findings():
    assert findings(FEED) == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case):
    verify(FEED, case)


def test_every_rule_has_a_case():
    elsewhere = ("J05: feed_url is the address that the feed was fetched from",)
    rules = (*jsonfeed.RULES, *json_items.RULES)
    assert [rule for rule in untested(FEED, CASES, rules) if rule not in elsewhere] == []


def test_J05_the_feed_calls_itself_by_the_address_it_was_fetched_from():
    assert check(FEED.encode(), "https://harbour.example/feed.json") == []
    assert [found.rule for found in check(FEED.encode(), "https://harbour.example/f.json")] == ["J05"]


def test_version_1_needs_no_authors():
    old = FEED.replace("version/1.1", "version/1").replace(AUTHORS, "")
    assert findings(old) == []


def test_a_finding_names_its_entry_and_line():
    [found] = findings(FEED.replace('"tags": ["Ports"]', '"tags": [\n"Ports", "Ports"]'))
    assert (found.line, found.entry) == (19, "tag:harbour.example,2026-05-03:crane")


def test_the_tag_is_on_the_line_of_its_string():
    [found] = findings(FEED.replace("<p>It took", "<script>x()</script><p>It took"))
    assert (found.rule, found.line) == ("H01", 13)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + FEED.encode(),
        FEED.encode("utf-16"),
        FEED.encode("latin-1").replace(b"Ferry", b"F\xe9rry"),
        b'{"version":',
        b"{} {}",
    ],
)
def test_J13_what_is_no_json_in_utf8(data):
    assert "J13" in {found.rule for found in check(data, "feed.json") if found.severity == "error"}


@pytest.mark.parametrize("data", [b"[]", b"{}", b'{"a": 1}', b"[1, 2]"])
def test_J01_json_that_is_no_feed(data):
    assert [found.rule for found in check(data, "x.json")] == ["J01"]


@pytest.mark.parametrize("odd", [None, True, 1.5, "x", [], {}, [[]], [{}], {"a": []}])
def test_odd_values_are_findings_never_exceptions(odd):
    plain = json.loads(FEED)
    for key in (*plain, "authors", "author", "hubs", "next_url", "icon"):
        check(json.dumps({**plain, key: odd}).encode(), "feed.json")
    for key in (*plain["items"][0], "attachments", "summary"):
        check(json.dumps({**plain, "items": [{**plain["items"][0], key: odd}]}).encode(), "feed.json")
