"""Hashing a model of 1 GB: verifying it, and importing it, against `sha256sum` on the same file.

All in turn, with the file in the system's cache, so that reading the disk is not what is measured.
Importing also writes the file and waits until it is on the disk; what that takes without hashing
is measured beside it, as `cp` followed by `sync` of the copy.
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desktop.domain.jobs import Cancellation
from tests.bench.figures import Figure
from tests.ggufs import gguf
from tests.shelves import Bench, shelf_in

SIZE = 1_000_000_000  # bytes
ROUNDS = 3


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        source = root / "heron.gguf"
        source.write_bytes(gguf(bytes(SIZE)))
        with shelf_in(root / "profile", root / "none") as bench:
            return _measure(bench, source)


def _measure(bench: Bench, source: Path) -> list[Figure]:
    copy = source.with_suffix(".copy")
    tool, verifying, importing, copying = [], [], [], []
    for _ in range(ROUNDS):
        tool.append(_seconds(lambda: _run("sha256sum", source)))
        importing.append(_seconds(lambda: bench.shelf.add([source], cancel=Cancellation())))
        (part,) = bench.shelf.find("heron").parts
        _run("sha256sum", part.path)
        verifying.append(_seconds(lambda: bench.shelf.verify("heron", cancel=Cancellation())))
        bench.shelf.remove("heron")
        bench.shelf.settle()
        copying.append(_seconds(lambda: (_run("cp", source, copy), _run("sync", copy))))
        copy.unlink()
    rate = SIZE / 1e6
    return [
        Figure("hashing", "verifying / sha256sum", _ratio(tool, verifying), "", at_least=0.8),
        Figure("hashing", "importing / sha256sum", _ratio(tool, importing), "", at_least=0.8),
        Figure("hashing", "sha256sum", rate / statistics.median(tool), "MB/s"),
        Figure("hashing", "verifying", rate / statistics.median(verifying), "MB/s"),
        Figure("hashing", "importing", rate / statistics.median(importing), "MB/s"),
        Figure("hashing", "cp and sync", rate / statistics.median(copying), "MB/s"),
    ]


def _ratio(tool: list[float], ours: list[float]) -> float:
    return statistics.median(t / o for t, o in zip(tool, ours, strict=True))


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)
