"""Whatever happens to a folder of articles, its subscribers see each story once, under one guid and one date."""

from __future__ import annotations

from pathlib import Path

import pytest

from property.histories import History, in_small_steps

STEPS = 40


@pytest.mark.parametrize("seed", range(16))
def test_no_history_changes_a_guid_or_a_date(tmp_path: Path, seed: int) -> None:
    """With another seed, it is another history: call `History(folder, seed).live(steps)` for as many as you like."""
    history = History(tmp_path, seed)
    with in_small_steps():
        history.live(STEPS)
    assert history.log.count("build") > STEPS // 2
