"""What feedpub knows of languages, agencies and sites: the tables in `tables/`, loaded once.

A table is a UTF-8 text file. Lines that begin with `#`, and empty lines, are comments. Every other line is
a key, then words, parted by tabs; a key may stand on many lines. `table` gives the words of each key in the
order in which they stand. Nothing here judges: what a key means is written at the head of its file.
"""

from __future__ import annotations

import pkgutil


def table(name: str) -> dict[str, tuple[str, ...]]:
    """The words of each key of one table."""
    rows: dict[str, list[str]] = {}
    for line in (pkgutil.get_data(__package__, f"tables/{name}.tsv") or b"").decode().splitlines():
        if line and line[0] != "#":
            key, *words = line.split("\t")
            rows.setdefault(key, []).extend(words)
    return {key: tuple(words) for key, words in rows.items()}


def keys_by_word(rows: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """The table turned round: the key of each word, casefolded. The first key that names a word has it."""
    turned: dict[str, str] = {}
    for key, words in rows.items():
        for word in words:
            turned.setdefault(word.casefold(), key)
    return turned
