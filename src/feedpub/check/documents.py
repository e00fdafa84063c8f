"""Find out which format a document has, and hold it to the rules of that format.

Takes bytes, gives findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
from feedpub.check._xml import Element, Tree, line_of, name_of, split, text_of
from feedpub.check.content import HTML_RULES, Fragment, Plain, affordable, text_rules
from feedpub.check.identity import Name
from feedpub.check.json_objects import JsonFeed
from feedpub.check.namespaces import ATOM, RDF
from feedpub.check.timing import Stamp, Timing
from feedpub.model import Finding

OLD_ATOM = "http://purl.org/atom/ns#"


def _too_much(tree: Tree) -> Iterator[Hit]:
    yield from (Hit(1, "", message) for message in identity.too_much(len(tree.labels), len(tree.text)))


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
    for entry in tree.all(f"{{{ATOM}}}entry"):
        tree.labels[entry] = _label(entry, f"{{{ATOM}}}id", f"{{{ATOM}}}title")
    yield from apply(chosen(IN_ATOM, tree.given), tree)
    yield from _shared("A11", tree.given, atom_text.plains(tree), atom_text.fragments(tree))
    yield from _named(tree.given, atom_values.stamps(tree), atom_values.names(tree))


def _rss(tree: Tree) -> Iterator[Finding]:
    for item in tree.all("item"):
        tree.labels[item] = _label(item, "guid", "title")
    yield from apply(chosen(IN_RSS, tree.given), tree)
    yield from _shared("R09", tree.given, rss_items.plains(tree), rss_items.fragments(tree))
    yield from _named(tree.given, rss_items.stamps(tree), rss_items.names(tree))


def _label(entry: Element, guid: str, title: str) -> str:
    for tag in (guid, title):
        found = entry.find(tag)
        text = " ".join(text_of(found)[:400].split()) if found is not None else ""
        if text:
            return text[:200]
    return ""


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
    yield from _shared("J04", feed.given, json_items.plains(feed), json_items.fragments(feed))
    yield from _named(feed.given, json_items.stamps(feed), json_items.names(feed))


def _shared(rule: str, given: Given, plains: Sequence[Plain], fragments: Iterable[Fragment]) -> Iterator[Finding]:
    """Try the rules of text, which are the same in every format but for the number of the first two."""
    yield from apply(chosen(text_rules(rule), given), plains)
    if rules := chosen(HTML_RULES, given):
        yield from apply(rules, affordable(fragments))


def _named(given: Given, stamps: Sequence[Stamp], names: Sequence[Name]) -> Iterator[Finding]:
    """Try the rules of dates and names, which are the same in every format."""
    yield from apply(chosen(timing.RULES, given), Timing(stamps, given.now))
    yield from apply(chosen(identity.RULES, given), names)
