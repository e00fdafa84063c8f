"""Which files have to be written? Those whose recipe changed, or that no longer lie there as they were written.

Takes the ledger as a build leaves it, gives an Agenda. No body is loaded, and nothing is rendered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from hashlib import blake2b
from typing import TypeVar

import msgspec
from msgspec import Struct

from feedpub import select, write
from feedpub.filing import CUSTOM
from feedpub.ledger import Ledger, addresses
from feedpub.model import Channel, Entry, Exhibit, Page, Placed, Problem
from feedpub.project import Project, describe, is_published, moved_to
from feedpub.renderers import LIST, RENDERERS, link_of, path_of
from feedpub.webpages import Webpage, Webpages, is_of_an_article


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

    Closes the pages of archives that are full, and gives articles that need a page their addresses.
    """
    for name, title in {"": project.title, **{f"{CUSTOM}/{one}": one for one in project.filing.custom}}.items():
        ledger.open_channel(name, title)
    site = describe(project, site_id, "", "")
    webpages = Webpages(ledger, project, site) if site.pages != "none" else None
    mark = _mark_of_settings(project, site, webpages)
    if ledger.setting("feeds") != mark:
        ledger.make_all_due()
        ledger.set("feeds", mark)
    astray = write.astray(project.output, ledger.files())
    if not (astray or ledger.due() or ledger.pages(due=True) or addresses.is_any_due(ledger)):
        return Agenda(), []
    if webpages:
        webpages.settle()
    channels = _channels(ledger, project, site_id)
    everything = not all(map(is_of_an_article, astray))
    due = set(channels) if everything else {name for name, _ in ledger.due()}
    due.update(name for name in channels if moved_to(project, name) in due)
    documents = _documents(ledger, project, channels, due, everything=everything)
    work = [job for document in documents for job in _files(ledger, project, document)]
    announced = [channels[name] for name in channels if _is_announced(ledger, project, name)]
    if due:
        work.append(_list(project, announced))
    changed = partial(_changed, ledger, astray)
    agenda = Agenda(feeds=changed(work))
    if webpages:
        details = (*webpages.assets(), *webpages.articles(astray), *_shards(ledger, webpages, documents, site))
        pages = _webpages(ledger, webpages, documents, announced)
        agenda = Agenda(changed(details), agenda.feeds, changed(pages))
    for path in astray.difference(agenda.recipes):
        if write.look(project.output, path) is None:  # nothing would write it again
            ledger.drop_artefact(path)
    return agenda, _cuts(ledger, [channels[name] for name in channels if name in due])


def _changed(ledger: Ledger, astray: Collection[str], jobs: Iterable[_Job]) -> tuple[_Job, ...]:
    """The files that have to be written, of those that may have to be."""
    return tuple(job for job in jobs if job.path in astray or ledger.recipe(job.path) != job.recipe)


def _documents(
    ledger: Ledger, project: Project, channels: Mapping[str, Channel], due: Collection[str], *, everything: bool
) -> list[Document]:
    """The feeds that are due, and the pages of archives that are; closes those that are full."""
    for name in sorted(due):
        if name in channels and channels[name].archive:
            _close_pages(ledger, channels[name])
    heads = (_head(ledger, project, channels, name) for name in channels if name in due)
    return [*_pages(ledger, channels, everything=everything), *heads]


def _shards(ledger: Ledger, webpages: Webpages, documents: Sequence[Document], site: Channel) -> Iterator[Webpage]:
    """The parts of the index that the search page looks through, and that page itself."""
    numbers = {document.page.number for document in documents if not document.folder}
    if numbers:
        last = ledger.last_page(site.name) if site.archive else 0
        yield from webpages.search(numbers, window(ledger, site), last)


def _webpages(
    ledger: Ledger, webpages: Webpages, documents: Sequence[Document], announced: Sequence[Channel]
) -> Iterator[Webpage]:
    """The pages of archives, beside feeds and for other people's pages, and the site's own, which leads to them."""
    closed = {(document.channel, document.page.number) for document in documents if document.page.number}
    closed |= {(channel, number - 1) for channel, number in closed if number > 1}  # leads to a page that may be new
    for channel, number in sorted(closed, key=lambda one: (one[0].name, one[1])):
        following = number + 1 if number < ledger.last_page(channel.name) else 0
        yield webpages.of_archive(channel, Page(number, number - 1, following))
    heads = [document for document in documents if not document.page.number]
    for document in heads:
        entries = window(ledger, document.channel)
        yield webpages.beside(document.folder, document.channel, document.page, entries)
        yield from webpages.embeds(document.folder, document.channel, entries)
    if heads:
        yield webpages.index([(channel, window(ledger, channel)) for channel in announced])


def _mark_of_settings(project: Project, site: Channel, webpages: Webpages | None) -> str:
    versions = {name: RENDERERS[name].version for name in project.settings.feeds.formats}
    look = webpages.mark if webpages else ""
    told = (site, project.settings.feeds, project.settings.categories, versions, look)
    return blake2b(msgspec.json.encode(told), digest_size=16).hexdigest()


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
    entries = entries_of(ledger, document)
    gone = withdrawn_from(ledger, document)
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


def entries_of(ledger: Ledger, document: Document) -> list[Placed]:
    """Give the entries that a document holds, the latest published first."""
    if document.page.number:
        return select.in_order(ledger.on_page(document.channel.name, document.page.number))
    return window(ledger, document.channel)


def withdrawn_from(ledger: Ledger, document: Document) -> tuple[tuple[str, datetime], ...]:
    """Give the entries for which a feed has tombstones: the last that were withdrawn, as many as it holds others."""
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
    text = size if channel.gives_whole(entry, size) else 0
    return Exhibit(entry.guid, entry.metadata.title, link_of(entry, channel), published, entry.fingerprint, text)


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
