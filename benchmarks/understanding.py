"""Print the median CPU time, in microseconds, in which feedpub understands one article: no disk, no ledger."""

from __future__ import annotations

import statistics
import sys
import time

import generate
from feedpub.extract import understand
from feedpub.model import Capture, Document, Rules, Trust

WRITTEN = {"txt": generate.as_text, "md": generate.as_markdown}


def microseconds(articles: int, extension: str) -> float:
    """Understand so many articles, kept as files of an extension, and give the median of their times."""
    rules = Rules()
    times = []
    for number in range(articles):
        document = _document(generate.article(number), extension)
        start = time.process_time_ns()
        understand(document, rules)
        times.append(time.process_time_ns() - start)
    return statistics.median(times) / 1_000


def _document(article: generate.Article, extension: str) -> Document:
    return Document(
        f"{extension}/{article.number}.{extension}",
        WRITTEN[extension](article).encode(),
        f"{article.number:032x}",
        Capture(article.captured, "file-name", Trust.WRITTEN),
    )


if __name__ == "__main__":
    print(round(microseconds(int(sys.argv[1]), sys.argv[2])))
