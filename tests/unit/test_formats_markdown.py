"""Markdown and the front matter of site generators."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from conftest import Project
from feedpub.extract import understand
from feedpub.model import Article, Document, Reading, Rules, Stated

STORY = "The council of *Eastmarsh* settled the summer timetable of the ferries on Monday, after a long evening.\n"
HUGO = f"""+++
title = "Late boats stay"
date = 2025-04-20T10:00:00Z
publishDate = 2025-04-28T18:00:00+02:00
lastmod = 2025-04-29T07:00:00Z
expiryDate = 2030-01-01
draft = false
categories = ["Islands"]
tags = ["ferries", "harbour"]
authors = ["Ada March", "Ben Quill"]
+++
{STORY}"""
JEKYLL = f"""---
layout: post
title:  "Late boats stay"
date:   2025-04-28 18:00:00 +0200
categories: [Islands]
tags: [ferries, harbour]
author: [Ada March, Ben Quill]
last_modified_at: 2025-04-29T07:00:00Z
---
{STORY}"""
PELICAN = f"""Title: Late boats stay
Date: 2025-04-28T18:00:00+02:00
Modified: 2025-04-29T07:00:00Z
Category: Islands
Tags: ferries, harbour
Authors: Ada March, Ben Quill

{STORY}"""
ELEVENTY = f"""{{"title": "Late boats stay", "date": "2025-04-28T16:00:00Z", "updated": "2025-04-29T07:00:00Z",
"category": "Islands", "tags": ["ferries", "harbour"], "authors": [{{"name": "Ada March"}}, {{"name": "Ben Quill"}}]}}
{STORY}"""
ZOLA = f"""+++
title = "Late boats stay"
date = 2025-04-28T16:00:00Z
updated = 2025-04-29T07:00:00Z
[taxonomies]
categories = ["Islands"]
tags = ["ferries", "harbour"]
[extra]
authors = ["Ada March", "Ben Quill"]
+++
{STORY}"""
OBSIDIAN = f"""---\r
title: Late boats stay\r
created: 2025-04-28T16:00:00Z\r
updated: 2025-04-29T07:00:00Z\r
category: Islands\r
tags:\r
  - "#ferries"\r
  - harbour\r
author:\r
  - Ada March\r
  - Ben Quill\r
---\r
# Late boats stay\r
\r
{STORY}"""


def understood(text: str, path: str = "seeds/boats.md", stated: Stated | None = None) -> Reading:
    return understand(Document(path, text.encode(), "", None, stated or Stated()), Rules())


def read(text: str) -> Article:
    article = understood(text).article
    assert article is not None
    return article


@pytest.mark.parametrize("text", [HUGO, JEKYLL, PELICAN, ELEVENTY, ZOLA, OBSIDIAN])
def test_front_matter_states_what_the_article_is(text: str) -> None:
    said = read(text).metadata
    assert (said.title, said.authors) == ("Late boats stay", ("Ada March", "Ben Quill"))
    assert (said.categories, said.tags) == (("Islands",), ("ferries", "harbour"))
    assert said.published is not None
    assert said.published.value == datetime(2025, 4, 28, 16, tzinfo=UTC)
    assert said.updated is not None
    assert said.updated.value == datetime(2025, 4, 29, 7, tzinfo=UTC)
    assert read(text).body.startswith("<p>The council of <em>Eastmarsh</em> settled")


def test_an_article_expires_as_it_states() -> None:
    assert read(HUGO).metadata.expires == datetime(2030, 1, 1, 12, tzinfo=UTC)


def test_a_sidecar_goes_before_front_matter() -> None:
    reading = understood(HUGO, stated=Stated(title="Boats", authors=("Cleo Hart",)))
    assert reading.article is not None
    assert (reading.article.metadata.title, reading.article.metadata.authors) == ("Boats", ("Cleo Hart",))


def test_a_text_without_front_matter_has_its_heading_as_title() -> None:
    article = read(f"# Late boats stay\n\n{STORY}")
    assert article.metadata.title == "Late boats stay"
    assert "Late boats" not in article.body


def test_tables_footnotes_lists_and_code_are_kept() -> None:
    table, listed, code = "|a|b|\n|-|-|\n|1|2|", "- one\n- two", "```\nx  =  1\n```"
    body = read(f"# Boats\n\n{STORY}[^1]\n\n{table}\n\n{listed}\n\n{code}\n\n> Said.\n\n[^1]: Aside.\n").body
    for part in ("<th>a</th>", "<li>one</li><li>two</li>", "<pre><code>x  =  1", "<blockquote><p>Said.</p>", "Aside."):
        assert part in body


def test_links_and_html_are_made_safe() -> None:
    body = read(
        f"{STORY}\n[x](javascript:go()) [y](https://example.org/y)\n\n<script>go()</script><p onclick=go()>z</p>\n"
    ).body
    assert "<script" not in body
    assert "onclick" not in body
    assert 'href="javascript' not in body
    assert '<a href="https://example.org/y">y</a>' in body


@pytest.mark.parametrize(
    "said",
    [
        "draft: true",
        "draft: yes",
        'draft: "true"',
        "draft: maybe",
        "Draft: 1",
        "published: false",
        "publish: false",
        "status: Draft",
        "status: hidden",
    ],
)
def test_a_draft_is_never_published(project: Project, said: str) -> None:
    (project.seeds / "a.md").write_text(f"---\ntitle: Secret\n{said}\ndate: 2025-01-01\n---\n{STORY}", encoding="utf-8")
    (project.seeds / "b.md").write_text(
        f"---\ntitle: Open\ndraft: false\ndate: 2025-01-01\n---\n{STORY * 2}", encoding="utf-8"
    )
    project.build()
    feed = (project.feeds / "feed.json").read_text(encoding="utf-8")
    assert "Open" in feed
    assert "Secret" not in feed


def test_what_lies_among_drafts_is_a_draft() -> None:
    assert understood(STORY, "seeds/_drafts/a.md").draft


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + at)}: &{chr(98 + at)} [{','.join(['*' + chr(97 + at)] * 9)}]\n" for at in range(8)
)


@pytest.mark.parametrize(
    "matter",
    [
        BOMB,
        "a: !!python/object/apply:os.system [id]",
        "a: !secret x",
        "a: " + "[" * 5_000,
        "a: " + "{a: " * 40 + "}" * 40,
        "title: 'unclosed",
        "- a\n- b",
        "date: 2025-13-45",
        "date: soon",
        "publishDate: next week",
        "a: b\n" * 30_000,
        "\t- x: [",
    ],
    ids=range(12),
)
def test_front_matter_that_can_not_be_read_sets_the_article_aside(matter: str) -> None:
    begun = time.process_time()
    reading = understood(f"---\n{matter}\n---\n{STORY}")
    assert reading.article is None
    assert [problem.code for problem in reading.problems] == ["bad-front-matter"]
    assert time.process_time() - begun < 2


def test_markdown_longer_than_any_article_is_set_aside() -> None:
    reading = understood("x" * 500_001)
    assert reading.article is None
    assert [problem.code for problem in reading.problems] == ["too-large"]


@pytest.mark.parametrize(
    "text",
    [
        "> " * 50_000 + "x",
        "[" * 50_000,
        "*a " * 50_000,
        "`" * 50_000,
        "- " * 20_000,
        "|" * 50_000,
        "{" * 50_000,
        "",
        "---\n",
        "+++\n+++\n",
    ],
    ids=range(10),
)
def test_hostile_markdown_is_bounded_and_never_breaks(text: str) -> None:
    begun = time.process_time()
    understood(text)
    assert time.process_time() - begun < 20
