"""In which sections an article stands, and its tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from feedpub.finders import byline
from feedpub.finders.byline import CATEGORIES
from feedpub.finders.lines import Line, ends_sentence
from feedpub.finders.page import Page
from feedpub.finders.smallprint import FILED, Print
from feedpub.lexicon import table
from feedpub.model import Clue, Trust
from feedpub.normalise import one_line

NEAR = 12  # lines above the title in which a breadcrumb stands
LONGEST = 40  # characters of a category
OPEN = ("text", "section")  # kinds of lines that may be part of a breadcrumb
MOST_TAGS = 12
NEAR_TAGS, FEWEST_BARE, MOST_TAG_WORDS = 4, 2, 3  # tags that nothing labels: lines below the story, and words
STEM = 4  # letters in which a word and its other cases agree
CLOSING = 2  # short lines above one that closes a menu
MOST_LISTED = 5  # sections that a line above the headline names
FILED_ABOVE, FILED_BELOW, LONGEST_FILED = 3, 16, 200  # lines beside the article that say where it is filed; characters
MOST_KICKER, MOST_ALONE = 4, 3  # words of a kicker; categories above a title that are no menu
SHORTEST_TITLE = 16  # characters of a breadcrumb's part by which it is known as the title
KICKERS = frozenset(("text", "nav", "weak"))
ARROWS = frozenset("←→‹›«»")
PATH_MARKS = frozenset("/>»›→|")
MOST_SECTIONS = 2  # lines of a breadcrumb; a menu has more
_CHROME = table("chrome")
HOME = frozenset(word.casefold() for word in _CHROME["home"])
_TAG_LABELS = sorted((word.casefold() for word in _CHROME["tags"]), key=len, reverse=True)
_PATH = re.compile(r"\s*[>»›/|→▸]\s*")
_TAG_WORDS = "|".join(re.escape(word.rstrip(": ：")) for word in _TAG_LABELS)
_TAG_LINE = re.compile(rf"#?(?:{_TAG_WORDS})\s?[:：]\s*(.+)", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_FILING = (FILED - frozenset(_TAG_LABELS)) | {"filed under"}  # which names tags on some pages, and sections on most
_FILED = re.compile(
    rf"(?:^|.*?[\s(])(?:{'|'.join(map(re.escape, sorted(_FILING, key=len, reverse=True)))})"
    r"(?:\s?[:：]\s?|\s)(?=[^\W\d])(.+)",
    re.IGNORECASE,
)
_TAGGED = re.compile(
    r"[\s|,.]*(?:\b|(?<=[^\W\d_])(?=(?-i:[A-Z])))(?:(?:und|and)\s)?"
    r"(?:tagged(?: with)?|tags|getaggt mit|verschlagwortet mit|schlagworte|schlagwörter|étiqueté|etiquetado(?: con)?)"
    r"\s?[:：]?\s",
    re.IGNORECASE,
)
_AFTER_FILED = re.compile(r"\s?[|·•(]\s?|\s(?:von|by|am|on|und mit|and with)\s|\.\s|\s?\d|\sveröffentlicht$")
_BULLET = re.compile(r"^(?:[*+•·‣▪-]|o|\d{1,2}\.)\s+")
_ADDRESS = re.compile(r"https?$|\.[a-z]{2,3}$|\d")
_SECTION_LIST = re.compile(r"\s*[,、،|•·]\s*|\s/\s")


def is_known(label: str) -> bool:
    """Whether newsrooms use the label for a section."""
    return CATEGORIES.get(label.casefold(), "none") != "none"


def clues(page: Page) -> Iterator[Clue]:
    """Labelled categories, then breadcrumbs and glued ones, then those that stand alone near the title."""
    tags = list(_tags(page))
    yield from tags
    near = [small for small in page.prints if small.found.categories and small.side != "below"]
    yield from _printed((small for small in near if small.found.filed), "category-labelled")
    yield from _printed((small for small in near if small.found.counted), "category-in-byline")
    yield from _breadcrumb(page)
    yield from _printed(near, "category-in-byline")
    yield from _posted(page)
    below = (small for small in page.prints if small.found.filed and not _TAG_LINE.match(small.line.text))
    yield from _printed(below, "category-labelled")
    yield from _kicker(page)
    yield from _alone(page)
    for tag in tags:
        if is_known(tag.value[0]) and CATEGORIES[tag.value[0].casefold()] not in ("world", "national", "local"):
            yield Clue("categories", tag.value[:1], "category-among-tags", Trust.GUESSED, tag.line)


def _printed(prints: Iterable[Print], rule: str) -> Iterator[Clue]:
    for small in prints:
        yield from _clue(small.found.categories, rule, small.line)


def _clue(labels: Sequence[str], rule: str, line: Line, trust: Trust = Trust.WRITTEN) -> Iterator[Clue]:
    kept = tuple(
        dict.fromkeys(label for label in map(_label, labels) if label and CATEGORIES.get(label.casefold()) != "none")
    )
    if kept:
        yield Clue("categories", kept, rule, trust, line.number)


def _bare(text: str) -> str:
    """A line without the mark or number of its list, and without the marks of a path at its end."""
    return _BULLET.sub("", text, count=1).rstrip(" />»›|,")


def _label(printed: str) -> str:
    label = one_line(printed).strip(" ,;:.|-–—»>#")
    if not ARROWS.isdisjoint(label):
        return ""
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
        home = len(parts) > 1 and parts[0].casefold().rpartition(": ")[2] in HOME
        if home or (len(parts) > 1 and at >= page.title_at - 2 and _leads(parts, page)):
            yield from _clue(_sections(parts[home:], page), "breadcrumb", line)
            return
        if _bare(line.text).casefold() in HOME and at + 1 < page.title_at:
            below = [_bare(one.text) for one in page.lines[at + 1 : page.title_at] if one.kind in OPEN and not one.gap]
            if 0 < len(below) <= MOST_SECTIONS and len(below) == page.title_at - at - 1:
                yield from _clue(_sections(below, page), "breadcrumb-lines", line)
                return


def _leads(parts: Sequence[str], page: Page) -> bool:
    """Whether a path without a home leads to the page: from a known section, or to its own title."""
    sections = _sections(parts, page)
    if not sections or any(part.count(" ") >= MOST_KICKER for part in sections):
        return False
    return len(sections) < len(parts) or is_known(sections[0])


def _sections(parts: Sequence[str], page: Page) -> list[str]:
    """The breadcrumb up to the page itself."""
    headline = page.lines[page.title_at].text if page.title_at is not None else ""
    kept: list[str] = []
    for part in parts:
        start = part.rstrip("….")[:24]
        if start and headline.startswith(start) and (len(start) >= SHORTEST_TITLE or start == headline):
            break
        kept.append(part)
    return [
        part for part in kept if part and len(part) <= LONGEST and not byline.read(part) and not _ADDRESS.search(part)
    ]


def _kicker(page: Page) -> Iterator[Clue]:
    """A few words near the title that the page prints elsewhere too: the section, also when no table knows it."""
    if page.title_at is None:
        return
    for at in (page.title_at - 1, page.title_at - 2, page.title_at + 1, page.title_at + 2):
        if not 0 <= at < page.start or not _may_be_kicker(page, at):
            continue
        labels = _SECTION_LIST.split(_bare(page.lines[at].text))
        if len(labels) == 1 and is_known(labels[0]):
            return  # and its neighbours, perhaps
        if any(_again(page, label, at) for label in labels) and not _names_site(page, at):
            yield from _clue(labels, "category-in-menu", page.lines[at])
            return


def _may_be_kicker(page: Page, at: int) -> bool:
    line = page.lines[at]
    text = _bare(line.text)
    labels = _SECTION_LIST.split(text)
    if not text or line.kind not in KICKERS or len(labels) > MOST_LISTED or ends_sentence(text):
        return False
    if any(char.isdigit() for char in text) or byline.read(text):
        return False
    return all(label[:1].isalpha() and label.count(" ") < MOST_KICKER and len(label) <= LONGEST for label in labels)


def _again(page: Page, label: str, at: int) -> bool:
    """Whether a label stands alone in the menu above; below the story too, when it is no name."""
    if _closes_menu(page.lines, at):
        return False
    elsewhere = page.lines[:at] if byline.bare(label) else (*page.lines[:at], *page.lines[page.stop :])
    return any(_bare(line.text).casefold() == label.casefold() for line in elsewhere)


def _closes_menu(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the last of a list of links: short lines above, and no blank line before it alone."""
    above = lines[max(0, at - CLOSING) : at]
    if len(above) < CLOSING or (lines[at].gap and not above[-1].gap):
        return False
    return all(one.kind == "text" and one.words <= MOST_ALONE and len(one.text) > 1 for one in above)


def _names_site(page: Page, at: int) -> bool:
    """Whether the words are the name of the site, which stands first of all or in the footer."""
    text = page.lines[at].text
    return any(text in line.text and line.kind == "end" for line in page.lines[page.stop :])


def _alone(page: Page) -> Iterator[Clue]:
    """Known categories on lines of their own, just above or below the title; of a menu only the nearest."""
    if page.title_at is None:
        return
    labels: list[tuple[str, Line]] = []
    joined = False
    for at in range(page.title_at - 1, max(-1, page.title_at - 7), -1):
        line = page.lines[at]
        label = _bare(line.text).strip(" :")
        if line.kind == "text" and is_known(label) and label.casefold() not in HOME:
            labels.insert(0, (label, line))
            if line.gap and at and not page.lines[at - 1].gap:
                break  # what stands above the blank line is a menu
        elif labels and line.text in PATH_MARKS:
            joined = True
        elif labels or line.prose:
            break
    if 1 <= len(labels) <= MOST_ALONE:
        menu = not joined and not labels[0][1].gap
        yield from _clue(
            [label for label, _ in (labels[-1:] if menu else labels)], "category-above-title", labels[0][1]
        )
    for at in range(page.title_at + 1, max(page.start, page.title_at + 1)):
        line = page.lines[at]
        label = _bare(line.text).strip(" :")
        if line.kind == "text" and is_known(label) and not page.lines[at - 1].text.isdigit():
            yield from _clue([label], "category-below-title", line)


def _posted(page: Page) -> Iterator[Clue]:
    """`Filed under: Boats, Weather | 3 comments`, near the headline and below the story."""
    top = page.title_at if page.title_at is not None else page.start
    for line in (*page.lines[max(0, top - FILED_ABOVE) : page.start], *page.lines[page.stop : page.stop + FILED_BELOW]):
        if sections := _filed(line):
            yield from _clue(sections, "posted-in", line)


def _filed(line: Line) -> list[str]:
    """The sections that a line names behind their label; in a sentence only when it goes on with tags."""
    match = _FILED.match(_bare(line.text)) if len(line.text) <= LONGEST_FILED else None
    if match is None or (line.prose and not _TAGGED.search(match[1])):
        return []
    printed = _AFTER_FILED.split(_TAGGED.split(match[1], maxsplit=1)[0], maxsplit=1)[0]
    sections = _SECTION_LIST.split(printed)
    return sections if all(section.count(" ") < MOST_KICKER for section in sections) else []


def _tags(page: Page) -> Iterator[Clue]:
    """`Tags: a, b`, or a label and a tag a line."""
    tail = page.lines[page.stop : page.stop + 30]
    for at, line in enumerate(tail):
        text = line.text
        if len(text) > 300:
            continue
        if _FILED.match(text) and len(tagged := _TAGGED.split(text, maxsplit=1)) > 1:
            yield from _tag_clue(_AFTER_FILED.split(tagged[1], maxsplit=1)[0].split(","), line)
            return
        if text[0] == "#" and (hashed := _hashtags(text)):
            yield from _tag_clue(hashed, line)
            return
        match = _TAG_LINE.match(text)
        if match:
            tags = re.split(r"\s*[,、،|;]\s*", match[1])
            glued = len(tags) == 1 and text[match.start(1) - 1] in ":："
            yield from _tag_clue(_GLUED.split(tags[0]) if glued else tags, line)
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
    yield from _bare_tags(page, tail)


def _hashtags(text: str) -> list[str]:
    """`#lighthouse #post`, when the line holds nothing else."""
    words = text.split()
    return [word[1:] for word in words] if all(word[0] == "#" and len(word) > 1 for word in words) else []


def _bare_tags(page: Page, tail: Sequence[Line]) -> Iterator[Clue]:
    """A few words a line right below the story, which all speak of it and of which one is no name."""
    start = next((at for at, line in enumerate(tail[:NEAR_TAGS]) if line.gap and line.kind == "text"), None)
    if start is None:
        return
    block = [tail[start]]
    for line in tail[start + 1 : start + 1 + MOST_TAGS]:
        if line.gap or line.kind != "text":
            break
        block.append(line)
    if len(block) < FEWEST_BARE or any(line.words > MOST_TAG_WORDS or not line.text[0].isalpha() for line in block):
        return
    story = " ".join(line.text for line in page.body).casefold()
    told = all(line.text.casefold()[:STEM] in story for line in block)
    if told and any(line.text[0].islower() for line in block):
        yield from _tag_clue([line.text for line in block], block[0])


def _tag_clue(tags: Sequence[str], line: Line) -> Iterator[Clue]:
    kept = tuple(dict.fromkeys(one for tag in tags if (one := one_line(tag).strip(" #,.;·")) and len(one) <= LONGEST))
    if kept:
        yield Clue("tags", kept[:MOST_TAGS], "tags", Trust.WRITTEN, line.number)
