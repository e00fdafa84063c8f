"""Invented articles for files that hold many, and the files."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from conftest import prose

Fields = dict[str, Any]


def fields(number: int, **others: Any) -> Fields:
    """Invent an article that states an id."""
    return {
        "id": number,
        "title": f"Number {number} of the winter timetable",
        "date": f"2025-05-{number % 28 + 1:02}T10:00:00Z",
        "author": "Ada March",
        "text": prose(f"piled {number}"),
        **others,
    }


def as_lines(articles: Iterable[Fields]) -> bytes:
    """Write JSON Lines."""
    return b"".join(json.dumps(article).encode() + b"\n" for article in articles)


def as_array(articles: Iterable[Fields]) -> bytes:
    """Write a JSON array."""
    return json.dumps(list(articles), indent=1).encode()


def as_table(articles: Sequence[Fields]) -> bytes:
    """Write CSV."""
    text = io.StringIO()
    table = csv.DictWriter(text, list(dict.fromkeys(key for article in articles for key in article)))
    table.writeheader()
    table.writerows(articles)
    return text.getvalue().encode()


def zipped(data: bytes) -> bytes:
    """Pack with gzip."""
    return gzip.compress(data, mtime=0)


def zstd(data: bytes) -> bytes:
    """Pack with zstandard."""
    import zstandard

    return zstandard.ZstdCompressor().compress(data)


def as_rss(articles: Iterable[Fields], *, title: str = "Fen Sentinel") -> bytes:
    """Write an RSS feed."""
    items = "".join(
        f"<item><title>{one['title']}</title><link>https://fen.example/{one['id']}</link>"
        f"<guid isPermaLink='false'>tag:fen.example,2025:{one['id']}</guid>"
        f"<pubDate>Mon, 05 May 2025 10:{one['id'] % 60:02}:00 +0000</pubDate>"
        f"<description>&lt;p&gt;{one['text']}&lt;/p&gt;</description></item>"
        for one in articles
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{title}</title><link>https://fen.example/</link><description>News</description>"
        f'<atom:link rel="self" href="https://fen.example/feed.rss"/>{items}</channel></rss>'
    ).encode()


def as_page(article: Fields) -> bytes:
    """Write a page as a server sends it."""
    paragraphs = "".join(f"<p>{part}</p>" for part in str(article["text"]).split("\n\n"))
    return (
        f"<html><head><title>{article['title']}</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{article['title']}</h1><p>By {article['author']}</p>{paragraphs}</article></body></html>"
    ).encode()


def as_warc(records: Iterable[tuple[str, str, str, bytes]], *, is_zipped: bool = False) -> bytes:
    """Write an archive of (address, status, content type, body), all taken on 2 May 2025; each record a member."""
    parts = [warc_record("warcinfo", "", "application/warc-fields", b"software: a test\r\n")]
    for address, status, media, body in records:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n\r\n".encode() + body
        parts.append(warc_record("response", address, "application/http; msgtype=response", answer))
    return b"".join(map(zipped, parts) if is_zipped else parts)


def warc_record(kind: str, address: str, media: str, block: bytes, *, length: int | None = None) -> bytes:
    """Write one record; `length` may lie."""
    target = f"WARC-Target-URI: {address}\r\n" if address else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, kind + address)}>\r\n"
        f"{target}WARC-Date: 2025-05-02T10:00:00Z\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"
