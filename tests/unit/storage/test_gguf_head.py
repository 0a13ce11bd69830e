"""Model files on a disk, whole, in shards, cut short, missing, or none at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.domain.errors import ModelMissing, NotAModel
from desktop.domain.gguf import GgufFacts
from desktop.storage import gguf_head
from desktop.storage.gguf_head import FIRST_READ, read_facts
from tests.unit.domain.gguf_heads import F32, gguf, llama
from tests.unit.workers.generator.gguf_files import STARTER

WORD = 32 * 4  # bytes of a tensor of 32 floats


def _shards(folder: Path, count: int = 3) -> list[Path]:
    paths = []
    for number in range(count):
        said: dict[str, object] = {"split.count": count, "split.no": number}
        if number == 0:
            said |= {"general.architecture": "llama", "llama.block_count": count}
        path = folder / f"model-{number + 1:05}-of-{count:05}.gguf"
        path.write_bytes(gguf(said, [(f"blk.{number}.x.weight", (32,), F32)]) + bytes(WORD))
        paths.append(path)
    return paths


def test_the_starter_model() -> None:
    facts = read_facts(STARTER)
    assert (facts.quantization, facts.layers) == ("Q4_1", 30)


def test_a_head_that_is_longer_than_the_first_read(tmp_path: Path) -> None:
    words = ["a long word indeed"] * (FIRST_READ // 10)
    head = gguf({"general.architecture": "a", "tokenizer.ggml.tokens": words}, [("x", (32,), F32)])
    assert len(head) > 2 * FIRST_READ
    path = tmp_path / "model.gguf"
    path.write_bytes(head + bytes(WORD))
    assert read_facts(path).vocabulary == len(words)


def test_a_head_is_read_again_only_when_the_file_was_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(gguf({"general.architecture": "a"}, [("x", (32,), F32)]) + bytes(WORD))
    read: list[int] = []
    parse = gguf_head.parse

    def counting(head: bytes) -> GgufFacts:
        read.append(len(head))
        return parse(head)

    monkeypatch.setattr(gguf_head, "parse", counting)
    first = read_facts(path)
    assert read_facts(path) == first
    assert len(read) == 1
    os.utime(path)
    assert read_facts(path) == first
    assert len(read) == 2


def test_any_shard_stands_for_all(tmp_path: Path) -> None:
    paths = _shards(tmp_path)
    facts = read_facts(paths[0])
    assert facts.layer_weights == (WORD,) * 3
    assert facts.size == sum(path.stat().st_size for path in paths)
    assert all(read_facts(path) == facts for path in paths)


def test_a_missing_shard_is_named(tmp_path: Path) -> None:
    paths = _shards(tmp_path)
    paths[1].unlink()
    with pytest.raises(ModelMissing, match="model-00002-of-00003"):
        read_facts(paths[0])


def test_shards_of_different_models_are_not_one(tmp_path: Path) -> None:
    paths = _shards(tmp_path)
    paths[2].write_bytes(paths[1].read_bytes())
    with pytest.raises(NotAModel, match="shards"):
        read_facts(paths[0])


def test_a_shard_by_another_name_is_not_a_model(tmp_path: Path) -> None:
    alone = _shards(tmp_path)[0].rename(tmp_path / "model.gguf")
    with pytest.raises(NotAModel, match="missing"):
        read_facts(alone)
    with pytest.raises(NotAModel, match="counts its shards"):
        read_facts(tmp_path / "model-00001-of-99999.gguf")


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.999])
def test_a_file_that_is_cut_short(tmp_path: Path, share: float) -> None:
    whole = llama(layers=1, vocabulary=32)
    path = tmp_path / "model.gguf"
    path.write_bytes(whole)
    os.truncate(path, int(len(whole) * share))
    with pytest.raises(NotAModel, match=r"cut short|empty"):
        read_facts(path)


def test_weights_that_are_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    head = gguf({"general.architecture": "a"}, [("x", (32,), F32)])
    path.write_bytes(head + bytes(WORD - 1))
    with pytest.raises(NotAModel, match="cut short"):
        read_facts(path)
    path.write_bytes(head + bytes(WORD))
    assert read_facts(path).size == len(head) + WORD


def test_what_is_no_model(tmp_path: Path) -> None:
    page = tmp_path / "model.gguf"
    page.write_bytes(b"<html><body>Not found</body></html>")
    with pytest.raises(NotAModel, match="web page"):
        read_facts(page)
    with pytest.raises(ModelMissing):
        read_facts(tmp_path / "none.gguf")
    with pytest.raises(ModelMissing):
        read_facts(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs on this system")
def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "model.gguf"
    os.mkfifo(pipe)
    with pytest.raises(ModelMissing):
        read_facts(pipe)
