"""`feedpub adopt` and `feedpub init`: before the first build."""

from __future__ import annotations

import sys
from typing import Any

import click

from feedpub.cli.shared import clock, config_option, jobs_of, jobs_option, project_of, watcher_of
from feedpub.errors import ConfigError


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option("-o", "--output", metavar="DIR", help="Where the feeds go (feeds).")
@config_option
@click.option("--ledger", metavar="FILE", help="What feedpub remembers (DIR.ledger.sqlite3).")
@jobs_option
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
    project = project_of(None, options["output"], options["config"], options["ledger"])
    adoption = adopting.adopt(
        project, documents, now=clock(), jobs=jobs_of(jobs), watcher=watcher_of(as_json), **changes
    )
    report.tell(adoption.problems)
    if as_json:
        report.as_json(adoption)
    else:
        report.show_adoption(adoption, dry_run=changes["dry_run"])
    return int(strict and report.has_open(adoption))


@click.command()
@click.option("-c", "--config", default="feedpub.toml", show_default=True, metavar="FILE", help="Where to write it.")
@click.option("--title", help="The site's title.")
@click.option("--url", help="Where the output folder will be served.")
def init(config: str, title: str | None, url: str | None) -> None:
    """Write a commented feedpub.toml with a fresh site id, or the one that the feeds were published with.

    Asks for the title and the URL when it can and they are not given.
    """
    from pathlib import Path
    from uuid import uuid4

    from feedpub import config as settings
    from feedpub.config import Settings
    from feedpub.founding import site_id_of
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
