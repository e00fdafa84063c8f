"""Do the same to many things, here or in other processes, in bounded memory and always in the same order.

Takes a function and an iterator of batches, gives each batch with its result, in the order of the batches. The function
must not raise for bad data: what is wrong travels in its result.
"""

from __future__ import annotations

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from feedpub.errors import BuildError

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

COLLECT_AFTER = 50_000  # objects that are made and not yet let go: reading a page leaves none that refers to itself

B = TypeVar("B")
R = TypeVar("R")


def inline(function: Callable[[B], R], batches: Iterable[B]) -> Iterator[tuple[B, R]]:
    """Do it here, one batch after the other."""
    usual = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER)
    try:
        for batch in batches:
            yield batch, function(batch)
    finally:
        gc.set_threshold(*usual)


def mapped(
    executor: Executor, function: Callable[[B], R], batches: Iterable[B], *, ahead: int
) -> Iterator[tuple[B, R]]:
    """Do it in any executor, at most `ahead` batches before the one that is waited for."""
    waiting: deque[tuple[B, Future[R]]] = deque()
    for batch in batches:
        waiting.append((batch, executor.submit(function, batch)))
        if len(waiting) > ahead:
            first, future = waiting.popleft()
            yield first, future.result()
    for batch, future in waiting:
        yield batch, future.result()


def processes(function: Callable[[B], R], batches: Iterable[B], *, jobs: int) -> Iterator[tuple[B, R]]:
    """Do it in `jobs` processes of our own.

    They are spawned, not forked: they inherit no lock and no open file. They end when this process ends, in any way.
    """
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin) as executor:
        try:
            yield from mapped(executor, function, batches, ahead=jobs * 2)
        except BrokenExecutor:
            raise BuildError(
                "a process that read articles was killed", "is there enough memory? Try --jobs 1"
            ) from None


def _begin() -> None:
    """End with the parent, and look for garbage seldom."""
    gc.set_threshold(COLLECT_AFTER)
    _end_with_parent()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def available() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
