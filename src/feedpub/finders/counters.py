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
_NUMBER = r"(?:\d{1,3}(?:[.,\s]\d{3})+|\d+(?:[.,]\d+)?)\s?(?:[KMBkmb]\b|mil\b|Tsd\.?|万|тыс\.?)?"
_HINT = re.compile(r"\d|[Cc]omment|COMMENT|[Ll]ess than|[Kk]omment")  # what every counter holds
_BARE = re.compile(r"(?<=\n)[\s\d]+(?=\n|$)")


def cut(text: str) -> tuple[str, bool]:
    """The text with its counters cut out, and whether there were any."""
    if not _HINT.search(text):
        return text, False
    rest, count = _counters().subn(CUT, text)
    return _BARE.sub(CUT, rest), bool(count)


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
