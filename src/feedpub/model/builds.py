"""What a build did, or would do, and what subscribers see of it."""

from __future__ import annotations

from msgspec import Struct

from feedpub.model.problems import Problem

READERS = ("NetNewsWire", "Miniflux", "FreshRSS", "Feedbin")  # those whose eyes a plan sees with


class Outcome(Struct, frozen=True):
    """What a build did."""

    tally: dict[str, int]  # what this build did: new, updated, moved, withdrawn …
    found: int  # sources
    standing: dict[str, int]  # sources and entries that are in no feed: aside, duplicate, draft, held
    written: tuple[str, ...] = ()  # paths below the output folder
    feeds: int = 0  # published files there are: of feeds, and their list
    pages: int = 0  # the others, which are for people
    pruned: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    taken_back: int = 0  # entries, when the ledger was lost


class Exhibit(Struct, frozen=True):
    """An entry as a feed shows it to its subscribers. Times in seconds since 1970."""

    guid: str
    title: str
    link: str
    published: int
    fingerprint: str
    size: int  # of its body as XML holds it, bytes


class Sighting(Struct, frozen=True):
    """What happens to one entry in the eyes of subscribers.

    new, quietly updated, visibly updated, back (known, and still known), resurfaced (known, and shown as new),
    collapsed (two in one), re-dated, withdrawn.
    """

    kind: str
    entry: Exhibit
    readers: tuple[str, ...]  # those that show it as unread


class FeedPlan(Struct, frozen=True):
    """What a build would change in one channel's feeds, as their subscribers would see it."""

    channel: str
    sightings: tuple[Sighting, ...] = ()
    passed: int = 0  # entries that newer ones push out of the window
    files: tuple[str, ...] = ()


class Plan(Struct, frozen=True):
    """What a build would do."""

    outcome: Outcome
    feeds: tuple[FeedPlan, ...]
    pages: tuple[str, ...] = ()  # files for people that it would write
