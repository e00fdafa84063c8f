"""Marks of Markdown, and of converters that write like it, in a file that is no Markdown but a page's text.

Takes the blocks of a text, gives them without the marks: links and pictures, headings, emphasis, escapes, rules,
tables, and elements that the converter left. Never raises. The text is left as it is unless all of it is written so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from feedpub.model import Block

FEWEST_LINKS, FEWEST_HEADINGS = 4, 2  # by which Markdown is known
FRAMED = 2  # headings between stars, by which Debian's html2text is known
_ADDRESS = r"<?(?:[a-z]{3,10}:|//?|#|\.{1,2}/|\?)[^()\n]*|[\w%-]+[./][^()\s]*|<>| *\"[^\"\n]*\""
_LINK = re.compile(rf"\]\((?:{_ADDRESS})(?:\([^()\n]*\)[^()\n]*)*\)")
_BRACKET = re.compile(rf"(?<!\\)\[|{_LINK.pattern}|\]\(\)|(?<!\\)\]")
_PICTURE = re.compile(r"!\[[^\[\]]{0,400}\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[\d*\])")
_HEADING = re.compile(r"#{1,6} +\S")
_RULE = re.compile(r"(?:[-*_=] ?){3,}|:{3,}.{0,80}|(?=[|:+ ]*-)[|:+ -]+")
_FRAMED = re.compile(r"(\*{2,6})[ _](.+?)[ _]\1")
_BEFORE = re.compile(r"(?:>+ *)+|(?:[*+-] +)?#{1,6} +")
_STRONG_BEFORE_MARK = re.compile(r"(?:\*\*|__) ?(?=[,.;:!?)])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~&<$'\"-])")
_EMPHASIS = re.compile(r"(?<!\w)([*_])(?=[^\s*_])([^*_\n]*[^\s*_])\1(?!\w)")
_ELEMENT = re.compile(
    r"</?(?:a|article|aside|br|button|div|figcaption|figure|footer|form|h[1-6]|header|iframe|img|input|label|li|main|nav"
    r"|p|path|picture|section|source|span|sub|sup|svg|table|tbody|t[dhr]|time|u|ul)(?:\s[^<>]{0,2000})?/?>"
)
_ATTRIBUTES = re.compile(r"(?<=[\])])\{[.#:][^{}\n]{0,500}\}")
_ADDRESSED = re.compile(r"://|@|www\.|/")


def may_be(text: str, firsts: str) -> bool:
    """Whether to look at a text at all, whose lines begin with the characters `firsts`."""
    return ("]" in text and "](" in text) or ("#" in firsts and "##" in text) or ("*" in firsts and "**" in text)


def unmarked(blocks: list[Block]) -> list[Block]:
    """The blocks without marks, if the text is written in them."""
    if sum(_FRAMED.fullmatch(block.text) is not None for block in blocks) >= FRAMED:
        return _left(blocks, [_unframed(block.text) for block in blocks])
    text = "\n".join(block.text for block in blocks)
    if len(_LINK.findall(text)) >= FEWEST_LINKS or _has_headings(blocks):
        return _left(blocks, _plain(text).split("\n"))
    return blocks


def _has_headings(blocks: Sequence[Block]) -> bool:
    """Whether most lines that begin like headings stand apart as these do."""
    marked = [at for at, block in enumerate(blocks) if block.text[0] == "#" and _HEADING.match(block.text)]
    apart = sum(blocks[at].gap and (at + 1 == len(blocks) or blocks[at + 1].gap) for at in marked)
    has_levels = any(blocks[at].text.startswith("##") for at in marked)
    return has_levels and apart >= FEWEST_HEADINGS and apart * 2 > len(marked)


def _left(blocks: Sequence[Block], texts: Sequence[str]) -> list[Block]:
    """The blocks with other texts; where none is left, the gap above it stays."""
    left, gap = [], False
    for block, text in zip(blocks, texts, strict=True):
        gap = gap or block.gap
        if text := text.strip():
            left.append(replace(block, text=text, gap=gap))
            gap = False
    return left


def _plain(text: str) -> str:
    text = _unlinked(_ATTRIBUTES.sub("", _PICTURE.sub(_line_ends, text)))
    if "<" in text:
        text = _ELEMENT.sub(_line_ends, text)
    return "\n".join(map(_plain_line, text.split("\n")))


def _line_ends(found: re.Match[str]) -> str:
    """As many ends of lines as what is taken away has: so each line that is left can be told."""
    return "\n" * found[0].count("\n")


def _unlinked(text: str) -> str:
    """The text of each link without its address; a link may hold brackets, and stand on several lines."""
    kept: list[str] = []
    opened: list[int] = []  # where brackets stand that are not closed yet
    at = 0
    for found in _BRACKET.finditer(text):
        kept.append(text[at : found.start()])
        at = found.end()
        if found[0] == "[":
            opened.append(len(kept))
            kept.append("[")
        elif not opened:
            kept.append(found[0])
        elif found[0] == "]":
            opened.pop()
            kept.append("]")
        else:
            kept[opened.pop()] = ""
    return "".join(kept) + text[at:]


def _plain_line(line: str) -> str:
    line = line.strip()
    if not line or _RULE.fullmatch(line):
        return ""
    if line[0] in "#>*+-" and (before := _BEFORE.match(line)):
        line = line[before.end() :].rstrip("# ")
    if line[:1] == "|":
        line = " ".join(cell for part in line.strip("|").split("|") if (cell := part.strip()))
    if "**" in line or "__" in line:
        line = _STRONG_BEFORE_MARK.sub("", line).replace("**", "").replace("__", "")
    if "*" in line or "_" in line:
        line = _EMPHASIS.sub(r"\2", line)
    return _ESCAPED.sub(r"\1", line.rstrip("\\")) if "\\" in line else line


def _unframed(text: str) -> str:
    """A line of Debian's html2text: headings stand between stars, and in links underscores between the words."""
    if framed := _FRAMED.fullmatch(text):
        text = framed[2]
    if "_" not in text:
        return text
    return " ".join(word if _ADDRESSED.search(word) else word.replace("_", " ") for word in text.split())
