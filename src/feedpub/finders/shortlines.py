"""Which short lines between the passages of a story belong to it: headings, items of lists, questions.

Takes a page's lines and the passages of its story, gives the lines for which more speaks than against them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from feedpub.finders import boxes
from feedpub.finders.credited import is_credited
from feedpub.finders.lines import Line, beginning, ends_sentence
from feedpub.finders.passages import FEWEST_WORDS, Passage, is_dense, is_duration
from feedpub.finders.weights import (
    TALK,
    WORDS,
    YOU,
    Feature,
    best_way,
    is_there,
    of_kind,
    score,
    sized,
)
from feedpub.finders.wording import content, said

LABELS = frozenset(("related", "comments", "author", "end", "tags", "topics", "weak", "summary"))
FIGURES, FEWEST_FIGURES = re.compile(r"(?<!\S)\d"), 4  # of a row of a table
BULLETS = "-•*–▪‣●"
BAR = " | "
COUNTER = re.compile(r"\d+ ?(?:/|of|von|de|sur|di|van|av|z) ?\d+")  # of a gallery
LONGEST_CREDIT, LATEST_COLON = 8, 16  # words of who took a picture, below its caption; letters of its label
ROWS = (0, 1, 2, 4, 8)
LONGEST_BETWEEN = 20  # words of a sentence between two short lines of the story
TURN = 0.3  # what it costs that only one of two lines right below each other is of the story
YES = (0,)
SHARES = (0.0, 0.2, 0.4, 0.7)
LONGEST_SHOUT = 9  # words in capitals that may be a heading are fewer
CALLS = (4, 7)  # words in capitals: of a heading, and of the title of another story
TIMES, SIZES = (1, 2), (100.0, 200.0, 400.0, 800.0)  # how often a page prints a line; letters of the passages beside it
FEWEST_GAPS, SELDOM, MOSTLY = 3, 0.15, 0.85  # blank lines between paragraphs, and what part of them there is
UP, DOWN, LABEL = sized("line.up", ROWS), sized("line.down", ROWS), sized("line.label", range(len(ROWS)))
CAPITALS = sized("line.capitals", (0.1, 0.2, 0.3, 0.5, 0.8))
ENDING = {end: sized(f"line.{end}", WORDS) for end in ("colon", "comma", "stop", "open")}
HEADINGS = {place: sized(f"line.{place}", ROWS) for place in ("alone", "among")}  # lines that stand alone elsewhere
OTHERS, LONGEST, NEXT = sized("line.others", ROWS), sized("line.longest", WORDS), sized("line.next", WORDS)
PRINTED, SIZE = sized("line.printed", TIMES), {side: sized(f"line.{side}.size", SIZES) for side in ("above", "below")}
GAP = {
    side: {gaps: sized(f"line.gap.{side}.{gaps}", YES) for gaps in ("few", "no", "some", "all")}
    for side in ("above", "below")
}
SHOUTS, SHARED = sized("line.shouts", CALLS), sized("line.shared", SHARES)


def short_lines(lines: Sequence[Line], found: Sequence[Passage]) -> set[int]:
    """The headings, items and questions between the passages of a story, and of a list at its end."""
    scores = {at: score(features) for at, features in short_features(lines, found)}
    turns = [TURN if below == above + 1 else 0.0 for above, below in pairwise(scores)]
    belong = best_way(list(scores.values()), turns)
    titles = boxes.titles(lines, found)
    gaps = [range(above.stop, below.start) for above, below in pairwise(found)]
    kept = {
        at
        for at, belongs in zip(scores, belong, strict=True)
        if belongs
        and at not in titles
        and not (_is_of_picture(lines, at) or is_credited(lines[at].text) or _shouts(lines[at]))
    }
    kept -= _labelled(lines, kept)
    kept -= {at for gap in gaps for at in boxes.form(lines, gap)}
    return kept | _between(lines, found, kept)


def _labelled(lines: Sequence[Line], kept: Collection[int]) -> set[int]:
    """Titles of other stories: lines that share with another what stands before or behind a bar, `More | A title`."""
    sides = {at: lines[at].text.split(BAR) for at in kept if lines[at].text.count(BAR) == 1}
    known = Counter(side for pair in sides.values() for side in pair)
    return {at for at, pair in sides.items() if any(known[side] > 1 for side in pair)}


def _is_of_picture(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a picture's number, says how long a film is, or is a caption: only a credit stands below."""
    text = lines[at].text
    if COUNTER.fullmatch(text) or is_duration(text):
        return True
    below = lines[at + 1]
    if text.isdigit() and below.kind == "text":
        return at + 2 < len(lines) and _is_credit(lines[at + 2])
    return lines[at].words >= FEWEST_WORDS and _is_credit(below)


def _shouts(line: Line) -> bool:
    """Whether a line in capitals is longer than any heading of a story: the title of another."""
    return line.words >= LONGEST_SHOUT and line.text.isupper() and not is_dense(line.text)


def _is_credit(line: Line) -> bool:
    is_short = line.kind == "caption" and line.words <= LONGEST_CREDIT
    return is_short and ":" in line.text[:LATEST_COLON] and beginning(line.text) == "caption"


def _between(lines: Sequence[Line], found: Sequence[Passage], kept: Collection[int]) -> set[int]:
    """The sentences right between two short lines of the story: of a poem, of questions and answers, of a list."""
    gaps = [range(above.stop, below.start) for above, below in pairwise(found)]
    return {at for gap in gaps for at in gap if at - 1 in kept and at + 1 in kept and _is_told(lines[at])}


def _is_told(line: Line) -> bool:
    """Whether a line is a sentence, not too long, that does not speak of the site."""
    return line.words <= LONGEST_BETWEEN and ends_sentence(line.text) and TALK.isdisjoint(said(line.text))


def short_features(lines: Sequence[Line], found: Sequence[Passage]) -> Iterator[tuple[int, list[Feature]]]:
    """The features of each short line between two passages of a story."""
    parted = [(above, below) for above, below in pairwise(found) if _holds_text(lines[above.stop : below.start])]
    if not parted:
        return
    alone = sum([below.start - above.stop == 1 for above, below in pairwise(found)])
    printed = Counter([line.text for line in lines])
    gaps = _gaps(lines, found)
    for above, below in parted:
        between = lines[above.stop : below.start]
        texts = [line for line in between if line.kind == "text"]
        around = [
            HEADINGS["alone" if len(between) == 1 else "among"](alone),
            OTHERS(len(between) - len(texts)),
            LONGEST(max([line.words for line in texts])),
            SIZE["above"](above.size),
            SIZE["below"](below.size),
        ]
        since = len(ROWS)
        shapes = list(map(_shape, lines[above.stop - 1 : below.start + 1]))
        for at, line in enumerate(between, above.stop):
            if line.kind in LABELS:
                since = 0
            elif line.kind == "text":
                features = [*around, UP(at - above.stop), DOWN(below.start - at - 1), LABEL(since)]
                features += [GAP["above"][gaps](line.gap), GAP["below"][gaps](lines[at + 1].gap)]
                features.append(PRINTED(printed[line.text]))
                features += _of_line(line.text, line.words)
                features += _of_shapes(*shapes[at - above.stop : at - above.stop + 3])
                yield at, features + _of_place(line, lines[at + 1], lines[below.start])
                since = min(since + 1, len(ROWS))


def _holds_text(between: Sequence[Line]) -> bool:
    """Whether one of the lines between two passages may belong to the story."""
    return "text" in [line.kind for line in between]


def _gaps(lines: Sequence[Line], found: Sequence[Passage]) -> str:
    """Between how many of its paragraphs a page prints a blank line: what stands nearer to one belongs to it."""
    gaps = [line.gap for passage in found for line in lines[passage.start : passage.stop]][1:]
    if len(gaps) < FEWEST_GAPS:
        return "few"
    part = sum(gaps) / len(gaps)
    return "no" if part < SELDOM else "all" if part > MOSTLY else "some"


def _shape(line: Line) -> str:
    """What a line looks like to the one beside it: an item of a list, a row of a table, or its kind."""
    if line.kind != "text":
        return line.kind
    if line.text[0] in BULLETS:
        return "item"
    return "row" if "|" in line.text or len(FIGURES.findall(line.text)) >= FEWEST_FIGURES else "text"


def _of_line(text: str, count: int) -> list[Feature]:
    """What a short line says itself."""
    printed, words = text.split(), said(text)
    features = [
        ENDING[_end(text)](count),
        CAPITALS(sum([word[0].isupper() for word in printed]) / len(printed)),
    ]
    if count > 1 and text.isupper():
        features.append(SHOUTS(count))
    if not TALK.isdisjoint(words):
        features.append(is_there("line.talk"))
    if not YOU.isdisjoint(words):
        features.append(is_there("line.you"))
    return features


def _of_shapes(above: str, own: str, below: str) -> list[Feature]:
    """What a short line and those beside it look like."""
    return [of_kind("line", own), of_kind("line.above", above), of_kind("line.below", below)]


def _of_place(line: Line, following: Line, below: Line) -> list[Feature]:
    """How long the line below a short line is, and what it shares with the paragraph below."""
    features = [NEXT(following.words)]
    if words := content(line.text):
        features.append(SHARED(len(words & said(below.text)) / len(words)))
    return features


def _end(text: str) -> str:
    if text[-1] in ":：":
        return "colon"
    return "comma" if text[-1] == "," else "stop" if ends_sentence(text) else "open"
