"""Saved pages: what they declare, what they print, and their story's own markup."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from feedpub import formats
from feedpub.extract import understand
from feedpub.model import Article, Document, Rules, Stated, Trust
from feedpub.sources import Folder, scan

LEDE = "The council of Eastmarsh settled the summer timetable of the ferries on Monday, after a long evening. "
STORY = "".join(
    f"<p>{text}</p>"
    for text in (
        LEDE + "It keeps the late boats.",
        "Two islands had lost theirs to the storms of the winter, and their people wrote four hundred letters.",
        "“We read them all,” said the harbour master, who had brought them in a fish crate to the customs house.",
        "The operator will run one late sailing on weekdays and two on Saturdays, and a bus will meet each of them.",
        "The new timetable begins in June and ends with the last week of September, unless the weather ends it first.",
    )
)


def page(
    body: str = f"<article><h1>Late boats stay</h1>{STORY}</article>", head: str = "", attributes: str = ""
) -> bytes:
    return f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{body}</body></html>".encode()


def read(data: bytes, **stated: str) -> Article:
    reading = understand(Document("seeds/boats.html", data, "", None, Stated(**stated)), Rules())  # type: ignore[arg-type]
    assert reading.article is not None
    return reading.article


GRAPH = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "Organization", "@id": "#org", "name": "Harbor Sentinel"},
  {"@type": "Person", "@id": "#ada", "name": "Ada March"},
  {"@type": "NewsArticle", "headline": "Late boats stay, council says", "datePublished": "2025-04-28T18:00:00+02:00",
   "dateModified": "2025-04-29T07:30:00Z", "author": [{"@id": "#ada"}], "publisher": {"@id": "#org"},
   "articleSection": "Islands", "keywords": "ferries, harbour", "inLanguage": "en-GB"}]}</script>"""


def test_a_graph_of_json_ld_tells_everything() -> None:
    body = f"<article><h1>Council keeps boats</h1>{STORY}</article>"
    shared = '<meta property="og:title" content="Late boats stay, council says">'
    said = read(page(body, head=GRAPH + shared)).metadata
    assert said.title == "Late boats stay, council says"
    assert (said.authors, said.categories, said.tags) == (("Ada March",), ("Islands",), ("ferries", "harbour"))
    assert said.language == "en-GB"
    assert said.published is not None
    assert (said.published.value, said.published.offset) == (datetime(2025, 4, 28, 16, tzinfo=UTC), 120)
    assert said.updated is not None
    assert said.updated.value == datetime(2025, 4, 29, 7, 30, tzinfo=UTC)


def test_a_page_without_metadata_is_read_as_print() -> None:
    body = f"<h1>Late boats stay</h1><p>By Ada March</p><p>April 28, 2025</p>{STORY}"
    said = read(page(f"<div><div>Home</div><div>Islands</div></div><div>{body}</div>")).metadata
    assert (said.title, said.authors) == ("Late boats stay", ("Ada March",))
    assert said.published is not None
    assert said.published.value.date().isoformat() == "2025-04-28"


def test_markup_and_print_are_both_clues_and_markup_is_trusted_more() -> None:
    body = f"<article><h1>Late boats stay</h1><p>By Ada March</p><p>April 28, 2025</p>{STORY}</article>"
    head = '<meta name="author" content="Ben Quill"><meta property="article:published_time" content="2025-04-27">'
    reading = understand(Document("seeds/boats.html", page(body, head), ""), Rules())
    assert reading.article is not None
    assert reading.article.metadata.authors == ("Ben Quill",)
    found = {(clue.value, clue.trust) for clue in reading.clues if clue.field == "authors"}
    assert {(("Ben Quill",), Trust.MARKED), (("Ada March",), Trust.WRITTEN)} <= found


def test_an_account_is_no_match_for_a_printed_name() -> None:
    body = f"<article><h1>Late boats stay</h1><p>By Ada March</p>{STORY}</article>"
    assert read(page(body, '<meta name="author" content="amarch">')).metadata.authors == ("Ada March",)


def test_the_name_of_the_site_is_no_part_of_a_title() -> None:
    head = '<title>Late boats stay – Harbor Sentinel</title><meta property="og:site_name" content="Harbor Sentinel">'
    assert read(page(head=head)).metadata.title == "Late boats stay"


def test_a_title_that_nothing_else_says_is_no_match_for_the_printed_one() -> None:
    body = f"<article><h1>Council keeps boats for the islands</h1>{STORY}</article>"
    assert read(page(body, head=GRAPH)).metadata.title == "Council keeps boats for the islands"


def test_a_heading_that_names_the_site_is_no_title() -> None:
    head = "<title>Late boats stay | Harbor Sentinel</title>"
    body = f"<header><h1>Harbor Sentinel</h1></header><article><h2>Late boats stay</h2>{STORY}</article>"
    assert read(page(body, head)).metadata.title == "Late boats stay"


@pytest.mark.parametrize(
    "heading",
    [
        '<h1 class="site-title">Notes from the quay</h1>',
        '<h1 id="logo">Notes from the quay</h1>',
        '<div class="blog-title"><h1>Notes from the quay</h1></div>',
        '<h1><a href="https://quay.example/">Notes from the quay</a></h1>',
        '<h1><a href="/index.php">Notes from the quay</a></h1>',
    ],
)
def test_a_heading_that_is_marked_as_the_name_of_the_site_is_no_title(heading: str) -> None:
    head = "<title>Notes from the quay: Late boats stay, council says</title>"
    body = f"{heading}<article><h2>Late boats stay, council says</h2>{STORY}</article>"
    assert read(page(body, head)).metadata.title == "Late boats stay, council says"


def test_the_side_of_the_windows_title_that_open_graph_does_not_name_is_the_site() -> None:
    said = "Late boats stay"
    head = f'<meta property="og:title" content="{said}"><title>Notes from the quay: {said}</title>'
    body = f"<div><div>Notes from the quay</div><p>28 April 2025</p><div>{STORY}</div></div>"
    assert read(page(body, head)).metadata.title == said


def test_errors_of_a_program_above_a_page_are_no_title() -> None:
    error = "Warning: Use of undefined constant FERRY - assumed 'FERRY' in /srv/quay/boats.php on line 9"
    body = f"<b>{error}</b><br><div><div>Notes</div><h3>Late boats stay</h3><p>28 April 2025</p>{STORY}</div>"
    assert read(page(body)).metadata.title == "Late boats stay"


@pytest.mark.parametrize(
    ("written", "categories"),
    [
        ("Category: Islands", ("Islands",)),
        ("Islands,Ferries", ("Islands", "Ferries")),
        ("Sport:Rowing; Islands", ("Sport:Rowing", "Islands")),
        ("Arts, Culture &amp;amp; Tides", ("Arts, Culture & Tides",)),
        ("nil", ()),
        ("Late boats stay", ()),
    ],
)
def test_a_declared_section_is_cleaned(written: str, categories: tuple[str, ...]) -> None:
    head = f'<meta property="article:section" content="{written}">'
    assert read(page(head=head)).metadata.categories == categories


def test_a_kicker_inside_the_heading_is_cut_when_the_page_says_the_title_alone() -> None:
    said = "Late boats stay through the summer"
    head = f'<meta property="og:title" content="{said}"><title>{said}</title>'
    body = f"<article><h1>Ferries: Late boats stay through the summer</h1>{STORY}</article>"
    assert read(page(body, head)).metadata.title == said


def day_of(html: str) -> str:
    """The day on which a page says that its article appeared; nothing when it doesn't."""
    published = read(html).metadata.published
    return published.value.date().isoformat() if published else ""


PRINTED = f"<h1>Late boats stay</h1><p>By Ada March</p><p>April 28, 2025</p>{STORY}"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="date" content="2025-05-03">',
        '<time datetime="2024-12-01">another story</time>',
        '<time class="published" datetime="2024-12-01">x</time><time class="published" datetime="2024-12-02">y</time>',
        '<link rel="canonical" href="https://news.example/2025/04/27/boats">',
    ],
)
def test_a_date_of_whatever_is_no_match_for_the_printed_one(head: str) -> None:
    assert day_of(page(f"<div>{head}</div><article>{PRINTED}</article>")) == "2025-04-28"


@pytest.mark.parametrize(
    "shown",
    [
        '<link rel="canonical" href="https://news.example/2025/04/28/boats">',
        '<span class="post-published-on">28.04.2025</span>',
        '<abbr itemprop="datePublished" title="2025-04-28T14:33:00+02:00">2:33</abbr>',
    ],
)
def test_a_date_in_the_address_or_a_class_is_better_than_none(shown: str) -> None:
    assert day_of(page(f"<article><h1>Late boats stay</h1>{STORY}</article><div><p>{shown}</p></div>")) == "2025-04-28"


@pytest.mark.parametrize(
    "shown",
    [
        '<meta name="article:published_time" value="2025-04-28T18:00:00Z">',
        '<meta name="seaport:firstPublished" content="2025-04-28T18:00:00Z">',
        '<div class="published"><time datetime="2025-04-28T18:00:00Z">an hour ago</time></div>',
        '<div data-date-published="2025-04-28">today</div>',
        '<span class="date">28.04.2025</span>',
        '<abbr title="2025-04-28T18:00:00Z">an hour ago</abbr>',
        '<script>var page = {"publish_date": "2025-04-28T18:00", "kind": "story"};</script>',
        "<title>Late boats stay | Eastmarsh | 28.04.2025</title>",
    ],
)
def test_a_day_is_found_wherever_a_page_keeps_it(shown: str) -> None:
    assert day_of(page(f"<article><h1>Late boats stay</h1>{STORY}</article><div>{shown}</div>")) == "2025-04-28"


@pytest.mark.parametrize(
    "shown",
    [
        '<article class="post status-publish"><time datetime="2024-12-01">another story</time></article>',
        "<script>var events = {date: '2024-12-01'};</script>",
        '<span class="reference-accessdate">2024-12-01</span>',
        "<title>Tides | 1.12. - 3.12.2024</title>",
    ],
)
def test_a_day_of_something_else_is_no_match_for_the_printed_one(shown: str) -> None:
    assert day_of(page(f"<div>{shown}</div><article>{PRINTED}</article>")) == "2025-04-28"


@pytest.mark.parametrize(
    "script",
    [
        'var read = [{"isPublished": "2024-01-02"}, {"published": "2024-01-03"}], me = {"publishedAt": "2025-04-28"};',
        'var read = [{"publishedAt": "2024-01-02"}];</script><script>var page = {"publishDate": "20250428"};',
        'var page = {"pageUnpublishDate": "2026-04-28"}',
    ],
)
def test_a_day_that_a_script_may_tell_of_another_story_is_none(script: str) -> None:
    assert read(page(head=f"<script>{script}</script>")).metadata.published is None


PUBLISHED, MODIFIED = "article:published_time", "article:modified_time"


@pytest.mark.parametrize(
    ("published", "modified", "printed", "day"),
    [
        ("2025-04-27", "2025-04-28", "April 28, 2025", "2025-04-28"),
        ("2025-04-27", "2025-04-29", "April 28, 2025", "2025-04-27"),
        ("2024-04-27", "2025-04-28", "April 28, 2025", "2024-04-27"),
        ("2025-04-27", "2025-04-28", "Updated April 28, 2025", "2025-04-27"),
        ("2025-04-27", "2025-04-28", "Published April 28, 2025, photos of April 26, 2025", "2025-04-28"),
    ],
)
def test_the_day_that_readers_are_shown_wins_a_few_days_after_the_declared_one(
    published: str, modified: str, printed: str, day: str
) -> None:
    head = f'<meta property="{PUBLISHED}" content="{published}"><meta property="{MODIFIED}" content="{modified}">'
    said = read(page(f"<article><h1>Late boats stay</h1><p>{printed}</p>{STORY}</article>", head)).metadata
    assert said.published is not None
    assert said.published.value.date().isoformat() == day


@pytest.mark.parametrize("first", ["2025-04-25", "2025-06-04"])
def test_where_the_markup_tells_several_days_the_printed_one_wins(first: str) -> None:
    head = GRAPH.replace("2025-04-28T18", f"{first}T18") + f'<meta property="{PUBLISHED}" content="2025-04-28">'
    assert day_of(page(f"<article>{PRINTED}</article>", head)) == "2025-04-28"


@pytest.mark.parametrize(
    "script",
    [
        "<![CDATA[{}]]>",
        "//<![CDATA[\n{}\n//]]>",
        "{},",
        "{}; // of the page",
        '{{"@type": "Organization", // a house\n"name": "Sentinel"}}, {}',
        '{{"width": , "story": {}}}',
    ],
)
def test_json_ld_that_is_no_valid_json_is_read_as_far_as_it_can_be(script: str) -> None:
    story = """{"@type": "NewsArticle", "headline": "Late \\u201cboats\\u201d stay &amp; sail",
        "datePublished": "2025-04-28", "author": {"@type": "Person", "name": "Ada March"}}"""
    head = f'<script type="application/ld+json">{script.format(story)}</script>'
    said = read(page(f"<article><h1>Late “boats” stay &amp; sail</h1>{STORY}</article>", head)).metadata
    assert (said.title, said.authors) == ("Late “boats” stay & sail", ("Ada March",))
    assert said.published is not None
    assert said.published.value.date().isoformat() == "2025-04-28"


@pytest.mark.parametrize(
    ("head", "printed", "authors"),
    [
        ('<meta name="author" content="Friends of Harbor Sentinel">', "By Ada March", ("Ada March",)),
        ('<meta name="author" content="Eastmarsh Press Office">', "By Ada March", ("Ada March",)),
        ('<meta name="author" content="ada-march-2">', "By Ada March", ("Ada March",)),
        ('<meta name="author" content="desk@sentinel.example">', "By Ada March", ("Ada March",)),
        ('<meta name="author" content="Ada March">', "By Ada March and Ben Quill", ("Ada March", "Ben Quill")),
        (
            '<meta name="author" content="Eve North"><meta name="byl" content="Ada March">',
            "By Ada March",
            ("Ada March",),
        ),
        (
            '<meta name="author" content="Ada March"><meta name="author" content="Reuters">',
            "",
            ("Ada March", "Reuters"),
        ),
        ('<meta name="author" content="Eve North">', "By Ada March", ("Eve North",)),
        ('<meta name="author" content="By the Harbor Desk">', "", ("the Harbor Desk",)),
    ],
)
def test_authors_who_are_printed_come_before_the_house(head: str, printed: str, authors: tuple[str, ...]) -> None:
    site = '<meta property="og:site_name" content="Harbor Sentinel">'
    body = f"<article><h1>Late boats stay</h1><p>{printed}</p>{STORY}</article>"
    assert read(page(body, site + head)).metadata.authors == authors


def test_authors_of_all_stories_that_a_page_links_are_not_those_of_its_own() -> None:
    names = ("Ada March", "Ben Quill", "Eve North", "Tom Reed")
    linked = "".join(f'<p>A story by <a rel="author" href="/{name[:3]}">{name}</a></p>' for name in names)
    body = f"<article><h1>Late boats stay</h1><p>By Ada March</p>{STORY}</article><aside>{linked}</aside>"
    assert read(page(body)).metadata.authors == ("Ada March",)


def test_a_title_is_cut_where_the_heading_ends() -> None:
    said = "Late boats stay | Islands and ferries"
    head = f'<meta property="og:title" content="{said}"><title>{said}</title>'
    assert read(page(head=head)).metadata.title == "Late boats stay"


@pytest.mark.parametrize(
    ("declared", "printed", "offset"),
    [
        ("2025-04-28T02:30:00Z", "April 27, 2025", -180),
        ("2025-04-28T02:30:00Z", "April 27, 2025 at 8:30 p.m.", -360),
        ("2025-04-27T22:00:00Z", "April 28, 2025", 120),
        ("2025-04-28T02:30:00Z", "April 28, 2025", 0),
        ("2025-04-28T02:30:00Z", "April 20, 2025", 0),
        ("2025-04-28T02:30:00+02:00", "April 27, 2025", 120),
    ],
)
def test_a_moment_in_utc_is_shown_on_the_day_that_the_page_prints(declared: str, printed: str, offset: int) -> None:
    head = f'<meta property="article:published_time" content="{declared}">'
    body = f"<article><h1>Late boats stay</h1><p>By Ada March</p><p>{printed}</p>{STORY}</article>"
    said = read(page(body, head)).metadata
    assert said.published is not None
    assert (said.published.value, said.published.offset) == (datetime.fromisoformat(declared), offset)


TEASERS = "".join(
    f'<li><a href="https://news.example/{number}">The harbour of Eastmarsh buys pilots boat number {number}</a></li>'
    for number in range(4)
)


def test_links_to_other_stories_inside_a_story_stay_out() -> None:
    story = STORY.replace("</p>", f"</p><ul>{TEASERS}</ul>", 1)
    html = read(page(f"<article><h1>Late boats stay</h1>{story}</article>")).body
    assert "pilots" not in html
    assert html.count("<p>") == 5


@pytest.mark.parametrize("element", ["button", "noscript"])
def test_an_element_that_was_never_closed_does_not_swallow_the_story(element: str) -> None:
    body = f"<{element}><h1>Late boats stay</h1>{STORY}"
    assert read(page(body)).body.count("<p>") == 5


@pytest.mark.parametrize("element", ["embed", "source", "track", "wbr"])
def test_what_follows_an_element_without_an_end_is_read(element: str) -> None:
    body = f"<article><h1>Late boats stay</h1><div><{element} src='x'>{STORY}</div></article>"
    assert read(page(body)).body.count("<p>") == 5


def test_a_page_whose_outer_elements_are_closed_at_once_is_read_as_browsers_read_it() -> None:
    data = page().decode().replace("<html >", '<html lang="en-GB" />').replace("<body>", "<body/>").encode()
    article = read(data)
    assert (article.metadata.title, article.metadata.language) == ("Late boats stay", "en-GB")
    assert LEDE.strip() in article.body


def test_microdata_is_read() -> None:
    body = f"""<article itemscope itemtype="https://schema.org/Article"><h1 itemprop="headline">Late boats stay</h1>
      <span itemprop="author" itemscope><span itemprop="name">Ada March</span></span>
      <time itemprop="datePublished" datetime="2025-04-28T10:00:00Z">today</time>
      <span itemprop="articleSection">Islands</span><div itemprop="articleBody">{STORY}</div></article>"""
    said = read(page(body)).metadata
    assert (said.title, said.authors, said.categories) == ("Late boats stay", ("Ada March",), ("Islands",))
    assert said.published is not None
    assert said.published.value == datetime(2025, 4, 28, 10, tzinfo=UTC)


def test_dublin_core_and_links_are_read() -> None:
    head = '<meta name="DC.creator" content="March, Ada"><meta name="dcterms.issued" content="2025-04-28">'
    links = '<a rel="category tag" href="/i">Islands</a><a rel="tag" href="/f">Ferries</a>'
    body = f"<article><h1>Late boats stay</h1>{STORY}{links}</article>"
    said = read(page(body, head)).metadata
    assert (said.categories, said.tags) == (("Islands",), ("Ferries",))
    assert said.published is not None
    assert said.published.precision == "day"


def test_lazy_pictures_are_restored_and_keep_their_captions() -> None:
    figure = """<figure>
      <img src="data:image/gif;base64,R0lG" data-src="/boat.jpg" alt="A ferry" width="800" height="400">
      <figcaption>The evening boat, seen from the mole.</figcaption></figure>"""
    paragraphs = STORY.split("</p>", 2)
    body = f"<article><h1>Late boats stay</h1>{paragraphs[0]}</p>{figure}{paragraphs[1]}</p>{paragraphs[2]}</article>"
    html = read(page(body), url="https://news.example/a/b").body
    assert '<img src="https://news.example/boat.jpg" alt="A ferry" width="800" height="400">' in html
    assert "<figcaption>The evening boat, seen from the mole.</figcaption></figure>" in html


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="/blank.gif" data-lazy-src="/boat.jpg">',
        '<img src="data:image/gif;base64,R0lG" data-whatever="https://news.example/boat.jpg">',
        '<img src="./Late boats_files/boat.jpg" srcset="https://news.example/boat.jpg 800w">',
        '<img class="lazy"><noscript><img src="/boat.jpg"></noscript>',
        """<picture><source srcset="/boat.avif" type="image/avif"><source srcset="/boat.jpg">
        <img src="/placeholder.png"></picture>""",
        '<img src="//news.example/boat.jpg">',
    ],
)
def test_a_picture_that_a_script_would_load_is_restored(picture: str) -> None:
    story = STORY.replace("</p>", f"</p><figure>{picture}</figure>", 1)
    html = read(page(f"<article><h1>Late boats stay</h1>{story}</article>"), url="https://news.example/a/b").body
    assert html.count("<img") == 1
    assert 'src="https://news.example/boat.jpg"' in html


def test_a_picture_that_lies_only_beside_the_saved_page_is_left_out() -> None:
    story = STORY.replace("</p>", '</p><figure><img src="./Late boats_files/boat.jpg"></figure>', 1)
    html = read(page(f"<article><h1>Late boats stay</h1>{story}</article>"), url="https://news.example/a/b").body
    assert "<img" not in html


def test_the_largest_picture_of_a_set_is_taken() -> None:
    image = '<figure><img data-srcset="https://n.example/s.jpg 300w, https://n.example/l.jpg 1200w"></figure>'
    html = read(page(f"<article><h1>Late boats stay</h1>{STORY.replace('</p>', '</p>' + image, 1)}</article>")).body
    assert "https://n.example/l.jpg" in html
    assert "s.jpg" not in html


@pytest.mark.parametrize(
    ("head", "before", "expected"),
    [
        ('<link rel="canonical" href="https://news.example/x/boats">', "", "https://news.example/x/more"),
        ('<base href="https://other.example/y/">', "", "https://other.example/y/more"),
        ("", "<!-- saved from url=(0028)https://saved.example/z/boats -->", "https://saved.example/z/more"),
    ],
)
def test_relative_links_start_from_the_page(head: str, before: str, expected: str) -> None:
    story = STORY.replace("summer timetable", '<a href="more">summer timetable</a>', 1)
    data = before.encode() + page(f"<article><h1>Late boats stay</h1>{story}</article>", head)
    assert f'<a href="{expected}">summer timetable</a>' in read(data).body


def test_links_that_run_code_lose_their_address() -> None:
    story = STORY.replace("summer timetable", '<a href="javascript:go()" onclick="go()">summer timetable</a>', 1)
    html = read(page(f"<article><h1>Late boats stay</h1>{story}</article>")).body
    assert "javascript" not in html
    assert "go()" not in html
    assert "summer timetable" in html


def test_headings_lists_quotations_and_code_keep_their_markup() -> None:
    more = f"""<h2>What the council settled on Monday</h2><ul>
      <li>One late sailing from the northern pier on each weekday.</li>
      <li>Two late sailings from the northern pier on Saturdays.</li></ul>
      <blockquote><p>Nobody shall be left upon the northern pier after dark, whatever the weather.</p></blockquote>
      <pre><code>late = sailings[-1]</code></pre>{STORY.replace("islands", "isles").replace("Monday", "Tuesday")}"""
    html = read(page(f"<article><h1>Late boats stay</h1>{STORY}{more}</article>")).body
    assert "<h2>What the council settled on Monday</h2>" in html
    assert "<ul><li>One late sailing from the northern pier on each weekday.</li><li>Two late" in html
    assert "<blockquote><p>Nobody shall be left" in html


def test_a_recipe_keeps_its_table() -> None:
    rows = "".join(
        f"<tr><td>{what}</td><td>{much}</td></tr>"
        for what, much in (("Flour", "500 g"), ("Salt", "10 g"), ("Water", "3 dl"))
    )
    table = f"<table><tr><th>What</th><th>How much</th></tr>{rows}</table>"
    body = f"<article><h1>Harbour bread</h1>{STORY}{table}{STORY.replace('The', 'A')}</article>"
    html = read(page(body)).body
    assert "<th>What</th><th>How much</th>" in html
    assert "<td>Salt</td><td>10 g</td>" in html


def test_a_page_from_right_to_left_keeps_its_language() -> None:
    paragraphs = "".join(
        f"<p>قال مجلس المدينة يوم الاثنين إن العبارات الأخيرة ستبقى في الخدمة طوال الصيف، رقم {number}.</p>"
        for number in range(6)
    )
    body = f"<article><h1>العبارات الأخيرة باقية</h1>{paragraphs}</article>"
    article = read(page(body, attributes='lang="ar" dir="rtl"'))
    assert (article.metadata.title, article.metadata.language) == ("العبارات الأخيرة باقية", "ar")


def test_a_frame_becomes_a_link_with_its_title() -> None:
    frame = '<iframe src="https://video.example/embed/7" title="The last boat leaves"></iframe>'
    html = read(page(f"<article><h1>Late boats stay</h1>{STORY.replace('</p>', '</p>' + frame, 1)}</article>")).body
    assert '<a href="https://video.example/embed/7">The last boat leaves</a>' in html
    assert "iframe" not in html


def test_the_declared_encoding_is_believed_when_the_bytes_are_not_utf8() -> None:
    data = page(
        f"<article><h1>Spät</h1>{STORY}</article>".replace("“", '"').replace("”", '"'), '<meta charset="iso-8859-1">'
    )
    draft = formats.read(Document("a.html", data.decode().encode("cp1252"), ""))
    assert draft.blocks[0].text == "Spät"
    assert draft.problems == ()


def test_the_folder_of_a_saved_page_is_no_source(tmp_path) -> None:  # type: ignore[no-untyped-def]
    for name in ("boats.html", "boats_files/frame.html", "notes_files/own.html"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("x")
    found = [source.path for source in scan([Folder("seeds", str(tmp_path))])]
    assert found == ["seeds/boats.html", "seeds/notes_files/own.html"]


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
)
LD = '<script type="application/ld+json">'


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 100_000 + STORY.encode(),
        b"<b>" * 100_000 + STORY.encode(),
        b"<table><tr><td>" * 20_000 + STORY.encode(),
        page(f"<div class='{'x' * 3_000_000}'>{STORY}</div>"),
        page("<p " + " ".join(f"a{number}=1" for number in range(400_000)) + f">{STORY}"),
        (ENTITIES + f"<html><body><p>&b;&c;</p>{STORY}</body></html>").encode(),
        page(STORY, LD + "[" * 200_000 + "</script>"),
        page(
            STORY,
            LD + '{"@type": ["Article", 7, null], "author": {"name": {"name": []}}}</script>',
        ),
        page("&" * 500_000),
        page("<p>x" * 60_000),
        page("<p>" + "&" * 1_000_000 + STORY),
        ("<!--" * 200_000 + STORY).encode(),
        ("<script>" * 100_000 + STORY).encode(),
        ("<a" * 500_000 + STORY).encode(),
        page("<p " + " ".join(f'a{number}="<b>"' for number in range(200_000)) + f">{STORY}"),
        page("<b>" * 200 + "<br>x" * 20_000 + STORY),
        page(f"{STORY}<img srcset='{'https://a.example/x.jpg 1w, ' * 100_000}'>"),
        page('<span itemprop="author">x</span>' * 50_000 + STORY),
        page("<h1>" + "word " * 500_000 + f"</h1>{STORY}"),
        page("<p>" + "x" * 10_000_000 + f"</p>{STORY}"),
        page("<p><b><div><a><i><table><li>" * 10_000 + STORY, "<title>" + " | a" * 100_000 + "</title>"),
        page(f"{STORY}<img \ufffesrc='boat.jpg' \uffff='boat.png'>"),
        page(STORY).decode().encode("utf-16"),
        b"\0" * 1000,
        b"<html",
        b"",
    ],
    ids=range(26),
)
def test_hostile_pages_are_bounded_and_never_break(data: bytes) -> None:
    begun = time.process_time()
    reading = understand(Document("seeds/x.html", data, ""), Rules())
    assert "root:" not in (reading.article.body if reading.article else "")
    assert time.process_time() - begun < 20
