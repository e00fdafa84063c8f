"""What a page's markup declares, read as the print is: site names taken off, names parted, dates counted.

Takes the clues of a format as they were written, and the page, gives clues that can be settled. What can't be read as
the field that it claims to be is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from msgspec.structs import replace

from feedpub.dates import Reader, machine
from feedpub.finders import bylabels, byline, names, stamps, titles
from feedpub.finders.sections import LONGEST as LONGEST_CATEGORY
from feedpub.finders.titles import fold
from feedpub.languages import is_language
from feedpub.model import Clue, Moment, Trust
from feedpub.normalise import absolute_url, one_line

MOST_AUTHORS = 12
SHORTEST_HOUSE = 5  # letters of a site's name that is known inside another
NOBODY = frozenset(
    """admin administrator editor redaktion redaction newsroom staff webmaster author unknown anonymous guest root
    superuser none null undefined agencies""".split()
) | {"no author", "not available", "n/a"}
TOP = frozenset(
    """home news start startseite homepage article articles artikel nachrichten accueil inicio
    nil null none undefined""".split()
)
_LISTED = re.compile(r"\s*;\s*|,(?=\S)")
_NOT_A_NAME = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de|co|fr)\b|[<>{}]|\d{3}", re.IGNORECASE)
DATES = frozenset(("published", "updated", "expires"))
VAGUE = frozenset(f"meta-{name}" for name in ("date", "dc.date", "dcterms.date", "ptime", "pdate"))  # of whatever
TIMES = "time-element"
_DAY = re.compile(r"(?:^|[/_-])((?:19|20)\d\d)[/_-](0[1-9]|1[0-2])[/_-](0[1-9]|[12]\d|3[01])(?=[/_-]|$)")
LONGEST_WINDOW = 300  # characters of the window's title
_SINCE = re.compile(r"\d\.?\s?[-–—]\s$")  # before the last day of several: 1. - 3.12.2024
FIELD = "field-"  # how the rules begin by which fields of files are read that hold many articles


def clues(declared: Sequence[Clue], reader: Reader, printed: Collection[str], shown: str) -> list[Clue]:
    """The clues, each read as its field; `printed` are the lines above the story, `shown` is the headline of these."""
    declared = [clue for clue in declared if clue.trust < Trust.STATED]
    sites = _sites(declared)
    return [
        *titles.clues(declared, sites, printed, shown),
        *_authors(declared, sites),
        *_dates(declared, reader),
        *_sections(declared, sites),
        *_others(declared),
    ]


def unreadable(declared: Iterable[Clue], reader: Reader) -> Clue | None:
    """The first stated date that is none: it might be an embargo."""
    dated = (clue for clue in declared if clue.trust == Trust.STATED and clue.field in DATES)
    return next((clue for clue in dated if _when(clue, reader) is None), None)


def _when(clue: Clue, reader: Reader) -> Moment | None:
    """A stated date: as machines write it, in a field also as it is printed."""
    when = machine(clue.value, reader.zone)
    if when is None and clue.rule.startswith(FIELD):
        stamp = next(iter(stamps.read(clue.value[:200])), None)
        when = reader.moment(stamp) if stamp else None
    return when


def stated(declared: Iterable[Clue], reader: Reader) -> Iterator[Clue]:
    """What the author states above a text, or in the fields of a file that holds many articles."""
    for clue in declared:
        if clue.trust < Trust.STATED:
            continue
        value: Any = clue.value
        if clue.field in DATES:
            when = _when(clue, reader)
            value = when.value if when and clue.field == "expires" else when and replace(when, rule="stated")
        elif clue.field == "authors" and clue.rule.startswith(FIELD):
            value = tuple(dict.fromkeys(name for written in value for name in _people(written))) or value
        elif clue.field == "canonical":
            value = absolute_url(value)
        elif clue.field == "language":
            value = value.replace("_", "-") if is_language(value.replace("_", "-")) else None
        if value:
            yield replace(clue, value=value)


def _of(declared: Iterable[Clue], *fields: str) -> list[Clue]:
    return [clue for field in fields for clue in declared if clue.field == field]


def _sites(declared: Sequence[Clue]) -> tuple[str, ...]:
    """The names of the site, as it declares them, and by its address."""
    named = [clue.value.lstrip("@") for clue in _of(declared, "site")]
    for clue in _of(declared, "canonical"):
        host = urlsplit(clue.value).hostname or ""
        named += [host, host.removeprefix("www.")]
    return tuple(dict.fromkeys(name for name in named if len(name) > 1))


# ── people ─────────────────────────────────────────────────────────────────────────────────────────


def _authors(declared: Sequence[Clue], sites: tuple[str, ...]) -> Iterator[Clue]:
    bare = {fold(site) for site in sites}
    parts = (fold(part) for site in sites for part in (site, *site.split(".")[:-1]))
    houses = {part for part in parts if len(part) >= SHORTEST_HOUSE}
    for clue in _of(declared, "authors", "linked-authors"):
        people = [name for written in clue.value for name in _people(written) if fold(name) not in bare]
        if any(map(_is_person, people)):
            people += [written for written in clue.value if written.casefold() in names.AGENCIES]
        kept = tuple(dict.fromkeys(people))[:MOST_AUTHORS]
        if kept:
            is_sure = any(_is_person(name) and not _is_house(name, houses) for name in kept)
            yield Clue("authors", kept, clue.rule, Trust.MARKED if is_sure else Trust.LEARNED)
    for clue in _of(declared, "authors"):
        written = (_without_label(name, "by") for name in clue.value)
        if named := tuple(name for name in written if not _NOT_A_NAME.search(name) and name.casefold() not in NOBODY):
            yield Clue("authors", named, clue.rule, Trust.GUESSED)


def _is_house(name: str, houses: Collection[str]) -> bool:
    """Whether a name is that of whoever runs the site, or of a desk there."""
    folded = fold(name)
    return names.ORGANISATION.search(name) is not None or any(house in folded for house in houses)


def _is_person(name: str) -> bool:
    """Whether a name has a first and a last one, as accounts have not."""
    return " " in name or not name.isascii()


def _people(written: str) -> tuple[str, ...]:
    """The names of a declared author; an address, an account of the house or a desk is none."""
    found = byline.read(written)
    if found and found.labelled and found.authors:
        return found.authors
    if _NOT_A_NAME.search(written) or written.casefold() in NOBODY:
        return ()
    return tuple(name for name in names.split(written) if name.casefold() not in NOBODY)


# ── dates ──────────────────────────────────────────────────────────────────────────────────────────


def _dates(declared: Sequence[Clue], reader: Reader) -> Iterator[Clue]:
    """The dates; what any date may be, a story's in a box or the page's own, is trusted less than the print."""
    found = {
        field: [(clue, when) for clue in _of(declared, field) if (when := _moment(clue.value, reader))]
        for field in ("published", "updated", "created", "time", "shown-published", "scripted-published")
    }
    vaguely = VAGUE if _is_one_day(found["published"]) else VAGUE | {TIMES}
    sure = [(clue, when) for clue, when in found["published"] if clue.rule not in vaguely] or found["created"]
    vague = [(clue, when) for clue, when in found["published"] if clue.rule in vaguely]
    for clue, when in sure:
        yield Clue("published", when, clue.rule, Trust.MARKED)
    yield from _of_window(declared, reader)
    for clue, when in [*vague, *found["time"][:1], *found["shown-published"][:1], *found["updated"]]:
        yield Clue("published", when, clue.rule, Trust.LEARNED)
    for clue, when in found["updated"]:
        yield Clue("updated", when, clue.rule, Trust.MARKED)
    for clue, when in found["scripted-published"]:
        yield Clue("published", when, clue.rule, Trust.GUESSED)
    yield from _of_address(declared, reader)


def _is_one_day(published: Iterable[tuple[Clue, Moment]]) -> bool:
    """Whether all `time` elements that claim to tell it tell the same day; those of other stories claim it too."""
    return len({when.value.date() for clue, when in published if clue.rule == TIMES}) <= 1


def _of_window(declared: Sequence[Clue], reader: Reader) -> Iterator[Clue]:
    """The day in the window's title: `Late boats stay | Eastmarsh | 28.04.2025`."""
    for clue in _of(declared, "window", "title"):
        written = clue.value[:LONGEST_WINDOW]
        sides = {part.strip() for part in titles.SIDE.split(written)[1:]}
        for stamp in stamps.read(written):
            is_whole = stamp.year and not stamp.role and stamp.text.strip() in sides
            when = reader.moment(stamp) if is_whole and not _SINCE.search(written[: stamp.start]) else None
            if when and reader.is_plausible(when):
                yield Clue("published", when, "window-date", Trust.WRITTEN)
                return


def _of_address(declared: Sequence[Clue], reader: Reader) -> Iterator[Clue]:
    """The day in the page's address: `/2025/04/28/late-boats`."""
    for clue in _of(declared, "canonical"):
        day = _DAY.search(urlsplit(clue.value).path)
        when = machine("-".join(day.groups()), reader.zone) if day else None
        if when and reader.is_plausible(when):
            yield Clue("published", when, "address", Trust.GUESSED)


def _moment(written: str, reader: Reader) -> Moment | None:
    when = machine(written, reader.zone)
    if when is None:
        stamp = next(iter(stamps.read(written[:200])), None)
        when = reader.moment(stamp) if stamp else None
    return when if when and reader.is_plausible(when) else None


# ── sections, tags, the rest ───────────────────────────────────────────────────────────────────────


def _sections(declared: Sequence[Clue], sites: tuple[str, ...]) -> Iterator[Clue]:
    bare = {fold(site) for site in sites} | TOP
    named = {fold(clue.value) for clue in _of(declared, "title", "heading", "window")}
    for clue in _of(declared, "categories", "linked-categories", "path"):
        if kept := _labels([one for one in _parted(clue.value) if fold(one) not in named], bare):
            yield Clue("categories", kept, clue.rule, Trust.MARKED)
    for clue in _of(declared, "tags", "linked-tags"):
        written = clue.value if len(clue.value) > 1 else re.split(r"\s*[,;]\s*", clue.value[0])
        if kept := _labels(written, set()):
            yield Clue("tags", kept, clue.rule, Trust.MARKED)


def _parted(labels: Sequence[str]) -> list[str]:
    """The sections, also of a list that stands in one text, without a word such as `Category:` before them."""
    parts = [part for label in labels for part in _LISTED.split(label)]
    return [_without_label(part, "in") if ":" in part else part for part in parts]


def _without_label(written: str, kind: str) -> str:
    """`Category: Islands`, `By the harbour office` without the word that says what they are."""
    _, found, rest = bylabels.read(written)
    return rest if found == kind and rest else written


def _labels(written: Iterable[str], bare: Collection[str]) -> tuple[str, ...]:
    kept = (label for one in written if (label := one_line(one).strip(" ,;|/>»")) and len(label) <= LONGEST_CATEGORY)
    return tuple(dict.fromkeys(label for label in kept if fold(label) not in bare and "://" not in label))


def _others(declared: Sequence[Clue]) -> Iterator[Clue]:
    for clue in _of(declared, "language"):
        tag = clue.value.replace("_", "-")
        if is_language(tag):
            yield Clue("language", tag, clue.rule, Trust.MARKED)
    for clue in _of(declared, "canonical"):
        if urlsplit(clue.value).path.strip("/"):
            yield Clue("canonical", clue.value, clue.rule, Trust.MARKED)
