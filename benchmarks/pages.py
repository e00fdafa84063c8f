"""Measure what the pages for people cost: the same builds with a page for each article, and without any.

Works in a temporary folder and prints Markdown. Writes nothing in the project. Choose the file system with TMPDIR.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import generate
from bench import HERE, TIMES, count_files, run, to_add
from measure import cost, median_cost

SETTINGS = """
[site]
url = "https://example.org/news/"
pages = "{pages}"

[[sources]]
path = "text"
"""


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure what pages for people cost.")
    parser.add_argument("size", nargs="?", type=int, default=10_000, help="number of articles (default: 10000)")
    size = parser.parse_args().size
    feedpub = shutil.which("feedpub", path=Path(sys.executable).parent) or shutil.which("feedpub")
    program = (feedpub,) if feedpub else (sys.executable, "-m", "feedpub")
    print(f"{size:,} articles, one process\n")
    print("| pages | files there | cold, CPU s | nothing changed | one added |")
    print("| --- | ---: | ---: | ---: | ---: |")
    cold = {pages: measured(program, size, pages) for pages in ("none", "needed")}
    share = (cold["needed"] - cold["none"]) / cold["needed"]
    print(f"\nPages: {cold['needed'] - cold['none']:.1f} s of CPU, {share:.0%} of a cold build")


def measured(program: tuple[str, ...], size: int, pages: str) -> float:
    """Print a row of the table, and give the CPU seconds of the cold build."""
    with tempfile.TemporaryDirectory(prefix="feedpub-bench-") as name:
        folder = Path(name)
        run(sys.executable, HERE / "generate.py", size, "--text", folder / "text", "--markdown", folder / "markdown")
        (folder / "feedpub.toml").write_text(SETTINGS.format(pages=pages), encoding="utf-8")
        build = (*program, "build", "--jobs", "1", "--config", str(folder / "feedpub.toml"))
        cold = cost(build).cpu
        idle = median_cost(build, TIMES).cpu
        added = median_cost(build, TIMES, lambda turn: generate.write_text(folder / "text", to_add(turn))).cpu
        print(f"| {pages} | {count_files(folder / 'feeds'):,} | {cold:.1f} | {idle:.2f} | {added:.2f} |", flush=True)
        return cold


if __name__ == "__main__":
    main()
