"""What became of the entries of old feeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import click

from feedpub.model import Adopted, Adoption
from feedpub.report.talk import printable
from feedpub.report.words import many, stamp, table

COLUMNS = ("matched", "known", "unmatched", "ambiguous", "taken", "published", "unusable")
ALWAYS = {"matched", "unmatched"}
SETTLED = {"matched", "known"}
REMEDIES = {
    "unmatched": "if there is an article, state this `id` in its sidecar before you build",
    "ambiguous": "state this `id` in the sidecar of the right article before you build",
    "taken": "an article has one id: name the feed first that most people read",
    "published": "nothing was changed: its subscribers would see it again; --force replaces ids that nobody has seen",
    "unusable": "readers can't know it again either: nothing is lost",
}
SHOWN = 20  # entries of a kind


def has_open(adoption: Adoption) -> bool:
    """Tell whether some entry did not find its article."""
    return any(entry.fate not in SETTLED for entry in adoption.entries)


def show_adoption(adoption: Adoption, *, dry_run: bool) -> None:
    """Print how many entries found their articles, then the others, with the reason and the remedy."""
    click.echo(_table(adoption))
    for fate in COLUMNS:
        entries = [entry for entry in adoption.entries if entry.fate == fate]
        if entries and fate not in SETTLED:
            _show(fate, entries)
    if dry_run:
        click.echo("\nnothing was remembered")
    elif any(entry.fate == "matched" for entry in adoption.entries):
        click.echo("\nnext: `feedpub plan`, then `feedpub build`, which publishes them under their old ids and dates")


def _table(adoption: Adoption) -> str:
    counts: Counter[str] = Counter(entry.fate for entry in adoption.entries)
    shown = [(fate, str(counts[fate])) for fate in COLUMNS if counts[fate] or fate in ALWAYS]
    columns = [("articles", str(adoption.articles)), ("entries", str(len(adoption.entries))), *shown]
    ways = Counter(entry.by for entry in adoption.entries if entry.fate == "matched")
    said = ", ".join(f"{number} by {way}" for way, number in ways.most_common())
    others = adoption.articles - counts["matched"] - counts["known"]
    lines = (
        f"matched {said}" if said else "",
        f"{many(others, 'article')} without an old id: new to subscribers, if the feeds hold them"
        if others > 0
        else "",
    )
    return "\n".join((table(columns), *filter(None, lines)))


def _show(fate: str, entries: Sequence[Adopted]) -> None:
    click.echo(f"\n{click.style(many(len(entries), 'entry', 'entries') + ' ' + fate, bold=True)}")
    for entry in entries[:SHOWN]:
        date = stamp(entry.published) if entry.published else "no date".ljust(20)
        click.echo(f"  {date}  {printable(entry.title or '(no title)')}")
        click.echo(f"{'':24}id: {printable(entry.guid) or '–'}")
        click.echo(f"{'':24}{printable(entry.why)}")
    if len(entries) > SHOWN:
        click.echo(f"  … and {len(entries) - SHOWN} more, which --json lists")
    click.echo(f"  hint: {REMEDIES[fate]}")
