"""A hub that misbehaves, a disk that is full, processes that are killed: no file that was not
verified is ever in its place, and what came is not fetched twice."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from desktop.domain.errors import (
    Cancelled,
    DiskFull,
    DownloadCorrupt,
    HubRefused,
    HubUnreachable,
    RepositoryUnknown,
    WorkerCrashed,
)
from desktop.domain.hub import DownloadState, HubFile
from desktop.domain.jobs import Cancellation
from desktop.workers.downloader.config import Config, limits_for
from tests.faults import small_disk
from tests.faults.small_disk import MIB
from tests.hub.content import HubContent, HubRepository
from tests.hub.queue import PASSPHRASE, Queue, open_queue, real_shelf
from tests.hub.room import CONTENT, FILE, IMPATIENT, NAME, Room, access, stocked_hub
from tests.hub.server import Faults, LocalHub
from tests.rehearsal import gone

ROOT = Path(__file__).parents[2]

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with stocked_hub() as hub:
        yield hub


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with Room(tmp_path / "downloads") as room:
        yield room


def await_bytes(part: Path, size: int) -> None:
    """Wait until a child has written what it was sent."""
    pause = threading.Event()
    for _ in range(3_000):
        if part.stat().st_size >= size:
            return
        pause.wait(0.01)
    raise AssertionError(f"{part.stat().st_size} bytes of {size}")


def nothing_is_there(room: Room) -> bool:
    return not any(room.folder.iterdir())


# -- what comes is not what was promised


@pytest.mark.parametrize("at", [0, 1_700_000, CONTENT.size - 1])
def test_a_bit_that_flipped_is_found_and_the_file_thrown_away(
    hub: LocalHub, room: Room, at: int
) -> None:
    hub.faults = Faults("flip", times=1, at=at)
    with pytest.raises(DownloadCorrupt):
        room.fetch(access(hub))
    assert nothing_is_there(room)
    assert room.fetch(access(hub)).read_bytes() == CONTENT.bytes()


def test_a_part_that_was_damaged_on_the_disk_is_found(hub: LocalHub, room: Room) -> None:
    half = bytearray(CONTENT.bytes()[:1_000_000])
    half[500_000] ^= 1
    room.part.write_bytes(half)
    with pytest.raises(DownloadCorrupt):
        room.fetch(access(hub))
    assert nothing_is_there(room)


def test_a_wrong_file_in_its_place_is_replaced(hub: LocalHub, room: Room) -> None:
    room.target.write_bytes(b"x" * CONTENT.size)
    assert room.fetch(access(hub)).read_bytes() == CONTENT.bytes()


def test_a_body_without_an_end_is_left_where_the_file_ends(hub: LocalHub, room: Room) -> None:
    hub.faults = Faults("endless body")
    with pytest.raises(DownloadCorrupt):
        room.fetch(access(hub))
    assert nothing_is_there(room)
    assert hub.sent < 10 * CONTENT.size


def test_a_file_of_another_size_is_refused_before_it_comes(hub: LocalHub, room: Room) -> None:
    with pytest.raises(DownloadCorrupt):
        room.fetch(access(hub), HubContent(CONTENT.size - 1))
    assert nothing_is_there(room)


# -- it does not come


@pytest.mark.parametrize("kind", ["short", "reset", "stall"])
def test_what_breaks_off_is_gone_on_with(hub: LocalHub, room: Room, kind: str) -> None:
    hub.faults = Faults(kind, times=2, at=700_000)

    assert room.fetch(access(hub)).read_bytes() == CONTENT.bytes()
    lost = 2 * 700_000 if kind == "reset" else 0  # what was on its way
    assert hub.sent <= CONTENT.size + lost
    files = [seen.range for seen in hub.seen if seen.host == hub.cdn]
    assert len(files) == 3
    assert files[0] == ""
    assert all(asked.startswith("bytes=") for asked in files[1:])


@pytest.mark.parametrize("kind", ["short", "reset", "stall"])
def test_a_hub_that_brings_nothing_any_more_is_given_up_and_the_part_kept(
    hub: LocalHub, room: Room, kind: str
) -> None:
    hub.faults = Faults(kind, at=0)
    room.part.write_bytes(CONTENT.bytes()[:1_000_000])
    with pytest.raises(HubUnreachable):
        room.fetch(access(hub))

    assert len([seen for seen in hub.seen if seen.host == hub.cdn]) == IMPATIENT.tries
    assert room.part.read_bytes() == CONTENT.bytes()[:1_000_000]
    hub.faults = Faults()
    hub.sent = 0
    assert room.fetch(access(hub)).read_bytes() == CONTENT.bytes()
    assert hub.sent == CONTENT.size - 1_000_000


def test_an_error_that_passes_is_waited_out(hub: LocalHub, room: Room) -> None:
    hub.faults = Faults("status", times=2, status=503)
    assert room.fetch(access(hub)).read_bytes() == CONTENT.bytes()


def test_a_hub_without_ranges_starts_over(hub: LocalHub, room: Room) -> None:
    room.part.write_bytes(CONTENT.bytes()[:1_000_000])
    hub.faults = Faults("no ranges")

    assert room.fetch(access(hub)).read_bytes() == CONTENT.bytes()
    assert hub.sent == CONTENT.size


def test_a_range_that_is_refused_starts_over(hub: LocalHub, room: Room) -> None:
    room.part.write_bytes(CONTENT.bytes()[:1_000_000])
    hub.faults = Faults("416", times=1)

    assert room.fetch(access(hub)).read_bytes() == CONTENT.bytes()


def test_a_part_that_is_too_long_starts_over(hub: LocalHub, room: Room) -> None:
    room.part.write_bytes(CONTENT.bytes() + b"more")
    assert room.fetch(access(hub)).read_bytes() == CONTENT.bytes()


def test_a_range_that_is_refused_for_ever_is_named(hub: LocalHub, room: Room) -> None:
    hub.faults = Faults("416")
    room.part.write_bytes(CONTENT.bytes()[:1_000_000])
    assert room.fetch(access(hub)).read_bytes() == CONTENT.bytes()  # from the beginning
    room.target.unlink()
    hub.faults = Faults("status", status=416)
    with pytest.raises(HubRefused):
        room.fetch(access(hub))
    assert not room.target.exists()


# -- one of several shards

SHARDS = {f"tall-q8_0-0000{n}-of-00003.gguf": HubContent(MIB + n, seed=n) for n in (1, 2, 3)}
FIRST, SECOND, THIRD = SHARDS
TALL = "acme/tall-GGUF"


@pytest.fixture
def tall(hub: LocalHub, profile: Path) -> Iterator[Queue]:
    """A queue with a model in three files."""
    hub.add(HubRepository(TALL, dict(SHARDS)))
    with open_queue(profile) as queue:
        queue.use(hub)
        queue.queue(TALL, "Q8_0")
        yield queue


def is_whole(queue: Queue) -> bool:
    """Whether the model is on the shelf as the hub has it, and nothing is left of its coming."""
    assert queue.downloads.downloads() == []
    assert list(queue.profile.paths.downloads.iterdir()) == []
    return all(
        (queue.shelf.folder / name).read_bytes() == content.bytes()
        for name, content in SHARDS.items()
    )


@pytest.mark.parametrize("kind", ["short", "stall", "reset", "no ranges"])
def test_a_shard_that_breaks_off_is_gone_on_with(hub: LocalHub, tall: Queue, kind: str) -> None:
    hub.faults = Faults(kind, times=1, at=500_000, file=SECOND)
    tall.downloads.work(Cancellation())

    assert is_whole(tall)
    bodies = [seen.path.rpartition("/")[2] for seen in hub.seen if seen.path.startswith("/cdn/")]
    assert bodies.count(FIRST) == bodies.count(THIRD) == 1


@pytest.mark.parametrize("kind", ["flip", "endless body"])
def test_a_shard_that_is_not_what_was_promised_costs_that_shard_alone(
    hub: LocalHub, tall: Queue, kind: str
) -> None:
    hub.faults = Faults(kind, times=1, at=500_000, file=SECOND)
    tall.downloads.work(Cancellation())
    (failed,) = tall.downloads.downloads()
    assert (failed.state, failed.error_code) == (DownloadState.FAILED, DownloadCorrupt.code)
    assert failed.error_facts == {"file": SECOND}
    folder = tall.part(failed).parent
    assert [path.name for path in folder.iterdir()] == [FIRST]
    assert tall.shelf.taken == []

    hub.sent = 0
    tall.downloads.resume(failed.id)
    tall.downloads.work(Cancellation())
    assert is_whole(tall)
    assert hub.sent == SHARDS[SECOND].size + SHARDS[THIRD].size


def test_a_shard_whose_range_is_refused_starts_over(hub: LocalHub, tall: Queue) -> None:
    (queued,) = tall.downloads.downloads()
    folder = tall.part(queued).parent
    folder.mkdir(parents=True)
    (folder / f"{SECOND}.part").write_bytes(SHARDS[SECOND].bytes()[:500_000])
    hub.faults = Faults("416", times=1, file=SECOND)
    tall.downloads.work(Cancellation())
    assert is_whole(tall)


@pytest.mark.parametrize(
    ("change", "code"),
    [("another commit", RepositoryUnknown.code), ("another file", DownloadCorrupt.code)],
)
def test_a_model_that_changes_upstream_between_two_shards_is_never_mixed(
    hub: LocalHub, profile: Path, change: str, code: str
) -> None:
    repository = hub.add(HubRepository(TALL, dict(SHARDS)))
    with open_queue(profile, Config(stall_s=60.0, pause_s=0.02)) as queue:
        queue.use(hub)
        queue.queue(TALL, "Q8_0")
        hub.faults = Faults("stall", times=1, at=500_000, file=SECOND)
        working = threading.Thread(target=queue.downloads.work, args=[Cancellation()])
        working.start()
        assert hub.went_wrong.wait(60)
        if change == "another commit":
            repository.commit = "d" * 40
        else:
            repository.files[THIRD] = HubContent(SHARDS[THIRD].size, seed=99)
        hub.hang_up()
        working.join()

        (failed,) = queue.downloads.downloads()
        assert (failed.state, failed.error_code) == (DownloadState.FAILED, code)
        assert queue.shelf.taken == []


# -- somebody stops it


def test_a_cancelled_fetch_keeps_its_child_and_its_part(hub: LocalHub, room: Room) -> None:
    big = HubContent(64 * 1024 * 1024)
    hub.add(HubRepository(NAME, {FILE: big}))
    room.client.protections()
    pid = room.client.pid
    cancel = Cancellation()
    steps = room.adapter.fetch(
        access(hub),
        NAME,
        HubRepository("", {}).commit,
        HubFile(FILE, big.size, big.sha256),
        room.target,
        cancel=cancel,
    )
    for step in steps:
        if step.done > big.size // 4:
            break
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(steps)

    assert room.client.pid == pid
    assert room.part.stat().st_size > big.size // 4
    assert room.ledger.rows[-1].received >= room.part.stat().st_size
    assert room.fetch(access(hub), big).stat().st_size == big.size


def test_a_search_overtakes_a_download(hub: LocalHub, room: Room) -> None:
    big = HubContent(64 * 1024 * 1024)
    hub.add(HubRepository(NAME, {FILE: big}))
    steps = room.adapter.fetch(
        access(hub),
        NAME,
        HubRepository("", {}).commit,
        HubFile(FILE, big.size, big.sha256),
        room.target,
        cancel=Cancellation(),
    )
    while next(steps).done == 0:
        pass
    assert room.adapter.search(access(hub), "tiny", limit=5, cancel=Cancellation())
    assert not room.target.exists()
    assert list(steps)
    assert room.target.exists()


@posix
def test_a_child_killed_in_the_middle_costs_less_than_a_hundredth(
    hub: LocalHub, room: Room
) -> None:
    big = HubContent(64 * 1024 * 1024)
    hub.add(HubRepository(NAME, {FILE: big}))
    hub.faults = Faults("stall", times=1, at=40 * 1024 * 1024)
    patient = Room(room.folder, Config(stall_s=60.0))
    steps = patient.adapter.fetch(
        access(hub),
        NAME,
        HubRepository("", {}).commit,
        HubFile(FILE, big.size, big.sha256),
        room.target,
        cancel=Cancellation(),
    )
    next(steps)
    assert hub.went_wrong.wait(60)
    await_bytes(room.part, hub.sent)
    pid = patient.client.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(WorkerCrashed):
        list(steps)
    patient.client.stop()
    assert not room.target.exists()

    assert room.fetch(access(hub), big).read_bytes() == big.bytes()
    assert hub.sent - big.size < big.size // 100


# -- the disk is full


@posix
def test_a_full_disk_is_named_and_what_came_is_kept(hub: LocalHub, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    limits = replace(limits_for(folder), file_size=1_000_000)
    with Room(folder, limits=limits) as room:
        with pytest.raises(DiskFull) as full:
            room.fetch(access(hub))
        assert full.value.facts["path"] == str(room.part)
        assert room.part.read_bytes() == CONTENT.bytes()[:1_000_000]
    hub.sent = 0
    with Room(folder) as room:
        assert room.fetch(access(hub)).read_bytes() == CONTENT.bytes()
        assert hub.sent == CONTENT.size - 1_000_000
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 1_000_000


def on_small_disk(act: str, size: int, disk: Path) -> list[dict[str, Any]]:
    """What happened there; see `small_disk_child`."""
    if reason := small_disk.why_not():
        pytest.skip(reason)
    disk.mkdir()
    child = [sys.executable, "-m", "tests.faults.small_disk_child", act, str(disk)]
    command = small_disk.command(disk, size, *child)
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0, done.stdout
    said = done.stdout
    assert list(disk.iterdir()) == []  # that was another file system
    return [json.loads(line) for line in said.splitlines()]


def test_a_real_disk_that_is_too_small_keeps_what_came_until_there_is_room(tmp_path: Path) -> None:
    size = 2 * MIB
    full, left, more = on_small_disk("fetch", size, tmp_path / "disk")

    part = tmp_path / "disk" / "downloads" / "model.gguf.part"
    assert full["error"].startswith(f"The disk is full: {part} could not be written. ")
    assert (full["kept"], full["right"]) == (size, True)
    assert left == {"left": [part.name]}
    assert more == {"whole": True, "sent": CONTENT.size - size}


def test_a_queue_outlives_a_real_disk_that_somebody_fills(tmp_path: Path) -> None:
    """Not even the store can be written then; the download still fails with its reason."""
    full, failed, resumed, shelved = on_small_disk("queue", 32 * MIB, tmp_path / "disk")

    assert full["error"].startswith("The disk is full: ")
    assert (failed["state"], failed["code"]) == ("failed", "disk_full")
    assert failed["kept"] > MIB
    assert resumed["left"] == []
    missing = resumed["size"] - failed["kept"]
    assert missing <= resumed["sent"] < missing + MIB  # and not what was there
    assert shelved == {"whole": True}


# -- the application is killed


@posix
def test_an_application_killed_in_the_middle_goes_on_where_it_was(
    hub: LocalHub, profile: Path
) -> None:
    big = HubContent(64 * 1024 * 1024)
    hub.add(HubRepository("acme/big-GGUF", {"big-Q4_0.gguf": big}))
    with open_queue(profile) as queue:
        queue.use(hub)
        part = queue.part(queue.queue("acme/big-GGUF"))
    hub.faults = Faults("stall", times=1, at=40 * 1024 * 1024)
    command = [sys.executable, "-m", "tests.hub.queue", "work", str(profile), PASSPHRASE]
    with subprocess.Popen(command, cwd=ROOT) as working:
        try:
            assert hub.went_wrong.wait(60)
            await_bytes(part, hub.sent)
            children = psutil.Process(working.pid).children()
        finally:
            working.kill()
    assert children
    assert all(gone(child.pid) for child in children)  # they end with their parent

    with open_queue(profile) as queue:
        queue.downloads.work(Cancellation())
        assert len(queue.shelf.taken) == 1
        assert (queue.shelf.folder / "big-Q4_0.gguf").read_bytes() == big.bytes()
        requests = queue.profile.store.requests()
        asked = {(request.host, request.path) for request in requests}
        assert asked == {(seen.host, seen.path) for seen in hub.seen}
        assert len(requests) == len(hub.seen)
    assert hub.sent - big.size < big.size // 100


@posix
def test_an_application_killed_when_a_model_was_on_the_shelf_finds_it_there(
    hub: LocalHub, profile: Path
) -> None:
    with open_queue(profile) as queue:
        queue.use(hub)
        queued = queue.queue(NAME)
    command = [sys.executable, "-m", "tests.hub.queue", "shelve", str(profile), PASSPHRASE]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as working:
        try:
            assert working.stdout is not None
            assert working.stdout.readline() == "shelved\n"
        finally:
            working.kill()
    asked = len(hub.seen)

    with open_queue(profile, shelf_of=real_shelf) as queue:
        queue.shelf.recover()
        assert queue.downloads.downloads()[0].id == queued.id
        queue.downloads.work(Cancellation())
        assert queue.downloads.downloads() == []
        assert queue.shelf.find(queued.name).parts[0].sha256 == CONTENT.sha256
        assert queue.shelf.verify(queued.name, cancel=Cancellation())[0].error is None
        assert list(queue.profile.paths.downloads.iterdir()) == []
    assert len(hub.seen) == asked  # nothing was asked for again
