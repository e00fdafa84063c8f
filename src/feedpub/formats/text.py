"""Plain-text dumps of pages.

Takes a Document, gives a Draft of its lines. Never raises: bytes that can't be decoded become a Problem.

What a program did to a page when it made a text of it is undone here, once, so that nothing below has to know of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from feedpub.formats import _browsed, _characters, _lightly, _paged, _parted, _wrapped
from feedpub.model import Block, Document, Draft

ENDS = {"\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"}


def read(document: Document) -> Draft:
    """Decode the bytes and part them into lines."""
    text, problems = _characters.read(document)
    return Draft("text", tuple(_blocks(text)), problems=problems)


def split(text: str) -> list[str]:
    """Lines, whatever ends them; a form feed parts paragraphs."""
    return _in_lines(text).replace("\f", "\n\n").split("\n")


def _in_lines(text: str) -> str:
    """The text with one kind of ends of lines, and of pages."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    for end, plain in ENDS.items():
        if end in text:
            text = text.replace(end, plain)
    return text


def _blocks(printed: str) -> list[Block]:
    """The paragraphs of a text as they were before a program printed them."""
    text = _in_lines(printed)
    lines: Iterable[tuple[int, str]] = _paged.bound(text) if "\f" in text else enumerate(text.split("\n"), 1)
    links = None
    if _browsed.are_numbered(text):
        links = _browsed.Links(list(lines))
    blocks = _plain(links.lines if links else lines)
    firsts, broken = "".join([block.text[0] for block in blocks]), False
    if _wrapped.may_be(blocks, firsts):
        blocks, broken = _wrapped.paragraphs(blocks, split(text))
    if links or broken:
        blocks = list(_browsed.unmarked(blocks, links))
    if _lightly.may_be(text, firsts):
        blocks = _lightly.unmarked(blocks)
    return _parted.joined(blocks) if _parted.may_be(firsts) else blocks


def _plain(lines: Iterable[tuple[int, str]]) -> list[Block]:
    """The lines that hold anything."""
    blocks, gap = [], True
    for number, printed in lines:
        line = printed.strip()
        if line:
            blocks.append(Block(line, number, gap))
        gap = not line
    return blocks
