"""What was noticed in a document: its blocks, clues to its fields, and lines that are not part of the article."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Literal

from msgspec import Struct

from feedpub.model.problems import Problem


class Trust(IntEnum):
    """How far a clue may be trusted; the highest wins, and among equals the first."""

    GUESSED = 1  # file name, modification time, first line
    LEARNED = 2  # a profile of the site
    WRITTEN = 3  # printed for people: byline, dateline, date line
    MARKED = 4  # printed for machines: meta elements, microdata
    STATED = 5  # said by the operator: sidecar, front matter, settings


class Clue(Struct, frozen=True):
    """One thing noticed: which field it speaks of, its value, where it stands, and how far to trust it."""

    field: str
    value: Any
    rule: str  # which finder and pattern, kebab-case
    trust: Trust
    line: int = 0  # 1 is the first line of the file; 0 where lines mean nothing


class Dropped(Struct, frozen=True, gc=False):
    """A line that is not part of the article, and the rule that says so."""

    line: int
    text: str
    rule: str


class Block(Struct, frozen=True, gc=False):
    """A line or paragraph as the format left it."""

    text: str
    line: int  # where it starts, 1 is the first line of the file
    gap: bool = True  # a blank line (or the start of the file) stands before it


class Piece(Struct, frozen=True, gc=False):
    """A block's markup, or a picture between two blocks: HTML that is not yet sanitised."""

    line: int  # the block's; of a picture, that of the block before it
    html: str
    within: tuple[tuple[int, str], ...] = ()  # the elements around it, from the outside: a number, and the opening tag
    parents: tuple[int, ...] = ()  # numbers of the nearest elements around it, by which neighbours are known
    kind: Literal["text", "picture", "caption"] = "text"
    linked: bool = False  # whether it is a link and nothing else


class Draft(Struct, frozen=True):
    """What a format made of a document: its blocks in order, and what its markup declared.

    Clues hold what was declared, as it was written: `extract` reads dates and names off it.
    """

    format: str
    blocks: tuple[Block, ...]
    clues: tuple[Clue, ...] = ()
    problems: tuple[Problem, ...] = ()
    pieces: tuple[Piece, ...] = ()  # the markup of the blocks, where the format has any
    main: frozenset[int] = frozenset()  # lines of the blocks that the markup shows to be the story
    dropped: tuple[Dropped, ...] = ()  # lines that only tell how a program laid out the text
    captured: str = ""  # when it was taken from its site, as its fields state it
