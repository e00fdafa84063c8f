"""What speaks for a passage belonging to the story of its page, and what against it.

Takes a page's lines, its passages and where the story is thought to lie, gives the features of each passage: of
itself, of what surrounds it, and of what it shares with the longest one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from feedpub.finders.lines import Line, content_words, is_mark
from feedpub.finders.passages import EASTERN, READ, Passage, Place, words
from feedpub.finders.weights import LATEST_TIME, MARKS, QUOTES, TALK, TIMED, WORDS, YOU, Feature

MOST_READ, TOLD = 3, 1000  # paragraphs of a passage, and letters of the longest one, whose words are looked at
ENDS = frozenset(("after.end", "after.comments", "after.author", "after.topics"))  # below, another may speak
ENDS_OR_FOOT, FEWEST_SECOND = ENDS | {"after.foot"}, 3  # paragraphs that may be a second article
LONG_LABEL = 6  # words: a longer one holds the other story's title itself
FARTHEST_TIME = 12  # lines
SIZES = (80, 140, 220, 400, 800, 2000)
PARAGRAPHS = (1, 2, 4, 8)
PARTS = (0.03, 0.1, 0.3, 0.99)
AVERAGES = (0.3, 0.5, 0.8, 1.2)
GAPS = (0, 1, 2, 3, 6, 12)
FAR = (1, 2, 4, 8, 16, 32)
SHARES = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4)
DENSITIES = (0.0, 0.02, 0.05, 0.1)


class Longest(Struct, frozen=True):
    """The longest passage of the run, which the others are compared with."""

    at: int
    size: float
    average: float
    told: frozenset[str]


class Beyond(Struct, frozen=True):
    """What stands between a passage and the longest one."""

    kinds: frozenset[str]
    lines: int  # that are no prose


def features_of(lines: Sequence[Line], found: Sequence[Passage], place: Place) -> Iterator[list[Feature]]:
    """The features of each passage."""
    longest = _longest(lines, found, place)
    printed = _repeated(lines, place.first)
    kinds = list(map(_kind, lines))
    beyond = _beyond(kinds, found, longest.at)
    for at, passage in enumerate(found):
        above = range(found[at - 1].stop if at else place.first, passage.start)
        below = range(passage.stop, found[at + 1].start if at + 1 < len(found) else len(lines))
        features = _of_size(passage, longest, place)
        features += _beside(lines, kinds, above, "above")
        features += _beside(lines, kinds, below, "below")
        far = _far(beyond[at], at - longest.at)
        features += far
        features += _told(
            lines, passage, longest.told if at != longest.at else frozenset(), place.title, _shared(passage, far)
        )
        if printed and any(line.text in printed for line in lines[passage.start : passage.stop]):
            features.append(("again", 0))
        yield features


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


def _of_size(passage: Passage, longest: Longest, place: Place) -> list[Feature]:
    """How long a passage is, and whether it stands where the story is thought to lie."""
    count = passage.stop - passage.start
    return [
        ("all", 0),
        ("size", bisect_left(SIZES, passage.size)),
        ("paragraphs", bisect_left(PARAGRAPHS, count)),
        ("part", bisect_left(PARTS, passage.size / longest.size)),
        ("average", bisect_left(AVERAGES, passage.size / count / longest.average)),
        ("run", int(passage.start < place.run_stop and passage.stop > place.run_start)),
        ("opening", int(passage.stop <= place.start)),
    ]


def _beside(lines: Sequence[Line], kinds: Sequence[str], gap: range, side: str) -> list[Feature]:
    """What stands between a passage and the one above or below."""
    features = [(f"{side}.lines", bisect_left(GAPS, len(gap)))]
    if not gap:
        return features
    features += [(f"{side}.{kind}", 0) for kind in sorted(set(kinds[gap.start : gap.stop]))]
    line = lines[gap[-1] if side == "above" else gap[0]]
    features.append(
        (f"{side}.next", bisect_left(WORDS, line.words)) if line.kind == "text" else (f"{side}.next.{line.kind}", 0)
    )
    for line in lines[gap.start : min(gap.stop, gap.start + FARTHEST_TIME)]:
        if line.kind == "text" and TIMED.search(line.text[:LATEST_TIME]):
            features.append((f"{side}.time", 0))
            break
    return features


def _kind(line: Line) -> str:
    """The kind of a line, and whether it says no more than that."""
    if line.kind == "end":
        return "end" if is_mark(line.text) else "foot"
    return "inline" if line.kind == "related" and line.words >= LONG_LABEL else line.kind


def _beyond(kinds: Sequence[str], found: Sequence[Passage], longest: int) -> dict[int, Beyond]:
    """What stands between each passage and the longest one; each line is looked at once."""
    beyond = {longest: Beyond(frozenset(), 0)}
    for step, side in ((1, range(longest + 1, len(found))), (-1, range(longest - 1, -1, -1))):
        for at in side:
            nearer = found[at - step]
            start, stop = (nearer.start, found[at].start) if step > 0 else (found[at].stop, nearer.stop)
            if at - step == longest:
                start, stop = (nearer.stop, stop) if step > 0 else (start, nearer.start)
            between = kinds[start:stop]
            known = beyond[at - step]
            beyond[at] = Beyond(known.kinds.union(between), known.lines + len(between) - between.count("prose"))
    return beyond


def _far(beyond: Beyond, passages: int) -> list[Feature]:
    """What stands between a passage and the longest one, so many passages away."""
    if not passages:
        return [("longest", 0)]
    side = "after" if passages > 0 else "before"
    return [
        *[(f"{side}.{kind}", 0) for kind in sorted(beyond.kinds)],
        (f"{side}.lines", bisect_left(FAR, beyond.lines)),
        (f"{side}.passages", bisect_left(PARAGRAPHS, abs(passages))),
    ]


def _shared(passage: Passage, far: Sequence[Feature]) -> str:
    """What it is to share words with the longest passage: below an end, another may speak."""
    ends = ENDS if passage.stop - passage.start < FEWEST_SECOND else ENDS_OR_FOOT
    return "shared" if ends.isdisjoint([key for key, _ in far]) else "strange"


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
