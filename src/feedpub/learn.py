"""Learn a site's profile from many of its pages, and say what knowing it would change.

Takes a project, gives a Lesson, and a Lesson as the text of a profile. Reads every page twice, one at a time. Never
uses what it proposes: the operator reviews the profile and names it in feedpub.toml.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from feedpub.errors import EmptySource
from feedpub.extract import understand
from feedpub.finders import learned
from feedpub.model import Change, Difference, Document, Lesson, Problem, Profile, Reading, Rules, Seen, Source, Stated
from feedpub.normalise import body_text, one_line
from feedpub.project import Project
from feedpub.project import project as of_settings
from feedpub.reading import Watcher
from feedpub.recurring import FEWEST, Notes, Tally, note, propose, small_print
from feedpub.sources import require, scan, spooling
from feedpub.unpacking import everything

FIELDS = ("title", "authors", "categories", "published", "body")
CHANGES, PROBLEMS = 5, 20
SHOWN = 120  # characters of what a change shows


def learn(project: Project, watcher: Watcher) -> Lesson:
    """Read all pages of a project, and say what they have in common.

    Raises `EmptySource` when there are not enough pages to learn from.
    """
    require(project.folders)
    with spooling() as spool:
        files = (source for source in scan(project.folders) if isinstance(source, Source))
        found = [source for file in files for source in everything(project, file, spool)]
        return _learn(project, found, watcher)


def _learn(project: Project, found: Sequence[Source | Problem], watcher: Watcher) -> Lesson:
    watcher.starts(2 * len(found))
    notes = Notes()
    problems: list[Problem] = []
    for document, rules in _documents(project, found, watcher):
        if isinstance(document, Document):
            note(notes, document, _as_printed(document, rules))
        elif len(problems) < PROBLEMS:
            problems.append(document)
    if notes.pages < FEWEST:
        raise _too_few(project, notes.pages)
    return replace(_compare(propose(notes), project, found, watcher), problems=tuple(problems))


def only(project: Project, source: str) -> Project:
    """Give the project of one folder alone: as the settings describe it, when they do."""
    root = os.path.abspath(source)
    known = tuple(folder for folder in project.folders if folder.root == root)
    return replace(project, folders=known) if known else of_settings(project.settings, Path(), source=source)


def _too_few(project: Project, pages: int) -> EmptySource:
    places = ", ".join(folder.root for folder in project.folders)
    return EmptySource(
        f"{places}: {pages} different articles found, and a profile is learned from {FEWEST} or more",
        "name the folder that holds many pages of one site",
    )


def _documents(
    project: Project, found: Sequence[Source | Problem], watcher: Watcher
) -> Iterator[tuple[Document | Problem, Rules]]:
    for source in found:
        if isinstance(source, Source):
            yield project.reader.document(source), project.reader.rules_of(source)
        else:
            yield source, Rules()
        watcher.advances(1)


def _as_printed(document: Document, rules: Rules) -> Reading:
    """Read a page without a profile, and without what is stated beside it: what it says itself is to be learned."""
    plain = Rules(timezone=rules.timezone, language=rules.language)
    return understand(replace(document, stated=Stated()), plain)


# ── comparing ───────────────────────────────────────────────────────────────────────────────────


def profile_of(lesson: Lesson) -> Profile:
    """Give the profile that a lesson proposes."""
    return Profile(
        site_name=lesson.site_name.text if lesson.site_name else "",
        shape=lesson.shape.text if lesson.shape else "",
        categories=tuple(seen.text for seen in lesson.categories),
        authors=tuple(seen.text for seen in lesson.authors),
        chrome=tuple(seen.text for seen in lesson.chrome),
    )


def _compare(lesson: Lesson, project: Project, found: Sequence[Source | Problem], watcher: Watcher) -> Lesson:
    """Read every page as it is read now, and with the profile, and count what differs."""
    profile = profile_of(lesson)
    site = learned.known(Rules(profile=profile))
    changes = {field: Change(field, 0) for field in FIELDS}
    shapes: Tally[str] = Tally()
    pages = articles = 0
    for document, rules in _documents(project, found, watcher):
        if isinstance(document, Problem):
            continue
        before, after = understand(document, rules), understand(document, replace(rules, profile=profile))
        pages += 1
        articles += after.article is not None
        parts = learned.shape(small_print(after), site)
        if len(parts) > 1:
            shapes.add(" ".join(parts), (document.path,))
        for field, old, new in _differences(before, after):
            changes[field] = _counted(changes[field], Difference(document.path, old, new))
    shape = next((Seen(*row) for row in shapes.rows(pages / 2)), None)
    if shape is None or (lesson.shape and lesson.shape.text not in shape.text):
        shape = lesson.shape
    return replace(lesson, pages=pages, articles=articles, shape=shape, changes=tuple(changes.values()))


def _counted(change: Change, difference: Difference) -> Change:
    examples = (*change.examples, difference)[:CHANGES]
    return replace(change, pages=change.pages + 1, examples=examples)


def _differences(before: Reading, after: Reading) -> Iterator[tuple[str, str, str]]:
    """Give each field that a profile changes, as it was and as it would be."""
    old, new = _values(before), _values(after)
    for field in FIELDS[:-1]:
        if old.get(field, "") != new.get(field, ""):
            yield field, _short(old.get(field, "")), _short(new.get(field, ""))
    was, is_now = _paragraphs(before), _paragraphs(after)
    if was != is_now:
        yield "body", _first_without(was, is_now), _first_without(is_now, was)


def _values(reading: Reading) -> dict[str, str]:
    if reading.article is None:
        return {}
    metadata = reading.article.metadata
    return {
        "title": metadata.title,
        "authors": ", ".join(metadata.authors),
        "categories": ", ".join(metadata.categories),
        "published": f"{metadata.published.value:%Y-%m-%dT%H:%M:%SZ}" if metadata.published else "",
    }


def _paragraphs(reading: Reading) -> list[str]:
    return body_text(reading.article.body).split("\n\n") if reading.article else []


def _first_without(paragraphs: list[str], others: list[str]) -> str:
    """Give the first paragraph that is not among the others."""
    return _short(next((paragraph for paragraph in paragraphs if paragraph not in others), ""))


def _short(value: str) -> str:
    line = one_line(value)
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"


# ── writing ─────────────────────────────────────────────────────────────────────────────────────

_HEAD = """\
# What {pages} pages of {place} have in common, as feedpub sees it.
# Review it: take out what is wrong, add what is missing. Then name this file in feedpub.toml:
#
#     [[sources]]
#     path = {path}
#     profile = "profiles/NAME.toml"
#
# Behind each line: on how many pages it was found, and some of them.
"""
_SITE_NAME = "\n# The site's name. It is cut from the ends of titles.\n"
_SHAPE = "\n# What stands in the line below a title, in its order: author, category, time, views.\n"
_CATEGORIES = "\n# Categories, also where they are glued to a name, or alone beside a title.\n"
_AUTHORS = "\n# Authors, also where they are glued to a category, or alone below a title.\n"
_CHROME = """
# Lines that are left out wherever they stand, whole lines only. Any number stands for any other: "0 readers" is also
# "12 readers".
"""
_KNOWN = "\n# These stand on most pages, too, and are left out without a profile:\n"


def as_toml(lesson: Lesson, place: str) -> str:
    """Give the profile as a file that explains itself. `place`: where the pages lie."""
    text = _HEAD.format(pages=lesson.pages, place=_legible(place), path=_quoted(place))
    for words, key, seen in ((_SITE_NAME, "site_name", lesson.site_name), (_SHAPE, "shape", lesson.shape)):
        text += words + (f"{key} = {_row(seen, '')}\n" if seen else f'# {key} = ""  # none was found\n')
    for words, key, rows in (
        (_CATEGORIES, "categories", lesson.categories),
        (_AUTHORS, "authors", lesson.authors),
        (_CHROME, "chrome", lesson.chrome),
    ):
        text += words + (f"{key} = [\n" + "".join(f"    {_row(seen, ',')}\n" for seen in rows) + "]\n")
    return text + _KNOWN + "".join(f"#   {_row(seen, '')}\n" for seen in lesson.known) if lesson.known else text


def _row(seen: Seen, comma: str) -> str:
    examples = f": {', '.join(_legible(path.partition('/')[2]) for path in seen.examples)}" if seen.examples else ""
    return f"{_quoted(seen.text)}{comma}  # {seen.pages}{examples}"


def _quoted(value: str) -> str:
    """Give a text as TOML writes it, which is as JSON does."""
    return msgspec.json.encode(value).decode()


def _legible(path: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in path)
