"""Is this a date as feeds write it? RFC 3339 for Atom and JSON Feed, RFC 822 for RSS and OPML, W3CDTF for Dublin Core.

Takes strings, gives a moment or says what is wrong. Never guesses, and never asks for the time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # older than the web: a clock that was never set
LATEST = datetime(2100, 1, 1, tzinfo=UTC)

_RFC3339 = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:(Z)|([+-])(\d\d):(\d\d))", re.ASCII)
_W3CDTF = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:(Z)|([+-])(\d\d):(\d\d)))?)?)?", re.ASCII
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONES = {
    "ut": 0,
    "gmt": 0,
    "z": 0,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
}

# Strict: what RFC 2822 prints. Loose: what RFC 822 allows besides, which not all readers understand.
_STRICT = re.compile(
    r"(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})"
    r" (\d\d):(\d\d)(?::(\d\d))? ([+-]\d\d[0-5]\d|UT|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|Z)",
    re.ASCII,
)
_LOOSE = re.compile(
    r"(?:(mon|tue|wed|thu|fri|sat|sun)\s*,\s*)?(\d\d?)\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\s+"
    r"(\d{4}|\d\d)\s+(\d\d):(\d\d)(?::(\d\d))?\s*([+-]\d{4}|ut|gmt|[ecmp][sd]t|[a-ik-z])?",
    re.ASCII,
)
_COMMENT = re.compile(r"\([^()]*\)")


def rfc3339(text: str) -> datetime | None:
    """The moment, when the text is an RFC 3339 date-time with seconds and a zone (RFC 4287 section 3.3)."""
    match = _RFC3339.fullmatch(text)
    return _moment(match.groups()) if match else None


def w3cdtf(text: str) -> datetime | None:
    """The moment, when the text is a W3CDTF date (https://www.w3.org/TR/NOTE-datetime)."""
    match = _W3CDTF.fullmatch(text)
    return _moment(match.groups()) if match else None


def rfc822(text: str) -> datetime | None:
    """The moment, when the text is a date that all readers of RSS understand: four digits of year, single spaces."""
    match = _STRICT.fullmatch(text)
    return _mail_moment(*match.groups()[1:]) if match else None


def loose_rfc822(text: str) -> datetime | None:
    """The moment, when RFC 822 allows the text though some readers get it wrong: comments, case, spaces, old years."""
    text = text[:200].replace("\\(", "").replace("\\)", "")
    for _ in range(5):
        text = _COMMENT.sub(" ", text)
    match = _LOOSE.fullmatch(text.strip().lower())
    return _mail_moment(*match.groups()[1:]) if match else None


def wrong_weekday(text: str) -> str:
    """The day of the week that a mail date should name, when it names another one."""
    match = _STRICT.fullmatch(text)
    if not match or not match[1]:
        return ""
    moment = _mail_moment(*match.groups()[1:])
    if moment is None:
        return ""
    right = _DAYS[moment.weekday()]
    return "" if right == match[1].lower() else right.title()


def _moment(parts: tuple[str | None, ...]) -> datetime | None:
    year, month, day, hour, minute, second, _, sign, hours, minutes = parts
    try:
        shift = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        zone = timezone(-shift if sign == "-" else shift)
        date = int(year or 0), int(month or 1), int(day or 1)
        return datetime(*date, int(hour or 0), int(minute or 0), _second(second), tzinfo=zone)
    except ValueError:
        return None


@lru_cache(maxsize=1024)  # several rules ask for the dates of one document
def _mail_moment(
    day: str, month: str, year: str, hour: str, minute: str, second: str | None, zone: str | None
) -> datetime | None:
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 50 else 1900)
    try:
        date = full, _MONTHS.index(month.lower()) + 1, int(day)
        return datetime(*date, int(hour), int(minute), _second(second), tzinfo=_zone(zone or "z"))
    except ValueError:
        return None


def _second(text: str | None) -> int:
    return 59 if text == "60" else int(text or 0)  # a leap second is legal, and Python has none


def _zone(text: str) -> timezone:
    if text[0] in "+-":
        offset = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))
        return timezone(-offset if text[0] == "-" else offset)
    return timezone(timedelta(hours=_ZONES.get(text.lower(), 0)))
