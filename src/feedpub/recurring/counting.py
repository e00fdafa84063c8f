"""What stands on the pages of one site, and on how many of them.

Takes pages and how they were read, one at a time, and keeps nothing but counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from feedpub import formats
from feedpub.finders import headline, housestyle, learned, sitelines, stamps
from feedpub.finders import lines as finders
from feedpub.finders.lines import Line
from feedpub.lexicon import keys_by_word, table
from feedpub.model import Article, Block, Document, Reading
from feedpub.normalise import body_text, one_line
from feedpub.recurring.tally import MOST, Company, Tally

EDGE = 30  # lines at each end of a page that may be chrome; farther inside, those that were taken for the story
LONGEST_LINE, LONGEST_SITE = 500, 40  # characters
SHORTEST_HEADLINE, LONGEST_HEADLINE = 3, 30  # words
SITE_LINES, SITE_WORDS = 5, 5  # first lines of a page in which its site's name stands alone
UNDER, BELOW = 16, 3  # lines below a title with its small print; below a story with initials
FACTS = frozenset(("authors", "published", "updated", "dateline"))
ENDS = frozenset(("after-the-end", "author-note", "end"))  # rules of lines below a story


class Printed(Struct, frozen=True):
    """The small print of one page: what stands in it, and what it was taken for without a profile."""

    pieces: tuple[str, ...]
    authors: tuple[str, ...]
    categories: tuple[str, ...]


class Notes:
    """What was counted on all pages."""

    def __init__(self) -> None:
        """Begin with no page."""
        self.pages = 0
        self.articles: set[str] = set()  # digests of their words
        self.lines: Tally[str] = Tally()  # masked
        self.samples: dict[str, Line] = {}  # one of each masked line, as printed
        self.facts: Tally[str] = Tally()  # masked lines that said who wrote an article, where, or when
        self.sections: Tally[str] = Tally()  # masked lines that named a category
        self.above: Tally[str] = Tally()  # masked lines that stood above the story
        self.headings: Tally[str] = Tally()  # masked short lines that stood in the story, above one of its paragraphs
        self.sites = Company()  # what stands before or behind headlines
        self.homes = Company()  # what stands before categories in a path
        self.words = Company()  # what stands before names
        self.initials: Tally[str] = Tally()
        self.printed: Tally[Printed] = Tally()
        self.heads: Tally[str] = Tally()  # short first lines


# ── counting ───────────────────────────────────────────────────────────────────────────────────────


def note(notes: Notes, document: Document, reading: Reading) -> None:
    """Count what one page shows, unless it holds no article, or another copy of one that was seen."""
    article = reading.article
    if article is None or article.digest in notes.articles:
        return
    notes.articles.add(article.digest)
    notes.pages += 1
    path = (document.path,)
    lines = _lines(document, reading)
    _note_lines(notes, lines, reading, path)
    _note_sides(notes, lines[:EDGE], path)
    _note_signatures(notes, lines, reading, article, path)
    first, *others = article.metadata.categories or ("",)
    if others:
        notes.homes.add(first, others[0], path)
    pieces = tuple(learned.pieces(small_print(reading)))
    notes.printed.add(Printed(pieces, article.metadata.authors, article.metadata.categories), path)


def _line_of(reading: Reading, field: str) -> int:
    """The line from which a field was read."""
    return next((clue.line for clue in reading.clues if clue.field == field), 0)


def _lines(document: Document, reading: Reading) -> list[Line]:
    """The first and the last lines of a page, and those between that were not left out, but for what is proposed."""
    blocks = [Block(line, block.line) for block in formats.read(document).blocks if (line := one_line(block.text))]
    left_out = {line.line for line in reading.dropped if line.rule != sitelines.CHROME}
    inside = range(EDGE, len(blocks) - EDGE)
    return finders.read([block for at, block in enumerate(blocks) if at not in inside or block.line not in left_out])


def _note_lines(notes: Notes, lines: Sequence[Line], reading: Reading, path: Sequence[str]) -> None:
    facts = {clue.line for clue in reading.clues if clue.field in FACTS}
    sections = {clue.line for clue in reading.clues if clue.field == "categories"}
    story = _line_of(reading, "summary")
    left_out = {line.line for line in reading.dropped}
    last = max((line.number for line in lines if line.prose and line.number not in left_out), default=0)
    counted: set[str] = set()
    for at, line in enumerate(lines):
        masked = learned.mask(line.text)
        if masked in counted or len(masked) > LONGEST_LINE:
            continue
        counted.add(masked)
        notes.lines.add(masked, path)
        notes.samples.setdefault(masked, line)
        if line.number in facts:
            notes.facts.add(masked, path)
        if line.number in sections:
            notes.sections.add(masked, path)
        if line.number < story:
            notes.above.add(masked, path)
        elif line.number < last and line.kind == "text" and line.number not in left_out:
            notes.headings.add(masked, path)
        if at < SITE_LINES and line.words <= SITE_WORDS:
            notes.heads.add(line.text, path)
    if len(notes.samples) > 2 * MOST:
        notes.samples = {masked: line for masked, line in notes.samples.items() if masked in notes.lines}


def _note_sides(notes: Notes, lines: Iterable[Line], path: Sequence[str]) -> None:
    """Count what stands before or behind a headline, parted from it by a mark, as a site's name does."""
    found: dict[str, str] = {}
    for line in lines:
        marks = list(headline.SITE_MARK.finditer(line.text)) if line.words <= LONGEST_HEADLINE else []
        if not marks or stamps.read(line.text):
            continue
        first, last = marks[0], marks[-1]
        sides = (
            (line.text[last.end() :], line.text[: last.start()]),
            (line.text[: first.start()], line.text[first.end() :]),
        )
        found |= {
            side: rest for side, rest in sides if rest.count(" ") + 1 >= SHORTEST_HEADLINE and _could_be_site(side)
        }
    for side, rest in found.items():
        notes.sites.add(side, rest, path)


def _note_signatures(
    notes: Notes, lines: Iterable[Line], reading: Reading, article: Article, path: Sequence[str]
) -> None:
    """Count words before names, between title and story, and the initials that sign it."""
    title, story = _line_of(reading, "title"), _line_of(reading, "summary")
    found: dict[str, str] = {}
    for line in lines:
        if title < line.number < story and line.kind == "text":
            found.update((before, line.text) for before in housestyle.words_before(line.text))
    for before, whole in found.items():
        notes.words.add(before, whole, path)
    below = [line.text for line in reading.dropped if line.line > story and line.rule in ENDS]
    for initials in set(housestyle.initials_in(body_text(article.body).split("\n\n"), below[:BELOW])):
        notes.initials.add(initials, path)


def _has_headline(text: str) -> bool:
    return text.count(" ") + 1 >= SHORTEST_HEADLINE


def _could_be_site(text: str) -> bool:
    if not 2 <= len(text) <= LONGEST_SITE or not any(char.isalpha() for char in text):
        return False
    return text.casefold() not in _LABELS and finders.read((Block(text, 0),))[0].kind == "text"


_LABELS = keys_by_word(table("labels"))


def small_print(reading: Reading) -> str:
    """The line below the title, or else above it, in which a date or a counter follows other words."""
    title = _line_of(reading, "title")
    prints = [line for line in reading.dropped if line.rule == "small-print" and learned.is_glued(line.text)]
    below = [line.text for line in prints if title < line.line <= title + UNDER]
    return (below or [line.text for line in prints if line.line < title] or [""])[0]
