"""Settle what an article is: of all clues to a field, the most trusted.

Takes clues, of the finders and of the operator, gives Metadata.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from feedpub.model import Clue, Metadata, Moment, Rules, Stated, Trust
from feedpub.normalise import absolute_url, one_line

MOST_CATEGORIES, MOST_TAGS = 30, 100  # of one article: each category has feeds of its own
STATED_TEXTS = ("id", "title", "language", "summary")
STATED_LISTS = ("authors", "categories", "tags")
STATED_DATES = ("published", "updated")


def clues_of(stated: Stated) -> Iterable[Clue]:
    """Give what the operator says, which wins over all that is read."""
    for field in STATED_TEXTS:
        if value := getattr(stated, field):
            yield Clue(field, one_line(value), "stated", Trust.STATED)
    for field in STATED_LISTS:
        values = getattr(stated, field)
        if values is not None:
            yield Clue(field, tuple(line for value in values if (line := one_line(value))), "stated", Trust.STATED)
    for field in STATED_DATES:
        value = getattr(stated, field)
        if value is not None:
            yield Clue(field, _moment(value), "stated", Trust.STATED)
    if stated.expires is not None:
        yield Clue("expires", stated.expires, "stated", Trust.STATED)
    if stated.url and (address := absolute_url(stated.url)):
        yield Clue("canonical", address, "stated", Trust.STATED)


def _moment(value: datetime) -> Moment:
    offset = value.utcoffset()
    aware = value.astimezone(UTC) if offset is not None else value.replace(tzinfo=UTC)
    return Moment(
        aware, "second", value.isoformat(), "stated", offset=int(offset.total_seconds()) // 60 if offset else 0
    )


def settle(clues: Iterable[Clue], rules: Rules) -> Metadata:
    """Choose the best clue of each field: the most trusted, and among equals the first."""
    trusted: dict[str, Clue] = {}
    for clue in clues:
        known = trusted.get(clue.field)
        if known is None or clue.trust > known.trust:
            trusted[clue.field] = clue
    values: dict[str, Any] = {field: clue.value for field, clue in trusted.items()}
    categories = values.get("categories", ()) or ((rules.category,) if rules.category else ())
    if rules.aliases:
        names = dict(rules.aliases)
        categories = tuple(dict.fromkeys(names.get(label.casefold(), label) for label in categories))
    return Metadata(
        title=values.get("title", ""),
        summary=values.get("summary", ""),
        authors=values.get("authors", ()),
        categories=categories,
        tags=values.get("tags", ()),
        language=values.get("language"),
        dateline=values.get("dateline"),
        published=values.get("published"),
        updated=values.get("updated"),
        canonical=values.get("canonical"),
        id=values.get("id"),
        expires=values.get("expires"),
        source=values.get("source"),
    )


def bounded(metadata: Metadata) -> Metadata:
    """Give what is published of an article's categories and tags."""
    return replace(metadata, categories=metadata.categories[:MOST_CATEGORIES], tags=metadata.tags[:MOST_TAGS])


def best(clues: Sequence[Clue], field: str) -> str:
    """Give the most trusted value of one field as text; nothing when no clue names it."""
    found = [clue for clue in clues if clue.field == field]
    return str(max(found, key=attrgetter("trust")).value) if found else ""
