"""What a page says of itself in JSON-LD.

Takes a tree, gives Clues whose values are as they were written; the best of each field comes first. Never judges them,
and reads what it can of a script that is no valid JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from feedpub.formats._fields import plain
from feedpub.formats._tree import LONGEST
from feedpub.model import Clue, Trust
from feedpub.normalise import one_line

LONGEST_SCRIPT, MOST_NODES = 2_000_000, 5_000  # characters and things of structured data that are looked at
MOST = 40  # values of a field
ARTICLES = (  # types of schema.org, the likeliest first
    "newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle reviewnewsarticle backgroundnewsarticle"
    " askpublicnewsarticle liveblogposting blogposting article advertisercontentarticle scholarlyarticle techarticle"
    " report socialmediaposting recipe review creativework webpage"
).split()
PAGES = frozenset(("webpage", "creativework"))
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
MOST_ARTICLES = 3  # of a page that are looked at
_PAIR = re.compile(r'"(@type|headline|date\w{6,9}|articleSection)"\s*:\s*"((?:[^"\\\n]|\\.){1,600})"')
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)")
_AUTHOR = re.compile(
    r'"author"\s*:[\[{\s]*(?:"[@\w]{1,20}"\s*:\s*"[^"]{1,200}"\s*,\s*){0,4}"name"\s*:\s*"([^"\\]{1,200})"'
)

Thing = Mapping[str, Any]


def clues(root: etree._Element) -> Iterator[Clue]:
    """All that the page's JSON-LD says of articles, the site, and the way to the page."""
    things = list(_things(root))
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


def _clue(field: str, value: Any, rule: str) -> Clue:
    return Clue(field, value, rule, Trust.MARKED)


def _things(root: etree._Element) -> Iterator[Thing]:
    """Every thing with a type, wherever it stands."""
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
    """What a script says; of one with marks around its objects, what these say; of one that is broken, some pairs."""
    if len(written) > LONGEST_SCRIPT:
        return None
    for whole in (written, f"[{written[written.find('{') : written.rfind('}') + 1]}]"):
        try:
            return json.loads(whole, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvaged(written)


def _salvaged(written: str) -> Thing:
    """The first of each pair that can be read in a script that is no JSON."""
    pairs = _PAIR.findall(written)
    said: dict[str, Any] = {"@type": [value for name, value in pairs if name == "@type"]}
    for name, value in pairs:
        said.setdefault(name, _ESCAPED.sub(_letter, value))
    if author := _AUTHOR.search(written):
        said["author"] = author[1]
    return said


def _letter(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16)) if escaped[1] else escaped[0][1:]


def _types(thing: Thing) -> list[str]:
    found = thing.get("@type")
    return [
        one.rpartition("/")[2].lower()
        for one in (found if isinstance(found, list) else [found])
        if isinstance(one, str)
    ]


def _rank(thing: Thing) -> int:
    return min((ARTICLES.index(kind) for kind in _types(thing) if kind in ARTICLES), default=len(ARTICLES))


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
        for written in said if isinstance(said, list) else [said]:
            if isinstance(written, str) and (text := plain(one_line(written))) and len(text) <= LONGEST:
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
