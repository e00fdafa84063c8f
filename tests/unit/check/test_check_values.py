"""The values that feeds hold: dates, addresses, languages, media types, e-mail addresses, HTML."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedpub import urls
from feedpub.check import _kinds as kinds
from feedpub.check import dates, html
from feedpub.languages import is_language


@pytest.mark.parametrize("text", ["2026-05-03T09:00:00Z", "2026-05-03T09:00:00.25+02:00", "2026-05-03T23:59:60Z"])
def test_T01_rfc3339(text):
    assert dates.rfc3339(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-03",
        "2026-05-03t09:00:00z",
        "2026-05-03T09:00Z",
        "2026-05-03T09:00:00",
        "2026-13-03T09:00:00Z",
        "2026-05-03T24:00:00Z",
        "2026-05-03 09:00:00Z",
        "2026-05-03T09:00:00+2",
        "٢٠٢٦-05-03T09:00:00Z",
        "",
    ],
)
def test_T01_no_rfc3339(text):
    assert dates.rfc3339(text) is None


@pytest.mark.parametrize(
    ("text", "hour"),
    [("Sun, 03 May 2026 09:00:00 GMT", 9), ("3 May 2026 09:00 +0200", 7), ("Sun, 03 May 2026 09:00:00 EST", 14)],
)
def test_T02_rfc822(text, hour):
    assert dates.rfc822(text) == datetime(2026, 5, 3, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Sun,  03 May 2026 09:00:00 GMT",
        "sun, 03 may 2026 09:00:00 gmt",
        "3 May 26 09:00 GMT",
        "3 May 2026 09:00",
        "3 May 2026 (a (b) c) 09:00 GMT",
        "Sun,3 May 2026 09:00:00 A",
    ],
)
def test_T02_what_only_rfc822_allows(text):
    assert dates.rfc822(text) is None
    assert dates.loose_rfc822(text)


@pytest.mark.parametrize("text", ["2026-05-03", "31 Apr 2026 09:00 GMT", "Sun, 3 Mai 2026 09:00 GMT", "3 May 2026", ""])
def test_T02_no_rfc822(text):
    assert dates.rfc822(text) is None
    assert dates.loose_rfc822(text) is None


def test_T02_weekdays():
    assert dates.wrong_weekday("Mon, 03 May 2026 09:00:00 GMT") == "Sun"
    assert dates.wrong_weekday("Sun, 03 May 2026 09:00:00 GMT") == ""


@pytest.mark.parametrize("text", ["2026", "2026-05", "2026-05-03", "2026-05-03T09:00+02:00", "2026-05-03T09:00:00.5Z"])
def test_E07_w3cdtf(text):
    assert dates.w3cdtf(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/",
        "http://[::1]:80/x",
        "mailto:a@b.example",
        "tag:a.example,2026:x",
        "urn:isbn:0451450523",
        "urn:uuid:3c1f0f6e-55a5-5b0c-9a57-5d0d6e0f7a01",
        "https://exämple.example/ü",
    ],
)
def test_I03_iris(text):
    assert urls.bad_iri(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "/x",
        "http:",
        "http://",
        "http:///x",
        "https://a b/",
        "https://a/<b>",
        "https://a/[b]",
        "https://a]b/",
        "tag:a.example:x",
        "tag:a.example,26:x",
        "urn:x",
        "urn:uuid:3c1f",
        "http:a.example",
        "x:",
    ],
)
def test_I03_no_iris(text):
    assert urls.bad_iri(text)


def test_R06_a_uri_is_ascii():
    assert urls.bad_uri("https://exämple.example/")
    assert urls.bad_http("ftp://a.example/")
    assert not urls.bad_http("http://a.example/")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("HTTP://A.example", "http://a.example/"),
        ("https://a.example:443/%7ea/./b/../c%c3%bc", "https://a.example/~a/c%C3%BC"),
        ("http://a.example/../..", "http://a.example/"),
        ("http://a.example/?x#y", "http://a.example/?x#y"),
        ("tag:a.example,2026:x", "tag:a.example,2026:x"),
        ("urn:uuid:3c1f0f6e-55a5-5b0c-9a57-5d0d6e0f7a01", "urn:uuid:3c1f0f6e-55a5-5b0c-9a57-5d0d6e0f7a01"),
    ],
)
def test_I03_canonical(text, canonical):
    assert urls.canonical(text) == canonical


@pytest.mark.parametrize(
    "tag", ["en", "en-GB", "zh-Hant-TW", "sr-Latn", "x-wire", "de-1996", "haw", "i-klingon", "es-419"]
)
def test_L01_languages(tag):
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["", "english", "en_US", "qq", "e", "en-", "en--GB", "abcde", "en GB", "-en"])
def test_L01_no_languages(tag):
    assert not is_language(tag)


@pytest.mark.parametrize("text", ["text/html", "text/html; charset=utf-8", 'a/b;c="d \\" e"', "image/svg+xml"])
def test_J10_media_types(text):
    assert kinds.media_type(text) == ""


@pytest.mark.parametrize("text", ["", "text", "text/", "/html", "text/html;", "text/html; charset", "a b/c", "a/b/c"])
def test_J10_no_media_types(text):
    assert kinds.media_type(text) or text == "text/html;"  # an empty parameter harms nobody


def test_A04_addresses():
    assert not kinds.address("ines+crane@mail.harbour.example")
    assert all(
        kinds.address(text) for text in ("ines", "ines@", "@a.example", "Ines <i@a.example>", "i@a.example (Ines)")
    )


def test_R08_named_addresses():
    assert kinds.is_named_address("ines@a.example (Ines (of the port) Porto)")
    assert not kinds.is_named_address("Ines Porto (ines@a.example)")


def test_H03_the_addresses_of_a_srcset():
    [tag] = html.tags('<img srcset="https://a.example/1.png 1x, 2.png 2x,3.png">', 1)
    assert [address for _, _, address in html.addresses([tag])] == ["https://a.example/1.png", "2.png"]


def test_H01_comments_and_quotes_hide_no_tags_and_invent_none():
    names = [tag.name for tag in html.tags("<!-- <b> --><a title='<i>'>x</a><p title=\"a>b\"><u", 1)]
    assert names == ["a", "a", "p", "u"]


@pytest.mark.parametrize(
    "text", ["AT&T", "a < b > c", "a<b and b>c", "<- here", "x &c; y", "<Insert name>", "R&D; more"]
)
def test_R09_text_that_is_no_markup(text):
    assert (html.markup_in(text), html.reference_in(text)) == ("", "")


@pytest.mark.parametrize("text", ["<b>", "</p>", "<br/>", '<a href="x">', "<img src=x />"])
def test_R09_text_that_is_markup(text):
    assert html.markup_in(text)


@pytest.mark.parametrize("text", ["AT&amp;T", "caf&eacute;", "&#8217;", "&lt;b&gt;"])
def test_R09_text_that_was_escaped_twice(text):
    assert html.reference_in(text)
