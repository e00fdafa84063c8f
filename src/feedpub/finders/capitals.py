"""Capitals: letters that are smaller than those with which names begin; headlines in capitals, set in title case."""

from __future__ import annotations

import re

from feedpub.lexicon import table

SAMPLE = 6000  # characters of the story that show which words keep their capitals
LONGEST_INSIDE = 3  # letters of a small word between two hyphens
GEORGIAN = "\u10d0", "\u10ff"  # letters that have capitals in Unicode, and none in print
MOSTLY = 0.8  # of the letters of a title in capitals are capitals
_TABLE = table("titles")
SMALL_WORDS, ACRONYMS = frozenset(_TABLE["small"]), frozenset(_TABLE["acronym"])


def is_small(char: str) -> bool:
    """Whether a letter is smaller than the one that begins a sentence or a name: never in Georgian, in print."""
    return char.islower() and not GEORGIAN[0] <= char <= GEORGIAN[1]


def is_capitals(title: str) -> bool:
    """Whether a title is set in capitals."""
    if title.upper() == title != title.lower():
        return title.count(" ") >= 2
    if sum(map(str.isupper, title.split())) < 3:
        return False
    cased = [char for char in title if char.isupper() or char.islower()]
    return sum(char.isupper() for char in cased) > MOSTLY * len(cased)


def recase(title: str, body: str) -> str:
    """A title in capitals in title case; what the body prints in capitals keeps them."""
    cased: dict[str, str] = {}
    for word in re.findall(r"[^\W\d_][\w’'.-]*", body[:SAMPLE]):
        plain = word.replace("’", "'").strip(".'-").casefold()
        if not word.islower():
            cased.setdefault(plain.removesuffix("'s"), word.replace("’", "'").strip("'-").removesuffix("'s"))
        else:
            cased[plain] = ""
    return " ".join(_recase(word, at, cased) for at, word in enumerate(title.split()))


def _recase(word: str, at: int, cased: dict[str, str]) -> str:
    core = word.strip("\"“”‘’'.,:;!?()")
    plain = core.replace("’", "'").casefold()
    stem = plain.removesuffix("'s")
    if at and plain in SMALL_WORDS:
        return word.casefold()
    known = cased.get(stem, "")
    if known and (known.isupper() or known.rstrip(".").isupper()) and len(known) > 1:
        return word.casefold().replace(stem.rstrip("."), known.rstrip(".").upper(), 1)
    if not known and stem in ACRONYMS:
        return word.casefold().replace(stem, stem.upper(), 1)
    if "-" in word:
        return _recase_joined(word.split("-"), at, cased)
    lowered = word.casefold()
    start = next((i for i, char in enumerate(lowered) if char.isalpha()), 0)
    return lowered[:start] + lowered[start : start + 1].upper() + lowered[start + 1 :]


def _recase_joined(parts: list[str], at: int, cased: dict[str, str]) -> str:
    """`PORT-AU-PRINCE`: each part in title case, but for short ones inside."""
    last = len(parts) - 1
    inside = (0 < place < last and len(part) <= LONGEST_INSIDE for place, part in enumerate(parts))
    return "-".join(
        part.casefold() if small else _recase(part, at + place, cased)
        for place, (part, small) in enumerate(zip(parts, inside, strict=True))
    )
