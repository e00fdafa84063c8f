"""Counters beside a byline: 6 Views, 12 Comments, 3 min read.

Takes a line, gives it with a mark where each counter stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from feedpub.lexicon import table

CUT = "\n"  # stands where a date or counter was

_TABLE = table("bylines")
_AFTER = r"\s?(?:[KMBkmb]\b|mil\b|Tsd\.?|万|тыс\.?)?"  # a number: thousands, millions
_NUMBER = r"(?:\d{1,3}(?:[.,\s]\d{3})+|\d+(?:[.,]\d+)?)" + _AFTER
_NUMBERED = re.compile(  # a pattern that begins with a digit is found fast
    rf"\d(?<![\d_]\d)(?:\d{{0,2}}(?:[.,\s]\d{{3}})+|\d*(?:[.,]\d+)?){_AFTER}\s?\+?[\s-]?([^\W\d_]+)"
)
_DIGIT = re.compile(r"\d")
_SPELLED_HINTS = (  # of which every counter without a digit holds one
    *("comment", "Comment", "COMMENT", "komment", "Komment"),
    *("less than", "Less than"),
)
_BARE = re.compile(r"(?<=\n)[\s\d]+(?=\n|$)")
_COUNTED = frozenset(word.casefold() for word in _TABLE["counter"])
_SPELLED = re.compile(
    "|".join(
        sorted(
            {re.escape(word.casefold()[:6]) for key in ("counted", "readtime", "invitation") for word in _TABLE[key]}
        )
    )
)
_MINUTES = re.compile(r"\d[\s-]?(?:[Mm]in|мин|хв|dk)")


def cut(text: str) -> tuple[str, bool]:
    """The text with its counters cut out, and whether there were any."""
    if not (_DIGIT.search(text) or any(map(text.__contains__, _SPELLED_HINTS))):
        return text, False
    rest = _NUMBERED.sub(_without, text)
    folded = rest.casefold()
    if _SPELLED.search(folded) or _MINUTES.search(rest):
        rest = _counters().sub(CUT, rest)
    return _BARE.sub(CUT, rest) if CUT in rest else rest, rest != text


def _without(match: re.Match[str]) -> str:
    """Nothing but a mark, when the word after the number is counted."""
    return CUT if match[1].casefold() in _COUNTED else match[0]


@cache
def _counters() -> re.Pattern[str]:
    minutes = r"\d+(?:[-–]\d+)?"
    return re.compile(
        rf"(?:\b|(?<=[a-z]))(?:(?:{_NUMBER}|{_any('none')})\s?\+?\s?(?:{_any('counter')})(?![a-z])"
        rf"|(?:{_any('counted')})\s?[:(]?\s?\d[\d.,]*[KMk]?\)?"
        rf"|(?:{_any('readtime')})\s?:?\s?(?:ca\.? |about )?{minutes}\s?(?:min\w*\.?|хв|мин\w*|dk)?(?:\s?read)?"
        rf"|{minutes}[\s-]?(?:min(?:ute)?s?\.?|Minuten|мин\w*|dk)[\s-]?(?:{_any('minutes')})?(?!\w)"
        rf"|{_any('invitation')})",
        re.IGNORECASE,
    )


def _any(key: str) -> str:
    """The words of a key, the longest first."""
    return "|".join(_escaped(sorted(_TABLE[key], key=len, reverse=True)))


def _escaped(words: Iterable[str]) -> Iterable[str]:
    return (re.escape(word) for word in words)
