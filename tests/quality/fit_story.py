"""Find the weights of tables/story.tsv anew: python tests/quality/fit_story.py PAGES.jsonl… > story.tsv

Each line of the files is a labelled page: {"site", "text", "body"} and perhaps "with" and "without" (pieces of its text
that are in the story and that are not, for pages whose whole body nobody wrote down) and "weight". Needs scikit-learn,
which is no dependency of feedpub. Prints, on stderr, how many decisions are right on sites that it did not learn from.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from feedpub.finders import evidence, page, passages, shortlines
from feedpub.finders import lines as reading
from feedpub.finders.weights import Feature
from feedpub.formats import text
from feedpub.model import Document
from feedpub.normalise import one_line

FOLDS = 5
STRENGTH = 0.1  # of the data against the wish for small weights
WORTH = {"passage": 1.0, "line": 1.6}  # to lose one is so many times worse than to keep one too many
SHINGLE, LIKE = 4, 0.6  # words that are compared at once, and the part of them that must be found
MOST_SHORT = 10  # lines of one page that count in full
HEAD = """\
# What speaks for a passage, or for a short line between two passages (`line.…`), being part of a story: the more, the
# surer; below nothing, against it. Found by measuring, not by hand: tests/quality/fit_story.py writes this table.
# The keys are features of finders/evidence.py and finders/shortlines.py. One that has sizes has a weight for each, in
# the order of its bounds there; one that is there or not has one weight. `above.…` and `below.…` stand right above and
# below a passage, `before.…` and `after.…` between it and the longest one; the word behind the dot is a kind of line
# (chrome.tsv).
"""
SMALLEST = 0.02  # weights nearer to nothing are left out

Example = tuple[str, list[Feature], bool, float]  # site, features, whether it is of the story, weight


def shingles(printed: str) -> list[tuple[str, ...]]:
    tokens = reading.words(printed) if len(printed.split()) > 1 else list(printed)
    return [tuple(tokens[at : at + SHINGLE]) for at in range(max(1, len(tokens) - SHINGLE + 1))]


class Labels:
    """What a labelled page says of its lines."""

    def __init__(self, labelled: dict[str, Any]) -> None:
        body = labelled.get("body", "")
        self.shingles = {one for paragraph in body.split("\n") for one in shingles(paragraph)}
        self.shingles |= set(shingles(body))
        self.paragraphs = {one_line(paragraph) for paragraph in body.split("\n")}
        self.inside = [one_line(piece) for piece in labelled.get("with", ())]
        self.outside = [one_line(piece) for piece in labelled.get("without", ())]

    def of(self, printed: str) -> bool | None:
        """Whether a line is of the story; None when the page does not say."""
        if self.paragraphs != {""}:
            if printed in self.paragraphs:
                return True
            found = shingles(printed)
            return len(found) > 1 and sum(one in self.shingles for one in found) >= LIKE * len(found)
        if any(piece in printed for piece in self.inside):
            return True
        return False if any(piece in printed for piece in self.outside) else None


def examples(labelled: dict[str, Any]) -> Iterator[tuple[str, Example]]:
    """Passages and short lines of one page, with what they are."""
    blocks = text.read(Document("", labelled["text"].encode(), "")).blocks
    lines = reading.read(blocks)
    top = page.head(lines)
    if top is None:
        return
    place = top.place
    site, weight, labels = labelled["site"], labelled.get("weight", 1.0), Labels(labelled)
    found = passages.passages(lines, place)
    kept = []
    for passage, features in zip(found, evidence.features_of(lines, found, place), strict=True):
        said = [(labels.of(line.text), len(line.text)) for line in lines[passage.start : passage.stop]]
        known = sum(size for one, size in said if one is not None)
        inside = sum(size for one, size in said if one)
        if known:
            if inside * 2 > known:
                kept.append(passage)
            yield "passage", (site, list(features), inside * 2 > known, weight * min(4.0, 0.5 + passage.size / 300))
    short = [
        (list(features), one)
        for at, features in shortlines.short_features(lines, kept)
        if (one := labels.of(lines[at].text)) is not None
    ]
    for features, inside in short:  # a page with a long table speaks no louder than others
        yield "line", (site, features, inside, weight * min(1.0, MOST_SHORT / len(short)))


def fit(given: list[Example]) -> dict[str, dict[int, float]]:
    """Weights by logistic regression."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = [dict.fromkeys(features, 1.0) for _, features, _, _ in given]
    vectors = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=1000, fit_intercept=False)
    model.fit(
        vectors.fit_transform(rows), [good for _, _, good, _ in given], sample_weight=[weight for *_, weight in given]
    )
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for name, weight in zip(vectors.feature_names_, model.coef_[0], strict=True):
        key, at = name.split(":")
        found[key][int(at)] = float(weight)
    return found


def decide(weights: dict[str, dict[int, float]], features: list[Feature]) -> bool:
    parted = (feature.split(":") for feature in features)
    return sum(weights.get(key, {}).get(int(at), 0.0) for key, at in parted) > 0


def check(given: list[Example]) -> str:
    """How many decisions are right on sites that were not learned from."""
    sites = sorted({site for site, *_ in given})
    right: Counter[bool] = Counter()
    for fold in range(FOLDS):
        held = set(sites[fold::FOLDS])
        weights = fit([one for one in given if one[0] not in held])
        for site, features, good, weight in given:
            if site in held:
                right[decide(weights, features) == good] += weight
    return f"{len(given)} examples of {len(sites)} sites, {right[True] / sum(right.values()):.3f} right"


def main(paths: list[str]) -> None:
    given: dict[str, list[Example]] = defaultdict(list)
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            for what, (site, features, inside, weight) in examples(json.loads(line)):
                given[what].append((site, features, inside, weight * WORTH[what] if inside else weight))
    for what, some in given.items():
        sys.stderr.write(f"{what}: {check(some)}\n")
    sys.stdout.write(HEAD)
    for some in given.values():
        for key, row in sorted(fit(some).items()):
            if max(map(abs, row.values())) >= SMALLEST:
                sys.stdout.write("\t".join((key, *(f"{row.get(at, 0.0):.2f}" for at in range(max(row) + 1)))) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
