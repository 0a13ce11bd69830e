from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import (
    Cancelled,
    ContextTooLong,
    EscritoireError,
    ModelMissing,
    ModelWillNotLoad,
    TemplateFailed,
)
from desktop.workers.generator import model
from desktop.workers.generator.config import Config
from desktop.workers.generator.jobs import LlamaWorker
from desktop.workers.generator.log import MEMORY
from desktop.workers.generator.model import refused, threads
from desktop.workers.generator.patience import patience_s
from desktop.workers.host import JobContext
from desktop.workers.protocol import LoadModel, MemoryTaken, ModelLoaded, Prefill
from tests.unit.workers.generator.gguf_files import STARTER, number, rewrite, text
from tests.unit.workers.generator.playing import (
    QUESTION,
    CancelledAtCall,
    LivelyJob,
    play,
    settled,
    written,
)

Fresh = Callable[[], LlamaWorker]


def load(path: Path, window: int = 256) -> LoadModel:
    return LoadModel(os.fsencode(path), context_window=window)


def test_loading_tells_how_far_it_is_and_what_it_loaded(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "MARK_EVERY_S", 0)
    played = play(fresh(), load(STARTER))
    loaded = played.result
    assert isinstance(loaded, ModelLoaded)
    assert (loaded.name, loaded.context_window) == (STARTER.name, 256)
    assert (loaded.parameters, loaded.size) == (134_515_008, 96_576_768)
    assert loaded.on_computer.weights == pytest.approx(loaded.size, rel=0.001)
    assert loaded.on_computer.cache == pytest.approx(256 * 30 * 2 * 192 * 2, rel=0.01)  # K, V: F16
    assert loaded.on_computer.compute > 2**20
    assert loaded.on_device == MemoryTaken()
    assert 0 < loaded.seconds < 120
    done = [mark.done for mark in played.marks]
    assert done == sorted(set(done))
    assert done[-1] == 100
    assert len(done) > 20


def test_a_quick_load_is_not_held_up_by_telling_how_far_it_is(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "MARK_EVERY_S", 3600)
    assert [mark.done for mark in play(fresh(), load(STARTER)).marks] == [0, 100]


def test_life_is_shown_after_every_tensor_and_between_the_operations_of_a_batch(
    fresh: Fresh,
) -> None:
    worker, loading, evaluating = fresh(), LivelyJob(), LivelyJob()
    play(worker, load(STARTER), loading)
    assert loading.shown > 100  # it has 272 tensors
    play(worker, Prefill(QUESTION), evaluating)  # one batch
    assert evaluating.shown > 100


def test_silence_is_borne_the_longer_the_larger_the_model_and_the_batch() -> None:
    assert patience_s(0, 128) == 120
    assert 120 < patience_s(STARTER.stat().st_size, 128) < 150
    # A batch of 2,048 tokens of a model of 9 GB, on a device that takes half an hour for it.
    assert patience_s(9 * 10**9, 2_048) > 1_800
    # 40 GB from a stick that brings 5 MB a second, a tenth of it in one tensor.
    assert patience_s(40 * 10**9, 128) > 800


def test_the_window_is_never_wider_than_the_model_was_trained_for(
    fresh: Fresh, tmp_path: Path
) -> None:
    narrow = rewrite(tmp_path / "m.gguf", {"llama.context_length": number(512)})
    loaded = play(fresh(), LoadModel(os.fsencode(narrow), usual_window=4096)).result
    assert isinstance(loaded, ModelLoaded)
    assert loaded.context_window == 512
    with pytest.raises(ContextTooLong, match="made for 512 tokens at a time, not for 513"):
        play(fresh(), load(narrow, window=513))


def test_a_model_without_a_template_is_taken_for_chatml(fresh: Fresh, tmp_path: Path) -> None:
    worker = fresh()
    play(worker, load(rewrite(tmp_path / "m.gguf", {"tokenizer.chat_template": None})))
    assert "red" in written(worker, QUESTION).text.lower()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"general.architecture": text("lambo")}, "architecture .lambo. is not supported"),
        ({"general.architecture": text("x\x1b[2J{}{0}")}, "architecture .unknown. is not"),
        ({"llama.block_count": number(2)}, "does not fit its weights"),
        ({"llama.block_count": number(31)}, "does not fit its weights"),
        ({"llama.attention.head_count": number(7)}, "does not fit its weights"),
        ({"llama.embedding_length": None}, "does not fit its weights"),
        ({"tokenizer.ggml.model": text("martian")}, "vocabulary"),
        ({"general.alignment": number(3)}, "header is damaged"),
    ],
)
def test_a_header_that_is_wrong_is_explained_in_plain_words(
    changes: dict[str, bytes | None], reason: str, fresh: Fresh, tmp_path: Path
) -> None:
    worker = fresh()
    with pytest.raises(ModelWillNotLoad, match=reason) as refusal:
        play(worker, load(rewrite(tmp_path / "m.gguf", changes)))
    assert refusal.value.facts["model"] == "m.gguf"
    play(worker, load(STARTER))
    assert written(worker, QUESTION).text


@pytest.mark.parametrize("share", [0.0, 4096 / 98_362_432, 0.02, 0.5, 0.999])
def test_a_file_that_is_cut_short_is_recognised(share: float, fresh: Fresh, tmp_path: Path) -> None:
    raw = STARTER.read_bytes()
    path = tmp_path / "m.gguf"
    path.write_bytes(raw[: int(len(raw) * share)])
    with pytest.raises(ModelWillNotLoad, match=r"cut short|empty"):
        play(fresh(), load(path))


def test_a_template_that_does_not_work_is_found_when_loading(fresh: Fresh, tmp_path: Path) -> None:
    path = rewrite(tmp_path / "m.gguf", {"tokenizer.chat_template": text("{% if %}")})
    with pytest.raises(TemplateFailed):
        play(fresh(), load(path))


def test_a_model_that_is_gone_is_missing(fresh: Fresh, tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"gone\.gguf"):
        play(fresh(), load(tmp_path / "gone.gguf"))


@pytest.mark.parametrize("calls", [0, 1, 100])
def test_loading_can_be_cancelled_and_begun_again(calls: int, fresh: Fresh) -> None:
    worker = fresh()
    with pytest.raises(Cancelled):
        play(worker, load(STARTER), CancelledAtCall(calls))
    play(worker, load(STARTER))
    assert written(worker, QUESTION).text


def test_loading_that_is_closed_half_way_leaves_nothing_behind(fresh: Fresh) -> None:
    worker = fresh()
    steps = worker.handle(load(STARTER), JobContext())
    next(steps)
    steps.close()
    with pytest.raises(EscritoireError):
        written(worker, QUESTION)
    play(worker, load(STARTER))
    assert written(worker, QUESTION).text


@pytest.mark.parametrize("fate", ["removed", "cut", "replaced"])
def test_what_becomes_of_the_file_does_not_matter_once_it_is_loaded(
    fate: str, fresh: Fresh, tmp_path: Path
) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(STARTER.read_bytes())
    worker = fresh()
    play(worker, load(path))
    expected = settled(worker, QUESTION).text
    match fate:
        case "removed":
            path.unlink()
        case "cut":
            os.truncate(path, 0)
        case _:
            path.write_bytes(b"something else")
    assert settled(worker, QUESTION).text == expected


def test_a_core_is_left_free_while_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    request = LoadModel(b"m")
    for cores, expected in ((1, (1, 1)), (2, (1, 2)), (8, (7, 8))):
        monkeypatch.setattr(
            os, "sched_getaffinity", lambda _, n=cores: set(range(n)), raising=False
        )
        assert threads(request, Config()) == expected
    assert threads(LoadModel(b"m", threads=3), Config()) == (3, 8)
    assert threads(request, Config(threads=2, batch_threads=5)) == (2, 5)


LOCKING = """
import ctypes, os, resource, sys
import msgspec
from desktop.workers.generator.config import Config
from desktop.workers.generator.worker import build
from desktop.workers.protocol import LoadModel
from tests.unit.workers.generator.playing import play
resource.setrlimit(resource.RLIMIT_MEMLOCK, (65_536, 65_536))
# capset: give up CAP_IPC_LOCK with all the rest, as the limit does not bind those who have it.
ctypes.CDLL(None).capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)())
worker = build(msgspec.msgpack.encode(Config()))
request = LoadModel(os.fsencode(sys.argv[1]), context_window=256, memory_lock=True)
print(play(worker, request).result.locked)
worker.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="takes away what only Linux gives")
def test_weights_that_the_system_will_not_keep_in_memory_are_said_to_be_so() -> None:
    found = subprocess.run(
        [sys.executable, "-c", LOCKING, str(STARTER)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert found.stdout == "False\n"


def test_what_failed_for_want_of_memory_says_so_for_programs_too() -> None:
    assert refused("m", MEMORY).facts["cause"] == "memory"
    assert "cause" not in refused("m", "the file is cut short").facts
