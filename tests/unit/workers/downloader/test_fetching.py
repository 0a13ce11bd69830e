"""What a fetch does without the hub: the file is there already, perhaps on a slow disk."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from desktop.workers import protocol
from desktop.workers.downloader.config import Config
from desktop.workers.downloader.fetching import BLOCK, fetch
from desktop.workers.host import JobContext


def test_hashing_what_is_there_shows_life_though_nothing_more_comes(tmp_path: Path) -> None:
    target = tmp_path / "model.gguf"
    content = bytes(5 * BLOCK)
    target.write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    request = protocol.FetchFile(
        protocol.HubAccess("http://127.0.0.1:9", [], ""),
        "acme/tiny-GGUF",
        "c0ffee",
        target.name,
        len(content),
        sha256,
        str(target),
    )
    shown: list[float] = []
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += 60.0  # a block a minute
        return now

    no_hub: Any = None
    job = JobContext(show_life=lambda: shown.append(now), clock=clock)
    marks = list(fetch(no_hub, Config(), request, job))
    assert set(marks) == {(0, len(content))}
    assert len(shown) == 5
    assert target.exists()
