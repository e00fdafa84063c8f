"""Find the article that each entry of an old feed is. Pure.

Takes entries and readings, gives a Verdict for each entry. Four things can show that an entry is an article, the
strongest first: the `id` that its sidecar states, its address, its text, its title. What is not clear is not decided.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from msgspec import Struct

from feedpub.extract import digest_of_body
from feedpub.model import Article, Fate, Former, Moment, Precision, Reading, Trust
from feedpub.normalise import absolute_url, body_text, fold, one_line

Evidence = Literal["id", "address", "text", "title"]
KINDS: tuple[Evidence, ...] = ("id", "address", "text", "title")

# How much more likely one candidate has to be than the next: versions of a story share a good part of their text.
MARGIN = 1.25
SAME, LIKE = 2.0, 1.0  # the whole text or the address to the letter, or something less
LEAST_SHARED = 0.5  # of the shingles of the shorter text
LEAST_SHINGLES = 12  # of the shorter text; fewer prove nothing
OTHER_TEXT = 0.1  # less shared than this: the same title stands above another text
APART = timedelta(days=2)  # zones, and the day on which a feed was made
SLACK: dict[Precision, timedelta] = {
    "week": timedelta(days=7),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id")
_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]|[^\W\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]+")


class Verdict(Struct, frozen=True):
    """What an entry turned out to be: its article when `fate` is matched, else why there is none."""

    fate: Fate
    path: str = ""
    why: str = ""
    by: str = ""


# ── addresses ────────────────────────────────────────────────────────────────────────────────────


def bare(address: str) -> str:
    """Give what all spellings of an address share: without http(s), `www.`, closing slash, tracking parameters."""
    parts = urlsplit(absolute_url(address) or "")
    query = f"?{_without_tracking(parts.query)}".rstrip("?")
    place = f"#{parts.fragment}".rstrip("#")
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}{place}"


def spellings(address: str) -> Iterator[str]:
    """Give an address as it stands, and its other spellings, of which an article may state any."""
    parts = urlsplit(absolute_url(address) or "")
    query = f"?{_without_tracking(parts.query)}".rstrip("?")
    host = parts.netloc.lower().removeprefix("www.")
    path = parts.path.rstrip("/")
    yield from dict.fromkeys(
        absolute_url(written) or written
        for written in (
            address,
            *(
                f"{scheme}://{www}{host}{path}{slash}{query}"
                for scheme in ("https", "http")
                for www in ("", "www.")
                for slash in ("/", "")
            ),
        )
    )


def _without_tracking(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [
        (name, value)
        for name, value in pairs
        if not _TRACKING.fullmatch(name) and not (name == "source" and value.startswith("rss"))
    ]
    return query if len(kept) == len(pairs) else urlencode(kept)


def _closest(own: str, others: Iterable[str]) -> str:
    """Say in what an address differs from the nearest of others that are the same but for their spelling."""
    return min((_difference(own, other) for other in others if bare(other) == bare(own)), key=len)


def _difference(one: str, other: str) -> str:
    first, second = (urlsplit(absolute_url(address) or "") for address in (one, other))
    found = (
        ("http or https", first.scheme != second.scheme),
        ("www", first.netloc.lower() != second.netloc.lower()),
        ("the closing slash", first.path != second.path),
        ("tracking parameters", first.query != second.query),
    )
    return ", ".join(name for name, is_so in found if is_so)


# ── texts ────────────────────────────────────────────────────────────────────────────────────────


Shingle = tuple[str, str, str]


def shingles(text: str) -> frozenset[Shingle]:
    """Give all runs of three words; in scripts without spaces, of three letters."""
    words = _WORD.findall(text.casefold())
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _folded(title: str) -> str:
    return fold(one_line(title)).casefold()


# ── dates ────────────────────────────────────────────────────────────────────────────────────────


def _dates_agree(entry: Former, dates: Sequence[Moment]) -> bool:
    """Tell whether nothing speaks against an entry's being of the time of an article."""
    theirs = [moment for moment in (entry.published, entry.updated) if moment]
    return not (theirs and dates) or any(_is_near(moment, other) for moment in dates for other in theirs)


def _is_near(moment: Moment, other: datetime) -> bool:
    return abs(moment.value - other) <= APART + SLACK.get(moment.precision, timedelta())


def _trusted(reading: Reading, article: Article) -> list[Moment]:
    """The article's dates but those that were counted from a guess."""
    guessed = reading.capture is not None and reading.capture.trust is Trust.GUESSED
    found = (article.metadata.published, article.metadata.updated)
    return [moment for moment in found if moment and not (moment.base is not None and guessed)]


# ── comparing ────────────────────────────────────────────────────────────────────────────────────


class Hint(Struct, frozen=True):
    """One thing that shows that an entry is an article, and how strongly."""

    score: float
    why: str


class Comparison:
    """Compares all entries with one article after the other, and keeps what speaks for their being the same."""

    def __init__(self, entries: Sequence[Former]) -> None:
        """Prepare to compare these entries, which are known by their numbers."""
        self._entries = entries
        self._hints: dict[Evidence, dict[int, dict[str, Hint]]] = {kind: defaultdict(dict) for kind in KINDS}
        self._doubts: dict[int, str] = {}
        self._first: dict[str, str] = {}  # of articles with the same text: only one of them is ever published
        self.readings: dict[str, Reading] = {}  # of the articles that some entry may be
        self._by_id = _index((one_line(entry.guid),) for entry in entries)
        self._by_place = _index({bare(address) for address in entry.addresses} for entry in entries)
        self._by_digest = _index((digest_of_body(entry.text),) for entry in entries)
        self._by_title = _index((_folded(entry.title),) for entry in entries)
        texts = [shingles(entry.text) for entry in entries]
        self._by_shingle = _index(texts)
        self._sizes = [len(text) for text in texts]

    def add(self, reading: Reading) -> None:
        """Compare all entries with an article. Articles come in the order of their paths."""
        article = reading.article
        if article is None:
            return
        dates = _trusted(reading, article)
        shares = self._shares(article)
        found = [
            *self._same_id(article),
            *self._same_address(article),
            *self._same_text(reading.path, article, shares, dates),
            *self._same_title(reading.path, article, shares, dates),
        ]
        if found:
            path = self._first.setdefault(article.body_digest or reading.path, reading.path)
            self.readings.setdefault(path, reading)
            for kind, number, hint in found:
                self._hints[kind][number].setdefault(path, hint)

    def _same_id(self, article: Article) -> Iterator[Found]:
        for number in self._by_id.get(article.metadata.id, ()):
            yield "id", number, Hint(SAME, "the id that its sidecar states")

    def _same_address(self, article: Article) -> Iterator[Found]:
        for own in filter(None, (article.metadata.canonical, *article.aliases)):
            for number in self._by_place.get(bare(own), ()):
                but = _closest(own, self._entries[number].addresses)
                yield "address", number, Hint(LIKE, f"its address, but for {but}") if but else Hint(SAME, "its address")

    def _same_text(
        self, path: str, article: Article, shares: Mapping[int, float], dates: Sequence[Moment]
    ) -> Iterator[Found]:
        whole = self._by_digest.get(article.body_digest, ())
        for number in whole:
            yield "text", number, Hint(SAME, "its text")
        for number, share in shares.items():
            if share < LEAST_SHARED or number in whole:
                continue
            if _dates_agree(self._entries[number], dates):
                yield "text", number, Hint(share * LIKE, f"{share:.0%} of its text")
            else:
                self._doubts[number] = f"{path} has {share:.0%} of its text, but another date"

    def _same_title(
        self, path: str, article: Article, shares: Mapping[int, float], dates: Sequence[Moment]
    ) -> Iterator[Found]:
        for number in self._by_title.get(_folded(article.metadata.title), ()):
            if not _dates_agree(self._entries[number], dates):
                self._doubts[number] = f"{path} has its title, but another date"
            elif shares.get(number, 1.0) < OTHER_TEXT:
                self._doubts[number] = f"{path} has its title, but another text"
            else:
                yield "title", number, Hint(LIKE, "its title")

    def _shares(self, article: Article) -> dict[int, float]:
        """Give how much of the shorter text each entry and an article share; too short a text says nothing."""
        own = shingles(body_text(article.body))
        common = Counter(number for shingle in own for number in self._by_shingle.get(shingle, ()))
        titled = dict.fromkeys(self._by_title.get(_folded(article.metadata.title), ()), 0)
        shorter = {number: min(len(own), self._sizes[number]) for number in (*common, *titled)}
        return {number: common[number] / size for number, size in shorter.items() if size >= LEAST_SHINGLES}

    # ── deciding ─────────────────────────────────────────────────────────────────────────────────

    def settle(self, numbers: Sequence[int], taken: Mapping[str, str]) -> dict[int, Verdict]:
        """Say which article each of these entries is. `taken`: the ids that articles have from other feeds, by path."""
        ids = dict(taken)
        verdicts: dict[int, Verdict] = {}
        for kind in KINDS:
            hints = {number: self._hints[kind][number] for number in numbers if number in self._hints[kind]}
            unsettled = [number for number in hints if number not in verdicts]
            if kind != "title":  # a title that two entries or two articles bear proves nothing, whoever they are
                hints = {number: hints[number] for number in unsettled}
            found = {number: self._judge(kind, number, hints, ids) for number in unsettled}
            sure = kind in ("id", "address")
            verdicts |= {number: one for number, one in found.items() if sure or one.fate != "taken"}
            ids |= {one.path: self._entries[number].guid for number, one in found.items() if one.fate == "matched"}
        return {number: verdicts.get(number) or self._unmatched(number, ids) for number in numbers}

    def _judge(
        self, kind: Evidence, number: int, hints: Mapping[int, Mapping[str, Hint]], ids: Mapping[str, str]
    ) -> Verdict:
        """Choose among the candidates of one kind: the one that is clearly the best, and no other entry's as well."""
        own = hints[number]
        ranked = sorted((hint.score, path) for path, hint in own.items() if kind == "title" or path not in ids)
        score, path = ranked[-1] if ranked else (0.0, next(iter(own)))
        if len(ranked) > 1 and ranked[-2][0] * MARGIN > score:
            return Verdict("ambiguous", "", f"{ranked[-2][1]} and {path} both have {own[path].why}")
        if path in ids:
            return Verdict("taken", path, f"{path} has taken the id {ids[path]}")
        rivals = [other for other in hints if other != number and path in hints[other]]
        rival = next((other for other in rivals if hints[other][path].score * MARGIN > score), None)
        if rival is not None:
            title = self._entries[rival].title
            return Verdict("ambiguous", path, f"{path} may as well be another entry, “{title}”")
        return Verdict("matched", path, own[path].why, by=kind)

    def _unmatched(self, number: int, ids: Mapping[str, str]) -> Verdict:
        doubt = self._doubts.get(number)
        if doubt is None:
            like = next((path for path in self._hints["text"].get(number, ()) if path in ids), None)
            doubt = f"{like}, which is like it, has taken the id {ids[like]}" if like else ""
        return Verdict("unmatched", "", doubt or "no article has its address, its text or its title")


Found = tuple[Evidence, int, Hint]


def _index(names: Iterable[Iterable[Any]]) -> dict[Any, list[int]]:
    """Give the numbers of the entries by each of their names."""
    index: dict[Any, list[int]] = defaultdict(list)
    for number, some in enumerate(names):
        for name in some:
            if name:
                index[name].append(number)
    return dict(index)
