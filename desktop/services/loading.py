"""Loading: where a model is put on this computer, and one step down where that fails.

What a model needs is estimated from its header, what there is is asked for anew before each load,
and a model that will not fit is refused before llama.cpp tries. A load that fails all the same for
lack of memory is tried once more with less on the device, which is said; never twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain import fitting
from desktop.domain.adapters import mismatch
from desktop.domain.errors import (
    AdapterMismatch,
    ContextTooLong,
    ModelMissing,
    ModelWillNotLoad,
    NotAModel,
)
from desktop.domain.fitting import Placement
from desktop.domain.gguf import GgufFacts
from desktop.domain.hardware import Computer
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.memory import USUAL_WINDOW
from desktop.domain.models import CPU, Adapter, InstalledModel, LoadSettings, ModelFile, Speed
from desktop.services.answer_events import Loading, SteppedDown
from desktop.services.ports import Generator as GeneratorPort
from desktop.services.ports import ReadFacts

OUT_OF_MEMORY = "memory"  # the fact `cause` of a ModelWillNotLoad

SettingsOf = Callable[[str], LoadSettings]  # by a model's name
SpeedOf = Callable[[str], Speed | None]


@dataclass(frozen=True, slots=True)
class _Put:
    """A model that was loaded, how, and where it went."""

    model: ModelFile
    settings: LoadSettings
    placement: Placement


class Loader:
    """Puts chat models where they belong. Thread-safe; every method may block."""

    def __init__(
        self,
        generator: GeneratorPort,
        read_facts: ReadFacts,
        settings_of: SettingsOf,
        speed_of: SpeedOf,
    ) -> None:
        self._generator = generator
        self._read_facts = read_facts
        self._settings_of = settings_of
        self._speed_of = speed_of
        self._lock = threading.Lock()
        self._put: _Put | None = None

    @property
    def model(self) -> str:
        """The name of the model that was loaded last, "" for none."""
        put = self._put
        return put.model.name if put else ""

    def computer(self, cancel: Cancellation) -> Computer:
        """What there is to run models on; what the loaded model holds counts as free."""
        found = self._generator.examine(cancel)
        loaded, put = self._generator.loaded, self._put
        if loaded is None or put is None:
            return found
        gpus = tuple(
            replace(gpu, free=min(gpu.memory, gpu.free + loaded.on_device.total))
            if gpu.name == put.placement.device
            else gpu
            for gpu in found.gpus
        )
        free = min(found.memory, found.free_memory + loaded.on_computer.total)
        return replace(found, free_memory=free, gpus=gpus)

    def settings(self, name: str) -> LoadSettings:
        """How a model is loaded: as the user set it, with the threads that were measured best."""
        settings = self._settings_of(name)
        speed = self._speed_of(name) if not settings.threads else None
        return replace(settings, threads=speed.threads) if speed else settings

    def judge(
        self, model: InstalledModel, computer: Computer, settings: LoadSettings | None = None
    ) -> Placement:
        """Where an installed model would be put, with these settings or (None) with its own.

        Raises ModelMissing, NotAModel, ContextTooLong, DeviceUnknown.
        """
        facts = self._read_facts(model.parts[0].path)
        return _placed(model.name, facts, settings or self.settings(model.name), computer)

    def check_adapters(self, model: InstalledModel, settings: LoadSettings) -> None:
        """Find out, loading nothing, that the adapters of `settings` were made for the model.

        Raises AdapterMismatch, ModelMissing, NotAModel.
        """
        for adapter in settings.adapters:
            self._check(model.name, model.parts[0].path, adapter)

    def window(self, model: ModelFile) -> int:
        """Tokens that prompt and answer may have together once the model is loaded."""
        settings = self._settings_of(model.name)
        return settings.context_window or min(model.context_window, USUAL_WINDOW)

    def check_adapter(self, model: ModelFile, adapter: Adapter) -> None:
        """Raises AdapterMismatch if `adapter` is gone, is none, or was made for another model."""
        self._check(model.name, model.path, adapter)

    def _check(self, name: str, base: Path, adapter: Adapter) -> None:
        try:
            reason = mismatch(self._read_facts(adapter.path), self._read_facts(base))
        except ModelMissing:
            reason = "the file is not there"
        except NotAModel as refusal:
            reason = str(refusal.facts.get("reason", "it cannot be read"))
        if reason:
            raise AdapterMismatch(adapter=adapter.path.name, model=name, reason=reason)

    def load(
        self, model: ModelFile, *, adapters: tuple[Adapter, ...] = (), cancel: Cancellation
    ) -> Generator[Loading | SteppedDown, None, None]:
        """Load `model` unless it is loaded as its settings want it, with these `adapters` besides.

        Raises ModelTooLarge before anything is loaded, ContextTooLong, DeviceUnknown, and what the
        generator raises.
        """
        settings = self.settings(model.name)
        settings = replace(settings, adapters=(*settings.adapters, *adapters))
        put = self._put
        if put is not None and (put.model, put.settings) == (model, settings):
            # Loaded already, or to be loaded where it was: a child that died took it along.
            yield from self._load(put, cancel)
            return
        facts = self._read_facts(model.path)
        computer = self.computer(cancel)
        placement = _placed(model.name, facts, settings, computer)
        fitting.check(placement, model.name)
        first = _Put(model, settings, placement)
        try:
            yield from self._load(first, cancel)
        except ModelWillNotLoad as error:
            lower = self._lower(first, facts, error, cancel)
            if lower is None:
                raise
            yield SteppedDown(model.name, placement, lower.placement)
            yield from self._load(lower, cancel)

    def measure(
        self, model: ModelFile, *, cancel: Cancellation
    ) -> Generator[Progress, None, Speed]:
        """Load a model anew and measure it here; whatever threads were measured best before.

        Raises as `load` does.
        """
        settings = self._settings_of(model.name)
        facts = self._read_facts(model.path)
        placement = _placed(model.name, facts, settings, self.computer(cancel))
        fitting.check(placement, model.name)
        with self._lock:
            self._put = None
        speed = yield from self._generator.measure(
            model,
            settings,
            gpu_layers=placement.gpu_layers,
            device=placement.device,
            cancel=cancel,
        )
        return speed

    def _load(self, wanted: _Put, cancel: Cancellation) -> Generator[Loading, None, None]:
        with self._lock:
            self._put = None
        for progress in self._generator.load(
            wanted.model,
            settings=wanted.settings,
            gpu_layers=wanted.placement.gpu_layers,
            device=wanted.placement.device,
            cancel=cancel,
        ):
            yield Loading(*progress)
        with self._lock:
            self._put = wanted

    def _lower(
        self, failed: _Put, facts: GgufFacts, error: ModelWillNotLoad, cancel: Cancellation
    ) -> _Put | None:
        """With less on the device; None where that is no remedy for what went wrong."""
        if error.facts.get("cause") != OUT_OF_MEMORY or failed.placement.device == CPU:
            return None
        computer = self._generator.examine(cancel)
        lower = fitting.step_down(failed.placement, facts, failed.settings, computer)
        return None if lower is None else replace(failed, placement=lower)


def _placed(name: str, facts: GgufFacts, settings: LoadSettings, computer: Computer) -> Placement:
    """As `fitting.place`; what it refuses is told of the model by the name that people know."""
    try:
        return fitting.place(facts, settings, computer)
    except ContextTooLong as refusal:
        raise ContextTooLong(**{**refusal.facts, "model": name}) from None
