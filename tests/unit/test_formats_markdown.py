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
        "Status: In Draft\nstate: draft",
        "private: true",
        "unlisted: yes",
        "headless: true",
        "render: false",
        "permalink: false",
        "build:\n  render: never",
        "_build: {list: never}",
        "params:\n  draft: true",
        "extra: {draft: true}",
        "eleventyExcludeFromCollections: true",
        "visibility: private",
        "published: off",
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


@pytest.mark.parametrize(
    "head",
    [
        "+++\ntitle = 'A'\ndraft = true\n+++\n",
        "+++\ntitle = 'A'\nrender = false\n+++\n",
        "+++\ntitle = 'A'\n[extra]\ndraft = true\n+++\n",
        '{"title": "A", "draft": true}\n',
        '---json\n{"title": "A", "draft": true}\n---\n',
        "---yaml\ndraft: true\n---\n",
        "---toml\ndraft = true\n---\n",
        ';;;\n{"draft": true}\n;;;\n',
        "\n\n---\ndraft: true\n---\n",
        "\ufeff---\r\ndraft: true\r\n---\r\n",
        "---\rdraft: true\r---\r",
        "Title: A\nCover: a.jpg\nStatus: draft\n\n",
        "Status: hidden\nTitle: A\nSave_as: x.html\n\n",
        "title: A\nsummary: one\n    and two\nstatus: draft\n",
    ],
    ids=range(14),
)
def test_a_draft_is_one_in_every_kind_of_front_matter(head: str) -> None:
    assert understood(head + STORY).draft


@pytest.mark.parametrize(
    "head",
    ["---\ndraft: true\n\n", "---js\n{draft: true}\n---\n", '{"draft": true,\n\n',
     "---\na: 1\ndraft: true\ndraft: no\n---\n",
     "---\nDraft: true\ndraft: no\n---\n", "Title: A\nStatus: draft\nTitle: B\n\n", "+++\ndraft true\n+++\n"],
    ids=range(7),
)  # fmt: skip
def test_front_matter_that_might_say_draft_is_never_taken_for_text(head: str) -> None:
    reading = understood(head + STORY)
    assert reading.article is None
    assert [problem.code for problem in reading.problems] == ["bad-front-matter"]


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("---\ntitle: A\nx: [\n---\n", 4),
        ("\n\n---\ntitle: A\nx: !t y\n---\n", 5),
        ("---\ntitle: A\ndate: soon\n---\n", 3),
        ("---\na: 1\nb: 2\na: 3\n---\n", 4),
        ("+++\ntitle = 'A'\ndate = never\n+++\n", 3),
        ('{"title": "A",\n"date": x}\n', 2),
        ("---\ntitle: A\n\n", 1),
    ],
    ids=range(7),
)
def test_a_message_on_front_matter_names_the_line(head: str, line: int) -> None:
    (problem,) = understood(head + STORY).problems
    assert f"line {line}" in problem.message


def test_a_rule_above_prose_is_no_front_matter() -> None:
    assert read(f"---\n\n{STORY}\n---\n\n{STORY}").body.count("Eastmarsh") == 2
    assert read(f"---\n{STORY}").body.count("Eastmarsh") == 1


def test_lines_with_a_colon_are_prose_unless_they_name_fields() -> None:
    assert "Note:" in read(f"Note: the boats stay.\n\n{STORY}").body


def test_what_lies_among_drafts_is_a_draft() -> None:
    assert understood(STORY, "seeds/_drafts/a.md").draft


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("date: 2025-4-8", datetime(2025, 4, 8, 12, tzinfo=UTC)),
        ("date: 2025-04-28 9:05:00 +0200", datetime(2025, 4, 28, 7, 5, tzinfo=UTC)),
        ("date: 2025-04-28T18:00Z", datetime(2025, 4, 28, 18, tzinfo=UTC)),
        ("date: 2025-04-28 18:00:30.5 -3", datetime(2025, 4, 28, 21, 0, 30, tzinfo=UTC)),
        ("date: 2025-04-28 18:00 UTC", datetime(2025, 4, 28, 18, tzinfo=UTC)),
        ("pubDate: Mon, 28 Apr 2025 18:00:00 +0000", datetime(2025, 4, 28, 18, tzinfo=UTC)),
        ("published: true\ncreated: 2025-04-28T18:00:00Z", datetime(2025, 4, 28, 18, tzinfo=UTC)),
    ],
)
def test_dates_are_read_as_generators_write_them(said: str, value: datetime) -> None:
    published = read(f"---\n{said}\n---\n{STORY}").metadata.published
    assert published is not None
    assert published.value == value


@pytest.mark.parametrize("head", ["", "---\ndate: git Last Modified\n---\n"])
def test_a_day_in_the_name_of_a_file_dates_it(head: str) -> None:
    article = understood(head + STORY, "seeds/_posts/2025-04-28-late-boats.md").article
    assert article is not None
    assert article.metadata.published is not None
    assert article.metadata.published.value == datetime(2025, 4, 28, 12, tzinfo=UTC)


def test_words_that_yaml_takes_for_a_yes_or_a_no_are_words() -> None:
    said = read(f"---\ntitle: No\nlang: no\ntags: [on, 1.10]\n---\n{STORY}").metadata
    assert (said.title, said.language, said.tags) == ("No", "no", ("on", "1.10"))


@pytest.mark.parametrize(
    "said",
    [
        "author: {name: Ada March, email: ada@example.org}",
        "authors:\n  - name: Ada March",
        "author: Ada March <ada@example.org>",
        'author: "[[people/ada|Ada March]]"',
        "author: [[Ada March]]",
        "params:\n  author: Ada March",
        "authors: Ada March;",
    ],
)
def test_authors_are_read_in_every_shape(said: str) -> None:
    assert read(f"---\n{said}\n---\n{STORY}").metadata.authors == ("Ada March",)


@pytest.mark.parametrize(
    "said",
    ["image: https://example.org/a.jpg", "images: [https://example.org/a.jpg, https://example.org/b.jpg]",
     "cover: {image: /a.jpg, alt: The boat}\nurl: https://example.org/boats", "extra: {image: https://example.org/a.jpg}",
     "heroImage: ../a.jpg\ncanonical: https://example.org/news/boats"],
)  # fmt: skip
def test_the_image_of_front_matter_leads_the_article(said: str) -> None:
    body = read(f"---\ntitle: A\n{said}\n---\n# A\n\n{STORY}").body
    assert body.startswith('<figure><img src="https://example.org/a.jpg" alt="')
    assert ('alt="The boat"' in body) == ("The boat" in said)


def test_an_image_that_the_text_shows_is_shown_once_and_one_without_address_is_not() -> None:
    shown = read(f"---\nimage: https://example.org/a.jpg\n---\n{STORY}\n![A](https://example.org/a.jpg)\n\n{STORY}")
    assert shown.body.count("<img") == 1
    assert not shown.body.startswith("<figure")
    for bad in ("javascript:go()", "a.jpg", "data:image/png;base64,AAAA", 'https://x" onerror=go()'):
        body = read(f"---\nimage: '{bad}'\n---\n{STORY}").body
        assert "<img" not in body or "onerror" not in body.replace("%22%20onerror", "")


def test_an_entry_is_known_by_the_addresses_that_it_had(project: Project) -> None:
    matter = "---\ntitle: {}\ndate: 2025-01-01\n{}\n---\n{}"
    old, new = project.seeds / "old.md", project.seeds / "new/name.md"
    old.write_text(matter.format("Boats", "canonical: https://example.org/old/", STORY), encoding="utf-8")
    project.build()
    (before,) = project.guids().values()
    old.unlink()
    new.parent.mkdir()
    said = "canonical: https://example.org/new/\naliases: [/elsewhere/, https://example.org/old/]"
    new.write_text(
        matter.format("Ferries", said, "Nothing is left of what this article said before."), encoding="utf-8"
    )
    project.build(shrink=True)
    assert project.guids() == {"Ferries": before}


def test_an_alias_that_is_another_article_s_address_takes_nothing_from_it(project: Project) -> None:
    matter = "---\ntitle: {}\ndate: 2025-01-01\n{}\n---\n{}"
    (project.seeds / "a.md").write_text(matter.format("A", "canonical: https://example.org/a", STORY), encoding="utf-8")
    (project.seeds / "b.md").write_text(
        matter.format("B", "aliases: [https://example.org/a]", "Something else was said of the market."),
        encoding="utf-8",
    )
    assert [problem.code for problem in project.build().problems] == ["contested"]
    assert len(set(project.guids().values())) == 2


@pytest.mark.parametrize(
    "block",
    [
        "## What *comes* next\n\nIt  was a `long` evening & a loud one,\\\nall of it.",
        "- first\n- [second](/boats?a=1&b=2)\n\n  and more of it\n\n3. third",
        "> The harbour said:\n> - no\n>\n> > Not yet.",
        "```py\nif late > 0 & early:\n\n    stay()\n```\n\n***\n\nNot ~~now~~, said AT&amp;T &copy; 2025.",
        'Harbour\n: where boats stay\n\n####\n\nMore "words" and **bold *words***.',
    ],
)
def test_a_text_reads_the_same_whether_or_not_it_holds_html(block: str) -> None:
    text = f"# Late boats stay\n\n{STORY}\n{block}\n\n{STORY}"
    plain, with_html = read(text), read(f"{text}\n<!-- note -->\n")
    assert (plain.body, plain.metadata, plain.digest) == (with_html.body, with_html.metadata, with_html.digest)
    assert plain.body.count("<em>Eastmarsh</em>") == 2


def test_yaml_of_two_documents_is_not_read_by_halves() -> None:
    (problem,) = understood(f"---\ntitle: Boats\n--- # more\ndraft: true\n---\n{STORY}").problems
    assert (problem.code, "line 3" in problem.message) == ("bad-front-matter", True)


def test_notes_stand_below_the_text_wherever_they_are_written() -> None:
    body = read(f"# A\n\nBoats[^b] and buses[^a] stay.\n\n[^a]: Buses.\n\n[^b]: Boats.\n\n{STORY}").body
    assert body.index("Eastmarsh") < body.index("Buses.")
    assert "<sup>[1]</sup>" in body


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
        "\n".join(f"a{number}: b" for number in range(30_000)),
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
