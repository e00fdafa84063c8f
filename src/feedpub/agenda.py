"""Which files have to be written? Those whose recipe changed, or that no longer lie there as they were written.

Takes the ledger as a build leaves it, gives an Agenda. No body is loaded, and nothing is rendered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from msgspec import Struct

from feedpub import select, write
from feedpub.crowding import crowded
from feedpub.filing import CUSTOM
from feedpub.ledger import Ledger, Written
from feedpub.model import Channel, Entry, Exhibit, Page, Placed, Problem
from feedpub.project import Project, describe, is_published, moved_to
from feedpub.renderers import LIST, RENDERERS, link_of, path_of
from feedpub.webpages import Webpage, Webpages, is_of_an_article


class Edition(Struct, frozen=True):
    """A feed, or a page of its archive, and the folder that it is published in: the old one of a renamed category."""

    channel: Channel
    page: Page
    folder: str


class FeedFile(Struct, frozen=True):
    """One file that has to be written. Its entries are asked for again when its turn comes."""

    edition: Edition
    format: str
    path: str
    recipe: str
    listed: tuple[Channel, ...] = ()  # the feeds that a list names


_File = TypeVar("_File", FeedFile, Webpage)


class Agenda(Struct, frozen=True):
    """All files that have to be written, in the order in which they have to appear."""

    details: tuple[Webpage, ...] = ()  # that other pages lead to or are made with
    feeds: tuple[FeedFile, ...] = ()
    pages: tuple[Webpage, ...] = ()  # of the site and beside feeds

    @property
    def recipes(self) -> dict[str, str]:
        """The recipe of each file, by its path below the output folder."""
        return {file.path: file.recipe for file in self.feeds} | {
            page.path: page.recipe for page in (*self.details, *self.pages)
        }


# ── what has to be written ──────────────────────────────────────────────────────────────────────


def find_work(ledger: Ledger, project: Project, site_id: str) -> tuple[Agenda, list[Problem]]:
    """Find the files that have to be written. Gives the problems that were not said before, too.

    Closes the pages of archives that are full, and gives articles that need a page their addresses.
    """
    for name, title in {"": project.title, **{f"{CUSTOM}/{one}": one for one in project.filing.custom}}.items():
        ledger.channels.open(name, title)
    site = describe(project, site_id, "", "")
    webpages = Webpages(ledger, project, site) if site.pages != "none" else None
    mark = _mark_of_settings(project, site, webpages)
    if ledger.setting("feeds") != mark:
        ledger.make_all_due()
        ledger.set("feeds", mark)
    astray = altered(ledger, project.output, write.astray(project.output, ledger.artefacts.seen()))
    if not (astray or ledger.channels.due() or ledger.archives.pages(due=True) or ledger.addresses.is_any_due()):
        return Agenda(), []
    if webpages:
        webpages.settle()
    channels = _channels(ledger, project, site_id)
    everything = not all(map(is_of_an_article, astray))
    due = set(channels) if everything else {name for name, _ in ledger.channels.due()}
    due.update(name for name in channels if moved_to(project, name) in due)
    editions = _editions(ledger, project, channels, due, everything=everything)
    files = [file for edition in editions for file in _files(ledger, project, edition)]
    announced = [channels[name] for name in channels if _is_announced(ledger, project, name)]
    if due:
        files.append(_list(project, announced))
    changed = partial(_changed, ledger, astray)
    agenda = Agenda(feeds=changed(files))
    if webpages:
        details = (*webpages.assets(), *webpages.articles(astray), *_shards(ledger, webpages, editions, site))
        pages = _webpages(ledger, webpages, editions, announced)
        agenda = Agenda(changed(details), agenda.feeds, changed(pages))
    for path in astray.difference(agenda.recipes):
        if write.look(project.output, path) is None:  # nothing would write it again
            ledger.artefacts.drop(path)
    return agenda, [*_cuts(ledger, [channels[name] for name in channels if name in due]), *crowded(ledger, channels)]


def altered(ledger: Ledger, output: str, paths: Iterable[str]) -> set[str]:
    """Give those of some published files whose bytes are not those that were written. Others are known as they lie."""
    lost = set()
    for path in paths:
        written = ledger.artefacts.one(path)
        there = write.look(output, path)
        if there and write.digest_of(output, path) == written.digest:
            ledger.artefacts.tick_off(path, Written(written.recipe, written.digest, *there))
        else:
            lost.add(path)
    return lost


def _changed(ledger: Ledger, astray: Collection[str], files: Iterable[_File]) -> tuple[_File, ...]:
    """The files that have to be written, of those that may have to be."""
    return tuple(file for file in files if file.path in astray or ledger.artefacts.recipe(file.path) != file.recipe)


def _editions(
    ledger: Ledger, project: Project, channels: Mapping[str, Channel], due: Collection[str], *, everything: bool
) -> list[Edition]:
    """The feeds that are due, and the pages of archives that are; closes those that are full."""
    for name in sorted(due):
        if name in channels and channels[name].archive:
            _close_pages(ledger, channels[name])
    heads = (_head(ledger, project, channels, name) for name in channels if name in due)
    return [*_pages(ledger, channels, everything=everything), *heads]


def _shards(ledger: Ledger, webpages: Webpages, editions: Sequence[Edition], site: Channel) -> Iterator[Webpage]:
    """The parts of the index that the search page looks through, and that page itself."""
    numbers = {edition.page.number for edition in editions if not edition.folder}
    if numbers:
        last = ledger.archives.last_page(site.name) if site.archive else 0
        yield from webpages.search(numbers, window(ledger, site), last)


def _webpages(
    ledger: Ledger, webpages: Webpages, editions: Sequence[Edition], announced: Sequence[Channel]
) -> Iterator[Webpage]:
    """The pages of archives, beside feeds and for other people's pages, and the site's own, which leads to them."""
    closed = {(edition.channel, edition.page.number) for edition in editions if edition.page.number}
    closed |= {(channel, number - 1) for channel, number in closed if number > 1}  # leads to a page that may be new
    for channel, number in sorted(closed, key=lambda one: (one[0].name, one[1])):
        following = number + 1 if number < ledger.archives.last_page(channel.name) else 0
        yield webpages.of_archive(channel, Page(number, number - 1, following))
    heads = [edition for edition in editions if not edition.page.number]
    for edition in heads:
        entries = window(ledger, edition.channel)
        yield webpages.beside(edition.folder, edition.channel, edition.page, entries)
        yield from webpages.embeds(edition.folder, edition.channel, entries)
    if heads:
        yield webpages.index([(channel, window(ledger, channel)) for channel in announced])


def _mark_of_settings(project: Project, site: Channel, webpages: Webpages | None) -> str:
    versions = {name: RENDERERS[name].version for name in project.settings.feeds.formats}
    look = webpages.mark if webpages else ""
    return select.digest_of(site, project.settings.feeds, project.settings.categories, versions, look)


def _channels(ledger: Ledger, project: Project, site_id: str) -> dict[str, Channel]:
    """The channels that the settings ask for, the site's first."""
    return {
        name: describe(project, site_id, name, title)
        for name, title in ledger.channels.all()
        if is_published(project, name)
    }


def _close_pages(ledger: Ledger, channel: Channel) -> None:
    """Close the pages of a channel's archive that are full."""
    shown = ledger.shown.by(channel.name)
    pages = select.close_pages(list(ledger.channels.newest(channel.name, everything=False)), channel, shown or None)
    last = ledger.archives.last_page(channel.name) + len(pages)
    for number, entries in enumerate(pages, last - len(pages) + 1):
        following = number + 1 if number < last else 0
        ledger.archives.close(channel.name, number, [entry.guid for entry in entries], following=following)


def _pages(ledger: Ledger, channels: Mapping[str, Channel], *, everything: bool) -> Iterator[Edition]:
    """The pages of archives whose files may have to be written."""
    for name, number, following in ledger.archives.pages(due=not everything):
        if name in channels and channels[name].archive:
            yield Edition(channels[name], Page(number, number - 1, following), name)


def _head(ledger: Ledger, project: Project, channels: Mapping[str, Channel], name: str) -> Edition:
    """The feed of a channel; where a renamed category was, the feed of the new one, so that nobody misses a thing."""
    new = channels.get(moved_to(project, name) or name)
    channel = new if new and not ledger.channels.holds(name, 1) else channels[name]
    previous = ledger.archives.last_page(channel.name) if channel.archive else 0
    return Edition(channel, Page(previous=previous), name)


def _files(ledger: Ledger, project: Project, edition: Edition) -> Iterator[FeedFile]:
    """An edition in each format."""
    entries = entries_of(ledger, edition)
    gone = withdrawn_from(ledger, edition)
    for format in project.settings.feeds.formats:
        recipe = select.recipe(format, RENDERERS[format].version, edition.channel, edition.page, entries, gone)
        yield FeedFile(edition, format, path_of(edition.folder, edition.page, format), recipe)


def _list(project: Project, listed: Sequence[Channel]) -> FeedFile:
    """The list of all feeds."""
    recipe = select.digest_of(project.title, project.settings.feeds.formats, listed)
    return FeedFile(Edition(listed[0], Page(), ""), LIST, "feeds.opml", recipe, tuple(listed))


def _is_announced(ledger: Ledger, project: Project, name: str) -> bool:
    """Whether a channel stands in the list of feeds: the site's always does, others with enough entries."""
    return not name or ledger.channels.holds(name, project.settings.feeds.announce)


def entries_of(ledger: Ledger, edition: Edition) -> list[Placed]:
    """Give the entries that an edition holds, the latest published first."""
    if edition.page.number:
        return select.in_order(ledger.archives.on_page(edition.channel.name, edition.page.number))
    return window(ledger, edition.channel)


def withdrawn_from(ledger: Ledger, edition: Edition) -> tuple[tuple[str, datetime], ...]:
    """Give the entries for which a feed has tombstones: the last that were withdrawn, as many as it holds others."""
    if edition.page.number or not edition.channel.tombstones:
        return ()
    return tuple(ledger.channels.withdrawn(edition.channel.name, most=edition.channel.limit))


def window(ledger: Ledger, channel: Channel) -> list[Placed]:
    """Give the entries that a channel's feed holds, the latest published first.

    With an archive, those that no closed page of it holds.
    """
    if channel.archive:
        return select.in_order(ledger.channels.newest(channel.name, everything=False))
    return select.in_order(select.window(ledger.channels.newest(channel.name), channel).entries)


def exhibits(ledger: Ledger, channel: Channel) -> list[Exhibit]:
    """Give the entries of a channel's feed as its subscribers are shown them."""
    return [_exhibit(ledger.articles.entry(placed.guid), channel, placed.size) for placed in window(ledger, channel)]


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
        found = select.window(ledger.channels.newest(channel.name), channel)
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
