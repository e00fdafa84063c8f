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
FORGOTTEN = 15  # words of a sentence that only lost its stop
GOES_ON = ":："  # what follows is still to be said
PAIRS = (("“", "”"), ("«", "»"), ("„", "“"), ("「", "」"), ("『", "』"))


def summarise(paragraphs: Sequence[str], title: str, language: str | None) -> str:
    """Whole sentences from the start of the story, that do not repeat the title."""
    target, limit = (DENSE_TARGET, DENSE_LIMIT) if language in DENSE else (TARGET, LIMIT)
    glue = "" if language in DENSE else " "
    summary = unfinished = ""
    folded = title.casefold().rstrip(".!?… ")
    for paragraph in paragraphs[:4]:
        for sentence in map(str.strip, each(paragraph[: 4 * limit], language)):
            if not summary and sentence.casefold().rstrip(".!?… ") == folded:
                continue
            if not (ends_sentence(sentence) or sentence[-1] in GOES_ON) and sentence.count(" ") < FORGOTTEN:
                unfinished = unfinished or sentence
                continue  # a credit, a heading, a line of a list
            longer = f"{summary}{glue}{sentence}" if summary else sentence
            if len(longer) > limit and summary:
                return summary
            summary = _cut(longer, limit)
            if len(summary) >= target * 0.6 and _balanced(summary) and summary[-1] not in GOES_ON:
                return summary
        if len(summary) >= 60 and summary[-1] not in GOES_ON:
            break
    return summary or _cut(unfinished, limit)


def _balanced(text: str) -> bool:
    """Whether every quotation that is opened is closed."""
    if text.count('"') % 2:
        return False
    return all(text.count(opened) <= text.count(closed) for opened, closed in PAIRS)


def _cut(sentence: str, limit: int) -> str:
    """A sentence that is too long alone, cut at its last clause or word."""
    if len(sentence) <= limit:
        return sentence
    head = sentence[: limit - 1]
    for mark in ("; ", " – ", " — ", ", "):
        at = head.rfind(mark)
        if at > limit // 2:
            return head[:at].rstrip(" ,;–—") + "…"
    at = head.rfind(" ")
    return (head[:at] if at > limit // 2 else head).rstrip(" ,;–—") + "…"
