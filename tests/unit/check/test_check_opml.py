"""OPML: each case breaks one rule. Named after the rules of the conformance checklist."""

from __future__ import annotations

import pytest

from checking import Case, findings, untested, verify
from feedpub.check import opml

LIST = """<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
  <head>
    <title>What we read</title>
    <dateModified>Sun, 03 May 2026 10:00:00 GMT</dateModified>
  </head>
  <body>
    <outline text="Ports">
      <outline text="Harbour News" title="Harbour News" type="rss"
        xmlUrl="https://harbour.example/feed.rss" htmlUrl="https://harbour.example/"/>
    </outline>
  </body>
</opml>
"""

TITLE = "<title>What we read</title>"
TYPE = 'type="rss"'
FEED = LIST[LIST.index('<outline text="Harbour') : LIST.index("\n    </outline>")]

CASES = [
    Case("D06", "error", '<opml version="2.0">', '<opml version="3.0">'),
    Case("D06", "error", '<opml version="2.0">', "<opml>"),
    Case("D06", "note", '<opml version="2.0">', '<opml version="1.1">'),
    Case("D06", "error", "</head>", "</head><head/>"),
    Case("D06", "error", TITLE, TITLE + "<author>me</author>"),
    Case("D06", "error", TITLE, TITLE * 2),
    Case("D06", "error", TITLE, TITLE + "<ownerEmail>me</ownerEmail>", TITLE + "<ownerEmail>me@a.example</ownerEmail>"),
    Case(
        "D06",
        "error",
        TITLE,
        TITLE + "<expansionState>all</expansionState>",
        TITLE + "<expansionState>1, 5</expansionState>",
    ),
    Case("T02", "error", "Sun, 03 May 2026 10:00:00 GMT", "2026-05-03"),
    Case("T02", "error", TYPE, TYPE + ' created="2026-05-03"', TYPE + ' created="Sun, 03 May 2026 10:00:00 GMT"'),
    Case("D06", "error", 'text="Ports"', 'title="Ports"'),
    Case("D06", "error", TYPE, TYPE + ' isComment="no"', TYPE + ' isComment="false"'),
    Case("D06", "warning", TYPE, 'type="atom"'),
    Case("D06", "warning", "https://harbour.example/feed.rss", ""),
    Case("D06", "warning", "https://harbour.example/feed.rss", "feed.rss"),
    Case("D06", "warning", FEED, FEED * 2),
    Case("D06", "note", FEED, f'<outline text="Baltic">{FEED}</outline>'),
    Case("D06", "note", ' title="Harbour News"', ""),
]


def test_a_good_list_has_no_findings():
    assert findings(LIST) == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_D06(case):
    verify(LIST, case)


def test_every_rule_has_a_case():
    assert untested(LIST, CASES, opml.RULES) == []
