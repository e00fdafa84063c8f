"""Whether what a page tells is no article: the message of a server, a request for consent, a list of headlines.

Takes the lines that would be the story, and the headline above them. Knows nothing of where they were found.
"""

from __future__ import annotations

from collections.abc import Sequence

from feedpub.finders import dateline
from feedpub.finders.given import is_given
from feedpub.finders.lines import Line
from feedpub.finders.names import OF, is_bare_name
from feedpub.finders.smallprint import Print
from feedpub.finders.weights import YOU
from feedpub.finders.wording import said
from feedpub.lexicon import table

ERRORS = tuple(word.casefold() for word in table("chrome")["error"])
ASKS = tuple(word.casefold() for word in table("chrome")["asks"])
FEWEST_ASKS, WORDS_PER_ASK = 5, 14  # different words of consent, and how thick a text is with them
LONGEST_ERROR, LONGEST_CONSENT = 60, 400  # words
COOKIES, WORDS_PER_COOKIE = 3, 60  # how thick a text of consent is with them
LEAST_TOLD = 40  # words of the paragraphs of a dated article that speak of no cookies
SHORTEST_LIST, LONGEST_TEASER = 12, 30  # lines of a page of headlines; words that it prints below one
MOST_HEADING = 7  # words that head the list of what somebody wrote
MOST_BYLINES = 1  # below one title
ELLIPSES, FEWEST_TEASERS = ("…", "...", "[…]", "[...]"), 3
FEWEST_ASKED, WORDS_PER_ASKED = 2, 30  # the same below a headline that asks for it
ADDRESSED = YOU | frozenset(table("chrome")["us"])  # words in which a site speaks to its reader


def is_error(kept: Sequence[Line], headline: str, *, dated: bool, signed: bool) -> bool:
    """Whether the page is the message of a server or a guard, and not an article.

    An article that is dated below its headline may hold such a message, in the place of a film; nobody signs one.
    """
    words = sum([line.words for line in kept])
    if words > LONGEST_CONSENT:
        return False
    folded = " ".join([headline.casefold(), *[line.text.casefold() for line in kept]])
    if folded.count("cookie") >= COOKIES and folded.count("cookie") * WORDS_PER_COOKIE > words:
        told = sum([line.words for line in kept if "cookie" not in line.text.casefold()])
        return not dated or told < LEAST_TOLD
    return not signed and words <= LONGEST_ERROR and any(message in folded for message in ERRORS)


def asks(kept: Sequence[Line], headline: str, *, dated: bool) -> bool:
    """Whether the page asks for consent, in whatever words of the kind, or says what it does with what it learns.

    Below a headline that asks as well, few such words tell when all of it speaks to the reader, and no day speaks
    against it.
    """
    is_asking = _is_asking(headline)
    words = sum([line.words for line in kept])
    if words > LONGEST_CONSENT or (dated and not is_asking):
        return False
    folded = " ".join([headline, *[line.text for line in kept]]).casefold()
    times = [count for word in ASKS if (count := folded.count(word))]
    if is_asking and all(not ADDRESSED.isdisjoint(said(line.text)) for line in kept):
        return len(times) >= FEWEST_ASKED and sum(times) * WORDS_PER_ASKED > words
    return not dated and len(times) >= FEWEST_ASKS and sum(times) * WORDS_PER_ASK > words


def _is_asking(headline: str) -> bool:
    folded = headline.casefold()
    return any(word in folded for word in ASKS)


def is_list(lines: Sequence[Line], kept: Sequence[Line], under: Sequence[Print]) -> bool:
    """Whether the page lists stories: a sentence or two among many lines, without byline, date or dateline."""
    if len(lines) <= SHORTEST_LIST or sum(line.words for line in kept) >= LONGEST_TEASER:
        return False
    if under and sum(small.found.labelled for small in under) <= MOST_BYLINES:
        return kept[-1].text.endswith(ELLIPSES) and _again(lines, kept[-1].number)
    return dateline.read(kept[0].text) is None


def is_index(lines: Sequence[Line], kept: Sequence[Line], headline: str) -> bool:
    """Whether the page tells of several stories: a day stands by each paragraph, or all are of whom it is named for."""
    return _are_dated(lines, kept) or _lists_works(lines, headline)


def _are_dated(lines: Sequence[Line], kept: Sequence[Line]) -> bool:
    """Whether each of some paragraphs stands below a title, with a day of its own between the two or below both."""
    told = {line.number for line in kept if line.prose}
    if len(told) < FEWEST_TEASERS:
        return False
    paragraphs = [at for at, line in enumerate(lines) if line.number in told]
    return all(_is_title(lines, at - 1) and _is_day(lines, at + 1) for at in paragraphs) or all(
        _is_title(lines, at - 2) and _is_day(lines, at - 1) for at in paragraphs
    )


def _is_title(lines: Sequence[Line], at: int) -> bool:
    return at >= 0 and lines[at].kind == "text" and not lines[at].dated


def _is_day(lines: Sequence[Line], at: int) -> bool:
    return at < len(lines) and lines[at].dated


def _lists_works(lines: Sequence[Line], headline: str) -> bool:
    """Whether the headline is a name, and heads a list: `Latest by Ada March`."""
    if not is_bare_name(headline) or not is_given(headline.split(maxsplit=1)[0]):
        return False
    return any(
        line.words <= MOST_HEADING
        and not line.prose
        and line.text.endswith(headline)
        and line.text[: -len(headline)].casefold().endswith(OF)
        and line.words > headline.count(" ") + 2  # more than a byline
        for line in lines
    )


def _again(lines: Sequence[Line], number: int) -> bool:
    """Whether the label right below a line (`Read more`) stands on the page again and again."""
    below = next((line for line in lines if line.number > number), None)
    return below is not None and sum(line.text == below.text for line in lines) >= FEWEST_TEASERS
