"""Children that crash, hang, lie or lose their parent: one clear error, and the next one works."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from desktop.domain.errors import Cancelled, NotAPdf, WorkerCrashed, WorkerStalled
from desktop.domain.jobs import Cancellation
from desktop.workers.ending import MEMORY_LIMIT, SPOKE_OUT_OF_TURN
from desktop.workers.lockdown import ENFORCED, NOT_ASKED, PROTECTIONS, Limits
from desktop.workers.protocol import Rehearse, Rehearsed
from tests.rehearsal import PATIENCE_S, MakeClient, begin, dummies, gone, play

ROOT = Path(__file__).parents[2]
MIB = 1024 * 1024

linux = pytest.mark.skipif(sys.platform != "linux", reason="what Linux enforces")
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture
def make() -> Iterator[MakeClient]:
    with dummies() as made:
        yield made


# -- crashes


@posix
def test_an_abort_is_one_error_that_names_the_signal(make: MakeClient) -> None:
    client = make()
    with pytest.raises(WorkerCrashed) as crash:
        play(client, "abort")

    assert crash.value.facts == {"worker": "dummy", "cause": "signal 6 SIGABRT"}
    assert play(client, "count", 2) == Rehearsed(2)


def test_an_exit_names_its_code(make: MakeClient) -> None:
    with pytest.raises(WorkerCrashed) as crash:
        play(make(), "exit", 9)
    assert crash.value.facts["cause"] == "exit 9"


def test_a_crash_ends_every_job_of_that_child(make: MakeClient) -> None:
    client = make(max_queued=1)
    others = [begin(client, "count", 100, background=True) for _ in range(3)]
    with pytest.raises(WorkerCrashed):
        play(client, "exit", 1)

    for other in others:
        with pytest.raises(WorkerCrashed):
            list(other)
    assert play(client, "count", 1) == Rehearsed(1)


def test_an_idle_child_that_died_is_replaced_without_an_error(make: MakeClient) -> None:
    client = make()
    play(client, "count")
    pid = client.pid
    assert pid is not None
    psutil.Process(pid).kill()
    psutil.Process(pid).wait(PATIENCE_S)  # gathers it before its parent can, now and then
    try:
        play(client, "count", 1)
    except WorkerCrashed:  # the job was on its way before the death was known: one job, one error
        play(client, "count", 1)

    assert client.pid not in (None, pid)


# -- deaf children


def test_a_deaf_child_is_killed_and_another_takes_over(make: MakeClient) -> None:
    client, cancel = make(), Cancellation()
    job = begin(client, "block", cancel=cancel)
    pid = client.pid
    assert pid is not None
    began = time.monotonic()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(job)

    assert time.monotonic() - began < 1.5
    assert not psutil.pid_exists(pid)
    assert play(client, "count", 1) == Rehearsed(1)


def test_whoever_shares_a_child_with_a_deaf_job_learns_why_it_was_stopped(
    make: MakeClient,
) -> None:
    client = make(max_queued=1)
    other = begin(client, "count", 100, background=True)
    play(client, "count", background=True)  # after what `other` may do ahead: none of it is left
    begin(client, "block").close()

    with pytest.raises(WorkerCrashed, match="would not end"):
        list(other)


def test_a_child_that_falls_silent_is_stopped_and_the_silence_is_named(make: MakeClient) -> None:
    client = make()
    client.protections()
    job = begin(client, "block", stall_s=0.3)
    with pytest.raises(WorkerStalled) as stall:
        list(job)

    assert stall.value.facts == {"worker": "dummy", "seconds": 1}
    assert play(client, "count", 1) == Rehearsed(1)


def test_a_child_that_shows_life_says_nothing_that_it_may_not(make: MakeClient) -> None:
    client = make()
    assert play(client, "toil") == Rehearsed(1)
    pid = client.pid
    assert play(client, "count", 1) == Rehearsed(1)
    assert client.pid == pid


def test_stopping_a_deaf_child_leaves_nothing(make: MakeClient) -> None:
    client = make()
    with ThreadPoolExecutor(1) as pool:
        under_way = threading.Event()

        def work() -> None:
            for _ in client.run(Rehearse("block"), cancel=Cancellation()):
                under_way.set()

        job = pool.submit(work)
        assert under_way.wait(PATIENCE_S)
        pid = client.pid
        assert pid is not None
        client.stop(timeout_s=0.2)

        assert not psutil.pid_exists(pid)
        with pytest.raises(Cancelled):
            job.result(PATIENCE_S)


# -- liars


@pytest.mark.parametrize("act", ["flood", "garble", "hang_up"])
def test_a_child_that_breaks_the_protocol_is_killed(make: MakeClient, act: str) -> None:
    client = make()
    with pytest.raises(WorkerCrashed) as crash:
        play(client, act)

    assert crash.value.facts["cause"] == SPOKE_OUT_OF_TURN
    assert play(client, "count", 1) == Rehearsed(1)


def test_no_name_of_a_fact_trips_whoever_listens(make: MakeClient) -> None:
    client = make()
    with pytest.raises(NotAPdf) as refused:
        play(client, "trip")

    assert refused.value.facts == {"self": "a.pdf", "file": "a.pdf"}
    assert play(client, "count", 1) == Rehearsed(1)


# -- limits


@linux
def test_the_memory_limit_is_named(make: MakeClient) -> None:
    client = make(limits=Limits(memory_bytes=400 * MIB))
    assert client.protections()["memory"] == ENFORCED
    with pytest.raises(WorkerCrashed) as crash:
        play(client, "eat", 2_000)

    assert crash.value.facts["cause"] == MEMORY_LIMIT
    assert play(client, "count", 1) == Rehearsed(1)


@linux
def test_no_socket_can_be_made_by_python_or_by_the_c_library(make: MakeClient) -> None:
    client = make()
    outcomes = json.loads(play(client, "connect").text)

    assert outcomes.pop("pair") == "done"  # two ends within the process; event loops need it
    assert outcomes == dict.fromkeys(outcomes, "EACCES")
    assert set(outcomes) == {"python tcp", "python udp6", "libc tcp", "local", "listen"}


@linux
def test_the_network_can_be_allowed_for_connections_out_alone(make: MakeClient) -> None:
    client = make(limits=Limits(allow_network=True))
    outcomes = json.loads(play(client, "connect").text)

    assert outcomes["python tcp"] == outcomes["libc tcp"] == outcomes["python udp6"] == "done"
    assert outcomes["local"] == outcomes["listen"] == "EACCES"
    assert client.protections()["network"] == NOT_ASKED


@linux
def test_local_sockets_can_be_allowed_without_the_network(make: MakeClient) -> None:
    client = make(limits=Limits(allow_local_sockets=True))
    outcomes = json.loads(play(client, "connect").text)

    assert outcomes["local"] == "done"
    assert outcomes["python tcp"] == outcomes["libc tcp"] == outcomes["python udp6"] == "EACCES"


@linux
def test_no_file_can_be_changed(make: MakeClient, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"kept")
    outcomes = json.loads(play(make(), "write", text=str(victim)).text)

    assert outcomes == dict.fromkeys(outcomes, "EACCES")
    assert [path.name for path in tmp_path.iterdir()] == ["victim"]
    assert victim.read_bytes() == b"kept"


def test_files_can_be_changed_where_that_is_the_childs_work(
    make: MakeClient, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"not kept")
    client = make(limits=Limits(allow_file_writes=True))
    outcomes = json.loads(play(client, "write", text=str(victim)).text)

    assert outcomes["write"] == outcomes["rename"] == outcomes["folder"] == "done"
    assert client.protections()["file writes"] == NOT_ASKED


@linux
def test_files_can_be_changed_in_the_one_folder_that_is_the_childs_work(
    make: MakeClient, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    inside, outside = folder / "victim", tmp_path / "victim"
    for victim in (inside, outside):
        victim.write_bytes(b"kept")
    client = make(limits=Limits(writable=(str(folder), os.devnull)))
    verdict = client.protections()["file writes"]
    if verdict.startswith("landlock"):
        pytest.skip(verdict)

    refused = json.loads(play(client, "write", text=str(outside)).text)
    assert refused == dict.fromkeys(refused, "EACCES")
    assert outside.read_bytes() == b"kept"
    granted = json.loads(play(client, "write", text=str(inside)).text)
    assert granted["write"] == granted["rename"] == granted["folder"] == "done"
    assert json.loads(play(client, "write", text=os.devnull).text)["write"] == "done"
    assert verdict == ENFORCED


@linux
def test_no_other_program_can_be_started_and_no_other_process_reached(make: MakeClient) -> None:
    client = make()

    assert json.loads(play(client, "run").text) == {"run": "EACCES", "fork": "EACCES"}
    assert json.loads(play(client, "signal").text) == {"parent": "EPERM", "itself": "done"}


@linux
def test_everything_asked_for_is_enforced_and_everything_is_reported(make: MakeClient) -> None:
    limits = Limits(memory_bytes=400 * MIB, open_files=64, file_size=0, niceness=3)
    client = make(limits=limits)
    protections = client.protections()

    assert list(protections) == list(PROTECTIONS)
    assert protections == dict.fromkeys(PROTECTIONS, ENFORCED)
    assert client.pid is not None
    assert psutil.Process(client.pid).nice() == psutil.Process().nice() + 3


# -- the parent's death

PARENT = """
    import msgspec
    from desktop.domain.jobs import Cancellation
    from desktop.workers.client import WorkerClient
    from desktop.workers.dummy.config import Config
    from desktop.workers.lockdown import Limits
    from desktop.workers.protocol import Rehearse

    if __name__ == "__main__":
        config = msgspec.msgpack.encode(Config())
        clients = [WorkerClient("dummy", config, limits=Limits()) for _ in range(2)]
        clients[0].protections()  # idle
        job = clients[1].run(Rehearse("block"), cancel=Cancellation())
        next(job)
        print(*[client.pid for client in clients], flush=True)
        next(job)
"""


@posix
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_child_outlives_its_parent(tmp_path: Path, end: signal.Signals) -> None:
    with _parent(tmp_path, PARENT) as parent:
        pids = _children_of(parent)
        parent.send_signal(end)
        parent.wait(PATIENCE_S)

    assert all(gone(pid) for pid in pids)


@posix
def test_a_program_that_forgets_a_deaf_child_ends_all_the_same(tmp_path: Path) -> None:
    forgetful = (
        textwrap.dedent(PARENT).removesuffix("    next(job)\n") + "    raise SystemExit(7)\n"
    )
    with _parent(tmp_path, forgetful) as parent:
        pids = _children_of(parent)

        assert parent.wait(PATIENCE_S) == 7
    assert all(gone(pid) for pid in pids)


@contextmanager
def _parent(folder: Path, source: str) -> Iterator[subprocess.Popen[str]]:
    """A program with children of its own, which does not outlive the test."""
    script = folder / "parent.py"
    script.write_text(textwrap.dedent(source))
    parent = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        text=True,
    )
    with parent:
        try:
            yield parent
        finally:
            parent.kill()


def _children_of(parent: subprocess.Popen[str]) -> list[int]:
    """The pids that a `PARENT` prints once its children are at work."""
    assert parent.stdout is not None
    pids = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(pids) == 2
    return pids


@posix
def test_children_say_nothing_on_the_terminal_of_their_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent(PARENT).replace("next(job)", "list(job)").replace("block", "abort")
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONFAULTHANDLER": "1"},
        text=True,
        timeout=PATIENCE_S * 3,
        check=False,
    )

    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.rstrip().endswith("Try again: it starts afresh by itself.")
    assert "Fatal Python error" not in run.stderr
