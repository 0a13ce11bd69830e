"""The server: the hub's own address is 127.0.0.1, its CDN's the same port at `localhost`.

A file is asked of the hub, which sends to the CDN, as the real one does (X-Repo-Commit,
X-Linked-Size, X-Linked-Etag on the way). `Faults` say what goes wrong, and when no longer.
"""

from __future__ import annotations

import json
import re
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.hub.content import HubContent, HubRepository

TOKEN = "hf_reads_everything"
STRANGER = "hf_accepted_nothing"
LONG_S = 60.0  # of a stall: longer than any test waits


@dataclass
class Faults:
    """What goes wrong with the bodies of files, or of one `file`. `times`: how often, None for
    ever."""

    kind: str = ""
    times: int | None = None
    at: int = 0  # after so many bytes of an answer
    foreign: str = ""  # where redirects go instead of to the CDN
    status: int = 500
    file: str = ""

    def strike(self, kind: str, file: str = "") -> bool:
        """Whether it goes wrong now, with this file's body if it is about one."""
        if kind != self.kind or self.times == 0 or (self.file and file != self.file):
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass
class Seen:
    """A request as it came."""

    method: str
    host: str
    path: str
    query: dict[str, list[str]]
    authorization: str
    range: str
    headers: dict[str, str] = field(repr=False)


class LocalHub:
    """Repositories to serve, faults to serve them with, and what was asked."""

    def __init__(self, certificate: Path | None = None) -> None:
        """With a `certificate` (PEM with its key) the hub is reached by https."""
        self.scheme = "https" if certificate else "http"
        self.repositories: dict[str, HubRepository] = {}
        self.faults = Faults()
        self.seen: list[Seen] = []
        self.sent = 0  # bytes of files' bodies
        self.ending = threading.Event()
        self.went_wrong = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler, self)
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(
            target=lambda: self._server.serve_forever(poll_interval=0.02), name="local hub"
        )
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def endpoint(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    cdn = "localhost"

    def add(self, repository: HubRepository) -> HubRepository:
        self.repositories[repository.name] = repository
        return repository

    def hang_up(self) -> None:
        """End every connection there is, stalled ones too."""
        self._server.hang_up()

    def close(self) -> None:
        self.ending.set()
        self._server.shutdown()
        self._server.hang_up()
        self._thread.join()
        self._server.server_close()


@contextmanager
def local_hub(certificate: Path | None = None) -> Iterator[LocalHub]:
    """A hub for the time of a test."""
    hub = LocalHub(certificate)
    try:
        yield hub
    finally:
        hub.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, address: tuple[str, int], handler: type[_Handler], hub: LocalHub) -> None:
        super().__init__(address, handler)
        self.hub = hub
        self._open: set[Any] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End every connection, also one that a client keeps for the next request."""
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_: Any) -> None:
        """Clients that go away in the middle are what is tested here."""


_RESOLVE = re.compile(r"/([\w.-]+/[\w.-]+)/resolve/([^/]+)/(.+)")
_MODEL = re.compile(r"/api/models/([\w.-]+/[\w.-]+)(?:/revision/([^/]+))?")


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 30

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        hub = self.server.hub
        parts = urlsplit(self.path)
        path, query = unquote(parts.path), parse_qs(parts.query)
        host = self.headers.get("host", "").partition(":")[0]
        authorization = self.headers.get("authorization", "")
        asked_range = self.headers.get("range", "")
        hub.seen.append(
            Seen(
                self.command,
                host,
                path,
                query,
                authorization,
                asked_range,
                {name.lower(): value for name, value in self.headers.items()},
            )
        )
        if hub.faults.strike("slow headers"):
            self._drip()
        elif hub.faults.strike("status"):
            self._error(hub.faults.status)
        elif path.startswith("/cdn/"):
            name, _, file = path.removeprefix("/cdn/").partition("//")
            self._body(hub.repositories[name].files[file], file)
        elif path == "/api/models":
            self._search(query)
        elif path == "/api/whoami-v2":
            self._whoami(authorization)
        elif found := _MODEL.fullmatch(path):
            self._model(found[1], found[2])
        elif found := _RESOLVE.fullmatch(path):
            self._resolve(found[1], found[2], found[3], authorization)
        else:
            self._error(404)

    # -- the hub's own

    def _search(self, query: dict[str, list[str]]) -> None:
        if self.server.hub.faults.strike("endless answer"):
            self._endless()
            return
        wanted = query.get("search", [""])[0].lower()
        limit = int(query.get("limit", ["1000"])[0])
        found = [
            repository.summary()
            for repository in self.server.hub.repositories.values()
            if wanted in repository.name.lower()
        ]
        found.sort(key=lambda summary: -int(str(summary["downloads"])))
        self._json(found[:limit])

    def _whoami(self, authorization: str) -> None:
        if authorization not in (f"Bearer {TOKEN}", f"Bearer {STRANGER}"):
            self._error(401, message="Invalid credentials in Authorization header")
            return
        self._json({"type": "user", "name": "ottoline", "auth": {"type": "access_token"}})

    def _model(self, name: str, revision: str | None) -> None:
        repository = self.server.hub.repositories.get(name)
        if repository is None:
            self._error(401, "RepoNotFound", "Repository not found")
        elif revision not in (None, "main", repository.commit):
            self._error(404, "RevisionNotFound", "Invalid rev id")
        elif self.server.hub.faults.strike("nonsense"):
            self._json({"id": name, "sha": "main", "siblings": [{"rfilename": 7}]})
        else:
            self._json(repository.listing())

    def _resolve(self, name: str, commit: str, file: str, authorization: str) -> None:
        hub = self.server.hub
        repository = hub.repositories.get(name)
        if repository is None:
            self._error(401, "RepoNotFound", "Repository not found")
            return
        if repository.gated and authorization != f"Bearer {TOKEN}":
            message = f"Access to model {name} is restricted."
            self._error(403 if authorization else 401, "GatedRepo", message)
            return
        if commit != repository.commit:
            self._error(404, "RevisionNotFound", "Invalid rev id")
            return
        content = repository.files.get(file)
        if content is None:
            self._error(404, "EntryNotFound", "Entry not found")
        elif isinstance(content, str):
            self._text(content)
        else:
            where = hub.faults.foreign or f"{hub.scheme}://{hub.cdn}:{hub.port}"
            self.send_response(302)
            self.send_header("location", f"{where}/cdn/{name}//{file}?signature=secret")
            self.send_header("x-repo-commit", commit)
            self.send_header("x-linked-size", str(content.size))
            self.send_header("x-linked-etag", f'"{content.sha256}"')
            self.send_header("content-length", "0")
            self.end_headers()

    # -- bodies

    def _body(self, content: HubContent | str, file: str) -> None:
        assert isinstance(content, HubContent)
        hub = self.server.hub
        start = 0
        found = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("range", ""))
        if found and not hub.faults.strike("no ranges", file):
            start = int(found[1])
            end = min(int(found[2] or content.size), content.size - 1)
            if start >= content.size or hub.faults.strike("416", file):
                self.send_response(416)
                self.send_header("content-range", f"bytes */{content.size}")
                self.send_header("content-length", "0")
                self.end_headers()
                return
            self.send_response(206)
            self.send_header("content-range", f"bytes {start}-{end}/{content.size}")
            left = end + 1 - start
        else:
            self.send_response(200)
            left = content.size
        self.send_header("accept-ranges", "bytes")
        self.send_header("etag", f'"{content.sha256}"')
        endless = hub.faults.strike("endless body", file)
        if endless:
            self.close_connection = True
        else:
            self.send_header("content-length", str(left))
        self.end_headers()
        if self.command != "HEAD":
            self._send(content, file, start, left, endless=endless)

    def _send(
        self, content: HubContent, file: str, start: int, left: int, *, endless: bool
    ) -> None:
        faults = self.server.hub.faults
        sent = 0
        for block in content.blocks(start):
            piece = bytearray(block[: left - sent])
            if not piece:
                break
            if faults.kind in ("short", "stall", "reset") and sent + len(piece) > faults.at:
                kind = faults.kind
                if faults.strike(kind, file):
                    self._write(piece[: max(0, faults.at - sent)])
                    self._break_off(kind)
                    return
            if (
                faults.kind == "flip"
                and sent <= faults.at < sent + len(piece)
                and faults.strike("flip", file)
            ):
                piece[faults.at - sent] ^= 1
            self._write(piece)
            sent += len(piece)
        while endless and not self.server.hub.ending.is_set():
            self._write(bytes(65_536))

    def _write(self, piece: bytes | bytearray) -> None:
        self.wfile.write(piece)
        self.server.hub.sent += len(piece)

    def _break_off(self, kind: str) -> None:
        hub = self.server.hub
        self.wfile.flush()
        hub.went_wrong.set()
        self.close_connection = True
        if kind == "stall":
            hub.ending.wait(LONG_S)
        elif kind == "reset":
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()

    def _drip(self) -> None:
        """Headers that come one by one and never end."""
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        number = 0
        with suppress(OSError):
            while not self.server.hub.ending.wait(0.05):
                number += 1
                self.wfile.write(f"x-{number}: y\r\n".encode())

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.close_connection = True
        self.wfile.write(b"[")
        with suppress(OSError):
            while not self.server.hub.ending.is_set():
                self.wfile.write(b'{"id": "a/b"},' * 4096)

    def _json(self, value: object) -> None:
        self._text(json.dumps(value), "application/json")

    def _text(self, text: str, kind: str = "text/plain; charset=utf-8") -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _error(self, status: int, code: str = "", message: str = "") -> None:
        body = json.dumps({"error": message}).encode()
        self.send_response(status)
        if code:
            self.send_header("x-error-code", code)
        if message:
            self.send_header("x-error-message", message)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
