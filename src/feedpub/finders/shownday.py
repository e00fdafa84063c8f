"""Which of the days that a page tells is the one on which its story came out, where they differ.

Takes the clues of a page, gives them with the day that its readers are shown before others: where the markup tells
several days, and where the print tells another one, a few days after, on which the markup says that the story was
changed. Never makes a day of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from feedpub.model import Clue, Moment, Trust

LATEST = timedelta(days=7)  # after the declared day: what is printed later is the day of an update
SHOWN = re.compile(r"(?:printed|published)-(?:under|above)-absolute|window-date")
LABELLED = "published-"


def first(clues: Sequence[Clue]) -> list[Clue]:
    """The clues, that of the day which readers are shown before the other declared ones."""
    dated = [clue for clue in clues if clue.field == "published"]
    marked = [clue for clue in dated if clue.trust == Trust.MARKED]
    shown = [clue for clue in dated if clue.trust == Trust.WRITTEN and SHOWN.fullmatch(clue.rule)]
    if not marked or not shown or max(clue.trust for clue in dated) > Trust.MARKED:
        return list(clues)
    days = {_day(clue.value) for clue in shown}
    if _day(marked[0].value) in days:
        return list(clues)
    agreed = next((clue for clue in marked if _day(clue.value) in days and _may_be(clue, marked[0])), None)
    if agreed:
        return [agreed, *(clue for clue in clues if clue is not agreed)]
    changed = {_day(clue.value) for clue in clues if clue.field == "updated" and clue.trust == Trust.MARKED}
    told = shown[0]
    is_alone = len(days) == 1 or told.rule.startswith(LABELLED)
    if not (is_alone and _day(told.value) in changed and _may_be(told, marked[0])):
        return list(clues)
    others = (replace(clue, trust=Trust.LEARNED) if clue in marked else clue for clue in clues if clue is not told)
    return [told, *others]


def _may_be(clue: Clue, declared: Clue) -> bool:
    """Whether a day is before the declared one, or no more than a few days after it."""
    return _day(clue.value) - _day(declared.value) <= LATEST


def _day(moment: Moment) -> date:
    """The day on the page's own clock."""
    return (moment.value + timedelta(minutes=moment.offset)).date()
