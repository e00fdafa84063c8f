"""Articles in JSON: one a line, in an array, or one alone.

An array may stand in an object, as feeds and programming interfaces have it; the object's own fields come with each
article, as those of its feed, where it is a JSON Feed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import IO, Any

from feedpub.model import Limits
from feedpub.sources.jsonvalues import Text, Value
from feedpub.sources.opening import Unfit
from feedpub.sources.parts import RESERVED, TOP, Lines, Part, Reached, encoded, fields_of, lines_of, too_long

ARRAYS = frozenset("articles items posts entries results records docs documents stories news data rows value".split())
SPACE = b" \t\r\n\xef\xbb\xbf"  # and the byte order mark
FEED = "jsonfeed.org/version/"
LOOSE = b",:}"  # what may stand between the values of a list, where something is broken
MOST_LEFT = 10_000  # pieces of broken values that are passed by
SHOWN = 40  # characters of what a file begins with that is no JSON

Found = tuple[Value, Mapping[str, Any]]
"""What may be an article, and what the object says of itself that holds the list it stands in."""


def lines(stream: Lines, limits: Limits, begun: Reached = TOP) -> Iterator[Part]:
    """An article on each line (JSON Lines). `begun` is what stands before them in their file."""
    for line in lines_of(stream, limits.article, begun):
        data = line.data.strip(SPACE if line.number == 1 else None)
        if not line.is_whole:
            yield Part(line.number, line.data, None, too_long(limits.article))
        elif data:
            yield _on_a_line(line.number, data, line.offset + line.data.index(data[:1]))


def _on_a_line(number: int, data: bytes, offset: int) -> Part:
    try:
        return Part(number, data, fields_of(data), "", offset)
    except ValueError as error:
        return Part(number, data, None, str(error), offset)


def is_lines(stream: io.BufferedReader) -> bool:
    """Whether what is called JSON is an object on each line: its first line is a whole one, and others follow."""
    first, more, rest = stream.peek().lstrip(SPACE).partition(b"\n")
    if not (first.startswith(b"{") and more and rest.lstrip().startswith(b"{")):
        return False
    try:
        return bool(fields_of(first.strip()))
    except ValueError:
        return False


def is_document(stream: io.BufferedReader) -> bool:
    """Whether what is called JSON Lines is an array, or an object that is written on many lines."""
    start = stream.peek().lstrip(SPACE)
    if start.startswith(b"["):
        return start[1:].lstrip().startswith((b"{", b"]"))
    return start.partition(b"\n")[0].rstrip() == b"{"


def documents(stream: IO[bytes], limits: Limits) -> Iterator[Part]:
    """The articles of a JSON file: those of its array, or itself."""
    text = Text(stream, limits.article)
    if text.peek() == b"\xef":
        for _ in range(len("\ufeff".encode())):
            text.step()
    for number, (value, own) in enumerate(_values(text), 1):
        if value.is_cut:
            after = f"after article {number - 1}: " if number > 1 else ""
            raise Unfit("damaged", f"{after}line {value.line}: {value.fault}", "mend the file, or write it again")
        yield _of_value(text, number, value, own)


def _of_value(text: Text, number: int, value: Value, own: Mapping[str, Any]) -> Part:
    if value.fault:
        return Part(number, value.data, None, f"line {value.line}: {value.fault}")
    try:
        found = fields_of(value.data)
    except ValueError as error:
        text.reconsider(value)
        return Part(number, value.data, None, f"line {value.line}: {error}")
    text.accept(value)
    try:
        fields = _with_origin(found, own)
        return Part(number, encoded(fields), fields)
    except ValueError as error:
        return Part(number, value.data, None, f"line {value.line}: {error}")


def _values(text: Text) -> Iterator[Found]:
    """The values that may be articles: those of a list, or what stands there alone."""
    left = -1  # pieces of what is broken; none before anything has begun
    while first := text.peek():
        if first == b"[":
            text.step()
            yield from _of_list(text, {})
        elif first == b"{":
            own = text.enter(ARRAYS)
            if own is None:
                yield text.value(), {}
            else:
                yield from _of_list(text, _said(own))
                yield from _of_rest(text)
        elif 0 <= left < MOST_LEFT:
            left += 1
            _leave(text, LOOSE + b"]")
        else:
            raise _no_json(text)
        left = max(left, 0)


def _leave(text: Text, marks: bytes) -> None:
    """Pass by what is left over from something broken."""
    if text.peek() in marks:
        text.skip(marks)
    else:
        text.value()


def _of_list(text: Text, own: Mapping[str, Any]) -> Iterator[Found]:
    """The values of a list that has begun."""
    value = None
    while (first := text.peek()) != b"]":
        if not first:
            if value and value.fault:
                return
            raise Unfit("damaged", "it breaks off: its list does not end", "copy it again, or write it again")
        if first in LOOSE:
            text.skip(LOOSE)
        else:
            value = text.value()
            yield value, own
    text.step()


def _of_rest(text: Text) -> Iterator[Found]:
    """The values of other lists of an object whose first was read."""
    name = ""
    while (first := text.peek()) not in (b"}", b""):
        if first == b"[" and name in ARRAYS:
            text.step()
            yield from _of_list(text, {})
        elif first in b",:]":
            text.skip(b",:]")
        else:
            name = text.value().data.strip(b'"').decode("utf-8", "replace").lower()
    if not first:
        raise Unfit("damaged", "it breaks off: the object that holds its list does not end", "copy it again")
    text.step()


def _said(own: bytes) -> Mapping[str, Any]:
    """What an object says before its list."""
    try:
        return fields_of(own)
    except ValueError:
        return {}


def _no_json(text: Text) -> Unfit:
    begins = " ".join(text.value().data[: SHOWN * 4].decode("utf-8", "replace").split())[:SHOWN]
    message = f"it is no JSON: there is “{begins}” on line {text.line()}, where [ or {{ is expected"
    return Unfit("damaged", message, "mend the file, or write it again")


def _with_origin(value: dict[str, Any], feed: Mapping[str, Any]) -> dict[str, Any]:
    """An article of a JSON Feed, with what the feed says of itself."""
    if FEED not in str(feed.get("version")):
        return value
    own = value.get(RESERVED) if isinstance(value.get(RESERVED), dict) else {}
    authors = feed.get("authors")
    origin = {
        "title": feed.get("title"),
        "id": feed.get("feed_url"),
        "feed": feed.get("feed_url"),
        "link": feed.get("home_page_url"),
        "authors": [one.get("name") for one in (authors if isinstance(authors, list) else ()) if isinstance(one, dict)],
    }
    inherited = {name: feed.get(name) for name in ("language", "authors", "author")}
    return {**inherited, **value, RESERVED: {"source": origin, **(own or {})}}
