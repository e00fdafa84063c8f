"""Find out which format a document has, and hold it to the rules of that format.

Takes bytes, gives findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from feedpub.check import (
    _json,
    _xml,
    atom,
    atom_text,
    atom_values,
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
from feedpub.check._finding import Given, Hit, Rule, Unreadable, apply, chosen
from feedpub.check._xml import Tree, line_of, name_of, split
from feedpub.check.content import HTML_RULES, Fragment, Plain, affordable, text_rules
from feedpub.check.identity import Name
from feedpub.check.json_objects import JsonFeed
from feedpub.check.namespaces import ATOM, RDF
from feedpub.check.timing import Stamp, Timing
from feedpub.model import Finding

OLD_ATOM = "http://purl.org/atom/ns#"

Document = TypeVar("Document", Tree, JsonFeed)


def _too_much(tree: Tree) -> Iterator[Hit]:
    yield from (
        Hit(1, "", message) for message in identity.too_much(len(tree.by_tag.get(tree.entry, ())), len(tree.text))
    )


SIZE = Rule(
    "Z01",
    "warning",
    "A feed has at most 300 entries and 1 MB",
    "publish the newest, and the rest in archives",
    _too_much,
    habit=True,
)
IN_XML = (*namespaces.RULES, *extensions.RULES)
IN_LINKS = (*links.RULES, *paging.RULES)
IN_ATOM = (*IN_XML, *atom.RULES, *atom_values.RULES, *atom_text.RULES, *IN_LINKS, *links.ATOM_RULES, SIZE)
IN_RSS = (*IN_XML, *rss.RULES, *rss_channel.RULES, *rss_items.RULES, *IN_LINKS, SIZE)
IN_RDF = (*IN_XML, *rdf.RULES)
IN_JSON = (*jsonfeed.RULES, *json_items.RULES)


def check_xml(data: bytes, given: Given) -> list[Finding]:
    """Give the findings of an XML document."""
    try:
        tree, findings = _xml.parse(data, given)
    except Unreadable as failure:
        return list(failure.findings)
    namespace, name = split(str(tree.root.tag))
    if namespace == ATOM and name in ("feed", "entry"):
        return findings + list(_atom(tree))
    if name == "rss" and not namespace:
        return findings + list(_rss(tree))
    if name == "opml" and not namespace:
        return findings + list(apply(chosen(opml.RULES, given), tree))
    if name == "RDF" and namespace == RDF:
        return findings + list(apply(chosen(IN_RDF, given), tree))
    return [*findings, _stranger(tree, namespace, name)]


def _stranger(tree: Tree, namespace: str, name: str) -> Finding:
    line = line_of(tree.root)
    if namespace == OLD_ATOM:
        message = "this is Atom 0.3, which was a draft: most readers have dropped it"
        return Finding("W3C-ObsoleteNamespace", "error", line, "", message, "publish Atom 1.0")
    if name in ("feed", "entry", "rss"):
        message = f"the root {name} is in the namespace {namespace[:80] or '(none)'}"
        return Finding("X08", "error", line, "", message, f'write xmlns="{ATOM}" for Atom, and none for RSS')
    message = f"the document begins with {name_of(tree.root)[:60]}: it is no feed"
    remedy = "check the feed itself, not a page that links to it"
    return Finding("W3C-UndefinedElement", "error", line, "", message, remedy)


def _atom(tree: Tree) -> Iterator[Finding]:
    tree.entry, tree.label_tags = f"{{{ATOM}}}entry", (f"{{{ATOM}}}id", f"{{{ATOM}}}title")
    yield from apply(chosen(IN_ATOM, tree.given), tree)
    yield from _shared("A11", tree, atom_text.plains, atom_text.fragments)
    yield from _named(tree, atom_values.stamps, atom_values.names)


def _rss(tree: Tree) -> Iterator[Finding]:
    tree.entry, tree.label_tags = "item", ("guid", "title")
    yield from apply(chosen(IN_RSS, tree.given), tree)
    yield from _shared("R09", tree, rss_items.plains, rss_items.fragments)
    yield from _named(tree, rss_items.stamps, rss_items.names)


def check_json(data: bytes, given: Given) -> list[Finding]:
    """Give the findings of a JSON document."""
    root, findings = _json.parse(data)
    if root is None:
        return findings
    if not isinstance(root.value, dict) or not (root.get("version") or root.get("items")):
        message = "this is JSON, and no JSON Feed: it has neither version nor items"
        return [*findings, Finding("J01", "error", root.line, "", message, f"write version, {jsonfeed.VERSIONS[0]}")]
    return findings + list(_json_feed(JsonFeed(root, given, len(data))))


def _json_feed(feed: JsonFeed) -> Iterator[Finding]:
    yield from apply(chosen(IN_JSON, feed.given), feed)
    yield from _shared("J04", feed, json_items.plains, json_items.fragments)
    yield from _named(feed, json_items.stamps, json_items.names)


def _shared(
    rule: str,
    document: Document,
    plains: Callable[[Document], Sequence[Plain]],
    fragments: Callable[[Document], Iterable[Fragment]],
) -> Iterator[Finding]:
    """Try the rules of text, which are the same in every format but for the number of the first two."""
    if of_text := chosen(text_rules(rule), document.given):
        yield from apply(of_text, plains(document))
    if of_html := chosen(HTML_RULES, document.given):
        yield from apply(of_html, affordable(fragments(document)))


def _named(
    document: Document, stamps: Callable[[Document], Sequence[Stamp]], names: Callable[[Document], Sequence[Name]]
) -> Iterator[Finding]:
    """Try the rules of dates and names, which are the same in every format."""
    given = document.given
    if of_dates := chosen(timing.RULES, given):
        yield from apply(of_dates, Timing(stamps(document), given.now))
    if of_names := chosen(identity.RULES, given):
        yield from apply(of_names, names(document))
