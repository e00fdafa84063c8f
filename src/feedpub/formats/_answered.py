"""What a mail answers: lines that begin with `>`, and the line above them that says who wrote them and when.

Takes the blocks of a text, gives those of the mail itself. Never raises. A text is left as it is unless a head or such
a line says that it is a mail; one of which most is quoted is a mail that is passed on, and loses the marks alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from feedpub.model import Block

MARK, MARKS = ">", "> "
HEAD = 12  # lines among which a mail says from whom it comes and what about
LONGEST_ATTRIBUTION = 200  # characters of the line above an answered mail
MOST_WORDS = 6  # of one that tells no day
_FIELD = re.compile(r"(\w[\w-]{1,12})\s?:\s")
_FROM = frozenset("from von de da van od från fra от від".split())
_SUBJECT = frozenset("subject betreff objet asunto assunto oggetto onderwerp temat ämne emne тема".split())
_DAY = re.compile(r"(?:19|20)\d\d|\d{1,2}[./]\d{1,2}[./]\d\d")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d")
_WROTE = re.compile(
    r"(?:wrote|writes|schrieb.*|écrit|escribió|escreveu|scritto|schreef|skrev|napisał\w*|пишет|написал\w*|написав)\s?:"
)


def may_be(firsts: str) -> bool:
    """Whether to look at a text at all, whose lines begin with the characters `firsts`."""
    return MARK in firsts


def unquoted(blocks: list[Block]) -> list[Block]:
    """The blocks without the mail that is answered."""
    quoted = [at for at, block in enumerate(blocks) if block.text[0] == MARK]
    is_mail = _is_mail(blocks)
    begins = [at for at in quoted if at and blocks[at - 1].text[0] != MARK]
    attributions = {at for start in begins for at in _attribution(blocks, start, is_mail=is_mail)}
    if not attributions and not is_mail:
        return blocks
    if 2 * _letters([blocks[at] for at in quoted]) > _letters(blocks):
        return _unmarked(blocks)
    first = 0 if is_mail else min(attributions)
    gone = attributions.union(at for at in quoted if at > first)
    return [block for at, block in enumerate(blocks) if at not in gone]


def _is_mail(blocks: Sequence[Block]) -> bool:
    """Whether a text begins with the head of a mail."""
    fields = {found[1].casefold() for block in blocks[:HEAD] if (found := _FIELD.match(block.text))}
    return not (fields.isdisjoint(_FROM) or fields.isdisjoint(_SUBJECT))


def _attribution(blocks: Sequence[Block], quoted: int, *, is_mail: bool) -> range:
    """The lines right above a quotation that say who wrote it, and when; in a mail, who alone."""
    last = blocks[quoted - 1]
    if last.text[-1] != ":" or len(last.text) > LONGEST_ATTRIBUTION or not _WROTE.search(last.text):
        return range(0)
    whole = f"{blocks[quoted - 2].text} {last.text}" if quoted > 1 and not last.gap else ""
    if not _is_dated(last.text) and _is_dated(whole) and len(whole) <= LONGEST_ATTRIBUTION:
        return range(quoted - 2, quoted)
    told = _is_dated(last.text) or "@" in last.text or (is_mail and last.text.count(" ") < MOST_WORDS)
    return range(quoted - 1, quoted) if told else range(0)


def _is_dated(text: str) -> bool:
    """Whether a day and a time are told: `On 28 Apr 2026 at 08:02, Ada March wrote:`."""
    return _CLOCK.search(text) is not None and _DAY.search(text) is not None


def _letters(blocks: Sequence[Block]) -> int:
    return sum([len(block.text) for block in blocks])


def _unmarked(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the marks of what is quoted; a mark alone is a blank line."""
    found, gap = [], False
    for block in blocks:
        text = block.text.lstrip(MARKS) if block.text[0] == MARK else block.text
        if text:
            found.append(replace(block, text=text, gap=block.gap or gap))
        gap = not text
    return found
