"""Bring readings into the ledger: which entry is each, what changed, what is gone. The waist of the hourglass.

Takes readings in the order of their paths, has them recognised, and remembers what they are. Writes to the ledger
alone, inside the transaction that its caller began: rolled back, nothing was ever said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from feedpub import identity, remarks
from feedpub.copies import Copies, Version
from feedpub.entering import BETTER, Entering
from feedpub.errors import Shrink
from feedpub.identity import Duplicate
from feedpub.ledger import Ledger, Standing
from feedpub.likeness import compare
from feedpub.model import Article, Known, Problem, Reading, Source
from feedpub.normalise import body_text, size_in_xml
from feedpub.project import Project
from feedpub.recognising import Recognising
from feedpub.sources import legible
from feedpub.unpacking import Piles


class Copy(Struct, frozen=True):
    """A file that holds a story which another one stands for."""

    path: str
    rank: tuple[float, float, str]
    because: str  # id, url, body, near


class Remembering:
    """One build's memory work."""

    def __init__(self, ledger: Ledger, project: Project, piles: Piles, entering: Entering, site_id: str) -> None:
        """Prepare to bring readings into the ledger, which must have begun."""
        self._ledger = ledger
        self._project = project
        self._piles = piles
        self._entering = entering
        self._alike = Copies(ledger, project.settings.duplicates)
        self._recognising = Recognising(ledger, project.reader, piles, self._alike, site_id)
        self._last_round = False
        self._afresh = ledger.is_unread()
        self._keep = project.settings.duplicates.keep
        self._copies: dict[str, list[Copy]] = {}  # by the guid of the story
        self._told: set[str] = set()  # paths of files that were reported as copies before
        self._problems: dict[Problem, None] = {}

    @property
    def problems(self) -> Iterable[Problem]:
        """What was not said before: once, though it be wrong for a thousand articles."""
        return self._problems.keys()

    def say(self, problems: Iterable[Problem]) -> None:
        """Take up what is to be said when the build ends."""
        self._problems.update(dict.fromkeys(problems))

    # ── readings ─────────────────────────────────────────────────────────────────────────────────

    def reconsider(self) -> None:
        """Have the copies read again when the settings say something else of them than those of the last build."""
        if self._alike.follow_settings():
            self._read_again(self._ledger.sources.all_copies())

    def _read_again(self, paths: Sequence[str]) -> None:
        for path in paths:
            self._recognising.doubt(path)
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
        keys = self._recognising.expect(batch)
        self._alike.expect(reading.article for _, reading in batch if reading.article)
        for (source, reading), some in zip(batch, keys, strict=True):
            self._recognising.reach(source.path)
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
            self.say(problems)
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
        placed = self._recognising.as_before(before, source.path) if before and same_source else None
        if isinstance(placed, Duplicate):
            return "duplicate", placed.guid, reading.problems
        placed = placed or self._recognising.place(reading, article, keys, before)
        if isinstance(placed, Known) and not same_source and self._recognising.is_in_doubt(reading, article, placed):
            if not self._last_round:
                return None
            placed = self._recognising.overwritten(article, keys, placed)
        if isinstance(placed, Duplicate):
            rank = identity.precedence(self._keep, article.metadata, article.body, reading.path)
            self._copies.setdefault(placed.guid, []).append(Copy(reading.path, rank, placed.because))
            return "duplicate", placed.guid, reading.problems
        after = self._enter(reading, article, keys, placed, same_source=same_source)
        return "good", after.guid, self._remarks(source, reading, article, keys, after)

    def _enter(
        self, reading: Reading, article: Article, keys: tuple[str, ...], before: Known | None, *, same_source: bool
    ) -> Known:
        """Remember an article as the entry that it is, or as a new one, and give it."""
        guid = before.guid if before else self._recognising.mint(keys[0])
        is_changed = before is not None and before.path and not same_source
        marks = self._alike.marks_of(guid) if is_changed else ()
        if is_changed:
            self._free_copies(guid, article)
        if before is None:
            self._ledger.entries.note_minted(guid)
        after = self._entering.enter(reading, article, guid, before, same_source=same_source)
        self._recognising.remember(after)
        self._ledger.keys.name(self._recognising.name(keys, after), guid)
        if before is None or not before.path or is_changed:
            self._alike.note(guid, article, marks)
        return after

    def _free_copies(self, guid: str, article: Article) -> None:
        """Have those read again that were copies of an entry by what it gives up now: its id, its address, its text."""
        before, now = self._ledger.articles.entry(guid), article.metadata
        is_distinct = article.body_digest is None and before.body_digest is not None
        if is_distinct:
            self._ledger.keys.unname(f"body:{before.body_digest}", guid)
        if is_distinct or before.metadata.id not in (None, now.id) or before.permalink not in (None, now.canonical):
            self._read_again(self._ledger.sources.copies(guid))

    def _remarks(
        self, source: Source, reading: Reading, article: Article, keys: Sequence[str], known: Known
    ) -> tuple[Problem, ...]:
        """Say what is to be known of an article that is published."""
        where, settings = legible(source.where), self._project.settings
        is_left_to_page = settings.feeds.content == "full" and (
            article.metadata.canonical or settings.site.pages != "none"
        )
        return (
            *reading.problems,
            *remarks.frozen(reading, known, where),
            *remarks.contested(keys, self._recognising.matches(), known, where),
            *remarks.shortened(size_in_xml(article.body) if is_left_to_page else 0, where),
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
                self._entering.withdraw(known)

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
        (keys,) = self._recognising.expect([(source, reading)])
        after = self._entering.enter(reading, reading.article, known.guid, known, same_source=False)
        self._ledger.keys.name(self._recognising.name(keys, after), known.guid)
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
        keys = identity.names(known.path, entry.metadata, entry.body_digest)
        self._entering.dissolve(known, keys, into=story.known.guid)
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
                self.say([self._duplicate(copy, story.guid, chosen.path)])

    def _duplicate(self, copy: Copy, guid: str, home: str) -> Problem:
        source, article = self._piles.at(copy.path), self._article_at(copy.path)
        contained, because = 1.0, copy.because
        if article and because in ("body", "near"):
            contained = compare(body_text(article.body), body_text(self._ledger.articles.body(guid))).contained
            because = "near" if article.body_digest != self._ledger.articles.entry(guid).body_digest else "body"
        where = legible(source.where if source else copy.path)
        sidecar = "" if source and source.piled else f"{where.rpartition('/')[2]}.meta.toml"
        return remarks.duplicate(Duplicate(guid, home, because, contained), where, sidecar=sidecar)


def guard_shrink(project: Project, *, before: int, withdrawn: int) -> None:
    """Raise `Shrink` when too many entries would vanish at once. One alone always may."""
    if withdrawn > 1 and withdrawn > before * project.max_shrink:
        raise Shrink(
            f"{withdrawn} of {before} entries would vanish at once, more than max_shrink = "
            f"{project.settings.guards.max_shrink} allows",
            "is the source complete? If it is, build once with --allow-shrink",
        )
