"""Sections that nothing labels: a few words near the headline that newsrooms use for one, or the page elsewhere too.

Takes a page, gives clues. What only closes a menu above the headline is no section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from feedpub.finders import byline, menus, names
from feedpub.finders.filed import SECTION_LIST
from feedpub.finders.lines import Line, ends_sentence
from feedpub.finders.page import Page
from feedpub.finders.places import known_place
from feedpub.finders.sectionclues import found, named
from feedpub.finders.sections import HOME, LONGEST, MOST_WORDS, bare, is_general, is_known, is_refused
from feedpub.model import Clue

MOST_LISTED = 5  # sections on one line
LONGEST_MENU = 16  # lines of a menu in which the first section of a path is looked for
MOST_ALONE = 3  # sections above or below a title that are no menu
REACH, MOST_BETWEEN = 6, 1  # lines above the title; of those below a section, so many may be anything
PASSED = frozenset(("share", "ad", "weak", "caption", "notice"))  # kinds of lines between a section and the title
PATH_MARKS = frozenset("/>»›→|")
LONGEST_MARKS = 6  # characters of the marks of a list or a path around a label
SHORTEST_TITLE = 12  # characters by which a line is known to repeat the title
_NO_KICKER = re.compile(r"\d|[a-zß-ÿ][A-ZÀ-Þ]")  # ShareTweetEmail


def clues(page: Page) -> Iterator[Clue]:
    """What stands near the title and elsewhere too, then known sections above it, then those below."""
    if page.title_at is None:
        return
    yield from _kicker(page, page.title_at)
    yield from _above(page, page.title_at)
    yield from _below(page, page.title_at)
    yield from _general(page, page.title_at - 1)


def beside_dates(page: Page) -> Iterator[Clue]:
    """`2 May 2025 Tides`: what stands beside the date, when it is known for a section or stands alone in a menu."""
    for small in page.prints:
        label = bare(small.found.left)
        if small.side == "below" or not small.found.stamps or not label or not _may_be_kicker(label):
            continue
        if known_place(label) and small.line.text.startswith(label):
            continue  # Porto - 2 May 2025, where it was written
        if is_known(label) or is_general(label) or (_again(page, label, small.at) and not _names_site(page, label)):
            yield from named([label], "category-beside-date", small.line)


def _general(page: Page, at: int) -> Iterator[Clue]:
    """`News` right above the title, when no menu ends there."""
    line = page.lines[at]
    if at >= 0 and line.kind == "text" and is_general(bare(line.text)) and not menus.closes(page.lines, at):
        yield from named([bare(line.text)], "category-above-title", line)


def _kicker(page: Page, title_at: int) -> Iterator[Clue]:
    """A few words near the title that the page prints elsewhere too: the section, also when no table knows it."""
    for at in (title_at - 1, title_at - 2, title_at + 1, title_at + 2):
        text = bare(page.lines[at].text) if 0 <= at < page.start and page.lines[at].kind == "text" else ""
        if not text or not _may_be_kicker(text):
            continue
        labels = SECTION_LIST.split(text)
        if len(labels) == 1 and is_known(labels[0]):
            return  # and its neighbours, perhaps
        again = not menus.closes(page.lines, at) and any(_again(page, label, at) for label in labels)
        if again and not _names_site(page, page.lines[at].text):
            yield from found(labels, "category-in-menu", page.lines[at])
            return


@lru_cache(maxsize=2048)  # the same sections, again and again
def _may_be_kicker(text: str) -> bool:
    """Whether the words are nothing but the names of sections."""
    labels = SECTION_LIST.split(text)
    if len(labels) > MOST_LISTED or ends_sentence(text) or text[-1] == ":":
        return False
    if _NO_KICKER.search(text) or byline.read(text):
        return False
    return all(
        label[:1].isalpha()
        and label.count(" ") < MOST_WORDS
        and len(label) <= LONGEST
        and label.casefold() not in names.AGENCIES
        and not any(is_refused(word) for word in label.split())
        for label in labels
    )


def _again(page: Page, label: str, at: int) -> bool:
    """Whether a label stands alone in the menu above; below the story too, when it is no name."""
    below = range(0) if byline.bare(label) else range(page.stop, len(page.lines))
    folded = label.casefold()
    longest = len(label) + LONGEST_MARKS
    lines = page.lines
    others = [
        one
        for part in (range(at), below)
        for one in part
        if len(text := lines[one].text) <= longest and folded in text.casefold() and bare(text).casefold() == folded
    ]
    return bool(others) and not any(_same_before(lines, one, at) for one in others)


def _same_before(lines: Sequence[Line], one: int, other: int) -> bool:
    """Whether both lines follow the same words: a menu that is printed twice."""
    before = lines[one - 1].text if one and other else ""
    return before == lines[other - 1].text and before.casefold() not in HOME if before else False


def _names_site(page: Page, text: str) -> bool:
    """Whether the words are the name of the site, which stands in the footer."""
    return any(text in line.text and line.kind == "end" for line in page.lines[page.stop :])


def _above(page: Page, title_at: int) -> Iterator[Clue]:
    """Known sections on lines of their own above the title; of a menu the nearest, when the page names it again."""
    last = _nearest(page, title_at)
    if last is None:
        return
    run, joined = _run(page.lines, last)
    if len(run) > MOST_ALONE or (not joined and _is_menu(page, title_at, run)):
        run = _path(page, run)
        if not run:
            return
    elif not joined and not page.lines[run[0]].gap:
        run = [last]
    yield from found([_section(page.lines[at]) for at in run], "category-above-title", page.lines[run[0]])


def _is_menu(page: Page, title_at: int, run: Sequence[int]) -> bool:
    """Whether known sections in a row are the end of a menu."""
    if menus.are_siblings([_section(page.lines[at]) for at in run]) or menus.holds(page.lines, run[-1], title_at):
        return True
    parted = page.lines[run[-1] + 1].gap and not page.lines[run[-1]].gap
    return not parted and menus.closes(page.lines, run[0])


def _path(page: Page, run: list[int]) -> list[int]:
    """The end of a menu from where one of its sections stands again, and leads to those below it."""
    lines, last = page.lines, run[-1]
    if _again(page, _section(lines[last]), last):
        return run[-1:]
    menu = map(_section, lines[max(0, last - LONGEST_MENU) : last - 1])
    return run[-2:] if len(run) > MOST_ALONE and _section(lines[last - 1]) in menu else []


def _nearest(page: Page, title_at: int) -> int | None:
    """The nearest known section above the title, when hardly anything stands between."""
    between = 0
    for at in range(title_at - 1, max(-1, title_at - REACH - 1), -1):
        line = page.lines[at]
        if _section(line):
            return at
        if line.kind not in PASSED and not _is_small(page, at):
            between += 1
        if line.prose or between > MOST_BETWEEN:
            return None
    return None


def _is_small(page: Page, at: int) -> bool:
    """Whether a line is a date or a number, or repeats the title."""
    text = page.lines[at].text
    title = page.lines[page.title_at or 0].text
    return text.isdigit() or title.startswith(text.rstrip("….")[:SHORTEST_TITLE]) or byline.read(text) is not None


def _run(lines: Sequence[Line], last: int) -> tuple[list[int], bool]:
    """The known sections that stand together down to the last, and whether the marks of a path part them."""
    run, joined = [last], False
    for at in range(last - 1, max(-1, last - REACH), -1):
        if _section(lines[at]) and not (lines[at + 1].gap and not lines[at].gap and at + 1 in run):
            run.insert(0, at)
        elif lines[at].text in PATH_MARKS:
            joined = True
        else:
            break
    return run, joined


def _section(line: Line) -> str:
    """The known section that a line holds and nothing else."""
    label = bare(line.text).strip(" :") if line.kind == "text" and len(line.text) <= LONGEST else ""
    return label if label and is_known(label) and label.casefold() not in HOME else ""


def _below(page: Page, title_at: int) -> Iterator[Clue]:
    """Known sections between the title and the story, when they are few."""
    below = range(title_at + 1, max(page.start, title_at + 1))
    known = [at for at in below if _section(page.lines[at]) and not page.lines[at - 1].text.isdigit()]
    for at in known if len(known) <= MOST_ALONE else ():
        yield from found([_section(page.lines[at])], "category-below-title", page.lines[at])
