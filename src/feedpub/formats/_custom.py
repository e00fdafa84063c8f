"""Formats of one's own: a function from Document to Draft in another package (`plugins`).

Takes a Document and the entry points that offer to read it, gives a Draft that is what it claims to be. Never raises:
whatever is wrong with another's code becomes a Problem.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from feedpub.model import Clue, Document, Draft, Problem
from feedpub.plugins import extension_of, version_of

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

VALUES = {  # the fields that clues may speak of, and what they may say
    **dict.fromkeys(("id", "title", "summary", "language", "canonical", "published", "updated", "expires"), str),
    **dict.fromkeys(("authors", "categories", "tags", "aliases"), tuple[str, ...]),
    "draft": bool,
}
MOST_LINES = 1_000_000


def read(document: Document, readers: tuple[EntryPoint, ...]) -> Draft:
    """The document as the one package reads it that offers to."""
    if len(readers) > 1:
        both = " and ".join(map(version_of, readers))
        return _set_aside(document, f"{both} both read .{extension_of(document.path)} files", "uninstall one of them")
    (reader,) = readers
    hint = f"report it to the makers of {version_of(reader)}, or leave the file out with `exclude`"
    try:
        return _checked(_loaded(reader)(document))
    except (Exception, SystemExit) as error:  # noqa: BLE001  # nobody knows what another's code raises
        told = f"{type(error).__name__}: {error}".rstrip(": ")
        return _set_aside(document, f"{version_of(reader)} can't read it: {told} ({_where(error)})", hint)


@cache
def _loaded(reader: EntryPoint) -> Callable[[Document], Any]:
    function: Callable[[Document], Any] = reader.load()
    return function


def _checked(draft: Any) -> Draft:
    """The draft, its values of the kinds that `model` says. Raises `ValueError` or `TypeError` for others."""
    if not isinstance(draft, Draft):
        raise TypeError(f"`read` gives a {type(draft).__name__}, not a Draft")
    made = msgspec.convert(msgspec.to_builtins(draft), Draft)
    numbers = [0, *(block.line for block in made.blocks), MOST_LINES]
    if any(after <= before for before, after in pairwise(numbers)):
        raise ValueError(f"the lines of its blocks do not rise from 1 to {MOST_LINES:,}")
    blocks = tuple(replace(block, text=text) for block in made.blocks if (text := block.text.strip()))
    return replace(made, format="custom", blocks=blocks, clues=tuple(map(_clue, made.clues)))


def _clue(clue: Clue) -> Clue:
    if clue.field not in VALUES:
        raise ValueError(f"a clue to `{clue.field}`; expected one of {', '.join(sorted(VALUES))}")
    return replace(clue, value=msgspec.convert(clue.value, VALUES[clue.field]))


def _where(error: BaseException) -> str:
    last = extract_tb(error.__traceback__)[-1]
    return f"{last.filename.rpartition('/')[2]}, line {last.lineno}"


def _set_aside(document: Document, message: str, hint: str) -> Draft:
    return Draft("custom", (), problems=(Problem("broken-format", "error", document.path, message, hint),))
