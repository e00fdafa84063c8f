"""The labelled pages of `golden/articles/`, and how feedpub reads one."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from feedpub.extract import understand
from feedpub.model import Capture, Document, Moment, Rules, Trust
from feedpub.normalise import body_text

ARTICLES = Path(__file__).parent / "golden" / "articles"
PAGES = sorted(folder.name for folder in ARTICLES.iterdir())


def source(name: str) -> Path:
    """Give the file that holds a page; its extension says in which format."""
    return next((ARTICLES / name).glob("source.*"))


def labels(name: str) -> dict[str, Any]:
    """Give what an editor reads in a page."""
    labelled: dict[str, Any] = json.loads((ARTICLES / name / "expected.json").read_text())
    return labelled


def read(name: str, captured: str) -> dict[str, Any]:
    """Give what feedpub reads in a page, in the form of its labels."""
    capture = Capture(datetime.fromisoformat(captured), "sidecar", Trust.STATED)
    file = source(name)
    reading = understand(Document(f"{name}/{file.name}", file.read_bytes(), "", capture), Rules())
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
        "published": _moment(metadata.published),
        "updated": _moment(metadata.updated),
        "dateline": dateline,
        "summary": metadata.summary,
        "problems": [problem.code for problem in reading.problems],
        "body": body_text(reading.article.body).split("\n\n"),
    }


def _moment(value: Moment | None) -> dict[str, str] | None:
    if value is None:
        return None
    return {"value": value.value.isoformat(), "precision": value.precision, "rule": value.rule}
