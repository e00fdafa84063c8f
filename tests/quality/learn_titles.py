"""Learn what each sign of a headline counts.

Takes labelled pages, a JSON object a line with `title`, `text` (or `file`, beside the list) and `site`; prints the
table `headlines`. Run it as `python tests/quality/learn_titles.py PAGES.jsonl`, and `--test` to leave out one site in
five and print how many titles of those are found.

The points are those of a conditional logit: of all lines of a page that may be its title, the labelled one is to be the
likeliest. A page counts less when its site has many, and points that few pages ask for stay small.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import exp, log, sqrt
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from feedpub.finders import body, lines, signs, smallprint, title
from feedpub.formats import text
from feedpub.model import Document
from feedpub.normalise import fold

COLUMNS = 3
ROUNDS, PACE = 40, 0.3
SHRINKING = 3.0  # how strongly points are drawn to 0
FEWEST = 40  # lines that show a sign
TESTED = 5  # of so many sites, one is left out in a test
LONGER = 1.6  # times a label that a line with the title in it may be long


class Labelled(NamedTuple):
    """The lines of one page that may be its title: what speaks for each, and which one is it."""

    site: str
    signs: list[list[str]]
    right: list[bool]


def main() -> None:
    """Learn from the pages of a list, print the table or the share of titles that it finds."""
    options = argparse.ArgumentParser()
    options.add_argument("pages", type=Path)
    options.add_argument("--test", action="store_true")
    given = options.parse_args()
    pages = list(labelled(given.pages))
    learning = [page for page in pages if not (given.test and is_tested(page.site))]
    points = learn([page for page in learning if any(page.right)])
    if not given.test:
        sys.stdout.write(as_table(points))
        return
    tested = [page for page in pages if is_tested(page.site)]
    found = sum(page.right[likeliest(page, points)] for page in tested if page.signs)
    sys.stdout.write(f"{found} of {len(tested)} titles of sites that were left out: {found / len(tested):.3f}\n")


def is_tested(site: str) -> bool:
    """Whether a test leaves the site out, always the same ones."""
    return crc32(site.encode()) % TESTED == 0


def labelled(list_of_pages: Path) -> Iterator[Labelled]:
    """The pages of a list that have a body."""
    for row in map(json.loads, list_of_pages.read_text(encoding="utf-8").splitlines()):
        raw = (list_of_pages.parent / row["file"]).read_bytes() if "file" in row else row["text"].encode()
        read = lines.read(text.read(Document("page.txt", raw, "", None)).blocks)
        small_print = smallprint.reader(read)
        run = body.find(read, smallprint.anchors(read, small_print))
        if run is None:
            continue
        page = signs.look_at(read, run, small_print)
        may = title.possible(page, run)
        right = [is_title(read[at].text, row["title"]) for at in may]
        if not any(right):
            right = [holds_title(read[at].text, row["title"]) for at in may]
        yield Labelled(row["site"], [in_columns(read[at], title.of_line(page, at)) for at in may], right)


def is_title(printed: str, label: str) -> bool:
    """Whether a line is the title, marks and capitals aside."""
    return plain(printed) == plain(label)


def holds_title(printed: str, label: str) -> bool:
    """Whether a line is the title with the site's name or a kicker."""
    return plain(label) in plain(printed) and len(plain(printed)) < LONGER * len(plain(label))


def plain(printed: str) -> str:
    """Words only, in small letters."""
    return re.sub(r"[\W_]+", " ", fold(printed)).strip()


def in_columns(line: lines.Line, found: Iterable[str]) -> list[str]:
    """Each sign for all columns, and once more for the line's own when that is not the first."""
    column = title.column(line)
    rising = [step for sign in found for step in rise(sign)]
    return rising + [f"{column} {sign}" for sign in rising] if column else rising


@cache
def rise(sign: str) -> list[str]:
    """A number as all the steps below it, so that neighbours learn from each other; any other sign as it is."""
    family, _, step = sign.rpartition(".")
    steps = [*map(str, signs.STEPS.get(family, ())), "more"]
    return [f"{family}.{one}" for one in steps[: steps.index(step) + 1]] if family in signs.STEPS else [sign]


def learn(pages: Sequence[Labelled]) -> dict[str, float]:
    """The points of each sign, by gradient steps that get shorter where many were taken."""
    shown = Counter(sign for page in pages for found in page.signs for sign in found)
    points = {sign: 0.0 for sign, times in shown.items() if times >= FEWEST}
    walked = dict.fromkeys(points, 1e-6)
    of_site = Counter(page.site for page in pages)
    weights = [1 / sqrt(of_site[page.site]) for page in pages]
    shrinking = SHRINKING / sum(weights)
    order = list(range(len(pages)))
    chance = random.Random(1)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for at in order:
            for sign, slope in slopes(pages[at], points).items():
                step = weights[at] * (slope + shrinking * points[sign])
                walked[sign] += step * step
                points[sign] -= PACE * step / sqrt(walked[sign])
    return points


def slopes(page: Labelled, points: dict[str, float]) -> dict[str, float]:
    """How the surprise at a page's title changes with the points of each sign."""
    likely = likelihoods(page, points)
    right = sum(chance for chance, is_right in zip(likely, page.right, strict=True) if is_right)
    found: dict[str, float] = {}
    for shown, chance, is_right in zip(page.signs, likely, page.right, strict=True):
        slope = chance - (chance / right if is_right else 0.0)
        if abs(slope) > 1e-4:
            for sign in shown:
                if sign in points:
                    found[sign] = found.get(sign, 0.0) + slope
    return found


def likelihoods(page: Labelled, points: dict[str, float]) -> list[float]:
    """How likely each line is the title."""
    sums = [sum(points.get(sign, 0.0) for sign in shown) for shown in page.signs]
    most = max(sums)
    raised = [exp(max(one - most, -30.0)) for one in sums]
    return [one / sum(raised) for one in raised]


def likeliest(page: Labelled, points: dict[str, float]) -> int:
    """Which line is taken for the title."""
    likely = likelihoods(page, points)
    return likely.index(max(likely))


def as_table(points: dict[str, float]) -> str:
    """The points as rows: the sign, and what it counts in each column."""
    known = {sign for sign in points if sign[0] not in "12"}
    known |= {f"{family}.{step}" for family, steps in signs.STEPS.items() for step in (*steps, "more")}
    rows = ((sign, [in_column(sign, of, points) for of in range(COLUMNS)]) for sign in sorted(known, key=by_number))
    return "".join("\t".join((sign, *(f"{one:.2f}" for one in row))) + "\n" for sign, row in rows if any(row))


def in_column(sign: str, column: int, points: dict[str, float]) -> float:
    """What a sign counts in one column: its own points and those of the steps below it."""
    return round(
        sum(points.get(step, 0.0) + (points.get(f"{column} {step}", 0.0) if column else 0.0) for step in rise(sign)), 2
    )


def by_number(sign: str) -> tuple[str, float, str]:
    """Rows of numbers in their order."""
    family, _, step = sign.rpartition(".")
    return family, float(step) if step.isdigit() else log(1e9), step


if __name__ == "__main__":
    main()
