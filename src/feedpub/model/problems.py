"""What is wrong: with a source, which travels beside the result, or with a document that is checked."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Severity = Literal["note", "warning", "error"]


class Problem(Struct, frozen=True):
    """Something a person should know. The code is stable and has a paragraph in docs/problems.md."""

    code: str
    severity: Severity
    where: str
    message: str
    hint: str = ""


class Finding(Struct, frozen=True):
    """One thing that is wrong with a document, or that some readers stumble over."""

    rule: str  # of the conformance checklist (A05), or W3C- and the name of the W3C validator's message
    severity: Severity
    line: int  # 1 is the first; 0 where lines mean nothing
    entry: str  # the guid or, without one, the title of the entry; empty where the whole feed is meant
    message: str
    remedy: str
