"""How is one file understood? Read it as a build would, with the same sidecars and settings, and keep every clue.

Takes files, gives an Examination for each article in them. Asks the ledger, and writes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress

from msgspec import Struct

from feedpub import copies, sources
from feedpub.errors import LedgerError, Locked
from feedpub.ledger import Ledger
from feedpub.model import Kin, Problem, Reading, Source
from feedpub.project import Project
from feedpub.unpacking import chosen


class Examination(Struct, frozen=True):
    """How one file was understood, the guid of its entry when the ledger knows it, and the page's lines."""

    file: str
    reading: Reading
    guid: str | None = None
    page: tuple[str, ...] = ()
    kin: Kin = Kin()


def examine(project: Project, files: Sequence[str]) -> Iterator[Examination]:
    """Read files as a build would, with the same sidecars and settings, and keep every clue.

    Of a file that holds many articles, the first few are read, or the one that is named behind a `#`: by its name in
    the file, or by its line.
    """
    with Ledger.glance(project.ledger) as ledger, sources.spooling() as spool:
        for file in files:
            place, _, name = (file, "", "") if os.path.exists(file) else file.rpartition("#")
            source = sources.at(_folder_of(project, place), os.path.abspath(place)) if place else None
            if source is None or os.path.isdir(place):
                yield _unexamined(file, "a folder; name a file in it" if source else "no such file")
            elif not source.is_pile:
                yield _examination(project, ledger, file, source)
            else:
                for found in chosen(project, source, name, spool):
                    if isinstance(found, Problem):
                        yield Examination(sources.legible(file), Reading(source.path, "", problems=(found,)))
                    else:
                        yield _examination(project, ledger, f"{place}#{found.path.removeprefix(source.path)}", found)


def _unexamined(file: str, why: str) -> Examination:
    shown = sources.legible(file)
    return Examination(shown, Reading(shown, "", problems=(Problem("unreadable", "error", shown, why),)))


def _examination(project: Project, ledger: Ledger | None, file: str, source: Source) -> Examination:
    reading = project.reader.read(source)
    guid, kin = _looked_up(ledger, source, reading)
    return Examination(sources.legible(file), reading, guid, project.reader.page(source), kin)


def _looked_up(ledger: Ledger | None, source: Source, reading: Reading) -> tuple[str | None, Kin]:
    """Give the guid of the entry that a source is, and the files that are like it, as the ledger knows them."""
    if ledger:
        with suppress(LedgerError, Locked):
            standing = ledger.sources.standings([source.path]).get(source.path)
            guid = standing.guid if standing else None
            return guid, copies.kin(ledger, source.path, guid, reading.article)
    return None, Kin()


def _folder_of(project: Project, file: str) -> sources.Folder:
    """Give the source folder that a file lies in; for a file that lies in none, its own folder."""
    place = os.path.abspath(file)
    for folder in project.folders:
        if place.startswith(folder.root + os.sep):
            return folder
    parent = os.path.dirname(place)
    return sources.Folder(os.path.basename(parent) or "root", parent)
