"""Which lines of a page are its article.

Takes the page's lines, gives the run of lines that holds the article's prose. A line of prose speaks for its place by
its length, every other line against it. What follows the end of an article (a comment form, a footer) parts the page.
Of the runs that gather most, the article is the one that more speaks for: see RIVAL.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from math import log
from operator import attrgetter

from msgspec import Struct

from feedpub.finders import boxes, captions, dateline
from feedpub.finders.evidence import LONG_LABEL
from feedpub.finders.lines import Line, ends_sentence
from feedpub.finders.passages import Passage, length
from feedpub.finders.weights import TALK
from feedpub.finders.wording import said
from feedpub.model import Dropped

ANCHORED = 220  # what the line that says when an article was published is worth, in characters
HEAVIEST = 700  # characters: no single paragraph outweighs a whole article
WEIGHTS = {
    "text": -22,
    "share": -26,
    "ad": -10,
    "nav": -60,
    "chrome": -12,
    "section": -22,
    "by": -22,
    "home": -30,
    "weak": -60,
    "caption": -10,
    "summary": -60,
    "notice": -120,
    "consent": -250,
    "paywall": -60,
    "related": -110,
    "tags": -90,
    "topics": -90,
    "author": -150,
    "comments": -150,
    "end": -260,
}
BULLETS = "-•*–▪‣●"
LONG_TEXT = 12  # words
LISTED = -6  # items of lists and long lines without a stop
ENDS = frozenset(("end", "comments"))
DOUBTS = frozenset(("related", "author", "weak", "comments", "tags"))
DOUBTED = 0.3  # prose below these is a teaser or a note, until a second paragraph follows at once
MOST_SHORTS = 6  # each further short line in a row weighs more, up to so many: lists of links are long
STEEP = tuple(1 + 0.5 * shorts for shorts in range(MOST_SHORTS + 1))
REPEATED_WORDS, PAIR = 6, 2
SHORTENED = re.compile(r"\s?(?:…|\.\.\.)(?: \w{3,8})?$")  # the end of what is cut short
CUT = ("...", "…")  # ends one teaser after another: all but the first say nothing of their place
SHORTEST_CUT = 40  # letters before it
LONGEST_GLUED, ALIKE = 8, 10  # words of a credit that is glued to a caption, and letters with which both begin
RIVAL, MOST_RIVALS = 8.0, 6  # a run that weighs so many times less than the heaviest is no rival of it
HEAVY, LONG = 0.7, 0.93  # what the logarithms of a run's weight, and of the letters of its prose, count (measured)
FILED, TALKED, ABOVE = 4.7, -0.94, -0.24  # a dateline; each word of a site about itself; the letters of prose above
MOST_TALKED, READ_OF_RUN = 4, 3  # such words; paragraphs in which they are looked for
PLAIN = frozenset(("text", "prose"))
LATER = 0.35  # a second run below an end mark is comments more often than the article
ENOUGH = 350  # characters of prose that make a first run an article


class Run(Struct, frozen=True):
    """Lines from `start` up to and without `stop`."""

    start: int
    stop: int
    weight: float


def find(lines: Sequence[Line], anchors: Collection[int] = ()) -> Run | None:
    """The run of lines that holds the article; None when the page has no prose.

    Anchors are lines that print when and by whom an article was published: one begins just below.
    """
    runs: list[Run] = []
    start, gathered, peak, stop = 0, 0.0, 0.0, 0
    later, doubt, shorts, prose_before, cut_before = 1.0, 1.0, 0, False, False
    for at, line in enumerate(lines):
        kind = line.kind
        if kind == "prose":
            doubt = 1.0 if prose_before else doubt
            is_cut = line.text.endswith(CUT)
            weight = 0.0 if is_cut and cut_before else min(length(line.text), HEAVIEST) * later * doubt
            shorts, prose_before, cut_before = 0, True, is_cut
        else:
            is_item = kind == "text" and line.text[0] in BULLETS
            shorts = shorts + 1 if kind == "text" and not is_item else 0
            doubt = DOUBTED if kind in DOUBTS else doubt
            prose_before = False
            if gathered <= 0.0 and at not in anchors:
                continue  # nothing to speak against
            is_listed = is_item or (kind == "text" and line.words >= LONG_TEXT)
            weight = (LISTED if is_listed else WEIGHTS[kind]) * STEEP[min(shorts, MOST_SHORTS)]
        if at in anchors:
            weight, doubt = ANCHORED * later, 1.0
        if gathered <= 0.0:
            start, gathered, peak = at, 0.0, 0.0
        gathered += weight
        if gathered > peak:
            peak, stop = gathered, at + 1
        if gathered <= 0.0 or kind in ENDS:
            runs.append(Run(start, stop, peak))
            if kind in ENDS and peak >= ENOUGH:
                gathered, later = 0.0, LATER
    if gathered > 0.0:
        runs.append(Run(start, stop, peak))
    return _likeliest(runs, lines)


def _likeliest(runs: Sequence[Run], lines: Sequence[Line]) -> Run | None:
    """The run that most speaks for, among the heaviest and its rivals."""
    heaviest = sorted(runs, key=attrgetter("weight"), reverse=True)[:MOST_RIVALS]
    rivals = [run for run in heaviest if run.weight * RIVAL >= heaviest[0].weight]
    return max(rivals, key=lambda run: _speaks_for(run, lines)) if len(rivals) > 1 else next(iter(rivals), None)


def _speaks_for(run: Run, lines: Sequence[Line]) -> float:
    """What speaks for a run, less what speaks against it: a site's words about itself, and prose above."""
    prose = [line for line in lines[run.start : run.stop] if line.prose]
    words = said(" ".join([line.text for line in prose[:READ_OF_RUN]]))
    return (
        HEAVY * log(run.weight)
        + LONG * log(1 + _letters(prose))
        + FILED * (bool(prose) and dateline.read(prose[0].text) is not None)
        + TALKED * min(len(TALK & words), MOST_TALKED)
        + ABOVE * log(1 + _letters([line for line in lines[: run.start] if line.prose]))
    )


def _letters(prose: Sequence[Line]) -> int:
    return sum([len(line.text) for line in prose])


def is_inline(line: Line) -> bool:
    """An advertisement, a line of the site's, or another story's title with its label, as stand between paragraphs."""
    return line.kind in ("ad", "chrome") or (line.kind == "related" and line.words >= LONG_LABEL)


def keep(
    lines: Sequence[Line], told: Sequence[Passage], short: Collection[int], headline: str = ""
) -> tuple[list[Line], list[Dropped]]:
    """The lines of a story, and those that a page set among its paragraphs."""
    kept: list[Line] = []
    dropped: list[Dropped] = []
    inside = {at for passage in told for at in range(passage.start, passage.stop)}
    titles = boxes.titles(lines, told)
    credited = _credited_again(lines, told[0].start, told[-1].stop)
    seen: dict[str, int] = {}
    for at in range(told[0].start, told[-1].stop):
        line = lines[at]
        again = seen.get(line.text) if line.words >= REPEATED_WORDS else None
        if at in credited or line.text == headline:
            dropped.append(Dropped(line.number, line.text, "repeated"))
        elif again is not None:
            dropped.append(Dropped(line.number, line.text, "repeated"))
            if at - again <= PAIR and kept and kept[-1].text == line.text:
                dropped.append(Dropped(kept[-1].number, line.text, "repeated"))  # a caption, for the eye and the ear
                del kept[-1]
        elif kept and _breaks_off(line, kept[-1]):
            dropped += [Dropped(one.number, one.text, "repeated") for one in (kept.pop(), line)]
        elif line.prose and len(inside) > 1 and captions.rows(line.text):
            dropped.append(Dropped(line.number, line.text, "caption"))
        elif at in inside or at in short:
            kept.append(line)
        else:
            rule = "related-title" if at in titles else "aside" if line.kind in PLAIN else line.kind
            dropped.append(Dropped(line.number, line.text, rule))
        seen[line.text] = at
    return kept, dropped


def _breaks_off(line: Line, above: Line) -> bool:
    """Whether a line is the beginning of the one above, as pages print a caption in full and short: `… more`."""
    if line.text[:SHORTEST_CUT] != above.text[:SHORTEST_CUT]:
        return False
    cut = SHORTENED.search(line.text)
    return cut is not None and cut.start() >= SHORTEST_CUT and above.text.startswith(line.text[: cut.start()])


def _credited_again(lines: Sequence[Line], start: int, stop: int) -> set[int]:
    """Where a caption stands twice, right below each other, once of the two with a credit glued on."""
    first = max(0, start - 1)
    begins = [line.text[:ALIKE] for line in lines[first : stop + 1]]
    alike = [at for at, (above, below) in enumerate(pairwise(begins), first) if above == below]
    return {one for at in alike if _credits(lines[at], lines[at + 1]) for one in (at, at + 1)}


def _credits(one: Line, other: Line) -> bool:
    """Whether two lines are a caption, and the caption with who took the picture behind it."""
    if min(one.words, other.words) < REPEATED_WORDS or abs(one.words - other.words) > LONGEST_GLUED:
        return False
    short, long = sorted((one, other), key=lambda line: len(line.text))
    if short.text == long.text or not long.text.startswith(short.text):
        return False
    return long.kind == "caption" or not ends_sentence(long.text)
