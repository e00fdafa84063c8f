"""Make text safe to publish: legal characters, one-line text, slugs, absolute URLs, digests.

Takes strings, gives strings. Never raises for what a string holds.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

# XML 1.0 forbids C0 controls, surrogates, U+FFFE and U+FFFF; C1 controls, the other noncharacters and an inner
# byte order mark are legal but mean nothing, and some readers choke on them.
ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
# What the production Char of XML 1.0 (5th ed., 2.2) leaves out.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NEWLINES = re.compile("\r\n?|[\x85\u2028\u2029]")
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060"))  # soft hyphen, zero-width space, word joiner
TYPOGRAPHY = tuple(
    (printed, plain)
    for plain, kinds in (("'", "’‘"), ('"', "“”„«»"), ("-", ("—", "–", "‑", "−", "--")), ("...", "…"))
    for printed in kinds
)
WHITE = b" \t\n\v\f\r\x1c\x1d\x1e\x1f"  # what parts words in ASCII
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # embeddings, overrides, isolates, and their ends (UAX 9)
CLOSED_BY = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
PARAGRAPH_END = re.compile(
    r"</(?:p|pre|h[1-6]|li|d[dlt]|blockquote|ul|ol|div|t[dhr]|table|caption|figcaption|figure)>|<br\s*/?>",
    re.IGNORECASE,
)
TAG = re.compile(r"<[^<>]*>")
LONGEST_SLUG = 80  # characters
LONGEST_SLUG_IN_BYTES = 240  # a file name may have 255
DIGEST_BYTES = 16


def legal(text: str) -> str:
    """The text with every character that XML forbids, or that means nothing, replaced by a space."""
    if text.isprintable():
        return text
    return ILLEGAL.sub(" ", NEWLINES.sub("\n", text))


def count_illegal(text: str) -> int:
    """How many characters `legal` replaces by a space."""
    return 0 if text.isprintable() else len(ILLEGAL.findall(text))


def one_line(text: str) -> str:
    """The text on one line: NFC, legal, white space squashed."""
    if not text.isprintable():
        text = _in_its_own_direction(ILLEGAL.sub(" ", text).translate(INVISIBLE))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def _in_its_own_direction(text: str) -> str:
    """The text without its marks of direction, if they override that of its letters or reach beyond its end (L05)."""
    awaited: list[str] = []
    for mark in DIRECTIONS.findall(text):
        if mark in CLOSED_BY:
            awaited.append(CLOSED_BY[mark])
        elif not awaited or awaited.pop() != mark:
            return DIRECTIONS.sub("", text)
    return DIRECTIONS.sub("", text) if awaited else text


def slugify(label: str) -> str:
    """A name for a category that is safe in a path and in an address, and never empty."""
    folded = unicodedata.normalize("NFKC", legal(label)).casefold()
    kept: list[str] = []
    for char in unicodedata.normalize("NFD", folded):
        kind = unicodedata.category(char)
        if kind[0] == "M" and kept and kept[-1].isascii():
            continue  # a diacritic on a Latin letter
        kept.append(char if kind[0] in "LMN" else "-")
    slug = unicodedata.normalize("NFC", "".join(kept))
    slug = re.sub("-{2,}", "-", slug).strip("-")
    if slug and len(slug) <= LONGEST_SLUG and len(slug.encode()) <= LONGEST_SLUG_IN_BYTES:
        return slug
    digest = f"-{hexdigest(label)[:16]}"
    head = slug[: LONGEST_SLUG - len(digest)].encode()[: LONGEST_SLUG_IN_BYTES - len(digest)].decode(errors="ignore")
    return (head.strip("-") + digest).strip("-")


def absolute_url(url: str) -> str | None:
    """The address in ASCII, when it is an absolute http or https one."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
        if parts.scheme.lower() not in ("http", "https") or not host:
            return None
        name = host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        return None
    if not re.fullmatch(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+", name):
        return None
    name = f"[{name}]" if ":" in name else name
    place = f"{name}:{port}" if port is not None else name
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme.lower(), place, path or "/", _quote(parts.query), _quote(parts.fragment)))


def _quote(part: str) -> str:
    return quote(part, safe="/%:@!$&'()*+,;=~-._?")


def body_text(html: str) -> str:
    """The paragraphs of our own body HTML as plain text, parted by blank lines."""
    text = TAG.sub("", PARAGRAPH_END.sub("\n\n", html))
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        text = text.replace(entity, char)
    return "\n\n".join(paragraph for part in text.split("\n\n") if (paragraph := part.strip()))


def escape(text: str) -> str:
    """The text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def size_in_xml(html: str) -> int:
    """How many bytes HTML takes in XML, at most: its markup is escaped there."""
    return len(html.encode()) + 5 * (html.count("<") + html.count(">") + html.count("&"))


def fold(text: str) -> str:
    """The text without what re-wrapping or another typesetter changes: white space, kinds of quotes and dashes."""
    if not text.isascii():
        for printed, plain in TYPOGRAPHY:
            if printed in text:
                text = text.replace(printed, plain)
    else:
        text = text.replace("--", "-")
    if text.isascii():
        return text.encode().translate(None, WHITE).decode()  # faster than to replace them one by one
    text = text.replace(" ", "").replace("\n", "")
    return text if text.isprintable() else "".join(text.split())


def hexdigest(*texts: str) -> str:
    """A digest of the texts that is the same everywhere and for ever."""
    return hashlib.blake2b("\0".join(texts).encode("utf-8", "replace"), digest_size=DIGEST_BYTES).hexdigest()
