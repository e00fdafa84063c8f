"""Part a JSON text into its values, in bounded memory, without reading what they say.

Takes a stream of bytes. A value that is broken costs no more than itself: where the next one begins is told by how the
last one began that was whole, since all articles of a list begin with the same keys.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import IO

from msgspec import Struct

from feedpub.sources.opening import AT_ONCE
from feedpub.sources.parts import too_long

MOST_IN_VAIN = 3_000_000  # brackets and texts, or KB, that are looked at for broken values: then the rest is given up
OVERLAP = 1_000  # bytes in which one value ends and the next begins
SPACE = b" \t\r\n"
_SPACE = re.compile(rb"[ \t\r\n]*+")
_MARK = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[][{}"]', re.DOTALL)  # a string or a bracket; `"` alone begins a string
_PLAIN = re.compile(rb'[^][{}",:\s]++')  # a number, a word, or what is no JSON
_KEY = rb'"(?:[^"\\]|\\.){1,200}+"'
_SHORT = rb'(?:"(?:[^"\\]|\\.){0,500}+"|[^][{}",\s]{1,40}+)'  # a text or a number
_FIRST_KEYS = re.compile(
    rb"\{\s*+(" + _KEY + rb")\s*+:(?:\s*+" + _SHORT + rb"\s*+,\s*+(" + _KEY + rb")\s*+:)?", re.DOTALL
)
_QUOTE = ord('"')
_CLOSING = {ord("{"): ord("}"), ord("["): ord("]")}

Mark = tuple[int, int, int]
"""A bracket, or the quotation mark of a string; where it begins and ends, counted from where the reading stands."""


class Value(Struct, frozen=True):
    """A value as it is written, and what is wrong with it as far as its brackets show."""

    line: int  # that it begins on
    data: bytes
    fault: str = ""
    is_cut: bool = False  # whether the text ends within it


class Text:
    """A JSON text that is read from its beginning to its end."""

    def __init__(self, stream: IO[bytes], longest: int) -> None:
        """Begin at the top; of a value that has more than `longest` bytes only the beginning is given."""
        self._stream = stream
        self._longest = longest
        self._held = b""
        self._at = 0  # where the reading stands in what is held
        self._line, self._counted = 1, 0  # a line, and where it was counted
        self._is_over = False
        self._whole = b""  # how the last value began that could be read
        self._marked = 0  # brackets and texts of the last value
        self._in_vain = 0  # those that are looked at more than once

    def line(self) -> int:
        """Count the lines up to here, this one included."""
        if self._at >= self._counted:
            self._line += self._held.count(b"\n", self._counted, self._at)
        else:
            self._line -= self._held.count(b"\n", self._at, self._counted)
        self._counted = self._at
        return self._line

    def peek(self) -> bytes:
        """Go to the next byte that is no white space, and give it; nothing at the end."""
        offset = self._spaces(0)  # which may read on, and so move what is held
        self._at += offset
        return self._held[self._at : self._at + 1]

    def step(self) -> None:
        """Pass by one byte."""
        self._at += 1

    def skip(self, marks: bytes) -> None:
        """Pass by all of these bytes, and white space, as far as they follow each other."""
        rest = self._held[self._at : self._at + AT_ONCE]
        self._at += len(rest) - len(rest.lstrip(marks + SPACE))

    def value(self) -> Value:
        """Give the value that begins here, and pass by it."""
        first = self.peek()
        line = self.line()
        end, fault = self._end_of_nested() if first in (b"{", b"[") else self._end_of_plain()
        data = self._held[self._at : self._at + end]
        if not fault:
            self._at += end
            return Value(line, data) if end <= self._longest else Value(line, data[:OVERLAP], too_long(self._longest))
        if not self._may_look_again(end):
            return Value(line, data[:OVERLAP], f"{fault}; too much is broken to go on", is_cut=True)
        is_last = not self._recover()
        return Value(line, data[:OVERLAP], fault, is_cut=is_last and end <= self._longest)

    def accept(self, value: Value) -> None:
        """Say that the value that was given last can be read."""
        self._whole = value.data[:OVERLAP]

    def reconsider(self, value: Value) -> None:
        """Go back into the value that was given last, which can't be read, if others seem to stand in it."""
        start = self._at - len(value.data)
        found = _beginning_like(self._whole or value.data).search(self._held, start + 1, self._at)
        if found and self._may_look_again(len(value.data)):
            self._at = found.end()

    def enter(self, names: Collection[str]) -> bytes | None:
        """Go into a list of objects that the object which begins here holds under one of the names.

        Gives the object without it and all that follows; None where there is no such list: then it stays here.
        """
        depth, key, before = 0, b"", 0
        for mark, start, end in self._marks():
            if mark == _QUOTE:
                key, before = (self._held[self._at + start : self._at + end], start) if depth == 1 else (b"", 0)
                continue
            if mark == ord("[") and _name(key) in names and self._at_offset(end) == b"{":
                own = self._held[self._at : self._at + before].rstrip(SPACE + b",") + b"}"
                self._at += end
                return own
            depth += 1 if mark in _CLOSING else -1
            key = b""
            if not depth:
                return None
        return None

    def _spaces(self, offset: int) -> int:
        """Where the white space ends that begins at an offset."""
        while True:
            end = _SPACE.match(self._held, self._at + offset).end()  # type: ignore[union-attr]
            offset = end - self._at
            if end < len(self._held) or not self._fill():
                return offset

    def _at_offset(self, offset: int) -> bytes:
        """The next byte from an offset on that is no white space."""
        at = self._spaces(offset) + self._at
        return self._held[at : at + 1]

    def _fill(self) -> bool:
        """Read on, and let go what was passed by; tell whether there was more."""
        data = b"" if self._is_over else self._stream.read(max(AT_ONCE, len(self._held) - self._at))
        self._is_over = not data
        self._line, self._counted = self.line(), 0
        self._held, self._at = self._held[self._at :] + data, 0
        return bool(data)

    def _marks(self) -> Iterator[Mark]:
        """The brackets and strings from here on, as far as it may be held."""
        offset = 0
        while offset <= self._longest:
            held, base = self._held, self._at
            for found in _MARK.finditer(held, base + offset):
                start, end = found.span()
                if held[start] == _QUOTE and end == start + 1:
                    break  # a string that goes on
                yield held[start], start - base, end - base
                offset = end - base
            else:
                offset = len(held) - base
            if not self._fill():
                return

    def _end_of_nested(self) -> tuple[int, str]:
        """Where the object or the list ends that begins here, and what is wrong if that can't be told."""
        awaited = bytearray()
        self._marked = 0
        for mark, start, end in self._marks():
            self._marked += 1
            if mark in _CLOSING:
                awaited.append(_CLOSING[mark])
            elif mark != _QUOTE and mark != awaited.pop():
                line = self.line() + self._held.count(b"\n", self._at, self._at + start)
                return end, f"it is no JSON: there is a `{chr(mark)}` on line {line} that closes nothing"
            if not awaited:
                return end, ""
        return self._unended()

    def _end_of_plain(self) -> tuple[int, str]:
        """Where the string, the number or the word ends that begins here."""
        if self._held[self._at] == _QUOTE:
            mark = next(self._marks(), None)
            return (mark[2], "") if mark else self._unended()
        while True:
            found = _PLAIN.match(self._held, self._at)
            end = found.end() - self._at if found else 1
            if end > self._longest:
                return self._unended()
            if self._at + end < len(self._held) or not self._fill():
                return end, ""

    def _unended(self) -> tuple[int, str]:
        size = len(self._held) - self._at
        if size > self._longest:
            return size, too_long(self._longest)
        return size, "it is no JSON: it does not end; is there a quotation mark or a bracket missing?"

    def _may_look_again(self, size: int) -> bool:
        """Note that so many bytes will be looked at again; tell whether that is not too much by now."""
        self._in_vain += self._marked + size // 1_000
        return self._in_vain <= MOST_IN_VAIN

    def _recover(self) -> bool:
        """Go to where another value begins, or to the end; tell whether there is one."""
        like = _beginning_like(self._whole or self._held[self._at : self._at + OVERLAP])
        while True:
            if found := like.search(self._held, self._at + 1):
                self._at = found.end()
                return True
            self._at = max(self._at, len(self._held) - OVERLAP)
            if not self._fill():
                self._at = len(self._held)
                return False


def _beginning_like(data: bytes) -> re.Pattern[bytes]:
    """What parts two objects, up to where one begins with the same keys as this one, as far as these can be told."""
    found = _FIRST_KEYS.match(data)
    first, second = found.groups() if found else (None, None)
    wanted = rb"\{\s*+" + (re.escape(first) if first else _KEY) + rb"\s*+:"
    if second:
        wanted += rb"\s*+" + _SHORT + rb"\s*+,\s*+" + re.escape(second) + rb"\s*+:"
    return re.compile(rb"[},]\s*+(?:,\s*+)?(?=" + wanted + rb")", re.DOTALL)


def _name(key: bytes) -> str:
    return key[1:-1].decode("utf-8", "replace").lower()
