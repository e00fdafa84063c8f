"""Remember: the only package that knows SQLite.

The ledger is one file beside the output folder. What it remembers of entries and keys outlives their files and can't be
made again; the rest is a cache. One build at a time holds it: SQLite's exclusive lock is the build's lock, and the
kernel frees it when the process ends in whatever way. Nothing is written by a build that has nothing to remember. Rows
are written many at a time, before the next question is asked.

`memory` holds the ledger, `database` the file below it, `schema` its tables. Each part of the ledger knows a few of
these: `sources` and `unpacked`, `entries`, `articles`, `addresses`, `channels`, `artefacts`. What only the commands
under `feedpub ledger` need lies in modules of its own, which a build never imports: `recalling`, `dumping`,
`loading`, `renewing`, `soundness`.

Times are whole seconds since 1970, UTC.
"""

from feedpub.ledger.addresses import Address, Leaf
from feedpub.ledger.artefacts import Written
from feedpub.ledger.articles import numbered
from feedpub.ledger.files import exists
from feedpub.ledger.memory import Ledger
from feedpub.ledger.sources import Standing

__all__ = [
    "Address",
    "Leaf",
    "Ledger",
    "Standing",
    "Written",
    "exists",
    "numbered",
]
