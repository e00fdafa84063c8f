"""Which lines of a page are its article.

Takes the page's lines, gives the run of lines that holds the article's prose. A line of prose speaks for its place by
its length, every other line against it; the run that gathers most is the article. What follows the end of an article
(a comment form, a footer) parts the page.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct

from feedpub.finders import dateline
from feedpub.finders.lines import Line, content_words, ends_paragraph, ends_sentence, is_mark
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
STEEPER, MOST_SHORTS = 0.5, 6  # each further short line in a row weighs more: lists of links are long
MOST_TITLES, LONGEST_TITLE = 5, 25  # titles below a label such as `Read also`, and the words of one
EASTERN, SHORTEST_EASTERN = "\u2e80", 6  # first letter of the scripts without spaces; letters of a title in them
LONG_LABEL = 6  # words: a longer line holds the title itself
REPEATED_WORDS, PAIR = 6, 2
INTERVIEW, LONGEST_SPEAKER = 40, 4  # lines in which a question stood before; characters of its mark (`P.`, `Q:`)
SURE = 4.0  # a run that weighs so many times more is the article, dateline or not
MOST_BETWEEN, FEWEST_RESUMED, SHORTEST_RESUMED = 20, 3, 400  # lines; paragraphs and characters that go on
MOST_TOLD, LONGEST_TOLD = 60, 1000  # lines, and characters of each, whose words say what a story is about
SHARED = 0.12  # the part of their words that the story used before
SHORTEST_FIRST, SHARED_FIRST = 120, 0.3  # the same of a first paragraph that stands alone
PARTING = frozenset(("notice", "ad", "paywall", "end"))
INLINE = frozenset(("ad", "caption"))
NEVER_RESUMED = frozenset(("comments", "author", "topics", "consent"))
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
    best: Run | None = None
    start, gathered, peak, stop = 0, 0.0, 0.0, 0
    later, doubt, shorts, prose_before = 1.0, 1.0, 0, False
    for at, line in enumerate(lines):
        if line.prose:
            doubt = 1.0 if prose_before else doubt
            weight = _weight(line) * later * doubt
            shorts = 0
        else:
            shorts = shorts + 1 if line.kind == "text" and line.text[0] not in BULLETS else 0
            weight = _weight(line) * (1 + min(shorts, MOST_SHORTS) * STEEPER)
            doubt = DOUBTED if line.kind in DOUBTS else doubt
        prose_before = line.prose
        if at in anchors:
            weight, doubt = ANCHORED * later, 1.0
        if gathered <= 0:
            if weight <= 0:
                continue
            start, gathered, peak = at, 0.0, 0.0
        gathered += weight
        if gathered > peak:
            peak, stop = gathered, at + 1
        if gathered <= 0 or line.kind in ENDS:
            best = _better(best, Run(start, stop, peak), lines)
            if line.kind in ENDS and peak >= ENOUGH:
                gathered, later = 0.0, LATER
    if gathered > 0:
        best = _better(best, Run(start, stop, peak), lines)
    return best


def _better(best: Run | None, run: Run, lines: Sequence[Line]) -> Run:
    if best is None or run.weight >= SURE * best.weight:
        return run
    if run.weight <= best.weight:
        return best
    return best if _opens_with_dateline(best, lines) and not _opens_with_dateline(run, lines) else run


def _opens_with_dateline(run: Run, lines: Sequence[Line]) -> bool:
    first = next((line for line in lines[run.start : run.stop] if line.prose), None)
    return first is not None and dateline.read(first.text) is not None


def _weight(line: Line) -> float:
    if line.prose:
        return min(len(line.text), HEAVIEST)
    if line.kind == "text" and (line.words >= LONG_TEXT or line.text[0] in BULLETS):
        return LISTED
    return WEIGHTS[line.kind]


def extend(lines: Sequence[Line], stop: int) -> int:
    """Where the article ends, when short sentences and list items follow its last long one."""
    while stop < len(lines):
        line = lines[stop]
        if line.kind == "text" and ends_paragraph(line.text) and line.words > 1:
            stop += 1
        elif stop + 1 < len(lines) and is_inline(line) and _goes_on(line, lines[stop + 1]):
            stop += 2
        elif line.kind == "related" and (again := _resumed(lines, stop)):
            stop = again
        elif stop + 1 < len(lines) and line.words >= LONG_TEXT and lines[stop + 1].kind == "paywall":
            stop += 1
        else:
            break
    return stop


def resumed(lines: Sequence[Line], start: int, stop: int) -> Run | None:
    """Where the story goes on that a gallery, a video or a list of links cut in two.

    What follows must be paragraphs in a row that speak of the same, with no end of an article before them.
    """
    first = next((at for at in range(stop, min(stop + MOST_BETWEEN, len(lines))) if lines[at].prose), None)
    if first is None or any(_is_end(line) for line in lines[stop:first]):
        return None
    last = first
    while last < len(lines) and (lines[last].prose or lines[last].kind in INLINE):
        last += 1
    paragraphs = [line for line in lines[first:last] if line.prose]
    if len(paragraphs) < FEWEST_RESUMED or sum(len(line.text) for line in paragraphs) < SHORTEST_RESUMED:
        return None
    told = _told(lines[start : min(stop, start + MOST_TOLD)])
    words = [word for line in paragraphs[:FEWEST_RESUMED] for word in content_words(line.text[:LONGEST_TOLD])]
    if sum(word in told for word in words) < SHARED * len(words):
        return None
    return Run(first, extend(lines, last), 0)


def begun(lines: Sequence[Line], first: int, start: int, stop: int) -> Run | None:
    """The first paragraphs, when they stand below the small print and above a block of notices or advertisements."""
    at = next((at for at in range(first, start) if lines[at].prose and len(lines[at].text) >= SHORTEST_FIRST), None)
    if at is None or not any(line.kind in PARTING for line in lines[at + 1 : start]):
        return None
    words = content_words(lines[at].text[:LONGEST_TOLD])
    told = _told(lines[start : min(stop, start + MOST_TOLD)])
    if sum(word in told for word in words) < SHARED_FIRST * len(words):
        return None
    return Run(at, next(after for after in range(at + 1, start + 1) if after == start or not lines[after].prose), 0)


def _told(lines: Sequence[Line]) -> set[str]:
    """The words by which a story is known."""
    return {word for line in lines if line.prose for word in content_words(line.text[:LONGEST_TOLD])}


def _is_end(line: Line) -> bool:
    return line.kind in NEVER_RESUMED or (line.kind == "end" and is_mark(line.text))


def _goes_on(inline: Line, after: Line) -> bool:
    """Whether the story goes on after what stands between paragraphs: in prose; after an advertisement also shorter."""
    if after.prose:
        return True
    return inline.kind == "ad" and after.kind == "text" and after.gap and after.words > 1 and ends_paragraph(after.text)


def _resumed(lines: Sequence[Line], stop: int) -> int:
    """Where the story ends that goes on after a label and one title: in prose, or with the mark of an interview.

    0 when it does not: a list of stories has another title behind each teaser.
    """
    at = stop + 2
    if at >= len(lines) or not _could_be_title(lines[stop + 1]):
        return 0
    if _is_answer(lines, at, stop):
        at += 1
    first = at
    while at < len(lines) and lines[at].prose:
        at += 1
    listed = first == stop + 2 and at < len(lines) and (lines[at].kind == "related" or _could_be_title(lines[at]))
    return 0 if at == first or listed else at


def _is_answer(lines: Sequence[Line], at: int, stop: int) -> bool:
    """Whether the line begins with a mark (`P.`, `Q:`) that stood before other lines of the story."""
    mark = lines[at].text.split(" ", 1)[0]
    if len(mark) > LONGEST_SPEAKER or mark[-1] not in ".:—–" or lines[at].prose:
        return False
    return sum(line.text.startswith(f"{mark} ") for line in lines[max(0, stop - INTERVIEW) : stop]) > 1


def is_inline(line: Line) -> bool:
    """An advertisement, a line of the site's, or another story's title with its label, as stand between paragraphs."""
    return line.kind in ("ad", "chrome") or (line.kind == "related" and line.words >= LONG_LABEL)


def keep(lines: Sequence[Line], start: int, stop: int) -> tuple[list[Line], list[Dropped]]:
    """The lines of the article between two places, and those that a page set among them."""
    kept: list[Line] = []
    dropped: list[Dropped] = []
    titles = 0
    seen: dict[str, int] = {}
    for at in range(start, stop):
        line = lines[at]
        rule = "" if line.kind in ("prose", "text") else line.kind
        if not rule and titles and _could_be_title(line):
            rule, titles = "related-title", titles - 1
        elif not rule and line.words >= REPEATED_WORDS and line.text in seen:
            rule = "repeated"
            if at - seen[line.text] <= PAIR and kept and kept[-1].text == line.text:
                dropped.append(
                    Dropped(kept[-1].number, line.text, rule)
                )  # a caption, once for the eye and once for the ear
                del kept[-1]
        elif rule == "related":
            titles = MOST_TITLES if line.words < LONG_LABEL else 0
        else:
            titles = 0
        seen[line.text] = at
        if rule:
            dropped.append(Dropped(line.number, line.text, rule))
        else:
            kept.append(line)
    return kept, dropped


def _could_be_title(line: Line) -> bool:
    if line.kind != "text" or ends_sentence(line.text):
        return False
    return 3 < line.words <= LONGEST_TITLE or (line.text[0] > EASTERN and len(line.text) >= SHORTEST_EASTERN)
