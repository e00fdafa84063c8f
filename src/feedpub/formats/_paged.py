"""Pages of a printed text, bound to one: without their numbers and running heads.

Takes a text whose pages end in form feeds, gives its numbered lines. Never raises.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

FEWEST_PAGES = 2  # that show a number, or what most of them do
MOST_SHOW = 0.6  # of the pages
EDGES = (0, 1, -2, -1)  # lines of a page that may be a number or a running head
SHORTEST = 40  # characters of a last line that may go on on the next page
_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|página|pagina|strona|sida|side|стр\.?|p\.|s\.)\s*)?(\d{1,4})(?:\s*(?:/|of|von|de|sur|di|z|av|из)\s*\d{1,4})?[\W_]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\b\d{1,4}\b")
_STOPS = '.!?:…。！？।؟۔։።။។"”»“'

Line = tuple[int, str]


def bound(text: str) -> list[Line]:
    """The numbered lines of all pages; where a paragraph goes on over a page's end, nothing parts it."""
    pages: list[list[Line]] = []
    number = 1
    for printed in text.split("\f"):
        lines = printed.split("\n")
        pages.append(_trimmed(list(enumerate(lines, number))))
        number += len(lines) + 1  # a form feed is read as two ends of lines
    pages = _without_numbers([page for page in pages if page])
    pages = _without_running(pages)
    whole: list[Line] = []
    for page in pages:
        if whole and not _goes_on(whole[-1][1], page[0][1]):
            whole.append((page[0][0], ""))
        whole += page
    return whole


def _trimmed(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page without the blank ones around it."""
    told = [at for at, (_, line) in enumerate(lines) if line.strip()]
    return list(lines[told[0] : told[-1] + 1]) if told else []


def _without_numbers(pages: list[list[Line]]) -> list[list[Line]]:
    """Take away the first or last lines that count the pages."""
    for edge in (-1, 0):
        found = [_NUMBER.fullmatch(page[edge][1]) for page in pages]
        counts = [int(one[1]) - at for at, one in enumerate(found) if one]
        if not counts:
            continue
        first, times = Counter(counts).most_common(1)[0]
        if times >= max(FEWEST_PAGES, MOST_SHOW * len(pages)):
            for at, (page, one) in enumerate(zip(pages, found, strict=True)):
                if one and int(one[1]) - at == first:
                    del page[edge]
            pages = [trimmed for page in pages if (trimmed := _trimmed(page))]
    return pages


def _without_running(pages: list[list[Line]]) -> list[list[Line]]:
    """Take away the lines that stand at the top or the foot of most pages, but for the page's number in them."""
    told = [[_unnumbered(line, at) for _, line in page] for at, page in enumerate(pages, 1)]
    shown = [{lines[edge] for edge in EDGES if -len(lines) <= edge < len(lines)} for lines in told]
    counts = Counter(line for lines in shown for line in lines if line)
    running = {line for line, times in counts.items() if times >= max(FEWEST_PAGES, MOST_SHOW * len(pages))}
    left = [
        _trimmed([one for one, line in zip(page, lines, strict=True) if line not in running])
        for page, lines in zip(pages, told, strict=True)
    ]
    return [page for page in left if page]


def _unnumbered(line: str, number: int) -> str:
    return _DIGITS.sub(lambda found: "" if int(found[0]) == number else found[0], " ".join(line.split()))


def _goes_on(above: str, below: str) -> bool:
    """Whether a page ends within a sentence."""
    last, first = above.strip(), below.strip()[0]
    return (
        len(last) >= SHORTEST
        and last[-1] not in _STOPS
        and ((first.isalpha() and not first.isupper()) or last[-1] == "-")
    )
