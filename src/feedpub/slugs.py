"""Make the name of an article's page from its title: of small letters, digits and hyphens, safe on any file system.

Takes a title, gives a slug. Accents are taken off; Greek and Cyrillic letters are written in Latin ones; a title in
another script gives a name of its date and id instead. Which names are taken is for others to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime

from feedpub.normalise import hexdigest

LONGEST = 60  # characters, before a number is added: what a list of addresses shows at a glance
FEWEST = 3  # letters, fewer of which say nothing

# Names of devices on Windows, whatever follows their first full stop (Microsoft, "Naming files").
RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))))

_LETTERS = """
    æ ae  œ oe  ø o  đ d  ð d  þ th  ħ h  ı i  ĸ q  ł l  ŋ ng  ŧ t  ə a
    α a  β v  γ g  δ d  ε e  ζ z  η i  θ th  ι i  κ k  λ l  μ m  ν n  ξ x  ο o  π p  ρ r  σ s  ς s  τ t  υ y  φ f
    χ ch  ψ ps  ω o
    а a  б b  в v  г g  д d  е e  ж zh  з z  и i  к k  л l  м m  н n  о o  п p  р r  с s  т t  у u  ф f  х kh
    ц ts  ч ch  ш sh  щ shch  ъ -  ы y  ь -  э e  ю yu  я ya  і i  є ye  ґ g  ђ dj  ј j  љ lj  њ nj  ћ c  џ dz  ѕ dz
""".split()
_LATIN = str.maketrans({letter: latin.strip("-") for letter, latin in zip(_LETTERS[::2], _LETTERS[1::2], strict=True)})
_APOSTROPHES = re.compile("['’ʼ]")
_OTHERS = re.compile("[^a-z0-9]+")


def slug_of(title: str, published: datetime, guid: str) -> str:
    """Give the slug of an article's title; when that has hardly a Latin letter, of its date and id."""
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", title).casefold())
    latin = "".join(char for char in folded if not unicodedata.combining(char)).translate(_LATIN)
    slug = _cut(_OTHERS.sub("-", _APOSTROPHES.sub("", latin)).strip("-"))
    if sum(char.isalpha() for char in slug) >= FEWEST:
        return slug
    return f"{published:%Y-%m-%d}-{hexdigest(guid)[:8]}"


def _cut(slug: str) -> str:
    """Shorten a slug to whole words, if it has any."""
    if len(slug) <= LONGEST:
        return slug
    head = slug[: LONGEST + 1]
    return (head.rpartition("-")[0] if "-" in head[LONGEST // 2 :] else head[:LONGEST]).strip("-")


def free(slug: str, is_taken: Callable[[str], bool], first: int = 2) -> tuple[str, int]:
    """Give the slug, or the first with a number behind it that is not taken, and the number after that."""
    if slug not in RESERVED and not is_taken(slug):
        return slug, first
    number = first
    while is_taken(f"{slug}-{number}"):
        number += 1
    return f"{slug}-{number}", number + 1
