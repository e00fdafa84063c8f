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
from feedpub.finders import byline, headline, names, stamps
from feedpub.finders.sections import LONGEST as LONGEST_CATEGORY
from feedpub.languages import is_language
from feedpub.model import Clue, Moment, Trust
from feedpub.normalise import absolute_url, one_line

FEWEST_WORDS = 2  # of a title of the window from which a site's name is cut
LONGEST_TITLE, SHORTEST_SURE = 250, 16  # characters of a title, and of one that is known behind a kicker
MOST_AUTHORS = 12
NOBODY = frozenset(
    """admin administrator editor redaktion redaction newsroom staff webmaster author unknown anonymous guest root
    superuser none null undefined""".split()
)
TOP = frozenset("home news start startseite homepage article articles artikel nachrichten accueil inicio".split())
_OTHER = re.compile(r"[\W_]+")
_NOT_A_NAME = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de|co|fr)\b|[<>{}]|\d{3}", re.IGNORECASE)
_SIDE = re.compile(r"\s(?:[|–—»•·/]|::|-)\s|: ")
DATES = frozenset(("published", "updated", "expires"))
FIELD = "field-"  # how the rules begin by which fields of files are read that hold many articles


def clues(declared: Sequence[Clue], reader: Reader, printed: Collection[str]) -> list[Clue]:
    """The clues, each read as its field; `printed` are the lines of the page."""
    declared = [clue for clue in declared if clue.trust < Trust.STATED]
    sites = _sites(declared)
    return [
        *_titles(declared, sites, printed),
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


def _fold(text: str) -> str:
    return _OTHER.sub("", text.casefold())


def _sites(declared: Sequence[Clue]) -> tuple[str, ...]:
    """The names of the site, as it declares them, and by its address."""
    named = [clue.value.lstrip("@") for clue in _of(declared, "site")]
    for clue in _of(declared, "canonical"):
        host = urlsplit(clue.value).hostname or ""
        named += [host, host.removeprefix("www.")]
    return tuple(dict.fromkeys(name for name in named if len(name) > 1))


# ── titles ─────────────────────────────────────────────────────────────────────────────────────────


def _titles(declared: Sequence[Clue], sites: tuple[str, ...], printed: Collection[str]) -> Iterator[Clue]:
    """A heading that the markup says too, then what the markup says without the site's name."""
    said = [clue for clue in _of(declared, "title", "window") if len(clue.value) <= LONGEST_TITLE]
    folded = [_fold(clue.value) for clue in said]
    bare = {_fold(site) for site in sites}
    headings = [clue for clue in _of(declared, "heading") if (text := _fold(clue.value)) and text not in bare]
    titles = [(clue, title) for clue in said if (title := _clean(clue.value, sites, printed))]
    titles = [(clue, title) for clue, title in titles if _fold(title) not in bare]
    for heading in headings:
        text = _fold(heading.value)
        if any(_is_part(text, other) for other in folded):
            yield Clue("title", _clean(heading.value, sites, printed), "h1", Trust.MARKED)
        for clue, title in titles:
            if len(title) >= SHORTEST_SURE and text.endswith(_fold(title)):
                yield Clue("title", title, clue.rule, Trust.MARKED)  # a kicker stands before it
    shown = {_fold(line) for line in printed}
    for clue, title in titles:
        sure = _fold(title) in shown or clue.rule == "json-ld-headline"
        yield Clue("title", title, clue.rule, Trust.MARKED if sure else Trust.LEARNED)
    if len(headings) == 1:
        yield Clue("title", _clean(headings[0].value, sites, printed), "h1-alone", Trust.WRITTEN)


def _is_part(heading: str, other: str) -> bool:
    """Whether a heading is what the markup says, or that without its site's name."""
    return heading == other or (len(heading) > 8 and (other.startswith(heading) or other.endswith(heading)))


def _clean(raw: str, sites: tuple[str, ...], printed: Collection[str]) -> str:
    title = headline.clean(raw, sites, printed).title
    parts = list(_SIDE.finditer(title))
    folded = {_fold(site) for site in sites}
    while parts and _fold(title[parts[-1].end() :]) in folded:
        title = title[: parts[-1].start()]
        parts = list(_SIDE.finditer(title))
    if parts and _fold(title[: parts[0].start()]) in folded:
        title = title[parts[0].end() :]
    return title.strip()


# ── people ─────────────────────────────────────────────────────────────────────────────────────────


def _authors(declared: Sequence[Clue], sites: tuple[str, ...]) -> Iterator[Clue]:
    bare = {_fold(site) for site in sites}
    for clue in _of(declared, "authors", "linked-authors"):
        people = [name for written in clue.value for name in _people(written) if _fold(name) not in bare]
        kept = tuple(dict.fromkeys(people))[:MOST_AUTHORS]
        if kept:
            yield Clue("authors", kept, clue.rule, Trust.MARKED if any(map(_is_person, kept)) else Trust.LEARNED)
    for clue in _of(declared, "authors"):
        if houses := tuple(
            name for name in clue.value if not _NOT_A_NAME.search(name) and name.casefold() not in NOBODY
        ):
            yield Clue("authors", houses, clue.rule, Trust.GUESSED)


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
    found = {
        field: [(clue, when) for clue in _of(declared, field) if (when := _moment(clue.value, reader))]
        for field in ("published", "updated", "created", "time")
    }
    first = found["published"] or found["created"] or found["time"][:1] or found["updated"]
    for clue, when in first:
        yield Clue("published", when, clue.rule, Trust.MARKED)
    for clue, when in found["updated"]:
        yield Clue("updated", when, clue.rule, Trust.MARKED)


def _moment(written: str, reader: Reader) -> Moment | None:
    when = machine(written, reader.zone)
    if when is None:
        stamp = next(iter(stamps.read(written[:200])), None)
        when = reader.moment(stamp) if stamp else None
    return when if when and reader.is_plausible(when) else None


# ── sections, tags, the rest ───────────────────────────────────────────────────────────────────────


def _sections(declared: Sequence[Clue], sites: tuple[str, ...]) -> Iterator[Clue]:
    bare = {_fold(site) for site in sites} | TOP
    for clue in _of(declared, "categories", "linked-categories"):
        if kept := _labels(clue.value, bare):
            yield Clue("categories", kept, clue.rule, Trust.MARKED)
    titles = {_fold(clue.value) for clue in _of(declared, "title", "heading", "window")}
    for clue in _of(declared, "path"):
        if kept := _labels([one for one in clue.value if _fold(one) not in titles], bare):
            yield Clue("categories", kept, clue.rule, Trust.MARKED)
    for clue in _of(declared, "tags", "linked-tags"):
        written = clue.value if len(clue.value) > 1 else re.split(r"\s*[,;]\s*", clue.value[0])
        if kept := _labels(written, set()):
            yield Clue("tags", kept, clue.rule, Trust.MARKED)


def _labels(written: Iterable[str], bare: Collection[str]) -> tuple[str, ...]:
    kept = (label for one in written if (label := one_line(one).strip(" ,;|/>»")) and len(label) <= LONGEST_CATEGORY)
    return tuple(dict.fromkeys(label for label in kept if _fold(label) not in bare and "://" not in label))


def _others(declared: Sequence[Clue]) -> Iterator[Clue]:
    for clue in _of(declared, "language"):
        tag = clue.value.replace("_", "-")
        if is_language(tag):
            yield Clue("language", tag, clue.rule, Trust.MARKED)
    for clue in _of(declared, "canonical"):
        if urlsplit(clue.value).path.strip("/"):
            yield Clue("canonical", clue.value, clue.rule, Trust.MARKED)
