"""In which sections an article stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feedpub.finders import filed, kickers, paths, tags
from feedpub.finders.page import Page
from feedpub.finders.sectionclues import found, named
from feedpub.finders.sections import CATEGORIES, is_known
from feedpub.finders.smallprint import Print
from feedpub.model import Clue, Trust

ABOVE, BELOW = 3, 16  # lines over the headline and below the story that say where it is filed
PLACES = ("world", "national", "local")  # of such sections, a tag may be only where something happened


def clues(page: Page) -> Iterator[Clue]:
    """Labelled categories, then breadcrumbs and glued ones, then those that stand alone near the title."""
    tagged = list(tags.clues(page))
    yield from tagged
    near = [small for small in page.prints if small.found.categories and small.side != "below"]
    yield from _labelled(small for small in near if small.found.filed)
    yield from _beside(small for small in near if small.found.counted and not small.found.filed)
    yield from paths.clues(page)
    yield from _beside(small for small in near if not small.found.filed)
    yield from _posted(page)
    yield from _labelled(
        small for small in page.prints if small.found.filed and not tags.TAG_LINE.match(small.line.text)
    )
    yield from kickers.clues(page)
    yield from kickers.beside_dates(page)
    for tag in tagged:
        if is_known(tag.value[0]) and CATEGORIES[tag.value[0].casefold()] not in PLACES:
            yield Clue("categories", tag.value[:1], "category-among-tags", Trust.GUESSED, tag.line)


def _labelled(prints: Iterable[Print]) -> Iterator[Clue]:
    for small in prints:
        yield from named(small.found.categories, "category-labelled", small.line)


def _beside(prints: Iterable[Print]) -> Iterator[Clue]:
    for small in prints:
        yield from found(small.found.categories, "category-in-byline", small.line)


def _posted(page: Page) -> Iterator[Clue]:
    """`Filed under: Boats, Weather | 3 comments`, near the headline and below the story."""
    top = page.title_at if page.title_at is not None else page.start
    for line in (*page.lines[max(0, top - ABOVE) : page.start], *page.lines[page.stop : page.stop + BELOW]):
        if labels := filed.sections(line):
            yield from named(labels, "posted-in", line)
