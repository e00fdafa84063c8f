"""Print the median time, in microseconds, in which feedpub understands one article: no disk, no ledger, one process."""

from __future__ import annotations

import statistics
import sys
import time

import generate
from feedpub.extract import understand
from feedpub.model import Capture, Document, Rules, Trust


def microseconds(articles: int) -> float:
    """Understand so many articles one after the other and give the median of their times."""
    rules = Rules()
    times = []
    for number in range(articles):
        document = _document(generate.article(number))
        start = time.perf_counter_ns()
        understand(document, rules)
        times.append(time.perf_counter_ns() - start)
    return statistics.median(times) / 1_000


def _document(article: generate.Article) -> Document:
    return Document(
        f"text/{article.number}.txt",
        generate.as_text(article).encode(),
        f"{article.number:032x}",
        Capture(article.captured, "file-name", Trust.WRITTEN),
    )


if __name__ == "__main__":
    print(round(microseconds(int(sys.argv[1]))))
