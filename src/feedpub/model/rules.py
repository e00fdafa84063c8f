"""The settings that rule how a document is understood."""

from __future__ import annotations

from msgspec import Struct


class Profile(Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of one site beforehand: learned from its pages, reviewed by its operator (`learn`, `config`)."""

    site_name: str = ""
    shape: str = ""  # the parts of its small print, in their order: author category time views
    categories: tuple[str, ...] = ()
    home: str = ""  # what its paths begin with, above the sections
    authors: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()  # words before names
    initials: tuple[str, ...] = ()  # rows such as `am: Ada March`
    chrome: tuple[str, ...] = ()  # whole lines that stand on nearly every page; any number stands for any other


class Tables(Struct, frozen=True, forbid_unknown_fields=True):
    """Rows that the operator adds to feedpub's own tables (`config`)."""

    agencies: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()  # words before names
    categories: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    chrome: tuple[str, ...] = ()


class Rules(Struct, frozen=True):
    """The settings that rule how a document is understood (`config`)."""

    timezone: str = "UTC"  # IANA name, for dates that name no zone
    language: str | None = None  # BCP 47, of all articles; without it, each one's own is found
    category: str | None = None  # for articles that name none
    site_name: str | None = None
    aliases: tuple[tuple[str, str], ...] = ()  # (printed category, casefolded; the name to use)
    profile: Profile = Profile()
    tables: Tables = Tables()
    fields: tuple[tuple[str, str], ...] = ()  # (what it is, its name in files that hold many articles)
