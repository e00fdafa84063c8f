"""What speaks for a passage belonging to the story of its page, and what against it.

Takes a page's lines, its passages and where the story is thought to lie, gives the features of each passage: of
itself, of what surrounds it, and of what it shares with the longest one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from feedpub.finders.lines import CLOSERS_AND_SPACE, Line, is_mark
from feedpub.finders.passages import Passage, Place
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
    of_kind,
    sized,
)
from feedpub.finders.wording import PAIRED, READ, SHORTEST_CONTENT, content_words, said

EASTERN = "\u2e80"  # before the letters of the scripts without spaces
MOST_READ, TOLD = 3, 3000  # paragraphs of a passage, and letters of the longest one, whose words are looked at
ENDS = frozenset(("end", "comments", "author", "topics"))  # below, another may speak
ENDS_OR_FOOT, FEWEST_SECOND = ENDS | {"foot"}, 3  # paragraphs that may be a second article
PARTED = frozenset(("end", "related"))  # kinds of lines that say more or less
LONG_LABEL = 6  # words: a longer one holds the other story's title itself
FARTHEST_TIME = 12  # lines
MOST_TITLE = 3  # words of the headline
STOPS = ".!?…"  # at the end of a passage
PARAGRAPHS = (1, 2, 4, 8)
GAPS = (0, 1, 2, 3, 6, 12)
FAR = (1, 2, 4, 8, 16, 32)
ROW, SHORTEST_HEAD = (0, 1, 2, 4), 4  # passages; words of a title
SHARES = (0.0, 0.03, 0.06, 0.09, 0.12, 0.18, 0.25)
DENSITIES = (0.0, 0.02, 0.05, 0.1)
YES = (0,)  # the bound of what is so or not

ALL, LONGEST, AGAIN, QUOTE, MARK, ELLIPSIS = map(is_there, ("all", "longest", "again", "quote", "mark", "ellipsis"))
SIZE, COUNT = sized("size", (80.0, 140.0, 220.0, 400.0, 800.0, 2000.0)), sized("paragraphs", PARAGRAPHS)
PART, AVERAGE = sized("part", (0.03, 0.1, 0.3, 0.99)), sized("average", (0.3, 0.5, 0.8, 1.2))
IN_RUN, OPENING = sized("run", YES), sized("opening", YES)
TALKS, SPEAKS_TO_YOU = sized("talk", DENSITIES), sized("you", DENSITIES)
SHARED, STRANGE = sized("shared", SHARES), sized("strange", SHARES)
TITLE, STOP = sized("title", range(MOST_TITLE)), sized("stop", range(len(STOPS)))
IN_ROW = {side: sized(f"{side}.row", ROW) for side in ("before", "after")}
LINES = {side: sized(f"{side}.lines", GAPS) for side in ("above", "below")}
NEXT = {side: sized(f"{side}.next", WORDS) for side in ("above", "below")}
NEXT_KIND = {side: f"{side}.next" for side in NEXT}
LINES_FAR = {side: sized(f"{side}.lines", FAR) for side in ("before", "after")}
PASSAGES_FAR = {side: sized(f"{side}.passages", PARAGRAPHS) for side in ("before", "after")}


class Longest(Struct, frozen=True):
    """The longest passage of the run, which the others are compared with."""

    at: int
    size: float
    average: float
    told: frozenset[str]


class Gap(Struct, frozen=True):
    """What stands between two passages, or at an end of the page."""

    start: int
    stop: int
    kinds: tuple[str, ...]  # each once
    is_timed: bool  # a time of day, or a year, stands there


class Beyond(Struct, frozen=True):
    """What stands between a passage and the longest one."""

    kinds: tuple[str, ...]  # each once
    lines: int  # that are no prose


def features_of(lines: Sequence[Line], found: Sequence[Passage], place: Place) -> Iterator[list[Feature]]:
    """The features of each passage."""
    longest = _longest(lines, found, place)
    printed = _printed(lines, place.first)
    gaps = _gaps(lines, found, place.first)
    beyond = _beyond(gaps, found, longest.at)
    rows = _rows(lines, found, gaps)
    for at, passage in enumerate(found):
        words = _words(lines, passage)
        features = _of_size(passage, longest, place)
        features += _beside(lines, gaps[at], "above")
        features += _beside(lines, gaps[at + 1], "below")
        features += _far(beyond[at], at - longest.at)
        features.append(IN_ROW["after" if at > longest.at else "before"](rows[at]))
        features += _told(lines, passage, words, place.title)
        if at != longest.at:
            features.append(_shared(passage, words, longest.told, beyond[at] if at > longest.at else None))
        if printed and any(printed[line.text] > 1 for line in lines[passage.start : passage.stop]):
            features.append(AGAIN)
        yield features


def _longest(lines: Sequence[Line], found: Sequence[Passage], place: Place) -> Longest:
    inside = [at for at, one in enumerate(found) if one.start < place.run_stop and one.stop > place.run_start]
    best = max(inside or range(len(found)), key=lambda at: found[at].size)
    passage = found[best]
    told: set[str] = set()
    length = 0
    for line in lines[passage.start : passage.stop]:
        told.update(_content(line.text))
        length += len(line.text)
        if length > TOLD:
            break
    return Longest(best, passage.size, passage.size / (passage.stop - passage.start), frozenset(told))


def _content(text: str) -> list[str]:
    """The words of a paragraph that say what it is about; those of a brief one have been looked up already."""
    if len(text) > READ or text[0] > PAIRED:
        return content_words(text)
    return [word for word in said(text) if len(word) > SHORTEST_CONTENT]


def _printed(lines: Sequence[Line], first: int) -> Counter[str]:
    """How often each line stands below the headline, or is it; of a page that repeats none, nothing."""
    texts = [line.text for line in lines[max(0, first - 1) :]]
    printed = Counter(texts)
    return printed if len(printed) < len(texts) else Counter()


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


def _gaps(lines: Sequence[Line], found: Sequence[Passage], first: int) -> list[Gap]:
    """What stands above each passage, and below the last one."""
    starts, stops = [first, *[one.stop for one in found]], [*[one.start for one in found], len(lines)]
    return [_gap(lines, start, stop) for start, stop in zip(starts, stops, strict=True)]


def _gap(lines: Sequence[Line], start: int, stop: int) -> Gap:
    if start == stop:
        return Gap(start, stop, (), is_timed=False)
    between = lines[start:stop]
    kinds = dict.fromkeys([line.kind if line.kind not in PARTED else _kind(line) for line in between])
    texts = "\n".join([line.text[:LATEST_TIME] for line in between[:FARTHEST_TIME] if line.kind == "text"])
    return Gap(start, stop, tuple(kinds), TIMED.search(texts) is not None)


def _rows(lines: Sequence[Line], found: Sequence[Passage], gaps: Sequence[Gap]) -> list[int]:
    """How many single paragraphs in a row stand each below a line that may be its title, as teasers do."""
    headed = [
        passage.stop - passage.start == 1 and _is_headed(lines, passage, gap)
        for passage, gap in zip(found, gaps, strict=False)
    ]
    rows: list[int] = []
    for is_headed, row in groupby(headed):
        count = len(list(row))
        rows += [count if is_headed else 0] * count
    return rows


def _is_headed(lines: Sequence[Line], passage: Passage, gap: Gap) -> bool:
    """Whether the line above a passage may be its title."""
    above = lines[passage.start - 1]
    return gap.start < gap.stop and above.kind == "text" and above.words >= SHORTEST_HEAD


def _kind(line: Line) -> str:
    """The kind of a line, and whether it says no more than that."""
    if line.kind == "end":
        return "end" if is_mark(line.text) else "foot"
    return "inline" if line.words >= LONG_LABEL else line.kind


def _beside(lines: Sequence[Line], gap: Gap, side: str) -> list[Feature]:
    """What stands between a passage and the one above or below."""
    features = [LINES[side](gap.stop - gap.start)]
    if not gap.kinds:
        return features
    features += [of_kind(side, kind) for kind in gap.kinds]
    line = lines[gap.stop - 1 if side == "above" else gap.start]
    features.append(NEXT[side](line.words) if line.kind == "text" else of_kind(NEXT_KIND[side], line.kind))
    if gap.is_timed:
        features.append(of_kind(side, "time"))
    return features


def _beyond(gaps: Sequence[Gap], found: Sequence[Passage], longest: int) -> dict[int, Beyond]:
    """What stands between each passage and the longest one; each gap is looked at once."""
    beyond = {longest: Beyond((), 0)}
    for step, side in ((1, range(longest + 1, len(found))), (-1, range(longest - 1, -1, -1))):
        for at in side:
            gap, known = gaps[at if step > 0 else at + 1], beyond[at - step]
            passage = ("prose",) if at - step != longest else ()
            kinds = dict.fromkeys((*known.kinds, *passage, *gap.kinds))
            beyond[at] = Beyond(tuple(kinds), known.lines + gap.stop - gap.start)
    return beyond


def _far(beyond: Beyond, passages: int) -> list[Feature]:
    """What stands between a passage and the longest one, so many passages away."""
    if not passages:
        return [LONGEST]
    side = "after" if passages > 0 else "before"
    return [
        *[of_kind(side, kind) for kind in beyond.kinds],
        LINES_FAR[side](beyond.lines),
        PASSAGES_FAR[side](abs(passages)),
    ]


def _told(lines: Sequence[Line], passage: Passage, words: frozenset[str], title: frozenset[str]) -> list[Feature]:
    """What a passage speaks of: the site, the reader, the story."""
    text, last = lines[passage.start].text, lines[passage.stop - 1].text
    count = len(words) or 1
    stop = last.rstrip(CLOSERS_AND_SPACE)[-1:]
    features = [TALKS(len(TALK & words) / count), SPEAKS_TO_YOU(len(YOU & words) / count)]
    features.append(STOP(STOPS.find(stop) + 1 if stop else 0))
    if title:
        features.append(TITLE(len(words & title)))
    if last[-1] == "…" or last.endswith("..."):
        features.append(ELLIPSIS)
    if text[0] in QUOTES:
        features.append(QUOTE)
    if any(map(text[:READ].__contains__, MARKS)):
        features.append(MARK)
    return features


def _shared(passage: Passage, words: frozenset[str], told: frozenset[str], below: Beyond | None) -> Feature:
    """What part of its words a passage shares with the longest one above or below; below an end, another may speak."""
    part = len(words & told) / (len(words) or 1)
    ends = ENDS if passage.stop - passage.start < FEWEST_SECOND else ENDS_OR_FOOT
    return SHARED(part) if below is None or ends.isdisjoint(below.kinds) else STRANGE(part)


def _words(lines: Sequence[Line], passage: Passage) -> frozenset[str]:
    """The words of the beginning of a passage; pairs of letters where no spaces are set."""
    text = lines[passage.start].text
    if text[0] > EASTERN:
        return frozenset(content_words(text[:READ]))
    words = said(text)
    if len(text) >= READ or passage.stop == passage.start + 1:
        return words
    more = lines[passage.start + 1 : min(passage.start + MOST_READ, passage.stop)]
    return words.union(*[said(line.text) for line in more])
