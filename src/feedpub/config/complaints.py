"""Say what is wrong with a file of settings: in which line, what was expected there, and what to do."""

from __future__ import annotations

import re
from difflib import get_close_matches

from msgspec import Struct

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
    "formats": 'a list of "rss", "atom" and "json"',
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
    found = re.fullmatch(r"(.*?)(?: - at `\$(.*)`)?", message, re.DOTALL)
    what, at = (found[1], found[2] or "") if found else (message, "")
    keys = [key for key in re.findall(r"[^.\[\]]+", at) if key not in ("*", "...") and not key.isdigit()]
    hint = ""
    if unknown := re.search(r"unknown field `(.+?)`", what):
        others = _known_keys(keys, root)
        near = get_close_matches(unknown[1], others, 1)
        hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(others)}"
        what = f"unknown key `{unknown[1]}`" + (f" in {_table_of(keys)}" if keys else "")
        keys.append(unknown[1])
    elif missing := re.search(r"missing required field `(.+?)`", what):
        what = f"{_table_of(keys)} needs a `{missing[1]}`"
    elif keys:
        known = _EXPECTED.get(".".join((root.__name__, *keys))) or _EXPECTED.get(keys[-1])
        expected = f"expected {known}" if known else f"{what[0].lower()}{what[1:]}"
        what = f"`{'.'.join(keys)}`: {expected}"
    line = _line_of(keys, data.decode("utf-8", "replace"))
    return (f", line {line}: {what}" if line else f": {what}"), hint


def _table_of(keys: list[str]) -> str:
    return "[[sources]]" if keys == ["sources"] else f"[{'.'.join(keys)}]"


def _known_keys(table: list[str], root: type[Struct]) -> tuple[str, ...]:
    kind = _TABLES.get(tuple(table[:2])) or _TABLES.get(tuple(table[:1])) or root
    return kind.__struct_fields__


def _line_of(keys: list[str], text: str) -> int | None:
    """Find the line that a path of keys speaks of, as well as it can be told without the parser's help."""
    if not keys:
        return None
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
            section = header[1]
            if section.split(".") == keys:
                return number
        elif re.match(rf"\s*[\"']?{re.escape(keys[-1])}[\"']?\s*=", line) and (
            len(keys) == 1 or section.split(".")[0] == keys[0]
        ):
            return number
    return None
