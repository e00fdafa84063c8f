"""`feedpub inspect`, `learn` and `check`: what files are, without a build."""

from __future__ import annotations

import sys

import click

from feedpub.cli.shared import clock, config_option, project_of, watcher_of


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@config_option
@click.option("--ledger", metavar="FILE", help="Where to look up guids (as the settings say).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line and article.")
@click.option("--page/--no-page", default=None, help="Print the page too, its parts marked (on a terminal).")
def inspect(files: tuple[str, ...], config: str | None, ledger: str | None, as_json: bool, page: bool | None) -> int:
    """Show how a FILE is understood: each field, where it comes from, and what is dropped.

    The same sidecars and settings are used as in a build. FILE#LINE names one article of a file that holds many, as
    does FILE#NAME. Exits with 1 when a file can't be read.
    """
    from feedpub import report
    from feedpub.examining import examine
    from feedpub.normalise import body_text

    with_page = sys.stdout.isatty() if page is None else page
    unread = False
    for found in examine(project_of(None, None, config, ledger), files):
        article = found.reading.article
        unread = unread or any(problem.code == "unreadable" for problem in found.reading.problems)
        text = body_text(article.body) if article else ""
        if as_json:
            report.as_json(report.examined(found.file, found.reading, found.guid, found.kin, body_text=text))
        else:
            report.show_reading(found.file, found.reading, found.guid, found.kin, body_text=text)
            if with_page and found.page:
                report.show_page(found.page, found.reading)
            else:
                report.show_dropped(found.reading)
    return int(unread)


@click.command()
@click.argument("source")
@click.option("-o", "--output", metavar="FILE", help="Write the profile there (standard output).")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print what was learned as JSON.")
def learn(source: str, output: str | None, config: str | None, as_json: bool) -> None:
    """Propose a profile of the site whose pages lie in SOURCE.

    A profile says what its pages have in common: names, sections, how authors are named, and lines that stand on every
    page. Review it, then name it in feedpub.toml, under [[sources]]: profile = "FILE". Nothing uses it before.

    Says what the profile would change on these pages. Never writes over a file.
    """
    from pathlib import Path

    from feedpub import learn as learning
    from feedpub import report
    from feedpub.config import require_absent, write_profile

    if output:
        require_absent(Path(output))
    found = learning.learn(learning.only(project_of(None, None, config, None), source), watcher_of(quiet=False))
    report.tell(found.problems)
    profile = report.profile(found, source, output)
    if output:
        write_profile(Path(output), profile)
    if as_json:
        report.as_json(found)
    elif output:
        click.echo(report.lesson(found))
        click.echo(f"\nwrote {output}; next: review it, and name it in feedpub.toml, as it says")
    else:
        click.echo(profile, nl=False)
        click.echo(report.lesson(found), err=True)


@click.command()
@click.argument("targets", nargs=-1, required=True, metavar="PATH|URL...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line and document.")
def check(targets: tuple[str, ...], as_json: bool) -> int:
    """Say whether feeds are valid, and what readers would stumble over.

    A PATH is a feed or a folder of feeds; a URL is fetched. Exits with 1 when there is any error.
    """
    from feedpub import fetch, report
    from feedpub.check import check as checked

    found = ((name, checked(data, name, now=clock())) for target in targets for name, data in fetch.documents(target))
    return int(report.findings_as_json(found) if as_json else report.show_findings(found))
