"""What many pages of a site taught."""

from __future__ import annotations

import click

from feedpub.model import Change, Lesson
from feedpub.report.talk import printable
from feedpub.report.words import many


def lesson(learned: Lesson) -> str:
    """Say what was learned, and on how many pages it would change what, with examples."""
    found = ", ".join(
        (
            many(learned.articles, "article") + f" on {many(learned.pages, 'page')}",
            many(len(learned.categories), "category", "categories"),
            many(len(learned.authors), "author"),
            many(len(learned.chrome), "line") + " of chrome",
        )
    )
    if not learned.chrome and not learned.known:
        found += (
            "\nno line stands on most of the pages: if they are of several sites, learn from each one's by themselves"
        )
    head = "   ".join(("changed by it", *(change.field for change in learned.changes)))
    counts = "   ".join(str(change.pages).rjust(len(change.field)) for change in learned.changes)
    return "\n".join((found, "", head, f"{'pages':>13}   {counts}", *filter(None, map(_examples, learned.changes))))


def _examples(change: Change) -> str:
    if not change.examples:
        return ""
    lines = [f"\n{click.style(change.field, bold=True)}"]
    for example in change.examples:
        lines += (f"  {printable(example.path)}", f"    - {printable(example.before) or '–'}")
        lines.append(f"    + {printable(example.after) or '–'}")
    return "\n".join(lines)
