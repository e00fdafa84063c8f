"""What the pages of one site have in common, and what a profile of it would change."""

from __future__ import annotations

from msgspec import Struct

from feedpub.model.problems import Problem


class Seen(Struct, frozen=True):
    """Something that stands on several pages of a site: on how many, and three of them."""

    text: str
    pages: int
    examples: tuple[str, ...] = ()


class Difference(Struct, frozen=True):
    """How one page reads without a profile and with it."""

    path: str
    before: str
    after: str


class Change(Struct, frozen=True):
    """On how many pages a profile changes a field, and up to five of them."""

    field: str
    pages: int
    examples: tuple[Difference, ...] = ()


class Lesson(Struct, frozen=True):
    """What many pages of one site taught, and what it would change on them (`learn`)."""

    pages: int
    articles: int  # pages that hold one
    site_name: Seen | None
    shape: Seen | None
    home: Seen | None
    categories: tuple[Seen, ...]
    authors: tuple[Seen, ...]
    bylines: tuple[Seen, ...]
    initials: tuple[Seen, ...]  # `am: Ada March`, or `am:` when nobody is known whose they can be
    chrome: tuple[Seen, ...]
    headings: tuple[Seen, ...]  # lines between the paragraphs of most stories: headings, or chrome
    known: tuple[Seen, ...]  # lines on nearly every page that feedpub leaves out without a profile
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
