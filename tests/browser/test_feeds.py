"""Feeds as a browser shows them when a host sends them as plain XML: what this is, and the titles (V03)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from browser.sites import Site
from browser.view import SCHEMES, WIDTHS, viewed

FILES = ("feed.rss", "feed.atom", "archive/0001.rss", "archive/0001.atom", "author/*/feed.rss", "author/*/feed.atom")

LOOK = """() => {
  const entry = document.querySelector("item, entry");
  const title = entry.querySelector("title");
  const text = document.createRange();
  text.selectNodeContents(title);
  const [words, box] = [text.getBoundingClientRect(), title.getBoundingClientRect()];
  const shown = (name) => getComputedStyle(entry.getElementsByTagName(name)[0] ?? entry).display;
  return {
    says: getComputedStyle(document.documentElement, "::before").content,
    paper: getComputedStyle(document.documentElement).backgroundColor,
    title: getComputedStyle(title).display,
    body: [shown("content:encoded"), shown("content"), shown("guid"), shown("id")].filter((one) => one !== "block"),
    isFromTheRight: words.left - box.left > box.right - words.right,
  };
}"""


@pytest.mark.parametrize("name", ["site", "arabic"])
@pytest.mark.parametrize("file", FILES)
def test_a_feed_says_what_it_is_and_shows_its_titles(
    browser: Browser, request: pytest.FixtureRequest, name: str, file: str
) -> None:
    site: Site = request.getfixturevalue(name)
    path = next(site.folder.glob(file)).relative_to(site.folder).as_posix()
    papers = set()
    with viewed(browser) as view:
        page = view.open(site.url + path)
        for width in WIDTHS:
            for scheme in SCHEMES:
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                seen: dict[str, Any] = page.evaluate(LOOK)
                papers.add(seen["paper"])
                assert view.overflow() == 0
                assert seen["says"].startswith('"This is a web feed.')
                assert seen["title"] == "block"
                assert set(seen["body"]) == {"none"}
        first = page.evaluate("() => document.querySelector('item > title, entry > title').textContent")
        assert seen["isFromTheRight"] == (not first.isascii())
        assert len(papers) == 2
        assert not view.complaints
