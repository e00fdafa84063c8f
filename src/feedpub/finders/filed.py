"""Lines that say where an article is filed: `Posted in World`, `Abgelegt unter Boote und getaggt mit Ebbe`.

Takes one line, gives the sections that stand behind its label.
"""

from __future__ import annotations

import re
from functools import lru_cache

from feedpub.finders.lines import Line
from feedpub.finders.smallprint import FILED as LABELS
from feedpub.lexicon import table

LONGEST_LINE, MOST_WORDS = 200, 6  # characters; words of a section behind its label
TAG_LABELS = sorted((word.casefold() for word in table("chrome")["tags"]), key=len, reverse=True)
_FILING = (LABELS - frozenset(TAG_LABELS)) | {"filed under"}  # which names tags on some pages, and sections on most
FILED = re.compile(
    rf"(?:^|.*?[\s(-])(?:{'|'.join(map(re.escape, sorted(_FILING, key=len, reverse=True)))})"
    r"(?:\s?[:：]\s?|\s)(?=[^\W\d])(.+)",
    re.IGNORECASE,
)
FOREIGN = "\u0370"  # the first letter that is not Latin
_LONGEST_WORDS = frozenset(max(re.split(r"[\s(-]", label), key=len) for label in _FILING)
MOST_LABEL = 4  # words of a label
_WORDS = re.compile(r"[^\s(:：-]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u9fff]")  # scripts that set no spaces between words
TAGGED = re.compile(
    r"[\s|,.]*(?:\b|(?<=[^\W\d_])(?=(?-i:[A-Z])))(?:(?:und|and)\s)?"
    r"(?:tagged(?: with)?|tags|getaggt mit|verschlagwortet mit|schlagworte|schlagwörter|étiqueté|etiquetado(?: con)?)"
    r"\s?[:：]?\s",
    re.IGNORECASE,
)
AFTER_FILED = re.compile(r"\s?[|·•(]\s?|\s(?:von|by|am|on|und mit|and with)\s|\.\s|\s?\d+\s|\sveröffentlicht\.?$")
SECTION_LIST = re.compile(r"\s*[,、،|•·]\s*|\s/\s")


def _may_hold_label(text: str) -> bool:
    """Whether a text holds the longest word of a label; cheaper than to look for the label."""
    if not text.isascii() and _UNSPACED.search(text):
        return True
    return not _LONGEST_WORDS.isdisjoint(_WORDS.findall(text.casefold()))


@lru_cache(maxsize=4096)  # the same lines are looked through for sections and for tags
def label_in(text: str) -> re.Match[str] | None:
    """The label for sections in a line, and what stands behind it."""
    found = FILED.match(text) if _may_hold_label(text) else None
    return found if found is None or text.isascii() or _is_label(found) else None


def _is_label(found: re.Match[str]) -> bool:
    """Whether what stands before the sections is a label in Latin letters, or has the colon of one."""
    before = found.string[: found.start(1)].rstrip()
    return before[-1] < FOREIGN or before[-1] == "："


def sections(line: Line) -> list[str]:
    """The sections behind the label of a line; in a sentence only before tags."""
    match = label_in(line.text) if len(line.text) <= LONGEST_LINE else None
    if match is None or (line.prose and not TAGGED.search(match[1])):
        return []
    if match[1][0].islower() and _is_a_word(line.text[: match.start(1)]):
        return []
    printed = AFTER_FILED.split(TAGGED.split(match[1], maxsplit=1)[0], maxsplit=1)[0]
    labels = SECTION_LIST.split(printed)
    return labels if all(label.count(" ") < MOST_WORDS for label in labels) else []


def _is_a_word(before: str) -> bool:
    """Whether what stands before small letters ends in a label of one word without a colon: `asleep in section b`."""
    words = before.casefold().split()
    if len(words) == 1 or words[-1][-1] in ":：" or words[-1] not in _FILING:
        return False
    return not any(" ".join(words[-size:]) in _FILING for size in range(2, MOST_LABEL + 1))
