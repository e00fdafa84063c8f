"""Articles in JSON: one a line, in an array, or one alone. The one place that knows ijson.

An array may stand in an object, as feeds and programming interfaces have it; the object's own fields come with each
article, as those of its feed, where it is a JSON Feed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import IO, Any

from feedpub.model import Limits
from feedpub.sources.opening import Unfit
from feedpub.sources.parts import DEEPEST, RESERVED, Part, encoded, fields_of, lines_of, too_long

ARRAYS = frozenset("articles items posts entries results records docs documents stories news data rows value".split())
SPACE = b" \t\r\n\xef\xbb\xbf"  # and the byte order mark
FEED = "jsonfeed.org/version/"
STARTS, ENDS = frozenset(("start_map", "start_array")), frozenset(("end_map", "end_array"))

Event = tuple[str, Any]


def lines(stream: IO[bytes], limits: Limits) -> Iterator[Part]:
    """An article on each line (JSON Lines)."""
    for line in lines_of(stream, limits.article):
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


def documents(stream: IO[bytes], limits: Limits) -> Iterator[Part]:
    """The articles of a JSON file: those of its array, or itself."""
    import ijson  # not for those who have no such files

    source = _Watched(stream, limits.article)
    events = ijson.basic_parse(source, use_float=True, multiple_values=True)
    number = 0
    try:
        for found in _values(events):
            source.begin()
            number += 1
            yield _of_value(number, found)
    except ijson.JSONError as error:
        after = f"after article {number}: " if number else ""
        message = f"{after}it is no JSON: {' '.join(str(error).split())[:120]}"
        raise Unfit("damaged", message, "mend the file, or write it again") from None


def _of_value(number: int, found: object) -> Part:
    try:
        if not isinstance(found, dict):
            raise ValueError("expected a JSON object, with the fields of an article")  # noqa: TRY004, TRY301
        return Part(number, encoded(found), found)
    except ValueError as error:
        return Part(number, str(number).encode(), None, str(error))


class _Watched:
    """A stream that is read by ijson, as long as no value in it is too long."""

    def __init__(self, stream: IO[bytes], longest: int) -> None:
        self._stream = stream
        self._longest = longest
        self._count = 0
        self._is_first = True

    def begin(self) -> None:
        """Say that another value begins."""
        self._count = 0

    def read(self, size: int) -> bytes:
        """Give the next bytes."""
        if self._count > self._longest + size:
            raise Unfit("over-limit", f"what stands in it {too_long(self._longest).removeprefix('it ')}")
        data = self._stream.read(size)
        self._count += len(data)
        if self._is_first:
            self._is_first, data = False, data.removeprefix(b"\xef\xbb\xbf")
        return data


def _values(events: Iterator[Event]) -> Iterator[object]:
    """The values that may be articles: those of the array, or the whole."""
    for event in events:
        if event[0] == "start_array":
            yield from _of_array(events)
        elif event[0] == "start_map":
            yield from _of_object(events)
        else:
            yield event[1]


def _of_array(events: Iterator[Event]) -> Iterator[object]:
    """The values of an array that has begun."""
    for event in events:
        if event[0] == "end_array":
            return
        yield _built(event, events)


def _of_object(events: Iterator[Event]) -> Iterator[object]:
    """An object that has begun; if it holds an array of articles, these."""
    own: dict[str, Any] = {}
    has_list = False
    for kind, key in events:
        if kind == "end_map":
            break
        event = next(events)
        values = _of_array(events) if event[0] == "start_array" else iter((_built(event, events),))
        first = next(values, None)
        if event[0] == "start_array" and isinstance(first, dict) and key.lower() in ARRAYS:
            has_list = True
            for value in chain((first,), values):
                yield _with_origin(value, own)
        else:
            own[key] = first if event[0] != "start_array" else [] if first is None else [first, *values]
    if not has_list:
        yield own


def _with_origin(value: object, feed: Mapping[str, Any]) -> object:
    """An article of a JSON Feed, with what the feed says of itself."""
    if not isinstance(value, dict) or FEED not in str(feed.get("version")):
        return value
    own = value.get(RESERVED) if isinstance(value.get(RESERVED), dict) else {}
    origin = {
        "title": feed.get("title"),
        "id": feed.get("feed_url"),
        "feed": feed.get("feed_url"),
        "link": feed.get("home_page_url"),
        "authors": [one.get("name") for one in feed.get("authors") or () if isinstance(one, dict)],
    }
    inherited = {name: feed.get(name) for name in ("language", "authors", "author")}
    return {**inherited, **value, RESERVED: {"source": origin, **(own or {})}}


def _built(event: Event, events: Iterator[Event]) -> object:
    """The value that begins with an event; nothing of what is nested too deep."""
    if event[0] not in STARTS:
        return event[1]
    from ijson import ObjectBuilder

    builder = ObjectBuilder()
    builder.event(*event)
    depth, is_deep = 1, False
    while depth:
        event = next(events)
        depth += (event[0] in STARTS) - (event[0] in ENDS)
        is_deep = is_deep or depth > DEEPEST
        if not is_deep:
            builder.event(*event)
    return None if is_deep else builder.value
