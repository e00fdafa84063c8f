"""Plain-text dumps of pages.

Takes a Document, gives a Draft of its lines. Never raises: bytes that can't be decoded become a Problem.

What a program did to a page when it made a text of it is undone here, once, so that nothing below has to know of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from feedpub.formats import _browsed, _characters, _lightly, _wrapped
from feedpub.model import Block, Document, Draft

ENDS = {"\r": "\n", "\x85": "\n", "\u2028": "\n", "\f": "\n\n", "\u2029": "\n\n"}


def read(document: Document) -> Draft:
    """Decode the bytes and part them into lines."""
    text, problems = _characters.read(document)
    return Draft("text", tuple(_blocks(text)), problems=problems)


def split(text: str) -> list[str]:
    """Lines, whatever ends them; a form feed parts paragraphs."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    for end, plain in ENDS.items():
        if end in text:
            text = text.replace(end, plain)
    return text.split("\n")


def _blocks(text: str) -> Sequence[Block]:
    """The paragraphs of a text as they were before a program printed them."""
    lines: Sequence[tuple[int, str]] = list(enumerate(split(text), 1))
    links = _browsed.Links(lines) if _browsed.may_be(text) else None
    blocks: Sequence[Block] = _wrapped.paragraphs(links.lines if links else lines)
    if links:
        blocks = list(links.unmarked(blocks))
    return _lightly.unmarked(blocks) if _lightly.may_be(text) else blocks
