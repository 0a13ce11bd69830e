from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import AdapterMismatch
from desktop.workers.generator.jobs import LlamaWorker
from desktop.workers.protocol import AttachedAdapter, LoadModel, ModelLoaded
from tests.unit.workers.generator.gguf_files import STARTER, number, text, write_lora
from tests.unit.workers.generator.playing import QUESTION, play, settled

Fresh = Callable[[], LlamaWorker]


def load(*adapters: tuple[Path, float]) -> LoadModel:
    attached = [AttachedAdapter(os.fsencode(path), strength) for path, strength in adapters]
    return LoadModel(os.fsencode(STARTER), context_window=256, adapters=attached)


def answered(worker: LlamaWorker, *adapters: tuple[Path, float]) -> str:
    play(worker, load(*adapters))
    return settled(worker, QUESTION).text


def test_an_adapter_changes_the_answer_as_far_as_its_strength_goes(
    fresh: Fresh, tmp_path: Path
) -> None:
    nothing = write_lora(tmp_path / "nothing.gguf")
    noise = write_lora(tmp_path / "noise.gguf", noise=0.3)
    worker = fresh()
    plain = answered(worker)
    assert answered(worker, (nothing, 1.0)) == plain
    assert answered(worker, (noise, 0.0)) == plain
    assert answered(worker, (nothing, 1.0), (noise, 1.0)) != plain
    assert answered(worker) == plain


def test_an_adapter_takes_memory_that_is_counted(fresh: Fresh, tmp_path: Path) -> None:
    worker = fresh()
    plain = play(worker, load()).result
    attached = play(worker, load((write_lora(tmp_path / "a.gguf"), 1.0))).result
    assert isinstance(plain, ModelLoaded)
    assert isinstance(attached, ModelLoaded)
    taken = attached.on_computer.weights - plain.on_computer.weights
    assert taken == pytest.approx(30 * 2 * 4 * 576 * 4, rel=0.05)


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ({"changes": {"general.architecture": text("qwen2")}}, "kind qwen2, and this one is llama"),
        ({"changes": {"general.architecture": number(7)}}, "kind unknown"),
        ({"changes": {"general.type": text("model")}}, "not an adapter"),
        ({"changes": {"general.type": number(1)}}, "not an adapter"),
        ({"changes": {"adapter.type": None}}, "not an adapter"),
        ({"changes": {"adapter.type": text("martian")}}, "not a LoRA"),
        ({"width": 640}, "other sizes than this model's"),
        ({"weight": "attn_martian"}, "weights that this model does not have"),
    ],
)
def test_an_adapter_for_another_model_is_refused_with_the_reason(
    made: dict[str, object], reason: str, fresh: Fresh, tmp_path: Path
) -> None:
    path = write_lora(tmp_path / "a.gguf", **made)
    with pytest.raises(AdapterMismatch, match=reason) as refusal:
        play(fresh(), load((path, 1.0)))
    assert refusal.value.facts["adapter"] == "a.gguf"
    assert refusal.value.facts["model"] == STARTER.name


def test_a_model_is_no_adapter(fresh: Fresh) -> None:
    with pytest.raises(AdapterMismatch, match="not an adapter"):
        play(fresh(), load((STARTER, 1.0)))


@pytest.mark.parametrize("share", [0.0, 0.001, 0.02, 0.5, 0.999])
def test_an_adapter_that_is_cut_short_is_refused(
    share: float, fresh: Fresh, tmp_path: Path
) -> None:
    path = write_lora(tmp_path / "a.gguf", noise=0.3)
    os.truncate(path, int(path.stat().st_size * share))
    with pytest.raises(AdapterMismatch, match=r"cut short|empty"):
        play(fresh(), load((path, 1.0)))
    assert answered(fresh())
