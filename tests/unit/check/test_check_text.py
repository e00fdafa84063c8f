"""Text, HTML, dates and names, whose rules are the same in every format: each case breaks one. Shown in RSS."""

from __future__ import annotations

from html import escape

import pytest

from checking import NOW, Case, findings, untested, verify
from feedpub.check import check, identity, timing
from feedpub.check.content import HTML_RULES, text_rules

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>Harbour News</title>
    <link>https://harbour.example/</link>
    <description>All that floats</description>
    <language>en</language>
    <atom:link rel="self" type="application/rss+xml" href="https://harbour.example/feed.rss"/>
    <item>
      <title>New crane lifts its first box</title>
      <link>https://harbour.example/crane</link>
      <guid isPermaLink="false">https://harbour.example/id/crane</guid>
      <pubDate>Sun, 03 May 2026 09:00:00 +0000</pubDate>
      <description>HTML</description>
      <category>Ports</category>
    </item>
    <item>
      <title>Ferry resumes</title>
      <link>https://harbour.example/ferry</link>
      <guid isPermaLink="false">https://harbour.example/id/ferry</guid>
      <pubDate>Sat, 02 May 2026 08:00:00 +0000</pubDate>
      <description>&lt;h2 id="boats"&gt;Boats&lt;/h2&gt;</description>
    </item>
  </channel>
</rss>
"""

TITLE = "<title>New crane lifts its first box</title>"
DATE = "<pubDate>Sun, 03 May 2026 09:00:00 +0000</pubDate>"
GUID = "https://harbour.example/id/crane"
LINK = "https://harbour.example/crane"
HTML = "<description>HTML</description>"
CATEGORY = "<category>Ports</category>"


def html(text: str) -> str:
    return f"<description>{escape(text)}</description>"


def title(text: str) -> str:
    return f"<title>{escape(text)}</title>"


CASES = [
    Case("R09", "warning", TITLE, title("New <b>crane</b>"), title("a<b and b>c")),
    Case("R09", "warning", TITLE, title("Smith &amp; Sons"), title("Smith & Sons")),
    Case("S04", "warning", TITLE, title("How to use &lt;script&gt;")),
    Case("X04", "warning", TITLE, title("New\x85crane\ufeff")),
    Case("X04", "warning", HTML, html("caf\ufffd")),
    Case("L05", "warning", TITLE, title("New \u202ecrane")),
    Case("Z03", "note", TITLE, title("crane " * 21), title("crane " * 19)),
    Case("L07", "note", TITLE, title("Ferry resumes")),
    Case("H01", "warning", HTML, html("<script>x()</script>")),
    Case("H01", "warning", HTML, html('<p ONCLICK="x()">a</p>'), html('<p title="onclick=x">a</p>')),
    Case(
        "H01",
        "warning",
        HTML,
        html('<a href=" java\nscript:x()">a</a>'),
        html('<a href="https://a.example/javascript:">a</a>'),
    ),
    Case("H01", "warning", HTML, html('<a href="jav&#x09;ascript:x()">a</a>')),
    Case("H01", "warning", HTML, html('<iframe srcdoc="x"></iframe>')),
    Case("H03", "warning", HTML, html('<a href="/a">a</a>'), html('<a href="https://a.example/a">a</a>')),
    Case(
        "H03",
        "warning",
        HTML,
        html('<img alt="" src="//a.example/i.png">'),
        html('<img alt="" src="https://a.example/i.png">'),
    ),
    Case(
        "H03", "warning", HTML, html('<img alt="" src="https://a.example/" srcset="https://a.example/b 1x, b.png 2x">')
    ),
    Case("H04", "warning", HTML, html('<a href="data:text/plain,x">a</a>'), html('<a href="mailto:a@b.example">a</a>')),
    Case("H04", "warning", HTML, html('<a href="http://localhost:8000/">a</a>')),
    Case("A14", "warning", HTML, html("<html><body><p>a</p></body></html>"), html("<p>a</p>")),
    Case("W3C-NotHtml", "warning", HTML, html("<para>a</para>"), html("<svg><path/></svg>")),
    Case("A11", "warning", HTML, html("&lt;p&gt;a&lt;/p&gt;"), html("<p>&lt;p&gt; begins a paragraph</p>")),
    Case("A11", "warning", HTML, html("<p>a &amp;nbsp; b</p>"), html("<p>a &nbsp; b</p>")),
    Case("H02", "note", HTML, html("<form><input></form>")),
    Case(
        "H05",
        "note",
        HTML,
        html('<img src="https://a.example/i.png">'),
        html('<img src="https://a.example/i.png" alt="">'),
    ),
    Case("H05", "note", HTML, html('<img alt="" data-src="x" src="data:image/gif;base64,R0lGOD">')),
    Case("H13", "note", HTML, html('<a href="#fn1">1</a>'), html('<a href="#fn1">1</a><p id="fn1">a</p>')),
    Case("H13", "note", HTML, html('<p id="boats">a</p>'), html('<p id="cranes">a</p>')),
    Case("H14", "note", HTML, html('<p style="color: red">a</p>')),
    Case("Z03", "note", HTML, html("a" * 300_000)),
    Case("T11", "warning", DATE, DATE.replace("Sun, 03 May 2026", "Thu, 01 Jan 1970")),
    Case(
        "T07",
        "warning",
        DATE,
        DATE.replace("Sun, 03 May 2026", "Tue, 24 Nov 2026"),
        DATE.replace("Sun, 03 May", "Sun, 22 Nov"),
    ),
    Case("T03", "note", DATE, DATE.replace("+0000", "+0200"), DATE.replace("+0000", "GMT")),
    Case("T13", "note", DATE, DATE.replace("Sun, 03", "Fri, 01"), DATE),
    Case("T06", "note", DATE, DATE.replace("Sun, 03", "Sat, 02").replace("09:", "08:")),
    Case("X11", "note", CATEGORY, "<category>Cafe\u0301</category>", "<category>Caf\u00e9</category>"),
    Case("I06", "warning", GUID, "http://www.harbour.example/id/ferry"),
    Case("S05", "warning", LINK, "http://192.168.1.20/crane"),
    Case("S05", "warning", LINK, "file:///home/ines/crane.html"),
    Case("W3C-SchemeNotIANARegistered", "warning", LINK, "harbour://crane"),
]


def test_a_good_feed_has_no_findings():
    assert findings(FEED) == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case):
    verify(FEED, case)


def test_every_rule_has_a_case():
    rules = (*text_rules("R09"), *HTML_RULES, *timing.RULES, *identity.RULES)
    assert untested(FEED, CASES, rules) == []


def test_T07_without_a_clock_no_date_is_in_the_future():
    later = FEED.replace("Sun, 03 May 2026", "Wed, 03 May 2056").encode()
    assert "T07" in {found.rule for found in check(later, "feed", now=NOW)}
    assert "T07" not in {found.rule for found in check(later, "feed")}


def test_a_tag_is_found_on_its_line():
    [found] = findings(FEED.replace(HTML, html("<p>one</p>\n<p>two</p>\n<script></script>")))
    assert (found.rule, found.line, found.entry) == ("H01", 16, GUID)


def test_the_same_rules_hold_in_atom():
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a &amp;lt;b&amp;gt;</title><content type="xhtml">'
        '<div xmlns="http://www.w3.org/1999/xhtml"><script/><a href="x">a</a></div></content></entry></feed>'
    )
    assert {"A11", "S04", "H01", "H03"} <= {found.rule for found in findings(atom)}
