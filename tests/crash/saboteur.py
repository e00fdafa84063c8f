"""A saboteur: runs the real command in a child process, and harms that child alone.

`run` forks, so that a death costs milliseconds. A moment is what lies between two steps that leave something on the
disk, or in the middle of a write.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, NamedTuple

from conftest import Project
from feedpub import cli, write
from feedpub.ledger import Ledger
from feedpub.ledger.database import Database

STAGED = ".feedpub-new"
KILLED = -signal.SIGKILL

Harm = Callable[[], None]


class Ended(NamedTuple):
    """How a child ended: its exit status, and what it said on both streams."""

    status: int
    said: str


def run(project: Project, *arguments: str, harm: Harm) -> Ended:
    """Run `feedpub` with these arguments in a child that is harmed first, in the project's folder and by its clock."""
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
            sys.stdout = sys.stderr = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            os.chdir(project.root)
            os.environ["SOURCE_DATE_EPOCH"] = str(int(project.now.timestamp()))
            os._exit(_status_of(arguments, harm))
        _, status = os.waitpid(child, 0)
        said.seek(0)
        return Ended(os.waitstatus_to_exitcode(status), said.read().decode())


def _status_of(arguments: tuple[str, ...], harm: Harm) -> int:
    sys.argv = ["feedpub", *arguments]
    try:
        harm()
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:  # noqa: BLE001 - nothing may reach the test's own frames
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
    return 0


# ── death ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def dies_at(number: int) -> Harm:
    """Be killed at the n-th moment, as by `kill -9`."""

    def harm() -> None:
        moments = count(1)

        def moment() -> None:
            if next(moments) == number:
                os.kill(os.getpid(), signal.SIGKILL)

        for owner, name in ((Ledger, "commit"), (write, "_sync_file_system")):
            _then(owner, name, moment)
        for name in ("open", "fsync", "replace", "mkdir", "unlink", "rmdir"):
            _then(os, name, moment)
        _tear(moment)

    return harm


def _then(owner: Any, name: str, moment: Callable[[], None]) -> None:
    real = getattr(owner, name)

    def step(*arguments: Any, **options: Any) -> Any:
        result = real(*arguments, **options)
        if name != "open" or arguments[1] & os.O_CREAT:
            moment()
        return result

    setattr(owner, name, step)


def _tear(moment: Callable[[], None]) -> None:
    real = os.write

    def write_in_two(descriptor: int, data: memoryview) -> int:
        written = real(descriptor, data[: len(data) // 2])
        moment()
        return written + real(descriptor, data[written:])

    os.write = write_in_two


def dies_before_it_commits() -> None:
    """Be killed when all is remembered but not committed, and SQLite has written some of it to the ledger already."""
    real = Database._prepare

    def prepare(database: Database) -> None:
        real(database)
        database._db.execute("PRAGMA cache_size = 4")  # so that a small change spills as a large one would

    Database._prepare = prepare
    Ledger.commit = lambda ledger: os.kill(os.getpid(), signal.SIGKILL)


# ── disks that are full, and folders that may not be written ─────────────────────────────────────────────────────────


def fails(owner: Any, name: str, number: int, *, after: int = 0) -> Harm:
    """Let a step fail with this error number, once it was done a few times."""

    def harm() -> None:
        times = count()
        real = getattr(owner, name)

        def step(*arguments: Any, **options: Any) -> Any:
            if (name == "open" and not arguments[1] & os.O_CREAT) or next(times) < after:
                return real(*arguments, **options)
            paths = [argument for argument in arguments if isinstance(argument, str)]
            raise OSError(number, os.strerror(number), *paths[:1])

        setattr(owner, name, step)

    return harm


def finds_no_file_longer_than(size: int) -> Harm:
    """Let the kernel refuse to write further than so many bytes into any file."""

    def harm() -> None:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))

    return harm


def finds_no_room_in_the_ledger() -> None:
    """Let SQLite find the disk full when the ledger grows."""
    real = Database._prepare

    def prepare(database: Database) -> None:
        real(database)
        database._db.execute("PRAGMA max_page_count = 1")  # SQLite makes of it what there is already

    Database._prepare = prepare


# ── what is left behind ──────────────────────────────────────────────────────────────────────────────────────────────


def processes_with(mark: str) -> Iterator[int]:
    """Give the processes whose environment holds this mark."""
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/environ", "rb") as environment:
                if mark.encode() in environment.read():
                    yield int(process)
        except OSError:
            continue
