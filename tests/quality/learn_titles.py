"""Find anew what speaks for a headline: python tests/quality/learn_titles.py PAGES.jsonl FOLDER

Each line of the file is a labelled page: {"title", "text" (or "file", beside the list), "site"} and perhaps "weight".
Writes the tables headlines.tsv, besides.tsv and questions.tsv into the folder. Needs SciPy and LightGBM, which are no
dependencies of feedpub. Prints how many titles are found on sites that it did not learn from.

The points of the first choice are those of a conditional logit: of all lines of a page that may be its title, the
labelled one is to be the likeliest. The questions that are put to those that promise most are trees of two levels,
which are grown one after the other to the same end. A page counts less when its site has many.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from math import log
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from feedpub.finders import body, headline, lines, promise, signs, smallprint, surroundings, title
from feedpub.formats import text
from feedpub.model import Document
from feedpub.normalise import fold

COLUMNS = 3
FOLDS = 5
SHRINKING = 2.0  # how strongly points are drawn to 0
FEWEST = 40  # lines that show a sign
LEARNED_FROM = 14  # lines of a page that promise most, which the questions are learned from
UNSURE = 10  # lines of a kind at which its number is drawn half-way to 0
LONGER = 1.6  # times a label that a line with the title in it may be long
AROUND = 60, 20  # lines above and below a title that tell what in it is not the title
QUESTIONS = 160
GROWING = {
    "learning_rate": 0.15,
    "num_leaves": 4,
    "max_depth": 2,
    "min_data_in_leaf": 20,
    "min_sum_hessian_in_leaf": 0.5,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": 1,
    "deterministic": True,
    "num_threads": 1,
    "verbose": -1,
}
SIDES = {"above": (-1, 0), "above.2nd": (-2, 0), "own": (0, 1), "below": (1, 2), "below.2nd": (2, 2)}  # their numbers
HEADLINES = """\
# What each sign of a line counts towards its being looked at closely as the headline of its page. Learned, not set
# by hand: tests/quality/learn_titles.py writes this table.
# Key: the sign, as finders/promise.py names it. Then the points for a line of four words or more, for a shorter one,
# and for one in a script that sets no spaces. A number at the end of a key is the most of it; `more` is all beyond.
"""
BESIDES = """\
# What lines of a kind say of the line that may be a headline: how much oftener than others they stand right above one,
# are one, stand right below one (logarithms). Learned by tests/quality/learn_titles.py.
# Key: the kind, as finders/surroundings.py names it.
"""
ASKED = """\
# What is asked of the few lines that may be the headline of a page; all answers together decide. Learned, not set by
# hand: tests/quality/learn_titles.py writes this table.
# Key: a running number. Then a number of the line, as finders/title.py names it, and a bound. Up to the bound the next
# four words are another number, its bound, and the points up to that bound and beyond; beyond it the last four are.
"""


class Labelled(NamedTuple):
    """The lines of one page that may be its title: what speaks for each, and which one is it."""

    site: str
    signs: list[list[str]]  # that promise something
    may: list[bool]  # whether one that is looked at closely may be the title
    right: list[bool]
    weight: float
    look: Callable[[int], tuple[list[float], list[str]]]  # the numbers of a line, and the kinds of those beside it


class Learned(NamedTuple):
    """What the three tables say."""

    points: dict[str, float]
    numbers: dict[tuple[str, int], float]  # of a kind that stands above, is the line, or stands below
    questions: tuple[title.Question, ...]


def main(path: Path, folder: Path) -> None:
    """Learn from the pages of a list; write the tables, and say how many titles are found where it did not learn."""
    pages = list(labelled(path))
    sys.stdout.write(f"{check(pages)}\n")
    learned = learn(pages)
    (folder / "headlines.tsv").write_text(HEADLINES + as_points(learned.points), encoding="utf-8")
    (folder / "besides.tsv").write_text(BESIDES + as_numbers(learned.numbers), encoding="utf-8")
    (folder / "questions.tsv").write_text(ASKED + as_questions(learned.questions), encoding="utf-8")


def check(pages: Sequence[Labelled]) -> str:
    """How many titles are found on sites that were not learned from."""
    found = 0
    for fold_at in range(FOLDS):
        learned = learn([page for page in pages if fold_of(page.site) != fold_at])
        found += sum(is_found(page, learned) for page in pages if fold_of(page.site) == fold_at)
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
        possible = [at for at in range(*promise.reach(page, run)) if promise.may_be(*described(read[at]))]
        if possible:
            yield Labelled(
                row["site"],
                [in_columns(read[at], promise.of_line(page, at)) for at in possible],
                [at < page.start or surroundings.opens(page, at) for at in possible],
                which([shown(read, at) for at in possible], [read[at].text for at in possible], row["title"]),
                row.get("weight", 1.0),
                looker(page, possible),
            )


def described(line: lines.Line) -> tuple[str, int, str]:
    """What a line is by itself."""
    return line.text, line.words, line.kind


def shown(read: Sequence[lines.Line], at: int) -> str:
    """A line as it is shown when it is the title."""
    around = {line.text for line in read[max(0, at - AROUND[0]) : at + AROUND[1]]} - {read[at].text}
    return headline.clean(read[at].text, (), around).title


def which(cleaned: Sequence[str], printed: Sequence[str], label: str) -> list[bool]:
    """Which lines are the title: as printed, or without what is cut from it, or with the site's name or a kicker."""
    alone = [plain(line) == plain(label) for line in printed]
    if any(alone):
        return alone
    without = [plain(line) == plain(label) for line in cleaned]
    return without if any(without) else [holds_title(line, label) for line in printed]


def holds_title(printed: str, label: str) -> bool:
    """Whether a line is the title with the site's name or a kicker."""
    return plain(label) in plain(printed) and len(plain(printed)) < LONGER * len(plain(label))


def plain(printed: str) -> str:
    """Letters and digits only, the letters small."""
    return re.sub(r"[\W_]+", "", fold(printed).casefold())


def looker(page: signs.Page, possible: Sequence[int]) -> Callable[[int], tuple[list[float], list[str]]]:
    """Looks closely at the possible lines of a page, each once."""

    def look(which_one: int) -> tuple[list[float], list[str]]:
        at = possible[which_one]
        return list(title.numbers(page, at)), [surroundings.kind(page, at + step) for step, _ in SIDES.values()]

    return cache(look)


def in_columns(line: lines.Line, found: Iterable[str]) -> list[str]:
    """Each sign for all columns, and once more for the line's own when that is not the first."""
    column = promise.column(line.text, line.words)
    rising = [step for sign in found for step in rise(sign)]
    return rising + [f"{column} {sign}" for sign in rising] if column else rising


@cache
def rise(sign: str) -> list[str]:
    """A number as all the steps below it, so that neighbours learn from each other; any other sign as it is."""
    family, _, step = sign.rpartition(".")
    steps = [*map(str, promise.STEPS.get(family, ())), "more"]
    return [f"{family}.{one}" for one in steps[: steps.index(step) + 1]] if family in promise.STEPS else [sign]


def learn(pages: Sequence[Labelled]) -> Learned:
    """What promises, what the kinds of lines say, and what to ask."""
    known = [page for page in pages if any(page.right)]
    points = learn_points(known)
    chosen = [(page, promising(page, points)) for page in known]
    chosen = [(page, best) for page, best in chosen if any(page.right[at] for at in best)]
    numbers = learn_numbers(chosen)
    return Learned(points, numbers, learn_questions(chosen, numbers))


def promising(page: Labelled, points: dict[str, float]) -> list[int]:
    """The lines that promise most, so many that something can be learned from those that are not the title."""
    promised = [sum(points.get(sign, 0.0) for sign in found) for found in page.signs]
    return sorted(range(len(promised)), key=lambda at: -promised[at])[:LEARNED_FROM]


def learn_points(pages: Sequence[Labelled]) -> dict[str, float]:
    """The points of each sign, by a solver that goes on to the optimum."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    shown_by = Counter(sign for page in pages for found in page.signs for sign in found)
    names = sorted(sign for sign, times in shown_by.items() if times >= FEWEST)
    number = {name: at for at, name in enumerate(names)}
    rows = [[number[sign] for sign in found if sign in number] for page in pages for found in page.signs]
    columns = np.array([at for row in rows for at in row])
    ends = [0, *accumulate(map(len, rows))]
    shown_signs = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
    turned = shown_signs.T.tocsr()
    choice = Choice(pages, [page.right for page in pages])

    def loss(points: Any) -> tuple[float, Any]:
        surprise, slope, _ = choice.judge(shown_signs @ points)
        return surprise + SHRINKING / 2 * points @ points, turned @ slope + SHRINKING * points

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300, "ftol": 1e-6})
    return dict(zip(names, map(float, best.x), strict=True))


def learn_numbers(chosen: Sequence[tuple[Labelled, Sequence[int]]]) -> dict[tuple[str, int], float]:
    """How much oftener lines of a kind stand right above a title, are one, and stand right below one, than others."""
    times: Counter[tuple[str, int]] = Counter()
    right: Counter[tuple[str, int]] = Counter()
    for page, best in chosen:
        for at in best:
            for side in ("above", "own", "below"):
                kind = page.look(at)[1][list(SIDES).index(side)], SIDES[side][1]
                times[kind] += 1
                right[kind] += page.right[at]
    usual = right.total() / times.total()
    return {kind: round(log((right[kind] / usual + UNSURE) / (times[kind] + UNSURE)), 1) for kind in times}


def looked_at(page: Labelled, at: int, numbers: dict[tuple[str, int], float]) -> list[float]:
    """The numbers of a line, those of the kinds around it as learned."""
    found, kinds = page.look(at)
    found = list(found)
    for (side, (_, of)), kind in zip(SIDES.items(), kinds, strict=True):
        found[title.NAMES.index(side)] = numbers.get((kind, of), 0.0)
    return found


def learn_questions(
    chosen: Sequence[tuple[Labelled, Sequence[int]]], numbers: dict[tuple[str, int], float]
) -> tuple[title.Question, ...]:
    """The questions, each learned from what those before it left open."""
    import lightgbm
    import numpy as np

    rows = np.array([looked_at(page, at, numbers) for page, best in chosen for at in best])
    choice = Choice([page for page, _ in chosen], [[page.right[at] for at in best] for page, best in chosen])

    def slopes(points: Any, _rows: Any) -> tuple[Any, Any]:
        _, slope, curve = choice.judge(points)
        return slope, curve

    pages = lightgbm.Dataset(rows, label=choice.right)
    grown = lightgbm.train({**GROWING, "objective": slopes}, pages, num_boost_round=QUESTIONS)
    return tuple(as_question(tree["tree_structure"]) for tree in grown.dump_model()["tree_info"])


class Choice:
    """Pages as choices between their lines; the pages of one site share a vote."""

    def __init__(self, pages: Sequence[Labelled], right: Sequence[Sequence[bool]]) -> None:
        import numpy as np

        sizes = [len(found) for found in right]
        of_site = Counter(page.site for page in pages)
        self.starts = np.array([0, *accumulate(sizes[:-1])])
        self.page_of = np.repeat(np.arange(len(pages)), sizes)
        self.right = np.array([float(one) for found in right for one in found])
        self.votes = np.array([page.weight / of_site[page.site] ** 0.5 for page in pages])

    def judge(self, points: Any) -> tuple[float, Any, Any]:
        """The surprise at the titles, and how it changes with the points of each line, and how that does."""
        import numpy as np

        raised = np.exp(points - np.maximum.reduceat(points, self.starts)[self.page_of])
        every = np.add.reduceat(raised, self.starts)
        right = np.add.reduceat(raised * self.right, self.starts) + 1e-300  # never the logarithm of 0
        likely, votes = raised / every[self.page_of], self.votes[self.page_of]
        slope = (likely - raised * self.right / right[self.page_of]) * votes
        curve = np.maximum(likely * (1 - likely), 1e-3) * votes
        return float(self.votes @ (np.log(every) - np.log(right))), slope, curve


def as_question(tree: dict[str, Any]) -> title.Question:
    """A tree of two levels as a question; where it stops early, the second answer is the same either way."""
    if "split_feature" not in tree:
        tree = {"split_feature": 0, "threshold": 0.0, "left_child": tree, "right_child": tree}
    low, high = (_answer(tree[side]) for side in ("left_child", "right_child"))
    return tree["split_feature"], _bound(tree), low, high


def _answer(tree: dict[str, Any]) -> title.Answer:
    if "split_feature" not in tree:
        return 0, 0.0, round(tree["leaf_value"], 3), round(tree["leaf_value"], 3)
    at_most, beyond = (round(tree[side]["leaf_value"], 3) for side in ("left_child", "right_child"))
    return tree["split_feature"], _bound(tree), at_most, beyond


def _bound(tree: dict[str, Any]) -> float:
    return float(f"{tree['threshold']:.4g}") if abs(tree["threshold"]) > 1e-9 else 0.0


def is_found(page: Labelled, learned: Learned) -> bool:
    """Whether the title is found, as `title.find` goes about it: first the finalists, then the best of them."""
    promised = {at: sum(learned.points.get(sign, 0.0) for sign in row) for at, row in enumerate(page.signs)}
    points = {
        at: title.judge(looked_at(page, at, learned.numbers), sight, learned.questions)
        for at, sight in promise.best_of(promised).items()
    }
    ranked = sorted(points, key=lambda at: -points[at])
    return next((page.right[at] for at in ranked if page.may[at]), False)


def as_points(points: dict[str, float]) -> str:
    """The points as rows: the sign, and what it counts in each column."""
    known = {sign for sign in points if sign[0] not in "12"}
    known |= {f"{family}.{step}" for family, steps in promise.STEPS.items() for step in (*steps, "more")}
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


def as_numbers(numbers: dict[tuple[str, int], float]) -> str:
    """The kinds of lines, each with its three numbers."""
    kinds = sorted({kind for kind, _ in numbers})
    return "".join("\t".join((kind, *(f"{numbers.get((kind, of), 0.0)}" for of in range(3)))) + "\n" for kind in kinds)


def as_questions(questions: Iterable[title.Question]) -> str:
    """The questions as rows."""
    rows = []
    for at, (number, bound, low, high) in enumerate(questions, 1):
        row: list[object] = [at, title.NAMES[number], f"{bound:g}"]
        for asked, limit, at_most, beyond in (low, high):
            row += [title.NAMES[asked], f"{limit:g}", f"{at_most:g}", f"{beyond:g}"]
        rows.append("\t".join(map(str, row)) + "\n")
    return "".join(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
