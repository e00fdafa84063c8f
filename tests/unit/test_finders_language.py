"""The language of a text."""

from __future__ import annotations

import subprocess
import sys

import pytest

from feedpub.finders.language import detect

TORN = "desde entre hasta fue ao até ele foi"  # as many words of Spanish as of Portuguese
DETECT = "import sys; from feedpub.finders.language import detect; print(detect(sys.argv[1]))"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry that was late is at the quay and the crew have left it.", "en"),
        ("Die Fähre ist nicht am Kai und der Hafen wird bis morgen gesperrt.", "de"),
        ("Паром не пришёл, и порт закрыт, но это не надолго, как они сказали.", "ru"),
        ("Larkfield 4711 Halden", None),
    ],
)
def test_small_words_tell_the_language(text: str, language: str | None) -> None:
    assert detect(text) == language


def test_a_text_between_two_languages_is_taken_for_the_same_one_in_every_process() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", DETECT, TORN],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2", "3", "4")
    }
    assert told == {detect(TORN)}
