"""What is wrong with feeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import click

from feedpub.model import Finding
from feedpub.report.talk import printable
from feedpub.report.words import as_json, many, short


def show_findings(documents: Iterable[tuple[str, Sequence[Finding]]], noun: str = "document") -> bool:
    """Print what is wrong with each document, then the sum. Give whether there was any error."""
    count: Counter[str] = Counter()
    for name, findings in documents:
        count[noun] += 1
        for finding in findings:
            count[finding.severity] += 1
            show_finding(name, finding)
    sums = ", ".join(many(count[what], what) for what in (noun, "error", "warning"))
    click.echo(sums)
    return bool(count["error"])


def show_finding(name: str, finding: Finding) -> None:
    """Print where and what is wrong, and the remedy."""
    colour = {"error": "red", "warning": "yellow"}.get(finding.severity)
    place = f"{printable(name)}:{finding.line}" if finding.line else printable(name)
    entry = f" ({printable(short(finding.entry))})" if finding.entry else ""
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
