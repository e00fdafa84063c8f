"""What speaks for a passage belonging to the story of its page, and what against it.

Takes a page's lines, its passages and where the story is thought to lie, gives the features of each passage: of
itself, of what surrounds it, and of what it shares with the longest one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from feedpub.finders.lines import READ, SHORTEST_CONTENT, Line, content_words, is_mark, said
from feedpub.finders.passages import EASTERN, Passage, Place
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
    sized,
)

MOST_READ, TOLD = 3, 1000  # paragraphs of a passage, and letters of the longest one, whose words are looked at
ENDS = frozenset(("end", "comments", "author", "topics"))  # below, another may speak
ENDS_OR_FOOT, FEWEST_SECOND = ENDS | {"foot"}, 3  # paragraphs that may be a second article
PARTED = frozenset(("end", "related"))  # kinds of lines that say more or less
LONG_LABEL = 6  # words: a longer one holds the other story's title itself
FARTHEST_TIME = 12  # lines
MOST_TITLE = 3  # words of the headline
PARAGRAPHS = (1, 2, 4, 8)
GAPS = (0, 1, 2, 3, 6, 12)
FAR = (1, 2, 4, 8, 16, 32)
SHARES = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4)
DENSITIES = (0.0, 0.02, 0.05, 0.1)
YES = (0,)  # the bound of what is so or not

ALL, LONGEST, AGAIN, QUOTE, MARK, ELLIPSIS = map(is_there, ("all", "longest", "again", "quote", "mark", "ellipsis"))
SIZE, COUNT = sized("size", (80, 140, 220, 400, 800, 2000)), sized("paragraphs", PARAGRAPHS)
PART, AVERAGE = sized("part", (0.03, 0.1, 0.3, 0.99)), sized("average", (0.3, 0.5, 0.8, 1.2))
IN_RUN, OPENING = sized("run", YES), sized("opening", YES)
TALKS, SPEAKS_TO_YOU = sized("talk", DENSITIES), sized("you", DENSITIES)
SHARED, STRANGE = sized("shared", SHARES), sized("strange", SHARES)
TITLE = sized("title", range(MOST_TITLE))
LINES = {side: sized(f"{side}.lines", GAPS) for side in ("above", "below")}
NEXT = {side: sized(f"{side}.next", WORDS) for side in ("above", "below")}
LINES_FAR = {side: sized(f"{side}.lines", FAR) for side in ("before", "after")}
PASSAGES_FAR = {side: sized(f"{side}.passages", PARAGRAPHS) for side in ("before", "after")}


class Longest(Struct, frozen=True):
    """The longest passage of the run, which the others are compared with."""

    at: int
    size: float
    average: float
    told: frozenset[str]


class Beyond(Struct, frozen=True):
    """What stands between a passage and the longest one."""

    kinds: tuple[str, ...]  # each once
    lines: int  # that are no prose


def features_of(lines: Sequence[Line], found: Sequence[Passage], place: Place) -> Iterator[list[Feature]]:
    """The features of each passage."""
    longest = _longest(lines, found, place)
    printed = _repeated(lines, place.first)
    kinds = [line.kind if line.kind not in PARTED else _kind(line) for line in lines]
    beyond = _beyond(kinds, found, longest.at)
    for at, passage in enumerate(found):
        above = range(found[at - 1].stop if at else place.first, passage.start)
        below = range(passage.stop, found[at + 1].start if at + 1 < len(found) else len(lines))
        features = _of_size(passage, longest, place)
        features += _beside(lines, kinds, above, "above")
        features += _beside(lines, kinds, below, "below")
        features += _far(beyond[at], at - longest.at)
        features += _told(lines, passage, place.title)
        if at != longest.at:
            features.append(_shared(lines, passage, longest.told, beyond[at] if at > longest.at else None))
        if printed and not printed.isdisjoint([line.text for line in lines[passage.start : passage.stop]]):
            features.append(AGAIN)
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
    texts = [line.text for line in lines[max(0, first - 1) :]]
    if len(set(texts)) == len(texts):
        return frozenset()
    return frozenset(text for text, count in Counter(texts).items() if count > 1)


def _of_size(passage: Passage, longest: Longest, place: Place) -> list[Feature]:
    """How long a passage is, and whether it stands where the story is thought to lie."""
    count = passage.stop - passage.start
    return [
        ALL,
        SIZE(passage.size),
        COUNT(count),
        PART(passage.size / longest.size),
        AVERAGE(passage.size / count / longest.average),
        IN_RUN(passage.start < place.run_stop and passage.stop > place.run_start),
        OPENING(passage.stop <= place.start),
    ]


def _beside(lines: Sequence[Line], kinds: Sequence[str], gap: range, side: str) -> list[Feature]:
    """What stands between a passage and the one above or below."""
    features = [LINES[side](len(gap))]
    if not gap:
        return features
    features += [is_there(f"{side}.{kind}") for kind in dict.fromkeys(kinds[gap.start : gap.stop])]
    line = lines[gap[-1] if side == "above" else gap[0]]
    features.append(NEXT[side](line.words) if line.kind == "text" else is_there(f"{side}.next.{line.kind}"))
    for line in lines[gap.start : min(gap.stop, gap.start + FARTHEST_TIME)]:
        if line.kind == "text" and TIMED.search(line.text, 0, LATEST_TIME):
            features.append(is_there(f"{side}.time"))
            break
    return features


def _kind(line: Line) -> str:
    """The kind of a line, and whether it says no more than that."""
    if line.kind == "end":
        return "end" if is_mark(line.text) else "foot"
    return "inline" if line.words >= LONG_LABEL else line.kind


def _beyond(kinds: Sequence[str], found: Sequence[Passage], longest: int) -> dict[int, Beyond]:
    """What stands between each passage and the longest one; each line is looked at once."""
    beyond = {longest: Beyond((), 0)}
    for step, side in ((1, range(longest + 1, len(found))), (-1, range(longest - 1, -1, -1))):
        for at in side:
            nearer = found[at - step]
            start, stop = (nearer.start, found[at].start) if step > 0 else (found[at].stop, nearer.stop)
            if at - step == longest:
                start, stop = (nearer.stop, stop) if step > 0 else (start, nearer.start)
            between = kinds[start:stop]
            known = beyond[at - step]
            seen = tuple(dict.fromkeys((*known.kinds, *between)))
            beyond[at] = Beyond(seen, known.lines + len(between) - between.count("prose"))
    return beyond


def _far(beyond: Beyond, passages: int) -> list[Feature]:
    """What stands between a passage and the longest one, so many passages away."""
    if not passages:
        return [LONGEST]
    side = "after" if passages > 0 else "before"
    return [
        *[is_there(f"{side}.{kind}") for kind in beyond.kinds],
        LINES_FAR[side](beyond.lines),
        PASSAGES_FAR[side](abs(passages)),
    ]


def _told(lines: Sequence[Line], passage: Passage, title: frozenset[str]) -> list[Feature]:
    """What a passage speaks of: the site, the reader, the story."""
    words = _words(lines, passage)
    text, last = lines[passage.start].text, lines[passage.stop - 1].text
    features = [
        TALKS(len(TALK & words) / (len(words) or 1)),
        SPEAKS_TO_YOU(len(YOU & words) / (len(words) or 1)),
    ]
    if title:
        content = _content(lines, passage) if text[0] > EASTERN else words
        features.append(TITLE(len(content & title)))
    if last[-1] == "…" or last.endswith("..."):
        features.append(ELLIPSIS)
    if text[0] in QUOTES:
        features.append(QUOTE)
    if MARKS.search(text, 0, READ):
        features.append(MARK)
    return features


def _shared(lines: Sequence[Line], passage: Passage, told: frozenset[str], below: Beyond | None) -> Feature:
    """What part of its words a passage shares with the longest one above or below; below an end, another may speak."""
    content = _content(lines, passage)
    part = len(content & told) / (len(content) or 1)
    ends = ENDS if passage.stop - passage.start < FEWEST_SECOND else ENDS_OR_FOOT
    return SHARED(part) if below is None or ends.isdisjoint(below.kinds) else STRANGE(part)


def _words(lines: Sequence[Line], passage: Passage) -> frozenset[str]:
    """The words of the beginning of a passage."""
    words = said(lines[passage.start].text)
    if len(lines[passage.start].text) < READ:
        for line in lines[passage.start + 1 : min(passage.start + MOST_READ, passage.stop)]:
            words |= said(line.text)
    return words


def _content(lines: Sequence[Line], passage: Passage) -> frozenset[str]:
    """Those of them that say what it is about."""
    text = lines[passage.start].text
    if text[0] > EASTERN:
        return frozenset(content_words(text[:READ]))
    return frozenset([word for word in _words(lines, passage) if len(word) > SHORTEST_CONTENT])
