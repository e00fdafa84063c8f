"""Read feedpub.toml, and write one: the only package that does.

Takes a file, gives `Settings` in which everything has a value, the profiles that it names included. Unknown keys are
errors that name the nearest known one.
"""

from feedpub.config.loading import FILE, load, load_profile
from feedpub.config.settings import (
    ChannelFeed,
    CustomFeed,
    Duplicates,
    Feeds,
    FieldNames,
    Guards,
    LimitsOfFiles,
    Settings,
    Site,
    SourceFolder,
)
from feedpub.config.writing import create, require_absent, write_profile

__all__ = [
    "FILE",
    "ChannelFeed",
    "CustomFeed",
    "Duplicates",
    "Feeds",
    "FieldNames",
    "Guards",
    "LimitsOfFiles",
    "Settings",
    "Site",
    "SourceFolder",
    "create",
    "load",
    "load_profile",
    "require_absent",
    "write_profile",
]
