"""Every sentence the program says, and the only module that knows the terminal.

What was asked for goes to standard output, talk goes to standard error. Everything reads well without colour.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta, timezone
from typing import Any

import click
import msgspec

from feedpub.errors import FeedpubError
from feedpub.model import Article, Change, Clue, Dateline, Finding, Lesson, Moment, Outcome, Plan, Problem, Reading


def printable(text: str) -> str:
    """Make text safe for a terminal: control characters and marks of direction are shown, not obeyed."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


# ── problems and errors ─────────────────────────────────────────────────────────────────────────


def tell(problems: Iterable[Problem]) -> None:
    """Say each problem on standard error."""
    for problem in problems:
        colour = {"error": "red", "warning": "yellow"}.get(problem.severity)
        label = click.style(f"{problem.severity}:", fg=colour)
        click.echo(
            f"{label} {printable(_from_here(problem.where))}: {printable(problem.message)} [{problem.code}]", err=True
        )
        if problem.hint:
            click.echo(f"  hint: {printable(problem.hint)}", err=True)


def _from_here(place: str) -> str:
    """Name a file as the user would, from the folder where the command runs."""
    return place.removeprefix(os.getcwd() + os.sep)


def fail(error: FeedpubError) -> None:
    """Say why the run stopped."""
    click.echo(f"{click.style('error:', fg='red')} {printable(error.message)}", err=True)
    if error.hint:
        click.echo(f"  hint: {printable(error.hint)}", err=True)


def note(text: str) -> None:
    """Say something that is good to know, on standard error."""
    click.echo(f"note: {printable(text)}", err=True)


# ── progress ────────────────────────────────────────────────────────────────────────────────────


class Silence:
    """Nobody watches."""

    def starts(self, count: int) -> None:
        """Say nothing."""

    def advances(self, count: int) -> None:
        """Say nothing."""


class Bar:
    """A progress bar on standard error, for reading that takes a while."""

    FEW = 500

    def __init__(self) -> None:
        """Wait until it is known how much there is to read."""
        self._bar: Any = None
        self._left = 0

    def starts(self, count: int) -> None:
        """Draw the bar, unless the reading will be over at once."""
        if count >= self.FEW:
            self._left = count
            self._bar = click.progressbar(
                length=count, label="reading", file=sys.stderr, update_min_steps=max(1, count // 200)
            )
            self._bar.render_progress()

    def advances(self, count: int) -> None:
        """Move the bar, and end its line when all is read."""
        if self._bar is not None:
            self._bar.update(count)
            self._left -= count
            if not self._left:
                self._bar.render_finish()


# ── build and plan ──────────────────────────────────────────────────────────────────────────────

COLUMNS = (
    ("found", "articles"),
    ("new", "new"),
    ("updated", "updated"),
    ("unchanged", "unchanged"),
    ("moved", "moved"),
    ("returned", "returned"),
    ("released", "released"),
    ("withdrawn", "withdrawn"),
    ("expired", "expired"),
    ("held", "held"),
    ("draft", "drafts"),
    ("duplicate", "duplicates"),
    ("aside", "set aside"),
)
ALWAYS = {"found", "new", "updated", "unchanged", "aside"}


def outcome(done: Outcome, seconds: float) -> dict[str, Any]:
    """Give a build's report as `--json` prints it."""
    counts = {name: _count(done, name) for name, _ in COLUMNS}
    return {
        "articles": counts.pop("found"),
        **{"set_aside" if name == "aside" else name: count for name, count in counts.items()},
        "feeds": done.feeds,
        "written": done.written,
        "pruned": done.pruned,
        "seconds": seconds,
        "problems": done.problems,
    }


def show_outcome(done: Outcome, seconds: float) -> None:
    """Print one short table: what is always asked for, and what else happened."""
    click.echo(_table(done))
    written = f"{len(done.written)} of {done.feeds} feed files written" if done.written else "no feed file changed"
    pruned = f", {len(done.pruned)} removed" if done.pruned else ""
    click.echo(f"{written}{pruned}, {seconds:.2f} s")


def notes(done: Outcome, *, has_url: bool, has_settings: bool) -> None:
    """Say what is good to know, once the work is done."""
    if done.taken_back:
        note(f"the ledger is new: {done.taken_back} entries were taken back from the published feeds")
    if not has_url:
        way = (
            "set `url` under [site] in feedpub.toml" if has_settings else "`feedpub init` writes a feedpub.toml for it"
        )
        note(f"site.url is not set, so the feeds can't name themselves: good for a preview; {way}")


def _count(done: Outcome, name: str) -> int:
    if name == "unchanged":
        changed = sum(done.tally.get(what, 0) for what in ("new", "updated", "returned", "released"))
        return max(0, done.found - changed - sum(done.standing.values()))
    if name == "found":
        return done.found
    return done.standing.get(name, done.tally.get(name, 0))


def _table(done: Outcome) -> str:
    counts = [(name, title, str(_count(done, name))) for name, title in COLUMNS]
    shown = [(title, count) for name, title, count in counts if name in ALWAYS or count != "0"]
    head = "   ".join(title.rjust(len(count)) for title, count in shown)
    row = "   ".join(count.rjust(len(title)) for title, count in shown)
    return f"{head}\n{row}"


def plan(planned: Plan) -> dict[str, Any]:
    """Give a plan as `plan --json` prints it."""
    counts = outcome(planned.outcome, 0.0)
    for of_a_build in ("written", "pruned", "seconds"):
        del counts[of_a_build]
    return {**counts, "feeds": planned.feeds}


def show_plan(planned: Plan) -> None:
    """Print what a build would change, feed by feed."""
    click.echo(_table(planned.outcome))
    for feed in planned.feeds:
        click.echo(f"\n{click.style(feed.channel or 'the site', bold=True)}: {_names(feed.files)}")
        for label, sign, entries in (
            ("new", "+", feed.new),
            ("updated", "~", feed.updated),
            ("withdrawn", "-", feed.withdrawn),
        ):
            for entry in entries[:SHOWN]:
                click.echo(f"  {sign} {label:<9}  {_stamp(entry.published)}  {printable(entry.title)}")
            if len(entries) > SHOWN:
                click.echo(f"  {sign} {label:<9}  … and {len(entries) - SHOWN} more")
        if feed.passed:
            click.echo(f"  {feed.passed} older entries leave the window")
    if not planned.feeds:
        click.echo("no feed would change")


def _names(paths: Iterable[str]) -> str:
    return ", ".join(path.rpartition("/")[2] for path in paths)


SHOWN = 20  # entries of a kind and feed


def as_json(value: Any) -> None:
    """Print a value as one line of JSON. What is not printable stands in strings, where JSON writes it as we do."""
    click.echo(printable(msgspec.json.encode(value).decode()))


# ── check ───────────────────────────────────────────────────────────────────────────────────────


def show_findings(documents: Iterable[tuple[str, Sequence[Finding]]]) -> bool:
    """Print what is wrong with each document, then the sum. Give whether there was any error."""
    count: Counter[str] = Counter()
    for name, findings in documents:
        count["document"] += 1
        for finding in findings:
            count[finding.severity] += 1
            show_finding(name, finding)
    sums = ", ".join(_many(count[what], what) for what in ("document", "error", "warning"))
    click.echo(sums)
    return bool(count["error"])


def show_finding(name: str, finding: Finding) -> None:
    """Print where and what is wrong, and the remedy."""
    colour = {"error": "red", "warning": "yellow"}.get(finding.severity)
    place = f"{printable(name)}:{finding.line}" if finding.line else printable(name)
    entry = f" ({printable(_short(finding.entry))})" if finding.entry else ""
    label = click.style(f"{finding.severity}:", fg=colour)
    click.echo(f"{place}: {label} {printable(finding.message)}{entry} [{finding.rule}]")
    click.echo(f"  hint: {printable(finding.remedy)}")


def findings_as_json(documents: Iterable[tuple[str, Sequence[Finding]]]) -> bool:
    """Print each document's findings as a line of JSON. Give whether there was any error."""
    wrong = False
    for name, findings in documents:
        as_json({"document": name, "findings": findings})
        wrong = wrong or any(finding.severity == "error" for finding in findings)
    return wrong


# ── inspect ─────────────────────────────────────────────────────────────────────────────────────


def examined(file: str, reading: Reading, guid: str | None, *, body_text: str) -> dict[str, Any]:
    """Give a reading as `inspect --json` prints it."""
    article = reading.article
    found = _fields(article, body_text) if article else dict.fromkeys(_FIELDS)
    return {
        "path": file,
        **found,
        "guid": guid,
        "problems": reading.problems,
        "dropped": reading.dropped,
        "clues": [_clue(clue) for clue in reading.clues],
    }


_FIELDS = "title authors published updated categories tags language dateline summary body_text body_html".split()


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


def show_reading(file: str, reading: Reading, guid: str | None, *, body_text: str) -> None:
    """Print how a file was understood, field by field: the value, where it comes from, and what lost against it."""
    click.echo(click.style(printable(file), bold=True))
    if guid:
        click.echo(f"  guid        {guid}")
    if reading.article:
        for name, value in _lines(reading.article, body_text):
            click.echo(f"  {name:<11} {printable(value)}")
            for origin in _origins(reading.clues, name):
                click.echo(f"{'':14}{click.style(printable(origin), dim=True)}")
    if reading.dropped:
        click.echo("  dropped")
        for dropped in reading.dropped:
            text = printable(_short(dropped.text))
            click.echo(f"    {dropped.line:>4}  {text:<60}  {click.style(dropped.rule, dim=True)}")
    for problem in reading.problems:
        click.echo(f"  {problem.severity:<11} {printable(problem.message)} [{problem.code}]")
        if problem.hint:
            click.echo(f"{'':14}hint: {printable(problem.hint)}")


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
    """Print the page itself, each line with what it was taken for in the margin, and in its colour."""
    dropped = {line.line for line in reading.dropped}
    parts: dict[int, list[str]] = {}
    for clue in reading.clues:
        if clue.line and clue.field in _PARTS and clue.field not in parts.setdefault(clue.line, []):
            parts[clue.line].append(clue.field)
    click.echo()
    for number, line in enumerate(page, 1):
        fields = parts.get(number, [])
        signs = dict.fromkeys(_PARTS[field][0] for field in fields)
        is_left_out = number in dropped and not signs
        margin = "+".join(signs) or ("–" if is_left_out else "")
        colour = _PARTS[fields[0]][1] if fields else None
        text = click.style(printable(line), fg=colour, dim=is_left_out) if line.strip() else ""
        click.echo(f"{number:>5} {click.style(f'{margin:>14}', fg=colour)}  {text}".rstrip())
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
        ("body", f"{_many(len(paragraphs), 'paragraph')}, {_many(words, 'word')}" if paragraphs else ""),
    ]
    return [(name, value or "–") for name, value in shown]


def _many(count: int, noun: str, nouns: str = "") -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {nouns or noun + 's'}"


def _moment(moment: Moment | None) -> str:
    if moment is None:
        return ""
    base = f", counted from {_stamp(moment.base)}" if moment.base else ""
    return f"{_stamp(moment.value)} (to the {moment.precision}{base})"


def _stamp(value: Any) -> str:
    return str(value.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _dateline(dateline: Dateline | None) -> str:
    if dateline is None:
        return ""
    places = "; ".join(", ".join(filter(None, (p.city, p.region, p.country))) for p in dateline.places)
    return " · ".join(filter(None, (places, dateline.agency, dateline.date)))


def _origins(clues: Sequence[Clue], field: str) -> list[str]:
    """Say where the winning clue stood, and which ones lost: the strongest of a field wins, the first of equals."""
    ranked = sorted((clue for clue in clues if clue.field == field), key=lambda clue: -clue.trust)
    told = [_place(clue) for clue in ranked[:1]]
    return told + [f"not {_short(_value(clue.value))} ({_place(clue)})" for clue in ranked[1 : MOST_LOSERS + 1]]


MOST_LOSERS = 3


def _place(clue: Clue) -> str:
    line = f"line {clue.line}, " if clue.line else ""
    trust = clue.trust.name.lower()
    return f"{line}{clue.rule}" if clue.rule == trust else f"{line}{clue.rule}, {trust}"


def _value(value: object) -> str:
    """Give a clue's value in a few words."""
    match value:
        case Moment():
            return _stamp(value.value)
        case Dateline():
            return value.raw
        case tuple() | list():
            return ", ".join(map(str, value))
    return str(value)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


# ── learn ───────────────────────────────────────────────────────────────────────────────────────


def lesson(learned: Lesson) -> str:
    """Say what was learned, and on how many pages it would change what, with examples."""
    found = ", ".join(
        (
            _many(learned.articles, "article") + f" on {_many(learned.pages, 'page')}",
            _many(len(learned.categories), "category", "categories"),
            _many(len(learned.authors), "author"),
            _many(len(learned.chrome), "line") + " of chrome",
        )
    )
    head = "   ".join(("changed by it", *(change.field for change in learned.changes)))
    counts = "   ".join(str(change.pages).rjust(len(change.field)) for change in learned.changes)
    return "\n".join((found, "", head, f"{'pages':>13}   {counts}", *filter(None, map(_examples, learned.changes))))


def _examples(change: Change) -> str:
    if not change.examples:
        return ""
    lines = [f"\n{click.style(change.field, bold=True)}"]
    for example in change.examples:
        lines += (f"  {printable(example.path)}", f"    - {printable(example.before) or '–'}")
        lines.append(f"    + {printable(example.after) or '–'}")
    return "\n".join(lines)
