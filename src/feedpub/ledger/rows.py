"""How values lie in the tables: moments as whole seconds since 1970, UTC; structs as tuples; lists of `?` for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

MOST_MARKS = 500  # values in one question; SQLite takes no more than some thousands

_T = TypeVar("_T")


def seconds(moment: datetime) -> int:
    """Give a moment in whole seconds."""
    return int(moment.replace(microsecond=0).timestamp())  # the last moment of 9999 would be rounded up


def moment(seconds: int) -> datetime:
    """Give the moment that is meant."""
    return datetime.fromtimestamp(seconds, UTC)


def astuple(value: Struct) -> tuple[Any, ...]:
    """Give a struct's fields as a row."""
    return msgspec.structs.astuple(value)


def marks(values: Sequence[object]) -> str:
    """Give as many marks as there are values, for `IN`."""
    return f"({', '.join('?' * len(values))})"


def in_parts(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Part values into as many as one question may name."""
    for first in range(0, len(values), MOST_MARKS):
        yield values[first : first + MOST_MARKS]
