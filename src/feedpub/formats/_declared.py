"""What a page declares of itself for machines: JSON-LD, microdata, Open Graph, Dublin Core, `time`, links.

Takes a tree, gives Clues whose values are as they were written; the best of each field comes first. Never judges them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from lxml import etree

from feedpub.formats._walk import elements
from feedpub.model import Clue, Trust
from feedpub.normalise import one_line

LONGEST_SCRIPT, MOST_NODES = 2_000_000, 5_000  # characters and things of structured data that are looked at
LONGEST, MOST = 600, 40  # characters of a value; values of a field
ARTICLES = (  # types of schema.org, the likeliest first
    "newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle reviewnewsarticle backgroundnewsarticle"
    " askpublicnewsarticle liveblogposting blogposting article advertisercontentarticle scholarlyarticle techarticle"
    " report socialmediaposting recipe review creativework webpage"
).split()
PAGES = frozenset(("webpage", "creativework"))
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
PROPERTIES = {  # of schema.org
    "headline": "title",
    "datePublished": "published",
    "dateCreated": "created",
    "dateModified": "updated",
    "articleSection": "categories",
    "keywords": "tags",
    "inLanguage": "language",
}
SITES = frozenset(("organization", "newsmediaorganization", "website"))
LISTS = frozenset(("authors", "categories", "tags"))
DATED = "//*[not(self::time)][{}]".format(  # an element whose class says that it shows a date
    " or ".join(f"contains(@class, '{word}')" for word in "ublish pubdate pub-date entry-date post-date datum".split())
)
LONGEST_DATE = 60
MOST_ARTICLES, MOST_HEADINGS, MOST_TIMES = 3, 4, 12  # of a page that are looked at

Thing = Mapping[str, Any]


def clues(root: etree._Element, address: str) -> Iterator[Clue]:
    """All that a page declares."""
    things = list(_things(root))
    declared = [*_of_things(things), *_of_metas(root), *_of_microdata(root), *_of_elements(root)]
    yield from declared
    if not any(clue.field in ("published", "time") for clue in declared):
        yield from _of_classes(root)
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    if language:
        yield _clue("language", language[:LONGEST], "html-lang")
    if address:
        yield _clue("canonical", address, "link-canonical")


def _clue(field: str, value: Any, rule: str) -> Clue:
    return Clue(field, value, rule, Trust.MARKED)


# ── JSON-LD ────────────────────────────────────────────────────────────────────────────────────────


def _things(root: etree._Element) -> Iterator[Thing]:
    """Every thing with a type in the page's JSON-LD, wherever it stands."""
    left = MOST_NODES
    for script in root.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        waiting = [_json(script.text or "")]
        while waiting and left:
            left -= 1
            node = waiting.pop()
            if isinstance(node, dict):
                if "@type" in node:
                    yield node
                waiting += [value for value in reversed(node.values()) if isinstance(value, dict | list)]
            elif isinstance(node, list):
                waiting += [value for value in reversed(node) if isinstance(value, dict | list)]


def _json(written: str) -> Any:
    written = written.strip().removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[").removesuffix("//]]>")
    if len(written) > LONGEST_SCRIPT:
        return None
    try:
        return json.loads(written.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _types(thing: Thing) -> list[str]:
    found = thing.get("@type")
    return [
        one.rpartition("/")[2].lower()
        for one in (found if isinstance(found, list) else [found])
        if isinstance(one, str)
    ]


def _rank(thing: Thing) -> int:
    return min((ARTICLES.index(kind) for kind in _types(thing) if kind in ARTICLES), default=len(ARTICLES))


def _of_things(things: Sequence[Thing]) -> Iterator[Clue]:
    known = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and len(thing) > 2}
    articles = sorted((thing for thing in things if _rank(thing) < len(ARTICLES)), key=_rank)
    for article in articles[:MOST_ARTICLES]:
        yield from _of_article(article, known)
    for thing in things:
        types = set(_types(thing))
        if "breadcrumblist" in types and (path := tuple(_breadcrumbs(thing))[:MOST]):
            yield _clue("path", path, "json-ld-breadcrumbs")
        elif types & SITES:
            yield from (_clue("site", name, "json-ld-site") for name in _texts(thing.get("name")))


def _of_article(article: Thing, known: Mapping[str, Thing]) -> Iterator[Clue]:
    is_page = set(_types(article)) <= PAGES
    for name, field in PROPERTIES.items():
        values = tuple(_texts(article.get(name)))[:MOST]
        if values and not (is_page and field == "title"):
            yield _clue(field, values if field in LISTS else values[0], f"json-ld-{name}")
    people = tuple(_names(article.get("author") or article.get("creator"), known))[:MOST]
    if people:
        yield _clue("authors", people, "json-ld-author")
    yield from (_clue("site", name, "json-ld-publisher") for name in _names(article.get("publisher"), known))


def _texts(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        said = (one.get("name") or one.get("@value")) if isinstance(one, dict) else one
        if isinstance(said, str) and (text := one_line(said)) and len(text) <= LONGEST:
            yield text


def _names(value: Any, known: Mapping[str, Thing]) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        is_reference = isinstance(one, dict) and not one.get("name") and isinstance(one.get("@id"), str)
        yield from _texts(known.get(one["@id"]) if is_reference else one)


def _breadcrumbs(thing: Thing) -> Iterator[str]:
    elements = thing.get("itemListElement")
    for one in elements if isinstance(elements, list) else [elements]:
        if isinstance(one, dict):
            item = one.get("item")
            yield from list(_texts(one.get("name") or (item.get("name") if isinstance(item, dict) else None)))[:1]


# ── meta elements, microdata, elements ─────────────────────────────────────────────────────────────


def _of_metas(root: etree._Element) -> Iterator[Clue]:
    said: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (
            meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        ).lower()
        text = one_line(meta.get("content") or "")
        if name and text and len(text) <= LONGEST and len(said.get(name, ())) < MOST:
            said.setdefault(name, []).append(text)
    for field, names in METAS.items():
        for name in names:
            values = said.get(name)
            if not values:
                continue
            if field in LISTS:
                yield _clue(field, tuple(dict.fromkeys(values)), f"meta-{name}")
            else:
                yield _clue(field, values[0], f"meta-{name}")


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
        return one_line(element.get("datetime") or element.get("content") or element.get("title") or _text(element))
    if name == "author":
        inner = next((one for one in element.iter() if one.get("itemprop") == "name"), element)
        return one_line(inner.get("content") or _text(inner))
    return one_line(element.get("content") or _text(element))


def _text(element: etree._Element) -> str:
    """What an element prints; nothing when that is too long for a value."""
    said = [element.text or ""]
    for below in islice(element.iterdescendants(), LONGEST):
        if below.tag not in ("style", "script", "svg"):
            said.append(below.text or "")
        said.append(below.tail or "")
    text = one_line(" ".join(said))
    return text if len(text) <= LONGEST else ""


def _of_elements(root: etree._Element) -> Iterator[Clue]:
    """Headings, the title of the window, `time`, and links that name authors, sections and tags."""
    for heading in list(root.iter("h1"))[:MOST_HEADINGS]:
        if text := _text(heading):
            yield _clue("heading", text, "h1")
    title = next(root.iter("title"), None)
    if title is not None and (window := _text(title)):
        yield _clue("window", window, "title-element")
        for heading in islice(root.iter("h2"), MOST_HEADINGS):
            text = _text(heading)
            if window.startswith(text) and len(text) > len(window) / 3:  # of a page that gives its h1 to the site
                yield _clue("heading", text, "h2")
    for time in list(root.iter("time"))[:MOST_TIMES]:
        written = one_line(time.get("datetime") or "") or _text(time)
        marks = f"{time.get('class') or ''} {time.get('itemprop') or ''}".lower()
        if written:
            field = "updated" if "updat" in marks or "modif" in marks else "time"
            first = time.get("pubdate") is not None or "publish" in marks
            yield _clue("published" if first else field, written, "time-element")
    yield from _of_links(root)


def _of_classes(root: etree._Element) -> Iterator[Clue]:
    """What is shown in elements whose class says that it is a date; asked of pages that declare none."""
    for element in elements(root, DATED)[:MOST_TIMES]:
        text = one_line(element.get("title") or "") or _text(element)
        if text and len(text) <= LONGEST_DATE:
            yield _clue("shown-published", text, "class-published")


def _of_links(root: etree._Element) -> Iterator[Clue]:
    linked: dict[str, list[str]] = {"author": [], "category": [], "tag": []}
    for link in elements(root, "//a[@rel]"):
        rels = (link.get("rel") or "").lower().split()
        for rel, texts in linked.items():
            if rel in rels and len(texts) < MOST and (text := _text(link)):
                texts.append(text)
    linked["tag"] = [tag for tag in linked["tag"] if tag not in linked["category"]]
    for rel, field in (("author", "authors"), ("category", "categories"), ("tag", "tags")):
        if linked[rel]:
            yield _clue(f"linked-{field}", tuple(dict.fromkeys(linked[rel])), f"rel-{rel}")
