"""The hub as the services know it, over the child process. The parent's side.

Every request is in the ledger before it leaves, and how it ended when that is known. Trusts nothing
the child says beyond its type: what it fetched is hashed again before a model is loaded.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from desktop import __version__
from desktop.domain.errors import HubUnreachable, WorkerCrashed, WorkerStalled
from desktop.domain.hub import HubAccess, HubFile, Listing, Repository, Request
from desktop.domain.jobs import Cancellation, Progress
from desktop.workers import protocol
from desktop.workers.client import WorkerClient
from desktop.workers.downloader.config import Config, limits_for
from desktop.workers.lockdown import Limits

Body = TypeVar("Body", bound=msgspec.Struct)

SEARCH_LIMIT = 1_000  # repositories of one search, as the protocol bounds them
CUT_SHORT = "cut short"  # of a request whose end the child did not live to tell
# The child itself gives up on a silent connection; this ends what keeps it busy without an end.
STALL_S = 60.0


class Ledger(Protocol):
    """Where requests are written down; see `services.ports.Store`."""

    def begin_request(self, request: Request) -> int: ...
    def end_request(self, request_id: int, *, status: int, received: int, outcome: str) -> None: ...


def downloader_client(
    folder: Path, ledger: Ledger, config: Config | None = None, limits: Limits | None = None
) -> WorkerClient:
    """The child that `HubAdapter` needs, not yet started; `ledger` takes all its requests.

    `folder` takes the downloads. It is made if it is not there, and is the one place the child may
    write.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    packed = msgspec.msgpack.encode(config or Config(__version__))
    return WorkerClient(
        "downloader", packed, limits=limits or limits_for(folder), witness=_Clerk(ledger)
    )


class HubAdapter:
    """`services.ports.Hub` over a `WorkerClient("downloader", ...)`. Thread-safe."""

    def __init__(self, client: WorkerClient, *, stall_s: float = STALL_S) -> None:
        self._client = client
        self._stall_s = stall_s

    def search(
        self, access: HubAccess, text: str, *, limit: int, cancel: Cancellation
    ) -> list[Repository]:
        """Repositories with GGUF files whose names hold `text`, the most fetched first.

        Raises a NetworkError, WorkerError, Cancelled, as every method here.
        """
        request = protocol.SearchHub(_via(access), text[:1_000], min(limit, SEARCH_LIMIT))
        body = self._asked(access, request, protocol.HubRepositories, cancel)
        return [_repository(entry) for entry in body.repositories]

    def listing(self, access: HubAccess, repository: str, *, cancel: Cancellation) -> Listing:
        """All files of a repository, at the commit that is its newest now."""
        request = protocol.ListRepository(_via(access), repository)
        body = self._asked(access, request, protocol.HubListing, cancel)
        files = tuple(HubFile(file.path, file.size, file.sha256, file.blob) for file in body.files)
        return Listing(_repository(body.repository, body.commit), files)

    def head(
        self,
        access: HubAccess,
        repository: Repository,
        file: HubFile,
        *,
        start: int,
        length: int,
        cancel: Cancellation,
    ) -> bytes:
        """`length` bytes of a file from `start` on, or as many as there are."""
        request = protocol.ReadHead(
            _via(access),
            repository.name,
            repository.commit,
            file.path,
            start,
            min(length, protocol.MAX_HEAD),
        )
        return self._asked(access, request, protocol.HeadBytes, cancel).content

    def text(
        self,
        access: HubAccess,
        repository: str,
        commit: str,
        file: str,
        *,
        purpose: str = "licence",
        cancel: Cancellation,
    ) -> str:
        """A small text file of a repository; a very long one is cut. The ledger has `purpose`."""
        request = protocol.FetchText(_via(access), repository, commit, file, purpose)
        return self._asked(access, request, protocol.HubText, cancel, background=True).text

    def token_owner(self, access: HubAccess, *, cancel: Cancellation) -> str:
        """Whose token it is. Raises TokenRefused."""
        request = protocol.CheckToken(_via(access))
        return self._asked(access, request, protocol.TokenOwner, cancel).name

    def fetch(
        self,
        access: HubAccess,
        repository: str,
        commit: str,
        file: HubFile,
        target: Path,
        *,
        cancel: Cancellation,
    ) -> Generator[Progress, None, None]:
        """Fetch a file to `target`, in the folder of downloads; progress is in bytes.

        What an earlier run left beside it in a `.part` is gone on with. The target is there only
        if its hash is the file's. Raises DownloadCorrupt, DiskFull, too.
        """
        request = protocol.FetchFile(
            _via(access),
            repository,
            commit,
            file.path,
            file.size,
            file.sha256,
            str(target),
            file.blob,
        )
        body = yield from self._followed(access, request, cancel, background=True)
        if not isinstance(body, protocol.FileFetched):
            raise _unexpected(body)

    def _asked(
        self,
        access: HubAccess,
        request: protocol.Request,
        kind: type[Body],
        cancel: Cancellation,
        *,
        background: bool = False,
    ) -> Body:
        steps = self._followed(access, request, cancel, background=background)
        while True:
            try:
                next(steps)
            except StopIteration as finished:
                body = finished.value
                if not isinstance(body, kind):
                    raise _unexpected(body) from None
                return body

    def _followed(
        self,
        access: HubAccess,
        request: protocol.Request,
        cancel: Cancellation,
        *,
        background: bool,
    ) -> Generator[Progress, None, protocol.Body]:
        """The child's job: its progress comes out, its result is returned."""
        steps = self._client.follow(
            request, cancel=cancel, background=background, stall_s=self._stall_s
        )
        try:
            while True:
                try:
                    said = next(steps)
                except StopIteration as finished:
                    body: protocol.Body = finished.value
                    return body
                if not isinstance(said, Progress):
                    raise _unexpected(said)
                yield said
        except WorkerStalled as stall:
            reason = f"it gave no answer within {stall.facts.get('seconds')} seconds"
            raise HubUnreachable(host=_host(access), reason=reason) from stall
        finally:
            steps.close()


class _Clerk:
    """The child's witness: writes every request down before it leaves, and how it ended."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._under_way: dict[int, dict[int, int]] = {}  # by job: the child's number -> ours

    def heard(self, job: int, body: protocol.Body) -> bool:
        """See `child.Witness`. Raises what keeps the ledger from being written."""
        match body:
            case protocol.Requested():
                ours = self._ledger.begin_request(_written(body))
                if not body.refused:
                    self._under_way.setdefault(job, {})[body.number] = ours
            case protocol.Answered():
                begun = self._under_way.get(job, {}).pop(body.number, None)
                if begun is not None:
                    self._ledger.end_request(
                        begun, status=body.status, received=body.received, outcome=body.outcome
                    )
            case _:
                return False
        return True

    def over(self, job: int) -> None:
        for begun in self._under_way.pop(job, {}).values():
            self._ledger.end_request(begun, status=0, received=0, outcome=CUT_SHORT)


def _via(access: HubAccess) -> protocol.HubAccess:
    return protocol.HubAccess(access.endpoint, list(access.hosts), access.token)


def _host(access: HubAccess) -> str:
    return access.endpoint.partition("://")[2].partition("/")[0] or access.endpoint


def _repository(entry: protocol.HubEntry, commit: str = "") -> Repository:
    return Repository(entry.name, commit, entry.licence, entry.gated, entry.downloads)


def _written(said: protocol.Requested) -> Request:
    return Request(
        at=time.time(),
        method=said.method,
        host=said.host,
        path=said.path,
        status=0,
        purpose=said.purpose,
        outcome=said.refused,
    )


def _unexpected(body: object) -> WorkerCrashed:
    return WorkerCrashed(worker="downloader", cause=f"it answered with {type(body).__name__}")
