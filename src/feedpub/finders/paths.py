"""Breadcrumbs: `Home > Science > Oceans`, on one line or on several, above the headline.

Takes a page, gives the sections through which its path leads, without the home and the page itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedpub.finders import byline, menus, names
from feedpub.finders.filed import SECTION_LIST
from feedpub.finders.lines import Line
from feedpub.finders.page import Page
from feedpub.finders.sectionclues import named
from feedpub.finders.sections import HOME, LONGEST, MOST_WORDS, bare, is_known, is_refused
from feedpub.model import Clue

NEAR = 12  # lines above the title in which a path stands
LONGEST_LINE = 120  # characters
SHORTEST_TITLE = 16  # characters by which a part is known as the page's title
MOST_SECTIONS, MOST_OPEN = 3, 2  # lines of a path, and of one that does not end in the title; a menu has more
OPEN = ("text", "section", "related", "weak")  # kinds of lines that may be part of one
MARKS = frozenset(">»›/|→▸")
_PARTED = re.compile(r"\s*[>»›/|→▸]+\s*")
_ADDRESS = re.compile(r"https?$|www\.|\.[a-z]{2,3}$|^\d|[©@]")


def clues(page: Page) -> Iterator[Clue]:
    """The path nearest above the title."""
    if page.title_at is None:
        return
    for at in range(page.title_at - 1, max(-1, page.title_at - NEAR - 1), -1):
        line = page.lines[at]
        if found := _on_a_line(page, line, page.title_at - at):
            yield from named(found, "breadcrumb", line)
            return
        if bare(line.text).casefold() in HOME:
            yield from named(_on_lines(page, at), "breadcrumb-lines", line)
            return


def _on_a_line(page: Page, line: Line, far: int) -> list[str]:
    """The sections of a path on one line, `far` lines above the title."""
    if len(line.text) > LONGEST_LINE:
        return []
    if MARKS.isdisjoint(line.text):
        return _unparted(line.text, page)
    parts = [part for part in _PARTED.split(line.text) if part]
    home = bool(parts) and parts[0].casefold().rpartition(": ")[2] in HOME
    if len(parts) > 1 and not _ends_in_title(parts, page) and menus.are_siblings(parts):
        return []
    if len(parts) > 1 and home:
        return _sections(parts[1:], page)
    if len(parts) > 1 and far <= 2:
        return _sections(parts, page) if _leads(parts, page) else []
    return _unparted(line.text, page)


def _unparted(text: str, page: Page) -> list[str]:
    """`Home Science Oceans Whales sing again`: the words between the home and the page's title."""
    home, _, rest = text.partition(" ")
    if home.casefold() not in HOME:
        return []
    title = _title(page)[:SHORTEST_TITLE]
    at = rest.find(title) if len(title) == SHORTEST_TITLE else -1
    middle = rest[:at].strip() if at > 0 else ""
    return [middle] if middle and middle.count(" ") < MOST_WORDS else []


def _leads(parts: Sequence[str], page: Page) -> bool:
    """Whether a path without a home leads to the page: from a known section, or to its own title."""
    found = _sections(parts, page)
    if not found or any(part.count(" ") >= MOST_WORDS for part in found):
        return False
    return _ends_in_title(parts, page) or is_known(found[0])


def _on_lines(page: Page, at: int) -> list[str]:
    """The sections on the few lines between the home and the title; nothing when these are a menu."""
    between = [line for line in page.lines[at + 1 : page.title_at] if not MARKS.issuperset(line.text)]
    if not between or not all(line.kind in OPEN and line.gap == between[0].gap for line in between):
        return []
    parts = [bare(line.text) for line in between]
    told = _sections(parts, page)
    most = MOST_SECTIONS if _ends_in_title(parts, page) else MOST_OPEN
    return told if len(told) <= most and len(parts) <= most + 1 else []


def _sections(parts: Sequence[str], page: Page) -> list[str]:
    """The parts of a path up to the page itself that can be sections."""
    kept: list[str] = []
    for part in parts:
        if _is_title(part, page):
            break
        kept.append(part)
    return [part for part in kept if _may_be_section(part)]


def _may_be_section(part: str) -> bool:
    if not part or len(part) > LONGEST or _ADDRESS.search(part) or part.casefold() in names.AGENCIES:
        return False
    return not byline.read(part) and part[-1] != ":" and not any(map(is_refused, SECTION_LIST.split(part)))


def _ends_in_title(parts: Sequence[str], page: Page) -> bool:
    return any(_is_title(part, page) for part in parts)


def _is_title(part: str, page: Page) -> bool:
    """Whether a part is the page's title, or begins it and is cut."""
    start, title = part.rstrip("….")[:24], _title(page)
    return bool(start) and title.startswith(start) and (len(start) >= SHORTEST_TITLE or start == title)


def _title(page: Page) -> str:
    return page.lines[page.title_at].text if page.title_at is not None else ""
