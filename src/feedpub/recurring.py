"""What recurs on the pages of one site: its name, its chrome, who writes for it, under which categories.

Takes pages and how they were read, one at a time, and keeps nothing but counts; gives a Lesson. Never proposes what
differs from page to page: titles, bylines, dates, datelines, prose.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from heapq import nlargest
from math import ceil
from typing import Generic, TypeVar

from msgspec import Struct

from feedpub import formats
from feedpub.finders import byline, dateline, glued, headline, learned, names, sections, stamps
from feedpub.finders import lines as finders
from feedpub.finders.lines import Line
from feedpub.finders.smallprint import LABELS_ALONE
from feedpub.lexicon import keys_by_word, table
from feedpub.model import Block, Document, Lesson, Reading, Seen
from feedpub.normalise import one_line

FEWEST = 3  # pages from which something can be learned
TWICE = 2  # pages on which a category or an author stands that no other evidence vouches for
EDGE = 30  # lines at each end of a page that may be chrome
OFTEN, OFTEN_PROSE = 0.6, 0.9  # the share of the pages on which chrome stands; a sentence has to stand on more
MENU = 3  # category names on every page that are a menu; fewer may be what all the pages are about
LONGEST_LINE, LONGEST_SITE = 500, 40  # characters
SHORTEST_HEADLINE, LONGEST_HEADLINE = 3, 30  # words
SITE_LINES, SITE_WORDS = 5, 5  # first lines of a page in which its site's name stands alone
UNDER = 16  # lines below a title in which its small print stands
MOST = 20_000  # counters of a tally; the rarest are forgotten
EXAMPLES = 3
FACTS = frozenset(("authors", "published", "updated", "dateline"))
RIGHTS = ("©", "copyright", "rights reserved")

Key = TypeVar("Key", bound=Hashable)


class Tally(Generic[Key]):
    """Counts on how many pages something stands, and keeps the first three of them."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._seen: dict[Key, tuple[int, tuple[str, ...]]] = {}

    def add(self, key: Key, examples: Sequence[str], pages: int = 1) -> None:
        """Count some pages more."""
        count, known = self._seen.get(key, (0, ()))
        self._seen[key] = (count + pages, (*known, *examples)[:EXAMPLES])
        if len(self._seen) > MOST:
            self._seen = dict(nlargest(MOST // 2, self._seen.items(), lambda row: row[1][0]))

    def __contains__(self, key: Key) -> bool:
        return key in self._seen

    def pages(self, key: Key) -> int:
        """On how many pages it stands."""
        return self._seen.get(key, (0, ()))[0]

    def rows(self, fewest: float = 1) -> list[tuple[Key, int, tuple[str, ...]]]:
        """What stands on so many pages or more, the most frequent first, and equals in the order of their pages."""
        rows = [(key, count, examples) for key, (count, examples) in self._seen.items() if count >= fewest]
        return sorted(rows, key=lambda row: -row[1])


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
        self.sites: Tally[str] = Tally()  # what stands before or behind a headline
        self.beside: dict[str, set[str]] = {}  # some of the headlines that each stands beside
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
    lines = _edges(document)
    _note_lines(notes, lines, reading, path)
    _note_sides(notes, lines[:EDGE], path)
    pieces = tuple(learned.pieces(small_print(reading)))
    notes.printed.add(Printed(pieces, article.metadata.authors, article.metadata.categories), path)


def _line_of(reading: Reading, field: str) -> int:
    """The line from which a field was read."""
    return next((clue.line for clue in reading.clues if clue.field == field), 0)


def _edges(document: Document) -> list[Line]:
    """The first and the last lines of a page."""
    blocks = [Block(line, block.line) for block in formats.read(document).blocks if (line := one_line(block.text))]
    return finders.read((*blocks[:EDGE], *blocks[max(EDGE, len(blocks) - EDGE) :]))


def _note_lines(notes: Notes, lines: Sequence[Line], reading: Reading, path: Sequence[str]) -> None:
    facts = {clue.line for clue in reading.clues if clue.field in FACTS}
    sections = {clue.line for clue in reading.clues if clue.field == "categories"}
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
        if at < SITE_LINES and line.words <= SITE_WORDS:
            notes.heads.add(line.text, path)
    if len(notes.samples) > 2 * MOST:
        notes.samples = {masked: line for masked, line in notes.samples.items() if masked in notes.lines}


def _note_sides(notes: Notes, lines: Iterable[Line], path: Sequence[str]) -> None:
    """Count what stands before or behind a headline, parted from it by a mark, as a site's name does."""
    found: set[str] = set()
    for line in lines:
        marks = list(headline.SITE_MARK.finditer(line.text)) if line.words <= LONGEST_HEADLINE else []
        if not marks or stamps.read(line.text):
            continue
        first, last = marks[0], marks[-1]
        for side, other in (
            (line.text[last.end() :], line.text[: last.start()]),
            (line.text[: first.start()], line.text[first.end() :]),
        ):
            if other.count(" ") + 1 >= SHORTEST_HEADLINE and _could_be_site(side):
                found.add(side)
                beside = notes.beside.setdefault(side, set())
                if len(beside) < FEWEST:
                    beside.add(other)
    for side in found:
        notes.sites.add(side, path)
    if len(notes.beside) > 2 * MOST:
        notes.beside = {side: others for side, others in notes.beside.items() if side in notes.sites}


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


# ── proposing ───────────────────────────────────────────────────────────────────────────────────


def propose(notes: Notes) -> Lesson:
    """What the pages have in common. The shape says no more than how names and categories are glued."""
    chrome, known = _chrome(notes)
    authors, categories, turned = _people_and_sections(notes)
    site_name = _site_name(notes, [*chrome, *known])
    return Lesson(
        pages=notes.pages,
        articles=notes.pages,
        site_name=site_name,
        shape=Seen("category author", notes.pages) if turned else None,
        categories=_kept(categories, site_name),
        authors=_kept(authors, site_name),
        chrome=tuple(chrome),
        known=tuple(known),
    )


def _kept(found: Tally[str], site_name: Seen | None) -> tuple[Seen, ...]:
    return tuple(Seen(*row) for row in found.rows() if site_name is None or row[0] != site_name.text)


def _chrome(notes: Notes) -> tuple[list[Seen], list[Seen]]:
    """The lines that stand on nearly every page: those that a profile has to name, and those that the tables know."""
    chrome: list[Seen] = []
    known: list[Seen] = []
    menu = [masked for masked, _, _ in notes.lines.rows(OFTEN_PROSE * notes.pages) if _names_section(notes, masked)]
    for masked, pages, examples in notes.lines.rows(max(FEWEST, ceil(OFTEN * notes.pages))):
        line = notes.samples[masked]
        if line.kind not in ("text", "prose"):
            known.append(Seen(masked, pages, examples))
        elif _names_section(notes, masked):
            if len(menu) >= MENU and masked in menu:
                chrome.append(Seen(masked, pages, examples))
        elif (not _reads_like_prose(line) or pages >= OFTEN_PROSE * notes.pages) and not _varies(notes, masked, line):
            chrome.append(Seen(masked, pages, examples))
    return chrome, known


def _names_section(notes: Notes, masked: str) -> bool:
    return masked in notes.sections or learned.is_category(masked)


def _reads_like_prose(line: Line) -> bool:
    return line.prose or (line.words >= 3 and finders.ends_sentence(line.text))


def _varies(notes: Notes, masked: str, line: Line) -> bool:
    """Whether a line is of a shape that differs from page to page: a byline, a date, a dateline, a counter."""
    if masked in notes.facts or not any(char.isalpha() for char in masked):
        return True
    if masked.casefold().rstrip(" :") in LABELS_ALONE or any(stamp.role != "not" for stamp in stamps.read(line.text)):
        return True
    small = byline.read(line.text)
    return bool(small and (small.authors or small.labelled or small.counted)) or dateline.read(line.text) is not None


def _people_and_sections(notes: Notes) -> tuple[Tally[str], Tally[str], bool]:
    """Authors and categories, and whether the site prints the category first where it glues them."""
    rows = sorted(notes.printed.rows(), key=lambda row: row[2])
    parted = glued.part(piece for printed, _, _ in rows for piece in printed.pieces)
    authors: Tally[str] = Tally()
    categories: Tally[str] = Tally()
    plain_authors: Tally[str] = Tally()
    plain_categories: Tally[str] = Tally()
    for printed, pages, examples in rows:
        split = next((parted[piece] for piece in printed.pieces if piece in parted), None)
        for author in (split.author,) if split else printed.authors:
            (authors if split else plain_authors).add(author, examples, pages)
        for category in (split.category,) if split else printed.categories:
            (categories if split else plain_categories).add(category, examples, pages)
    _add_frequent(authors, plain_authors)
    _add_frequent(categories, plain_categories)
    turned = any(piece.startswith(split.category) for piece, split in parted.items())
    return _without(authors, names.is_account), _without(categories, _is_no_category), turned


def _add_frequent(found: Tally[str], plain: Tally[str]) -> None:
    """Add what was read without a profile and stands on two pages, here or there."""
    for value, pages, examples in plain.rows():
        if pages + found.pages(value) >= TWICE:
            found.add(value, examples, pages)


def _without(found: Tally[str], refuses: Callable[[str], bool]) -> Tally[str]:
    kept: Tally[str] = Tally()
    for value, pages, examples in found.rows():
        if not refuses(value):
            kept.add(value, examples, pages)
    return kept


def _is_no_category(label: str) -> bool:
    return sections.CATEGORIES.get(label.casefold()) in ("none", "general")


def _site_name(notes: Notes, recurring: Sequence[Seen]) -> Seen | None:
    """What stands beside most titles, or else the short first line that the line about rights names."""
    fewest = max(FEWEST, ceil(OFTEN * notes.pages))
    for side, pages, examples in notes.sites.rows(fewest):
        if side.casefold() not in sections.CATEGORIES and len(notes.beside[side]) >= FEWEST:
            return Seen(side, pages, examples)
    rights = " ".join(line.text for line in recurring if any(word in line.text.casefold() for word in RIGHTS))
    for head, pages, examples in notes.heads.rows(fewest):
        if head in rights and len(head) > 2:
            return Seen(head, pages, examples)
    return None
