"""The generator as the services know it, over the child process. The parent's side.

Imports no library of the child's. The child forgets its model when it dies or is killed (a stop
that came too late in native code); the adapter knows which one it was and loads it again.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

import msgspec

from desktop.domain import chat
from desktop.domain.errors import (
    ModelError,
    ModelMissing,
    ModelWillNotLoad,
    WorkerCrashed,
    WorkerStalled,
)
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import ModelFile
from desktop.workers import protocol
from desktop.workers.client import WorkerClient
from desktop.workers.generator.config import LIMITS, Config

CONTEXT_WINDOW = 4096  # tokens; what answers from a few passages need
STALL_S = 120.0  # a slow disk, or a large model's batch on a busy computer, may take as long
HEARS_CANCEL_S = 0.05  # while another thread is loading


def generator_client(config: Config | None = None) -> WorkerClient:
    """The child that `LlamaGenerator` needs, not yet started. It reads model files, no more."""
    packed = msgspec.msgpack.encode(config or Config())
    return WorkerClient("generator", packed, limits=LIMITS)


class LlamaGenerator:
    """`services.ports.Generator` over a `WorkerClient("generator", ...)`. Thread-safe."""

    def __init__(
        self,
        client: WorkerClient,
        *,
        context_window: int = CONTEXT_WINDOW,
        threads: int = 0,
        gpu_layers: int = 0,
        stall_s: float = STALL_S,
    ) -> None:
        """`threads` 0: chosen by the child. `stall_s`: longest silence of the child, in seconds."""
        self._client = client
        self._context_window = context_window
        self._threads = threads
        self._gpu_layers = gpu_layers
        self._stall_s = stall_s
        self._lock = threading.Lock()  # guards what follows
        self._model: ModelFile | None = None
        self._window = 0
        self._pid: int | None = None  # of the child that has the model

    @property
    def context_window(self) -> int:
        """Tokens that prompt and answer may have together; 0 until a model is loaded."""
        return self._window

    def load(self, model: ModelFile, *, cancel: Cancellation) -> Generator[Progress, None, None]:
        """Load `model` unless it is the one that is loaded; progress is in per cent.

        Other threads' loading waits until this has ended or was closed.

        Raises ModelMissing, ModelWillNotLoad (also when the child dies of it), TemplateFailed.
        """
        with self._turn(cancel):
            if model == self._model and self._pid is not None and self._pid == self._client.pid:
                return
            yield from self._load(model, cancel)

    def generate(
        self,
        messages: Sequence[chat.Message],
        *,
        sampling: chat.Sampling,
        stop: Sequence[str],
        cancel: Cancellation,
    ) -> Generator[str | Progress, None, chat.Generated]:
        """The answer's text as it comes; before it, progress in prompt tokens evaluated.

        Raises PromptTooLong, TemplateFailed, and ModelMissing if no model was ever loaded.
        """
        request = protocol.Generate(
            messages=_messages(messages),
            temperature=sampling.temperature,
            top_k=sampling.top_k,
            top_p=sampling.top_p,
            min_p=sampling.min_p,
            repeat_penalty=sampling.repeat_penalty,
            seed=sampling.seed,
            max_tokens=sampling.max_tokens,
            stop=list(stop),
            stop_repeating=sampling.stop_repeating,
        )
        try:
            return (yield from self._generate(request, cancel))
        except ModelMissing:
            self._load_again(cancel)
        try:
            return (yield from self._generate(request, cancel))
        except ModelError as error:
            self._raise_named(error)

    def prefill(self, messages: Sequence[chat.Message], *, cancel: Cancellation) -> None:
        """Evaluate the beginning of a prompt ahead of time; gives way to `generate`."""
        request = protocol.Prefill(_messages(messages))
        try:
            self._prefill(request, cancel)
        except ModelMissing:
            self._load_again(cancel)
            self._prefill(request, cancel)

    def _generate(
        self, request: protocol.Generate, cancel: Cancellation
    ) -> Generator[str | Progress, None, chat.Generated]:
        job = self._client.follow(request, cancel=cancel, stall_s=self._stall_s)
        try:
            while True:
                step = next(job)
                if isinstance(step, Progress):
                    yield step
                elif isinstance(step, protocol.TextDelta):
                    yield step.text
                else:
                    raise _unexpected(step)
        except StopIteration as end:
            return _generated(end.value)
        except ModelMissing:
            raise
        except ModelError as error:
            self._raise_named(error)
        finally:
            job.close()

    def _prefill(self, request: protocol.Prefill, cancel: Cancellation) -> None:
        self._client.call(request, cancel=cancel, background=True, stall_s=self._stall_s)

    def _load_again(self, cancel: Cancellation) -> None:
        """Load the model that a child took with it when it died; nobody else did meanwhile."""
        with self._turn(cancel):
            if self._model is None:
                raise ModelMissing(model="")
            if self._pid is None or self._pid != self._client.pid:
                for _ in self._load(self._model, cancel):
                    pass

    @contextmanager
    def _turn(self, cancel: Cancellation) -> Iterator[None]:
        """Wait for other threads' loading, but not longer than the user does."""
        while not self._lock.acquire(timeout=HEARS_CANCEL_S):
            cancel.raise_if_wished()
        try:
            yield
        finally:
            self._lock.release()

    def _load(self, model: ModelFile, cancel: Cancellation) -> Generator[Progress, None, None]:
        self._pid = None
        request = protocol.LoadModel(
            path=str(model.path),
            context_window=self._context_window,
            threads=self._threads,
            gpu_layers=self._gpu_layers,
        )
        try:
            loaded = yield from _progress_of(
                self._client.follow(request, cancel=cancel, stall_s=self._stall_s)
            )
        except ModelError as error:
            self._model = None
            raise type(error)(**{**error.facts, "model": model.name}) from None
        except (WorkerCrashed, WorkerStalled) as error:
            self._model = None
            raise ModelWillNotLoad(model=model.name, reason=_fatal(error)) from error
        if not isinstance(loaded, protocol.ModelLoaded):
            raise _unexpected(loaded)
        self._model, self._window, self._pid = model, loaded.context_window, self._client.pid

    def _raise_named(self, error: ModelError) -> NoReturn:
        """The child knows the file; the user knows the model's name."""
        name = self._model.name if self._model else ""
        raise type(error)(**{**error.facts, "model": name}) from None


def _progress_of(
    job: Generator[protocol.Body | Progress, None, protocol.Body],
) -> Generator[Progress, None, protocol.Body]:
    """A job that has no output: its progress, and its result."""
    try:
        while True:
            step = next(job)
            if not isinstance(step, Progress):
                raise _unexpected(step)
            yield step
    except StopIteration as finished:
        result: protocol.Body = finished.value
        return result
    finally:
        job.close()


def _messages(messages: Sequence[chat.Message]) -> list[protocol.ChatMessage]:
    return [protocol.ChatMessage(message.role, message.content) for message in messages]


def _generated(body: object) -> chat.Generated:
    if not isinstance(body, protocol.Generated):
        raise _unexpected(body)
    return chat.Generated(
        timings=chat.Timings(
            prompt_tokens=body.prompt_tokens,
            cached_tokens=body.cached_tokens,
            first_token_s=body.first_token_s,
            tokens=body.tokens,
            tokens_per_s=body.tokens_per_s,
        ),
        reason=body.reason,
    )


def _fatal(error: WorkerCrashed | WorkerStalled) -> str:
    """What a child that died or fell silent while loading tells about the file."""
    match error:
        case WorkerStalled():
            return f"reading it made no progress for {error.facts.get('seconds', '')} seconds"
        case _ if "memory" in str(error.facts.get("cause", "")):
            return "there is not enough free memory for it"
        case _:
            return f"llama.cpp stopped while reading it ({error.facts.get('cause', '')})"


def _unexpected(body: object) -> WorkerCrashed:
    cause = f"it answered with {type(body).__name__}"
    return WorkerCrashed(worker="generator", cause=cause)
