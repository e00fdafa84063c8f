"""What is said on standard error: problems, refusals, notes. And how text is made safe for a terminal."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

import click

from feedpub.errors import FeedpubError
from feedpub.model import Problem

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Make text safe for a terminal: control characters and marks of direction are shown, not obeyed."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def tell(problems: Iterable[Problem]) -> None:
    """Say each problem on standard error."""
    for problem in problems:
        colour = {"error": "red", "warning": "yellow"}.get(problem.severity)
        label = click.style(f"{problem.severity}:", fg=colour)
        click.echo(
            f"{label} {printable(_from_here(problem.where))}: {printable(problem.message)} [{problem.code}]", err=True
        )
        if problem.hint:
            click.echo(f"  hint: {printable(problem.hint)}", err=True)


def _from_here(place: str) -> str:
    """Name a file as the user would, from the folder where the command runs."""
    return place.removeprefix(os.getcwd() + os.sep)


def fail(error: FeedpubError, *, colour: bool | None = None) -> None:
    """Say why the run stopped; in colour on a terminal, if nothing else is said."""
    click.echo(f"{click.style('error:', fg='red')} {printable(error.message)}", err=True, color=colour)
    if error.hint:
        click.echo(f"  hint: {printable(error.hint)}", err=True)


def note(text: str) -> None:
    """Say something that is good to know, on standard error."""
    click.echo(f"note: {printable(text)}", err=True)
