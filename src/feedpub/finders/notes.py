"""Whether a sentence only reads like a note of the site that prints it, and is told of somebody else; who initials it.

Takes the text of a sentence that holds words of such notes, or ends in a bracket. Knows nothing of what stands around.
"""

from __future__ import annotations

import re

_GOES_ON = re.compile(r"(?:Copyright|Premium|Powered by|Watch) [a-z]")
_TOLD = re.compile(r"policy|terms of|datenschutzerklärung|was first published|can be reached at|follow \w+ on")
_OWN = re.compile(
    r"@|https?:|www\.|\d{3}[ .-]\d|reserv|\b(?:you|your|we|our|i|my|ihre?r?|sie|ich|unsere?r?|wir|apply|applies|gelten"
    r"|twitter|facebook|instagram|linkedin|article|story|post|essay|column|piece|version)\b"
)
_INITIALLED = re.compile(r"[.!?][\"”“’«»]?\s?\([a-zäöüß]{2,5}(?:[/, ]{1,2}[a-zäöüß]{2,5}){0,2}\)$")
LONGEST_INITIALS = 24  # characters at the end of a paragraph


def goes_on(text: str) -> bool:
    """Whether a sentence begins with a label of pages and goes on in small letters: `Copyright law changed`."""
    return _GOES_ON.match(text) is not None


def is_told(text: str) -> bool:
    """Whether a sentence tells of a policy, an address or a publication, and of none that belongs to the page."""
    folded = text.casefold()
    return _TOLD.search(folded) is not None and not _OWN.search(folded)


def is_initialled(text: str) -> bool:
    """Whether who wrote a paragraph stands in small letters behind its stop, as in German papers: `… vorbei. (phy)`."""
    return _INITIALLED.search(text, max(0, len(text) - LONGEST_INITIALS)) is not None
