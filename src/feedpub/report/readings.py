"""How a file was understood, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta, timezone
from typing import Any

import click

from feedpub.model import Article, Clue, Dateline, Kin, Moment, Reading
from feedpub.report.talk import printable
from feedpub.report.words import columns, many, short, stamp, wrapped

MOST_OTHERS = 3  # clues that are shown beside the one that won
INDENT, MARGIN = 14, 17  # columns before a field's value; those in which stands what a line of the page was taken for
LONGEST_SHOWN, FEWEST_COLUMNS, MOST_COLUMNS = 60, 20, 100  # of a line that was left out
BESIDE_DROPPED = 12 + MARGIN  # columns of its number and its rule


def examined(file: str, reading: Reading, guid: str | None, kin: Kin, *, body_text: str) -> dict[str, Any]:
    """Give a reading as `inspect --json` prints it."""
    article = reading.article
    found = _fields(article, body_text) if article else _NOTHING
    return {
        "path": file,
        **found,
        "guid": guid,
        "copy_of": kin.copy_of,
        "copies": kin.copies,
        "related": [{"path": path, "shared": round(shared, 2)} for path, shared in kin.related],
        "problems": reading.problems,
        "dropped": reading.dropped,
        "clues": [_clue(clue) for clue in reading.clues],
    }


_NOTHING: dict[str, Any] = {  # what is said of a file that holds no article
    "title": None,
    "authors": (),
    "published": None,
    "updated": None,
    "categories": (),
    "tags": (),
    "language": None,
    "dateline": None,
    "summary": "",
    "body_text": "",
    "body_html": "",
}


def _fields(article: Article, body_text: str) -> dict[str, Any]:
    metadata = article.metadata
    return {
        "title": metadata.title,
        "authors": metadata.authors,
        "published": _rfc3339(metadata.published),
        "updated": _rfc3339(metadata.updated),
        "categories": metadata.categories,
        "tags": metadata.tags,
        "language": metadata.language,
        "dateline": metadata.dateline,
        "summary": metadata.summary,
        "body_text": body_text,
        "body_html": article.body,
    }


def _rfc3339(moment: Moment | None) -> str | None:
    """Give a moment as printed, in its own zone: so that its day is the one that the page shows."""
    if moment is None:
        return None
    printed = moment.value.astimezone(timezone(timedelta(minutes=moment.offset)))
    return printed.isoformat(timespec="seconds").replace("+00:00", "Z")


def _clue(clue: Clue) -> dict[str, Any]:
    return {
        "field": clue.field,
        "value": clue.value,
        "line": clue.line,
        "rule": clue.rule,
        "trust": clue.trust.name.lower(),
    }


def show_reading(file: str, reading: Reading, guid: str | None, kin: Kin, *, body_text: str) -> None:
    """Print how a file was understood, field by field: the value, where it comes from, and what lost against it."""
    click.echo(click.style(printable(file), bold=True))
    if guid:
        click.echo(f"  guid        {guid}")
    for name, value in _kin(kin):
        click.echo(f"  {name:<11} {printable(value)}")
    for name, value in _lines(reading.article, body_text) if reading.article else ():
        click.echo(wrapped(f"  {name:<11} ", printable(value)))
        for origin in _origins(reading.clues, name):
            click.echo(wrapped(" " * INDENT, printable(origin), dim=True))
    for problem in reading.problems:
        click.echo(wrapped(f"  {problem.severity:<11} ", f"{printable(problem.message)} [{problem.code}]"))
        if problem.hint:
            click.echo(wrapped(" " * INDENT, f"hint: {printable(problem.hint)}"))


def show_dropped(reading: Reading) -> None:
    """Print the lines that were left out, each with the rule that says why."""
    if not reading.dropped:
        return
    click.echo("  dropped")
    room = max(FEWEST_COLUMNS, min(LONGEST_SHOWN, (columns() or MOST_COLUMNS) - BESIDE_DROPPED))
    for dropped in reading.dropped:
        text = printable(short(dropped.text, room))
        click.echo(f"    {dropped.line:>4}  {text:<{room}}  {click.style(dropped.rule, dim=True)}")


def _kin(kin: Kin) -> list[tuple[str, str]]:
    found = [("copy of", kin.copy_of)] if kin.copy_of else []
    found += [("stands for", path) for path in kin.copies]
    return found + [("related", f"{path} ({shared:.0%} shared)") for path, shared in kin.related]


_PARTS = {  # how a line of the page is marked: the sign in its margin, the colour
    "title": ("title", "green"),
    "authors": ("by", "cyan"),
    "published": ("date", "cyan"),
    "updated": ("date", "cyan"),
    "categories": ("topic", "magenta"),
    "tags": ("topic", "magenta"),
    "dateline": ("place", "yellow"),
}


def show_page(page: Sequence[str], reading: Reading) -> None:
    """Print the page itself, each line with what it was taken for, or why it was left out, in the margin."""
    rules = {line.line: line.rule for line in reading.dropped}
    parts: dict[int, list[str]] = {}
    for clue in reading.clues:
        if clue.line and clue.field in _PARTS and clue.field not in parts.setdefault(clue.line, []):
            parts[clue.line].append(clue.field)
    click.echo()
    for number, line in enumerate(page, 1):
        fields = parts.get(number, [])
        is_left_out = number in rules and not fields
        margin = rules[number] if is_left_out else "+".join(dict.fromkeys(_PARTS[field][0] for field in fields))
        colour = _PARTS[fields[0]][1] if fields else None
        text = printable(line) if line.strip() else ""
        click.echo(wrapped(f"{number:>5} {margin:>{MARGIN}}  ", text, fg=colour, dim=is_left_out))
    click.echo()


def _lines(article: Article, body_text: str) -> list[tuple[str, str]]:
    metadata = article.metadata
    paragraphs = body_text.split("\n\n") if body_text else []
    words = len(body_text.split())
    shown: list[tuple[str, str]] = [
        ("title", metadata.title),
        ("authors", ", ".join(metadata.authors)),
        ("published", _moment(metadata.published)),
        ("updated", _moment(metadata.updated)),
        ("categories", ", ".join(metadata.categories)),
        ("tags", ", ".join(metadata.tags)),
        ("language", metadata.language or ""),
        ("dateline", _dateline(metadata.dateline)),
        ("canonical", metadata.canonical or ""),
        ("summary", metadata.summary),
        ("body", f"{many(len(paragraphs), 'paragraph')}, {many(words, 'word')}" if paragraphs else ""),
    ]
    return [(name, value or "–") for name, value in shown]


def _moment(moment: Moment | None) -> str:
    if moment is None:
        return ""
    base = f", counted from {stamp(moment.base)}" if moment.base else ""
    return f"{stamp(moment.value)} (to the {moment.precision}{base})"


def _dateline(dateline: Dateline | None) -> str:
    if dateline is None:
        return ""
    places = "; ".join(", ".join(filter(None, (p.city, p.region, p.country))) for p in dateline.places)
    return " · ".join(filter(None, (places, dateline.agency, dateline.date)))


def _origins(clues: Sequence[Clue], field: str) -> list[str]:
    """Say where the winning clue stood, and which agree or lost: the strongest of a field wins, the first of equals."""
    ranked = sorted((clue for clue in clues if clue.field == field), key=lambda clue: -clue.trust)
    told = [_place(clue) for clue in ranked[:1]]
    others = (_other(clue, _value(ranked[0].value)) for clue in ranked[1:])
    return told + list(dict.fromkeys(others))[:MOST_OTHERS]


def _other(clue: Clue, won: str) -> str:
    """Say where another clue stood, and what it holds, unless that is the same."""
    value = _value(clue.value)
    return f"also {_place(clue)}" if value == won else f"not {short(value)} ({_place(clue)})"


def _place(clue: Clue) -> str:
    line = f"line {clue.line}, " if clue.line else ""
    trust = clue.trust.name.lower()
    return f"{line}{clue.rule}" if clue.rule == trust else f"{line}{clue.rule}, {trust}"


def _value(value: object) -> str:
    """Give a clue's value in a few words."""
    match value:
        case Moment():
            return stamp(value.value)
        case Dateline():
            return value.raw
        case tuple() | list():
            return ", ".join(map(str, value))
    return str(value)
