"""The command line: parse, call, report. No logic.

Commands import what they need when they are called, so that `feedpub --help` answers at once.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from feedpub import __version__
from feedpub.errors import ConfigError, FeedpubError

if TYPE_CHECKING:
    from feedpub.pipeline import Overrides, Watcher
    from feedpub.project import Project


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="feedpub")
def cli() -> None:
    """Turn a folder of articles into feeds that every reader accepts.

    \b
    feedpub build                 seeds/ -> feeds/, or as feedpub.toml says
    feedpub build SOURCE -o OUT   no settings file needed
    """


def main() -> None:
    """Run feedpub. What stops it is said in a sentence, with the exit status that it knows."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller, as `>&-` does
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as long as we live
    try:
        status = cli(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        click.echo("interrupted; the last good feeds stand", err=True)
        status = 130
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except BrokenPipeError:
        # Whoever read our output has gone; Python must not complain about it once more at its own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 141
    except OSError as error:  # such as a full disk behind standard output; what a build does has errors of its own
        click.echo(f"error: {error.filename or 'standard output'}: {error.strerror}", err=True)
        status = 4
    except FeedpubError as error:
        from feedpub import report

        report.fail(error)
        status = error.status
    sys.exit(status or 0)


# ── what several commands share ─────────────────────────────────────────────────────────────────

Command = Callable[..., int | None]


def _project_options(command: Command) -> Command:
    for option in reversed(
        (
            click.argument("source", required=False),
            click.option("-o", "--output", metavar="DIR", help="Where the feeds go (feeds)."),
            click.option("-c", "--config", metavar="FILE", help="Settings (./feedpub.toml, if there is one)."),
            click.option("--ledger", metavar="FILE", help="What feedpub remembers (DIR.ledger.sqlite3)."),
        )
    ):
        command = option(command)
    return command


def _build_options(command: Command) -> Command:
    for option in reversed(
        (
            click.option("-j", "--jobs", type=click.IntRange(1, 64), help="Processes that read (all processors)."),
            click.option("--json", "as_json", is_flag=True, help="Print the report as JSON."),
            click.option("--strict", is_flag=True, help="Exit with 1 when there was any problem."),
            click.option("--allow-shrink", is_flag=True, help="Let more entries vanish than max_shrink allows."),
            click.option(
                "--allow-resurfaced", is_flag=True, help="Let more old entries look new than max_resurfaced allows."
            ),
            click.option("--allow-empty", is_flag=True, help="Go on though the sources hold no article."),
        )
    ):
        command = option(command)
    return command


def _project(source: str | None, output: str | None, config: str | None, ledger: str | None) -> Project:
    from feedpub.config import load
    from feedpub.project import project

    settings, base = load(Path(config) if config else None)
    # What the command line names is meant from here; what the settings name, from their own folder.
    output, ledger = (os.path.abspath(path) if path else None for path in (output, ledger))
    if source and output is None and config is None:
        output = os.path.abspath("feeds")
    return project(settings, base, source=source, output=output, ledger=ledger)


def _now() -> datetime:
    """Give the build's clock: SOURCE_DATE_EPOCH (seconds since 1970) or the time.

    Raises `ConfigError` for a clock that was never set: what is first seen by it would be dated 1970 for ever.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        now = datetime.fromtimestamp(int(epoch) if epoch else int(time.time()), UTC)
    except (ValueError, OverflowError, OSError):
        raise ConfigError(f"SOURCE_DATE_EPOCH={epoch} is no number of seconds since 1970") from None
    if not epoch and now.year < OLDEST_CLOCK:
        raise ConfigError(f"this machine's clock says {now:%Y-%m-%d}", "set it, and build again")
    return now


OLDEST_CLOCK = 2025  # year; no feedpub is older


def _watcher(quiet: bool) -> Watcher:
    from feedpub import report

    return report.Bar() if sys.stderr.isatty() and not quiet else report.Silence()


def _jobs(jobs: int | None) -> int:
    from feedpub import workers

    return jobs or workers.available()


# ── commands ────────────────────────────────────────────────────────────────────────────────────


@cli.command()
@_project_options
@_build_options
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
    overrides = _overrides(options)
    project = _project(**options)
    outcome = pipeline.build(project, now=_now(), jobs=_jobs(jobs), watcher=_watcher(quiet), overrides=overrides)
    report.tell(outcome.problems)
    seconds = round(time.monotonic() - started, 2)
    if as_json:
        report.as_json(report.outcome(outcome, seconds))
    elif not quiet:
        report.show_outcome(outcome, seconds)
        has_settings = options["config"] is not None or Path("feedpub.toml").exists()
        report.notes(outcome, has_url=project.settings.site.url is not None, has_settings=has_settings)
    return 1 if strict and outcome.problems else 0


@cli.command()
@_project_options
@_build_options
def plan(as_json: bool, strict: bool, jobs: int | None, **options: Any) -> int:
    """Say what a build would change, feed by feed, and change nothing."""
    from feedpub import pipeline, report

    overrides = _overrides(options)
    planned = pipeline.plan(
        _project(**options), now=_now(), jobs=_jobs(jobs), watcher=_watcher(quiet=False), overrides=overrides
    )
    report.tell(planned.outcome.problems)
    if as_json:
        report.as_json(report.plan(planned))
    else:
        report.show_plan(planned)
    return 1 if strict and planned.outcome.problems else 0


def _overrides(options: dict[str, Any]) -> Overrides:
    """Take from the options what the user allows this once."""
    from feedpub.pipeline import Overrides

    return Overrides(
        shrink=options.pop("allow_shrink"),
        resurfaced=options.pop("allow_resurfaced"),
        empty=options.pop("allow_empty"),
        foreign=options.pop("overwrite", False),
        prune=options.pop("prune", False),
    )


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-c", "--config", metavar="FILE", help="Settings (./feedpub.toml, if there is one).")
@click.option("--ledger", metavar="FILE", help="Where to look up guids (as the settings say).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line and article.")
@click.option("--page/--no-page", default=None, help="Print the page too, its parts marked (on a terminal).")
def inspect(files: tuple[str, ...], config: str | None, ledger: str | None, as_json: bool, page: bool | None) -> int:
    """Show how a FILE is understood: each field, where it comes from, and what is dropped.

    The same sidecars and settings are used as in a build. FILE#LINE names one article of a file that holds many, as
    does FILE#NAME. Exits with 1 when a file can't be read.
    """
    from feedpub import pipeline, report
    from feedpub.normalise import body_text

    with_page = sys.stdout.isatty() if page is None else page
    unread = False
    for found in pipeline.examine(_project(None, None, config, ledger), files):
        article = found.reading.article
        unread = unread or any(problem.code == "unreadable" for problem in found.reading.problems)
        text = body_text(article.body) if article else ""
        if as_json:
            report.as_json(report.examined(found.file, found.reading, found.guid, found.kin, body_text=text))
        else:
            report.show_reading(found.file, found.reading, found.guid, found.kin, body_text=text)
            if with_page:
                report.show_page(found.page, found.reading)
    return int(unread)


@cli.command()
@click.argument("source")
@click.option("-o", "--output", metavar="FILE", help="Write the profile there (standard output).")
@click.option("-c", "--config", metavar="FILE", help="Settings (./feedpub.toml, if there is one).")
@click.option("--json", "as_json", is_flag=True, help="Print what was learned as JSON.")
def learn(source: str, output: str | None, config: str | None, as_json: bool) -> None:
    """Propose a profile of the site whose pages lie in SOURCE: what many of them have in common.

    \b
    Review it, and name it in feedpub.toml, under [[sources]]: profile = "FILE". Says what it would change.
    """
    from feedpub import learn as learning
    from feedpub import report
    from feedpub.config import require_absent, write_profile

    if output:
        require_absent(Path(output))
    found = learning.learn(learning.only(_project(None, None, config, None), source), _watcher(quiet=False))
    report.tell(found.problems)
    profile = learning.as_toml(found, source)
    if output:
        write_profile(Path(output), profile)
    if as_json:
        report.as_json(found)
    elif output:
        click.echo(report.lesson(found))
        click.echo(f"wrote {output}; next: review it, and name it in feedpub.toml, as it says")
    else:
        click.echo(profile, nl=False)
        click.echo(report.lesson(found), err=True)


@cli.command()
@click.argument("targets", nargs=-1, required=True, metavar="PATH|URL...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line and document.")
def check(targets: tuple[str, ...], as_json: bool) -> int:
    """Say whether feeds are valid, and what readers would stumble over.

    A PATH is a feed or a folder of feeds; a URL is fetched. Exits with 1 when there is any error.
    """
    from feedpub import fetch, report
    from feedpub.check import check as examine

    found = ((name, examine(data, name, now=_now())) for target in targets for name, data in fetch.documents(target))
    return int(report.findings_as_json(found) if as_json else report.show_findings(found))


# ── the ledger ──────────────────────────────────────────────────────────────────────────────────


@cli.group()
def ledger() -> None:
    """Look after what feedpub remembers: which entry each article is, and since when."""


def _place_options(command: Command) -> Command:
    for option in reversed(
        (
            click.option("-o", "--output", metavar="DIR", help="Where the feeds are (feeds)."),
            click.option("-c", "--config", metavar="FILE", help="Settings (./feedpub.toml, if there is one)."),
            click.option("--ledger", metavar="FILE", help="The ledger (DIR.ledger.sqlite3)."),
        )
    ):
        command = option(command)
    return command


_replace = click.option("--replace", is_flag=True, help="Put it in the place of a ledger, which is kept beside it.")


@ledger.command("show")
@click.argument("names", nargs=-1, required=True, metavar="GUID|FILE|URL...")
@_place_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line and entry.")
def show_ledger(names: tuple[str, ...], as_json: bool, **places: str | None) -> int:
    """Show what is remembered of entries: ids, names, dates, feeds, and what happened to them.

    Exits with 1 when there is no such entry.
    """
    from feedpub import report, upkeep

    status = 0
    for name, found in upkeep.look_up(_project(None, **places), names):
        if found is None:
            report.note(f"{name}: the ledger knows no such entry")
            status = 1
        elif as_json:
            report.as_json(report.recalled(name, found))
        else:
            report.show_recalled(found)
    return status


@ledger.command("dump")
@click.option("-o", "--output", metavar="FILE", help="Write it there (standard output).")
@click.option("-c", "--config", metavar="FILE", help="Settings (./feedpub.toml, if there is one).")
@click.option("--ledger", metavar="FILE", help="The ledger (as the settings say).")
def dump_ledger(output: str | None, config: str | None, ledger: str | None) -> None:
    """Print all that can't be made again as text that diffs well: one JSON object a line."""
    from feedpub import report, upkeep
    from feedpub.ledger.files import write_dump

    lines = map(report.printable, upkeep.dump(_project(None, None, config, ledger)))
    if output:
        write_dump(output, lines)
    else:
        for line in lines:
            click.echo(line)


@ledger.command("load")
@click.argument("file", type=click.File("rb"))
@_place_options
@_replace
def load_ledger(file: BinaryIO, replace: bool, **places: str | None) -> None:
    """Make a ledger of what `dump` wrote to FILE (-: standard input). A wrong line is named, and nothing is done."""
    from feedpub import report, upkeep

    project = _project(None, **places)
    done = upkeep.load(project, file, file.name, replace=replace)
    click.echo(report.renewed(done.entries, done.kept, project.ledger))


@ledger.command("rebuild")
@_place_options
@_replace
def rebuild_ledger(replace: bool, **places: str | None) -> None:
    """Make a ledger of the published feeds and their archives, as a build does when there is none."""
    from feedpub import report, upkeep

    project = _project(None, **places)
    done = upkeep.rebuild(project, replace=replace)
    click.echo(report.renewed(done.entries, done.kept, project.ledger))


@ledger.command("verify")
@_place_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line and file.")
def verify_ledger(as_json: bool, **places: str | None) -> int:
    """Say whether the ledger is sound, and the published files are as they were written. Exits with 1 if not."""
    from feedpub import report, upkeep

    found = upkeep.verify(_project(None, **places))
    return int(report.findings_as_json(found) if as_json else report.show_findings(found, "file"))


# ── the first step ──────────────────────────────────────────────────────────────────────────────


@cli.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option("-o", "--output", metavar="DIR", help="Where the feeds go (feeds).")
@click.option("-c", "--config", metavar="FILE", help="Settings (./feedpub.toml, if there is one).")
@click.option("--ledger", metavar="FILE", help="What feedpub remembers (DIR.ledger.sqlite3).")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), help="Processes that read (all processors).")
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be taken over, and remember nothing.")
@click.option("--force", is_flag=True, help="Replace ids that feedpub gave: their subscribers see these entries again.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--strict", is_flag=True, help="Exit with 1 when an entry did not find its article.")
def adopt(feeds: tuple[str, ...], as_json: bool, strict: bool, jobs: int | None, **options: Any) -> int:
    """Take over the ids and dates of an existing FEED, before the first build: subscribers see no entry twice.

    A FEED is an RSS, Atom or JSON feed of any program, as a file or a URL, which is fetched. Its entries are matched to
    articles by stated id, address, text and title. What is not clear is listed, not guessed.
    """
    from feedpub import adopt as adopting
    from feedpub import fetch, report

    changes = {name: options.pop(name) for name in ("force", "dry_run")}
    documents = [document for feed in feeds for document in fetch.documents(feed)]
    project = _project(None, options["output"], options["config"], options["ledger"])
    adoption = adopting.adopt(project, documents, now=_now(), jobs=_jobs(jobs), watcher=_watcher(as_json), **changes)
    report.tell(adoption.problems)
    if as_json:
        report.as_json(adoption)
    else:
        report.show_adoption(adoption, dry_run=changes["dry_run"])
    return int(strict and report.has_open(adoption))


@cli.command()
@click.option("-c", "--config", default="feedpub.toml", show_default=True, metavar="FILE", help="Where to write it.")
@click.option("--title", help="The site's title.")
@click.option("--url", help="Where the output folder will be served.")
def init(config: str, title: str | None, url: str | None) -> None:
    """Write a commented feedpub.toml with a fresh site id, or the one that the feeds were published with.

    Asks for the title and the URL when it can and they are not given.
    """
    from uuid import uuid4

    from feedpub import config as settings
    from feedpub.config import Settings
    from feedpub.pipeline import site_id_of
    from feedpub.project import project

    place = Path(config)
    if place.exists():
        raise ConfigError(f"{place} exists already", "edit it, or move it away")
    asks = sys.stdin.isatty()
    if title is None:
        title = click.prompt("Title of the site", default="News") if asks else "News"
    if url is None:
        url = click.prompt("URL where the feeds will be served", default="", show_default=False) if asks else ""
    site_id = site_id_of(project(Settings(), place.parent)) or str(uuid4())
    settings.create(place, title=title, url=url, site_id=site_id)
    click.echo(f"wrote {place}; next: put articles into seeds/ and run `feedpub build`")
