"""Bylines that are not printed as others: the trailers of agencies, and those of China and Korea.

Takes one line, gives the people whom it names, or None when it is no such line.
"""

from __future__ import annotations

import re

from feedpub.finders import bylabels, names
from feedpub.finders.given import KANA

_TRAILER = re.compile(r"\(?\s*(?:Additional )?(Reporting|Writing|Editing|Compiled|Edited|Written) by\s+", re.IGNORECASE)
_TRAILED = re.compile(
    r"\(?\s*(?:Additional )?Reporting by\s|[^;]{4,60};\s?(?:Writing|Editing|Additional reporting) by\s", re.IGNORECASE
)
LONGEST_ZH = 60  # characters of a line of small print in Chinese
_REPORTER = r"(?:本[报報刊台]|特[约約派])?(?:记者|記者|通讯员|通訊員)"
_ZH = re.compile(
    rf"(?:(?:作者|撰文|(?<![\u4e00-\u9fff])文)\s?[:：/／]?\s?{_REPORTER}?|{_REPORTER})\s?[:：/／]?\s?"
    r"([\u4e00-\u9fff·]{2,4}(?:[、 ][\u4e00-\u9fff·]{2,4}){0,4}?)(?=[\s/／]|$|编辑|編輯|责|摄|攝|报道|報導|電|电)"
)
_MORE_ZH = re.compile(r"[、 ]([\u4e00-\u9fff]{2,4})(?=[、 ]|$)")
_NO_ZH = frozenset(  # what stands behind names
    "通讯员 通訊員 记者 記者 编辑 編輯 报道 報導 責編 责编 校对 核稿 摄影 攝影 综合 綜合 来源 來源".split()
)
_BEYOND_KANA = re.compile(f"[{KANA}-\U0010ffff]")
_KO = re.compile(
    r"^(?:\S+=)?([가-힣]{2,4}(?:\s?[·,]\s?[가-힣]{2,4}){0,4}|[가-힣]{3}(?:\s[가-힣]{3}){1,4})"
    r"\s?(?:기자|특파원|논설위원|선임기자|인턴기자)(?:\s|$)"
)


def trailer(line: str) -> tuple[str, ...] | None:
    """`Reporting by A in B; Editing by C`: who reported and wrote, and never who edited."""
    if " by " not in line or not _TRAILED.match(line):
        return None
    if bylabels.read(line)[1] == "by" and not _TRAILER.match(line):
        return None  # By Ada March; additional reporting by Ben Quill
    authors: list[str] = []
    for part in line.strip("() ").split(";"):
        match = _TRAILER.match(part.strip())
        if (
            match
            and match[1].casefold() in ("reporting", "writing", "written", "compiled")
            and "additional" not in part.casefold()
        ):
            authors += names.split(part.strip()[match.end() :])
    return tuple(dict.fromkeys(authors))


def eastern(line: str) -> tuple[str, ...] | None:
    """Chinese and Korean bylines: 记者 陆文海 编辑 田小禾, 김하늘 기자."""
    if line.isascii() or not _BEYOND_KANA.search(line):
        return None
    korean = _KO.search(line)
    if korean:
        return tuple(re.split(r"[\s·,]+", korean[1]))
    chinese = _ZH.finditer(line) if len(line) <= LONGEST_ZH else ()
    return tuple(dict.fromkeys(name for match in chinese for name in _chinese(line, match))) or None


def _chinese(line: str, match: re.Match[str]) -> list[str]:
    """The names behind a label, and those that spaces part from the first."""
    people = re.split("[、 ]", match[1])
    at = match.end()
    while (more := _MORE_ZH.match(line, at)) and more[1] not in _NO_ZH:
        people.append(more[1])
        at = more.end()
    return [name for name in people if 2 <= len(name) <= 4 and name not in _NO_ZH]
