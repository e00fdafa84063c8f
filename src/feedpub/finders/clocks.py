"""Times of day beside a date: `5:42 PM EDT, April 28`, `28.04.2025, 16:40 Uhr`, `28 avril à 17h05`.

Takes a line and the span of a day in it, gives the time and zone, and the span that holds them too.
"""

from __future__ import annotations

import re

from msgspec import Struct

from feedpub.dates import is_zone
from feedpub.lexicon import table

LONGEST_AT_END = 24  # characters of a time at the end of a line
BEFORE = 24  # characters before a day in which its time stands
JOINING = frozenset(("", "on", "am", "uhr", "el", "le", "del", "di", "op"))  # words between a time and its day
AFTERNOON = frozenset(("下午", "오후", "午後"))


class Clock(Struct, frozen=True, gc=False):
    """A time of day as printed, and the span that it makes with its day."""

    start: int
    end: int
    time: tuple[int, int, int] | None = None
    zone: str = ""
    seconds: bool = False


_WEEKDAYS = frozenset(table("months")["weekday"])
_EAST = r"(上午|下午|오전|오후|午前|午後)?\s?"
_TIME = (
    r"(\d{1,2})\s?(?:[:.h：時点时시]\s?([0-5]\d)(?:[:.]([0-5]\d)(?:[.,]\d+)?)?\s?[分분]?"
    r"\s?([ap]\.?\s?m\b\.?|[صم]\b|[μπ]\.μ\.)?"
    r"|\s?([ap]\.?m\b\.?|uhr|h\b|時|点|시))(?:\s?(?:uhr|h\b\.?|hrs\b))?"
)
_CLOCK = re.compile(_EAST + r"(?<!\d)" + _TIME, re.IGNORECASE)
_CLOCK_AFTER = re.compile(_EAST + _TIME, re.IGNORECASE)  # may be glued to the year: 20254:12 PM
_ZONE = re.compile(
    r"\s?[(\[]?\s?((?:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d\d)?(?!\d)|[A-ZМСКİ]{1,5}(?![A-Za-z])|[A-Z]{2,4}(?=[A-Z][a-z])"
    r"|horário de Brasília)[)\]]?"
)
_AT = r"(?:at|um|à|às|as|a las|alle(?: ore)?|kl\.?|om|o|в|klo|ore|la|saat|u|el|الساعة)"
_JOIN = re.compile(rf"(?:\s|[,،|·•–—/-]|\.\s|T(?=\d)|\b{_AT}(?=[\s\d]))*", re.IGNORECASE)
_JOINED = re.compile(rf"(?:[\s,]|\s{_AT}(?=\s|$))*$", re.IGNORECASE)


def beside(line: str, start: int, end: int) -> Clock:
    """The time after the day, else the one before it, and the span that holds both."""
    joined = _JOIN.match(line, end)
    after = _CLOCK_AFTER.match(line, joined.end() if joined else end)
    if after and (time := _time(after)):
        zone, end = _zone(line, after.end())
        return Clock(start, end, time, zone, bool(after[4]))
    for before in _CLOCK.finditer(line, max(0, start - BEFORE), start):
        zone, stop = _zone(line, before.end())
        between = line[min(stop, start) : start].strip(" ,|·•–—-/").casefold()
        if between in JOINING and (time := _time(before)):
            if not zone and line[end : end + 1] == " " and line[end + 1 : end + 2].isupper():
                zone, end = _zone(line, end)
            return Clock(before.start(), end, time, zone, bool(before[4]))
    return Clock(start, end)


def at_end(line: str) -> tuple[str, Clock] | None:
    """The line without the time of day at its end, and that time: `Posted by Ada March at 7:42 AM`."""
    for match in _CLOCK.finditer(line, max(0, len(line) - LONGEST_AT_END)):
        zone, end = _zone(line, match.end())
        if end >= len(line.rstrip()) and (time := _time(match)):
            head = _JOINED.sub("", line[: match.start()])
            return head, Clock(match.start(), end, time, zone, bool(match[4]))
    return None


def with_weekday(line: str, start: int) -> int:
    """Where the weekday that belongs to the day begins (`Mon, 28 April`)."""
    head = line[max(0, start - 16) : start].rstrip(" ,.|")
    word = head[head.rfind(" ") + 1 :].strip("(").casefold()
    return line.rfind(head[-len(word) :], 0, start) if word and word in _WEEKDAYS else start


def _time(match: re.Match[str]) -> tuple[int, int, int] | None:
    east, printed, minute, second, half, bare = match.groups()
    hour, mark = int(printed), (half or bare or "").casefold()[:1]
    if mark in ("p", "م", "μ") or east in AFTERNOON:
        hour += 12 if hour < 12 else 0
    elif (mark in ("a", "ص", "π") or east) and hour == 12:
        hour = 0
    return (hour, int(minute or 0), int(second or 0)) if hour < 24 else None


def _zone(line: str, at: int) -> tuple[str, int]:
    """The zone that stands there, and where it ends."""
    match = _ZONE.match(line, at)
    if match and is_zone(match[1].strip()):
        return match[1].strip(), match.end()
    return ("Z", at + 1) if line[at : at + 1] == "Z" else ("", at)
