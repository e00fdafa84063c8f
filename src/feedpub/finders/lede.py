"""Summaries: the first whole sentences of the story.

Takes the paragraphs of an article, gives a summary of whole sentences: about 280 characters, 400 at most.
"""

from __future__ import annotations

from collections.abc import Sequence

from feedpub.finders.lines import ends_sentence
from feedpub.finders.sentences import each

TARGET, LIMIT = 280, 400
DENSE = frozenset(("zh", "ja"))  # languages that say as much in less than half the characters
DENSE_TARGET, DENSE_LIMIT = 120, 180
PAIRS = (("“", "”"), ("«", "»"), ("„", "“"), ("「", "」"), ("『", "』"))


def summarise(paragraphs: Sequence[str], title: str, language: str | None) -> str:
    """Whole sentences from the start of the story, that do not repeat the title."""
    target, limit = (DENSE_TARGET, DENSE_LIMIT) if language in DENSE else (TARGET, LIMIT)
    glue = "" if language in DENSE else " "
    summary = ""
    folded = title.casefold().rstrip(".!?… ")
    for paragraph in paragraphs[:4]:
        for sentence in map(str.strip, each(paragraph[: 4 * limit], language)):
            if not summary and sentence.casefold().rstrip(".!?… ") == folded:
                continue
            longer = f"{summary}{glue}{sentence}" if summary else sentence
            if len(longer) > limit and summary:
                return summary
            summary = longer if len(longer) <= limit else _cut(longer, limit)
            if len(summary) >= target * 0.6 and _balanced(summary):
                return summary
        if summary and (len(summary) >= 60 or not ends_sentence(summary)):
            break
    return summary


def _balanced(text: str) -> bool:
    """Whether every quotation that is opened is closed."""
    if text.count('"') % 2:
        return False
    return all(text.count(opened) <= text.count(closed) for opened, closed in PAIRS)


def _cut(sentence: str, limit: int) -> str:
    """A sentence that is too long alone, cut at its last clause or word."""
    head = sentence[: limit - 1]
    for mark in ("; ", " – ", " — ", ", "):
        at = head.rfind(mark)
        if at > limit // 2:
            return head[:at].rstrip(" ,;–—") + "…"
    at = head.rfind(" ")
    return (head[:at] if at > limit // 2 else head).rstrip(" ,;–—") + "…"
