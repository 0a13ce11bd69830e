"""An adapter over a downloader of its own, quick to give up, and a hub with one small model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop.domain.hub import HubAccess, HubFile, Listing, Request
from desktop.domain.jobs import Cancellation
from desktop.workers.downloader.adapter import HubAdapter, downloader_client
from desktop.workers.downloader.config import Config
from desktop.workers.lockdown import Limits
from tests.hub.content import HubContent, HubRepository
from tests.hub.server import LocalHub, local_hub
from tests.unit.domain.gguf_heads import llama

NAME = "acme/tiny-GGUF"
FILE = "tiny-Q4_0.gguf"
CONTENT = HubContent(
    3_000_001,
    llama(layers=2, embedding=256, feed_forward=512, heads=4, kv_heads=2, vocabulary=1000),
)
LICENCE = "Do what you like with it."

IMPATIENT = Config(stall_s=0.4, connect_s=2.0, pause_s=0.02, tries=3)


@contextmanager
def stocked_hub(certificate: Path | None = None) -> Iterator[LocalHub]:
    """A hub with the repository NAME."""
    with local_hub(certificate) as hub:
        hub.add(HubRepository(NAME, {FILE: CONTENT, "LICENSE": LICENCE, "README.md": "# Tiny"}))
        yield hub


def access(hub: LocalHub, token: str = "") -> HubAccess:
    """The hub and its CDN, as somebody with this token."""
    return HubAccess(hub.endpoint, (hub.cdn,), token)


class Written:
    """A ledger in memory."""

    def __init__(self) -> None:
        self.rows: list[Request] = []

    def begin_request(self, request: Request) -> int:
        self.rows.append(request)
        return len(self.rows) - 1

    def end_request(self, request_id: int, *, status: int, received: int, outcome: str) -> None:
        row = self.rows[request_id]
        self.rows[request_id] = replace(row, status=status, received=received, outcome=outcome)


class Room:
    """A context manager: on leaving, the child is gone."""

    def __init__(
        self, folder: Path, config: Config = IMPATIENT, limits: Limits | None = None
    ) -> None:
        self.ledger = Written()
        self.folder = folder
        self.client = downloader_client(folder, self.ledger, config, limits)
        self.adapter = HubAdapter(self.client, stall_s=20.0)

    @property
    def target(self) -> Path:
        return self.folder / "model.gguf"

    @property
    def part(self) -> Path:
        return self.folder / "model.gguf.part"

    def listing(self, hub: LocalHub, name: str = NAME) -> Listing:
        return self.adapter.listing(access(hub), name, cancel=Cancellation())

    def fetch(
        self,
        via: HubAccess,
        content: HubContent = CONTENT,
        commit: str = "",
        cancel: Cancellation | None = None,
    ) -> Path:
        """Fetch FILE, as whose content the hub once listed `content`."""
        steps = self.adapter.fetch(
            via,
            NAME,
            commit or HubRepository("", {}).commit,
            HubFile(FILE, content.size, content.sha256),
            self.target,
            cancel=cancel or Cancellation(),
        )
        done = [step.done for step in steps]
        assert done == sorted(done)
        return self.target

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.client.stop()
