"""What a page declares of itself for machines: JSON-LD, microdata, Open Graph, Dublin Core, `time`, links.

Takes a tree, gives Clues whose values are as they were written; the best of each field comes first. Never judges them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from lxml import etree

from feedpub.formats import _dated, _things
from feedpub.formats._fields import plain
from feedpub.formats._things import LISTS, MOST, PROPERTIES
from feedpub.formats._tree import LONGEST, elements, printed
from feedpub.model import Clue, Trust
from feedpub.normalise import one_line

METAS: dict[str, Sequence[str]] = {  # the names of meta elements, the best first
    "title": ("og:title", "dc.title", "dcterms.title", "twitter:title", "parsely-title", "sailthru.title", "title"),
    "authors": (
        "author",
        "article:author_name",
        "dc.creator",
        "dcterms.creator",
        "dc.contributor",
        "parsely-author",
        "sailthru.author",
        "byl",
        "citation_author",
        "og:article:author",
        "article:author",
        "creator",
    ),
    "published": (
        "article:published_time",
        "og:article:published_time",
        "article:published",
        "datepublished",
        "publish-date",
        "publishdate",
        "publish_date",
        "pubdate",
        "publication_date",
        "published-date",
        "published_time",
        "parsely-pub-date",
        "sailthru.date",
        "dcterms.created",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.date",
        "dc.date",
        "dc.date.created",
        "article.published",
        "article_date_original",
        "cxenseparse:recs:publishtime",
        "citation_publication_date",
        "originalpublicationdate",
        "ptime",
        "pdate",
        "date",
        "og:pubdate",
    ),
    "updated": (
        "article:modified_time",
        "og:updated_time",
        "datemodified",
        "dcterms.modified",
        "dc.date.modified",
        "last-modified",
        "lastmod",
        "utime",
    ),
    "categories": (
        "article:section",
        "og:article:section",
        "section",
        "parsely-section",
        "cxenseparse:category",
        "dc.subject",
        "articlesection",
        "category",
    ),
    "tags": ("article:tag", "og:article:tag", "news_keywords", "parsely-tags", "keywords"),
    "language": ("dc.language", "dcterms.language", "content-language", "language"),
    "site": ("og:site_name", "application-name", "dc.publisher", "twitter:site", "publisher"),
}
KNOWN = frozenset(name for names in METAS.values() for name in names)
_OTHER = re.compile(r"[^a-z]+")
PUBLISHED = re.compile(
    r"(?:publish(?:ed)?(?:time|date|at|on|day)|pub(?:lication)?(?:date|day)|(?:date|first)published)$"
)
UPDATED = re.compile(r"(?:modified|updated?)(?:time|date|at|on)?$")
SITE_MARK = re.compile(r"(?:site|blog)-?_?(?:title|name|header)(?![\w-])|\blogo|\bbrand")  # in the class of a heading
HOME = re.compile(r"(?:https?://[^/?#]+)?/?(?:index\.(?:html?|php))?")
LONGEST_MARK = 200  # characters of a class that are looked at
PUBLISHING = re.compile(r"(?<!status-)publish")  # in a class; `status-publish` is said of whole articles
AROUND = 2  # elements around a `time` whose class may say of what it is
MOST_HEADINGS, MOST_TIMES = 4, 12  # of a page that are looked at

Metas = dict[str, list[str]]


def clues(root: etree._Element, address: str) -> Iterator[Clue]:
    """All that a page declares."""
    metas = _metas(root)
    declared = [
        *_things.clues(root),
        *_of_metas(metas),
        *_of_microdata(root),
        *_of_elements(root),
        *_of_rare_metas(metas),
    ]
    yield from declared
    if not any(clue.field in ("published", "time") for clue in declared):
        yield from _dated.clues(root)
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    if language:
        yield _clue("language", language[:LONGEST], "html-lang")
    if address:
        yield _clue("canonical", address, "link-canonical")


def _clue(field: str, value: Any, rule: str) -> Clue:
    return Clue(field, value, rule, Trust.MARKED)


def _of_metas(said: Metas) -> Iterator[Clue]:
    for field, names in METAS.items():
        for name in names:
            values = said.get(name)
            if not values:
                continue
            if field in LISTS:
                yield _clue(field, tuple(dict.fromkeys(values)), f"meta-{name}")
            else:
                yield _clue(field, values[0], f"meta-{name}")


def _of_rare_metas(said: Metas) -> Iterator[Clue]:
    """Dates under names that few sites use."""
    for name, values in said.items():
        if name in KNOWN:
            continue
        letters = _OTHER.sub("", name)
        if PUBLISHED.search(letters):
            yield _clue("published", values[0], f"meta-{name}")
        elif UPDATED.search(letters):
            yield _clue("updated", values[0], f"meta-{name}")


def _metas(root: etree._Element) -> Metas:
    """The values of all meta elements by their names."""
    said: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        text = plain(one_line(meta.get("content") or meta.get("value") or ""))
        if name and text and len(text) <= LONGEST and len(said.get(name.lower(), ())) < MOST:
            said.setdefault(name.lower(), []).append(text)
    return said


def _of_microdata(root: etree._Element) -> Iterator[Clue]:
    """`itemprop` of an article, where no comment or other article stands around it."""
    found: dict[str, list[str]] = {}
    for element in elements(root, "//*[@itemprop and not(self::meta)]"):
        for name in (element.get("itemprop") or "").split():
            if len(found.get(name, ())) < MOST and (value := _value(element, name)):
                found.setdefault(name, []).append(value)
    for name, field in PROPERTIES.items():
        if field in ("categories", "tags") and name in found:
            yield _clue(field, tuple(dict.fromkeys(found[name])), f"microdata-{name}")
        elif name in found:
            yield _clue(field, found[name][0], f"microdata-{name}")
    if "author" in found:
        yield _clue("authors", tuple(dict.fromkeys(found["author"])), "microdata-author")


def _value(element: etree._Element, name: str) -> str:
    if name.startswith("date"):
        return one_line(element.get("datetime") or element.get("content") or element.get("title") or printed(element))
    if name == "author":
        inner = next((one for one in element.iter() if one.get("itemprop") == "name"), element)
        return one_line(inner.get("content") or printed(inner))
    return one_line(element.get("content") or printed(element))


def _of_elements(root: etree._Element) -> Iterator[Clue]:
    """Headings, the title of the window, `time`, and links that name authors, sections and tags."""
    for heading in list(root.iter("h1"))[:MOST_HEADINGS]:
        if text := printed(heading):
            yield _clue("heading", text, "site-heading" if _is_of_site(heading) else "h1")
    title = next(root.iter("title"), None)
    if title is not None and (window := printed(title)):
        yield _clue("window", window, "title-element")
        for heading in islice(root.iter("h2"), MOST_HEADINGS):
            text = printed(heading)
            if window.startswith(text) and len(text) > len(window) / 3:  # of a page that gives its h1 to the site
                yield _clue("heading", text, "h2")
    for time in list(root.iter("time"))[:MOST_TIMES]:
        written = one_line(time.get("datetime") or "") or printed(time)
        if written:
            yield _clue(_field_of(time), written, "time-element")
    yield from _of_links(root)


def _is_of_site(heading: etree._Element) -> bool:
    """Whether a heading names the site: it, or what it stands in, is marked so, or it links to the first page."""
    for element in (heading, *islice(heading.iterancestors(), 1)):
        said = f"{(element.get('class') or '')[:LONGEST_MARK]} {(element.get('id') or '')[:LONGEST_MARK]}"
        if SITE_MARK.search(said.lower()):
            return True
    link = next(heading.iterdescendants("a"), None)
    address = (link.get("href") or "") if link is not None else ""
    return bool(address) and HOME.fullmatch(address[:LONGEST_MARK]) is not None


def _field_of(time: etree._Element) -> str:
    """Which date a `time` element says that it is; where it says nothing, its home may."""
    marks = f"{time.get('class') or ''} {time.get('itemprop') or ''}".lower()
    if time.get("pubdate") is not None or "publish" in marks:
        return "published"
    if "updat" in marks or "modif" in marks:
        return "updated"
    homes = " ".join((home.get("class") or "").lower() for home in islice(time.iterancestors(), AROUND))
    return "published" if PUBLISHING.search(homes) and "updat" not in homes else "time"


def _of_links(root: etree._Element) -> Iterator[Clue]:
    linked: dict[str, list[str]] = {"author": [], "category": [], "tag": []}
    for link in elements(root, "//a[@rel]"):
        rels = (link.get("rel") or "").lower().split()
        for rel, texts in linked.items():
            if rel in rels and len(texts) < MOST and (text := printed(link)):
                texts.append(text)
    linked["tag"] = [tag for tag in linked["tag"] if tag not in linked["category"]]
    for rel, field in (("author", "authors"), ("category", "categories"), ("tag", "tags")):
        if linked[rel]:
            yield _clue(f"linked-{field}", tuple(dict.fromkeys(linked[rel])), f"rel-{rel}")
