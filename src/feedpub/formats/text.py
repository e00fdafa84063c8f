"""Plain-text dumps of pages.

Takes a Document, gives a Draft of its lines. Never raises: bytes that can't be decoded become a Problem.
"""

from __future__ import annotations

import codecs
import re
from itertools import pairwise

from feedpub.model import Block, Document, Draft, Problem

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BINARY = 0.02  # a text holds hardly any NUL bytes; a picture or an archive holds many
WRAP_FROM, WRAP_TO = 45, 90  # columns at which mail and terminals break lines
FIELD = re.compile(r"[A-Z][A-Za-z-]{1,20}:\s")  # of a message's head: each stands on a line of its own
FEWEST_WRAPPED, WRAPPED = 4, 0.5  # so many lines, and this part of them, go on in small letters


def read(document: Document) -> Draft:
    """Decode the bytes and part them into lines."""
    text, problems = decode(document.data, document.path)
    lines = text.split("\n") if "\r" not in text and "\f" not in text else _split(text)
    blocks, gap = [], True
    for number, printed in enumerate(lines, 1):
        line = printed.strip()
        if line:
            blocks.append(Block(line, number, gap))
        gap = not line
    return Draft("text", tuple(_unwrap(blocks) if _hard_wrapped(blocks) else blocks), problems=problems)


def decode(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of the bytes, and what is wrong with them."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding, path)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _guess(data, path)
    if "\0" in text and text.count("\0") > BINARY * len(text):
        return "", (_binary(path),)
    return text, ()


def _decode_as(data: bytes, encoding: str, path: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), (_undecodable(path, encoding),)


def _guess(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Bytes that are not UTF-8: mostly UTF-8 with damage, else Windows-1252, else no text at all."""
    if data.count(0) > BINARY * len(data):
        return "", (_binary(path),)
    text = data.decode("utf-8", "replace")
    damage, marks = text.count("�"), sum(byte > 127 for byte in data)
    if damage * 10 <= marks:
        return text, (_undecodable(path, "UTF-8"),)
    controls = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in data)
    if controls > BINARY * len(data):
        return "", (_binary(path),)
    problem = Problem(
        "guessed-encoding", "warning", path, "the bytes are not UTF-8; read as Windows-1252", "save the file as UTF-8"
    )
    return data.decode("cp1252", "replace"), (problem,)


def _undecodable(path: str, encoding: str) -> Problem:
    return Problem(
        "undecodable", "warning", path, f"some bytes are not {encoding}; they are shown as �", "save the file as UTF-8"
    )


def _binary(path: str) -> Problem:
    return Problem("not-text", "error", path, "the file is not text", "leave it out with `exclude`")


def _split(text: str) -> list[str]:
    """Lines, whatever parts them; a form feed parts paragraphs."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")


def _hard_wrapped(blocks: list[Block]) -> bool:
    """Mail and terminal text breaks lines at a column: most lines go on in small letters on the next."""
    followers = [
        after.text[0].islower()
        for before, after in pairwise(blocks)
        if not after.gap and WRAP_FROM <= len(before.text) <= WRAP_TO
    ]
    return len(followers) >= FEWEST_WRAPPED and sum(followers) >= WRAPPED * len(followers)


def _unwrap(blocks: list[Block]) -> list[Block]:
    """Join the lines of each paragraph: a line that stops early ends one."""
    joined: list[list[Block]] = []
    for block in blocks:
        wrapped = joined and not block.gap and WRAP_FROM <= len(joined[-1][-1].text) <= WRAP_TO
        if wrapped and not FIELD.match(block.text):
            joined[-1].append(block)
        else:
            joined.append([block])
    return [Block(" ".join(part.text for part in parts), parts[0].line, parts[0].gap) for parts in joined]
