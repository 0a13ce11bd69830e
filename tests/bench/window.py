"""The window: start to interactive, idle memory, longest stall while it indexes and answers.

The window runs in a process of its own, on the real desk with the real children, offscreen; this
module starts it and reads what it reports.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.figures import Figure
from tests.samples import report_pages, write_pdf

STARTS = 5
PAGES = 60
PASSPHRASE = "a bench needs no keyring"


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        document = write_pdf(root / "report.pdf", report_pages(PAGES))
        first = _probe(root / "profile", document)  # makes the profile, and does the day's work
        starts = [_probe(root / "profile", None)["interactive_s"] for _ in range(STARTS)]
    return [
        Figure("window", "start to interactive", statistics.median(starts), "s", at_most=1.5),
        Figure("window", "same, new profile", first["interactive_s"], "s"),
        Figure("window", "idle memory of its process", first["idle_mb"], "MB", at_most=200),
        Figure("window", "memory after the work", first["busy_mb"], "MB"),
        Figure("window", "longest stall at work", first["stall_ms"], "ms", at_most=50),
        Figure("window", "stalls over 50 ms", first["stalls"], ""),
        Figure("window", "pages indexed meanwhile", first["pages"], ""),
        Figure("window", "tokens written meanwhile", first["tokens"], ""),
    ]


def _probe(profile: Path, document: Path | None) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.window_probe", str(profile), PASSPHRASE]
    if document is not None:
        command.append(str(document))
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    ran = subprocess.run(
        command, capture_output=True, text=True, check=True, env=environment, timeout=300
    )
    measured: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return measured
