"""Whether a line is printed below a picture: by its credit, or by what it says that the picture shows.

Takes the text of a line, or the end of one. Knows nothing of what stands around it.
"""

from __future__ import annotations

import re

from feedpub.lexicon import table

LONGEST = 300  # characters of a line that are looked at
LATIN = "\u2e7f"  # the last letter before those of East Asia
LONGEST_TAKEN = 60  # letters of a credit in them
_TABLE = table("chrome")
_PARTS = ("/", "(", "©", ":", "photo", "image", "stock", "picture", "bild", "via ", "")
_CREDITS: dict[str, list[str]] = {part: [] for part in _PARTS}  # by the first of these that they hold
for _word in _TABLE["inside.caption"]:
    _CREDITS[next(mark for mark in _CREDITS if mark in _word.casefold())].append(_word.casefold())
_PLACES = tuple(word for word in _TABLE["shown"] if word[0] == "(")  # in a picture
_CREDITED = re.compile(r"\([^()]{0,60}/[^()]{2,60}\)$")
_TAKEN = re.compile(  # (Supplied: Ada March), (Fen Radio: Ada March)
    r"[^()]\s?\((?!Re(?:ad|port)|Edit|Writ|Se?e|Source|Via|By)(?:[A-Z][\w.&-]*\s?){1,5}: (?:[A-Z][\w.'’-]+\s?){2,4}\)$"
)
_TAKEN_IN_EAST = re.compile(  # … 있다. 통영시 제공, …＝13日、山根航太撮影, …復航。圖／縣府提供, …后头湾。陈一鸣 摄
    r"(?:[다요]\.\s?[^.]{1,20}\s제공|[(\[/=][^.()\[/=]{1,20}\s제공|재판매 및 DB 금지"
    r"|＝[^＝。]{1,40}撮影|[圖图][／/：:][^。]{2,14}|[。（(][^。（(]{2,14}(?:供图|供圖|摄|攝))[.)\]）]?$"
)
_TAKEN_BY = re.compile(  # Foto Ada March/ANP
    r"(?:[Ff]otos?|[Pp]hotos?|Beeld|Bild|Фото|Fotó) [^\W\d_][^.:!?/]{2,40}/\s?[^/.!?]{2,25}$"
)
_OWNED = re.compile(r"\S\s*©(?!.*(?:19|20)\d\d)[^©.!?]{2,40}$")  # The tower at dusk. © Ada March
_SHOWN = re.compile(
    r"(?:In )?this (?:undated|[A-Z][a-z]+\.? \d{1,2}, \d{4},?) (?:\w+ ){0,2}(?:photo|image|picture)\b", re.IGNORECASE
)
_FILED = re.compile(r"\) ?[—–―-]+ ")  # SALTHAVEN (AP) —
_RIGHTS, _YEAR = ("©", "copyright"), re.compile(r"(?:19|20)\d\d")  # of a picture, or of a page
_ENDINGS = tuple(word.casefold() for word in _TABLE["inside.end"])
_ROWED = re.compile(
    r", (?:second|third|fourth|top|bottom|cent(?:er|re)|front|back) (?:from (?:the )?)?(?:left|right),|, from left,"
)


def points(text: str) -> bool:
    """Whether a few words say where in a picture somebody stands: `Ada March (left) at her desk`."""
    return "(" in text and any(place in text.casefold() for place in _PLACES)


def rows(text: str) -> bool:
    """Whether a sentence says who stands where in a picture: `Ada March, second left, and Ben Quill, …`."""
    return (" left," in text or " right," in text) and _ROWED.search(text) is not None


def tells(text: str) -> bool:
    """Whether a line begins as agencies caption pictures: `This May 4, 2019, file photo shows …`."""
    return text.startswith(("This ", "In this ")) and _SHOWN.match(text) is not None


def is_credit(text: str) -> bool:
    """Whether what begins like the foot of a page is the credit of a picture: `© Ada March`, `Source: Ada March/AP`."""
    if text.casefold().startswith(_RIGHTS):
        return not _YEAR.search(text) and not any(word in text.casefold() for word in _ENDINGS)
    return is_credited(text[-LONGEST:])


def is_credited(end: str) -> bool:
    """Whether a line, or the end of a sentence, names a picture agency or a photographer, and is no dateline."""
    if not ("/" in end or "©" in end or "(" in end or "mage" in end or "hoto" in end or ": " in end):
        return _is_taken_in_east(end)
    if ")" in end and _FILED.search(end):
        return False
    if "©" in end[1:] and _OWNED.search(end):
        return True
    if (
        _is_taken_in_east(end)
        or _TAKEN_BY.match(end)
        or (end[-1] == ")" and (_CREDITED.search(end) or _TAKEN.search(end)))
    ):
        return True
    folded = end.casefold()
    for mark, words in _CREDITS.items():
        if mark in folded:
            for word in words:
                if word in folded and _stands_apart(word, folded):
                    return True
    return False


def _is_taken_in_east(end: str) -> bool:
    """Whether a line ends with a credit as newsrooms of East Asia write it."""
    may_be = end[-1] > LATIN or (end[-1] in ")]" and not end.isascii())
    return may_be and _TAKEN_IN_EAST.search(end[-LONGEST_TAKEN:]) is not None


def _stands_apart(word: str, folded: str) -> bool:
    """Whether a credit is no end of another word: `snap photos` names no AP Photo."""
    before = folded[: folded.index(word)][-1:]
    return not (word[0].isalpha() and before.isalpha())
