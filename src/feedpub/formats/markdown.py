"""Markdown with front matter, as site generators and note books keep it.

Takes a Document, gives a Draft: the fields of its front matter as clues, its text as lines with their markup. Never
raises; front matter that can't be read sets the article aside, since it might hold an embargo.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from lxml import etree, html
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from feedpub.formats import _frontmatter, text
from feedpub.formats._walk import Walk
from feedpub.formats.html import resolve
from feedpub.model import Clue, Document, Draft, Problem, Trust
from feedpub.normalise import absolute_url, one_line

LONGEST = 500_000  # characters; brackets without end take a parser seconds
TEXTS = {  # a field, and the keys that state it, the first that is there
    "id": ("id", "guid"),
    "title": ("title",),
    "summary": ("description", "summary", "excerpt"),
    "language": ("lang", "language", "locale"),
    "canonical": ("canonical", "canonical_url", "canonicalurl"),
}
LISTS = {
    "authors": ("authors", "author"),
    "categories": ("categories", "category", "section"),
    "tags": ("tags", "tag", "keywords"),
}
DATES = {
    "published": ("publishdate", "publish_date", "published", "date", "created", "pubdate"),
    "updated": ("lastmod", "updated", "modified", "last_modified_at", "last_modified"),
    "expires": ("expirydate", "expires", "unpublishdate"),
}
DRAFT, PUBLIC = ("draft", "drafts"), ("published", "publish")  # keys that hold a yes or a no
NO = frozenset(("", "0", "false", "no", "off", "none", "null"))
HIDDEN = frozenset(("draft", "hidden", "private", "skip", "unpublished"))  # what a `status` may say
DRAFTS = "_drafts"


def read(document: Document) -> Draft:
    """The text, and what its front matter states."""
    printed, problems = text.decode(document.data, document.path)
    if len(printed) > LONGEST:
        problem = Problem("too-large", "error", document.path, f"more than {LONGEST:,} characters of Markdown")
        return Draft("markdown", (), problems=(*problems, problem))
    try:
        fields, body = _frontmatter.split(printed)
    except ValueError as error:
        problem = Problem(
            "bad-front-matter", "error", document.path, str(error), "the article is set aside until it is mended"
        )
        return Draft("markdown", (), problems=(*problems, problem))
    base = absolute_url(document.stated.url or _first(fields, TEXTS["canonical"])) or ""
    walk = Walk(lambda link: resolve(link, base))
    root = _tree(body)
    if root is not None:
        walk.walk(root)
    clues = [*_stated(fields), *_heading(root)]
    if _is_draft(fields, document.path):
        clues.append(Clue("draft", value=True, rule="front-matter", trust=Trust.STATED))
    lines = frozenset(block.line for block in walk.blocks)
    return Draft("markdown", tuple(walk.blocks), tuple(clues), problems, tuple(walk.pieces), lines)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
    parser.add_render_rule("footnote_anchor", lambda *_: "")  # a link back into a page that there is not
    return parser


def _tree(body: str) -> etree._Element | None:
    made = _parser().render(body.replace("\0", " "))
    if not made.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    return html.document_fromstring(f"<body>{made}</body>".encode("utf-8", "replace"), parser=parser)


def _heading(root: etree._Element | None) -> Iterator[Clue]:
    """The title of a text that states none: its first heading."""
    heading = next(root.iter("h1"), None) if root is not None else None
    if heading is not None and (title := one_line("".join(map(str, heading.itertext())))):
        yield Clue("title", title, "first-heading", Trust.MARKED)


def _stated(fields: dict[str, Any]) -> Iterator[Clue]:
    for field, keys in TEXTS.items():
        if said := _first(fields, keys):
            yield _clue(field, said)
    taxonomies = fields.get("taxonomies")
    extra = fields.get("extra")
    for field, keys in LISTS.items():
        for place in (fields, taxonomies, extra):
            values = _list(place, keys) if isinstance(place, dict) else ()
            if values:
                yield _clue(field, values)
                break
    for field, keys in DATES.items():
        if said := _first(fields, keys):
            yield _clue(field, said)


def _clue(field: str, value: Any) -> Clue:
    return Clue(field, value, "front-matter", Trust.STATED)


def _first(fields: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((said for key in keys if (said := _text(fields.get(key)))), "")


def _text(value: Any) -> str:
    """A value as one line; nothing of what is no text, number or date."""
    if isinstance(value, date):
        return value.isoformat()
    return one_line(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _list(fields: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    for key in keys:
        value = fields.get(key)
        if isinstance(value, str):
            value = value.split(",")
        named = [
            one.get("name") if isinstance(one, dict) else one for one in (value if isinstance(value, list) else [value])
        ]
        if found := tuple(dict.fromkeys(said for one in named if (said := _text(one).lstrip("#")))):
            return found
    return ()


def _is_draft(fields: dict[str, Any], path: str) -> bool:
    """Whether anything says that the text is not to be published; when in doubt, it is not."""
    if any(_is_yes(fields[key]) for key in DRAFT if key in fields) or DRAFTS in path.split("/"):
        return True
    if any(fields[key] is False or _text(fields[key]).lower() in ("false", "no") for key in PUBLIC if key in fields):
        return True
    return _text(fields.get("status")).lower() in HIDDEN


def _is_yes(value: Any) -> bool:
    return str(value if value is not None else "").strip().lower() not in NO
