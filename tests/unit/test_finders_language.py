"""The language of a text."""

from __future__ import annotations

import subprocess
import sys

import pytest

from feedpub.finders.language import detect, in_script

TORN = "desde entre hasta fue ao até ele foi"  # as many words of Spanish as of Portuguese
DETECT = "import sys; from feedpub.finders.language import detect; print(detect(sys.argv[1]))"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry that was late is at the quay and the crew have left it.", "en"),
        ("Die Fähre ist nicht am Kai und der Hafen wird bis morgen gesperrt.", "de"),
        ("Паром не пришёл, и порт закрыт, но это не надолго, как они сказали.", "ru"),
        ("Larkfield 4711 Halden", None),
    ],
)
def test_small_words_tell_the_language(text: str, language: str | None) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ارتفعت أسعار التمور في البصرة هذا الأسبوع.", "ar"),
        ("قیمت زعفران در مشهد بالا رفت و کشاورزان خرسندند.", "fa"),
        ("بندرگاہ آج بند ہے اور کشتیاں کنارے پر ہیں۔", "ur"),
        ("Karadeniz'de fındık bu yıl pahalı. Üretici yağışı bekliyor.", "tr"),
        ("Giá cà phê tại Tây Nguyên tăng. Thương lái cho biết thiếu hàng.", "vi"),
        ("Паром на Дрини данас не вози. Скелеџија је болестан.", "sr"),
        ("Skela na Drini danas ne vozi posle kiše. Skeledžija je bolestan, a put do sela traje ceo dan.", "sr-Latn"),
        ("Trajekt na Visu danas ne vozi prije podneva. Kapetan je bolestan, a djeca čekaju na rivi.", "hr"),
        ("Parník dnes po jazere nepremáva, lebo kapitán ochorel. Ďalší príde podľa správcu zajtra.", "sk"),
        ("Přívoz dnes nejede. Převozník se léčí.", "cs"),
        ("Ferija danes ne vozi, ker je kapitan bolan, in tudi jutri še ne bo.", "sl"),
        ("Фериботът днес не е тръгнал, защото капитанът е болен.", "bg"),
        ("Пором учора не прийшов, і порт зачинено.", "uk"),
        ("बोट आज बंद आहे आणि नाविक आजारी आहेत.", "mr"),
        ("Keltas šiandien neplaukia, nes kapitonas serga, bet rytoj jau bus.", "lt"),
        ("Praam täna ei sõida, sest kapten on haige, aga homme juba küll.", "et"),
        ("ਕਿਸ਼ਤੀ ਅੱਜ ਬੰਦ ਹੈ।", "pa"),
        ("Jakarta (ANTARA) - Kapal hari ini tidak berangkat, penumpang menunggu.", "id"),
    ],
)
def test_letters_tell_the_language_of_a_short_text(text: str, language: str) -> None:
    assert detect(text) == language


def test_letters_alone_tell_no_language() -> None:
    assert detect("Shr 26 cts vs 21 cts Ångström Łódź Çeşme") is None


def test_a_text_between_two_languages_is_taken_for_the_same_one_in_every_process() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", DETECT, TORN],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2", "3", "4")
    }
    assert told == {detect(TORN)}


@pytest.mark.parametrize(
    "text",
    [
        "Orol bo‘yidagi qishloqda kutubxona ochildi va bolalar uchun kitoblar bilan birga uch xona ajratildi.",
        "Орол бўйидаги қишлоқда кутубхона очилди ва болалар учун китоблар билан бирга уч хона ажратилди.",
    ],
)
def test_uzbek_is_told_in_both_alphabets(text: str) -> None:
    assert detect(text) == "uz"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("村里的人们说，这个图书馆会对来往的学生开门，门上没有锁。", "zh-Hans"),
        ("村裡的人們說，這個圖書館會對來往的學生開門，門上沒有鎖。", "zh-Hant"),
        ("山上有人在山中水田耕作。", "zh"),
    ],
)
def test_chinese_has_its_script_when_the_characters_tell(text: str, written: str) -> None:
    assert in_script("zh", text) == written
    assert in_script("ja", text) == "ja"
