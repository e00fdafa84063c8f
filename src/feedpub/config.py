"""Read feedpub.toml: the only module that does.

Takes a file, gives `Settings` in which everything has a value, the profiles that it names included. Unknown keys are
errors that name the nearest known one.
"""

from __future__ import annotations

import re
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct, field

from feedpub.errors import ConfigError
from feedpub.languages import is_language
from feedpub.model import INCLUDE, Limits, Profile, Tables

FILE = "feedpub.toml"

Format = Literal["rss", "atom", "json"]
Axis = Literal["category", "author", "tag", "place"]
Pages = Literal["none", "needed", "all"]
UNITS = {"KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
SIZE = r"^[1-9]\d{0,5} ?[KMG]B$"
PARTS = ("author", "category", "time", "views")  # of a profile's shape


class Site(Struct, frozen=True, forbid_unknown_fields=True):
    """What the feeds say of the site that they belong to."""

    title: str = ""
    id: str | None = None
    url: str | None = None
    description: str = ""
    language: str | None = None
    author: str = ""
    timezone: str = "UTC"
    ledger: str | None = None
    pages: Pages = "needed"
    theme: str | None = None


class FieldNames(Struct, frozen=True, forbid_unknown_fields=True):
    """What the fields of articles are called in files that hold many, where that is not plain by itself."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    text: str | None = None
    html: str | None = None
    authors: str | None = None
    published: str | None = None
    updated: str | None = None
    captured: str | None = None
    expires: str | None = None
    categories: str | None = None
    tags: str | None = None
    language: str | None = None
    summary: str | None = None
    image: str | None = None


class SourceFolder(Struct, frozen=True, forbid_unknown_fields=True):
    """A folder of articles, and what holds for all of them."""

    path: str
    name: str | None = None
    include: tuple[str, ...] = INCLUDE
    exclude: tuple[str, ...] = ()
    captured: datetime | None = None
    category: str | None = None
    language: str | None = None
    timezone: str | None = None
    profile: str | Profile | None = None  # a file's name; `load` puts what it holds in its place
    fields: FieldNames = field(default_factory=FieldNames)


class ChannelFeed(Struct, frozen=True, forbid_unknown_fields=True):
    """What one channel's feeds say of themselves, and whether its whole history is published."""

    title: str = ""
    description: str = ""
    language: str | None = None
    archive: bool | None = None


class CustomFeed(ChannelFeed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A feed of its own: the entries that a query finds."""

    where: str


class Feeds(Struct, frozen=True, forbid_unknown_fields=True):
    """Which feeds are made, and what they hold."""

    formats: tuple[Format, ...] = ("rss", "atom", "json")
    by: tuple[Axis, ...] = ("category",)
    limit: Annotated[int, Meta(ge=1, le=300)] = 50
    days: Annotated[int, Meta(ge=0, le=3660)] = 7
    max_bytes: Annotated[str, Meta(pattern=r"^[1-9]\d{0,5} ?[KM]B$")] = "1MB"
    content: Literal["full", "summary"] = "full"
    archive: bool | Literal["all"] = True
    tombstones: bool = False
    announce: Annotated[int, Meta(ge=1, le=300)] = 2
    custom: dict[str, CustomFeed] = field(default_factory=dict)
    channels: dict[str, ChannelFeed] = field(default_factory=dict)

    @property
    def most_bytes(self) -> int:
        """What a feed may grow to."""
        return _bytes(self.max_bytes)


def _bytes(size: str) -> int:
    return int(size[:-2]) * UNITS[size[-2:]]


class Guards(Struct, frozen=True, forbid_unknown_fields=True):
    """When a build refuses to go on."""

    max_shrink: Annotated[str, Meta(pattern=r"^\d{1,3}%$")] = "20%"
    max_resurfaced: Annotated[int, Meta(ge=0)] = 10


class Duplicates(Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of files that hold the same story."""

    keep: Literal["first", "newest", "longest", "off"] = "first"
    near: bool = True


class LimitsOfFiles(Struct, frozen=True, forbid_unknown_fields=True):
    """How much of a file that holds many articles is read."""

    article: Annotated[str, Meta(pattern=SIZE)] = "10MB"
    unpacked: Annotated[str, Meta(pattern=SIZE)] = "4GB"
    ratio: Annotated[int, Meta(ge=1, le=100_000)] = 100

    @property
    def in_bytes(self) -> Limits:
        """The limits as numbers."""
        return Limits(_bytes(self.article), _bytes(self.unpacked), self.ratio)


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that feedpub.toml can say."""

    site: Site = Site()
    sources: tuple[SourceFolder, ...] = (SourceFolder("seeds"),)
    feeds: Feeds = Feeds()
    categories: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tables: Tables = Tables()
    duplicates: Duplicates = Duplicates()
    guards: Guards = Guards()
    limits: LimitsOfFiles = LimitsOfFiles()


def load(file: Path | None) -> tuple[Settings, Path]:
    """Read the named settings, or ./feedpub.toml, or none; give them and the folder that their paths start from.

    Raises `ConfigError`, naming file, line, and what was expected.
    """
    if file is None:
        file = Path(FILE)
        if not file.exists():
            return Settings(), Path()
    data = _read(file, "`feedpub init` writes one")
    try:
        settings = msgspec.toml.decode(data, type=Settings)
        _check(settings)
    except (ValueError, msgspec.MsgspecError) as error:
        message, hint = _explain(str(error), data)
        raise ConfigError(f"{file}{message}", hint) from None
    sources = tuple(_with_profile(source, file.parent) for source in settings.sources)
    return msgspec.structs.replace(settings, sources=sources), file.parent


def _read(file: Path, hint: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}", hint if isinstance(error, FileNotFoundError) else "") from None


def _with_profile(source: SourceFolder, base: Path) -> SourceFolder:
    """Put the profile in the place of its file's name."""
    if not isinstance(source.profile, str):
        return source
    return msgspec.structs.replace(source, profile=load_profile(base / source.profile))


def load_profile(file: Path) -> Profile:
    """Read a profile, as `feedpub learn` writes it. Raises `ConfigError`, naming file, line, and what was expected."""
    data = _read(file, "take the line out, let `feedpub learn SOURCE -o FILE` write one, and put it back")
    try:
        profile = msgspec.toml.decode(data, type=Profile)
        _check_shape(profile.shape)
    except (ValueError, msgspec.MsgspecError) as error:
        message, hint = _explain(str(error), data, Profile)
        raise ConfigError(f"{file}{message}", hint) from None
    return profile


def _check_shape(shape: str) -> None:
    if unknown := [part for part in shape.split() if part not in PARTS]:
        raise ValueError(f"unknown part `{unknown[0]}`; expected some of {', '.join(PARTS)} - at `$.shape`")


def _check(settings: Settings) -> None:
    """Raise ValueError, with the key's path, for what types alone can't tell."""
    site = settings.site
    _check_channels(settings.feeds)
    if site.id is not None:
        try:
            UUID(site.id)
        except ValueError:
            raise ValueError("expected a UUID, as `feedpub init` writes it - at `$.site.id`") from None
    if site.url is not None and not re.match(r"https?://[^/\s]+\.?[^\s]*$", site.url):
        raise ValueError("expected an absolute http or https URL - at `$.site.url`")
    _check_zone(site.timezone, "$.site.timezone")
    _check_language(site.language, "$.site.language")
    if not settings.sources:
        raise ValueError("expected at least one source - at `$.sources`")
    for source in settings.sources:
        if source.name is not None and not re.fullmatch(r"[^/\x00-\x1f\x7f]+", source.name):
            raise ValueError("expected a name without slashes and control characters - at `$.sources.name`")
        if source.timezone:
            _check_zone(source.timezone, "$.sources.timezone")
        _check_language(source.language, "$.sources.language")
        if not isinstance(source.profile, str | None):
            raise ValueError("a profile stands in a file of its own - at `$.sources.profile`")  # noqa: TRY004


def _check_channels(feeds: Feeds) -> None:
    for name in feeds.custom:
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
            raise ValueError(f"`{name}`: expected small letters, digits and hyphens - at `$.feeds.custom`")
    for name in feeds.channels:
        if not re.fullmatch(r"(?:category|author|tag|place)/[^/\s]+", name):
            raise ValueError(
                f'`{name}`: expected the name of a channel such as "category/world-news" - at `$.feeds.channels`'
            )
    for said in (*feeds.custom.values(), *feeds.channels.values()):
        _check_language(said.language, "$.feeds.language")


def _check_zone(name: str, at: str) -> None:
    if name == "UTC":
        return
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"unknown time zone `{name}`; expected a name such as Europe/Berlin - at `{at}`") from None


def _check_language(tag: str | None, at: str) -> None:
    if tag is not None and not is_language(tag):
        raise ValueError(f"`{tag}` is no language tag; expected one such as en or pt-BR - at `{at}`")


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
    "roles": 'a list of roles such as ["tide correspondent"]',
    "authors": 'a list of names such as ["Ada March"]',
    "chrome": 'a list of whole lines such as ["Become a member"]',
    "categories": '"World News" = ["World", "International"]',
    "Settings.tables.categories": 'a list of names such as ["Life on the Fen"]',
    "Profile.categories": 'a list of names such as ["Life on the Fen"]',
}


def _explain(message: str, data: bytes, root: type[Struct] = Settings) -> tuple[str, str]:
    """Give where and what is wrong (to stand after the file's name), and what to do."""
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
    known: Any = root
    tables: dict[str, Any] = {
        "site": Site,
        "sources": SourceFolder,
        "feeds": Feeds,
        "tables": Tables,
        "duplicates": Duplicates,
        "guards": Guards,
        "limits": LimitsOfFiles,
    }
    if table:
        known = tables.get(table[0], root)
    if table[:1] == ["feeds"] and len(table) > 1:
        known = {"custom": CustomFeed, "channels": ChannelFeed}.get(table[1], known)
    if table == ["sources", "fields"]:
        known = FieldNames
    return tuple(known.__struct_fields__)


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
# include = ["**/*.txt", "**/*.html"]  # every kind of file that feedpub reads
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
    text = _TEMPLATE.format(title=_quoted(title), id=site_id, url=line)
    try:
        _check(msgspec.toml.decode(text, type=Settings))
    except ValueError as error:
        raise ConfigError(f"{url} is no URL to serve from: {str(error).partition(' - at ')[0]}") from None
    _write_new(file, text)


def require_absent(file: Path) -> None:
    """Raise `ConfigError` when there is such a file: what someone reviewed is never written over."""
    if file.exists():
        raise ConfigError(f"{file} exists already", "name another file, or move it away")


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
    return msgspec.json.encode(text).decode()
