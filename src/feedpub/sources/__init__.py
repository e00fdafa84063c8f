"""Find the articles' files and read them: the only package that reads the source folders.

Takes folders, gives `Source`s in the order of their paths, and a `Document` for each that is asked for. Never follows
a symbolic link, never opens a pipe or a device, never writes.
"""

from feedpub.sources.finding import Folder, at, compare, legible, require, scan
from feedpub.sources.loading import load

__all__ = ["Folder", "at", "compare", "legible", "load", "require", "scan"]
