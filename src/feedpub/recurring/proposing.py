"""What a site's profile should hold, from what was counted on its pages.

Takes Notes, gives a Lesson. Never proposes what differs from page to page: titles, bylines, dates, datelines, prose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from feedpub.finders import agencies, byline, dateline, glued, housestyle, learned, names, sections, stamps
from feedpub.finders import lines as finders
from feedpub.finders.lines import Line
from feedpub.finders.smallprint import LABELS_ALONE
from feedpub.model import Lesson, Seen
from feedpub.recurring.counting import SHORTEST_HEADLINE, Notes
from feedpub.recurring.tally import Tally

FEWEST = 3  # pages from which something can be learned
TWICE = 2  # pages on which a category or an author stands that no other evidence vouches for
OFTEN, OFTEN_PROSE = 0.6, 0.9  # the share of the pages on which chrome stands; a sentence has to stand on more
MENU = 3  # category names on every page that are a menu; fewer may be what all the pages are about
SIGNED = 0.3  # the share of the pages on which the same words stand before names
TITLES, PEOPLE, SECTIONS = 0.6, 0.1, 0.1  # the share of the pages on which something else stands beside such words
RIGHTS = ("©", "copyright", "rights reserved")


def propose(notes: Notes) -> Lesson:
    """What the pages have in common. The shape says no more than how names and categories are glued."""
    chrome, known = _chrome(notes)
    authors, categories, turned = _people_and_sections(notes)
    site_name = _site_name(notes, [*chrome, *known])
    home = _home(notes)
    categories = _without(_spelled(categories, notes), _names_of(site_name, home).__contains__)
    authors = _without(authors, _names_of(site_name).__contains__)
    return Lesson(
        pages=notes.pages,
        articles=notes.pages,
        site_name=site_name,
        shape=Seen("category author", notes.pages) if turned else None,
        categories=tuple(Seen(*row) for row in categories.rows()),
        home=home,
        authors=tuple(Seen(*row) for row in authors.rows()),
        bylines=tuple(_bylines(notes)),
        initials=tuple(_initials(notes, [name for name, _, _ in authors.rows()])),
        chrome=tuple(seen for seen in chrome if not _is_heading(notes, seen)),
        headings=tuple(seen for seen in chrome if _is_heading(notes, seen)),
        known=tuple(known),
    )


def _names_of(*found: Seen | None) -> frozenset[str]:
    return frozenset(seen.text for seen in found if seen)


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
    if masked in notes.facts or _is_title(notes, masked, line) or not any(char.isalpha() for char in masked):
        return True
    if masked.casefold().rstrip(" :") in LABELS_ALONE or any(stamp.role != "not" for stamp in stamps.read(line.text)):
        return True
    small = byline.read(line.text)
    return bool(small and (small.authors or small.labelled or small.counted)) or dateline.read(line.text) is not None


def _is_heading(notes: Notes, seen: Seen) -> bool:
    """Whether a line that is no sentence stands between the paragraphs of most stories, as `Ingredients` does."""
    return not _reads_like_prose(notes.samples[seen.text]) and notes.headings.pages(seen.text) >= OFTEN * seen.pages


def _is_title(notes: Notes, masked: str, line: Line) -> bool:
    """Whether a line that most pages list below their stories stands above one, which is the article that it names."""
    return line.words >= SHORTEST_HEADLINE and 0 < notes.above.pages(masked) < OFTEN * notes.lines.pages(masked)


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


def _spelled(found: Tally[str], notes: Notes) -> Tally[str]:
    """The categories as a menu spells them, where articles print them in capitals."""
    rows = notes.lines.rows(OFTEN * notes.pages)
    menu = {text.casefold(): text for text, _, _ in reversed(rows) if not text.isupper()}
    spelled: Tally[str] = Tally()
    for value, pages, examples in found.rows():
        spelled.add(menu.get(value.casefold(), value), examples, pages)
    return spelled


def _home(notes: Notes) -> Seen | None:
    """What paths begin with, above the sections."""
    for label, pages, examples in notes.homes.rows(max(FEWEST, OFTEN * notes.pages), varied=SECTIONS):
        if label not in notes.lines and (_is_no_category(label) or not learned.is_category(label)):
            return Seen(label, pages, examples)
    return None


def _bylines(notes: Notes) -> list[Seen]:
    """The words that stand before different names: of words that begin alike, the longest on as many pages."""
    rows = notes.words.rows(max(FEWEST, SIGNED * notes.pages), varied=max(PEOPLE, TWICE / notes.pages))
    return [
        Seen(*row)
        for row in rows
        if not any(other[0].startswith(f"{row[0]} ") and other[1] == row[1] for other in rows)
    ]


def _initials(notes: Notes, people: Sequence[str]) -> list[Seen]:
    """The initials that sign stories, with whose they can only be; twice seen, also those of nobody or of several."""
    found: list[Seen] = []
    for initials, pages, examples in notes.initials.rows():
        is_house = initials in names.AGENCIES or initials in agencies.WIRES or names.is_account(initials)
        owner = housestyle.owner(initials, people)
        if not is_house and (owner or pages >= TWICE):
            found.append(Seen(f"{initials}{housestyle.MARK} {owner}".rstrip(), pages, examples))
    return found


def _site_name(notes: Notes, recurring: Sequence[Seen]) -> Seen | None:
    """What stands beside most titles, or else the short first line that the line about rights names."""
    fewest = max(FEWEST, ceil(OFTEN * notes.pages))
    for side, pages, examples in notes.sites.rows(fewest, varied=TITLES):
        if side.casefold() not in sections.CATEGORIES:
            return Seen(side, pages, examples)
    rights = " ".join(line.text for line in recurring if any(word in line.text.casefold() for word in RIGHTS))
    for head, pages, examples in notes.heads.rows(fewest):
        if head in rights and len(head) > 2:
            return Seen(head, pages, examples)
    return None
