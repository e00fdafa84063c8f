"""Whatever happens to a folder of articles, its subscribers see each story once, under one guid and one date."""

from __future__ import annotations

from pathlib import Path

import pytest

from property.histories import Newsroom, small_pages

STEPS = 40


@pytest.mark.parametrize("seed", range(16))
def test_no_history_changes_a_guid_or_a_date(tmp_path: Path, seed: int) -> None:
    """With another seed, it is another history: call `Newsroom(folder, seed).live(steps)` for as many as you like."""
    newsroom = Newsroom(tmp_path, seed)
    with small_pages():
        newsroom.live(STEPS)
    assert newsroom.log.count("build") > STEPS // 2
