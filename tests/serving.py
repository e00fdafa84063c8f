"""For the tests of readers and browsers: a host that serves a folder as others do, and notes what it was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate, parsedate_to_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from feedpub.renderers import RENDERERS

MEDIA_TYPES = {
    **{Path(renderer.file).suffix: renderer.media_type for renderer in RENDERERS.values()},
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
}


class Answer(NamedTuple):
    """What was asked for, and the status that was answered."""

    path: str
    status: int


class Host:
    """Where a folder is served, and all that was answered."""

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        self.url = url
        self.headers = headers
        self.media_types = MEDIA_TYPES
        self.answers: list[Answer] = []

    def statuses(self) -> list[int]:
        """Give the statuses that were answered since this was last asked."""
        given, self.answers = self.answers, []
        return [answer.status for answer in given]


@contextmanager
def served(folder: Path, headers: Mapping[str, str] = MappingProxyType({})) -> Iterator[Host]:
    """Serve a folder on this machine, to this machine; with other headers too."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        host = Host(f"http://127.0.0.1:{server.server_port}/", headers)
        server.RequestHandlerClass = partial(_Static, folder, host)  # type: ignore[assignment]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield host
        finally:
            server.shutdown()
            thread.join()


class _Static(BaseHTTPRequestHandler):
    """Answers with files, their ETag and Last-Modified, and with 304 when the asker has them already."""

    def __init__(self, folder: Path, host: Host, *arguments: object) -> None:
        self._folder = folder
        self._host = host
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        file = self._folder / unquote(urlsplit(self.path).path).lstrip("/")
        if self.path.endswith("/"):
            file /= "index.html"
        if ".." in file.parts or not file.is_file():
            self._answer(404)
            return
        data, changed = file.read_bytes(), file.stat().st_mtime
        marks = {"ETag": f'"{int(changed):x}-{len(data):x}"', "Last-Modified": formatdate(changed, usegmt=True)}
        if self._is_known(marks["ETag"], int(changed)):
            self._answer(304, **marks)
            return
        media_type = self._host.media_types.get(file.suffix, "application/octet-stream")
        charset = "" if media_type.endswith("json") else "; charset=utf-8"
        self._answer(200, data, **marks, **{"Content-Type": media_type + charset})

    def _is_known(self, tag: str, changed: int) -> bool:
        """Whether the asker has these bytes: a tag decides over a date (RFC 9110, 13.2.2)."""
        if tags := self.headers["If-None-Match"]:
            return tag in tags
        since = self.headers["If-Modified-Since"]
        return bool(since) and changed <= parsedate_to_datetime(since).timestamp()

    def _answer(self, status: int, data: bytes = b"", **headers: str) -> None:
        self._host.answers.append(Answer(self.path, status))
        self.send_response(status)
        for name, value in {**self._host.headers, **headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
