"""The body of an article as HTML.

Takes the lines of the body and their texts, gives a fragment of paragraphs, headings and lists. Whatever markup the
input holds is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedpub.finders.lines import Line, ends_sentence
from feedpub.normalise import escape

MARKUP = "&<>"
BULLET = re.compile(r"[-•*·▪‣●○]\s+")
QUOTED = re.compile(r">\s+")
LONGEST_HEADING = 14  # words


def render(lines: Sequence[Line], texts: Sequence[str]) -> str:
    """The body as HTML."""
    whole = "".join(texts)
    safe = escape if any(map(whole.__contains__, MARKUP)) else str
    parts: list[str] = []
    in_list = False
    last = len(lines) - 1
    for at, (line, text) in enumerate(zip(lines, texts, strict=True)):
        item = BULLET.match(text) if len(text) > 2 and not text[0].isalnum() else None
        if item and text[0] == "-" and line.prose and not _is_listed(texts, at):
            item = None  # as Danes and Norwegians open what somebody says
        if in_list and not item:
            parts.append("</ul>")
            in_list = False
        if item:
            if not in_list:
                parts.append("<ul>")
                in_list = True
            parts.append(f"<li>{safe(text[item.end() :])}</li>")
        elif text[0] == ">" and QUOTED.match(text):
            parts.append(f"<blockquote><p>{safe(text[1:].lstrip())}</p></blockquote>")
        elif line.kind != "prose" and 0 < at < last and _is_heading(line, lines[at + 1], text):
            parts.append(f"<h2>{safe(text)}</h2>")
        else:
            parts.append(f"<p>{safe(text)}</p>")
    if in_list:
        parts.append("</ul>")
    return "".join(parts)


def _is_listed(texts: Sequence[str], at: int) -> bool:
    """Whether a line beside it begins with a bullet too."""
    return any(text[:2] == texts[at][:2] for text in (*texts[max(0, at - 1) : at], *texts[at + 1 : at + 2]))


def _is_heading(line: Line, following: Line, text: str) -> bool:
    """A short line without a full stop that prose follows."""
    if line.words > LONGEST_HEADING or (ends_sentence(text) and text[-1] != "?") or text[-1] in ":,;":
        return False
    return following.prose and (text[0].isupper() or not text[0].islower()) and text[0] not in "\"“«„'‘"
