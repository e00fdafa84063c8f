"""Remember how each entry stands: its dates, its state, the channels that it is in, and what happened to it.

Takes articles that were recognised, and what settings and clock bring to entries that nobody reads. Writes to the
ledger alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from feedpub import history, identity
from feedpub.ledger import Ledger
from feedpub.likeness import is_correction
from feedpub.model import Article, Known, Metadata, Reading, State
from feedpub.normalise import body_text, fold, size_in_xml
from feedpub.project import Project

BETTER = ("newest", "longest")  # settings by which a copy may give a published story its text


class Entering:
    """The entries of one build. `tally` counts what happened to them, `fresh` are those that nobody can have seen."""

    def __init__(self, ledger: Ledger, project: Project, now: datetime) -> None:
        """Prepare to remember entries in the ledger, which must have begun."""
        self._ledger = ledger
        self._project = project
        self._now = now
        self._is_first = not ledger.entries.count("live")
        self._afresh = ledger.is_unread()
        self._late: set[str] = set()
        self._shown: dict[str, Known] = {}  # how entries stood before this build that better copies may change
        self.fresh: set[str] = set()
        self.tally: Counter[str] = Counter()

    # ── what was read ────────────────────────────────────────────────────────────────────────────

    def enter(self, reading: Reading, article: Article, guid: str, before: Known | None, *, same_source: bool) -> Known:
        """Remember an article as the entry that it is, and give how that stands now. `before`: how it stood."""
        shown = before
        if before and self._ledger.entries.is_minted(guid):  # what no feed ever held has no dates yet
            shown = None
            self.tally["new"] -= before.state != "held"
        shown = self._as_shown(shown, article) if shown else None
        is_changed = not same_source and shown is not None and self._is_significant(reading, article, shown)
        resolution = identity.resolve(
            reading, article, guid, shown, is_changed=is_changed, is_import=self._is_first, now=self._now
        )
        channels = self._channels(resolution.known, article.metadata, lambda: article.body)
        after = replace(resolution.known, channels=tuple(channels))
        self._count(shown, after, resolution.change)
        is_other = before != after or (not same_source and self._is_read_otherwise(guid, article))
        if is_other or self._afresh:
            self._open(channels)
            if shown:
                self._note(shown, after, article.metadata.title)
            self._ledger.remember(after, resolution.entry, article.body, size=size_in_xml(article.body), before=before)
        return after

    def _count(self, shown: Known | None, after: Known, change: identity.Change) -> None:
        self.tally[change] += after.state != "held"
        if shown and shown.path and shown.path != after.path:
            self.tally["moved"] += 1
        if shown is None and after.ranked > max(after.published, after.updated):
            self._late.add(after.guid)
        if shown is None or shown.unseen:
            self.fresh.add(after.guid)

    def _as_shown(self, before: Known, article: Article) -> Known:
        """Give how an entry stood before this build, when after all it shows again what it did then."""
        if self._project.settings.duplicates.keep not in BETTER:
            return before
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
        if fold(self._ledger.articles.entry(before.guid).metadata.title) != fold(article.metadata.title):
            return True
        return not is_correction(body_text(body), body_text(article.body))

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

    # ── what is gone ─────────────────────────────────────────────────────────────────────────────

    def dissolve(self, known: Known, keys: Sequence[str], *, into: str) -> None:
        """Forget an entry that no feed ever held: it turned out to be a copy of another one."""
        self.tally["new"] -= known.state != "held"
        self._ledger.dissolve(known, keys, into=into, now=self._now)

    def withdraw(self, known: Known) -> None:
        """Take an entry out of the feeds that has lost its source."""
        self._retire(known, "withdrawn")
        self.tally["withdrawn"] += known.state == "live"

    def _retire(self, known: Known, state: State) -> None:
        self._ledger.retire(known, state, now=self._now)
        self._ledger.histories.note(known.guid, history.change_of_state(known.state, state, self._now))

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
