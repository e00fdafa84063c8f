"""From the ledger to the output folder: which feed files have to be written, and write them.

A file is written when its recipe changed, or when it no longer lies there as it was written. Bodies are loaded for
those feeds alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

from feedpub import select, write
from feedpub.ledger import Ledger, Written
from feedpub.model import Channel, Feed, Known, Placed, Shown
from feedpub.project import Project, describe, is_published
from feedpub.renderers import RENDERERS, render

MARKS = (b">feedpub</generator>", b"<generator>feedpub ", b'"_feedpub": {')  # one stands in the head of each file

Shelf = dict[str, tuple[str, Shown]]  # what a feed holds: by guid, the mark of all that it shows, and what a plan shows


class Work(Struct, frozen=True):
    """One feed file that has to be written. Its entries are asked for again when its turn comes."""

    channel: Channel
    format: str
    path: str
    recipe: str


def window(ledger: Ledger, project: Project, channel: str) -> list[Placed]:
    """Give the entries that a channel's feeds hold, newest first."""
    feeds = project.settings.feeds
    return select.window(ledger.newest(channel), limit=feeds.limit, days=feeds.days)


def find_work(ledger: Ledger, project: Project, site_id: str) -> list[Work]:
    """Find the feed files that have to be written."""
    ledger.open_channel("", project.title)
    mark = _mark_of_settings(project, site_id)
    written = ledger.artefacts()
    astray = {path for path, was in written.items() if not _lies_there(project.output, path, was)}
    channels = ledger.channels() if astray or ledger.setting("feeds") != mark else ledger.due()
    if ledger.setting("feeds") != mark:
        ledger.make_all_due()
        ledger.set("feeds", mark)
    work = []
    for name, title in channels:
        if is_published(project, name):
            entries = window(ledger, project, name)
            channel = describe(project, site_id, name, title)
            for format in project.settings.feeds.formats:
                path = feed_path(name, format)
                recipe = select.recipe(format, RENDERERS[format].version, channel, entries)
                if path in astray or path not in written or written[path].recipe != recipe:
                    work.append(Work(channel, format, path, recipe))
    return work


def feed_path(channel: str, format: str) -> str:
    """Give the path of a feed file below the output folder."""
    return f"{channel}/{RENDERERS[format].file}" if channel else RENDERERS[format].file


def _mark_of_settings(project: Project, site_id: str) -> str:
    versions = {name: RENDERERS[name].version for name in project.settings.feeds.formats}
    told = (describe(project, site_id, "", ""), project.settings.feeds, versions)
    return blake2b(msgspec.json.encode(told), digest_size=16).hexdigest()


def _lies_there(output: str, path: str, was: Written) -> bool:
    return write.look(output, path) == (was.size, was.mtime_ns)


def require_ours(ledger: Ledger, project: Project, work: list[Work], *, overwrite: bool) -> None:
    """Raise `ForeignFile` when something that we did not write lies where a feed has to go.

    With `overwrite`, files may be replaced; links and folders never are.
    """
    written = ledger.artefacts()

    def is_ours(path: str, head: bytes) -> bool:
        return overwrite or path in written or any(mark in head for mark in MARKS)

    write.require_ours(project.output, (job.path for job in work), is_ours)


def publish(ledger: Ledger, project: Project, work: list[Work]) -> list[str]:
    """Write the feed files, tick them off, and give the paths of those whose bytes are new."""
    done: dict[str, Written] = {}
    recipes = {job.path: job.recipe for job in work}
    due = [feed_path(name, format) for name, _ in ledger.due() for format in RENDERERS]
    write.sweep(project.output, {*recipes, *due})
    with write.Stage(project.output) as stage:
        for feed, jobs in _feeds(ledger, project, work):
            for job in jobs:
                artefact = render(feed, ledger.body, job.format)
                there = write.look(project.output, job.path)
                digest = write.digest(artefact.data)
                if there and write.digest_of(project.output, job.path) == digest:
                    done[job.path] = Written(job.recipe, digest, *there)
                else:
                    stage.add(artefact)
        published = stage.publish()
    for staged, size, mtime_ns in published:
        done[staged.path] = Written(recipes[staged.path], staged.digest, size, mtime_ns)
    for path, written in done.items():
        ledger.tick_off(path, written)
    return [staged.path for staged, _, _ in published]


def _feeds(ledger: Ledger, project: Project, work: list[Work]) -> Iterator[tuple[Feed, list[Work]]]:
    """Give each feed with its files, one feed at a time."""
    by_channel: dict[str, list[Work]] = {}
    for job in work:
        by_channel.setdefault(job.channel.name, []).append(job)
    for jobs in by_channel.values():
        entries = window(ledger, project, jobs[0].channel.name)
        yield Feed(jobs[0].channel, tuple(ledger.entry(entry.guid) for entry in entries)), jobs


def stale(ledger: Ledger, project: Project) -> list[str]:
    """Give the published files that nothing would write any more: dropped formats, empty or dropped categories."""
    wanted = {
        feed_path(name, format)
        for name, _ in ledger.channels()
        if is_published(project, name) and (not name or next(ledger.newest(name), None))
        for format in project.settings.feeds.formats
    }
    return [path for path in ledger.artefacts() if path not in wanted]


def prune(ledger: Ledger, project: Project) -> list[str]:
    """Remove the files that nothing would write any more, and their channels; give their paths."""
    paths = stale(ledger, project)
    write.remove(project.output, paths)
    for path in paths:
        ledger.drop_artefact(path)
    ledger.drop_empty_channels()
    return paths


# ── a lost ledger ───────────────────────────────────────────────────────────────────────────────


def published_before(project: Project) -> tuple[str | None, list[tuple[Known, str | None, str | None]]]:
    """Read back, from the JSON feeds that we published, the site's id and each entry: guid, dates, digests, address."""
    site_id: str | None = None
    found: dict[str, tuple[Known, str | None, str | None]] = {}
    for file in sorted(Path(project.output).glob("**/feed.json")):
        try:
            feed = json.loads(file.read_bytes())
            site_id = site_id or feed["_feedpub"]["site"]
            for item in feed["items"]:
                found.setdefault(item["id"], _taken_back(item))
        except (OSError, ValueError, KeyError, TypeError):  # not ours, or no feed
            continue
    return site_id, list(found.values())


def published_now(project: Project, channel: str) -> Shelf:
    """Give what a channel's published JSON feed holds."""
    try:
        items = json.loads(Path(project.output, feed_path(channel, "json")).read_bytes())["items"]
        return {
            item["id"]: (
                item["_feedpub"]["fingerprint"],
                Shown(item["id"], item["title"], datetime.fromisoformat(item["date_published"])),
            )
            for item in items
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _taken_back(item: dict[str, object]) -> tuple[Known, str | None, str | None]:
    ours = msgspec.convert(item["_feedpub"], _Published)
    published = datetime.fromisoformat(str(item["date_published"]))
    updated = datetime.fromisoformat(str(item.get("date_modified") or item["date_published"]))
    known = Known(
        guid=str(item["id"]),
        path="",
        state="live",
        first_seen=published,
        published=published,
        updated=updated,
        digest=ours.digest,
        fingerprint=ours.fingerprint,
    )
    url = str(item["url"]) if "#" not in str(item.get("url", "#")) else None
    return known, ours.body_digest, url


class _Published(Struct, frozen=True):
    digest: str
    fingerprint: str
    body_digest: str | None = None
