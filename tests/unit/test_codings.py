"""Pages of web archives as servers pack them."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli
import pytest

from conftest import Project
from feedpub.sources.codings import unpacked
from piles import as_page, as_warc, fields, warc_record, zipped, zstd

PAGE = as_page(fields(1))
MOST = 1_000_000


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": zipped,
    "X-GZip": zipped,
    "deflate": zlib.compress,
    "Deflate": bare,
    "br": brotli.compress,
    "zstd": zstd,
    "gzip, br": lambda data: brotli.compress(zipped(data)),
    "identity": bytes,
    "": bytes,
}


@pytest.mark.parametrize("said", PACKERS)
def test_a_page_is_unpacked_as_the_server_says(said: str) -> None:
    assert unpacked(PACKERS[said](PAGE), said, MOST) == PAGE


@pytest.mark.parametrize("said", PACKERS)
def test_a_page_that_was_unpacked_before_is_left_as_it_is(said: str) -> None:
    assert unpacked(PAGE, said, MOST) == PAGE


@pytest.mark.parametrize("said", ["gzip", "deflate", "br", "zstd"])
def test_no_more_is_unpacked_than_is_asked_for(said: str) -> None:
    bomb = PACKERS[said](b"\n" * 50_000_000)
    assert len(bomb) < 100_000
    assert len(unpacked(bomb, said, 1_000)) == 1_000


@pytest.mark.parametrize("said", ["gzip", "deflate", "br", "zstd"])
def test_damage_is_told(said: str) -> None:
    packed = PACKERS[said](PAGE)
    with pytest.raises(ValueError, match="damaged"):
        unpacked(packed[:12] + bytes(byte ^ 0x5A for byte in packed[12:]), said, MOST)


def test_what_is_not_known_is_named() -> None:
    with pytest.raises(ValueError, match="packed as `compress`; expected gzip, deflate, br, zstd"):
        unpacked(PAGE, "compress", MOST)
    with pytest.raises(ValueError, match="5 times over"):
        unpacked(PAGE, "gzip,gzip,gzip,gzip,gzip", MOST)


def record(address: str, head: str, body: bytes, kind: str = "response") -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n\r\n".encode() + body
    return warc_record(kind, address, "application/http; msgtype=response", answer)


def chunked(data: bytes) -> bytes:
    return b"".join(
        b"%x\r\n%s\r\n" % (len(data[at : at + 300]), data[at : at + 300]) for at in range(0, len(data), 300)
    ) + (b"0\r\n\r\n")


def test_pages_of_an_archive_are_unpacked_and_damage_costs_one(project: Project) -> None:
    pages = [as_page(fields(number)) for number in range(6)]
    broken = zipped(pages[4])
    archive = [
        record("https://fen.example/0", "Content-Encoding: br", brotli.compress(pages[0])),
        record("https://fen.example/1", "Content-Encoding: zstd", zstd(pages[1])),
        record(
            "https://fen.example/2",
            "Transfer-Encoding: Chunked\r\nContent-Encoding: br",
            chunked(brotli.compress(pages[2])),
        ),
        record("https://fen.example/3", "Transfer-Encoding: chunked", chunked(pages[3])),
        record("https://fen.example/4", "Content-Encoding: gzip", broken[:20] + b"\xff" * 50 + broken[70:]),
        record("https://fen.example/4", "", pages[4], "revisit"),
        warc_record("request", "https://fen.example/4", "application/http", b"GET / HTTP/1.1\r\n\r\n"),
        warc_record("metadata", "https://fen.example/4", "text/html", pages[4]),
        as_warc([("https://fen.example/5", "200 OK", "text/html", pages[5])]),
    ]
    (project.seeds / "a.warc").write_bytes(b"".join(archive))
    outcome = project.build()
    assert {item["url"][-1] for item in project.items()} == set("01235")
    (problem,) = [problem for problem in outcome.problems if problem.code != "no-date"]
    assert (problem.code, problem.message.partition(": ")[0]) == ("bad-article", "https://fen.example/4")
    assert problem.where.endswith("a.warc, page 5")


def test_without_its_package_a_page_says_what_to_install(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "brotli", None)
    packed = record("https://fen.example/1", "Content-Encoding: br", brotli.compress(PAGE))
    (project.seeds / "a.warc").write_bytes(packed + as_warc([("https://fen.example/2", "200 OK", "text/html", PAGE)]))
    outcome = project.build()
    assert 'pip install "feedpub[warc]"' in next(p.message for p in outcome.problems if p.code == "bad-article")
    assert len(project.items()) == 1
