"""Invent news articles: as text dumps of a theme's pages, each a file or a line, and as Markdown with front matter.

Takes a number, gives that many articles of about 3 KB: the same ones every time, on every machine. Article 0 is the
newest, each next one an hour older, so that article -1 is one to add. Never reads the clock.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

NEWEST = datetime(2025, 9, 30, 12, tzinfo=UTC)
FOLDER_SIZE = 1_000

CATEGORIES = (
    "World News|Business|Politics|Technology|Science|Health|Sports|Entertainment|Travel|Education|Environment|Economy|"
    "Culture|Lifestyle|Local News|Weather|Energy|Food|Crime|Opinion"
).split("|")
DATELINES = (
    "OSLO, Norway|SEOUL, South Korea|NAIROBI, Kenya|LIMA, Peru|PORTO, Portugal|HANOI, Vietnam|AMMAN, Jordan|"
    "TALLINN, Estonia|QUITO, Ecuador|HALIFAX, Nova Scotia|DENVER|LONDON|GENEVA|CAIRO"
).split("|")
AGENCIES = (" (AP)", " (Reuters)", " (AFP)", "")
GIVEN = "Ada Bruno Clara Davor Elin Farid Greta Hamid Ines Jonas Kaya Luis Mara Nils Oona Pavel Rosa Tomas".split()
FAMILY = "Abara Brandt Castell Dunmore Eriksen Falk Garnier Holloway Ito Jansen Kovac Lindqvist Moreau Okafor".split()
BODIES = "harbor board|city council|water authority|teachers’ union|rail operator|port company|ministry".split("|")
DEEDS = "approves opens delays repairs replaces tests extends closes restores measures maps reviews".split()
THINGS = (
    "tidal footbridge|night ferry|seed library|flood wall|tram depot|fish market|weather mast|reading room|solar roof|"
    "river crossing|school kitchen|snow road|clock tower|grain store|cable car|public bath|tree nursery|harbor crane"
).split("|")
ENDINGS = "after long debate|before winter|despite high costs|in surprise vote|amid new doubts".split("|")
REASONS = (
    "because the old one had begun to lean|after two dry summers emptied the reserve|once the last permit arrives|"
    "although nobody had asked for it in writing|so that crews can work between the tides|while neighbors argued"
).split("|")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

SENTENCES = (
    "The {body} {said} on {day} that the {thing} would cost {n} million crowns, {reason}.",
    "“We counted {n} visitors in a single week and ran out of chairs,” said {name}, who leads the {body}.",
    "About {n} people signed a letter about the {thing}, and {m} of them came to the meeting in person.",
    "{name} has worked on the {thing} for {m} years and calls it the most patient machine in the region.",
    "A report by the {body} found {n} cracks, {m} of them deep enough to hold a pencil.",
    "Work on the {thing} stopped in spring {reason}, and began again with a crew of {m}.",
    "The figures, which the {body} keeps on paper, show a rise of {m} percent since the {thing} opened.",
    "Not everyone is pleased: {name} wants the money spent on the {thing} at the other end of the bay.",
    "Engineers expect the {thing} to last {n} years {reason}.",
    "The {body} did not answer questions about the {thing}, but published {m} pages of minutes.",
    "“It is not a question of taste,” {name} said — “it is {n} tons of steel above a playground.”",
    "In a trial of {m} weeks, the {thing} failed {n} times, always in the hour before dawn.",
)
DEPTH = 5  # boxes around each thing on a page
PICTURE = (
    '<picture><source srcset="/small.webp 300w, /large.webp 900w" type="image/webp">'
    '<img class="thumb" src="/small.jpg" alt="" width="300" height="200" loading="lazy"></picture>'
)
TAIL = "Leave a reply\n\nLoading Next Post...\nSearch\nLoading\n\nSigning-in 3 seconds...\n\nSigning-up 3 seconds...\n"


class Article(NamedTuple):
    """An invented article, before it is written down in one form or another."""

    number: int
    title: str
    author: str
    category: str
    dateline: str
    published: datetime
    captured: datetime
    paragraphs: tuple[str, ...]


def article(number: int) -> Article:
    """Invent the article of this number."""
    rng = Random(f"feedpub {number}")
    published = NEWEST - timedelta(hours=number)
    return Article(
        number,
        _title(rng),
        _name(rng),
        rng.choice(CATEGORIES),
        rng.choice(DATELINES) + rng.choice(AGENCIES),
        published,
        published + timedelta(hours=rng.randint(2, 20)),
        tuple(" ".join(_sentence(rng) for _ in range(rng.randint(2, 3))) for _ in range(rng.randint(8, 12))),
    )


def _title(rng: Random) -> str:
    words = (rng.choice(part) for part in (BODIES, DEEDS, THINGS, ENDINGS))
    return " ".join(words).title().replace("’S", "’s")


def _name(rng: Random) -> str:
    return f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"


def _sentence(rng: Random) -> str:
    return rng.choice(SENTENCES).format(
        body=rng.choice(BODIES),
        said=rng.choice(("said", "announced", "confirmed")),
        day=rng.choice(DAYS),
        thing=rng.choice(THINGS),
        n=rng.randint(100, 9_999),
        m=rng.randint(2, 99),
        name=_name(rng),
        reason=rng.choice(REASONS),
    )


# ── how it is written down ───────────────────────────────────────────────────────────────────────────────────────────


def as_text(article: Article) -> str:
    """Write the article as a text dump of its page; one in two has a glued byline, the other a printed one."""
    byline = _printed_byline(article) if article.number % 2 else _glued_byline(article)
    lede, *rest = article.paragraphs
    return "\n\n".join((article.title, byline, f"{article.dateline} — {lede}", *rest, TAIL))


def _glued_byline(article: Article) -> str:
    given, family = article.author.lower().split()
    hours = (article.captured - article.published) // timedelta(hours=1)
    return f"{given}.{family[0]}{article.category}{hours} hours ago{article.number % 900} Views"


def _printed_byline(article: Article) -> str:
    day = article.published
    return f"By {article.author.upper()}\n{day:%B} {day.day}, {day.year}\nCategory: {article.category}"


def as_markdown(article: Article) -> str:
    """Write the article as Markdown, with what a page only shows stated in front matter."""
    front = (
        f'title: "{article.title}"',
        f"date: {article.published.isoformat()}",
        f'author: "{article.author}"',
        f'categories: ["{article.category}"]',
    )
    lede, *rest = article.paragraphs
    body = "\n\n".join((f"{article.dateline} — {lede}", *rest))
    return "\n".join(("---", *front, "---", "", body, ""))


# ── where it is written to ───────────────────────────────────────────────────────────────────────────────────────────


def as_html(article: Article) -> str:
    """Write the article as a saved page, as heavy as those of newspapers: menus, teasers, slots for ads, scripts."""
    lede, *rest = article.paragraphs
    slot = f'<div class="slot">{_html_nested("ad-label", "<span></span>")}</div>'
    story = "\n".join(f"<p>{text}</p>{slot}" for text in (f"{article.dateline} — {lede}", *rest))
    day = article.published
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{article.title} | The Invented Herald</title>
<meta property="og:title" content="{article.title}"><meta property="og:site_name" content="The Invented Herald">
<link rel="canonical" href="https://herald.example/{day:%Y/%m/%d}/{article.number}">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{article.title}",
"datePublished": "{day.isoformat()}", "author": {{"@type": "Person", "name": "{article.author}"}},
"articleSection": "{article.category}"}}</script>
<script>{"var shown = shown || []; shown.push('herald');" * 1_000}</script></head>
<body class="page"><header><nav><ul>{_html_menu()}</ul></nav></header>
<main><article class="story"><h1>{article.title}</h1>
<div class="meta"><span class="by">By {article.author}</span>
<time datetime="{day.isoformat()}">{day:%B} {day.day}, {day.year}</time></div>
<div class="body">{story}</div></article>
<aside class="more"><h2>More stories</h2>{_html_teasers(article.number)}</aside></main>
<footer class="foot"><ul>{_html_menu()}</ul><p>Copyright The Invented Herald</p></footer></body></html>
"""


def _html_menu() -> str:
    names = CATEGORIES * 4
    return "".join(
        f'<li class="item">{_html_nested("item", f"<a class=link href=/{at}><span>{name}</span></a>")}</li>'
        for at, name in enumerate(names)
    )


def _html_teasers(number: int) -> str:
    titles = (_title(Random(f"teaser {number} {at}")) for at in range(40))
    return "".join(
        _html_nested("card", f'<a href="/{at}">{PICTURE}<h3 class="title"><span>{title}</span></h3></a>')
        for at, title in enumerate(titles)
    )


def _html_nested(name: str, inner: str) -> str:
    """Wrap a bit of HTML as themes do: in boxes within boxes, each with its classes."""
    for depth in range(DEPTH):
        inner = f'<div class="{name} {name}__level-{depth} js-{name}" data-level="{depth}">{inner}</div>'
    return inner


def write_text(folder: Path, article: Article) -> Path:
    """Write the article's page below the folder, named after the time of its capture."""
    return _write(folder, article, f"{article.captured:%Y%m%dT%H%M%SZ}-{article.number:06}.txt", as_text(article))


def write_markdown(folder: Path, article: Article) -> Path:
    """Write the article's Markdown below the folder."""
    return _write(folder, article, f"{article.number:06}.md", as_markdown(article))


def as_line(article: Article) -> str:
    """Write the article's page as a line of JSON."""
    stated = {"id": f"{article.number:06}", "captured": article.captured.isoformat(), "text": as_text(article)}
    return json.dumps(stated) + "\n"


def write_lines(file: Path, articles: Iterable[Article]) -> None:
    """Write the articles' pages behind those that the file holds, as a file that lies there for a while."""
    before = file.stat().st_mtime if file.exists() else NEWEST.timestamp()
    with file.open("a", encoding="utf-8") as out:
        out.writelines(map(as_line, articles))
    os.utime(file, (before + 1, before + 1))


def _write(folder: Path, article: Article, name: str, text: str) -> Path:
    place = folder / f"{max(article.number, 0) // FOLDER_SIZE:03}"
    place.mkdir(parents=True, exist_ok=True)
    path = place / name
    path.write_text(text, encoding="utf-8")
    captured = article.captured.timestamp()
    os.utime(path, (captured, captured))  # a page that lies there since its capture, not one that may still change
    return path


def main() -> None:
    """Write the articles that the command line asks for."""
    parser = argparse.ArgumentParser(description="Invent news articles, the same ones every time.")
    parser.add_argument("articles", type=int, help="how many")
    parser.add_argument("--text", type=Path, help="write them as text into this folder")
    parser.add_argument("--lines", type=Path, help="write them as lines of this file")
    parser.add_argument("--markdown", type=Path, help="write them as Markdown into this folder")
    asked = parser.parse_args()
    if asked.lines:
        asked.lines.parent.mkdir(parents=True, exist_ok=True)
        write_lines(asked.lines, map(article, range(asked.articles)))
    for number in range(asked.articles):
        invented = article(number)
        if asked.text:
            write_text(asked.text, invented)
        if asked.markdown:
            write_markdown(asked.markdown, invented)


if __name__ == "__main__":
    main()
