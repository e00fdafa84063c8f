"""Names of sections: which words newsrooms print for the part of the paper in which an article stands.

Takes a label, says what the table knows of it. `General` ones (News, Artikel) are sections only where a page says so.
"""

from __future__ import annotations

import re

from feedpub.lexicon import keys_by_word, table

CATEGORIES = keys_by_word(table("categories"))
HOME = frozenset(word.casefold() for word in table("chrome")["home"])
LONGEST, MOST_WORDS = 40, 4  # characters and words of a section
BULLETED = frozenset(" .0123456789")  # what stands second in a line of a list
_BULLET = re.compile(r"^(?:[*+•·‣▪-]|o|\d{1,2}\.)\s+")


def is_known(label: str) -> bool:
    """Whether newsrooms use the label for a section."""
    return CATEGORIES.get(label.casefold(), "none") not in ("none", "general")


def is_general(label: str) -> bool:
    """Whether the label says hardly more than that the page holds news."""
    return CATEGORIES.get(label.casefold()) == "general"


def is_refused(label: str) -> bool:
    """Whether the label is a button, or names no section."""
    return CATEGORIES.get(label.casefold()) == "none"


def bare(text: str) -> str:
    """A line without the mark or number of its list, and without the marks of a path at its end."""
    return (_BULLET.sub("", text, count=1) if text[1:2] in BULLETED else text).rstrip(" />»›|,")
