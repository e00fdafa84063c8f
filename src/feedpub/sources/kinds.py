"""Which files hold many articles, by their names, and how each is packed."""

from __future__ import annotations

import re

_PILE = re.compile(
    r".*\.(?:(?P<lines>jsonl|ndjson)|(?P<json>json)|(?P<table>csv|tsv)|(?P<warc>warc)|(?P<feed>rss|atom|xml))"
    r"(?:\.(?P<packed>gz|zst))?",
    re.IGNORECASE | re.DOTALL,
)


def is_pile(name: str) -> bool:
    """Whether a file of this name holds many articles."""
    return _PILE.fullmatch(name) is not None


def kind_of(name: str) -> tuple[str, str]:
    """How a file holds its articles (lines, json, table, warc, feed), and how it is packed (gz, zst, or not)."""
    found = _PILE.fullmatch(name)
    parts = found.groupdict() if found else {}
    packed = (parts.pop("packed", "") or "").lower()
    return next((kind for kind, ending in parts.items() if ending), "lines"), packed
