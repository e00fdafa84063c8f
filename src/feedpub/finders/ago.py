"""Relative times: 4 hours ago, vor 5 Min., 4小时前, yesterday at 14:05.

Takes a line, gives the stamps that are to be counted from the capture. A number and a unit need the word for `ago`
beside them, or to stand alone between marks; a day word needs a time, or to stand alone.
"""

from __future__ import annotations

import re

from msgspec import Struct

from feedpub.dates import Stamp
from feedpub.finders.clocks import Clock, beside
from feedpub.lexicon import keys_by_word, table
from feedpub.model import Precision

MOST = 999  # of any unit
UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
REVERSED = frozenset(("zilizopita", "iliyopita"))  # behind the number that follows its unit
MARKS = ("", "•", "·", "|")  # between which a bare `2h` is a time


DAY_KEYS = {"day.0": 0, "day.1": 1, "day.before": 2, "day.7": 7}  # of words that need no number


class Unit(Struct, frozen=True):
    """A unit of time as a word names it: perhaps with its number (a dual), perhaps with `ago` glued to its end."""

    name: Precision
    amount: int = 0
    says_ago: bool = False


HALF_AN_HOUR = Unit("minute", 30)


def _named(key: str) -> Unit:
    """The unit of a key of the table: `hour`, `hour.2`, `hour.ago`."""
    name, _, more = key.partition(".")
    return Unit(name, int(more) if more.isdigit() else 0, says_ago=more == "ago")  # type: ignore[arg-type]


class Token(Struct, frozen=True, gc=False):
    """A word or number of the line, casefolded."""

    start: int
    end: int
    word: str


_TABLE = table("relative")
_UNITS: dict[str, Unit] = {
    word: _named(key)
    for word, key in keys_by_word({key: words for key, words in _TABLE.items() if key not in DAY_KEYS}).items()
    if key.partition(".")[0] in UNITS
}
_DAYS = {word.casefold(): days for key, days in DAY_KEYS.items() for word in _TABLE[key]}
_DAYS_BY_LENGTH = tuple(sorted(_DAYS, key=len, reverse=True))
_NOW = tuple(word.casefold() for word in _TABLE["now"])
_BEFORE = tuple(word.casefold() for word in _TABLE["ago.before"])
_AFTER = tuple(word.casefold() for word in _TABLE["ago.after"])
_ONE = frozenset(word.casefold() for word in _TABLE["one"])
_HALF = frozenset(word.casefold() for word in _TABLE["half"])
_COUNTS = dict.fromkeys(_ONE, 1) | {
    word.casefold(): int(key[6:]) for key, words in _TABLE.items() if key[:6] == "count." for word in words
}
_GLUED = (*_AFTER, *_BEFORE)
_ENDS = frozenset(ending[-2:] for ending in _GLUED) | frozenset(  # of words to which one of them is glued (小时前)
    unit[-1] + ending for unit in _UNITS for ending in _GLUED if len(ending) == 1
)
_GOES_ON = re.compile(r"(?!on[A-Z\d])[^\W\d_A-Z]")  # `fa` in `fatto`; in `agoonApril` the rest is only glue
_TOKEN = re.compile(r"\d+|[^\s\d.,;:|·•()…–—/'-]+")
_DAY_STARTS = frozenset(_TOKEN.findall(word)[0] for word in (*_NOW, *_DAYS))
_TIMES = _DAY_STARTS | _UNITS.keys()
WORDS = (  # a relative time without a digit holds one of these
    _DAY_STARTS
    | {word for word in _UNITS if len(word) > 2}
    | {word + after for word, unit in _UNITS.items() if unit.amount for after in _AFTER}
)


def find(line: str, folded: str) -> list[Stamp]:
    """The relative times of a line, given also casefolded."""
    words = _TOKEN.findall(folded)
    times = [at for at, word in enumerate(words) if word in _TIMES or (word[-2:] in _ENDS and word.endswith(_GLUED))]
    if not times:
        return []
    tokens = [Token(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(folded)]
    found: list[Stamp | None] = []
    for at in times:
        token = tokens[at]
        unit = _unit(token.word)
        if unit:
            found.append(_ago(line, folded, tokens, at, unit) or _reversed(line, tokens, at, unit))
        if token.word in _DAY_STARTS and not (unit and found[-1]):
            found.append(_day(line, folded, token.start))
    return [stamp for stamp in found if stamp]


def _unit(word: str) -> Unit | None:
    known = _UNITS.get(word)
    if known or not word.endswith(_GLUED):
        return known
    for ending in _AFTER:  # 小时前
        if len(word) > len(ending) and word.endswith(ending) and (known := _UNITS.get(word[: -len(ending)])):
            return Unit(known.name, known.amount, says_ago=True)
    for start in _BEFORE:  # printed twice, glued: vor 3 Stundenvor 3 Stunden
        if word.endswith(start) and (known := _UNITS.get(word[: -len(start)])):
            return known
    return None


def _ago(line: str, folded: str, tokens: list[Token], at: int, unit: Unit) -> Stamp | None:
    """Number and unit, with `ago` before or after them."""
    unit, first = _half(unit, tokens, at)
    counted = bool(at) and (tokens[at - 1].word.isdecimal() or tokens[at - 1].word in _COUNTS)
    if counted and first == at:
        first = at - 1
    amount = unit.amount or _number(tokens[at - 1].word if counted else "")
    start, end = tokens[first].start, tokens[at].end
    if amount > MOST:
        return None
    if not unit.says_ago:
        rest = folded[end:].lstrip(" .")
        after_at = len(folded) - len(rest)
        after = next((word for word in _AFTER if rest.startswith(word)), "")
        head = folded[:start].rstrip()
        before = next((word for word in _BEFORE if head.endswith(word) and not head[: -len(word)][-1:].isalpha()), "")
        told = counted or not _is_plural(tokens[at].word)
        if after and told and not _GOES_ON.match(line, after_at + len(after)):
            end = after_at + len(after)
        elif before and told:
            start, end = len(head) - len(before), end + (line[end : end + 1] == ".")
        elif not (counted and len(tokens[at].word) == 1 and _alone(line, start, end)):
            return None
    clock = beside(line, start, end) if unit.name in ("day", "week") else Clock(start, end)
    return _stamp(line, clock, unit.name, amount)


def _is_plural(word: str) -> bool:
    """Whether an English word needs a number: `hours ago` is none, `godzinę temu` is an hour."""
    return word.isascii() and word[-1] == "s"


def _half(unit: Unit, tokens: list[Token], at: int) -> tuple[Unit, int]:
    """The unit, and the token that begins its phrase: `half an hour`, `einer halben Stunde` are thirty minutes."""
    if unit.name == "hour" and at and not unit.amount:
        if tokens[at - 1].word in _HALF:
            return HALF_AN_HOUR, at - 2 if at > 1 and tokens[at - 2].word in _ONE else at - 1
        if at > 1 and tokens[at - 1].word in _ONE and tokens[at - 2].word in _HALF:
            return HALF_AN_HOUR, at - 2
    return unit, at


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _COUNTS.get(word, 1)


def _alone(line: str, start: int, end: int) -> bool:
    """Whether nothing but marks stands beside the span (`Ada March • 2h • 3 min read`)."""
    return line[:start].rstrip()[-1:] in MARKS and line[end:].lstrip()[:1] in MARKS


def _reversed(line: str, tokens: list[Token], at: int, unit: Unit) -> Stamp | None:
    """Unit before number, as in Swahili: saa 4 zilizopita."""
    if at + 2 < len(tokens) and tokens[at + 1].word.isdecimal() and tokens[at + 2].word in REVERSED:
        return _stamp(line, Clock(tokens[at].start, tokens[at + 2].end), unit.name, int(tokens[at + 1].word))
    return None


def _day(line: str, folded: str, start: int) -> Stamp | None:
    """Words that need no number: just now, yesterday, last week. A negative amount says so."""
    rest = folded[start:]
    if start and folded[start - 1].isalpha():
        return None
    for word in _NOW:
        if rest.startswith(word):
            return _stamp(line, Clock(start, start + len(word)), "minute", 0)
    if not rest.startswith(_DAYS_BY_LENGTH):
        return None
    word = next(filter(rest.startswith, _DAYS_BY_LENGTH))
    if rest[len(word) : len(word) + 1].isalpha() and word.isascii():
        return None
    clock = beside(line, start, start + len(word))
    if not clock.time and not _standalone(line, clock.start, clock.end):
        return None
    return _stamp(line, clock, "week" if _DAYS[word] == 7 else "day", -1 - _DAYS[word] % 7)


def _standalone(line: str, start: int, end: int) -> bool:
    """A bare `today` or `yesterday` is a date only where it is not part of a sentence."""
    before, after = line[:start].rstrip(" :"), line[end:].strip()
    return len(after) <= 1 and (not before or before[-1] in "|·•–—-,:" or " " not in before)


def _stamp(line: str, clock: Clock, unit: Precision, amount: int) -> Stamp:
    text = line[clock.start : clock.end]
    return Stamp(clock.start, clock.end, text, clock=clock.time, zone=clock.zone, unit=unit, amount=amount)
