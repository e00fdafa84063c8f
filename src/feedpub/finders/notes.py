"""Whether a sentence only reads like a note of the site that prints it, and is told of somebody else.

Takes the text of a sentence that holds words of such notes. Knows nothing of what stands around it.
"""

from __future__ import annotations

import re

_GOES_ON = re.compile(r"(?:Copyright|Premium|Powered by|Watch) [a-z]")
_TOLD = re.compile(r"policy|terms of|datenschutzerklärung|was first published|can be reached at|follow \w+ on")
_OWN = re.compile(
    r"@|https?:|www\.|\d{3}[ .-]\d|reserv|\b(?:you|your|we|our|i|my|ihre?r?|sie|ich|unsere?r?|wir|apply|applies|gelten"
    r"|twitter|facebook|instagram|linkedin|article|story|post|essay|column|piece|version)\b"
)


def goes_on(text: str) -> bool:
    """Whether a sentence begins with a label of pages and goes on in small letters: `Copyright law changed`."""
    return _GOES_ON.match(text) is not None


def is_told(text: str) -> bool:
    """Whether a sentence tells of a policy, an address or a publication, and of none that belongs to the page."""
    folded = text.casefold()
    return _TOLD.search(folded) is not None and not _OWN.search(folded)
