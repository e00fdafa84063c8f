"""Summaries: the first whole sentences of the story.

Takes the paragraphs of an article, gives a summary of whole sentences: about 280 characters, 400 at most. What only
seems to be a caption, a teaser or a key point stays in the article, but the summary begins below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from feedpub.finders import dateline
from feedpub.finders.credited import is_credit
from feedpub.finders.lines import Line, ends_sentence
from feedpub.finders.places import known_place
from feedpub.finders.sentences import each
from feedpub.finders.story import BOXED, FEWEST_BOXED, MOST_BOXED
from feedpub.finders.wording import said, stems, words
from feedpub.lexicon import table

TARGET, LIMIT = 280, 400
DENSE = frozenset(("zh", "ja"))  # languages that say as much in less than half the characters
DENSE_TARGET, DENSE_LIMIT = 120, 180
FORGOTTEN = 15  # words of a sentence that only lost its stop
GOES_ON = ":："  # what follows is still to be said
ITEMS, SHORTEST_BOX = frozenset("*+•▪‣●"), 4  # what begins the items of a list; lines of a box
FEWEST_LOOSE = 4  # paragraphs below key points, each below a blank line
MOST_ASIDE, LONGEST_CAPTION = 3, 45  # paragraphs above the first of the story; words of one
FEW, LONGEST_DECK = 12, 35  # words of a first paragraph that is only a line above the story; of a standfirst
PLACED, LONGEST_PLACED = 2, 24  # paragraphs among which a standfirst that a place opens ends; words of one
SAID = frozenset(("text", "prose"))
SHARED = frozenset(("share", "comments"))  # stand right below a standfirst
LABELLED = 2  # lines above key points, or above what a film shows, in which a label stands
FARTHEST_DAY, SHORTEST_TITLE = 8, 3  # lines from a day to the story; words of the title of a film
PLAYERS = frozenset(("video", "vidéo", "vídeo", "play video", "watch video", "video abspielen", "видео"))
LONGEST_CREDITED, LONGEST_DATED = 80, 20  # words of a caption that a credit ends, and of one that a day ends
_TABLE = table("chrome")
CREDIT = re.compile(r"[/|©]")
CAPTIONED = re.compile(r"[A-Z][A-Z'’ ]{3,40}(?:…|\.\.\.) ")  # SAFE HOME … The ferry is seen
DATED = re.compile(r",? (?:on )?[A-Z][a-z]+\.? \d{1,2}, (?:19|20)\d\d\.$")
CUT = ("…", "...")
ANYWHERE = ""  # stands for words that a text is not asked for
PAIRS = (("“", "”"), ("«", "»"), ("„", "“"), ("「", "」"), ("『", "』"))


def _by_word(phrases: Iterable[str]) -> dict[str, list[str]]:
    """Phrases by a word of theirs that no other can begin with, so that few are looked for in a text."""
    rows: dict[str, list[str]] = {ANYWHERE: []}
    for phrase in map(str.casefold, phrases):
        rows.setdefault(max(words(phrase)[:-1], key=len, default=ANYWHERE), []).append(phrase)
    return rows


ASIDES = _by_word((*_TABLE["shown"], *_TABLE["note"]))


def opening(lines: Sequence[Line], start: int, body: Sequence[Line], language: str | None = None) -> int:
    """Which paragraph of a story the summary begins at; the story begins at `start` of the page's lines."""
    first = max(
        _key_points(lines[max(0, start - LABELLED) : start], body),
        _below_initial(body),
        _below_small_print(lines, start, body),
        _below_film(lines, start, body),
        _listed(body),
        _tight(body),
        _below_box(lines, body),
        max(_placed_deck(body), _filed_below(body)) if language == "de" else 0,
    )
    at = start
    for place, line in enumerate(body[first : first + MOST_ASIDE + 1], first):
        at = next(below for below in range(at, len(lines)) if lines[below] is line)
        beside = lines[at + 1 : next((below for below in range(at + 1, len(lines)) if lines[below].prose), at + 1)]
        if not (_is_aside(line) or _is_parted(line, beside) or (place and _is_credited(line, beside))):
            return place + (_key_points(lines[at - LABELLED : at], body[place:], fewest=1) if place > first else 0)
    return 0


def _below_initial(body: Sequence[Line]) -> int:
    """How many lines stand above an initial that a page sets large on a line of its own: the story begins there."""
    return next(
        (
            at
            for at, (line, below) in enumerate(pairwise(body[: MOST_ASIDE + 2]))
            if len(line.text) == 1 and line.text.isupper() and below.text[0].islower()
        ),
        0,
    )


def _below_small_print(lines: Sequence[Line], start: int, body: Sequence[Line]) -> int:
    """How many paragraphs stand above a day that a page prints above its standfirst and again below it."""
    days = {line.text for line in lines[max(0, start - FARTHEST_DAY) : start] if line.dated}
    at = start
    for place, line in enumerate(body[: MOST_ASIDE + 1] if days else ()):
        beside = at
        at = next(below for below in range(at, len(lines)) if lines[below] is line)
        if place and any(other.text in days for other in lines[beside + 1 : at]):
            return place
    return 0


def _below_film(lines: Sequence[Line], start: int, body: Sequence[Line]) -> int:
    """One, when the first paragraph says what a film shows: its title stands above, and above that a player's label."""
    if start < LABELLED or len(body) == 1 or body[0].words > LONGEST_CAPTION:
        return 0
    label, title = lines[start - LABELLED : start]
    is_title = title.kind == "text" and title.words > SHORTEST_TITLE and not ends_sentence(title.text)
    return int(is_title and label.kind == "share" and label.text.casefold() in PLAYERS)


def _placed_deck(body: Sequence[Line]) -> int:
    """How many paragraphs a German standfirst ends that a place opens: `Lübeck. Die Fähre ruht. Was nun geschieht`."""
    return next((at + 1 for at, line in enumerate(body[: min(PLACED, len(body) - 1)]) if _opens_with_place(line)), 0)


def _filed_below(body: Sequence[Line]) -> int:
    """How many paragraphs stand above one that a German paper opens with a place of its own, which few know."""
    is_deck = len(body) > 1 and body[0].words <= LONGEST_DECK
    return int(is_deck and dateline.read(body[1].text, "de") is not None)


def _opens_with_place(line: Line) -> bool:
    """Whether a place and a stop stand before two or three short sentences."""
    place, _, told = line.text.partition(". ")
    return line.words <= LONGEST_PLACED and ". " in told and known_place(place)


def _is_parted(line: Line, beside: Sequence[Line]) -> bool:
    """Whether what parts a first paragraph from the next tells that it is a standfirst or a caption.

    A few words stand above anything but short sentences; more of them above a share bar, a count of comments, or a
    picture with more.
    """
    if not beside or line.words > LONGEST_DECK:
        return False
    if line.words <= FEW:
        return any(other.kind not in SAID or not ends_sentence(other.text) for other in beside)
    kinds = [other.kind for other in beside]
    parts = not SHARED.isdisjoint(kinds) or ("caption" in kinds and len(kinds) > 1)
    return parts and dateline.read(line.text) is None


def _is_credited(line: Line, beside: Sequence[Line]) -> bool:
    """Whether a paragraph below a standfirst is a caption: a credit stands right below."""
    return line.words <= LONGEST_CAPTION and bool(beside) and beside[0].kind == "caption"


def _key_points(above: Sequence[Line], body: Sequence[Line], *, fewest: int = FEWEST_BOXED) -> int:
    """How many short sentences a label says to be key points, when a longer paragraph follows them."""
    if not any(line.kind == "summary" for line in above):
        return 0
    short = next((at for at, line in enumerate(body) if len(line.text) >= BOXED), 0)
    return short if fewest <= short <= MOST_BOXED else 0


def _tight(body: Sequence[Line]) -> int:
    """How many short sentences, key points, a page prints without blank lines, that has them between its paragraphs."""
    if len(body) == 1 or body[1].gap:
        return 0
    tight = next((at for at, line in enumerate(body[: MOST_BOXED + 1]) if at and line.gap), 0)
    below = body[tight : tight + FEWEST_LOOSE]
    if tight < FEWEST_BOXED or len(below) < FEWEST_LOOSE or not all(line.gap for line in below):
        return 0
    return tight if all(len(line.text) < BOXED and ends_sentence(line.text) for line in body[:tight]) else 0


def _listed(body: Sequence[Line]) -> int:
    """How many items of a list, key points, stand above the first paragraph."""
    if body[0].text[0] not in ITEMS:
        return 0
    items = next((at for at, line in enumerate(body) if line.text[0] not in ITEMS), 0)
    return items if FEWEST_BOXED <= items <= MOST_BOXED and body[items].prose else 0


def _below_box(lines: Sequence[Line], body: Sequence[Line]) -> int:
    """How many short sentences, key points, stand above a box below which the story begins anew."""
    short = next((at for at, line in enumerate(body[: MOST_BOXED + 1]) if len(line.text) >= BOXED), MOST_BOXED)
    for at in range(FEWEST_BOXED, min(short + 1, len(body))):
        above, below = body[at - 1].number, body[at].number
        if below - above > SHORTEST_BOX and sum([above < line.number < below for line in lines]) >= SHORTEST_BOX:
            told = stems(body[at].text)
            return at if len(told & stems(" ".join([line.text for line in body[:at]]))) * 2 > len(told) else 0
    return 0


def _is_aside(line: Line) -> bool:
    """Whether a paragraph says what a picture shows, is a note of the house, or breaks off as a teaser does."""
    if line.words > LONGEST_CREDITED:
        return False
    if not ends_sentence(line.text) and is_credit(CREDIT.split(line.text)[-1].strip()):
        return True
    if line.words > LONGEST_CAPTION:
        return False
    captioned = CAPTIONED.match(line.text) is not None or _tells_the_day(line)
    return captioned or line.text.endswith(CUT) or _says_so(line.text)


def _says_so(text: str) -> bool:
    """Whether a text holds words that are said of pictures, or that the house says of the article."""
    folded = f" {text.casefold()}"
    return any(phrase in folded for word in (ANYWHERE, *(ASIDES.keys() & said(text))) for phrase in ASIDES[word])


def _tells_the_day(line: Line) -> bool:
    """Whether a short sentence ends in the day on which a picture was taken: A boat leaves, on May 31, 2019."""
    return line.words <= LONGEST_DATED and DATED.search(line.text) is not None


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
