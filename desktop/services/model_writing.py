"""The model at work on an answer that takes it several runs: chosen, loaded, known to be in use.

What each run is asked, and what becomes of it, is the business of whoever asks.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from desktop.domain.chat import Generated, Message, Sampling
from desktop.domain.jobs import Cancellation
from desktop.domain.models import LoadSettings, ModelFile
from desktop.domain.reasoning import Part, Parting
from desktop.services.answer_events import Loading, Prefilling, Reasoned, SteppedDown, Wrote
from desktop.services.at_work import AtWork
from desktop.services.loading import Loader
from desktop.services.ports import Generator as GeneratorPort
from desktop.services.ports import Models

REASONING_SHARE = 3  # of the context window, one part in so many, where the model reasons first


class ModelWriting:
    """Runs of a chat model. Thread-safe as far as its parts are; every method may block."""

    def __init__(self, generator: GeneratorPort, loader: Loader, models: Models) -> None:
        self._generator = generator
        self._loader = loader
        self._models = models
        self._at_work = AtWork()

    def uses(self, model: str) -> bool:
        """Whether the model of that name is at work."""
        return self._at_work.uses(model)

    @contextmanager
    def model(self, reference: str | None) -> Iterator[ModelFile]:
        """The model of that name (None: the one to use), in use meanwhile.

        Raises ModelMissing, ModelChanged.
        """
        model = self._models.chat_model(reference)
        with self._at_work.on(model):
            yield model

    def load(
        self, model: ModelFile, cancel: Cancellation
    ) -> Generator[Loading | SteppedDown, None, None]:
        """Load it unless it is; raises what `Loader.load` does."""
        yield from self._loader.load(model, cancel=cancel)

    def settings(self, model: ModelFile) -> LoadSettings:
        return self._loader.settings(model.name)

    def sampling(self, model: ModelFile, wished: Sampling) -> Sampling:
        """What was wished for, with room for what the model that is loaded reasons first."""
        return replace(
            wished, reasoning_tokens=reasoning_room(self._generator, self._loader, model)
        )

    def room(self, model: ModelFile, sampling: Sampling) -> int:
        """Tokens that a prompt may have, so that all that may be written fits behind it."""
        return self._loader.window(model) - sampling.max_tokens - sampling.reasoning_tokens

    def write(
        self, messages: Sequence[Message], sampling: Sampling, cancel: Cancellation
    ) -> Generator[Prefilling | Reasoned | Wrote, None, tuple[str, Generated]]:
        """One run of the model that is loaded; returns its answer and how it ended.

        What it reasons is told on the way, and is no part of the answer.
        """
        written: list[str] = []
        parting = Parting()

        def told(pieces: Sequence[tuple[Part, str]]) -> Iterator[Reasoned | Wrote]:
            for part, text in pieces:
                if part is Part.ANSWER:
                    written.append(text)
                    yield Wrote(text)
                else:
                    yield Reasoned(text)

        steps = self._generator.generate(messages, sampling=sampling, stop=(), cancel=cancel)
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                yield from told(parting.finish())
                return "".join(written), end.value
            if isinstance(step, str):
                yield from told(parting.feed(step))
            else:
                yield Prefilling(*step)


def reasoning_room(generator: GeneratorPort, loader: Loader, model: ModelFile) -> int:
    """Tokens that are left for what the loaded model thinks before it answers."""
    loaded = generator.loaded
    if loaded is None or not loaded.reasons:
        return 0
    return loader.window(model) // REASONING_SHARE
