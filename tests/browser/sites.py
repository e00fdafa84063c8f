"""Sites for the tests in a browser, with every kind of page: from left to right, and from right to left."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from conftest import NOW, SITE_ID, Project, prose
from serving import Host, served

SUBPATH = "some/where/"  # a site works from any place of a host
OPEN = {"Access-Control-Allow-Origin": "*"}  # as hosts of static files do, so that others can embed
XML = dict.fromkeys((".rss", ".atom", ".opml"), "application/xml")  # as hosts do that know no feeds: browsers show it

SAID = {
    "en": ("Fen & Tide Wire", "News of the harbour, all of it invented"),
    "ar": ("بريد الصباح", "أخبار الميناء والمدينة القديمة"),
}
OTHER = {"en": "ar", "ar": "en"}
ARABIC = (
    "الميناء المجلس العبارة الجسر السوق المكتبة المهندس الشتاء الجدول القرية البستان النهر المتحف القبطان الفانوس "
    "النجار المهرجان المحطة البستاني الوادي المخبز المدرسة الحفل الورشة الجزيرة"
).split()
RICH = """\
---
title: The harbour council counts its bridges, and finds one more than anybody expected to be there
author: Ada March
date: 2025-05-30T08:15:00Z
categories: [Harbour]
tags: [bridges, council]
language: en
---
{first}

## What was counted

* Swing bridges, of which there are **four**
* Footbridges, *most of them* wooden

1. First came the [old map](https://example.org/map).
2. Then came `count --all`.

> Nobody had looked under the fish market.

| Bridge | Year | Length |
| --- | --- | --- |
| Old Swing Bridge at the northern end of the timber harbour | 1887 | 61 m |
| Footbridge | 1954 | 18 m |

```
count --all --from=the-timber-harbour --until=the-lighthouse --with-footbridges --and-the-one-under-the-fish-market
```

https://example.org/a-very-long-address-without-a-single-place-where-it-could-be-broken/because/it/goes/on/and/on/and/on

{last}
"""


class Site(NamedTuple):
    """A site that is built and served, and the addresses of its pages of each kind."""

    project: Project
    host: Host
    url: str
    pages: Mapping[str, str]  # paths below `url`, by kind

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return self.project.feeds


@contextmanager
def a_site(root: Path, language: str, headers: Mapping[str, str] = MappingProxyType({})) -> Iterator[Site]:
    """Build a site in that language and serve it from a folder of a host."""
    public = root / "public"
    place = public / SUBPATH.rstrip("/")
    place.parent.mkdir(parents=True)
    project = Project(root)
    place.symlink_to(project.feeds)
    (public / "favicon.ico").touch()  # which browsers ask for beside XML
    with served(public, {**OPEN, **headers}) as host:
        host.media_types = {**host.media_types, **XML}
        write_articles(project, host.url + SUBPATH, language)
        yield Site(project, host, host.url + SUBPATH, _pages(project.feeds))


def write_articles(project: Project, url: str, language: str) -> None:
    """Write articles with much and with little in them, and build; then withdraw one."""
    title, description = SAID[language]
    project.settings(
        site={
            "title": title,
            "url": url,
            "id": SITE_ID,
            "language": language,
            "description": description,
            "pages": "all",
        },
        feeds={"by": ["category", "author"], "limit": 10, "days": 0, "archive": True, "announce": 2},
    )
    (project.seeds / "rich.md").write_text(RICH.format(first=prose("first"), last=prose("last")), "utf-8")
    for number in range(44):
        _write(project, number, language if number % 6 else OTHER[language])
    project.build()
    project.now += timedelta(hours=2)
    project.delete("story-3.txt")
    project.build()


def arabic_prose(seed: str) -> str:
    """Give paragraphs in Arabic that no other seed gives."""
    chance = random.Random(seed)

    def sentence() -> str:
        words = " و".join(chance.choice(ARABIC) for _ in range(chance.randint(9, 14)))
        return f"افتتح {words} رقم {chance.randint(10, 9999)} من جديد في الربيع الماضي."

    return "\n\n".join(" ".join(sentence() for _ in range(3)) for _ in range(3))


def _write(project: Project, number: int, language: str) -> None:
    in_arabic = language == "ar"
    project.write(
        f"story-{number}.txt",
        title=f"قصة رقم {number} من الميناء القديم" if in_arabic else f"Story number {number} of the old harbour wall",
        text=arabic_prose(str(number)) if in_arabic else None,
        authors=["ليلى حداد" if in_arabic else "Ada March"],
        categories=["ميناء" if in_arabic else "Harbour"],
        language=language,
        published=NOW - timedelta(hours=number + 1),
        **({"url": f"https://example.org/story/{number}"} if number % 4 == 1 else {}),
    )


def _pages(folder: Path) -> dict[str, str]:
    articles = sorted(folder.glob("article/*/index.html"))
    texts = {file: file.read_text("utf-8") for file in articles}
    rich = next(file for file, text in texts.items() if "What was counted" in text)
    gone = next(file for file, text in texts.items() if 'class="withdrawn"' in text)
    plain = next(file for file in articles if file not in (rich, gone))
    files = {
        "index": folder / "index.html",
        "channel": next(folder.glob("category/*/index.html")),
        "archive": folder / "archive/0001.html",
        "rich article": rich,
        "plain article": plain,
        "withdrawn": gone,
        "search": folder / "search.html",
        "embed": folder / "embed.html",
    }
    return {kind: file.relative_to(folder).as_posix() for kind, file in files.items()}
