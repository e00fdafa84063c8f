"""Foresee what subscribers will see of a build, and refuse a flood.

Takes the ledger as a build would leave it and the files that it would write, gives a FeedPlan for each feed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from feedpub.agenda import FeedFile, exhibits
from feedpub.errors import Flood
from feedpub.ledger import Ledger
from feedpub.model import FeedPlan, Problem
from feedpub.project import Project
from feedpub.subscribers import COLLAPSED, RESURFACED, sightings


def foresee(
    ledger: Ledger, due: Sequence[FeedFile], *, fresh: set[str], now: datetime, seen_only: bool = False
) -> list[FeedPlan]:
    """Say what the subscribers of each feed will see; with `seen_only`, of the feeds alone that ever were published."""
    paths: dict[str, list[str]] = {}
    heads = {}
    for file in due:
        paths.setdefault(file.edition.folder, []).append(file.path)
        if not (file.edition.page.number or file.listed):
            heads[file.edition.folder] = file.edition.channel
    plans = []
    for folder, channel in sorted(heads.items()):
        before = ledger.shown.by(folder)
        if seen_only and not before:
            continue
        after = exhibits(ledger, channel)
        living = {known.guid for known in ledger.entries.known(list(before)).values() if known.state == "live"}
        seen = sightings(before, after, fresh=fresh, living=living, now=int(now.timestamp()))
        passed = len(living - {entry.guid for entry in after})
        plans.append(FeedPlan(folder, tuple(seen), passed, tuple(paths[folder])))
    return plans


def flood(project: Project, plans: Sequence[FeedPlan]) -> Flood | None:
    """Say that too many old entries would look new, or that entries would become one; None when all is well."""
    for plan in plans:
        collapsed = [seen.entry for seen in plan.sightings if seen.kind == COLLAPSED]
        if collapsed:
            return Flood(
                f"{_feed(plan)}: {len(collapsed)} entries would become one for their readers: they have the same id",
                f"state different ids; one of them is {collapsed[0].title}",
            )
    worst = max(plans, key=_resurfaced, default=None)
    count = _resurfaced(worst) if worst else 0
    if worst is None or count <= project.settings.guards.max_resurfaced:
        return None
    found = [seen for seen in worst.sightings if seen.kind == RESURFACED]
    gone = any(seen.kind == "withdrawn" for seen in worst.sightings)
    cause = (
        "their ids are not those that were published: this ledger, or site.id, is not the one that they were made with"
        if gone
        else "they changed all at once, or settings let more of them into the feed"
    )
    return Flood(
        f"{_feed(worst)}: {count} old entries would look new in {', '.join(found[0].readers)}, more than "
        f"max_resurfaced = {project.settings.guards.max_resurfaced} allows; {cause}",
        "`feedpub plan` names them; bring the ledger back, state `significant = false` for changes that are none, or "
        "build once with --allow-resurfaced",
    )


def guard(project: Project, plans: Sequence[FeedPlan]) -> None:
    """Raise `Flood` when subscribers would see too many old entries as new, or entries would become one."""
    if found := flood(project, plans):
        raise found


def warned(found: Flood) -> Problem:
    """Say in a plan that a build would refuse."""
    return Problem("flood", "warning", "the feeds", f"a build would refuse: {found.message}", found.hint)


def _resurfaced(plan: FeedPlan) -> int:
    """How many old entries the reader with the worst memory would show as new."""
    counts: dict[str, int] = {}
    for seen in plan.sightings:
        for reader in seen.readers if seen.kind == RESURFACED else ():
            counts[reader] = counts.get(reader, 0) + 1
    return max(counts.values(), default=0)


def _feed(plan: FeedPlan) -> str:
    return plan.channel or "the site's feed"
