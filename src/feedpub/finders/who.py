"""Who wrote an article: clues for `authors`, from the small print around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from msgspec.structs import replace

from feedpub.finders import alone, byline, names
from feedpub.finders.agencies import WIRES
from feedpub.finders.given import is_given, is_japanese
from feedpub.finders.located import Found
from feedpub.finders.page import Page
from feedpub.finders.smallprint import LABELS_ALONE, Print
from feedpub.model import Clue, Trust

REPORTERS = re.compile(r"[（(〔【［](?:记者|記者)\s?([^（）()〔〕【】［］／/]{2,40})[）)〕】］／/]")
REPORTERS_INSIDE = re.compile(
    r"（[\u4e00-\u9fff]{2,4}?記者((?:[\u4e00-\u9fff]{2,4}、)*[\u4e00-\u9fff]{2,3})[\u4e00-\u9fff]{2,3}\d"
)
REPORTERS_IN_KOREAN = re.compile(r"([가-힣]{2,4})\s?(?:기자|특파원|통신원)")
REPORTER_IN_JAPANESE = re.compile(r"[=＝]([^【】=＝]+)】")
REPORTER_IN_TURKISH = re.compile(r"\) - ([^()\d,]+) -$")
SIGNED_IN_JAPANESE, LONGEST_SIGNED = re.compile("[。」]（([^（）]+)）$"), 14  # …と話した。（長谷川美緒）
SIGNED = re.compile(r"(\S[^()]{3,60}?)\s?\(([^()]{2,20})\)")
RIGHT_BELOW, FEWEST_LISTED = 1, 3  # lines below the story; bylines there that are those of others
MOST_PEOPLE, LONGEST_PERSON = 6, 48  # lines of names below a label; characters of a name with its role
BELOW_STORY, SHORTEST_PART = 2, 4  # lines below the story; letters of a name's part that an address holds
MAIL = re.compile(r"(?:[^\W\d_]{1,8}[-.]?[^\W\d_]{0,4}:\s?)?([\w.+-]+)@[\w-]+\.[\w.-]+$")
IN_ADDRESSES = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "ł": "l", "đ": "d"})
COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)


def clues(page: Page, located: Found | None) -> Iterator[Clue]:
    """Who signs the article, without the house that prints it (`Ada March, Harbor Sentinel`)."""
    for clue in _all(page, located):
        first, *others = clue.value
        if others:
            kept = [name for name in others if not _owns(name, page)]
            yield clue if len(kept) == len(others) else replace(clue, value=(first, *kept))
        else:
            yield clue


def _owns(name: str, page: Page) -> bool:
    """Whether the page says that the rights are theirs."""
    return any(name in line.text and COPYRIGHT.search(line.text) for line in page.lines[page.stop :])


def _all(page: Page, located: Found | None) -> Iterator[Clue]:
    """Bylines with a label, then names beside a date, then names alone, then the trailer."""
    printed = [*_labelled(page), *_beside_dates(page)]
    yield from printed or _alone(page)
    yield from _signed(page)
    yield from _mailed(page)
    if located:
        yield from _in_dateline(located, page.body[0].number)
    for small in page.prints:
        if small.found.left == "trailer" and small.found.authors:
            yield Clue("authors", small.found.authors, "trailer", Trust.WRITTEN, small.line.number)


def _labelled(page: Page) -> Iterator[Clue]:
    for side in ("under", "above", "below"):
        for small in page.prints:
            if small.side == side and _is_labelled(small) and not (side == "below" and _is_listed(page, small)):
                people = (*small.found.authors, *_more(page, small.at), *_next(page, small))
                yield Clue("authors", tuple(dict.fromkeys(people)), f"byline-{side}", Trust.WRITTEN, small.line.number)


def _next(page: Page, small: Print) -> Iterator[str]:
    """The names on the lines right below a byline that the same label begins: `By Ada March`, `By Ben Quill`."""
    label = _label(small)
    at = small.at + 1
    for one in page.prints:
        if one.side == small.side == "under" and one.at == at and _is_labelled(one) and _label(one) == label:
            yield from one.found.authors
            at += 1


def _label(small: Print) -> str:
    """The first word of a byline."""
    return small.line.text.split(maxsplit=1)[0].casefold()


def _is_labelled(small: Print) -> bool:
    return small.found.labelled and bool(small.found.authors) and small.found.left != "trailer"


def _is_listed(page: Page, small: Print) -> bool:
    """Whether a byline below the story is one of several there: those of other stories."""
    below = sum(one.side == "below" and one.found.labelled and not one.found.filed for one in page.prints)
    return below >= FEWEST_LISTED and small.at - page.stop > RIGHT_BELOW


def _more(page: Page, at: int) -> Iterator[str]:
    """The names on the lines below a label that stands on a line of its own, and below the first of them."""
    if not at or page.lines[at - 1].text.rstrip(" :").casefold() not in LABELS_ALONE:
        return
    for line in page.lines[at + 1 : page.start if at < page.start else at + MOST_PEOPLE]:
        name = names.clean(line.text) if line.kind == "text" and len(line.text) <= LONGEST_PERSON else ""
        if not names.is_bare_name(name) or not is_given(name.split(maxsplit=1)[0]):
            return
        yield name


def _beside_dates(page: Page) -> Iterator[Clue]:
    for small in page.prints:
        if small.found.authors and not small.found.labelled and small.side != "below":
            yield Clue("authors", small.found.authors, "byline-glued", Trust.WRITTEN, small.line.number)


def _in_dateline(located: Found, number: int) -> Iterator[Clue]:
    """The reporters that East Asian datelines name: 新华社北京4月28日电（记者李小禾、潘洁）, 【松江＝田中桜】."""
    raw = located.dateline.raw
    if match := REPORTERS.search(raw) or REPORTERS_INSIDE.match(raw):
        people = re.findall(r"[^\s、，·]{2,4}", match[1])
    elif match := REPORTER_IN_TURKISH.search(raw):
        people = list(names.split(match[1]))
    elif (match := REPORTER_IN_JAPANESE.search(raw)) and is_japanese(match[1]):
        people = [match[1]]
    else:
        people = REPORTERS_IN_KOREAN.findall(raw)
    if people:
        yield Clue("authors", tuple(people), "byline-in-dateline", Trust.WRITTEN, number)


def _mailed(page: Page) -> Iterator[Clue]:
    """A name right below the story whose owner's address stands beside it: `Malin Varg`, `malin.varg@…`."""
    for at in range(page.stop, min(page.stop + BELOW_STORY, len(page.lines) - 1)):
        name = page.lines[at].text
        address = page.lines[at + 1].text
        if "@" in address and names.is_bare_name(name) and (match := MAIL.match(address)):
            mailbox = match[1].casefold()
            if any(part in mailbox for part in _plain(name).split() if len(part) >= SHORTEST_PART):
                yield Clue("authors", (name,), "name-with-address", Trust.WRITTEN, page.lines[at].number)
                return


def _plain(name: str) -> str:
    """A name as addresses write it: `Sjöcrona` is `sjocrona` there."""
    return "".join(char for char in normalize("NFKD", name.casefold().translate(IN_ADDRESSES)) if char < "\u0300")


def _signed(page: Page) -> Iterator[Clue]:
    """A name with its agency right below the story: `Lò Thị Hạnh (TTXVN)`; in Japanese one that ends the last line."""
    last = page.lines[page.stop - 1]
    signed = SIGNED_IN_JAPANESE.search(last.text, max(0, len(last.text) - LONGEST_SIGNED))
    if signed and is_japanese(signed[1]):
        yield Clue("authors", (signed[1],), "signature", Trust.WRITTEN, last.number)
    for line in page.lines[page.stop : page.stop + 2]:
        match = SIGNED.fullmatch(line.text)
        found = byline.bare(match[1]) if match and match[2].casefold() in WIRES else None
        if found and found.authors:
            yield Clue("authors", found.authors, "signature", Trust.WRITTEN, line.number)


def _alone(page: Page) -> Iterator[Clue]:
    """Names on lines of their own."""
    if found := alone.find(page):
        yield Clue("authors", found.people, "names-alone", Trust.WRITTEN, found.line.number)
