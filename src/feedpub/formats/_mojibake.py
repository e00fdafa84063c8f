"""Text that was UTF-8, was read as something else, and was saved so: `Ã©` for `é`.

Takes a text, gives it with those lines mended that can be nothing else, and counts them. Never raises, never guesses: a
line is mended only when all its letters beyond ASCII turn back into UTF-8.
"""

from __future__ import annotations

import re
from codecs import charmap_encode
from functools import cache
from itertools import chain
from typing import NamedTuple

MOST_TIMES = 3  # that a text was misread, one time after the other
SURE = 3  # characters that a line shows to be misread by itself
MOSTLY = 0.5  # part of a text's characters beyond ASCII that is misread, so that single ones are too
SIGNS = {  # an encoding that UTF-8 is taken for, and what then stands in nearly every text of some language
    "cp1252": ("â€", "Ã", "Â", "Ð", "Ñ", "Ø", "Ù", "×", "Î", "Ï", "Å", "Ä", "ã€", "ï¼", "à¸", "à¤", "ì„", "ë‹"),
    "cp1251": ("вЂ", "Р°", "Рѕ", "Рё", "СЃ", "Г©", "Гј", "Г¤", "Гі", "Г±", "ГЎ", "Гё", "Е‚"),
    "cp1250": ("â€", "Ă", "Ĺ", "Ä™", "Ä‡"),
    "mac_roman": ("‚Ä", "√", "¬†"),
}
HARMED = ("Ã©", "Ã¨", "Ã¶", "Ã¼", "Ã¤", "Ã±", "Ã³", "Ã¡", "Ã§", "â€™", "â€œ", "â€“", "вЂ", "锟斤拷", "�")
MANY = 3  # of these, in what can't be mended
_LOST = (("â€�", "â€\x9d"), ("Ã \n", "Ã\xa0\n"), ("Ã ", "Ã\xa0 "))  # what editors make of it


def _trace(sign: str) -> re.Pattern[bytes]:
    """The bytes of a sign in UTF-8; behind a letter that stands in many languages, one that is no ASCII or was lost."""
    return re.compile(sign.encode() + (rb"[\x80-\xff ]" if len(sign) == 1 and sign != "�" else b""))


_TRACES: dict[str, list[tuple[str, re.Pattern[bytes]]]] = {}  # of each sign, by its first character beyond ASCII
for _sign in dict.fromkeys((*chain(*SIGNS.values()), *HARMED)):
    _beyond = "".join(char for char in _sign if not char.isascii())
    _TRACES.setdefault(_beyond[0], []).append((_beyond, _trace(_sign)))


def may_be_misread(data: bytes, odd: bytes) -> bool:
    """Whether a text in UTF-8 holds a trace of another encoding; most have none of the characters for it.

    Those stand among its odd bytes, which are all that are not plain ASCII.
    """
    chars = set(odd.decode())
    return any(
        chars.issuperset(needed) and trace.search(data)
        for char in chars & _TRACES.keys()
        for needed, trace in _TRACES[char]
    )


class Mended(NamedTuple):
    """A text, how many characters of it were mended, and in how many places it still seems misread."""

    text: str
    mended: int
    harmed: int


def mend(text: str) -> Mended:
    """The text with the lines mended that are surely misread."""
    if text.isascii():
        return Mended(text, 0, 0)
    count = 0
    for _ in range(MOST_TIMES):
        for codec, signs in SIGNS.items():
            if any(sign in text for sign in signs) and (found := _mend_as(text, codec)).mended:
                text, count = found.text, count + found.mended
                break
        else:
            break
    harmed = sum(map(text.count, HARMED))
    return Mended(text, count, harmed if harmed >= MANY else 0)


def _mend_as(text: str, codec: str) -> Mended:
    """The text with the lines mended that were misread in one encoding."""
    lines = text.split("\n")
    read = [None if line.isascii() else _read_again(line, codec) for line in lines]
    marks = [_marks(line) for line in read if line]
    if not marks or (sum(marks) < SURE and not any("â€" in line for line in lines)):
        return Mended(text, 0, 0)
    left = sum(_marks(line) for line, again in zip(lines, read, strict=True) if again is None)
    enough = 1 if sum(marks) > MOSTLY * (sum(marks) + left) else SURE
    chosen = [again if again and _marks(again) >= enough else None for again in read]
    whole = "\n".join(again if again is not None else line for line, again in zip(lines, chosen, strict=True))
    return Mended(whole, sum(_marks(again) for again in chosen if again), 0)


def _marks(line: str) -> int:
    return 0 if line.isascii() else sum(char > "\x7f" for char in line)


def _read_again(line: str, codec: str) -> str | None:
    """The line as it was before it was misread; None when it is something else, or only partly so."""
    if codec == "cp1252":
        line = f"{line}\n"
        for lost, whole in _LOST:
            line = line.replace(lost, whole)
        line = line[:-1]
    try:
        return charmap_encode(line, "strict", _bytes_of(codec))[0].decode()
    except UnicodeError:
        return None


@cache
def _bytes_of(codec: str) -> dict[int, int]:
    """The byte that stands for each character; where an encoding has none beyond ASCII, that of Latin-1."""
    latin = {byte: byte for byte in range(0xA0)}
    return latin | {ord(char): byte for byte in range(0x80, 0x100) if (char := bytes([byte]).decode(codec, "ignore"))}
