"""Say what should be known of an article once it is recognised: a copy, another's id, a date that comes too late.

Takes what was found out, gives Problems. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feedpub.identity import Duplicate
from feedpub.model import MOST_TEXT, Known, Problem, Reading

DECLARE = "state `distinct = true` in {} if it is another article"


def duplicate(found: Duplicate, where: str, *, sidecar: str) -> Problem:
    """Say that a source holds an article that is read from another one already. `sidecar`: its own, if it has one."""
    is_apart_by_saying_so = sidecar and found.because not in ("id", "url")
    same = {
        "id": "the same stated id as",
        "url": "the same address as",
        "body": "the same text as",
        "near": f"{found.contained:.0%} of the same text as",
    }[found.because]
    return Problem(
        "duplicate",
        "warning",
        where,
        f"{same} {found.home}, which stands for both",
        "remove one of the two" + (f", or {DECLARE.format(sidecar)}" if is_apart_by_saying_so else ""),
    )


def contested(keys: Sequence[str], matches: Mapping[str, Known], known: Known, where: str) -> tuple[Problem, ...]:
    """Say that a source states the id or the address of another article: that one keeps it (rule I07)."""
    named = {"id": "id", "url": "address"}
    others = ((key, matches[key]) for key in keys if key in matches and matches[key].guid != known.guid)
    return tuple(
        Problem(
            "contested",
            "warning",
            where,
            f"it states the {named[kind]} of {other.path}, which is another article and keeps it",
            "state a different one in its sidecar",
        )
        for key, other in others
        if (kind := key.partition(":")[0]) in named
    )


def frozen(reading: Reading, known: Known, where: str) -> tuple[Problem, ...]:
    """Say that a date stated after publication comes too late: subscribers saw another one."""
    stated = reading.article and reading.article.metadata.published
    if not stated or stated.rule != "stated" or known.unseen or stated.value.replace(microsecond=0) == known.published:
        return ()
    return (
        Problem(
            "date-frozen",
            "warning",
            where,
            f"it is stated as published {stated.value:%Y-%m-%dT%H:%M:%SZ}, but was published as of "
            f"{known.published:%Y-%m-%dT%H:%M:%SZ}, which stays",
            "a published date never changes; state `updated` for a new version",
        ),
    )


def shortened(size: int, where: str) -> tuple[Problem, ...]:
    """Say that feeds give no more of an article than its summary. `size`: of its text as XML holds it, bytes."""
    if size <= MOST_TEXT:
        return ()
    return (
        Problem(
            "shortened",
            "note",
            where,
            f"its text takes {size:,} bytes, more than the {MOST_TEXT:,} that some readers take: feeds give its "
            "summary, and lead to the whole",
            "publish it in parts if subscribers are to read it in their readers",
        ),
    )
