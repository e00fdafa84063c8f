"""docs/checking.md lists every rule, with its severity, in the words of the tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from feedpub.check import (
    atom,
    atom_text,
    atom_values,
    check,
    documents,
    extensions,
    identity,
    json_items,
    jsonfeed,
    links,
    namespaces,
    opml,
    paging,
    rdf,
    rss,
    rss_channel,
    rss_items,
    timing,
)
from feedpub.check.content import HTML_RULES, text_rules

PAGE = Path(__file__).parents[3] / "docs" / "checking.md"
XML = b'<?xml version="1.0" encoding="utf-8"?>'

TABLES = {
    "Namespaces and extensions": (*namespaces.RULES, *extensions.RULES, documents.SIZE),
    "Atom": (*atom.RULES, *atom_values.RULES, *atom_text.RULES),
    "Links of Atom, in Atom and RSS": (*links.RULES, *paging.RULES, *links.ATOM_RULES),
    "RSS": (*rss.RULES, *rss_channel.RULES, *rss_items.RULES),
    "RSS 1.0": rdf.RULES,
    "JSON Feed": (*jsonfeed.RULES, *json_items.RULES),
    "OPML": opml.RULES,
    "Text and HTML": (*text_rules("R09"), *HTML_RULES),
    "Dates, ids and addresses": (*timing.RULES, *identity.RULES),
}
BEFORE = {  # what is found before a document is known to be a feed: a document for each
    ("J13", "error"): b'{"version": NaN}',
    ("S02", "error"): b"[" * 999,
    ("V01", "note"): XML + b'<?xml-stylesheet type="text/xsl" href="x"?><rss/>',
    ("W3C-ObsoleteNamespace", "error"): XML + b'<feed xmlns="http://purl.org/atom/ns#"/>',
    ("W3C-UndefinedElement", "error"): b"hello",
    ("X01", "error"): XML + b"<rss>",
    ("X02", "error"): b"\n" + XML + b"<rss/>",
    ("X02", "warning"): b"\xef\xbb\xbf" + XML + b"<rss/>",
    ("X02", "note"): b"<rss/>",
    ("X03", "error"): XML + b"<rss>\x08</rss>",
    ("X07", "error"): XML + b"<rss>&nbsp;</rss>",
    ("X07", "warning"): XML + b'<!DOCTYPE rss SYSTEM "x"><rss/>',
    ("X08", "error"): XML + b'<rss xmlns="x"/>',
}


def rows(heading: str) -> list[str]:
    found = re.search(
        rf"^### {re.escape(heading)}$\n(.*?)(?=^##|\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert found, f"no heading {heading}"
    return [line for line in found[1].splitlines() if line.startswith("| `")]


@pytest.mark.parametrize("heading", TABLES)
def test_the_page_lists_every_rule(heading):
    listed = {
        f"| `{rule.id}` | {rule.severity}{', habit' if rule.habit else ''} | {rule.about} |" for rule in TABLES[heading]
    }
    assert rows(heading) == sorted(listed)


def test_the_page_lists_what_is_found_before_a_feed_is_known():
    listed = {tuple(re.findall(r"`?([\w-]+)`?", row)[:2]) for row in rows("Before all else")}
    assert listed == set(BEFORE)


@pytest.mark.parametrize("kind", BEFORE, ids=str)
def test_what_is_found_before_a_feed_is_known(kind):
    assert kind in {(found.rule, found.severity) for found in check(BEFORE[kind], "x")}
