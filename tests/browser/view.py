"""A page in a browser, and all that can go wrong while it is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

WIDTHS = (320, 768, 1280)  # CSS pixels
HEIGHT = 900
SCHEMES = ("light", "dark")
PATIENCE = 5_000  # milliseconds for what has to happen
SETTLED = 250  # milliseconds after a page is loaded, on this machine
STILL = 0.001  # of a layout's shift (CLS); no page of ours moves by itself

# Adds up how far what is shown moves by itself (Layout Instability, "layout-shift" entries).
SHIFTS = """
globalThis.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


class View:
    """A page, and what it complained of."""

    def __init__(self, context: BrowserContext) -> None:
        context.set_default_timeout(PATIENCE)
        context.add_init_script(SHIFTS)
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))

    def open(self, url: str) -> Page:
        """Open an address, and wait until what its scripts do is done."""
        self.page.goto(url)
        self.page.wait_for_timeout(SETTLED)
        return self.page

    def overflow(self) -> int:
        """Give by how many pixels the page is wider than its window."""
        wide: int = self.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        return max(wide, 0)

    def shift(self) -> float:
        """Give how far the page moved by itself."""
        return float(self.page.evaluate("() => globalThis.shifted"))


@contextmanager
def viewed(browser: Browser, *, width: int = 1280, **options: Any) -> Iterator[View]:
    """Give a fresh view, without the memory of another."""
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, **options)
    try:
        yield View(context)
    finally:
        context.close()
