"""Look after what is remembered: look an entry up, take the memory out as text and back in, see whether it is sound.

Nothing here reads an article or writes a feed: after a new ledger was made, the next build does.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from feedpub import ledger as ledgers
from feedpub import recovery, write
from feedpub.agenda import altered
from feedpub.errors import ConfigError, DamagedLedger
from feedpub.founding import take_back
from feedpub.ledger import Ledger, dumping, loading
from feedpub.ledger.recalling import find, recall
from feedpub.ledger.renewing import renew, require_room
from feedpub.ledger.soundness import damage, faults
from feedpub.model import Finding, Recalled
from feedpub.normalise import absolute_url
from feedpub.project import Project
from feedpub.sources import legible

_AGAIN = "it is written again, as it was; with --prune, it goes for good if no setting asks for it"
_CHANGED = ("changed-file", "it was changed since it was written", f"remove it and build: {_AGAIN}")
_MISSING = ("missing-file", "it is not there", f"build: {_AGAIN}")


class Renewed(Struct, frozen=True):
    """A new ledger: how many entries it knows, and where the one that lay there is kept, if any did."""

    entries: int
    kept: str | None


def _read(project: Project) -> Ledger:
    """Open the site's ledger to look at it alone. Raises `ConfigError` when there is none."""
    if not ledgers.exists(project.ledger):
        raise ConfigError(f"there is no ledger at {project.ledger}", "name its place with --ledger, or build first")
    return Ledger.read(project.ledger)


# ── show ────────────────────────────────────────────────────────────────────────────────────────


def look_up(project: Project, names: Sequence[str]) -> Iterator[tuple[str, Recalled | None]]:
    """Give what is remembered of entries, each named by its guid, by a file or by an address; None for no entry."""
    with _read(project) as ledger:
        for name in names:
            paths, known = _paths(project, name), legible(name)
            guid = find(ledger, (known, f"urn:uuid:{known.lower()}"), paths, _keys(known, paths))
            yield name, recall(ledger, guid) if guid else None


def _paths(project: Project, name: str) -> list[str]:
    """The paths under which a source of that name would be remembered: as the ledger has it, as a file, in one."""
    place = os.path.abspath(name)
    below = [
        f"{folder.name}/{legible(place.removeprefix(folder.root + os.sep))}"
        for folder in project.folders
        if place.startswith(folder.root + os.sep)
    ]
    return [*below, *(path.replace("#", "/", 1) for path in below if "#" in path), legible(name)]


def _keys(name: str, paths: Sequence[str]) -> list[str]:
    return [f"url:{absolute_url(name) or name}", f"id:{name}", *(f"path:{path}" for path in paths)]


# ── dump, load, rebuild ─────────────────────────────────────────────────────────────────────────


def dump(project: Project) -> Iterator[str]:
    """Give the memory as text, line by line."""
    with _read(project) as ledger:
        yield from dumping.dump(ledger)


def load(project: Project, lines: Iterable[bytes], name: str, *, replace: bool) -> Renewed:
    """Make a ledger of a text that `dump` gave. `name`: of the text.

    Raises `ConfigError` for a text that is not whole, `LedgerExists` when a ledger is there that may not be replaced.
    """
    entries = 0

    def fill(ledger: Ledger) -> None:
        nonlocal entries
        entries = loading.load(ledger, lines, name)
        altered(ledger, project.output, ledger.artefacts.all())

    kept = renew(project.ledger, fill, replace=replace)
    return Renewed(entries, kept)


def rebuild(project: Project, *, replace: bool) -> Renewed:
    """Make a ledger of the published feeds and their archives.

    Raises `ConfigError` when they tell nothing, `LedgerExists` when a ledger is there that may not be replaced.
    """
    require_room(project.ledger, replace=replace)
    published = recovery.published_before(project)
    if published.site_id is None:
        raise ConfigError(
            f"no JSON feed in {project.output} tells ids and dates", "bring the published feeds back, or load a dump"
        )
    site_id = published.site_id

    def fill(ledger: Ledger) -> None:
        ledger.set("site", site_id)
        take_back(ledger, published)
        ledger.mark_unread()

    return Renewed(len(published.entries), renew(project.ledger, fill, replace=replace))


# ── verify ──────────────────────────────────────────────────────────────────────────────────────


def verify(project: Project) -> list[tuple[str, list[Finding]]]:
    """Give what is wrong with the ledger, and with the published files, each with the name of the file."""
    found: dict[str, list[Finding]] = {project.ledger: []}
    try:
        with _read(project) as ledger:
            found[project.ledger] = list(faults(ledger))
            if not found[project.ledger]:
                for path, finding in _astray(ledger, project):
                    found.setdefault(path, []).append(finding)
    except DamagedLedger as error:
        found[project.ledger] = [damage(error.message)]
    return list(found.items())


def _astray(ledger: Ledger, project: Project) -> Iterator[tuple[str, Finding]]:
    """The published files that do not lie there as they were written."""
    for path, written in ledger.artefacts.all().items():
        digest = write.digest_of(project.output, path)
        if digest != written.digest:
            rule, message, remedy = _CHANGED if digest else _MISSING
            yield os.path.join(project.output, path), Finding(rule, "error", 0, "", message, remedy)
