"""Places as datelines print them.

Takes what stands before a dateline's mark, gives its places, region, country, date and agency.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import lru_cache

from msgspec import Struct

from feedpub.dates import month_number
from feedpub.finders.capitals import is_small
from feedpub.finders.sections import CATEGORIES
from feedpub.lexicon import table
from feedpub.model import Place

MOST_WORDS = 5
SHORTEST_UNKNOWN = 4  # letters of a place in capitals that nobody knows
TURN = 50  # years of two digits above it are of the last century
SMALL = frozenset(
    """de do da dos of the on am sur an der im in le la les del los las el al und y and e van den aan près near upon ob
    bei""".split()
)
TURKISH = frozenset("İĞŞ")  # capitals by which a word is known as Turkish, whose I is an ı
INNER = SMALL | frozenset("au aux du des en et sous sur lès les by under am".split())  # Port-au-Prince, Stoke-on-Trent
_PLACES = table("places")
CITIES = frozenset(word.casefold().replace("’", "'") for word in _PLACES["city"])
COUNTRIES = frozenset(word.casefold() for word in _PLACES["country"])
REGIONS = frozenset(word.casefold() for word in _PLACES["region"])
WEEKDAYS = frozenset(table("months")["weekday"])
FRONT = frozenset(word.casefold() for word in table("agencies")["front"])
REFUSED = frozenset(word.casefold() for word in _PLACES["not"])
LABELS = frozenset(word.casefold() for word in _PLACES["label"])
THINGS = frozenset(word.casefold() for word in _PLACES["suffix"])
LEADING = frozenset(  # what a place in capitals may begin with: ABOARD AIR FORCE ONE, LA CROSSE
    "aboard on near along at over off in outside with la las los el le les al new".split()
)
COUNTS = {word: key[6:] for key, words in table("relative").items() if key[:6] == "count." for word in words}
_ASIDE = re.compile(r"\s*[(\[]([^()\[\]]{2,30})[)\]]")
_MONTH = r"(?P<month>[^\W\d_][^\d\s.,]{1,12})"
_NAMED_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_MONTH}\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<year>(?:19|20)\d\d)$",
        rf"{_MONTH}\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?$",
        rf"(?P<year>(?:19|20)\d\d)\.?\s{_MONTH}\s(?P<day>\d{{1,2}})$",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.|º|er)?\s*(?:de\s)?{_MONTH}\.?(?:\s(?:de\s)?(?P<year>(?:19|20)?\d\d))?$",
    )
)
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})\.?$|(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日$")
_CITY_DATE = re.compile(r"^([^\d,.]{3,40}?)\s(\d{1,2}\.\s[^\W\d_]{3,10}\.?)$")  # Jihlava 28. dubna
_REGION_DATE = re.compile(r"(?<=, )([^\d,]{3,30}?)\s([^\W\d_]{3,9})\.?\s(\d{1,2})(?=,|$)")  # Haiti Oct. 3
_IN_ARABIC = re.compile(r"\sفي\s(?=\d)")  # دبي في 28 أبريل
_CUT_MONTH = re.compile(r"([^\W\d_]{3,5})\.\s(?=\d)")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_SPLIT = re.compile(r"\s*,\s*|\.\s(?=\d|(?:[A-ZА-Я][a-zа-я]{2,8})\.?\s\d)|،\s*")
_TOGETHER = re.compile(r"\s*(?:/(?!(?:Main|Oder|Saale|M\.|O\.|S\.)$)|·)\s*|\s(?:and|und|et|y|e)\s(?=[A-ZÀ-Þ]{3})")
_SITE = re.compile(
    r"(?:[A-Z]\w{1,20}[.-]){1,2}(?i:com|net|org|info|news|tv|co|id|in|de|ru|it|fr|es|pl|az|my|ph|bd|lk)(?:\.[a-z]{2})?"
)
_LETTERS = re.compile(r"[^\W\d_]")


class Head(Struct, frozen=True):
    """What stands before the mark of a dateline, taken apart."""

    places: tuple[Head.City, ...] = ()
    region: str | None = None
    date: str | None = None
    agency: str | None = None

    class City(Struct, frozen=True):
        """A city as printed, with the region and country that follow it."""

        city: str
        region: str | None = None
        country: str | None = None

    @staticmethod
    def of(city: str) -> Head.City:
        """A city of which nothing else is printed."""
        return Head.City(city)

    @staticmethod
    @lru_cache(maxsize=4096)  # the same towns, again and again
    def parse(text: str, agencies: Container[str] = frozenset()) -> Head | None:
        """Take a dateline's head apart; None when a part of it fits nothing."""
        plain = _CUT_MONTH.sub(lambda cut: f"{cut[1]} " if month_number(cut[1]) else cut[0], _ASIDE.sub("", text))
        plain = _IN_ARABIC.sub("، ", plain)
        plain = _REGION_DATE.sub(_parted, _CITY_DATE.sub(r"\1, \2", plain))
        parts = _split(plain)
        asides = _ASIDE.findall(text)
        date, year, agency = None, None, None
        names: list[str] = []
        for part in parts:
            if found := read_date(part.rstrip(".")):
                if date:
                    return None
                date = found
            elif _YEAR.match(part.rstrip(".")):
                year = part.rstrip(".")
            elif (part.casefold() in agencies and (names or part.casefold() in FRONT)) or is_site(part):
                agency = part
            else:
                names.append(part)
        if date and year and len(date) == 5:
            date = f"{year}-{date}"
        elif year and not date:
            return None
        if names and not agency:
            names[-1], agency = _agency_in(names[-1], agencies)
            if not names[-1]:
                names.pop()
        return _named(names, asides, date, agency)


def is_site(part: str) -> bool:
    """Whether the words are the name of a site, by its address: `Dermaga.com`."""
    return "." in part and _SITE.fullmatch(part) is not None


def _parted(match: re.Match[str]) -> str:
    """`Haiti, Oct 3` for `Haiti Oct. 3`."""
    return f"{match[1]}, {match[2]} {match[3]}" if month_number(match[2]) else match[0]


def _split(plain: str) -> list[str]:
    """The parts of a dateline's head, without the day of the week."""
    first, *parts = [part.strip() for part in _SPLIT.split(plain) if part.strip(" .")] or [""]
    return [first, *(part for part in parts if part.casefold() not in WEEKDAYS)] if first else []


def _agency_in(name: str, agencies: Container[str]) -> tuple[str, str | None]:
    """`BERLIN taz`: the place, and the agency that nothing parts from it."""
    words = name.split()
    for size in (2, 1):
        tail = " ".join(words[-size:])
        if len(words) > size and tail.casefold() in agencies and len(tail) > 1:
            return " ".join(words[:-size]), tail
    return name, None


def _named(names: list[str], asides: list[str], date: str | None, agency: str | None) -> Head | None:
    if not names:
        return Head((), None, date, agency) if (date or agency) and not asides else None
    cities = _TOGETHER.split(names[0])
    if len(names) > 4 or len(cities) > 4 or not all(is_place(city) for city in cities):
        return None
    region, country = None, None
    for name in [*names[1:], *asides]:
        if not _is_region(name):
            return None
        if name.casefold() in COUNTRIES and not (name.casefold() in REGIONS and not asides):
            country = name
        elif name.casefold() in REGIONS or region is None:
            region = name if region is None else region
    if (
        region
        and region.isupper()
        and len(region) > 3
        and "." not in region
        and country is None
        and region.casefold() in COUNTRIES
    ):
        region, country = None, region
    last = Head.City(cities[-1], region, country)
    return Head((*(Head.City(city) for city in cities[:-1]), last), region or country, date, agency)


def _is_region(name: str) -> bool:
    words = name.split()
    return (
        len(words) <= MOST_WORDS
        and len(name) <= 40
        and not is_small(words[0][0])
        and not any(char.isdigit() for char in name)
    )


def read_date(part: str) -> str | None:
    """MM-DD or YYYY-MM-DD, when the words are a date and nothing else."""
    number, _, month = part.partition(" ")
    if number in COUNTS:  # तीन मई
        return _day(month, COUNTS[number], None)
    if not any(char.isdigit() for char in part):
        return None
    for pattern in _NAMED_DATES:
        if match := pattern.match(part):
            printed = match.groupdict()
            return _day(printed["month"], printed["day"], printed.get("year"))
    if match := _NUMERIC.match(part):
        day, month = (match[1], match[2]) if match[1] else (match[5], match[4])
        return _numbers(int(month), int(day), match[3])
    return None


def _day(word: str, day: str, year: str | None) -> str | None:
    month = month_number(word)
    return _numbers(month, int(day), year) if month else None


def _numbers(month: int, day: int, year: str | None) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if year and len(year) == 2:
        year = f"19{year}" if int(year) > TURN else f"20{year}"
    return f"{year}-{month:02}-{day:02}" if year else f"{month:02}-{day:02}"


def is_place(name: str, *, capitals: bool = False) -> bool:
    """Whether the words are shaped like a place: few, capitalised, and none that is a label or a thing."""
    words = name.split()
    if not 1 <= len(words) <= MOST_WORDS or len(name) > 40 or not _LETTERS.match(words[0]):
        return False
    first = words[0].casefold()
    if (
        first in REFUSED
        and name.casefold() not in CITIES
        and not (first in LEADING and len(words) > 1 and name.isupper() and words[-1].casefold() not in THINGS)
    ):
        return False
    if any(char in name for char in ':;!?"“”()[]{}<>=_@#$%&*+|~…') or any(char.isdigit() for char in name):
        return False
    if capitals and not known_place(name) and _is_label(name, words):
        return False
    return all(not is_small(word[0]) or word in SMALL for word in words)


def _is_label(name: str, words: Sequence[str]) -> bool:
    """Whether words in capitals are rather a heading: `CLIMATE CHANGE`, `OBITUARY`, `HARBOUR RACE`, `FBI`."""
    if words[0].casefold() in LABELS or (name.casefold() in CATEGORIES and name.casefold() not in COUNTRIES):
        return True
    if len(words) > 1 and words[-1].casefold() in THINGS:
        return True
    return sum(char.isalpha() for char in name) < SHORTEST_UNKNOWN or name.endswith(("'S", "’S"))


def known_place(name: str) -> bool:
    """Whether the place is in the table."""
    return name.casefold().replace("’", "'") in CITIES


def place(city: Head.City) -> Place:
    """The place as shown to people: recased when it was printed in capitals."""
    return Place(recase(city.city), _recase_region(city.region), _recase_region(city.country))


@lru_cache(maxsize=4096)
def recase(name: str) -> str:
    """A place in capitals in title case; others as they are."""
    if not name.isupper() or len(name) < 2:
        return name
    words = [_word(word) for word in name.split()]
    return " ".join(
        word.lower() if at and word.casefold() in SMALL and not name.startswith("ON ") else word
        for at, word in enumerate(words)
    )


def _word(word: str) -> str:
    if re.fullmatch(r"(?:[A-Z]\.){2,}", word):
        return word
    if "-" in word[1:-1]:
        first, *inner, last = word.split("-")
        return "-".join((_word(first), *(_inner(part) for part in inner), _word(last)))  # Port-au-Prince
    if not TURKISH.isdisjoint(word):
        return in_turkish(word)
    lowered = word.lower()
    return re.sub(r"(?:^|(?<=[-/]))\w|(?<=^\w['’])\w", lambda match: match[0].upper(), lowered)


def in_turkish(word: str) -> str:
    """A word in Turkish capitals in title case."""
    return word[0] + word[1:].replace("İ", "i").replace("I", "ı").lower()


def _inner(part: str) -> str:
    """A part between two hyphens of a place's name."""
    return part.lower() if part.casefold() in INNER else _word(part)


def _recase_region(name: str | None) -> str | None:
    if name is None or len(name) <= 3 or "." in name:
        return name
    return recase(name)
