"""The Models page with a thousand repositories of the hub: how long the window stalls.

The window runs in a process of its own, offscreen, on the real desk, and asks a hub on this
computer as a user does; this module starts it and reads what it reports.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.figures import Figure, table

NAME = "scrolling"
PASSPHRASE = "a bench needs no keyring"


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench.scrolling_probe", folder, PASSPHRASE]
        platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
        ran = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            env=os.environ | {"QT_QPA_PLATFORM": platform},
            cwd=Path(__file__).parents[2],
            timeout=300,
        )
    measured: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return [
        Figure(NAME, "repositories", measured["rows"], ""),
        Figure(NAME, "longest stall while they are listed", measured["listed_ms"], "ms"),
        Figure(NAME, "steps from the first to the last", measured["steps"], ""),
        Figure(NAME, "longest stall meanwhile", measured["scrolled_ms"], "ms", at_most=50),
        Figure(NAME, "stalls over 50 ms", measured["stalls"], ""),
        Figure(NAME, "longest stall from row to row", measured["walked_ms"], "ms", at_most=50),
        Figure(NAME, "load average", os.getloadavg()[0], ""),
    ]


if __name__ == "__main__":
    print(table(measure()))
