"""Labelled pages: how well each field is read, by format. Lowering a floor needs a reason in the same commit."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from pages import PAGES, labels, read, source

Fields = dict[str, Any]
LEAST_RECALL = 0.98  # of the body of every page
FLOORS = {  # field: the share of pages on which it is right; of the body, the share of its words
    "title": 1.0,
    "authors": 1.0,
    "day": 1.0,
    "category": 1.0,
    "dateline": 1.0,
    "recall": 1.0,
    "precision": 1.0,
    "summary": 1.0,
}


def day(fields: Fields) -> str:
    """The day on which a page says that it was published."""
    return (fields["published"] or {"value": ""})["value"][: len("2025-04-28")]


def is_equal(field: str) -> Callable[[Fields, Fields], float]:
    """Compare a field as it is."""
    return lambda found, wanted: float(found[field] == wanted[field])


def recall(found: Fields, wanted: Fields) -> float:
    """The share of the article's words that are in the body."""
    return shared(found, wanted) / max(1, sum(words(wanted).values()))


def precision(found: Fields, wanted: Fields) -> float:
    """The share of the body's words that are the article's."""
    return shared(found, wanted) / max(1, sum(words(found).values()))


def shared(found: Fields, wanted: Fields) -> int:
    """How many words the two bodies have together."""
    return sum((words(found) & words(wanted)).values())


def words(fields: Fields) -> Counter[str]:
    """The words of a body, each as often as it stands there."""
    return Counter(word for paragraph in fields["body"] for word in paragraph.split())


MEASURES: dict[str, Callable[[Fields, Fields], float]] = {
    "title": is_equal("title"),
    "authors": is_equal("authors"),
    "day": lambda found, wanted: float(day(found) == day(wanted)),
    "category": is_equal("categories"),
    "dateline": is_equal("dateline"),
    "recall": recall,
    "precision": precision,
    "summary": is_equal("summary"),
}


def measured() -> dict[tuple[str, str], list[dict[str, float]]]:
    """The measures of every page that holds an article, by the format of its file and its language."""
    by_language: dict[tuple[str, str], list[dict[str, float]]] = defaultdict(list)
    for name in PAGES:
        wanted = labels(name)
        if "title" not in wanted:
            continue
        found = read(name, wanted["captured"])
        missed = dict.fromkeys(MEASURES, 0.0)
        right = {field: measure(found, wanted) for field, measure in MEASURES.items()} if "title" in found else missed
        by_language[source(name).suffix[1:], wanted["language"] or "unknown"].append(right)
    return by_language


def mean(pages: Iterable[dict[str, float]], field: str) -> float:
    """The mean of a measure over pages."""
    values = [page[field] for page in pages]
    return sum(values) / len(values)


def row(kind: str, language: str, pages: list[dict[str, float]]) -> str:
    """One row of the table."""
    return f"{kind:<6}{language:<10}{len(pages):>5}" + "".join(f"{mean(pages, field):>11.3f}" for field in MEASURES)


def test_labelled_pages_are_read() -> None:
    by_language = sorted(measured().items())
    by_format: dict[str, list[dict[str, float]]] = defaultdict(list)
    for (kind, _), pages in by_language:
        by_format[kind] += pages
    head = f"\n{'format':<8}{'language':<10}pages" + "".join(f"{field:>11}" for field in MEASURES)
    rows = [row(kind, language, pages) for (kind, language), pages in by_language]
    rows += [row(kind, "all", pages) for kind, pages in by_format.items()]
    sys.stdout.write("\n".join((head, *rows, "")))
    missed = [
        (kind, field)
        for kind, pages in by_format.items()
        for field, floor in FLOORS.items()
        if mean(pages, field) < floor
    ]
    assert missed == []
    assert min(page["recall"] for pages in by_format.values() for page in pages) >= LEAST_RECALL


@pytest.mark.parametrize("name", [name for name in PAGES if "title" not in labels(name)])
def test_a_page_without_an_article_is_read_as_none(name: str) -> None:
    wanted = labels(name)
    assert read(name, wanted["captured"])["article"] is wanted["article"] is None
