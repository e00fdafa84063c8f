"""Clean headlines: without labels, the site's name, breadcrumbs and page marks.

Takes a headline as printed, gives a Headline. A side of a mark is only cut when it is known to be the site or a label.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection

from msgspec import Struct

from feedpub.finders import names, sections
from feedpub.lexicon import keys_by_word, table
from feedpub.normalise import one_line

MADE = 90  # characters of a title that is made of the first sentence
PARTED = re.compile(r"[-|:：–—»•·/>()\[\]【】［］]|^[A-Z][A-Z ]+\.")  # a title without any of these is all title
SITE_MARKS = (" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » ", ": ")
SHORTEST_ALONE = 12  # characters of a side that the page prints alone
SHORTEST_INSIDE, FEWEST_SPACES = 20, 3  # of a headline in a longer line
SITE_MARK = re.compile(r"\s(?:[|–—»•·/]|::|-)\s")
KICKER_MARK = re.compile(r"\s?:\s|\s[–—-]\s")  # between kicker and title, or between title and kicker
GLUED_BYLINE = re.compile(r"\s[Bb]y([A-ZÀ-Þ][^\d,:;]{3,40})$")
KICKER_IN_CAPITALS = re.compile(  # HARBOUR SECRETS Who is the new ferry captain; no abbreviations, as UK PM Ada Vane
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ’'&-]{4,}\s){2,6}(?=[A-ZÀ-Þ][a-zß-ÿ’']+\s(?:\S+\s){2})"
)
KICKER_MARKS = (": ", " : ", " – ", " - ", " — ")
LONGEST_MARK = 3  # characters
NAMED = frozenset((" :: ", " » ", " • "))  # marks before the name of a site, whatever it looks like
LONGEST_NAME = 4  # words of it
HOME = frozenset(word.casefold() for word in table("chrome")["home"])
_LABELS = keys_by_word(table("labels"))
_END_LABELS = frozenset(word.casefold() for word in table("labels")["end"])
_LABEL = re.compile(  # before a mark or in brackets
    r"\s*(?:[(\[【［]([^()\[\]【】［］]{1,24})[)\]】］]\s*"
    r"|([A-Z][A-Z ]{2,20})\.\s|([^|:–—\-\s][^|:–—]{0,22}?)\s*(?:\d-|\||:|\s[–—-]\s|(?<=[A-Z])-(?=[A-Z\d])|：)\s*)"
)
ENDINGS = r"com|de|org|net|info|fr|es|it|nl|be|eu|co\.uk|ch|at|pl|ru"  # of the address of a site
_TABLE = table("titles")
_SITE = re.compile(
    rf"(?:The )?(?:[A-Z][\w.'’&-]*\s){{0,3}}(?:{'|'.join(_TABLE['site'])}"
    rf"|\w+\.(?:{ENDINGS}))$"
)
_UPDATE = re.compile(rf"(?:{'|'.join(_TABLE['update'])})(?:\s\d)?-(?=[A-Z\d\"“‘'])")
_PAGE = re.compile(r"\s*[–—|(-]\s*(?:Page|Seite|Página)\s\d+\)?$", re.IGNORECASE)
_PATH = re.compile(r"\s(?:[»>›→]|>>)\s")
_MONTH = "|".join(re.escape(word) for key, words in table("months").items() if key.isdigit() for word in words)
_DATE = re.compile(  # the day on which it was published, printed in front
    rf"(?:\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}\.? (?:{_MONTH})\.? \d{{4}})"
    r"\s*([-–—|]?)\s*(?=\S+\s\S+\s\S)",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\s*(?:[–—|-]\s|[(\[])([^–—|()\[\]-]{2,18})[)\]]?\s*$")


_NUMBERED = re.compile(r"(\d{1,2})\.\s+(?=\S)")


class Headline(Struct, frozen=True):
    """A title without its labels and site name."""

    title: str
    labels: tuple[str, ...] = ()
    site: str = ""
    section: str = ""


def make(sentence: str) -> str:
    """A title for an article that has none: its first sentence, cut at a word."""
    if len(sentence) <= MADE:
        return sentence.rstrip(".")
    return sentence[:MADE].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def unnumbered(raw: str, above: str) -> str:
    """The last part of a path that is printed as a list (`2. World`, `3. Title`), without its number."""
    match = _NUMBERED.match(raw)
    return raw[match.end() :] if match and above.startswith(f"{int(match[1]) - 1}. ") else raw


def clean(raw: str, sites: Collection[str] = (), others: Collection[str] = ()) -> Headline:
    """The title without labels, site name, breadcrumb and page marks.

    `sites` are known names of the site, `others` lines that the page prints alone.
    """
    title = _without_byline(one_line(html.unescape(raw)) if "&" in raw else one_line(raw))
    if kicker := KICKER_IN_CAPITALS.match(title):
        title = title[kicker.end() :]
    if not (PARTED.search(title) or title[:1].isdigit()) and not title.endswith(tuple(others)):
        return Headline(_without_kicker(title, others).strip(" *"))
    title = _PAGE.sub("", title)
    title, section = _without_path(_without_day(_without_kicker(title, others)))
    title, site = _without_site(title, sites, others)
    title = _without_day(title)
    labels: list[str] = []
    for _ in range(2):
        shorter, label = _without_label(title)
        if not label:
            break
        title = shorter
        if label != "none":
            labels.append(label)
    title, label = _without_end_label(title)
    if label and label not in labels:
        labels.append(label)
    return Headline(title.strip(" *"), tuple(labels), site, section)


def _without_byline(title: str) -> str:
    """`Ferries sail again byAda March`: without what a theme glued to its end."""
    match = GLUED_BYLINE.search(title)
    return title[: match.start()] if match and names.is_bare_name(match[1]) else title


def _without_kicker(title: str, others: Collection[str]) -> str:
    """The title without its kicker, when another line parts the two by another mark: `Kicker: Title`."""
    if (mark := KICKER_MARK.search(title)) and title[mark.end() :].count(" ") >= FEWEST_SPACES:
        left, right = title[: mark.start()], title[mark.end() :]
        if any(f"{left}{other}{right}" in others for other in KICKER_MARKS if other != mark[0]):
            return right
    shortest, longest = len(title), len(title) + LONGEST_MARK
    for other in [one for one in others if shortest <= len(one) <= longest]:
        if (mark := KICKER_MARK.search(other)) is None:
            continue
        left, right = other[: mark.start()], other[mark.end() :]
        kicker, rest = (left, right) if ":" in mark[0] else (right, left)
        if rest.count(" ") >= FEWEST_SPACES and title in (f"{kicker} {rest}", f"{kicker}{rest}"):
            return rest
    return title


def _without_day(title: str) -> str:
    """`27.01.2025 Title`: without the day, unless a sentence begins with it."""
    match = _DATE.match(title) if title[:1].isdigit() else None
    return title[match.end() :] if match and (match[1] or title[match.end()].isupper()) else title


def _without_path(title: str) -> tuple[str, str]:
    """`Home » World » Title`: the title, and the section above it."""
    parts = [part.strip() for part in _PATH.split(title)]
    if len(parts) > 2 and parts[0].casefold() in HOME:
        return parts[-1], parts[-2]
    return title, ""


def _without_site(title: str, sites: Collection[str], others: Collection[str]) -> tuple[str, str]:
    """The title without the site's name at its end or front, when one side is known to be it."""
    for site in sites:
        for mark in SITE_MARKS:
            if title.endswith(mark + site):
                return _without_section(title.removesuffix(mark + site), mark), site
            if title.startswith(site + mark):
                return title.removeprefix(site + mark), site
    return _without_unknown_site(title, others)


def _without_unknown_site(title: str, others: Collection[str]) -> tuple[str, str]:
    """The title without a side that is a site's name: by its look, or because the page prints the other side alone."""
    for other in others:
        if SHORTEST_INSIDE < len(other) < len(title) and title.endswith(other) and _stands_alone(title, other):
            return other, title.removesuffix(other)
    marks = list(SITE_MARK.finditer(title))
    for mark in marks:
        left, right = title[: mark.start()], title[mark.end() :]
        if left in others and len(left) > SHORTEST_ALONE and len(left) >= len(right):
            return left, right
        if right in others and len(right) > SHORTEST_ALONE and left.casefold() in _LABELS:
            return right, left
    if marks and _names_a_site(title[marks[-1].end() :], marks[-1][0]) and title[: marks[-1].start()].count(" ") >= 2:
        return _without_section(title[: marks[-1].start()], marks[-1][0]), title[marks[-1].end() :]
    return title, ""


def _stands_alone(title: str, other: str) -> bool:
    """Whether a line that ends the title is the title itself, and what precedes it a kicker in the same line."""
    if other.count(" ") < FEWEST_SPACES or other[0].islower():
        return False
    return not title.removesuffix(other).rstrip().endswith((":", ",", ";"))


def _without_section(title: str, mark: str) -> str:
    head, found, section = title.rpartition(mark)
    return head if found and section.casefold() in sections.CATEGORIES else title


def _names_a_site(text: str, mark: str) -> bool:
    """Whether the words look like the name of a newspaper or a domain, or the mark before them says that they are."""
    if mark in NAMED and text.count(" ") < LONGEST_NAME and all(word[0].isupper() for word in text.split()):
        return True
    return bool(_SITE.match(text)) and text.count(" ") <= LONGEST_NAME


def _without_label(title: str) -> tuple[str, str]:
    """The title without `Opinion | `, `LIVE: `, `UPDATE 2-`, `(LEAD) `, `【独自】`."""
    if match := _UPDATE.match(title):
        return title[match.end() :], _LABELS.get(match[0].rstrip("-").split()[0].casefold(), "update")
    match = _LABEL.match(title)
    if not match:
        return title, ""
    printed = (match[1] or match[2] or match[3] or "").strip().casefold()
    label = _LABELS.get(printed, "")
    if not label and "|" in match[0] and sections.CATEGORIES.get(printed, "none") not in ("none", "general"):
        label = "none"  # a section, as the page's head has it
    rest = title[match.end() :]
    is_whole = not rest or rest[0].islower()  # In pictures: the boats come home
    return (rest, label) if label and label != "end" and not is_whole else (title, "")


def _without_end_label(title: str) -> tuple[str, str]:
    """The title without `– as it happened`, `(video)`, `[UPDATED]`."""
    match = _SUFFIX.search(title)
    if match and match[1].strip().casefold() in _END_LABELS and title[: match.start()].count(" ") >= 1:
        word = match[1].strip().casefold()
        return title[: match.start()], "live" if word == "as it happened" else _LABELS.get(word, word)
    return title, ""
