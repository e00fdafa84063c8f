"""What a line is, as far as it alone can tell."""

from __future__ import annotations

import pytest

from feedpub.finders import fardates, lines
from feedpub.model import Block


def kind(text: str) -> str:
    (line,) = lines.read((Block(text, 1),))
    return line.kind


@pytest.mark.parametrize(
    "text",
    [
        "© Ada March",
        "Copyright Ada March/AP",
        "Quelle: Ada March/dpa",
        "The keeper and his lamp on the third step of the tower in the winter of 1986. © Ada March",
        "The tower at dusk — © Fjordwire",
        "Ada March (left) with the last keeper of Salthaven",
        "Der Wärter (l.) auf Hallig Nordmoor.",
        "This May 4, 2019, file photo shows the keeper of Salthaven on the third step of his tower.",
        "In this undated photo provided by his family, the keeper stands on the third step of his tower.",
        "Pictured from left are the keeper, his pencil and the lamp that he has cleaned every day of his life.",
    ],
)
def test_a_credit_or_what_a_picture_shows_is_a_caption(text: str) -> None:
    assert kind(text) == "caption"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("© 2025 Salthaven Post", "end"),
        ("© Salthaven Post, all rights reserved", "end"),
        ("In this photograph book the keeper tells of nine hundred waves and of a pencil that broke.", "prose"),
        ("This May 4, the keeper will leave his tower for the first time and take the boat to Salthaven.", "prose"),
        ("The keeper (left by his crew) stood alone on the third step of the tower and counted the waves.", "prose"),
        ("He put a © behind his name on every page of the log, which nobody else has ever read to its end.", "prose"),
    ],
)  # fmt: skip
def test_a_foot_of_a_page_and_a_sentence_are_no_captions(text: str, known: str) -> None:
    assert kind(text) == known


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Foto Ada March/ANP", "caption"),
        ("Foto Ada March", "text"),
        ("13일 저녁 첫 야간 여객선이 출항하고 있다. 통영시 제공", "caption"),
        ("한산도를 오가는 여객선 [통영시 제공. 재판매 및 DB 금지]", "caption"),
        ("夜間便で島に着いた渡船＝13日午後8時、潮見港、山根航太撮影", "caption"),
        ("睽違八年的望安夜班船昨晚復航。圖／縣府提供", "caption"),
        ("后头湾小学的新生。陈一鸣 摄", "caption"),
        ("市, 결식아동에 무료 급식 제공", "text"),
        ("他昨天在山顶拍摄", "text"),
        ("这座岛的船由政府提供", "text"),
    ],
)
def test_a_credit_makes_a_caption(text: str, known: str) -> None:
    assert kind(text) == known


def test_a_comment_that_somebody_wrote_heads_no_comments() -> None:
    assert kind("Ein Kommentar") == kind("2 Kommentare") == "comments"
    assert kind("Ein Kommentar von Ada March") == "text"


@pytest.mark.parametrize(
    "text",
    [
        "Mit dem Laden des Videos akzeptieren Sie die Datenschutzerklärung von Wellenkino.",
        "Personenbezogene Daten können an Wellenkino übermittelt werden. Mehr dazu in der Datenschutzerklärung.",
        "To view this content, please allow Tidecast to set a cookie in your browser.",
        "Pour afficher ce contenu, vous devez accepter les cookies de Tidecast.",
    ],
)
def test_what_a_page_asks_before_it_shows_a_film_does_not_end_its_story(text: str) -> None:
    assert kind(text) in ("notice", "consent")


@pytest.mark.parametrize(
    "text",
    [
        "Haben Sie Angst vor dem Abstieg?",
        "Wollen Sie den Turm verkaufen?",
        "Hat dir das Zählen Freude gemacht?",
        "Ich möchte lieber über die Wellen sprechen als über den Turm.",
        "Du hast nie gefragt, wie viele es waren.",
        "An dieser Stelle stand bis zum Jahr 1912 ein zweiter Turm.",
        "Wir freuen uns auf die nächste Flut und auf den neuen Bleistift.",
        "What are your thoughts on the third step?",
        "Market data showed on Monday that herring had never been cheaper in the fen.",
        "The comment drew laughter from the second row of the council.",
        "Comments that the mayor made about the ferry were read aloud twice.",
        "By entering the harbour at night, the crew broke a rule of 1874.",
        "By continuing the strike, the ferrymen hope for a new timetable.",
        "You have reached the final three times without winning it.",
        "Every morning we count the waves before breakfast, the keeper said.",
        "Vous devez choisir entre la lampe et le bateau, dit le gardien.",
        "Nous utilisons la même corde depuis quarante ans, dit le gardien.",
        "Este sitio fue durante siglos el muelle de los pescadores.",
        "Copyright law was changed on Monday by a narrow vote of the council.",
        "Premium rates for ferries rise by five per cent in the new year.",
        "Powered by the sun alone, the ferry crossed the fen in an hour.",
        "The ferry company changed its privacy policy on Monday after a vote in the council.",
        "Regulators said the terms of service were unfair to ferrymen and gulls.",
        "The almanac was first published in 1954 by two brothers from Salthaven.",
        "The keeper can be reached at his tower only at low tide, his wife said.",
        "Die Datenschutzerklärung des Vereins sei zu lang, sagte der Richter am Montag.",
    ],
)
def test_a_sentence_of_a_story_may_begin_as_a_note_of_a_site_does(text: str) -> None:
    assert kind(text) in ("prose", "text")


@pytest.mark.parametrize(
    "text",
    [
        "Haben Sie Fragen zu Ihrem Zugang?",
        "Hat Ihnen dieser Artikel gefallen?",
        "Ich möchte den Newsletter bekommen.",
        "Du hast bereits ein Konto?",
        "Wir freuen uns über Ihre Meinung.",
        "What are your thoughts?",
        "Market data provided by the harbour office.",
        "Comments that contain links are held back.",
        "By continuing to use this page, you agree to everything.",
        "You have reached your limit of free stories.",
        "Vous devez être connecté pour écrire.",
        "Nous utilisons des cookies sur ce site.",
        "Este sitio web guarda galletas.",
        "By joining, you accept our Privacy Policy and Terms of Service.",
        "This story was first published in the Fen Post of Salthaven.",
        "Ada March writes of ferries and can be reached at ada@fen.example every day.",
        "Powered by Fenpress and a theme that nobody knows any more.",
        f"All rights reserved. This may not be published, {'broadcast, rewritten or passed on, ' * 4} or sold.",
        "If you spot an error in this story, write to the night desk.",
        "Hai trovato un errore? Scrivi alla redazione.",
        "Om du hittar ett fel i artikeln, hör av dig till oss.",
        "Jeśli zauważyłeś błąd w tekście, napisz do nas.",
        "Знайшли помилку? Напишіть до редакції.",
        "Našli jste v článku chybu?",
        "Um eingebettete Inhalte anzuzeigen, ist Ihre Einwilligung notwendig.",
    ],
)
def test_a_note_of_a_site_is_known_by_its_first_words(text: str) -> None:
    assert kind(text) in ("end", "notice")


@pytest.mark.parametrize(
    "mark", ["■", "◼", "●", "□", "♦", "-ends-", "- Ende -", "--30--", "(Ends)", "###", "# # #", "///", "/ends", "-FIN-"]
)
def test_a_mark_that_ends_the_last_paragraph_is_no_part_of_it(mark: str) -> None:
    told = "The keeper of the tower climbs the steps at dusk and lights the lamp by hand."
    (line,) = lines.read((Block(f"{told} {mark}", 1),))
    assert (line.text, line.kind) == (told, "prose")


@pytest.mark.parametrize(
    ("text", "prints"),
    [
        ("1.05.26", True),
        ("Posted on 3 May 2026 by the keeper of the tower", True),
        ("The ferry left on 3 May 2026, " + "and came back, " * 10 + "late in the night.", True),
        ("The ferry left at ten, " + "and came back, " * 10 + "late in the night.", False),
        ("Ferries and tides", False),
    ],
)
def test_a_line_of_any_length_prints_a_day_or_does_not(text: str, prints: bool) -> None:
    (line,) = lines.read([Block(text, 1, False)])
    assert fardates.prints_day(line) is prints
