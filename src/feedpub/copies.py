"""Which articles are near copies of each other: noted while a build reads, settled when it has read all.

Takes entries as they are remembered, gives which of them are copies of which story. Asks the ledger for the few entries
that share marks with an article, and compares their texts; never one with all. What was published stays published: only
an entry that no feed ever held can turn out to be a copy. In what order files are read makes no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from feedpub import identity
from feedpub.config import Duplicates
from feedpub.ledger import Ledger, numbered
from feedpub.likeness import VERSION, compare, sketch
from feedpub.model import Article, Entry, Kin, Known
from feedpub.normalise import body_text

MOST_BEARERS = 4  # entries by which a mark is remembered; one that more have says little
FEW_BEARERS = 2  # of a mark that says enough alone
FEWEST_SHARED = 3  # marks that say enough together
MOST_COMPARED = 3  # texts, for each article: those that share most marks


class Version(Struct, frozen=True):
    """An entry that may tell the story of another one."""

    known: Known
    entry: Entry
    text: str
    rank: tuple[float, float, str]


class Copies:
    """The near copies that one build meets."""

    def __init__(self, ledger: Ledger, settings: Duplicates) -> None:
        """Prepare to note near copies; `settings` may say that nobody asks for them."""
        self._ledger = ledger
        self._keep = settings.keep
        self._is_asked = settings.near and settings.keep != "off"
        self._bearers: dict[int, list[int | str]] = {}  # of the batch at hand: who has a mark
        self._waiting: list[tuple[str, Article, list[int | str]]] = []  # who has to be compared with whom
        self._apart: set[str] = set()  # entries that were declared distinct since the last build
        self._nearest: dict[str, str] = {}  # of entries that are alike: another one, so that a group is a tree

    @property
    def is_wanted(self) -> bool:
        """Whether one file stands for all that hold the same story."""
        return self._keep != "off"

    # ── while reading ────────────────────────────────────────────────────────────────────────────

    def follow_settings(self) -> bool:
        """Tell whether the settings are others than the last build's; then what is known of all texts is made anew."""
        mark = f"{self._keep} {VERSION if self._is_asked else 'exact'}"
        if self._ledger.setting("duplicates") == mark:
            return False
        self._ledger.set("duplicates", mark)
        self._ledger.sketches.clear()
        for guids in self._ledger.entries.guids() if self._is_asked else ():
            for guid in guids:
                self._ledger.sketches.add(guid, self.marks_of(guid))
        return True

    def marks_of(self, guid: str) -> tuple[int, ...]:
        """Give the marks of an entry's text as it is remembered."""
        return sketch(body_text(self._ledger.articles.body(guid))) if self._is_asked else ()

    def expect(self, articles: Iterable[Article]) -> None:
        """Ask for all entries that share a mark with one of these articles."""
        marks = {mark for article in articles for mark in article.sketch} if self._is_asked else ()
        self._bearers = self._ledger.sketches.bearers(sorted(marks))

    def note(self, guid: str, article: Article, before: Sequence[int]) -> None:
        """Note an entry's marks, and who shares them. `before`: the marks that it had."""
        if not self._is_asked or tuple(before) == article.sketch:
            return
        if not article.sketch:
            self._apart.add(guid)
        if likely := _likely(article.sketch, self._bearers, but=numbered(guid)):
            self._waiting.append((guid, article, likely))
        self._ledger.sketches.remove(guid, set(before) - set(article.sketch))
        fresh = [
            mark
            for mark in article.sketch
            if mark not in before and len(self._bearers.setdefault(mark, [])) < MOST_BEARERS
        ]
        self._ledger.sketches.add(guid, fresh)
        for mark in fresh:
            self._bearers[mark].append(numbered(guid))

    def is_copy(self, article: Article, guid: str) -> bool:
        """Tell whether an article still is a near copy of the entry of which it was one."""
        story = self._ledger.articles.entry(guid)
        if not (self._is_asked and article.sketch and story.body_digest):  # neither is stated to be distinct
            return False
        is_near = compare(body_text(article.body), body_text(self._ledger.articles.body(guid))).is_near_copy
        return is_near and identity.may_be_copies(article.metadata, story.metadata)

    def compare(self) -> None:
        """Compare the entries of a batch with those that share their marks: asked at once, the ledger writes once."""
        with_number = cache(self._ledger.articles.with_number)  # few entries are like many of a batch
        for guid, article, likely in self._waiting:
            others = [entry for number in likely for entry in with_number(number)]
            for other in self._alike(guid, article, others):
                self._nearest[self._root(guid)] = self._root(other)
        self._waiting = []

    def stories_of(self, article: Article) -> Iterator[str]:
        """Give the entries of which an article is a near copy; their marks must have been asked for."""
        likely = _likely(article.sketch, self._bearers) if self._is_asked else ()
        others = (entry for number in likely for entry in self._ledger.articles.with_number(number))
        yield from self._alike(None, article, others)

    def _alike(self, guid: str | None, article: Article, others: Iterable[Entry]) -> Iterator[str]:
        text = ""
        for other in others:
            is_apart = other.guid == guid or other.guid in self._apart
            if is_apart or not identity.may_be_copies(article.metadata, other.metadata):
                continue
            text = text or body_text(article.body)
            if compare(text, body_text(self._ledger.articles.body(other.guid))).is_near_copy:
                yield other.guid

    def _root(self, guid: str) -> str:
        while (above := self._nearest.setdefault(guid, guid)) != guid:
            self._nearest[guid] = guid = self._nearest[above]
        return guid

    # ── when all is read ─────────────────────────────────────────────────────────────────────────

    def settled(self) -> Iterator[tuple[Version, Version]]:
        """Give each entry that is a copy, with the one that tells its story."""
        groups: dict[str, list[str]] = {}
        for guid in sorted(self._nearest.keys() - self._apart):
            groups.setdefault(self._root(guid), []).append(guid)
        for guids in groups.values():
            yield from self._parted(guids)

    def fold(self, copy: Version, story: Version) -> None:
        """Leave the marks of a story to the entry that tells it: a copy is none, and would be looked for in vain."""
        self._ledger.sketches.remove(copy.known.guid, sketch(copy.text))
        self._ledger.sketches.add(story.known.guid, sketch(story.text))

    def _parted(self, guids: Sequence[str]) -> Iterator[tuple[Version, Version]]:
        """Go through entries that are alike, the first to be kept first: each is a copy of one before it, or stays."""
        minted = {guid for guid in guids if self._ledger.entries.is_minted(guid)}
        versions = [self._version(known) for known in self._ledger.entries.known(guids).values() if known.path]
        stories: dict[int, list[Version]] = {}
        for version in sorted(versions, key=lambda version: (version.known.guid in minted, version.rank)):
            marks = sketch(version.text)
            story = _story(version, stories, marks) if version.known.guid in minted else None
            if story:
                yield version, story
            elif version.known.state == "live":
                for mark in marks:
                    stories.setdefault(mark, []).append(version)

    def _version(self, known: Known) -> Version:
        entry, body = self._ledger.articles.entry(known.guid), self._ledger.articles.body(known.guid)
        return Version(known, entry, body_text(body), identity.precedence(self._keep, entry.metadata, body, known.path))


def _story(version: Version, stories: dict[int, list[Version]], marks: Sequence[int]) -> Version | None:
    """Give the entry whose story this one tells again, the likest if there are several."""
    shared = Counter(story.known.guid for mark in marks for story in stories.get(mark, ()))
    by_guid = {story.known.guid: story for mark in marks for story in stories.get(mark, ())}
    likest: tuple[float, Version] | None = None
    for guid in sorted(shared, key=lambda guid: (-shared[guid], by_guid[guid].rank))[:MOST_COMPARED]:
        story = by_guid[guid]
        found = compare(version.text, story.text)
        is_copy = found.is_near_copy and identity.may_be_copies(version.entry.metadata, story.entry.metadata)
        if is_copy and (likest is None or found.shared > likest[0]):
            likest = found.shared, story
    return likest[1] if likest else None


def _likely(
    marks: Sequence[int], bearers: dict[int, list[int | str]], *, but: int | str | None = None
) -> list[int | str]:
    """Give the numbers of the few entries that share most of a text's marks. `but`: its own."""
    shared: dict[int | str, int] = {}
    for mark in marks:
        those = bearers.get(mark, ())
        telling = FEWEST_SHARED if len(those) <= FEW_BEARERS else 1
        for number in those:
            shared[number] = shared.get(number, 0) + telling
    likely = [number for number, times in shared.items() if times >= FEWEST_SHARED and number != but]
    return sorted(likely, key=lambda number: (-shared[number], str(number)))[:MOST_COMPARED]


def kin(ledger: Ledger, path: str, guid: str | None, article: Article | None) -> Kin:
    """Give the files that are like the one at a path, which is (a copy of) the entry `guid`."""
    story = ledger.entries.known([guid]).get(guid) if guid else None
    related = tuple(_related(ledger, guid, article)) if article else ()
    if story is None:
        return Kin(related=related)
    if story.path != path:
        return Kin(copy_of=story.path, related=related)
    return Kin(copies=tuple(ledger.sources.recorded_copies(story.guid)), related=related)


def _related(ledger: Ledger, guid: str | None, article: Article) -> list[tuple[str, float]]:
    """Give the homes of other entries whose texts share much with an article's, and how much: the likest first."""
    text = body_text(article.body)
    numbers = _likely(article.sketch, ledger.sketches.bearers(article.sketch), but=numbered(guid) if guid else None)
    entries = [entry.guid for number in numbers for entry in ledger.articles.with_number(number)]
    others = ledger.entries.known([other for other in entries if other != guid])
    shared = ((known.path, compare(text, body_text(ledger.articles.body(known.guid)))) for known in others.values())
    found = [(path, likeness.shared) for path, likeness in shared if path and likeness.is_related]
    return sorted(found, key=lambda one: (-one[1], one[0]))
