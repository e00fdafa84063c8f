"""Where sentences end.

Takes a paragraph and its language, gives its sentences. A stop ends no sentence before a small letter, inside a
number or an address, nor after an abbreviation, an initial or an ordinal, unless a word follows that begins sentences.
Closing quotes belong to the sentence before them. What is known of words stands in tables/abbreviations.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from msgspec import Struct

from feedpub.finders.capitals import is_small
from feedpub.lexicon import table

_TABLE = table("abbreviations")
_SMALL_WORDS = table("stopwords")
# Closing quotes, before which French sets a space; then space or, where one was lost, a capital and a small letter.
_PARTED = r"""(?:["'”’“»«)\]]|[ \u00a0\u202f]»(?=[\s,.;:!?)]|$))*+(?:\s+|(?=[A-ZÀ-ÞА-Я][a-zà-ÿа-я]))"""


def _candidates(stops: str) -> re.Pattern[str]:
    """What may end a sentence: a run of stops with closing quotes, and what parts it from the next.

    The pattern begins with a set of letters, which is looked for fastest, and asks then which of them was found.
    """
    return re.compile(
        rf"""[{stops}۔؟।॥։።။។。！？](?:
            (?<=[{stops}])(?<![{stops}][{stops}])[{stops}]*+{_PARTED}
          | (?<=[۔؟।॥։።။។])(?<![{stops}].){_PARTED}
          | (?<=[。！？])[。！？]*+["”’」』）)"]*+  # need nothing behind them
        )""",
        re.VERBOSE,
    )


_CANDIDATE, _GREEK = _candidates(".!?…"), _candidates(".!?…;")  # Greek asks with a semicolon
_WORD_BEFORE = re.compile(r"(?<!\w)(?:[^\W\d_]\. )+[^\W\d_]$|[^\s(\[\"'’“‘„«»/–—]*$")  # z. B is one word
_OPENERS = " \u00a0\u202f\"'“‘„«»‹›([¿¡-–—"
_DASHES, _OPENING, _CLOSING = "-–—", '"“„«»', "\"'”’“»«」』"
_LETTER = re.compile(r"[^\W\d_]\.")
_DOTTED = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]")  # U.S, p.m, J.-P
_ROMAN = re.compile(r"[IVXLC]+")
_BIG_ROMAN = re.compile(r"[IVXLC]{2,}\b")
_NICKNAME = re.compile(r"[\"“„]\w+[\"”“] [A-Z]")
_DOMAIN = re.compile(r"\.(?:Com|Net|Org|Js|Tv)\b")
_TICKER = re.compile(r"[A-Z]{2,}\.[A-Z]{1,2}\b")
_ZONE = re.compile(r"[A-Z]{2,5}\b|[A-Z][\w.'’]*(?: [A-Z][\w.'’]*){0,2} [Tt]ime\b")
_SAYS = "|".join(_TABLE["says"])
_NAMED = re.compile(rf"(?!(?:He|She|It|They|We|You|The)\b)(?:I |(?:[A-Z][\w.'’-]+ ){{1,4}}?)(?:{_SAYS})\b")
_SAYS_LAST = re.compile(rf"[^.。！？।؟۔։።။។，“「\"]{{0,30}}(?:{'|'.join(_TABLE['says.last'])})[.。，：।۔،:]")
ORDINAL_LANGUAGES = frozenset("de da no nb nn fi cs sk hu hr sl sr et lv pl tr".split()) | {""}  # when in doubt too
LOOK_BACK, LOOK_AHEAD = 24, 60
LONG = 200  # characters of a sentence that tell enough of it


class Stop(Struct, frozen=True):
    """A full stop, and what stands around it."""

    word: str  # before it; abbreviations of several words are joined: z.B
    sentence: str  # what stands before it, from where the last sentence ended
    following: str
    opened: str  # what follows, without quotes, brackets and dashes
    language: str


def split(text: str, language: str | None = None) -> list[str]:
    """The sentences of a paragraph, without the space between them."""
    return list(each(text, language))


def each(text: str, language: str | None = None) -> Iterator[str]:
    """The sentences one by one: no more of the paragraph is looked at than is asked for."""
    spoken = (language or "").partition("-")[0].lower()
    start = 0
    for match in (_GREEK if spoken == "el" else _CANDIDATE).finditer(text):
        if match.end() < len(text) and _ends(text, match, start, spoken):
            yield text[start : match.start() + len(match[0].rstrip())]
            start = match.end()
    if text[start:].strip():
        yield text[start:]


def begins_sentences(word: str, language: str | None = None) -> bool:
    """Whether a word is one of the small ones that begin sentences."""
    return word.casefold() in _words("begins", (language or "en").partition("-")[0].lower())


def _ends(text: str, match: re.Match[str], start: int, language: str) -> bool:
    """Whether the sentence that begins at `start` ends with the match."""
    following = text[match.end() : match.end() + LOOK_AHEAD]
    opened = following.lstrip(_OPENERS)
    if not opened or is_small(opened[0]) or opened[0] in "/,;:":
        return False
    stops = match[0].rstrip()
    if stops[-1] in _CLOSING and _is_about_a_quotation(stops[0], following):
        return False
    at = match.start()
    stop = Stop(_word_before(text, start, at), text[max(start, at - LONG) : at], following, opened, language)
    if stops[0] != ".":
        return not _goes_on(stop, stops)
    if match[0] == "." and not _lost_its_space(text, at):
        return False
    return _word_ends(stop) if stops == "." else stops[1] != "." or not _pauses(stop)


def _is_about_a_quotation(mark: str, following: str) -> bool:
    """Whether what follows a quotation only says whose it was: `“Why?” Pickett asked.`."""
    if mark in "。！？" and following[0] in "と言说，、":
        return True
    return following[0] in _DASHES or (
        mark not in ".。" and bool(_NAMED.match(following) or _SAYS_LAST.match(following))
    )


def _goes_on(stop: Stop, stops: str) -> bool:
    """Whether the sentence goes on after `Yahoo!`, or after a pause … I mean like this one."""
    if stop.word.casefold() + stops in _words("name", ""):
        return not _begins(stop.opened, stop.language)
    return stops == "…" and _pauses(stop)


def _pauses(stop: Stop) -> bool:
    """Whether three dots after a space stand before `I`, which has its capital anywhere."""
    return stop.sentence[-1:] == " " and stop.opened[0] == "I" and not stop.opened[1:2].isalnum()


def _lost_its_space(text: str, at: int) -> bool:
    """Whether a stop without a space behind it is a sentence's, not an address's or an abbreviation's (W.Va)."""
    word = text[max(0, at - LOOK_BACK) : at].rpartition(" ")[2]
    address = "/" in word or "@" in word or word[:3].casefold() == "www" or _DOMAIN.match(text, at)
    return not address and not text[at - 1].isupper()


def _word_before(text: str, start: int, end: int) -> str:
    found = _WORD_BEFORE.search(text[max(start, end - LOOK_BACK) : end])
    return found[0].replace(" ", "") if found else ""


# ── a full stop, by the word before it ──


def _word_ends(stop: Stop) -> bool:
    word, kind = stop.word, _kind(stop.word, stop.language)
    if kind in ENDS:
        return ENDS[kind](stop)
    if kind == "number" and (stop.opened[0].isdigit() or _BIG_ROMAN.match(stop.opened)):
        return False
    if word.isdigit() or _ROMAN.fullmatch(word):
        return _number_ends(stop)
    if _DOTTED.fullmatch(word):
        return _either_ends(stop)
    if len(word) == 1 and word.isalpha():
        return _letter_ends(stop)
    return not stop.sentence.endswith("/")  # of a dateline: /ТАСС/.


def _firm_ends(stop: Stop) -> bool:
    return _is_free(stop) and _first_word(stop.opened).casefold() not in _words("firm.after", stop.language)


def _time_ends(stop: Stop) -> bool:
    """Whether what follows `5 p.m.` does not belong to it: a day, a zone, a city's time."""
    later = _first_word(stop.opened).casefold() in _words("time.after", stop.language)
    return _is_free(stop) and not later and not _ZONE.match(stop.opened)


def _either_ends(stop: Stop) -> bool:
    return stop.following[0] not in _DASHES and _begins(stop.opened, stop.language)


def _year_ends(stop: Stop) -> bool:
    words = stop.sentence.split()
    return len(words) > 5 and words[-2][-1].isdigit()


ENDS: dict[str | None, Callable[[Stop], bool]] = {  # by what the table calls the abbreviation
    "never": lambda _: False,
    "ends": lambda _: True,
    "firm": _firm_ends,
    "time": _time_ends,
    "either": _either_ends,
    "year": _year_ends,
}


def _number_ends(stop: Stop) -> bool:
    """German writes ordinals with a full stop: am 28. April, der 2. Platz. A list numbers its items so."""
    if stop.sentence == stop.word and len(stop.word) <= 2:
        return False
    ordinal = stop.language in ORDINAL_LANGUAGES and len(stop.word) <= 3
    return not (ordinal or (len(stop.word) == 1 and stop.word.isalpha())) or _begins(stop.opened, stop.language)


def _letter_ends(stop: Stop) -> bool:
    """Whether a single letter is a thing's (vitamin C) and not a name's, nor the first of two (z. B.)."""
    if stop.word.islower():
        return not _LETTER.match(stop.opened)
    if stop.sentence == stop.word:
        return False
    if stop.following[0] in _OPENING:
        return not _NICKNAME.match(stop.following)
    return _begins(stop.opened, stop.language)


def _is_free(stop: Stop) -> bool:
    """Whether a word or a quotation follows, not a bracket, a number or the sign of a share."""
    return not _TICKER.match(stop.following) and (stop.following[0].isalpha() or stop.following[0] in "\"'“‘„")


def _begins(opened: str, language: str) -> bool:
    """Whether the next word is one that begins sentences."""
    word = _first_word(opened)
    small = word[1:].islower() or (len(word) == 1 and opened[1:2] != ".")
    return (
        small and word[0].isupper() and word.casefold() in _words("begins", language or "en") and opened[:4] != "No. "
    )


def _first_word(opened: str) -> str:
    return opened.split(None, 1)[0].strip(".,;:!?'\"“”’»)").replace("’", "'")


def _kind(word: str, language: str) -> str | None:
    """What the table calls an abbreviation: as it is printed, in small letters, or as the end of post-Sept."""
    kinds = _kinds(language)
    found = kinds.get(word) or kinds.get(word.lower()) or (kinds.get(word.capitalize()) if word.isupper() else None)
    if found or "-" not in word:
        return found or next((kind for tail, kind in _tails(language) if word.endswith(tail)), None)
    return _kind(word.rpartition("-")[2], language)


@cache
def _kinds(language: str) -> dict[str, str]:
    """The table's abbreviations: what is said of the language goes before what holds in all."""
    kinds: dict[str, str] = {}
    for behind in ("", f".{language}"):
        for key in ("never", "number", "ends", "firm", "time", "either", "year"):
            kinds.update((word, key) for word in _TABLE.get(key + behind, ()))
    return kinds


@cache
def _tails(language: str) -> tuple[tuple[str, str], ...]:
    """What compounds end in (`-str`: Hafenstr. 12), and what the table calls it."""
    return tuple((word[1:], kind) for word, kind in _kinds(language).items() if word[0] == "-")


@cache
def _words(key: str, language: str) -> frozenset[str]:
    small = _SMALL_WORDS.get(language, ()) if key == "begins" else ()
    return frozenset((*_TABLE.get(key, ()), *_TABLE.get(f"{key}.{language}", ()), *small))
