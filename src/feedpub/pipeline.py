"""The stages in order: scan, read, resolve, remember, select, render, publish, tick off.

This module is the picture of feedpub. It decides nothing about articles, feeds or files: it asks the modules that do,
and introduces the edges to each other. A process killed between any two steps leaves yesterday's output or today's, and
the next build finishes the work.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from feedpub import agenda as agendas
from feedpub import config, copies, foresight, identity, publishing, recovery, sources
from feedpub import ledger as ledgers
from feedpub.agenda import Agenda
from feedpub.entering import Entering
from feedpub.errors import EmptySource, LedgerError, Locked
from feedpub.ledger import Ledger
from feedpub.model import Gone, Kin, Outcome, Plan, Problem, Reading, Source, Unlisted
from feedpub.project import Project
from feedpub.reading import read_all
from feedpub.remembering import Remembering, derive_site_id, guard_shrink
from feedpub.unpacking import Piles, chosen, piles, spooling


class Overrides(Struct, frozen=True):
    """What the user allows this once."""

    shrink: bool = False
    resurfaced: bool = False
    empty: bool = False
    foreign: bool = False
    prune: bool = False


class Watcher(Protocol):
    """Someone who is told how far the reading has come."""

    def starts(self, count: int) -> None:
        """Say that so many sources will be read."""

    def advances(self, count: int) -> None:
        """Say that so many more were read."""


# ── build ───────────────────────────────────────────────────────────────────────────────────────


def build(
    project: Project, *, now: datetime, jobs: int, watcher: Watcher, overrides: Overrides = Overrides()
) -> Outcome:
    """Bring the output up to date with the sources. `now` is the build's clock, aware.

    Raises a `FeedpubError` that knows its exit status; then the last good feeds stand.
    """
    with _ledger_of(project, overrides) as ledger:
        ledger.begin()
        done = _remember(ledger, project, now=now, jobs=jobs, watcher=watcher, overrides=overrides)
        if not overrides.resurfaced:
            foresight.guard(
                project, foresight.foresee(ledger, done.agenda.feeds, fresh=done.fresh, now=now, seen_only=True)
            )
        ledger.commit()  # ① identity first

        ledger.begin()
        written, unfit = publishing.publish(ledger, project, done.agenda)  # ② then whole files
        pruned = publishing.prune(ledger, project) if overrides.prune else []
        feeds, pages = ledger.count_files()
        ledger.commit()  # ③ and only then "this file is current"
    return replace(
        done.outcome,
        written=tuple(written),
        pruned=tuple(pruned),
        feeds=feeds,
        pages=pages,
        problems=(*done.outcome.problems, *unfit),
    )


class Remembered(Struct, frozen=True):
    """What was remembered, the files that have to be written, and the guids that nobody can have seen before."""

    outcome: Outcome
    agenda: Agenda
    fresh: set[str]


@contextmanager
def _ledger_of(project: Project, overrides: Overrides) -> Iterator[Ledger]:
    """Open the site's ledger. A new one that its first build could not fill is removed again."""
    sources.require(project.folders)
    is_new = not ledgers.exists(project.ledger)
    if is_new:
        if not overrides.empty and next(sources.scan(project.folders), None) is None:
            raise _nothing_found(project)
        ledgers.make_room(project.ledger)
    opened = filled = False
    try:
        with Ledger.open(project.ledger) as ledger:
            opened = True
            yield ledger
            filled = True
    finally:
        if is_new and opened and not filled:
            ledgers.discard_if_empty(project.ledger)


def _nothing_found(project: Project) -> EmptySource:
    places = ", ".join(f"{folder.root} ({', '.join(folder.include)})" for folder in project.folders)
    return EmptySource(
        f"no article in {places}", "the last good feeds stand; if this is meant, build with --allow-empty"
    )


def _remember(
    ledger: Ledger, project: Project, *, now: datetime, jobs: int, watcher: Watcher, overrides: Overrides
) -> Remembered:
    """Scan, read, resolve and remember, inside the ledger's transaction; find which files have to be written."""
    with piles(ledger, project) as unpacked:
        return _remember_all(ledger, project, unpacked, now=now, jobs=jobs, watcher=watcher, overrides=overrides)


def _remember_all(
    ledger: Ledger,
    project: Project,
    unpacked: Piles,
    *,
    now: datetime,
    jobs: int,
    watcher: Watcher,
    overrides: Overrides,
) -> Remembered:
    found, holes = _scan(ledger, project, unpacked)
    if not found and not holes and not overrides.empty:
        raise _nothing_found(project)
    site_id, taken_back, problems = _settle_site(ledger, project)
    live = ledger.count("live")
    entering = Entering(ledger, project, now)
    remembering = Remembering(ledger, project, unpacked, entering, site_id)
    remembering.reconsider()
    pending = ledger.count_pending()
    remembering.problems.extend((*problems, *_untold(ledger, holes), *unpacked.problems))
    watcher.starts(pending)
    for batch in read_all(project.reader, ledger.pending(), count=pending, jobs=jobs):
        remembering.take(batch)
        watcher.advances(len(batch))
    remembering.take_postponed()
    remembering.settle_copies()
    remembering.part()
    remembering.choose_copies()
    if found and not overrides.shrink:
        guard_shrink(project, before=live, withdrawn=entering.tally["withdrawn"])
    entering.settle_late()
    entering.refile()
    entering.follow_the_clock()
    agenda, cuts = agendas.find_work(ledger, project, site_id)
    agenda, foreign = publishing.spare_foreign(ledger, project, agenda, overwrite=overrides.foreign)
    outcome = Outcome(
        tally=dict(entering.tally),
        found=found,
        standing={**ledger.count_standings(), "held": ledger.count("held")},
        problems=(*remembering.problems, *cuts, *foreign),
        taken_back=taken_back,
    )
    return Remembered(outcome, agenda, entering.fresh)


def _scan(ledger: Ledger, project: Project, unpacked: Piles) -> tuple[int, list[Unlisted]]:
    """Compare what is there with what was seen last, and note the differences. Count the sources."""
    found = 0
    holes: list[Unlisted] = []
    there: list[str] = []  # files that hold many articles
    different: list[Source] = []  # those of them that are not as they were

    def counted() -> Iterator[Source | Unlisted]:
        nonlocal found
        for source in sources.scan(project.folders):
            if source.path[-1] == "/" and isinstance(source, Source):
                there.append(source.path)
            else:
                found += 1
            yield source

    for other in sources.compare(counted(), ledger.seen()):
        match other:
            case Source() if other.is_pile:
                different.append(other)
            case Source():
                ledger.await_reading(other)
            case Gone():
                ledger.mark_gone(other.path)
            case Unlisted():
                holes.append(other)
    for pile in different:
        unpacked.take(pile)
    return found + sum(map(unpacked.count, there)) - len(holes), holes


def _untold(ledger: Ledger, holes: Sequence[Unlisted]) -> list[Problem]:
    """Give a problem for each folder that can't be listed, unless the last build said so."""
    before = ledger.setting("unlisted") or ""
    now = "\n".join(hole.path for hole in holes)
    if now != before:
        ledger.set("unlisted", now)
    return [
        Problem("unlisted-folder", "warning", hole.path, f"{hole.reason}; its articles stay", "check its permissions")
        for hole in holes
        if hole.path not in before.split("\n")
    ]


def _settle_site(ledger: Ledger, project: Project) -> tuple[str, int, list[Problem]]:
    """Give the site's id, and how many entries were taken back from the published feeds because the ledger is new.

    An id that was ever published is kept: the feeds' own ids hang on it.
    """
    stated = project.settings.site.id
    site_id = ledger.setting("site")
    taken_back = 0
    if site_id is None:
        published = recovery.published_before(project)
        site_id = published.site_id or stated
        if site_id is None:
            first = next(ledger.pending(), None)
            site_id = derive_site_id(project, first) if first else identity.site_id_from("")
        ledger.set("site", site_id)
        taken_back = recovery.take_back(ledger, published)
    if stated in (None, site_id) or stated == ledger.setting("ignored-site"):
        return site_id, taken_back, []
    ledger.set("ignored-site", stated)
    return site_id, taken_back, [_other_site(project, site_id)]


def site_id_of(project: Project) -> str | None:
    """Give the id that a site was published with, from its ledger or its feeds, or None."""
    with suppress(LedgerError, Locked), Ledger.glance(project.ledger) as ledger:
        if ledger and (remembered := ledger.setting("site")):
            return remembered
    return recovery.published_before(project).site_id


def _other_site(project: Project, site_id: str) -> Problem:
    return Problem(
        "site-id-changed",
        "warning",
        config.FILE,
        f"site.id is {project.settings.site.id}, but these feeds were published as {site_id}, which stays",
        f'write `id = "{site_id}"`, or build another site into another folder with -o',
    )


# ── plan ────────────────────────────────────────────────────────────────────────────────────────


def plan(project: Project, *, now: datetime, jobs: int, watcher: Watcher, overrides: Overrides = Overrides()) -> Plan:
    """Say what a build would change, and change nothing: the build's own stages, taken back before anything is kept."""
    sources.require(project.folders)
    place = project.ledger if ledgers.exists(project.ledger) else None
    with Ledger.open(place) as ledger:
        ledger.begin()
        done = _remember(ledger, project, now=now, jobs=jobs, watcher=watcher, overrides=overrides)
        feeds = foresight.foresee(ledger, done.agenda.feeds, fresh=done.fresh, now=now)
        ledger.rollback()
    flood = foresight.flood(project, feeds)
    problems = (*done.outcome.problems, *([foresight.warned(flood)] if flood else []))
    pages = (page.path for page in (*done.agenda.details, *done.agenda.pages))
    return Plan(replace(done.outcome, problems=problems), tuple(feeds), tuple(pages))


# ── inspect ─────────────────────────────────────────────────────────────────────────────────────


class Examination(Struct, frozen=True):
    """How one file was understood, the guid of its entry when the ledger knows it, and the page's lines."""

    file: str
    reading: Reading
    guid: str | None = None
    page: tuple[str, ...] = ()
    kin: Kin = Kin()


def examine(project: Project, files: Sequence[str]) -> Iterator[Examination]:
    """Read files as a build would, with the same sidecars and settings, and keep every clue.

    Of a file that holds many articles, the first few are read, or the one that is named behind a `#`: by its name in
    the file, or by its line.
    """
    with Ledger.glance(project.ledger) as ledger, spooling() as spool:
        for file in files:
            place, _, name = (file, "", "") if os.path.exists(file) else file.rpartition("#")
            source = sources.at(_folder_of(project, place), os.path.abspath(place)) if place else None
            if source is None:
                yield _unexamined(file, "no such file")
            elif not source.is_pile:
                yield _examination(project, ledger, file, source)
            else:
                for found in chosen(project, source, name, spool):
                    if isinstance(found, Problem):
                        yield Examination(sources.legible(file), Reading(source.path, "", problems=(found,)))
                    else:
                        yield _examination(project, ledger, f"{place}#{found.path.removeprefix(source.path)}", found)


def _unexamined(file: str, why: str) -> Examination:
    shown = sources.legible(file)
    return Examination(shown, Reading(shown, "", problems=(Problem("unreadable", "error", shown, why),)))


def _examination(project: Project, ledger: Ledger | None, file: str, source: Source) -> Examination:
    reading = project.reader.read(source)
    guid, kin = _looked_up(ledger, source, reading)
    return Examination(sources.legible(file), reading, guid, project.reader.page(source), kin)


def _looked_up(ledger: Ledger | None, source: Source, reading: Reading) -> tuple[str | None, Kin]:
    """Give the guid of the entry that a source is, and the files that are like it, as the ledger knows them."""
    if ledger:
        with suppress(LedgerError, Locked):
            standing = ledger.standings([source.path]).get(source.path)
            guid = standing.guid if standing else None
            return guid, copies.kin(ledger, source.path, guid, reading.article)
    return None, Kin()


def _folder_of(project: Project, file: str) -> sources.Folder:
    """Give the source folder that a file lies in; for a file that lies in none, its own folder."""
    place = os.path.abspath(file)
    for folder in project.folders:
        if place.startswith(folder.root + os.sep):
            return folder
    parent = os.path.dirname(place)
    return sources.Folder(os.path.basename(parent) or "root", parent)
