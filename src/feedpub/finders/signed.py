"""Who signed a story, where its page declares others than it prints.

Takes the clues of a page, gives them with those authors before others whom the page prints as well: markup may name the
site's owner, everybody whose stories are linked on the page, or only the first of those who signed. Never parts names.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from feedpub.finders import names
from feedpub.finders.given import is_given
from feedpub.model import Clue, Trust
from feedpub.normalise import fold

MANY = 4  # authors who are rather those of all stories that the page links
GATHERED = frozenset(("microdata-author", "rel-author"))  # from anywhere on the page


def first(clues: Sequence[Clue]) -> list[Clue]:
    """The clues, that of the authors who are printed before the other declared ones."""
    people = [clue for clue in clues if clue.field == "authors"]
    marked = [clue for clue in people if clue.trust == Trust.MARKED]
    printed = next((clue for clue in people if clue.trust == Trust.WRITTEN), None)
    if not marked or printed is None:
        return list(clues)
    declared, shown = _letters(marked[0]), _letters(printed)
    is_more = declared < shown and all(map(_is_person, printed.value))
    if is_more or (shown < declared and len(declared) >= MANY and marked[0].rule in GATHERED):
        return [replace(clue, trust=Trust.LEARNED) if clue in marked else clue for clue in clues]
    agreed = next((clue for clue in marked if _letters(clue) == shown), None)
    if agreed is None or not declared.isdisjoint(shown):
        return list(clues)
    return [agreed, *(clue for clue in clues if clue is not agreed)]


def _is_person(name: str) -> bool:
    return names.is_bare_name(name) and is_given(name.split(maxsplit=1)[0])


def _letters(clue: Clue) -> frozenset[str]:
    return frozenset(fold(name).casefold() for name in clue.value)
