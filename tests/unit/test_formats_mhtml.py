"""Pages that a browser saved as one file."""

from __future__ import annotations

import quopri
import time
from base64 import b64encode
from datetime import UTC, datetime

import pytest

from conftest import Project, prose
from feedpub.extract import understand
from feedpub.model import Capture, Document, Reading, Rules, Stated, Trust

ADDRESS = "https://www.fensentinel.example/news/late-boats"
SAVED = "Mon, 28 Apr 2025 18:05:00 +0200"
STORY = prose("boats", 4).split("\n\n")
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="{{charset}}"><title>Late boats stay</title></head><body>
<h1>Late boats stay</h1><p>By Ada March</p><p>4 hours ago</p>
<article><p>{STORY[0]} “Grüße”</p><p>{STORY[1]} <a href="/tides">See the tides.</a></p>
<img src="cid:inline-1" alt="a"><img src="/pier.jpg" alt="The pier" width="600" height="400">
<p>{STORY[2]}</p><p>{STORY[3]}</p></article></body></html>"""
ENVELOPE = f"""From: <Saved by Blink>\r
Snapshot-Content-Location: {ADDRESS}\r
Subject: =?utf-8?Q?Late=20boats?=\r
Date: {SAVED}\r
MIME-Version: 1.0\r
Content-Type: multipart/related;\r
\ttype="text/html";\r
\tboundary="----Part--x----"\r
\r
\r
"""


def part(body: bytes, *headers: str) -> bytes:
    return b"------Part--x----\r\n" + "\r\n".join(headers).encode() + b"\r\n\r\n" + body + b"\r\n"


def saved(charset: str = "utf-8", how: str = "quoted-printable", declared: str | None = None) -> bytes:
    page = PAGE.format(charset=declared or charset).encode(charset)
    body = quopri.encodestring(page) if how == "quoted-printable" else b64encode(page) if how == "base64" else page
    frame = part(b"<html><p>An advertisement of some length stands here.</p></html>", "Content-Type: text/html")
    main = part(
        body,
        f"Content-Type: text/html; charset={charset}",
        f"Content-Transfer-Encoding: {how}",
        f"Content-Location: {ADDRESS}",
    )
    picture = part(
        b64encode(b"\x89PNG"), "Content-Type: image/png", "Content-Transfer-Encoding: base64", "Content-ID: <inline-1>"
    )
    return ENVELOPE.encode() + frame + main + picture + b"------Part--x------\r\n"


def read(data: bytes, capture: Capture | None = None, path: str = "seeds/boats.mhtml") -> Reading:
    return understand(Document(path, data, "", capture, Stated()), Rules())


@pytest.mark.parametrize(
    ("charset", "how"),
    [("utf-8", "quoted-printable"), ("utf-8", "base64"), ("windows-1252", "quoted-printable"), ("utf-8", "8bit")],
)
def test_the_page_in_the_envelope_is_the_article(charset: str, how: str) -> None:
    reading = read(saved(charset, how))
    assert reading.article is not None
    assert reading.problems == ()
    assert (reading.article.metadata.title, reading.article.metadata.authors) == ("Late boats stay", ("Ada March",))
    assert "“Grüße”" in reading.article.body
    assert "advertisement" not in reading.article.body


def test_the_charset_of_the_envelope_goes_before_that_of_the_page() -> None:
    reading = read(saved("windows-1252", declared="koi8-r"))
    assert reading.article is not None
    assert "“Grüße”" in reading.article.body


def test_the_envelope_gives_the_address_and_the_time() -> None:
    reading = read(saved(), Capture(datetime(2025, 6, 1, tzinfo=UTC), "mtime", Trust.GUESSED))
    assert reading.article is not None
    said = reading.article.metadata
    assert said.canonical == ADDRESS
    assert reading.capture == Capture(datetime(2025, 4, 28, 16, 5, tzinfo=UTC), "field", Trust.STATED)
    assert said.published is not None
    assert said.published.value == datetime(2025, 4, 28, 12, 5, tzinfo=UTC)


def test_a_sidecar_s_capture_goes_before_the_envelope_s() -> None:
    stated = Capture(datetime(2025, 4, 30, 12, tzinfo=UTC), "sidecar", Trust.STATED)
    assert read(saved(), stated).capture == stated


def test_relative_references_start_from_the_address_and_parts_of_the_file_are_not_published() -> None:
    article = read(saved()).article
    assert article is not None
    assert '<a href="https://www.fensentinel.example/tides">' in article.body
    assert '<img src="https://www.fensentinel.example/pier.jpg"' in article.body
    assert "cid:" not in article.body


def test_start_names_the_page() -> None:
    head = ENVELOPE.replace('type="text/html"', 'start="<main@x>"').replace(
        f"Snapshot-Content-Location: {ADDRESS}\r\n", ""
    )
    frame = part(b"<html><p>An advertisement.</p></html>", "Content-Type: text/html", "Content-ID: <frame@x>")
    main = part(
        PAGE.format(charset="utf-8").encode(),
        "Content-Type: text/html; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "Content-ID: <main@x>",
    )
    article = read(head.encode() + frame + main + b"------Part--x------\r\n").article
    assert article is not None
    assert article.metadata.title == "Late boats stay"


def test_a_page_without_parts_and_a_page_that_is_no_message_are_read_too() -> None:
    page = PAGE.format(charset="utf-8").encode()
    alone = (
        f"Date: {SAVED}\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n".encode() + page
    )
    for data in (alone, page):
        article = read(data, path="seeds/boats.mht").article
        assert article is not None
        assert article.metadata.title == "Late boats stay"


def test_a_build_publishes_saved_pages(project: Project) -> None:
    (project.seeds / "boats.mhtml").write_bytes(saved())
    assert project.build().problems == ()
    (item,) = project.items()
    assert (item["title"], item["url"]) == ("Late boats stay", ADDRESS)


def test_a_page_with_large_pictures_is_read(project: Project) -> None:
    picture = part(b64encode(bytes(9_000_000)), "Content-Type: image/png", "Content-Transfer-Encoding: base64")
    end = b"------Part--x------\r\n"
    (project.seeds / "boats.mhtml").write_bytes(saved().replace(end, picture + end))
    assert project.build().problems == ()
    assert list(project.guids()) == ["Late boats stay"]


NESTED = b"".join(
    b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level) for level in range(2_000)
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"MIME-Version: 1.0\n" + NESTED, "too-large"),
        (b"Content-Type: message/rfc822\n\n" * 3_000, "too-large"),
        (ENVELOPE.encode() + b"------Part--x----\r\nContent-Type: text/html\r\n\r\nx\r\n" * 6_000, "too-large"),
        (b"Content-Type: multipart/related" + b";" * 5_000_000 + b'\n\n"', "too-large"),
        (b"Content-Type: text/html" + b'\n ;a="' * 100_000 + b"\n\nx", "too-large"),
        (b"X: y\n" * 200_000 + b"\nx", "too-large"),
        (ENVELOPE.encode() + b"\n" * 5_000_000, "too-large"),
        (ENVELOPE.encode() + b"\r" * 5_000_000, "too-large"),
        (ENVELOPE.encode(), "no-page"),
        (b"\n\n", "no-page"),
        (b"no message at all\n\n", "no-page"),
        (ENVELOPE.encode() + part(b"<p>x</p>", "Content-Type: text/plain"), "no-page"),
        (saved().replace(b"quoted-printable", b"base64"), ""),
        (saved().replace(b"charset=utf-8", b"charset*=utf-8''%ff%fe; charset*0=x"), "too-large"),
        (saved().replace(b"charset=utf-8", b"charset=unicode_escape"), ""),
        (saved().replace(SAVED.encode(), b"Mon, 99 Foo 99999 25:61:61 +9999"), ""),
        (saved().replace(ADDRESS.encode(), b"javascript:go()"), ""),
        (saved().replace(b"Content-Location: https", b"Content-Location: =?utf-8?q?=ff?= https"), ""),
        (saved()[:900], ""),
    ],
    ids=range(19),
)
def test_a_hostile_envelope_is_bounded_and_never_breaks(data: bytes, code: str) -> None:
    begun = time.process_time()
    reading = read(data)
    assert time.process_time() - begun < 5
    if code:
        assert reading.article is None
        assert [problem.code for problem in reading.problems] == [code]
