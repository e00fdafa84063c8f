"""What stands at the very end of an article and is not part of it: notes about its author, about the report."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from feedpub.finders import names
from feedpub.finders.agencies import PR
from feedpub.finders.lines import Line, ends_sentence
from feedpub.finders.located import Found
from feedpub.lexicon import table
from feedpub.model import Dropped

LAST = 3  # paragraphs at the end that may be notes
LONGEST_NOTE = 60  # words
LONGEST_HEAD = 8  # words of the line that heads a company's own description
ABOUT = tuple(f"{word.casefold()} " for word in table("chrome")["about"])
COURTESIES = frozenset("mr ms mrs mx dr prof professor".split())
VERBS = frozenset(
    """is was writes covers reports has joined works lives leads teaches can contributed reported ist schreibt arbeitet
    war hat lebt leitet studierte est écrit couvre es escribe cubre é escreve scrive schrijft pisze""".split()
)


def without_notes(
    body: Sequence[Line], located: Found | None, people: Collection[str]
) -> tuple[Sequence[Line], list[Dropped]]:
    """The body without what stands at its end about the company, or at either end about the authors."""
    introduced = int(located is None and len(body) > 1 and _introduces(body[0], people))
    introduction = [Dropped(line.number, line.text, "author-note") for line in body[:introduced]]
    told, boxes = without_boxes(body[introduced:], people)
    story, company = without_company(told, located)
    signed, portrait = without_portrait(story, people)
    kept, note = without_signature(signed, people)
    return kept, [*introduction, *boxes, *company, *portrait, *note]


def without_boxes(body: Sequence[Line], people: Collection[str]) -> tuple[Sequence[Line], list[Dropped]]:
    """The body without the names of its authors on lines of their own, and what they are below (`Editor in Oslo`)."""
    boxes = [
        at + below
        for at, (line, following) in enumerate(pairwise(body))
        if line.text in people and following.text.split(" ", 1)[0].casefold() in names.FIRST_ROLES
        for below in (0, 1)
    ]
    dropped = [Dropped(body[at].number, body[at].text, "author-note") for at in boxes]
    return ([line for at, line in enumerate(body) if at not in boxes], dropped) if boxes else (body, [])


def without_signature(body: Sequence[Line], people: Collection[str]) -> tuple[Sequence[Line], list[Dropped]]:
    """The body without a note about one of its authors at its end (`Ada March writes about rivers`)."""
    dropped: list[Dropped] = []
    stop = len(body)
    for at in range(len(body) - 1, max(0, len(body) - 1 - LAST), -1):
        line = body[at]
        if line.words <= LONGEST_NOTE and any(_speaks_of(line.text, name) for name in people):
            dropped = [Dropped(one.number, one.text, "author-note") for one in body[at:stop]]
            stop = at
            break
    return (body[:stop], dropped) if dropped else (body, [])


def without_portrait(body: Sequence[Line], people: Collection[str]) -> tuple[Sequence[Line], list[Dropped]]:
    """The body without what is headed `About Ada March` at its end, when it speaks of her."""
    for at in range(max(1, len(body) - LAST), len(body) - 1):
        line = body[at]
        name = _portrayed(line.text) if line.words <= LONGEST_HEAD and not ends_sentence(line.text) else ""
        if name and (name in people or names.is_bare_name(name)) and name.split()[-1] in body[at + 1].text:
            return body[:at], [Dropped(one.number, one.text, "author-note") for one in body[at:]]
    return body, []


def _portrayed(text: str) -> str:
    """Whom a heading such as `Über Ada March` names."""
    head = next((word for word in ABOUT if text.casefold().startswith(word)), "")
    return text[len(head) :].strip(" :") if head else ""


def _introduces(line: Line, people: Collection[str]) -> bool:
    """Whether a paragraph above a story tells who wrote it: `Dr. March is a historian of tides`."""
    if line.words > LONGEST_NOTE:
        return False
    title, _, rest = line.text.partition(" ")
    named = rest if title.rstrip(".").casefold() in COURTESIES else ""
    return any(_speaks_of(line.text, name) or _speaks_of(named, name.rpartition(" ")[2]) for name in people)


def _speaks_of(text: str, name: str) -> bool:
    if not text.startswith(name):
        return False
    following = text[len(name) : len(name) + 24].replace(",", " ").split()
    return bool(following) and following[0].casefold() in VERBS


def without_company(body: Sequence[Line], located: Found | None) -> tuple[Sequence[Line], list[Dropped]]:
    """The body of a press release without what it says of its company at the end: `About Larkfield Instruments`."""
    if located is None or (located.dateline.agency or "").casefold() not in PR:
        return body, []
    for at, line in enumerate(body):
        short = line.words <= LONGEST_HEAD and not ends_sentence(line.text)
        if at and short and line.text.casefold().startswith(ABOUT):
            return body[:at], [Dropped(one.number, one.text, "about-the-company") for one in body[at:]]
    return body, []
