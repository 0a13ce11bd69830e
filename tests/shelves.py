"""A shelf over the real store and real files, for tests of several rooms."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from desktop.services.chat_models import ChatModels
from desktop.services.packs import Packs
from desktop.services.shelf import Shelf
from desktop.storage import packs
from desktop.storage.database import Database
from desktop.storage.gguf_head import read_facts
from desktop.storage.migrations import migrate
from desktop.storage.model_files import ModelFiles
from desktop.storage.models import ModelFolders
from desktop.storage.paths import Paths, licence_texts
from desktop.storage.store import Store

KEY = bytes(range(32))


@dataclass
class Bench:
    """A shelf and what it stands on. `answering` are the models in use."""

    paths: Paths
    store: Store
    shelf: Shelf
    chats: ChatModels
    packs: Packs
    answering: set[str] = field(default_factory=set)

    @property
    def on_disk(self) -> list[str]:
        """Every file in the profile's folder of models."""
        folder = self.paths.models
        return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@contextmanager
def shelf_in(profile: Path, installation: Path) -> Iterator[Bench]:
    """The shelf of the profile in this folder, under a fixed key."""
    paths = Paths(profile)
    profile.mkdir(exist_ok=True)
    database = Database(paths, KEY)
    try:
        migrate(database, paths.profile, back_up=lambda: None)
        store, answering = Store(database), set[str]()
        folders = ModelFolders(database, (paths.models, installation))
        shelf = Shelf(
            store,
            folders,
            ModelFiles(database, paths),
            read_facts,
            answering.__contains__,
        )
        packing = Packs(store, packs.Packs(licence_texts()), shelf, read_facts)
        chats = ChatModels(store, shelf, folders, read_facts)
        yield Bench(paths, store, shelf, chats, packing, answering)
    finally:
        database.close()


def pinned(folder: Path, name: str, kind: str, files: dict[str, bytes]) -> None:
    """Put a model into an installation's folder, and its pin into the `starter.toml` beside it."""
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
        (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / name / path).write_bytes(content)
    with (folder.parent / "starter.toml").open("a", encoding="utf-8") as pins:
        pins.write("\n".join(lines) + "\n")


def embedder_files(width: int = 4) -> dict[str, bytes]:
    """A folder that is an embedder by all that can be seen from outside; nothing could load it."""
    head = {"w": {"dtype": "F32", "shape": [width, 2], "data_offsets": [0, 8 * width]}}
    packed = json.dumps(head).encode()
    parts = [
        {"path": path, "type": f"sentence_transformers.models.{kind}"}
        for path, kind in (("", "Transformer"), ("1_Pooling", "Pooling"))
    ]
    pooling = {"word_embedding_dimension": width, "pooling_mode_mean_tokens": True}
    return {
        "config.json": b'{"architectures": ["BertModel"], "max_position_embeddings": 64}',
        "modules.json": json.dumps(parts).encode(),
        "1_Pooling/config.json": json.dumps(pooling).encode(),
        "vocab.txt": b"[PAD]\n[UNK]\n",
        "model.safetensors": struct.pack("<Q", len(packed)) + packed + bytes(8 * width),
    }
