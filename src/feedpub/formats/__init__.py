"""Source formats: each reads a Document and gives a Draft. Never raises for what is wrong with the bytes.

What a file is, its extension says. A format that takes long to import is imported when there is such a file.
"""

from __future__ import annotations

from importlib import import_module

from feedpub.formats import piled, text
from feedpub.model import Document, Draft

FORMATS = {
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "md": "markdown",
    "markdown": "markdown",
}


def read(document: Document) -> Draft:
    """Read a document in the format that its name tells of; plain text where it tells of none."""
    if document.piled:
        return piled.read(document)
    name = _name(document.path)
    if name is None:
        return text.read(document)
    draft: Draft = import_module(f"feedpub.formats.{name}").read(document)
    return draft


def lines(document: Document) -> tuple[str, ...]:
    """The lines of a document by which clues are numbered: of the file, or of the page as it is printed."""
    if not document.piled and _name(document.path) is None:
        return tuple(text.decode(document.data, document.path)[0].splitlines())
    return tuple(block.text for block in read(document).blocks)


def _name(path: str) -> str | None:
    return FORMATS.get(path.rpartition(".")[2].lower())
