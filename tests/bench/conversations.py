"""Ten thousand conversations of a hundred turns, one of a thousand: listing, searching, opening.

The store is made at once, which takes minutes; then the window runs on it in a process of its own,
offscreen. python -m tests.bench.conversations_probe measures a profile that was made before.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from desktop.desk import HANDBOOK_ADDED
from desktop.storage.profile import open_profile
from tests.bench.figures import Figure, table
from tests.bench.many_conversations import fill

NAME = "conversations"
PASSPHRASE = "a bench needs no keyring"
CONVERSATIONS, TURNS = 10_000, 100
LONG = 1_000  # turns


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder) / "profile")
        return probe(Path(folder) / "profile")


def make(folder: Path) -> None:
    """A profile that holds what is measured; the long conversation is the newest one."""
    profile = open_profile(folder, PASSPHRASE)
    fill(profile.store, CONVERSATIONS, TURNS, time.time())
    fill(profile.store, 1, LONG, time.time())
    profile.store.set_setting(HANDBOOK_ADDED, "yes")  # nothing else is to be worked on
    profile.close()


def probe(profile: Path) -> list[Figure]:
    command = [sys.executable, "-m", "tests.bench.conversations_probe", str(profile), PASSPHRASE]
    ran = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")},
        cwd=Path(__file__).parents[2],
        timeout=600,
    )
    measured: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return [
        Figure(NAME, "conversations", measured["conversations"], ""),
        Figure(NAME, "the list opens", measured["list_ms"], "ms", at_most=300),
        Figure(NAME, "computing it takes", measured["list_cpu_ms"], "ms"),
        Figure(NAME, "longest stall meanwhile", measured["list_stall_ms"], "ms", at_most=50),
        Figure(NAME, "search, p95 of the service", measured["search_p95_ms"], "ms", at_most=100),
        Figure(NAME, "search, median of the service", measured["search_ms"], "ms"),
        Figure(NAME, "search as typed, to be seen", measured["typed_ms"], "ms"),
        Figure(NAME, "opening 1,000 turns", measured["open_ms"], "ms", at_most=300),
        Figure(NAME, "computing that takes", measured["open_cpu_ms"], "ms"),
        Figure(NAME, "longest stall meanwhile ", measured["open_stall_ms"], "ms", at_most=50),
        Figure(NAME, "turns laid out", measured["made"], "", at_most=100),
        Figure(NAME, "opening at a place found", measured["found_ms"], "ms", at_most=300),
        Figure(NAME, "computing it takes ", measured["found_cpu_ms"], "ms"),
        Figure(NAME, "load average", os.getloadavg()[0], ""),
    ]


if __name__ == "__main__":
    print(table(measure()))
