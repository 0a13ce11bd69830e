"""The way into the generator's child: sets the stage, then brings in llama.cpp.

This is the only room that imports llama_cpp, and it does so in the child process alone.
"""

from __future__ import annotations

import os

import msgspec

from desktop.workers.generator.config import Config
from desktop.workers.host import Worker

# How often a thread of GNU OpenMP looks whether the others are done before it sleeps. The default
# looks for milliseconds, and on a computer that is busy keeps the very threads it waits for from
# running: with two cores and eight busy processes, 25 tokens of prompt took 3.1 s (at worst 6.2 s).
# With this they take 0.3 s, and on an idle computer the speed is the same.
OPENMP_SPINS = "2000"


def build(config: bytes) -> Worker:
    """The worker for `config`, a packed `Config`."""
    os.environ.setdefault("GOMP_SPINCOUNT", OPENMP_SPINS)  # read when the library is loaded
    from desktop.workers.generator.jobs import LlamaWorker

    return LlamaWorker(msgspec.msgpack.decode(config, type=Config))
