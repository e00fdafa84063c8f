"""Articles in the rows of a table: CSV, with a first row that names the columns."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Collection, Iterator
from typing import IO

from feedpub.model import Limits
from feedpub.sources.opening import Unfit
from feedpub.sources.parts import Part, encoded, lines_of, too_long

MARKS = "\t;|,"  # that part values; the one that stands most in the first line does
OLD = "cp1252"  # what is not UTF-8


def rows(stream: IO[bytes], limits: Limits, wanted: Collection[str]) -> Iterator[Part]:
    """An article in each row. `wanted` are columns that have to be there."""
    text = _Text(stream, limits.article)
    head = next(text, "")
    csv.field_size_limit(limits.article)
    mark = max(MARKS, key=head.count)
    table = csv.reader(_again(head, text), delimiter=mark)
    try:
        columns = [name.strip() for name in next(table, [])]
        _require(columns, wanted)
        line = table.line_num
        for row in table:
            number, line = line + 1, table.line_num
            if any(map(str.strip, row)):
                yield _part(number, columns, row)
    except csv.Error as error:
        raise Unfit(
            "damaged",
            f"line {line + 1}: {error}",
            "is there a quotation mark that is never closed? Mend the line, or write the file again",
        ) from None


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


class _Text:
    """The lines of a file as text, in bounded memory."""

    def __init__(self, stream: IO[bytes], longest: int) -> None:
        self._lines = lines_of(stream, longest)
        self._longest = longest

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if not line.is_whole:
            raise Unfit("over-limit", f"line {line.number}: {too_long(self._longest)}")
        data = line.data.removeprefix(codecs.BOM_UTF8) if line.number == 1 else line.data
        try:
            return data.decode().replace("\0", "")
        except UnicodeDecodeError:
            return data.decode(OLD, "replace").replace("\0", "")


def _require(columns: Collection[str], wanted: Collection[str]) -> None:
    if missing := [name for name in wanted if name not in columns]:
        raise Unfit(
            "no-articles",
            f"it has no column `{missing[0]}`, which the settings name; its columns are {', '.join(columns)[:300]}",
            "mend `fields` under [[sources]]",
        )


def _part(number: int, columns: list[str], row: list[str]) -> Part:
    if len(row) > len(columns):
        fault = f"it has {len(row)} values for {len(columns)} columns: is a value with a comma not in quotation marks?"
        return Part(number, "\0".join(row).encode("utf-8", "replace"), None, fault)
    fields = {name: value for name, value in zip(columns, row, strict=False) if name and value.strip()}
    return Part(number, encoded(fields), fields)
