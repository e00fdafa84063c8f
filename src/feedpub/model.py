"""The words of the trade, as frozen values.

Every value here is immutable, compares by content, and may cross a process border.
Nothing in this module does anything: values are made by the modules that the docstrings name.
"""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from typing import Any, Literal, Protocol

from msgspec import Struct

Precision = Literal["second", "minute", "hour", "day", "week", "month", "year"]
Severity = Literal["note", "warning", "error"]
INCLUDE = (  # which files are articles, or hold some, unless the settings say it
    *("**/*.txt", "**/*.html", "**/*.htm", "**/*.xhtml", "**/*.mhtml", "**/*.mht", "**/*.md", "**/*.markdown"),
    *("**/*.jsonl", "**/*.ndjson", "**/*.json", "**/*.csv", "**/*.tsv"),
    *("**/*.jsonl.gz", "**/*.ndjson.gz", "**/*.json.gz", "**/*.csv.gz", "**/*.tsv.gz"),
    *("**/*.jsonl.zst", "**/*.ndjson.zst", "**/*.json.zst", "**/*.csv.zst", "**/*.tsv.zst"),
    *("**/*.warc", "**/*.warc.gz", "**/*.warc.zst", "**/*.rss", "**/*.atom", "**/*.xml"),
)
READERS = ("NetNewsWire", "Miniflux", "FreshRSS", "Feedbin")  # those whose eyes a plan sees with
SLUG = r"^[a-z0-9]{1,80}(?:-[a-z0-9]{1,80}){0,40}\Z"  # what the address of an article's page ends with
State = Literal["live", "held", "expired", "withdrawn"]
What = Literal["moved", "retitled", "updated", "amended", "held", "released", "returned", "expired", "withdrawn"]


class Trust(IntEnum):
    """How far a clue may be trusted; the highest wins, and among equals the first."""

    GUESSED = 1  # file name, modification time, first line
    LEARNED = 2  # a profile of the site
    WRITTEN = 3  # printed for people: byline, dateline, date line
    MARKED = 4  # printed for machines: meta elements, microdata
    STATED = 5  # said by the operator: sidecar, front matter, settings


class Problem(Struct, frozen=True):
    """Something a person should know. The code is stable and has a paragraph in docs/problems.md."""

    code: str
    severity: Severity
    where: str
    message: str
    hint: str = ""


class Piled(Struct, frozen=True):
    """Where an article stands that shares its file with others (`sources.unpack`)."""

    place: str  # the file that holds its bytes, when that is not its own: what a compressed file was unpacked to
    offset: int
    length: int  # bytes
    number: int  # of its line, or of the article where the file has no lines; 1 is the first
    unit: str  # what `number` counts: line, article
    fault: str = ""  # why it can't be read, if that was seen already
    is_named: bool = True  # whether it is known which article it is


class Source(Struct, frozen=True):
    """A file that was found and not yet opened (`sources.scan`), or one article of a file that holds many.

    `path` names it for ever: the source folder's name and the way below it, parted by slashes. A file that holds many
    articles is like a folder of them: its own path ends with a slash.
    `file` is where it lies now. `stamp` changes when its sidecars or the settings that rule its reading do; that of an
    article among many also when its bytes do.
    """

    path: str
    file: str
    size: int  # bytes
    mtime_ns: int
    stamp: str = ""
    sidecars: tuple[str, ...] = ()
    regular: bool = True  # false for symbolic links, pipes and devices, which are never opened
    piled: Piled | None = None

    @property
    def is_pile(self) -> bool:
        """Whether it is a file that holds many articles."""
        return self.piled is None and self.path.endswith("/")

    @property
    def where(self) -> str:
        """Where it is, for people: the file, and the line when it shares that with others."""
        return f"{self.file}, {self.piled.unit} {self.piled.number}" if self.piled else self.file


class Unlisted(Struct, frozen=True):
    """A folder that could not be listed: nothing is known of what lies below it, so nothing below it is gone."""

    path: str  # with a closing slash
    reason: str


class Gone(Struct, frozen=True):
    """A source that was there when it was last looked for, and is there no more."""

    path: str


class Capture(Struct, frozen=True):
    """When a page was taken from its site, and how we know: every relative date is counted from here."""

    value: datetime  # aware, UTC
    rule: str  # sidecar, settings, file-name, mtime
    trust: Trust


class Stated(Struct, frozen=True):
    """What the operator says of one file, in its sidecar or in the settings: it wins over all that is read."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] | None = None
    published: datetime | None = None
    updated: datetime | None = None
    categories: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    language: str | None = None
    summary: str | None = None
    draft: bool = False
    significant: bool | None = None  # whether the last change is worth a new `updated`
    expires: datetime | None = None
    distinct: bool = False  # from every other article, however like them it is
    encoding: str | None = None  # of the file, as Python calls it


class Document(Struct, frozen=True):
    """The bytes of one source, when they were captured, and what was stated of them (`sources.load`)."""

    path: str
    data: bytes
    digest: str  # of the bytes and of all that was stated
    capture: Capture | None = None
    stated: Stated = Stated()
    piled: bool = False  # one of many in its file: a JSON object and, below it, a page if it has one
    names: tuple[tuple[str, str], ...] = ()  # of a piled one: what the operator says that its fields are called


class Profile(Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of one site beforehand: learned from its pages, reviewed by its operator (`learn`, `config`)."""

    site_name: str = ""
    shape: str = ""  # the parts of its small print, in their order: author category time views
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    chrome: tuple[str, ...] = ()  # whole lines that stand on nearly every page; any number stands for any other


class Tables(Struct, frozen=True, forbid_unknown_fields=True):
    """Rows that the operator adds to feedpub's own tables (`config`)."""

    agencies: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    chrome: tuple[str, ...] = ()


class Rules(Struct, frozen=True):
    """The settings that rule how a document is understood (`config`)."""

    timezone: str = "UTC"  # IANA name, for dates that name no zone
    language: str | None = None  # BCP 47, of all articles; without it, each one's own is found
    category: str | None = None  # for articles that name none
    site_name: str | None = None
    aliases: tuple[tuple[str, str], ...] = ()  # (printed category, casefolded; the name to use)
    profile: Profile = Profile()
    tables: Tables = Tables()
    fields: tuple[tuple[str, str], ...] = ()  # (what it is, its name in files that hold many articles)


class Limits(Struct, frozen=True):
    """How much of a file that holds many articles is read (`config`)."""

    article: int = 10_000_000  # bytes of one article
    unpacked: int = 4_000_000_000  # bytes of a compressed file
    ratio: int = 100  # how many times its own size a compressed file may hold


class Moment(Struct, frozen=True):
    """A date that knows how exact it is, the words it came from, and what "2 days ago" was counted from."""

    value: datetime  # aware, UTC
    precision: Precision
    text: str = ""  # as printed
    rule: str = ""  # absolute, relative, updated-only, dateline, stated …
    base: datetime | None = None  # the capture time, for relative dates
    offset: int = 0  # minutes east of UTC on the page's own clock, so that its day can be shown as printed


class Place(Struct, frozen=True):
    """One place of a dateline, recased for display: all but the city may be missing."""

    city: str
    region: str | None = None
    country: str | None = None


class Dateline(Struct, frozen=True):
    """Where, by whom and sometimes when a report was filed, taken apart."""

    raw: str  # as printed, white space squashed, the closing mark included
    places: tuple[Place, ...] = ()
    agency: str | None = None
    date: str | None = None  # MM-DD, or YYYY-MM-DD when the year is printed


class Clue(Struct, frozen=True):
    """One thing noticed: which field it speaks of, its value, where it stands, and how far to trust it."""

    field: str
    value: Any
    rule: str  # which finder and pattern, kebab-case
    trust: Trust
    line: int = 0  # 1 is the first line of the file; 0 where lines mean nothing


class Dropped(Struct, frozen=True, gc=False):
    """A line that is not part of the article, and the rule that says so."""

    line: int
    text: str
    rule: str


class Block(Struct, frozen=True, gc=False):
    """A line or paragraph as the format left it."""

    text: str
    line: int  # where it starts, 1 is the first line of the file
    gap: bool = True  # a blank line (or the start of the file) stands before it


class Piece(Struct, frozen=True):
    """A block's markup, or a picture between two blocks: HTML that is not yet sanitised."""

    line: int  # the block's; of a picture, that of the block before it
    html: str
    within: tuple[tuple[int, str], ...] = ()  # the elements around it, from the outside: a number, and the opening tag
    parents: tuple[int, ...] = ()  # numbers of the nearest elements around it, by which neighbours are known
    kind: Literal["text", "picture", "caption"] = "text"
    linked: bool = False  # whether it is a link and nothing else


class Draft(Struct, frozen=True):
    """What a format made of a document: its blocks in order, and what its markup declared.

    Clues hold what was declared, as it was written: `extract` reads dates and names off it.
    """

    format: str
    blocks: tuple[Block, ...]
    clues: tuple[Clue, ...] = ()
    problems: tuple[Problem, ...] = ()
    pieces: tuple[Piece, ...] = ()  # the markup of the blocks, where the format has any
    main: frozenset[int] = frozenset()  # lines of the blocks that the markup shows to be the story
    captured: str = ""  # when it was taken from its site, as its fields state it


class Origin(Struct, frozen=True):
    """The feed that an entry was first published in (RFC 4287, 4.2.11; rule A17)."""

    title: str
    id: str = ""
    feed: str = ""  # absolute URL of the feed itself
    link: str = ""  # absolute URL of the page that it describes
    authors: tuple[str, ...] = ()
    rights: str = ""


class Metadata(Struct, frozen=True):
    """Everything that is known of an article but its body. All text is plain, one line, NFC, legal in XML."""

    title: str
    summary: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None  # BCP 47
    dateline: Dateline | None = None
    published: Moment | None = None
    updated: Moment | None = None
    canonical: str | None = None  # absolute URL
    id: str | None = None  # as stated
    expires: datetime | None = None
    source: Origin | None = None  # of an entry of another feed


class Article(Struct, frozen=True):
    """An article, settled and clean. The digests are versioned: equal digests mean equal articles."""

    metadata: Metadata
    body: str  # HTML fragment, sanitised, absolute
    digest: str  # of the title and the words of the body: what `updated` follows
    body_digest: str | None  # of the words of the body alone, by which a moved file is known; None when too short
    fingerprint: str  # of everything a feed shows
    sketch: tuple[int, ...] = ()  # marks of the body's words, by which near copies are found (`likeness`)
    aliases: tuple[str, ...] = ()  # other absolute URLs under which it was published, as its author states


class Reading(Struct, frozen=True):
    """What comes home from reading one document, good or bad. A bad one has no article and says why."""

    path: str
    digest: str  # the document's
    article: Article | None = None
    capture: Capture | None = None
    clues: tuple[Clue, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    problems: tuple[Problem, ...] = ()
    draft: bool = False  # stated by the operator: read, and never published
    significant: bool | None = None  # stated: whether the last change is worth a new `updated`


class Kin(Struct, frozen=True):
    """What the ledger knows of other files like one: all by their paths."""

    copy_of: str | None = None  # the file that stands for it
    copies: tuple[str, ...] = ()  # the files that it stands for
    related: tuple[tuple[str, float], ...] = ()  # entries that share much of its text, and how much


class Known(Struct, frozen=True):
    """What the ledger remembers of one entry."""

    guid: str
    path: str  # its home: the source that it is read from
    state: State
    first_seen: datetime
    published: datetime
    updated: datetime
    digest: str
    fingerprint: str
    ranked: datetime  # by which feeds take the newest: the last change, or the arrival of a late article
    channels: tuple[str, ...] = ("",)  # their names; the site's is empty
    expires: datetime | None = None


class Event(Struct, frozen=True):
    """Something that happened to an entry after it was first seen (`history`)."""

    at: datetime  # of the build
    what: What
    detail: str = ""  # the path or the title that it had before


class Recalled(Struct, frozen=True):
    """All that the ledger tells of one entry."""

    known: Known
    title: str
    permalink: str | None
    keys: tuple[str, ...]  # every name by which it was ever known
    pages: tuple[tuple[str, int], ...]  # of archives: channel and number
    duplicates: tuple[str, ...]  # other sources that hold the same article
    told: str  # the codes of the problems with its home
    history: tuple[Event, ...]


class Entry(Struct, frozen=True):
    """An article with an identity, without its body."""

    guid: str
    permalink: str | None  # absolute URL, None when the article has no address of its own
    published: datetime  # aware, UTC, whole seconds
    updated: datetime
    fingerprint: str
    digest: str  # as the article's: published, so that a lost ledger can be taken back from the feeds
    body_digest: str | None
    metadata: Metadata
    slug: str = ""  # of the address of its page, if it has one; given once, from its title
    precision: Precision = "minute"  # of `published`
    offset: int = 0  # minutes east of UTC on the page's own clock, so that its day can be shown as printed


class Placed(Struct, frozen=True):
    """One entry as a feed's recipe knows it: its place, and the marks of all that the feed shows. Times in seconds."""

    guid: str
    published: int
    updated: int
    ranked: int  # by which feeds take the newest
    fingerprint: str
    permalink: str | None
    size: int = 0  # bytes of its body as XML holds it
    slug: str = ""


class Channel(Struct, frozen=True):
    """How a feed is described and chosen."""

    name: str  # "" for the site, category/<slug> for a category, feed/<name> for one of the operator's own
    id: str  # urn:uuid:…, never changes
    title: str
    description: str
    link: str  # absolute URL of the page that the feed describes
    base: str  # absolute URL of the folder that the feed's files are served from, with a closing slash
    home: str  # absolute URL of the site
    language: str | None = None
    author: str = ""
    limit: int = 50
    days: int = 7
    max_bytes: int = 1_000_000
    content: Literal["full", "summary"] = "full"
    archive: bool = False  # whether its whole history is published
    tombstones: bool = False  # whether Atom names the entries that were withdrawn
    site_id: str = ""
    pages: Literal["none", "needed", "all"] = "none"  # for people: of no article, of those without an address, of all


class Page(Struct, frozen=True):
    """Which part of a channel's history a document holds: its newest entries, or a closed page of the archive.

    Pages are numbered from 1, the oldest; 0 stands for none.
    """

    number: int = 0  # of the archive's page; 0 for the feed that people subscribe to
    previous: int = 0  # the page before it; of the feed itself, the newest page
    following: int = 0  # the page after it, if that was closed with it


class Feed(Struct, frozen=True):
    """A channel and its entries, newest first."""

    channel: Channel
    entries: tuple[Entry, ...]
    page: Page = Page()
    withdrawn: tuple[tuple[str, datetime], ...] = ()  # guids, and when: of a channel that has tombstones

    @property
    def updated(self) -> datetime | None:
        """The newest change among the entries, never the time of the build."""
        return max((entry.updated for entry in self.entries), default=None)


class Template(Struct, frozen=True):
    """A template of a theme, and the file that it stands in."""

    place: str
    text: str


class Theme(Struct, frozen=True):
    """How the pages for people look (`themes`): templates by name, and files that are published as they are."""

    templates: dict[str, Template]
    assets: dict[str, bytes]  # by name


class Masthead(Struct, frozen=True):
    """What the pages for people say of their site, and how they write."""

    title: str
    description: str
    language: str | None  # BCP 47
    author: str
    base: str  # absolute URL of the output folder, with a closing slash
    has_url: bool  # whether that is a real one, or stands for one that is not set
    timezone: str  # IANA name, of the times that they show
    formats: tuple[str, ...]  # of the feeds
    axes: tuple[str, ...]  # what has feeds of its own: category, author, tag, place


class Listed(Struct, frozen=True):
    """A channel as the list of all feeds shows it."""

    channel: Channel
    count: int  # of its entries, the archive's included
    newest: tuple[Entry, ...]


class Bodies(Protocol):
    """Gives an entry's body when a renderer comes to it, so that no feed holds them all."""

    def __call__(self, guid: str, /) -> str:
        """Give the body of the entry with this guid."""


class Artefact(Struct, frozen=True):
    """A file that we publish: its bytes, and where they go below the output folder."""

    path: str
    media_type: str
    data: bytes


class Finding(Struct, frozen=True):
    """One thing that is wrong with a document, or that some readers stumble over."""

    rule: str  # of the conformance checklist (A05), or W3C- and the name of the W3C validator's message
    severity: Severity
    line: int  # 1 is the first; 0 where lines mean nothing
    entry: str  # the guid or, without one, the title of the entry; empty where the whole feed is meant
    message: str
    remedy: str


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


class Seen(Struct, frozen=True):
    """Something that stands on several pages of a site: on how many, and three of them."""

    text: str
    pages: int
    examples: tuple[str, ...] = ()


class Difference(Struct, frozen=True):
    """How one page reads without a profile and with it."""

    path: str
    before: str
    after: str


class Change(Struct, frozen=True):
    """On how many pages a profile changes a field, and up to five of them."""

    field: str
    pages: int
    examples: tuple[Difference, ...] = ()


class Lesson(Struct, frozen=True):
    """What many pages of one site taught, and what it would change on them (`learn`)."""

    pages: int
    articles: int  # pages that hold one
    site_name: Seen | None
    shape: Seen | None
    categories: tuple[Seen, ...]
    authors: tuple[Seen, ...]
    chrome: tuple[Seen, ...]
    known: tuple[Seen, ...]  # lines on nearly every page that feedpub leaves out without a profile
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


class Former(Struct, frozen=True):
    """An entry of a feed that another program published."""

    guid: str  # what readers know it by, to the letter; empty when there is nothing that they could
    title: str
    addresses: tuple[str, ...]  # where it says that it is, as written; absolute
    published: datetime | None  # aware, UTC
    updated: datetime | None
    text: str  # the words of its content, or of its summary
    size: int = 0  # of its content as XML holds it, bytes


Fate = Literal["matched", "known", "unmatched", "ambiguous", "taken", "published", "unusable"]


class Adopted(Struct, frozen=True):
    """What became of one entry of an old feed (`adopt`).

    matched: its article is published under its id and date. known: it is already. unmatched: no article is it, so far.
    ambiguous: several may be. taken: its article has another old id. published: its article has an id of feedpub's own,
    which subscribers may know. unusable: it has no id.
    """

    feed: str  # file or URL
    guid: str
    title: str
    published: datetime | None
    fate: Fate
    path: str = ""  # of the article
    by: str = ""  # what shows that it is this article: id, address, text, title
    why: str = ""


class Adoption(Struct, frozen=True):
    """What taking over old feeds did, or would do."""

    articles: int  # that were compared
    entries: tuple[Adopted, ...]
    problems: tuple[Problem, ...] = ()
