"""When an article was published and updated.

Takes the small print around an article, gives clues in the order in which they are to be believed, and Problems for
dates that can't be.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from feedpub import dates
from feedpub.dates import Reader, Stamp
from feedpub.finders import fardates
from feedpub.finders.lines import ends_sentence
from feedpub.finders.page import Page
from feedpub.finders.smallprint import Print
from feedpub.model import Capture, Clue, Dateline, Moment, Problem, Trust

SIDES = {"under": 0, "above": 1, "below": 2}
BESIDE = 4  # lines between two dates of one line of small print
WORDED = 5  # blanks in what stands beside a date that may be of a picture
SHORTEST_TITLE = 4  # words of the title of another story
LIST = 3  # dates below the story that are those of others


class Dated(Struct, frozen=True):
    """A stamp with its place on the page and its value."""

    stamp: Stamp
    side: str
    number: int
    value: Moment
    worded: bool  # words stand beside it, as in the line of a picture


def clues(page: Page, printed: Dateline | None, reader: Reader, path: str) -> tuple[list[Clue], list[Problem]]:
    """Clues for `published` and `updated`, best first."""
    problems: list[Problem] = []
    own = [small for small in _with_clock(page.prints) if small.side != "below" or not _is_of_others(page, small.at)]
    found = list(_dated(own, reader, problems, path))
    published = sorted((one for one in found if one.stamp.role == ""), key=_rank)
    labelled = sorted((one for one in found if one.stamp.role == "published"), key=_rank)
    updated = sorted((one for one in found if one.stamp.role == "updated"), key=_rank)
    is_far = bool(labelled and published) and labelled[0].side == "below" and not published[0].worded
    ranked = _absolute_beside([*published, *labelled] if is_far else [*labelled, *published])
    made = [_clue("published", one) for one in ranked]
    if not found or (ranked and _is_doubtful(ranked[0])):
        made = [*fardates.first_published(page, reader), *fardates.clues(page, reader), *made]
    else:
        made += fardates.first_published(page, reader)
    if printed and printed.date and len(printed.date) == 10:
        made += _from_dateline(printed, page.body[0].number, reader)
    if updated:
        made.append(_clue("published", updated[0], "updated-only"))
        made.append(_clue("updated", updated[0]))
    if printed and printed.date and len(printed.date) == 5:
        made += _from_dateline(printed, page.body[0].number, reader)
    if not updated and ranked:
        made += _later(ranked[0], published)
    if (ranked and ranked[0].value.rule == "relative") or (
        not ranked and updated and updated[0].value.rule == "relative"
    ):
        problems += guessed(reader.capture, path)
    return made, problems


def _is_doubtful(one: Dated) -> bool:
    """Whether a day may be that of another story or of a picture: no label says which it is."""
    return not one.stamp.role and (one.worded or one.side == "below")


def _absolute_beside(ranked: list[Dated]) -> list[Dated]:
    """The dates, best first: a day with its year beats `5 hours ago` beside it."""
    if not ranked or ranked[0].value.rule != "relative":
        return ranked
    first = ranked[0]
    for one in ranked[1:]:
        if one.value.rule == "absolute" and one.side == first.side and abs(one.number - first.number) <= BESIDE:
            return [one, *(other for other in ranked if other is not one)]
    return ranked


def _rank(one: Dated) -> tuple[int, bool, bool, int]:
    return SIDES[one.side], one.worded, one.value.rule == "relative", one.number


def _is_of_others(page: Page, at: int) -> bool:
    """Whether a line below the story dates a comment, or the title of another story right above it."""
    if any(line.kind == "comments" for line in page.lines[page.stop : at]):
        return True
    above = page.lines[at - 1]
    title = page.lines[page.title_at].text if page.title_at is not None else ""
    is_title = above.kind == "text" and above.words >= SHORTEST_TITLE and not ends_sentence(above.text)
    return is_title and at > page.stop and above.text != title and all(small.at != at - 1 for small in page.prints)


def _dated(prints: Sequence[Print], reader: Reader, problems: list[Problem], path: str) -> list[Dated]:
    found: list[Dated] = []
    listed = sum(small.side == "below" and bool(small.found.stamps) for small in prints) >= LIST
    for small in prints:
        for stamp in small.found.stamps:
            if stamp.role == "not" or (small.side == "below" and not stamp.role and (small.found.left or listed)):
                continue
            when = reader.moment(stamp)
            if when is None:
                if stamp.unit and reader.capture is None:
                    problems.append(_no_capture(stamp, path))
                continue
            if not reader.is_plausible(when):
                problems.append(_implausible(stamp, small.line.number, path))
                continue
            worded = not small.found.authors and small.found.left.count(" ") >= WORDED
            found.append(Dated(stamp, small.side, small.line.number, when, worded))
    return found


def _with_clock(prints: Sequence[Print]) -> Sequence[Print]:
    """The small print in which the only day has the time that stands on another line."""
    clock = next((small.found.clock for small in prints if small.found.clock), None)
    days = [small for small in prints if small.found.stamps and small.side != "below"]
    if clock is None or len(days) != 1 or len(days[0].found.stamps) != 1:
        return prints
    day, stamp = days[0], days[0].found.stamps[0]
    if stamp.clock or not stamp.month:
        return prints
    whole = replace(stamp, clock=clock.time, zone=clock.zone, seconds=clock.seconds)
    return [replace(day, found=replace(day.found, stamps=(whole,))) if small is day else small for small in prints]


def _clue(field: str, one: Dated, rule: str = "") -> Clue:
    value = replace(one.value, rule=rule) if rule else one.value
    where = f"{one.stamp.role or 'printed'}-{one.side}-{one.value.rule}"
    return Clue(field, value, where, Trust.WRITTEN, one.number)


def _later(chosen: Dated, others: Sequence[Dated]) -> list[Clue]:
    """A second date beside the published one, when it is later: `April 21, 2025April 23, 2025`."""
    for one in others:
        beside = one.side == chosen.side != "below" and abs(one.number - chosen.number) <= 2
        if beside and one.value.value > chosen.value.value and one.value.rule == chosen.value.rule:
            return [_clue("updated", one)]
    return []


def _from_dateline(printed: Dateline, number: int, reader: Reader) -> list[Clue]:
    when = dates.from_dateline(printed.date or "", printed.raw, reader.capture)
    if when is None or not reader.is_plausible(when):
        return []
    return [Clue("published", when, "dateline-date", Trust.WRITTEN, number)]


def guessed(capture: Capture | None, path: str) -> list[Problem]:
    """Say that a relative date was counted from a guess, if it was."""
    if capture is None or capture.trust > Trust.GUESSED:
        return []
    return [
        Problem(
            "capture-guessed",
            "warning",
            path,
            f"a relative date was counted from {capture.value:%Y-%m-%d %H:%M} UTC, a guess ({capture.rule})",
            f"state `captured` in {path.rpartition('/')[2]}.meta.toml",
        )
    ]


def _no_capture(stamp: Stamp, path: str) -> Problem:
    return Problem(
        "capture-unknown",
        "warning",
        path,
        f"“{stamp.text}” can't be counted: when the page was captured is unknown",
        f"state `captured` in {path.rpartition('/')[2]}.meta.toml",
    )


def _implausible(stamp: Stamp, line: int, path: str) -> Problem:
    return Problem(
        "implausible-date",
        "warning",
        path,
        f"line {line}: “{stamp.text}” is no date for news and was not used",
        "state `published` in a sidecar if it is right",
    )
