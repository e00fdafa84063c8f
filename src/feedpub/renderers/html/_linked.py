"""Say to machines what an article is: schema.org's NewsArticle, and the properties of the Open Graph.

Takes an article as its page shows it. Dates are no more exact than they are known: ISO 8601 knows years and months.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from feedpub.model import Entry, Masthead
from feedpub.renderers._dates import rfc3339
from feedpub.renderers._image import Image
from feedpub.renderers.html._view import ArticleView
from feedpub.renderers.html._when import When

# What would end the script element, or begin a comment in it (HTML, "restrictions for contents of script elements").
_UNSAFE = re.compile("[<>&\u2028\u2029]")


def linked_data(entry: Entry, shown: ArticleView, masthead: Masthead, image: Image | None) -> str:
    """Give a NewsArticle (https://schema.org/NewsArticle) as JSON that may stand in a script element."""
    metadata = entry.metadata
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": shown.title,
        "description": metadata.summary,
        "url": shown.url,
        "mainEntityOfPage": shown.url,
        "datePublished": _date(shown.when),
        "dateModified": rfc3339(entry.updated) if entry.updated > entry.published else "",
        "author": [{"@type": "Person", "name": name} for name in metadata.authors],
        "publisher": {"@type": "Organization", "name": masthead.author},
        "dateline": metadata.dateline.raw if metadata.dateline else "",
        "articleSection": list(metadata.categories),
        "keywords": list(metadata.tags),
        "inLanguage": metadata.language or masthead.language or "",
        "image": image.url if image else "",
    }
    text = msgspec.json.encode({name: value for name, value in said.items() if value}).decode()
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def open_graph(entry: Entry, shown: ArticleView, masthead: Masthead, image: Image | None) -> list[tuple[str, str]]:
    """Give the properties of an article (https://ogp.me) in their order, those that hold something."""
    return [(name, value) for name, value in _properties(entry, shown, masthead, image) if value]


def _properties(entry: Entry, shown: ArticleView, masthead: Masthead, image: Image | None) -> Iterator[tuple[str, str]]:
    yield "og:type", "article"
    yield "og:title", shown.title
    yield "og:description", entry.metadata.summary
    yield "og:url", shown.url
    yield "og:site_name", masthead.title
    yield "og:image", image.url if image else ""
    yield "article:published_time", _date(shown.when)
    yield "article:modified_time", rfc3339(entry.updated) if entry.updated > entry.published else ""
    for name in entry.metadata.authors:
        yield "article:author", name
    yield from (("article:section", name) for name in entry.metadata.categories[:1])
    for name in entry.metadata.tags:
        yield "article:tag", name


def _date(when: When) -> str:
    """A date that ISO 8601's calendar knows; a week is none of its days."""
    return "" if "W" in when.machine else when.machine
