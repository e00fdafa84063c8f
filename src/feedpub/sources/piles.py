"""Unpack a file that holds many articles into sources of their own.

Takes its Source, gives one for each of its articles, named by what the article states (its id, else its address, else
its title) or else by its bytes, so that neither order nor neighbours matter. Their bytes lie in the file itself where
each is a line of it, else in another one, the spool: one JSON object each and, below it, a page if there is one. Memory
does not grow with the file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import blake2b
from tempfile import mkstemp
from typing import IO, Any

from msgspec import Struct

from feedpub.model import Limits, Piled, Problem, Source
from feedpub.sources import feeds, jsonfiles, tables, warc
from feedpub.sources.finding import LATEST
from feedpub.sources.kinds import kind_of
from feedpub.sources.loading import encoding_of, not_regular
from feedpub.sources.opening import Stream, Unfit, in_utf8, marked, opened, partly_in_utf8
from feedpub.sources.parts import RESERVED, TOP, Part, Reached, Traced

LONGEST_NAME = 300  # characters of what an article is called in its file
UNITS = {"lines": "line", "table": "line", "json": "article", "feed": "entry", "warc": "page"}  # what is counted
PACKED = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd")  # how files of gzip and Zstandard begin
REWRITTEN = Unfit("rewritten", "it no longer begins with what was read of it")
NOT_ALONE = re.compile(r"~\d+\Z")  # how a second article of the same name is called

Identify = Callable[[Mapping[str, Any]], str | None]
"""Gives the name of an article by its fields, empty when it states none; None when they are no article's."""


class Unpacking(Struct, frozen=True):
    """What rules the unpacking of a file, and where its articles are put that can't be read where they are."""

    limits: Limits
    identify: Identify
    columns: Collection[str]  # that a table has to have
    spool: Callable[[], str]  # gives a folder
    legacy: Callable[[bytes], str | None]  # gives what a file that begins so is written in, where that is not UTF-8
    guessed: Callable[[str, str], Problem]  # says so


def unpack(pile: Source, how: Unpacking) -> Iterator[Source | Problem]:
    """Give the articles of a file in their order, and what is wrong with the file, if anything is, as the last."""
    for found in unpack_from(pile, how, TOP):
        if not isinstance(found, Reached):
            yield found


def unpack_from(pile: Source, how: Unpacking, begun: Reached) -> Iterator[Source | Problem | Reached]:
    """Give the articles behind what was read of a file before; of one of whole lines, then how far it was read.

    A file that no longer begins with what was read of it has a Problem, `rewritten`, and no articles.
    """
    if not pile.regular:
        yield not_regular(pile)
        return
    try:
        yield from _unpack(pile, how, begun)
    except Unfit as found:
        yield Problem(found.code, "warning", pile.file, found.message, found.hint)
    except OSError as error:
        yield Problem("unreadable", "warning", error.filename or pile.file, error.strerror or str(error))


def _unpack(pile: Source, how: Unpacking, begun: Reached) -> Iterator[Source | Problem | Reached]:
    kind, packed = kind_of(pile.file)
    with opened(pile, how.limits) as stream:
        mtime_ns = min(os.stat(pile.file).st_mtime_ns, LATEST)
        codec, is_guessed = _codec(pile, stream, how) if kind in ("lines", "json", "table") else (None, False)
        if codec and is_guessed:
            yield how.guessed(codec, pile.file)
        text = _in_utf8(stream, codec, is_guessed=is_guessed)
        if kind == "json" and jsonfiles.is_lines(text):
            kind = "lines"
        elif kind == "lines" and jsonfiles.is_document(text):
            kind = "json"
        if kind == "lines" and not packed and codec is None:
            yield from _of_lines(pile, mtime_ns, Traced(text), how, begun)
        elif begun.size:
            raise REWRITTEN
        else:
            yield from _spooled(pile, mtime_ns, _parts(kind, text, how), how, UNITS[kind])


def _codec(pile: Source, stream: Stream, how: Unpacking) -> tuple[str | None, bool]:
    """What a file is written in, where that is not UTF-8, and whether that is a guess."""
    sample = stream.peek()
    if sample.startswith(PACKED):
        raise Unfit("damaged", "it was packed twice", "unpack it once")
    if codec := marked(sample):
        return (None, False) if codec.startswith("utf-8") else (codec, False)
    if stated := encoding_of(pile):
        return (None, False) if stated == "utf-8" else (stated, False)
    return how.legacy(sample), True


def _in_utf8(stream: Stream, codec: str | None, *, is_guessed: bool) -> Stream:
    if codec is None:
        return stream
    return partly_in_utf8(stream, codec) if is_guessed else in_utf8(stream, codec)


def _of_lines(
    pile: Source, mtime_ns: int, stream: Traced, how: Unpacking, begun: Reached
) -> Iterator[Source | Reached]:
    """Give the articles where they stand, behind those that were read before."""
    if begun.size and not stream.skip(begun):
        raise REWRITTEN
    for part in jsonfiles.lines(stream, how.limits, begun):
        yield _source(pile, mtime_ns, part, how, "line", "", part.offset)
    if stream.is_whole:
        yield stream.reached


def _parts(kind: str, stream: IO[bytes], how: Unpacking) -> Iterator[Part]:
    if kind == "table":
        return tables.rows(stream, how.limits, how.columns)
    readers = {"lines": jsonfiles.lines, "json": jsonfiles.documents, "feed": feeds.entries, "warc": warc.pages}
    return readers[kind](stream, how.limits)


def _spooled(pile: Source, mtime_ns: int, parts: Iterator[Part], how: Unpacking, unit: str) -> Iterator[Source]:
    """Give the articles, each put into a file in which it can be found again."""
    descriptor, place = mkstemp(dir=how.spool())
    with os.fdopen(descriptor, "wb") as spool:
        offset = 0
        for part in parts:
            spool.write(part.data)
            yield _source(pile, mtime_ns, part, how, unit, place, offset)
            offset += len(part.data)


def _source(pile: Source, mtime_ns: int, part: Part, how: Unpacking, unit: str, place: str, offset: int) -> Source:
    digest = blake2b(part.data, digest_size=16).hexdigest()
    name = how.identify(part.fields) if part.fields is not None else ""
    if unit == "article" and part.fields and RESERVED in part.fields:
        unit = "entry"  # of a JSON Feed
    fault = part.fault if name is not None else _no_article(part.fields or {})
    piled = Piled(place, offset, len(part.data), part.number, unit, fault, is_named=part.fields is not None)
    stamp = f"{pile.stamp} {digest}"
    path = pile.path + _named(name or "", digest)
    return Source(path, pile.file, len(part.data), mtime_ns, stamp, pile.sidecars, piled=piled)


def _named(name: str, digest: str) -> str:
    if not name or len(name) > LONGEST_NAME:
        return digest
    return f"{name}~1" if NOT_ALONE.search(name) else name


def _no_article(fields: Mapping[str, Any]) -> str:
    shown = ", ".join(map(str, fields))
    return f"it has no text, and no title with an address or a date; its fields are {shown[:200]}"
