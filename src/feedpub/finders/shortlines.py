"""Which short lines between the passages of a story belong to it: headings, items of lists, questions.

Takes a page's lines and the passages of its story, gives the lines for which more speaks than against them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from feedpub.finders.lines import Line, ends_sentence
from feedpub.finders.passages import FEWEST_WORDS, Passage, words
from feedpub.finders.weights import LATEST_TIME, MARKS, QUOTES, TALK, TIMED, WORDS, YOU, Feature, score

LABELS = frozenset(("related", "comments", "author", "end", "tags", "topics", "weak", "summary"))
FIGURES, FEWEST_FIGURES = re.compile(r"(?<!\S)\d"), 4  # of a row of a table
BULLETS = "-•*–▪‣●"
COUNTER = re.compile(r"\d+ ?/ ?\d+")  # of a gallery
LATEST_KICKER = 40  # letters of a line that are looked at
CAPITALS = (0.1, 0.2, 0.3, 0.5, 0.8)
ROWS = (0, 1, 2, 4, 8)


def short_lines(lines: Sequence[Line], found: Sequence[Passage], title: frozenset[str]) -> set[int]:
    """The headings, items and questions between the passages of a story, and of a list at its end."""
    kept: set[int] = set()
    for at, features in short_features(lines, found, title):
        if score(features) > 0 and not is_related(lines, at) and not COUNTER.fullmatch(lines[at].text):
            kept.add(at)
    return kept


def is_related(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the title of another story, by the label above it."""
    return lines[at - 1].kind == "related" and lines[at].words >= FEWEST_WORDS and _end(lines[at].text) == "open"


def short_features(
    lines: Sequence[Line], found: Sequence[Passage], title: frozenset[str]
) -> Iterator[tuple[int, list[Feature]]]:
    """The features of each short line between two passages of a story."""
    for above, below in pairwise(found):
        since = len(ROWS)
        for at in range(above.stop, below.start):
            line = lines[at]
            if line.kind in LABELS:
                since = 0
            elif line.kind == "text":
                yield at, _short(lines, at, (at - above.stop, below.start - at - 1), since, title)
                since = min(since + 1, len(ROWS))


def _shape(line: Line) -> str:
    """What a line looks like to the one beside it: an item of a list, a row of a table, or its kind."""
    if line.kind != "text":
        return line.kind
    if line.text[0] in BULLETS:
        return "item"
    return "row" if "|" in line.text or len(FIGURES.findall(line.text)) >= FEWEST_FIGURES else "text"


def _short(lines: Sequence[Line], at: int, apart: tuple[int, int], since: int, title: frozenset[str]) -> list[Feature]:
    text, count = lines[at].text, lines[at].words
    printed, said = text.split(), set(words(text))
    shape = _shape(lines[at])
    features = [
        (f"line.{_end(text)}", bisect_left(WORDS, count)),
        ("line.up", bisect_left(ROWS, apart[0])),
        ("line.down", bisect_left(ROWS, apart[1])),
        (f"line.above.{_shape(lines[at - 1])}", 0),
        (f"line.below.{_shape(lines[at + 1])}", 0),
        (f"line.{shape}", 0),
        ("line.label", since),
        ("line.capitals", bisect_left(CAPITALS, sum([word[0].isupper() for word in printed]) / len(printed))),
        (f"line.{_first(text[0])}", 0),
    ]
    if count > 1 and text.isupper():
        features.append(("line.shouts", int(count > FEWEST_FIGURES)))
    if not TALK.isdisjoint(said):
        features.append(("line.talk", 0))
    if not YOU.isdisjoint(said):
        features.append(("line.you", 0))
    if MARKS.search(text):
        features.append(("line.mark", 0))
    if TIMED.search(text[:LATEST_TIME]):
        features.append(("line.time", 0))
    if ": " in text[:LATEST_KICKER]:
        features.append(("line.kicker", 0))
    if title:
        features.append(("line.title", min(3, len(title & said))))
    return features


def _end(text: str) -> str:
    if text[-1] in ":：":
        return "colon"
    return "comma" if text[-1] == "," else "stop" if ends_sentence(text) else "open"


def _first(letter: str) -> str:
    if letter.islower():
        return "small"
    return "digit" if letter.isdigit() else "quote" if letter in QUOTES else "capital"
