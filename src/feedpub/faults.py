"""Read a file of TOML, and say what is wrong with it, and in which line.

Takes the file's bytes, and msgspec's words on them, gives a Fault. Knows no file's keys: who reads one knows what it
expects.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TypeVar

import msgspec
from msgspec import Struct

_T = TypeVar("_T", bound=Struct)

_MESSAGE = re.compile(r"(.*?)(?: - at `\$(.*)`)?", re.DOTALL)  # as msgspec writes it, and checks of ours
_PARSER = re.compile(r"(.*?)\s*\(at (?:line (\d+), column \d+|end of document)\)", re.DOTALL)  # as tomllib writes it
_TABLE = re.compile(r"\(((?:'[^']*',? ?)+)\)")  # how tomllib names one: by its keys, as Python prints them
_UNKNOWN = re.compile(r"Object contains unknown field `(.+?)`")
_ELEMENT = re.compile(r"\[(?:\.\.\.|\d+)\]$")  # ends the path of an element of a list
_STRING = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*")  # or a comment
_NAMED = re.compile(r"`(.+?)`: ")  # an element that a check of ours names
_TYPES = re.compile(r"`([a-z]+(?: \| [a-z]+)*)`")
_IN_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}


class Fault(Struct, frozen=True):
    """What is wrong, with the keys that lead to it, and its line (from 1) when it can be told."""

    what: str
    keys: tuple[str, ...] = ()
    line: int | None = None
    unknown: str = ""  # a key that is none; it ends the keys


def decode(data: bytes, kind: type[_T]) -> _T:
    """Read TOML, with a byte order mark before it or none.

    Raises ValueError, in words that `read` takes apart, for all that is no TOML of this kind.
    """
    try:
        return msgspec.toml.decode(data.removeprefix(codecs.BOM_UTF8), type=kind)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(f"It is not in UTF-8 (at line {line}, column 1)") from None
    except RecursionError:
        raise ValueError("Its lists or tables are nested too deep (at end of document)") from None


def read(message: str, data: bytes) -> Fault:
    """Find what a message is about, in the file that it is about."""
    if broken := _PARSER.fullmatch(message):
        return Fault(f"no TOML: {_small(_TABLE.sub(_table, broken[1]))}", line=int(broken[2]) if broken[2] else None)
    found = _MESSAGE.fullmatch(message)
    what, at = (found[1], found[2] or "") if found else (message, "")
    keys = [key for key in re.findall(r"[^.\[\]]+", at) if key not in ("*", "...") and not key.isdigit()]
    unknown = _UNKNOWN.search(what)
    if unknown:
        keys.append(unknown[1])
    text = data.decode("utf-8", "replace")
    line = _line_of(keys, text)
    if line and _ELEMENT.search(at):
        line = _line_of_element(what, line, text)
    return Fault(_TYPES.sub(_in_words, _small(what)), tuple(keys), line, unknown[1] if unknown else "")


def near(key: str, known: Sequence[str]) -> str:
    """The known key that was meant, as far as it can be told."""
    return next(iter(get_close_matches(key, known, 1)), "")


def _small(what: str) -> str:
    return what[:1].lower() + what[1:]


def _table(keys: re.Match[str]) -> str:
    return "[" + ".".join(re.findall("'([^']*)'", keys[1])) + "]"


def _in_words(types: re.Match[str]) -> str:
    kinds = [_IN_WORDS.get(kind, "") for kind in types[1].split(" | ") if kind != "null"]
    return " or ".join(kinds) if all(kinds) else types[0]


def _line_of(keys: Sequence[str], text: str) -> int | None:
    """The line that a path of keys speaks of, as well as it can be told without the parser's help."""
    if not keys:
        return None
    section: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
            section = header[1].split(".")
            if section == list(keys):
                return number
        elif re.match(rf"\s*[\"']?{re.escape(keys[-1])}[\"']?\s*=", line) and (
            len(keys) == 1 or section[:1] == list(keys[:1])
        ):
            return number
    return None


def _line_of_element(what: str, line: int, text: str) -> int:
    """The line of the element of a list of texts that is wrong; that of its key when they share one."""
    named = _NAMED.match(what)
    first, *rows = text.splitlines()[line - 1 :]
    if "]" in _STRING.sub("", first):
        return line
    for number, row in enumerate(rows, line + 1):
        if row.lstrip().startswith("]"):
            break
        if named[1] in row if named else re.search(r"\w", _STRING.sub("", row)):
            return number
    return line
