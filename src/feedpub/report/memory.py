"""What the ledger remembers of an entry."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat
from typing import Any

import click

from feedpub.model import Event, Recalled
from feedpub.report.talk import printable
from feedpub.report.words import many, stamp


def recalled(name: str, found: Recalled) -> dict[str, Any]:
    """Give an entry as `ledger show --json` prints it. `name`: as the user named it."""
    known = found.known
    return {
        "name": name,
        "guid": known.guid,
        "title": found.title,
        "state": known.state,
        "home": known.path,
        "problems": found.told.split(),
        "address": found.permalink,
        "first_seen": known.first_seen,
        "published": known.published,
        "updated": known.updated,
        "expires": known.expires,
        "keys": found.keys,
        "channels": known.channels,
        "archive": [{"channel": channel, "page": number} for channel, number in found.pages],
        "duplicates": found.duplicates,
        "history": found.history,
    }


def show_recalled(found: Recalled) -> None:
    """Print what is remembered of an entry, then what happened to it."""
    click.echo(click.style(found.known.guid, bold=True))
    for name, values in _lines(found):
        for label, value in zip(chain((name,), repeat("")), values, strict=False):  # said once
            click.echo(f"  {label:<11} {printable(value)}")
    click.echo()


def _lines(found: Recalled) -> list[tuple[str, Sequence[str]]]:
    known = found.known
    told = f" ({', '.join(found.told.split())})" if found.told else ""
    return [
        ("title", [found.title or "–"]),
        ("state", [known.state]),
        ("home", [f"{known.path}{told}" if known.path else "– (its file was not found yet)"]),
        ("duplicate", found.duplicates),
        ("address", [found.permalink] if found.permalink else []),
        ("first seen", [stamp(known.first_seen)]),
        ("published", [stamp(known.published)]),
        ("updated", [stamp(known.updated)]),
        ("expires", [stamp(known.expires)] if known.expires else []),
        ("keys", found.keys),
        ("channels", [channel or "the site" for channel in known.channels]),
        ("archive", [f"{channel or 'the site'}, page {number}" for channel, number in found.pages]),
        ("history", [_told(event) for event in found.history] or ["nothing since it was first seen"]),
    ]


def _told(event: Event) -> str:
    """Say what happened, and how it was before."""
    before = {"moved": "from ", "retitled": "was: "}.get(event.what, "")
    return f"{stamp(event.at)}  {event.what:<9}  {before}{event.detail}".rstrip()


def renewed(entries: int, kept: str | None, ledger: str) -> str:
    """Say that there is a new ledger, where the old one is, and what to do next."""
    old = f"; the one that was there is now {kept}" if kept else ""
    return f"{many(entries, 'entry', 'entries')} in {ledger}{old}; next: run `feedpub build`"
