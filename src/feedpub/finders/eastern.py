"""Datelines of Chinese, Japanese and Korean agencies, that stand without spaces.

新华社北京4月28日电（记者…） · （中央社記者林美月台中28日電）
本报讯 · 〔記者林美月／台中報導〕 · 【松江共同】 · ［ロンドン 28日 ロイター］ - · (서울=연합뉴스) 이름 기자 =
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from feedpub.finders.places import Head
from feedpub.lexicon import table

NO_PLACES = frozenset(  # 【図解＝共同】
    "図解 写真 動画 解説 社説 速報 独自 詳報 特集 表 地図 論説 更新 訂正 号外 綜合 特稿 專題 即時".split()
)


class Eastern(Struct, frozen=True):
    """The places and the agency of a dateline, and where the story begins."""

    head: Head
    agency: str | None
    end: int


_NOTE = r"\s?(?:[（(][^（）()]{0,40}[）)])?\s*"


def read(text: str) -> Eastern | None:
    """The dateline at the start of a paragraph."""
    patterns = _patterns()
    if found := _chinese(text, patterns):
        return found
    if match := patterns["ja"].match(text):
        place = match[1].strip()
        return _found(match, (place,), match[2], None) if place not in NO_PLACES else None
    if match := patterns["ja.square"].match(text):
        return _found(match, (match[1].strip(),), match[3], str(int(match[2])))
    if match := patterns["ko"].match(text):
        return _found(match, tuple(match[1].split("·")), match[2], None)
    return None


def _chinese(text: str, patterns: Mapping[str, re.Pattern[str]]) -> Eastern | None:
    if match := patterns["zh"].match(text) or patterns["zh.inside"].match(text):
        month, day = int(match[4] or 0), int(match[5])
        date = f"{month:02}-{day:02}" if month else f"{day:02}"
        return _found(match, (match[2],), match[1], f"{match[3]}-{date}" if match[3] and month else date)
    if match := patterns["zh.own"].match(text):
        return _found(match, (), match[1], None)
    if match := patterns["zh.reported"].match(text):
        return _found(match, () if match[1] in NO_PLACES else (match[1],), None, None)
    return None


def _found(match: re.Match[str], cities: tuple[str, ...], agency: str | None, date: str | None) -> Eastern:
    return Eastern(Head(tuple(Head.of(city) for city in cities), date=date), agency, match.end())


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    agencies = table("agencies")
    zh, ja = ("|".join(map(re.escape, agencies[key])) for key in ("zh", "ja"))
    day = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日"
    reporters = r"(?:[가-힣]{2,4}\s){0,6}(?:\S{2,5}\s?(?:기자|특파원|통신원)\s?(?:·|,)?\s?){1,4}=\s*"
    return {
        "zh": re.compile(rf"\d?({zh})([^\W\d_]{{2,12}}?){day}\s?(?:电|讯|專電|電|訊){_NOTE}"),
        "zh.own": re.compile(rf"({zh})(?:[^\W\d_]{{0,6}})(?:讯|訊){_NOTE}"),
        "zh.inside": re.compile(
            rf"（({zh})記者(?:[\u4e00-\u9fff]{{2,4}}、)*[\u4e00-\u9fff]{{2,3}}([\u4e00-\u9fff]{{2,3}}){day}(?:專)?電）\s*"
        ),
        "zh.reported": re.compile(
            r"[〔【［（(]記者(?:[\u4e00-\u9fff]{2,4}、){0,4}[\u4e00-\u9fff]{2,4}[／/]"
            r"([\u4e00-\u9fff]{2,6}?)(?:連線|綜合)?報導[〕】］）)]\s*"
        ),
        "ja": re.compile(rf"【([^【】=＝]{{2,16}}?)\s?(?:[=＝]?({ja})|[=＝][^【】]{{2,16}})】\s*"),
        "ja.square": re.compile(rf"[［\[]([^［］\[\]\d]{{2,12}}?)\s?(\d{{1,2}})日\s?({ja})[］\]]\s*[-－―–—]?\s*"),
        "ko": re.compile(rf"[(\[]([^()=\[\]]{{2,24}})=([^()=\[\]]{{2,16}})[)\]]\s?{reporters}"),
    }
