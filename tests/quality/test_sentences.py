"""Hard passages, and how many of them must part right. Lowering a floor needs a reason in the same commit."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from feedpub.finders.sentences import split

PASSAGES = Path(__file__).parent / "sentences.jsonl"
FLOORS = {  # group: its languages, passages whose first sentence is right, passages whose sentences are all right
    "English": ("en", 147, 147),
    "German": ("de", 81, 81),
    "Romance": ("fr es it pt", 53, 53),
    "other Latin letters": ("nl sv da pl cs tr vi id", 29, 29),
    "Cyrillic and Greek": ("ru uk bg el", 21, 21),
    "Hindi, Arabic, Persian, Urdu": ("hi ar fa ur", 12, 12),
    "Chinese, Japanese, Korean, Thai": ("zh ja ko th", 17, 17),
}


def passages() -> list[dict[str, Any]]:
    return [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]


def test_sentences_end_where_an_editor_ends_them() -> None:
    table, below = [f"\n{'passages':<32} of   first right     all right"], []
    for group, (languages, first_floor, all_floor) in FLOORS.items():
        given = [passage for passage in passages() if passage["lang"] in languages.split()]
        found = [split(passage["text"], passage["lang"]) for passage in given]
        first = sum(one[:1] == passage["sentences"][:1] for one, passage in zip(found, given, strict=True))
        whole = sum(one == passage["sentences"] for one, passage in zip(found, given, strict=True))
        table.append(
            f"{group:<32}{len(given):>3}{first:>6}  {first / len(given):.3f}{whole:>7}  {whole / len(given):.3f}"
        )
        if first < first_floor or whole < all_floor:
            below.append(group)
    sys.stdout.write("\n".join((*table, "")))
    assert below == []


def test_every_passage_has_a_floor() -> None:
    languages = " ".join(languages for languages, _, _ in FLOORS.values()).split()
    assert {passage["lang"] for passage in passages()} == set(languages)


def test_the_sentences_of_a_passage_are_all_of_it() -> None:
    for passage in passages():
        assert "".join("".join(passage["sentences"]).split()) == "".join(passage["text"].split())
