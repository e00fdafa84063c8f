"""Dates that stand away from the headline, for pages that print none beside it.

Takes a page, gives clues. Takes no date that words beside it may give to something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedpub.dates import Reader, Stamp
from feedpub.finders import byline, stamps
from feedpub.finders.lines import DAY_AND_YEAR
from feedpub.finders.page import Page
from feedpub.lexicon import table
from feedpub.model import Clue, Trust

BEGINNING = 8  # lines of the story among which a day may stand alone
ABOVE, BELOW = 40, 60  # lines above the title and below the story that are looked at
CLOSING = 12  # lines below the story that may tell of it in a sentence
LONGEST_DAY = 60  # characters of a line with a day and little else
FEWEST_CLOSING = 5  # words of such a sentence
LONGEST_CLOSING = 300  # characters of such a sentence in which the day stands
SHORTEST_TITLE = 20  # characters of a title by which a line is known
FIRST_PUBLISHED = tuple(words.casefold() for words in table("datelabels")["sentence"])
_DIGIT = re.compile(r"\d")
_OPENED = re.compile(r"[.,:]?\s*[-–—|]?\s*(?=[^\W\d_])(?![a-zß-ÿ])")  # what follows a day that opens a paragraph


def clues(page: Page, reader: Reader) -> list[Clue]:
    """The day that opens the story, that stands alone farther away, or beside the title in a list."""
    return _opening(page, reader) or _alone(page, reader) or _beside_its_title(page, reader)


def first_published(page: Page, reader: Reader) -> list[Clue]:
    """`This report was first published April 28, 2025.` below the body."""
    below = page.lines[page.stop : page.stop + CLOSING]
    whole = "\n".join([line.text for line in below]).casefold()
    if not any(map(whole.__contains__, FIRST_PUBLISHED)):
        return []
    for line in below:
        dated = line.words >= FEWEST_CLOSING and _DIGIT.search(line.text) is not None
        folded = line.text.casefold() if dated else ""
        told = any(map(folded.__contains__, FIRST_PUBLISHED))
        made = _first(stamps.read(line.text[:LONGEST_CLOSING]), "first-published", line.number, reader) if told else []
        if made:
            return made
    return []


def _opening(page: Page, reader: Reader) -> list[Clue]:
    """A day with its year that opens the first paragraph: `28.04.2025, 15:30 UhrThe ferry …`."""
    first = page.body[0]
    start = first.text[:LONGEST_DAY]
    found = stamps.read(start) if _DIGIT.search(start) else ()
    if not found or found[0].start or not found[0].year or not _OPENED.match(first.text, found[0].end):
        return []
    return _first(found[:1], "opening-date", first.number, reader)


def _alone(page: Page, reader: Reader) -> list[Clue]:
    """A day on a line of its own, or behind a label; below the story only behind one."""
    for at in _around(page):
        line = page.lines[at]
        if len(line.text) > LONGEST_DAY or not DAY_AND_YEAR.search(line.text):
            continue
        printed = byline.read(line.text)
        if printed is None or (printed.left and not printed.authors):
            continue
        told = [stamp for stamp in printed.stamps if stamp.role == "published" or (at < page.stop and not stamp.role)]
        if made := _first(told, "far-date", line.number, reader):
            return made
    return []


def _around(page: Page) -> Iterator[int]:
    title_at = page.start if page.title_at is None else page.title_at
    yield from range(page.start, min(page.start + BEGINNING, page.stop))
    yield from range(title_at - 1, max(-1, title_at - ABOVE), -1)
    yield from range(page.stop, min(page.stop + BELOW, len(page.lines)))


def _beside_its_title(page: Page, reader: Reader) -> list[Clue]:
    """The day that a list of stories prints beside the title of this one."""
    title = page.lines[page.title_at].text if page.title_at is not None else ""
    for line in page.lines if len(title) > SHORTEST_TITLE else ():
        if len(title) < len(line.text) < len(title) + LONGEST_DAY and title in line.text:
            rest = line.text.replace(title, " ", 1)
            found = [stamp for stamp in stamps.read(rest) if stamp.year]
            if found and len(rest) - len(found[0].text) < SHORTEST_TITLE:
                return _first(found, "date-beside-title", line.number, reader)
    return []


def _first(found: Sequence[Stamp], rule: str, number: int, reader: Reader) -> list[Clue]:
    """The clue of the first stamp that can be a day of news."""
    for stamp in found:
        when = reader.moment(stamp)
        if when and reader.is_plausible(when):
            return [Clue("published", when, rule, Trust.WRITTEN, number)]
    return []
