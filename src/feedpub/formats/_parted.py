"""Sentences that a converter parted at every link and every emphasised word.

Takes the blocks of a text, gives them with such pieces joined. Never raises. The pieces are known by lines that begin
with what closes the one above, as `. The council` and `, who` do; a text without some of them is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from feedpub.model import Block

FEWEST_CLOSINGS = 3
LONGEST_PIECE = 80  # characters of a link or an emphasised word
SHORTEST_OPEN = 40  # characters of a line that may be the beginning of a sentence
LONGEST = 4_000  # of a paragraph
LONG_OPEN = 95  # of one that is
_CLOSING = re.compile(r"[.,;:!?)\]»”’…%][\s\"”’)]|[.,;)]$|[’']s\s")
_STOPS = '.!?…:;。！？।؟۔։።။។"”»“|'


def may_be(firsts: str) -> bool:
    """Whether to look at a text at all, whose lines begin with the characters `firsts`."""
    return sum(map(firsts.count, ".,)")) >= FEWEST_CLOSINGS


def joined(blocks: list[Block]) -> list[Block]:
    """The blocks, with the pieces of each sentence on one line if the text is parted like that."""
    closings = [_CLOSING.match(block.text) is not None for block in blocks]
    if sum(closings) < FEWEST_CLOSINGS:
        return blocks
    whole: list[Block] = []
    for at, block in enumerate(blocks):
        if whole and not block.gap and _continues(whole[-1].text, blocks[at : at + 2], closings[at : at + 2]):
            before = whole.pop()
            space = "" if closings[at] else " "
            whole.append(replace(before, text=f"{before.text}{space}{block.text}"))
        else:
            whole.append(block)
    return whole


def _continues(above: str, blocks: Sequence[Block], closings: Sequence[bool]) -> bool:
    """Whether a line goes on with the sentence above: by its beginning, or as a link whose sentence goes on below."""
    if closings[0] or len(above) > LONGEST:
        return len(above) <= LONGEST
    if above[-1] in _STOPS or (len(above) < SHORTEST_OPEN and above[-1] != ","):
        return False
    is_small = blocks[0].text[0].islower()
    if is_small and (len(above) >= LONG_OPEN or len(blocks[0].text) >= SHORTEST_OPEN):
        return True
    if len(blocks[0].text) > LONGEST_PIECE or len(blocks) == 1 or blocks[1].gap:
        return False
    return closings[1] or (blocks[1].text[0].islower() and (not is_small or len(blocks[1].text) >= SHORTEST_OPEN))
