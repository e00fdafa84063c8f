"""What is named on the web is fetched, and no server can hold a command for ever."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from feedpub import fetch
from feedpub.errors import ConfigError

WHOLE_HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"


@contextmanager
def _dripping(head: bytes) -> Iterator[str]:
    """Serve a beginning, and then a byte at a time without end."""
    end = Event()

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(head)
            while not end.wait(0.02):
                connection.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=drip)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/feed.rss"
        finally:
            end.set()
            thread.join()


@pytest.mark.parametrize("head", [WHOLE_HEAD, b"HTTP/1.1 200 OK\r\nX-Long: "], ids=["of the document", "of the head"])
def test_a_server_that_sends_a_byte_now_and_then_is_given_up(head: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "WHOLE", 0.5)
    with _dripping(head) as url, pytest.raises(ConfigError, match=r"not there after 0\.5 seconds"):
        list(fetch.documents(url))


def test_a_server_that_is_not_there_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    with pytest.raises(ConfigError, match="Connection refused"):
        list(fetch.documents(url))
