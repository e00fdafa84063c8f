"""Whether a line that is no sentence ends in the credit of a picture: an agency, or who took it.

Takes the text of a line. Knows nothing of what stands around it.
"""

from __future__ import annotations

import re

from feedpub.finders import names
from feedpub.finders.given import is_given
from feedpub.finders.lines import ends_sentence

FEWEST_WORDS = 6  # of a caption with its credit
PICTURES = (" Images", " Pictures", " Bildagentur")  # end the names of picture agencies
_LAST = re.compile(r"[/|©](?=[^/|©]+$)")
_SENTENCE = re.compile(r"\.[\"”’»]?\s?(?=[^\W\d_][^.]{1,40}$)")  # The quay at dawn. Ada March


def is_credit(end: str) -> bool:
    """Whether what stands behind the last `/`, `|` or `©` of a line is an agency, or the name of a person."""
    return end.casefold() in names.AGENCIES or names.is_bare_name(end)


def is_credited(text: str) -> bool:
    """Whether a line says what a picture shows and, behind a mark or a whole sentence, who took it."""
    if ends_sentence(text) or text.count(" ") + 1 < FEWEST_WORDS:
        return False
    if last := _LAST.search(text):
        shown, end = text[: last.start()].rstrip(), text[last.end() :].strip()
        return _is_taken_by(end) or shown.rpartition(" ")[2].casefold() in names.AGENCIES
    told = _SENTENCE.search(text)
    return told is not None and _is_taken_by(text[told.end() :])


def _is_taken_by(end: str) -> bool:
    """Whether an agency, or a person whose given name is known, is named: `Ada March`, `Ada March for The Fen`."""
    name = end.partition(" for ")[0]
    return (
        end.casefold() in names.AGENCIES
        or end.endswith(PICTURES)
        or (is_given(name.split(" ", 1)[0]) and names.is_bare_name(name))
    )
