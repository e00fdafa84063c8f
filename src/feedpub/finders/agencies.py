"""News agencies, as they print themselves in datelines.

Takes what a bracket or a mark parts off, says which agency it is. Agencies are a closed list.
"""

from __future__ import annotations

from feedpub.lexicon import table

LONGEST_WITH_DESK = 30  # characters of an agency and what stands behind it
_AGENCIES = table("agencies")
PR = frozenset(word.casefold() for word in _AGENCIES["pr"])
WIRES = frozenset(word.casefold() for word in (*_AGENCIES["wire"], *_AGENCIES["front"])) | PR
ALONE = frozenset(_AGENCIES["alone"])
DESKS = _AGENCIES["desk"]
_LOWER_WIRES = frozenset(word for word in _AGENCIES["wire"] if word.islower())


def named(printed: str) -> str:
    """The agency that the bracket holds, without its desk (`dpa/lni`); nothing for other words."""
    name = printed.strip().removeprefix("Корр. ")
    if name.casefold() in WIRES:
        if name.islower() and name not in _LOWER_WIRES:
            return ""
        return name.partition("/")[0] if name.islower() else name
    for mark in ("/", "-", ";", ",", " "):
        first = name.partition(mark)[0].strip()
        if (
            first != name
            and first.casefold() in WIRES
            and (not first.islower() or first in _LOWER_WIRES)
            and len(name) < LONGEST_WITH_DESK
        ):
            return first if mark != " " or not first.isupper() else ""
    return ""
