"""Which short lines between the passages of a story belong to it: headings, items of lists, questions.

Takes a page's lines and the passages of its story, gives the lines for which more speaks than against them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from feedpub.finders.lines import Line, content, ends_sentence, said
from feedpub.finders.passages import FEWEST_WORDS, Passage
from feedpub.finders.weights import (
    LATEST_TIME,
    MARKS,
    QUOTES,
    TALK,
    TIMED,
    WORDS,
    YOU,
    Feature,
    is_there,
    score,
    sized,
)

LABELS = frozenset(("related", "comments", "author", "end", "tags", "topics", "weak", "summary"))
FIGURES, FEWEST_FIGURES = re.compile(r"(?<!\S)\d"), 4  # of a row of a table
BULLETS = "-•*–▪‣●"
COUNTER = re.compile(r"\d+ ?/ ?\d+")  # of a gallery
LATEST_KICKER = 40  # letters of a line that are looked at
ROWS = (0, 1, 2, 4, 8)
YES = (0,)
SHARES = (0.0, 0.2, 0.4, 0.7)
UP, DOWN, LABEL = sized("line.up", ROWS), sized("line.down", ROWS), sized("line.label", range(len(ROWS)))
CAPITALS = sized("line.capitals", (0.1, 0.2, 0.3, 0.5, 0.8))
ENDING = {end: sized(f"line.{end}", WORDS) for end in ("colon", "comma", "stop", "open")}
HEADINGS = {place: sized(f"line.{place}", ROWS) for place in ("alone", "among")}  # lines that stand alone elsewhere
OTHERS, LONGEST, NEXT = sized("line.others", ROWS), sized("line.longest", WORDS), sized("line.next", WORDS)
SHOUTS, TITLE, SHARED = sized("line.shouts", YES), sized("line.title", range(3)), sized("line.shared", SHARES)


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
    alone = sum([below.start - above.stop == 1 for above, below in pairwise(found)])
    for above, below in pairwise(found):
        between = lines[above.stop : below.start]
        texts = [line for line in between if line.kind == "text"]
        if not texts:
            continue
        around = [
            HEADINGS["alone" if len(between) == 1 else "among"](alone),
            OTHERS(len(between) - len(texts)),
            LONGEST(max([line.words for line in texts])),
        ]
        since = len(ROWS)
        for at, line in enumerate(between, above.stop):
            if line.kind in LABELS:
                since = 0
            elif line.kind == "text":
                beside = [*around, UP(at - above.stop), DOWN(below.start - at - 1), LABEL(since)]
                yield at, beside + _of_line(line.text, line.words, title) + _of_place(lines, at, lines[below.start])
                since = min(since + 1, len(ROWS))


def _shape(line: Line) -> str:
    """What a line looks like to the one beside it: an item of a list, a row of a table, or its kind."""
    if line.kind != "text":
        return line.kind
    if line.text[0] in BULLETS:
        return "item"
    return "row" if "|" in line.text or len(FIGURES.findall(line.text)) >= FEWEST_FIGURES else "text"


def _of_line(text: str, count: int, title: frozenset[str]) -> list[Feature]:
    """What a short line says itself."""
    printed, words = text.split(), said(text)
    features = [
        ENDING[_end(text)](count),
        CAPITALS(sum([word[0].isupper() for word in printed]) / len(printed)),
        is_there(f"line.{_first(text[0])}"),
    ]
    if count > 1 and text.isupper():
        features.append(SHOUTS(count > FEWEST_FIGURES))
    if not TALK.isdisjoint(words):
        features.append(is_there("line.talk"))
    if not YOU.isdisjoint(words):
        features.append(is_there("line.you"))
    if MARKS.search(text):
        features.append(is_there("line.mark"))
    if TIMED.search(text, 0, LATEST_TIME):
        features.append(is_there("line.time"))
    if ": " in text[:LATEST_KICKER]:
        features.append(is_there("line.kicker"))
    if title:
        features.append(TITLE(len(title & words)))
    return features


def _of_place(lines: Sequence[Line], at: int, below: Line) -> list[Feature]:
    """What stands beside a short line, and what it shares with the paragraph below."""
    features = [
        is_there(f"line.{_shape(lines[at])}"),
        is_there(f"line.above.{_shape(lines[at - 1])}"),
        is_there(f"line.below.{_shape(lines[at + 1])}"),
        NEXT(lines[at + 1].words),
    ]
    if words := content(lines[at].text):
        features.append(SHARED(len(words & said(below.text)) / len(words)))
    return features


def _end(text: str) -> str:
    if text[-1] in ":：":
        return "colon"
    return "comma" if text[-1] == "," else "stop" if ends_sentence(text) else "open"


def _first(letter: str) -> str:
    if letter.islower():
        return "small"
    return "digit" if letter.isdigit() else "quote" if letter in QUOTES else "capital"
