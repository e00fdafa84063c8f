"""The rules of HTML and of plain text, which are the same in every format.

Takes fragments of HTML and plain texts with the place where they stand, gives hits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from typing import NamedTuple

from feedpub.check import html
from feedpub.check._finding import Hit, Rule, shown
from feedpub.check._xml import Element, line_of, split
from feedpub.check.html import Remark, Tag
from feedpub.normalise import ILLEGAL

_XHTML = "http://www.w3.org/1999/xhtml"
_OVERRIDES = re.compile("[\u202d\u202e]")
LONGEST_TITLE = 120
MOST_TAGS = 200_000  # of the HTML of one document
LARGEST = 256 * 1024  # characters of one entry's HTML


class Fragment(NamedTuple):
    """A piece of HTML in a feed: what it is, its tags, and where it stands."""

    name: str
    html: str  # empty for XHTML, which has been parsed
    tags: list[Tag]
    line: int
    entry: str


class Plain(NamedTuple):
    """A plain text in a feed."""

    name: str
    text: str
    line: int
    entry: str


def xhtml_tags(element: Element) -> Iterator[Tag]:
    """Give the tags of XHTML that has been parsed."""
    for part in element.iterdescendants():
        if isinstance(part.tag, str):
            attributes = {split(str(key))[1]: str(value) for key, value in part.attrib.items()}
            namespace, name = split(part.tag)
            if namespace == _XHTML:
                yield Tag(name, attributes, line_of(part))


def affordable(fragments: Iterable[Fragment]) -> list[Fragment]:
    """List fragments until they have more tags than anyone will read."""
    found: list[Fragment] = []
    left = MOST_TAGS
    for fragment in fragments:
        found.append(fragment)
        left -= len(fragment.tags)
        if left < 0:
            break
    return found


def _each(look: Callable[[list[Tag]], Iterator[Remark]]) -> Callable[[Iterable[Fragment]], Iterator[Hit]]:
    def find(fragments: Iterable[Fragment]) -> Iterator[Hit]:
        for fragment in fragments:
            for line, message in look(fragment.tags):
                yield Hit(line, fragment.entry, message)

    return find


def twice_escaped(fragments: Iterable[Fragment]) -> Iterator[Hit]:
    """HTML that was escaped once more than it should."""
    for fragment in fragments:
        reason = html.twice_escaped(fragment.html)
        if reason:
            yield Hit(fragment.line, fragment.entry, f"{fragment.name} looks escaped twice: {reason}")


def long_fragments(fragments: Iterable[Fragment]) -> Iterator[Hit]:
    """HTML that is too much for a phone."""
    for fragment in fragments:
        if len(fragment.html) > LARGEST:
            yield Hit(fragment.line, fragment.entry, f"{fragment.name} has {len(fragment.html):,} characters")


def same_ids(fragments: Sequence[Fragment]) -> Iterator[Hit]:
    """Ids of elements that two entries share: a reader may show both on one page."""
    seen: dict[str, str] = {}
    for fragment in fragments:
        for tag in fragment.tags:
            key = tag.attributes.get("id")
            if key and not tag.closes and seen.setdefault(key, fragment.entry) != fragment.entry:
                yield Hit(tag.line, fragment.entry, f"another entry also has an element with the id {key[:60]}")


# ── plain text ──────────────────────────────────────────────────────────────────────────────────


def marked_up(texts: Iterable[Plain]) -> Iterator[Hit]:
    """Plain texts with tags."""
    for plain in texts:
        found = html.markup_in(plain.text)
        if found:
            yield Hit(plain.line, plain.entry, f"{plain.name} is plain text, and {found}")


def escaped(texts: Iterable[Plain]) -> Iterator[Hit]:
    """Plain texts that show character references."""
    for plain in texts:
        found = html.reference_in(plain.text)
        if found:
            yield Hit(plain.line, plain.entry, f"{plain.name} {found}: it was escaped twice, or is HTML")


def twice_live(texts: Iterable[Plain]) -> Iterator[Hit]:
    """Plain texts that become markup when a reader decodes them once more, as some do."""
    for plain in texts:
        if "&" in plain.text and html.markup_in(unescape(plain.text)) and not html.markup_in(plain.text):
            yield Hit(plain.line, plain.entry, f"{plain.name} becomes markup in readers that decode it twice")


def overridden(texts: Iterable[Plain]) -> Iterator[Hit]:
    """Plain texts that turn the direction of what follows them."""
    for plain in texts:
        if _OVERRIDES.search(plain.text):
            yield Hit(plain.line, plain.entry, f"{plain.name} overrides the direction of writing")


def meaningless(texts: Iterable[Plain]) -> Iterator[Hit]:
    """Texts with characters that are legal and mean nothing."""
    for plain in texts:
        odd = ILLEGAL.search(plain.text) if not plain.text.isprintable() else None
        if odd or "\ufffd" in plain.text:
            code = ord(odd[0]) if odd else 0xFFFD
            yield Hit(plain.line, plain.entry, f"{plain.name} holds the character U+{code:04X}")


def meaningless_html(fragments: Iterable[Fragment]) -> Iterator[Hit]:
    """HTML with such characters."""
    return meaningless(Plain(fragment.name, fragment.html, fragment.line, fragment.entry) for fragment in fragments)


def long_titles(texts: Iterable[Plain]) -> Iterator[Hit]:
    """Titles of several lines, or too long for a list."""
    for plain in texts:
        if plain.name == "title" and len(plain.text) > LONGEST_TITLE:
            yield Hit(plain.line, plain.entry, f"the title has {len(plain.text)} characters")
        if plain.name == "title" and "\n" in plain.text.strip():
            yield Hit(plain.line, plain.entry, f"the title has several lines: {shown(plain.text)}")


def same_titles(texts: Iterable[Plain]) -> Iterator[Hit]:
    """Entries that bear the same title."""
    seen: dict[str, str] = {}
    for plain in texts:
        title = " ".join(plain.text.split())
        if plain.name == "title" and plain.entry and title and seen.setdefault(title, plain.entry) != plain.entry:
            yield Hit(plain.line, plain.entry, f"another entry has the title {shown(title)}")


def text_rules(rule: str) -> tuple[Rule[Sequence[Plain]], ...]:
    """Give the rules of plain text, under the format's own number for the first two."""
    return (
        Rule(
            rule,
            "warning",
            "Plain text holds no tags",
            "write the text alone, or declare it as HTML where that is possible",
            marked_up,
        ),
        Rule(
            rule, "warning", "Plain text is escaped once", "escape text once, when it is written into the feed", escaped
        ),
        Rule(
            "S04",
            "warning",
            "Text decoded twice holds no markup",
            "some readers decode twice: reword it",
            twice_live,
            habit=True,
        ),
        Rule(
            "X04",
            "warning",
            "Text holds no control characters, noncharacters or replacement characters",
            "leave the character out",
            meaningless,
        ),
        Rule(
            "L05",
            "warning",
            "Text does not override the direction of writing",
            "use isolates, U+2068 and U+2069",
            overridden,
            habit=True,
        ),
        Rule("Z03", "note", "A title is one line of at most 120 characters", "shorten it", long_titles, habit=True),
        Rule(
            "L07",
            "note",
            "Titles differ from each other",
            "tell the entries apart in their titles",
            same_titles,
            habit=True,
        ),
    )


HTML_RULES: tuple[Rule[Sequence[Fragment]], ...] = (
    Rule(
        "H01",
        "warning",
        "HTML holds no scripts, event handlers, styles or objects",
        "sanitise HTML by an allow-list",
        _each(html.unsafe),
    ),
    Rule(
        "H03",
        "warning",
        "Addresses in HTML are absolute",
        "write the whole address: readers guess different bases",
        _each(html.relative),
    ),
    Rule(
        "H04",
        "warning",
        "Addresses in HTML are http, https, mailto or tel, and public",
        "publish the file, and link to it by https",
        _each(html.odd_schemes),
        habit=True,
    ),
    Rule("A14", "warning", "HTML is a fragment, not a page", "leave out html, head and body", _each(html.page_parts)),
    Rule("W3C-NotHtml", "warning", "HTML has elements that HTML knows", "use elements of HTML", _each(html.unknown)),
    Rule("A11", "warning", "HTML is escaped once", "escape HTML once, when it is written into the feed", twice_escaped),
    Rule(
        "H02",
        "note",
        "HTML holds only what readers keep",
        "put a link beside it, or use an image",
        _each(html.stripped),
        habit=True,
    ),
    Rule(
        "H05",
        "note",
        "Images have an address and an alt text",
        'write src, and alt="" for decoration',
        _each(html.bad_images),
        habit=True,
    ),
    Rule(
        "H13",
        "note",
        "Links within an entry have a target there",
        "link to the page of the entry",
        _each(html.dangling),
        habit=True,
    ),
    Rule(
        "H13",
        "note",
        "Ids of elements are unique in the feed",
        "put the entry's name into its ids",
        same_ids,
        habit=True,
    ),
    Rule("H14", "note", "Nothing depends on style", "say it in words and elements", _each(html.styled), habit=True),
    Rule(
        "X04",
        "warning",
        "HTML holds no control characters, noncharacters or replacement characters",
        "leave the character out",
        meaningless_html,
    ),
    Rule(
        "Z03",
        "note",
        "The HTML of one entry has at most 256 KB",
        "publish a summary and a link",
        long_fragments,
        habit=True,
    ),
)
