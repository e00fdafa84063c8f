from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub import normalise

ANY = st.text(st.characters(exclude_categories=()), max_size=60)  # lone surrogates included


def is_legal(char: str) -> bool:
    code = ord(char)
    forbidden = (code < 0x20 and char not in "\t\n\r") or 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF
    return not forbidden and code & 0xFFFE != 0xFFFE and not 0xFDD0 <= code <= 0xFDEF and code != 0xFEFF


@given(ANY)
def test_legal_text_holds_nothing_that_xml_forbids(text: str) -> None:
    assert all(map(is_legal, normalise.legal(text)))


@given(ANY)
def test_legal_text_stays_as_it_is(text: str) -> None:
    legal = normalise.legal(text)
    assert normalise.legal(legal) == legal


def test_line_separators_become_line_ends() -> None:
    assert normalise.legal("a\u2028b\x85c\r\nd") == "a\nb\nc\nd"


def test_an_inner_byte_order_mark_becomes_a_space() -> None:
    assert normalise.legal("a\ufeffb") == "a b"


@given(ANY)
def test_one_line_is_one_line_in_normal_form(text: str) -> None:
    line = normalise.one_line(text)
    assert line == " ".join(line.split())
    assert unicodedata.is_normalized("NFC", line)


def test_one_line_drops_what_is_invisible_and_keeps_joiners() -> None:
    assert normalise.one_line("soft\u00adhyphen zero\u200bwidth می\u200cشود") == "softhyphen zerowidth می\u200cشود"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\u202elive\u202c", "live"),
        ("\u202dlive\u202c \u2066kept no more\u2069", "live kept no more"),
        ("\u2067without an end", "without an end"),
        ("without a beginning\u202c", "without a beginning"),
        ("\u2066crossed \u202aover\u2069 here\u202c", "crossed over here"),
        ("a \u202e b", "a b"),
        ("\u2068\u202bwell\u202c nested\u2069 \u200f", "\u2068\u202bwell\u202c nested\u2069 \u200f"),
    ],
)
def test_L05_one_line_neither_overrides_directions_nor_lets_them_out(text: str, line: str) -> None:
    assert normalise.one_line(text) == line


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("World News", "world-news"),
        ("Santé & Bien-être", "sante-bien-etre"),
        ("ثقافة", "ثقافة"),
        ("राजस्थान", "राजस्थान"),
        ("Общество", "общество"),
        ("体育", "体育"),
        ("ＡＢＣ１", "abc1"),
        ("a/b\\c", "a-b-c"),
    ],
)
def test_a_slug_keeps_the_letters_of_its_label(label: str, slug: str) -> None:
    assert normalise.slugify(label) == slug


@pytest.mark.parametrize("label", ["", ".", "..", "/", "!!!", "🙂", "-"])
def test_a_label_without_letters_has_a_slug(label: str) -> None:
    assert len(normalise.slugify(label)) >= 8


@given(ANY)
def test_a_slug_is_safe_in_a_path(label: str) -> None:
    slug = normalise.slugify(label)
    assert slug not in ("", ".", "..")
    assert not set(slug) & set("/\\\0. \n")
    assert len(slug) <= normalise.LONGEST_SLUG


def test_a_slug_fits_into_a_file_name_whatever_its_letters() -> None:
    slugs = [normalise.slugify("𞤀" * length) for length in (60, 61, 80, 81)]
    assert len(set(slugs)) == 4
    assert slugs[0] == "𞤢" * 60
    assert max(len(slug.encode()) for slug in slugs) <= 255


def test_long_labels_that_differ_have_different_slugs() -> None:
    assert normalise.slugify("a" * 200) != normalise.slugify("a" * 201)


@pytest.mark.parametrize(
    ("url", "ascii_url"),
    [
        ("https://example.org/a b?q=ü#x", "https://example.org/a%20b?q=%C3%BC#x"),
        ("HTTP://bücher.example/ß", "http://xn--bcher-kva.example/%C3%9F"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org:8080/%20", "https://example.org:8080/%20"),
        ("http://[::1]/", "http://[::1]/"),
        ("ftp://example.org/", None),
        ("javascript:alert(1)", None),
        ("/relative", None),
        ("//example.org/x", None),
        ("https://", None),
        ("https://exa mple.org/", None),
        ("https://example.org:port/", None),
        ("http://[::1", None),
    ],
)
def test_only_absolute_web_addresses_are_accepted(url: str, ascii_url: str | None) -> None:
    assert normalise.absolute_url(url) == ascii_url


@given(ANY)
def test_any_address_gives_ascii_or_nothing(url: str) -> None:
    found = normalise.absolute_url(f"https://{url}")
    assert found is None or found.isascii()


def test_body_text_gives_back_the_paragraphs() -> None:
    html = "<p>A &lt;b&gt; &amp; c</p><h2>Head</h2><ul><li>one</li><li>two</li></ul>"
    assert normalise.body_text(html) == "A <b> & c\n\nHead\n\none\n\ntwo"


def test_folding_ignores_white_space_and_typography() -> None:
    assert normalise.fold("“It’s –\n late” — now…") == normalise.fold('"It\'s - late" -- now...')


def test_folding_keeps_letters_apart() -> None:
    assert normalise.fold("Case") != normalise.fold("case")
