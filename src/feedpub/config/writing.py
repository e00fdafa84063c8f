"""Write settings and profiles for people to edit. What is there already is never written over."""

from __future__ import annotations

from pathlib import Path

import msgspec

from feedpub.config.checks import check_settings
from feedpub.config.settings import Settings
from feedpub.errors import ConfigError
from feedpub.model import INCLUDE

_TEMPLATE = """\
# feedpub: every key that is commented out stands at its default.

[site]
title = {title}
id = "{id}"  # part of every entry's id: never change it
{url}
# description = "World and local news"
# language = "en"       # BCP 47, of the feeds, and of articles that do not show theirs
# author = "Morning Wire"
# timezone = "UTC"      # for dates that name no zone
# ledger = "feeds.ledger.sqlite3"
# pages = "needed"      # for people: of the feeds, and of articles without an address; "all" articles, or "none"
# theme = "theme"       # a folder with templates and styles of your own

[[sources]]
path = "seeds"
# name = "seeds"                   # part of its articles' paths, by which they are known; the folder's own name
# include = {include}
# exclude = ["drafts/**"]
# captured = 2025-04-28T18:00:00Z  # when these pages were taken, if the files can't tell
# category = "World News"          # for articles that name none
# language = "en"                  # of all of them; without it, each one's own is found
# timezone = "UTC"                 # for their dates that name no zone
# profile = "profiles/seeds.toml"  # what `feedpub learn seeds` found on its pages

# [sources.fields]                 # what the fields of articles are called in JSON and CSV, if not so
# title = "headline_text"

[feeds]
# formats = ["rss", "atom", "json"]
# by = ["category"]     # also author, tag, place; [] for the site's feeds alone
# limit = 50            # at least the newest 50 …
# days = 7              # … and nothing younger than 7 days before the newest is left out
# max_bytes = "1MB"     # … unless the feed grows larger than this
# content = "full"      # or "summary"
# archive = true        # the whole history of the site's feeds, in pages that never change; "all" for every feed
# tombstones = false    # true names withdrawn entries in Atom, for the readers that heed it
# announce = 2          # channels with fewer entries are not in the list of feeds

# [feeds.custom.asia]   # a feed of its own
# where = 'place:Seoul or place:Tokyo or category:"Asia" and not category:"Sport"'

# [categories]
# "World News" = ["World", "International"]   # other names of the same category

# [tables]
# agencies = ["Fenland Press Service"]        # in datelines, and never an author
# bylines = ["Words"]                         # before the names of those who wrote
# categories = ["Life on the Fen"]            # in bylines
# roles = ["tide correspondent"]              # never part of a name
# chrome = ["Become a member"]                # whole lines that are left out

[duplicates]
# keep = "first"        # which file stands for a story: also newest, longest; "off" publishes each
# near = true           # near copies are duplicates too, not only the same text

[guards]
# max_shrink = "20%"    # refuse when more entries than this vanish at once
# max_resurfaced = 10   # refuse when more old entries than this would look new

[limits]
# article = "10MB"      # of one article in a file that holds many
# unpacked = "4GB"      # of what a compressed file holds
# ratio = 100           # … and how many times its own size
"""


def create(file: Path, *, title: str, url: str, site_id: str) -> None:
    """Write a commented feedpub.toml. Raises `ConfigError` when it can't, or the URL is none."""
    stated = _quoted(url) if url else '"https://example.org/news/"'
    line = f"{'' if url else '# '}url = {stated}  # where the output folder is served"
    include = ", ".join(map(_quoted, INCLUDE))
    text = _TEMPLATE.format(title=_quoted(title), id=site_id, url=line, include=f"[{include}]")
    try:
        check_settings(msgspec.toml.decode(text, type=Settings))
    except ValueError as error:
        raise ConfigError(f"{url} is no URL to serve from: {str(error).partition(' - at ')[0]}") from None
    _write_new(file, text)


def require_absent(file: Path) -> None:
    """Raise `ConfigError` when there is such a file: what someone reviewed is never written over."""
    if file.exists():
        raise ConfigError(f"{file} exists already", "name another file, and take over from it what you want")


def write_profile(file: Path, text: str) -> None:
    """Write a profile, and the folder for it. Raises `ConfigError` when the file is there, or can't be written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{file.parent}: {error.strerror}") from None
    _write_new(file, text)


def _write_new(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        raise ConfigError(f"{file} exists already", "edit it, or move it away") from None
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None


def _quoted(text: str) -> str:
    try:
        return msgspec.json.encode(text).decode()
    except UnicodeEncodeError:
        raise ConfigError(f"{text} is not in UTF-8", "write it into the file by hand") from None
