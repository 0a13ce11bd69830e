"""A SOCKS5 proxy on this computer, by which every host is reached at one port of it.

Protocol: RFC 1928, RFC 1929.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

NO_LOGIN, LOGIN, NONE_WILL_DO = 0, 2, 255
IPV4, NAME, IPV6 = 1, 3, 4
GRANTED, NOT_ALLOWED = 0, 2


class SocksProxy:
    """`asked`: hosts to connect to, as it was told. `mood`: "", "refuses" or "babbles"."""

    def __init__(self, port: int, login: tuple[str, str] | None) -> None:
        """Connect to `port`, whatever is asked for, if need be only for who has the `login`."""
        self.asked: list[tuple[int, str]] = []
        self.mood = ""
        self.target = port
        self.login = login
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.proxy = self
        self._thread = threading.Thread(
            target=lambda: self._server.serve_forever(poll_interval=0.02), name="socks"
        )
        self._thread.start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.hang_up()
        self._thread.join()
        self._server.server_close()


@contextmanager
def socks_proxy(port: int, login: tuple[str, str] | None = None) -> Iterator[SocksProxy]:
    proxy = SocksProxy(port, login)
    try:
        yield proxy
    finally:
        proxy.close()


class _Server(ThreadingTCPServer):
    daemon_threads = False
    block_on_close = True
    proxy: SocksProxy

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.open: set[socket.socket] = set()

    def hang_up(self) -> None:
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_: Any) -> None:
        """Clients that go away in the middle are no news."""


class _Handler(StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        proxy = self.server.proxy
        if proxy.mood == "babbles":
            self.wfile.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return
        if not self._greeted(proxy.login) or (proxy.login and not self._let_in(proxy.login)):
            return
        kind, host = self._asked()
        proxy.asked.append((kind, host))
        refused = proxy.mood == "refuses"
        self.wfile.write(bytes([5, NOT_ALLOWED if refused else GRANTED, 0, IPV4]) + bytes(6))
        if not refused:
            self._join(proxy.target)

    def _greeted(self, login: tuple[str, str] | None) -> bool:
        version, count = self._bytes(2)
        assert version == 5
        method = LOGIN if login else NO_LOGIN
        known = method in self._bytes(count)
        self.wfile.write(bytes([5, method if known else NONE_WILL_DO]))
        return known

    def _let_in(self, login: tuple[str, str]) -> bool:
        self._bytes(1)
        given = tuple(self._bytes(self._bytes(1)[0]).decode() for _ in range(2))
        self.wfile.write(bytes([1, given != login]))
        return given == login

    def _asked(self) -> tuple[int, str]:
        _, _, _, kind = self._bytes(4)
        raw = self._bytes(self._bytes(1)[0] if kind == NAME else 4 if kind == IPV4 else 16)
        self._bytes(2)
        return kind, raw.decode() if kind == NAME else ".".join(map(str, raw))

    def _bytes(self, count: int) -> bytes:
        got = self.rfile.read(count)
        if len(got) < count:
            raise ConnectionError
        return got

    def _join(self, port: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as other:
            ends = {self.connection, other}
            self.server.open |= ends
            back = threading.Thread(target=_pass_on, args=(other, self.connection))
            back.start()
            _pass_on(self.connection, other)
            back.join()
            self.server.open -= ends


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65_536):
            target.sendall(piece)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
