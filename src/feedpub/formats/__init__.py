"""Source formats: each reads a Document and gives a Draft. Never raises for what is wrong with the bytes.

What a file is, its extension says. A format that takes long to import is imported when there is such a file.
"""

from __future__ import annotations

from importlib import import_module

from feedpub import plugins
from feedpub.formats import _characters, piled, text
from feedpub.formats._characters import guessed_encoding, legacy
from feedpub.model import Document, Draft

__all__ = ["FORMATS", "guessed_encoding", "legacy", "lines", "read"]

FORMATS = {
    "txt": "text",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "mhtml": "mhtml",
    "mht": "mhtml",
    "md": "markdown",
    "markdown": "markdown",
}


def read(document: Document) -> Draft:
    """Read a document in the format that its name tells of; plain text where it tells of none."""
    if document.piled:
        return piled.read(document)
    extension = plugins.extension_of(document.path)
    if name := FORMATS.get(extension):
        draft: Draft = import_module(f"feedpub.formats.{name}").read(document)
        return draft
    if readers := plugins.readers(extension):
        from feedpub.formats import _custom

        return _custom.read(document, readers)
    return text.read(document)


def lines(document: Document) -> tuple[str, ...]:
    """The lines of a document by which clues are numbered: of the file, or of the page as it is printed."""
    draft = read(document)
    if draft.format == "text" and not document.piled:
        return tuple(text.split(_characters.read(document)[0]))
    printed = {block.line: block.text for block in draft.blocks}
    return tuple(printed.get(number, "") for number in range(1, max(printed, default=0) + 1))
