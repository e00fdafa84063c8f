"""Read pages of the Gemini protocol (gemtext, `.gmi`)."""

from __future__ import annotations

from feedpub.model import Block, Clue, Document, Draft, Trust


def read(document: Document) -> Draft:
    """Give the lines of a page; its first heading is its title, and a link is shown by its words."""
    blocks, clues, gap = [], [], True
    for number, line in enumerate(document.data.decode("utf-8", "replace").splitlines(), 1):
        text = line.strip()
        if text.startswith("=>"):
            address, *words = text[2:].split(maxsplit=1)
            text = words[0] if words else address
        elif text.startswith("#"):
            text = text.lstrip("# ")
            if not clues:
                clues.append(Clue("title", text, "gemtext-heading", Trust.STATED, number))
        if text and text != "```":
            blocks.append(Block(text, number, gap))
        gap = not text
    return Draft("gemtext", tuple(blocks), tuple(clues), main=frozenset(block.line for block in blocks))
