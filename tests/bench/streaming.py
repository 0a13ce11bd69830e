"""A long answer as it streams in: the longest stall of the window, and whether its end costs more
than its beginning.

The window runs in a process of its own, offscreen; this module starts it and reads what it reports.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench.figures import Figure, table

NAME = "streaming"


def measure() -> list[Figure]:
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    figures = []
    for kind in ("mixed", "list", "code", "table"):
        ran = subprocess.run(
            [sys.executable, "-m", "tests.bench.streaming_probe", kind],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            env=os.environ | {"QT_QPA_PLATFORM": platform},
            cwd=Path(__file__).parents[2],
            timeout=120,
        )
        found: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
        figures += [
            Figure(NAME, f"{kind}: tokens", found["tokens"], ""),
            Figure(NAME, f"{kind}: longest stall", found["stall_ms"], "ms", at_most=50),
            Figure(NAME, f"{kind}: stalls over 50 ms", found["stalls"], ""),
            Figure(NAME, f"{kind}: longest work at a time", found["work_ms"], "ms", at_most=50),
            Figure(NAME, f"{kind}: longest stall at the end", found["end_ms"], "ms", at_most=50),
            Figure(NAME, f"{kind}: longest work at the end", found["end_work_ms"], "ms"),
            Figure(NAME, f"{kind}: main thread a token", found["token_ms"], "ms"),
            Figure(NAME, f"{kind}: last 500 over first 500", found["ratio"], "", at_most=1.5),
        ]
    return [*figures, Figure(NAME, "load average", os.getloadavg()[0], "")]


if __name__ == "__main__":
    print(table(measure()))
