from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from desktop.domain.errors import EmbedderMissing, ModelChanged, ModelMissing
from desktop.storage import models
from desktop.storage.database import Database
from desktop.storage.models import ModelFolders

WEIGHTS = {"first.gguf": b"GGUF first", "second.gguf": b"GGUF second"}
EMBEDDER = {"model.safetensors": b"weights", "1_Pooling/config.json": b"{}"}


def pin(name: str, kind: str, files: dict[str, bytes]) -> str:
    lines = [
        "[[model]]",
        f'name = "{name}"',
        f'kind = "{kind}"',
        'quantization = "Q4_1"',
        "context_window = 2048",
        "dimensions = 384",
        'licence = "Apache-2.0"',
        'origin = "somewhere"',
    ]
    for path, content in files.items():
        sha256 = hashlib.sha256(content).hexdigest()
        lines += ["[[model.file]]", f'path = "{path}"', f"size = {len(content)}"]
        lines += [f'sha256 = "{sha256}"']
    return "\n".join(lines) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation's model folder: two chat models and an embedder, with pins beside it."""
    folder = tmp_path / "resources" / "models"
    pins = ""
    for name, content in WEIGHTS.items():
        model = name.removesuffix(".gguf")
        pins += pin(model, "chat", {name: content})
        put(folder / model / name, content)
    pins += pin("embedder", "embedder", EMBEDDER)
    for name, content in EMBEDDER.items():
        put(folder / "embedder" / name, content)
    put(folder.parent / "starter.toml", pins.encode())
    return folder


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.fixture
def folders(database: Database, folder: Path, tmp_path: Path) -> ModelFolders:
    return ModelFolders(database, (tmp_path / "profile's own", folder))


def test_what_is_installed_is_known_with_its_pins(folders: ModelFolders, folder: Path) -> None:
    first, second = folders.chat_models()
    assert (first.name, second.name) == ("first", "second")
    assert first.path == folder / "first" / "first.gguf"
    assert first.sha256 == hashlib.sha256(WEIGHTS["first.gguf"]).hexdigest()
    assert (first.size, first.context_window, first.quantization) == (10, 2048, "Q4_1")
    assert (first.licence, first.origin) == ("Apache-2.0", "somewhere")


def test_a_model_is_had_by_name_or_by_default(folders: ModelFolders, folder: Path) -> None:
    assert folders.chat_model("second").name == "second"
    assert folders.chat_model(None).name == "first"
    (folder / "first" / "first.gguf").unlink()
    assert [model.name for model in folders.chat_models()] == ["second"]
    assert folders.chat_model(None).name == "second"
    with pytest.raises(ModelMissing) as missing:
        folders.chat_model("first")
    assert missing.value.facts == {"model": "first"}


def test_a_file_that_is_not_the_pinned_one_is_refused(folders: ModelFolders, folder: Path) -> None:
    weights = folder / "first" / "first.gguf"
    weights.write_bytes(b"GGUF forst")  # the same size
    with pytest.raises(ModelChanged):
        folders.chat_model("first")
    weights.write_bytes(b"GGUF")
    with pytest.raises(ModelChanged):
        folders.chat_model(None)


def test_a_file_is_hashed_again_only_when_it_was_touched(
    folders: ModelFolders, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    digest = hashlib.file_digest

    def counted(file: object, name: str) -> object:
        hashed.append(Path(file.name).name)  # type: ignore[attr-defined]
        return digest(file, name)  # type: ignore[arg-type]

    monkeypatch.setattr(models.hashlib, "file_digest", counted)
    for _ in range(3):
        folders.chat_model("first")
    assert hashed == ["first.gguf"]
    weights = folder / "first" / "first.gguf"
    status = weights.stat()
    weights.write_bytes(b"GGUF forst")
    os.utime(weights, ns=(status.st_atime_ns, status.st_mtime_ns))  # as if it were the old one
    with pytest.raises(ModelChanged):
        folders.chat_model("first")
    assert hashed == ["first.gguf"] * 2


def test_a_file_of_the_users_is_a_model_too(folders: ModelFolders, tmp_path: Path) -> None:
    path = tmp_path / "own.gguf"
    with pytest.raises(ModelMissing):
        folders.chat_model(str(path))
    path.write_bytes(b"GGUF own")
    model = folders.chat_model(str(path))
    assert (model.name, model.path) == ("own", path)
    assert model.sha256 == hashlib.sha256(b"GGUF own").hexdigest()


def test_the_embedder_comes_with_all_its_files(folders: ModelFolders, folder: Path) -> None:
    embedder = folders.embedder()
    assert (embedder.folder, embedder.dimensions) == (folder / "embedder", 384)
    assert set(embedder.hashes) == set(EMBEDDER)
    (folder / "embedder" / "1_Pooling" / "config.json").write_bytes(b"[]")
    with pytest.raises(ModelChanged):
        folders.embedder()
    (folder / "embedder" / "model.safetensors").unlink()
    with pytest.raises(EmbedderMissing):
        folders.embedder()


@pytest.mark.parametrize("pins", ["", "[[model]]\nname = 1", "not toml", '[[model]]\nname = "a"'])
def test_without_readable_pins_there_are_no_models(
    folders: ModelFolders, folder: Path, pins: str
) -> None:
    (folder.parent / "starter.toml").write_text(pins)
    assert folders.chat_models() == []
    with pytest.raises(ModelMissing) as missing:
        folders.chat_model(None)
    assert str(missing.value).startswith("The model for answers is not on this computer.")
    with pytest.raises(EmbedderMissing):
        folders.embedder()


def test_pins_cannot_point_out_of_the_folder(folders: ModelFolders, folder: Path) -> None:
    (folder / "outside").mkdir()
    put(folder.parent / "outside.gguf", b"GGUF outside")
    outside = pin("outside", "chat", {"../../outside.gguf": b"GGUF outside"})
    (folder.parent / "starter.toml").write_text(outside)
    assert folders.chat_models() == []
