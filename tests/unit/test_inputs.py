"""Whatever an article is kept as: sidecars, drafts, identity and dates work alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Project, prose

Writer = Callable[[str, str, str], str]


def _html(title: str, author: str, story: str) -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in story.split("\n\n"))
    return (
        f'<html lang="en"><head><title>{title}</title><meta name="author" content="{author}">'
        f'<meta property="article:published_time" content="2025-04-28T18:00:00Z"></head>'
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def _mhtml(title: str, author: str, story: str) -> str:
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\nDate: Mon, 28 Apr 2025 18:00:00 +0000\n\n"
    part = "--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    return f"{head}{part}{_html(title, author, story)}\n--b--\n"


KEPT: dict[str, Writer] = {
    "txt": lambda title, author, story: f"{title}\n\nBy {author}\nApril 28, 2025\n\n{story}\n",
    "html": _html,
    "mhtml": _mhtml,
    "md": lambda title, author, story: f"---\ntitle: {title}\nauthor: {author}\ndate: 2025-04-28\n---\n{story}\n",
}
STATED = """
id = "boats"
url = "https://example.org/stated"
title = "The stated title"
authors = ["Cleo Hart"]
published = 2025-05-01T08:00:00Z
updated = 2025-05-02T08:00:00Z
categories = ["Islands"]
tags = ["ferries"]
language = "en-GB"
summary = "What is stated."
"""


@pytest.fixture(params=KEPT)
def article(request: pytest.FixtureRequest, project: Project) -> Path:
    """Write an article in each way in which one may be kept."""
    file = project.seeds / f"news/boats.{request.param}"
    file.parent.mkdir()
    file.write_text(KEPT[request.param]("Late boats stay", "Ada March", prose("boats")), encoding="utf-8")
    return file


def _sidecar(file: Path, text: str) -> None:
    file.with_name(f"{file.name}.meta.toml").write_text(text, encoding="utf-8")


def test_an_article_is_read_without_a_sidecar(project: Project, article: Path) -> None:
    assert project.build().problems == ()
    (item,) = project.items()
    assert (item["title"], item["authors"]) == ("Late boats stay", [{"name": "Ada March"}])
    assert item["date_published"].startswith("2025-04-28T")


def test_what_a_sidecar_states_goes_before_all_that_is_read(project: Project, article: Path) -> None:
    _sidecar(article, STATED)
    assert project.build().problems == ()
    (item,) = project.items()
    assert (item["title"], item["url"]) == ("The stated title", "https://example.org/stated")
    assert (item["date_published"], item["date_modified"]) == ("2025-05-01T08:00:00Z", "2025-05-02T08:00:00Z")
    assert (item["authors"], item["language"]) == ([{"name": "Cleo Hart"}], "en-GB")
    assert item["summary"] == "What is stated."
    assert set(item["tags"]) == {"Islands", "ferries"}
    assert prose("boats").split("\n\n")[1] in item["content_html"]


def test_a_folder_s_defaults_hold_for_all_below_it_and_a_sidecar_goes_before_them(
    project: Project, article: Path
) -> None:
    (project.seeds / "_defaults.meta.toml").write_text(
        'title = "Of the folder"\ncategory = "Islands"\nurl = "https://example.org/f"'
    )
    _sidecar(article, 'title = "Of the file"\n')
    project.build()
    (item,) = project.items("category/islands")
    assert (item["title"], item["url"]) == ("Of the file", "https://example.org/f")


def test_a_draft_is_published_when_it_is_one_no_longer(project: Project, article: Path) -> None:
    project.write("other.txt")
    _sidecar(article, "draft = true\n")
    project.build()
    assert len(project.items()) == 1
    _sidecar(article, "")
    project.build()
    assert len(project.items()) == 2


@pytest.mark.parametrize("stated", ["expires = 2025-05-20T08:00:00Z\n", "published = 2026-01-01T08:00:00Z\n"])
def test_what_expired_and_what_is_under_an_embargo_is_not_published(
    project: Project, article: Path, stated: str
) -> None:
    project.write("other.txt")
    _sidecar(article, stated)
    project.build()
    assert len(project.items()) == 1


def test_a_broken_sidecar_sets_any_article_aside(project: Project, article: Path) -> None:
    project.write("other.txt")
    _sidecar(article, "titel = 3\n")
    assert [problem.code for problem in project.build().problems] == ["bad-sidecar"]
    assert len(project.items()) == 1


def test_an_article_keeps_its_guid_when_it_moves_and_when_it_is_kept_otherwise(project: Project, article: Path) -> None:
    project.build()
    (guid,) = project.guids().values()
    moved = project.seeds / f"archive{article.suffix}"
    article.rename(moved)
    project.build()
    assert set(project.guids().values()) == {guid}
    moved.unlink()
    other = "txt" if article.suffix != ".txt" else "md"
    written = KEPT[other]("Late boats stay", "Ada March", prose("boats"))
    (project.seeds / f"again.{other}").write_text(written, encoding="utf-8")
    project.build()
    assert set(project.guids().values()) == {guid}
