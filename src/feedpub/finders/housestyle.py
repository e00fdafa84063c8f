"""How a house signs its articles: words before its names (`Words Ada March`), and initials below its stories (`(am)`).

Takes lines and what is known of a site, gives names. Never guesses who is meant: initials without a name say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from feedpub.finders import bylabels, names
from feedpub.normalise import one_line

LONGEST = 160  # characters of a line that names who wrote
FEWEST_WORDS, MOST_WORDS = 2, 3  # of a name behind a word that is to be learned; of what stands before it
MARK = ":"  # between initials and the name
NEAR_START = 60  # characters of a story in which initials may stand
_INITIALS = r"[^\W\d_]{2,4}"
_IN_BRACKETS = re.compile(rf"[(\[]({_INITIALS}(?:\s?[/,]\s?{_INITIALS})*)[)\]]")
_CREDIT = re.compile(r"\s*[/|•·–—]\s*|\s{3,}|\s-+\s")  # between who wrote and who took the pictures


def names_behind(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """The people behind one of a house's words, such as `Words` or `Recorded by`; none when the line says more."""
    if len(text) > LONGEST:
        return ()
    folded = text.casefold()
    word = next((word for word in words if folded.startswith(word) and folded[len(word) :][:1] in (" ", ":")), "")
    return _people(text[len(word) :]) if word else ()


def words_before(text: str) -> list[str]:
    """What stands before the names of a line, for each place where these may begin: the shortest first."""
    piece = _CREDIT.split(text[:LONGEST], maxsplit=1)[0] if len(text) <= LONGEST else ""
    if bylabels.read(piece)[1]:
        return []
    parts = piece.split(" ")
    ends = range(1, min(MOST_WORDS, len(parts) - FEWEST_WORDS) + 1)
    found = [(" ".join(parts[:at]).rstrip(" :"), " ".join(parts[at:])) for at in ends]
    return [before for before, after in found if before and _people(after)]


def _people(text: str) -> tuple[str, ...]:
    people = names.split(_CREDIT.split(text.strip(" :"), maxsplit=1)[0])
    return people if all(map(names.is_bare_name, people)) else ()


# ---------------------------------------------------------------------- initials


def initials_of(rows: Iterable[str]) -> dict[str, str]:
    """Rows such as `am: Ada March`, as a table."""
    parted = (row.partition(MARK) for row in rows)
    return {one_line(initials).casefold(): one_line(name) for initials, _, name in parted}


def initials_in(story: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """The initials that sign a story, in small letters: in brackets where it begins or ends, or alone below it."""
    if not story:
        return ()
    ends = [found for found in _IN_BRACKETS.finditer(story[-1]) if not story[-1][found.end() :].strip(" .")]
    starts = _IN_BRACKETS.finditer(story[0][:NEAR_START])
    alone = (_IN_BRACKETS.fullmatch(f"({line.strip('()[] /')})") for line in below)
    found = next((match[1] for match in (*ends, *alone, *starts) if match and match[1].islower()), "")
    return tuple(re.split(r"\s?[/,]\s?", found)) if found else ()


def signed(story: Sequence[str], below: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """The people whose initials sign a story, as far as they are known."""
    return tuple(dict.fromkeys(known[one] for one in initials_in(story, below) if one in known))


def owner(initials: str, people: Iterable[str]) -> str:
    """The only one of some people whose initials they can be: the first letters of both names, as in `ama`."""
    found = [name for name in people if _may_own(name.casefold().split(), initials)]
    return found[0] if len(found) == 1 else ""


def _may_own(name: Sequence[str], initials: str) -> bool:
    ends = range(1, len(initials))
    return len(name) > 1 and any(
        name[0].startswith(initials[:at]) and name[-1].startswith(initials[at:]) for at in ends
    )
