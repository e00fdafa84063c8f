"""Where a story goes on below a box that a page set among its paragraphs: titles of other stories, or a form.

Takes a page's lines and its passages, gives those of them that stand below such a box and are no teaser in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import dropwhile, pairwise, takewhile

from feedpub.finders.lines import Line, ends_sentence
from feedpub.finders.passages import FEWEST_WORDS, Passage, is_title_of_box
from feedpub.finders.weights import QUOTES, TALK, YOU
from feedpub.finders.wording import PAIRED, said, stems

LONGEST_HEADING = 6  # words: below a title, a longer line is another one
MOST_TITLES, MOST_SURE = 4, 2  # of other stories in a box; so many that none may be a heading
BOXED = frozenset(("related", "text", "share", "ad"))  # what a box is made of
PICTURES = frozenset(("caption", "share"))  # what may stand between the story and a box
FORM = BOXED | PICTURES | {"weak", "notice"}  # what a form is made of, in which a newsletter is ordered
ASKING, LONGEST_FORM = frozenset(("weak", "notice")), 12  # kinds of lines that ask for it; lines of a form
FEWEST_ASKED = 2  # lines of it that ask, and lines that speak of the site
SHORTEST_GOING_ON = 120  # letters of a passage below it that goes on with the story
SHARED = 0.34  # what part of the pairs of a title its teaser takes up
MOST_TALK = 1  # words of a site about itself in a paragraph of the story
CALLS = ("?", "!", "…", "...")  # how a teaser ends
FEWEST_BUTTONS = 2  # times that a page prints what stands below each teaser: Read more


def resumed(lines: Sequence[Line], found: Sequence[Passage]) -> Iterator[int]:
    """Which passages go on with a story below a box."""
    stop = found[0].stop  # of what the story told last
    for at in range(1, len(found)):
        passage = found[at]
        tells = _tells(lines, passage)
        box = lines[found[at - 1].stop : passage.start]
        if tells and (
            _is_below(lines, box, passage)
            or (is_form(lines[stop : passage.start]) and _goes_on(lines, found[:at], passage))
        ):
            yield at
        if tells and TALK.isdisjoint(said(lines[passage.start].text)):
            stop = passage.stop


def _is_below(lines: Sequence[Line], box: Sequence[Line], passage: Passage) -> bool:
    """Whether a passage stands below what may be a box, and is no teaser."""
    box = list(dropwhile(lambda line: line.kind in PICTURES, box)) or box
    if not box or any(line.kind not in BOXED for line in box):
        return False
    if listed := [line for line in box if line.kind == "text" and not line.dated]:
        return _is_labelled(box, listed) and not _is_teaser(lines, passage, listed[-1].text)
    return _is_button(lines, box[-1]) and not _is_button_below(lines, passage)


def is_form(between: Sequence[Line]) -> bool:
    """Whether lines are those of a form for a newsletter, with what the site says of itself in it."""
    asking = sum([line.kind in ASKING for line in between])
    if asking < FEWEST_ASKED or len(between) > LONGEST_FORM:
        return False
    asked = sum([not TALK.isdisjoint(said(line.text)) for line in between])
    told = [line for line in between if line.kind not in FORM]
    is_all = all(line.prose and not TALK.isdisjoint(said(line.text)) for line in told)
    return is_all and asked >= FEWEST_ASKED


def form(lines: Sequence[Line], between: range) -> range:
    """The lines between two passages that are a form, down to the last that speaks of the site."""
    if not is_form(lines[between.start : between.stop]):
        return range(0)
    asking = [at for at in between if lines[at].kind in ASKING or not TALK.isdisjoint(said(lines[at].text))]
    return range(between.start, asking[-1])


def _goes_on(lines: Sequence[Line], above: Sequence[Passage], passage: Passage) -> bool:
    """Whether a passage speaks of what those above told, at some length, and is no teaser."""
    if passage.size < SHORTEST_GOING_ON or not TALK.isdisjoint(said(lines[passage.start].text)):
        return False
    if passage.stop - passage.start > 1:
        return True
    told = stems(" ".join([line.text for one in above for line in lines[one.start : one.stop]]))
    goes_on = any(not told.isdisjoint(stems(line.text)) for line in lines[passage.start : passage.stop])
    return goes_on and not _is_teaser(lines, passage, lines[passage.start - 1].text)


def _is_labelled(box: Sequence[Line], listed: Sequence[Line]) -> bool:
    """Whether a box is a label with a few titles of other stories."""
    titles = [line for line in listed if not _is_kicker(line)]
    return box[0].kind == "related" and 0 < len(titles) <= MOST_TITLES and all(map(_is_title, titles))


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
        below = list(takewhile(lambda at: _is_title(lines[at]) or _is_kicker(lines[at]), range(label + 1, gap.stop)))
        is_sure = len(below) > 1 and _is_kicker(lines[below[0]])
        listed.update(below if is_sure else below[:1])
        if label + 1 < gap.stop and is_title_of_box(lines[label + 1], lines[label]):
            listed.add(label + 1)
        listed.update(at for at in range(label + 1, gap.stop) if lines[at].dated)
        if not is_headed and len(below) <= MOST_SURE:
            listed.update(at for at in below if lines[at].words >= LONGEST_HEADING)
    return frozenset(listed)


def _tells(lines: Sequence[Line], passage: Passage) -> bool:
    """Whether a passage opens with a plain sentence, and speaks neither of the site nor to the reader."""
    text = lines[passage.start].text
    words = said(text)
    calls = text.endswith(CALLS) or (text[0] not in QUOTES and not YOU.isdisjoint(words))
    return not calls and len(TALK & words) <= MOST_TALK


def _is_title(line: Line) -> bool:
    return (
        line.kind == "text"
        and not line.dated
        and line.words >= FEWEST_WORDS
        and line.text[-1] not in ",:："
        and not ends_sentence(line.text)
    )


def _is_kicker(line: Line) -> bool:
    """Whether a few words in capitals stand above a title: `BIN THERE`."""
    return line.kind == "text" and line.words < FEWEST_WORDS and line.text.isupper()


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
    is_title = below.kind == "text" and _is_title(below) and TALK.isdisjoint(said(below.text))
    return is_title or _is_button_below(lines, passage)


def _is_button_below(lines: Sequence[Line], passage: Passage) -> bool:
    return passage.stop < len(lines) and _is_button(lines, lines[passage.stop])


def _is_button(lines: Sequence[Line], line: Line) -> bool:
    """Whether a line is printed below one teaser after another."""
    return line.kind == "share" and sum(other.text == line.text for other in lines) >= FEWEST_BUTTONS
