"""Where a picture of a saved page may lie: a page shows a placeholder until a script puts the picture there.

Takes an `img` element, gives addresses as they are written, the best first.
"""

from __future__ import annotations

import re

from lxml import etree

LAZY = ("data-src", "data-lazy-src", "data-original", "data-hi-res-src", "data-full-src", "data-url")
WORDED = frozenset(("alt", "title", "src"))  # attributes of a picture that are no lazy address
LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
LONGEST_ADDRESS = 2_000
_PLACEHOLDER = re.compile(r"(?:blank|spacer|placeholder|transparent|pixel|1x1|loading|lazy)\b", re.IGNORECASE)
_PICTURE = re.compile(r"[^\s,<>]{1,1000}\.(?:jpe?g|png|webp|gif|avif)(?:\?[^\s<>]{0,1000})?", re.IGNORECASE)
_BESIDE = re.compile(r"(?:\./)?[^/?#]{1,250}(?:_files|-Dateien|_fichiers|_archivos)/")


def addresses(image: etree._Element) -> list[str]:
    """Where a picture may lie, the best first: what a script would put in the place of a placeholder."""
    sets = [_largest(listed) for name in LAZY_SETS if (listed := image.get(name))]
    lazy = [address for name in LAZY if (address := image.get(name))]
    shown = image.get("src") or ""
    found = [shown, *sets]
    if lazy or _is_placeholder(shown):
        found = [*lazy, *sets, *_of_picture(image), *_named_like_pictures(image), shown]
    return [address for address in found if not _BESIDE.match(address)]


def _is_placeholder(address: str) -> bool:
    """Whether an address shows nothing, or leads into the folder that a browser saved beside the page."""
    is_made = not address or address.startswith("data:") or _PLACEHOLDER.search(address[-80:]) is not None
    return is_made or _BESIDE.match(address) is not None


def _of_picture(image: etree._Element) -> list[str]:
    """The sources of a `picture`; the last is the one that most programs can show."""
    picture = next(image.iterancestors("picture"), None)
    if picture is None:
        return []
    sources = [source.get("srcset") or source.get("data-srcset") or "" for source in picture.iter("source")]
    return [_largest(found) for found in reversed(sources) if found]


def _named_like_pictures(image: etree._Element) -> list[str]:
    """What attributes of any name hold, when it reads like the address of a picture."""
    said = sorted((str(name), str(value)) for name, value in image.items())  # a name that no XML has can't be asked for
    return [value for name, value in said if name not in WORDED and _PICTURE.fullmatch(value)]


def _largest(listed: str) -> str:
    """The largest picture of a `srcset`."""
    best, most = "", -1.0
    for candidate in re.split(r",\s+", listed[: LONGEST_ADDRESS * 8]):
        address, _, size = candidate.strip().rpartition(" ")
        number = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)[wx]", size)
        address = address if number else candidate.strip()
        if (value := float(number[1]) if number else 1.0) > most:
            best, most = address.strip(), value
    return best
