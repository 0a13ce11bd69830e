"""How fast the loaded model is on this computer: evaluating a prompt, writing, on how many threads.

Made of short rounds with a look at the pipe after each, so that a question asked meanwhile goes
first. What is evaluated is of no meaning: speed does not depend on which tokens they are.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from statistics import median

from desktop.domain.errors import Cancelled
from desktop.workers.generator.binding import llama
from desktop.workers.generator.computer import usable_threads
from desktop.workers.generator.decode import Decoder
from desktop.workers.generator.model import Model
from desktop.workers.host import JobContext, Mark
from desktop.workers.protocol import SpeedMeasured

PROMPT = 512  # tokens, or as many as fit
PREFILL_S = 8.0  # after which a slow model's prompt is long enough
ROUND = 8  # tokens written in one
ROUNDS = 5  # with each number of threads; the median counts
WRITING_S = 14.0  # after which the rounds that were made have to do
ALIKE = 0.97  # of the best speed: fewer threads are preferred, and leave more to everything else
PREFILL_SHARE = 40  # of 100


def measure(
    model: Model, decoder: Decoder, job: JobContext
) -> Generator[Mark, None, SpeedMeasured]:
    """Measure `model`, in its `decoder`; marks are per cent. Raises Cancelled once `job` is.

    Takes about 20 s at most, or as long as two rounds of each kind where that is longer.
    """
    prompt = [token % model.vocabulary.size for token in range(1, _length(model, decoder) + 1)]
    counts = thread_counts(usable_threads())
    try:
        llama.llama_set_n_threads(model.context, model.threads[0], usable_threads())
        prefill = yield from _prefill(decoder, prompt, job)
        speeds = yield from _writing(model, decoder, prompt[:ROUND], counts, job)
    finally:
        if not decoder.closed:
            llama.llama_set_n_threads(model.context, *model.threads)
    best = fewest_of_the_fastest(speeds)
    taken = (model.on_computer, model.on_device)
    return SpeedMeasured(
        prefill=prefill,
        decode=speeds[best],
        threads=best,
        load_s=model.seconds,
        memory=sum(one.weights + one.cache + one.compute for one in taken),
    )


def thread_counts(most: int) -> list[int]:
    """The numbers of threads to try: from two up to `most`, doubling, and all but one.

    On two cores, one is tried as well: with anything else going on, it is often the faster.
    """
    if most <= 2:
        return list(range(1, most + 1))
    doubled = {2**power for power in range(1, most.bit_length()) if 2**power <= most}
    return sorted(doubled | {most - 1, most})


def fewest_of_the_fastest(speeds: dict[int, float]) -> int:
    """Of the numbers of threads, the lowest whose speed is about as good as the best."""
    enough = ALIKE * max(speeds.values())
    return min(count for count, speed in speeds.items() if speed >= enough)


def _length(model: Model, decoder: Decoder) -> int:
    return max(ROUND, min(PROMPT, decoder.longest_prompt, model.window - ROUND))


def _prefill(decoder: Decoder, prompt: list[int], job: JobContext) -> Generator[Mark, None, float]:
    """Tokens of a prompt evaluated a second."""
    yield from _held(decoder, prompt[:2], job)  # wakes everything up
    spent, done = 0.0, 0
    steps = decoder.hold(prompt, job)
    while spent < PREFILL_S:
        before, began = len(decoder.held), time.perf_counter()
        mark = next(steps, None)
        if mark is None:
            break
        spent += time.perf_counter() - began
        done += len(decoder.held) - before
        yield Mark(PREFILL_SHARE * mark.done // mark.total, 100)
        _raise_if_replaced(decoder)
    steps.close()
    return done / spent if spent else 0.0


def _writing(
    model: Model, decoder: Decoder, prompt: list[int], counts: list[int], job: JobContext
) -> Generator[Mark, None, dict[int, float]]:
    """Number of threads -> tokens written a second. The rounds of all take turns."""
    times: dict[int, list[float]] = {count: [] for count in counts}
    began, made = time.perf_counter(), 0
    for turn in range(ROUNDS + 1):
        if turn > 1 and time.perf_counter() - began > WRITING_S:
            break
        for count in counts:
            yield from _held(decoder, prompt, job)
            llama.llama_set_n_threads(model.context, count, usable_threads())
            started = time.perf_counter()
            decoder.add(prompt, job)
            if turn:  # in the first one, threads are made
                times[count].append(time.perf_counter() - started)
            made += 1
            share = (100 - PREFILL_SHARE) * made // (len(counts) * (ROUNDS + 1))
            yield Mark(PREFILL_SHARE + share, 100)
            _raise_if_replaced(decoder)
    return {count: ROUND / median(taken) for count, taken in times.items()}


def _held(decoder: Decoder, prompt: list[int], job: JobContext) -> Generator[Mark, None, None]:
    """Have the cache hold `prompt`, whatever other jobs leave there meanwhile.

    That is no part of what is measured: the marks say nothing new.
    """
    while True:
        job.raise_if_cancelled()
        for mark in decoder.hold(prompt, job):
            if mark.done == mark.total:
                return
            yield Mark(0, 100)
            _raise_if_replaced(decoder)


def _raise_if_replaced(decoder: Decoder) -> None:
    """Nobody wants the speed of a model that another one took the place of."""
    if decoder.closed:
        raise Cancelled
