"""Entries that another program published, and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from feedpub.model.problems import Problem


class Former(Struct, frozen=True):
    """An entry of a feed that another program published."""

    guid: str  # what readers know it by, to the letter; empty when there is nothing that they could
    title: str
    addresses: tuple[str, ...]  # where it says that it is, as written; absolute
    published: datetime | None  # aware, UTC
    updated: datetime | None
    text: str  # the words of its content, or of its summary
    size: int = 0  # of its content as XML holds it, bytes


Fate = Literal["matched", "known", "unmatched", "ambiguous", "taken", "published", "unusable"]


class Adopted(Struct, frozen=True):
    """What became of one entry of an old feed (`adopt`).

    matched: its article is published under its id and date. known: it is already. unmatched: no article is it, so far.
    ambiguous: several may be. taken: its article has another old id. published: its article has an id of feedpub's own,
    which subscribers may know. unusable: it has no id.
    """

    feed: str  # file or URL
    guid: str
    title: str
    published: datetime | None
    fate: Fate
    path: str = ""  # of the article
    by: str = ""  # what shows that it is this article: id, address, text, title
    why: str = ""


class Adoption(Struct, frozen=True):
    """What taking over old feeds did, or would do."""

    articles: int  # that were compared
    entries: tuple[Adopted, ...]
    problems: tuple[Problem, ...] = ()
