"""Progress is plain lines in a log and one line drawn over on a terminal; commands end with us."""

from __future__ import annotations

import io
import os
import sys
import threading
from pathlib import Path

import pytest

from installers.progress import ERASE, INDENT, LIVE_EVERY_S, PLAIN_EVERY_S, Progress, run


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_plain_lines_come_now_and_then() -> None:
    stream, clock = io.StringIO(), Clock()
    with Progress(stream, live=False, clock=clock).step(2, 6, "Installing") as step:
        step.detail("1 of 95: numpy")
        clock.now = PLAIN_EVERY_S
        step.detail("37 of 95: scipy")
        clock.now = 75
    assert stream.getvalue().splitlines() == [
        "[2/6] Installing",
        "      37 of 95: scipy, 20 s",
        "      done in 1 min 15 s",
    ]


def test_a_terminal_sees_one_line_drawn_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    stream, clock = io.StringIO(), Clock()
    with Progress(stream, live=True, clock=clock).step(1, 1, "Fetching") as step:
        clock.now = LIVE_EVERY_S
        step.detail("x" * 100)
        step.note("A sentence that stays.")
    drawn = [line for text in stream.getvalue().split("\n") for line in text.split(ERASE)]
    assert max(map(len, drawn)) < 40
    assert INDENT + "A sentence that stays." in drawn


def test_a_failed_step_is_not_called_done() -> None:
    stream = io.StringIO()
    with pytest.raises(OSError, match="full"), Progress(stream, live=False).step(1, 1, "Fetching"):
        raise OSError("full")
    assert "done" not in stream.getvalue()


def test_a_command_is_logged_and_read(tmp_path: Path) -> None:
    log, heard = tmp_path / "log", list[str]()
    script = "import sys; print('one'); print('two', file=sys.stderr); sys.exit(5)"
    with Progress(io.StringIO(), live=False).step(1, 1, "Running") as step:
        outcome = run([sys.executable, "-SEc", script], step, log=log, read=heard.append)
    assert outcome.status == 5
    assert sorted(outcome.lines) == sorted(heard) == ["one", "two"]
    assert {"one", "two"} < set(log.read_text(encoding="utf-8").splitlines())


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX")
def test_an_interrupt_ends_the_command_and_what_it_started(tmp_path: Path) -> None:
    """The child starts a grandchild that holds a FIFO open: reading it ends when both are gone."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    inner = tmp_path / "inner.py"
    inner.write_text(
        f"import time\nfile = open({str(fifo)!r}, 'w')\nprint('up', flush=True)\ntime.sleep(60)\n",
        encoding="utf-8",
    )
    script = f"import subprocess, sys; subprocess.run([sys.executable, '-SE', {str(inner)!r}])"
    ended = threading.Event()

    def wait_for_the_end() -> None:
        with fifo.open() as file:
            file.read()
        ended.set()

    watcher = threading.Thread(target=wait_for_the_end, daemon=True)
    watcher.start()

    def interrupt(line: str) -> None:
        raise KeyboardInterrupt

    with (
        pytest.raises(KeyboardInterrupt),
        Progress(io.StringIO(), live=False).step(1, 1, "Running") as step,
    ):
        run([sys.executable, "-SEc", script], step, read=interrupt)
    watcher.join(timeout=10)
    assert ended.is_set()
