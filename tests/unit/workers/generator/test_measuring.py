from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from desktop.domain.errors import Cancelled, ModelMissing
from desktop.workers.generator.binding import llama
from desktop.workers.generator.computer import usable_threads
from desktop.workers.generator.jobs import LlamaWorker
from desktop.workers.generator.measuring import fewest_of_the_fastest, thread_counts
from desktop.workers.host import JobContext, Mark
from desktop.workers.protocol import LoadModel, MeasureSpeed, SpeedMeasured
from tests.unit.workers.generator.gguf_files import STARTER
from tests.unit.workers.generator.playing import (
    QUESTION,
    CancelledAtCall,
    play,
    settled,
    written,
)

Fresh = Callable[[], LlamaWorker]
LOAD = LoadModel(os.fsencode(STARTER), context_window=256)


@pytest.mark.parametrize(
    ("most", "counts"),
    [
        (1, [1]),
        (2, [1, 2]),
        (4, [2, 3, 4]),
        (6, [2, 4, 5, 6]),
        (8, [2, 4, 7, 8]),
        (16, [2, 4, 8, 15, 16]),
        (20, [2, 4, 8, 16, 19, 20]),
    ],
)
def test_a_few_numbers_of_threads_are_tried(most: int, counts: list[int]) -> None:
    assert thread_counts(most) == counts


def test_threads_that_gain_nothing_are_left_to_others() -> None:
    assert fewest_of_the_fastest({2: 20.0, 4: 39.5, 7: 40.0, 8: 31.0}) == 4
    assert fewest_of_the_fastest({1: 10.0, 2: 19.0}) == 2
    assert fewest_of_the_fastest({1: 10.0, 2: 6.0}) == 1


def test_the_loaded_model_is_measured_and_answers_as_before(fresh: Fresh) -> None:
    worker = fresh()
    play(worker, LOAD)
    expected = settled(worker, QUESTION).text
    assert worker._model is not None
    context, threads = worker._model.context, worker._model.threads
    played = play(worker, MeasureSpeed())
    speed = played.result
    assert isinstance(speed, SpeedMeasured)
    assert speed.prefill > 0
    assert speed.decode > 0
    assert 1 <= speed.threads <= usable_threads()
    assert speed.load_s > 0
    assert speed.memory > STARTER.stat().st_size
    done = [mark.done for mark in played.marks if mark.done]
    assert done == sorted(done)
    assert done[-1] == 100
    own = llama.llama_n_threads(context), llama.llama_n_threads_batch(context)
    assert own == threads
    assert settled(worker, QUESTION).text == expected


@pytest.mark.parametrize("calls", [0, 3, 40])
def test_measuring_can_be_cancelled(calls: int, fresh: Fresh) -> None:
    worker = fresh()
    play(worker, LOAD)
    with pytest.raises(Cancelled):
        play(worker, MeasureSpeed(), CancelledAtCall(calls))
    assert written(worker, QUESTION).text


def test_a_question_asked_meanwhile_does_no_harm(fresh: Fresh) -> None:
    worker = fresh()
    play(worker, LOAD)
    expected = settled(worker, QUESTION).text
    steps = worker.handle(MeasureSpeed(), JobContext())
    for at, said in enumerate(steps):
        assert isinstance(said, Mark)
        if at % 5 == 0:
            assert settled(worker, QUESTION).text == expected


def test_another_model_ends_the_measuring(fresh: Fresh) -> None:
    worker = fresh()
    play(worker, LOAD)
    steps = worker.handle(MeasureSpeed(), JobContext())
    next(steps)
    play(worker, LOAD)
    with pytest.raises(Cancelled):
        list(steps)
    assert written(worker, QUESTION).text


def test_without_a_model_there_is_nothing_to_measure(fresh: Fresh) -> None:
    with pytest.raises(ModelMissing):
        play(fresh(), MeasureSpeed())
