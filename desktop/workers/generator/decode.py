"""The loop around llama.cpp's `llama_decode`: prompts and answers, token by token.

What the KV cache holds is remembered as a list of tokens. A prompt is compared with it, and only
what comes after their common beginning is evaluated. The list is right at every moment: a batch
that was stopped half-way is taken out of the cache again. Chooses no words and renders no template.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Generator, Sequence
from typing import Any

from desktop.domain.errors import Cancelled, PromptTooLong, WorkerCrashed
from desktop.domain.reasoning import still_open
from desktop.domain.repetition import RepetitionWatch
from desktop.workers.generator import states
from desktop.workers.generator.binding import llama
from desktop.workers.generator.config import Config
from desktop.workers.generator.drafting import Ahead, PromptLookup
from desktop.workers.generator.model import Model
from desktop.workers.generator.sampling import Sampler
from desktop.workers.generator.text import TextStream
from desktop.workers.host import JobContext, Mark
from desktop.workers.protocol import Begun, Generate, Generated, Prefilled, TextDelta

ROOM_FOR_ANSWER = 64  # tokens of the context window that a prompt must leave
ABORTED = 2  # of llama_decode's results
SLOW_TOKEN_S = 0.1  # from here on, a cancellation is also heard within a token

Writing = Generator[TextDelta | Mark, None, Generated]


class Decoder:
    """Evaluates in the context of `model`. One job at a time; a later one may interrupt it."""

    def __init__(self, model: Model, config: Config) -> None:
        self._model = model
        self._config = config
        self._held: list[int] = []  # tokens in the KV cache, by position
        self._turn = object()  # whose job it is
        self.closed = False
        self._job: JobContext | None = None
        self._abort = llama.ggml_abort_callback(self._unwanted)
        self._never = llama.ggml_abort_callback()
        room = max(config.batch, config.background_batch)
        self._tokens = (ctypes.c_int32 * room)()
        self._positions = (ctypes.c_int32 * room)()
        self._wanted = (ctypes.c_int8 * room)()  # whose logits are
        sequence = (ctypes.c_int32 * 1)(0)
        pointer = ctypes.POINTER(ctypes.c_int32)
        self._sequences = (pointer * room)(*[ctypes.cast(sequence, pointer)] * room)
        self._batch = llama.llama_batch(
            n_tokens=0,
            token=ctypes.cast(self._tokens, pointer),
            pos=ctypes.cast(self._positions, pointer),
            n_seq_id=ctypes.cast((ctypes.c_int32 * room)(*[1] * room), pointer),
            seq_id=ctypes.cast(self._sequences, ctypes.POINTER(pointer)),
            logits=ctypes.cast(self._wanted, ctypes.POINTER(ctypes.c_int8)),
        )

    @property
    def held(self) -> Sequence[int]:
        """The tokens whose keys and values are in the cache."""
        return self._held

    @property
    def longest_prompt(self) -> int:
        """The most tokens that a prompt may have."""
        return max(1, self._model.window - ROOM_FOR_ANSWER)

    def close(self) -> None:
        """Free the model. A job that was interrupted finds its turn over."""
        self.closed = True
        self._turn = object()
        self._model.close()

    def prefill(self, tokens: list[int], job: JobContext) -> Generator[Mark, None, Prefilled]:
        """Evaluate the beginning of a prompt, as far as it fits.

        Ends early when another job had its turn meanwhile: the question has been asked, and the
        cache holds what it needed.
        """
        turn = self._turn = object()
        tokens = tokens[: self.longest_prompt]
        cached = self._keep(tokens)
        for mark in self._evaluate(tokens, self._config.background_batch, job):
            yield mark
            if self._turn is not turn:
                break
        return Prefilled(prompt_tokens=len(tokens), cached_tokens=cached)

    def begin(self, tokens: list[int], job: JobContext) -> Generator[Mark, None, Begun]:
        """Evaluate the beginning of prompts to come, now.

        It ends a batch wherever it ends: what is evaluated after it is cut alike whether it was
        evaluated or restored, so that the same text comes of both. Raises Cancelled.
        """
        seen = self.look(tokens)
        if seen.cached < seen.tokens:
            self._turn = object()
            tokens = tokens[: seen.tokens]
            self._keep(tokens)
            yield from self._evaluate(tokens, self._config.batch, job)
        return seen

    def look(self, tokens: list[int]) -> Begun:
        """How much of a beginning the cache holds."""
        wanted = tokens[: self.longest_prompt]
        return Begun(tokens=len(wanted), cached=self._common(wanted))

    def save(self, tokens: list[int]) -> bytes:
        """The state of the cache, cut back to these tokens; b"" if it does not hold all of them,
        or if it cannot be saved."""
        if not tokens or self._common(tokens) < len(tokens):
            return b""
        self._turn = object()
        if self._keep(tokens) < len(tokens):
            return b""
        return states.saved(self._model.handle, self._model.context, self._held)

    def restore(self, state: bytes, tokens: list[int]) -> Begun:
        """Have the cache hold what a saved state has of a beginning, if that is more than it has.

        What of the state is not `tokens` is cut off; a state that will not do is let go.
        """
        self._turn = object()
        self._drop_from(0)
        self._held[:] = states.restored(self._model.handle, self._model.context, state)
        self._keep(tokens)
        return self.look(tokens)

    def generate(
        self,
        prompt: list[int],
        request: Generate,
        job: JobContext,
        started: float,
        opened: str = "",
    ) -> Writing:
        """Write what follows `prompt`. `started`: when the request came, on `perf_counter`;
        `opened`: the tag of the model's reasoning, where the prompt ends with it.

        Raises PromptTooLong and Cancelled.
        """
        turn = self._turn = object()
        cached = yield from self._begin(prompt, job)

        vocabulary, stream = self._model.vocabulary, TextStream(request.stop)
        answer: list[int] = []
        first = now = shown = 0.0
        room, written = _Room(request, self._model.window + 1 - len(prompt), opened), ""
        watch = RepetitionWatch() if request.stop_repeating else None
        ahead = Ahead(PromptLookup(prompt) if self._may_draft(request) else None)
        with Sampler(request, vocabulary.size) as sampler:
            while True:
                if self._turn is not turn:
                    turn = self._turn = object()
                    ahead.forget()
                    yield from self._evaluate_again([*prompt, *answer], job)
                token = sampler.next_token(self._model.context, ahead.at)
                before, now = now, time.perf_counter()
                first = first or now
                if vocabulary.is_end(token):
                    reason = "end"
                    break
                answer.append(token)
                stream.feed(vocabulary.piece(token, first=len(answer) == 1 and not request.begun))
                if stream.stopped:
                    reason = "stop"
                    break
                left = room.left(len(answer))
                if left <= 0:
                    reason = "limit"
                    break
                if stream.waiting and now - shown >= self._config.delta_s:
                    shown = now
                    text = stream.take()
                    yield TextDelta(text)
                    written += text
                    room.note(written, len(answer))
                    if watch is not None and watch.begins_at(written) is not None:
                        reason = "repeats"
                        break
                    if self._turn is not turn:
                        continue
                job.raise_if_cancelled()
                if not ahead.has(token):
                    drafted = ahead.draft(answer, min(left, len(self._tokens)) - 1)
                    slow = drafted or now - before > SLOW_TOKEN_S
                    self._go_on(prompt, answer, drafted, job if slow else None)
        stream.finish()
        if stream.waiting:
            yield TextDelta(stream.take())
        steps = len(answer) - (reason != "end")  # tokens evaluated since the first one was chosen
        return Generated(
            reason=reason,
            prompt_tokens=len(prompt),
            cached_tokens=cached,
            first_token_s=first - started,
            tokens=len(answer),
            tokens_per_s=steps / (now - first) if now > first else 0.0,
        )

    def hold(self, tokens: list[int], job: JobContext) -> Generator[Mark, None, None]:
        """Have the cache hold just `tokens`, with the logits of the last one."""
        self._turn = object()
        self._keep(tokens[:-1])
        yield from self._evaluate(tokens, self._config.batch, job)

    def add(self, tokens: list[int], job: JobContext) -> None:
        """Evaluate `tokens` one by one after what the cache holds, as writing does."""
        for token in tokens:
            self._evaluate_all([token], job)

    def _begin(self, prompt: list[int], job: JobContext) -> Generator[Mark, None, int]:
        """Evaluate a prompt; how many of its tokens were in the cache. Raises PromptTooLong."""
        if len(prompt) > self.longest_prompt:
            raise PromptTooLong(tokens=len(prompt), limit=self.longest_prompt)
        cached = self._keep(prompt[:-1])  # the last one's logits are needed
        if cached:
            yield Mark(cached, len(prompt))
        yield from self._evaluate(prompt, self._config.batch, job)
        return cached

    def _go_on(
        self, prompt: list[int], answer: list[int], drafted: list[int], job: JobContext | None
    ) -> None:
        """Evaluate the last token of `answer`, and what was drafted to follow it."""
        position = len(prompt) + len(answer) - 1
        if len(self._held) > position:  # drafted before, and not what came
            self._drop_from(position)
        self._evaluate_all([answer[-1], *drafted], job)

    # -- the cache

    def _keep(self, tokens: Sequence[int]) -> int:
        """Drop from the cache what does not begin `tokens`; how many tokens are left."""
        self._drop_from(self._common(tokens))
        return len(self._held)

    def _common(self, tokens: Sequence[int]) -> int:
        """How many tokens the cache and `tokens` begin with alike."""
        common = 0
        for held, token in zip(self._held, tokens, strict=False):
            if held != token:
                break
            common += 1
        return common

    def _drop_from(self, position: int) -> None:
        """Cut the cache back to `position`; to nothing where the model's memory cannot be cut."""
        memory = self._model.memory
        if llama.llama_memory_seq_rm(memory, 0, position, -1):
            del self._held[position:]
        else:
            llama.llama_memory_clear(memory, True)
            self._held.clear()

    # -- evaluating

    def _evaluate(
        self, tokens: list[int], batch: int, job: JobContext
    ) -> Generator[Mark, None, None]:
        """Evaluate those of `tokens` that the cache, a beginning of them, does not hold.

        The batches end at multiples of `batch`, wherever they begin.
        """
        while (start := len(self._held)) < len(tokens):
            job.raise_if_cancelled()
            end = min(len(tokens), (start // batch + 1) * batch)
            count = end - start
            for at in range(count):
                self._tokens[at] = tokens[start + at]
                self._positions[at] = start + at
                self._wanted[at] = 0
            self._wanted[count - 1] = end == len(tokens)
            self._run(count, job)
            self._held.extend(tokens[start:end])
            yield Mark(end, len(tokens))

    def _evaluate_again(self, tokens: list[int], job: JobContext) -> Generator[Mark, None, None]:
        """Evaluate what another job put out of the cache, and the last token in any case."""
        self._keep(tokens[:-1])
        yield from self._evaluate(tokens, self._config.batch, job)

    def _evaluate_all(self, tokens: list[int], job: JobContext | None) -> None:
        """Evaluate `tokens` in one batch; what follows each of them can be asked for."""
        start = len(self._held)
        for at, token in enumerate(tokens):
            self._tokens[at] = token
            self._positions[at] = start + at
            self._wanted[at] = 1
        self._run(len(tokens), job)
        self._held.extend(tokens)

    def _may_draft(self, request: Generate) -> bool:
        """Whether tokens may be evaluated that are taken back: not where memory is a state.

        And only where the likeliest token is taken: evaluated in a batch, it is a little more or
        less likely than evaluated alone, which a draw can tell.
        """
        handle = self._model.handle
        stateful = llama.llama_model_is_recurrent(handle) or llama.llama_model_is_hybrid(handle)
        return request.draft_from_prompt and request.temperature <= 0 and not stateful

    def _run(self, count: int, job: JobContext | None) -> None:
        """`llama_decode` of the first `count` tokens of the batch.

        With a `job`, llama.cpp asks between any two operations whether it is still wanted. That
        costs some 500 calls into Python, nothing beside a batch but a share of a quick token.
        """
        context = self._model.context
        self._job = job
        llama.llama_set_abort_callback(context, self._abort if job else self._never, None)
        self._batch.n_tokens = count
        result: int = llama.llama_decode(context, self._batch)
        if not result:
            return
        self._drop_from(len(self._held))
        if result == ABORTED:
            raise Cancelled
        raise WorkerCrashed(worker="generator", cause=f"llama_decode {result}")

    def _unwanted(self, _: Any) -> bool:
        if self._job is None:
            return False
        self._job.at_work()
        return self._job.cancelled


class _Room:
    """How many tokens may yet be written; those of reasoning have room of their own."""

    def __init__(self, request: Generate, window: int, opened: str) -> None:
        self._request = request
        self._window = window
        self._opened = opened
        self._reasoning = 0

    def note(self, written: str, tokens: int) -> None:
        """So much is written, in so many tokens."""
        if self._request.reasoning_tokens and still_open(self._opened + written):
            self._reasoning = min(tokens, self._request.reasoning_tokens)

    def left(self, tokens: int) -> int:
        return min(self._request.max_tokens + self._reasoning, self._window) - tokens
