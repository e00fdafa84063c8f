"""`feedpub build` and `feedpub plan`."""

from __future__ import annotations

import os
import time
from typing import Any

import click

from feedpub.cli.shared import build_options, clock, jobs_of, overrides_of, project_of, project_options, watcher_of


@click.command()
@project_options
@build_options
@click.option("-q", "--quiet", is_flag=True, help="Print nothing when all is well.")
@click.option("--overwrite", is_flag=True, help="Replace files that feedpub did not write.")
@click.option("--prune", is_flag=True, help="Remove the feeds of empty or dropped categories and formats.")
def build(quiet: bool, as_json: bool, strict: bool, jobs: int | None, **options: Any) -> int:
    """Bring the feeds up to date with the articles in SOURCE.

    \b
    Exit status: 0 published, or nothing to do; 1 the same with --strict, when there was any problem; 2 wrong usage or
    settings; 3 a guard refused; 4 the build failed; 75 another build is at work. The last good feeds stand in any case.
    """
    from feedpub import pipeline, report

    started = time.monotonic()
    overrides = overrides_of(options)
    project = project_of(**options)
    outcome = pipeline.build(project, now=clock(), jobs=jobs_of(jobs), watcher=watcher_of(quiet), overrides=overrides)
    report.tell(outcome.problems)
    seconds = round(time.monotonic() - started, 2)
    if as_json:
        report.as_json(report.outcome(outcome, seconds))
    elif not quiet:
        report.show_outcome(outcome, seconds)
        has_settings = options["config"] is not None or os.path.exists("feedpub.toml")
        report.notes(outcome, has_url=project.settings.site.url is not None, has_settings=has_settings)
    return 1 if strict and outcome.problems else 0


@click.command()
@project_options
@build_options
def plan(as_json: bool, strict: bool, jobs: int | None, **options: Any) -> int:
    """Say what a build would change, feed by feed, and change nothing."""
    from feedpub import pipeline, report

    overrides = overrides_of(options)
    planned = pipeline.plan(
        project_of(**options),
        now=clock(),
        jobs=jobs_of(jobs),
        watcher=watcher_of(quiet=False),
        overrides=overrides,
    )
    report.tell(planned.outcome.problems)
    if as_json:
        report.as_json(report.plan(planned))
    else:
        report.show_plan(planned)
    return 1 if strict and planned.outcome.problems else 0
