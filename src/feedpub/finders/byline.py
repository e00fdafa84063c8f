"""Bylines and the other lines of small print about an article: who, when, in which category, how often read.

Takes one line, gives a Byline or None. Reads labelled lines (`By Ada March`), lines whose parts a theme glued
together (`david.cWorld News4 hours ago6 Views`) and trailers (`Reporting by …; Editing by …`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from feedpub.dates import Stamp
from feedpub.finders import bylabels, clocks, counters, names, stamps, trailers, unglue
from feedpub.finders.clocks import Clock
from feedpub.finders.counters import CUT
from feedpub.finders.given import is_given, is_japanese
from feedpub.finders.places import known_place
from feedpub.finders.sections import CATEGORIES
from feedpub.lexicon import keys_by_word, table
from feedpub.normalise import one_line

LONGEST = 240
DASHES = ("—", "–", "―")  # before who said something
LEADERS = "-–—•|·*>/ "
BULLETS = "•|·* "
RIGHTS = "©"  # in a line that says who took a picture
LONGEST_HOUSE = 2  # words of a house or a place before a name
FOREIGN = "\u0590"  # behind it are the scripts without capitals
LONGEST_CATEGORY = 40
MOST_WORDS, MOST_FILED = 5, 6  # words of a category behind a label, and so many of them


class Byline(Struct, frozen=True):
    """One line of small print, taken apart."""

    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    labelled: bool = False  # a word such as `By` stands before the names
    counted: bool = False  # views, comments or reading time stand in the line
    left: str = ""  # what nothing explains
    filed: bool = False  # a word such as `Category:` stands before the categories
    clock: Clock | None = None  # a time without its day: another line prints that


_TABLE = table("bylines")
_DATE_LABELS = keys_by_word(table("datelabels"))
_DATE_WORDS = frozenset(
    (*_DATE_LABELS, "on", "am", "at", "um", "le", "el", "il", "op", "den", "em", "à", "vom", "of", "uhr", "the", "|")
)
_FILED_INSIDE = re.compile(  # Ada March Published in Tides
    r"(?<![\s,|])[\s,|]+(?:"
    + "|".join(re.escape(word) for word in _TABLE["in"] if word[-1] == ":" or (" " in word and word.isascii()))
    + r")\s?:?\s",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[\n|•·/—–⋅∙»]+\s*|\s+-+\s+|\s{3,}")
_NO_BARE = re.compile(r"[\d?!…»›]|(?<!\s[^\W\d_])\.$|:$| with |[Cc]omment")  # but Ada March C.
_EITHER = re.compile(r"/-?in(?=\s)", re.IGNORECASE)  # AUTOR/IN, whose stroke parts nothing
_BESIDE = re.compile(r"\s[|–—-]\s")  # Ada March – Journalist
_USERNAME = re.compile(r"(?=\w*(?:[a-z][A-Z]|_\w))(?!Mc|Mac)[A-Za-z]\w{3,19}")  # gullWatcher, tide_table
_LIST = re.compile(r"\s*[,،、|/;]\s*")


@lru_cache(maxsize=4096)  # a folder of pages prints the same names and days again and again
def read(line: str) -> Byline | None:
    """The line taken apart, or None when it is no small print."""
    is_quoted = line[:1] in DASHES
    if line[:1] in LEADERS:
        line = line.lstrip(LEADERS)
    if len(line) > LONGEST or not line:
        return None
    found = stamps.read(line)
    if "(@" in line and not any(stamp.unit or stamp.clock for stamp in found):
        found = ()  # a message that is shown in the story has a day of its own
    return _signed(line, found) or _apart(line, found, is_quoted=is_quoted)


def _signed(line: str, found: tuple[Stamp, ...]) -> Byline | None:
    """The trailer of an agency, or a byline of China or Korea."""
    if (people := trailers.trailer(line)) is not None:
        return Byline(people, labelled=True, left="trailer")
    if people := trailers.eastern(line):
        return Byline(people, stamps=found, labelled=True)
    return None


def _apart(line: str, found: tuple[Stamp, ...], *, is_quoted: bool) -> Byline | None:
    """The parts of a line beside its dates and counters, or behind its label."""
    rest, counted = counters.cut(_without_stamps(line, found))
    if not found and not counted:
        return _labelled_only(line)
    parts = None if _is_prose(rest, line) else _parts(rest, found, counted=counted)
    if parts is None or parts.labelled or not parts.authors:
        return parts
    if is_quoted:
        return None
    return replace(parts, authors=()) if RIGHTS in line else parts


def timed(line: str, day: Stamp | None) -> Byline | None:
    """A line that ends in a time without a day: of the day that another line prints, or of the one whom it names."""
    told = clocks.at_end(line)
    if told is None:
        return None
    head, clock = told
    role = stamps.role(head)
    if role and day:
        stamp = replace(day, text=line, role=role, clock=clock.time, zone=clock.zone, seconds=clock.seconds)
        return Byline(stamps=(stamp,))
    if not head and day and not day.clock:
        return Byline(clock=clock)
    found = _labelled_only(head) if head and not role else None
    return replace(found, clock=clock) if found and found.authors else None


@lru_cache(maxsize=4096)
def bare(line: str) -> Byline | None:
    """A line of nothing but names, for the places where a page prints its authors without a label."""
    line = line.lstrip(BULLETS)
    words = line.split(None, 2)
    if not words or len(line) > LONGEST or not names.may_begin(words[:2]) or _NO_BARE.search(line):
        return None
    plain = names.without_asides(line).strip() if names.has_aside(line) else line.strip()
    placed = _beside_a_house(plain)
    plain = names.without_houses(names.PLACE.split(placed, maxsplit=1)[0])
    first, *others = names.SEPARATORS.split(plain)
    others = [part for part in others if not names.is_role(part) and not _is_place_of(first, part)]
    people = list(filter(None, map(names.clean, (first, *others))))
    if not people or not names.is_bare_name(people[0]):
        return None
    if not all(names.is_bare_name(part) or names.is_role(part) for part in people):
        return None
    return Byline(names.split(placed if placed.startswith(plain) else plain))


def _is_place_of(name: str, part: str) -> bool:
    """Whether a part behind a name says where its bearer is; in scripts without capitals any word may."""
    if known_place(part):
        return True
    return bool(part) and part[0] > FOREIGN and " " not in part and not is_given(part) and _is_sure(name)


def _beside_a_house(line: str) -> str:
    """The name of a line that a dash parts from a role, or from the place or house before it: `Lagos – Ada March`."""
    head, *behind = _BESIDE.split(line, maxsplit=1)
    is_house = head.count(" ") < LONGEST_HOUSE and not _is_sure(head)
    return behind[0] if behind and is_house and _is_sure(behind[0]) else head


def _without_stamps(line: str, found: tuple[Stamp, ...]) -> str:
    for stamp in reversed(found):
        line = line[: stamp.start] + CUT + line[stamp.end :]
    return line


def _is_prose(rest: str, line: str) -> bool:
    """Whether what is left of the line is a sentence."""
    words = rest.split()
    return len(words) > 8 and (line.rstrip()[-1] in ".!?" or sum(word[0].islower() for word in words) > 4)


def _labelled_only(line: str) -> Byline | None:
    """A line without date or counter: a byline only when a label begins it."""
    if line[0] == "(" and line[-1] == ")":
        line = line[1:-1]  # (By Ada March in Lisbon)
    label, kind, rest = bylabels.read(line)
    if kind == "in":
        return _filed(line, label, rest)
    if kind != "by" or not rest or (line[-1] == "." and line.count(" ") > 7) or bylabels.begins_prose(rest):
        return None
    rest, categories = _categories_after(rest)
    is_house = "@" in rest and names.ORGANISATION.search(rest)  # From: Fen Post Daily <daily@fenpost.example>
    authors = () if is_house else names.split(rest)
    if not authors and not names.is_account(names.clean(rest)):
        return None
    if len(authors) == 1 and authors[0].islower() and authors[0].isalpha():
        return None  # Story by story, the tower grew.
    if len(authors) == 1 and label in ("text", "from", "theo", "de", "di", "del", "av", "af") and " " not in authors[0]:
        return None
    return Byline(authors, categories, labelled=True)


def _filed(line: str, label: str, rest: str) -> Byline | None:
    """`Category: Energy`, `Posted in World, Europe`; behind a label of one word without a colon only known ones."""
    parts = _LIST.split(rest, maxsplit=MOST_FILED)
    labels = tuple(part for part in parts if _may_be_category(part) and part.count(" ") < MOST_WORDS)
    if len(labels) != len(parts) or len(parts) > MOST_FILED or line[-1] in ".!?:":
        return None
    told = label[-1] in ":：" or line[len(label) :].lstrip()[:1] in (":", "：") or " " in label
    told = told or (line[0].islower() and line.isascii() and all(part[0].isupper() for part in labels))
    if not told and not all(part.casefold() in CATEGORIES for part in labels):
        return None
    return Byline(categories=labels, filed=True)


def _categories_after(rest: str) -> tuple[str, tuple[str, ...]]:
    """`Ada March in World, Europe`: the name, and the categories when they are known."""
    head, mark, tail = rest.partition(" in " if " in " in rest else " In ")
    if mark:
        labels = tuple(label.strip() for label in re.split(r"[,/|]", tail) if label.strip())
        if labels and all(label.casefold() in CATEGORIES for label in labels):
            return head, labels
    return rest, ()


def _parts(rest: str, found: tuple[Stamp, ...], *, counted: bool) -> Byline:
    """What stands between, before and after the dates and counters."""
    authors: list[str] = []
    categories: list[str] = []
    left: list[str] = []
    labelled = False
    for part in _SEPARATOR.split(_EITHER.sub("", rest) if "/" in rest else rest):
        piece = one_line(part).strip(" ,;:-–—|()[]•·.")
        _, kind, after = bylabels.read(piece)
        if not kind:
            piece = _without_date_words(piece)
            _, kind, after = bylabels.read(piece)
        if not piece:
            continue
        if kind:
            people, filed = _behind_label(kind, after)
            authors += people
            categories += filed
            labelled = labelled or kind == "by"
        elif piece.casefold() in CATEGORIES:
            categories.append(piece)
        else:
            left.append(piece)
    if left and not authors and not labelled and not rest.startswith(f"{CUT}:"):  # 1 May: Day of the Ferries
        authors, more = _unlabelled(left[0], glued=counted or f"{left[0]}{CUT}" in rest)
        categories = [*more, *categories]
        if authors or more or names.is_account(left[0]):
            del left[0]
            while authors and left and _is_sure(left[0]):  # Ada March/Ben Quill
                authors.append(left.pop(0))
        elif named := next((piece for piece in left[1:] if _is_sure(piece)), ""):
            authors = [named]
            left.remove(named)
    return Byline(
        tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(categories)), found, labelled, counted, " ".join(left)
    )


def _behind_label(kind: str, after: str) -> tuple[tuple[str, ...], list[str]]:
    """The authors and the categories that a label names."""
    if kind == "by":
        named, *filed = _FILED_INSIDE.split(_without_date_words(after), maxsplit=1)
        named, known = _categories_after(named)
        return names.split(named), [*known, *_filed_under(filed)]
    if kind == "in":
        named, _, people = after.partition(" by ") if " by " in after else after.partition(" von ")
        return names.split(_without_date_words(people)), _filed_under([_without_date_words(named)])
    return names.split(after) if kind == "source" and names.COMPANY.search(after) else (), []


def _filed_under(labels: Iterable[str]) -> list[str]:
    """The categories of a list with commas."""
    return [label for listed in labels for label in map(str.strip, listed.split(",")) if _may_be_category(label)]


def _may_be_category(label: str) -> bool:
    return 1 < len(label) <= LONGEST_CATEGORY


def _without_date_words(part: str) -> str:
    """The part without the words that belong to a date beside it."""
    piece = part.strip(" ,;:-–—|()[]•·.")
    folded = piece.casefold()
    if folded in _DATE_WORDS:
        return ""
    words = piece.split()
    for size in (4, 3, 2, 1):
        if len(words) >= size and " ".join(words[-size:]).casefold().rstrip(":") in _DATE_WORDS:
            return _without_date_words(" ".join(words[:-size]))
    for size in (3, 2, 1):
        if len(words) > size and " ".join(words[:size]).casefold().rstrip(":") in _DATE_LABELS:
            return " ".join(words[size:]).strip(" :")
    return piece


def _unlabelled(piece: str, *, glued: bool) -> tuple[list[str], list[str]]:
    """Name and categories that nothing labels: glued (`david.cWorld News`), or a name alone."""
    name, categories = unglue.split(piece) if glued else (piece, [])
    if categories:
        is_house = name.istitle() and name.isalpha() and piece[len(name)] == " " and not is_given(name)
        return [] if is_house else [one for one in names.split(name) if not names.is_account(one)], categories
    if paired := _paired(piece):
        return paired, []
    if names.is_bare_name(piece) or names.is_account(piece):
        return list(names.split(piece)), []
    if is_japanese(piece) or _USERNAME.fullmatch(piece) or piece.casefold() in names.AGENCIES:
        return [piece], []
    people = list(names.split(piece))
    return (people, []) if len(people) > 1 and all(map(names.is_bare_name, people)) else ([], [])


def _is_sure(piece: str) -> bool:
    """Whether the words beside a date are the name of a person and of nothing else: a given name begins them."""
    return names.is_bare_name(piece) and is_given(piece.split(maxsplit=1)[0])


def _paired(piece: str) -> list[str]:
    """Names of two words each that nothing parts: a given name begins each pair, and no other ends it."""
    words = piece.split()
    pairs = [" ".join(words[at : at + 2]) for at in range(0, len(words), 2)]
    parted = len(pairs) > 1 and all(map(_is_sure, pairs)) and not any(map(is_given, words[1::2]))
    return pairs if parted else []
