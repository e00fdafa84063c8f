"""Plain-text dumps of pages.

Takes a Document, gives a Draft of its lines. Never raises: bytes that can't be decoded become a Problem.

What a program did to a page when it made a text of it is undone here, once, so that nothing below has to know of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from feedpub.formats import _answered, _browsed, _characters, _lightly, _paged, _parted, _wrapped
from feedpub.model import Block, Document, Draft, Dropped

PLAIN = {"\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n", "\u00a0": " "}


def read(document: Document) -> Draft:
    """Decode the bytes and part them into lines."""
    text, problems = _characters.read(document)
    blocks, marks = _undone(text)
    return Draft("text", tuple(blocks), problems=problems, dropped=tuple(marks))


def split(text: str) -> list[str]:
    """Lines, whatever ends them; a form feed parts paragraphs."""
    return _in_plain_lines(text).replace("\f", "\n\n").split("\n")


def _in_plain_lines(text: str) -> str:
    """The text with one kind of ends of lines, and of blanks."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    for kind, plain in PLAIN.items():
        if kind in text:
            text = text.replace(kind, plain)
    return text


def _undone(printed: str) -> tuple[list[Block], list[Dropped]]:
    """The paragraphs of a text as they were before a program printed them, and what it put between them."""
    text = _in_plain_lines(printed)
    lines: Iterable[tuple[int, str]] = _paged.bound(text) if "\f" in text else enumerate(text.split("\n"), 1)
    marks: list[Dropped] = []
    links = None
    if _browsed.are_numbered(text):
        links = _browsed.Links(list(lines))
        lines = links.lines
    blocks = _lines_of(lines)
    if links or "\f" in text:
        marks += _gone(_lines_of(enumerate(split(text), 1)), blocks)
    firsts, broken = "".join([block.text[0] for block in blocks]), False
    if _answered.may_be(firsts):
        before, blocks = blocks, _answered.unquoted(blocks)
        marks += _gone(before, blocks)
        firsts = "".join([block.text[0] for block in blocks])
    if _wrapped.may_be(blocks, firsts):
        blocks, broken = _wrapped.paragraphs(blocks, split(text))
    if links or broken:
        before, blocks = blocks, list(_browsed.unmarked(blocks, links))
        marks += _gone(before, blocks)
    if _lightly.may_be(text, firsts):
        before, blocks = blocks, _lightly.unmarked(blocks)
        marks += _gone(before, blocks)
    return _parted.joined(blocks) if _parted.may_be(firsts) else blocks, marks


def _gone(before: list[Block], after: list[Block]) -> list[Dropped]:
    left = {block.line for block in after}
    return [Dropped(block.line, block.text, "layout") for block in before if block.line not in left]


def _lines_of(lines: Iterable[tuple[int, str]]) -> list[Block]:
    """The lines that hold anything."""
    blocks, gap = [], True
    for number, printed in lines:
        line = printed.strip()
        if line:
            blocks.append(Block(line, number, gap))
        gap = not line
    return blocks
