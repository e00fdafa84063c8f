"""What stands above a text for its publisher: YAML, TOML, JSON, or lines of `Key: value`.

Takes a text, gives its fields and what is left. Raises `ValueError`, in words for its author, for what can't be read:
it might hold an embargo, or say that the text is a draft.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import yaml

LONGEST, DEEPEST, MOST_EVENTS = 100_000, 12, 5_000  # characters; lists in lists; parts of YAML
FENCES = {"---": "yaml", "+++": "toml", ";;;": "json"}  # and the language between them, where the first names none
_OPENING = re.compile(r"(---|\+\+\+|;;;)[ \t]*([A-Za-z]{0,10})[ \t]*\n")
_BEGINS_FIELDS = re.compile(r"\s*(?:#.*\n\s*)*[\"']?[\w-]{1,40}[\"']?\s*[:=]|\s*\{")  # not a rule above prose
_BRACED = re.compile(r"\{\s*(?:\"|\})")
_LINE = re.compile(r"([A-Za-z][\w-]{0,40}):(?:[ \t]+(.*)|)\n?")
_HEADS = frozenset(("title", "date", "status", "slug", "author", "authors", "summary", "modified", "category"))
_SEPARATORS = str.maketrans("", "", "-_ ")
_MOST_LINES = 200  # of `Key: value`
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # reads all values as they are written: `no` is Norwegian


def split(text: str) -> tuple[dict[str, Any], str]:
    """The fields above a text and the text. Names of fields are in small letters, without `-` and `_`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    above = text.lstrip("\ufeff \n\t")
    skipped = text[: len(text) - len(above)].count("\n")
    if opening := _OPENING.match(above):
        return _fenced(opening, above, skipped) or ({}, text)
    if _BRACED.match(above):
        fields, end = _json(above, skipped)
        return _named(fields), above[end:]
    fields, end = _lines(above)
    return (_named(fields), above[end:]) if not _HEADS.isdisjoint(map(str.lower, fields)) else ({}, text)


def _fenced(opening: re.Match[str], above: str, skipped: int) -> tuple[dict[str, Any], str] | None:
    """What stands between fences, and the text; None where the first fence is a rule above prose."""
    fence, language = opening[1], opening[2].lower() or FENCES[opening[1]]
    closing = re.compile(rf"^(?:{re.escape(fence)}|\.\.\.)[ \t]*$\n?", re.MULTILINE).search(above, opening.end())
    is_rule = not opening[2] and not _BEGINS_FIELDS.match(above, opening.end())
    if is_rule and (closing is None or above[opening.end()] == "\n"):
        return None
    if closing is None:
        raise ValueError(f"line {skipped + 1}: the front matter has no closing `{fence}`")
    written = above[opening.end() : closing.start()]
    if not written.strip():
        return {}, above[closing.end() :]
    if len(written) > LONGEST:
        raise ValueError(f"the front matter has more than {LONGEST:,} characters")
    if language not in _READERS:
        raise ValueError(f"line {skipped + 1}: front matter in `{language}`; expected YAML, TOML or JSON")
    return _named(_READERS[language](written, skipped + 1)), above[closing.end() :]


def _named(fields: Any) -> dict[str, Any]:
    if not isinstance(fields, dict):
        raise ValueError("the front matter is no list of `key: value`")  # noqa: TRY004
    named: dict[str, Any] = {}
    for key, value in fields.items():
        name = str(key).lower().translate(_SEPARATORS)
        if name in named and named[name] != value:
            raise ValueError(f"`{key}` stands in the front matter twice")
        named[name] = _named(value) if isinstance(value, dict) else value
    return named


def _yaml(written: str, above: int) -> Any:
    """What YAML says, without tags and aliases: these can run code, or grow without bounds."""
    level: list[tuple[Any, yaml.Event]] = []
    around: list[list[tuple[Any, yaml.Event]]] = []  # what the lists and mappings hold that are open
    try:
        for count, event in enumerate(iter(_Loader(written).get_event, None)):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None):
                raise ValueError(f"{_at(event, above)}the front matter holds a tag or an alias, which are not read")
            if len(around) > DEEPEST or count > MOST_EVENTS:
                raise _too_deep()
            if isinstance(event, yaml.ScalarEvent):
                level.append((event.value, event))
            elif isinstance(event, yaml.CollectionStartEvent):
                around.append(level)
                level = []
            elif isinstance(event, yaml.CollectionEndEvent):
                is_list = isinstance(event, yaml.SequenceEndEvent)
                found = [value for value, _ in level] if is_list else _mapping(level, above)
                level = around.pop()
                level.append((found, event))
            elif isinstance(event, yaml.DocumentStartEvent) and level:
                raise ValueError(f"{_at(event, above)}the front matter holds a second document")
    except yaml.YAMLError as error:
        raise ValueError(f"{_at(error, above)}{getattr(error, 'problem', None) or 'no YAML'}") from None
    return level[0][0] if level else {}


def _mapping(parts: list[tuple[Any, yaml.Event]], above: int) -> dict[str, Any]:
    """Keys and values, one after the other; of a key that stands twice nobody knows which is meant."""
    fields: dict[str, Any] = {}
    for (key, event), (value, _) in zip(parts[::2], parts[1::2], strict=True):
        if not isinstance(key, str) or key in fields:
            raise ValueError(f"{_at(event, above)}a key that stands there twice, or is none")
        fields[key] = value
    return fields


def _at(found: Any, above: int) -> str:
    """Which line of the file a part of YAML, or what is wrong with it, stands on."""
    mark = getattr(found, "problem_mark", None) or getattr(found, "start_mark", None)
    return f"line {mark.line + 1 + above}: " if mark else ""


def _toml(written: str, above: int) -> Any:
    try:
        return tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(_counted(str(error), above)) from None
    except RecursionError:
        raise _too_deep() from None


def _braced(written: str, above: int) -> Any:
    return _json(written, above)[0]


def _json(text: str, above: int) -> tuple[Any, int]:
    """What JSON says, and where it ends."""
    try:
        return json.JSONDecoder().raw_decode(text[:LONGEST].lstrip())
    except ValueError as error:
        raise ValueError(_counted(f"no JSON: {error}", above)) from None
    except RecursionError:
        raise _too_deep() from None


def _too_deep() -> ValueError:
    return ValueError("the front matter is nested too deep, or too long")


_READERS = {"yaml": _yaml, "yml": _yaml, "toml": _toml, "json": _braced}


def _counted(message: str, above: int) -> str:
    """A parser's message, its lines counted from the top of the file."""
    return re.sub(r"\bline (\d+)", lambda found: f"line {int(found[1]) + above}", message)


def _lines(text: str) -> tuple[dict[str, Any], int]:
    """Fields without fences, as Pelican has them, and where they end: lines of `Key: value`, and what is indented."""
    fields: dict[str, Any] = {}
    key, at = "", 0
    for _ in range(_MOST_LINES):
        end = text.find("\n", at) + 1 or len(text)
        line = text[at:end]
        if found := _LINE.fullmatch(line):
            key = found[1]
            if key in fields:
                raise ValueError(f"`{key}` stands in the front matter twice")
            fields[key] = (found[2] or "").strip()
        elif key and line[:1] in " \t" and line.strip():
            fields[key] = f"{fields[key]} {line.strip()}".strip()
        else:
            break
        at = end
    return fields, at
