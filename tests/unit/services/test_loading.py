"""Loading: where a model goes, and the one step down. The devices are made up; no GPU is needed."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from desktop.domain.errors import AdapterMismatch, ContextTooLong, ModelTooLarge, ModelWillNotLoad
from desktop.domain.gguf import GgufFacts
from desktop.domain.hardware import Computer
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import (
    CPU,
    PROGRAM_CHOOSES,
    Adapter,
    Loaded,
    LoadSettings,
    MemoryTaken,
    ModelFile,
    Speed,
)
from desktop.services.answer_events import Loading, SteppedDown
from desktop.services.loading import OUT_OF_MEMORY, Loader
from desktop.storage.gguf_head import read_facts
from tests.unit.domain.test_fitting import GIB, computer, gpu, huge, seven
from tests.unit.workers.generator.gguf_files import STARTER, write_lora

MODEL = ModelFile("seven", Path("seven.gguf"), "", 4 * GIB, 8192)
OTHER = ModelFile("other", Path("other.gguf"), "", 4 * GIB, 8192)
GPU = gpu(8)
ALL = len(seven().layer_weights) + 1

Placed = tuple[str, str, int]


class Memory:
    """A generator with devices that refuse what does not go into them."""

    def __init__(self, machine: Computer, takes: dict[str, int] | None = None) -> None:
        self.machine = machine
        self.takes = takes or {}  # layers that a device really has room for
        self.tried: list[Placed] = []
        self.settings: list[LoadSettings] = []
        self.loaded: Loaded | None = None
        self.cause = OUT_OF_MEMORY

    def examine(self, cancel: Cancellation) -> Computer:
        return self.machine

    def load(
        self,
        model: ModelFile,
        *,
        settings: LoadSettings = PROGRAM_CHOOSES,
        gpu_layers: int = 0,
        device: str = CPU,
        cancel: Cancellation,
    ) -> Generator[Progress, None, None]:
        self.tried.append((model.name, device, gpu_layers))
        self.settings.append(settings)
        yield Progress(50, 100)
        if gpu_layers > self.takes.get(device, gpu_layers):
            self.loaded = None
            raise ModelWillNotLoad(model=model.name, reason="no memory", cause=self.cause)
        self.loaded = Loaded(4096, 1.0, MemoryTaken(), MemoryTaken(4 * GIB, GIB, 0))


class Desk:
    """A loader over such a generator, and what the user has set."""

    def __init__(self, generator: Memory, facts: GgufFacts | None = None) -> None:
        self.generator = generator
        self.settings: dict[str, LoadSettings] = {}
        self.speeds: dict[str, Speed] = {}
        self.loader = Loader(
            generator,  # type: ignore[arg-type]
            lambda _: facts or seven(),
            lambda name: self.settings.get(name, LoadSettings()),
            self.speeds.get,
        )

    def load(self, model: ModelFile = MODEL) -> list[Loading | SteppedDown]:
        return list(self.loader.load(model, cancel=Cancellation()))


def test_all_layers_go_to_the_device_and_nothing_is_said() -> None:
    generator = Memory(computer(16, GPU))

    assert Desk(generator).load() == [Loading(50, 100)]
    assert generator.tried == [("seven", GPU.name, ALL)]


def test_a_device_that_is_too_small_after_all_is_stepped_down_once_and_it_is_said() -> None:
    generator = Memory(computer(16, GPU), {GPU.name: ALL - 1})
    events = Desk(generator).load()

    (said,) = [event for event in events if isinstance(event, SteppedDown)]
    assert (said.before.gpu_layers, said.after.gpu_layers) == (ALL, ALL * 3 // 4)
    assert generator.tried == [("seven", GPU.name, ALL), ("seven", GPU.name, ALL * 3 // 4)]


def test_it_is_stepped_down_once_and_never_in_a_loop() -> None:
    generator = Memory(computer(16, GPU), {GPU.name: 3})
    with pytest.raises(ModelWillNotLoad):
        Desk(generator).load()

    assert len(generator.tried) == 2


def test_what_was_stepped_down_stays_where_it_is() -> None:
    generator = Memory(computer(16, GPU), {GPU.name: ALL - 1})
    desk = Desk(generator)
    desk.load()

    assert desk.load() == [Loading(50, 100)]
    assert generator.tried[-1] == ("seven", GPU.name, ALL * 3 // 4)


def test_only_a_lack_of_memory_is_stepped_down_for() -> None:
    generator = Memory(computer(16, GPU), {GPU.name: 0})
    generator.cause = ""
    with pytest.raises(ModelWillNotLoad):
        Desk(generator).load()

    assert len(generator.tried) == 1


def test_what_the_user_asked_for_is_not_given_up() -> None:
    generator = Memory(computer(16, GPU), {GPU.name: 20})
    desk = Desk(generator)
    desk.settings["seven"] = LoadSettings(device=GPU.name, gpu_layers=30)
    with pytest.raises(ModelWillNotLoad):
        desk.load()

    assert generator.tried == [("seven", GPU.name, 30)]


def test_a_model_that_will_not_fit_is_refused_before_it_is_loaded() -> None:
    generator = Memory(computer(16))
    with pytest.raises(ModelTooLarge) as refusal:
        Desk(generator, huge()).load()

    assert "GB" in str(refusal.value.facts["needed"])
    assert generator.tried == []


def test_a_context_window_that_the_model_does_not_have_is_refused() -> None:
    generator = Memory(computer(64))
    desk = Desk(generator)
    desk.settings["seven"] = LoadSettings(context_window=100_000)
    with pytest.raises(ContextTooLong):
        desk.load()

    assert generator.tried == []


def test_the_memory_of_the_model_that_makes_room_counts_as_free() -> None:
    generator = Memory(computer(16, GPU))
    desk = Desk(generator)
    desk.load()
    generator.machine = computer(16, gpu(8, free=2.5))  # what the first one left
    desk.load(OTHER)

    assert generator.tried[-1] == ("other", GPU.name, ALL)


def test_settings_that_changed_load_the_model_anew() -> None:
    generator = Memory(computer(16, GPU))
    desk = Desk(generator)
    desk.load()
    desk.settings["seven"] = LoadSettings(device=CPU)
    desk.load()

    assert generator.tried == [("seven", GPU.name, ALL), ("seven", CPU, 0)]


def test_the_threads_that_were_measured_best_are_used_unless_others_are_set() -> None:
    generator = Memory(computer(16))
    desk = Desk(generator)
    desk.speeds["seven"] = Speed(100.0, 20.0, 1.0, GIB, threads=3)
    desk.load()
    desk.settings["seven"] = LoadSettings(threads=5)
    desk.load()

    assert [settings.threads for settings in generator.settings] == [3, 5]


def test_the_window_is_the_one_that_was_set_or_what_answers_need() -> None:
    desk = Desk(Memory(computer(16)))
    small = ModelFile("small", Path("small.gguf"), "", GIB, 2048)
    desk.settings["seven"] = LoadSettings(context_window=6000)

    assert [desk.loader.window(model) for model in (MODEL, OTHER, small)] == [6000, 4096, 2048]


def test_adapters_of_a_voice_are_added_for_it_alone(tmp_path: Path) -> None:
    desk = Desk(generator := Memory(computer(16)))
    always, voice = Adapter(tmp_path / "always.gguf"), Adapter(tmp_path / "voice.gguf", 0.5)
    desk.settings[MODEL.name] = LoadSettings(adapters=(always,))
    list(desk.loader.load(MODEL, adapters=(voice,), cancel=Cancellation()))
    desk.load()

    assert [settings.adapters for settings in generator.settings] == [(always, voice), (always,)]


def test_an_adapter_is_compared_before_anything_is_loaded(tmp_path: Path) -> None:
    fitting = write_lora(tmp_path / "fits.gguf")
    starter = ModelFile("starter", STARTER, "", STARTER.stat().st_size, 8192)
    generator = Memory(computer(16))
    loader = Loader(
        generator,  # type: ignore[arg-type]
        read_facts,
        lambda _: LoadSettings(),
        lambda _: None,
    )
    loader.check_adapter(starter, Adapter(fitting))
    wide = write_lora(tmp_path / "wide.gguf", width=64)
    for path, words in ((wide, "another size"), (tmp_path / "gone.gguf", "not there")):
        with pytest.raises(AdapterMismatch, match=words):
            loader.check_adapter(starter, Adapter(path))
    (tmp_path / "text.gguf").write_text("no weights", encoding="utf-8")
    with pytest.raises(AdapterMismatch, match=r"text\.gguf was not made for starter"):
        loader.check_adapter(starter, Adapter(tmp_path / "text.gguf"))
    assert generator.tried == []
