"""Plain-text dumps of pages.

Takes a Document, gives a Draft of its lines. Never raises: bytes that can't be decoded become a Problem.
"""

from __future__ import annotations

import re
from itertools import pairwise

from feedpub.formats import _characters
from feedpub.model import Block, Document, Draft

WRAP_FROM, WRAP_TO = 45, 90  # columns at which mail and terminals break lines
FIELD = re.compile(r"[A-Z][A-Za-z-]{1,20}:\s")  # of a message's head: each stands on a line of its own
ENDS = {"\r": "\n", "\x85": "\n", "\u2028": "\n", "\f": "\n\n", "\u2029": "\n\n"}
FEWEST_WRAPPED, WRAPPED = 4, 0.5  # so many lines, and this part of them, go on in small letters
FEW_WRAPPED = 3  # or so many, of a short text, and no line else


def read(document: Document) -> Draft:
    """Decode the bytes and part them into lines."""
    text, problems = _characters.read(document)
    blocks, gap = [], True
    for number, printed in enumerate(split(text), 1):
        line = printed.strip()
        if line:
            blocks.append(Block(line, number, gap))
        gap = not line
    return Draft("text", tuple(_unwrap(blocks) if _hard_wrapped(blocks) else blocks), problems=problems)


def split(text: str) -> list[str]:
    """Lines, whatever ends them; a form feed parts paragraphs."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    for end, plain in ENDS.items():
        if end in text:
            text = text.replace(end, plain)
    return text.split("\n")


def _hard_wrapped(blocks: list[Block]) -> bool:
    """Mail and terminal text breaks lines at a column: most lines go on in small letters on the next."""
    followers = [
        after.text[0].islower()
        for before, after in pairwise(blocks)
        if not after.gap and WRAP_FROM <= len(before.text) <= WRAP_TO
    ]
    if len(followers) < FEWEST_WRAPPED:
        return len(followers) == FEW_WRAPPED and all(followers)
    return sum(followers) >= WRAPPED * len(followers)


def _unwrap(blocks: list[Block]) -> list[Block]:
    """Join the lines of each paragraph: a line that stops early ends one."""
    joined: list[list[Block]] = []
    for block in blocks:
        wrapped = joined and not block.gap and WRAP_FROM <= len(joined[-1][-1].text) <= WRAP_TO
        if wrapped and not FIELD.match(block.text):
            joined[-1].append(block)
        else:
            joined.append([block])
    return [Block(" ".join(part.text for part in parts), parts[0].line, parts[0].gap) for parts in joined]
