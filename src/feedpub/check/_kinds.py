"""The kinds of value that elements and attributes hold: numbers, media types, e-mail addresses, names from a list.

Each takes a string and says what is wrong with it, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from feedpub import urls
from feedpub.check import dates
from feedpub.languages import is_language

LONGEST_ADDRESS = 320  # RFC 3696 with its erratum allows no more
LONGEST = 100_000  # characters of a list of numbers
Kind = Callable[[str], str]

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_MEDIA_TYPE = re.compile(rf"{_WORD}/{_WORD}(?:\s*;\s*{_WORD}=(?:{_WORD}|\"(?:\\.|[^\"\\])*\"))*\s*;?")
_ADDRESS = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]+@(?:[\w-]+\.)+[\w-]*[a-z0-9]", re.IGNORECASE)
_PLAIN_ADDRESS = re.compile(r"[\w.%+-]+@[a-z][\w.-]*", re.IGNORECASE)
_NAMED_ADDRESS = re.compile(r"(\S+@\S+)\s+\(([^()]*(?:\([^()]*\)[^()]*)*)\)")


def any_text(_: str) -> str:
    """Allow everything."""
    return ""


def not_empty(text: str) -> str:
    """Ask for something."""
    return "" if text.strip() else "is empty"


def whole(least: int, most: int | None = None) -> Kind:
    """Ask for a whole number in a range."""
    span = f"between {least} and {most}" if most is not None else f"of at least {least}"

    def kind(text: str) -> str:
        digits = text.strip()
        if not re.fullmatch(r"[+-]?\d{1,18}", digits, re.ASCII):
            return f"is no whole number {span}"
        inside = least <= int(digits) and (most is None or int(digits) <= most)
        return "" if inside else f"is no whole number {span}"

    return kind


def number(least: float, most: float) -> Kind:
    """Ask for a decimal number in a range."""

    def kind(text: str) -> str:
        if not re.fullmatch(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", text.strip(), re.ASCII):
            return "is no number"
        return "" if least <= float(text) <= most else f"is not between {least:g} and {most:g}"

    return kind


def numbers(least: int) -> Kind:
    """Ask for a list of decimal numbers, parted by white space or commas, in pairs."""
    each = number(-1e9, 1e9)

    def kind(text: str) -> str:
        words = text[:LONGEST].replace(",", " ").split()
        good = len(text) <= LONGEST and not any(map(each, words))
        return "" if good and len(words) >= least and len(words) % 2 == 0 else "is no list of pairs of numbers"

    return kind


def one_of(words: str | Iterable[str]) -> Kind:
    """Ask for a word of a list, in any case."""
    known = tuple(words.split() if isinstance(words, str) else words)
    folded = {word.lower() for word in known}

    def kind(text: str) -> str:
        return "" if text.strip().lower() in folded else f"is none of {', '.join(known)}"

    return kind


def exactly(words: str) -> Kind:
    """Ask for a word of a list, in this case."""
    known = words.split()
    return lambda text: "" if text in known else f"is none of {', '.join(known)}"


def pattern(expression: str, what: str) -> Kind:
    """Ask for a text of a form."""
    compiled = re.compile(expression, re.ASCII)
    return lambda text: "" if compiled.fullmatch(text.strip()) else f"is no {what}"


def media_type(text: str) -> str:
    """Ask for a media type, with or without parameters (RFC 2045 section 5.1)."""
    return "" if _MEDIA_TYPE.fullmatch(text) else "is no media type"


def language(text: str) -> str:
    """Ask for a language tag (BCP 47)."""
    return "" if is_language(text) else "is no language tag"


def w3c_date(text: str) -> str:
    """Ask for a W3CDTF date."""
    return "" if dates.w3cdtf(text.strip()) else "is no W3CDTF date"


def rfc3339_date(text: str) -> str:
    """Ask for an RFC 3339 date-time."""
    return "" if dates.rfc3339(text) else "is no RFC 3339 date with time and zone"


def address(text: str) -> str:
    """Ask for a bare e-mail address (RFC 2822 addr-spec)."""
    good = len(text) < LONGEST_ADDRESS and (_ADDRESS.fullmatch(text) or _PLAIN_ADDRESS.fullmatch(text))
    return "" if good else "is no bare e-mail address"


def reference(text: str) -> str:
    """Ask for an IRI reference, which may be relative."""
    return urls.bad_reference(text)


def iri(text: str) -> str:
    """Ask for an absolute IRI."""
    return urls.bad_iri(text)


def uri(text: str) -> str:
    """Ask for an absolute URI."""
    return urls.bad_uri(text)


def http(text: str) -> str:
    """Ask for an absolute http or https URL."""
    return urls.bad_http(text)


def is_named_address(text: str) -> bool:
    """Whether a text has the form `user@host (Name)` that RSS prefers."""
    match = _NAMED_ADDRESS.fullmatch(text.strip()[:400])
    return bool(match) and not address(match[1].removeprefix("mailto:")) if match else False
