"""Each folder of `articles/` is a page and what an editor reads in it."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from feedpub import formats
from feedpub.extract import understand
from feedpub.formats import text
from feedpub.model import Document, Rules
from pages import ARTICLES, PAGES, labels, read, source


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_as_an_editor_would_read_it(name: str, bless: bool) -> None:
    path = ARTICLES / name / "expected.json"
    expected = labels(name)
    captured, absent = expected.pop("captured"), expected.pop("absent", [])
    found = read(name, captured)
    if bless:
        kept = {"captured": captured, "absent": absent, **found}
        path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
        return
    assert found == expected
    body = "\n".join(found.get("body", []))
    assert [words for words in absent if words in body] == []


@pytest.mark.parametrize("name", [name for name in PAGES if source(name).suffix == ".txt"])
def test_every_line_of_a_page_is_kept_or_dropped_with_a_reason(name: str) -> None:
    data = source(name).read_bytes()
    reading = understand(Document(name, data, ""), Rules())
    printed = {block.line for block in text.read(Document(name, data, "")).blocks}
    dropped = {line.line for line in reading.dropped}
    assert all(line.rule for line in reading.dropped)
    kept = reading.article.body.count("<p>") + reading.article.body.count("<h2>") if reading.article else 0
    items = reading.article.body.count("<li>") if reading.article else 0
    title = any(clue.rule == "headline" for clue in reading.clues)
    assert len(printed - dropped) == kept + items + title


@pytest.mark.parametrize("name", [name for name in PAGES if source(name).suffix != ".txt"])
def test_every_line_of_a_page_with_markup_is_kept_or_dropped(name: str) -> None:
    document = Document(source(name).name, source(name).read_bytes(), "")
    reading = understand(document, Rules())
    assert reading.article is not None
    kept = reading.article.metadata.title + unescape(re.sub("<[^>]*>", "", reading.article.body))
    dropped = {line.line for line in reading.dropped}
    assert [
        block.text for block in formats.read(document).blocks if block.line not in dropped and block.text not in kept
    ] == []
