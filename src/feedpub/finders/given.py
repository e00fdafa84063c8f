"""Given names: what tells the name of a person from other capitalised words.

Takes a word or a line, says whether the table knows it. Knows no family names but those of Japan, which stand first.
"""

from __future__ import annotations

import re

from feedpub.finders.capitals import is_small
from feedpub.lexicon import table

KANA = "\u3000"  # behind it are the characters of China, Japan and Korea
DISTRICTS = frozenset("県府都市区町村郡")  # end the name of a part of Japan: 石川県, 山口市
SHORTEST_JAPANESE, LONGEST_JAPANESE, LONGEST_AFTER_FAMILY = 3, 7, 4
MONGOLIAN = re.compile("[А-ЯӨҮ]\\.[А-ЯӨҮ][а-яөү]+(?:-?[А-ЯӨҮ][а-яөү]+)?")
_TABLE = table("givennames")
_GIVEN = frozenset(word.casefold() for words in _TABLE.values() for word in words)
_LAST = frozenset(_TABLE["hu.last"])
_FAMILIES = frozenset(_TABLE["ja.family"])
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff々]+\s?[\u3040-\u30ff\u4e00-\u9fff々]+")


def is_given(word: str) -> bool:
    """Whether the word is a given name that the table knows, or two of them with a hyphen."""
    return not is_small(word[0]) and all(part.casefold() in _GIVEN for part in word.split("-"))


def is_mongolian(name: str) -> bool:
    """Whether a name is written as in Mongolia, with an initial glued to it: `Б.Номин`."""
    return name[1:2] == "." and MONGOLIAN.fullmatch(name) is not None


def is_named(name: str) -> bool:
    """Whether a given name that the table knows begins the name of a person; in Hungarian it ends that."""
    first, *others = name.split()
    return is_given(first) or is_mongolian(name) or (len(others) == 1 and others[0] in _LAST)


def is_japanese(text: str) -> bool:
    """Whether the text is the name of a person in Japanese: a family name that the table knows, and one more."""
    if not SHORTEST_JAPANESE <= len(text) <= LONGEST_JAPANESE or not _JAPANESE.fullmatch(text):
        return False
    family = next((text[:size] for size in (3, 2) if text[:size] in _FAMILIES), "")
    return bool(family) and text[-1] not in DISTRICTS and 1 <= len(text[len(family) :].strip()) <= LONGEST_AFTER_FAMILY
