"""Which paragraphs between a headline and the foot of a page are its story, and which short lines go with them.

Takes a page's lines and where the story is thought to lie, gives the Passages that belong to it. What speaks for and
against a passage or a line are features of it and of what surrounds it; each has a weight, found by measuring, in
tables/story.tsv, and the sum decides. Sums only, so that a decision can be followed by hand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from feedpub.finders.lines import PUNCTUATION, Line, content_words, ends_paragraph, ends_sentence, is_mark
from feedpub.lexicon import table

Feature = tuple[str, int]  # its key in the table, and which of its weights

WEIGHTS = {(key, at): float(weight) for key, row in table("story").items() for at, weight in enumerate(row)}
TALK = frozenset(table("chrome")["talk"])  # words of a site about itself
YOU = frozenset(table("chrome")["you"])
LONGEST_SIZE = 700  # letters of a paragraph that count
EASTERN, DENSE = "\u2e80", 2.5  # first letter of the scripts without spaces; how much more a letter of them says
SHORTEST_SENTENCE, FEWEST_WORDS = 20, 4  # letters and words of a sentence that is no prose
SHORT_CAPTION, TALKATIVE, LONGEST_TALK = 25, 2, 30  # words
FARTHEST = 150  # lines below the run in which the story may go on
READ, MOST_READ, TOLD = 400, 3, 1000  # letters of a passage, and of the longest one, whose words are looked at
ENDS = frozenset(("after.end", "after.comments", "after.author", "after.topics"))  # below, another may speak
ENDS_OR_FOOT, FEWEST_SECOND = ENDS | {"after.foot"}, 3  # paragraphs that may be a second article
LABELS = frozenset(("related", "comments", "author", "end", "tags", "topics", "weak", "summary"))
FIGURES, FEWEST_FIGURES = re.compile(r"(?<!\S)\d"), 4  # of a row of a table
BULLETS = "-•*–▪‣●"
LONG_LABEL = 6  # words: a longer one holds the other story's title itself
LONG_TEXT = 12  # words of the beginning of a paragraph
QUOTES = '"“„«‘「『»–'
TIMED = re.compile(r"\d[:.]\d\d|(?:19|20)\d\d")
FEWEST_BOXED, MOST_BOXED, BOXED = 2, 6, 140  # sentences of a summary, and their letters on an average
LONGEST_MARK, FEWEST_MARKS = 4, 3  # letters of what stands before the lines of an interview (`P.`, `Q:`); lines
CLOCK = re.compile(r"\d?\d[:.]\d\d\b")  # heads an entry of a live report
LONGEST_CLOCK, CLOCK_ABOVE = 3, 2  # words; lines
SIZES = (80, 140, 220, 400, 800, 2000)
PARAGRAPHS = (1, 2, 4, 8)
PARTS = (0.03, 0.1, 0.3, 0.99)
AVERAGES = (0.3, 0.5, 0.8, 1.2)
COUNTER = re.compile(r"\d+ ?/ ?\d+")  # of a gallery
MARKS = re.compile(r"©|http|@")
LATEST_TIME, LATEST_KICKER, FARTHEST_TIME = 60, 40, 12  # letters of a line that are looked at; lines
GAPS = (0, 1, 2, 3, 6, 12)
FAR = (1, 2, 4, 8, 16, 32)
SHARES = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4)
STRANGE, STRANGER = frozenset(("strange", at) for at in range(3)), -9.0  # shares hardly a word, below an end
DENSITIES = (0.0, 0.02, 0.05, 0.1)
WORDS = (1, 3, 6, 9, 12, 18, 25)
CAPITALS = (0.1, 0.2, 0.3, 0.5, 0.8)
ROWS = (0, 1, 2, 4, 8)


class Passage(Struct, frozen=True):
    """Paragraphs in a row, from `start` up to and without `stop`."""

    start: int
    stop: int
    size: float  # in letters


class Place(Struct, frozen=True):
    """Where the story is thought to lie: the run of its prose, and where it begins below the small print."""

    first: int  # the first line below the headline
    start: int
    run_start: int
    run_stop: int
    title: frozenset[str]


def passages(lines: Sequence[Line], place: Place) -> list[Passage]:
    """The paragraphs below a headline, in rows; what may be a caption or a notice stands alone."""
    found: list[Passage] = []
    start, size = place.first, 0.0
    end = min(len(lines), place.run_stop + FARTHEST)
    for at in range(start, end + 1):
        is_paragraph = at < end and _is_paragraph(lines[at])
        apart = is_paragraph and _stands_apart(lines, at)
        if start < at and (not is_paragraph or apart):
            found.append(Passage(start, at, size))
            start, size = at, 0.0
        if not is_paragraph:
            start = at + 1
            continue
        size += _size(lines[at])
        if apart:
            found.append(Passage(at, at + 1, size))
            start, size = at + 1, 0.0
    return found or [Passage(min(place.start, place.run_stop - 1), place.run_stop, 1.0)]


def _is_paragraph(line: Line) -> bool:
    if line.kind == "text":
        return line.words >= FEWEST_WORDS and len(line.text) > SHORTEST_SENTENCE and ends_paragraph(line.text)
    return line.prose


def _stands_apart(lines: Sequence[Line], at: int) -> bool:
    """Whether a paragraph may be the caption above a credit, or speaks of the site."""
    line = lines[at]
    if line.words < SHORT_CAPTION and at + 1 < len(lines) and lines[at + 1].kind == "caption":
        return True
    return line.words <= LONGEST_TALK and len(TALK.intersection(words(line.text))) >= TALKATIVE


def _size(line: Line) -> float:
    size = min(len(line.text), LONGEST_SIZE)
    return size * DENSE if line.text[0] > EASTERN else size


def words(text: str) -> list[str]:
    """The words of the beginning of a text, in small letters."""
    return [word.strip(PUNCTUATION) for word in text[:READ].casefold().split()]


# ---------------------------------------------------------------------- passages


class Longest(Struct, frozen=True):
    """The longest passage of the run, which the others are compared with."""

    at: int
    size: float
    average: float
    told: frozenset[str]


def select(lines: Sequence[Line], found: Sequence[Passage], place: Place) -> list[Passage]:
    """The passages that belong to the story: those that more speaks for than against, and one at least."""
    scores = [
        score(features) if STRANGE.isdisjoint(features) else STRANGER for features in features_of(lines, found, place)
    ]
    marks, entries = _speakers(lines, place), _entries(lines, found)
    told = [
        passage
        for passage, points in zip(found, scores, strict=True)
        if (points > 0 and not (_is_summary(lines, passage) or _is_caption(lines, found, passage)))
        or passage in entries
        or lines[passage.start].text.split(" ", 1)[0] in marks
    ]
    told = told or [found[scores.index(max(scores))]]
    last = told[-1]
    if last.stop + 1 < len(lines) and _is_cut(lines[last.stop], lines[last.stop + 1]):
        told[-1] = Passage(last.start, last.stop + 1, last.size)
    return told


def _is_summary(lines: Sequence[Line], passage: Passage) -> bool:
    """Whether short sentences stand below a label that says so, and something else follows."""
    if not passage.start or lines[passage.start - 1].kind != "summary":
        return False
    count = passage.stop - passage.start
    short = FEWEST_BOXED <= count <= MOST_BOXED and passage.size < BOXED * count
    return short and passage.stop < len(lines) and not _is_paragraph(lines[passage.stop])


def _is_caption(lines: Sequence[Line], found: Sequence[Passage], passage: Passage) -> bool:
    """Whether the first paragraph is a short one above a credit: a caption."""
    if passage is not found[0] or passage.stop - passage.start > 1 or passage.stop >= len(lines):
        return False
    return lines[passage.start].words < SHORT_CAPTION and lines[passage.stop].kind == "caption"


def _speakers(lines: Sequence[Line], place: Place) -> frozenset[str]:
    """The marks before the questions and answers of an interview."""
    firsts = [line.text.split(" ", 1)[0] for line in lines[place.start : place.run_stop]]
    marks = [first for first in firsts if len(first) <= LONGEST_MARK and first[-1] in ".:" and first[0].isalpha()]
    return frozenset(mark for mark in marks if marks.count(mark) >= FEWEST_MARKS) if marks else frozenset()


def _entries(lines: Sequence[Line], found: Sequence[Passage]) -> Sequence[Passage]:
    """The entries of a live report: a time of day stands above each."""
    entries = [
        passage
        for passage in found
        if any(
            line.words <= LONGEST_CLOCK and CLOCK.match(line.text)
            for line in lines[max(0, passage.start - CLOCK_ABOVE) : passage.start]
        )
    ]
    return entries if len(entries) >= FEWEST_MARKS else ()


def _is_cut(line: Line, below: Line) -> bool:
    """Whether a paywall cuts a paragraph short."""
    return line.kind == "text" and line.words >= LONG_TEXT and below.kind == "paywall"


def score(features: Sequence[Feature]) -> float:
    """What speaks for a passage or a line, less what speaks against it."""
    return sum([WEIGHTS.get(feature, 0.0) for feature in features])


def features_of(lines: Sequence[Line], found: Sequence[Passage], place: Place) -> Iterator[list[Feature]]:
    """The features of each passage."""
    longest = _longest(lines, found, place)
    printed = _repeated(lines, place.first)
    for at, passage in enumerate(found):
        above = range(found[at - 1].stop if at else place.first, passage.start)
        below = range(passage.stop, found[at + 1].start if at + 1 < len(found) else len(lines))
        yield _features(lines, found, at, longest, place, (above, below), printed)


def _longest(lines: Sequence[Line], found: Sequence[Passage], place: Place) -> Longest:
    inside = [at for at, one in enumerate(found) if one.start < place.run_stop and one.stop > place.run_start]
    best = max(inside or range(len(found)), key=lambda at: found[at].size)
    passage = found[best]
    told: set[str] = set()
    length = 0
    for line in lines[passage.start : passage.stop]:
        told.update(content_words(line.text))
        length += len(line.text)
        if length > TOLD:
            break
    return Longest(best, passage.size, passage.size / (passage.stop - passage.start), frozenset(told))


def _repeated(lines: Sequence[Line], first: int) -> frozenset[str]:
    """The lines that stand below the headline, or are it, more than once."""
    seen: set[str] = set()
    again: set[str] = set()
    for line in lines[max(0, first - 1) :]:
        (again if line.text in seen else seen).add(line.text)
    return frozenset(again)


def _features(
    lines: Sequence[Line],
    found: Sequence[Passage],
    at: int,
    longest: Longest,
    place: Place,
    gaps: tuple[range, range],
    printed: Collection[str],
) -> list[Feature]:
    passage = found[at]
    count = passage.stop - passage.start
    features: list[Feature] = [
        ("all", 0),
        ("size", bisect_left(SIZES, passage.size)),
        ("paragraphs", bisect_left(PARAGRAPHS, count)),
        ("part", bisect_left(PARTS, passage.size / longest.size)),
        ("average", bisect_left(AVERAGES, passage.size / count / longest.average)),
        ("run", int(passage.start < place.run_stop and passage.stop > place.run_start)),
        ("opening", int(passage.stop <= place.start)),
    ]
    features += _beside(lines, gaps[0], "above", -1)
    features += _beside(lines, gaps[1], "below", 0)
    features += _far(lines, found, at, longest.at)
    told = longest.told if at != longest.at else frozenset()
    beyond = ENDS if count < FEWEST_SECOND else ENDS_OR_FOOT
    key = "shared" if beyond.isdisjoint([key for key, _ in features]) else "strange"
    features += _told(lines, passage, told, place.title, key)
    if printed and any(line.text in printed for line in lines[passage.start : passage.stop]):
        features.append(("again", 0))
    return features


def _beside(lines: Sequence[Line], gap: range, side: str, nearest: int) -> list[Feature]:
    """What stands between a passage and the one above or below."""
    features = [(f"{side}.lines", bisect_left(GAPS, len(gap)))]
    if not gap:
        return features
    between = lines[gap.start : gap.stop]
    features += [(f"{side}.{kind}", 0) for kind in set(map(_kind, between))]
    line = between[nearest]
    features.append(
        (f"{side}.next", bisect_left(WORDS, line.words)) if line.kind == "text" else (f"{side}.next.{line.kind}", 0)
    )
    if any(line.kind == "text" and TIMED.search(line.text[:LATEST_TIME]) for line in between[:FARTHEST_TIME]):
        features.append((f"{side}.time", 0))
    return features


def _kind(line: Line) -> str:
    """The kind of a line, and whether it says no more than that."""
    if line.kind == "end":
        return "end" if is_mark(line.text) else "foot"
    return "inline" if line.kind == "related" and line.words >= LONG_LABEL else line.kind


def _far(lines: Sequence[Line], found: Sequence[Passage], at: int, longest: int) -> list[Feature]:
    """What stands between a passage and the longest one."""
    if at == longest:
        return [("longest", 0)]
    side = "after" if at > longest else "before"
    start, stop = (found[longest].stop, found[at].start) if at > longest else (found[at].stop, found[longest].start)
    kinds = list(map(_kind, lines[start:stop]))
    features = [(f"{side}.{kind}", 0) for kind in set(kinds)]
    features.append((f"{side}.lines", bisect_left(FAR, len(kinds) - kinds.count("prose"))))
    features.append((f"{side}.passages", bisect_left(PARAGRAPHS, abs(at - longest))))
    return features


def _told(
    lines: Sequence[Line], passage: Passage, told: frozenset[str], title: frozenset[str], key: str
) -> list[Feature]:
    """What a passage speaks of: the site, the reader, the story."""
    text = lines[passage.start].text
    if len(text) < READ and passage.start + 1 < passage.stop:
        text = " ".join([line.text for line in lines[passage.start : min(passage.start + MOST_READ, passage.stop)]])
    said = words(text)
    distinct = set(said)
    content = set(content_words(text[:READ])) if text[0] > EASTERN else {word for word in distinct if len(word) > 3}
    last = lines[passage.stop - 1].text
    features = [
        ("talk", bisect_left(DENSITIES, len(TALK & distinct) / len(said))),
        ("you", bisect_left(DENSITIES, len(YOU & distinct) / len(said))),
    ]
    if told:
        features.append((key, bisect_left(SHARES, len(content & told) / max(1, len(content)))))
    if title:
        features.append(("title", min(3, len(content & title))))
    if last[-1] == "…" or last.endswith("..."):
        features.append(("ellipsis", 0))
    if text[0] in QUOTES:
        features.append(("quote", 0))
    if MARKS.search(text):
        features.append(("mark", 0))
    return features


# ---------------------------------------------------------------------- short lines


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
