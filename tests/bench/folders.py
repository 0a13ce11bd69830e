"""A watched folder of ten thousand files: how long a look takes, and how the window bears it.

The window runs in a process of its own, offscreen, on the real desk without models: recording,
listing and reading are measured, not embedding. This module starts it and reads what it reports.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.figures import Figure, table

NAME = "folders"
PASSPHRASE = "a bench needs no keyring"


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench.folders_probe", folder, PASSPHRASE]
        none = Path(folder) / "no models"
        none.mkdir()
        ran = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "ESCRITOIRE_MODELS": str(none)},
            cwd=Path(__file__).parents[2],
            timeout=900,
        )
    found: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return [
        Figure(NAME, "files", found["files"], ""),
        Figure(NAME, "first look at the half of them", found["half_s"], "s"),
        Figure(NAME, "first look at the other half, to that", found["growth"], "", at_most=1.5),
        Figure(NAME, "longest stall while they are recorded", found["adding_ms"], "ms", at_most=50),
        Figure(NAME, "look with nothing changed", found["unchanged_s"], "s"),
        Figure(NAME, "longest stall meanwhile", found["looking_ms"], "ms", at_most=50),
        Figure(NAME, "longest stall while they are listed", found["listed_ms"], "ms", at_most=50),
        Figure(NAME, "files read", found["read"], ""),
        Figure(NAME, "of them a second", found["read_per_s"], ""),
        Figure(NAME, "longest stall while they are read", found["reading_ms"], "ms", at_most=50),
        Figure(
            NAME, "longest stall while all are scrolled", found["scrolled_ms"], "ms", at_most=50
        ),
        Figure(NAME, "longest stall while all are selected", found["chosen_ms"], "ms", at_most=50),
        Figure(NAME, "stalls over 50 ms in all", found["stalls"], ""),
        Figure(
            NAME, "longest computing of the main thread", found["computed_ms"], "ms", at_most=50
        ),
        Figure(NAME, "load average", os.getloadavg()[0], ""),
    ]


if __name__ == "__main__":
    print(table(measure()))
