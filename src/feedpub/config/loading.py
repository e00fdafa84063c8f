"""Read settings and profiles from their files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from feedpub import faults
from feedpub.config.checks import check_profile, check_settings
from feedpub.config.complaints import explained
from feedpub.config.settings import Settings, SourceFolder
from feedpub.errors import ConfigError
from feedpub.model import Profile

FILE = "feedpub.toml"

_T = TypeVar("_T", bound=Struct)


def load(file: Path | None) -> tuple[Settings, Path]:
    """Read the named settings, or ./feedpub.toml, or none; give them and the folder that their paths start from.

    Raises `ConfigError`, naming file, line, and what was expected.
    """
    if file is None:
        file = Path(FILE)
        if not file.exists():
            return Settings(), Path()
    data = _read(file, "`feedpub init` writes one")
    settings = _decoded(file, data, Settings, check_settings)
    sources = tuple(_with_profile(source, file.parent) for source in settings.sources)
    return msgspec.structs.replace(settings, sources=sources), file.parent


def _with_profile(source: SourceFolder, base: Path) -> SourceFolder:
    """Put the profile in the place of its file's name."""
    if not isinstance(source.profile, str):
        return source
    return msgspec.structs.replace(source, profile=load_profile(base / source.profile))


def load_profile(file: Path) -> Profile:
    """Read a profile, as `feedpub learn` writes it. Raises `ConfigError`, naming file, line, and what was expected."""
    data = _read(file, "take the line out, let `feedpub learn SOURCE -o FILE` write one, and put it back")
    return _decoded(file, data, Profile, check_profile)


def _read(file: Path, hint: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}", hint if isinstance(error, FileNotFoundError) else "") from None


def _decoded(file: Path, data: bytes, kind: type[_T], check: Callable[[_T], None]) -> _T:
    try:
        value = faults.decode(data, kind)
        check(value)
    except ValueError as error:
        message, hint = explained(str(error), data, kind)
        raise ConfigError(f"{file}{message}", hint) from None
    return value
