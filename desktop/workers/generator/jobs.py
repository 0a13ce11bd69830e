"""The jobs of the generator's child: look around, load a model, evaluate ahead, write, measure.

One model at a time.
"""

from __future__ import annotations

import time
from collections.abc import Generator

import msgspec

from desktop.domain.errors import ModelMissing
from desktop.domain.reasoning import opened_by
from desktop.domain.words import whole
from desktop.workers import protocol
from desktop.workers.generator import computer, log, measuring, model
from desktop.workers.generator.config import Config
from desktop.workers.generator.decode import Decoder, Writing
from desktop.workers.generator.states import Kept
from desktop.workers.generator.template import Segment
from desktop.workers.host import JobContext, Mark
from desktop.workers.protocol import ChatMessage, ModelLoaded, TextDelta

Steps = Generator[protocol.Body | Mark, None, protocol.Body]
Keeping = protocol.Begin | protocol.SaveState | protocol.TakeState | protocol.RestoreState


class LlamaWorker:
    """Loads, prefills and generates. Without a model, the latter two raise ModelMissing."""

    def __init__(self, config: Config) -> None:
        log.silence()
        self._config = config
        self._model: model.Model | None = None
        self._decoder: Decoder | None = None
        self._incoming = Kept()

    def handle(self, request: protocol.Request, job: JobContext) -> Steps:
        """The steps of a request to the generator."""
        match request:
            case protocol.LoadModel():
                return self._load(request, job)
            case protocol.Generate():
                return self._generate(request, job)
            case protocol.CountTokens() | protocol.Prefill():
                return self._read(request, job)
            case (
                protocol.Begin()
                | protocol.SaveState()
                | protocol.TakeState()
                | protocol.RestoreState()
            ):
                return self._keep(request, job)
            case protocol.MeasureSpeed():
                return self._measure(job)
            case protocol.ExamineComputer():
                return self._examine()
            case _:
                raise TypeError(type(request).__name__)

    def _examine(self) -> Steps:
        yield from ()
        return computer.examine()

    def close(self) -> None:
        """Free the model."""
        if self._decoder is not None:
            self._decoder.close()
        self._decoder = self._model = None

    def _load(self, request: protocol.LoadModel, job: JobContext) -> Steps:
        self.close()  # two models at once may be more than the memory holds
        loaded = yield from model.load(request, told(request, self._config), job)
        self._model = loaded
        self._decoder = Decoder(loaded, told(request, self._config))
        return ModelLoaded(
            name=whole(loaded.name),
            context_window=loaded.window,
            parameters=loaded.parameters,
            size=loaded.size,
            seconds=loaded.seconds,
            on_computer=loaded.on_computer,
            on_device=loaded.on_device,
            locked=loaded.locked,
            reasons=loaded.template.reasons,
        )

    def _measure(self, job: JobContext) -> Steps:
        loaded, decoder = self._loaded()
        return (yield from measuring.measure(loaded, decoder, job))

    def _generate(self, request: protocol.Generate, job: JobContext) -> Steps:
        started = time.perf_counter()
        loaded, decoder = self._loaded()
        segments = loaded.template.render(request.messages, answer=True)
        if request.begun:
            segments.append(Segment(request.begun, markup=False))
        prompt = loaded.vocabulary.tokens(segments)
        last = segments[-1] if segments else None
        opened = opened_by(last.text) if last is not None and last.markup else ""
        return (yield from _within(opened, decoder.generate(prompt, request, job, started, opened)))

    def _read(self, request: protocol.CountTokens | protocol.Prefill, job: JobContext) -> Steps:
        """What is done with a prompt that nothing is written after yet."""
        loaded, decoder = self._loaded()
        if isinstance(request, protocol.Prefill):
            return (yield from decoder.prefill(beginning(loaded, request.messages), job))
        segments = loaded.template.render(request.messages, answer=True)
        return protocol.TokensCounted(len(loaded.vocabulary.tokens(segments)))

    def _keep(self, request: Keeping, job: JobContext) -> Steps:
        """What has to do with beginnings of prompts, and with their states."""
        if isinstance(request, protocol.TakeState):
            return protocol.StateSaved(self._incoming.add(request.at, request.content))
        loaded, decoder = self._loaded()
        tokens = beginning(loaded, request.messages)
        match request:
            case protocol.Begin(look=True):
                return decoder.look(tokens)
            case protocol.Begin():
                return (yield from decoder.begin(tokens, job))
            case protocol.RestoreState():
                return decoder.restore(self._incoming.take(), tokens)
            case protocol.SaveState():
                state = decoder.save(tokens)
                for at in range(0, len(state), protocol.MAX_PIECE):
                    yield protocol.StatePiece(state[at : at + protocol.MAX_PIECE])
                return protocol.StateSaved(len(state))

    def _loaded(self) -> tuple[model.Model, Decoder]:
        if self._model is None or self._decoder is None:
            raise ModelMissing(model="")
        return self._model, self._decoder


def _within(opened: str, writing: Writing) -> Steps:
    """What is written, with the tag before it that the template has `opened`."""
    try:
        while True:
            step = next(writing)
            if opened and isinstance(step, TextDelta):
                step, opened = TextDelta(f"{opened}\n{step.text}"), ""
            yield step
    except StopIteration as end:
        generated: protocol.Generated = end.value
        return generated
    finally:
        writing.close()


def told(request: protocol.LoadModel, config: Config) -> Config:
    """`config`, with the size of batches that `request` asks for."""
    if not request.batch:
        return config
    ahead = min(config.background_batch, request.batch)
    return msgspec.structs.replace(config, batch=request.batch, background_batch=ahead)


def beginning(loaded: model.Model, messages: list[ChatMessage]) -> list[int]:
    """The tokens that a prompt beginning with `messages` is sure to begin with.

    The last message may yet grow, so everything behind its content is left out.
    """
    segments = loaded.template.render(messages, answer=False)
    while segments and segments[-1].markup:
        segments.pop()
    return loaded.vocabulary.tokens(segments)
