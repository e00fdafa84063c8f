"""Remember what was found: the next build publishes each matched article under its old id and date.

Takes a project and old feeds, gives an Adoption. Writes to the ledger alone, in one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count

from msgspec.structs import replace

from feedpub import identity, recovery, sources
from feedpub.adopt.feeds import OldFeed, read
from feedpub.adopt.matching import Comparison, Verdict, spellings
from feedpub.errors import LostLedger
from feedpub.extract import digest_of_body
from feedpub.ledger import Ledger
from feedpub.model import Adopted, Adoption, Exhibit, Former, Known, Problem, Reading, Source
from feedpub.normalise import one_line, size_in_xml
from feedpub.project import Project
from feedpub.reading import Watcher, read_all
from feedpub.unpacking import everything


def adopt(
    project: Project,
    documents: Iterable[tuple[str, bytes]],
    *,
    now: datetime,
    jobs: int,
    watcher: Watcher,
    force: bool = False,
    dry_run: bool = False,
) -> Adoption:
    """Take over the ids and dates of old feeds, the first feed's before the second's; `documents` with their names.

    With `force`, also for articles that feedpub published under other ids. With `dry_run`, nothing is remembered.
    Raises a `FeedpubError` that knows its exit status; then nothing was touched.
    """
    sources.require(project.folders)
    feeds = [read(data, name, now=now) for name, data in documents]
    with Ledger.rehearse(project.ledger) if dry_run else Ledger.make(project.ledger) as ledger:
        _require_history(ledger, project)
        comparison = Comparison([entry for feed in feeds for entry in feed.entries])
        articles, holes = _compare(comparison, project, jobs=jobs, watcher=watcher)
        ledger.begin()
        entries = tuple(_Taking(ledger, comparison, now, force=force).take(feeds))
        if ledger.setting("site") is None:  # before any build, subscribers have what the old feeds show
            _show(ledger, feeds, now)
        if dry_run:
            ledger.rollback()
        else:
            ledger.commit()
    return Adoption(articles, entries, (*(problem for feed in feeds for problem in feed.problems), *holes))


def _show(ledger: Ledger, feeds: Iterable[OldFeed], now: datetime) -> None:
    """Remember what old feeds show, so that plans and guards see with the eyes of their subscribers."""
    shown = ledger.shown.by("")
    for entry in (entry for feed in feeds for entry in feed.entries if entry.guid):
        link = next(iter(entry.addresses), "")
        published = int((entry.published or now).timestamp())
        shown.setdefault(entry.guid, Exhibit(entry.guid, entry.title, link, published, identity.ADOPTED, entry.size))
    ledger.shown.replace("", shown.values())


def _require_history(ledger: Ledger, project: Project) -> None:
    """Raise `LostLedger` when feedpub published feeds here that the ledger knows nothing of."""
    if ledger.setting("site") is None and recovery.published_before(project).entries:
        raise LostLedger(
            f"{project.output} holds feeds of feedpub that {project.ledger} knows nothing of",
            "run `feedpub build` first, which takes their ids back, and then adopt",
        )


def _compare(comparison: Comparison, project: Project, *, jobs: int, watcher: Watcher) -> tuple[int, list[Problem]]:
    """Read every article there is, whatever the ledger knows of it. Give their number, and what could not be listed."""
    with sources.spooling() as spool:
        scanned = list(sources.scan(project.folders))
        found = [one for source in scanned if isinstance(source, Source) for one in everything(project, source, spool)]
        files = sorted((one for one in found if isinstance(one, Source)), key=lambda source: source.path)
        articles = _compare_all(comparison, project, files, jobs, watcher)
    holes = [hole for hole in scanned if not isinstance(hole, Source)]
    return articles, [
        *(one for one in found if isinstance(one, Problem)),
        *(
            Problem("unlisted-folder", "warning", hole.path, f"{hole.reason}; its articles were not compared",
                    "check its permissions")
            for hole in holes
        ),
    ]  # fmt: skip


def _compare_all(comparison: Comparison, project: Project, files: Sequence[Source], jobs: int, watcher: Watcher) -> int:
    """Read all sources, and count the articles."""
    watcher.starts(len(files))
    articles = 0
    for batch in read_all(project.reader, files, count=len(files), jobs=jobs):
        for _, reading in batch:
            comparison.add(reading)
            articles += reading.article is not None
        watcher.advances(len(batch))
    return articles


class _Taking:
    """One run's work on the ledger."""

    def __init__(self, ledger: Ledger, comparison: Comparison, now: datetime, *, force: bool) -> None:
        self._ledger = ledger
        self._comparison = comparison
        self._now = now
        self._force = force
        self._taken: dict[str, str] = {}  # the old ids that articles have, by path

    def take(self, feeds: Sequence[OldFeed]) -> Iterator[Adopted]:
        """Take over one feed after the other, and say what became of each entry. One that comes twice is one."""
        numbers = count()
        seen: set[str] = set()
        for feed in feeds:
            numbered = {next(numbers): entry for entry in feed.entries}
            yield from self._take(feed, {number: numbered[number] for number in _fresh(numbered, seen)})

    def _take(self, feed: OldFeed, numbered: Mapping[int, Former]) -> Iterator[Adopted]:
        verdicts = {number: self._known(entry) for number, entry in numbered.items()}
        unsettled = [number for number, verdict in verdicts.items() if verdict is None]
        verdicts |= self._comparison.settle(unsettled, self._taken)
        keys = _names([numbered[number] for number in unsettled])
        for number, entry in numbered.items():
            verdict = verdicts[number]
            assert verdict is not None
            if verdict.fate == "matched":
                verdict = self._give(entry, verdict, keys[entry.guid])
            elif verdict.fate == "unmatched":
                self._keep(entry, keys[entry.guid])
            elif verdict.fate == "ambiguous":
                self._keep(entry, ())  # its address or text alone must not decide in the next build
            yield Adopted(
                feed.name,
                entry.guid,
                entry.title,
                entry.published,
                verdict.fate,
                path=verdict.path,
                by=verdict.by,
                why=verdict.why,
            )

    def _known(self, entry: Former) -> Verdict | None:
        """Say what needs no comparing. What an earlier run found, and no build has published, is found anew."""
        if not entry.guid:
            return Verdict("unusable", "", "it has neither an id nor an address that a feed could hold")
        known = self._ledger.entries.known([entry.guid]).get(entry.guid)
        if known is None:
            return None
        if known.fingerprint == identity.ADOPTED:
            self._ledger.keys.unname_all(entry.guid)
            return None
        if known.path:
            self._taken[known.path] = entry.guid
        return Verdict("known", known.path, "its id is in use already")

    def _give(self, entry: Former, verdict: Verdict, names: Sequence[str]) -> Verdict:
        """Remember an entry as its article, which the next build finds as if its file had been away."""
        reading = self._comparison.readings[verdict.path]
        assert reading.article is not None
        keys = identity.keys_of(reading, reading.article)
        own = self._own(reading, keys)
        if own is not None and own.fingerprint == identity.ADOPTED:
            return Verdict("taken", verdict.path, f"{verdict.path} has taken the id {own.guid}")
        if own is not None and not own.unseen and not self._force:
            return Verdict("published", verdict.path, f"{verdict.path} is published as {own.guid}")
        if own is not None:
            self._discard(own, verdict.path)
        found = identity.resolve(
            reading, reading.article, entry.guid, None, is_changed=False, is_import=True, now=self._now
        )
        published = entry.published or min(found.known.published, self._now)  # it is public already
        updated = max(entry.updated or published, published)
        known = replace(
            found.known,
            state="withdrawn",
            published=published,
            updated=updated,
            ranked=updated,
            fingerprint=identity.ADOPTED,
            unseen=False,
        )
        body = reading.article.body
        self._ledger.remember(known, found.entry, body, size=size_in_xml(body), before=None)
        self._ledger.keys.name((*self._free(names), _stated(entry), *keys), entry.guid)
        self._taken[verdict.path] = entry.guid
        return verdict

    def _own(self, reading: Reading, keys: Sequence[str]) -> Known | None:
        """Give the entry that an article is already, or that the next build would find that it is."""
        standing = self._ledger.sources.standings([reading.path]).get(reading.path)
        if standing and standing.guid:
            return self._ledger.entries.known([standing.guid]).get(standing.guid)
        placed = identity.place(reading, keys, self._ledger.keys.recognise(keys), _is_only_a_name)
        return placed if isinstance(placed, Known) else None

    def _discard(self, own: Known, path: str) -> None:
        """Take an entry out of the feeds for good, and have its article read again."""
        self._ledger.retire(own, "withdrawn", now=self._now)
        self._ledger.keys.unname_all(own.guid)
        for place in {own.path, path}:
            self._ledger.sources.forget(place)

    def _keep(self, entry: Former, keys: Sequence[str]) -> None:
        """Remember an entry without an article, which gets its id as soon as it comes."""
        published = entry.published or self._now
        updated = max(entry.updated or published, published)
        self._ledger.adopt(
            Known(
                guid=entry.guid,
                path="",
                state="withdrawn",
                first_seen=self._now,
                published=published,
                updated=updated,
                ranked=updated,
                digest=identity.ADOPTED,
                fingerprint=identity.ADOPTED,
            ),
            (*self._free(keys), _stated(entry)),
        )

    def _free(self, keys: Sequence[str]) -> list[str]:
        """Give the keys by which no entry is known so far."""
        held = self._ledger.keys.recognise(keys)
        return [key for key in keys if key not in held]


def _fresh(numbered: Mapping[int, Former], seen: set[str]) -> Iterator[int]:
    """Give the numbers of the entries whose ids did not come before; what has none is an entry of its own."""
    for number, entry in numbered.items():
        if entry.guid not in seen:
            seen |= {entry.guid} - {""}
            yield number


def _is_only_a_name(key: str, known: Known) -> bool:
    """Tell whether an entry is known by no more than the path of a file that it had once."""
    return key.startswith("path:") and known.state == "withdrawn" and known.fingerprint != identity.ADOPTED


def _stated(entry: Former) -> str:
    """The key by which an entry is known to a sidecar that states its id."""
    return f"id:{one_line(entry.guid)}"


def _names(entries: Sequence[Former]) -> dict[str, tuple[str, ...]]:
    """Give the keys by which articles that are yet to come are known, by guid: no address or text of two entries."""
    names: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        addresses = (f"url:{spelt}" for address in entry.addresses for spelt in spellings(address))
        digest = digest_of_body(entry.text)
        names[entry.guid] = tuple(dict.fromkeys((*addresses, *((f"body:{digest}",) if digest else ()))))
    times = Counter(key for keys in names.values() for key in keys)
    return {guid: tuple(key for key in keys if times[key] == 1) for guid, keys in names.items()}
