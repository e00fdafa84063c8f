"""Where pages are looked at and prodded, while everything that they do and should not do is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Dialog, Frame, Page, Request

AT_ONCE = 40  # frames
PATIENCE = 60_000  # milliseconds for a batch of frames to be there
PRODDING = 5_000  # milliseconds for all of them to be prodded; some lead themselves away before
LINGER = 300  # milliseconds: for what runs a little later

# Does to every element of a page what a reader might do to it, once it is there. Links to the web are not followed:
# they are what they seem.
PROD = """addEventListener("load", () => setTimeout(() => {
  const events = {
    MouseEvent: ["click", "mouseover", "mouseenter", "mousedown", "mouseup", "wheel", "dragstart", "pointerover"],
    FocusEvent: ["focus", "focusin"],
    KeyboardEvent: ["keydown"],
    Event: ["submit", "toggle", "beforetoggle", "cancel", "scroll", "resize", "hashchange", "pageshow"],
    AnimationEvent: ["animationstart"],
    TransitionEvent: ["transitionstart"],
  };
  const wide = { bubbles: true, composed: true };
  const stay = (event) => {
    const [pressed] = event.composedPath().filter((one) => one.href || one.action);
    const url = event.target.getAttribute("formaction") || pressed?.href?.baseVal || pressed?.href || pressed?.action;
    if (/^(https?:|\\/\\/)/.test(url)) event.preventDefault();
  };
  for (const name of ["click", "submit"]) document.addEventListener(name, stay);
  const nothing = document.createDocumentFragment();
  const all = (root) => [...root.querySelectorAll("*")].flatMap((one) => [one, ...all(one.shadowRoot ?? nothing)]);
  for (const one of all(document)) {
    for (const [kind, names] of Object.entries(events))
      for (const name of names) one.dispatchEvent(new window[kind](name, { ...wide, cancelable: true }));
    for (const act of ["click", "focus", "blur"]) one[act]?.();
  }
  if (parent === top) prodded();
}, 50))"""


class Stage:
    """Pages under the eyes of a browser, and what they did."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin
        self.executed: Counter[int] = Counter()
        self.asked: list[str] = []
        self.prodded = 0  # pages of this batch
        self.missed = 0  # pages that were never there
        self.dialogs: list[str] = []
        self.strayed: list[str] = []  # where the browser was led

    def look(self, urls: Sequence[str]) -> None:
        """Open each address in a frame of its own, let it settle, and prod it."""
        for first in range(0, len(urls), AT_ONCE):
            batch = urls[first : first + AT_ONCE]
            self.page.goto(f"{self.origin}stage.html")
            self.prodded = 0
            there = self.page.evaluate(
                """async ([urls, patience]) => {
                  const there = new Set();
                  const loaded = urls.map((url) => new Promise((resolve) => {
                    const frame = document.createElement("iframe");
                    frame.onload = () => resolve(there.add(frame));
                    frame.src = url;
                    document.body.append(frame);
                  }));
                  await Promise.race([Promise.all(loaded), new Promise((resolve) => setTimeout(resolve, patience))]);
                  return there.size;
                }""",
                [list(batch), PATIENCE],
            )
            self.missed += len(batch) - there
            self._wait_until_prodded(there)

    def _wait_until_prodded(self, count: int) -> None:
        for _ in range(PRODDING // LINGER):
            self.page.wait_for_timeout(LINGER)
            if self.prodded >= count:
                break
        self.page.wait_for_timeout(LINGER)

    def note(self, request: Request) -> None:
        """Remember who was asked, if it was somebody else."""
        host = urlsplit(request.url).netloc
        if host and host != urlsplit(self.origin).netloc:
            self.asked.append(request.url)

    def follow(self, frame: Frame) -> None:
        """Remember where the browser was led, if it was away from us."""
        if not frame.url.startswith((self.origin, "about:")):
            self.strayed.append(frame.url)


@contextmanager
def staged(browser: Browser, origin: str, **options: Any) -> Iterator[Stage]:
    """Give a stage on an origin of ours, which serves an empty `stage.html`."""
    context = browser.new_context(**options)
    stage = Stage(context.new_page(), origin)

    def dismiss(dialog: Dialog) -> None:
        stage.dialogs.append(dialog.message)
        dialog.dismiss()

    def executed(_source: object, number: int = 0) -> None:
        stage.executed[number] += 1

    def prodded(_source: object) -> None:
        stage.prodded += 1

    context.expose_binding("executed", executed)
    context.expose_binding("prodded", prodded)
    context.add_init_script(PROD)
    context.on("request", stage.note)
    stage.page.on("dialog", dismiss)
    context.on("page", lambda opened: stage.strayed.append(opened.url))
    stage.page.on("framenavigated", stage.follow)
    try:
        yield stage
    finally:
        context.close()
