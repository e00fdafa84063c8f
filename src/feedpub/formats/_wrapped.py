"""Paragraphs whose lines a program broke at a column: mail, terminals, converters, printed pages.

Takes the lines of a text, gives its paragraphs, each on one line. Never raises.

A program breaks a line where the next word no longer fits: so the column shows in the text, and tells of every line
whether it goes on. People and justified pages break more freely: there most lines go on in small letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import NamedTuple

from feedpub.model import Block

NARROWEST, WIDEST = 40, 132  # columns at which programs break lines
NARROWEST_TEXT = 18  # characters that may fill the narrowest: those of the East are two columns wide
LAST_LATIN = "\u024f"
_GOING_ON = re.compile(  # what may begin the rest of a sentence
    f"[{''.join(char for char in map(chr, range(ord(LAST_LATIN))) if char.islower())}{LAST_LATIN}-\U0010ffff]"
)
WRAP_FROM, WRAP_TO = 45, 90  # columns at which people do
FEWEST_BROKEN = 4  # lines that end where the next word no longer fits
GOING_ON, FEWEST_GOING_ON = 0.15, 3  # part of them, and how many, that go on in small letters
SHORT_TEXT = 20  # lines of a text in which fewer tell, if all lines that end within a sentence are broken at one column
FEW_BROKEN, FEW_GOING_ON = 3, 2  # of its lines
OVERLONG = 0.6  # lines beyond the column that could have been broken, for each that goes on
BREAKABLE = 4  # blanks of such a line
FULL, HALF_FULL = 0.7, 0.4  # of the width, from which a line may go on; with an address, which can't be parted
ENDING_THERE = 0.5  # part of the full lines without a stop that end where the next word no longer fits
FEWEST_WRAPPED, WRAPPED = 4, 0.5  # so many lines, and this part of them, go on in small letters
FEW_WRAPPED = 3  # or so many, of a short text, and no line else
OFF_CENTRE = 2  # columns
FEWEST_PARTED, PARTED = 3, 1 / 3  # words with a hyphen at the end of lines, and for each that has one inside a line
FIELD = re.compile(r"[A-Z][A-Za-z-]{1,20}:\s")  # of a message's head: each stands on a line of its own
ITEM = re.compile(r"(?:\*{1,6}|[+•·●▪○■◦@#o-]|\(?\d{1,3}[.)])\s+")
RULE = re.compile(r"[-=_*~+|: ]{3,}")
QUOTED = "> "  # at the beginning of lines of a message that is answered, and of quotations in Markdown
STOPS = ".!?…。！？।؟۔։።။។"
_ADDRESSED = re.compile(r"\S*(?:\]\(|://)")
_HYPHENED = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_HYPHENS = "-\u00ad\u2010"
_COMPOUND = re.compile(r"[^\W\d_]-[^\W\d_]")
_JOINING = frozenset("und oder bis sowie and or to y e ou et en of och og".split())  # `Land- und Forstwirte`
_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]")
_UNSPACED = re.compile("[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]")
_NO_WIDTH = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")
_UNEVEN = re.compile(f"{_WIDE.pattern}|{_NO_WIDTH.pattern}")


class Row(NamedTuple):
    """A line as it is printed."""

    number: int  # in the file, from 1
    gap: bool  # a blank line stands before it
    indent: int  # columns
    text: str
    end: int  # the column behind it
    first: int  # the columns of what can't be parted at its beginning


def may_be(blocks: Sequence[Block], firsts: str) -> bool:
    """Whether to look at a text at all: enough of its lines may go on on the next; `firsts` begin the lines."""
    going_on = [match.start() for match in _GOING_ON.finditer(firsts, 1)]
    fewest = FEW_GOING_ON if len(firsts) <= SHORT_TEXT else FEWEST_GOING_ON
    return len(going_on) >= fewest and sum(_may_go_on(blocks[at - 1], blocks[at]) for at in going_on) >= fewest


def paragraphs(blocks: list[Block], lines: Sequence[str]) -> tuple[list[Block], bool]:
    """The blocks, those of one paragraph joined; and whether a program had broken the lines of the file."""
    found: list[tuple[int, int, list[Row]]] = [(0, 0, [])]
    for measure in _measures(blocks):
        rows = [_row(block, lines[block.line - 1], measure) for block in blocks]
        edge, times = _edge(rows)
        found.append((times, edge, rows))
    times, edge, rows = max(found, key=itemgetter(0))
    if times:
        return _joined(rows, edge), True
    return _unwrap(blocks) if _hard_wrapped(blocks) else blocks, False


def _measures(blocks: Sequence[Block]) -> Sequence[Callable[[str], int]]:
    """How a program may have counted: columns or characters; neither when too many lines are wider than any breaks."""
    if any(not block.text.isascii() and _UNEVEN.search(block.text) for block in blocks):
        return _columns, len
    overlong = sum(len(block.text) > WIDEST and _is_breakable(block.text) for block in blocks)
    followed = [after for before, after in pairwise(blocks) if not after.gap and len(before.text) <= WIDEST]
    return () if overlong > OVERLONG * sum(_goes_on(after.text) for after in followed) else (len,)


def _may_go_on(before: Block, after: Block) -> bool:
    return not after.gap and NARROWEST_TEXT <= len(before.text) <= WIDEST and _goes_on(after.text)


def _goes_on(text: str) -> bool:
    """Whether a line begins like the rest of a sentence; in many scripts, all do."""
    first = text[0]
    return first.islower() or (first > LAST_LATIN and first.isalpha() and not first.isupper())


def _row(block: Block, printed: str, measure: Callable[[str], int]) -> Row:
    if "\t" in printed:
        printed = printed.expandtabs()
    indent = len(printed) - len(printed.lstrip())
    text = block.text
    word = text[0] if _UNSPACED.match(text) else (text.lstrip(QUOTED) or text).split(None, 1)[0]
    return Row(block.line, block.gap, indent, text, indent + measure(text), measure(word))


def _columns(text: str) -> int:
    """The columns that a text takes on a terminal."""
    return len(text) + len(_WIDE.findall(text)) - len(_NO_WIDTH.findall(text))


# ── broken by programs ──────────────────────────────────────────────────────────────────────────────


def _edge(rows: Sequence[Row]) -> tuple[int, int]:
    """The column at which a program broke the lines, and how many; 0 if none did."""
    changes = [0] * (WIDEST + 2)
    pairs = []
    for row, after in pairwise(rows):
        if not after.gap and NARROWEST <= row.end <= WIDEST and not ITEM.match(after.text):
            needed = min(row.end + 1 + after.first, WIDEST + 1)
            pairs.append((row, after, needed))
            changes[row.end] += 1
            changes[needed] -= 1
    fits = list(accumulate(changes))
    most = max(fits)
    if most < FEW_BROKEN:
        return 0, 0
    edge = fits.index(most)
    broken = [(row, after) for row, after, needed in pairs if row.end <= edge < needed]
    going_on = sum(_goes_on(after.text) for _, after in broken)
    overlong = sum(row.end > edge and _is_breakable(row.text) for row in rows)
    if len(rows) <= SHORT_TEXT and going_on >= FEW_GOING_ON and not overlong and _are_all(pairs, edge):
        return edge, most
    if most < FEWEST_BROKEN or going_on < max(FEWEST_GOING_ON, GOING_ON * most) or overlong > OVERLONG * going_on:
        return 0, 0
    full = sum(FULL * edge <= row.end <= edge and row.text[-1] not in STOPS for row, _, _ in pairs)
    ending = sum(FULL * edge <= row.end and row.text[-1] not in STOPS for row, _ in broken)
    return (edge, most) if ending >= ENDING_THERE * full else (0, 0)


def _are_all(pairs: Sequence[tuple[Row, Row, int]], edge: int) -> bool:
    """Whether every line that ends within a sentence ends where the next word no longer fits."""
    return all(row.end <= edge < needed for row, _, needed in pairs if row.text[-1] not in STOPS)


def _is_breakable(text: str) -> bool:
    """Whether programs would have broken a long line: none of them parts addresses, and few parts items of lists."""
    return text.count(" ") >= BREAKABLE and text[0] != "<" and not ("](" in text or "://" in text or ITEM.match(text))


def _joined(rows: Sequence[Row], edge: int) -> list[Block]:
    margin = Counter(row.indent for row in rows if row.end > FULL * edge).most_common(1)[0][0]
    joined = [[rows[0]]]
    for row, after in pairwise(rows):
        if not after.gap and _belongs(row, after, edge, margin):
            joined[-1].append(after)
        else:
            joined.append([after])
    drops = _drops_hyphens(joined)
    return [Block(_glued(part, drops=drops), part[0].number, part[0].gap) for part in joined]


def _belongs(row: Row, after: Row, edge: int, margin: int) -> bool:
    """Whether a line goes on with the one below."""
    if (
        ITEM.match(after.text)
        or RULE.fullmatch(after.text)
        or row.text.endswith(" ***")
        or (FIELD.match(after.text) and FIELD.match(row.text))
    ):
        return False
    if _is_open(row.text) and ("](" in after.text or ")" in after.text):
        return True
    needed = 1 + after.first
    if row.indent != after.indent and _is_centred(row, edge, margin) and _is_centred(after, edge, margin):
        return row.end - row.indent + needed > edge - margin - 2 * OFF_CENTRE
    least = HALF_FULL if _ADDRESSED.match(after.text) else FULL
    if not _is_below(row, after) or row.end < least * edge:
        return False
    outside = max(0, margin - row.indent)  # of the margins, within which headings do not stand
    if row.end <= edge + outside < row.end + needed:
        return True
    return row.end >= FULL * edge and after.text[0].islower() and row.text[-1] not in STOPS


def _is_open(text: str) -> bool:
    """Whether a line ends within a link of Markdown, whose address can't be parted."""
    opened = text.rfind("[")
    return opened >= 0 and (text.find("]", opened) < 0 or text.rfind("](") > text.rfind(")"))


def _is_centred(row: Row, edge: int, margin: int) -> bool:
    """Whether as much is left free to the right of a line as to its left."""
    return row.indent > 0 and abs(row.indent - (edge + margin - row.end)) <= OFF_CENTRE


def _is_below(row: Row, after: Row) -> bool:
    """Whether a line begins below the text of another, or hangs, or the other begins a paragraph."""
    if row.indent == after.indent:
        return True
    if item := ITEM.match(row.text):
        return after.indent == row.indent + item.end()
    return row.indent > after.indent and _goes_on(after.text)


# ── words parted by hyphens ─────────────────────────────────────────────────────────────────────────


def _drops_hyphens(joined: Sequence[Sequence[Row]]) -> bool:
    """Whether words were parted at the end of lines: far more of these end in hyphens than compounds have them."""
    parted = sum(_HYPHENED.search(row.text[-2:]) is not None for part in joined for row in part[:-1])
    if parted < FEWEST_PARTED:
        return False
    return parted > PARTED * sum(len(_COMPOUND.findall(row.text)) for part in joined for row in part)


def _glued(rows: Sequence[Row], *, drops: bool) -> str:
    text = rows[0].text
    for row in rows[1:]:
        after = (row.text.lstrip(QUOTED) or row.text) if text[0] == row.text[0] == ">" else row.text
        if not _HYPHENED.search(text[-2:]):
            text += after if _UNSPACED.match(text[-1]) and _UNSPACED.match(after) else f" {after}"
        elif after.split(None, 1)[0] in _JOINING or not after[0].isalnum():
            text = f"{text} {after}"
        elif text[-1] == "\u00ad" or (drops and after[0].islower()):
            text = text.rstrip(_HYPHENS) + after
        else:
            text += after
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
