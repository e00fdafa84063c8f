"""What is to be said of one document: that it holds no article, no date, two articles, too many categories.

Takes what was found in a document, gives Problems. Each code has a paragraph in docs/problems.md.
"""

from __future__ import annotations

from msgspec.structs import replace

from feedpub.model import Clue, Document, Metadata, Problem
from feedpub.settling import MOST_CATEGORIES, MOST_TAGS

IN_FIELDS = {  # what mends a problem with an article in a file of many
    "no-date": "published",
    "implausible-date": "published",
    "no-article": "text",
    "empty": "text",
    "capture-guessed": "captured",
    "capture-unknown": "captured",
    "too-many-categories": "categories",
}


def to_mend_in_fields(problem: Problem) -> Problem:
    """Say what mends an article that shares its file, and so its sidecar, with others."""
    field = IN_FIELDS.get(problem.code)
    return replace(problem, hint=f"give it a field `{field}`") if field else problem


def illegal_characters(count: int, path: str) -> list[Problem]:
    """Say how many characters were replaced, if any."""
    if not count:
        return []
    message = f"{count} characters that no feed may hold were replaced by spaces"
    return [Problem("illegal-characters", "warning", path, message, "look for control characters in the file")]


def no_article(path: str, *, is_empty: bool) -> Problem:
    """Say that a file holds no article, or nothing at all."""
    if is_empty:
        return Problem("empty", "error", path, "the file holds no text", "remove it, or leave it out with `exclude`")
    return Problem(
        "no-article",
        "error",
        path,
        "the file holds no article, only the page around one",
        "leave it out with `exclude`; `feedpub inspect` shows what each line was taken for",
    )


def bad_date(clue: Clue, document: Document) -> Problem:
    """Say that what is stated as a date is none, and where."""
    in_front = clue.rule == "front-matter"
    where = "in the front matter" if in_front else f"in the field of `{clue.field}`"
    message = f"{_line_of(clue.value, document) if in_front else ''}“{clue.value[:40]}” {where} is no date"
    code = "bad-front-matter" if in_front else "bad-article"
    return Problem(code, "error", document.path, message, "write it as 2025-04-28T18:00:00Z")


def _line_of(written: str, document: Document) -> str:
    sought = written.encode("utf-8", "replace")
    numbers = (number for number, line in enumerate(document.data.splitlines(), 1) if sought in line)
    return next((f"line {number}: " for number in numbers), "")


def too_many_categories(metadata: Metadata, path: str) -> list[Problem]:
    """Say how many categories and tags an article names when not all are published."""
    if len(metadata.categories) <= MOST_CATEGORIES and len(metadata.tags) <= MOST_TAGS:
        return []
    message = (
        f"{len(metadata.categories)} categories and {len(metadata.tags)} tags: "
        f"only the first {MOST_CATEGORIES} and {MOST_TAGS} are published"
    )
    hint = f"state fewer in {path.rpartition('/')[2]}.meta.toml"
    return [Problem("too-many-categories", "warning", path, message, hint)]


def truncated(path: str) -> Problem:
    """Say that a paywall ends the page."""
    return Problem(
        "truncated",
        "note",
        path,
        "the page ends at a paywall: the rest of the article is missing",
        "capture the page as a subscriber to publish all of it",
    )


def two_articles(line: int, path: str) -> Problem:
    """Say on which line another article begins."""
    return Problem(
        "second-article",
        "warning",
        path,
        f"another article seems to begin on line {line}; only the first was read",
        "put each article into a file of its own",
    )


def no_date(path: str) -> Problem:
    """Say that no date was found."""
    return Problem(
        "no-date", "warning", path, "no date was found", f"state `published` in {path.rpartition('/')[2]}.meta.toml"
    )
