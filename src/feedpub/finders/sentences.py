"""Where sentences end.

Takes a paragraph, gives its sentences or only the first of them. A stop ends no sentence after an abbreviation, an
initial or an ordinal, nor inside a number, nor before a small letter; closing quotes belong to the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedpub.lexicon import table

_ABBREVIATIONS = table("abbreviations")
NEVER = frozenset(_ABBREVIATIONS["never"])
RARELY = frozenset(_ABBREVIATIONS["rarely"])
# A candidate: stops, then closing quotes, then space and what follows; East Asian stops need no space.
_CANDIDATE = re.compile(r"(?:[.!?…]+|[۔؟।॥])[\"'”’»“)\]]*(?:\s+|(?=[A-ZÀ-ÞА-Я][a-zà-ÿа-я]))|[。！？]+[”’」』）\"]*")
_WORD_BEFORE = re.compile(r"[^\s(\[\"'“‘„«/–—-]*$")
_OPENERS = "\"'“‘„«([¿¡-–—"
_TOLD = re.compile(r"(?:[A-Z][\w.'’-]+ ){1,3}(?:said|says|told|asked|asks|wrote|added|tweeted|posted|explained)\b")
ORDINAL_LANGUAGES = frozenset(
    ("de", "da", "no", "nb", "fi", "cs", "sk", "hu", "hr", "sl", "sr", "et", "lv", "pl", "tr")
)
MONTHS_GERMAN = frozenset(
    """januar februar märz april mai juni juli august september oktober november dezember jänner feber jahrhundert
    runde platz""".split()
)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")  # U.S, p.m
LOOK_BACK = 24


def split(text: str, language: str | None = None) -> list[str]:
    """The sentences of a paragraph, without the space between them."""
    sentences, start = [], 0
    for end, after in _boundaries(text, language):
        sentences.append(text[start:end])
        start = after
    if start < len(text):
        sentences.append(text[start:])
    return [sentence for sentence in sentences if sentence.strip()]


def each(text: str, language: str | None = None) -> Iterator[str]:
    """The sentences one by one: no more of the paragraph is looked at than is asked for."""
    start = 0
    for end, after in _boundaries(text, language):
        yield text[start:end]
        start = after
    if start < len(text):
        yield text[start:]


def _boundaries(text: str, language: str | None) -> Iterator[tuple[int, int]]:
    """Where each sentence ends, and where the next one begins."""
    for match in _CANDIDATE.finditer(text):
        end = match.start() + len(match[0].rstrip())
        if match.end() >= len(text):
            continue
        if match[0][0] in "。！？":
            if not _inside_quote(text, match):
                yield end, match.end()
        elif _ends(text, match, ordinals=language in ORDINAL_LANGUAGES):
            yield end, match.end()


def _inside_quote(text: str, match: re.Match[str]) -> bool:
    """A stop inside 「…」 that the sentence goes on after."""
    return match[0][-1] in "」』”" and text[match.end() : match.end() + 1] in "とと言说，、"


def _ends(text: str, match: re.Match[str], *, ordinals: bool) -> bool:
    """Whether the stop at the match ends a sentence."""
    following = text[match.end() : match.end() + 40]
    opened = following.lstrip(_OPENERS)
    if opened[:1].islower() or not opened:
        return False
    mark = match[0][0]
    if mark != ".":
        return len(match[0].rstrip()) == 1 or not _TOLD.match(following)
    word = _WORD_BEFORE.search(text[max(0, match.start() - LOOK_BACK) : match.start()])
    before = word[0] if word else ""
    if match[0][:2] == "..":
        return True
    if not match[0][1:2].strip():
        return _word_ends(before, opened, ordinals=ordinals)
    return True


def _word_ends(before: str, opened: str, *, ordinals: bool) -> bool:
    """Whether a full stop after this word ends a sentence, by the word and by what follows."""
    folded = before.casefold()
    if folded in RARELY or _DOTTED.fullmatch(before):
        return folded not in NEVER - RARELY and _starts_anew(opened)
    if folded in NEVER:
        return False
    if len(before) == 1 and before.isalpha():
        return before.islower()
    if before.isdigit() and len(before) <= 2:
        return not (ordinals or _is_ordinal(opened))
    return True


def _is_ordinal(opened: str) -> bool:
    """German writes ordinals with a full stop: am 28. April, der 2. Platz."""
    return opened.split(None, 1)[0].casefold().strip(".,;:") in MONTHS_GERMAN if opened else False


_ANEW = frozenset(
    """the a an it he she we they you i in on at but and or if this that these those there when while as for from with
    after before his her its their our my some many most all no not what who why how so such said asked mr mrs ms dr one
    two meanwhile however police officials according under by to since by even also then now still last earlier both
    der die das er sie es wir ein eine im am in auch aber und doch""".split()
)


def _starts_anew(opened: str) -> bool:
    """After U.S. or Inc., a sentence begins when the next word is one that begins sentences."""
    word = opened.split(None, 1)[0].strip(".,;:'\"“”’") if opened else ""
    return word.casefold() in _ANEW and word[:1].isupper() and opened[:4] != "No. "
