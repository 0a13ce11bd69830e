"""A real profile whose hub is the local one, with the real shelf, or one that only keeps files.

    python -m tests.hub.queue work PROFILE PASSPHRASE

works the queue of a profile, as the application does, and is there to be killed.

    python -m tests.hub.queue shelve PROFILE PASSPHRASE

does so with the real shelf, says "shelved" when a model is on it, and stops there.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.domain.hub import Download
from desktop.domain.jobs import Cancellation
from desktop.services.downloads import Downloads
from desktop.services.hub import ModelHub
from desktop.services.shelf import Shelf
from desktop.storage.gguf_head import read_facts
from desktop.storage.profile import Profile, open_profile
from desktop.workers.downloader.adapter import HubAdapter, downloader_client
from desktop.workers.downloader.config import Config
from tests.hub.room import IMPATIENT
from tests.hub.server import LocalHub

PASSPHRASE = "a desk that locks"


@dataclass
class PlainShelf:
    """Moves what was downloaded into a folder, and remembers what it was told."""

    folder: Path
    taken: list[Download] = field(default_factory=list)

    def take_in(self, download: Download, files: Sequence[Path]) -> None:
        self.folder.mkdir(exist_ok=True)
        for file in files:
            file.replace(self.folder / file.name)
        self.taken.append(download)

    def holds(self, download: Download) -> bool:
        return False


def plain_shelf(profile: Profile) -> PlainShelf:
    return PlainShelf(profile.paths.models)


def real_shelf(profile: Profile) -> Shelf:
    """The profile's own, on which nothing is in use."""
    return Shelf(profile.store, profile.models, profile.model_files, read_facts, set().__contains__)


@dataclass
class Queue:
    """The services under test, over a profile and a downloader of its own."""

    profile: Profile
    models: ModelHub
    shelf: Any  # what `open_queue` was told to keep models on
    downloads: Downloads

    def use(self, hub: LocalHub) -> None:
        """Take the local hub for the hub."""
        self.models.set_endpoint(hub.endpoint)
        self.models.set_hosts((hub.cdn,))

    def queue(self, name: str, quantization: str = "Q4_0") -> Download:
        """Queue a repository's variant."""
        repository = self.models.look_at(name, Cancellation())
        (variant,) = (v for v in repository.variants if v.quantization == quantization)
        return self.downloads.fetch(repository, variant)

    def part(self, download: Download) -> Path:
        """Where the first file of a download is on its way."""
        return self.profile.paths.downloads / str(download.id) / f"{download.files[0].path}.part"


@contextmanager
def open_queue(
    folder: Path,
    config: Config = IMPATIENT,
    passphrase: str = PASSPHRASE,
    shelf_of: Callable[[Profile], Any] = plain_shelf,
) -> Iterator[Queue]:
    """A queue on the profile in `folder`; on leaving, nothing of it runs."""
    profile = open_profile(folder, passphrase)
    downloads = profile.paths.downloads
    client = downloader_client(downloads, profile.store, config)
    try:
        hub = HubAdapter(client)
        models = ModelHub(profile.store, hub, profile.token)
        shelf = shelf_of(profile)
        yield Queue(profile, models, shelf, Downloads(profile.store, models, hub, shelf, downloads))
    finally:
        client.stop()
        profile.close()


def _work(folder: Path, passphrase: str) -> None:
    with open_queue(folder, Config(stall_s=60.0), passphrase) as queue:
        queue.downloads.work(Cancellation())


def _shelve(folder: Path, passphrase: str) -> None:
    def stop(download_id: int) -> None:
        sys.stdout.write("shelved\n")
        sys.stdout.flush()
        threading.Event().wait()

    with open_queue(folder, Config(stall_s=60.0), passphrase, real_shelf) as queue:
        queue.profile.store.remove_download = stop
        queue.downloads.work(Cancellation())


if __name__ == "__main__":
    {"work": _work, "shelve": _shelve}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])
