"""The day on which an article was published where its page was made.

Takes the clues of a page, gives them with the page's own offset from UTC, where its markup tells the moment in UTC and
something else tells the day or the time on the page's own clock. Never changes the moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from msgspec.structs import replace

from feedpub.model import Clue, Moment, Trust

STEP = timedelta(minutes=15)  # of all zones of the world
SLACK = timedelta(minutes=2)  # what two clocks of a page may differ
EAST, WEST = timedelta(hours=14), timedelta(hours=12)  # the farthest zones
HOUR = timedelta(hours=1)
PRINTED = frozenset(("printed-under-absolute", "published-under-absolute"))  # dates below the title


def on_own_clock(clues: Sequence[Clue]) -> list[Clue]:
    """The clues; a declared moment in UTC with the offset that brings it to the day that the page tells."""
    dated = [clue for clue in clues if clue.field == "published" and isinstance(clue.value, Moment)]
    best = max(dated, key=lambda clue: clue.trust, default=None)
    if best is None or best.trust != Trust.MARKED or not _is_in_utc(best.value):
        return list(clues)
    others = (clue for clue in dated if clue is not best and (clue.trust == Trust.MARKED or clue.rule in PRINTED))
    offsets = (_offset(best.value, clue.value) for clue in others)
    offset = next((offset for offset in offsets if offset), None)
    if offset is None:
        return list(clues)
    shown = replace(best, value=replace(best.value, offset=offset // timedelta(minutes=1)))
    return [shown if clue is best else clue for clue in clues]


def _is_in_utc(moment: Moment) -> bool:
    return moment.precision == "second" and not moment.offset and moment.text.endswith(("Z", "+00:00", "+0000"))


def _offset(moment: Moment, told: Moment) -> timedelta | None:
    """How far from UTC the page's clock goes by another of its dates; None when that tells the same day, or another."""
    if told.offset and abs(told.value - moment.value) <= SLACK:
        return timedelta(minutes=told.offset)
    away = told.value.date() - moment.value.date()
    if told.offset or abs(away) != timedelta(days=1):
        return None
    if told.precision == "day":
        return _smallest(moment, away)
    offset = round((told.value - moment.value) / STEP) * STEP
    is_right = abs(moment.value + offset - told.value) <= SLACK and -WEST <= offset <= EAST
    return offset if is_right else None


def _smallest(moment: Moment, away: timedelta) -> timedelta | None:
    """The fewest whole hours that bring a moment to the day before or after."""
    midnight = moment.value.replace(hour=0, minute=0, second=0)
    hours = timedelta(days=1) - (moment.value - midnight) if away > timedelta() else moment.value - midnight
    needed = -(-hours // HOUR) * HOUR if away > timedelta() else -((hours // HOUR) + 1) * HOUR
    return needed if -WEST <= needed <= EAST else None
