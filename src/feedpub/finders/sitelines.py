"""The lines of a page that its site prints on nearly every one, and those that only its site's words explain.

Takes a page's lines and what is known of the site, gives the lines with their kinds. Never touches part of a line.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from feedpub.finders import housestyle
from feedpub.finders.learned import BY, DIGITS, SECTION, Known, is_category, names_category
from feedpub.finders.lines import Line

CHROME = "chrome"  # the kind of a line that stands on nearly every page of its site


def mark(lines: Sequence[Line], site: Known) -> Sequence[Line]:
    """The lines, with those marked as chrome that stand on every page of the site, whole and but for their numbers.

    Above the story, a category of the site's own is marked as one, so that it is taken for no title.
    What the tables know keeps its kind, which says more. Between two paragraphs a line with a number may be a step or a
    question: it stays. A category is only marked in a menu, and once: printed again, or alone, it is the page's own.
    """
    if not (site.chrome or site.categories or site.bylines):
        return lines
    found = [line.kind in ("text", "prose") and DIGITS.sub("0", line.text) in site.chrome for line in lines]
    menu: set[str] = set()
    marked: list[Line] = []
    above = True
    for at, line in enumerate(lines):
        is_chrome = found[at]
        if is_chrome and names_category(line.text, site):
            is_chrome = line.text not in menu and _in_menu(lines, found, at, site)
            menu.add(line.text)
        elif is_chrome and DIGITS.search(line.text):
            is_chrome = not (_is_story(lines, found, at - 1) and _is_story(lines, found, at + 1))
        above = above and (is_chrome or not line.prose)
        kind = CHROME if is_chrome else _own_kind(line, site, above=above) if line.kind == "text" else line.kind
        marked.append(line if kind == line.kind else replace(line, kind=kind))
    return marked


def _own_kind(line: Line, site: Known, *, above: bool) -> str:
    """The kind of a line by the site's own categories, above the story, and its own words before names."""
    if above and line.text.casefold() in site.spelling and not is_category(line.text):
        return SECTION
    return BY if housestyle.names_behind(line.text, site.bylines) else line.kind


def _in_menu(lines: Sequence[Line], found: Sequence[bool], at: int, site: Known) -> bool:
    """Whether another category of the menu stands right above or below."""
    beside = (other for other in (at - 1, at + 1) if 0 <= other < len(lines) and found[other])
    return any(names_category(lines[other].text, site) for other in beside)


def _is_story(lines: Sequence[Line], found: Sequence[bool], at: int) -> bool:
    return 0 <= at < len(lines) and lines[at].prose and not found[at]
