"""What was found: files and articles within files, and what is known of them before they are read."""

from __future__ import annotations

import codecs
from datetime import datetime

from msgspec import Struct

from feedpub.model.drafts import Trust

BOMS = (  # byte order marks that a text may begin with, and the encodings that read them
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OLDEST_YEAR = 1971  # of a date that an article may have: readers take an earlier one for none (rule T11)
INCLUDE = (  # which files are articles, or hold some, unless the settings say it
    *("**/*.txt", "**/*.html", "**/*.htm", "**/*.xhtml", "**/*.mhtml", "**/*.mht", "**/*.md", "**/*.markdown"),
    *("**/*.jsonl", "**/*.ndjson", "**/*.json", "**/*.csv", "**/*.tsv"),
    *("**/*.jsonl.gz", "**/*.ndjson.gz", "**/*.json.gz", "**/*.csv.gz", "**/*.tsv.gz"),
    *("**/*.jsonl.zst", "**/*.ndjson.zst", "**/*.json.zst", "**/*.csv.zst", "**/*.tsv.zst"),
    *("**/*.warc", "**/*.warc.gz", "**/*.warc.zst", "**/*.rss", "**/*.atom", "**/*.xml"),
)


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


class Limits(Struct, frozen=True):
    """How much of a file that holds many articles is read (`config`)."""

    article: int = 10_000_000  # bytes of one article
    unpacked: int = 4_000_000_000  # bytes of a compressed file
    ratio: int = 100  # how many times its own size a compressed file may hold
