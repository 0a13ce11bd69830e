"""The command line as a user or a script has it: arguments in; exit code, stdout and stderr out."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from desktop.cli.main import main

PASSPHRASE = "a desk that locks"
PATIENCE_S = 60.0

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Outcome:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """All of stdout, as one JSON value; fails if there is anything else on it."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """stdout as lines of JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    def complains(self, *words: str, count: int = 1) -> None:
        """It ended with a known error: `count` lines on stderr, these words among them."""
        assert (self.code, self.out) == (3, ""), self
        assert len(self.err.splitlines()) == count, self
        assert all(word in self.err for word in words), self


class Terminal:
    """Types commands for one profile, in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.profile = folder / "profile"
        self.passphrase_file = passphrase_file(folder)
        self._capsys = capsys

    @property
    def unlocking(self) -> list[str]:
        return ["--profile", str(self.profile), "--passphrase-file", str(self.passphrase_file)]

    def type(self, *words: str | Path) -> Outcome:
        """Run a command on the profile."""
        return self.type_plainly(*self.unlocking, *words)

    def type_plainly(self, *words: str | Path) -> Outcome:
        """Run a command with nothing but these words."""
        self._capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as usage:
            code = int(usage.code or 0)
        said = self._capsys.readouterr()
        return Outcome(code, said.out, said.err)


def passphrase_file(folder: Path) -> Path:
    """A file with the passphrase of the tests' profiles."""
    path = folder / "passphrase"
    path.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    return path


def command(*words: str | Path) -> list[str]:
    """The command line of a process of its own."""
    return [sys.executable, "-m", "desktop", *map(str, words)]


def start(*words: str | Path, **how: Any) -> Outcome:
    """Run a command in a process of its own."""
    done = subprocess.run(
        command(*words), cwd=ROOT, capture_output=True, timeout=PATIENCE_S, check=False, **how
    )
    return Outcome(
        done.returncode,
        done.stdout.decode("utf-8", "surrogateescape"),
        done.stderr.decode("utf-8", "surrogateescape"),
    )


class OnATerminal:
    """A command in a process of its own, with a terminal as its stderr; it leads a session, so
    that a signal to its group reaches its children as Ctrl+C would."""

    def __init__(self, words: Sequence[str | Path], columns: int = 80) -> None:
        self._ours, theirs = pty.openpty()
        environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm"}
        self.process = subprocess.Popen(
            command(*words),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = ""
        self._more = threading.Condition()
        self._over = False
        self._watching = threading.Thread(target=self._watch, name="terminal")
        self._watching.start()

    def _watch(self) -> None:
        with contextlib.suppress(OSError):  # how Linux says that the other side is closed
            while piece := os.read(self._ours, 4096):
                with self._more:
                    self.seen += piece.decode("utf-8", "replace")
                    self._more.notify_all()
        with self._more:
            self._over = True
            self._more.notify_all()

    def await_words(self, words: str) -> None:
        """Wait until the terminal has shown these words."""
        with self._more:
            self._more.wait_for(lambda: words in self.seen or self._over, PATIENCE_S)
            assert words in self.seen, self.seen

    def interrupt(self) -> list[psutil.Process]:
        """Ctrl+C; the children there were."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        os.killpg(self.process.pid, signal.SIGINT)
        return children

    def end(self) -> Outcome:
        """Wait for the end; all that the terminal was sent is `err`."""
        out, _ = self.process.communicate(timeout=PATIENCE_S)
        self._watching.join(PATIENCE_S)
        return Outcome(self.process.returncode, out.decode(), self.seen)

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()
        self._watching.join(PATIENCE_S)
        os.close(self._ours)


@contextlib.contextmanager
def on_a_terminal(*words: str | Path, columns: int = 80) -> Iterator[OnATerminal]:
    """The command, started; killed at the end if it still runs."""
    running = OnATerminal(words, columns)
    try:
        yield running
    finally:
        running.close()
