from __future__ import annotations

import pytest

from feedpub.finders import dateline
from feedpub.model import Place


def test_the_parts_of_a_dateline_are_told_apart() -> None:
    text = "JAIPUR (Rajasthan) [India], April 28 (ANI): A school opened."
    found = dateline.read(text)
    assert found is not None
    assert found.dateline.places == (Place("Jaipur", "Rajasthan", "India"),)
    assert (found.dateline.agency, found.dateline.date) == ("ANI", "04-28")
    assert text[found.end :] == "A school opened."


@pytest.mark.parametrize(
    ("text", "places", "agency"),
    [
        ("STAVANGER, Norway (AP) — A library opened.", (Place("Stavanger", None, "Norway"),), "AP"),
        ("ST. JOHN’S, N.L. — A kite has won.", (Place("St. John’s", "N.L."),), None),
        ("LA CROSSE, Wis. (AP) — After a summer, it rains.", (Place("La Crosse", "Wis."),), "AP"),
        ("SEOUL/TOKYO, April 28 (Reuters) - Ships sailed.", (Place("Seoul"), Place("Tokyo")), "Reuters"),
        ("Palo Alto, Calif.—A library opened.", (Place("Palo Alto", "Calif."),), None),
        ("HALDEN, N.Y.—After a summer, it rains.", (Place("Halden", "N.Y."),), None),
        ("AP - A library opened on Monday.", (), "AP"),
        ("(Reuters) -A library opened.", (), "Reuters"),
        ("(UPDATES with quotes) SEOUL, Aug. 24 (Yonhap) -- Ships sailed.", (Place("Seoul"),), "Yonhap"),
        ("MOUNT LAUREL, NJ / ACCESSWIRE / May 29, 2017 / A seed flies.", (Place("Mount Laurel", "NJ"),), "ACCESSWIRE"),
        ("REPUBLIKA.CO.ID, JAKARTA -- Harga emas menguat.", (Place("Jakarta"),), "REPUBLIKA.CO.ID"),
        (
            "SANTIAGO, 5 JAN 1999 (RADIO COOPERATIVA) -- [TEXT] The junta met.",
            (Place("Santiago"),),
            "RADIO COOPERATIVA",
        ),
        ("लखनऊ। नदी के किनारे बसे गाँव में बाढ़ का पानी घुस गया।", (Place("लखनऊ"),), None),
        ("तटीय संवाददाता, लखनऊ। नदी के किनारे बसे गाँव में पानी घुस गया।", (Place("लखनऊ"),), None),
        ("पटना, 3 मार्च (भाषा)। नदी के किनारे बसे गाँव में पानी घुस गया।", (Place("पटना"),), "भाषा"),
        ("ROMA ∙ Il traghetto resta in porto fino a lunedì.", (Place("Roma"),), None),
        ("SEOUL (Yonhap) · The ferries stay in port until Monday.", (Place("Seoul"),), "Yonhap"),
        ("Dermaga.Net - Two ferries stay in port until Monday.", (), "Dermaga.Net"),
        ("JAKARTA, Dermaga.com - Kapal tetap di pelabuhan sampai Senin.", (Place("Jakarta"),), "Dermaga.com"),
        (
            "SULINDO: THE council has told the fishermen of three districts to stay in port until Monday.",
            (Place("Sulindo"),),
            None,
        ),
        ("(서울=연합뉴스) 김하늘 기자 = 도서관이 문을 열었다.", (Place("서울"),), "연합뉴스"),
        ("〔記者林美月／台中報導〕圖書館十四日啟用。", (Place("台中"),), None),
        ("【記者林美月、陳怡／綜合報導】圖書館十四日啟用。", (), None),
        ("RÍO SECO.- Vecinos de tres aldeas levantaron un puente.", (Place("Río Seco"),), None),
        ("TALLOW: A ferry came to Tallow on Monday with nine pianos on board.", (Place("Tallow"),), None),
        ("Tidewell.Net - A ferry with nine pianos on board came to the island on Monday.", (), "Tidewell.Net"),
        ("(솔뫼=한빛소식) 김하늘 기자 = 도서관이 문을 열었다.", (Place("솔뫼"),), "한빛소식"),
    ],
)
def test_datelines_of_many_houses(text: str, places: tuple[Place, ...], agency: str | None) -> None:
    found = dateline.read(text)
    assert found is not None
    assert (found.dateline.places, found.dateline.agency) == (places, agency)


@pytest.mark.parametrize(
    "text",
    [
        "NASA — an agency that names its rovers — understands this.",
        "WATCH — the keeper climbs the tower",
        "“LONDON — that was the joke,” she said.",
        "Paris – where else? – the film begins.",
        "Q: Who decided this? A: Nobody will say.",
        "US-backed forces — and others — advanced on Monday.",
        "Tidewell.com - the island's first shop for ropes and knots - will close its doors in June, it said.",
        "Tidewell.com - A shop for knots.",
        "FILE - A ferry waits at the pier, April 25, 2025.",
        "Essen, Trinken, Schlafen – mehr braucht es nicht, sagt sie.",
        "SMITH: The trouble with that is that they never asked what you and I wanted, so there we are.",
        "JOE: The ferries of the island stay in port until Monday, because of the storm and the rocks.",
        "सब जानते हैं। नदी के किनारे बसे गाँव में बाढ़ का पानी घुस गया।",
        "Dermaga.com - the company - has sold both of its ferries.",
    ],
)
def test_what_only_looks_like_a_dateline_is_none(text: str) -> None:
    assert dateline.read(text) is None


def test_german_papers_open_with_any_place() -> None:
    text = (
        "Lillehammer – Ein Weltmeister hat am Samstag beim verspäteten Auftakt des Weltcups den zweiten Platz belegt."
    )
    assert dateline.read(text) is None
    found = dateline.read(text, "de")
    assert found is not None
    assert found.dateline.places == (Place("Lillehammer"),)


@pytest.mark.parametrize("text", ["(AP) — " * 50_000, "NEW YORK " * 50_000, "-" * 500_000, "A, " * 200_000])
def test_long_repetitions_are_read_at_once(text: str) -> None:
    dateline.read(text)
