"""News in many languages and their legacy encodings: how many are read right. Lowering a floor needs a reason."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from feedpub.formats import _characters, _mojibake

NEWS = Path(__file__).parent / "encodings.jsonl"
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
TYPED = str.maketrans("„“”«»״’‘—–", '""""""\'\'--', "¿")  # where an encoding has no better
FLOORS = {  # length: how many of the legacy files, of those in Unicode, and of those misread twice over, are read right
    "headline": (42, 192, 24),
    "sentence": (43, 192, 24),
    "article": (43, 192, 24),
}


def news() -> list[dict[str, Any]]:
    return [json.loads(line) for line in NEWS.read_text(encoding="utf-8").splitlines()]


def shortened(sentences: list[str], length: str) -> str:
    return {"headline": sentences[1][:40], "sentence": sentences[0], "article": "\n\n".join(sentences)}[length] + "\n"


def written(text: str, label: str) -> tuple[str, bytes]:
    """A text as it can be written in an encoding, and its bytes."""
    codec = _characters.codec_of(label) or label
    kept = "".join(char if char.encode(codec, "ignore") else char.translate(TYPED) for char in text)
    return kept, kept.encode(codec)


def misread(text: str) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


def is_right(text: str, label: str) -> bool:
    kept, data = written(text, label)
    return _characters.decode(data, "a.txt")[0].lstrip("\ufeff") == kept


def test_news_is_read_in_the_encodings_that_its_language_was_ever_written_in() -> None:
    table, below = [f"\n{'encodings':<12}{'legacy':>12}{'Unicode':>12}{'mended':>12}"], []
    for length, floors in FLOORS.items():
        texts = [(shortened(one["sentences"], length), one["encodings"]) for one in news()]
        legacy = [is_right(text, label) for text, labels in texts for label in labels]
        unicode = [is_right(text, label) for text, _ in texts for label in UNICODE]
        mended = [_mojibake.mend(misread(misread(text))).text == text for text, _ in texts]
        counts = [f"{sum(right):>6} of {len(right)}" for right in (legacy, unicode, mended)]
        table.append(f"{length:<12}{counts[0]:>12}{counts[1]:>12}{counts[2]:>12}")
        if any(sum(right) < floor for right, floor in zip((legacy, unicode, mended), floors, strict=True)):
            below.append(length)
    sys.stdout.write("\n".join((*table, "")))
    assert below == []


def test_every_sign_of_a_misread_text_leaves_a_trace_in_its_bytes() -> None:
    signs = [sign for signs in _mojibake.SIGNS.values() for sign in signs]
    for sign in (*signs, *_mojibake.HARMED):
        assert _mojibake.may_be_misread(f"{sign}\x80".encode(), f"{sign}\x80".encode()), sign


@pytest.mark.parametrize("change", [str, str.upper, str.lower, str.title], ids=lambda change: change.__name__)
def test_what_is_not_misread_is_never_mended(change: Any) -> None:
    for one in news():
        text = change("\n".join(one["sentences"]))
        for printed in (text, "\n".join(text.split())):
            assert _mojibake.mend(printed) == (printed, 0, 0)
