"""Downloads: what a gigabyte costs that is resumed after a SIGKILL, and how fast it is hashed.

The hub is on this computer and makes its bytes as it sends them, so the speed says what the child
can take, not what a network brings.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from desktop.domain.errors import WorkerCrashed
from desktop.domain.hub import HubFile
from desktop.domain.jobs import Cancellation
from desktop.workers.downloader.config import Config
from tests.bench.figures import Figure
from tests.hub.content import HubContent, HubRepository
from tests.hub.room import FILE, NAME, Room, access
from tests.hub.server import Faults, LocalHub, local_hub

SIZE = 1024 * 1024 * 1024
KILLED_AT = 700 * 1024 * 1024


def measure() -> list[Figure]:
    """Every figure of a download."""
    with tempfile.TemporaryDirectory() as folder, local_hub() as hub:
        content = HubContent(SIZE)
        hub.add(HubRepository(NAME, {FILE: content}))
        with Room(Path(folder) / "downloads", Config(stall_s=60.0)) as room:
            return [*_resumed(hub, room, content), *_hashed(hub, room, content)]


def _resumed(hub: LocalHub, room: Room, content: HubContent) -> list[Figure]:
    hub.faults = Faults("stall", times=1, at=KILLED_AT)
    began = time.perf_counter()
    steps = room.adapter.fetch(
        access(hub),
        NAME,
        hub.repositories[NAME].commit,
        HubFile(FILE, content.size, content.sha256),
        room.target,
        cancel=Cancellation(),
    )
    next(steps)
    hub.went_wrong.wait()
    pause = threading.Event()
    while room.part.stat().st_size < hub.sent:
        pause.wait(0.01)
    took = time.perf_counter() - began
    pid = room.client.pid
    if pid is not None:
        os.kill(pid, signal.SIGKILL)
    with suppress(WorkerCrashed):
        list(steps)
    room.fetch(access(hub), content)
    again = 100 * (hub.sent - content.size) / content.size
    return [
        Figure("downloading", "fetched again after SIGKILL", again, "%", at_most=1.0),
        Figure("downloading", "from this computer", KILLED_AT / took / 1e6, "MB/s"),
    ]


def _hashed(hub: LocalHub, room: Room, content: HubContent) -> list[Figure]:
    """Verifying a whole part beside `sha256sum` of the same file, each once, warm."""
    sha256sum = shutil.which("sha256sum")
    if sha256sum is None:
        return []
    subprocess.run([sha256sum, room.target], check=True, capture_output=True)
    began = time.perf_counter()
    subprocess.run([sha256sum, room.target], check=True, capture_output=True)
    theirs = time.perf_counter() - began
    began = time.perf_counter()
    room.fetch(access(hub), content)  # it is there: hashed, and not asked for
    ours = time.perf_counter() - began
    ratio = theirs / ours
    return [Figure("downloading", "hashing beside sha256sum", ratio, "times", at_least=0.8)]
