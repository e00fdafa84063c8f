"""Articles of files that hold many: objects of JSON, rows of tables, entries of feeds, pages of web archives.

Takes a Document, gives a Draft: what its fields state, and its text or its page as it would be read in a file of its
own. Never raises for what is wrong with the bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from feedpub.formats import text
from feedpub.formats._fields import Fields, is_sign, name_of, plain
from feedpub.model import Block, Clue, Document, Draft, Origin, Stated, Trust
from feedpub.normalise import absolute_url, one_line

RESERVED = "_feedpub"  # the field in which what is known of an article comes beside what it states
DATES = ("published", "updated", "expires")
LISTS = ("authors", "categories", "tags")
TEXTS = ("title", "language")
_JSON = msgspec.json.Decoder()
NEAR_TOP = 40  # lines in which a text may print its title
_PAGE = re.compile(
    r"(?:\s++|<\?xml[^>]{0,300}>|<!--(?>.*?-->))*+<(?:!doctype|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_MARKUP = re.compile(
    r"</?(?:p|div|br|h[1-6]|ul|ol|li|blockquote|figure|img|a|em|strong|b|i|table|section|article|span|pre)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def identify(names: tuple[tuple[str, str], ...], said: Mapping[str, Any]) -> str | None:
    """What an article is called among others in its file; None when it is none."""
    return name_of(said, names, _reserved(said))


def read(document: Document) -> Draft:
    """What the fields state, and the text."""
    stated, below, page = document.data.partition(b"\n")
    said = _decoded(stated)
    fields, reserved = Fields(said, document.names), _reserved(said)
    address = absolute_url(document.stated.url or fields.text("url")) or ""
    clues = tuple(_clues(fields, reserved))
    inner = replace(document, piled=False, stated=Stated(url=address or str(reserved.get("address") or "") or None))
    media = str(reserved.get("media"))
    draft = _of_page(replace(inner, data=page), media) if below else _of_fields(inner, fields)
    captured = fields.moment("captured") or str(reserved.get("captured") or "")
    kept = tuple(clue for clue in draft.clues if not (clue.field == "canonical" and address))
    return replace(draft, clues=(*clues, *kept), captured=captured)


def _decoded(data: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = _JSON.decode(data)
    except (msgspec.DecodeError, RecursionError):
        found = json.loads(data.decode("utf-8", "replace"))  # as leniently as it was found
    return found


def _reserved(said: Mapping[str, Any]) -> Mapping[str, Any]:
    found = said.get(RESERVED)
    return found if isinstance(found, dict) else {}


# ── what is stated ─────────────────────────────────────────────────────────────────────────────────


def _clues(fields: Fields, reserved: Mapping[str, Any]) -> Iterator[Clue]:
    guid = fields.text("id")
    stated: dict[str, Any] = {
        "id": guid if is_sign(guid) else "",
        "canonical": absolute_url(fields.text("url")),
        **{field: fields.text(field) for field in TEXTS},
        **{field: fields.list(field) for field in LISTS},
        **{field: fields.moment(field) for field in DATES},
        "summary": plain(fields.text("summary")),
        "image": absolute_url(fields.text("image")),
        "draft": fields.is_draft(),
        "source": _origin(reserved.get("source")),
    }
    for field, value in stated.items():
        if value:
            yield Clue(field, value, f"field-{field}", Trust.STATED)


def _origin(said: Any) -> Origin | None:
    """The feed that an entry comes from."""
    fields = Fields(said if isinstance(said, dict) else {})
    title = plain(fields.text("title"))
    if not title:
        return None
    addresses = {name: absolute_url(fields.named(name)) or "" for name in ("feed", "link")}
    return Origin(title, fields.named("id"), **addresses, authors=fields.list("authors"), rights=fields.named("rights"))


# ── what is told ───────────────────────────────────────────────────────────────────────────────────


def _of_page(document: Document, media: str) -> Draft:
    """A page as it was fetched."""
    if media != "text/plain":
        from feedpub.formats import html

        return html.read(document)
    draft = text.read(document)
    if address := document.stated.url:
        return replace(draft, clues=(Clue("canonical", address, "address", Trust.MARKED),))
    return draft


def _of_fields(document: Document, fields: Fields) -> Draft:
    """The text or the page that stands in a field."""
    markup, printed = fields.prose("html"), fields.prose("text")
    if not markup and _MARKUP.search(printed) and not fields.named("contenttext"):
        markup = printed
    if not (markup or printed):
        summary = fields.prose("summary")
        markup, printed = (summary, "") if _MARKUP.search(summary) else ("", summary or fields.text("title"))
    if markup and _PAGE.match(markup):
        from feedpub.formats import html

        return html.read(replace(document, data=markup.encode("utf-8", "replace")))
    if markup:
        from feedpub.formats import html

        return html.fragment(document, markup)
    return _titled(text.read(replace(document, data=printed.encode("utf-8", "replace"))), fields.text("title"))


def _titled(draft: Draft, title: str) -> Draft:
    """A text with its title above it, as a page prints it: so the story is found as on a page."""
    if not title:
        return draft
    if title in {one_line(block.text) for block in draft.blocks[:NEAR_TOP]}:
        return replace(draft, format="titled")
    return replace(draft, format="titled", blocks=(Block(title, 0, gap=True), *draft.blocks))
