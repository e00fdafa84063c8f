"""Learn a site's profile from many of its pages, and say what knowing it would change.

Takes a project, gives a Lesson, and a Lesson as the text of a profile. Reads every page three times: to learn
what stands on all of them, then who writes and where, which reads better without that, then to compare. Never uses
what it proposes: the operator reviews the profile and names it in feedpub.toml.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from feedpub.errors import EmptySource
from feedpub.extract import understand
from feedpub.finders import learned
from feedpub.finders.housestyle import MARK
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
    watcher.starts(3 * len(found))
    lesson, problems = _noted(project, found, watcher, Profile())
    printed = profile_of(lesson)
    known = Profile(site_name=printed.site_name, bylines=printed.bylines, chrome=printed.chrome)
    lesson, _ = _noted(project, found, watcher, known)
    return replace(_compare(lesson, project, found, watcher), problems=problems)


def _noted(
    project: Project, found: Sequence[Source | Problem], watcher: Watcher, profile: Profile
) -> tuple[Lesson, tuple[Problem, ...]]:
    """Propose what the pages have in common, as they read with a profile; and what is wrong with some of them."""
    notes = Notes()
    problems: list[Problem] = []
    for document, rules in _documents(project, found, watcher):
        if isinstance(document, Document):
            note(notes, document, _as_printed(document, rules, profile))
        elif len(problems) < PROBLEMS:
            problems.append(document)
    if notes.pages < FEWEST:
        raise _too_few(project, notes.pages)
    return propose(notes), tuple(problems)


def only(project: Project, source: str) -> Project:
    """Give the project of one folder alone: as the settings describe it, when they do."""
    root = os.path.abspath(source)
    known = tuple(folder for folder in project.folders if folder.root == root)
    return replace(project, folders=known) if known else of_settings(project.settings, Path(), source=source)


def _too_few(project: Project, pages: int) -> EmptySource:
    places = ", ".join(folder.root for folder in project.folders)
    found = f"{pages} different article{'' if pages == 1 else 's'}"
    return EmptySource(
        f"{places}: {found} found, and a profile is learned from {FEWEST} or more",
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


def _as_printed(document: Document, rules: Rules, profile: Profile) -> Reading:
    """Read a page without what is stated beside it, and without other settings: what it says is to be learned."""
    plain = Rules(timezone=rules.timezone, language=rules.language, profile=profile)
    return understand(replace(document, stated=Stated()), plain)


# ── comparing ───────────────────────────────────────────────────────────────────────────────────


def profile_of(lesson: Lesson) -> Profile:
    """Give the profile that a lesson proposes."""
    return Profile(
        site_name=lesson.site_name.text if lesson.site_name else "",
        shape=lesson.shape.text if lesson.shape else "",
        categories=tuple(seen.text for seen in lesson.categories),
        home=lesson.home.text if lesson.home else "",
        authors=tuple(seen.text for seen in lesson.authors),
        bylines=tuple(seen.text for seen in lesson.bylines),
        initials=tuple(seen.text for seen in lesson.initials if not seen.text.endswith(MARK)),
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
        for field, differences in _differences(before, after):
            changes[field] = _counted(changes[field], document.path, differences)
    shape = next((Seen(*row) for row in shapes.rows(pages / 2)), None)
    if shape is None or (lesson.shape and lesson.shape.text not in shape.text):
        shape = lesson.shape
    return replace(lesson, pages=pages, articles=articles, shape=shape, changes=tuple(changes.values()))


def _counted(change: Change, path: str, differences: Iterable[tuple[str, str]]) -> Change:
    """Count a page more, and keep what no example shows yet, whatever its numbers."""
    examples = list(change.examples)
    shown = {learned.mask(f"{example.before}\n{example.after}") for example in examples}
    for old, new in differences:
        if len(examples) < CHANGES and learned.mask(f"{old}\n{new}") not in shown:
            examples.append(Difference(path, old, new))
    return replace(change, pages=change.pages + 1, examples=tuple(examples))


def _differences(before: Reading, after: Reading) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Give each field that a profile changes, as it was and as it would be; of a body, its paragraphs that differ."""
    old, new = _values(before), _values(after)
    for field in FIELDS[:-1]:
        if old.get(field, "") != new.get(field, ""):
            yield field, [(_short(old.get(field, "")), _short(new.get(field, "")))]
    was, is_now = _paragraphs(before), _paragraphs(after)
    if was != is_now:
        lost = [(_short(paragraph), "") for paragraph in was if paragraph not in is_now]
        yield "body", lost + [("", _short(paragraph)) for paragraph in is_now if paragraph not in was]


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


def _short(value: str) -> str:
    line = one_line(value)
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"
