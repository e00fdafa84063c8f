"""Labelled lines, and how many of them must read right. Lowering a floor needs a reason in the same commit."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from feedpub.dates import moment
from feedpub.finders import byline, capitals, dateline, headline, stamps
from feedpub.finders.sections import CATEGORIES
from feedpub.model import Capture, Trust

HERE = Path(__file__).parent


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text().splitlines()]


def reads_as_dateline(line: dict[str, Any]) -> bool:
    found, wanted = dateline.read(line["text"]), line["dateline"]
    if found is None or wanted is None:
        return found is wanted is None
    cities = [place.city.casefold() for place in found.dateline.places]
    return (
        cities == [place.casefold() for place in wanted["places"]]
        and found.dateline.agency == wanted["agency"]
        and found.dateline.date == wanted["date"]
    )


def reads_as_byline(line: dict[str, Any]) -> bool:
    found = byline.read(line["text"]) or byline.bare(line["text"])
    if line.get("not_a_byline"):
        return found is None or not (found.authors or found.categories)
    if found is None:
        return False
    categories = [label for label in found.categories if CATEGORIES.get(label.casefold()) != "none"]
    printed = " ".join(stamp.text for stamp in found.stamps)
    authors = [name.casefold() for name in found.authors]
    return (
        authors == [name.casefold() for name in line["authors"]]
        and categories == line["categories"]
        and line.get("time", "") in printed
        and line.get("updated", "") in printed
    )


def reads_as_time(line: dict[str, Any]) -> bool:
    capture = Capture(datetime.fromisoformat(line.get("capture", "2025-04-28T18:30:00+00:00")), "sidecar", Trust.STATED)
    found = [stamp for stamp in stamps.read(line["text"]) if stamp.unit]
    when = moment(found[0], capture=capture, zone="UTC") if found else None
    if when is None or line["value"] is None:
        return when is line["value"] is None
    value = when.value.isoformat() if "T" in line["value"] else when.value.date().isoformat()
    return value == line["value"] and when.precision == line["precision"]


def reads_as_title(line: dict[str, Any]) -> bool:
    title = headline.clean(line["raw"], (line["site"],) if line.get("needs") else ()).title
    return (capitals.recase(title, "") if capitals.is_capitals(title) else title) == line["title"]


def test_datelines_are_read() -> None:
    given = [line for line in lines("datelines") if line["dateline"]]
    assert sum(map(reads_as_dateline, given)) >= 91
    assert len(given) == 91


def test_no_dateline_is_invented() -> None:
    assert [line["text"] for line in lines("datelines") if not line["dateline"] and not reads_as_dateline(line)] == []


def test_bylines_are_read() -> None:
    given = [line for line in lines("bylines") if not line.get("not_a_byline")]
    assert sum(map(reads_as_byline, given)) >= 41
    assert len(given) == 41


def test_no_byline_is_invented() -> None:
    assert [line["text"] for line in lines("bylines") if line.get("not_a_byline") and not reads_as_byline(line)] == []


def test_relative_times_are_read() -> None:
    given = [line for line in lines("relative-times") if line["value"]]
    assert sum(map(reads_as_time, given)) >= 85
    assert len(given) == 85


def test_no_relative_time_is_invented() -> None:
    assert [one["text"] for one in lines("relative-times") if not one["value"] and not reads_as_time(one)] == []


def test_titles_are_cleaned() -> None:
    assert sum(map(reads_as_title, lines("titles"))) >= 29


# Layouts, agencies and languages that nobody promised: how many of the lines read right, and a floor under each.
MORE: dict[str, tuple[str, Callable[[dict[str, Any]], bool], Callable[[dict[str, Any]], bool], int]] = {
    # what: the list, how a line is read, which of its lines are meant, how many must read right
    "datelines": ("datelines-more", reads_as_dateline, lambda line: bool(line["dateline"]), 210),
    "no datelines": ("datelines-more", reads_as_dateline, lambda line: not line["dateline"], 119),
    "bylines": ("bylines-more", reads_as_byline, lambda line: not line.get("not_a_byline"), 124),
    "no bylines": ("bylines-more", reads_as_byline, lambda line: bool(line.get("not_a_byline")), 33),
    "relative times": ("relative-times-more", reads_as_time, lambda line: bool(line["value"]), 222),
    "no times": ("relative-times-more", reads_as_time, lambda line: not line["value"], 44),
    "titles": ("titles-more", reads_as_title, lambda line: True, 42),
}


@pytest.mark.parametrize("kind", MORE)
def test_lines_of_other_layouts_and_languages_are_read(kind: str) -> None:
    name, reads, is_meant, floor = MORE[kind]
    given = [line for line in lines(f"lines/{name}") if is_meant(line)]
    right = sum(map(reads, given))
    sys.stdout.write(f"\n{kind:<15}{right:>4} of {len(given):<4} {right / len(given):.3f}")
    assert right >= floor
