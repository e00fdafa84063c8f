"""Each folder of `articles/` is a page and what an editor reads in it."""

from __future__ import annotations

import json

import pytest

from feedpub.extract import understand
from feedpub.formats import text
from feedpub.model import Document, Rules
from pages import ARTICLES, PAGES, labels, read


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


@pytest.mark.parametrize("name", PAGES)
def test_every_line_of_a_page_is_kept_or_dropped_with_a_reason(name: str) -> None:
    data = (ARTICLES / name / "source.txt").read_bytes()
    reading = understand(Document(name, data, ""), Rules())
    printed = {block.line for block in text.read(Document(name, data, "")).blocks}
    dropped = {line.line for line in reading.dropped}
    assert all(line.rule for line in reading.dropped)
    kept = reading.article.body.count("<p>") + reading.article.body.count("<h2>") if reading.article else 0
    items = reading.article.body.count("<li>") if reading.article else 0
    title = any(clue.rule == "headline" for clue in reading.clues)
    assert len(printed - dropped) == kept + items + title
