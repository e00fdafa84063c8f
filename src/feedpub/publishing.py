"""From the ledger to the output folder: which files have to be written, and write them.

A file is written when its recipe changed, or when it no longer lies there as it was written. Bodies are loaded for
those files alone, and what was made is checked before it is published.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import groupby
from typing import TypeVar

import msgspec
from msgspec import Struct

from feedpub import select, write
from feedpub.filing import CUSTOM
from feedpub.ledger import Ledger, Written
from feedpub.model import Artefact, Channel, Entry, Exhibit, Feed, Finding, Page, Placed, Problem
from feedpub.project import Project, describe, is_archived, is_published, moved_to
from feedpub.renderers import LIST, RENDERERS, link_of, path_of, render, render_list
from feedpub.webpages import Webpage, Webpages

# One of these stands in the head of each file that we write.
MARKS = (b">feedpub</generator>", b"<generator>feedpub ", b'"_feedpub": {', b"<!-- feedpub -->", b"/* feedpub: ")


class Document(Struct, frozen=True):
    """A feed, or a page of its archive, and the folder that it is published in: the old one of a renamed category."""

    channel: Channel
    page: Page
    folder: str


class Work(Struct, frozen=True):
    """One file that has to be written. Its entries are asked for again when its turn comes."""

    document: Document
    format: str
    path: str
    recipe: str
    listed: tuple[Channel, ...] = ()  # the feeds that a list names


_Job = TypeVar("_Job", Work, Webpage)


class Agenda(Struct, frozen=True):
    """All files that have to be written, in the order in which they have to appear."""

    details: tuple[Webpage, ...] = ()  # that other pages lead to or are made with
    feeds: tuple[Work, ...] = ()
    pages: tuple[Webpage, ...] = ()  # of the site and beside feeds

    @property
    def recipes(self) -> dict[str, str]:
        """The recipe of each file, by its path below the output folder."""
        return {job.path: job.recipe for job in self.feeds} | {
            page.path: page.recipe for page in (*self.details, *self.pages)
        }


# ── what has to be written ──────────────────────────────────────────────────────────────────────


def find_work(ledger: Ledger, project: Project, site_id: str) -> tuple[Agenda, list[Problem]]:
    """Find the files that have to be written. Gives the problems that were not said before, too.

    Closes the pages of archives that are full.
    """
    for name, title in {"": project.title, **{f"{CUSTOM}/{one}": one for one in project.filing.custom}}.items():
        ledger.open_channel(name, title)
    webpages = Webpages(ledger, project) if project.settings.site.pages != "none" else None
    mark = _mark_of_settings(project, site_id, webpages)
    if ledger.setting("feeds") != mark:
        ledger.make_all_due()
        ledger.set("feeds", mark)
    written = ledger.artefacts()
    astray = {path for path, was in written.items() if not _lies_there(project.output, path, was)}
    if not (astray or ledger.due() or ledger.pages(due=True)):
        return Agenda(), []
    channels = _channels(ledger, project, site_id)
    due = set(channels) if astray else {name for name, _ in ledger.due()}
    due.update(name for name in channels if moved_to(project, name) in due)
    for name in sorted(due & {name for name, channel in channels.items() if channel.archive}):
        _close_pages(ledger, channels[name])
    documents = [
        *_pages(ledger, channels, everything=bool(astray)),
        *(_head(ledger, project, channels, name) for name in channels if name in due),
    ]
    work = [job for document in documents for job in _files(ledger, project, document)]
    announced = [channels[name] for name in channels if _is_announced(ledger, project, name)]
    if due:
        work.append(_list(project, announced))
    problems = _cuts(ledger, [channels[name] for name in channels if name in due])

    def changed(jobs: Iterable[_Job]) -> tuple[_Job, ...]:
        return tuple(
            job
            for job in jobs
            if job.path in astray or job.path not in written or written[job.path].recipe != job.recipe
        )

    if webpages is None:
        return Agenda(feeds=changed(work)), problems
    pages = [
        webpages.beside(document.folder, document.channel, document.page, _entries(ledger, document), channels[""])
        for document in documents
        if document.folder or document.page.number
    ]
    if due:
        pages.append(webpages.index(announced, window(ledger, channels[""])))
    return Agenda(changed(webpages.assets()), changed(work), changed(pages)), problems


def _mark_of_settings(project: Project, site_id: str, webpages: Webpages | None) -> str:
    versions = {name: RENDERERS[name].version for name in project.settings.feeds.formats}
    look = webpages.mark if webpages else ""
    told = (describe(project, site_id, "", ""), project.settings.feeds, project.settings.categories, versions, look)
    return blake2b(msgspec.json.encode(told), digest_size=16).hexdigest()


def _lies_there(output: str, path: str, was: Written) -> bool:
    return write.look(output, path) == (was.size, was.mtime_ns)


def _channels(ledger: Ledger, project: Project, site_id: str) -> dict[str, Channel]:
    """The channels that the settings ask for, the site's first."""
    return {
        name: describe(project, site_id, name, title)
        for name, title in ledger.channels()
        if is_published(project, name)
    }


def _close_pages(ledger: Ledger, channel: Channel) -> None:
    """Close the pages of a channel's archive that are full."""
    shown = ledger.shown(channel.name)
    pages = select.close_pages(list(ledger.newest(channel.name, everything=False)), channel, shown or None)
    last = ledger.last_page(channel.name) + len(pages)
    for number, entries in enumerate(pages, last - len(pages) + 1):
        following = number + 1 if number < last else 0
        ledger.close_page(channel.name, number, [entry.guid for entry in entries], following=following)


def _pages(ledger: Ledger, channels: Mapping[str, Channel], *, everything: bool) -> Iterator[Document]:
    """The pages of archives whose files may have to be written."""
    for name, number, following in ledger.pages(due=not everything):
        if name in channels and channels[name].archive:
            yield Document(channels[name], Page(number, number - 1, following), name)


def _head(ledger: Ledger, project: Project, channels: Mapping[str, Channel], name: str) -> Document:
    """The feed of a channel; where a renamed category was, the feed of the new one, so that nobody misses a thing."""
    new = channels.get(moved_to(project, name) or name)
    channel = new if new and not ledger.count_in(name, most=1) else channels[name]
    previous = ledger.last_page(channel.name) if channel.archive else 0
    return Document(channel, Page(previous=previous), name)


def _files(ledger: Ledger, project: Project, document: Document) -> Iterator[Work]:
    """A document in each format."""
    entries = _entries(ledger, document)
    gone = _withdrawn(ledger, document)
    for format in project.settings.feeds.formats:
        recipe = select.recipe(format, RENDERERS[format].version, document.channel, document.page, entries, gone)
        yield Work(document, format, path_of(document.folder, document.page, format), recipe)


def _list(project: Project, listed: Sequence[Channel]) -> Work:
    """The list of all feeds."""
    told = (project.title, project.settings.feeds.formats, listed)
    recipe = blake2b(msgspec.json.encode(told), digest_size=16).hexdigest()
    return Work(Document(listed[0], Page(), ""), LIST, "feeds.opml", recipe, tuple(listed))


def _is_announced(ledger: Ledger, project: Project, name: str) -> bool:
    """Whether a channel stands in the list of feeds: the site's always does, others with enough entries."""
    least = project.settings.feeds.announce
    return not name or ledger.count_in(name, most=least) == least


def _entries(ledger: Ledger, document: Document) -> list[Placed]:
    if document.page.number:
        return select.in_order(ledger.on_page(document.channel.name, document.page.number))
    return window(ledger, document.channel)


def _withdrawn(ledger: Ledger, document: Document) -> tuple[tuple[str, datetime], ...]:
    """The entries for which a feed has tombstones: the last that were withdrawn, as many as it holds others."""
    if document.page.number or not document.channel.tombstones:
        return ()
    return tuple(ledger.withdrawn(document.channel.name, most=document.channel.limit))


def window(ledger: Ledger, channel: Channel) -> list[Placed]:
    """Give the entries that a channel's feed holds, the latest published first.

    With an archive, those that no closed page of it holds.
    """
    if channel.archive:
        return select.in_order(ledger.newest(channel.name, everything=False))
    return select.in_order(select.window(ledger.newest(channel.name), channel).entries)


def exhibits(ledger: Ledger, channel: Channel) -> list[Exhibit]:
    """Give the entries of a channel's feed as its subscribers are shown them."""
    return [_exhibit(ledger.entry(placed.guid), channel, placed.size) for placed in window(ledger, channel)]


def _exhibit(entry: Entry, channel: Channel, size: int) -> Exhibit:
    published = int(entry.published.timestamp())
    return Exhibit(entry.guid, entry.metadata.title, link_of(entry, channel), published, entry.fingerprint, size)


def _cuts(ledger: Ledger, channels: Sequence[Channel]) -> list[Problem]:
    """Say which feeds can't hold all that was asked for, unless the last build said so."""
    told = set(filter(None, (ledger.setting("cut") or "").split("\n")))
    now = set(told)
    problems = []
    for channel in channels:
        found = select.window(ledger.newest(channel.name), channel)
        now -= {line for line in told if line.partition("\t")[2] == channel.name}
        if found.cut_by:
            line = f"{found.cut_by}\t{channel.name}"
            now.add(line)
            problems += [] if line in told else [_cut(ledger, channel, found)]
    if now != told:
        ledger.set("cut", "\n".join(sorted(now)))
    return problems


def _cut(ledger: Ledger, channel: Channel, found: select.Window) -> Problem:
    is_large = found.cut_by == "max_bytes"
    limit = f"max_bytes = {channel.max_bytes:,}" if is_large else f"the limit of {found.cut_by}"
    where = "; the others are in its archive" if channel.archive else ""
    held = len(window(ledger, channel))
    return Problem(
        "window-cut",
        "note",
        channel.name or "the site's feeds",
        f"limit and days ask for more entries than {limit} allows: they hold {held}{where}",
        "raise max_bytes, lower limit or days, or let an archive hold the rest",
    )


# ── write it ────────────────────────────────────────────────────────────────────────────────────


def require_ours(ledger: Ledger, project: Project, agenda: Agenda, *, overwrite: bool) -> None:
    """Raise `ForeignFile` when something that we did not write lies where a file has to go.

    With `overwrite`, files may be replaced; links and folders never are.
    """
    written = ledger.artefacts()

    def is_ours(path: str, head: bytes) -> bool:
        return overwrite or path in written or any(mark in head for mark in MARKS)

    write.require_ours(project.output, agenda.recipes, is_ours)


def publish(ledger: Ledger, project: Project, agenda: Agenda) -> tuple[list[str], list[Problem]]:
    """Write the files, tick them off, and give the paths of those whose bytes are new, and what was set aside."""
    problems: dict[str, Problem] = {}
    made: list[Document] = []
    recipes = agenda.recipes
    due = [path_of(name, Page(), format) for name, _ in ledger.due() for format in RENDERERS]
    write.sweep(project.output, {*recipes, *due})

    def artefacts() -> Iterator[Artefact]:
        yield from map(_printed, agenda.details)
        for (document, listed), jobs in groupby(agenda.feeds, lambda job: (job.document, job.listed)):
            if listed:
                yield _made_list(project, next(jobs))
                continue
            rendered, found = _made(ledger, document, list(jobs))
            problems.update((problem.where, problem) for problem in found)
            made.extend([document] if rendered else [])
            yield from rendered
        yield from map(_printed, agenda.pages)

    with write.Stage(project.output) as stage:
        for artefact in artefacts():
            there = write.look(project.output, artefact.path)
            digest = write.digest(artefact.data)
            if there and write.digest_of(project.output, artefact.path) == digest:
                ledger.tick_off(artefact.path, Written(recipes[artefact.path], digest, *there))
            else:
                stage.add(artefact)
        published = stage.publish()
    for staged, size, mtime_ns in published:
        ledger.tick_off(staged.path, Written(recipes[staged.path], staged.digest, size, mtime_ns))
    _remember_shown(ledger, {job.document for job in agenda.feeds if not job.listed}, made, left_out=problems)
    return [staged.path for staged, _, _ in published], list(problems.values())


def _printed(page: Webpage) -> Artefact:
    return Artefact(page.path, page.media_type, page.make())


def _remember_shown(
    ledger: Ledger, documents: set[Document], made: Sequence[Document], *, left_out: Container[str]
) -> None:
    """Remember what subscribers see now. What could not be published stays due."""
    for document in made:
        if not document.page.number:
            shown = exhibits(ledger, document.channel)
            ledger.show(document.folder, [exhibit for exhibit in shown if exhibit.guid not in left_out])
    ledger.nothing_due()
    for document in documents.difference(made):
        ledger.make_due(document.folder, document.page.number)


def _made_list(project: Project, job: Work) -> Artefact:
    formats = project.settings.feeds.formats
    return render_list(project.title, job.listed, "atom" if "atom" in formats else formats[0], job.path)


def _made(ledger: Ledger, document: Document, jobs: Sequence[Work]) -> tuple[list[Artefact], list[Problem]]:
    """A document in the formats that are due, without the entries that would break it; none if it is broken itself."""
    guids = [entry.guid for entry in _entries(ledger, document)]
    entries = tuple(ledger.entry(guid) for guid in guids)
    problems: list[Problem] = []
    gone = _withdrawn(ledger, document)
    while True:
        feed = Feed(document.channel, entries, document.page, gone)
        artefacts = [render(feed, ledger.body, job.format, job.path) for job in jobs]
        is_main = not (document.folder or document.page.number)
        errors = _errors(artefacts if is_main else artefacts[:1])
        broken = {finding.entry for _, finding in errors} & set(guids)
        if not errors or not broken:
            break
        problems += [_unfit_entry(finding) for _, finding in errors if finding.entry in broken]
        entries = tuple(entry for entry in entries if entry.guid not in broken)
    return ([], [*problems, _unfit_feed(*errors[0])]) if errors else (artefacts, problems)


def _errors(artefacts: Sequence[Artefact]) -> list[tuple[str, Finding]]:
    """What would break feeds. The site's own is checked in all formats; they hold the same, so one does for others."""
    from feedpub.check import check  # late: a build that has nothing to say needs none of its rules

    return [
        (artefact.path, finding)
        for artefact in artefacts
        for finding in check(artefact.data, artefact.path, only_errors=True)
    ]


def _unfit_entry(finding: Finding) -> Problem:
    return Problem(
        "unfit-entry",
        "error",
        finding.entry,
        f"it would break feeds and was left out of them: {finding.message} ({finding.rule})",
        finding.remedy,
    )


def _unfit_feed(path: str, finding: Finding) -> Problem:
    return Problem(
        "unfit-feed",
        "error",
        path,
        f"it would not be valid and was not published, the last good one stands: {finding.message} ({finding.rule})",
        finding.remedy,
    )


# ── what nothing would write any more ───────────────────────────────────────────────────────────


def stale(ledger: Ledger, project: Project) -> list[str]:
    """Give the published files that nothing would write any more: dropped formats, empty or dropped channels."""
    kept = {name for name, _ in ledger.channels() if _is_kept(ledger, project, name)}
    documents = [(name, Page()) for name in kept]
    archived = {name for name in kept if is_archived(project, name)}
    documents += [(name, Page(number)) for name, number, _ in ledger.pages(due=False) if name in archived]
    formats = project.settings.feeds.formats
    wanted = {path_of(name, page, format) for name, page in documents for format in formats} | {"feeds.opml"}
    return [path for path in ledger.artefacts() if path not in wanted]


def _is_kept(ledger: Ledger, project: Project, name: str) -> bool:
    if not name or not is_published(project, name):
        return not name
    is_custom = name.startswith(f"{CUSTOM}/")
    return is_custom or moved_to(project, name) is not None or ledger.count_in(name, most=1) > 0


def prune(ledger: Ledger, project: Project) -> list[str]:
    """Remove the files that nothing would write any more, and their channels; give their paths."""
    paths = stale(ledger, project)
    write.remove(project.output, paths)
    for path in paths:
        ledger.drop_artefact(path)
    ledger.drop_channels([name for name, _ in ledger.channels() if not _is_kept(ledger, project, name)])
    return paths
