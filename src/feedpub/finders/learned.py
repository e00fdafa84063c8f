"""What is known of a site beforehand: its profile, and the rows that its operator added to the tables.

Takes rules, gives Known; with it, yields clues from names that only this site knows. Never guesses: a line must be
wholly explained by what is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from feedpub.finders import counters, houseagency, housestyle, names, sections, stamps
from feedpub.finders.counters import CUT
from feedpub.finders.page import Page
from feedpub.lexicon import table
from feedpub.model import Clue, Rules, Trust
from feedpub.normalise import one_line

SECTION = "section"  # the kind of a category that only this site has, alone above the story
BY = "by"  # the kind of a byline behind words that only this site prints
LONGEST = 240  # characters of a line of small print
MOST_WORDS = 5  # of a category that only a known author beside it vouches for
NEAR = 3  # lines above or below a title in which a category or a name stands alone
SEPARATORS = frozenset(",/|·")  # between two categories, or a name and a category
TIME = "\x1f"  # stands where a date was
DIGITS = re.compile(r"\d+")
_PARTS = re.compile(r"\s*[\n\x1f|•·/—–⋅∙»]+\s*|\s+-+\s+|\s{3,}")
_EDGES = " ,;:-–—|()[]•·"
_BY = tuple(
    sorted((word.casefold().rstrip(" :") for word in table("bylines")["by"] if len(word) > 1), key=len, reverse=True)
)


class Known(Struct, frozen=True):
    """What is known of a site, ready to be looked up."""

    sites: tuple[str, ...]
    categories: tuple[str, ...]  # the longest first
    spelling: Mapping[str, str]  # categories by how they are known again when they are set in capitals
    authors: tuple[str, ...]  # the longest first
    bylines: tuple[str, ...]  # words before names, casefolded, the longest first
    initials: Mapping[str, str]  # the people whose they are
    home: str  # what a path begins with, casefolded
    chrome: frozenset[str]  # masked
    nobody: tuple[str, ...]  # roles and agencies, casefolded, the longest first
    category_first: bool
    house: re.Pattern[str] | None


@lru_cache(maxsize=256)
def known(rules: Rules) -> Known:
    """What the rules say of a site."""
    profile, tables = rules.profile, rules.tables
    agencies = _longest_first(tables.agencies)
    categories = _longest_first((*profile.categories, *tables.categories))
    return Known(
        sites=tuple(name for name in (rules.site_name, profile.site_name) if name),
        categories=categories,
        spelling={label.casefold(): label for label in categories},
        authors=_longest_first(profile.authors),
        bylines=tuple(word.casefold().rstrip(" :") for word in _longest_first((*profile.bylines, *tables.bylines))),
        initials=housestyle.initials_of(profile.initials),
        home=one_line(profile.home).casefold(),
        chrome=frozenset(map(mask, (*profile.chrome, *tables.chrome))) - {""},
        nobody=tuple(name.casefold() for name in _longest_first((*tables.roles, *tables.agencies))),
        category_first="category author" in profile.shape,
        house=houseagency.pattern(agencies) if agencies else None,
    )


def _longest_first(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(filter(None, map(one_line, values))), key=lambda value: (-len(value), value)))


def mask(text: str) -> str:
    """The line as it is known again when its numbers change."""
    return DIGITS.sub("0", one_line(text))


# ---------------------------------------------------------------------- small print


class Parts(Struct, frozen=True):
    """Who wrote an article and where it stands, as far as a site's own names tell."""

    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


def clues(page: Page, site: Known) -> Iterator[Clue]:
    """Clues from the small print by the site's own words and names, then from what stands alone, then from initials."""
    if site.bylines:
        yield from _labelled(page, site)
    if page.title_at is not None and (site.categories or site.authors):
        yield from _glued(page, site)
        yield from _alone(page, site, page.title_at)
    if site.initials:
        yield from _initialled(page, site)


def _labelled(page: Page, site: Known) -> Iterator[Clue]:
    """The byline nearest to the title that begins with one of the site's own words."""
    found = [at for at, line in enumerate(page.lines) if line.kind == BY]
    if found:
        line = page.lines[min(found, key=lambda at: abs(at - (page.title_at or 0)))]
        people = housestyle.names_behind(line.text, site.bylines)
        yield Clue("authors", people, "byline-of-the-site", Trust.WRITTEN, line.number)


def _initialled(page: Page, site: Known) -> Iterator[Clue]:
    below = [line.text for line in page.lines[page.stop : page.stop + NEAR]]
    if people := housestyle.signed([line.text for line in page.body], below, site.initials):
        yield Clue("authors", people, "initials-of-the-site", Trust.LEARNED, page.body[-1].number)


def _glued(page: Page, site: Known) -> Iterator[Clue]:
    for small in page.prints:
        parts = take_apart(small.line.text, site) if small.side != "below" else Parts()
        if parts.authors:
            yield Clue("authors", parts.authors, "byline-of-the-site", Trust.WRITTEN, small.line.number)
        if parts.categories:
            yield Clue("categories", parts.categories, "category-of-the-site", Trust.WRITTEN, small.line.number)


def _alone(page: Page, site: Known, title_at: int) -> Iterator[Clue]:
    for at in range(max(0, title_at - NEAR), min(title_at + 1 + NEAR, len(page.lines))):
        line = page.lines[at]
        if at == title_at or line.kind not in ("text", SECTION):
            continue
        if label := site.spelling.get(line.text.casefold()):
            yield Clue("categories", (label,), "category-of-the-site", Trust.LEARNED, line.number)
        elif at > title_at and line.text in site.authors:
            yield Clue("authors", (line.text,), "author-of-the-site", Trust.LEARNED, line.number)


def take_apart(text: str, site: Known) -> Parts:
    """Names and categories of a line of small print that the site's own names explain; nothing when they don't."""
    found = [_split(piece, site) for piece in pieces(text)]
    authors = next((parts.authors for parts in found if parts.authors), ())
    return Parts(authors, next((parts.categories for parts in found if parts.categories), ()))


def pieces(text: str) -> list[str]:
    """What stands before, between and after the dates and counters of a line, without `By`."""
    found = (_without_label(part.strip(_EDGES)) for part in _PARTS.split(cut(text)))
    return [piece for piece in found if piece]


def cut(text: str) -> str:
    """The line with a mark where each date and each counter stood."""
    line = text[:LONGEST]
    for stamp in reversed(stamps.read(line)):
        line = line[: stamp.start] + TIME + line[stamp.end :]
    return counters.cut(line)[0]


def is_glued(text: str) -> bool:
    """Whether a date or a counter follows the first words of a line."""
    return TIME in (marked := cut(text)) or CUT in marked


def _without_label(piece: str) -> str:
    folded = piece.casefold()
    for word in _BY:
        rest = piece[len(word) :]
        if folded.startswith(word) and (rest[:1] in (" ", ":") or (rest[:1].isupper() and word[-1].isalpha())):
            return rest.strip(_EDGES)
    return piece


def _split(piece: str, site: Known) -> Parts:
    if piece in site.authors:
        return Parts((piece,))
    if is_category(piece) and piece not in site.categories:
        return Parts()
    labels, rest = (_before if site.category_first else _behind)(piece, site)
    if labels:
        return Parts(_people(rest, site), labels)
    author = next((name for name in site.authors if _begins(piece, name)), "")
    label = piece[len(author) :].strip(_EDGES)
    if author and not site.category_first and label[:1].isupper() and label.count(" ") < MOST_WORDS:
        return Parts((author,), (label,))
    return Parts()


def _begins(piece: str, name: str) -> bool:
    return piece.startswith(name) and piece[len(name)].isupper()


def _behind(piece: str, site: Known) -> tuple[tuple[str, ...], str]:
    """The known categories at the end of a piece, and what stands before them."""
    labels: list[str] = []
    rest = piece
    while label := next((one for one in site.categories if _ends(rest, one, site)), ""):
        labels.insert(0, label)
        rest = rest[: -len(label)].rstrip()
        if rest[-1:] not in SEPARATORS:
            break
        rest = rest[:-1].rstrip()
    return tuple(labels), rest.strip(_EDGES)


def _ends(rest: str, label: str, site: Known) -> bool:
    """Whether a category stands at the end, alone or glued; behind a space it may be half of another."""
    if not rest.endswith(label):
        return False
    head = rest[: -len(label)]
    if not head or head[-1] != " ":
        return not head or not label[0].islower() or not head[-1].isalnum()
    return head.rstrip()[-1:] in SEPARATORS or head.strip(_EDGES) in site.authors


def _before(piece: str, site: Known) -> tuple[tuple[str, ...], str]:
    """The known category that a piece begins with, and what stands behind it."""
    label = next((one for one in site.categories if piece.startswith(one) and piece[len(one) :][:1] != " "), "")
    return (label,) if label else (), piece[len(label) :].strip(_EDGES)


def _people(printed: str, site: Known) -> tuple[str, ...]:
    if printed in site.authors:
        return (printed,)
    if names_category(printed, site):
        return ()
    return tuple(name for name in names.split(printed) if not names.is_account(name)) if printed else ()


def is_category(text: str) -> bool:
    """Whether newsrooms use the words for a section."""
    return text.strip(" :").casefold() in sections.CATEGORIES


def names_category(text: str, site: Known) -> bool:
    """Whether the words are a category of the site, or one that newsrooms use."""
    return text.casefold() in site.spelling or is_category(text)


# ---------------------------------------------------------------------- rows of the operator's own


def as_known(found: Iterable[Clue], site: Known) -> Iterator[Clue]:
    """The clues without roles and agencies that only the settings know, and with categories as the site spells them."""
    for clue in found:
        if clue.field == "authors" and site.nobody:
            value = tuple(filter(None, (_without_role(name, site.nobody) for name in clue.value)))
        elif clue.field == "categories" and (site.spelling or site.home):
            labels = (label for label in clue.value if label.casefold() != site.home)
            value = tuple(dict.fromkeys(site.spelling.get(label.casefold(), label) for label in labels))
        else:
            value = clue.value
        if value:
            yield clue if value == clue.value else replace(clue, value=value)


def _without_role(name: str, nobody: Iterable[str]) -> str:
    folded = name.casefold()
    role = next((role for role in nobody if folded.endswith(role)), "")
    if not role or len(folded) != len(name):
        return name
    head = name[: -len(role)]
    return head.strip(_EDGES) if not head or not head[-1].isalnum() else name


def shape(text: str, site: Known) -> tuple[str, ...]:
    """The parts of a line of small print, in their order: author, category, time, views."""
    parts: list[str] = []
    for token in _CUTS.split(cut(text)):
        parts += _MARKED.get(token) or (part for piece in pieces(token) for part in _kinds(piece, site))
    return tuple(dict.fromkeys(parts))


_CUTS = re.compile(f"([{CUT}{TIME}])")
_MARKED = {TIME: ("time",), CUT: ("views",)}


def _kinds(piece: str, site: Known) -> tuple[str, ...]:
    parts = _split(piece, site)
    kinds = tuple(kind for kind, found in (("author", parts.authors), ("category", parts.categories)) if found)
    if kinds:
        return kinds[::-1] if site.category_first else kinds
    if is_category(piece):
        return ("category",)
    return ("author",) if names.is_bare_name(piece) else ()
