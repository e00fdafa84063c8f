"""Check a feed written in XML: which format is it, and which rules hold?

Takes bytes, gives findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedpub.check import atom, atom_text, content, dates, extensions, identity, links, opml, rdf, rss, timing
from feedpub.check._finding import Finding, Given, Hit, Rule, apply
from feedpub.check._xml import Element, Page, Unreadable, line_of, name_of, parse, split, text_of
from feedpub.check.content import HTML_RULES, Fragment, Plain, text_rules
from feedpub.check.extensions import ATOM, RDF
from feedpub.check.timing import Stamp, Timing

OLD_ATOM = "http://purl.org/atom/ns#"


def check(data: bytes, given: Given) -> list[Finding]:
    """Give the findings of an XML document."""
    try:
        page, findings = parse(data, given)
    except Unreadable as failure:
        return list(failure.findings)
    namespace, name = split(str(page.root.tag))
    if namespace == ATOM and name in ("feed", "entry"):
        return findings + list(_atom(page))
    if name == "rss" and not namespace:
        return findings + list(_rss(page))
    if name == "opml":
        return findings + list(apply(opml.RULES, page))
    if name == "RDF" and namespace == RDF:
        return findings + list(apply(extensions.RULES + rdf.RULES, page))
    return [*findings, _stranger(page, namespace, name)]


def _stranger(page: Page, namespace: str, name: str) -> Finding:
    line = line_of(page.root)
    if namespace == OLD_ATOM:
        message = "this is Atom 0.3, which was a draft: most readers have dropped it"
        return Finding("W3C-ObsoleteNamespace", "error", line, "", message, "publish Atom 1.0")
    if name in ("feed", "entry", "rss"):
        message = f"the root {name} is in the namespace {namespace[:80] or '(none)'}"
        return Finding("X08", "error", line, "", message, f'write xmlns="{ATOM}" for Atom, and none for RSS')
    message = f"the document begins with {name_of(page.root)[:60]}: it is no feed"
    return Finding(
        "W3C-UndefinedElement", "error", line, "", message, "check the feed itself, not a page that links to it"
    )


def _atom(page: Page) -> Iterator[Finding]:
    for entry in page.all(f"{{{ATOM}}}entry"):
        page.labels[entry] = _label(entry, f"{{{ATOM}}}id", f"{{{ATOM}}}title")
    yield from apply(extensions.RULES, page)
    yield from apply(atom.RULES, page)
    yield from apply(atom_text.RULES + links.RULES + links.ATOM_RULES, page)
    yield from _common(page, "A11", atom_text.plains(page), atom_text.fragments(page), _atom_stamps(page))
    yield from apply(identity.RULES, atom.names_of(page))


def _rss(page: Page) -> Iterator[Finding]:
    for item in page.all("item"):
        page.labels[item] = _label(item, "guid", "title")
    yield from apply(extensions.RULES, page)
    yield from apply(rss.RULES, page)
    yield from apply(links.RULES, page)
    yield from _common(page, "R09", rss.plains(page), rss.fragments(page), rss.stamps(page))
    yield from apply(identity.RULES, rss.names(page))


def _common(
    page: Page, rule: str, plains: Sequence[Plain], fragments: Sequence[Fragment], stamps: Sequence[Stamp]
) -> Iterator[Finding]:
    yield from apply(text_rules(rule), plains)
    yield from apply(HTML_RULES, fragments)
    yield from apply(timing.RULES, Timing(stamps, page.given.now))


def _label(entry: Element, guid: str, title: str) -> str:
    for tag in (guid, title):
        found = entry.find(tag)
        text = " ".join(text_of(found)[:400].split()) if found is not None else ""
        if text:
            return text[:200]
    return ""


def _atom_stamps(page: Page) -> list[Stamp]:
    found = []
    for element in page.all(f"{{{ATOM}}}updated", f"{{{ATOM}}}published"):
        moment = dates.rfc3339(text_of(element).strip())
        entry = element.getparent()
        if moment and entry is not None:
            name = split(str(element.tag))[1]
            is_main = entry in page.labels and (name == "published" or entry.find(f"{{{ATOM}}}published") is None)
            found.append(Stamp(name, moment, line_of(element), page.label(element), is_main))
    return found
