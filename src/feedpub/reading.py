"""Read sources: load, understand, here or in worker processes. The first fan-out of the hourglass.

Takes sources, gives a Reading for each, good or bad, in the order of the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Protocol

import msgspec
from msgspec import Struct

from feedpub import workers
from feedpub.model import Document, Problem, Reading, Rules, Source
from feedpub.sources import legible, load

BATCH = 64  # sources
WORTH_PROCESSES = 1_500  # sources; below, starting processes costs more than it saves


class Watcher(Protocol):
    """Someone who is told how far the reading has come."""

    def starts(self, count: int) -> None:
        """Say that so many sources will be read."""

    def advances(self, count: int) -> None:
        """Say that so many more were read."""


class Reader(Struct, frozen=True):
    """What rules the reading of each source folder, by its name."""

    rules: dict[str, Rules]
    captured: dict[str, datetime | None]

    def read(self, source: Source) -> Reading:
        """Read one source."""
        from feedpub.extract import understand

        document = self.document(source)
        if isinstance(document, Problem):
            digest = source.stamp if source.piled and source.piled.fault else ""  # it will be no other next time
            return Reading(source.path, digest, problems=(_at(document.where, document),))
        reading = understand(document, self.rules_of(source))
        stated = document.stated
        if not reading.problems and not stated.draft and stated.significant is None:
            return reading
        named = tuple(_at(source.where, problem) for problem in reading.problems)
        return msgspec.structs.replace(
            reading, draft=stated.draft or reading.draft, significant=stated.significant, problems=named
        )

    def page(self, source: Source) -> tuple[str, ...]:
        """Give the lines of one source as they stand in the file; none when it can't be read."""
        from feedpub import formats

        document = self.document(source)
        return () if isinstance(document, Problem) else formats.lines(document)

    def document(self, source: Source) -> Document | Problem:
        """Load one source."""
        folder, rules = source.path.partition("/")[0], self.rules_of(source)
        return load(source, self.captured.get(folder), rules.timezone, rules.fields)

    def rules_of(self, source: Source) -> Rules:
        """Give the rules by which one source is read."""
        return self.rules.get(source.path.partition("/")[0]) or Rules()


def _at(file: str, problem: Problem) -> Problem:
    return msgspec.structs.replace(problem, where=legible(file))


def read_all(
    reader: Reader, sources: Iterable[Source], *, count: int, jobs: int
) -> Iterator[list[tuple[Source, Reading]]]:
    """Read many sources, in `jobs` processes when it is worth it, and give them in their order, a batch at a time."""
    if jobs == 1 or count < WORTH_PROCESSES:
        for batch, readings in workers.inline(partial(_read_batch, reader), _batches(sources)):
            yield list(zip(batch, readings, strict=True))
    else:
        for batch, data in workers.processes(partial(_read_encoded, reader), _batches(sources), jobs=jobs):
            yield list(zip(batch, _READINGS.decode(data), strict=True))


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    left = iter(sources)
    while batch := list(islice(left, BATCH)):
        yield batch


def _read_batch(reader: Reader, batch: list[Source]) -> list[Reading]:
    return [reader.read(source) for source in batch]


def _read_encoded(reader: Reader, batch: list[Source]) -> bytes:
    """Read a batch in another process: one string of bytes, without what only `inspect` shows, comes home fastest."""
    readings = [msgspec.structs.replace(reading, clues=(), dropped=()) for reading in _read_batch(reader, batch)]
    return msgspec.msgpack.encode(readings)


_READINGS = msgspec.msgpack.Decoder(list[Reading])
