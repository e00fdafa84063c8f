"""The stages in order: scan, read, resolve, remember, select, render, publish, tick off.

This module is the picture of feedpub. It decides nothing about articles, feeds or files: it asks the modules that do,
and introduces the edges to each other. A process killed between any two steps leaves yesterday's output or today's, and
the next build finishes the work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from feedpub import agenda as agendas
from feedpub import foresight, publishing, sources
from feedpub import ledger as ledgers
from feedpub.agenda import Agenda
from feedpub.entering import Entering
from feedpub.errors import EmptySource
from feedpub.founding import settle_site
from feedpub.ledger import Ledger
from feedpub.model import Gone, Outcome, Plan, Problem, Source, Unlisted
from feedpub.project import Project
from feedpub.reading import Watcher, read_all
from feedpub.remembering import Remembering, guard_shrink
from feedpub.unpacking import Piles, piles


class Overrides(Struct, frozen=True):
    """What the user allows this once."""

    shrink: bool = False
    resurfaced: bool = False
    empty: bool = False
    foreign: bool = False
    prune: bool = False


# ── build ───────────────────────────────────────────────────────────────────────────────────────


def build(
    project: Project, *, now: datetime, jobs: int, watcher: Watcher, overrides: Overrides = Overrides()
) -> Outcome:
    """Bring the output up to date with the sources. `now` is the build's clock, aware.

    Raises a `FeedpubError` that knows its exit status; then the last good feeds stand.
    """
    _require_sources(project, overrides)
    with Ledger.make(project.ledger) as ledger:
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
        feeds, pages = ledger.artefacts.count()
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


def _require_sources(project: Project, overrides: Overrides) -> None:
    """Raise `EmptySource` when a folder is missing, or when there is nothing to make a new ledger of."""
    sources.require(project.folders)
    is_new = not ledgers.exists(project.ledger)
    if is_new and not overrides.empty and next(sources.scan(project.folders), None) is None:
        raise _nothing_found(project)


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
        found, holes = _scan(ledger, project, unpacked)
        if not found and not holes and not overrides.empty:
            raise _nothing_found(project)
        site_id, taken_back, problems = settle_site(ledger, project)
        live = ledger.entries.count("live")
        entering = Entering(ledger, project, now)
        remembering = Remembering(ledger, project, unpacked, entering, site_id)
        remembering.say((*problems, *_untold(ledger, holes), *unpacked.problems))
        _read(ledger, project, remembering, jobs=jobs, watcher=watcher)
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
        standing={**ledger.sources.count_standings(), "held": ledger.entries.count("held")},
        problems=(*remembering.problems, *cuts, *foreign),
        taken_back=taken_back,
    )
    return Remembered(outcome, agenda, entering.fresh)


def _read(ledger: Ledger, project: Project, remembering: Remembering, *, jobs: int, watcher: Watcher) -> None:
    """Read what is new or different, and settle what each article is."""
    remembering.reconsider()
    pending = ledger.pending.count()
    watcher.starts(pending)
    for batch in read_all(project.reader, ledger.pending.all(), count=pending, jobs=jobs):
        remembering.take(batch)
        watcher.advances(len(batch))
    remembering.take_postponed()
    remembering.settle_copies()
    remembering.part()
    remembering.choose_copies()


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

    for other in sources.compare(counted(), ledger.sources.seen()):
        match other:
            case Source() if other.is_pile:
                different.append(other)
            case Source():
                ledger.pending.add(other)
            case Gone():
                ledger.pending.mark_gone(other.path)
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


# ── plan ────────────────────────────────────────────────────────────────────────────────────────


def plan(project: Project, *, now: datetime, jobs: int, watcher: Watcher, overrides: Overrides = Overrides()) -> Plan:
    """Say what a build would change, and change nothing: the build's own stages, taken back before anything is kept."""
    sources.require(project.folders)
    with Ledger.rehearse(project.ledger) as ledger:
        ledger.begin()
        done = _remember(ledger, project, now=now, jobs=jobs, watcher=watcher, overrides=overrides)
        feeds = foresight.foresee(ledger, done.agenda.feeds, fresh=done.fresh, now=now)
        ledger.rollback()
    flood = foresight.flood(project, feeds)
    problems = (*done.outcome.problems, *([foresight.warned(flood)] if flood else []))
    pages = (page.path for page in (*done.agenda.details, *done.agenda.pages))
    return Plan(replace(done.outcome, problems=problems), tuple(feeds), tuple(pages))
