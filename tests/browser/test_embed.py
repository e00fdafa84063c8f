"""Headlines on other people's pages: the element, the frame, the fragment, and the builder that makes their lines."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.conftest import TOOLS
from browser.sites import OPEN, Site
from browser.stage import staged
from browser.view import STILL, View, viewed
from conftest import Project
from feedpub.renderers import widget
from serving import Host, served

MOST_BYTES = 5_000  # of the script, as hosts send it
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page of somebody else</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="own.css"></head>
<body><h1>A page of somebody else</h1>{line}<p id="after">What comes after.</p></body></html>"""
ROWS = "feedpub-feed [part=item]"


class Elsewhere:
    """A host of somebody else, whose pages allow what the site's script needs and nothing more."""

    def __init__(self, folder: Path, host: Host, site: Site) -> None:
        self.folder, self.host, self.site = folder, host, site
        self.numbers = count()
        self.style("")

    def style(self, rules: str) -> None:
        """Write the page's own stylesheet."""
        (self.folder / "own.css").write_text(rules, "utf-8")

    def page(self, line: str) -> str:
        """Write a page that holds this line, and give its address: one of its own, so that no cache answers for it."""
        name = f"page-{next(self.numbers)}.html"
        (self.folder / name).write_text(PAGE.format(line=line), "utf-8")
        return f"{self.host.url}{name}"

    def element(self, feed: str = "feed.json", **attributes: str) -> str:
        """Write a page with an element that shows a feed of the site."""
        said = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
        link = f'<a href="{self.site.url}">Fen &amp; Tide Wire</a>'
        return self.page(f'<feedpub-feed src="{self.site.url}{feed}"{said}>{link}</feedpub-feed>{self.script()}')

    def script(self) -> str:
        """Give the element's script, as the builder writes it."""
        file = script_of(self.site)
        made = widget(file.read_bytes())
        return (
            f'<script src="{self.site.url}theme/{file.name}" integrity="{made.integrity}" crossorigin="anonymous" '
            "async></script>"
        )


def script_of(site: Site) -> Path:
    (file,) = site.folder.glob("theme/embed.*.js")
    return file


@pytest.fixture
def elsewhere(tmp_path: Path, site: Site) -> Iterator[Elsewhere]:
    """Give a host of somebody else with a policy that allows next to nothing."""
    origin = site.host.url.rstrip("/")
    policy = (
        f"default-src 'none'; script-src {origin}; connect-src {origin}; frame-src {origin}; style-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    with served(tmp_path, {"Content-Security-Policy": policy}) as host:
        yield Elsewhere(tmp_path, host, site)


@pytest.fixture
def view(browser: Browser) -> Iterator[View]:
    """Give a fresh view."""
    with viewed(browser, width=768) as made:
        yield made


def items(site: Site, feed: str = "feed.json") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site.folder / feed).read_bytes())["items"]
    return found


def links(page: Page) -> list[tuple[str, str]]:
    """Give what the element links to, and where."""
    rows = page.locator(f"{ROWS} a").all()
    return [(row.inner_text(), row.get_attribute("href") or "") for row in rows]


# ── the element ─────────────────────────────────────────────────────────────────────────────────


def test_the_script_is_small_and_named_by_its_bytes(site: Site) -> None:
    file = script_of(site)
    assert len(gzip.compress(file.read_bytes())) < MOST_BYTES
    assert file.name == widget(file.read_bytes()).name


def test_the_element_shows_the_newest_entries_under_a_strict_policy(elsewhere: Elsewhere, view: View) -> None:
    page = view.open(elsewhere.element(limit="5"))
    assert links(page) == [(item["title"], item["url"]) for item in items(elsewhere.site)[:5]]
    first = page.locator(ROWS).first
    assert first.locator("time").get_attribute("datetime") == "2025-06-01T11:00:00.000Z"
    assert first.locator("a").get_attribute("rel") == "noopener"
    assert first.locator("a").evaluate("link => getComputedStyle(link).fontWeight") == "600"  # its style is there
    assert not page.get_by_role("link", name="Fen & Tide Wire", exact=True).nth(1).is_visible()
    assert not view.complaints


def test_a_script_with_other_bytes_is_refused(elsewhere: Elsewhere, view: View) -> None:
    def changed(route: Route) -> None:
        route.fulfill(body="document.title = 'taken'", headers={**OPEN, "Content-Type": "text/javascript"})

    view.page.route("**/theme/embed.*.js", changed)
    page = view.open(elsewhere.element())
    assert page.title() == "A page of somebody else"
    assert page.get_by_role("link", name="Fen & Tide Wire").is_visible()


def test_without_javascript_its_plain_link_is_shown(browser: Browser, elsewhere: Elsewhere) -> None:
    with viewed(browser, java_script_enabled=False) as view:
        page = view.open(elsewhere.element())
        assert page.get_by_role("link", name="Fen & Tide Wire").is_visible()


def test_without_a_feed_its_plain_link_stays_and_the_failure_is_told(elsewhere: Elsewhere, view: View) -> None:
    page = view.open(elsewhere.element("no-such-feed.json"))
    assert page.get_by_role("link", name="Fen & Tide Wire").is_visible()
    assert page.get_by_role("status").inner_text() == "The newest headlines can’t be loaded now"


def test_when_the_network_fails_the_last_list_stays(elsewhere: Elsewhere, view: View) -> None:
    view.page.clock.install()
    page = view.open(elsewhere.element(refresh="10"))
    page.wait_for_selector(ROWS)
    before = links(page)
    page.route("**/feed.json", lambda route: route.abort())
    page.clock.fast_forward("11:00")
    page.wait_for_function("() => document.querySelector('feedpub-feed').shadowRoot.querySelector('p').textContent")
    assert links(page) == before
    assert page.get_by_role("status").inner_text().startswith("The newest headlines can’t be loaded now (")


def test_it_looks_again_no_sooner_than_after_five_minutes_and_only_when_seen(elsewhere: Elsewhere, view: View) -> None:
    asked: list[str] = []
    view.page.clock.install()
    view.page.on("request", lambda request: asked.append(request.url) if "feed.json" in request.url else None)
    page = view.open(elsewhere.element(refresh="0.1"))
    page.wait_for_selector(ROWS)
    page.clock.fast_forward("04:50")
    assert len(asked) == 1
    page.clock.fast_forward("00:20")
    page.wait_for_timeout(100)
    assert len(asked) == 2
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    page.clock.fast_forward("20:00")
    assert len(asked) == 2
    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(100)
    assert len(asked) == 3


def test_what_is_new_comes_without_taking_the_focus_away(elsewhere: Elsewhere, view: View) -> None:
    def newer(route: Route) -> None:
        feed = json.loads((elsewhere.site.folder / "feed.json").read_bytes())
        feed["items"].insert(0, {**feed["items"][0], "title": "Newer still", "url": "https://example.org/newer"})
        route.fulfill(json=feed, headers=OPEN)

    view.page.clock.install()
    page = view.open(elsewhere.element(refresh="5"))
    page.locator(f"{ROWS} a").first.focus()
    focused = items(elsewhere.site)[0]["url"]
    page.route("**/feed.json", newer)
    page.clock.fast_forward("05:10")
    page.get_by_text("Newer still").wait_for()
    assert page.evaluate("document.querySelector('feedpub-feed').shadowRoot.activeElement.href") == focused


def test_two_elements_of_one_feed_ask_once(elsewhere: Elsewhere, view: View) -> None:
    asked: list[str] = []
    view.page.on("request", lambda request: asked.append(request.url))
    line = f'<feedpub-feed src="{elsewhere.site.url}feed.json" limit="3"></feedpub-feed>'
    page = view.open(elsewhere.page(line + line + elsewhere.script()))
    expect(page.locator(ROWS)).to_have_count(6)
    assert len([url for url in asked if url.endswith("feed.json")]) == 1


def test_it_stores_nothing_and_asks_nobody_else(elsewhere: Elsewhere, view: View) -> None:
    asked: list[str] = []
    view.page.on("request", lambda request: asked.append(request.url))
    page = view.open(elsewhere.element())
    assert all(url.startswith((elsewhere.host.url, elsewhere.site.url, "data:")) for url in asked)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_it_reads_in_its_language_and_direction(elsewhere: Elsewhere, arabic: Site, view: View) -> None:
    page = view.open(elsewhere.element(limit="10"))
    strangers = page.locator(f"{ROWS}[lang=ar]")
    assert strangers.count() == 2
    assert strangers.first.get_attribute("dir") == "rtl"
    line = f'<feedpub-feed src="{arabic.url}feed.json" limit="10"></feedpub-feed>{elsewhere.script()}'
    feed = json.loads((arabic.folder / "feed.json").read_bytes())
    page.route("**/feed.json", lambda route: route.fulfill(json=feed, headers=OPEN))
    page = view.open(elsewhere.page(line.replace(arabic.url, elsewhere.site.url)))
    region = page.get_by_role("region", name="بريد الصباح")
    assert (region.get_attribute("lang"), region.get_attribute("dir")) == ("ar", "rtl")
    assert page.locator(f"{ROWS} time").nth(1).inner_text() != "June 1, 2025"


def test_the_page_around_it_can_style_it(elsewhere: Elsewhere, view: View) -> None:
    elsewhere.style("feedpub-feed { --feedpub-link: rgb(1, 2, 3) } feedpub-feed::part(date) { color: rgb(4, 5, 6) }")
    page = view.open(elsewhere.element())
    colour = "part => getComputedStyle(part).color"
    assert page.locator(f"{ROWS} a").first.evaluate(colour) == "rgb(1, 2, 3)"
    assert page.locator(f"{ROWS} time").first.evaluate(colour) == "rgb(4, 5, 6)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("look", ["list", "compact", "card"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_it_fits_and_axe_finds_nothing(
    browser: Browser, elsewhere: Elsewhere, scheme: str, look: str, width: int
) -> None:
    elsewhere.style(":root { color-scheme: light dark }")
    with viewed(browser, width=width, color_scheme=scheme) as view:
        page = view.open(elsewhere.element(look=look, summaries="" if look == "list" else "no"))
        assert view.overflow() == 0
        page.evaluate(TOOLS.package("axe-core/axe.min.js").read_text("utf-8"))
        found = page.evaluate("() => axe.run('feedpub-feed', { resultTypes: ['violations'] })")["violations"]
        assert not [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def test_its_links_are_reached_by_the_keyboard(elsewhere: Elsewhere, view: View) -> None:
    page = view.open(elsewhere.element(limit="3"))
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.shadowRoot?.activeElement.href"))
    assert reached == [elsewhere.site.url, *(item["url"] for item in items(elsewhere.site)[:3])]


def test_what_comes_after_it_stays_in_its_place(elsewhere: Elsewhere, view: View) -> None:
    elsewhere.style("feedpub-feed { display: block; min-block-size: 30em }")
    view.open(elsewhere.element(limit="5"))
    assert view.shift() < STILL


HOSTILE: dict[str, Any] = {
    "title": "<img src=x onerror=executed(1)>",
    "home_page_url": "javascript:executed(2)",
    "language": '"><script>executed(3)</script>',
    "items": [
        {"title": "<script>executed(4)</script>", "url": "javascript:executed(5)", "date_published": "<b>never"},
        {"title": {"toString": "executed(6)"}, "url": ["javascript:executed(7)"], "summary": 8},
        {"title": "x", "url": "data:text/html,<script>executed(9)</script>", "language": "x-<svg onload=executed(10)>"},
        {"title": "x", "url": " \tjava\nscript:executed(11)", "external_url": "vbscript:executed(12)"},
        {"title": "</a><iframe srcdoc='<script>executed(13)</script>'>", "url": '//x.example/" onclick="executed(14)'},
        None, 7, "executed(15)", [], {},
        {"title": "Sound", "url": "https://example.org/sound", "date_published": "2025-05-01T12:00:00Z"},
    ],
}  # fmt: skip


def test_a_hostile_feed_shows_text_and_nothing_else(browser: Browser, elsewhere: Elsewhere) -> None:
    """Somebody may embed a feed that is not ours."""
    (elsewhere.folder / "stage.html").write_text("<!doctype html><title>The stage</title><body>")
    with staged(browser, elsewhere.host.url) as stage:
        stage.page.route("**/feed.json", lambda route: route.fulfill(json=HOSTILE, headers=OPEN))
        stage.page.goto(elsewhere.element(limit="50", summaries=""))
        stage.page.get_by_text("Sound").wait_for()
        stage.page.wait_for_timeout(300)
        rows = stage.page.locator(ROWS)
        assert rows.count() == len(HOSTILE["items"])
        assert rows.first.inner_text() == "<script>executed(4)</script>"
        addresses = [href for _, href in links(stage.page)]
        assert addresses[-1] == "https://example.org/sound"
        assert {address.partition(":")[0] for address in addresses} <= {"http", "https"}
        assert not stage.executed
        assert not stage.dialogs


# ── the frame ───────────────────────────────────────────────────────────────────────────────────


def framed(site: Site, asked: str = "", sandbox: str = "allow-scripts allow-popups") -> str:
    return f'<iframe src="{site.url}embed.html{asked}" title="Headlines" sandbox="{sandbox}"></iframe>'


@pytest.mark.parametrize("has_script", [True, False])
def test_the_frame_shows_the_newest_entries(browser: Browser, elsewhere: Elsewhere, has_script: bool) -> None:
    with viewed(browser, java_script_enabled=has_script) as view:
        page = view.open(elsewhere.page(framed(elsewhere.site)))
        shown = page.frame_locator("iframe").locator("li a")
        expect(shown).not_to_have_count(0)
        assert shown.all_inner_texts() == [item["title"] for item in items(elsewhere.site)[:10]]
        assert not view.complaints


def test_the_page_around_a_frame_chooses_how_much_it_shows_and_how(elsewhere: Elsewhere, view: View) -> None:
    page = view.open(elsewhere.page(framed(elsewhere.site, "#limit=3&look=card&scheme=dark")))
    frame = page.frame_locator("iframe")
    expect(frame.locator("li:visible")).to_have_count(3)
    root = frame.locator("html")
    assert (root.get_attribute("data-look"), root.get_attribute("data-scheme")) == ("card", "dark")


@pytest.mark.parametrize(
    "asked",
    ["#limit=-1&look=%22%3E%3Cscript%3E", "#limit=1e9&scheme=javascript:executed(1)", "#%%%", "?limit=<x>#limit="],
)
def test_a_frame_that_is_asked_nonsense_shows_everything(elsewhere: Elsewhere, view: View, asked: str) -> None:
    page = view.open(elsewhere.page(framed(elsewhere.site, asked)))
    frame = page.frame_locator("iframe")
    assert frame.locator("li:visible").count() in (1, 10)
    assert frame.locator("html").get_attribute("data-look") is None
    assert frame.locator("html").get_attribute("data-scheme") is None
    assert not view.complaints


def test_a_frame_tells_how_high_it_would_like_to_be(site: Site, view: View) -> None:
    page = view.open(site.url)
    told = page.evaluate(
        """url => new Promise((resolve) => {
          setTimeout(resolve, 5000, {});
          const frame = document.createElement("iframe");
          frame.src = url;
          addEventListener("message", ({ data, source }) => source === frame.contentWindow && resolve(data));
          document.body.append(frame);
        })""",
        site.url + "embed.html#limit=2",
    )
    assert told["type"] == "feedpub-height"
    assert 80 < told["height"] < 300


def test_a_frame_can_be_opened_from_a_disk(site: Site, view: View) -> None:
    page = view.open((site.folder / "embed.html").as_uri() + "#limit=4")
    expect(page.locator("li:visible")).to_have_count(4)
    assert not view.complaints


# ── the builder ─────────────────────────────────────────────────────────────────────────────────


def test_each_line_that_the_builder_makes_works_elsewhere(elsewhere: Elsewhere, site: Site, view: View) -> None:
    page = view.open(site.url)
    page.get_by_label("Headlines", exact=True).fill("3")
    line = page.get_by_label("The line to paste").input_value()
    assert "\n" not in line
    expect(page.locator(ROWS)).to_have_count(3)  # of the preview
    page.get_by_label("Feed", exact=True).select_option(label="Fen & Tide Wire: Harbour")
    page.get_by_label("As", exact=True).select_option("frame")
    frame = page.get_by_label("The line to paste").input_value()
    expect(page.frame_locator(".preview iframe").locator("li:visible")).to_have_count(3)
    assert not view.complaints
    page = view.open(elsewhere.page(line))
    expect(page.locator(ROWS)).to_have_count(3)
    assert links(page) == [(item["title"], item["url"]) for item in items(site)[:3]]
    page = view.open(elsewhere.page(frame))
    expected = [item["title"] for item in items(site, "category/harbour/feed.json")[:3]]
    shown = page.frame_locator("iframe").locator("li:visible a")
    expect(shown).to_have_count(3)
    assert shown.all_inner_texts() == expected
    assert not view.complaints


def test_opened_from_a_disk_the_builder_shows_the_frame_and_says_why(site: Site, view: View) -> None:
    page = view.open((site.folder / "index.html").as_uri())
    assert page.get_by_text("This page was opened from a disk").is_visible()
    expect(page.frame_locator(".preview iframe").locator("li:visible")).to_have_count(5)
    assert page.get_by_label("The line to paste").input_value().startswith(f'<feedpub-feed src="{site.url}feed.json"')
    assert not view.complaints


def test_without_javascript_a_line_for_each_feed_stands_there(browser: Browser, site: Site) -> None:
    with viewed(browser, java_script_enabled=False) as view:
        page = view.open(site.url)
        lines = page.locator("#embed code").all_inner_texts()
        assert lines[0].startswith(f'<iframe src="{site.url}embed.html#limit=5"')
        assert any(f"{site.url}category/harbour/embed.html" in line for line in lines)
        assert not page.get_by_label("The line to paste").is_visible()


# ── the fragment ────────────────────────────────────────────────────────────────────────────────


def test_the_fragment_links_to_the_same_entries_as_the_feed(site: Site, elsewhere: Elsewhere, view: View) -> None:
    page = view.open(elsewhere.page((site.folder / "headlines.html").read_text("utf-8")))
    shown = [(link.inner_text(), link.get_attribute("href")) for link in page.locator("section a").all()]
    assert shown == [(item["title"], item["url"]) for item in items(site)[:10]]


def test_the_fragment_and_the_frame_change_only_with_what_they_show(project: Project) -> None:
    project.write("one.txt", text="First the words were these, and there were quite a few of them in the harbour.")
    project.build()
    before = project.outputs()
    project.write("one.txt", text="Then the words were others, and there were even more of them in the harbour.")
    project.build()
    after = project.outputs()
    assert before["feed.json"] != after["feed.json"]
    for file in ("headlines.html", "embed.html"):
        assert before[file] == after[file]
    project.write("one.txt", title="Another title for the same old story")
    project.build()
    for file in ("headlines.html", "embed.html"):
        assert b"Another title for the same old story" in project.outputs()[file]


def test_a_script_that_was_embedded_once_is_never_pruned(project: Project) -> None:
    project.write("one.txt")
    theme = project.root / "theme"
    (theme / "assets").mkdir(parents=True)
    project.settings(site={"title": "Wire", "url": "https://example.org/", "theme": "theme"})
    (theme / "assets/embed.js").write_text("/* feedpub: an earlier one */", "utf-8")
    project.build()
    (earlier,) = (path for path in project.outputs() if path.startswith("theme/embed."))
    (theme / "assets/embed.js").unlink()
    project.build(prune=True)
    assert len([path for path in project.outputs() if path.startswith("theme/embed.")]) == 2
    assert earlier in project.outputs()
