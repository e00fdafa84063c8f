"""Formats that other packages add: entry points of the group `feedpub.formats`.

Gives, for a file's extension, the functions that other packages offer to read it. An entry point is named after the
extension; those that feedpub reads itself are never asked for. Nothing is imported here, and packages are looked
through only when there is a file, or a pattern of `include`, of another extension.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "feedpub.formats"
BUILT_IN = frozenset(
    "txt html htm xhtml mhtml mht md markdown jsonl ndjson json csv tsv warc rss atom xml gz zst".split()
)
_EXTENSION = re.compile(r"[a-z0-9][a-z0-9_-]*")


def extension_of(path: str) -> str:
    """Give what stands behind the last dot of a file's name, in small letters."""
    return path.rpartition("/")[2].rpartition(".")[2].lower()


def readers(extension: str) -> tuple[EntryPoint, ...]:
    """Give the entry points of those who offer to read files of an extension; one is as it should be."""
    return () if extension in BUILT_IN else _offered().get(extension, ())


def versions(include: Iterable[str]) -> tuple[str, ...]:
    """Give the packages that may read the files of some patterns, and their versions: another one reads differently."""
    extensions = {extension_of(pattern) for pattern in include} - BUILT_IN
    if any(not _EXTENSION.fullmatch(extension) for extension in extensions):
        extensions |= _offered().keys()
    return tuple(sorted(version_of(entry) for extension in extensions for entry in readers(extension)))


def version_of(entry: EntryPoint) -> str:
    """Give the name and the version of the package that an entry point belongs to."""
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value


@cache
def _offered() -> dict[str, tuple[EntryPoint, ...]]:
    from importlib.metadata import entry_points  # takes longer than all else that a build without news does

    offered: dict[str, tuple[EntryPoint, ...]] = {}
    for entry in sorted(entry_points(group=GROUP), key=version_of):
        extension = entry.name.lower().removeprefix(".")
        offered[extension] = (*offered.get(extension, ()), entry)
    return offered
