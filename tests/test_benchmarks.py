"""The benchmarks run, and measure what they say that they measure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import generate
from feedpub.extract import understand
from feedpub.model import Capture, Document, Rules, Trust

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


def run(script: str, *arguments: object) -> str:
    command = [sys.executable, str(BENCHMARKS / script), *map(str, arguments)]
    finished = subprocess.run(command, check=False, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def report() -> str:
    return run("bench.py", 1, 5, "--jobs", 1)


@pytest.mark.parametrize("what", ["cold", "nothing changed", "one added", "one edited"])
def test_the_bench_measures_every_kind_of_build(report: str, what: str) -> None:
    assert report.count(f"| feedpub: {what} |") == 2


@pytest.mark.parametrize("what", ["cold", "nothing changed", "one added"])
def test_the_bench_compares_lines_of_one_file_with_files(report: str, what: str) -> None:
    assert report.count(f"- feedpub, JSON Lines: {what} / feedpub: {what} = ") == 2


def test_the_bench_measures_what_the_builds_are_compared_with(report: str) -> None:
    assert "## 1 articles" in report
    assert "## 5 articles" in report
    assert report.count("| read every file |") == 2
    assert "µs (median)" in report


def test_the_measured_builds_make_feeds(report: str) -> None:
    made = [int(line.split("|")[6]) for line in report.splitlines() if line.startswith("| feedpub: ")]
    assert len(made) == 8
    assert min(made) >= 6  # three formats, for the site and for at least one category


def test_the_share_of_the_pages_is_measured(report: str) -> None:
    with_pages, without = (
        [int(line.split("|")[6]) for line in report.splitlines() if line.startswith(f"| {name}: cold |")]
        for name in ("feedpub, pages", "feedpub")
    )
    assert all(more > fewer + size for more, fewer, size in zip(with_pages, without, (1, 5), strict=True))
    assert report.count("- feedpub, pages: cold / feedpub: cold = ") == 2


def test_the_invented_articles_are_the_same_every_time(tmp_path: Path) -> None:
    for name in ("once", "again"):
        run("generate.py", 3, "--text", tmp_path / name, "--markdown", tmp_path / name)
    once, again = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("once", "again")
    )
    assert len(once) == 6
    assert once == again


@pytest.mark.parametrize("number", range(-3, 20))
def test_an_invented_article_is_understood(number: int) -> None:
    invented = generate.article(number)
    capture = Capture(invented.captured, "file-name", Trust.WRITTEN)
    document = Document("text/a.txt", generate.as_text(invented).encode(), "0" * 32, capture)
    article = understand(document, Rules()).article
    assert article is not None
    assert article.metadata.title == invented.title
    assert article.metadata.categories == (invented.category,)
    assert article.metadata.dateline is not None
    assert article.metadata.published is not None
    assert article.metadata.published.value.date() == invented.published.date()
    assert "Leave a reply" not in article.body
    assert article.body.count("<p>") == len(invented.paragraphs)


@pytest.mark.parametrize("number", range(3))
def test_an_invented_page_is_understood(number: int) -> None:
    invented = generate.article(number)
    article = understand(Document("pages/a.html", generate.as_html(invented).encode(), "0" * 32), Rules()).article
    assert article is not None
    assert article.metadata.title == invented.title
    assert article.metadata.authors == (invented.author,)
    assert article.metadata.categories == (invented.category,)
    assert article.body.count("<p>") == len(invented.paragraphs)


def test_saved_pages_are_measured_beside_the_extractor_alone() -> None:
    assert "of what trafilatura alone takes" in run("saved_pages.py", 3)
