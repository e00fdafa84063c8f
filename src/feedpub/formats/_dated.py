"""Where a page may keep the day on which it was published, when it declares none: classes, attributes, scripts.

Takes a tree, gives Clues whose values are as they were written, the surest first. Never judges them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from lxml import etree

from feedpub.formats._tree import elements, printed
from feedpub.model import Clue, Trust
from feedpub.normalise import one_line

WORDS = tuple(  # of the class or name of an element that shows a date, the surest first
    map(
        re.compile,
        (
            "publish|pub-?date|entry-date|post-date",
            "(?<!up)(?<!man)(?<!vali)(?<!candi)date(?!d|-?up)",
            "datum|fecha|posted|timestamp",
        ),
    )
)
LIKE_DATES = 1  # the rank of an element that holds a moment as machines write it
OTHER_DATES = re.compile(
    "access|birth|bday|death|start|event|due-|expir|retriev|comment|cit(?:e|ation)|refer|copyright|footnote"
)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[\w:.+-]{0,20}")
ATTRIBUTE = "publi"  # in the name of an attribute that says when something was published
SCRIPTED = re.compile(  # a pair of a script that is no JSON-LD
    r"""\b(?:\w{0,20}(?<!un)publi(?:sh|cation)\w{0,20}|datePublished)\\?["']?\s{0,9}[:=]\s{0,9}"""
    r"""\\?["'](\d{4}-?\d\d-?\d\d[\w:.+-]{0,20})""",
    re.IGNORECASE,
)
LONGEST_DATE, LONGEST_CLASS = 60, 200  # characters of what a date is shown in, and of a class, that are looked at
LONGEST_SCRIPT = 2_000_000  # characters
DAY = len("20250428")
MOST = 12  # elements of one rank


def clues(root: etree._Element) -> Iterator[Clue]:
    """What attributes say of publishing, what is shown as a date, and what a script says."""
    yield from _of_attributes(root)
    for element in _shown(root):
        written = one_line(element.get("datetime") or element.get("title") or "") or printed(element)
        if written and len(written) <= LONGEST_DATE:
            yield Clue("shown-published", written, "class-published", Trust.MARKED)
    yield from _of_scripts(root)


def _of_attributes(root: etree._Element) -> Iterator[Clue]:
    for element in elements(root, f"//*[@*[contains(name(), '{ATTRIBUTE}')]]")[:MOST]:
        for name, value in element.items():
            if ATTRIBUTE in name and value[:1].isdigit():
                yield Clue("shown-published", value[:LONGEST_DATE], "attribute-published", Trust.MARKED)


def _of_scripts(root: etree._Element) -> Iterator[Clue]:
    """What scripts say, if they all say the same day: else most are those of other stories, and none tells which."""
    said = [
        found[1]
        for script in root.iter("script")
        for found in islice(SCRIPTED.finditer(script.text or "", 0, LONGEST_SCRIPT), MOST)
    ]
    if len({written.replace("-", "")[:DAY] for written in said}) == 1:
        yield Clue("scripted-published", said[0], "script-published", Trust.MARKED)


def _shown(root: etree._Element) -> Iterator[etree._Element]:
    """The elements that show dates, the surest first."""
    ranked: list[list[etree._Element]] = [[] for _ in WORDS]
    for element in elements(root, "//*[(@class or @id or @title or @datetime) and not(self::time)]"):
        said = f"{(element.get('class') or '')[:LONGEST_CLASS]} {(element.get('id') or '')[:LONGEST_CLASS]}".lower()
        rank = next((rank for rank, words in enumerate(WORDS) if words.search(said)), None)
        if rank is None and MOMENT.fullmatch(element.get("datetime") or element.get("title") or ""):
            rank = LIKE_DATES
        if rank is not None and len(ranked[rank]) < MOST and not OTHER_DATES.search(said):
            ranked[rank].append(element)
    return chain(*ranked)
