"""Parse JSON that anybody may have written, and keep where each value stands.

Takes bytes, gives nodes with their lines. Python's own parser finds out whether it is JSON, but it knows no places,
says nothing of keys that stand twice, and follows any depth until its stack ends.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Any

from feedpub.check._finding import MOST, Lines
from feedpub.model import Finding

DEEPEST = 100
MOST_VALUES = 300_000
_LEXEME = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]++', re.DOTALL)
_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|([{\[])|([}\]])|(,)', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SCALARS: dict[str, Any] = {"true": True, "false": False, "null": None, "NaN": None}
_REMEDY = "write the document with a JSON library"


class Node:
    """A value and the line where it begins: a dict of nodes, a list of nodes, or a plain value."""

    __slots__ = ("line", "value")

    def __init__(self, value: Any, line: int) -> None:
        self.value = value
        self.line = line

    def get(self, key: str) -> Node | None:
        """Give a member, if this is an object that has it."""
        found = self.value.get(key) if isinstance(self.value, dict) else None
        return found if isinstance(found, Node) else None

    def text(self, key: str) -> str:
        """Give a member that is a string, or nothing."""
        found = self.get(key)
        return found.value if found is not None and isinstance(found.value, str) else ""

    def nodes(self, key: str) -> list[Node]:
        """Give the elements of a member that is a list, or none."""
        found = self.get(key)
        return found.value if found is not None and isinstance(found.value, list) else []


def parse(data: bytes) -> tuple[Node | None, list[Finding]]:
    """Parse a document: its root, or nothing, and what is wrong with it as JSON (RFC 8259)."""
    findings: list[Finding] = []
    if data.startswith(codecs.BOM_UTF8):
        data = data.removeprefix(codecs.BOM_UTF8)
        findings.append(_finding(1, "a byte order mark stands before the document", "leave the mark out"))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [*findings, _finding(line, "the bytes are not UTF-8", "write the document in UTF-8")]
    lines = Lines(text)
    refused = _excess(text, lines) or _syntax(text)
    return (None, [*findings, refused]) if refused else (_tree(text, lines, findings), findings)


def _excess(text: str, lines: Lines) -> Finding | None:
    depth = count = 0
    for match in _BRACKET.finditer(text):  # a string that never ends is taken whole: to try again would take for ever
        depth += 1 if match[1] else -1 if match[2] else 0
        count += match[3] is not None
        if count > MOST_VALUES:
            return Finding("S02", "error", 1, "", f"more than {MOST_VALUES:,} values", "publish less in one document")
        if depth > DEEPEST:
            message = f"values are nested more than {DEEPEST} deep"
            return Finding("S02", "error", lines.at(match.start()), "", message, "no feed needs such a depth")
    return None


def _syntax(text: str) -> Finding | None:
    try:
        json.loads(text, parse_int=len, parse_float=len)
    except json.JSONDecodeError as error:
        return _finding(error.lineno, f"not JSON: {error.msg}, column {error.colno}", _REMEDY)
    return None


def _tree(text: str, lines: Lines, findings: list[Finding]) -> Node:
    """Build the nodes of a text that is JSON. `around` holds the lists and objects that are not yet closed."""
    around = [Node([], 1)]
    key: str | None = None
    for match in _LEXEME.finditer(text):
        lexeme, holder = match[0], around[-1].value
        if lexeme in ",:":
            continue
        if lexeme in "}]":
            around.pop()
            continue
        line = lines.at(match.start())
        if isinstance(holder, dict) and key is None:
            key = _plain(lexeme, line, findings)
            if key in holder and len(findings) < MOST:
                findings.append(_finding(line, f"the key {key[:40]} stands twice in one object", "leave one"))
            continue
        node = Node({} if lexeme == "{" else [] if lexeme == "[" else _plain(lexeme, line, findings), line)
        if isinstance(holder, dict):
            holder[key] = node
            key = None
        else:
            holder.append(node)
        if lexeme in "{[":
            around.append(node)
    return around[0].value[0]  # type: ignore[no-any-return]


def _plain(lexeme: str, line: int, findings: list[Finding]) -> Any:
    """Give the value of a lexeme that is no bracket."""
    if lexeme.startswith('"'):
        value = json.loads(lexeme)
        whole = _SURROGATE.sub("\ufffd", value)  # nobody could print it
        if whole != value and len(findings) < MOST:
            findings.append(_finding(line, "a string holds half a surrogate pair", "write whole characters"))
        return whole
    if lexeme in ("NaN", "Infinity", "-Infinity"):
        findings.append(_finding(line, f"{lexeme} is no value of JSON", "leave the member out"))
        return None
    return _SCALARS[lexeme] if lexeme in _SCALARS else float(lexeme)


def _finding(line: int, message: str, remedy: str) -> Finding:
    return Finding("J13", "error", line, "", message, remedy)
