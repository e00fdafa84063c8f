"""Say what is wrong with a file of settings: in which line, what was expected there, and what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from feedpub import faults
from feedpub.config import settings
from feedpub.model import Tables

_TABLES: dict[tuple[str, ...], type[Struct]] = {  # by their keys; every other table is the whole file
    ("site",): settings.Site,
    ("sources",): settings.SourceFolder,
    ("sources", "fields"): settings.FieldNames,
    ("feeds",): settings.Feeds,
    ("feeds", "custom"): settings.CustomFeed,
    ("feeds", "channels"): settings.ChannelFeed,
    ("tables",): Tables,
    ("duplicates",): settings.Duplicates,
    ("guards",): settings.Guards,
    ("limits",): settings.LimitsOfFiles,
}
_EXPECTED = {  # where the parser's own words would puzzle
    "pages": '"none", "needed" or "all"',
    "formats": 'a list of at least one of "rss", "atom" and "json"',
    "by": 'a list of "category", "author", "tag" and "place", or []',
    "max_bytes": 'a size such as "500KB" or "2MB"',
    "archive": 'true, false or "all"',
    "Settings.feeds.custom.archive": "true or false",
    "Settings.feeds.channels.archive": "true or false",
    "tombstones": "true or false",
    "announce": "a whole number from 1 to 300",
    "content": '"full" or "summary"',
    "keep": '"first", "newest", "longest" or "off"',
    "near": "true or false",
    "max_shrink": 'a percentage such as "20%"',
    "max_resurfaced": "a whole number",
    "article": 'a size such as "10MB"',
    "unpacked": 'a size such as "4GB"',
    "ratio": "a whole number from 1 to 100000",
    "fields": '[sources.fields], with lines such as title = "headline"',
    "captured": "a date and time such as 2025-04-28T18:00:00Z, without quotation marks",
    "limit": "a whole number from 1 to 300",
    "days": "a whole number from 0 to 3660",
    "include": 'a list of patterns such as ["**/*.txt"]',
    "exclude": 'a list of patterns such as ["drafts/**"]',
    "sources": "[[sources]], each with a `path`",
    "profile": 'the name of a file such as "profiles/example.toml"',
    "agencies": 'a list of names such as ["Fenland Press Service"]',
    "bylines": 'a list of what stands before names, such as ["Words"]',
    "Profile.initials": 'a list of rows such as ["am: Ada March"]',
    "Profile.site_name": 'a name such as "Sluice & Sedge"',
    "Profile.home": 'a word or two such as "Front page"',
    "roles": 'a list of roles such as ["tide correspondent"]',
    "authors": 'a list of names such as ["Ada March"]',
    "chrome": 'a list of whole lines such as ["Become a member"]',
    "categories": '"World News" = ["World", "International"]',
    "Settings.tables.categories": 'a list of names such as ["Life on the Fen"]',
    "Profile.categories": 'a list of names such as ["Life on the Fen"]',
}


def explained(message: str, data: bytes, root: type[Struct]) -> tuple[str, str]:
    """Give where and what is wrong (to stand after the file's name), and what to do.

    `message` is msgspec's, or one of `checks`; `root`: what the file should hold.
    """
    fault = faults.read(message, data)
    keys = fault.keys
    hint, what = "", fault.what
    if fault.unknown:
        *table, _ = keys
        others = _known_keys(table, root)
        near = faults.near(fault.unknown, others)
        hint = f"did you mean `{near}`?" if near else f"known keys: {', '.join(others)}"
        what = f"unknown key `{fault.unknown}`" + (f" in {_table_of(table)}" if table else "")
    elif missing := re.search(r"missing required field `(.+?)`", what):
        what = f"{_table_of(keys)} needs a `{missing[1]}`"
    elif keys:
        known = _EXPECTED.get(".".join((root.__name__, *keys))) or _EXPECTED.get(keys[-1])
        what = f"`{'.'.join(keys)}`: " + (f"expected {known}" if known else what)
    return (f", line {fault.line}: {what}" if fault.line else f": {what}"), hint


def _table_of(keys: Sequence[str]) -> str:
    return "[[sources]]" if list(keys) == ["sources"] else f"[{'.'.join(keys)}]"


def _known_keys(table: Sequence[str], root: type[Struct]) -> tuple[str, ...]:
    kind = _TABLES.get(tuple(table[:2])) or _TABLES.get(tuple(table[:1])) or root
    return kind.__struct_fields__
