"""Which passages between a headline and the foot of a page are its story.

Takes a page's lines, its passages and where the story is thought to lie, gives the Passages that belong to it. What
speaks for and against each has a weight, found by measuring, in tables/story.tsv. The sums decide, and that neighbours
mostly belong to it together.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from feedpub.finders import boxes, dateline
from feedpub.finders.evidence import features_of
from feedpub.finders.lines import Line, beginning
from feedpub.finders.names import is_bare_name
from feedpub.finders.passages import ENDS, Passage, Place, is_duration, is_paragraph
from feedpub.finders.weights import TALK, YOU, best_way, score
from feedpub.finders.wording import said

STRANGE, STRANGER = frozenset(f"strange:{at}" for at in range(3)), -9.0  # shares hardly a word, below an end
CLOSE, TURNS = (0, 3), (0.9, 0.6, 0.36)  # lines between two passages; what it costs that only one is of the story
RESUMED = 4.0  # what it counts that a paragraph stands below a box and is no teaser
FEWEST_LAST = 3  # words of the last sentence of a story
LONGEST_CAPTION = 30  # words of a first paragraph that stands above a credit
LONG_TEXT = 12  # words of the beginning of a paragraph
FEWEST_BOXED, MOST_BOXED, BOXED = 2, 6, 140  # sentences of a summary, and their letters on an average
LONGEST_MARK, FEWEST_MARKS = 4, 3  # letters of what stands before the lines of an interview (`P.`, `Q:`); lines
COUNTED = re.compile(r"1(?:\s?(?:/|of|von|de|sur|di|van|av|z)\s?\d{1,2})?")  # the number of the first picture
ROW = re.compile(
    r"[^:：]{2,40}[:：] ?[^:：].*(?:[\d,;、，(]|\w$)"
)  # of the results of a match: `Holm: Abbot; Beck, Crane`
ADDRESS = re.compile(r"@|www\.|://")
LISTED, FEWEST_LISTED = re.compile(r"[,;、，]\s?\w"), 6  # the players of a team
FEWEST_ROWS, MOST_BETWEEN = 3, 2  # rows; how far one stands below the next
CLOCK = re.compile(r"\d?\d[:.]\d\d\b")  # heads an entry of a live report
LONGEST_CLOCK, CLOCK_ABOVE = 3, 2  # words; lines


def select(lines: Sequence[Line], found: Sequence[Passage], place: Place) -> list[Passage]:
    """The passages that belong to the story: those that more speaks for than against, and one at least."""
    if len(found) == 1:
        return _with_cut(lines, _with_last(lines, _with_results(lines, found)))
    scores = [
        score(features) if STRANGE.isdisjoint(features) else STRANGER for features in features_of(lines, found, place)
    ]
    for at in boxes.resumed(lines, found):
        scores[at] += RESUMED
    marks, entries = _speakers(lines, place), _entries(lines, found)
    told = [
        passage
        for passage, belongs in zip(found, likeliest(lines, found, scores), strict=True)
        if (
            belongs
            and not (_is_summary(lines, passage) or _is_caption(lines, found, passage) or _is_film(lines, passage))
        )
        or passage.start in entries
        or lines[passage.start].text.split(" ", 1)[0] in marks
    ]
    told = told or [found[scores.index(max(scores))]]
    return _with_cut(lines, _with_last(lines, _with_results(lines, told)))


def likeliest(lines: Sequence[Line], found: Sequence[Passage], scores: Sequence[float]) -> list[bool]:
    """Which passages belong to a story that begins and ends few times."""
    return best_way(scores, [_turn(lines[above.stop : below.start]) for above, below in pairwise(found)])


def _turn(between: Sequence[Line]) -> float:
    """What it costs that only one of two neighbours belongs to the story: less, the more stands between them."""
    is_ended = not ENDS.isdisjoint([line.kind for line in between])
    return 0.0 if is_ended else TURNS[bisect_left(CLOSE, len(between))]


def _with_cut(lines: Sequence[Line], told: Sequence[Passage]) -> list[Passage]:
    """The passages, the last one with the paragraph that a paywall cuts short."""
    last = told[-1]
    if last.stop + 1 < len(lines) and _is_cut(lines[last.stop], lines[last.stop + 1]):
        last = Passage(last.start, last.stop + 1, last.size)
    return [*told[:-1], last]


def _with_results(lines: Sequence[Line], told: Sequence[Passage]) -> list[Passage]:
    """The passages, the last one with the teams, goals and figures that are listed at the end of a match's report."""
    last = told[-1]
    rows: list[int] = []
    for at in range(last.stop, len(lines)):
        if lines[at].kind not in ("text", "prose") or at - (rows[-1] if rows else last.stop) > MOST_BETWEEN:
            break
        if ROW.match(lines[at].text) and not ADDRESS.search(lines[at].text):
            rows.append(at)
    if len(rows) < FEWEST_ROWS or not any(len(LISTED.findall(lines[at].text)) >= FEWEST_LISTED for at in rows):
        return list(told)
    return [*told[:-1], Passage(last.start, rows[-1] + 1, last.size)]


def _with_last(lines: Sequence[Line], told: Sequence[Passage]) -> list[Passage]:
    """The passages, the last one with a very short sentence right below, such as that no one was hurt."""
    last = told[-1]
    if last.stop < len(lines) and _may_end(lines[last.stop]):
        last = Passage(last.start, last.stop + 1, last.size)
    return [*told[:-1], last]


def _may_end(line: Line) -> bool:
    """Whether a line is a very short sentence, and speaks neither of the site nor to the reader."""
    if line.kind != "text" or line.words < FEWEST_LAST or not line.text[0].isupper() or line.text[-1] != ".":
        return False
    is_told = any(word.isalpha() and word.islower() for word in line.text[:-1].split())
    return is_told and (TALK | YOU).isdisjoint(said(line.text)) and not is_bare_name(line.text.rstrip("."))


def _is_summary(lines: Sequence[Line], passage: Passage) -> bool:
    """Whether short sentences stand below a label that says so, and something else follows."""
    above = lines[max(0, passage.start - 2) : passage.start]
    if [line.kind for line in above if line.kind != "notice"][-1:] != ["summary"]:
        return False
    count = passage.stop - passage.start
    short = FEWEST_BOXED <= count <= MOST_BOXED and passage.size < BOXED * count
    return short and passage.stop < len(lines) and not is_paragraph(lines[passage.stop])


def _is_caption(lines: Sequence[Line], found: Sequence[Passage], passage: Passage) -> bool:
    """Whether the first paragraph is a short one above a credit or a picture's number, and files no story."""
    if passage is not found[0] or passage.stop - passage.start > 1 or passage.stop >= len(lines):
        return False
    first = lines[passage.start]
    below = lines[passage.stop]
    is_marked = _is_credit(below) or _is_photographer(below) or COUNTED.fullmatch(below.text) is not None
    is_short = first.words <= LONGEST_CAPTION and is_marked
    return is_short and dateline.read(first.text) is None


def _is_film(lines: Sequence[Line], passage: Passage) -> bool:
    """Whether a short paragraph says what a film shows: how long that is stands right above."""
    is_short = passage.stop - passage.start == 1 and lines[passage.start].words <= LONGEST_CAPTION
    return is_short and passage.start > 0 and is_duration(lines[passage.start - 1].text)


def _is_credit(line: Line) -> bool:
    """Whether a line is the credit of what stands above, and no caption with its own: `A boat © Ada March`."""
    own = line.text.lstrip("([")
    return line.kind == "caption" and ("©" not in own[1:] or beginning(own) == "caption")


def _is_photographer(line: Line) -> bool:
    """Whether a line is a name in capitals, as stands below the caption of a picture: `BEN QUILL / Fen Post`."""
    name = line.text.split(" / ", 1)[0]
    return line.kind in ("text", "caption") and name.isupper() and is_bare_name(name)


def _speakers(lines: Sequence[Line], place: Place) -> frozenset[str]:
    """The marks before the questions and answers of an interview."""
    firsts = [
        line.text.split(" ", 1)[0]
        for line in lines[place.start : place.run_stop]
        if " " in line.text[: LONGEST_MARK + 1] and line.text[0].isalpha()
    ]
    marks = [first for first in firsts if first[-1] in ".:"]
    return frozenset(mark for mark, count in Counter(marks).items() if count >= FEWEST_MARKS)


def _entries(lines: Sequence[Line], found: Sequence[Passage]) -> Collection[int]:
    """Where the entries of a live report begin: a time of day stands above each."""
    entries = [
        passage.start
        for passage in found
        for line in lines[max(0, passage.start - CLOCK_ABOVE) : passage.start]
        if line.words <= LONGEST_CLOCK and CLOCK.match(line.text)
    ]
    return frozenset(entries) if len(set(entries)) >= FEWEST_MARKS else ()


def _is_cut(line: Line, below: Line) -> bool:
    """Whether a paywall cuts a paragraph short."""
    return line.kind == "text" and line.words >= LONG_TEXT and below.kind == "paywall"
