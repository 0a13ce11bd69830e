"""The one way out: every request of this process passes through `Egress`, whoever makes it.

Here, and nowhere else, a host is checked against the allow-list (each hop of a redirect anew,
before it is followed), the token is kept from all hosts but the hub, the proxy of the environment
is taken, and the parent is told of the request before it leaves. A certificate is checked against
the system's store (a company's own authority included) or the one that SSL_CERT_FILE names.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.request import getproxies, proxy_bypass

import httpx2

from desktop.domain.errors import HostNotAllowed, HubUnreachable
from desktop.workers import protocol
from desktop.workers.host import JobContext

NOT_ALLOWED = "not an allowed host"
NOT_ENCRYPTED = "not encrypted"
LARGEST_REDIRECT = 1_000_000  # bytes
LONGEST = 2_000  # characters, as the protocol bounds them

_BROKEN = "the connection broke off"
_REASONS: tuple[tuple[type[httpx2.HTTPError], str], ...] = (
    (httpx2.ConnectTimeout, "no connection came about in time"),
    (httpx2.PoolTimeout, "no connection came about in time"),
    (httpx2.TimeoutException, "it stopped answering"),
    (httpx2.ProxyError, "the proxy refused"),
    (httpx2.ConnectError, "no connection came about"),
)

# Of no use to a hub, and able to tell one day's requests from another's.
_DROPPED = ("cookie", "x-amzn-trace-id", "referer")


@dataclass(frozen=True, slots=True)
class Errand:
    """For whom and for what requests are made: the ledger's words, and who may be asked.

    `most` bounds the answer in bytes; None for a file, which bounds itself.
    """

    job: JobContext
    via: protocol.HubAccess
    purpose: str
    most: int | None


class Egress(httpx2.BaseTransport):
    """A transport that makes requests only inside `on`. Not thread-safe, as nothing here is."""

    def __init__(self, *, connect_s: float, read_s: float) -> None:
        timeout = httpx2.Timeout(connect=connect_s, read=read_s, write=read_s, pool=connect_s)
        self._timeout = timeout.as_dict()
        self._ways: dict[str, httpx2.HTTPTransport] = {}  # by proxy, "" for none
        self._errand: Errand | None = None
        self._numbers = itertools.count(1)

    @contextmanager
    def on(self, errand: Errand) -> Iterator[None]:
        """Requests made inside are this errand's; their answers may be read later."""
        self._errand = errand
        try:
            yield
        finally:
            self._errand = None

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request, if it may be sent. Raises HostNotAllowed, HubUnreachable."""
        errand = self._errand
        if errand is None:
            raise RuntimeError("a request that no job asked for")
        endpoint = httpx2.URL(errand.via.endpoint)
        refused = refusal(request.url, endpoint, errand.via.hosts)
        number = next(self._numbers)
        host = request.url.host[:LONGEST]
        path = request.url.path[:LONGEST]
        errand.job.testify(
            protocol.Requested(number, request.method[:10], host, path, errand.purpose, refused),
            wait=True,
        )
        if refused:
            raise HostNotAllowed(host=host)
        for name in _DROPPED:
            request.headers.pop(name, None)
        if origin(request.url) != origin(endpoint):
            request.headers.pop("authorization", None)
        request.headers["accept-encoding"] = "identity"  # what is small must not become large
        request.extensions = {**request.extensions, "timeout": self._timeout}
        try:
            response = self._way(request.url).handle_request(request)
        except httpx2.HTTPError as error:
            reason = reason_of(error)
            errand.job.testify(protocol.Answered(number, 0, 0, reason), wait=False)
            raise HubUnreachable(host=host, reason=reason) from error
        except HubUnreachable as error:
            errand.job.testify(protocol.Answered(number, 0, 0, reason_of(error)), wait=False)
            raise
        stream = _Watched(response, errand, number, host)
        return httpx2.Response(
            response.status_code,
            headers=response.headers,
            stream=stream,
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Let go of every connection; a later request makes new ones."""
        for way in self._ways.values():
            way.close()
        self._ways.clear()

    def _way(self, url: httpx2.URL) -> httpx2.HTTPTransport:
        proxies = getproxies()  # of the environment or, on Windows and macOS, of the system
        proxy = proxies.get(url.scheme) or proxies.get("all") or ""
        if proxy and proxy_bypass(url.host):
            proxy = ""
        if proxy not in self._ways:
            try:
                self._ways[proxy] = _way_by(proxy)
            except (ImportError, ValueError, httpx2.InvalidURL) as error:
                raise HubUnreachable(
                    host=url.host, reason="the proxy that is set is of a kind that is not supported"
                ) from error
        return self._ways[proxy]


class _SocksWay(httpx2.HTTPTransport):
    """By a SOCKS proxy, which is told the name of the host and looks up its address itself."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        from socksio import SOCKSError

        try:
            return super().handle_request(request)
        except (SOCKSError, AssertionError) as error:  # the library asserts what a proxy answers
            raise httpx2.ProxyError("no answer of a SOCKS proxy", request=request) from error


def _way_by(proxy: str) -> httpx2.HTTPTransport:
    """The way by `proxy`, as the environment names it; "" for none.

    Raises ImportError, ValueError, httpx2.InvalidURL for what is no proxy that can be used.
    """
    if not proxy:
        return httpx2.HTTPTransport()
    scheme, _, rest = proxy.rpartition("://")
    scheme = scheme.lower() or "http"
    if scheme == "socks":  # as GNOME writes it; what speaks version 4 alone has died out
        scheme = "socks5"
    way = _SocksWay if scheme.startswith("socks") else httpx2.HTTPTransport
    return way(proxy=f"{scheme}://{rest}")


class _Watched(httpx2.SyncByteStream):
    """An answer's body: counted, bounded, and told of when it ends."""

    def __init__(self, response: httpx2.Response, errand: Errand, number: int, host: str) -> None:
        self._response = response
        self._errand = errand
        self._number = number
        self._host = host
        self._received = 0
        self._outcome = ""
        self._told = False

    def __iter__(self) -> Iterator[bytes]:
        redirects = self._response.status_code // 100 == 3  # read to its end before it is followed
        most = LARGEST_REDIRECT if redirects else self._errand.most
        stream = self._response.stream
        if not isinstance(stream, httpx2.SyncByteStream):
            raise TypeError("a stream for another kind of client")
        try:
            for piece in stream:
                self._received += len(piece)
                if most is not None and self._received > most:
                    raise HubUnreachable(host=self._host, reason="its answer has no end")
                yield piece
        except httpx2.HTTPError as error:
            self._outcome = reason_of(error)
            raise

    def close(self) -> None:
        self._response.close()
        if not self._told:
            self._told = True
            status = self._response.status_code
            self._errand.job.testify(
                protocol.Answered(self._number, status, self._received, self._outcome), wait=False
            )


def origin(url: httpx2.URL) -> tuple[str, str, int]:
    """What the token is bound to: scheme, host and port."""
    return url.scheme, url.host.lower(), url.port or {"http": 80}.get(url.scheme, 443)


def refusal(url: httpx2.URL, endpoint: httpx2.URL, hosts: list[str]) -> str:
    """Why `url` may not be asked, or "". A host that begins with a dot stands for all below it.

    Only a hub that is itself reached without encryption (a mirror in the house) may send there.
    """
    if url.scheme not in {"https", endpoint.scheme}:
        return NOT_ENCRYPTED
    host = url.host.lower().rstrip(".")
    allowed = [endpoint.host.lower(), *(name.lower() for name in hosts)]
    if any(host == name or (name.startswith(".") and host.endswith(name)) for name in allowed):
        return ""
    return NOT_ALLOWED


def reason_of(error: Exception) -> str:
    """What went wrong on the way, in a few words."""
    if isinstance(error, HubUnreachable):
        return str(error.facts.get("reason", ""))[:LONGEST]
    if isinstance(error, httpx2.ConnectError) and "certificate" in str(error).lower():
        return "its certificate is not one that this computer trusts"
    return next((words for kind, words in _REASONS if isinstance(error, kind)), _BROKEN)
