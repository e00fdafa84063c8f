"""Dates that stand away from the headline, for pages that print none beside it.

Takes a page, gives clues. Takes no date that words beside it may give to something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedpub.dates import Reader, Stamp
from feedpub.finders import byline, stamps
from feedpub.finders.lines import DAY_AND_YEAR, MOST_DATED, SHORTEST_DATED, Line
from feedpub.finders.page import Page
from feedpub.lexicon import table
from feedpub.model import Clue, Trust

OPENING = 3  # lines of the story of which one may begin with a day
BEGINNING = 8  # lines of the story among which a day may stand alone
ABOVE, BELOW = 40, 60  # lines above the title and below the story that are looked at
CLOSING = 12  # lines below the story that may tell of it in a sentence
LONGEST_DAY = 60  # characters in which a day opens a paragraph
LONGEST_DATED = 90  # characters of a line with a day and little else
FIRST_WORD = 7  # characters of a word before the article: This, Dieser
FEWEST_CLOSING = 5  # words of such a sentence
LONGEST_CLOSING = 300  # characters of such a sentence in which the day stands
MOST_TOLD = 60  # words of a sentence that tells of publishing
VERBS = frozenset(table("datelabels")["told"])
SHORTEST_TITLE = 20  # characters of a title by which a line is known
FIRST_PUBLISHED = tuple(words.casefold() for words in table("datelabels")["sentence"])
SIGNS = frozenset("|•·⋅∙")  # that part a day from what follows
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w")
_OPENED = re.compile(r"[.,:]?\s*[-–—|]?\s*(?=[^\W\d_])(?![a-zß-ÿ])")  # what follows a day that opens a paragraph


def clues(page: Page, reader: Reader) -> list[Clue]:
    """The day that opens the story, that stands alone farther away, beside the title in a list, or in a sentence."""
    return (
        _opening(page, reader)
        or _alone(page, reader)
        or _beside_its_title(page, reader)
        or _told(page, reader)
        or _signed(page, reader)
    )


def first_published(page: Page, reader: Reader) -> list[Clue]:
    """`This report was first published April 28, 2025.` below the body, or as its last paragraph."""
    below = page.lines[max(0, page.stop - 1) : page.stop + CLOSING]
    whole = "\n".join([line.text for line in below]).casefold()
    if not any(map(whole.__contains__, FIRST_PUBLISHED)):
        return []
    for line in below:
        dated = line.words >= FEWEST_CLOSING and _DIGIT.search(line.text) is not None
        told = dated and _says_when(line.text.casefold(), is_told=line in page.body)
        made = _first(stamps.read(line.text[:LONGEST_CLOSING]), "first-published", line.number, reader) if told else []
        if made:
            return made
    return []


def _says_when(folded: str, *, is_told: bool) -> bool:
    """Whether a sentence says when the article was published; one of the story only by its first words."""
    if is_told:
        return any(0 <= folded.find(phrase) <= FIRST_WORD for phrase in FIRST_PUBLISHED if phrase[:4] != "was ")
    return any(map(folded.__contains__, FIRST_PUBLISHED))


def _opening(page: Page, reader: Reader) -> list[Clue]:
    """A day with its year that opens the first paragraph, also below a short line: `28.04.2025, 15:30 UhrThe …`."""
    for line in page.body[:OPENING]:
        start = line.text[:LONGEST_DAY]
        found = stamps.read(start) if _DIGIT.search(start) else ()
        if found and not found[0].start and found[0].year and _OPENED.match(line.text, found[0].end):
            return _first(found[:1], "opening-date", line.number, reader)
        if line.prose:
            break
    return []


def _alone(page: Page, reader: Reader) -> list[Clue]:
    """A day on a line of its own, or behind a label; far below the title only behind one."""
    for at, needed in _around(page):
        line = page.lines[at]
        if len(line.text) > LONGEST_DATED or not prints_day(line):
            continue
        printed = byline.read(line.text)
        if printed is None or (printed.left and not printed.authors and not _leads(printed.stamps, line.text)):
            continue
        label = stamps.role(page.lines[at - 1].text) if at else ""
        told = [stamp for stamp in printed.stamps if (stamp.role or label or needed) == "published"]
        if made := _first(told, "far-date", line.number, reader):
            return made
    return []


def _signed(page: Page, reader: Reader) -> list[Clue]:
    """The day of a byline that goes on as a sentence (`By Ada March on 28 April 2025. This post …`), or ends one."""
    title_at = page.start if page.title_at is None else page.title_at
    under = list(_dated(page.lines[title_at + 1 : page.start]))
    below = list(_dated(page.lines[page.stop : page.stop + CLOSING]))
    signed = [(line, stamp) for line, stamp in (*under, *below) if _is_of_byline(line.text, stamp)]
    ending = [(line, stamp) for line, stamp in under if _ends(line.text, stamp)]
    if not signed and len(ending) > 1:
        return []  # a list of events
    return next(
        (made for line, stamp in (*signed, *ending) if (made := _first([stamp], "signed-date", line.number, reader))),
        [],
    )


def _dated(lines: Sequence[Line]) -> Iterator[tuple[Line, Stamp]]:
    """The lines that print a day with its year, with the first one that they print."""
    for line in lines:
        start = line.text[:LONGEST_CLOSING]
        found = stamps.read(start) if DAY_AND_YEAR.search(start) else ()
        if found:
            yield line, found[0]


def _is_of_byline(text: str, stamp: Stamp) -> bool:
    """Whether a byline with its label stands before a day."""
    printed = byline.read(text[: stamp.end]) if stamp.start and stamp.end <= LONGEST_DATED else None
    return printed is not None and printed.labelled and bool(printed.authors)


def _ends(text: str, stamp: Stamp) -> bool:
    """Whether a day with its year and its time ends the line."""
    return bool(stamp.clock and stamp.year) and not text[stamp.end :].strip()


def _told(page: Page, reader: Reader) -> list[Clue]:
    """A sentence outside the story that tells of its publishing: `Late boats was posted on 28 April 2025 by …`."""
    told = {line.number for line in page.body}
    for line in page.lines:
        if not FEWEST_CLOSING <= line.words <= MOST_TOLD or line.number in told or not prints_day(line):
            continue
        words = line.text[:LONGEST_CLOSING].casefold().replace(",", " ").split()
        if not VERBS.isdisjoint(words) and (
            made := _first(stamps.read(line.text[:LONGEST_CLOSING]), "told-date", line.number, reader)
        ):
            return made
    return []


def prints_day(line: Line) -> bool:
    """Whether a line prints a day with its year: of all but long and very short ones it is known."""
    if line.words <= MOST_DATED and len(line.text) >= SHORTEST_DATED:
        return line.dated
    return DAY_AND_YEAR.search(line.text) is not None


def _leads(found: Sequence[Stamp], line: str) -> bool:
    """Whether a line begins with a day, and a sign parts what follows: `· 28 April 2025 · Print · Comment`."""
    return bool(found) and not _WORD.search(line[: found[0].start]) and line[found[0].end :].strip()[:1] in SIGNS


def _around(page: Page) -> Iterator[tuple[int, str]]:
    """The lines that are looked at, each with what a day without a label is there."""
    title_at = page.start if page.title_at is None else page.title_at
    above = (*range(page.start - 1, title_at, -1), *range(title_at - 1, max(-1, title_at - ABOVE), -1))
    for at in (*range(page.start, min(page.start + BEGINNING, page.stop)), *above):
        yield at, "published"
    for at in range(page.start, min(page.stop + BELOW, len(page.lines))):
        yield at, ""


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
