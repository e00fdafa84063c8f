"""Whatever a program does to the layout of a page's text, the same article is read in it."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable
from datetime import datetime

import pytest

from feedpub.extract import understand
from feedpub.model import Capture, Document, Reading, Rules, Trust
from feedpub.normalise import body_text
from pages import PAGES, labels, source

TEXTS = {name: source(name).read_text() for name in PAGES if source(name).suffix == ".txt"}
DUMPS = [name for name in TEXTS if labels(name).get("article", "") is not None and "\f" not in TEXTS[name]]
WIDTH = 72
UNBROKEN = [name for name in DUMPS if max(map(len, TEXTS[name].split("\n"))) > 2 * WIDTH]


def _by_lines(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "\n".join(map(change, text.split("\n")))


def _wrapped(line: str) -> str:
    return textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False) if len(line) > WIDTH else line


def _paged(text: str) -> str:
    """The text with the end of a page, and its number, at every fifth blank line."""
    paragraphs = text.split("\n\n")
    pages = ["\n\n".join(paragraphs[at : at + 5]) for at in range(0, len(paragraphs), 5)]
    return "".join(f"{page}\n\n{number}\n\f" for number, page in enumerate(pages, 1))


def _numbered(text: str) -> str:
    """The text with a menu of links above, their numbers, and the list of their addresses, as text browsers print."""
    names = ("Home", "Archive", "Contact", "Imprint")
    menu = "\n".join(f"   * [{number}]{name}" for number, name in enumerate(names, 1))
    addresses = "\n".join(f"   {number}. https://example.org/{name}" for number, name in enumerate(names, 1))
    return f"{menu}\n\n{textwrap.indent(text, '   ')}\n\nReferences\n\n{addresses}\n"


LAYOUTS: dict[str, Callable[[str], str]] = {
    "carriage-returns": lambda text: text.replace("\n", "\r\n"),
    "trailing-blanks": _by_lines("{}  \t".format),
    "doubled-blank-lines": lambda text: text.replace("\n\n", "\n\n\n"),
    "no-break-spaces": lambda text: text.replace(" ", "\u00a0"),
    "doubled-blanks": lambda text: text.replace(". ", ".  "),
    "indented": _by_lines("    {}".format),
    "indented-by-a-tab": _by_lines("\t{}".format),
    "byte-order-mark": lambda text: f"\ufeff{text}",
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "soft-hyphens": lambda text: text.replace("tion", "\u00adtion"),
    "bound-pages": _paged,
    "numbered-links": _numbered,
}


def _understood(text: str, captured: str) -> Reading:
    capture = Capture(datetime.fromisoformat(captured), "sidecar", Trust.STATED)
    return understand(Document("page.txt", text.encode(), "", capture), Rules())


def _essence(reading: Reading) -> tuple[object, ...]:
    """What tells one article from another, and shows what is known of it."""
    assert reading.article is not None
    metadata = reading.article.metadata
    day = metadata.published and metadata.published.value.date()
    body = " ".join(body_text(reading.article.body).split())
    return metadata.title, metadata.authors, day, metadata.dateline, body


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", DUMPS)
def test_a_page_in_another_layout_is_the_same_article(name: str, layout: str) -> None:
    captured = labels(name)["captured"]
    changed = _understood(LAYOUTS[layout](TEXTS[name]), captured)
    assert _essence(changed) == _essence(_understood(TEXTS[name], captured))


@pytest.mark.parametrize("name", UNBROKEN)
def test_a_page_whose_lines_are_broken_is_the_same_article(name: str) -> None:
    captured = labels(name)["captured"]
    broken = _understood(_by_lines(_wrapped)(TEXTS[name]), captured)
    assert _essence(broken) == _essence(_understood(TEXTS[name], captured))
