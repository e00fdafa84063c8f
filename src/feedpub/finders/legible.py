"""What a format read, in characters that feeds may hold.

Takes the text of a block, gives the lines of it that may stand in a feed, and how many characters were replaced.
"""

from __future__ import annotations

import re
from unicodedata import is_normalized, normalize

from feedpub.normalise import count_illegal, legal, one_line

PARTING = re.compile("[\r\v\f\x1c-\x1f\x85\u2028\u2029]")  # white space that is illegal, or parts lines


def is_legible(text: str) -> bool:
    """Whether a text may stand in a feed as it is."""
    return text.isprintable() and "  " not in text and (text.isascii() or is_normalized("NFC", text))


def lines(printed: str) -> tuple[list[str], int]:
    """The lines of a text, and how many characters that no feed may hold were replaced by spaces."""
    squashed = " ".join(printed.split())
    if squashed.isprintable() and not PARTING.search(printed):  # no more than kinds of spaces
        found = [normalize("NFC", squashed)]
        return list(filter(None, found)), 0
    found = [one_line(part) for part in legal(printed).split("\n")]
    return list(filter(None, found)), count_illegal(printed)
