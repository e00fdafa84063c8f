"""Where a story goes on below a box that a page set among its paragraphs: a label, and titles of other stories.

Takes a page's lines and its passages, gives those of them that stand below such a box and are no teaser in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from feedpub.finders.lines import PAIRED, Line, ends_sentence, said, stems
from feedpub.finders.passages import FEWEST_WORDS, Passage
from feedpub.finders.weights import TALK, YOU

LONGEST_HEADING = 6  # words: below a title, a longer line is another one
MOST_TITLES, MOST_SURE = 4, 2  # of other stories in a box; so many that none may be a heading
BOXED = frozenset(("related", "text", "share", "ad"))  # what a box is made of
SHARED = 0.34  # what part of the pairs of a title its teaser takes up
MOST_TALK = 1  # words of a site about itself in a paragraph of the story
CALLS = ("?", "!", "…", "...")  # how a teaser ends
FEWEST_BUTTONS = 2  # times that a page prints what stands below each teaser: Read more


def resumed(lines: Sequence[Line], found: Sequence[Passage]) -> Iterator[int]:
    """Which passages go on with a story below a box."""
    for at in range(1, len(found)):
        box = lines[found[at - 1].stop : found[at].start]
        if box and all(line.kind in BOXED for line in box) and _is_below(lines, box, found[at]):
            yield at


def _is_below(lines: Sequence[Line], box: Sequence[Line], passage: Passage) -> bool:
    """Whether a passage stands below what may be a box, and is no teaser."""
    if not _tells(lines, passage):
        return False
    if listed := [line for line in box if line.kind == "text" and not line.dated]:
        return _is_labelled(box, listed) and not _is_teaser(lines, passage, listed[-1].text)
    return _is_button(lines, box[-1]) and not _is_button_below(lines, passage)


def _is_labelled(box: Sequence[Line], listed: Sequence[Line]) -> bool:
    """Whether a box is a label with a few titles of other stories."""
    return box[0].kind == "related" and len(listed) <= MOST_TITLES and all(map(_is_title, listed))


def titles(lines: Sequence[Line], found: Sequence[Passage]) -> frozenset[int]:
    """The lines between the passages of a story that are titles of others, below a label; none that may be a heading.

    The first below the label is one. Others may be headings of the story when it has such elsewhere.
    """
    gaps = [range(above.stop, below.start) for above, below in pairwise(found) if above.stop < below.start]
    labels = [next((at for at in gap if lines[at].kind == "related"), gap.stop) for gap in gaps]
    if all(label == gap.stop for gap, label in zip(gaps, labels, strict=True)):
        return frozenset()
    is_headed = any(
        label == gap.stop and lines[label - 1].kind == "text" for gap, label in zip(gaps, labels, strict=True)
    )
    listed: set[int] = set()
    for gap, label in zip(gaps, labels, strict=True):
        below = list(takewhile(lambda at: _is_title(lines[at]), range(label + 1, gap.stop)))
        listed.update(below[:1])
        listed.update(at for at in range(label + 1, gap.stop) if lines[at].dated)
        if not is_headed and len(below) <= MOST_SURE:
            listed.update(at for at in below if lines[at].words >= LONGEST_HEADING)
    return frozenset(listed)


def _tells(lines: Sequence[Line], passage: Passage) -> bool:
    """Whether a passage opens with a plain sentence, and speaks neither of the site nor to the reader."""
    text = lines[passage.start].text
    words = said(text)
    calls = text.endswith(CALLS) or not YOU.isdisjoint(words)
    return not calls and len(TALK & words) <= MOST_TALK


def _is_title(line: Line) -> bool:
    return (
        line.kind == "text"
        and not line.dated
        and line.words >= FEWEST_WORDS
        and line.text[-1] not in ",:："
        and not ends_sentence(line.text)
    )


def _is_teaser(lines: Sequence[Line], passage: Passage, title: str) -> bool:
    """Whether a single paragraph tells of the title above, or another title or a button stands below."""
    if passage.stop - passage.start > 1:
        return False
    about = stems(title)
    shared = len(about & stems(lines[passage.start].text))
    if shared > (SHARED * len(about) if title[0] > PAIRED else 0):
        return True
    if passage.stop == len(lines):
        return False
    below = lines[passage.stop]
    return (below.kind == "text" and _is_title(below)) or _is_button_below(lines, passage)


def _is_button_below(lines: Sequence[Line], passage: Passage) -> bool:
    return passage.stop < len(lines) and _is_button(lines, lines[passage.stop])


def _is_button(lines: Sequence[Line], line: Line) -> bool:
    """Whether a line is printed below one teaser after another."""
    return line.kind == "share" and sum(other.text == line.text for other in lines) >= FEWEST_BUTTONS
