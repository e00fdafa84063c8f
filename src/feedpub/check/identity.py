"""The rules of ids and addresses of entries, which are the same in every format.

Takes what names an entry, with the place where it stands, gives hits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from feedpub import urls
from feedpub.check._finding import Hit, Rule, shown

_HOST = re.compile(r"https?://[^/?#]*", re.IGNORECASE)


class Name(NamedTuple):
    """An id, address or term, and where it stands."""

    kind: str  # id, address, term
    text: str
    line: int
    entry: str


def unnormalised(names: Iterable[Name]) -> Iterator[Hit]:
    """Names that look like others and differ: their letters and accents are not composed."""
    for name in names:
        if not unicodedata.is_normalized("NFC", name.text):
            yield Hit(name.line, name.entry, f"the {name.kind} is not in normal form C: {shown(name.text)}")


def alike(names: Iterable[Name]) -> Iterator[Hit]:
    """Ids that differ by scheme or host alone: some readers know an entry by the rest."""
    seen: dict[str, str] = {}
    for name in names:
        rest = _HOST.sub("", name.text) if name.kind == "id" and _HOST.match(name.text) else ""
        if rest and seen.setdefault(rest, name.text) != name.text:
            yield Hit(name.line, name.entry, f"another id differs by scheme or host alone: {shown(seen[rest])}")


def private(names: Iterable[Name]) -> Iterator[Hit]:
    """Addresses that only one machine or one network can reach."""
    for name in names:
        if name.kind == "address" and urls.private(name.text):
            yield Hit(name.line, name.entry, f"nobody else can reach {shown(name.text)}")


def unregistered(names: Iterable[Name]) -> Iterator[Hit]:
    """Addresses and ids of a scheme that the IANA does not know."""
    for name in names:
        scheme = urls.unregistered(name.text) if name.kind != "term" else ""
        if scheme and not urls.bad_reference(name.text):
            yield Hit(name.line, name.entry, f"{scheme[:40]}: is no registered scheme")


def elsewhere(own: str, name: str) -> bool:
    """Whether a feed that was fetched from an address calls itself by another one."""
    fetched = name.startswith(("http://", "https://"))
    return fetched and bool(own) and own.partition("#")[0] != name.partition("#")[0]


def too_much(entries: int, size: int) -> Iterator[str]:
    """Say in which way a document is too much for one subscription."""
    if entries > MOST_ENTRIES:
        yield f"the feed has {entries} entries, and one reader stops after {MOST_ENTRIES}"
    if size > LARGEST:
        yield f"the feed has {size:,} bytes"


MOST_ENTRIES = 300
LARGEST = 1_000_000  # bytes

RULES: tuple[Rule[Sequence[Name]], ...] = (
    Rule(
        "X11",
        "note",
        "Ids and categories are in Unicode's normal form C",
        "normalise them, for new entries",
        unnormalised,
    ),
    Rule("I06", "warning", "Ids differ by more than scheme and host", "give each entry its own id", alike, habit=True),
    Rule("S05", "warning", "Addresses are public", "publish the page, and link to it", private, habit=True),
    Rule(
        "W3C-SchemeNotIANARegistered",
        "warning",
        "Schemes are registered with the IANA",
        "use a registered scheme",
        unregistered,
    ),
)
