"""What the fields of an article are called, by whoever wrote them down.

Takes an object of JSON or a row of a table, gives the article's fields under one name each. Capital letters, hyphens
and underscores make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from html import unescape
from math import isnan
from typing import Any

from feedpub.normalise import TAG, absolute_url, one_line

SYNONYMS: dict[str, Sequence[str]] = {  # a field, and the names of it, the first that holds something
    "id": ("id", "guid", "uuid", "identifier", "articleid", "postid"),
    "url": (
        *("url", "link", "permalink", "canonical", "canonicalurl", "articleurl", "pageurl", "sourceurl", "weburl"),
        *("originalurl", "href", "mainentityofpage"),
    ),
    "title": ("title", "headline", "heading"),
    "html": ("html", "contenthtml", "bodyhtml", "rawhtml", "pagehtml", "articlehtml", "contentencoded"),
    "text": (
        *("text", "contenttext", "bodytext", "plaintext", "articlebody", "articletext", "fulltext", "maintext"),
        *("content", "body", "article"),
    ),
    "authors": ("authors", "author", "byline", "creator", "dccreator", "writer", "authorname", "authornames"),
    "published": (
        *("published", "datepublished", "publishedat", "pubdate", "publishdate", "publicationdate", "publishedtime"),
        *("publisheddate", "dateprinted", "firstpublished", "dategmt", "date", "created", "createdat", "datecreated"),
        *("timestamp", "datetime", "time"),
    ),
    "updated": (
        *("updated", "datemodified", "updatedat", "modified", "modifiedat", "lastmodified", "lastmod", "modifiedgmt"),
        *("dateupdated", "modifieddate", "updateddate"),
    ),
    "expires": ("expires", "expiresat", "expirydate", "unpublishdate"),
    "categories": ("categories", "category", "section", "sections", "articlesection", "topic", "topics"),
    "tags": ("tags", "keywords", "tag", "labels", "newskeywords"),
    "language": ("language", "lang", "locale", "inlanguage"),
    "summary": ("summary", "description", "excerpt", "abstract", "standfirst", "subtitle", "dek"),
    "image": ("image", "imageurl", "leadimage", "topimage", "mainimage", "featuredimage", "thumbnail", "thumbnailurl"),
    "captured": (
        *("captured", "capturedat", "crawled", "crawledat", "crawldate", "crawltime", "fetched", "fetchedat"),
        *("fetchtime", "scraped", "scrapedat", "retrieved", "retrievedat", "downloaded", "downloadedat", "warcdate"),
        *("datedownload", "accessed", "accessedat"),
    ),
}
INNER = (  # where the value lies in an object
    *("rendered", "name", "title", "label", "term", "value", "text", "url", "href", "src", "$date", "$oid", "$t"),
    *("#text", "@id", "$numberLong"),
)
RANKED = {name: (field, rank) for field, names in SYNONYMS.items() for rank, name in enumerate(names)}
DRAFT, PUBLIC = ("draft", "isdraft"), ("published", "publish", "ispublished", "public")  # that hold a yes or a no
HIDDEN = frozenset("draft drafts hidden private skip unpublished pending trash future auto-draft".split())
NO = frozenset(("", "0", "false", "no", "off", "none", "null"))
MISSING = frozenset(("", "null", "none", "nan", "n/a", "undefined", "nil"))  # how programs write nothing
LONGEST_MISSING = 20  # characters
LONGEST, MOST = 2_000, 100  # characters of a value; values of a field
DEEPEST = 5
SCHEMA = "$schema"  # the settings of some program
EPOCH_MILLISECONDS = 100_000_000_000  # seconds since 1970 are fewer
EPOCH = re.compile(r"\d{9,14}(?:\.\d+)?")
_OTHER = re.compile(r"[\W_]+")
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|\w{2,8});")
_SIGN = re.compile(
    r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{24,64}|[a-zA-Z][a-zA-Z0-9+.-]*:\S+"
)


class Fields:
    """The fields of one article, by their plain names."""

    def __init__(self, said: Mapping[str, Any], names: Iterable[tuple[str, str]] = ()) -> None:
        """Take what was written, and what the operator says that it is called."""
        self._said: dict[str, Any] = {}
        self._found: dict[str, list[tuple[int, Any]]] = {}
        for name, value in said.items():
            plain_name = _plain_name(name)
            if plain_name in self._said:
                continue
            self._said[plain_name] = value
            if (known := RANKED.get(plain_name)) and not _is_missing(value):
                self._found.setdefault(known[0], []).append((known[1], value))
        for field, name in names:
            value = _at(said, name)
            self._found[field] = [] if _is_missing(value) else [(0, value)]

    def values(self, field: str) -> Iterable[Any]:
        """Give what the field may be, the best first; nothing empty."""
        found = self._found[field]
        return [value for _, value in (sorted(found, key=_rank) if len(found) > 1 else found)]

    def text(self, field: str) -> str:
        """Give the first value as one line."""
        if field not in self._found:
            return ""
        return next((line for value in self.values(field) if (line := _line(value))), "")

    def named(self, name: str) -> str:
        """Give what is called just so, as one line."""
        return _line(self._said.get(name))

    def prose(self, field: str) -> str:
        """Give the first value as a text of many lines, as it is written."""
        if field not in self._found:
            return ""
        for value in self.values(field):
            written = _inner(value)
            if isinstance(written, list) and all(isinstance(part, str) for part in written):
                written = "\n\n".join(written)
            if isinstance(written, str):
                return written
        return ""

    def list(self, field: str) -> tuple[str, ...]:
        """Give the values of a field that may have many; names that stand in one text are not yet parted."""
        if field not in self._found:
            return ()
        for value in self.values(field):
            parts = _listed(_inner(value), "" if field == "authors" else ",;|")
            if found := tuple(dict.fromkeys(line for part in parts[:MOST] if (line := _line(part).lstrip("#")))):
                return found
        return ()

    def moment(self, field: str) -> str:
        """Give a date as it is written; one that counts from 1970 as ISO 8601."""
        if field not in self._found:
            return ""
        for value in self.values(field):
            line = _line(value)
            if line and not isinstance(value, bool) and line.lower() not in ("true", "false"):
                return _of_epoch(line)
        return ""

    def is_draft(self) -> bool:
        """Whether anything says that the article is not to be published; when in doubt, it is not."""
        said = self._said
        if any(key in said and _as_word(said[key]) not in NO for key in DRAFT):
            return True
        if any(key in said and _as_word(said[key]) in ("false", "no") for key in PUBLIC):
            return True
        return "status" in said and _line(said["status"]).lower() in HIDDEN


def name_of(said: Mapping[str, Any], names: Iterable[tuple[str, str]], reserved: Mapping[str, Any]) -> str | None:
    """What an article is called among others: its id, else its address, else its title, else nothing.

    None when it is no article: it has no text, and not even a title with an address or a date.
    """
    fields = Fields(said, names)
    is_told = fields.prose("text") or fields.prose("html") or reserved.get("media")
    is_titled = is_told or (fields.text("title") and (fields.text("url") or fields.moment("published")))
    if not is_titled or SCHEMA in said:
        return None
    return (
        fields.text("id")
        or absolute_url(fields.text("url"))
        or one_line(str(reserved.get("address") or ""))
        or fields.text("title")
    )


def is_sign(name: str) -> bool:
    """Whether an id is one in the whole world, and not only in its file: an address, a URN, a UUID, a long number."""
    return _SIGN.fullmatch(name) is not None


def plain(text: str) -> str:
    """A line of HTML as text."""
    return one_line(unescape(TAG.sub("", text))) if _MARKUP.search(text) else text


@lru_cache(maxsize=1_000)
def _plain_name(name: str) -> str:
    return _OTHER.sub("", name.casefold())


def _as_word(value: object) -> str:
    return str(value if value is not None else "").strip().lower()


def _rank(found: tuple[int, Any]) -> int:
    return found[0]


def _at(said: Any, name: str) -> Any:
    """The value at a path such as `meta.headline`; a field of that whole name goes before."""
    if not isinstance(said, Mapping):
        return None
    if name in said:
        return said[name]
    first, _, rest = name.partition(".")
    return _at(said.get(first), rest) if rest else None


def _is_missing(value: object) -> bool:
    if isinstance(value, str):
        return (len(value) < LONGEST_MISSING and value.strip().lower() in MISSING) or value.isspace()
    return value is None or value in ([], {}) or (isinstance(value, float) and isnan(value))


def _inner(value: Any) -> Any:
    """The value that lies in an object."""
    for _ in range(DEEPEST):
        if not isinstance(value, dict):
            break
        value = next((value[key] for key in INNER if key in value), None)
    return value


def _listed(value: Any, marks: str) -> list[Any]:
    """The values of a list, also of one that stands in a text."""
    if isinstance(value, list):
        return value
    if not isinstance(value, str):
        return [value]
    if value[:1] == "[" and value[-1:] == "]":
        return [part.strip(" '\"") for part in value[1:-1].split(",")]
    return re.split(f"[{marks}]", value) if marks else [value]


def _line(value: Any) -> str:
    """A value as one line; nothing of what is no text or number."""
    is_html = isinstance(value, dict) and "rendered" in value
    value = _inner(value)
    if isinstance(value, list):
        value = _inner(value[0]) if value else None
    if isinstance(value, bool | None) or not isinstance(value, str | int | float):
        return ""
    written = value if isinstance(value, str) else repr(value).removesuffix(".0")
    line = one_line(written[: 4 * LONGEST])[:LONGEST]
    return plain(line) if is_html else line


def _of_epoch(written: str) -> str:
    if not EPOCH.fullmatch(written):
        return written
    number = float(written)
    try:
        moment = datetime.fromtimestamp(number / 1000 if number > EPOCH_MILLISECONDS else number, UTC)
    except (ValueError, OverflowError, OSError):
        return written
    return moment.isoformat(timespec="seconds")
