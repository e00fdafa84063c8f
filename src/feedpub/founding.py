"""Which site is this? Its id, and what its published feeds give back when the ledger is new.

Takes a project and its ledger, which must have begun. Writes to the ledger alone.
"""

from __future__ import annotations

from contextlib import suppress

from feedpub import config, identity, recovery
from feedpub.errors import LedgerError, Locked
from feedpub.ledger import Ledger
from feedpub.model import Problem, Source
from feedpub.project import Project
from feedpub.recovery import Published


def settle_site(ledger: Ledger, project: Project) -> tuple[str, int, list[Problem]]:
    """Give the site's id, and how many entries were taken back from the published feeds because the ledger is new.

    An id that was ever published is kept: the feeds' own ids hang on it.
    """
    stated = project.settings.site.id
    site_id = ledger.setting("site")
    taken_back = 0
    if site_id is None:
        published = recovery.published_before(project)
        site_id = published.site_id or stated
        if site_id is None:
            first = next(ledger.pending.all(), None)
            site_id = _derived_id(project, first) if first else identity.site_id_from("")
        ledger.set("site", site_id)
        taken_back = take_back(ledger, published)
    if stated in (None, site_id) or stated == ledger.setting("ignored-site"):
        return site_id, taken_back, []
    ledger.set("ignored-site", stated)
    return site_id, taken_back, [_other_site(project, site_id)]


def site_id_of(project: Project) -> str | None:
    """Give the id that a site was published with, from its ledger or its feeds, or None."""
    with suppress(LedgerError, Locked), Ledger.glance(project.ledger) as ledger:
        if ledger and (remembered := ledger.setting("site")):
            return remembered
    return recovery.published_before(project).site_id


def _other_site(project: Project, site_id: str) -> Problem:
    return Problem(
        "site-id-changed",
        "warning",
        config.FILE,
        f"site.id is {project.settings.site.id}, but these feeds were published as {site_id}, which stays",
        f'write `id = "{site_id}"`, or build another site into another folder with -o',
    )


def take_back(ledger: Ledger, published: Published) -> int:
    """Remember and count the entries that were found in published feeds, and the pages of archives that hold them."""
    slugs: set[str | None] = {None}
    for entry in published.entries:
        slug = None if entry.slug in slugs else entry.slug
        slugs.add(slug)
        keys = [kind + value for kind, value in (("body:", entry.body_digest), ("url:", entry.url)) if value]
        ledger.take_back(entry.known, entry.body_digest, keys, title=entry.title, slug=slug, body=entry.body)
    for channel, title in published.titles.items():
        ledger.channels.open(channel, title)
    for channel, exhibits in published.shown.items():
        ledger.shown.replace(channel, exhibits)
    for page in published.pages:
        ledger.archives.close(page.channel, page.number, page.guids, following=page.following)
        for guid in page.reopened:
            ledger.archives.reopen(page.channel, guid)
    return len(published.entries)


def _derived_id(project: Project, source: Source) -> str:
    """Make the id of a site that states none from its first document; remembered, it never changes."""
    return identity.site_id_from(project.reader.read(source).digest or source.path)
