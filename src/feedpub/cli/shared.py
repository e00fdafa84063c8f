"""What several commands share: options, and what is made of them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from feedpub.errors import ConfigError

if TYPE_CHECKING:
    from feedpub.pipeline import Overrides
    from feedpub.project import Project
    from feedpub.reading import Watcher

OLDEST_CLOCK = 2025  # year; no feedpub is older

Command = Callable[..., int | None]


def _all_of(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Make several options one, in their order."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


config_option = click.option("-c", "--config", metavar="FILE", help="Settings (./feedpub.toml, if there is one).")
jobs_option = click.option("-j", "--jobs", type=click.IntRange(1, 64), help="Processes that read (all processors).")
project_options = _all_of(
    click.argument("source", required=False),
    click.option("-o", "--output", metavar="DIR", help="Where the feeds go (feeds)."),
    config_option,
    click.option("--ledger", metavar="FILE", help="What feedpub remembers (DIR.ledger.sqlite3)."),
)
build_options = _all_of(
    jobs_option,
    click.option("--json", "as_json", is_flag=True, help="Print the report as JSON."),
    click.option("--strict", is_flag=True, help="Exit with 1 when there was any problem."),
    click.option("--allow-shrink", is_flag=True, help="Let more entries vanish than max_shrink allows."),
    click.option("--allow-resurfaced", is_flag=True, help="Let more old entries look new than max_resurfaced allows."),
    click.option("--allow-empty", is_flag=True, help="Go on though the sources hold no article."),
)
place_options = _all_of(
    click.option("-o", "--output", metavar="DIR", help="Where the feeds are (feeds)."),
    config_option,
    click.option("--ledger", metavar="FILE", help="The ledger (DIR.ledger.sqlite3)."),
)


def project_of(source: str | None, output: str | None, config: str | None, ledger: str | None) -> Project:
    """Bring the settings together with the command line: what an option names comes first."""
    from pathlib import Path

    from feedpub.config import load
    from feedpub.project import project

    named = {"SOURCE": source, "--output": output, "--config": config, "--ledger": ledger}
    for name, value in named.items():
        if value == "":  # the defaults are not what was meant
            raise ConfigError(f"{name} names nothing", "is it a variable that is not set?")
    settings, base = load(Path(config) if config else None)
    # What the command line names is meant from here; what the settings name, from their own folder.
    output, ledger = (os.path.abspath(path) if path else None for path in (output, ledger))
    if source and output is None and config is None:
        output = os.path.abspath("feeds")
    return project(settings, base, source=source, output=output, ledger=ledger)


def clock() -> datetime:
    """Give the build's clock: SOURCE_DATE_EPOCH (seconds since 1970) or the time.

    Raises `ConfigError` for a clock that was never set: what is first seen by it would be dated 1970 for ever.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        now = datetime.fromtimestamp(int(epoch) if epoch else int(time.time()), UTC)
    except (ValueError, OverflowError, OSError):
        raise ConfigError(f"SOURCE_DATE_EPOCH={epoch} is no number of seconds since 1970") from None
    if now.year < OLDEST_CLOCK:
        whose = f"SOURCE_DATE_EPOCH={epoch}" if epoch else "this machine's clock"
        raise ConfigError(f"{whose} says {now:%Y-%m-%d}, and feedpub is not that old", "set it, and build again")
    return now


def watcher_of(quiet: bool) -> Watcher:
    """Give a bar on a terminal, and silence elsewhere."""
    from feedpub import report

    return report.Bar() if sys.stderr.isatty() and not quiet else report.Silence()


def jobs_of(jobs: int | None) -> int:
    """Give the number of processes that read."""
    from feedpub import workers

    return jobs or workers.available()


def overrides_of(options: dict[str, Any]) -> Overrides:
    """Take from the options what the user allows this once."""
    from feedpub.pipeline import Overrides

    return Overrides(
        shrink=options.pop("allow_shrink"),
        resurfaced=options.pop("allow_resurfaced"),
        empty=options.pop("allow_empty"),
        foreign=options.pop("overwrite", False),
        prune=options.pop("prune", False),
    )
