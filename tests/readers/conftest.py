"""What the tests of readers share: a site that is built and served."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conftest import Project
from readers.meant import Site
from serving import served


@pytest.fixture
def site(project: Project) -> Iterator[Site]:
    """Give a site that is built and served."""
    project.feeds.mkdir()
    with served(project.feeds) as host:
        yield Site(project, host)
