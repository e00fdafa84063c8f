"""Mark an article's HTML that runs from right to left (L04).

Takes an HTML fragment and its language, gives a fragment. A body carries its direction twice: as `dir` for readers
that keep it, and in its first strong character for those that strip `dir` and guess.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape, unescape

RIGHT_TO_LEFT_MARK = "\u200f"

_SCRIPTS = frozenset("adlm arab aran hebr nkoo rohg syrc thaa".split())
_LANGUAGES = frozenset("ar arc arz ckb dv fa he iw ji khw ks lrc mzn nqo pnb prs ps sd skr syr ug ur yi".split())
_TAG_OR_TEXT = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>|(?P<text>[^<]+|<)""")


def is_right_to_left(language: str) -> bool:
    """Whether a BCP 47 tag names a language that is written from right to left; a script subtag decides."""
    primary, *others = language.lower().split("-")
    for subtag in others:
        if len(subtag) == 4 and subtag.isalpha():
            return subtag in _SCRIPTS
    return primary in _LANGUAGES


def right_to_left(fragment: str, language: str) -> str:
    """The fragment in its direction and language, the first strong character a right-to-left one."""
    return f'<div dir="rtl" lang="{escape(language)}">{_marked(fragment)}</div>'


def _marked(fragment: str) -> str:
    """The fragment, with a mark before its first word if a reader would guess left to right.

    The mark goes inside the element that holds the word: before it, it would show as an empty line.
    """
    start = None
    for match in _TAG_OR_TEXT.finditer(fragment):
        text = match["text"]
        if not text or text.isspace():
            continue
        start = match.start() if start is None else start
        direction = _first_strong(unescape(text))
        if direction == "L":
            return fragment[:start] + RIGHT_TO_LEFT_MARK + fragment[start:]
        if direction:
            break
    return fragment


def _first_strong(text: str) -> str | None:
    """The class of the first character that has a direction: L, R or AL (UAX 9, P2)."""
    return next((found for found in map(unicodedata.bidirectional, text) if found in ("L", "R", "AL")), None)
