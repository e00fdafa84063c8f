"""Recognise the articles of a batch: say which entry is each, as far as ledger and files can tell.

Asks the ledger who is known by the articles' keys, and, where two claim one entry, what lies in its home now;
`identity` decides. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from feedpub import identity
from feedpub.copies import Copies
from feedpub.identity import Duplicate
from feedpub.ledger import Ledger, Standing
from feedpub.likeness import compare
from feedpub.model import Article, Known, Reading, Source
from feedpub.normalise import body_text
from feedpub.reading import Reader
from feedpub.unpacking import Piles

BY_NAME = ("id:", "url:")  # keys that are stated: they stand for the article, whatever its text is

Placed = Known | Duplicate | None
"""The entry that an article is, or of which it is a copy; None for a new one."""


class Recognising:
    """What is known of the articles of the batch at hand. Those of earlier batches are in the ledger."""

    def __init__(self, ledger: Ledger, reader: Reader, piles: Piles, alike: Copies, site_id: str) -> None:
        """Prepare to recognise; `alike` knows the near copies, and how copies are to be treated."""
        self._ledger = ledger
        self._reader = reader
        self._piles = piles
        self._alike = alike
        self._site_id = site_id
        self._by_key: dict[str, Known] = {}
        self._by_guid: dict[str, Known] = {}
        self._minted: dict[str, str] = {}  # guids that articles nobody knows would get, by key
        self._reached = ""  # the path of the reading at hand: those before it are in the ledger, those after it are not
        self._anew: set[str] = set()  # paths of files that have to be judged anew, though they did not change

    def expect(self, batch: Sequence[tuple[Source, Reading]]) -> list[tuple[str, ...]]:
        """Ask for all that is known of the articles of a batch, and give their keys."""
        keys = [identity.keys_of(reading, reading.article) if reading.article else () for _, reading in batch]
        self._by_key = self._ledger.keys.recognise([key for some in keys for key in some])
        self._minted = {
            some[0]: identity.first_guid(self._site_id, some[0], reading.article.metadata)
            for some, (_, reading) in zip(keys, batch, strict=True)
            if reading.article and not any(key in self._by_key for key in some)
        }
        self._by_guid = self._ledger.entries.known(list(self._minted.values()))
        return keys

    def reach(self, path: str) -> None:
        """Note which reading is at hand."""
        self._reached = path

    def doubt(self, path: str) -> None:
        """Note that a file has to be judged anew, even if it did not change."""
        self._anew.add(path)

    # ── which one is it ──────────────────────────────────────────────────────────────────────────

    def as_before(self, before: Standing, path: str) -> Placed:
        """Give what an unchanged file is: what it was, however often it is read, as long as that is there."""
        known = self._present(before.guid) if before.guid and path not in self._anew else None
        if known is None:
            return None
        if before.standing == "duplicate" and known.path != path:
            return Duplicate(known.guid, known.path, "")
        return known if before.standing == "good" and known.path == path else None

    def place(self, reading: Reading, article: Article, keys: tuple[str, ...], before: Standing | None) -> Placed:
        """Say which entry an article is that is new or was changed."""
        is_another = partial(self._is_another, article)
        placed = identity.place(reading, keys, self._known_by(keys, reading.path), is_another)
        if not self._alike.is_wanted and isinstance(placed, Duplicate) and placed.because == "body":
            placed = None
        if placed is None and before and before.standing == "duplicate" and before.guid:
            placed = self._as_copy(reading.path, article, before.guid)
        return placed or self._lost(keys[0])

    def _as_copy(self, path: str, article: Article, guid: str) -> Placed:
        """Say what a changed file is that was a copy: still one, or the story itself when that has lost its file."""
        story = self._ledger.entries.known([guid]).get(guid)
        if story is None or not self._is_another(article, f"path:{path}", story):
            return story
        is_copy = story.state != "withdrawn" and self._alike.is_copy(article, guid)
        return Duplicate(guid, story.path, "near") if is_copy else None

    def _lost(self, key: str) -> Known | None:
        """Find the entry that was minted for this key before the ledger was lost, and has had no source since."""
        known = self._by_guid.get(self._minted.get(key, ""))
        return known if known and not known.path else None

    def is_in_doubt(self, reading: Reading, article: Article, placed: Placed) -> bool:
        """Tell whether all other files have to be read first, since one of them may be what an entry was read from.

        Either a file holds so different a text that its old one may have moved; or the entry was taken back from the
        feeds, which showed it otherwise.
        """
        if not isinstance(placed, Known):
            return False
        if not placed.path:
            return article.fingerprint != placed.fingerprint != identity.ADOPTED
        if placed.path != reading.path or placed.state == "withdrawn":
            return False
        return article.digest != placed.digest and not self._resembles(article, placed)

    def overwritten(self, article: Article, keys: tuple[str, ...], home: Known) -> Placed:
        """Say what a file is in which quite another text stands than its entry's, all other files being read.

        It is a rewrite, unless another file tells the one or the other story.
        """
        stated = (self.known_as(key) for key in keys if key.startswith(BY_NAME))
        if not home.path or any(known and known.guid == home.guid for known in stated):
            return home
        if other := next(self._told_elsewhere(article, home), None):
            return Duplicate(other.guid, other.path, "near")
        return None if self._ledger.sources.copies(home.guid) else home

    def _told_elsewhere(self, article: Article, home: Known) -> Iterator[Known]:
        """Give the entries whose story an article tells, if that is not the one that its file told before."""
        if self._alike.is_wanted:
            same = self.known_as(f"body:{article.body_digest}")
            guids = (*([same.guid] if same else []), *self._alike.stories_of(article))
            yield from filter(None, (self._present(guid) for guid in guids if guid != home.guid))

    # ── by which names ───────────────────────────────────────────────────────────────────────────

    def known_as(self, key: str) -> Known | None:
        """Give the entry that was ever known by this key, as it stands now."""
        known = self._by_key.get(key)
        return self._by_guid.get(known.guid, known) if known else None

    def matches(self) -> dict[str, Known]:
        """Give all entries that are known by keys of the batch."""
        return self._by_key

    def remember(self, known: Known) -> None:
        """Note how an entry stands now."""
        self._by_guid[known.guid] = known

    def name(self, keys: Sequence[str], known: Known) -> list[str]:
        """Let an entry be known by those of its keys that no other one lives by, and give those that are new."""
        free = [key for key in keys if self._is_free(key, known.guid, known.path)]
        for key in free:
            self._by_key[key] = known
        return free

    def mint(self, key: str) -> str:
        """Mint the guid of a new entry."""
        guid = self._minted.get(key) or identity.mint(self._site_id, key)
        number = 1
        while guid in self._by_guid or (key not in self._minted and self._ledger.entries.known([guid])):
            number += 1
            guid = identity.mint(self._site_id, key, number)
            self._minted.pop(key, None)
        return guid

    def _present(self, guid: str) -> Known | None:
        """Give an entry that has not been withdrawn."""
        known = self._by_guid.get(guid) or self._ledger.entries.known([guid]).get(guid)
        return known if known and known.state != "withdrawn" else None

    def _known_by(self, keys: tuple[str, ...], path: str) -> dict[str, Known]:
        """Give the entries that were ever known by these keys, but for those that gave them up."""
        found = ((key, self.known_as(key)) for key in keys)
        return {key: known for key, known in found if known and not self._gave_up(known, key, path)}

    def _is_free(self, key: str, guid: str, path: str) -> bool:
        """Tell whether an entry may be known by this key from now on: no other that lives is."""
        known = self.known_as(key)
        if known is None or known.guid == guid:
            return known is None
        return key.startswith("path:") or not self._lives_elsewhere(known, key, path) or self._gave_up(known, key, path)

    def _gave_up(self, known: Known, key: str, path: str) -> bool:
        """Tell whether an entry lives on elsewhere, where it no longer states this id or address."""
        if not key.startswith(BY_NAME) or not self._lives_elsewhere(known, key, path):
            return False
        source = self._ledger.pending.at(known.path) or self._piles.at(known.path)
        there = self._reader.read(source) if source else None
        if there is None or there.article is None:
            return False
        return key not in identity.keys_of(there, there.article)

    # ── is it another one ────────────────────────────────────────────────────────────────────────

    def _is_another(self, article: Article, key: str, known: Known) -> bool:
        """Tell whether an entry, known by one of an article's keys, is nevertheless another article."""
        if not known.path:
            return False
        if known.state != "withdrawn" and self._still_lives(known, key):
            return True
        return key.startswith("path:") and not self._resembles(article, known)

    def _lives_elsewhere(self, known: Known, key: str, path: str) -> bool:
        if known.path in ("", path) or known.state == "withdrawn":
            return False
        return self._still_lives(known, key)

    def _still_lives(self, known: Known, key: str) -> bool:
        """Tell whether the source that an entry was last read from still is that entry."""
        waiting = self._ledger.pending.at(known.path)
        if waiting is None or (known.path < self._reached and not self._ledger.pending.is_postponed(known.path)):
            return self._ledger.sources.holds(known.path, known.guid)
        there = self._reader.read(waiting)
        if there.article is None or key.startswith("path:"):
            return True
        if key in identity.keys_of(there, there.article):
            return True
        if key.startswith("body:"):  # found elsewhere word for word: a title that its old home kept says nothing
            return self._is_version(there.article, known)
        return self._resembles(there.article, known)

    def _resembles(self, article: Article, known: Known) -> bool:
        """Tell whether an article is a version of an entry: the same title, or much the same text."""
        title = self._ledger.articles.entry(known.guid).metadata.title
        return article.metadata.title == title or self._is_version(article, known)

    def _is_version(self, article: Article, known: Known) -> bool:
        return compare(body_text(article.body), body_text(self._ledger.articles.body(known.guid))).is_related
