"""Whatever a document holds: it is read safely, within bounds, and never raises. Rules X, S02 and what is no feed."""

from __future__ import annotations

import gzip
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.check import Finding, check

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
FEED = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour News</title>
<link>https://harbour.example/</link><description>All that floats</description><language>en</language>
<atom:link rel="self" type="application/rss+xml" href="https://harbour.example/feed.rss"/></channel></rss>"""


def rules(data: bytes | str, severity: str = "error") -> list[str]:
    found = check(data if isinstance(data, bytes) else data.encode(), "feed")
    return [finding.rule for finding in found if finding.severity == severity]


def xml(body: str) -> list[Finding]:
    return [found for found in check((DECLARATION + body).encode(), "feed") if found.severity == "error"]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_a_good_document_has_no_findings():
    assert check((DECLARATION + FEED).encode(), "feed") == []


# ── well-formedness, characters, encodings ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "body",
    [
        "<rss><channel></rss>",
        "<rss>a & b</rss>",
        "<rss>]]></rss>",
        '<rss a="1" a="2"/>',
        '<rss xmlns:p="u:a" xmlns:q="u:a" p:x="1" q:x="2"/>',
        "<rss/><rss/>",
        "<rss>\n<dc:date/>\n</rss>",
        '<rss p:x="1"/>',
        '<rss xmlns:p=""/>',
        "<a:b:c/>",
    ],
)
def test_X01_well_formed_with_every_prefix_declared(body):
    assert {found.rule for found in xml(body)} == {"X01"}


def test_X01_the_line_is_told():
    assert xml("<rss>\n<channel>\n<dc:date/></channel></rss>")[0].line == 3


def test_X01_each_undeclared_prefix_is_told():
    assert len(xml("<rss>\n<dc:date/>\n<media:content/>\n</rss>")) == 2


def test_X01_xml_11_is_an_error():
    assert rules(DECLARATION.replace("1.0", "1.1") + FEED) == ["X01"]


@pytest.mark.parametrize("body", ["<rss>a\x08b</rss>", "<rss>a&#8;b</rss>", "<rss>&#xFFFE;</rss>", "<rss a='\x01'/>"])
def test_X03_illegal_characters(body):
    assert [found.rule for found in xml(body)] == ["X03"]


PLACES = [
    "<a>{}</a>",
    "<a>é{}</a>",
    '<a b="é{}"/>',
    "<!-- {} --><a/>",
    "<?a {}?><a/>",
    "<a><![CDATA[é{}]]></a>",
    "<a/>{}",
]


@pytest.mark.parametrize("place", [*PLACES, '<?xml version="1.0" {}?><a/>', '<!DOCTYPE a SYSTEM "{}"><a/>'])
def test_X03_no_character_that_XML_forbids_is_overlooked_anywhere(place):
    illegal = [char for char in map(chr, (*range(32), 0xFFFE, 0xFFFF)) if char not in "\t\n\r"]
    found = [check(place.format(char).encode(), "feed.rss") for char in illegal]
    assert {finding.rule for findings in found for finding in findings if finding.severity == "error"} <= {"X03", "X07"}
    assert all("X03" in [finding.rule for finding in findings] for findings in found)


@pytest.mark.parametrize(
    "body", ["<rss>&nbsp;</rss>", "<rss a='&copy;'/>", '<!DOCTYPE rss SYSTEM "x"><rss>&nbsp;</rss>']
)
def test_X07_entities(body):
    assert [found.rule for found in xml(body)] == ["X07"]


def test_X07_a_document_type_is_a_warning_and_the_rest_is_checked():
    doctype = '<!DOCTYPE rss PUBLIC "-//a//b" "https://a.example/x.dtd">'
    assert rules(DECLARATION + doctype + FEED, "warning") == ["X07"]
    assert rules(DECLARATION + doctype + FEED.replace("<title>Harbour News</title>", "")) == ["R02"]


def test_X02_nothing_stands_before_the_declaration():
    assert rules("\n" + DECLARATION + FEED) == ["X02"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "windows-1252"])
def test_X02_other_encodings_are_read_with_a_warning(encoding):
    declared = DECLARATION.replace("utf-8", encoding.removesuffix("-le").removesuffix("-be"))
    data = (declared + FEED.replace("Harbour", "Hafengröße")).encode(encoding)
    assert (rules(data), rules(data, "warning")) == ([], ["X02"])


@pytest.mark.parametrize(
    "data",
    [
        DECLARATION.encode() + b"\n<rss>\xff</rss>",
        DECLARATION.replace("utf-8", "utf-16").encode() + b"<rss/>",
        DECLARATION.replace("utf-8", "klingon").encode() + b"<rss/>",
        DECLARATION.replace("utf-8", "zlib").encode() + b"<rss/>",
        DECLARATION.replace("utf-8", "utf-7").encode() + b"+ADwAIQ-DOCTYPE",
        DECLARATION.replace("utf-8", "us-ascii").encode() + "<rss>é</rss>".encode(),
    ],
)
def test_X02_the_bytes_are_what_they_claim_to_be(data):
    assert rules(data) == ["X02"]


def test_X02_a_mark_that_contradicts_the_declaration():
    assert rules(b"\xef\xbb\xbf" + DECLARATION.replace("utf-8", "us-ascii").encode() + FEED.encode()) == ["X02"]


def test_X02_small_oddities_are_warnings_and_notes():
    assert rules(b"\xef\xbb\xbf" + (DECLARATION + FEED).encode(), "warning") == ["X02"]
    assert rules(FEED, "note") == ["X02"]
    assert rules(DECLARATION + f"<!--{'-=' * 300}-->" + FEED, "warning") == ["X02"]


def test_V01_a_stylesheet_in_xslt_is_noted():
    sheet = '<?xml-stylesheet type="text/xsl" href="feed.xsl"?>'
    assert rules(DECLARATION + sheet + FEED, "note") == ["V01"]
    assert rules(DECLARATION + sheet.replace("xsl", "css") + FEED, "note") == []


# ── S02: hostile documents ──────────────────────────────────────────────────────────────────────

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "body",
    [
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss>&l9;</rss>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>',
        '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><rss/>',
        '<!-- a --><?b c?>\n<!DOCTYPE rss SYSTEM "x" [<!ATTLIST rss a CDATA "b">]><rss/>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_S02_document_types_with_declarations_are_refused(body, encoding):
    data = (DECLARATION.replace("utf-8", encoding) + body).encode(encoding)
    found = check(data, "feed")
    assert {finding.rule for finding in found if finding.severity == "error"} == {"X07"}
    assert "root:" not in str(found)


@pytest.mark.parametrize(
    "data",
    [
        (DECLARATION + "<rss>" + "<a>" * 100_000 + "</a>" * 100_000 + "</rss>").encode(),
        (DECLARATION + "<rss>" + "<a>" * 100_000).encode(),
        (DECLARATION + "<rss>" + "<a/>" * 400_000 + "</rss>").encode(),
        (DECLARATION + "<rss " + " ".join(f'a{n}="1"' for n in range(2000)) + "/>").encode(),
        (DECLARATION + "<rss>" + "".join(f'<a xmlns="u:{n}"/>' for n in range(21_000)) + "</rss>").encode(),
        (DECLARATION + "<rss>" + "a" * 12_000_000 + "</rss>").encode(),
        b" " * (33 * 1024 * 1024),
        b"[" * 1_000_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b"[" + b"1," * 400_000 + b"1]",
    ],
    ids=["deep", "open", "tags", "attributes", "namespaces", "text", "large", "json-deep", "json-objects", "json-many"],
)
def test_S02_bounds(data):
    assert rules(data) == ["S02"]


@pytest.mark.parametrize(
    "html",
    [
        "<" * 90_000,
        "<!--" * 90_000,
        '<a "' * 90_000,
        "<a " + "a=b " * 90_000,
        '<img srcset="' + " " * 900_000,
        "&" * 90_000,
    ],
)
def test_S02_html_is_read_once(html):
    body = FEED.replace(
        "</channel>", f"<item><title>a</title><description><![CDATA[{html}]]></description></item></channel>"
    )
    assert rules(DECLARATION + body) == []


@pytest.mark.parametrize("data", [gzip.compress(FEED.encode()), b"PK\x03\x04rest"])
def test_X02_what_is_compressed_is_not_unpacked(data):
    [found] = check(data, "feed")
    assert (found.rule, found.severity) == ("X02", "error")


# ── what is no feed ─────────────────────────────────────────────────────────────────────────────


def test_a_page_is_no_feed():
    for page in (b"<!doctype html><title>a<p>b", b"<!-- a -->\n<HTML>", DECLARATION.encode() + b"<html/>"):
        [found] = check(page, "feed")
        assert found.message == "the document is an HTML page"


@pytest.mark.parametrize("data", [b"", b" \n", b"\0" * 99, b"hello", b"%PDF-1.7", b"<html/>", b"<", b"{"])
def test_what_is_no_feed_has_one_error(data):
    assert len(rules(data)) == 1


@given(st.binary(max_size=300))
def test_no_bytes_raise(data):
    check(data, "feed")
    check(b"<rss>" + data, "feed")
    check(b'{"version": ' + data, "feed")


TAGS = "<rss version='2.0'>|<channel>|<item>|<guid>|</guid>|</item>|</channel>|</rss>|<a:b |xmlns:a='u'|>".split("|")
MARKUP = "& &#8; é ]]> <![CDATA[ <!-- <?xml ?> <!DOCTYPE [ ' \"".split()
PIECES = st.sampled_from([*TAGS, *MARKUP])


@given(st.lists(PIECES, max_size=30))
def test_no_markup_raises(pieces):
    check("".join(pieces).encode(), "feed")


# ── what feedpub itself publishes ───────────────────────────────────────────────────────────────

ROOT = Path(__file__).parents[3]
PUBLISHED = [
    path
    for folder in ("feeds", "tests/golden/feeds")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".atom", ".rss", ".json", ".opml")
]


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: str(path.relative_to(ROOT)))
def test_our_own_feeds_have_no_errors(path):
    assert rules(path.read_bytes()) == []
