"""The downloader's child: questions to the hub and files from it, one step at a time.

Runs in the child. A file's steps are short, so a search overtakes a download that is under way.
"""

from __future__ import annotations

import msgspec

from desktop.workers import protocol
from desktop.workers.downloader.config import Config
from desktop.workers.downloader.fetching import fetch
from desktop.workers.downloader.hub import Hub
from desktop.workers.host import JobContext, Mark, Steps


def build(config: bytes) -> DownloaderWorker:
    """The worker for a packed `Config`."""
    return DownloaderWorker(msgspec.msgpack.decode(config, type=Config))


class DownloaderWorker:
    """See `desktop.workers.host.Worker`."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._hub = Hub(config)

    def handle(self, request: protocol.Request, job: JobContext) -> Steps:
        """The steps of one request."""
        if isinstance(request, protocol.FetchFile):
            return fetch(self._hub, self._config, request, job)
        return self._answered(request, job)

    def close(self) -> None:
        """Let go of every connection."""
        self._hub.close()

    def _answered(self, request: protocol.Request, job: JobContext) -> Steps:
        """The one step of a question."""
        yield Mark(0, 1)
        match request:
            case protocol.SearchHub():
                return self._hub.search(request, job)
            case protocol.ListRepository():
                return self._hub.listing(request, job)
            case protocol.ReadHead():
                return self._hub.head(request, job)
            case protocol.FetchText():
                return self._hub.text(request, job)
            case protocol.CheckToken():
                return self._hub.owner(request, job)
            case _:
                raise TypeError(f"no job for a downloader: {type(request).__name__}")
