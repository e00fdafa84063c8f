"""Skip links and notices of browsers above a page, and headlines that only speak of such things."""

from __future__ import annotations

import pytest

from feedpub.finders import lines
from feedpub.model import Block

NOTICES = (
    "Hopp til hovedinnholdet",
    "Gå direkt till innehållet",
    "Direkt zum Inhalt",
    "Aller au contenu principal",
    "Pular para o conteúdo",
    "Ga naar hoofdinhoud",
    "Przejdź do głównej treści",
    "Перейти к основному содержанию",
    "İçeriğe geç",
    "Chuyển đến nội dung chính",
    "انتقل إلى المحتوى الرئيسي",
    "मुख्य सामग्री पर जाएं",
    "本文へスキップ",
    "본문 바로가기",
    "このページではJavaScriptを使用しています。JavaScriptをONにしてください。",
    "Der Browser wird nicht mehr unterstützt",
    "Twoja przeglądarka jest przestarzała",
    "Для работы сайта необходимо включить JavaScript",
    "Tarayıcınız güncel değil",
    "您的浏览器版本过低，请升级。",
    "Inicia sesión o regístrate",
    "Войдите или зарегистрируйтесь",
    "Giriş yapın veya kaydolun",
)
HEADLINES = (
    "JavaScript turns thirty",
    "Your browser is spying on you",
    "Ihr Browser verrät mehr als Sie denken",
    "Skip the queue: how to ride the ferry for free",
    "Jump to safety saves sailor",
    "Register of ships lost in a fire",
)


def kind(printed: str) -> str:
    return lines.read([Block(printed, 1)])[0].kind


@pytest.mark.parametrize("notice", NOTICES)
def test_a_skip_link_or_notice_is_no_line_of_the_article(notice: str) -> None:
    assert kind(notice) in ("nav", "notice")


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_may_speak_of_browsers(headline: str) -> None:
    assert kind(headline) == "text"
