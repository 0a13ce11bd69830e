"""A model that follows a script, for what a real one cannot be made to do: answer in a preamble,
stop early, change one number. Everything around it is what the application runs."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

from desktop.domain.chat import Begun, Generated, Message, Sampling, Timings
from desktop.domain.errors import AdapterMismatch, EmbedderMissing, ModelMissing
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import PROGRAM_CHOOSES, Adapter, Loaded, LoadSettings, ModelFile
from desktop.services.answer_events import Loading

MODEL = ModelFile("a script", Path("/none.gguf"), "0" * 64, 1, context_window=4096)
Script = Callable[[Sequence[Message]], str]


class ScriptedModel:
    """`services.ports.Generator`: `script` turns a prompt into the whole answer."""

    def __init__(self, script: Script, reason: str = "end") -> None:
        self._script = script
        self._reason = reason
        self.prompts: list[list[Message]] = []
        self.samplings: list[Sampling] = []
        self.loaded: Loaded | None = None
        self.refused = ""  # why an adapter does not fit
        self.adapters: list[tuple[Adapter, ...]] = []

    @property
    def asked(self) -> list[str]:
        """What was asked at the end of each prompt."""
        return [prompt[-1].content for prompt in self.prompts]

    def load(
        self, model: ModelFile, *, adapters: Sequence[Adapter] = (), cancel: Cancellation
    ) -> Generator[Loading, None, None]:
        """As a `Loader` does, which it stands for as well."""
        self.adapters.append(tuple(adapters))
        yield Loading(100, 100)

    def window(self, model: ModelFile) -> int:
        """As a `Loader` does."""
        return model.context_window

    def settings(self, name: str) -> LoadSettings:
        """As a `Loader` does."""
        return PROGRAM_CHOOSES

    def check_adapter(self, model: ModelFile, adapter: Adapter) -> None:
        """As a `Loader` does."""
        if self.refused:
            raise AdapterMismatch(adapter=adapter.path.name, model=model.name, reason=self.refused)

    def generate(
        self,
        messages: Sequence[Message],
        *,
        sampling: Sampling,
        stop: Sequence[str],
        cancel: Cancellation,
    ) -> Generator[str | Progress, None, Generated]:
        self.prompts.append(list(messages))
        self.samplings.append(sampling)
        yield Progress(1, 1)
        for word in self._script(messages).splitlines(keepends=True):
            cancel.raise_if_wished()
            yield word
        return Generated(Timings(10, 5, 0.5, 4, 8.0), self._reason)

    def prefill(self, messages: Sequence[Message], *, cancel: Cancellation) -> None:
        return

    way = ""  # nothing of a script can be saved

    def begin(
        self, messages: Sequence[Message], *, look: bool = False, cancel: Cancellation
    ) -> Generator[Progress, None, Begun]:
        yield from ()
        return Begun(0, 0)

    def save(self, messages: Sequence[Message], *, cancel: Cancellation) -> bytes:
        return b""

    def restore(self, state: bytes, messages: Sequence[Message], *, cancel: Cancellation) -> Begun:
        return Begun(0, 0)


class OneModel:
    """`services.ports.Models` with the script's model alone, or with none."""

    def __init__(self, model: ModelFile | None = MODEL) -> None:
        self._model = model

    def chat_models(self) -> list[ModelFile]:
        return [self._model] if self._model else []

    def chat_model(self, reference: str | None) -> ModelFile:
        if self._model is None or reference not in (None, self._model.name):
            raise ModelMissing(model=reference or "for answers")
        return self._model


class NoStates:
    """`services.ports.States` where nothing is ever kept."""

    def state(self, way: str, keys: tuple[str, str]) -> bytes | None:
        return None

    def keep(self, way: str, keys: tuple[str, str], state: bytes, owner: str) -> None:
        return

    def drop(self, way: str, keys: tuple[str, str]) -> None:
        return

    def forget(self, owner: str | None = None) -> None:
        return


class NoRetriever:
    """Where no embedding model is installed."""

    @property
    def embedder(self) -> str:
        raise EmbedderMissing

    def now(self) -> NoRetriever:
        return self

    def embed(
        self, texts: Sequence[str], *, background: bool, cancel: Cancellation
    ) -> Iterator[tuple[list[int], list[bytes]]]:
        raise EmbedderMissing
