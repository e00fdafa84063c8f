"""Remember: the only package that knows SQLite.

The ledger is one file beside the output folder. What it remembers of entries and keys outlives their files and can't be
made again; the rest is a cache. One build at a time holds it: SQLite's exclusive lock is the build's lock, and the
kernel frees it when the process ends in whatever way. Nothing is written by a build that has nothing to remember. Rows
are written many at a time, before the next question is asked.

What only the commands under `feedpub ledger` need lies in modules of its own, which a build never imports: `recalling`,
`text`, `renewing`, `soundness`.

Times are whole seconds since 1970, UTC.
"""

from feedpub.ledger import addresses
from feedpub.ledger.files import discard_if_empty, exists, make_room
from feedpub.ledger.memory import Address, Ledger, Standing, Written, numbered

__all__ = [
    "Address",
    "Ledger",
    "Standing",
    "Written",
    "addresses",
    "discard_if_empty",
    "exists",
    "make_room",
    "numbered",
]
