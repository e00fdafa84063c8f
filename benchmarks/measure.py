"""Run a program and say what it cost. Takes a command line, gives seconds and bytes. Reads the clock and /proc."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Self

TICK = 0.02  # seconds between two looks at the memory of all processes together
PAGE = os.sysconf("SC_PAGE_SIZE")
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


class Cost(NamedTuple):
    """What a program and the programs that it started cost, together."""

    wall: float  # seconds
    cpu: float  # seconds, in the program and in the kernel
    largest: int  # bytes: the most that one of the processes held
    together: int  # bytes: the most that all of them were seen to hold at once; 0 where there is no /proc


class Failed(Exception):
    """The program that was to be measured did not do its work."""


def cost(command: Sequence[str]) -> Cost:
    """Run the command to its end, its output thrown away, and give its cost."""
    with tempfile.TemporaryFile() as complaints:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=complaints)
        with _Watch(process.pid) as watch:
            _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            complaints.seek(0)
            said = complaints.read().decode("utf-8", "replace")
            raise Failed(f"{' '.join(command)}: exit status {process.returncode}\n{said}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * MAXRSS_UNIT, watch.most)


def median_cost(command: Sequence[str], times: int, before: Callable[[int], object] = bool) -> Cost:
    """Run the command so many times, each time after `before(turn)`, and give the cost of the median by CPU."""
    costs = []
    for turn in range(times):
        before(turn)
        costs.append(cost(command))
    return sorted(costs, key=lambda cost: cost.cpu)[times // 2]


class _Watch:
    """Looks, in a thread of its own, at how much memory a process and its descendants hold."""

    def __init__(self, pid: int) -> None:
        self.most = 0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(TICK):
            self.most = max(self.most, sum(_resident(pid) for pid in _family(self._pid)))


def _family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):  # it ended since
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text().split():
                yield from _family(int(child))


def _resident(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    return 0
