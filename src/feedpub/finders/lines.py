"""What each line of a page is, as far as the line alone can tell.

Takes blocks, gives Lines: prose, a known kind of chrome, or plain text of which only its place can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from feedpub.finders import captions, dateline, legible, notes
from feedpub.lexicon import table
from feedpub.model import Block

PROSE_WORDS = 8  # a sentence that ends in a stop and has so many words is prose
LONG_STOPLESS = 90  # characters of Thai and Lao, that know no full stop
SHORT_STOPLESS = 40  # of a line of them that may be a paragraph where one is looked for
HEADLINE_WORDS = 15  # a question or call of no more words may be a headline
LONG_PROSE = 160  # characters: a line so long is prose without a stop, when it is written like a sentence
LONGEST_BREATH, PAUSES = 40, re.compile(r"[^\w\s#@&/'’-]")  # words of a sentence without any mark inside
LONGEST_MARK = 70
LONGEST_BEGINNING = 300
LONGEST_CREDIT = 80  # characters at the end of a caption that is a sentence
SHORTEST_ENDING, LONGEST_ENDING = 20, 200
LONGEST_MARKED = 30  # words: a longer sentence only happens to begin like chrome
MOST_DATED, SHORTEST_DATED = 24, 10  # words and characters of a line that may print the day of an article
LINKED = "opens new tab"  # said of a link, for those who only hear the page
FEWEST_BRACKETED = 4  # words of another story's title in brackets
LETTERS_PER_WORD = 3  # of scripts that set no spaces
SIGNED_FROM = 40  # characters; shorter lines are no paragraphs that an agency signs
LONGEST_SIGNATURE = 40
_SIGNATURE = re.compile(  # what ends the last paragraph: Enditem, (ANI), PTI SDK, --IANS, (AM), （完）, ■, -ends-
    r"(?<=[.!?\"'”’।)。！？」»])\s*(?:Enditem|[■◼◾⬛□▪∎●♦◆]|INQ|[（(【](?:完|終|终|了|おわり)[）)】]"
    r"|[-–—]{1,2}\s?(?i:ends?|ende|fin|30)\s?[-–—]{1,2}|\((?i:ends?|ende|fin)\)|/(?i:ends?)|#\s?#\s?#|///"
    r"|\((?:[A-Z]{2}(?:/[A-Z]{2})?|ANI|PNA|QNA|WAM|AFP|NAN|KUNA|MENA|Reuters|EFE|ANSA|dpa|Lusa|IANS|PTI|UNI|PAP|ČTK)\)\.?(?:\(www\.[^()]{3,30}\))?"
    r"|(?:PTI|UNI|IANS|GNA|ANI)(?:\s[A-Z]{2,4}){0,4}|--\s?(?:IANS|BERNAMA|Bernama)(?:\s[a-z]{2,5}(?:/[a-z]{2,5})*)?|/?eom|ENDS?|/\."
    r"|（(?:編輯|编辑|責任編輯)：[^（）]{2,20}）(?:\d{7})?)$"
)
SIGNED_IN_BRACKETS = re.compile("[。！？」](?:（[^（）図圖图写攝摄撮提資资]{2,20}）)+$")  # 売り切れた。（長谷川美緒）
DAY_AND_YEAR = re.compile(
    r"\d(?:\D{1,16}(?:19|20|२०|২০|٢٠|۲۰|۱۴)\d\d|(?:(?<=1)9|(?<=2)0)\d\d\D{1,3}\d|[./]\d\d[./]\d\d)"
)
MOST_SAID = 9  # words of a line that heads comments, or one comment
_COUNTED_COMMENTS = re.compile(
    r"[\[(]?\s?(?:\d+|one|no|ein|eine|keine|un)\s+(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties"
    r"|responses?|replies|antworten|gedanken|thoughts?|reader comments?|комментари\w*|отзыв\w*)\b"
    r"(?! (?:by|von|de|par)\b)"
    r"|comments\s?[(\[]\d+|kommentare\s?[(\[]\d+|comments:?\s\d+$",
    re.IGNORECASE,
)
_SAID = tuple(  # how the head of a comment ends
    f" {word}"
    for word in """says sagt sagte schreibt schrieb dice dit disse writes wrote пишет yazdı zegt säger replied commented
    meint""".split()
)
_ANSWERED = re.compile(r"\d.*<[^<>@ ]+@[^<>@ ]+>[^<>]{0,12}:$")  # On 3 May, Ada <ada@fen.example> wrote:
LONGEST_ANSWERED = 200  # characters of such a line, above the mail that is answered
_COUNTERS = ("comments", "kommentare", "one ", "no ", "ein", "keine ", "un ")
FEW_WORDS, SHORT = 2, 24  # words and characters: a line so short is what the table says, or plain
TRIM = "[]【】 \t:.…!：。»›>«‹|·•*-–—▶►→↓▼▲+×"


Told = tuple[str, str, int, bool]  # of a line: its text and kind, how many words it has, and whether it prints a day


class Line(Struct, frozen=True, gc=False):
    """One line of a page and what it seems to be."""

    number: int  # in the file, from 1
    gap: bool  # a blank line stands before it
    text: str
    kind: str  # prose, text, or a key of the chrome table
    words: int
    dated: bool = False  # it is short, and prints a day with its year

    @property
    def prose(self) -> bool:
        """Whether it reads like a sentence of an article."""
        return self.kind == "prose"


_CHROME = table("chrome")
_MARKS: dict[str, str] = {}
for _kind in (
    "summary",
    "paywall",
    "comments",
    "tags",
    "topics",
    "related",
    "author",
    "end",
    "share",
    "ad",
    "nav",
    "weak",
    "home",
    "caption",
):
    for _word in _CHROME[_kind]:
        _MARKS.setdefault(_word.casefold().strip(TRIM), _kind)
NEXT = frozenset(word.casefold().strip(TRIM) for word in _CHROME["next"])
for _word in NEXT:
    _MARKS.setdefault(_word, "related")
ITEMS, ITEMS_AND_SPACE = "*+•·●▪", "*+•·●▪ "  # marks of items; no dashes, with which speech begins as well
KNOWN_BY = 4  # letters by which a beginning is looked up
_BEGINNINGS: dict[str, list[tuple[str, str]]] = {}
for _key, _kind in (
    *((f"begin.{kind}", kind) for kind in ("related", "end", "notice", "nav", "caption")),
    ("begin.rights", "end"),
    ("consent", "consent"),
    ("paywall", "paywall"),
):
    for _word in _CHROME[_key]:
        _BEGINNINGS.setdefault(_word.casefold()[:KNOWN_BY], []).append((_word.casefold(), _kind))
_RIGHTS = tuple(map(str.casefold, _CHROME["begin.rights"]))
LONGEST_RIGHTS = max(map(len, _RIGHTS))
_BRIEF_BEGINNINGS = frozenset(word[0] for word in _BEGINNINGS if len(word) < KNOWN_BY)


def _by_part(phrases: Iterable[str], parts: Iterable[str]) -> dict[str, list[str]]:
    """Phrases by the first of some parts that each holds, so that few of them are looked for in a text."""
    rows: dict[str, list[str]] = {part: [] for part in (*parts, "")}
    for phrase in map(str.casefold, phrases):
        rows[next(part for part in rows if part in phrase)].append(phrase)
    return rows


_NOTICES = frozenset(map(str.casefold, _CHROME["inside.notice"]))
_INSIDE = _by_part(
    (*_CHROME["inside.end"], *_NOTICES),
    ("reader-", "using cookies", "contributed ", "newsletter", " policy", "follow ", "terms of ", " reserv"),
)
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u9fff]+")
STOPS = ".!?…。！？।؟۔։።။។"
CLOSERS = "\"'”’»“)]」』】›*"
CLOSERS_AND_SPACE = CLOSERS + " "


def read(blocks: Iterable[Block]) -> list[Line]:
    """The blocks, each with what it seems to be."""
    return read_legibly(blocks)[0]


def read_legibly(blocks: Iterable[Block]) -> tuple[list[Line], int]:
    """The blocks in characters that feeds may hold, each with what it seems to be, and how many were replaced."""
    found = []
    replaced = 0
    for block in blocks:
        printed = block.text
        parts, illegal = _read_short(printed) if len(printed) <= LONGEST_MARK else _read_legible(printed)
        for text, kind, words, dated in parts:
            found.append(Line(block.line, block.gap, text, kind, words, dated))
        replaced += illegal
    return found, replaced


@lru_cache(maxsize=8192)  # a site's menus and footers stand on each of its pages
def _read_short(text: str) -> tuple[Sequence[Told], int]:
    return _read_legible(text)


def _read_legible(text: str) -> tuple[Sequence[Told], int]:
    """What each line of a block tells, and how many characters were replaced to make them legible."""
    if legible.is_legible(text):
        return (_read(text),), 0
    parts, illegal = legible.lines(text)
    return tuple(map(_read, parts)), illegal


def _read(text: str) -> Told:
    """What a line tells of itself; its text is without what signs it."""
    if (
        (len(text) > SIGNED_FROM or text[-1] == "）")
        and _may_be_signed(text)
        and (signed := _SIGNATURE.search(text[-LONGEST_SIGNATURE:]))
    ):
        text = text[: len(text) - len(signed[0])]
    size = len(text)
    words = text.count(" ") + 1
    if not text.isascii() and (words * 12 < size or text[0] > "\u2fff" or "\u0e00" <= text[0] <= "\u0eff"):
        words = max(words, _unspaced(text) // LETTERS_PER_WORD)
    dated = words <= MOST_DATED and size >= SHORTEST_DATED and DAY_AND_YEAR.search(text) is not None
    return text, _kind_of(text, size, words), words, dated


def _may_be_signed(text: str) -> bool:
    return text[-1] not in STOPS or (text[-2] in ")/" and text.endswith((").", "./.")))


def _kind_of(text: str, size: int, words: int) -> str:
    if size <= LONGEST_MARK:
        folded = _folded(text).strip(TRIM)
        if known := _MARKS.get(folded):
            return known
        if words <= MOST_SAID and (folded.endswith(_SAID) or _counts_comments(text, folded)):
            return "comments"
        if words <= FEW_WORDS and size <= SHORT and text[-1] not in ":)":
            return beginning(text) or "text"
    if not is_prose(text, size, words) and not _announces(text, words):
        return _kind_of_text(text, size)
    return _kind_of_long(text) if words > LONGEST_MARKED else _kind_of_sentence(text)


def _kind_of_long(text: str) -> str:
    """The kind of a long sentence, or of more."""
    if _folded(text[:LONGEST_RIGHTS]).startswith(_RIGHTS):
        return "end"
    if "cookie" in text and not _NOTICES.isdisjoint(_held(text.casefold(), _INSIDE)):
        return "notice"  # in the place of a film
    return "caption" if captions.is_credited(text[-LONGEST_CREDIT:]) else "prose"


def _kind_of_sentence(text: str) -> str:
    """The kind of a short sentence, which may be chrome."""
    kind = beginning(text)
    if not kind or kind == "nav" or notes.goes_on(text):
        held = _holding(text, text[-LONGEST_CREDIT:])
        if held == "end" and (LINKED in text or notes.is_told(text)):
            held = ""
        kind = held if held and not dateline.read(text) else "prose"  # LISBON (AP) — names no photographer
    return kind


def _kind_of_text(text: str, size: int) -> str:
    """The kind of a line that is no sentence."""
    if text[-1] == ":" and _ANSWERED.search(text, max(0, len(text) - LONGEST_ANSWERED)):
        return "end"
    if size > LONGEST_BEGINNING:
        return "text"
    if text[-1] == "]" and text[:2] == "[ " and text.count("[") == 1 and text.count(" ") > FEWEST_BRACKETED:
        return "related"  # [ The ferry that never sailed ]
    return beginning(text) or _holding(text, text) or ("caption" if captions.points(text) else "text")


def _counts_comments(text: str, folded: str) -> bool:
    """`34 Comments`, `[ 167 comments ]`, `Kommentare (3)`, `2 Gedanken zu …`."""
    if text[0].isdigit() or text[0] in "([" or folded.startswith(_COUNTERS):
        return _COUNTED_COMMENTS.match(text) is not None
    return False


def is_prose(text: str, size: int, words: int) -> bool:
    """Whether a line reads like a sentence: it stops like one and has its length, or is very long and flows."""
    if words < PROSE_WORDS:
        return False
    if ends_sentence(text) or (text[-1] == ":" and ". " in text) or (text[-1] == ")" and notes.is_initialled(text)):
        return words > HEADLINE_WORDS or not text.rstrip(CLOSERS_AND_SPACE).endswith(("?", "!")) or ". " in text
    if size >= LONG_PROSE and _flows(text, words):
        return True
    return size >= LONG_STOPLESS and is_stopless(text) and text.count(" ") * 12 < size


def _announces(text: str, words: int) -> bool:
    """Whether a line opens a live report: `SALTHAVEN (AP) — The latest on the ferry strike:`."""
    return text[-1] == ":" and words >= PROSE_WORDS and dateline.read(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether the line ends in a stop, with or without closing quotes."""
    last = text[-1]
    if last == "）":
        return SIGNED_IN_BRACKETS.search(text, max(0, len(text) - LONGEST_SIGNATURE)) is not None
    return last in STOPS or (last in CLOSERS and text.rstrip(CLOSERS_AND_SPACE)[-1:] in STOPS)


def ends_paragraph(text: str) -> bool:
    """Whether the line can be a paragraph by its end: a stop, or the length of a sentence in Thai, that has none."""
    return ends_sentence(text) or (len(text) >= SHORT_STOPLESS and is_stopless(text))


def is_stopless(text: str) -> bool:
    """Whether a line is in Thai or Lao, that know no full stop."""
    return "\u0e00" <= text[0] <= "\u0eff"


def _folded(text: str) -> str:
    """A text without case; a Turkish capital with a dot is the letter with a dot, and no other mark beside it."""
    return text.replace("İ", "i").casefold()


def is_mark(text: str) -> bool:
    """Whether the whole line is in the chrome table."""
    return _folded(text).strip(TRIM) in _MARKS


def _flows(text: str, words: int) -> bool:
    """A long line without a stop at its end: a list of links has hardly a small letter, one of tags no mark."""
    if words > LONGEST_BREATH and not PAUSES.search(text):
        return False
    small = sum([word[0].islower() for word in text[:600].split()])
    return small * 2 >= min(words, 100) or (". " in text and small * 3 >= min(words, 100))


def _unspaced(text: str) -> int:
    """How many letters of the line are of scripts that set no spaces between words."""
    return sum(map(len, _UNSPACED.findall(text[:2000])))


def beginning(text: str) -> str:
    """The kind of chrome that the line begins like, or nothing; a capital may be glued to it (`CaptionA boat`)."""
    if text[0] in ITEMS:
        text = text.lstrip(ITEMS_AND_SPACE) or text
    if text[0] in "TI" and captions.tells(text):
        return "caption"
    start = _folded(text[:KNOWN_BY])
    if start[:KNOWN_BY] not in _BEGINNINGS and start[0] not in _BRIEF_BEGINNINGS:
        return ""
    folded = _folded(text[:48])
    for size in range(KNOWN_BY, 0, -1):
        for word, kind in _BEGINNINGS.get(folded[:size], ()):
            behind = text[len(word) : len(word) + 1]
            if folded.startswith(word) and not (word[-1].isalpha() and behind.islower() and word.isascii()):
                return "caption" if kind == "end" and captions.is_credit(text) else kind
    return ""


def _held(folded: str, phrases: Mapping[str, Sequence[str]]) -> list[str]:
    """Which phrases a text holds, given by their parts."""
    return [phrase for part, rows in phrases.items() if part in folded for phrase in rows if phrase in folded]


def _holding(text: str, end: str) -> str:
    """A caption by its credit at an end, or a footer by its rights or a notice by its words anywhere in a line."""
    if captions.is_credited(end):
        return "caption"
    if SHORTEST_ENDING < len(text) <= LONGEST_ENDING:
        held = _held(text.casefold(), _INSIDE)
        return "notice" if not _NOTICES.isdisjoint(held) else "end" if held else ""
    return ""
