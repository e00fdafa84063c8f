"""Names on lines of their own: which of them signs the article.

Takes a page, gives a Signature or None. Such a line may as well name who is pictured, quoted or told about, so signs
are weighed: where it stands, what stands beside it, what the page says elsewhere of the same name. The weights are
those of a logistic regression over lines of some hundred sites, proven on the lines of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat

from msgspec import Struct

from feedpub.finders import byline, names
from feedpub.finders.given import KANA, is_given, is_japanese, is_named
from feedpub.finders.lines import STOPS, Line
from feedpub.finders.page import Page
from feedpub.finders.smallprint import LABELS_ALONE
from feedpub.lexicon import table

ABOVE, UNDER, ON, BELOW = 6, 16, 8, 30  # lines above the title, below it, above and below the story that are looked at
SECOND, FAR, FARTHER = 2, 5, 15  # lines from the title or from the end
MOST_WORDS = 12
ENOUGH, ENOUGH_BESIDE = 0.75, -0.5  # of a score; of that of a line beside one that signs
BESIDE = 2
MANY_DATES, LATER = 4, range(2, 7)  # lines with dates of a list; where another date follows the one beside a name
CROWD, AROUND = 3, 6  # so many other names so near are a list
BIOGRAPHY, BEFORE = 25, 30  # characters that follow a name in a biography, and that may stand before it
WEIGHTS = {
    "line": -2.7,  # what every line begins with
    "given": 2.8,  # a given name that the table knows
    "single": -0.7,  # a name of one word
    "capitals": -0.7,
    "above": -0.4,
    "under": 0.9,
    "below": -0.5,
    "under-2": 0.4,
    "under-far": -0.9,
    "under-deck": 0.8,
    "below-0": 1.3,
    "below-far": -0.7,
    "below-farther": -1.7,
    "above-date": 1.3,
    "under-date": -0.3,
    "last-date": 1.4,  # no other date follows the one beside it
    "many-dates": -1.5,  # the page prints dates as lists of stories do
    "behind-comments": -0.7,
    "label-before": 1.9,
    "caption-before": -0.4,
    "role-after": 1.8,
    "text-after": -0.3,
    "prose-after": 0.8,
    "crowd": -1.2,
    "pictured": -1.2,  # the story, or its beginning, speaks of who stands below the title
    "told-of": -1.4,  # the story goes on speaking of them
    "again-under": 0.3,
    "again-below": 1.1,
    "more-by": 1.5,  # More by Ada March
    "biography": 2.7,  # Ada March is a reporter
}
_NO_PICTURES = ("ed", "re", "bea")  # how the words for editors begin
PICTURES = frozenset(
    word.rstrip(":") for word in table("bylines")["credit"] if " " not in word and not word.startswith(_NO_PICTURES)
)
CONTACTS = tuple(table("bylines")["contact"])


class Signature(Struct, frozen=True):
    """The people who sign, and the first of the lines that name them."""

    people: tuple[str, ...]
    line: Line


def find(page: Page) -> Signature | None:
    """The line that signs the article best, with those beside it."""
    candidates = {at: people for at in _around(page) if (people := _names(page, at))}
    if not candidates:
        return None
    spoken = _Spoken.of(page)
    scores = {at: sum(WEIGHTS[sign] for sign in _signs(page, at, candidates, spoken)) for at in candidates}
    best = max(scores, key=lambda at: (scores[at], -at))
    if scores[best] < ENOUGH:
        return None
    best = _fuller(best, candidates, scores)
    signed = [best]
    for step in (-1, 1):
        at = best
        while more := next((at + step * far for far in range(1, BESIDE + 1) if _signs_too(scores, at + step * far)), 0):
            at = more
            signed.append(at)
    signed.sort()
    people = tuple(dict.fromkeys(name for at in signed for name in candidates[at]))
    return Signature(people, page.lines[signed[0]])


def _fuller(best: int, candidates: Mapping[int, Sequence[str]], scores: Mapping[int, float]) -> int:
    """The line that names the same people and more, when one of several has a note about them elsewhere."""
    for at, people in candidates.items():
        if scores[at] >= ENOUGH_BESIDE and len(people) > len(candidates[best]) and set(people) >= set(candidates[best]):
            return at
    return best


def _signs_too(scores: Mapping[int, float], at: int) -> bool:
    return scores.get(at, ENOUGH_BESIDE - 1) >= ENOUGH_BESIDE


class _Spoken(Struct, frozen=True):
    """The text of the story without its last paragraph, and of everything around it."""

    story: str
    around: str

    @staticmethod
    def of(page: Page) -> _Spoken:
        around = (*page.lines[: page.start], *page.lines[page.stop - 1 :])
        return _Spoken(
            "\n".join(line.text for line in page.body[:-1]), "\n" + "\n".join(line.text for line in around) + "\n"
        )

    def lines_with(self, name: str) -> Iterator[str]:
        """The lines around the story that hold the name."""
        at = self.around.find(name)
        while at >= 0:
            end = self.around.find("\n", at)
            yield self.around[self.around.rfind("\n", 0, at) + 1 : end]
            at = self.around.find(name, end)


def _around(page: Page) -> Iterator[int]:
    """The lines that may sign, those of the page's order."""
    title_at = page.start if page.title_at is None else page.title_at
    yield from range(max(0, title_at - ABOVE), min(title_at, page.start))
    under = title_at + 1 + UNDER
    yield from range(title_at + 1, min(page.start, under))
    yield from range(max(under, page.start - ON), page.start)
    yield from range(page.stop, min(page.stop + BELOW, len(page.lines)))


def _names(page: Page, at: int) -> tuple[str, ...]:
    line = page.lines[at]
    is_title = page.title_at is not None and line.text == page.lines[page.title_at].text
    people = _people(page, at) if line.kind == "text" and line.words <= MOST_WORDS and not is_title else ()
    return () if people and at and _is_of_others(page.lines[at - 1].text) else people


def _people(page: Page, at: int) -> tuple[str, ...]:
    line = page.lines[at]
    if line.text[0] > KANA:
        return (line.text,) if is_japanese(line.text) else ()
    if line.words == 1 and is_given(line.text):
        return (line.text,)
    found = byline.bare(line.text)
    if not found or ("/" in line.text and _is_credit(line.text) and not _dated(page, at) & {-1, 1}):
        return ()
    return tuple(name for name in found.authors if not names.is_role(name))  # Games Editor, below who is it


def _is_of_others(text: str) -> bool:
    """Whether a line says that the name below it is of who took a picture, or answers the press."""
    folded = text.casefold()
    return folded.split(maxsplit=1)[0].rstrip(":") in PICTURES or folded.startswith(CONTACTS)


def _is_credit(text: str) -> bool:
    """`Ada March/AP` is who took a picture, and for whom, unless a date stands beside it."""
    return text.rpartition("/")[2].strip().casefold() in names.AGENCIES


def _dated(page: Page, at: int) -> set[int]:
    """How far from the line dates stand."""
    return {small.at - at for small in page.prints if small.found.stamps}


def _signs(page: Page, at: int, candidates: Mapping[int, Sequence[str]], spoken: _Spoken) -> Iterator[str]:
    """What speaks for a line and against it."""
    name, text = candidates[at][0], page.lines[at].text
    side = "below" if at >= page.stop else "above" if page.title_at is None or at < page.title_at else "under"
    yield from ("line", side)
    if name[0] > KANA or any(map(is_named, candidates[at])):
        yield "given"
    if " " not in name and name.isascii():
        yield "single"
    if text.isupper():
        yield "capitals"
    yield from _of_its_place(page, at, side)
    yield from _of_what_is_beside(page.lines, at, candidates)
    yield from _of_what_is_said(name, text, side, spoken)


def _of_its_place(page: Page, at: int, side: str) -> Iterator[str]:
    if side == "under":
        yield from _of_its_place_under(page, at, page.title_at or 0)
    elif side == "below":
        yield from _of_its_place_below(page, at)


def _of_its_place_under(page: Page, at: int, title_at: int) -> Iterator[str]:
    far, dated = at - title_at, _dated(page, at)
    if far == SECOND:
        yield "under-2"
    elif far > FAR:
        yield "under-far"
    if any(line.prose for line in page.lines[title_at + 1 : at]):
        yield "under-deck"
    if len(dated) >= MANY_DATES:
        yield "many-dates"
    if dated & {-1, 1} and dated.isdisjoint(LATER):
        yield "last-date"
    if 1 in dated:
        yield "above-date"
    elif -1 in dated:
        yield "under-date"


def _of_its_place_below(page: Page, at: int) -> Iterator[str]:
    far = at - page.stop
    if far == 0:
        yield "below-0"
    elif far > FAR:
        yield "below-far" if far < FARTHER else "below-farther"
    if any(line.kind == "comments" for line in page.lines[page.stop : at]):
        yield "behind-comments"


def _of_what_is_beside(lines: Sequence[Line], at: int, candidates: Mapping[int, Sequence[str]]) -> Iterator[str]:
    before = lines[at - 1] if at else None
    after = lines[at + 1] if at + 1 < len(lines) else None
    if (
        at - 1 not in candidates
        and before
        and (before.kind == "author" or before.text.rstrip(" :").casefold() in LABELS_ALONE)
    ):
        yield "label-before"
    if before and before.kind == "caption":
        yield "caption-before"
    if after and after.prose:
        yield "prose-after"
    if after and after.kind == "text":
        yield "text-after"
        if at + 1 not in candidates and names.is_role(after.text):
            yield "role-after"
    if sum(other != at and abs(other - at) <= AROUND for other in candidates) >= CROWD:
        yield "crowd"


def _of_what_is_said(name: str, text: str, side: str, spoken: _Spoken) -> Iterator[str]:
    """What the page says of the same name elsewhere."""
    last = next((word for word in reversed(name.split(" ")) if len(word) > 1), name)  # Ada March C
    if side == "under" and name in spoken.story:
        yield "pictured"
    told = last != name and spoken.story.count(last) > 1
    if told:
        yield "told-of"
    named = list(spoken.lines_with(name))
    others = [line for line in named if line != text]
    if side != "above" and len(named) - len(others) > 1:
        yield f"again-{side}"
    if any(line[: line.find(name)].casefold().endswith(names.OF) for line in others):
        yield "more-by"
    if not told and any(map(_is_biography, others, repeat(name))):
        yield "biography"


def _is_biography(line: str, name: str) -> bool:
    """Whether the line is a sentence that the name begins: Ada March is a reporter."""
    at = line.find(name)
    return at <= BEFORE and len(line) - at - len(name) > BIOGRAPHY and line[-1] in STOPS
