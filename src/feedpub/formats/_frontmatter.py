"""What stands above a text for its publisher: YAML, TOML, JSON, or lines of `Key: value`.

Takes a text, gives its fields and what is left. Raises `ValueError`, in words for its author, for what can't be read:
it might hold an embargo.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

LONGEST, DEEPEST, MOST_EVENTS = 100_000, 12, 5_000  # characters; lists in lists; parts of YAML
_FENCED = re.compile(r"(---|\+\+\+)[ \t]*\n(.*?)(?:^|\n)(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEYS = "title|date|modified|category|tags|slug|authors?|summary|status|lang|language"
_LINES = re.compile(rf"(?:(?:{_KEYS}):.*\n(?:[ \t]+\S.*\n)*)+(?=\n|\Z)", re.IGNORECASE)
_LINE = re.compile(r"([a-z]+):[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.IGNORECASE)


def split(text: str) -> tuple[dict[str, Any], str]:
    """The fields above a text, their names in small letters, and the text."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith(("---", "+++")) and (fenced := _FENCED.match(text)):
        if len(fenced[2]) > LONGEST:
            raise ValueError(f"the front matter has more than {LONGEST:,} characters")
        read = _yaml if fenced[1] == "---" else _toml
        return _named(read(fenced[2])), text[fenced.end() :]
    if text.startswith("{"):
        fields, end = _json(text)
        return (_named(fields), text[end:]) if isinstance(fields, dict) else ({}, text)
    if lines := _LINES.match(text[:LONGEST]):
        return {key.lower(): value for key, value in _LINE.findall(lines[0])}, text[lines.end() :]
    return {}, text


def _named(fields: Any) -> dict[str, Any]:
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise ValueError("the front matter is no list of `key: value`")  # noqa: TRY004
    return {str(key).lower(): value for key, value in fields.items()}


def _yaml(written: str) -> Any:
    """What YAML says, without tags and aliases: these can run code, or grow without bounds."""
    import yaml  # not for those who have no Markdown

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        depth = 0
        for count, event in enumerate(yaml.parse(written, loader)):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None):
                raise ValueError("the front matter holds a tag or an alias of YAML, which are not read")
            if depth > DEEPEST or count > MOST_EVENTS:
                raise ValueError("the front matter is nested too deep, or too long")
        return yaml.load(written, loader)  # noqa: S506  # a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 2}: " if mark else ""
        raise ValueError(f"{where}{getattr(error, 'problem', None) or 'no YAML'}") from None


def _toml(written: str) -> Any:
    try:
        return tomllib.loads(written)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from None


def _json(text: str) -> tuple[Any, int]:
    try:
        return json.JSONDecoder().raw_decode(text[:LONGEST])
    except (ValueError, RecursionError):
        return None, 0  # a text that begins with a brace
