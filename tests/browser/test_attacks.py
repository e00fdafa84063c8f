"""Hostile markup and text execute nothing, ask nobody and lead nowhere, in any page, feed view or embed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from browser.attacks import HOST, Attack, attacks_in_html, attacks_in_markdown, attacks_in_text
from browser.sites import XML
from browser.stage import Stage, staged
from conftest import SITE_ID, Project, prose
from feedpub.sanitise import sanitise
from serving import Host, served

HTML, TEXT, MARKDOWN = attacks_in_html(), attacks_in_text(), attacks_in_markdown()
PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><body>{body}\n<p>After.</p>"

SOUGHT = ("executed", "script", "onerror", "img", "onmouseover")  # words that find attacks
TOGETHER = 20  # entries on the page of a careless reader

# What a careless reader does with an entry: it believes the feed, and reads its markup again and again.
CARELESS = """
const entries = JSON.parse(document.getElementById("entries").textContent);
const frame = document.createElement("iframe");
frame.srcdoc = entries.join("");
document.body.append(frame);
for (const html of entries) {
  const shown = document.createElement("div");
  shown.innerHTML = html;
  const again = document.createElement("div");
  again.innerHTML = shown.innerHTML;
  const parsed = new DOMParser().parseFromString(html, "text/html");
  document.body.append(shown, again, ...document.adoptNode(parsed.body).childNodes);
}
"""


def careless(entries: Sequence[str]) -> str:
    """Give the page of a reader that believes what feeds say."""
    listed = json.dumps(entries).replace("<", "\\u003c")
    body = f'<script type="application/json" id="entries">{listed}</script><script>{CARELESS}</script>'
    return PAGE.format(title="A careless reader", body=body)


def sound(stage: Stage) -> None:
    """Hold that every page was there, and that nothing happened which nobody meant."""
    assert not stage.missed
    assert not stage.executed, f"{len(stage.executed)} attacks ran: {sorted(stage.executed)[:20]}"
    assert not stage.dialogs
    assert not stage.asked, f"somebody else was asked: {sorted(set(stage.asked))[:20]}"
    assert not stage.strayed


class Ground:
    """A folder that is served, in which pages are laid out."""

    def __init__(self, folder: Path, host: Host) -> None:
        self.folder = folder
        self.host = host
        self.lay("stage.html", PAGE.format(title="The stage", body=""))

    def lay(self, name: str, text: str) -> str:
        """Write a page and give its address."""
        (self.folder / name).write_text(text, encoding="utf-8", errors="surrogatepass")
        return self.host.url + name

    def read_carelessly(self, entries: Sequence[str]) -> list[str]:
        """Write pages of a reader that believes these entries, and give their addresses."""
        chunks = (entries[first : first + TOGETHER] for first in range(0, len(entries), TOGETHER))
        return [self.lay(f"reader-{number}.html", careless(chunk)) for number, chunk in enumerate(chunks)]


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    """Give a folder that is served."""
    folder = tmp_path / "ground"
    folder.mkdir()
    with served(folder) as host:
        yield Ground(folder, host)


def test_there_are_many_different_attacks() -> None:
    different = {re.sub(r"[0-9]{4}", "", attack.text) for attack in (*HTML, *TEXT, *MARKDOWN)}
    assert len(different) >= 400


def test_a_page_that_believes_them_is_overrun(browser: Browser, ground: Ground) -> None:
    """The control: what follows would be worth nothing if these attacks did nothing."""
    urls = [ground.lay(f"{one.number}.html", PAGE.format(title="Control", body=one.text)) for one in HTML]
    with staged(browser, ground.host.url) as stage:
        stage.look(urls)
    kinds = {attack.kind for attack in HTML if attack.number in stage.executed}
    assert len(stage.executed) > 200
    assert kinds == {attack.kind for attack in HTML} - {"asking"}
    assert len({url for url in stage.asked if HOST in url}) >= 15


def test_sanitised_markup_does_nothing_even_to_a_careless_reader(browser: Browser, ground: Ground) -> None:
    clean = {attack.number: sanitise(attack.text) for attack in HTML}
    urls = [
        ground.lay(f"{number}.html", PAGE.format(title="Sanitised", body=html))
        for number, html in clean.items()
        if html
    ]
    for first in range(0, len(HTML), TOGETHER):
        some = HTML[first : first + TOGETHER]
        urls.append(ground.lay(f"careless-{first}.html", careless([clean[attack.number] for attack in some])))
    with staged(browser, ground.host.url) as stage:
        stage.look(urls)
    sound(stage)


# ── a site that is made of them ─────────────────────────────────────────────────────────────────


def article(attack: Attack) -> str:
    """Give a saved page whose story holds an attack."""
    first, *others = [f"<p>{escape(paragraph)}</p>" for paragraph in prose(str(attack.number)).split("\n\n")]
    story = f"<h1>The story of number {attack.number}</h1>{first}<div>{attack.text}</div>{''.join(others)}"
    return PAGE.format(title=f"The story of number {attack.number}", body=f"<article>{story}</article>")


def record_of(attack: Attack) -> dict[str, Any]:
    """Give a line of JSON whose story holds an attack."""
    story = f"<p>{prose(f'record {attack.number}')}</p>{attack.text}"
    return {"id": f"record-{attack.number}", "title": f"The record of number {attack.number}", "html": story}


def stated_record_of(attack: Attack) -> dict[str, Any]:
    """Give a line of JSON that is an attack in all that it states."""
    fields = ("title", "author", "category", "tags", "summary", "language", "image")
    said = dict.fromkeys(fields, attack.text)
    return {**said, "id": f"record-{attack.number}", "text": prose(f"record {attack.number}")}


def besieged(project: Project, host: Host) -> None:
    """Write a site of attacks: as saved pages, Markdown, records, plain text, and as what is stated of them."""
    project.settings(
        site={
            "title": 'Morning "><img src=x onerror=executed(1)> Wire',
            "description": "</title></script><script>executed(2)</script>",
            "author": "'><script>executed(3)</script>",
            "url": host.url,
            "id": SITE_ID,
            "language": "en",
            "pages": "all",
        },
        feeds={"by": ["category", "author"], "announce": 1, "limit": 300, "max_bytes": "20MB"},
    )
    seeds = project.seeds
    for attack in HTML:
        (seeds / f"page-{attack.number}.html").write_text(article(attack), "utf-8", "surrogatepass")
    for attack in (*MARKDOWN, *(one for one in HTML if one.kind in ("scripts", "mutating"))):
        story = f"# The tale of number {attack.number}\n\n{attack.text}\n\n{prose(f'md {attack.number}')}\n"
        (seeds / f"markdown-{attack.number}.md").write_text(story, "utf-8", "surrogatepass")
    records = [
        *map(record_of, (one for one in HTML if one.kind in ("mutating", "linked"))),
        *map(stated_record_of, TEXT),
    ]
    (seeds / "records.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    for attack in TEXT:
        text = f"{attack.text}\n\nBy {attack.text}\n\n{prose(f'txt {attack.number}')}\n\n{attack.text}\n"
        (seeds / f"text-{attack.number}.txt").write_text(text, "utf-8", "surrogatepass")
        said: dict[str, Any] = {"title": attack.text, "summary": attack.text}
        said |= {"authors": [attack.text], "categories": [attack.text], "tags": [attack.text]}
        project.write(f"stated-{attack.number}.txt", **said)
        project.write(f"linked-{attack.number}.txt", url=f"https://example.org/{attack.text}")


def opened(project: Project, host: Host) -> list[str]:
    """Give the address of every page of a site, and of every feed as a browser shows it."""
    files = [file.relative_to(project.feeds) for file in sorted(project.feeds.rglob("*")) if file.is_file()]
    shown = [file.as_posix() for file in files if file.suffix in (".html", ".rss", ".atom", ".opml")]
    return [host.url + path for path in (*shown, *(f"search.html?q={word}" for word in SOUGHT))]


@pytest.fixture(scope="module")
def siege(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Host]]:
    """Give a site of attacks that is built and served; its feeds as plain XML, which browsers show."""
    project = Project(tmp_path_factory.mktemp("siege"))
    project.feeds.mkdir()
    with served(project.feeds) as host:
        host.media_types = {**host.media_types, **XML}
        besieged(project, host)
        project.build(jobs=2)
        (project.feeds / "stage.html").write_text(PAGE.format(title="The stage", body=""))
        yield project, host


def test_a_site_of_attacks_does_nothing(browser: Browser, siege: tuple[Project, Host]) -> None:
    project, host = siege
    urls = opened(project, host)
    assert len(urls) > len(HTML)
    with staged(browser, host.url) as stage:
        stage.look(urls)
        stage.page.goto(host.url)
        for feed in stage.page.locator("[name=feed] option").all():
            stage.page.locator("[name=feed]").select_option(feed.get_attribute("value"))
            stage.page.wait_for_timeout(20)
    sound(stage)


def test_its_feeds_do_nothing_to_a_careless_reader(
    browser: Browser, siege: tuple[Project, Host], ground: Ground
) -> None:
    project, _ = siege
    feeds = sorted(project.feeds.rglob("feed.json")) + sorted(project.feeds.rglob("archive/*.json"))
    bodies = {item["content_html"] for feed in feeds for item in json.loads(feed.read_bytes())["items"]}
    assert len(bodies) > len(HTML)
    urls = ground.read_carelessly(sorted(bodies))
    with staged(browser, ground.host.url) as stage:
        stage.look(urls)
    sound(stage)
