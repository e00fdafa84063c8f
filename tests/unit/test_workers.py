"""Many things done in other processes: in order, in bounded memory."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from feedpub import workers
from feedpub.errors import BuildError


def test_results_come_in_the_order_of_the_batches_whichever_is_done_first() -> None:
    def slow_at_even_numbers(number: int) -> int:
        threading.Event().wait(0.02 if number % 2 == 0 else 0)
        return number * number

    with ThreadPoolExecutor(4) as executor:
        results = list(workers.mapped(executor, slow_at_even_numbers, range(20), ahead=8))
    assert results == [(number, number * number) for number in range(20)]


def test_no_more_batches_are_taken_than_may_run_ahead() -> None:
    taken: list[int] = []

    def batches() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with ThreadPoolExecutor(2) as executor:
        for given, _ in enumerate(workers.mapped(executor, abs, batches(), ahead=4), 1):
            assert len(taken) <= given + 4


def test_inline_is_as_lazy_as_its_reader() -> None:
    assert next(workers.inline(abs, iter([-1]))) == (-1, 1)


def test_other_processes_do_the_same_in_the_same_order() -> None:
    batches = list(range(-5, 5))
    assert list(workers.processes(abs, batches, jobs=2)) == list(workers.inline(abs, batches))


def test_a_worker_that_is_killed_fails_the_build_in_a_sentence() -> None:
    with pytest.raises(BuildError, match="killed") as failed:
        list(workers.processes(_die, [1, 2, 3], jobs=2))
    assert "--jobs 1" in failed.value.hint


def _die(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_there_is_at_least_one_processor() -> None:
    assert workers.available() >= 1
