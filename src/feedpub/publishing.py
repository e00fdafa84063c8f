"""Write what has to be written, and remove what nothing would write any more.

Bodies are loaded for the files of the agenda alone, and feeds are checked before they are published.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from feedpub import write
from feedpub.agenda import Agenda, Edition, FeedFile, entries_of, exhibits, withdrawn_from
from feedpub.filing import CUSTOM
from feedpub.ledger import Ledger, Written
from feedpub.model import Artefact, Feed, Finding, Page, Problem
from feedpub.project import Project, is_archived, is_published, moved_to
from feedpub.renderers import (
    RENDERERS,
    article_path,
    fragment_path,
    frame_path,
    is_widget,
    page_path,
    path_of,
    render_all,
    render_list,
)
from feedpub.webpages import ASSETS, Webpage, others

# One of these stands in the head of each file that we write.
MARKS = (b">feedpub</generator>", b"<generator>feedpub ", b'"_feedpub": {', b"<!-- feedpub -->", b"/* feedpub: ")


# ── write it ────────────────────────────────────────────────────────────────────────────────────


def spare_foreign(ledger: Ledger, project: Project, agenda: Agenda, *, overwrite: bool) -> tuple[Agenda, list[Problem]]:
    """Raise `ForeignFile` when something that we did not write lies where a feed has to go.

    Where it lies in the place of a page for people, that page is left out, and the problem told once. With `overwrite`,
    files may be replaced; links and folders never are.
    """
    assets = {page.path: page for page in agenda.details if page.path.startswith(ASSETS)}

    def is_ours(path: str, head: bytes) -> bool:
        if overwrite or any(mark in head for mark in MARKS) or ledger.artefacts.recipe(path) is not None:
            return True
        return path in assets and assets[path].make().startswith(head)

    write.require_ours(project.output, [file.path for file in agenda.feeds], is_ours)
    pages = [page.path for page in (*agenda.details, *agenda.pages)]
    foreign = dict(write.foreign(project.output, pages, is_ours))
    if not foreign:
        return agenda, []
    told = (ledger.setting("foreign") or "").split("\n")
    ledger.set("foreign", "\n".join(sorted({*told, *foreign} - {""})))
    spared = replace(
        agenda,
        details=tuple(page for page in agenda.details if page.path not in foreign),
        pages=tuple(page for page in agenda.pages if page.path not in foreign),
    )
    return spared, [_foreign_page(why) for path, why in foreign.items() if path not in told]


def _foreign_page(why: str) -> Problem:
    return Problem(
        "foreign-page",
        "warning",
        "the pages",
        f"{why}, and stays: no page is published there",
        'move it away, build once with --overwrite, or state pages = "none" in [site]',
    )


def publish(ledger: Ledger, project: Project, agenda: Agenda) -> tuple[list[str], list[Problem]]:
    """Write the files, tick them off, and give the paths of those whose bytes are new, and what was set aside."""
    problems: dict[str, Problem] = {}
    made: list[Edition] = []
    recipes = agenda.recipes
    due = [path_of(name, Page(), format) for name, _ in ledger.channels.due() for format in RENDERERS]
    write.sweep(project.output, {*recipes, *due})

    def artefacts() -> Iterator[Artefact]:
        yield from map(_printed, agenda.details)
        for (edition, listed), files in groupby(agenda.feeds, lambda file: (file.edition, file.listed)):
            if listed:
                yield _made_list(project, next(files))
                continue
            rendered, found = _made(ledger, edition, list(files))
            problems.update((problem.where, problem) for problem in found)
            made.extend([edition] if rendered else [])
            yield from rendered
        yield from map(_printed, agenda.pages)

    with write.Stage(project.output) as stage:
        for artefact in artefacts():
            there = write.look(project.output, artefact.path)
            digest = write.digest(artefact.data)
            if there and write.digest_of(project.output, artefact.path) == digest:
                ledger.artefacts.tick_off(artefact.path, Written(recipes[artefact.path], digest, *there))
            else:
                stage.add(artefact)
        published = stage.publish()
    for staged, there in published:
        ledger.artefacts.tick_off(staged.path, Written(recipes[staged.path], staged.digest, *there))
    _remember_shown(ledger, {file.edition for file in agenda.feeds if not file.listed}, made, left_out=problems)
    return [staged.path for staged, _ in published], list(problems.values())


def _printed(page: Webpage) -> Artefact:
    return Artefact(page.path, page.media_type, page.make())


def _remember_shown(
    ledger: Ledger, editions: set[Edition], made: Sequence[Edition], *, left_out: Container[str]
) -> None:
    """Remember what subscribers see now. What could not be published stays due."""
    for edition in made:
        if not edition.page.number:
            shown = exhibits(ledger, edition.channel)
            ledger.shown.replace(edition.folder, [exhibit for exhibit in shown if exhibit.guid not in left_out])
    ledger.nothing_due()
    for edition in editions.difference(made):
        if edition.page.number:
            ledger.archives.make_due(edition.folder, edition.page.number)
        else:
            ledger.channels.make_due(edition.folder)


def _made_list(project: Project, file: FeedFile) -> Artefact:
    formats = project.settings.feeds.formats
    return render_list(project.title, file.listed, "atom" if "atom" in formats else formats[0], file.path)


def _made(ledger: Ledger, edition: Edition, files: Sequence[FeedFile]) -> tuple[list[Artefact], list[Problem]]:
    """An edition in the formats that are due, without the entries that would break it; none if it is broken itself."""
    guids = [entry.guid for entry in entries_of(ledger, edition)]
    entries = tuple(ledger.articles.entry(guid) for guid in guids)
    problems: list[Problem] = []
    gone = withdrawn_from(ledger, edition)
    while True:
        feed = Feed(edition.channel, entries, edition.page, gone)
        artefacts = render_all(feed, ledger.articles.body, {file.format: file.path for file in files})
        is_main = not (edition.folder or edition.page.number)
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
    kept = {name for name, _ in ledger.channels.all() if _is_kept(ledger, project, name)}
    editions = [(name, Page()) for name in kept]
    archived = {name for name in kept if is_archived(project, name)}
    editions += [(name, Page(number)) for name, number, _ in ledger.archives.pages(due=False) if name in archived]
    formats = project.settings.feeds.formats
    wanted = {path_of(name, page, format) for name, page in editions for format in formats} | {"feeds.opml"}
    if project.settings.site.pages != "none":
        wanted |= {page_path(name, page) for name, page in editions}
        wanted |= {path for name in kept for path in (frame_path(name), fragment_path(name))}
        wanted |= set(filter(is_widget, ledger.artefacts.all()))
        wanted |= {article_path(slug) for slug in ledger.addresses.slugs()}
        wanted |= others(project, ledger.archives.last_page("") if "" in archived else 0)
    return [path for path in ledger.artefacts.all() if path not in wanted]


def _is_kept(ledger: Ledger, project: Project, name: str) -> bool:
    if not name or not is_published(project, name):
        return not name
    is_custom = name.startswith(f"{CUSTOM}/")
    return is_custom or moved_to(project, name) is not None or ledger.channels.holds(name, 1)


def prune(ledger: Ledger, project: Project) -> list[str]:
    """Remove the files that nothing would write any more, and their channels; give their paths."""
    paths = stale(ledger, project)
    write.remove(project.output, paths)
    for path in paths:
        ledger.artefacts.drop(path)
    ledger.channels.drop([name for name, _ in ledger.channels.all() if not _is_kept(ledger, project, name)])
    return paths
