"""Small phrases that several reports print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click
import msgspec

from feedpub.report.talk import printable


def as_json(value: Any) -> None:
    """Print a value as one line of JSON. What is not printable stands in strings, where JSON writes it as we do."""
    click.echo(printable(msgspec.json.encode(value).decode()))


def many(count: int, noun: str, nouns: str = "") -> str:
    """Give a count and its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {nouns or noun + 's'}"


def table(columns: Iterable[tuple[str, str]]) -> str:
    """Give two lines: titles, and what stands below each, to the right."""
    shown = list(columns)
    head = "   ".join(title.rjust(len(value)) for title, value in shown)
    row = "   ".join(value.rjust(len(title)) for title, value in shown)
    return f"{head}\n{row}"


def stamp(value: Any) -> str:
    """Give a time as feeds print it."""
    return str(value.strftime("%Y-%m-%dT%H:%M:%SZ"))


def short(text: str) -> str:
    """Give the beginning of a text."""
    return text if len(text) <= 60 else text[:59] + "…"
