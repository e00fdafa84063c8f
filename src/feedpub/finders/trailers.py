"""Bylines that are not printed as others: the trailers of agencies, and those of China and Korea.

Takes one line, gives the people whom it names, or None when it is no such line.
"""

from __future__ import annotations

import re

from feedpub.finders import names

_TRAILER = re.compile(r"\(?\s*(?:Additional )?(Reporting|Writing|Editing|Compiled|Edited|Written) by\s+", re.IGNORECASE)
_TRAILED = re.compile(
    r"\(?\s*(?:Additional )?Reporting by\s|[^;]{4,60};\s?(?:Writing|Editing|Additional reporting) by\s", re.IGNORECASE
)
_ZH = re.compile(
    r"(?:记者|記者|作者|文|撰文|通讯员)\s?[:：/／]?\s?([\u4e00-\u9fff·、 ]{2,20}?)(?=\s|$|编辑|編輯|责|摄|报道|電|电)"
)
_KO = re.compile(r"^(?:\S+=)?([가-힣]{2,4})\s?(?:기자|특파원|논설위원|선임기자|인턴기자)(?:\s|$)")


def trailer(line: str) -> tuple[str, ...] | None:
    """`Reporting by A in B; Editing by C`: who reported and wrote, and never who edited."""
    if " by " not in line or not _TRAILED.match(line):
        return None
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
    if line.isascii():
        return None
    korean = _KO.search(line)
    if korean:
        return (korean[1],)
    chinese = _ZH.search(line) if len(line) <= 60 else None
    if chinese:
        return tuple(name for name in re.split(r"[、 ]", chinese[1].strip()) if 2 <= len(name) <= 4) or None
    return None
