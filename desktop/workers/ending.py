"""How a child's life ended, as an object that explains itself."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import Final

from desktop.workers import host

MEMORY_LIMIT: Final = "memory limit"
SPOKE_OUT_OF_TURN: Final = "it sent what it may not"
STOPPED_WITH_ANOTHER: Final = "stopped together with a job that would not end"
# Causes that say that a child's libraries are not there, so that no file can be blamed.
BROKEN_INSTALLATION: Final = ("ImportError", "ModuleNotFoundError")

_EXITS: Final = {
    host.EXIT_OUT_OF_MEMORY: MEMORY_LIMIT,
    host.EXIT_MISUNDERSTOOD: "it was told what it cannot read",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """`exit_code` as `multiprocessing.Process.exitcode`: negative for a signal, None if unknown.

    `killed_for` says why the parent ended it, "" if it ended by itself.
    """

    exit_code: int | None
    killed_for: str = ""

    @property
    def cause(self) -> str:
        """The reason in a few words: the fact `cause` of a `WorkerCrashed`."""
        if self.killed_for:
            return self.killed_for
        if self.exit_code is None:
            return "gone"
        if self.exit_code >= 0:
            return _EXITS.get(self.exit_code, f"exit {self.exit_code}")
        number = -self.exit_code
        try:
            name = signal.Signals(number).name
        except ValueError:
            return f"signal {number}"
        if name == "SIGKILL":  # not ours: the system's way to get memory back
            return f"signal {number} {name}, perhaps for lack of memory"
        return f"signal {number} {name}"
