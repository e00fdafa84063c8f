"""Print what understanding a saved page costs, beside what trafilatura alone takes for the text of the same pages.

Both are given the same bytes, one page after the other in turns, in one process. Reads the clock of the CPU.
"""

from __future__ import annotations

import sys
import time

import trafilatura

import generate
from feedpub.extract import understand
from feedpub.model import Document, Rules

WARM = 5  # pages that are read before the clock runs


def costs(pages: int) -> tuple[float, float]:
    """Seconds of CPU for so many pages: feedpub's, and trafilatura's."""
    rules = Rules()
    documents = [
        Document(f"pages/{number}.html", generate.as_html(generate.article(number)).encode(), f"{number:032x}")
        for number in range(pages + WARM)
    ]
    ours = theirs = 0.0
    for at, document in enumerate(documents):
        start = time.process_time()
        understand(document, rules)
        between = time.process_time()
        trafilatura.extract(document.data)
        if at >= WARM:
            ours += between - start
            theirs += time.process_time() - between
    return ours, theirs


if __name__ == "__main__":
    pages = int(sys.argv[1])
    ours, theirs = costs(pages)
    print(f"{1_000 * ours / pages:.1f} ms of CPU, {ours / theirs:.2f} of what trafilatura alone takes")
