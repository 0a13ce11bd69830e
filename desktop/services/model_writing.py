"""The model at work on an answer that takes it several runs: chosen, loaded, known to be in use.

What each run is asked, and what becomes of it, is the business of whoever asks.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager

from desktop.domain.chat import Generated, Message, Sampling
from desktop.domain.jobs import Cancellation
from desktop.domain.models import LoadSettings, ModelFile
from desktop.services.answer_events import Loading, Prefilling, SteppedDown, Wrote
from desktop.services.loading import Loader
from desktop.services.ports import Generator as GeneratorPort
from desktop.services.ports import Models


class ModelWriting:
    """Runs of a chat model. Thread-safe as far as its parts are; every method may block."""

    def __init__(self, generator: GeneratorPort, loader: Loader, models: Models) -> None:
        self._generator = generator
        self._loader = loader
        self._models = models
        self._in_use: list[str] = []  # names, one an answer

    def uses(self, model: str) -> bool:
        """Whether the model of that name is at work."""
        return model in self._in_use

    @contextmanager
    def model(self, reference: str | None) -> Iterator[ModelFile]:
        """The model of that name (None: the one to use), in use meanwhile.

        Raises ModelMissing, ModelChanged.
        """
        model = self._models.chat_model(reference)
        self._in_use.append(model.name)
        try:
            yield model
        finally:
            self._in_use.remove(model.name)

    def load(
        self, model: ModelFile, cancel: Cancellation
    ) -> Generator[Loading | SteppedDown, None, None]:
        """Load it unless it is; raises what `Loader.load` does."""
        yield from self._loader.load(model, cancel=cancel)

    def settings(self, model: ModelFile) -> LoadSettings:
        return self._loader.settings(model.name)

    def room(self, model: ModelFile, sampling: Sampling) -> int:
        """Tokens that a prompt may have, so that all that may be written fits behind it."""
        return self._loader.window(model) - sampling.max_tokens

    def write(
        self, messages: Sequence[Message], sampling: Sampling, cancel: Cancellation
    ) -> Generator[Prefilling | Wrote, None, tuple[str, Generated]]:
        """One run of the model that is loaded; returns all it wrote and how it ended."""
        written: list[str] = []
        steps = self._generator.generate(messages, sampling=sampling, stop=(), cancel=cancel)
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                return "".join(written), end.value
            if isinstance(step, str):
                written.append(step)
                yield Wrote(step)
            else:
                yield Prefilling(*step)
