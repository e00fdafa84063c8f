"""Articles in the rows of a table: CSV, with a first row that names the columns."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Collection, Iterator
from itertools import chain
from typing import IO

from feedpub.model import Limits
from feedpub.sources.opening import Unfit
from feedpub.sources.parts import Part, encoded, lines_of, too_long

MARKS = "\t;|,"  # that part values; the one that stands most in the first line does
OLD = "cp1252"  # what is not UTF-8 in a file that is
LONGEST_NAME = 100  # characters of what a column is called
_VALUE = re.compile(r"https?://|\d[\d.:/TZ +-]*\Z")  # an address, a number or a day, which name no column
_TOLD = re.compile(r"sep=([\t;|,])\s*", re.IGNORECASE)  # what parts values, as spreadsheets write it above a table
_QUOTED = re.compile(r'"[^"]*"')


def rows(stream: IO[bytes], limits: Limits, wanted: Collection[str]) -> Iterator[Part]:
    """An article in each row. `wanted` are columns that have to be there."""
    text = _text(stream, limits.article)
    above, head = 0, next(text, "")
    if told := _TOLD.fullmatch(head):
        above, head = 1, next(text, "")
    bare = _QUOTED.sub("", head)
    csv.field_size_limit(limits.article)
    table = csv.reader(chain((head,), text), delimiter=told[1] if told else max(MARKS, key=bare.count))
    line = above
    try:
        columns = [name.strip() for name in next(table, [])]
        _require(columns, wanted)
        line = above + table.line_num
        for row in table:
            number, line = line + 1, above + table.line_num
            if any(map(str.strip, row)):
                yield _part(number, columns, row)
    except csv.Error as error:
        raise Unfit(
            "damaged",
            f"line {line + 1}: {error}",
            "is there a quotation mark that is never closed? Mend the line, or write the file again",
        ) from None


def _text(stream: IO[bytes], longest: int) -> Iterator[str]:
    """The lines of a file as text, in bounded memory, whatever parts them."""
    for line in lines_of(stream, longest):
        if not line.is_whole:
            raise Unfit("over-limit", f"line {line.number}: {too_long(longest)}")
        data = line.data.removeprefix(codecs.BOM_UTF8) if line.number == 1 else line.data
        try:
            text = data.decode()
        except UnicodeDecodeError:
            text = data.decode(OLD, "replace")
        text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
        yield from text.splitlines(keepends=True) if text.count("\n") > 1 else (text,)


def _require(columns: Collection[str], wanted: Collection[str]) -> None:
    if missing := [name for name in wanted if name not in columns]:
        raise Unfit(
            "no-articles",
            f"it has no column `{missing[0]}`, which the settings name; its columns are {', '.join(columns)[:300]}",
            "mend `fields` under [[sources]]",
        )
    if value := next((name for name in columns if len(name) > LONGEST_NAME or _VALUE.match(name)), ""):
        raise Unfit(
            "no-articles",
            f"line 1 has to name the columns, but it holds “{value[:40]}”",
            "write a first line that names them, such as title,date,author,text",
        )


def _part(number: int, columns: list[str], row: list[str]) -> Part:
    row = [value if value.strip() else "" for value in row]
    fault = ""
    if any(row[len(columns) :]):
        fault = f"it has {len(row)} values for {len(columns)} columns: is a value with a comma not in quotation marks?"
    fields: dict[str, str] = {}
    for name, value in zip(columns, row, strict=False):
        if name and value and fields.setdefault(name, value) != value:
            fault = fault or f"it says two things of `{name}`, which names two columns: rename one in the first line"
    if fault:
        return Part(number, "\0".join(row).encode("utf-8", "replace"), None, fault)
    return Part(number, encoded(fields), fields)
