"""Find the articles' files and read them: the only package that reads the source folders.

Takes folders, gives `Source`s in the order of their paths, those of the articles of a file that holds many, and a
`Document` for each that is asked for. Never follows a symbolic link, never opens a pipe or a device, never writes.
"""

from feedpub.sources.finding import Folder, at, compare, legible, require, scan
from feedpub.sources.loading import load
from feedpub.sources.parts import TOP, Reached
from feedpub.sources.piles import Identify, Unpacking, unpack, unpack_from
from feedpub.sources.spooling import Spool, spooling

__all__ = [
    "TOP",
    "Folder",
    "Identify",
    "Reached",
    "Spool",
    "Unpacking",
    "at",
    "compare",
    "legible",
    "load",
    "require",
    "scan",
    "spooling",
    "unpack",
    "unpack_from",
]
