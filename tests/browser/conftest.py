"""What the tests in a browser share: one Chromium for all of them, and pages that see nobody but this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.sites import Site, a_site
from installed import Installed

TOOLS = Installed("browsers", "FEEDPUB_REQUIRE_BROWSERS", Path(__file__).parent)
NAMES = ("chromium", "chromium-browser", "google-chrome")
STRICT = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; "
    "require-trusted-types-for 'script'; trusted-types feedpub-search"
}
NOBODY_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a Chromium without a window, which finds no host but this machine."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=[NOBODY_ELSE, "--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a site in English, with an article now and then in Arabic."""
    with a_site(tmp_path_factory.mktemp("site"), "en", STRICT) as made:
        yield made


@pytest.fixture(scope="session")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a site in Arabic, with an article now and then in English."""
    with a_site(tmp_path_factory.mktemp("arabic"), "ar", STRICT) as made:
        yield made


def chromium() -> str:
    """Give the path of the browser."""
    return next(filter(None, map(shutil.which, NAMES)), None) or TOOLS.lacking("Chromium")
