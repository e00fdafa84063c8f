"""Markdown with front matter, as site generators and note books keep it.

Takes a Document, gives a Draft: the fields of its front matter as clues, its text as lines with their markup. Never
raises; front matter that can't be read sets the article aside, since it might hold an embargo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from lxml import etree, html
from pyromark import Markdown, Options

from feedpub.formats import _characters, _frontmatter, _keys
from feedpub.formats._walk import Token, Walk
from feedpub.formats.html import resolve
from feedpub.model import Clue, Document, Draft, Problem, Trust
from feedpub.normalise import absolute_url, escape

LONGEST = 500_000  # characters
NOTE, REFERENCE = "footnote-definition", "footnote-reference"  # classes of a note, and of the number that leads to it
_NEEDS_TREE = re.compile("<(?:table|img|sup|div)\\b")  # what is seen from afar, or moved
_TOKEN = re.compile(r"<(p|h[1-6]|li|d[td])>([^<]*)</\1>\n?|([^<]+)|<(/?)(\w+)([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


def read(document: Document) -> Draft:
    """The text, and what its front matter states."""
    printed, problems = _characters.read(document)
    if len(printed) > LONGEST:
        problem = Problem("too-large", "error", document.path, f"more than {LONGEST:,} characters of Markdown")
        return Draft("markdown", (), problems=(*problems, problem))
    try:
        fields, body = _frontmatter.split(printed)
    except ValueError as error:
        problem = Problem(
            "bad-front-matter", "error", document.path, str(error), "the article is set aside until it is mended"
        )
        return Draft("markdown", (), problems=(*problems, problem))
    base = absolute_url(document.stated.url or "") or _keys.canonical(fields)
    made = _parser().html(body.replace("\0", " "))
    picture, said = _keys.image(fields)
    made = _leading(resolve(picture, base), said, made) + made
    walk = Walk(lambda link: resolve(link, base))
    if "<" in body or _NEEDS_TREE.search(made):
        _walk_tree(made, walk)
    else:
        walk.follow(_tokens(made))
    clues = (*_keys.clues(fields, document.path), *_heading(walk))
    lines = frozenset(block.line for block in walk.blocks)
    return Draft("markdown", tuple(walk.blocks), clues, problems, tuple(walk.pieces), lines)


@cache
def _parser() -> Markdown:
    return Markdown(
        options=Options.ENABLE_TABLES
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_HEADING_ATTRIBUTES
        | Options.ENABLE_DEFINITION_LIST
    )


def _leading(address: str | None, said: str, made: str) -> str:
    """The picture that leads the article, unless its text shows it."""
    if not address or address in made or escape(address) in made:
        return ""
    return f'<figure><img src="{escape(address)}" alt="{escape(said).replace(chr(34), "&quot;")}"></figure>'


def _tree(made: str) -> etree._Element | None:
    if not made.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    return html.document_fromstring(f"<body>{made}</body>".encode("utf-8", "replace"), parser=parser)


def _walk_tree(made: str, walk: Walk) -> None:
    """Follow markup that may hold anything: HTML that the author wrote too."""
    root = _tree(made)
    if root is not None:
        _settle_notes(root)
        walk.walk(root)


def _tokens(made: str) -> Iterator[Token]:
    """Part markup of the parser's own, which is always whole."""
    for token in _TOKEN.finditer(made):
        block, line, text, ending, tag, said = token.groups()
        if block:
            yield "line", block, unescape(line) if "&" in line else line
        elif text:
            yield "text", "", unescape(text) if "&" in text else text
        elif ending:
            yield "end", tag, {}
        else:
            attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(said)} if said else {}
            yield "start", tag, attributes
            if said.endswith("/"):
                yield "end", tag, {}


def _settle_notes(root: etree._Element) -> None:
    """Put the notes below the text, wherever they are written, and their numbers into brackets."""
    for reference in root.iter("sup"):
        if reference.get("class") == REFERENCE and len(reference):
            reference.text = f"[{reference[0].text}]"
            del reference[0]
    notes = [note for note in root.iter("div") if note.get("class") == NOTE]
    if not notes:
        return
    listed = etree.SubElement(next(root.iter("body")), "ol")
    for note in notes:
        number = note.find("sup")
        if number is not None:
            note.remove(number)
        note.tag = "li"
        listed.append(note)


def _heading(walk: Walk) -> Iterator[Clue]:
    """The title of a text that states none: its first heading."""
    for piece in walk.pieces:
        for _, opening in piece.within:
            if piece.kind == "text" and opening.startswith("<h1"):
                yield Clue("title", walk.blocks[piece.line - 1].text, "first-heading", Trust.MARKED)
                return
