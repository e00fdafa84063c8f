"""The paragraphs of a page in rows: what its story, and what stands beside it, is made of.

Takes a page's lines and where the story is thought to lie, gives Passages. Judges none of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from feedpub.finders.lines import Line, ends_paragraph, is_stopless
from feedpub.finders.weights import TALK
from feedpub.finders.wording import said

LONGEST_SIZE = 700  # letters of a paragraph that count
EASTERN_LETTER = re.compile("[\u2e80-\ud7af]")  # of China, Japan and Korea
DENSE, LOOKED_AT = 2.5, 6  # how much more a letter of them says; letters by which a text is known to be in them
SHORTEST_SENTENCE, FEWEST_WORDS = 20, 4  # letters and words of a sentence that is no prose
FOREIGN = "\u0370"  # the first letter that is not Latin: other scripts and their languages need fewer words
SHORTEST_FOREIGN_SENTENCE, FEWEST_FOREIGN_WORDS = 15, 3
SHORT_CAPTION, TALKATIVE, LONGEST_TALK = 25, 2, 30  # words
FARTHEST = 150  # lines below the run in which the story may go on, not counting the figures of diagrams
FIGURE = re.compile(r"[’'$€£]?\d{1,4}(?:[.,]\d{1,3})?\s?%?|[%$€£]")  # of a diagram: `100`, `’28`, `6.6%`; no time
LONGEST_FIGURE = 8  # letters
MOST_BESIDE = 20  # of them that are no prose, above the mark of an end
DURATION = re.compile(r"(?:Duration|Dauer|Durée|Duración|Duração|Durata|Duur|Längd|Varighet):? \d{1,2}:\d\d(?::\d\d)?")
LONGEST_DURATION = 20  # letters
LONGEST_TITLE = 15  # words of a question that is the title of another story
ENDS = frozenset(("end", "comments"))  # marks of an end


class Passage(Struct, frozen=True, gc=False):
    """Paragraphs in a row, from `start` up to and without `stop`."""

    start: int
    stop: int
    size: float  # in letters


class Place(Struct, frozen=True):
    """Where the story is thought to lie: the run of its prose, and where it begins below the small print."""

    first: int  # the first line below the headline
    start: int
    run_start: int
    run_stop: int
    title: frozenset[str]


def passages(lines: Sequence[Line], place: Place) -> list[Passage]:
    """The paragraphs below a headline, in rows; what may be a caption or a notice stands alone."""
    found: list[Passage] = []
    start, size = place.first, 0.0
    end = _end(lines, place)
    for at, line in enumerate(lines[start:end], start):
        if not is_paragraph(line) or (at and is_title_of_box(line, lines[at - 1])):
            if start < at:
                found.append(Passage(start, at, size))
            start, size = at + 1, 0.0
            continue
        if _stands_apart(lines, at):
            if start < at:
                found.append(Passage(start, at, size))
            found.append(Passage(at, at + 1, length(line.text)))
            start, size = at + 1, 0.0
            continue
        size += length(line.text)
    if start < end:
        found.append(Passage(start, end, size))
    return found or [Passage(min(place.start, place.run_stop - 1), place.run_stop, 1.0)]


def _end(lines: Sequence[Line], place: Place) -> int:
    """Where no more of the story is looked for: far below its run, nearer when the page has ended before."""
    far = beside = 0
    for at, line in enumerate(lines[place.run_stop :], place.run_stop):
        far += not _is_figure(line.text)
        if far > FARTHEST:
            return at
        if line.kind != "prose":
            beside += 1
            if beside > MOST_BESIDE and line.kind in ENDS:
                return at
    return len(lines)


def is_paragraph(line: Line) -> bool:
    """Whether a line reads like a paragraph: prose, or a short sentence."""
    if line.kind != "text":
        return line.kind == "prose"
    text = line.text
    if text[0] < FOREIGN:
        return line.words >= FEWEST_WORDS and len(text) > SHORTEST_SENTENCE and ends_paragraph(text)
    enough = is_dense(text) or line.words >= FEWEST_FOREIGN_WORDS
    return enough and length(text) > SHORTEST_FOREIGN_SENTENCE and ends_paragraph(text)


def is_title_of_box(line: Line, above: Line) -> bool:
    """Whether a line is the title of another story, below a label: a question, or one in a script without stops."""
    if above.kind != "related":
        return False
    if line.text[-1] == "?":
        return line.words <= LONGEST_TITLE
    return line.kind == "text" and is_stopless(line.text)


def _stands_apart(lines: Sequence[Line], at: int) -> bool:
    """Whether a paragraph may be the caption above a credit or below a film, or speaks of the site."""
    line = lines[at]
    if at and is_duration(lines[at - 1].text):
        return True
    if line.words < SHORT_CAPTION and at + 1 < len(lines) and lines[at + 1].kind == "caption":
        return True
    return line.words <= LONGEST_TALK and len(TALK & said(line.text)) >= TALKATIVE


def _is_figure(text: str) -> bool:
    """Whether a line is a number and no more, as stand in rows along a diagram."""
    return len(text) <= LONGEST_FIGURE and FIGURE.fullmatch(text) is not None


def is_duration(text: str) -> bool:
    """Whether a line says how long a film is, and no more."""
    return len(text) <= LONGEST_DURATION and DURATION.fullmatch(text) is not None


def length(text: str) -> float:
    """How much a paragraph says, in letters of a script that writes words with several."""
    letters = min(len(text), LONGEST_SIZE)
    return letters * DENSE if is_dense(text) else letters


def is_dense(text: str) -> bool:
    """Whether a text is in a script that writes a word with a letter or two; a quotation mark may stand before it."""
    beginning = text[:LOOKED_AT]
    return not beginning.isascii() and EASTERN_LETTER.search(beginning) is not None
