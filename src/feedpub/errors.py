"""What can stop a run.

    FeedpubError            exit status, message, hint
    ├── ConfigError         2   the command line or the settings are wrong
    ├── GuardError          3   a guard refused; nothing was touched
    │   ├── EmptySource         the source is missing or empty
    │   ├── Shrink              too many entries would vanish at once
    │   ├── LostLedger          feeds were published, and the ledger knows nothing of them
    │   ├── Flood               too many old entries would look new to subscribers
    │   ├── ForeignFile         a file that we did not write lies where we want to write
    │   └── LedgerExists        there is a ledger where a new one would go
    ├── BuildError          4   the build failed; the last good feeds stand
    │   ├── LedgerError         the ledger can't be used: of a newer feedpub, of another program, not writable
    │   │   └── DamagedLedger       it is no readable database any more
    │   ├── WriteError          the output folder can't be written
    │   └── RenderError         a feed would not be valid
    └── Locked              75  another build is at work (EX_TEMPFAIL)

What is wrong with one file only is a `Problem`, and travels with the result. A bug is neither: it shows its traceback.
"""

from __future__ import annotations


class FeedpubError(Exception):
    """Stops the run. Knows its exit status, what is wrong and where, and what to do about it."""

    status = 4

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(FeedpubError):
    """The command line or the settings are wrong; nothing was touched."""

    status = 2


class GuardError(FeedpubError):
    """A guard refused; nothing was touched. The hint names the override."""

    status = 3


class EmptySource(GuardError):
    """A source folder is missing, unreadable, or holds no article."""


class Shrink(GuardError):
    """More entries would vanish at once than `max_shrink` allows."""


class LostLedger(GuardError):
    """Feeds were published here that the ledger knows nothing of: their ids have to be taken back first."""


class Flood(GuardError):
    """More old entries would look new to subscribers than `max_resurfaced` allows, or entries would become one."""


class ForeignFile(GuardError):
    """Something that feedpub did not write lies at a path that it wants to write."""


class LedgerExists(GuardError):
    """A ledger lies where a new one would go."""


class BuildError(FeedpubError):
    """The build failed; the last good feeds stand."""


class LedgerError(BuildError):
    """The ledger is damaged, unreadable, or written by a newer feedpub."""


class DamagedLedger(LedgerError):
    """The ledger is no longer a readable database."""


class WriteError(BuildError):
    """The output folder can't be written."""


class RenderError(BuildError):
    """A feed would not be valid, so it was not published."""


class Locked(FeedpubError):
    """Another build holds the ledger; try again later (EX_TEMPFAIL)."""

    status = 75
