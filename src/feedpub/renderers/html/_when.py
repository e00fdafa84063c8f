"""Write dates as people do, and no more exactly than they are known.

Takes a moment and its precision, gives the words and the form for machines (HTML, "time"; ISO 8601). Pure: the time
zone is the site's, never the machine's.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from feedpub.model import Entry, Precision
from feedpub.renderers._dates import rfc3339
from feedpub.renderers.html._words import Words


class When(Struct, frozen=True):
    """A date for people, and the same for machines."""

    text: str
    machine: str


def published(entry: Entry, words: Words, timezone: str) -> When:
    """Give when an entry was published, no more exactly than its article says."""
    if entry.precision in ("second", "minute", "hour"):
        return _timed(entry.published, words, timezone, entry.precision)
    return _dated(entry.published + timedelta(minutes=entry.offset), words, entry.precision)


def exact(moment: datetime, words: Words, timezone: str) -> When:
    """Give a moment to the minute."""
    return _timed(moment, words, timezone, "minute")


def day(moment: datetime, words: Words, timezone: str) -> When:
    """Give the day of a moment."""
    return _dated(moment.astimezone(_zone(timezone)), words, "day")


def _timed(moment: datetime, words: Words, timezone: str, precision: Precision) -> When:
    local = moment.astimezone(_zone(timezone))
    form = words.about if precision == "hour" else words.at
    text = form.format(date=_date(local, words), time=f"{local:%H:%M} {local.tzname()}")
    return When(text, rfc3339(moment))


def _dated(local: datetime, words: Words, precision: Precision) -> When:
    if precision == "year":
        return When(f"{local.year}", f"{local.year:04}")
    if precision == "month":
        return When(words.month.format(**_parts(local, words)), f"{local.year:04}-{local.month:02}")
    if precision == "week":
        year, week, _ = local.isocalendar()
        monday = local - timedelta(days=local.weekday())
        return When(words.week.format(date=_date(monday, words)), f"{year:04}-W{week:02}")
    return When(_date(local, words), f"{local.date().isoformat()}")


def _date(local: datetime, words: Words) -> str:
    return words.date.format(**_parts(local, words))


def _parts(local: datetime, words: Words) -> dict[str, object]:
    return {"day": local.day, "month": words.months[local.month - 1], "year": local.year}


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
