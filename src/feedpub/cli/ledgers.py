"""`feedpub ledger`: look after what is remembered."""

from __future__ import annotations

from typing import BinaryIO

import click

from feedpub.cli.shared import config_option, place_options, project_of


@click.group()
def ledger() -> None:
    """Look after what feedpub remembers: which entry each article is, and since when."""


_replace = click.option("--replace", is_flag=True, help="Put it in the place of a ledger, which is kept beside it.")


@ledger.command("show")
@click.argument("names", nargs=-1, required=True, metavar="GUID|FILE|URL...")
@place_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line and entry.")
def show_ledger(names: tuple[str, ...], as_json: bool, **places: str | None) -> int:
    """Show what is remembered of entries: ids, names, dates, feeds, and what happened to them.

    Exits with 1 when there is no such entry.
    """
    from feedpub import report, upkeep

    status = 0
    for name, found in upkeep.look_up(project_of(None, **places), names):
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
@config_option
@click.option("--ledger", metavar="FILE", help="The ledger (as the settings say).")
def dump_ledger(output: str | None, config: str | None, ledger: str | None) -> None:
    """Print all that can't be made again as text that diffs well: one JSON object a line."""
    from feedpub import report, upkeep
    from feedpub.ledger.files import write_dump

    lines = map(report.printable, upkeep.dump(project_of(None, None, config, ledger)))
    if output:
        write_dump(output, lines)
    else:
        for line in lines:
            click.echo(line)


@ledger.command("load")
@click.argument("file", type=click.File("rb"))
@place_options
@_replace
def load_ledger(file: BinaryIO, replace: bool, **places: str | None) -> None:
    """Make a ledger of what `dump` wrote to FILE (-: standard input). A wrong line is named, and nothing is done."""
    from feedpub import report, upkeep

    project = project_of(None, **places)
    done = upkeep.load(project, file, file.name, replace=replace)
    click.echo(report.renewed(done.entries, done.kept, project.ledger))


@ledger.command("rebuild")
@place_options
@_replace
def rebuild_ledger(replace: bool, **places: str | None) -> None:
    """Make a ledger of the published feeds and their archives, as a build does when there is none."""
    from feedpub import report, upkeep

    project = project_of(None, **places)
    done = upkeep.rebuild(project, replace=replace)
    click.echo(report.renewed(done.entries, done.kept, project.ledger))


@ledger.command("verify")
@place_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line and file.")
def verify_ledger(as_json: bool, **places: str | None) -> int:
    """Say whether the ledger is sound, and the published files are as they were written. Exits with 1 if not."""
    from feedpub import report, upkeep

    found = upkeep.verify(project_of(None, **places))
    return int(report.findings_as_json(found) if as_json else report.show_findings(found, "file"))
