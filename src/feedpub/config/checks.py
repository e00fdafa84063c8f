"""What types alone can't tell of settings and profiles.

Each raises ValueError as msgspec does: with the key's path behind ` - at `, which `complaints` reads.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from uuid import UUID

from feedpub.config.settings import Feeds, Settings, Site, SourceFolder
from feedpub.languages import is_language
from feedpub.model import Profile

_SERVED = re.compile(r"https?://[^\s#\x00-\x1f]+", re.IGNORECASE)
_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]+")
PARTS = ("author", "category", "time", "views")  # of a profile's shape


def check_settings(settings: Settings) -> None:
    """Raise ValueError for the first thing that is wrong with settings."""
    _check_channels(settings.feeds)
    _check_site(settings.site)
    if not settings.sources:
        raise ValueError("expected at least one source - at `$.sources`")
    for source in settings.sources:
        _check_source(source)


def check_profile(profile: Profile) -> None:
    """Raise ValueError for the first thing that is wrong with a profile."""
    if unknown := [part for part in profile.shape.split() if part not in PARTS]:
        raise ValueError(f"unknown part `{unknown[0]}`; expected some of {', '.join(PARTS)} - at `$.shape`")
    if unnamed := [row for row in profile.initials if not re.fullmatch(r"\s*[^\W\d_]+\s*:.*\w.*", row)]:
        raise ValueError(f'`{unnamed[0]}`: expected initials and a name such as "am: Ada March" - at `$.initials[...]`')


def _check_site(site: Site) -> None:
    if site.id is not None:
        try:
            UUID(site.id)
        except ValueError:
            raise ValueError("expected a UUID, as `feedpub init` writes it - at `$.site.id`") from None
    if site.url is not None and not _is_served_at(site.url):
        raise ValueError("expected an absolute http or https URL without `#` - at `$.site.url`")
    _check_path(site.ledger, "$.site.ledger")
    _check_path(site.theme, "$.site.theme")
    _check_zone(site.timezone, "$.site.timezone")
    _check_language(site.language, "$.site.language")


def _is_served_at(url: str) -> bool:
    """Whether paths can be put behind an address, so that they lead somewhere."""
    try:
        parts = urlsplit(url)
        return bool(_HOST.fullmatch(parts.hostname or "")) and parts.port != 0 and _SERVED.fullmatch(url) is not None
    except ValueError:  # a port that is none, half an address of IPv6
        return False


def _check_path(path: str | None, at: str) -> None:
    if "\0" in (path or ""):
        raise ValueError(f"expected a path, and none holds the character U+0000 - at `{at}`")


def _check_source(source: SourceFolder) -> None:
    _check_path(source.path, "$.sources.path")
    if source.name is not None and not re.fullmatch(r"[^/\x00-\x1f\x7f]+", source.name):
        raise ValueError("expected a name without slashes and control characters - at `$.sources.name`")
    if source.timezone:
        _check_zone(source.timezone, "$.sources.timezone")
    _check_language(source.language, "$.sources.language")
    if not isinstance(source.profile, str | None):
        raise ValueError("a profile stands in a file of its own - at `$.sources.profile`")  # noqa: TRY004
    _check_path(source.profile, "$.sources.profile")


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
