"""How far long work has come, on standard error."""

from __future__ import annotations

import sys
from typing import Any

import click


class Silence:
    """Nobody watches."""

    def starts(self, count: int) -> None:
        """Say nothing."""

    def advances(self, count: int) -> None:
        """Say nothing."""


class Bar:
    """A progress bar on standard error, for reading that takes a while."""

    FEW = 500

    def __init__(self) -> None:
        """Wait until it is known how much there is to read."""
        self._bar: Any = None
        self._left = 0

    def starts(self, count: int) -> None:
        """Draw the bar, unless the reading will be over at once."""
        if count >= self.FEW:
            self._left = count
            self._bar = click.progressbar(
                length=count, label="reading", file=sys.stderr, update_min_steps=max(1, count // 200)
            )
            self._bar.render_progress()

    def advances(self, count: int) -> None:
        """Move the bar, and end its line when all is read."""
        if self._bar is not None:
            self._bar.update(count)
            self._left -= count
            if not self._left:
                self._bar.render_finish()
