"""RSS: each case breaks one rule. Named after the rules of the conformance checklist."""

from __future__ import annotations

import pytest

from checking import Case, findings, untested, verify
from feedpub.check import documents, extensions, namespaces, rdf, rss, rss_channel, rss_items

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
  <channel>
    <title>Harbour News</title>
    <link>https://harbour.example/</link>
    <description>All that floats</description>
    <language>en</language>
    <lastBuildDate>Sun, 03 May 2026 10:00:00 +0000</lastBuildDate>
    <atom:link rel="self" type="application/rss+xml" href="https://harbour.example/feed.rss"/>
    <item>
      <title>New crane lifts its first box</title>
      <link>https://harbour.example/crane</link>
      <guid isPermaLink="false">tag:harbour.example,2026-05-03:crane</guid>
      <pubDate>Sun, 03 May 2026 09:00:00 +0000</pubDate>
      <dc:creator>Ines Porto</dc:creator>
      <description>It weighs 30 tonnes.</description>
      <content:encoded>&lt;p&gt;It took an hour.&lt;/p&gt;</content:encoded>
      <category>Ports</category>
    </item>
    <item>
      <title>Ferry resumes</title>
      <link>https://harbour.example/ferry</link>
      <guid isPermaLink="false">tag:harbour.example,2026-05-02:ferry</guid>
      <pubDate>Sat, 02 May 2026 08:00:00 +0000</pubDate>
      <description>&lt;p&gt;Twice a day.&lt;/p&gt;</description>
    </item>
  </channel>
</rss>
"""

TITLE = "<title>Harbour News</title>"
LINK = "<link>https://harbour.example/</link>"
LANGUAGE = "<language>en</language>"
BUILT = "<lastBuildDate>Sun, 03 May 2026 10:00:00 +0000</lastBuildDate>"
SELF = '<atom:link rel="self" type="application/rss+xml" href="https://harbour.example/feed.rss"/>'
ITEM_LINK = "<link>https://harbour.example/crane</link>"
GUID = '<guid isPermaLink="false">tag:harbour.example,2026-05-03:crane</guid>'
DATE = "<pubDate>Sun, 03 May 2026 09:00:00 +0000</pubDate>"
CREATOR = "<dc:creator>Ines Porto</dc:creator>"
DESCRIPTION = "<description>It weighs 30 tonnes.</description>"
ENCODED = "<content:encoded>&lt;p&gt;It took an hour.&lt;/p&gt;</content:encoded>"
CATEGORY = "<category>Ports</category>"
SECOND = "<title>Ferry resumes</title>"
SECOND_HTML = "<description>&lt;p&gt;Twice a day.&lt;/p&gt;</description>"
NAMESPACES = 'xmlns:media="http://search.yahoo.com/mrss/"'
FILE = '<enclosure url="https://harbour.example/a.mp3" length="9" type="audio/mpeg"/>'
IMAGE = "<image><url>https://harbour.example/i.png</url><title>Harbour News</title><link>https://harbour.example/</link>{}</image>"
INPUT = (
    "<textInput><title>Ask</title><description>us</description>{}<link>https://harbour.example/ask</link></textInput>"
)
CLOUD = '<cloud domain="harbour.example" port="{}" path="/rpc" registerProcedure="ask" protocol="xml-rpc"{}'
MEDIA = '<media:content url="https://harbour.example/a.jpg" {}/>'


def channel(rest: str) -> str:
    return LANGUAGE + rest


def item(rest: str) -> str:
    return CATEGORY + rest


def extension(prefix: str, address: str, rest: str) -> str:
    return CATEGORY + rest.replace(
        "<" + prefix,
        f'<{prefix.partition(":")[0]}:{prefix.partition(":")[2]} xmlns:{prefix.partition(":")[0]}="{address}"',
        1,
    )


SLASH = "http://purl.org/rss/1.0/modules/slash/"
SY = "http://purl.org/rss/1.0/modules/syndication/"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
GEO = "http://www.georss.org/georss"

CASES = [
    Case("R01", "error", '<rss version="2.0"', "<rss"),
    Case("R01", "error", '<rss version="2.0"', '<rss version="2.1"'),
    Case("R01", "note", '<rss version="2.0"', '<rss version="0.92"'),
    Case(
        "R01",
        "error",
        "</channel>",
        "</channel><channel><title>a</title><link>https://a.example/</link><description/></channel>",
    ),
    Case("R02", "error", TITLE, ""),
    Case("R02", "error", LANGUAGE, LANGUAGE * 2),
    Case("R02", "error", DATE, DATE * 2),
    Case("R03", "warning", "</channel>", "<copyright>us</copyright></channel>", "</channel>"),
    Case("R03", "warning", DESCRIPTION + "\n      " + ENCODED, ENCODED + DESCRIPTION, DESCRIPTION + ENCODED),
    Case(
        "R04",
        "error",
        SECOND_HTML + "\n    </item>",
        SECOND_HTML
        + "</item><item><pubDate>Fri, 01 May 2026 09:00:00 +0000</pubDate><guid>https://harbour.example/x</guid></item>",
    ),
    Case("R04", "warning", GUID, ""),
    Case("R04", "note", ITEM_LINK, ""),
    Case("R05", "error", GUID, "<guid>crane</guid>", '<guid isPermaLink="false">crane</guid>'),
    Case(
        "R05",
        "error",
        GUID,
        "<guid>tag:harbour.example,2026:crane</guid>",
        "<guid>https://harbour.example/crane</guid>",
    ),
    Case("R05", "error", GUID, '<guid isPermaLink="false"></guid>'),
    Case("R05", "error", GUID, '<guid isPermaLink="yes">https://harbour.example/crane</guid>'),
    Case("R05", "note", GUID, "<guid>https://harbour.example/2</guid>", "<guid>https://harbour.example/crane</guid>"),
    Case("I06", "error", GUID, GUID.replace("03:crane", "02:ferry")),
    Case("I03", "warning", GUID, '<guid isPermaLink="false">42</guid>'),
    Case("R06", "error", LINK, "<link>/news</link>"),
    Case(
        "R06",
        "error",
        ITEM_LINK,
        "<link>https://harbour.example/größe</link>",
        "<link>https://harbour.example/gr%C3%B6%C3%9Fe</link>",
    ),
    Case("R06", "error", ITEM_LINK, "<link/>"),
    Case("R06", "error", LANGUAGE, channel("<docs>http:///x</docs>"), channel("<docs>http://x/</docs>")),
    Case("R07", "error", CREATOR, "<author>Ines Porto</author>", "<author>ines@a.example (Ines Porto)</author>"),
    Case("R07", "note", CREATOR, CREATOR * 2),
    Case(
        "R08",
        "warning",
        LANGUAGE,
        channel("<webMaster>ines@a.example</webMaster>"),
        channel("<webMaster>ines@a.example (Ines)</webMaster>"),
    ),
    Case("R10", "note", SECOND, "<title>Ferry &amp; bus</title>", "<title>Ferry &#x26; bus</title>"),
    Case("R11", "error", SECOND_HTML, "<description><p>Twice</p></description>", SECOND_HTML),
    Case("R11", "error", ENCODED, "<content:encoded><dc:x>An hour</dc:x></content:encoded>", also="E07"),
    Case("R13", "error", LANGUAGE, channel("<ttl>1.5</ttl>"), channel("<ttl>60</ttl>")),
    Case(
        "R13",
        "error",
        LANGUAGE,
        channel("<skipHours><hour>25</hour></skipHours>"),
        channel("<skipHours><hour>0</hour></skipHours>"),
    ),
    Case(
        "R13",
        "warning",
        LANGUAGE,
        channel("<skipHours><hour>24</hour></skipHours>"),
        channel("<skipHours><hour>0</hour></skipHours>"),
    ),
    Case(
        "R13",
        "error",
        LANGUAGE,
        channel("<skipDays><day>Mon</day></skipDays>"),
        channel("<skipDays><day>Monday</day></skipDays>"),
    ),
    Case("R13", "error", LANGUAGE, channel("<skipDays><day>Monday</day><day>Monday</day></skipDays>")),
    Case("R13", "error", LANGUAGE, channel("<skipDays/>")),
    Case(
        "R14",
        "error",
        LANGUAGE,
        channel(IMAGE.format("").replace("<url>https://harbour.example/i.png</url>", "")),
        channel(IMAGE.format("")),
    ),
    Case(
        "R14",
        "error",
        LANGUAGE,
        channel(IMAGE.format("<width>145</width>")),
        channel(IMAGE.format("<width>144</width>")),
    ),
    Case(
        "R14",
        "error",
        LANGUAGE,
        channel(IMAGE.format("<height>0</height>")),
        channel(IMAGE.format("<height>400</height>")),
    ),
    Case(
        "R14", "warning", LANGUAGE, channel(IMAGE.format("").replace("Harbour News", "Logo")), channel(IMAGE.format(""))
    ),
    Case(
        "R14",
        "warning",
        LANGUAGE,
        channel(IMAGE.format("").replace(".png", ".webp")),
        channel(IMAGE.format("").replace(".png", ".gif")),
    ),
    Case(
        "R15",
        "error",
        LANGUAGE,
        channel(CLOUD.format(80, "/>").replace(' path="/rpc"', "")),
        channel(CLOUD.format(80, "/>")),
    ),
    Case("R15", "error", LANGUAGE, channel(CLOUD.format("http", "/>")), channel(CLOUD.format(80, "/>"))),
    Case(
        "W3C-UnexpectedText",
        "error",
        LANGUAGE,
        channel(CLOUD.format(80, ">x</cloud>")),
        channel(CLOUD.format(80, "/>")),
    ),
    Case("R15", "error", LANGUAGE, channel(INPUT.format("")), channel(INPUT.format("<name>q</name>"))),
    Case("R15", "error", LANGUAGE, channel(INPUT.format("<name>1</name>")), channel(INPUT.format("<name>q</name>"))),
    Case("R15", "warning", LANGUAGE, channel(INPUT.format("<name>q</name>")), LANGUAGE),
    Case("R16", "error", CATEGORY, item(FILE.replace(' length="9"', "")), item(FILE)),
    Case("R16", "error", CATEGORY, item(FILE.replace('"9"', '"-1"')), item(FILE.replace('"9"', '"0"'))),
    Case("R16", "error", CATEGORY, item(FILE.replace("audio/mpeg", "mp3")), item(FILE)),
    Case("R16", "error", CATEGORY, item(FILE.replace("https:", "ftp:")), item(FILE.replace("https:", "http:"))),
    Case("R16", "warning", CATEGORY, item(FILE * 2), item(FILE)),
    Case("R17", "note", CATEGORY, item(FILE.replace("audio/mpeg", "image/png")), item(FILE)),
    Case(
        "A17",
        "error",
        CATEGORY,
        item("<source>Wire</source>"),
        item('<source url="https://wire.example/rss">Wire</source>'),
    ),
    Case("A17", "error", CATEGORY, item('<source url="rss">Wire</source>')),
    Case("R18", "note", CATEGORY, "<category>Ports, ships</category>"),
    Case("R19", "warning", SELF, ""),
    Case("R20", "warning", CATEGORY, item("<dc:subject>Ports</dc:subject>"), CATEGORY),
    Case("L01", "error", LANGUAGE, "<language>english</language>", "<language>en-us</language>"),
    Case("L02", "note", LANGUAGE, ""),
    Case("T02", "error", DATE, "<pubDate>2026-05-03T09:00:00Z</pubDate>"),
    Case("T02", "error", DATE, "<pubDate>Mon, 03 May 2026 09:00:00 +0000</pubDate>"),
    Case("T02", "warning", DATE, "<pubDate>3 may 26 09:00 GMT</pubDate>"),
    Case("T03", "note", BUILT, BUILT.replace("+0000", "EST")),
    Case("T11", "warning", DATE, ""),
    Case("W3C-NotBlank", "warning", CATEGORY, "<category/>"),
    Case("W3C-UndefinedElement", "error", CATEGORY, "<tag>Ports</tag>"),
    Case("W3C-UndefinedElement", "error", CATEGORY, "<ttl>60</ttl>"),
    Case(
        "W3C-NotInANamespace",
        "error",
        CATEGORY,
        item(MEDIA.format("").replace("/>", "><x/></media:content>")),
        item(MEDIA.format("")),
    ),
    Case("W3C-UnexpectedAttribute", "error", GUID, GUID.replace("isPermaLink", "ispermalink"), also="R05"),
    Case("W3C-UnexpectedText", "error", CATEGORY, item("stray")),
    Case("W3C-UseOfExtensionAttr", "warning", CATEGORY, '<category media:scheme="x">Ports</category>'),
    # extensions and namespaces
    Case("E01", "error", NAMESPACES, NAMESPACES.replace("mrss/", "mrss")),
    Case(
        "E01",
        "error",
        CATEGORY,
        item(f"<media:group>{MEDIA.format('')}</media:group>"),
        item(f"<media:group>{MEDIA.format('') * 2}</media:group>"),
    ),
    Case("E01", "error", CATEGORY, item("<media:content/>"), item(MEDIA.format(""))),
    Case("E07", "error", CATEGORY, item("<dc:author>Ines</dc:author>")),
    Case("E07", "error", CATEGORY, item("<dc:title>a</dc:title><dc:title>b</dc:title>")),
    Case(
        "E07",
        "error",
        CATEGORY,
        item("<dc:publisher><b>Wire</b></dc:publisher>"),
        item("<dc:publisher>Wire</dc:publisher>"),
        also="W3C-NotInANamespace",
    ),
    Case("E07", "error", DATE, "<dc:date>3 May 2026</dc:date>", "<dc:date>2026-05-03</dc:date>"),
    Case(
        "E07",
        "error",
        CATEGORY,
        item(MEDIA.format('width="wide"')),
        item(MEDIA.format('width="9" lang="en" type="image/png"')),
    ),
    Case(
        "E07", "error", CATEGORY, item("<media:thumbnail/>"), item('<media:thumbnail url="https://a.example/t.jpg"/>')
    ),
    Case("E07", "error", CATEGORY, item('<dc:publisher role="x">Wire</dc:publisher>')),
    Case(
        "E07",
        "error",
        CATEGORY,
        extension("slash:comments", SLASH, "<slash:comments>-1</slash:comments>"),
        extension("slash:comments", SLASH, "<slash:comments>0</slash:comments>"),
    ),
    Case(
        "E07",
        "error",
        LANGUAGE,
        LANGUAGE + f'<sy:updatePeriod xmlns:sy="{SY}">often</sy:updatePeriod>',
        LANGUAGE + f'<sy:updatePeriod xmlns:sy="{SY}">daily</sy:updatePeriod>',
    ),
    Case(
        "E07",
        "error",
        CATEGORY,
        extension("itunes:duration", ITUNES, "<itunes:duration>long</itunes:duration>"),
        extension("itunes:duration", ITUNES, "<itunes:duration>1:02:03</itunes:duration>"),
    ),
    Case(
        "E07",
        "error",
        CATEGORY,
        extension("georss:point", GEO, "<georss:point>60</georss:point>"),
        extension("georss:point", GEO, "<georss:point>60.1 24.9</georss:point>"),
    ),
    Case(
        "L01", "error", LANGUAGE, '<language xml:lang="english">en</language>', '<language xml:lang="en">en</language>'
    ),
    Case(
        "X08",
        "error",
        NAMESPACES,
        NAMESPACES + ' xmlns:slash="https://purl.org/rss/1.0/modules/slash/"',
        NAMESPACES + f' xmlns:slash="{SLASH}"',
    ),
    Case("X08", "warning", NAMESPACES, NAMESPACES + ' xmlns:thr="https://harbour.example/ns"'),
    Case("X08", "note", NAMESPACES, NAMESPACES + f' xmlns:s="{SLASH}"'),
    Case("W3C-UnknownNamespace", "note", NAMESPACES, NAMESPACES + ' xmlns:h="https://harbour.example/ns"'),
    Case("Z01", "warning", CATEGORY, item(f"<!-- {'x' * 1_000_000} -->")),
]

RDF = """<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xml:lang="en">
  <channel rdf:about="https://harbour.example/">
    <title>Harbour News</title><link>https://harbour.example/</link><description>All that floats</description>
    <items><rdf:Seq><rdf:li rdf:resource="https://harbour.example/crane"/></rdf:Seq></items>
  </channel>
  <item rdf:about="https://harbour.example/crane"><title>New crane</title><link>https://harbour.example/crane</link></item>
</rdf:RDF>
"""
RDF_CASES = [
    Case("R01", "note", "All that floats", "All that swims"),
    Case("R02", "error", "<title>New crane</title>", ""),
    Case(
        "R02", "error", '<items><rdf:Seq><rdf:li rdf:resource="https://harbour.example/crane"/></rdf:Seq></items>', ""
    ),
    Case("R06", "error", "<link>https://harbour.example/crane</link>", "<link>crane</link>"),
    Case("W3C-InvalidRDF", "error", '<item rdf:about="https://harbour.example/crane">', "<item>"),
    Case(
        "W3C-InvalidRDF",
        "error",
        '<item rdf:about="https://harbour.example/crane">',
        '<item rdf:about="https://harbour.example/">',
    ),
]


def test_a_good_feed_has_no_findings():
    assert findings(FEED) == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case):
    verify(FEED, case)


def test_every_rule_has_a_case():
    rules = (*rss.RULES, *rss_channel.RULES, *rss_items.RULES, *extensions.RULES, *namespaces.RULES, documents.SIZE)
    assert untested(FEED, CASES, rules) == []


@pytest.mark.parametrize("case", RDF_CASES, ids=str)
def test_rule_of_rss_1(case):
    verify(RDF, case)


def test_every_rule_of_rss_1_has_a_case():
    assert {found.severity for found in findings(RDF)} == {"note"}
    assert untested(RDF, RDF_CASES, rdf.RULES) == []


def test_R01_rss_stands_in_no_namespace():
    [found] = [
        found for found in findings('<rss xmlns="http://a.example/" version="2.0"/>') if found.severity == "error"
    ]
    assert found.rule == "X08"


def test_Z01_a_feed_of_301_entries_is_long():
    items = "".join(
        f'<item><title>{n}</title><guid isPermaLink="false">tag:a.example,2026:{n}</guid></item>' for n in range(301)
    )
    long = {
        found.message for found in findings(FEED.replace("</channel>", items + "</channel>")) if found.rule == "Z01"
    }
    assert long == {"the feed has 303 entries, and one reader stops after 300"}


def test_an_item_without_a_guid_is_named_by_its_title():
    [found] = [found for found in findings(FEED.replace(GUID, "")) if found.rule == "R04"]
    assert found.entry == "New crane lifts its first box"
