"""Tags of an article: `Tags: a, b`, `#a #b`, a label and a tag a line, or short words right below the story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from feedpub.finders.filed import AFTER_FILED, TAG_LABELS, TAGGED, label_in
from feedpub.finders.lines import Line
from feedpub.finders.page import Page
from feedpub.finders.sections import LONGEST
from feedpub.model import Clue, Trust
from feedpub.normalise import one_line

MOST_TAGS = 12
BELOW, LONGEST_LINE = 30, 300  # lines below the story, and characters of one, that may hold tags
MOST_WORDS = 4  # of a tag on a line of its own
NEAR_TAGS, FEWEST_BARE, MOST_TAG_WORDS = 4, 2, 3  # tags that nothing labels: lines below the story, and words
LABELS = frozenset(("tags", "topics"))  # kinds of lines below which tags are listed
STEM = 4  # letters in which a word and its other cases agree
_TAG_WORDS = "|".join(re.escape(word.rstrip(": ：")) for word in TAG_LABELS)
TAG_LINE = re.compile(rf"#?(?:{_TAG_WORDS})\s?[:：]\s*(.+)", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")


def clues(page: Page) -> Iterator[Clue]:
    """The tags in the first line below the story that has some."""
    tail = page.lines[page.stop : page.stop + BELOW]
    for at, line in enumerate(tail):
        tags = _printed(line.text) if len(line.text) <= LONGEST_LINE else ()
        if not tags and line.kind in LABELS:
            tags = _listed(tail, at)
        if tags:
            yield from _clue(tags, line)
            return
    yield from _bare(page, tail)


@lru_cache(maxsize=4096)  # what stands below a story stands on each of its site's pages
def _printed(text: str) -> Sequence[str]:
    """The tags that a line holds behind their label."""
    if label_in(text) and len(tagged := TAGGED.split(text, maxsplit=1)) > 1:
        return AFTER_FILED.split(tagged[1], maxsplit=1)[0].split(",")
    if text[0] == "#" and (hashed := _hashtags(text)):
        return hashed
    match = TAG_LINE.match(text) if ":" in text or "：" in text else None
    if match is None:
        return []
    tags = re.split(r"\s*[,、،|;]\s*", match[1])
    glued = len(tags) == 1 and text[match.start(1) - 1] in ":："
    return _GLUED.split(tags[0]) if glued else tags


def _listed(tail: Sequence[Line], at: int) -> list[str]:
    """The tags on the lines below their label."""
    kind = tail[at].kind
    listed: list[str] = []
    for below in tail[at + 1 : at + 1 + MOST_TAGS]:
        if below.kind != "text" or below.words > MOST_WORDS or (listed and below.gap and kind == "topics"):
            break
        listed.append(below.text)
    return listed


def _hashtags(text: str) -> list[str]:
    """`#lighthouse #post`, when the line holds nothing else."""
    words = text.split()
    return [word[1:] for word in words] if all(word[0] == "#" and len(word) > 1 for word in words) else []


def _bare(page: Page, tail: Sequence[Line]) -> Iterator[Clue]:
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
        yield from _clue([line.text for line in block], block[0])


def _clue(tags: Sequence[str], line: Line) -> Iterator[Clue]:
    kept = tuple(dict.fromkeys(one for tag in tags if (one := one_line(tag).strip(" #,.;·")) and len(one) <= LONGEST))
    if kept:
        yield Clue("tags", kept[:MOST_TAGS], "tags", Trust.WRITTEN, line.number)
