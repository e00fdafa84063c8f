"""Programs and packages that some tests need, and that a make target installs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest


class Installed(NamedTuple):
    """What `make TARGET` installs. Where it is missing, a test is skipped, or fails if the environment says so."""

    target: str
    required: str  # the variable that says so
    folder: Path  # beside whose package.json the JavaScript packages are

    def program(self, name: str) -> str:
        """Give the path of a program."""
        return shutil.which(name) or self.lacking(name)

    def package(self, name: str) -> Path:
        """Give the place of a JavaScript package, or of a file in one."""
        place = self.folder / "node_modules" / name
        return place if place.exists() else self.lacking(name.partition("/")[0])

    def lacking(self, what: str) -> NoReturn:
        """Skip the test, or fail it."""
        if os.environ.get(self.required):
            pytest.fail(f"{what} is not installed")
        pytest.skip(f"{what} is not installed: `make {self.target}` does that")
