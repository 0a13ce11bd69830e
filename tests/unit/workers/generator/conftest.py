from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import msgspec
import pytest

from desktop.workers.generator.config import Config
from desktop.workers.generator.jobs import LlamaWorker
from desktop.workers.generator.worker import build
from desktop.workers.protocol import LoadModel
from tests.unit.workers.generator.gguf_files import STARTER
from tests.unit.workers.generator.playing import play


def _worker() -> LlamaWorker:
    worker = build(msgspec.msgpack.encode(Config()))
    assert isinstance(worker, LlamaWorker)
    return worker


@pytest.fixture(scope="session")
def shared() -> Iterator[LlamaWorker]:
    """The starter model, loaded once. Its cache holds whatever tests before left there."""
    worker = _worker()
    play(worker, LoadModel(os.fsencode(STARTER), context_window=512))
    yield worker
    worker.close()


@pytest.fixture
def fresh() -> Iterator[Callable[[], LlamaWorker]]:
    """Makes workers that have loaded nothing."""
    made: list[LlamaWorker] = []

    def make() -> LlamaWorker:
        made.append(_worker())
        return made[-1]

    yield make
    for worker in made:
        worker.close()
