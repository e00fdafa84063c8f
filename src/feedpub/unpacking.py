"""Unpack the files that hold many articles, and find out which of these have to be read.

Takes a ledger that has begun, notes in it what each file holds, what is different, and what is gone. A file that can't
be read to its end takes nothing away, nor does one in which something can't be read that may be any of its articles:
what could be read of it is used, and the rest stays as it was. Of one that is larger than it may be, nothing is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from msgspec import json
from msgspec.structs import replace

from feedpub import formats
from feedpub.formats import piled
from feedpub.ledger import Ledger, Standing
from feedpub.model import Problem, Source
from feedpub.project import Project
from feedpub.sources import TOP, Reached, Spool, Unpacking, at, legible, spooling, unpack, unpack_from
from feedpub.sources.finding import UNSETTLED

SHOWN = 3  # articles of a file, where none is named
GUESSED = "guessed-encoding"  # of a file that can be read nevertheless
PILE = "pile"  # how such a file stands in the ledger
ALMOST_ANYTHING = (".json", ".json.gz", ".json.zst", ".xml")  # files that need not hold articles

_REACHED = json.Decoder(Reached)


class Piles:
    """The files of one build that hold many articles."""

    def __init__(self, ledger: Ledger, project: Project, spool: Spool) -> None:
        """Prepare to unpack; `spool` gives a folder for what can't be read where it is."""
        self._ledger = ledger
        self._project = project
        self._spool = spool
        self._laid_out: set[str] = set()
        self._reached: dict[str, Reached] = {}  # how far files of lines were read
        self._partial: set[str] = set()  # files that need not show all that they hold: feeds, and what is damaged
        self.problems: list[Problem] = []

    def take(self, pile: Source) -> None:
        """Unpack a file that is not as it was, and note which of its articles have to be read, or are gone."""
        if self._read_on(pile):
            return
        problem = self._lay_out(pile)
        path = pile.path
        self._ledger.unpacked.await_different(path)
        if (problem is None or problem.code == GUESSED) and path not in self._partial:
            self._ledger.unpacked.mark_missing(path)
        self._remember(pile, problem, self._reached.get(path))

    def count(self, path: str) -> int:
        """Count the articles that the file at a path holds."""
        return self._ledger.unpacked.count(path)

    def at(self, path: str) -> Source | None:
        """Give the source at a path, as it is there now."""
        if found := self._ledger.unpacked.at(path):
            return found
        pile = self._ledger.unpacked.pile_of(path)
        source = self._file_at(pile.removesuffix("/") if pile else path)
        if source is None or not source.is_pile:
            return source
        if source.path not in self._laid_out:
            self._lay_out(source)
        return self._ledger.unpacked.at(path)

    def _file_at(self, path: str) -> Source | None:
        name, _, below = path.partition("/")
        for folder in self._project.folders:
            if folder.name == name:
                return at(folder, str(Path(folder.root, below)))
        return None

    def _read_on(self, pile: Source) -> bool:
        """Note what was added behind a file of lines; tell whether that is all in which it is not as it was."""
        known = self._ledger.unpacked.reached_before(pile.path)
        if known is None or known[1] != pile.stamp or UNSETTLED in pile.stamp:
            return False
        how = unpacking(self._project, pile, self._spool)
        reached = None
        for found in unpack_from(pile, how, _REACHED.decode(known[0])):
            if isinstance(found, Source):
                self._ledger.unpacked.lay_out(found, pile.path)
            elif isinstance(found, Reached):
                reached = found
        if reached is None or self._ledger.unpacked.holds_known(pile.path):
            self._ledger.unpacked.put_away(pile.path)
            return False
        self._ledger.unpacked.tell_apart(pile.path)
        self._ledger.unpacked.await_different(pile.path)
        self._remember(pile, None, reached)
        return True

    def _lay_out(self, pile: Source) -> Problem | None:
        """Note all that a file holds, and give what is wrong with it."""
        self._laid_out.add(pile.path)
        self._ledger.unpacked.put_away(pile.path)  # what was only added to it
        problem = None
        articles = 0
        for found in unpack_from(pile, unpacking(self._project, pile, self._spool), TOP):
            if isinstance(found, Problem):
                problem = found
            elif isinstance(found, Reached):
                self._reached[pile.path] = found
            elif found.piled:
                self._ledger.unpacked.lay_out(found, pile.path)
                articles += not found.piled.fault
                if found.piled.unit == "entry" or not found.piled.is_named:
                    self._partial.add(pile.path)
        self._ledger.unpacked.tell_apart(pile.path)
        is_bounded = problem is None or problem.code != "over-limit"
        if articles and is_bounded:
            return problem
        first = next(self._ledger.unpacked.of(pile.path), None)
        self._ledger.unpacked.put_away(pile.path)
        return self._quietly(pile, problem or (_no_articles(first) if first else None))

    def _quietly(self, pile: Source, problem: Problem | None) -> Problem | None:
        """What is wrong with a file without articles; no news when it may be anything, and never held one."""
        is_meant = self._project.reader.rules_of(pile).fields or self._ledger.unpacked.count_remembered(pile.path)
        if problem is None or is_meant or not pile.file.lower().endswith(ALMOST_ANYTHING):
            return problem
        return replace(problem, severity="note")

    def _remember(self, pile: Source, problem: Problem | None, reached: Reached | None) -> None:
        """Remember that a file was unpacked, and say what is wrong with it, unless that was said before."""
        before = self._ledger.sources.standings([pile.path]).get(pile.path)
        told = problem.code if problem else ""
        is_news = problem and (before is None or before.told != told)
        if problem and is_news and problem.severity != "note":
            self.problems.append(replace(problem, where=legible(problem.where)))
        if told == "unreadable":
            pile = replace(pile, mtime_ns=-1)  # which says nothing about the next time
        read_to = json.encode(reached).decode() if reached else ""
        self._ledger.sources.record(pile, Standing(read_to, None, PILE, told))


@contextmanager
def piles(ledger: Ledger, project: Project) -> Iterator[Piles]:
    """Unpack files during a build; what they were unpacked to goes when it ends."""
    with spooling() as spool:
        yield Piles(ledger, project, spool)


def unpacking(project: Project, pile: Source, spool: Spool) -> Unpacking:
    """Give what rules the unpacking of a file."""
    fields = project.reader.rules_of(pile).fields
    columns = [name for _, name in fields if "." not in name]
    return Unpacking(
        project.limits, partial(piled.identify, fields), columns, spool, formats.legacy, formats.guessed_encoding
    )


def everything(project: Project, found: Source, spool: Spool) -> Iterator[Source | Problem]:
    """Give a source, or all those that it holds when it is a file of many, without what need not be any."""
    if not found.is_pile:
        yield found
        return
    for one in unpack(found, unpacking(project, found, spool)):
        is_no_article = isinstance(one, Problem) or (one.piled and one.piled.fault)
        if not (is_no_article and found.file.lower().endswith(ALMOST_ANYTHING)):
            yield one


def chosen(project: Project, pile: Source, name: str, spool: Spool) -> Iterator[Source | Problem]:
    """Give the article of that name or number in a file; without one, the first few, and how many there are."""
    few: list[Source] = []
    named: Source | None = None
    numbered: Source | None = None
    count = 0
    for found in unpack(pile, unpacking(project, pile, spool)):
        if isinstance(found, Problem):
            yield found
            continue
        count += 1
        if found.path == pile.path + name:
            named = named or found
        if found.piled and str(found.piled.number) == name:
            numbered = numbered or found
        if len(few) < SHOWN:
            few.append(found)
    if meant := named or numbered:
        yield meant
    elif name:
        yield Problem("unreadable", "error", pile.file, f"it holds no article called {name}, and none on that line")
    else:
        yield from few
        if count > len(few):
            message = f"it holds {count} articles; these are the first {len(few)}"
            yield Problem("more-articles", "note", pile.file, message, "name one as FILE#LINE")


def _no_articles(first: Source) -> Problem:
    """Say that a file holds no article at all."""
    fault = f"{first.piled.unit} {first.piled.number}: {first.piled.fault}" if first.piled else ""
    return Problem(
        "no-articles",
        "warning",
        first.file,
        f"it holds no article; {fault}",
        "say under [sources.fields] what its fields are called, or leave it out with `exclude`",
    )
