from __future__ import annotations

import pytest

from feedpub.finders import byline, names


def authors(line: str) -> tuple[str, ...]:
    found = byline.read(line)
    return found.authors if found else ()


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Ada March", ("Ada March",)),
        ("ByAda March", ("Ada March",)),
        ("BY ADA MARCH AND JEAN-LUC DE LA FONTAINE", ("Ada March", "Jean-Luc de la Fontaine")),
        ("By Ada March, Reuters", ("Ada March",)),
        ("By Dr. Ada March, PhD", ("Ada March",)),
        ("By Ada March (@adamarch)", ("Ada March",)),
        ("By Ada March, Lisbon", ("Ada March",)),
        ("By Ada March Science editor", ("Ada March",)),
        ("By Fiona MacLeod Scotland correspondent", ("Fiona MacLeod",)),
        ("By Ada March Defence and security editor", ("Ada March",)),
        ("Von Ada März, Jens Petermöller und Katrin Ahlers", ("Ada März", "Jens Petermöller", "Katrin Ahlers")),
        ("Kolumne von Ada März", ("Ada März",)),
        ("Par Élodie Marchetti avec AFP", ("Élodie Marchetti",)),
        ("Interview by Ada March", ("Ada March",)),
        ("Texto Ada Marés", ("Ada Marés",)),
        ("Intervista di Ada Marsi", ("Ada Marsi",)),
        ("Автор: Вера Онегина", ("Вера Онегина",)),
        ("بقلم: سالم الحارثي", ("سالم الحارثي",)),
        ("김하늘 기자", ("김하늘",)),
        ("作者：陆文海", ("陆文海",)),
        ("News provided by Larkfield Instruments, Inc.", ("Larkfield Instruments, Inc.",)),
        ("1. Januar 2025 von KleinerKeller Ein Kommentar", ("KleinerKeller",)),
        ("Posted in Glazes by wren on August 3, 2025", ("wren",)),
        ("STAND 28.4.2025, 16:41 Uhr AUTOR/IN Ada März", ("Ada März",)),
        ("28. April 2025 | Autor/-in Ada März", ("Ada März",)),
        ("Veröffentlicht vonChris Jung 28. Februar 2025", ("Chris Jung",)),
    ],
)
def test_a_byline_names_its_authors(line: str, people: tuple[str, ...]) -> None:
    assert authors(line) == people


@pytest.mark.parametrize(
    "line",
    [
        "By Staff Writer",
        "From: Fen Post Daily <daily@fenpost.example>",
        "By admin",
        "By Press Office",
        "Por: Redacción Deportes",
        "Di Redazione Cronaca",
        "Posted by newsdesk on January 1, 2025",
        "By contrast, the second ferry was empty.",
        "By Monday the river had fallen by four metres.",
        "Photographs by Lena Voss",
        "From now on",
        "Text me when you are there",
    ],
)
def test_no_author_is_invented(line: str) -> None:
    assert authors(line) == ()


def test_editors_are_no_authors() -> None:
    line = "Reporting by Ada March in Porto; Additional reporting by Lucia Moran; Editing by Marta Quill"
    assert authors(line) == ("Ada March",)


def test_a_glued_line_comes_apart() -> None:
    found = byline.read("maria.kWorld News4 hours ago1.2K Views")
    assert found is not None
    assert (found.authors, found.categories, found.counted) == (("maria.k",), ("World News",), True)
    assert [stamp.text for stamp in found.stamps] == ["4 hours ago"]


def test_a_house_before_its_section_is_no_person() -> None:
    found = byline.read("Tidewater FinanceOctober 13, 2025")
    assert found is not None
    assert (found.authors, found.categories) == ((), ("Finance",))


def test_an_unknown_category_is_split_at_its_capital() -> None:
    found = byline.read("wren7Glaze Notes3 days ago6 Views")
    assert found is not None
    assert (found.authors, found.categories) == (("wren7",), ("Glaze Notes",))


def test_capitals_inside_a_name_do_not_split_it() -> None:
    assert authors("Ada McBrideSports3 days ago6 Views") == ("Ada McBride",)


@pytest.mark.parametrize(
    "line", ["Harbor Town", "Read more", "World News", "The Courier", "New York Times", "Staff Writer"]
)
def test_what_is_no_name_is_no_bare_byline(line: str) -> None:
    assert byline.bare(line) is None or names.is_bare_name(line) is (line == "Harbor Town")


def test_names_alone_are_a_bare_byline() -> None:
    found = byline.bare("Gwen Artis and Paul Delacroix")
    assert found is not None
    assert found.authors == ("Gwen Artis", "Paul Delacroix")


@pytest.mark.parametrize(
    "line",
    [
        "Von: Pressestelle Landkreis Osterhamm",
        "Von Lokalredaktion Wedel",
        "Von: Unternehmenskommunikation",
        "From: Newsroom Larkmoor",
        "From: Media Relations Larkfield",
        "From: Larkfield Investor Relations",
        "By Larkmoor Newsroom",
        "By Observer Staff",
        "By Marketing Department",
        "Di Ufficio Stampa Comune di Larma",
    ],
)
def test_a_department_is_no_person(line: str) -> None:
    assert authors(line) == ()


@pytest.mark.parametrize("name", ["Grace Office", "Dean Staff", "Alan Deskford"])
def test_a_person_may_be_called_like_a_department(name: str) -> None:
    assert authors(f"By {name}") == (name,)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Department for Tides and Harbours", ()),
        ("/ By Ada March", ("Ada March",)),
        ("By Gaëlle LE BIHAN", ("Gaëlle Le Bihan",)),
        ("By Ada March in London and Song Mi-rae in Seoul", ("Ada March", "Song Mi-rae")),
    ],
)
def test_offices_are_no_authors_and_people_are_named_without_their_places(line: str, people: tuple[str, ...]) -> None:
    found = byline.read(line)
    assert (found.authors if found else ()) == people


def test_four_out_of_five_stars_are_no_day_in_october() -> None:
    assert byline.read("4 out of 5 stars.") is None
