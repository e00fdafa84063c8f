"""Find what each sign of a headline counts anew: python tests/quality/learn_titles.py PAGES.jsonl > headlines.tsv

Each line of the file is a labelled page: {"title", "text" (or "file", beside the list), "site"} and perhaps
"weight". Needs SciPy, which is no dependency of feedpub. Prints, on stderr, how many titles are found on sites that it
did not learn from.

The points are those of a conditional logit: of all lines of a page that may be its title, the labelled one is to be the
likeliest, by all its signs and, counting less, by those alone that choose the finalists. A page counts less when its
site has many, and points that few pages ask for stay small.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from math import log
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from feedpub.finders import body, lines, signs, smallprint, surroundings, title
from feedpub.formats import text
from feedpub.model import Document
from feedpub.normalise import fold

COLUMNS = 3
FOLDS = 5
SHRINKING = 2.0  # how strongly points are drawn to 0
PROMISE = 0.3  # what the choice of the finalists counts beside the choice of the title
FEWEST = 40  # lines that show a sign
LONGER = 1.6  # times a label that a line with the title in it may be long
MOST_STEPS, EXACT = 500, 1e-7  # of the solver, and the part of the loss whose gain no longer counts
HEAD = """\
# What each sign of a line counts towards its being the headline of its page. Learned, not set
# by hand: tests/quality/learn_titles.py writes this table.
# Key: the sign, as finders/signs.py or finders/surroundings.py names it. Then the points for a line of four words or
# more, for a shorter one, and for one in a script that sets no spaces. A number at the end of a key is the most of it;
# `more` is all beyond.
"""


class Labelled(NamedTuple):
    """The lines of one page that may be its title: what speaks for each, and which one is it."""

    site: str
    signs: list[list[str]]
    promise: list[list[str]]  # the signs that choose the finalists
    may: list[bool]  # whether a finalist may be the title
    right: list[bool]
    weight: float = 1.0


def main(path: Path) -> None:
    """Learn from the pages of a list; print the table, and how many titles it finds where it did not learn."""
    pages = list(labelled(path))
    sys.stderr.write(f"{check(pages)}\n")
    sys.stdout.write(HEAD + as_table(learn(pages)))


def check(pages: Sequence[Labelled]) -> str:
    """How many titles are found on sites that were not learned from."""
    found = 0
    for fold_at in range(FOLDS):
        points = learn([page for page in pages if fold_of(page.site) != fold_at])
        found += sum(is_found(page, points) for page in pages if fold_of(page.site) == fold_at)
    return f"{len(pages)} pages of {len({page.site for page in pages})} sites, {found / len(pages):.3f} right"


def fold_of(site: str) -> int:
    """In which test a site is left out."""
    return crc32(site.encode()) % FOLDS


def labelled(list_of_pages: Path) -> Iterator[Labelled]:
    """The pages of a list that have a body and lines that may be the title."""
    for row in map(json.loads, list_of_pages.read_text(encoding="utf-8").splitlines()):
        raw = (list_of_pages.parent / row["file"]).read_bytes() if "file" in row else row["text"].encode()
        read = lines.read(text.read(Document("page.txt", raw, "", None)).blocks)
        small_print = smallprint.reader(read)
        run = body.find(read, smallprint.anchors(read, small_print))
        if run is None:
            continue
        page = signs.look_at(read, run, small_print)
        may = title.possible(page, run)
        if not may:
            continue
        right = [is_title(read[at].text, row["title"]) for at in may]
        if not any(right):
            right = [holds_title(read[at].text, row["title"]) for at in may]
        yield Labelled(
            row["site"],
            [in_columns(read[at], title.of_line(page, at)) for at in may],
            [in_columns(read[at], title.of_promise(page, at)) for at in may],
            [at < page.start or surroundings.opens(page, at) for at in may],
            right,
            row.get("weight", 1.0),
        )


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
    """The points of each sign, by a solver that goes on to the optimum."""
    import numpy as np
    from scipy.optimize import minimize

    known = [page for page in pages if any(page.right)]
    shown = Counter(sign for page in known for found in page.signs for sign in found)
    names = sorted(sign for sign, times in shown.items() if times >= FEWEST)
    choices = Choices(known)
    title_of = choices.by([found for page in known for found in page.signs], names)
    finalists = choices.by([found for page in known for found in page.promise], names)

    def loss(points: Any) -> tuple[float, Any]:
        (surprise, slope), (missed, rising) = choices.judge(title_of, points), choices.judge(finalists, points)
        return (
            surprise + PROMISE * missed + SHRINKING / 2 * points @ points,
            slope + PROMISE * rising + SHRINKING * points,
        )

    options = {"maxiter": MOST_STEPS, "ftol": EXACT}
    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options=options)
    return dict(zip(names, map(float, best.x), strict=True))


class Choices:
    """The pages as arrays: each is a choice between its lines, and the pages of one site share a vote."""

    def __init__(self, pages: Sequence[Labelled]) -> None:
        import numpy as np

        sizes = [len(page.right) for page in pages]
        of_site = Counter(page.site for page in pages)
        self.starts = np.array([0, *accumulate(sizes[:-1])])
        self.page_of = np.repeat(np.arange(len(pages)), sizes)
        self.right = np.array([float(right) for page in pages for right in page.right])
        self.votes = np.array([page.weight / of_site[page.site] ** 0.5 for page in pages])

    def by(self, found: Sequence[Sequence[str]], names: Sequence[str]) -> tuple[Any, Any]:
        """Which line shows which sign, as a sparse matrix, and the same turned over."""
        import numpy as np
        from scipy.sparse import csr_matrix

        number = {name: at for at, name in enumerate(names)}
        shown = [[number[sign] for sign in signs_of_line if sign in number] for signs_of_line in found]
        ends = [0, *accumulate(map(len, shown))]
        columns = np.array([at for row in shown for at in row])
        matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(shown), len(names)))
        return matrix, matrix.T.tocsr()

    def judge(self, shown: tuple[Any, Any], points: Any) -> tuple[float, Any]:
        """The surprise at the titles, and how it changes with the points of each sign."""
        import numpy as np

        rows, columns = shown
        sums = rows @ points
        raised = np.exp(sums - np.maximum.reduceat(sums, self.starts)[self.page_of])
        every = np.add.reduceat(raised, self.starts)
        right = np.add.reduceat(raised * self.right, self.starts) + 1e-300  # never the logarithm of 0
        likely = raised / every[self.page_of] - raised * self.right / right[self.page_of]
        return float(self.votes @ (np.log(every) - np.log(right))), columns @ (likely * self.votes[self.page_of])


def is_found(page: Labelled, points: dict[str, float]) -> bool:
    """Whether the title is found, as `title.find` goes about it: first the finalists, then the best of them."""
    promise, full = ([sum(points.get(sign, 0.0) for sign in row) for row in of] for of in (page.promise, page.signs))
    best = title.finalists(dict(enumerate(promise)))
    ranked = sorted(best, key=lambda at: -full[at])
    return next((page.right[at] for at in ranked if page.may[at]), False)


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
    main(Path(sys.argv[1]))
