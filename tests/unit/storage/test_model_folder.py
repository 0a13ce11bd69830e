"""Which folders are embedding models and rerankers, and why others are none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import NotAModel
from desktop.domain.models import ModelKind
from desktop.storage.model_folder import read_folder
from tests.shelves import embedder_files


def lay(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_what_a_folder_says_of_itself(tmp_path: Path) -> None:
    files = embedder_files()
    lay(tmp_path, files | {"README.md": b"---\nlicense: mit\n---\n", "pytorch_model.bin": b"x"})
    facts = read_folder(tmp_path)
    assert (facts.kind, facts.dimensions, facts.context_window) == (ModelKind.EMBEDDER, 4, 64)
    assert (facts.parameters, facts.quantization, facts.licence) == (8, "F32", "mit")
    assert set(facts.files) == set(files)  # no pickle, and no card


def test_one_score_for_a_pair_makes_a_reranker(tmp_path: Path) -> None:
    files = embedder_files()
    del files["modules.json"]
    config = {"architectures": ["BertForSequenceClassification"], "id2label": {"0": "LABEL_0"}}
    lay(tmp_path, files | {"config.json": json.dumps(config).encode()})
    assert read_folder(tmp_path).kind is ModelKind.RERANKER
    config["id2label"] = {"0": "good", "1": "bad"}
    lay(tmp_path, {"config.json": json.dumps(config).encode()})
    with pytest.raises(NotAModel, match="sorts texts into kinds"):
        read_folder(tmp_path)


def without(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.pop(name) and None  # type: ignore[func-returns-value]


def having(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.update({name: content})


def pickled(files: dict[str, bytes]) -> None:
    del files["model.safetensors"]
    files["pytorch_model.bin"] = b"pickled"


def cut(files: dict[str, bytes]) -> None:
    files["model.safetensors"] = files["model.safetensors"][:-1]


AUTO = b'{"architectures": ["X"], "auto_map": {"AutoModel": "modeling.X"}}'
PART = b'[{"path": "", "type": "custom_st.Transformer"}]'
OTHER = b'[{"path": "", "type": "sentence_transformers.models.Dense"}]'


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (having("modeling.py", b"import os"), "there is program code in it"),
        (having("config.json", AUTO), "it asks for program code of its own"),
        (having("modules.json", PART), "it has a part that is not supported"),
        (having("modules.json", OTHER), "it has a part that is not supported"),
        (having("modules.json", b"[[["), "modules.json cannot be understood"),
        (having("tokenizer_config.json", b'{"auto_map": {"a": "b"}}'), "program code of its own"),
        (having("adapter_config.json", b"{}"), "it is an adapter for another model"),
        (having("model.safetensors", b"<html>"), "cut short or no safetensors"),
        (having("1_Pooling/config.json", b"{}"), "does not say how long its vectors are"),
        (without("modules.json"), "does not say how a passage becomes one vector"),
        (without("vocab.txt"), "its vocabulary is missing"),
        (without("config.json"), "config.json is missing"),
        (pickled, "a form that can run code"),
        (cut, "model.safetensors is cut short"),
    ],
)
def test_what_is_none_is_refused_with_its_reason(
    tmp_path: Path, spoil: Callable[[dict[str, bytes]], None], reason: str
) -> None:
    files = embedder_files()
    spoil(files)
    with pytest.raises(NotAModel, match=reason):
        read_folder(lay(tmp_path, files))
