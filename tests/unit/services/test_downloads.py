"""The queue of downloads: paused, resumed, cancelled, started again, and what goes wrong in it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import (
    Cancelled,
    DiskFull,
    DownloadCorrupt,
    HubUnreachable,
    Offline,
)
from desktop.domain.hub import Download, DownloadState
from desktop.domain.jobs import Cancellation
from desktop.services import downloads
from desktop.workers.downloader.config import Config
from tests.hub.content import HubContent, HubRepository
from tests.hub.queue import Queue, open_queue
from tests.hub.room import CONTENT, LICENCE, NAME, stocked_hub
from tests.hub.server import Faults, LocalHub

MIB = 1024 * 1024
BIG = "acme/big-GGUF"
BIG_FILE = HubContent(48 * MIB, seed=3)


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with stocked_hub() as hub:
        hub.add(HubRepository(BIG, {"big-Q4_0.gguf": BIG_FILE}))
        yield hub


@pytest.fixture
def queue(hub: LocalHub, profile: Path) -> Iterator[Queue]:
    with open_queue(profile) as queue:
        queue.use(hub)
        yield queue


def only(queue: Queue) -> Download:
    (download,) = queue.downloads.downloads()
    return download


def test_a_model_is_fetched_and_handed_over_with_what_is_known_of_it(
    hub: LocalHub, queue: Queue
) -> None:
    told: list[Download | None] = []
    queue.downloads.changed.listen(told.append)
    queued = queue.queue(NAME)
    assert (queued.state, queued.name, queued.size) == (
        DownloadState.QUEUED,
        "tiny-Q4_0",
        CONTENT.size,
    )
    queue.downloads.work(Cancellation())

    (taken,) = queue.shelf.taken
    assert (taken.repository, taken.commit, taken.licence) == (
        NAME,
        hub.repositories[NAME].commit,
        "apache-2.0",
    )
    assert taken.licence_text == LICENCE
    assert taken.files[0].sha256 == CONTENT.sha256
    assert (queue.shelf.folder / "tiny-Q4_0.gguf").read_bytes() == CONTENT.bytes()
    assert queue.downloads.downloads() == []
    assert told[-1] is None
    states = [download.state for download in told if download]
    assert states[0] is DownloadState.QUEUED
    assert states[-1] is DownloadState.VERIFYING
    assert list(queue.profile.paths.downloads.iterdir()) == []


def test_shards_are_one_download(hub: LocalHub, queue: Queue) -> None:
    shards = {f"big-q8_0-0000{n}-of-00003.gguf": HubContent(MIB + n, seed=n) for n in (1, 2, 3)}
    hub.add(HubRepository("acme/sharded", dict(shards)))
    download = queue.queue("acme/sharded", "Q8_0")
    assert (download.name, download.size) == ("big-q8_0", 3 * MIB + 6)
    queue.downloads.work(Cancellation())

    for name, content in shards.items():
        assert (queue.shelf.folder / name).read_bytes() == content.bytes()


def test_one_is_fetched_after_the_other_and_one_that_fails_does_not_hold_up(
    hub: LocalHub, queue: Queue
) -> None:
    queue.queue(NAME)
    queue.queue(BIG)
    hub.faults = Faults("flip", times=1)
    queue.downloads.work(Cancellation())

    failed = only(queue)
    assert (failed.repository, failed.state) == (NAME, DownloadState.FAILED)
    assert failed.error_code == DownloadCorrupt.code
    assert [taken.repository for taken in queue.shelf.taken] == [BIG]
    queue.downloads.resume(failed.id)
    queue.downloads.work(Cancellation())
    assert queue.downloads.downloads() == []


def test_the_same_model_is_queued_once(queue: Queue) -> None:
    assert queue.queue(NAME).id == queue.queue(NAME).id
    assert len(queue.downloads.downloads()) == 1


def working(queue: Queue, hub: LocalHub, cancel: Cancellation | None = None) -> threading.Thread:
    """The queue at work on a download that has come to a halt in the middle."""

    def work() -> None:
        try:
            queue.downloads.work(cancel or Cancellation())
        except Cancelled:
            return

    thread = threading.Thread(target=work)
    thread.start()
    assert hub.went_wrong.wait(60)
    return thread


@pytest.fixture
def halted(hub: LocalHub, profile: Path) -> Iterator[Queue]:
    """A queue whose child waits for a hub that says nothing."""
    with open_queue(profile, Config(stall_s=60.0)) as queue:
        queue.use(hub)
        queue.queue(BIG)
        hub.faults = Faults("stall", times=1, at=32 * MIB)
        yield queue


def test_a_paused_download_stays_and_goes_on_where_it_stopped(hub: LocalHub, halted: Queue) -> None:
    thread = working(halted, hub)
    halted.downloads.pause(only(halted).id)
    thread.join()
    paused = only(halted)
    assert paused.state is DownloadState.PAUSED
    there = halted.part(paused).stat().st_size
    halted.downloads.work(Cancellation())  # nothing to do
    assert only(halted) == paused
    hub.sent = 0

    halted.downloads.resume(paused.id)
    halted.downloads.work(Cancellation())
    assert hub.sent == BIG_FILE.size - there
    assert (halted.shelf.folder / "big-Q4_0.gguf").read_bytes() == BIG_FILE.bytes()


def test_a_cancelled_download_leaves_nothing(hub: LocalHub, halted: Queue) -> None:
    thread = working(halted, hub)
    assert list(halted.profile.paths.downloads.iterdir())
    halted.downloads.cancel(only(halted).id)
    thread.join()

    assert halted.downloads.downloads() == []
    assert list(halted.profile.paths.downloads.iterdir()) == []
    assert halted.shelf.taken == []


def test_a_cancelled_run_leaves_the_rest_for_the_next(hub: LocalHub, halted: Queue) -> None:
    cancel = Cancellation()
    thread = working(halted, hub, cancel)
    cancel.cancel()
    thread.join()
    assert only(halted).state is DownloadState.QUEUED
    assert only(halted).done > 0
    halted.downloads.work(Cancellation())
    assert len(halted.shelf.taken) == 1


def test_a_queue_goes_on_after_a_restart(hub: LocalHub, profile: Path) -> None:
    with open_queue(profile) as queue:
        queue.use(hub)
        part = queue.part(queue.queue(NAME))
        part.parent.mkdir(parents=True)
        part.write_bytes(CONTENT.bytes()[: 2 * MIB])
        orphan = queue.profile.paths.downloads / "77"
        orphan.mkdir()
    with open_queue(profile) as queue:
        queue.downloads.work(Cancellation())
        assert len(queue.shelf.taken) == 1
        assert not orphan.exists()
    assert hub.sent == CONTENT.size - 2 * MIB


def test_speed_and_time_left_are_told(
    hub: LocalHub, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "TELL_EVERY_S", 0.0)  # else all may be over before the second
    seen: list[Download] = []
    queue.downloads.changed.listen(lambda d: seen.append(d) if d else None)
    queue.queue(BIG)
    queue.downloads.work(Cancellation())
    moving = [download for download in seen if download.bytes_per_s > 0]
    assert moving
    assert all(download.seconds_left is not None for download in moving)
    done = [download.done for download in seen]
    assert done == sorted(done)


def test_a_disk_without_room_is_said_before_a_byte_is_fetched(
    hub: LocalHub, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.queue(BIG)
    used = shutil.disk_usage(queue.profile.paths.downloads)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: used._replace(free=BIG_FILE.size))
    queue.downloads.work(Cancellation())

    assert only(queue).error_code == DiskFull.code
    assert hub.sent == 0
    monkeypatch.undo()
    queue.downloads.resume(only(queue).id)
    queue.downloads.work(Cancellation())
    assert len(queue.shelf.taken) == 1


def test_a_hub_that_is_gone_fails_the_download_and_keeps_its_part(
    hub: LocalHub, queue: Queue
) -> None:
    part = queue.part(queue.queue(BIG))
    part.parent.mkdir(parents=True)
    part.write_bytes(BIG_FILE.bytes()[:MIB])
    hub.faults = Faults("stall")
    queue.downloads.work(Cancellation())

    assert only(queue).error_code == HubUnreachable.code
    assert part.stat().st_size == MIB


def test_offline_nothing_is_fetched(hub: LocalHub, queue: Queue) -> None:
    queue.queue(NAME)
    hub.seen.clear()
    queue.models.set_offline(True)
    queue.downloads.work(Cancellation())

    assert only(queue).error_code == Offline.code
    assert hub.seen == []
