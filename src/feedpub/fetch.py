"""Get a document that the user names: a file, or an address on the web. The only module that asks the network.

Nothing is fetched but what was named, and no more of it than a feed may have.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future
from threading import Thread

from feedpub import __version__
from feedpub.errors import ConfigError

MOST = 33_000_000  # bytes; a little more than a feed may have, so that one that is too large is seen to be
TIMEOUT = 30  # seconds without a byte
WHOLE = 300  # seconds for a document, from looking up its host to its last byte
FEEDS = (".atom", ".rss", ".xml", ".json", ".opml", ".rdf")


def documents(target: str) -> Iterator[tuple[str, bytes]]:
    """Give the documents that a target names, each with its name: a file, a URL, or all feeds below a folder.

    Raises `ConfigError` when there is nothing to be had.
    """
    if target.startswith(("http://", "https://")):
        yield target, _from_web(target)
    elif os.path.isdir(target):
        for folder, folders, files in os.walk(target):
            folders.sort()
            yield from ((path, _from_disk(path)) for path in _feeds(folder, files))
    else:
        yield target, _from_disk(target)


def _feeds(folder: str, files: list[str]) -> Iterator[str]:
    paths = (os.path.join(folder, file) for file in sorted(files) if file.endswith(FEEDS))
    return (path for path in paths if os.path.isfile(path))  # a pipe or a link to nothing is no feed


def _from_disk(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(MOST)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}", "name a feed, a folder of feeds, or a URL") from None


def _from_web(url: str) -> bytes:
    """Ask for a document, in a thread that nobody waits for longer: a server may drip for ever, at any stage."""
    document: Future[bytes] = Future()
    Thread(target=_answer, args=(url, document), daemon=True).start()
    try:
        return document.result(WHOLE)
    except TimeoutError:
        raise ConfigError(f"{url}: not there after {WHOLE} seconds", "save it as a file, and name that") from None


def _answer(url: str, document: Future[bytes]) -> None:
    try:
        document.set_result(_asked(url))
    except Exception as error:  # noqa: BLE001 - raised again where the document is waited for
        document.set_exception(error)


def _asked(url: str) -> bytes:
    from http.client import HTTPException
    from urllib.request import Request, urlopen

    try:
        request = Request(url, headers={"User-Agent": f"feedpub/{__version__}"})  # noqa: S310 - documents() lets http(s) in only
        with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 - as above
            return bytes(answer.read(MOST))
    except (OSError, HTTPException, ValueError) as error:
        why = getattr(error, "reason", None) or error  # of what urllib wraps, what the system says
        raise ConfigError(f"{url}: {getattr(why, 'strerror', None) or why}", "does it open in a browser?") from None
