"""What the fields of front matter state, by the names that site generators and note books have for them.

Takes fields as `_frontmatter` reads them, gives clues; says whether the text is a draft, and which picture leads it.
Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from feedpub.model import Clue, Trust
from feedpub.normalise import absolute_url, one_line

TEXTS = {  # a field, and the keys that state it, the first that is there
    "id": ("id", "guid", "uuid"),
    "title": ("title",),
    "summary": ("description", "summary", "excerpt"),
    "language": ("lang", "language", "locale"),
}
LISTS = {
    "authors": ("authors", "author"),
    "categories": ("categories", "category", "section"),
    "tags": ("tags", "tag", "keywords"),
}
DATES = {
    "published": ("publishdate", "published", "date", "created", "pubdate"),
    "updated": ("lastmod", "updated", "modified", "lastmodifiedat", "lastmodified", "updateddate"),
    "expires": ("expirydate", "expires", "unpublishdate"),
}
CANONICAL = ("canonical", "canonicalurl", "url", "permalink")  # only where it is absolute
ALIASES = ("aliases", "alias", "redirectfrom")
IMAGES = ("image", "images", "cover", "coverimage", "featuredimage", "featureimage", "heroimage")
PARTS_OF_IMAGE = ("url", "src", "path", "image", "relative")
NESTED = ("taxonomies", "extra", "params")  # tables in which Zola and Hugo keep fields of a theme's own
RULING = ("build", "cascade")  # that say what Hugo makes of a text
HIDING = ("draft", "drafts", "private", "hidden", "unlisted", "headless", "eleventyexcludefromcollections")
SHOWING = ("published", "publish", "public", "render", "permalink", "list")
STATES = ("status", "state", "visibility", "poststatus")
DECIDING = frozenset((*HIDING, *SHOWING, *STATES))
HIDDEN = frozenset("draft auto-draft hidden private skip unpublished unlisted pending trash withheld".split())
NO = frozenset(("", "0", "false", "no", "off", "n", "none", "null", "~"))
NEVER = frozenset(("false", "no", "off", "n", "0", "never"))
DRAFTS = "_drafts"
_BUILD_TIME = re.compile(r"(?:git )?(?:last modified|created)", re.IGNORECASE)  # Eleventy: of the file, not stated
_DAY_IN_NAME = re.compile(r"(\d{4}-\d\d-\d\d)[-_]")
_STAMP = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d)(?::(\d\d))?(?:\.\d*)?[ \t]*(?:(Z|z|UTC)|([+-]\d\d?):?(\d\d)?)?)?"
)
_LINKED = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")  # a link of Obsidian's to a note
_MAIL = re.compile(r"\s*<[^<>@]*@[^<>]*>")


def clues(fields: dict[str, Any], path: str) -> Iterator[Clue]:
    """What is stated; a day in the file's name where no date is."""
    for field, keys in TEXTS.items():
        if said := _first(fields, keys):
            yield _clue(field, said)
    if address := canonical(fields):
        yield _clue("canonical", address)
    places = _places(fields)
    for field, keys in LISTS.items():
        if values := next(filter(None, [_list(place, keys) for place in places]), ()):
            yield _clue(field, values)
    yield from _dates(fields, path)
    if others := tuple(filter(None, map(absolute_url, _list(fields, ALIASES)))):
        yield _clue("aliases", others)
    if is_draft(fields, path):
        yield Clue("draft", value=True, rule="front-matter", trust=Trust.STATED)


def _dates(fields: dict[str, Any], path: str) -> Iterator[Clue]:
    for field, keys in DATES.items():
        if said := next((date for key in keys if key in fields and (date := _date(fields[key]))), ""):
            yield _clue(field, said)
        elif field == "published" and (day := _DAY_IN_NAME.match(path.rpartition("/")[2])):
            yield Clue(field, day[1], "file-name", Trust.WRITTEN)


def canonical(fields: dict[str, Any]) -> str:
    """The article's own address, where it is stated in full."""
    said = (_text(fields[key]) for key in CANONICAL if key in fields)
    return next(filter(None, map(absolute_url, said)), "")


def image(fields: dict[str, Any]) -> tuple[str, str]:
    """The address of the picture that leads the article, as it is written, and its text; empty where none is."""
    for place in _places(fields):
        for key in IMAGES:
            if key not in place:
                continue
            value = place[key]
            value = value[0] if isinstance(value, list) and value else value
            if isinstance(value, dict):
                said = _first(value, PARTS_OF_IMAGE), _first(value, ("alt", "caption", "title"))
            else:
                said = _text(value), _first(place, (f"{key}alt", f"{key}caption"))
            if said[0]:
                return said
    return "", ""


def is_draft(fields: dict[str, Any], path: str) -> bool:
    """Whether anything says that the text is not to be published; when in doubt, it is not."""
    if DRAFTS in path.split("/"):
        return True
    return any(
        any(_written(place[key]) not in NO for key in HIDING if key in place)
        or any(_written(place[key]) in NEVER for key in SHOWING if key in place)
        or any(_written(place[key]) in HIDDEN for key in STATES if key in place)
        for place in _places(fields, (*NESTED, *RULING))
        if not DECIDING.isdisjoint(place)
    )


def _places(fields: dict[str, Any], tables: Sequence[str] = NESTED) -> list[dict[str, Any]]:
    """The fields, and the tables among them that hold others."""
    return [fields, *[table for name in tables if isinstance(table := fields.get(name), dict)]]


def _clue(field: str, value: Any) -> Clue:
    return Clue(field, value, "front-matter", Trust.STATED)


def _first(fields: dict[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        if key in fields and (said := _text(fields[key])):
            return said
    return ""


def _text(value: Any) -> str:
    """A value as one line; nothing of what is no text, number or date."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, date):
        return value.isoformat()
    return one_line(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _written(value: Any) -> str:
    """A yes or a no as it is written."""
    return str(value if value is not None else "").strip().lower()


def _date(value: Any) -> str:
    """A date as ISO 8601 has it where it is one of YAML's; nothing where a yes or a no stands, or a word for one."""
    said = _text(value)
    if said.lower() in NO or said.lower() in ("true", "yes", "on") or _BUILD_TIME.fullmatch(said):
        return ""
    found = _STAMP.fullmatch(said)
    if found is None:
        return said
    year, month, day, hour, minute, second, utc, hours, minutes = found.groups()
    calendar = f"{year}-{month:0>2}-{day:0>2}"
    if hour is None:
        return calendar
    offset = f"{hours[0]}{hours[1:]:0>2}:{minutes or '00'}" if hours else "+00:00" if utc else ""
    return f"{calendar}T{hour:0>2}:{minute}:{second or '00'}{offset}"


def _list(fields: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    for key in keys:
        if key not in fields:
            continue
        value = fields[key]
        if isinstance(value, str):
            value = value.split(";" if ";" in value else ",")
        values = value if isinstance(value, list) else [value]
        if found := tuple(dict.fromkeys(filter(None, map(_label, values)))):
            return found
    return ()


def _label(value: Any) -> str:
    """One of a list, or the name of what a table describes."""
    while isinstance(value, list) and len(value) == 1:  # [[Ada]] without quotation marks
        value = value[0]
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "title") if key in value), "")
    return _MAIL.sub("", _LINKED.sub(r"\1", _text(value))).lstrip("#").strip()
