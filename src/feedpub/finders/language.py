"""Which language a text is written in: by its script, then by its small words, in short texts by its letters too."""

from __future__ import annotations

import re
from collections.abc import Iterable

from feedpub.lexicon import table

SAMPLE = 500  # characters that are looked at
FEWEST = 3  # small words that tell a language
SURE, AHEAD = 6, 2  # small words after which letters are not asked for, when no other language has nearly as many
MOST_LETTERS = 4  # votes that letters have
_LANGUAGES = tuple(table("stopwords"))
_VOTES: dict[str, int] = {}  # of each small word: a byte for each language, so that all are counted in one sum
for _at, _words in enumerate(table("stopwords").values()):
    for _word in frozenset(_words):
        _VOTES[_word] = _VOTES.get(_word, 0) + (1 << 8 * _at)
_LETTERS = {_LANGUAGES.index(_language): _letters for _language, _letters in table("letters").items()}
SCRIPTS = (  # letters that tell a language, or that leave few to tell from
    ("\uac00", "\ud7a3", "ko"),
    ("\u3040", "\u30ff", "ja"),
    ("\u0e00", "\u0e7f", "th"),
    ("\u0370", "\u03ff", "el"),
    ("\u0590", "\u05ff", "he"),
    ("\u0980", "\u09ff", "bn"),
    ("\u0a00", "\u0a7f", "pa"),
    ("\u0a80", "\u0aff", "gu"),
    ("\u0b80", "\u0bff", "ta"),
    ("\u0c00", "\u0c7f", "te"),
    ("\u0c80", "\u0cff", "kn"),
    ("\u0d00", "\u0d7f", "ml"),
    ("\u0d80", "\u0dff", "si"),
    ("\u0e80", "\u0eff", "lo"),
    ("\u1000", "\u109f", "my"),
    ("\u1200", "\u137f", "am"),
    ("\u1780", "\u17ff", "km"),
    ("\u10a0", "\u10ff", "ka"),
    ("\u0530", "\u058f", "hy"),
    ("\u4e00", "\u9fff", "zh"),
)
SIMPLIFIED = "们这说为国来时对会过个样让还问开关间发经现实进动业东车长见书头话语电学记报员机应该华门县马鱼岁决"
TRADITIONAL = "們這說為國來時對會過個樣讓還問開關間發經現實進動業東車長見書頭話語電學記報員機應該華門縣馬魚歲決"
FEWEST_SURE, SURELY = 4, 8  # characters of one kind, and how many times as many as of the other
FOREIGN = "\u0370"  # the first letter that is not Latin
_FOREIGN = re.compile("[\u0370-\u1fff\u2c80-\uffef]")
STEP, SHARE = 3, 6  # one letter in three is looked at; one in six of those tells


def detect(text: str) -> str | None:
    """The language of a text, as BCP 47; None when it does not show."""
    sample = text[:SAMPLE]
    beyond_ascii = len(sample) - len(sample.encode("ascii", "ignore"))
    if beyond_ascii * SHARE > len(sample) // STEP and _FOREIGN.search(sample) and (language := _by_script(sample)):
        return language
    folded = sample.casefold().replace(".", " ").replace(",", " ")
    found = _VOTES.keys() & folded.split()
    votes = bytearray(sum(map(_VOTES.__getitem__, found)).to_bytes(len(_LANGUAGES), "little"))
    if _is_close(votes):
        for at, letters in _LETTERS.items():
            if votes[at]:
                votes[at] += min(sum(map(folded.count, letters)), MOST_LETTERS)
    most = max(votes)
    return _LANGUAGES[votes.index(most)] if most >= FEWEST else None  # among equals the first of the table


def in_script(language: str, text: str) -> str:
    """The language with the characters that a Chinese text is surely written in: `zh-Hans`, `zh-Hant`."""
    if language != "zh":
        return language
    sample = text[:SAMPLE]
    short, full = (sum(map(sample.count, characters)) for characters in (SIMPLIFIED, TRADITIONAL))
    if short >= FEWEST_SURE and short > full * SURELY:
        return "zh-Hans"
    return "zh-Hant" if full >= FEWEST_SURE and full > short * SURELY else language


def _is_close(votes: Iterable[int]) -> bool:
    """Whether the words leave a doubt: few of them, or nearly as many of a second language."""
    second, first = sorted(votes)[-2:]
    return first < SURE or first - second < AHEAD


def _by_script(sample: str) -> str | None:
    letters = [char for char in sample[::STEP] if char >= FOREIGN]
    if len(letters) * SHARE > len(sample) // STEP:
        for first, last, language in SCRIPTS:
            if sum(first <= char <= last for char in letters) * SHARE > len(letters):
                return language
    return None
