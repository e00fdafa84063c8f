"""What a build did, and what one would do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import click

from feedpub.model import READERS, FeedPlan, Outcome, Plan, Sighting
from feedpub.report.talk import note, printable
from feedpub.report.words import many, stamp, table

COLUMNS = (
    ("found", "articles"),
    ("new", "new"),
    ("updated", "updated"),
    ("unchanged", "unchanged"),
    ("moved", "moved"),
    ("returned", "returned"),
    ("released", "released"),
    ("withdrawn", "withdrawn"),
    ("expired", "expired"),
    ("held", "held"),
    ("draft", "drafts"),
    ("duplicate", "duplicates"),
    ("aside", "set aside"),
)
ALWAYS = {"found", "new", "updated", "unchanged", "aside"}
SHOWN = 20  # entries of a kind and feed
SIGNS = {
    "new": "+",
    "resurfaced": "!",
    "collapsed": "!",
    "re-dated": "!",
    "visibly updated": "~",
    "quietly updated": "~",
    "back": "~",
    "withdrawn": "-",
}


def outcome(done: Outcome, seconds: float) -> dict[str, Any]:
    """Give a build's report as `--json` prints it."""
    counts = {name: _count(done, name) for name, _ in COLUMNS}
    return {
        "articles": counts.pop("found"),
        **{"set_aside" if name == "aside" else name: count for name, count in counts.items()},
        "feeds": done.feeds,
        "pages": done.pages,
        "written": done.written,
        "pruned": done.pruned,
        "seconds": seconds,
        "problems": done.problems,
    }


def show_outcome(done: Outcome, seconds: float) -> None:
    """Print one short table: what is always asked for, and what else happened."""
    click.echo(_table(done))
    written = f"{len(done.written)} of {done.feeds + done.pages} files written" if done.written else "no file changed"
    pruned = f", {len(done.pruned)} removed" if done.pruned else ""
    click.echo(f"{written}{pruned}, {seconds:.2f} s")


def notes(done: Outcome, *, has_url: bool, has_settings: bool) -> None:
    """Say what is good to know, once the work is done."""
    if done.taken_back:
        note(f"the ledger is new: {done.taken_back} entries were taken back from the published feeds")
    if not has_url:
        way = (
            "set `url` under [site] in feedpub.toml" if has_settings else "`feedpub init` writes a feedpub.toml for it"
        )
        note(f"site.url is not set, so the feeds can't name themselves: good for a preview; {way}")


def _count(done: Outcome, name: str) -> int:
    if name == "unchanged":
        changed = sum(done.tally.get(what, 0) for what in ("new", "updated", "returned", "released"))
        return max(0, done.found - changed - sum(done.standing.values()))
    if name == "found":
        return done.found
    return done.standing.get(name, done.tally.get(name, 0))


def _table(done: Outcome) -> str:
    counts = [(name, title, str(_count(done, name))) for name, title in COLUMNS]
    return table((title, count) for name, title, count in counts if name in ALWAYS or count != "0")


def plan(planned: Plan) -> dict[str, Any]:
    """Give a plan as `plan --json` prints it."""
    counts = outcome(planned.outcome, 0.0)
    for of_a_build in ("written", "pruned", "seconds"):
        del counts[of_a_build]
    return {**counts, "feeds": [_feed(feed) for feed in planned.feeds], "pages": planned.pages}


def _feed(feed: FeedPlan) -> dict[str, Any]:
    found: dict[str, Any] = {kind.replace(" ", "_").replace("-", "_"): [] for kind in SIGNS}
    for seen in feed.sightings:
        entry = seen.entry
        found[seen.kind.replace(" ", "_").replace("-", "_")].append(
            {
                "guid": entry.guid,
                "title": entry.title,
                "link": entry.link,
                "published": datetime.fromtimestamp(entry.published, UTC),
                "readers": seen.readers,
            }
        )
    return {"channel": feed.channel, **found, "passed": feed.passed, "files": feed.files}


def show_plan(planned: Plan) -> None:
    """Print what a build would change, feed by feed."""
    click.echo(_table(planned.outcome))
    for feed in planned.feeds:
        click.echo(f"\n{click.style(feed.channel or 'the site', bold=True)}: {_names(feed.files)}")
        for kind, sign in SIGNS.items():
            entries = [seen for seen in feed.sightings if seen.kind == kind]
            for seen in entries[:SHOWN]:
                click.echo(f"  {sign} {kind:<15}  {_sighting(seen)}")
            if len(entries) > SHOWN:
                click.echo(f"  {sign} {kind:<15}  … and {len(entries) - SHOWN} more")
        if feed.passed:
            click.echo(f"  {feed.passed} older entries leave the window")
    if not planned.feeds:
        click.echo("no feed would change")
    if planned.pages:
        click.echo(f"\nfor people: {many(len(planned.pages), 'file')} would be written")


def _sighting(seen: Sighting) -> str:
    """An entry's date and title, and where it shows as unread when that is not everywhere or nowhere."""
    readers = "" if seen.readers in ((), READERS) else f"  ({', '.join(seen.readers)})"
    return f"{stamp(datetime.fromtimestamp(seen.entry.published, UTC))}  {printable(seen.entry.title)}{readers}"


def _names(paths: Iterable[str]) -> str:
    return ", ".join(path.rpartition("/")[2] for path in paths)
