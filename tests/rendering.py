"""For the tests of the renderers: a channel and an entry of which everything is known."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from feedpub.model import Channel, Entry, Metadata

CHANNEL = Channel(
    name="",
    id="urn:uuid:3c1f0f6e-55a5-5b0c-9a57-5d0d6e0f7a01",
    title="Morning Wire",
    description="World and local news",
    link="https://example.org/news/",
    base="https://example.org/feeds/",
    home="https://example.org/",
    language="en",
    author="The Desk",
    site_id="1c5f",
)
ENTRY = Entry(
    guid="urn:uuid:035c4ea0-d73b-5bde-bd6f-c806b04f2ec3",
    permalink="https://example.org/2025/talks",
    published=datetime(2025, 4, 28, 14, 0, 5, tzinfo=UTC),
    updated=datetime(2025, 5, 3, 9, 7, 0, tzinfo=UTC),
    fingerprint="f1",
    digest="d1",
    body_digest="b1",
    metadata=Metadata(title="Talks on tariffs", summary="They were calm.", authors=("david.c",)),
)


def stating(entry: Entry, **fields: object) -> Entry:
    """Give an entry of which this is known instead."""
    return replace(entry, metadata=replace(entry.metadata, **fields))
