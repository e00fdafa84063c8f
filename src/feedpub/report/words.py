"""Small phrases that several reports print."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Iterable
from typing import Any

import click
import msgspec

from feedpub.report.talk import printable

NARROWEST = 24  # columns into which a text is wrapped
WIDE = re.compile("[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]")


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


def short(text: str, most: int = 60) -> str:
    """Give the beginning of a text."""
    return text if len(text) <= most else text[: most - 1] + "…"


def columns() -> int | None:
    """Give the width of the terminal; nothing when the output goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def wrapped(head: str, text: str, **style: Any) -> str:
    """Give a text behind a head, on a terminal in lines that all begin below its first; elsewhere on one line."""
    room = (columns() or 0) - len(head)
    room //= 2 if len(WIDE.findall(text)) > len(text) / 2 else 1
    lines = textwrap.wrap(text, room, break_on_hyphens=False) if NARROWEST <= room < len(text) else [text]
    given = {name: value for name, value in style.items() if value}
    shown = [click.style(line, **given) if given and line else line for line in lines]
    margin = click.style(head, **given) if given and head.strip() else head
    return f"\n{' ' * len(head)}".join((margin + shown[0], *shown[1:])).rstrip()
