"""What runs on a small disk for `test_fetching.py`, with a hub of its own.

    python -m tests.faults.small_disk_child fetch DISK   a file that is half as large again
    python -m tests.faults.small_disk_child queue DISK   a queue, while somebody fills the disk

What it says is a line of JSON a step on standard output.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from desktop.domain.errors import DiskFull, EscritoireError
from desktop.domain.jobs import Cancellation
from desktop.services import download_folder
from desktop.services.downloads import Downloads
from desktop.workers.downloader.config import Config
from tests.faults.small_disk import MIB, resize
from tests.hub.content import HubContent, HubRepository
from tests.hub.queue import open_queue, real_shelf
from tests.hub.room import CONTENT, Room, access, stocked_hub
from tests.hub.server import Faults

BIG = "acme/big-GGUF"


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def fetch(disk: Path) -> None:
    with stocked_hub() as hub, Room(disk / "downloads") as room:
        try:
            room.fetch(access(hub))
        except DiskFull as error:
            kept = room.part.read_bytes()
            say(error=str(error), kept=len(kept), right=CONTENT.bytes().startswith(kept))
        say(left=[path.name for path in room.folder.iterdir()])
        hub.sent = 0
        resize(disk, 8 * MIB)
        target = room.fetch(access(hub))
        say(whole=target.read_bytes() == CONTENT.bytes(), sent=hub.sent)


def queue(disk: Path) -> None:
    """The profile is on the disk too, so not even its store has room."""
    download_folder.SPARE = MIB
    big = HubContent(12 * MIB, CONTENT.head)
    with stocked_hub() as hub:
        hub.add(HubRepository(BIG, {"big-Q4_0.gguf": big}))
        with open_queue(disk / "profile", Config(stall_s=60.0), shelf_of=real_shelf) as queue:
            queue.use(hub)
            part = queue.part(queue.queue(BIG))
            hub.faults = Faults("stall", times=1, at=4 * MIB)
            working = threading.Thread(target=work, args=[queue.downloads])
            working.start()
            hub.went_wrong.wait()
            fill(disk / "somebody else's")
            hub.hang_up()
            working.join()
            (row,) = queue.downloads.downloads()
            say(state=row.state, code=row.error_code, kept=part.stat().st_size)
            (disk / "somebody else's").unlink()
            hub.sent = 0
            queue.downloads.resume(row.id)
            work(queue.downloads)
            left = [(row.state, row.error_code) for row in queue.downloads.downloads()]
            say(left=left, sent=hub.sent, size=big.size)
            say(whole=queue.shelf.find("big-Q4_0").parts[0].sha256 == big.sha256)


def work(queue: Downloads) -> None:
    try:
        queue.work(Cancellation())
    except EscritoireError as error:
        say(error=str(error))


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (MIB, 4096, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue


if __name__ == "__main__":
    {"fetch": fetch, "queue": queue}[sys.argv[1]](Path(sys.argv[2]))
