"""The generator as the services know it, over the child process. The parent's side.

Imports no library of the child's. The child forgets its model when it dies or is killed (a stop
that came too late in native code); the adapter knows which one it was and loads it again.
"""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

import msgspec

from desktop.domain import chat
from desktop.domain.errors import (
    Fact,
    ModelError,
    ModelMissing,
    ModelWillNotLoad,
    WorkerCrashed,
    WorkerStalled,
)
from desktop.domain.hardware import Computer
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import (
    CPU,
    PROGRAM_CHOOSES,
    Loaded,
    LoadSettings,
    ModelFile,
    Speed,
)
from desktop.workers import protocol
from desktop.workers.client import WorkerClient
from desktop.workers.generator import translation
from desktop.workers.generator.config import LIMITS, Config
from desktop.workers.generator.device_files import device_files
from desktop.workers.generator.patience import STALL_S, patience_s
from desktop.workers.generator.translation import Wish, unexpected

CONTEXT_WINDOW = 4096  # tokens; what answers from a few passages need
HEARS_CANCEL_S = 0.05  # while another thread is loading


def generator_client(config: Config | None = None) -> WorkerClient:
    """The child that `LlamaGenerator` needs, not yet started.

    It reads model files and writes nothing, but to the devices of a GPU where there is one.
    """
    packed = msgspec.msgpack.encode(config or Config())
    limits = dataclasses.replace(LIMITS, writable=device_files())
    return WorkerClient("generator", packed, limits=limits)


class LlamaGenerator:
    """`services.ports.Generator` over a `WorkerClient("generator", ...)`. Thread-safe."""

    def __init__(
        self,
        client: WorkerClient,
        *,
        context_window: int = CONTEXT_WINDOW,
        stall_s: float = STALL_S,
    ) -> None:
        """`context_window`: tokens, where the settings name none and the model has as many.

        `stall_s`: longest silence of the child, in seconds; with a model, see `patience`.
        """
        self._client = client
        self._context_window = context_window
        self._stall_s = self._patience_s = stall_s
        self._lock = threading.Lock()  # guards what follows
        self._wish: Wish | None = None
        self._loaded: Loaded | None = None
        self._pid: int | None = None  # of the child that has the model

    @property
    def context_window(self) -> int:
        """Tokens that prompt and answer may have together; 0 until a model is loaded."""
        return self._loaded.context_window if self._loaded else 0

    @property
    def loaded(self) -> Loaded | None:
        """What the last loading took; None until a model is loaded."""
        return self._loaded

    def examine(self, cancel: Cancellation) -> Computer:
        """What this computer has to run models on. Memory is what it is now."""
        found = self._client.call(protocol.ExamineComputer(), cancel=cancel, stall_s=self._stall_s)
        return translation.computer(found)

    def load(
        self,
        model: ModelFile,
        *,
        settings: LoadSettings = PROGRAM_CHOOSES,
        gpu_layers: int = 0,
        device: str = CPU,
        cancel: Cancellation,
    ) -> Generator[Progress, None, None]:
        """Load `model` unless it is loaded in just that way; progress is in per cent.

        `device` and `gpu_layers` count; those of `settings` are wishes, which somebody else has
        weighed. Other threads' loading waits until this has ended or was closed.

        Raises ModelMissing, ModelWillNotLoad (also when the child dies of it; its fact `cause` is
        "memory" if there was too little), ContextTooLong, DeviceUnknown, AdapterMismatch,
        TemplateFailed.
        """
        wish = Wish(model, settings, gpu_layers, device)
        with self._turn(cancel):
            if wish == self._wish and self._has_model():
                return
            yield from self._load(wish, cancel)

    def measure(
        self,
        model: ModelFile,
        settings: LoadSettings = PROGRAM_CHOOSES,
        *,
        gpu_layers: int = 0,
        device: str = CPU,
        cancel: Cancellation,
    ) -> Generator[Progress, None, Speed]:
        """Load `model` anew and measure it; progress is out of 200, half of it for loading.

        Questions asked meanwhile go first. Ends `Cancelled` when another model is loaded.

        Raises what `load` raises.
        """
        with self._turn(cancel):
            yield from (
                Progress(step.done, 200)
                for step in self._load(Wish(model, settings, gpu_layers, device), cancel)
            )
        job = self._client.follow(
            protocol.MeasureSpeed(), cancel=cancel, background=True, stall_s=self._patience_s
        )
        steps = _progress_of(job)
        try:
            while True:
                yield Progress(100 + next(steps).done, 200)
        except StopIteration as finished:
            return translation.speed(finished.value, time.time())
        finally:
            steps.close()

    def generate(
        self,
        messages: Sequence[chat.Message],
        *,
        sampling: chat.Sampling,
        stop: Sequence[str],
        begun: str = "",
        cancel: Cancellation,
    ) -> Generator[str | Progress, None, chat.Generated]:
        """The answer's text as it comes; before it, progress in prompt tokens evaluated.

        `begun` is what the answer begins with, and is not given again.

        Raises PromptTooLong, TemplateFailed, and ModelMissing if no model was ever loaded.
        """
        request = protocol.Generate(
            messages=translation.messages(messages),
            begun=begun,
            temperature=sampling.temperature,
            top_k=sampling.top_k,
            top_p=sampling.top_p,
            min_p=sampling.min_p,
            repeat_penalty=sampling.repeat_penalty,
            seed=sampling.seed,
            max_tokens=sampling.max_tokens,
            reasoning_tokens=sampling.reasoning_tokens,
            stop=list(stop),
            stop_repeating=sampling.stop_repeating,
            draft_from_prompt=sampling.draft_from_prompt,
        )
        try:
            return (yield from self._generate(request, cancel))
        except ModelMissing:
            self._load_again(cancel)
        try:
            return (yield from self._generate(request, cancel))
        except ModelError as error:
            self._raise_named(error)

    def count(self, messages: Sequence[chat.Message], *, cancel: Cancellation) -> int:
        """How many tokens the prompt of these messages has for the model that is loaded.

        Raises ModelMissing if none is, TemplateFailed.
        """
        request = protocol.CountTokens(translation.messages(messages))
        body = self._client.call(request, cancel=cancel, stall_s=self._patience_s)
        if not isinstance(body, protocol.TokensCounted):
            raise unexpected(body)
        return body.tokens

    def prefill(self, messages: Sequence[chat.Message], *, cancel: Cancellation) -> None:
        """Evaluate the beginning of a prompt ahead of time; gives way to `generate`."""
        request = protocol.Prefill(translation.messages(messages))
        try:
            self._prefill(request, cancel)
        except ModelMissing:
            self._load_again(cancel)
            self._prefill(request, cancel)

    @property
    def way(self) -> str:
        """What a saved state of the loaded model depends on; "" if none can be used."""
        wish, loaded = self._wish, self._loaded
        if wish is None or loaded is None or not wish.model.sha256:
            return ""
        try:
            return translation.way(wish, loaded.context_window)
        except OSError:  # an adapter that is gone
            return ""

    def begin(
        self, messages: Sequence[chat.Message], *, look: bool = False, cancel: Cancellation
    ) -> Generator[Progress, None, chat.Begun]:
        """Evaluate the beginning of prompts to come, or (`look`) see how much of it is."""
        request = protocol.Begin(translation.messages(messages), look)
        try:
            return translation.begun((yield from self._follow(request, cancel)))
        except ModelMissing:
            self._load_again(cancel)
        return translation.begun((yield from self._follow(request, cancel)))

    def save(self, messages: Sequence[chat.Message], *, cancel: Cancellation) -> bytes:
        """The state after that beginning, b"" if it cannot be had."""
        pieces: list[bytes] = []
        request = protocol.SaveState(translation.messages(messages))
        for body in self._client.run(request, cancel=cancel, stall_s=self._stall_s):
            if not isinstance(body, protocol.StatePiece):
                raise unexpected(body)
            pieces.append(body.content)
        return b"".join(pieces)

    def restore(
        self, state: bytes, messages: Sequence[chat.Message], *, cancel: Cancellation
    ) -> chat.Begun:
        """Go on from a saved state, as far as it is the beginning of `messages`."""
        for at in range(0, len(state), protocol.MAX_PIECE):
            piece = protocol.TakeState(at, state[at : at + protocol.MAX_PIECE])
            self._client.call(piece, cancel=cancel, stall_s=self._stall_s)
        request = protocol.RestoreState(translation.messages(messages))
        return translation.begun(self._client.call(request, cancel=cancel, stall_s=self._stall_s))

    def _follow(
        self, request: protocol.Request, cancel: Cancellation
    ) -> Generator[Progress, None, protocol.Body]:
        return _progress_of(self._client.follow(request, cancel=cancel, stall_s=self._stall_s))

    def _generate(
        self, request: protocol.Generate, cancel: Cancellation
    ) -> Generator[str | Progress, None, chat.Generated]:
        job = self._client.follow(request, cancel=cancel, stall_s=self._patience_s)
        try:
            while True:
                step = next(job)
                if isinstance(step, Progress):
                    yield step
                elif isinstance(step, protocol.TextDelta):
                    yield step.text
                else:
                    raise unexpected(step)
        except StopIteration as end:
            return translation.generated(end.value)
        except ModelMissing:
            raise
        except ModelError as error:
            self._raise_named(error)
        finally:
            job.close()

    def _prefill(self, request: protocol.Prefill, cancel: Cancellation) -> None:
        self._client.call(request, cancel=cancel, background=True, stall_s=self._patience_s)

    def _load_again(self, cancel: Cancellation) -> None:
        """Load the model that a child took with it when it died; nobody else did meanwhile."""
        with self._turn(cancel):
            if self._wish is None:
                raise ModelMissing(model="")
            if not self._has_model():
                for _ in self._load(self._wish, cancel):
                    pass

    def _has_model(self) -> bool:
        """Whether the child that has the model lives."""
        return self._pid is not None and self._pid == self._client.pid

    @contextmanager
    def _turn(self, cancel: Cancellation) -> Iterator[None]:
        """Wait for other threads' loading, but not longer than the user does."""
        while not self._lock.acquire(timeout=HEARS_CANCEL_S):
            cancel.raise_if_wished()
        try:
            yield
        finally:
            self._lock.release()

    def _load(self, wish: Wish, cancel: Cancellation) -> Generator[Progress, None, None]:
        model = wish.model
        for adapter in wish.settings.adapters:
            if not adapter.path.is_file():
                raise ModelMissing(model=adapter.path.name)
        self._pid = None  # whatever comes of it, the model that was there is gone
        batch = wish.settings.batch or Config().batch
        self._patience_s = patience_s(model.size, batch, self._stall_s)
        request = translation.load_model(wish, self._context_window)
        try:
            loaded = yield from _progress_of(
                self._client.follow(request, cancel=cancel, stall_s=self._patience_s)
            )
        except ModelError as error:
            self._wish = None
            raise type(error)(**{**error.facts, "model": model.name}) from None
        except (WorkerCrashed, WorkerStalled) as error:
            self._wish = None
            raise ModelWillNotLoad(model=model.name, **_fatal(error)) from error
        self._loaded = translation.loaded(loaded)
        self._wish, self._pid = wish, self._client.pid

    def _raise_named(self, error: ModelError) -> NoReturn:
        """The child knows the file; the user knows the model's name."""
        name = self._wish.model.name if self._wish else ""
        raise type(error)(**{**error.facts, "model": name}) from None


def _progress_of(
    job: Generator[protocol.Body | Progress, None, protocol.Body],
) -> Generator[Progress, None, protocol.Body]:
    """A job that has no output: its progress, and its result."""
    try:
        while True:
            step = next(job)
            if not isinstance(step, Progress):
                raise unexpected(step)
            yield step
    except StopIteration as finished:
        result: protocol.Body = finished.value
        return result
    finally:
        job.close()


def _fatal(error: WorkerCrashed | WorkerStalled) -> dict[str, Fact]:
    """What a child that died or fell silent while loading tells about the file."""
    cause = str(error.facts.get("cause", ""))
    if isinstance(error, WorkerStalled):
        seconds = error.facts.get("seconds", "")
        return {"reason": f"reading it made no progress for {seconds} seconds"}
    if "memory" in cause:
        return {"reason": "there is not enough free memory for it", "cause": "memory"}
    return {"reason": f"llama.cpp stopped while reading it ({cause})"}
