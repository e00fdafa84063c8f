"""Bring readings into the ledger: which entry is each, what changed, what is gone. The waist of the hourglass.

Takes readings in the order of their paths, asks `identity` what they are, and remembers it. Writes to the ledger alone,
inside the transaction that its caller began: rolled back, nothing was ever said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from feedpub import history, identity
from feedpub.copies import Copies, Version
from feedpub.errors import Shrink
from feedpub.ledger import Ledger, Standing
from feedpub.likeness import compare
from feedpub.model import MOST_TEXT, Article, Known, Metadata, Problem, Reading, Source, State
from feedpub.normalise import body_text, size_in_xml
from feedpub.project import Project
from feedpub.sources import legible
from feedpub.unpacking import Piles

BETTER = ("newest", "longest")  # settings by which a copy may give a published story its text


class Copy(Struct, frozen=True):
    """A file that holds a story which another one stands for."""

    path: str
    rank: tuple[float, float, str]
    because: str  # id, url, body, near


class Remembering:
    """One build's memory work. `tally` counts what happened, `problems` holds what was not said before."""

    def __init__(self, ledger: Ledger, project: Project, piles: Piles, site_id: str, now: datetime) -> None:
        """Prepare to bring readings into the ledger, which must have begun."""
        self._ledger = ledger
        self._project = project
        self._piles = piles
        self._site_id = site_id
        self._now = now
        self._matches: dict[str, Known] = {}  # by key, and by guid: what the ledger knows of the batch at hand
        self._by_guid: dict[str, Known] = {}
        self._minted: dict[str, str] = {}
        self._last_round = False
        self._is_first = not ledger.entries.count("live")
        self._late: set[str] = set()
        self.fresh: set[str] = set()  # entries that nobody can have seen before
        self._afresh = ledger.is_unread()
        self._reached = ""  # the path of the reading at hand: those before it are in the ledger, those after it are not
        self._keep = project.settings.duplicates.keep
        self._alike = Copies(ledger, project.settings.duplicates)
        self._copies: dict[str, list[Copy]] = {}  # by the guid of the story
        self._shown: dict[str, Known] = {}  # how entries stood before this build that better copies may change
        self._told: set[str] = set()  # paths of files that were reported as copies before
        self._anew: set[str] = set()  # paths of files that have to be judged anew, though they did not change
        self.tally: Counter[str] = Counter()
        self.problems: list[Problem] = []

    # ── readings ─────────────────────────────────────────────────────────────────────────────────

    def reconsider(self) -> None:
        """Have the copies read again when the settings say something else of them than those of the last build."""
        if self._alike.follow_settings():
            self._read_again(self._ledger.sources.all_copies())

    def _read_again(self, paths: Sequence[str]) -> None:
        for path in paths:
            self._anew.add(path)
            if source := self._piles.at(path):
                self._ledger.pending.add(source)
                self._ledger.pending.postpone(path)

    def take_postponed(self) -> None:
        """Remember the sources that had to wait until all others were read."""
        self._last_round = True
        for source in self._ledger.pending.postponed():
            self.take([(source, self._project.reader.read(source))])

    def take(self, batch: Sequence[tuple[Source, Reading]]) -> None:
        """Remember what sources turned out to be. They come in the order of their paths."""
        standings = self._ledger.sources.standings([source.path for source, _ in batch])
        keys = [identity.keys_of(reading, reading.article) if reading.article else () for _, reading in batch]
        self._matches = self._ledger.keys.recognise([key for some in keys for key in some])
        self._minted = {
            some[0]: identity.first_guid(self._site_id, some[0], reading.article.metadata)
            for some, (_, reading) in zip(keys, batch, strict=True)
            if reading.article and not any(key in self._matches for key in some)
        }
        self._by_guid = self._ledger.entries.known(list(self._minted.values()))
        self._alike.expect(reading.article for _, reading in batch if reading.article)
        for (source, reading), some in zip(batch, keys, strict=True):
            self._reached = source.path
            self._take(source, reading, some, standings.get(source.path))
        self._alike.compare()

    def _take(self, source: Source, reading: Reading, keys: tuple[str, ...], before: Standing | None) -> None:
        judged = self._judge(source, reading, keys, before)
        if judged is None:
            self._ledger.pending.postpone(source.path)
            return
        standing, guid, problems = judged
        if before and before.guid and before.guid != guid:
            self._ledger.entries.doubt(before.guid)
        told = " ".join(problem.code for problem in problems)
        if before and before.standing == "duplicate":
            self._told.add(source.path)
        if problems and (before is None or before.told != told):
            self.problems.extend(problems)
        after = Standing(reading.digest, guid, standing, told)
        if not reading.digest:
            # It could not be read, which says nothing about the next time.
            source = replace(source, mtime_ns=-1)
        if source.mtime_ns >= 0 or before != after:
            self._ledger.sources.record(source, after)

    def _judge(
        self, source: Source, reading: Reading, keys: tuple[str, ...], before: Standing | None
    ) -> tuple[str, str | None, tuple[Problem, ...]] | None:
        """Give a source's standing, entry and problems, or None when all others have to be read first."""
        article = reading.article
        if article is None:
            # Failing to read is not deletion: the entry that it was stays as it last was.
            return "aside", before.guid if before else None, reading.problems
        if reading.draft:
            return "draft", None, reading.problems
        same_source = before is not None and before.digest == reading.digest
        was = self._as_before(before, source.path) if before and same_source else None
        if isinstance(was, identity.Duplicate):
            return "duplicate", was.guid, reading.problems
        placed = was or self._place(reading, article, keys, before) or self._lost(keys[0])
        if isinstance(placed, Known) and not same_source and self._is_in_doubt(reading, article, placed):
            if not self._last_round:
                return None
            placed = self._overwritten(article, keys, placed)
        if isinstance(placed, identity.Duplicate):
            rank = identity.precedence(self._keep, article.metadata, article.body, reading.path)
            self._copies.setdefault(placed.guid, []).append(Copy(reading.path, rank, placed.because))
            return "duplicate", placed.guid, reading.problems
        after = self._enter(reading, article, keys, placed, same_source=same_source)
        where = legible(source.where)
        frozen = identity.frozen(reading, after, where)
        contested = identity.contested(keys, self._matches, after, where)
        return "good", after.guid, (*reading.problems, *frozen, *contested, *self._shortened(article, where))

    def _as_before(self, before: Standing, path: str) -> Known | identity.Duplicate | None:
        """Give what an unchanged file is: what it was, however often it is read, as long as that is there."""
        known = self._standing_for(before.guid) if before.guid and path not in self._anew else None
        if known is None:
            return None
        if before.standing == "duplicate" and known.path != path:
            return identity.Duplicate(known.guid, known.path, "")
        return known if before.standing == "good" and known.path == path else None

    def _standing_for(self, guid: str) -> Known | None:
        """Give an entry that has not been withdrawn."""
        known = self._by_guid.get(guid) or self._ledger.entries.known([guid]).get(guid)
        return known if known and known.state != "withdrawn" else None

    def _place(
        self, reading: Reading, article: Article, keys: tuple[str, ...], before: Standing | None
    ) -> Known | identity.Duplicate | None:
        """Say which known entry an article is, or of which it is a copy, or None for a new one."""
        placed = identity.place(reading, keys, self._known_by(keys, reading.path), partial(self._is_another, article))
        if self._keep == "off" and isinstance(placed, identity.Duplicate) and placed.because == "body":
            placed = None
        if placed or before is None or before.standing != "duplicate" or not before.guid:
            return placed
        story = self._ledger.entries.known([before.guid]).get(before.guid)
        if story is None:
            return None
        if not self._is_another(article, f"path:{reading.path}", story):
            return story  # its own file is gone, and the copy takes its place
        is_copy = story.state != "withdrawn" and self._alike.is_copy(article, story.guid)
        return identity.Duplicate(story.guid, story.path, "near") if is_copy else None

    def _is_in_doubt(self, reading: Reading, article: Article, placed: Known) -> bool:
        """Tell whether all other files have to be read first, since one of them may be what an entry was read from.

        Either a file holds so different a text that its old one may have moved; or the entry was taken back from the
        feeds, which showed it otherwise.
        """
        if not placed.path:
            return article.fingerprint != placed.fingerprint != identity.ADOPTED
        if placed.path != reading.path or placed.state == "withdrawn":
            return False
        return article.digest != placed.digest and not self._resembles(article, placed)

    def _overwritten(self, article: Article, keys: tuple[str, ...], home: Known) -> Known | identity.Duplicate | None:
        """Say what a file is in which quite another text stands than its entry's: mostly a rewrite.

        It is none when another file tells the one or the other story.
        """
        known = {key: known for key in keys if (known := self._match(key))}
        if not home.path:
            return home
        if any(key.startswith(("id:", "url:")) and match.guid == home.guid for key, match in known.items()):
            return home
        if other := self._told_elsewhere(article, home):
            return identity.Duplicate(other.guid, other.path, "near")
        return None if self._ledger.sources.copies(home.guid) else home

    def _told_elsewhere(self, article: Article, home: Known) -> Known | None:
        """Give the entry whose story an article tells, if that is not the one that its file told before."""
        if self._keep == "off":
            return None
        same = self._match(f"body:{article.body_digest}")
        guids = [*([same.guid] if same else []), *self._alike.stories_of(article)]
        others = (self._standing_for(guid) for guid in guids if guid != home.guid)
        return next((other for other in others if other), None)

    def _known_by(self, keys: tuple[str, ...], path: str) -> dict[str, Known]:
        """Give the entries that were ever known by these keys, as they stand now."""
        found = ((key, self._match(key)) for key in keys)
        return {key: known for key, known in found if known and not self._gave_up(known, key, path)}

    def _match(self, key: str) -> Known | None:
        known = self._matches.get(key)
        return self._by_guid.get(known.guid, known) if known else None

    def _gave_up(self, known: Known, key: str, path: str) -> bool:
        """Tell whether an entry lives on elsewhere, where it no longer states this id or address."""
        if not key.startswith(("id:", "url:")) or not self._lives_elsewhere(known, key, path):
            return False
        source = self._ledger.pending.at(known.path) or self._piles.at(known.path)
        there = self._project.reader.read(source) if source else None
        if there is None or there.article is None:
            return False
        return key not in identity.keys_of(there, there.article)

    def _lives_elsewhere(self, known: Known, key: str, path: str) -> bool:
        if known.path in ("", path) or known.state == "withdrawn":
            return False
        return self._still_lives(known, key)

    def _enter(
        self, reading: Reading, article: Article, keys: tuple[str, ...], before: Known | None, *, same_source: bool
    ) -> Known:
        """Remember an article as the entry that it is, or as a new one, and give it."""
        guid = before.guid if before else self._mint(keys[0])
        is_changed = before is not None and before.path and not same_source
        marks = self._alike.marks_of(guid) if is_changed else ()
        if is_changed and article.body_digest is None:
            self._set_apart(guid)
        if before is None:
            self._ledger.entries.note_minted(guid)
        after = self._remember(reading, article, guid, before, same_source=same_source)
        self._by_guid[guid] = after
        self._name(keys, after)
        if before is None or not before.path or is_changed:
            self._alike.note(guid, article, marks)
        return after

    def _name(self, keys: Sequence[str], known: Known) -> None:
        """Remember an entry by those of its keys that no other one lives by."""
        unknown = [key for key in keys if self._is_free(key, known.guid, known.path)]
        self._ledger.keys.name(unknown, known.guid)
        for key in unknown:
            self._matches[key] = known

    def _set_apart(self, guid: str) -> None:
        """Let an entry no longer be known by its text, and have those read again that were taken for copies of it."""
        if digest := self._ledger.articles.entry(guid).body_digest:
            self._ledger.keys.unname(f"body:{digest}", guid)
            self._read_again(self._ledger.sources.copies(guid))

    def _is_free(self, key: str, guid: str, path: str) -> bool:
        """Tell whether an entry may be known by this key from now on: no other that lives is."""
        known = self._match(key)
        if known is None or known.guid == guid:
            return known is None
        return key.startswith("path:") or not self._lives_elsewhere(known, key, path) or self._gave_up(known, key, path)

    def _lost(self, key: str) -> Known | None:
        """Find the entry that was minted for this key before the ledger was lost, and has had no source since."""
        known = self._by_guid.get(self._minted.get(key, ""))
        return known if known and not known.path else None

    def _mint(self, key: str) -> str:
        guid = self._minted.get(key) or identity.mint(self._site_id, key)
        number = 1
        while guid in self._by_guid or (key not in self._minted and self._ledger.entries.known([guid])):
            number += 1
            guid = identity.mint(self._site_id, key, number)
            self._minted.pop(key, None)
        return guid

    def _remember(
        self, reading: Reading, article: Article, guid: str, before: Known | None, *, same_source: bool
    ) -> Known:
        shown = before
        if before and self._ledger.entries.is_minted(guid):  # what no feed ever held has no dates yet
            shown = None
            self.tally["new"] -= before.state != "held"
        shown = self._as_shown(shown, article) if shown and self._keep in BETTER else shown
        is_changed = not same_source and shown is not None and self._is_significant(reading, article, shown)
        resolution = identity.resolve(
            reading, article, guid, shown, is_changed=is_changed, is_import=self._is_first, now=self._now
        )
        channels = self._channels(resolution.known, article.metadata, lambda: article.body)
        after = replace(resolution.known, channels=tuple(channels))
        self.tally[resolution.change] += after.state != "held"
        if shown and shown.path and shown.path != after.path:
            self.tally["moved"] += 1
        if shown is None and after.ranked > max(after.published, after.updated):
            self._late.add(guid)
        if shown is None or shown.unseen:
            self.fresh.add(guid)
        is_other = before != after or (not same_source and self._is_read_otherwise(guid, article))
        if is_other or self._afresh:
            self._open(channels)
            if shown:
                self._note(shown, after, article.metadata.title)
            self._ledger.remember(after, resolution.entry, article.body, size=size_in_xml(article.body), before=before)
        return after

    def _as_shown(self, before: Known, article: Article) -> Known:
        """Give how an entry stood before this build, when after all it shows again what it did then."""
        shown = self._shown.setdefault(before.guid, before)
        if shown.digest != article.digest:
            return before
        return replace(before, digest=shown.digest, updated=shown.updated, ranked=shown.ranked)

    def _is_read_otherwise(self, guid: str, article: Article) -> bool:
        """Tell whether something changed that no feed shows: a date that comes too late, or what tells copies apart."""
        entry = self._ledger.articles.entry(guid)
        return (entry.body_digest, entry.metadata) != (article.body_digest, article.metadata)

    def _is_significant(self, reading: Reading, article: Article, before: Known) -> bool:
        """Tell whether an article changed in a way that is worth a new `updated`."""
        if before.digest in (article.digest, identity.ADOPTED) or reading.significant is False:
            return False
        body = self._ledger.articles.body(before.guid)
        if reading.significant or not body:
            return True
        return not identity.is_correction(self._ledger.articles.entry(before.guid).metadata.title, body, article)

    def _note(self, before: Known, after: Known, title: str) -> None:
        """Remember what happened to an entry that is read anew."""
        old_title = self._ledger.articles.title(before.guid) if before.digest != after.digest else None
        old_title = None if old_title == title else old_title
        for event in history.events(before, after, old_title=old_title, now=self._now):
            self._ledger.histories.note(before.guid, event)

    def _channels(self, known: Known, metadata: Metadata, body: Callable[[], str]) -> dict[str, str | None]:
        source = known.path.partition("/")[0]
        return self._project.filing.channels(metadata, source=source, published=f"{known.published:%F}", body=body)

    def _open(self, channels: Mapping[str, str | None]) -> None:
        for name, title in channels.items():
            self._ledger.channels.open(name, title or name.rpartition("/")[2] or self._project.title)

    def _is_another(self, article: Article, key: str, known: Known) -> bool:
        """Tell whether an entry, known by one of an article's keys, is nevertheless another article."""
        if not known.path:
            return False
        if known.state != "withdrawn" and self._still_lives(known, key):
            return True
        return key.startswith("path:") and not self._resembles(article, known)

    def _still_lives(self, known: Known, key: str) -> bool:
        """Tell whether the source that an entry was last read from still is that entry."""
        waiting = self._ledger.pending.at(known.path)
        if waiting is None or (known.path < self._reached and not self._ledger.pending.is_postponed(known.path)):
            return self._ledger.sources.holds(known.path, known.guid)
        there = self._project.reader.read(waiting)
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

    def _shortened(self, article: Article, where: str) -> tuple[Problem, ...]:
        """Say that feeds give no more of an article than its summary, since its text is too large."""
        size = size_in_xml(article.body)
        settings = self._project.settings
        has_page = article.metadata.canonical or settings.site.pages != "none"
        if size <= MOST_TEXT or not has_page or settings.feeds.content != "full":
            return ()
        return (
            Problem(
                "shortened",
                "note",
                where,
                f"its text takes {size:,} bytes, more than the {MOST_TEXT:,} that some readers take: feeds give its "
                "summary, and lead to the whole",
                "publish it in parts if subscribers are to read it in their readers",
            ),
        )

    # ── what is no longer there ──────────────────────────────────────────────────────────────────

    def part(self) -> None:
        """Take leave of the entries whose source is gone, unless another source holds the same article."""
        for path, guid in self._ledger.pending.gone():
            self._ledger.sources.forget(path)
            if guid:
                self._ledger.entries.doubt(guid)
        if self._afresh:
            self._ledger.mark_read()
        for known in self._ledger.entries.known(self._ledger.entries.doubted()).values():
            if not self._promote(known):
                self._retire(known, "withdrawn")
                self.tally["withdrawn"] += known.state == "live"

    def _promote(self, known: Known) -> bool:
        """Read an entry from another source of the same article, if there is one."""
        copies = [
            (path, article) for path in self._ledger.sources.copies(known.guid) if (article := self._article_at(path))
        ]
        ranked = sorted(
            (identity.precedence(self._keep, article.metadata, article.body, path), path) for path, article in copies
        )
        return any(self._stand(known, path) for _, path in ranked)

    def _article_at(self, path: str) -> Article | None:
        source = self._piles.at(path)
        reading = self._project.reader.read(source) if source else None
        return reading.article if reading and not reading.draft else None

    def _stand(self, known: Known, path: str) -> bool:
        """Have an entry read from another source of the same article."""
        source = self._piles.at(path)
        reading = self._project.reader.read(source) if source else None
        if source is None or reading is None or reading.article is None or reading.draft:
            return False
        marks = self._alike.marks_of(known.guid)
        keys = identity.keys_of(reading, reading.article)
        self._matches, self._by_guid = self._ledger.keys.recognise(keys), {}
        self._name(keys, self._remember(reading, reading.article, known.guid, known, same_source=False))
        self._alike.note(known.guid, reading.article, marks)
        self._ledger.sources.record(source, Standing(reading.digest, known.guid, "good", ""))
        return True

    # ── copies ───────────────────────────────────────────────────────────────────────────────────

    def settle_copies(self) -> None:
        """Tell near copies from articles, now that all are read; a story whose file is gone lives on in its copy."""
        self._alike.compare()
        folded = {copy.known.guid: story.known.guid for copy, story in map(self._fold, self._alike.settled())}
        for guid, story in folded.items():
            self._copies.setdefault(story, []).extend(self._copies.pop(guid, ()))

    def choose_copies(self) -> None:
        """Choose which file stands for each story that has several, and name the others."""
        stories = self._ledger.entries.known(sorted(self._copies))
        for guid in sorted(stories):
            self._choose(stories[guid], self._copies[guid])
        self._ledger.channels.close_unused()

    def _fold(self, found: tuple[Version, Version]) -> tuple[Version, Version]:
        """Make an entry that no feed ever held a copy of the story that another one tells."""
        copy, story = found
        known, entry = copy.known, copy.entry
        self.tally["new"] -= known.state != "held"
        self._ledger.dissolve(
            known, identity.names(known.path, entry.metadata, entry.body_digest), into=story.known.guid, now=self._now
        )
        self._demote(known.path, story.known.guid)
        self._alike.fold(copy, story)
        self._copies.setdefault(story.known.guid, []).append(Copy(known.path, copy.rank, "near"))
        return found

    def _demote(self, path: str, guid: str) -> None:
        """Remember a file as a copy of an entry."""
        standing = self._ledger.sources.standings([path])[path]
        self._ledger.sources.restand(path, replace(standing, guid=guid, standing="duplicate"))

    def _choose(self, story: Known, copies: Sequence[Copy]) -> None:
        """Let the file stand for a story that comes first by the settings, and name the others."""
        copies = [copy for copy in copies if copy.path != story.path]
        if not copies or story.state == "withdrawn":
            return
        entry, body = self._ledger.articles.entry(story.guid), self._ledger.articles.body(story.guid)
        home = Copy(story.path, identity.precedence(self._keep, entry.metadata, body, story.path), "body")
        was_shown = not self._ledger.entries.is_minted(story.guid)
        chosen = min((home, *copies), key=lambda copy: copy.rank[:2] if was_shown else copy.rank)
        may_change = not was_shown or self._keep in BETTER
        if chosen is not home and may_change and self._stand(story, chosen.path):
            self._demote(home.path, story.guid)
            copies = (*(copy for copy in copies if copy is not chosen), replace(home, because=chosen.because))
        else:
            chosen = home
        for copy in sorted(copies, key=lambda copy: copy.path):
            if copy.path not in self._told:
                self.problems.append(self._duplicate(copy, story.guid, chosen.path))

    def _duplicate(self, copy: Copy, guid: str, home: str) -> Problem:
        source, article = self._piles.at(copy.path), self._article_at(copy.path)
        contained, because = 1.0, copy.because
        if article and because in ("body", "near"):
            contained = compare(body_text(article.body), body_text(self._ledger.articles.body(guid))).contained
            because = "near" if article.body_digest != self._ledger.articles.entry(guid).body_digest else "body"
        where = legible(source.where if source else copy.path)
        sidecar = "" if source and source.piled else f"{where.rpartition('/')[2]}.meta.toml"
        return identity.duplicate(identity.Duplicate(guid, home, because, contained), where, sidecar=sidecar)

    # ── what the settings bring ──────────────────────────────────────────────────────────────────

    def refile(self) -> None:
        """File all entries again when the settings ask for other channels than the last build's."""
        mark, before = self._project.filing.mark, self._ledger.setting("filing")
        if before == mark:
            return
        self._ledger.set("filing", mark)
        if before is None and self._is_first:  # all that there is was filed a moment ago
            return
        for guids in self._ledger.entries.guids():
            for known in self._ledger.entries.known(guids).values():
                metadata = self._ledger.articles.entry(known.guid).metadata
                channels = self._channels(known, metadata, partial(self._ledger.articles.body, known.guid))
                if tuple(channels) != known.channels:
                    self._open(channels)
                    self._ledger.refile(known, tuple(channels))

    # ── what the clock brings ────────────────────────────────────────────────────────────────────

    def settle_late(self) -> None:
        """Leave late articles in their old place when they are many: then they are a stock that was added at once."""
        if len(self._late) > self._project.settings.guards.max_resurfaced:
            for known in self._ledger.entries.known(sorted(self._late)).values():
                self._ledger.rank(known, max(known.published, known.updated))

    def follow_the_clock(self) -> None:
        """Let in the entries whose time has come, and out those whose time is over."""
        for known in self._ledger.entries.known(self._ledger.entries.fallen_due(self._now)).values():
            if known.expires and known.expires <= self._now:
                self._retire(known, "expired")
                continue
            self._ledger.release(known)
            self._ledger.histories.note(known.guid, history.change_of_state(known.state, "live", self._now))
            self.tally["released"] += 1
        for known in self._ledger.entries.known(self._ledger.entries.run_out(self._now)).values():
            self._retire(known, "expired")
            self.tally["expired"] += 1

    def _retire(self, known: Known, state: State) -> None:
        self._ledger.retire(known, state, now=self._now)
        self._ledger.histories.note(known.guid, history.change_of_state(known.state, state, self._now))


def guard_shrink(project: Project, *, before: int, withdrawn: int) -> None:
    """Raise `Shrink` when too many entries would vanish at once. One alone always may."""
    if withdrawn > 1 and withdrawn > before * project.max_shrink:
        raise Shrink(
            f"{withdrawn} of {before} entries would vanish at once, more than max_shrink = "
            f"{project.settings.guards.max_shrink} allows",
            "is the source complete? If it is, build once with --allow-shrink",
        )
