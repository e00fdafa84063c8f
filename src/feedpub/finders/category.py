"""In which sections an article stands, and its tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedpub.finders.byline import CATEGORIES
from feedpub.finders.lines import Line
from feedpub.finders.page import Page
from feedpub.lexicon import table
from feedpub.model import Clue, Trust
from feedpub.normalise import one_line

NEAR = 12  # lines above the title in which a breadcrumb stands
LONGEST = 40  # characters of a category
MOST_TAGS = 12
MOST_SECTIONS = 2  # lines of a breadcrumb; a menu has more
_CHROME = table("chrome")
HOME = frozenset(word.casefold() for word in _CHROME["home"])
_TAG_LABELS = sorted((word.casefold() for word in _CHROME["tags"]), key=len, reverse=True)
_PATH = re.compile(r"\s*[>»›/|→▸]\s*")
_TAG_WORDS = "|".join(re.escape(word.rstrip(": ：")) for word in _TAG_LABELS)
_TAG_LINE = re.compile(rf"#?(?:{_TAG_WORDS})\s?[:：]\s*(.+)", re.IGNORECASE)
_POSTED = re.compile(
    r"(?:Posted in|Filed under|Veröffentlicht in)\s?:?\s(.{2,80}?)"
    r"(?:\s?(?:Tagged(?: with)?|Verschlagwortet mit)\s(.+?))?(?:\s?\d+ (?:Comments?|Kommentare?))?$",
    re.IGNORECASE,
)


def is_known(label: str) -> bool:
    """Whether newsrooms use the label for a section."""
    return CATEGORIES.get(label.casefold(), "none") != "none"


def clues(page: Page) -> Iterator[Clue]:
    """Labelled categories, then breadcrumbs and glued ones, then known ones that stand alone near the title."""
    tags = list(_tags(page))
    yield from tags
    for small in page.prints:
        if small.found.filed and small.side != "below":
            yield from _clue(small.found.categories, "category-labelled", small.line)
    for small in page.prints:
        if small.found.categories and small.found.counted and small.side != "below":
            yield from _clue(small.found.categories, "category-in-byline", small.line)
    yield from _breadcrumb(page)
    for small in page.prints:
        if small.found.categories and small.side != "below":
            yield from _clue(small.found.categories, "category-in-byline", small.line)
    yield from _posted(page)
    for small in page.prints:
        if small.found.filed and small.side == "below":
            yield from _clue(small.found.categories, "category-labelled-below", small.line)
    yield from _alone(page)
    for tag in tags:
        if is_known(tag.value[0]) and CATEGORIES[tag.value[0].casefold()] not in ("world", "national", "local"):
            yield Clue("categories", tag.value[:1], "category-among-tags", Trust.GUESSED, tag.line)


def _clue(labels: Sequence[str], rule: str, line: Line, trust: Trust = Trust.WRITTEN) -> Iterator[Clue]:
    kept = tuple(
        dict.fromkeys(label for label in map(_label, labels) if label and CATEGORIES.get(label.casefold()) != "none")
    )
    if kept:
        yield Clue("categories", kept, rule, trust, line.number)


def _label(printed: str) -> str:
    label = one_line(printed).strip(" ,;:.|-–—»>#")
    if label.isupper() and len(label) > 3:
        label = label.title() if " " in label else label.capitalize()
    return label if 2 <= len(label) <= LONGEST else ""


def _breadcrumb(page: Page) -> Iterator[Clue]:
    """`Home > Science > Oceans`, on one line or on several."""
    if page.title_at is None:
        return
    for at in range(page.title_at - 1, max(-1, page.title_at - NEAR - 1), -1):
        line = page.lines[at]
        parts = _PATH.split(line.text) if len(line.text) <= 120 else []
        if len(parts) > 1 and parts[0].casefold() in HOME:
            yield from _clue(_sections(parts[1:], page), "breadcrumb", line)
            return
        if line.kind == "home" and at + 1 < page.title_at:
            below = [one.text for one in page.lines[at + 1 : page.title_at] if one.kind == "text" and not one.gap]
            if 0 < len(below) <= MOST_SECTIONS and page.title_at - at <= MOST_SECTIONS + 2:
                yield from _clue(_sections(below, page), "breadcrumb-lines", line)
                return


def _sections(parts: Sequence[str], page: Page) -> list[str]:
    """The breadcrumb without the page itself."""
    headline = page.lines[page.title_at].text if page.title_at is not None else ""
    return [part for part in parts if part and len(part) <= LONGEST and not headline.startswith(part.rstrip("….")[:24])]


def _alone(page: Page) -> Iterator[Clue]:
    """Known categories on lines of their own, just above or below the title."""
    if page.title_at is None:
        return
    labels: list[tuple[str, Line]] = []
    for at in range(page.title_at - 1, max(-1, page.title_at - 7), -1):
        line = page.lines[at]
        if line.kind == "text" and is_known(line.text.strip(" :")):
            labels.insert(0, (line.text, line))
            if line.gap and at and not page.lines[at - 1].gap:
                break  # what stands above the blank line is a menu
        elif labels or line.prose:
            break
    if 1 <= len(labels) <= 3:
        yield from _clue([label for label, _ in labels], "category-above-title", labels[0][1])
    for line in page.lines[page.title_at + 1 : max(page.start, page.title_at + 1)]:
        if line.kind == "text" and is_known(line.text.strip(" :")):
            yield from _clue([line.text], "category-below-title", line)


def _posted(page: Page) -> Iterator[Clue]:
    for line in page.lines[page.stop : page.stop + 16]:
        match = _POSTED.match(line.text) if len(line.text) <= 160 else None
        if match:
            yield from _clue(match[1].split(","), "posted-in", line)


def _tags(page: Page) -> Iterator[Clue]:
    """`Tags: a, b`, or a label and a tag a line."""
    tail = page.lines[page.stop : page.stop + 30]
    for at, line in enumerate(tail):
        text = line.text
        if len(text) > 300:
            continue
        posted = _POSTED.match(text)
        if posted and posted[2]:
            yield from _tag_clue(posted[2].split(","), line)
            return
        match = _TAG_LINE.match(text)
        if match:
            yield from _tag_clue(re.split(r"\s*[,、،|;]\s*", match[1]), line)
            return
        if line.kind in ("tags", "topics"):
            listed: list[str] = []
            for below in tail[at + 1 : at + 1 + MOST_TAGS]:
                if below.kind != "text" or below.words > 4 or (listed and below.gap and line.kind == "topics"):
                    break
                listed.append(below.text)
            if listed:
                yield from _tag_clue(listed, line)
                return


def _tag_clue(tags: Sequence[str], line: Line) -> Iterator[Clue]:
    kept = tuple(dict.fromkeys(one for tag in tags if (one := one_line(tag).strip(" #,.;·")) and len(one) <= LONGEST))
    if kept:
        yield Clue("tags", kept[:MOST_TAGS], "tags", Trust.WRITTEN, line.number)
