"""For the tests of `feedpub check`: a feed in which all is well, and cases that break one rule of it each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from feedpub.check import Finding, check
from feedpub.check._finding import Rule

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Case(NamedTuple):
    """A rule, a place in the feed in which all is well, and what stands there when the rule is broken.

    `mended` stands there when it is kept; without it, what stood there before. `also` are errors that can't be avoided.
    """

    rule: str
    severity: str
    place: str
    broken: str
    mended: str | None = None
    also: str = ""

    def __str__(self) -> str:
        return f"{self.rule}_{self.severity}_{self.broken[:40]}"


def findings(text: str) -> list[Finding]:
    return check(text.encode(), "feed", now=NOW)


def with_change(feed: str, case: Case, change: str) -> str:
    assert feed.count(case.place) == 1, f"{case.place!r} stands {feed.count(case.place)} times in the feed"
    return feed.replace(case.place, change)


def verify(feed: str, case: Case) -> None:
    """Hold that the broken feed breaks the rule, and no other as badly, and that the mended one keeps it."""
    broken = findings(with_change(feed, case, case.broken))
    assert (case.rule, case.severity) in {(found.rule, found.severity) for found in broken}, broken
    errors = {found.rule for found in broken if found.severity == "error"}
    assert errors <= {case.rule, *case.also.split()}, errors
    if case.mended is not None:
        mended = findings(with_change(feed, case, case.mended))
        assert (case.rule, case.severity) not in {(found.rule, found.severity) for found in mended}, mended


def untested(feed: str, cases: Iterable[Case], rules: Sequence[Rule[Any]]) -> list[str]:
    """The rules that no case breaks. A row of a table is known by its number, severity and remedy."""
    broken = [found for case in cases for found in findings(with_change(feed, case, case.broken))]
    known = {(found.rule, found.severity, found.remedy) for found in broken}
    return [f"{rule.id}: {rule.about}" for rule in rules if (rule.id, rule.severity, rule.remedy) not in known]
