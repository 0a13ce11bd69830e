"""One file from the hub to the disk: resumed, retried, hashed while it is written, and put in its
place only if its SHA-256 is the one that the hub promised.

What is there of it lies in `NAME.part`, which survives everything but a wrong hash. A resumed
`.part` is hashed before anything is added to it, so one that was written badly is found out, too.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import httpx2

from desktop.domain.errors import (
    DiskFull,
    DownloadCorrupt,
    HubRefused,
    HubUnreachable,
    ProfileUnwritable,
)
from desktop.workers import protocol
from desktop.workers.downloader.config import Config
from desktop.workers.downloader.egress import reason_of
from desktop.workers.downloader.hub import Hub, meaning
from desktop.workers.host import JobContext, Mark, Steps

PART: Final = ".part"
STEP_S: Final = 0.05  # of receiving, before others have a turn
BLOCK: Final = 1024 * 1024  # bytes hashed at a time
SYNC_EVERY: Final = 128 * 1024 * 1024  # bytes; gigabytes at once keep a slow disk for minutes
PROGRESS: Final = 64 * 1024  # bytes; a request that brought as much was not in vain

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})  # asked again, they may be gone
_RANGE: Final = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")

Marks = Generator[Mark, None, None]


def fetch(hub: Hub, config: Config, request: protocol.FetchFile, job: JobContext) -> Steps:
    """The steps of `FetchFile`.

    Raises DownloadCorrupt, DiskFull, ProfileUnwritable and the errors of `Hub.opened`.
    """
    fetching = _Fetching(hub, config, request, job)
    try:
        return (yield from fetching.steps())
    finally:
        fetching.close()


class _Broken(Exception):
    """A request that ended before the file did; `reason` in words. `wait_s`: as the hub asked."""

    def __init__(self, reason: str, wait_s: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait_s = wait_s


class _Fetching:
    def __init__(
        self, hub: Hub, config: Config, request: protocol.FetchFile, job: JobContext
    ) -> None:
        self._hub = hub
        self._config = config
        self._request = request
        self._job = job
        self._target = Path(request.target)
        self._part = self._target.with_name(self._target.name + PART)
        self._file = -1  # descriptor of the part
        self._promised = request.sha256 or request.blob
        self._hash = self._new_hash()
        self._there = 0  # bytes of the part, all of them hashed
        self._received = 0
        self._unsynced = 0
        self._refused_range = False

    def close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def steps(self) -> Steps:
        request = self._request
        yield self._mark()
        if (yield from self._is_there()):
            return protocol.FileFetched(request.size, 0)
        with self._writing():
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            self._file = os.open(self._part, flags, 0o600)
        yield from self._take_up()
        yield from self._complete()
        if self._hash.hexdigest() != self._promised:
            raise self._corrupt()
        with self._writing():
            os.fsync(self._file)
            self.close()
            self._part.replace(self._target)
            _sync_folder(self._target.parent)
        return protocol.FileFetched(request.size, self._received)

    # -- what is there

    def _is_there(self) -> Generator[Mark, None, bool]:
        """Whether the target is in its place already, as it should be; a wrong one is removed."""
        try:
            with self._target.open("rb") as file:
                found = self._new_hash()
                while block := file.read(BLOCK):
                    found.update(block)
                    self._job.at_work()  # for minutes, and nothing is new of it
                    self._job.raise_if_cancelled()
                    yield self._mark()
        except FileNotFoundError:
            return False
        if found.hexdigest() == self._promised:
            return True
        self._target.unlink()
        return False

    def _take_up(self) -> Marks:
        """Hash what an earlier run left; leave the descriptor at its end."""
        with self._writing():
            if os.fstat(self._file).st_size > self._request.size:
                self._start_over()
            while block := os.read(self._file, BLOCK):
                self._hash.update(block)
                self._there += len(block)
                self._job.raise_if_cancelled()
                yield self._mark()

    def _start_over(self) -> None:
        with self._writing():
            os.ftruncate(self._file, 0)
            os.lseek(self._file, 0, os.SEEK_SET)
        self._hash = self._new_hash()
        self._there = 0

    def _new_hash(self) -> hashlib._Hash:
        """What the promise is kept to: a SHA-256, or git's id of a file that is no LFS file."""
        if self._request.sha256:
            return hashlib.sha256()
        return hashlib.sha1(b"blob %d\0" % self._request.size, usedforsecurity=False)

    # -- what is not

    def _complete(self) -> Marks:
        """Ask until all is there, or until asking brings nothing any more."""
        in_vain = 0
        while self._there < self._request.size:
            before = self._received
            try:
                yield from self._one_request()
            except _Broken as broken:
                in_vain = 0 if self._received - before >= PROGRESS else in_vain + 1
                if in_vain >= self._config.tries:
                    host = httpx2.URL(self._request.via.endpoint).host
                    raise HubUnreachable(host=host, reason=broken.reason) from broken
                yield from self._pause(in_vain, broken.wait_s)

    def _one_request(self) -> Marks:
        headers = {"range": f"bytes={self._there}-"} if self._there else {}
        try:
            with self._hub.opened(
                self._request, self._job, "file", most=None, headers=headers
            ) as response:
                self._agree(response)
                yield from self._receive(response)
        except HubUnreachable as error:
            raise _Broken(str(error.facts.get("reason", ""))) from error

    def _agree(self, response: httpx2.Response) -> None:
        """See that what will come is what is missing, or start over. Raises _Broken and others."""
        request = self._request
        for hop in (*response.history, response):
            promised = hop.headers.get("x-linked-etag", "").strip('"')
            if len(promised) == len(self._promised) and promised != self._promised:
                raise self._corrupt()
        match response.status_code:
            case httpx2.codes.PARTIAL_CONTENT:
                answer = _RANGE.fullmatch(response.headers.get("content-range", ""))
                if answer is None or int(answer[1]) != self._there:
                    self._start_over()
                    raise _Broken("it sent another part of the file")
                if answer[2] not in ("*", str(request.size)):
                    raise self._corrupt()
            case httpx2.codes.OK:
                if self._there:
                    self._start_over()  # it knows no ranges
                if response.headers.get("content-length", str(request.size)) != str(request.size):
                    raise self._corrupt()
            case httpx2.codes.REQUESTED_RANGE_NOT_SATISFIABLE if not self._refused_range:
                self._refused_range = True
                self._start_over()
                raise _Broken("it has no such part of the file")
            case status if status in _PASSING:
                raise _Broken(f"it answers {status}", _seconds(response))
            case httpx2.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                raise HubRefused(host=response.url.host, status=response.status_code)
            case _:
                raise meaning(response, request.via, request.repository)

    def _receive(self, response: httpx2.Response) -> Marks:
        turn_over = time.monotonic() + STEP_S
        pieces = response.iter_raw()
        while True:
            try:
                piece = next(pieces, None)
            except httpx2.HTTPError as error:
                raise _Broken(reason_of(error)) from error
            if piece is None:
                break
            if self._there + len(piece) > self._request.size:
                raise self._corrupt()  # more than was promised, perhaps without an end
            self._write(piece)
            if time.monotonic() >= turn_over:
                self._job.raise_if_cancelled()
                yield self._mark()
                turn_over = time.monotonic() + STEP_S
        if self._there < self._request.size:
            raise _Broken("the connection broke off")

    def _write(self, piece: bytes) -> None:
        self._received += len(piece)
        with self._writing():
            left = memoryview(piece)
            while left:
                written = os.write(self._file, left)
                self._hash.update(left[:written])
                self._there += written
                left = left[written:]
            self._unsynced += len(piece)
            if self._unsynced >= SYNC_EVERY:
                os.fsync(self._file)
                self._unsynced = 0

    def _pause(self, in_vain: int, wait_s: float) -> Marks:
        """Wait before the next request, giving others their turn meanwhile."""
        config = self._config
        pause = max(wait_s, config.pause_s * 2 ** max(0, in_vain - 1))
        until = time.monotonic() + min(pause, config.longest_pause_s)
        while time.monotonic() < until:
            self._job.at_work()
            self._job.raise_if_cancelled()
            yield self._mark()
            time.sleep(min(STEP_S, max(0.0, until - time.monotonic())))

    def _mark(self) -> Mark:
        return Mark(self._there, self._request.size)

    def _corrupt(self) -> DownloadCorrupt:
        """Throw away what there is; nothing of it is to be trusted."""
        self.close()
        with suppress(OSError):
            self._part.unlink()
        return DownloadCorrupt(file=self._target.name)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in NO_ROOM:
                raise DiskFull(path=str(self._part)) from error
            reason = os.strerror(error.errno) if error.errno else type(error).__name__
            raise ProfileUnwritable(profile=str(self._target.parent), reason=reason) from error


def _seconds(response: httpx2.Response) -> float:
    """What Retry-After asks for, if it is a number."""
    asked = response.headers.get("retry-after", "")
    return float(asked) if asked.isdecimal() and len(asked) < 6 else 0.0


def _sync_folder(folder: Path) -> None:
    """Let the new name survive a loss of power, where folders can be synced."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
