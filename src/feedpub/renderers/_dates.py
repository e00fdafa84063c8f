"""Write a moment as a feed must: in UTC, to the second, in English whatever the locale (T01 to T03)."""

from __future__ import annotations

from datetime import UTC, datetime

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def to_utc(moment: datetime) -> datetime:
    """The moment in UTC, in whole seconds. It must know its zone: the one of this machine is nobody's business."""
    assert moment.tzinfo is not None, f"a moment without a zone: {moment}"
    return moment.astimezone(UTC).replace(microsecond=0)


def rfc3339(moment: datetime) -> str:
    """The moment for Atom (RFC 4287, 3.3) and JSON Feed: `2025-04-28T14:00:00Z`."""
    return to_utc(moment).isoformat().replace("+00:00", "Z")


def rfc822(moment: datetime) -> str:
    """The moment for RSS: `Mon, 28 Apr 2025 14:00:00 +0000`. Zone names and two-digit years are often misread."""
    utc = to_utc(moment)
    day, month = _DAYS[utc.weekday()], _MONTHS[utc.month - 1]
    return f"{day}, {utc.day:02d} {month} {utc.year:04d} {utc:%H:%M:%S} +0000"
