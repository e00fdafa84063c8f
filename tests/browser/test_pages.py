"""Every kind of page, in each width, light and dark, from left to right and from right to left, with and without
JavaScript, from a host with a strict policy and from a disk."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser.conftest import TOOLS
from browser.sites import Site
from browser.view import SCHEMES, STILL, WIDTHS, viewed

KINDS = ("index", "channel", "archive", "rich article", "plain article", "withdrawn", "search", "embed")
SITES = ("site", "arabic")
every_kind = pytest.mark.parametrize("kind", KINDS)
both_sites = pytest.mark.parametrize("name", SITES)


@pytest.fixture
def chosen(request: pytest.FixtureRequest, name: str) -> Site:
    """Give the site of that name."""
    found: Site = request.getfixturevalue(name)
    return found


def looks(page: Page) -> Iterator[str]:
    """Show the page in each width, light and dark."""
    for width in WIDTHS:
        for scheme in SCHEMES:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            yield f"{width} px, {scheme}"


@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize("place", ["host", "disk"])
@both_sites
@every_kind
def test_a_page_fits_stands_still_and_complains_of_nothing(
    browser: Browser, chosen: Site, kind: str, place: str, has_script: bool
) -> None:
    path = chosen.pages[kind]
    url = chosen.url + path if place == "host" else (chosen.folder / path).as_uri()
    with viewed(browser, java_script_enabled=has_script) as view:
        page = view.open(url)
        for look in looks(page):
            assert view.overflow() == 0, f"{look}: too wide"
        assert page.locator("h1").inner_text().strip()
        assert not view.complaints
    for width in WIDTHS if has_script and place == "host" else ():
        with viewed(browser, width=width) as view:
            view.open(url)
            assert view.shift() < STILL, f"{width} px"


@both_sites
@every_kind
def test_axe_finds_nothing(browser: Browser, chosen: Site, kind: str) -> None:
    axe = TOOLS.package("axe-core/axe.min.js").read_text("utf-8")
    with viewed(browser) as view:
        page = view.open(chosen.url + chosen.pages[kind])
        page.evaluate(axe)
        for width, scheme in ((320, "light"), (1280, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found: dict[str, Any] = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")
            told = [
                (one["id"], one["help"], [node["html"][:200] for node in one["nodes"]]) for one in found["violations"]
            ]
            assert not told, f"{width} px, {scheme}"


def test_the_html_checker_finds_nothing(site: Site, arabic: Site) -> None:
    checker = TOOLS.package("vnu-jar/build/dist/vnu.jar")
    files = [str(one.folder / path) for one in (site, arabic) for path in one.pages.values()]
    command = [
        TOOLS.program("java"),
        "-Xss8m",
        "-jar",
        str(checker),
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        *files,
    ]
    ran = subprocess.run(command, capture_output=True, check=True, timeout=120)
    messages = json.loads(ran.stdout)["messages"]
    told = [(one["url"], one.get("lastLine"), one["message"]) for one in messages if not _is_of_a_disk(one)]
    assert not told


def _is_of_a_disk(message: dict[str, Any]) -> bool:
    """Whether it only means that a file has no host that `'self'` could stand for, or that data is a script."""
    return message["type"] == "info" and "violates Content Security Policy (meta tag)" in message["message"]
