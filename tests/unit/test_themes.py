"""Themes: a user's files go before feedpub's own, and what is wrong with them is said with file and line."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from typing import Any

import pytest

from conftest import SITE_ID, Project
from feedpub import themes
from feedpub.errors import ConfigError
from feedpub.renderers.html._translations import TRANSLATIONS
from feedpub.renderers.html._words import WORDS

SITE = {"title": "Morning Wire", "url": "https://example.org/news/", "id": SITE_ID, "theme": "look"}
# sha384 of dist/umd/index.js in minisearch-7.2.0.tgz, whose own hash the npm registry publishes:
# sha512-dqT2XBYUOZOiC5t2HRnwADjhNS2cecp9u+TJRiJ1Qp/f5qjkeT5APcGPjHw+bz89Ms8Jp+cG4AlE+QZ/QnDglg==
MINISEARCH = "KuHy7eg9MqWBVrMXJC0WN6q4d3+KBquZ3Htgex79A4REptrDvGOXfAgZ0VOJ1Mdx"


@pytest.fixture
def themed(project: Project) -> Project:
    """Give a site with a theme of its own, in which nothing lies yet."""
    (project.root / "look" / "assets").mkdir(parents=True)
    project.settings(site=SITE)
    project.write("a.txt", title="The ferry opens again", categories=["World"])
    return project


def template(project: Project, name: str, text: str) -> None:
    (project.root / "look" / name).write_text(text, encoding="utf-8")


def shown(project: Project, path: str = "article/the-ferry-opens-again/index.html") -> str:
    return (project.feeds / path).read_text(encoding="utf-8")


def test_a_template_of_the_users_goes_before_ours_and_the_others_stay(themed: Project) -> None:
    template(themed, "article.html", "<title>{{ article.title | upper }}</title><p>{{ site.title }}</p>")
    themed.build()
    assert shown(themed) == (
        "<!doctype html>\n<!-- feedpub -->\n<title>THE FERRY OPENS AGAIN</title><p>Morning Wire</p>\n"
    )
    assert '<ol class="entries">' in shown(themed, "index.html")


def test_a_template_can_extend_ours(themed: Project) -> None:
    template(themed, "parts-of-mine.html", "<p>By the sea since 1871</p>")
    template(
        themed,
        "base.html",
        (themes.OWN / "base.html")
        .read_text(encoding="utf-8")
        .replace('<footer class="colophon">', '<footer class="colophon">{% include "parts-of-mine.html" %}'),
    )
    themed.build()
    assert "By the sea since 1871" in shown(themed)
    assert "By the sea since 1871" in shown(themed, "category/world/index.html")


def test_a_theme_inside_a_source_is_not_read(project: Project) -> None:
    project.settings(site={**SITE, "theme": "seeds/look"})
    (project.seeds / "look").mkdir()
    (project.seeds / "look" / "article.html").write_text("<title>{{ article.title }}</title>", encoding="utf-8")
    project.write("a.txt", title="The ferry opens again")
    assert project.build().found == 1


def test_a_documents_type_is_written_once(themed: Project) -> None:
    template(themed, "article.html", "\n<!DOCTYPE html>\n<title>{{ article.title }}</title>")
    themed.build()
    assert shown(themed).lower().count("<!doctype") == 1


def test_styles_and_files_of_the_users_are_published(themed: Project) -> None:
    (themed.root / "look" / "assets" / "feedpub.css").write_text("body { color: red }", encoding="utf-8")
    (themed.root / "look" / "assets" / "logo.png").write_bytes(b"\x89PNG")
    (themed.root / "look" / "assets" / ".DS_Store").write_bytes(b"x")
    themed.build()
    assert shown(themed, "theme/feedpub.css") == "body { color: red }"
    assert (themed.feeds / "theme/logo.png").read_bytes() == b"\x89PNG"
    assert not (themed.feeds / "theme/.DS_Store").exists()


def test_a_new_style_rewrites_the_style_alone(themed: Project) -> None:
    themed.build()
    (themed.root / "look" / "assets" / "feedpub.css").write_text("body { color: red }", encoding="utf-8")
    assert themed.build().written == ("theme/feedpub.css",)
    assert themed.build().written == ()


def test_a_new_template_rewrites_what_it_makes(themed: Project) -> None:
    themed.build()
    template(themed, "article.html", "<title>{{ article.title }}</title>")
    assert themed.build().written == ("article/the-ferry-opens-again/index.html",)


def test_a_theme_of_a_lost_ledger_is_known_again(themed: Project) -> None:
    (themed.root / "look" / "assets" / "logo.png").write_bytes(b"\x89PNG")
    themed.build()
    themed.ledger.unlink()
    assert themed.build().problems == ()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("<p>\n{% if article %}\n<p>", 3, "endif"),
        ("<p>\n\n{{ article.tilte }}", 3, "tilte"),
        ("<p>\n{{ nothing }}", 2, "'nothing' is undefined"),
        ("{% extends 'bass.html' %}", 1, "no template bass.html"),
        ("<p>\n{{ 1 / 0 }}", 2, "division by zero"),
        ("<p>\n{{ article.title + 1 }}", 2, "can only concatenate"),
        ("{{ article.__class__.__mro__ }}", 1, "unsafe"),
        ("{{ article.title.__class__ }}", 1, "unsafe"),
        ("{{ range(10000000) | list }}", 1, "range"),
    ],
)
def test_a_faulty_template_is_named_with_its_line_and_the_last_good_pages_stand(
    themed: Project, text: str, line: int, says: str
) -> None:
    themed.build()
    before = themed.outputs()
    template(themed, "article.html", text)
    themed.write("b.txt", title="The library moves")
    with pytest.raises(ConfigError) as error:
        themed.build()
    assert error.value.message.startswith(f"{themed.root}/look/article.html, line {line}: ")
    assert says in error.value.message
    assert themed.outputs() == before
    (themed.root / "look" / "article.html").unlink()
    themed.build()
    assert len(themed.items()) == 2


def test_a_template_that_is_no_text_is_named_with_its_line(themed: Project) -> None:
    (themed.root / "look" / "article.html").write_bytes(b"<p>\n\xff")
    with pytest.raises(ConfigError, match=r"look/article\.html, line 2: expected text in UTF-8"):
        themed.build()


def test_a_theme_that_is_not_there_is_an_error(project: Project) -> None:
    project.settings(site={**SITE, "theme": "lok"})
    project.write("a.txt")
    with pytest.raises(ConfigError, match=r"there is no folder .*/lok"):
        project.build()


def test_everything_is_escaped_but_what_the_sanitiser_made(themed: Project) -> None:
    themed.state("a.txt", title="<b>Bold</b> & more")
    template(themed, "article.html", "<title>{{ article.title }}</title>{{ '<i>' }}{{ article.body }}")
    themed.build()
    (path,) = (path for path in themed.outputs() if path.startswith("article/"))
    assert "<title>&lt;b&gt;Bold&lt;/b&gt; &amp; more</title>&lt;i&gt;<p>" in shown(themed, path)


def test_our_own_pages_hold_no_script_and_no_style_of_their_own() -> None:
    for file in themes.OWN.glob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), file.name
        assert all("src=" in script or "ld+json" in script for script in re.findall("<script[^>]*>", text)), file.name


def test_the_search_is_the_one_that_was_published() -> None:
    (file,) = (themes.OWN / "assets").glob("minisearch-*.js")
    digest = b64encode(hashlib.sha384(file.read_bytes()).digest()).decode()
    assert digest == MINISEARCH
    assert file.with_suffix(".LICENSE.txt").read_text(encoding="utf-8").startswith("Copyright 2022 Luca Ongaro")


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_says_what_the_english_words_say(language: str) -> None:
    def forms(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: forms(text) for key, text in value.items()}
        return sorted(re.findall("{.*?}", value)) if isinstance(value, str) else len(value)

    for key, said in TRANSLATIONS[language].items():
        assert forms(said) == forms(getattr(WORDS["en"], key)), key
    assert len(TRANSLATIONS[language]) > 40
