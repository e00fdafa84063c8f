"""Each folder of `articles/` is a page and what an editor reads in it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from feedpub.extract import understand
from feedpub.formats import text
from feedpub.model import Capture, Document, Moment, Rules, Trust
from feedpub.normalise import body_text

ARTICLES = Path(__file__).parent / "articles"
PAGES = sorted(folder.name for folder in ARTICLES.iterdir())


def moment(value: Moment | None) -> dict[str, str] | None:
    if value is None:
        return None
    return {"value": value.value.isoformat(), "precision": value.precision, "rule": value.rule}


def read(name: str, captured: str) -> dict[str, Any]:
    capture = Capture(datetime.fromisoformat(captured), "sidecar", Trust.STATED)
    data = (ARTICLES / name / "source.txt").read_bytes()
    reading = understand(Document(f"{name}/source.txt", data, "", capture), Rules())
    if reading.article is None:
        return {"article": None, "problems": [problem.code for problem in reading.problems]}
    metadata = reading.article.metadata
    dateline = metadata.dateline and {
        "raw": metadata.dateline.raw,
        "places": [[place.city, place.region, place.country] for place in metadata.dateline.places],
        "agency": metadata.dateline.agency,
        "date": metadata.dateline.date,
    }
    return {
        "title": metadata.title,
        "authors": list(metadata.authors),
        "categories": list(metadata.categories),
        "tags": list(metadata.tags),
        "language": metadata.language,
        "published": moment(metadata.published),
        "updated": moment(metadata.updated),
        "dateline": dateline,
        "summary": metadata.summary,
        "problems": [problem.code for problem in reading.problems],
        "body": body_text(reading.article.body).split("\n\n"),
    }


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_as_an_editor_would_read_it(name: str, bless: bool) -> None:
    path = ARTICLES / name / "expected.json"
    expected = json.loads(path.read_text())
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
