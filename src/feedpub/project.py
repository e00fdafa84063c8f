"""What one site is made of: its folders, its output, its ledger, and how its channels are described.

Takes settings and what the command line says, gives a Project. Touches nothing.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from feedpub import READING, config, plugins
from feedpub.config import ChannelFeed, Settings, SourceFolder
from feedpub.errors import ConfigError
from feedpub.filing import CUSTOM, Filing
from feedpub.identity import channel_id
from feedpub.model import Channel, Limits, Masthead, Profile, Rules
from feedpub.normalise import absolute_url, one_line, slugify
from feedpub.query import Query, QueryError
from feedpub.reading import Reader
from feedpub.sources import Folder, legible

NO_URL = "https://site-url-not-set.invalid/"  # a name that can't exist (RFC 2606), and says why
CATEGORY = "category"


class Project(Struct, frozen=True):
    """One site: what is read, how it is understood, and where it goes."""

    settings: Settings
    folders: tuple[Folder, ...]
    reader: Reader
    filing: Filing
    output: str
    ledger: str
    theme: str | None = None  # the user's folder of templates and styles

    @property
    def limits(self) -> Limits:
        """How much of a file that holds many articles is read."""
        return self.settings.limits.in_bytes

    @property
    def base(self) -> str:
        """The absolute URL of the output folder, with a closing slash."""
        url = absolute_url(self.settings.site.url or NO_URL) or NO_URL
        return url if url.endswith("/") else url + "/"

    @property
    def title(self) -> str:
        """The site's title, or else the first source folder's name."""
        return one_line(self.settings.site.title) or self.folders[0].name.replace("-", " ").replace("_", " ").title()

    @property
    def max_shrink(self) -> float:
        """The share of the entries that may vanish at once."""
        return int(self.settings.guards.max_shrink.rstrip("%")) / 100


def project(
    settings: Settings, base: Path, *, source: str | None = None, output: str | None = None, ledger: str | None = None
) -> Project:
    """Bring the settings and the command line together. `base`: the folder that the settings' paths start from.

    Raises `ConfigError` when two sources bear the same name, or a query can't be read.
    """
    sources = (SourceFolder(os.path.abspath(source)),) if source else settings.sources
    target = os.path.abspath(output or base / "feeds")
    theme = os.path.abspath(base / settings.site.theme) if settings.site.theme else None
    skip = (target, theme) if theme else (target,)
    folders, rules, captured = [], {}, {}
    for described in sources:
        root = os.path.abspath(base / described.path)
        name = described.name or legible(os.path.basename(root)) or "root"
        rules[name] = _rules(settings, described)
        captured[name] = described.captured and _aware(described.captured, rules[name].timezone)
        ruled_by = (READING, rules[name], settings.limits, described.captured, *plugins.versions(described.include))
        stamp = _digest(ruled_by)
        folders.append(Folder(name, root, described.include, described.exclude, skip, stamp))
    double = [name for name, times in Counter(folder.name for folder in folders).items() if times > 1]
    if double:
        raise ConfigError(f"two sources are called `{double[0]}`", "give one of them another `name` in [[sources]]")
    if target in {folder.root for folder in folders}:
        raise ConfigError(f"{target} is both source and output", "name another output folder with -o")
    place = ledger or (settings.site.ledger and str(base / settings.site.ledger)) or f"{target}.ledger.sqlite3"
    return Project(
        settings=settings,
        folders=tuple(folders),
        reader=Reader(rules, captured),
        filing=_filing(settings),
        output=target,
        ledger=os.path.abspath(place),
        theme=theme,
    )


def _filing(settings: Settings) -> Filing:
    feeds = settings.feeds
    return Filing(feeds.by, {name: _query(name, feed.where) for name, feed in sorted(feeds.custom.items())})


def _query(name: str, where: str) -> Query:
    try:
        return Query(where)
    except QueryError as error:
        at = f"{config.FILE}: `where` of [feeds.custom.{name}], column {error.column}"
        raise ConfigError(
            f"{at}: {error}", f"it is here: {where[: error.column - 1]}▸{where[error.column - 1 :]}"
        ) from None


def _rules(settings: Settings, source: SourceFolder) -> Rules:
    aliases = tuple(
        sorted(
            (alias.casefold(), one_line(name) or name)
            for name, others in settings.categories.items()
            for alias in (name, *others)
        )
    )
    return Rules(
        timezone=source.timezone or settings.site.timezone,
        language=source.language,
        category=one_line(source.category or "") or None,
        site_name=settings.site.title or None,
        aliases=aliases,
        profile=source.profile if isinstance(source.profile, Profile) else Profile(),
        tables=replace(settings.tables, categories=(*settings.tables.categories, *_category_names(settings))),
        fields=tuple((field, name) for field, name in asdict(source.fields).items() if name),
    )


def _category_names(settings: Settings) -> list[str]:
    """The categories that the settings speak of, as they are printed."""
    return sorted({name for key, others in settings.categories.items() for name in (key, *others)})


def describe(project: Project, site_id: str, name: str, title: str) -> Channel:
    """Describe the channel of that name: "" is the site's, `category/…` a category's, `feed/…` the operator's own."""
    site = project.settings.site
    feeds = project.settings.feeds
    said = _said(project, name)
    folder = project.base + (f"{quote(name)}/" if name else "")
    whole = one_line(said.title) or (f"{project.title}: {title}" if name else project.title)
    return Channel(
        name=name,
        id=channel_id(site_id, name),
        title=whole,
        description=one_line(said.description or site.description) or f"The newest articles of {whole}",
        link=project.base if site.pages == "none" else folder,
        base=folder,
        home=project.base,
        language=said.language or site.language,
        author=one_line(site.author) or project.title,
        limit=feeds.limit,
        days=feeds.days,
        max_bytes=feeds.most_bytes,
        content=feeds.content,
        archive=is_archived(project, name),
        tombstones=feeds.tombstones,
        site_id=site_id,
        pages=site.pages,
    )


def masthead(project: Project) -> Masthead:
    """Say what the pages for people tell of their site."""
    site = project.settings.site
    return Masthead(
        title=project.title,
        description=one_line(site.description),
        language=site.language,
        author=one_line(site.author) or project.title,
        base=project.base,
        has_url=project.base != NO_URL,
        timezone=site.timezone,
        formats=project.settings.feeds.formats,
        axes=project.settings.feeds.by,
    )


def _said(project: Project, name: str) -> ChannelFeed:
    """What the settings say of one channel."""
    feeds = project.settings.feeds
    own = feeds.custom.get(name.removeprefix(f"{CUSTOM}/")) if name.startswith(f"{CUSTOM}/") else None
    return own or feeds.channels.get(name) or ChannelFeed()


def is_archived(project: Project, name: str) -> bool:
    """Tell whether a channel's whole history is published: the site's by default, others by setting."""
    archive = project.settings.feeds.archive
    said = _said(project, name).archive
    return said if said is not None else archive == "all" or (archive is True and not name)


def is_published(project: Project, name: str) -> bool:
    """Tell whether the settings ask for this channel's feeds."""
    axis, _, value = name.partition("/")
    return not name or axis in project.filing.by or (axis == CUSTOM and value in project.filing.custom)


def moved_to(project: Project, name: str) -> str | None:
    """Give the channel of the category that one was renamed to: the settings name the old one as an alias."""
    axis, _, slug = name.partition("/")
    if axis != CATEGORY:
        return None
    for new, others in project.settings.categories.items():
        if slug != slugify(new) and any(slugify(other) == slug for other in others):
            return f"{CATEGORY}/{slugify(new)}"
    return None


def _aware(moment: datetime, timezone: str) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))


def _digest(value: object) -> str:
    return blake2b(msgspec.json.encode(value), digest_size=4).hexdigest()
