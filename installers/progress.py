"""Tells the person at the terminal what the set-up is doing, and runs commands meanwhile.

Everything goes to stderr, so that the application's own output stays pure. On a terminal one line
is updated in place; elsewhere (a log, CI) plain lines appear, one every so often. It must not know
what the steps are about.
"""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

PLAIN_EVERY_S = 20.0
LIVE_EVERY_S = 0.2
KEPT_LINES = 200
INDENT = "      "
ERASE = "\r\x1b[K"


class Step:
    """One step while it runs: remembers its detail and redraws its line when it is time."""

    def __init__(self, stream: TextIO, live: bool, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._live = live
        self._clock = clock
        self._detail = ""
        self._started = self._shown = clock()

    def detail(self, text: str) -> None:
        """Says how far the step is, for example `37 of 95: numpy`."""
        self._detail = text
        self.tick()

    def tick(self) -> None:
        """Shows that the step is alive; call it as often as convenient."""
        now = self._clock()
        if now - self._shown < (LIVE_EVERY_S if self._live else PLAIN_EVERY_S):
            return
        self._shown = now
        text = INDENT + (f"{self._detail}, {self.elapsed()}" if self._detail else self.elapsed())
        if self._live:
            # A line longer than the terminal would wrap, and could not be drawn over.
            self._write(f"{ERASE}{text[: shutil.get_terminal_size().columns - 1]}")
        else:
            self._write(f"{text}\n")

    def note(self, sentence: str) -> None:
        """Puts a sentence on a line of its own, which stays."""
        self._write(f"{ERASE if self._live else ''}{INDENT}{sentence}\n")

    def elapsed(self) -> str:
        """The time since the step began, as people say it."""
        seconds = round(self._clock() - self._started)
        return f"{seconds // 60} min {seconds % 60:02} s" if seconds >= 60 else f"{seconds} s"

    def close(self) -> None:
        """Takes the line away that was drawn over and over."""
        if self._live:
            self._write(ERASE)

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


class Progress:
    """Numbers the steps of one set-up and shows each of them."""

    def __init__(
        self,
        stream: TextIO | None = None,
        live: bool | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._live = self._stream.isatty() if live is None else live
        self._clock = clock

    @contextmanager
    def step(self, number: int, total: int, title: str) -> Iterator[Step]:
        """Shows step `number` of `total` for as long as the block runs."""
        self.say(f"[{number}/{total}] {title}")
        step = Step(self._stream, self._live, self._clock)
        try:
            yield step
        finally:
            step.close()
        step.note(f"done in {step.elapsed()}")

    def say(self, sentence: str) -> None:
        """Prints a sentence that belongs to no step."""
        self._stream.write(sentence + "\n")
        self._stream.flush()


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit status and the last lines that it printed."""

    status: int
    lines: tuple[str, ...]


def silent(_line: str) -> None:
    """Reads nothing out of a line of output."""


def run(
    command: Sequence[str | Path],
    step: Step,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    log: Path | None = None,
    read: Callable[[str], str | None] = silent,
) -> Outcome:
    """Runs a command to its end, showing progress and keeping its output.

    Args:
        command: the program and its arguments.
        step: where progress is shown.
        env: the whole environment of the command; the caller's own when None.
        cwd: the folder that it runs in.
        log: a file to which the output is appended.
        read: given each line of output, returns the detail to show, or None for no change.

    Raises:
        OSError: when the program cannot be started or the log cannot be written.
        KeyboardInterrupt: passed on after the command was ended.
    """
    lines: deque[str] = deque(maxlen=KEPT_LINES)
    arrived: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    process = subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(env) if env is not None else None,
        cwd=cwd,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )

    def pump() -> None:
        for line in process.stdout or ():
            arrived.put(line.rstrip("\n"))
        arrived.put(None)

    reader = threading.Thread(target=pump, name="command output", daemon=True)
    reader.start()
    try:
        with _appending(log) as kept:
            kept(f"$ {' '.join(str(part) for part in command)}")
            while True:
                try:
                    line = arrived.get(timeout=LIVE_EVERY_S)
                except queue.Empty:
                    step.tick()
                    continue
                if line is None:
                    break
                kept(line)
                lines.append(line)
                if (detail := read(line)) is not None:
                    step.detail(detail)
                else:
                    step.tick()
        return Outcome(process.wait(), tuple(lines))
    finally:
        _end(process)
        # A compiler started by pip may outlive it for a moment and keep the pipe open.
        reader.join(timeout=5)
        if process.stdout is not None and not reader.is_alive():
            process.stdout.close()


def _end(process: subprocess.Popen[str]) -> None:
    """Ends a command that still runs, together with all that it started, such as a compiler.

    An interrupt comes first, since pip tidies up after one, but not after a kill.
    """
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.terminate()
        process.wait()
        return
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def _appending(log: Path | None) -> Iterator[Callable[[str], None]]:
    with (log or Path(os.devnull)).open("a", encoding="utf-8") as file:

        def keep(line: str) -> None:
            file.write(line + "\n")

        yield keep
