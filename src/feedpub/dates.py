"""Dates: what a printed one means.

`moment` takes a Stamp, as `finders.stamps` reads it off a line, and what it is counted from, and gives a Moment that
knows how exact it is. Never looks at the clock.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from feedpub.lexicon import keys_by_word, table
from feedpub.model import Capture, Moment, Precision, Trust

EARLIEST_YEAR = 1990  # older ones are epochs and defaults; the Web had no news before
TOLERANCE = timedelta(hours=24)  # a page may be ahead of its capture by a time zone, not by more
SOLAR_YEARS = range(1390, 1421)  # of the Persian calendar: 2011 to 2042
NOON = 12  # UTC: the same day from UTC-12 to UTC+11


class Stamp(Struct, frozen=True, gc=False):
    """A date as it is printed: absolute (day and month, year perhaps), or relative (`unit` and `amount`)."""

    start: int
    end: int
    text: str
    role: str = ""  # published, updated, not, or unlabelled
    year: int | None = None
    month: int = 0
    day: int = 0
    swappable: bool = False  # 04/05/2025 may be either
    clock: tuple[int, int, int] | None = None
    seconds: bool = False
    zone: str = ""
    unit: Precision | None = None
    amount: int = 0


class Reader(Struct, frozen=True):
    """What dates are counted from, and how they are written here."""

    capture: Capture | None
    zone: str
    month_first: bool | None

    def moment(self, stamp: Stamp) -> Moment | None:
        """When a stamp was: None when it can't be told without a capture, or is no day of the calendar."""
        return moment(stamp, capture=self.capture, zone=self.zone, month_first=self.month_first)

    def is_plausible(self, when: Moment) -> bool:
        """Whether news may bear this date."""
        return plausible(when, self.capture)


_MONTHS = {word: int(key) for word, key in keys_by_word(table("months")).items() if key.isdigit()}
_DOTTED = dict.fromkeys(table("months")["dotted10"], 10)
_SOLAR = {word: int(key[5:]) for word, key in keys_by_word(table("months")).items() if key[:5] == "solar"}
_ZONES = {word: key for key, words in table("zones").items() for word in words}
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?![\d/])")
_UNIT_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}


def moment(stamp: Stamp, *, capture: Capture | None, zone: str, month_first: bool | None = None) -> Moment | None:
    """When a stamp was: None when it can't be told without a capture, or is no day of the calendar."""
    if stamp.unit:
        return _counted(stamp, capture, zone)
    try:
        return _calendar(stamp, capture, zone, month_first=month_first)
    except (ValueError, OverflowError):
        return None


def plausible(when: Moment, capture: Capture | None) -> bool:
    """Whether news may bear this date: after the epochs and defaults, and not after the page was captured."""
    if when.value.year < EARLIEST_YEAR:
        return False
    return capture is None or capture.trust < Trust.LEARNED or when.value <= capture.value + TOLERANCE


@lru_cache(maxsize=256)  # what front matter states is asked for twice
def machine(written: str, zone: str) -> Moment | None:
    """A date as machines write it (ISO 8601, or that of mail); None for any other, or for no day of the calendar."""
    text = written.strip()
    try:
        value = datetime.fromisoformat(text) if _ISO.match(text) else parsedate_to_datetime(text)
        if len(text) <= len("2025-04-28"):
            return Moment(value.replace(hour=NOON, tzinfo=UTC), "day", text, "absolute")
        local = value if value.tzinfo else value.replace(tzinfo=_tz(zone))
        offset = local.utcoffset() or timedelta()
        moment = local.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError, TypeError):
        return None
    return Moment(moment, "second", text, "absolute", None, offset // timedelta(minutes=1))


def from_dateline(printed: str, text: str, capture: Capture | None) -> Moment | None:
    """The day of a dateline (MM-DD or YYYY-MM-DD); without a year the latest that is not after the capture."""
    *year, month, day = map(int, printed.split("-"))
    stamp = Stamp(0, len(text), text, year=year[0] if year else None, month=month, day=day)
    found = moment(stamp, capture=capture, zone="UTC")
    return replace(found, rule="dateline-date") if found else None


def month_number(word: str) -> int:
    """The number of a month by its name in any language, also glued to what precedes it; 0 for other words."""
    folded = word.casefold().rstrip(".")
    number = _MONTHS.get(folded, 0)
    if not number and not word[1:].islower():
        capital = max((at for at, char in enumerate(word) if char.isupper()), default=0)
        number = _MONTHS.get(folded[capital:], 0) if capital else 0
    return number


def dotted_month(word: str) -> int:
    """The number of a month behind a day with a full stop, by which languages differ; 0 for other words."""
    return _DOTTED.get(word.casefold()) or month_number(word)


def solar_month(word: str) -> int:
    """The number of a month of the Persian calendar by its name; 0 for other words."""
    return _SOLAR.get(word, 0)


def from_solar(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    """A day of the Persian calendar as year, month and day of ours, by its cycle of 33 years; None for other years."""
    if year not in SOLAR_YEARS or not 1 <= month <= 12 or not 1 <= day <= (31 if month <= 6 else 30):
        return None
    since = year - 979
    days = 365 * since + since // 33 * 8 + (since % 33 + 3) // 4
    days += 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    found = date(1600, 1, 1) + timedelta(days=days + day - 1 + 79)
    return found.year, found.month, found.day


def is_zone(name: str) -> bool:
    """Whether the letters name a time zone, or are an offset."""
    return name in _ZONES or (name[-1:].isdigit() and ("+" in name or "-" in name))


def _counted(stamp: Stamp, capture: Capture | None, zone: str) -> Moment | None:
    if capture is None or stamp.unit is None:
        return None
    base = capture.value
    amount = stamp.amount
    if amount < 0:  # a day word: no time of its own
        days = 7 if stamp.unit == "week" else -1 - amount
        day = base.astimezone(_tz(zone)) - timedelta(days=days)
        return _day_at(day, stamp, zone, "relative", base)
    try:
        if stamp.unit in _UNIT_SECONDS:
            value = base - timedelta(seconds=amount * _UNIT_SECONDS[stamp.unit])
        else:
            value = _months_before(base, amount * (12 if stamp.unit == "year" else 1))
    except (ValueError, OverflowError):
        return None
    if stamp.clock:
        return _day_at(value.astimezone(_tz(zone)), stamp, zone, "relative", base)
    return Moment(value.replace(microsecond=0), stamp.unit, stamp.text, "relative", base)


def _day_at(day: datetime, stamp: Stamp, zone: str, rule: str, base: datetime | None) -> Moment:
    """The day at the stamp's time; at noon UTC when it prints none."""
    if stamp.clock is None:
        unit = stamp.unit or "day"
        return Moment(datetime(day.year, day.month, day.day, NOON, tzinfo=UTC), unit, stamp.text, rule, base)
    local = datetime(day.year, day.month, day.day, *stamp.clock)
    local = local.replace(tzinfo=_zone_of(stamp.zone, local) or _tz(zone))
    offset = local.utcoffset() or timedelta()
    precision: Precision = "second" if stamp.seconds else "minute"
    return Moment(local.astimezone(UTC), precision, stamp.text, rule, base, offset // timedelta(minutes=1))


def _months_before(base: datetime, months: int) -> datetime:
    month = base.year * 12 + base.month - 1 - months
    year, month = divmod(month, 12)
    return base.replace(year=year, month=month + 1, day=min(base.day, _days_in(year, month + 1)))


def _days_in(year: int, month: int) -> int:
    after = datetime(year + month // 12, month % 12 + 1, 1)
    return (after - timedelta(days=1)).day


def _calendar(stamp: Stamp, capture: Capture | None, zone: str, *, month_first: bool | None) -> Moment | None:
    year, month, day, rule = stamp.year, stamp.month, stamp.day, "absolute"
    if stamp.swappable and _month_first(stamp, capture, told=month_first):
        month, day = day, month
    if year is None:
        if capture is None:
            return None
        year, rule = _latest_year(month, day, capture.value), "absolute-no-year"
    return _day_at(datetime(year, month, day), stamp, zone, rule, None)


def _month_first(stamp: Stamp, capture: Capture | None, *, told: bool | None) -> bool:
    """How 04/05/2025 is read: as the page's language has it, else the reading that was not yet to come."""
    if told is not None:
        return told
    if _ZONES.get(stamp.zone, "").startswith("us."):
        return True
    if capture is None or stamp.year is None:
        return False
    return datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC) > capture.value + TOLERANCE


def _latest_year(month: int, day: int, captured: datetime) -> int:
    """The latest year in which the day is not after the capture."""
    for year in range(captured.year + 1, captured.year - 5, -1):
        if day <= _days_in(year, month) and datetime(year, month, day, tzinfo=UTC) <= captured + TOLERANCE:
            return year
    raise ValueError(f"no such day: {month}-{day}")


def _tz(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo  # most runs need none, and it reads files

    return ZoneInfo(name)


def _zone_of(name: str, local: datetime) -> tzinfo | None:
    """The zone that an abbreviation or offset names, with summer time by the date."""
    if not name:
        return None
    offset = _ZONES.get(name, name)
    if offset[:3] == "us.":
        return timezone(timedelta(hours=int(offset[3:]) + _summer_in_america(local)))
    if offset[:3] == "eu.":
        return timezone(timedelta(hours=int(offset[3:]) + _summer_in_europe(local)))
    sign = -1 if "-" in offset else 1
    digits = re.sub(r"\D", "", offset)
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    return timezone(sign * timedelta(hours=hours, minutes=minutes)) if hours < 24 else None


def _summer_in_america(local: datetime) -> bool:
    """From the second Sunday of March to the first of November."""
    return _sunday(local.year, 3, 8) <= local < _sunday(local.year, 11, 1)


def _summer_in_europe(local: datetime) -> bool:
    """From the last Sunday of March to the last of October."""
    return _sunday(local.year, 3, 25) <= local < _sunday(local.year, 10, 25)


def _sunday(year: int, month: int, first: int) -> datetime:
    """The first Sunday of a month on or after a day, two in the morning."""
    day = datetime(year, month, first, 2)
    return day + timedelta(days=(6 - day.weekday()) % 7)
