"""Paragraphs whose lines a program broke at a column: mail, terminals, converters, printed pages.

Takes the numbered lines of a text, gives its paragraphs, each on one line. Never raises.

A program breaks a line where the next word no longer fits: so the column shows in the text, and tells of every line
whether it goes on. People and justified pages break more freely: there most lines go on in small letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from feedpub.model import Block

NARROWEST, WIDEST = 40, 132  # columns at which programs break lines
WRAP_FROM, WRAP_TO = 45, 90  # columns at which people do
FEWEST_BROKEN = 4  # lines that end where the next word no longer fits
GOING_ON, FEWEST_GOING_ON = 0.25, 3  # part of them, and how many, that go on in small letters
OVERLONG = 0.6  # lines beyond the column that could have been broken, for each that goes on
BREAKABLE = 4  # blanks of such a line
FULL = 0.7  # of the width, from which a line may go on
ENDING_THERE = 0.5  # part of the full lines without a stop that end where the next word no longer fits
FEWEST_WRAPPED, WRAPPED = 4, 0.5  # so many lines, and this part of them, go on in small letters
FEW_WRAPPED = 3  # or so many, of a short text, and no line else
OFF_CENTRE = 2  # columns
FEWEST_PARTED, PARTED = 3, 1 / 3  # words with a hyphen at the end of lines, and for each that has one inside a line
FIELD = re.compile(r"[A-Z][A-Za-z-]{1,20}:\s")  # of a message's head: each stands on a line of its own
ITEM = re.compile(r"(?:[*+•·●▪○■◦@#o-]|\(?\d{1,3}[.)])\s+")
STOPS = ".!?…。！？।؟۔"
_HYPHENED = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_HYPHENS = "-\u00ad\u2010"
_COMPOUND = re.compile(r"[^\W\d_]-[^\W\d_]")
_JOINING = frozenset("und oder bis sowie and or to y e ou et en of och og".split())  # `Land- und Forstwirte`
_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]")
_NO_WIDTH = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")


class Row(NamedTuple):
    """A line as it is printed."""

    number: int  # in the file, from 1
    gap: bool  # a blank line stands before it
    indent: int  # columns
    text: str
    end: int  # the column behind it

    @property
    def goes_on(self) -> bool:
        """Whether it begins like the rest of a sentence."""
        first = self.text[0]
        return first.islower() or (first.isalpha() and not first.isupper())


def paragraphs(lines: Sequence[tuple[int, str]]) -> list[Block]:
    """The lines that hold anything, those of one paragraph joined."""
    blocks, gap, broken = [], True, 0
    for number, printed in lines:
        if line := printed.strip():
            blocks.append(Block(line, number, gap))
            broken += not gap and NARROWEST <= len(line) <= WIDEST
        gap = not line
    if broken < FEW_WRAPPED - 1:
        return blocks
    printed = dict(lines)
    rows = [_row(block, printed[block.line]) for block in blocks]
    if edge := _edge(rows):
        return _joined(rows, edge)
    return _unwrap(blocks) if _hard_wrapped(blocks) else blocks


def _row(block: Block, printed: str) -> Row:
    if "\t" in printed:
        printed = printed.expandtabs()
    indent = len(printed) - len(printed.lstrip())
    return Row(block.line, block.gap, indent, block.text, indent + _width(block.text))


def _width(text: str) -> int:
    """The columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return len(text) + len(_WIDE.findall(text)) - len(_NO_WIDTH.findall(text))


def _first_width(text: str) -> int:
    """The columns of what can't be parted at the beginning of a line."""
    return 2 if _WIDE.match(text) else _width(text.split(None, 1)[0])


# ── broken by programs ──────────────────────────────────────────────────────────────────────────────


def _edge(rows: Sequence[Row]) -> int:
    """The column at which a program broke the lines; 0 if none did."""
    changes = [0] * (WIDEST + 2)
    pairs = []
    for row, after in pairwise(rows):
        if not after.gap and NARROWEST <= row.end <= WIDEST and not ITEM.match(after.text):
            needed = min(row.end + 1 + _first_width(after.text), WIDEST + 1)
            pairs.append((row, after, needed))
            changes[row.end] += 1
            changes[needed] -= 1
    fits = list(accumulate(changes))
    most = max(fits)
    if most < FEWEST_BROKEN:
        return 0
    edge = fits.index(most)
    broken = [(row, after) for row, after, needed in pairs if row.end <= edge < needed]
    going_on = sum(after.goes_on for _, after in broken)
    overlong = sum(row.end > edge and row.text.count(" ") >= BREAKABLE and not ITEM.match(row.text) for row in rows)
    if going_on < max(FEWEST_GOING_ON, GOING_ON * most) or overlong > OVERLONG * going_on:
        return 0
    full = sum(FULL * edge <= row.end <= edge and row.text[-1] not in STOPS for row, _, _ in pairs)
    ending = sum(FULL * edge <= row.end and row.text[-1] not in STOPS for row, _ in broken)
    return edge if ending >= ENDING_THERE * full else 0


def _joined(rows: Sequence[Row], edge: int) -> list[Block]:
    margin = Counter(row.indent for row in rows if row.end > FULL * edge).most_common(1)[0][0]
    joined = [[rows[0]]]
    for row, after in pairwise(rows):
        if not after.gap and _belongs(row, after, edge, margin):
            joined[-1].append(after)
        else:
            joined.append([after])
    drops = _drops_hyphens(joined)
    return [Block(_glued(part, drops), part[0].number, part[0].gap) for part in joined]


def _belongs(row: Row, after: Row, edge: int, margin: int) -> bool:
    """Whether a line goes on with the one below."""
    if ITEM.match(after.text) or (FIELD.match(after.text) and FIELD.match(row.text)):
        return False
    needed = 1 + _first_width(after.text)
    if row.indent > margin and _is_centred(row, edge, margin) and _is_centred(after, edge, margin):
        return row.end - row.indent + needed > edge - margin - 2 * OFF_CENTRE
    if not _is_below(row, after) or row.end < FULL * edge:
        return False
    return row.end <= edge < row.end + needed or (after.text[0].islower() and row.text[-1] not in STOPS)


def _is_centred(row: Row, edge: int, margin: int) -> bool:
    return abs(row.indent - margin - (edge - row.end)) <= OFF_CENTRE


def _is_below(row: Row, after: Row) -> bool:
    """Whether a line begins below the text of another, or hangs, or the other begins a paragraph."""
    if row.indent == after.indent:
        return True
    if item := ITEM.match(row.text):
        return after.indent == row.indent + item.end()
    return row.indent > after.indent and after.goes_on


# ── words parted by hyphens ─────────────────────────────────────────────────────────────────────────


def _drops_hyphens(joined: Sequence[Sequence[Row]]) -> bool:
    """Whether words were parted at the end of lines: far more of these end in hyphens than compounds have them."""
    parted = sum(_HYPHENED.search(row.text) is not None for part in joined for row in part[:-1])
    if parted < FEWEST_PARTED:
        return False
    return parted > PARTED * sum(len(_COMPOUND.findall(row.text)) for part in joined for row in part)


def _glued(rows: Sequence[Row], drops: bool) -> str:
    text = rows[0].text
    for row in rows[1:]:
        if not _HYPHENED.search(text):
            text += row.text if _WIDE.match(text[-1]) and _WIDE.match(row.text) else f" {row.text}"
        elif row.text.split(None, 1)[0] in _JOINING or not row.text[0].isalnum():
            text = f"{text} {row.text}"
        elif text[-1] == "\u00ad" or (drops and row.text[0].islower()):
            text = text.rstrip(_HYPHENS) + row.text
        else:
            text += row.text
    return text


# ── broken by people ────────────────────────────────────────────────────────────────────────────────


def _hard_wrapped(blocks: Sequence[Block]) -> bool:
    """Whether most lines go on in small letters on the next."""
    followers = [
        after.text[0].islower()
        for before, after in pairwise(blocks)
        if not after.gap and WRAP_FROM <= len(before.text) <= WRAP_TO
    ]
    if len(followers) < FEWEST_WRAPPED:
        return len(followers) == FEW_WRAPPED and all(followers)
    return sum(followers) >= WRAPPED * len(followers)


def _unwrap(blocks: Sequence[Block]) -> list[Block]:
    """Join the lines of each paragraph: a line that stops early ends one."""
    joined: list[list[Block]] = []
    for block in blocks:
        wrapped = joined and not block.gap and WRAP_FROM <= len(joined[-1][-1].text) <= WRAP_TO
        if wrapped and not FIELD.match(block.text):
            joined[-1].append(block)
        else:
            joined.append([block])
    return [Block(" ".join(part.text for part in parts), parts[0].line, parts[0].gap) for parts in joined]
