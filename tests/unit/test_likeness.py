"""Likeness: how like two texts are, and the marks by which like texts are found."""

from __future__ import annotations

import subprocess
import sys

import pytest

from conftest import prose
from feedpub.likeness import compare, sketch

STORY = prose("the ferry")
THAI = "เรือข้ามฟากลำใหม่ออกจากท่าเมื่อเช้าวันจันทร์โดยมีผู้โดยสารสามสิบคนและสุนัขหนึ่งตัว" * 2
CHINESE = (
    "新渡轮星期一早上离开港口,船上有三十名乘客和一只狗。市议会表示,旧船将在冬天之前修好,然后送往博物馆展出,市民可以免费参观。"
    * 2
)


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ("The ferry left the harbour at noon and came back at night", True),
        ("THE FERRY  left the harbour at noon, and came back at night", True),
        ("At noon the bakery sold all of its bread to one customer", False),
        ("", False),
    ],
)
def test_versions_of_a_story_share_what_they_say(other: str, alike: bool) -> None:
    assert compare("The ferry left the harbour at noon and came back at night", other).is_related is alike


def test_nothing_is_like_nothing_and_no_near_copy_of_it() -> None:
    assert compare("", "").is_related
    assert not compare("", "").is_near_copy


def test_a_few_other_words_make_a_near_copy() -> None:
    assert compare(STORY, STORY.replace("harbour", "port")).is_near_copy


def test_typesetting_makes_no_difference() -> None:
    assert compare("The mayor's “ferry” left, they said.", 'The mayor’s "ferry" left they said').shared == 1


def test_the_longer_version_and_the_shorter_one_are_near_copies_in_either_order() -> None:
    longer = STORY + "\n\n" + prose("more of the ferry", 5)
    assert compare(STORY, longer) == compare(longer, STORY)
    assert compare(STORY, longer).shared < 0.6
    assert compare(STORY, longer).is_near_copy


def test_another_story_is_not() -> None:
    assert not compare(STORY, prose("the bridge")).is_related


def test_two_briefs_that_share_their_end_are_not() -> None:
    end = "Readers who saw anything are asked to call the harbour office, which is open on all days of the week."
    one, other = f"A boat was found at the pier on Monday. {end}", f"A dog was found at the school on Friday. {end}"
    assert compare(one, other).shared > 0.5
    assert not compare(one, other).is_near_copy


def test_the_same_form_with_other_figures_is_another_story() -> None:
    form = STORY + " Gauge one stood at {} cm, gauge two at {} cm, gauge three at {} cm, gauge four at {} cm."
    monday, tuesday = form.format(101, 203, 310, 412), form.format(118, 199, 345, 460)
    filled = compare("".join(c for c in monday if c.isascii()), "".join(c for c in tuesday if c.isascii()))
    assert filled.shared > 0.8
    plain = "".join(word + " " for word in STORY.split() if word.isalpha())
    gauges = "Gauge one stood at {} cm, gauge two at {} cm, gauge three at {} cm, gauge four at {} cm."
    assert not compare(
        plain + gauges.format(101, 203, 310, 412), plain + gauges.format(118, 199, 345, 460)
    ).is_near_copy
    assert compare(plain + gauges.format(101, 203, 310, 412), plain + gauges.format(101, 203, 310, 460)).is_near_copy


@pytest.mark.parametrize("text", [THAI, CHINESE])
def test_a_script_that_parts_no_words_is_compared_by_its_characters(text: str) -> None:
    assert compare(text, text[:-20]).shared > 0.6
    assert not compare(text, CHINESE if text is THAI else THAI).is_related
    assert len(set(sketch(text)) & set(sketch(text[:-20]))) >= 4


# ── sketches ─────────────────────────────────────────────────────────────────────────────────────


def test_like_texts_share_marks_and_others_do_not() -> None:
    edited = STORY.replace("harbour", "port").replace("market", "fair")
    assert len(set(sketch(STORY)) & set(sketch(edited))) >= 3
    assert len(set(sketch(STORY)) & set(sketch(STORY + "\n\n" + prose("more", 2)))) >= 3
    assert len(set(sketch(STORY)) & set(sketch(prose("the bridge")))) <= 2


def test_another_word_changes_the_mark_of_its_clause_and_no_other() -> None:
    clauses = [f"clause {number} says that the ferry {number}{number} left the harbour in time" for number in range(6)]
    edited = [*clauses[:2], clauses[2].replace("ferry", "tram"), *clauses[3:]]
    for mark in (", ", ". ", "\n\n", "، ", "। "):
        one, other = set(sketch(mark.join(clauses))), set(sketch(mark.join(edited)))
        assert one == set(sketch(", ".join(clauses)))
        assert (len(one), len(one & other)) == (6, 5)


def test_marks_fit_into_four_bytes_and_are_few() -> None:
    assert 0 < len(sketch(STORY)) <= 8
    assert all(-(2**31) <= mark < 2**31 for mark in sketch(STORY))
    assert sketch(" \n") == ()


def test_a_sketch_is_the_same_in_every_process() -> None:
    code = "import sys; from feedpub.likeness import sketch; print(sketch(sys.stdin.read()))"
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=STORY,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == str(sketch(STORY))


@pytest.mark.parametrize("text", ["a" * 1_000_000, "a " * 500_000, "，" * 100_000, "١٢٣ " * 100_000])
def test_odd_texts_are_no_trouble(text: str) -> None:
    assert len(sketch(text)) <= 8
    assert compare(text, STORY).is_near_copy is False
