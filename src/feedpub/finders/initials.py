"""Initials that a page sets large, and that its text parts from their word: `T he boats`, or `T` on a line of its own.

Takes the lines of a story and its language, gives the lines with each such letter joined to its word. A letter that
is a word of the language (`A way out`) is only joined to one that the story prints elsewhere, or to a small word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from feedpub.finders.lines import Line
from feedpub.finders.sentences import begins_sentences

WORDS = {  # of one letter
    "en": "aio",
    "de": "o",
    "nl": "u",
    "fr": "aàoôy",
    "es": "aeouy",
    "it": "aeèio",
    "pt": "aàeéo",
}
OTHER_WORDS = "aàáâäåæeèéiíoóôöøuúyksvwzавеікосуюя"  # of other languages
SMALL = 2  # letters of the rest of a small word: I t, A s
_WORD = re.compile(r"[^\W\d_]+")


def joined(body: Sequence[Line], language: str | None, above: str = "") -> Sequence[Line]:
    """The lines of a story with each initial joined to its word; the first may stand alone, on the line above."""
    if len(above) == 1 and above.isupper() and body[0].text[0].islower():
        body = (replace(body[0], text=above + body[0].text), *body[1:])
    apart = [at for at, line in enumerate(body) if line.text[1:2] in ("", " ") and line.text[0].isupper()]
    if not apart:
        return body
    mended = list(body)
    for at in reversed(apart):
        text = body[at].text
        following = mended[at + 1 : at + 2]
        if len(text) > 1 and _belongs(text, body, language):
            mended[at] = replace(body[at], text=text[0] + text[2:])
        elif len(text) == 1 and following and following[0].text[0].islower():
            mended[at : at + 2] = [replace(following[0], text=text + following[0].text)]
    return mended


def _belongs(text: str, body: Sequence[Line], language: str | None) -> bool:
    """Whether the letter that begins a text belongs to the word behind it."""
    rest = _WORD.match(text, 2)
    if rest is None or not rest[0].islower():
        return False
    word = text[0] + rest[0]
    small = begins_sentences(word, language)
    if text[0].casefold() in WORDS.get(language or "", OTHER_WORDS):
        return (small and len(rest[0]) <= SMALL) or _is_printed(word, body)
    return small or _is_printed(word, body) or _is_printed(word.casefold(), body)


def _is_printed(word: str, body: Sequence[Line]) -> bool:
    """Whether a story holds a word."""
    return any(word in line.text and word in _WORD.findall(line.text) for line in body)
