"""Which models are at work, so that none of them is removed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.domain.models import ModelFile


class AtWork:
    """Knows models by their names. Thread-safe."""

    def __init__(self) -> None:
        self._names: list[str] = []  # one for each that is at work with it

    def uses(self, model: str) -> bool:
        """Whether the model of that name is at work."""
        return model in self._names

    @contextmanager
    def on(self, model: ModelFile) -> Iterator[None]:
        """The model is at work meanwhile."""
        self._names.append(model.name)
        try:
            yield
        finally:
            self._names.remove(model.name)
