"""Walk a page as a browser prints it.

Takes a tree, gives its lines and their markup. Never recurses, so that nesting costs nothing; never decides what
belongs to an article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Literal
from urllib.parse import urlsplit

from lxml import etree, html

from feedpub.formats._pictures import addresses
from feedpub.formats._tree import elements
from feedpub.model import Block, Piece
from feedpub.normalise import escape

UNSEEN = tuple(
    """head script style template svg math select option button object applet canvas audio video map dialog
    datalist textarea noframes frameset frame input meta link title param""".split()
)
UNCLOSED = tuple("button noscript select object video audio canvas map".split())  # left open, they hold the rest
SHOWN = frozenset(("img", "iframe", "noscript"))  # what stands for itself, or for what a script would show
BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot
    th thead tr ul""".split()
)
INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small strong sub sup time u var".split()
)
STRUCTURE = frozenset(
    """blockquote dd dl dt figure figcaption h1 h2 h3 h4 h5 h6 li ol p pre ul table caption thead tbody tfoot tr td
    th""".split()
)
TABLE = frozenset(("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"))
KEPT = frozenset(("colspan", "rowspan", "dir", "lang", "start", "datetime"))  # attributes that mean something in a feed
DEEPEST = 24  # elements that a piece stands in
STORY = 3  # paragraphs of what is more than a box
NEAR = 3  # elements around a piece by which its neighbours are known
MOST_LINES = 20_000  # of a page; what comes later is no article
LONGEST_STYLE = 500
SMALLEST = 40  # pixels of a picture that shows something
LONGEST_CELL, FEWEST_CELLS, MOST_CELLS = 200, 4, 60  # characters of a cell, and cells, of what doesn't lay out a page
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")

Resolve = Callable[[str], str | None]
Token = tuple[Literal["start", "end", "text", "line"], str, Mapping[str, str] | str]
"""An opening tag, a closing one, a text, or a block that is one text: the name, and the attributes or the text."""


class Walk:
    """The lines of a page as they are gathered."""

    def __init__(self, resolve: Resolve) -> None:
        """Begin at the top of a page; `resolve` makes an address absolute, or says that it leads nowhere."""
        self.blocks: list[Block] = []
        self.pieces: list[Piece] = []
        self._resolve = resolve
        self._path: list[tuple[int, str, str]] = []  # number, name, opening tag; none of what only lays out
        self._inline: list[tuple[str, str]] = []
        self._text: list[str] = []
        self._html: list[str] = []
        self._links = 0  # links that are open
        self._unlinked = ""  # what the line says outside links
        self._gap = True
        self._count = 0
        self._verbatim = 0  # `pre` elements that are open
        self._captions = 0  # `figcaption` elements that are open
        self._seen: set[str] = set()
        self._tables: list[bool] = []

    def walk(self, root: html.HtmlElement) -> None:
        """Gather all lines below an element, and take out of it what is not shown."""
        _prune(root)
        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            if event == "start":
                if element.tag in SHOWN:
                    self._show(element.tag, element)
                    events.skip_subtree()
                else:
                    self._start(element.tag, element)
            else:
                self._stop(element.tag, element)
                if len(self.blocks) >= MOST_LINES:
                    return
        self._end_line()

    def follow(self, tokens: Iterable[Token]) -> None:
        """Gather the lines of markup that is whole, and has neither tables nor anything that is not shown."""
        for kind, tag, said in tokens:
            if isinstance(said, str):
                self._line(tag, said) if kind == "line" else self._say(said)
            elif kind == "start":
                self._enter(tag, said)
            else:
                self._leave(tag)
            if len(self.blocks) >= MOST_LINES:
                return
        self._end_line()

    def _line(self, tag: str, text: str) -> None:
        """A block that is one line without markup: what `_open`, `_say` and `_close` do, in less time."""
        if self._text or self._inline:
            self._open(tag, {})
            self._say(text)
            self._close(tag)
            return
        self._gap = self._gap or tag == "p"
        self._count += 1
        if line := " ".join(text.split()):
            self.blocks.append(Block(line, len(self.blocks) + 1, self._gap))
            html = escape(text if text.isprintable() else _SPACE.sub(" ", text)).strip()
            if self._path:
                self._path.append((self._count, tag, f"<{tag}>"))
                self._unlinked = line
                self._put(html, "text")
                self._unlinked = ""
                self._path.pop()
            else:
                within = ((self._count, f"<{tag}>"),)
                self.pieces.append(Piece(len(self.blocks), html, within, (self._count,)))
            self._gap = tag == "p"

    def _start(self, tag: str, element: etree._Element) -> None:
        self._enter(tag, element)
        if text := element.text:
            self._say(text)

    def _stop(self, tag: str, element: etree._Element) -> None:
        self._leave(tag)
        if tail := element.tail:
            self._say(tail)

    def _enter(self, tag: str, element: etree._Element | Mapping[str, str]) -> None:
        if tag in BLOCKS:
            self._open(tag, element)
        elif tag in INLINE:
            self._begin(tag, element)
        elif tag == "br":
            self._break()

    def _leave(self, tag: str) -> None:
        if tag in BLOCKS:
            self._close(tag)
        elif tag in INLINE:
            self._end(tag)

    def _say(self, text: str) -> None:
        self._text.append(text)
        if not self._links and not self._unlinked:
            self._unlinked = text.strip()
        if not (self._verbatim or text.isprintable()):
            text = _SPACE.sub(" ", text)
        self._html.append(escape(text))

    def _open(self, tag: str, element: etree._Element | Mapping[str, str]) -> None:
        self._end_line()
        self._gap = self._gap or tag == "p"
        self._verbatim += tag == "pre"
        self._captions += tag == "figcaption"
        self._count += 1
        is_kept = tag in STRUCTURE and not (tag in TABLE and self._lays_out(tag, element))
        self._path.append((self._count, tag, _opening(tag, element) if is_kept else ""))

    def _close(self, tag: str) -> None:
        self._end_line()
        self._gap = self._gap or tag == "p"
        self._verbatim -= tag == "pre"
        self._captions -= tag == "figcaption"
        self._path.pop()
        if tag == "table":
            self._tables.pop()

    def _lays_out(self, tag: str, element: etree._Element | Mapping[str, str]) -> bool:
        """Whether an element is of a table that only arranges the page; asked once for each table."""
        if tag == "table":
            self._tables.append(not isinstance(element, Mapping) and _lays_out(element))
        return not self._tables or self._tables[-1]

    def _begin(self, tag: str, element: etree._Element | Mapping[str, str]) -> None:
        opening = self._link(element) if tag == "a" else _opening(tag, element)
        self._links += tag == "a"
        self._inline.append((tag, opening))
        self._html.append(opening)

    def _end(self, tag: str) -> None:
        self._links -= tag == "a"
        _, opening = self._inline.pop()
        if opening:
            self._html.append(f"</{tag}>")

    def _break(self) -> None:
        """A new line inside a paragraph: parted for the finders, one piece after another for the article."""
        if self._verbatim:
            self._say("\n")
        else:
            self._gap = not self._end_line() or self._gap

    def _end_line(self) -> bool:
        """Put down what was gathered, the inline elements around it closed and opened again; tell if it was a line."""
        text = " ".join("".join(self._text).split()) if self._text else ""
        if text:
            closing = "".join(f"</{tag}>" for tag, opening in reversed(self._inline) if opening)
            html = "".join(self._html).strip() + closing
            self.blocks.append(Block(text, len(self.blocks) + 1, self._gap))
            self._put(html, "caption" if self._captions else "text")
            self._gap = False
        self._text = []
        self._unlinked = ""
        self._html = [opening for _, opening in self._inline]
        return bool(text)

    def _put(self, html: str, kind: Literal["text", "picture", "caption"]) -> None:
        path = self._path
        within = tuple([(number, opening) for number, _, opening in path if opening])[:DEEPEST]
        parents = tuple([number for number, _, _ in path[-NEAR - 1 :]])
        is_linked = kind != "picture" and not self._unlinked
        self.pieces.append(Piece(len(self.blocks), html, within, parents, kind, is_linked))

    def _link(self, element: etree._Element | Mapping[str, str]) -> str:
        address = self._resolve(element.get("href") or "")
        return f'<a href="{_quoted(address)}">' if address else ""

    def _show(self, tag: str, element: etree._Element) -> None:
        """A picture, or what stands for a frame: a link to it."""
        if tag == "img":
            html = self._picture(element)
        elif tag == "noscript":
            html = "".join(self._picture(image) for image in element.iter("img"))
        else:
            html = self._frame(element)
        if html and len(self._path) < DEEPEST * 4:
            self._put(html, "picture")

    def _picture(self, image: etree._Element) -> str:
        lengths = [image.get(name) or "" for name in ("width", "height")]
        if any(length.isdecimal() and int(length[:6]) < SMALLEST for length in lengths):
            return ""
        address = next(filter(None, map(self._resolve, addresses(image))), None)
        if not address or address in self._seen:
            return ""
        self._seen.add(address)
        sizes = "".join(
            f' {name}="{length}"'
            for name, length in zip(("width", "height"), lengths, strict=True)
            if length.isdecimal()
        )
        return f'<img src="{_quoted(address)}" alt="{_quoted(image.get("alt") or "")}"{sizes}>'

    def _frame(self, frame: etree._Element) -> str:
        address = self._resolve(frame.get("data-src") or frame.get("src") or "")
        if not address:
            return ""
        label = " ".join((frame.get("title") or "").split()) or urlsplit(address).hostname or address
        return f'<p><a href="{_quoted(address)}">{escape(label)}</a></p>'


def _prune(root: html.HtmlElement) -> None:
    """Take out of a page what it does not show."""
    for element in list(root.iter(*UNCLOSED)):
        if _holds_story(element):
            element.drop_tag()
    etree.strip_elements(root, *UNSEEN, with_tail=False)
    for element in elements(root, "//*[@hidden or @style]"):
        if _is_hidden(element) and element.getparent() is not None:
            element.drop_tree()


def _is_hidden(element: etree._Element) -> bool:
    """Whether an element is not shown; what holds paragraphs is only hidden until a script has run."""
    style = (element.get("style") or "")[:LONGEST_STYLE]
    return (element.get("hidden") is not None or _HIDDEN.search(style) is not None) and not _holds_story(element)


def _holds_story(element: etree._Element) -> bool:
    return len(list(islice(element.iterdescendants("p"), STORY))) == STORY


def _lays_out(table: etree._Element) -> bool:
    """Whether a table only arranges the page: it holds other tables, long texts, or a cell or two."""
    if next(table.iterdescendants("table", "article", "form"), None) is not None:
        return True
    cells = list(islice(table.iterdescendants("td", "th"), MOST_CELLS))
    return len(cells) < FEWEST_CELLS or sum(map(_length, cells)) > LONGEST_CELL * len(cells)


def _length(element: etree._Element) -> int:
    return sum(map(len, element.itertext()))


def _opening(tag: str, element: etree._Element | Mapping[str, str]) -> str:
    said = [f' {name}="{_quoted(element.get(name) or "")}"' for name in sorted(KEPT.intersection(element.keys()))]
    return f"<{tag}{''.join(said)}>"


def _quoted(text: str) -> str:
    return escape(text).replace('"', "&quot;")
