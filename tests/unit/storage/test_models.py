"""The installation's models over a real store: pinned, hashed, refused when they changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import ModelChanged, ModelMissing, NotAModel
from desktop.services.chat_models import ChatModels
from desktop.storage import verified
from tests.ggufs import gguf, write_gguf
from tests.shelves import pinned, shelf_in

WEIGHTS = {"first": gguf(b"first..."), "second": gguf(b"second..")}
EMBEDDER = {"model.safetensors": b"weights", "1_Pooling/config.json": b"{}"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation's model folder: two chat models and an embedder, with pins beside it."""
    folder = tmp_path / "resources" / "models"
    for name, content in WEIGHTS.items():
        pinned(folder, name, "chat", {f"{name}.gguf": content})
    pinned(folder, "embedder", "embedder", EMBEDDER)
    return folder


@pytest.fixture
def chats(folder: Path, tmp_path: Path) -> Iterator[ChatModels]:
    with shelf_in(tmp_path / "profile", folder) as bench:
        yield bench.chats


def test_what_is_installed_is_known_with_its_pins(chats: ChatModels, folder: Path) -> None:
    first, second = chats.chat_models()
    assert (first.name, second.name) == ("first", "second")
    assert first.path == folder / "first" / "first.gguf"
    assert first.sha256 == hashlib.sha256(WEIGHTS["first"]).hexdigest()
    assert first.size == len(WEIGHTS["first"])
    assert (first.context_window, first.quantization) == (2048, "Q4_1")
    assert (first.licence, first.origin) == ("Apache-2.0", "somewhere")


def test_a_model_is_had_by_name_or_by_default(chats: ChatModels, folder: Path) -> None:
    assert chats.chat_model("second").name == "second"
    assert chats.chat_model(None).name == "first"
    (folder / "first" / "first.gguf").unlink()
    assert [model.name for model in chats.chat_models()] == ["second"]
    assert chats.chat_model(None).name == "second"
    with pytest.raises(ModelMissing) as missing:
        chats.chat_model("first")
    assert missing.value.facts == {"model": "first"}


def test_a_file_that_is_not_the_pinned_one_is_refused(chats: ChatModels, folder: Path) -> None:
    weights = folder / "first" / "first.gguf"
    weights.write_bytes(gguf(b"forst..."))  # the same size
    with pytest.raises(ModelChanged):
        chats.chat_model("first")
    with pytest.raises(ModelChanged):
        chats.chat_model(None)
    weights.write_bytes(b"GGUF")
    with pytest.raises(ModelChanged):
        chats.chat_model("first")


def test_a_file_is_hashed_again_only_when_it_was_touched(
    chats: ChatModels, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    digest = verified._hashed

    def counted(path: Path, *given: object) -> str:
        hashed.append(path.name)
        return digest(path, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(verified, "_hashed", counted)
    for _ in range(3):
        chats.chat_model("first")
    assert hashed == ["first.gguf"]
    weights = folder / "first" / "first.gguf"
    status = weights.stat()
    weights.write_bytes(gguf(b"forst..."))
    os.utime(weights, ns=(status.st_atime_ns, status.st_mtime_ns))  # as if it were the old one
    with pytest.raises(ModelChanged):
        chats.chat_model("first")
    assert hashed == ["first.gguf"] * 2


def test_a_file_of_the_users_is_a_model_too(chats: ChatModels, tmp_path: Path) -> None:
    path = tmp_path / "own.gguf"
    with pytest.raises(ModelMissing):
        chats.chat_model(str(path))
    write_gguf(path, window=512)
    model = chats.chat_model(str(path))
    assert (model.name, model.path, model.context_window) == ("own", path, 512)
    assert model.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text("<html>")
    with pytest.raises(NotAModel):
        chats.chat_model(str(path))


@pytest.mark.parametrize("pins", ["", "[[model]]\nname = 1", "not toml", '[[model]]\nname = "a"'])
def test_without_readable_pins_there_are_no_models(
    chats: ChatModels, folder: Path, pins: str
) -> None:
    (folder.parent / "starter.toml").write_text(pins)
    assert chats.chat_models() == []
    with pytest.raises(ModelMissing) as missing:
        chats.chat_model(None)
    assert str(missing.value).startswith("The model for answers is not on this computer.")


def test_pins_cannot_point_out_of_the_folder(chats: ChatModels, folder: Path) -> None:
    (folder.parent / "starter.toml").unlink()
    pinned(folder, "outside", "chat", {"../../outside.gguf": gguf()})
    assert (folder.parent / "outside.gguf").exists()
    assert chats.chat_models() == []
