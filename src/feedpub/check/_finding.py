"""What the checks speak of: findings, the rules that make them, and where in a document they stand.

Takes and gives values only. Knows no format.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

from feedpub.model import Finding, Severity

MOST = 1000  # findings that one rule gives of one document: who has more has read enough

Subject = TypeVar("Subject")


class Hit(NamedTuple):
    """Where a rule is broken, and how."""

    line: int
    entry: str
    message: str


class Rule(Struct, Generic[Subject], frozen=True):
    """One row of a format's table: what must hold, what to do if it does not, and the function that looks."""

    id: str
    severity: Severity
    about: str  # what must hold, for the documentation
    remedy: str
    find: Callable[[Subject], Iterable[Hit]]
    habit: bool = False  # no specification asks for it: some readers do


class Unreadable(Exception):
    """The document can't be read; the findings say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(findings)
        self.findings = findings


class Given(Struct, frozen=True):
    """What is known of a document beside its bytes."""

    name: str
    now: datetime | None = None  # without it, no date is in the future
    only_errors: bool = False


class Lines:
    """Gives the line of an offset into a text."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self._text))]

    def at(self, offset: int) -> int:
        """Give the line, counted from 1."""
        return bisect_right(self._starts, offset)


def chosen(rules: Iterable[Rule[Subject]], given: Given) -> list[Rule[Subject]]:
    """Choose the rules that are asked for."""
    return [rule for rule in rules if rule.severity == "error" or not given.only_errors]


def apply(rules: Iterable[Rule[Subject]], subject: Subject) -> Iterator[Finding]:
    """Try each rule on a document."""
    for rule in rules:
        for hit in islice(rule.find(subject), MOST):
            yield Finding(rule.id, rule.severity, hit.line, hit.entry, hit.message, rule.remedy)


def shown(text: str, most: int = 60) -> str:
    """Quote a value from a document on one line, cut where it grows long."""
    line = " ".join(text[: 4 * most].split())
    return f"“{line[:most]}…”" if len(line) > most or len(text) > 4 * most else f"“{line}”"


def broken(rule: str, line: int, message: str, remedy: str) -> Finding:
    """Say that a document can't be read as it is."""
    return Finding(rule, "error", line, "", message, remedy)
