"""The small print of a page: which of its lines say who wrote, when, and in which section.

Takes a page's lines, gives Prints. A label on a line of its own belongs to the line below it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from feedpub.finders import body, byline, dateline
from feedpub.finders.byline import Byline
from feedpub.finders.given import is_given
from feedpub.finders.lines import MOST_DATED, Line
from feedpub.finders.names import is_bare_name
from feedpub.lexicon import table

ABOVE = 8  # lines above the title
BELOW = 14  # lines below the body
PRINTED = frozenset(("text", "tags", "end", "prose"))
BRIEF = 24  # characters beside a date that may be a whole dispatch
MOST_PRINTED = MOST_DATED  # words of a line of small print
MOST_TIMED, LATEST_TIME = 9, 14  # words of a line with a time and no day; characters at its end that hold one
TIME = re.compile(r"\d[:.hH]\d\d")
FEWEST_TOLD = 4  # words beside a day without year and time that may speak of it
LONGEST_LEFT = 60  # characters of it that nothing explains
FILED = frozenset(word.casefold().rstrip(" :") for word in table("bylines")["in"] if word[-1] == ":" or " " in word)
FILING = frozenset(word.casefold().split()[0] for word in table("bylines")["in"])
LABELS_ALONE = FILED | frozenset(
    word.casefold().rstrip(" :")
    for word in (*table("datelabels")["published"], *table("datelabels")["updated"], *table("bylines")["by"])
    if len(word) > 1
)
LONGEST_LABEL, BESIDE_LABELS = 24, f"{byline.BULLETS}:"  # of a label on a line of its own; what stands around it
LONGEST_BY = 4  # letters of a label that is hardly an item of a menu: by, von, par
_BY = frozenset(map(str.casefold, table("bylines")["by"]))
WITH_COLON = {  # labels that are none without it where a name stands behind them: Reporter:
    word.rstrip(" :"): word for word in _BY if word[-1] == ":" and word[:-1] not in _BY and len(word) > LONGEST_BY + 1
}
TOGETHER = frozenset(("and", "und", "et", "y", "e", "en", "och", "og", "&"))  # alone between the lines of two names
MOST_ANCHORS = 31  # lines with a date that are looked at: archives and calendars hold hundreds
YEAR = re.compile(r"(?:19|20)\d\d")


class Print(Struct, frozen=True):
    """A line of small print, and which side of the article it stands on."""

    at: int
    line: Line
    found: Byline
    side: str  # under, above, below


class _Prints(dict[int, Byline | None]):
    """The lines of a page as small print, each read when it is first asked for."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    def __missing__(self, at: int) -> Byline | None:
        found = self[at] = _small_print(self._lines, at) if at < len(self._lines) else None
        return found


def reader(lines: Sequence[Line]) -> Callable[[int], Byline | None]:
    """Reads lines as small print, each once."""
    return _Prints(lines).__getitem__


def anchors(lines: Sequence[Line], read: Callable[[int], Byline | None]) -> frozenset[int]:
    """The lines that say when an article was published, or by whom and when."""
    dated = [at for at, line in enumerate(lines) if line.dated and line.kind in PRINTED]
    return frozenset([at for at in dated[:MOST_ANCHORS] if _anchors(read(at))])


def _anchors(small: Byline | None) -> bool:
    return small is not None and any(
        stamp.role == "published" or (small.authors and not stamp.unit) for stamp in small.stamps
    )


def above(lines: Sequence[Line], title_at: int, read: Callable[[int], Byline | None]) -> list[Print]:
    """The small print above the title, or above the story when it has none, the nearest first."""
    prints: list[Print] = []
    for at in range(title_at - 1, max(-1, title_at - ABOVE - 1), -1):
        found = read(at)
        if found:
            prints.append(Print(at, lines[at], found, "above"))
    return prints


def below(lines: Sequence[Line], stop: int, read: Callable[[int], Byline | None]) -> list[Print]:
    """The small print below the story, up to the titles of others."""
    prints: list[Print] = []
    for at in range(stop, min(stop + BELOW, len(lines))):
        line = lines[at]
        if line.kind == "related" and not body.is_inline(line):
            break
        found = read(at)
        if found:
            prints.append(Print(at, line, found, "below"))
    return prints


def _small_print(lines: Sequence[Line], at: int) -> Byline | None:
    line = lines[at]
    if line.kind not in PRINTED or line.words > MOST_PRINTED:
        return None
    text = line.text
    above = lines[at - 1].text if at else ""
    if len(above) < LONGEST_LABEL and (label := above.strip(BESIDE_LABELS)).casefold() in LABELS_ALONE:
        label = above if label.casefold() in FILED else _with_colon(lines, at, label)
        text = f"{label} {text.lstrip(byline.BULLETS)}"
    if at + 2 < len(lines) and len(lines[at + 1].text) < 4 and lines[at + 1].text.casefold() in TOGETHER:
        text = f"{text} {lines[at + 1].text} {lines[at + 2].text}"
    if line.kind == "end" and not (YEAR.search(text) or " by " in text or text.split(" ", 1)[0].casefold() in FILING):
        return None
    found = byline.read(text) or (_timed(lines, at) if TIME.search(text[-LATEST_TIME:]) else None)
    if (
        found is None
        or (found.stamps and len(found.left) > LONGEST_LEFT)
        or (line.prose and (not found.stamps or len(found.left) > 12))
    ):
        return None
    if found.stamps and (
        _tells_of_day(found) or _is_answer(text, found) or (len(found.left) > BRIEF and _is_dispatch(text))
    ):
        return None
    if text is not line.text and _is_word_of_menu(above, found):
        return None
    is_empty = not (found.authors or found.stamps or found.labelled or found.counted or found.categories or found.clock)
    return None if is_empty else found


def _with_colon(lines: Sequence[Line], at: int, label: str) -> str:
    """A label that needs a colon, with it, above a name; it may as well be the role of the name above itself."""
    if not is_bare_name(lines[at].text) or (at > 1 and is_bare_name(lines[at - 2].text)):
        return label
    return WITH_COLON.get(label.casefold(), label)


def _tells_of_day(found: Byline) -> bool:
    """Whether a headline speaks of the day, which is not printed as such: `Late ferries return on June 1`."""
    printed = any(stamp.year or stamp.clock or stamp.unit or stamp.role for stamp in found.stamps)
    return not printed and len(found.left.split()) >= FEWEST_TOLD


def _is_answer(text: str, found: Byline) -> bool:
    """Whether a time that is counted back from now is a sentence of its own: `Two hours ago.`."""
    if not text.endswith(".") or len(found.stamps) != 1 or found.left:
        return False
    return found.stamps[0].unit is not None and not any(map(str.isdigit, text))


def _is_word_of_menu(label: str, found: Byline) -> bool:
    """Whether a label on a line of its own (`Interview`) and the word below it may as well be two items of a menu."""
    if len(label) <= LONGEST_BY or label.endswith((":", "：")) or found.filed or len(found.authors) != 1:
        return False
    (name,) = found.authors
    return name.isalpha() and name[0].isupper() and not is_given(name)


def _is_dispatch(text: str) -> bool:
    """Whether the line is a whole dispatch: place, date and a story."""
    located = dateline.read(text)
    return located is not None and bool(located.dateline.places) and located.end < len(text)


def _timed(lines: Sequence[Line], at: int) -> Byline | None:
    """A line with a time of day, of which the line above prints the day."""
    line = lines[at]
    if line.words > MOST_TIMED:
        return None
    above = byline.read(lines[at - 1].text) if at and lines[at - 1].words <= MOST_PRINTED else None
    day = next((stamp for stamp in above.stamps if stamp.month), None) if above else None
    return byline.timed(line.text, day)
