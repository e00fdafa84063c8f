"""The words that stand before names and sections in small print: By, Von, Posted in, Photos:.

Takes a text, gives the label that begins it.
"""

from __future__ import annotations

from feedpub.lexicon import table

KNOWN_BY = 3  # letters, or fewer when it has no more, by which a label is looked up
LONGEST = 40  # characters from the start that may be a label
_TABLE = table("bylines")
_LABELS: dict[str, list[tuple[str, str]]] = {}
for _kind in ("credit", "by", "in", "source"):
    for _word in sorted(_TABLE[_kind], key=len, reverse=True):
        _LABELS.setdefault(_word.casefold()[:KNOWN_BY], []).append((_word.casefold(), _kind))
for _rows in _LABELS.values():
    _rows.sort(key=lambda row: -len(row[0]))
_PROSE = frozenset(word.casefold() for word in _TABLE["prose"])


def read(text: str) -> tuple[str, str, str]:
    """The label that begins the text, its kind, and the rest."""
    folded = text[:LONGEST].casefold()
    for word, kind in (*_LABELS.get(folded[:KNOWN_BY], ()), *_LABELS.get(folded[:2], ()), *_LABELS.get(folded[:1], ())):
        if folded.startswith(word):
            rest = text[len(word) :]
            glued = (
                rest[:1].isupper()
                and (rest[1:2].islower() or rest[1:2] == ".")
                and word[-1].isalpha()
                and (len(word) > 2 or text[:1].isupper() or word == "by")
            )
            if not rest or rest[0] in " :：/／\u00a0" or glued or not word[-1].isalnum() or _sets_no_space(word):
                return word, kind, rest.strip(" :：-–—|,")
    return "", "", text


def _sets_no_space(label: str) -> bool:
    """Whether names follow the label at once, as in 记者陆文海; a label of one letter needs a mark."""
    return len(label) > 1 and ("\u0e00" <= label[-1] <= "\u0eff" or "\u3040" <= label[-1] <= "\u9fff")


def begins_prose(rest: str) -> bool:
    """Whether what follows `By` begins a sentence: By contrast, By 2030."""
    first = rest.split(None, 1)[0].casefold().strip(",.")
    return first in _PROSE or first.isdigit()
