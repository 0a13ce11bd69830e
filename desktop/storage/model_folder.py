"""Folders of embedding models and rerankers on a disk -> what they say of themselves.

Reads their settings and the heads of their weights, never the weights; runs nothing.
"""

from __future__ import annotations

import json
import math
import os
import re
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import NotAModel
from desktop.domain.model_folders import (
    FolderFacts,
    FolderUnsound,
    facts_of,
    files_taken,
    is_weights,
    looks_like_a_model,
    refuse_code,
)

LARGEST_SETTINGS: Final = 4 * 1024 * 1024  # bytes of a JSON file; a vocabulary is not read
LARGEST_HEAD: Final = 32 * 1024 * 1024
MOST_FILES: Final = 2_000  # of one folder
DEPTH: Final = 2  # of folders that belong to a model

_READ: Final = re.compile(
    r"(config|modules|config_sentence_transformers|sentence_bert_config|tokenizer_config)\.json"
    r"|special_tokens_map\.json|added_tokens\.json|\d+_[A-Za-z]+/config\.json"
)
_LICENCE: Final = re.compile(r"^license:\s*[\"']?([\w.+-]+)", re.MULTILINE)
_TYPES: Final = {"F64": "F64", "F32": "F32", "F16": "F16", "BF16": "BF16"}


def is_model_folder(folder: Path) -> bool:
    """Whether a folder holds such a model, whatever is wrong with it."""
    try:
        return looks_like_a_model([path.name for path in folder.iterdir()])
    except OSError:
        return False


def read_folder(folder: Path) -> FolderFacts:
    """What the model in a folder says of itself. Raises NotAModel."""
    try:
        names = _names(folder)
        refuse_code(names)
        files = files_taken(names)
        settings = {name: _json(folder / name) for name in files if _READ.fullmatch(name)}
        facts = facts_of(files, settings)
        parameters, quantization = _weights([folder / name for name in files if is_weights(name)])
    except FolderUnsound as unsound:
        raise NotAModel(model=folder.name, reason=unsound.reason) from None
    except OSError as refusal:
        reason = f"it cannot be read ({(refusal.strerror or 'no answer').lower()})"
        raise NotAModel(model=folder.name, reason=reason) from refusal
    return replace(
        facts, parameters=parameters, quantization=quantization, licence=_licence(folder)
    )


def _names(folder: Path) -> list[str]:
    """Every file in a folder and the folders of its parts, by name within it."""
    found: list[str] = []
    for parent, folders, names in os.walk(folder):
        inner = Path(parent).relative_to(folder)
        if len(inner.parts) + 1 >= DEPTH:
            folders.clear()
        found += [(inner / name).as_posix() for name in names if (Path(parent) / name).is_file()]
        if len(found) > MOST_FILES:
            raise FolderUnsound("there are too many files in it")
    return found


def _json(path: Path) -> Any:
    with path.open("rb") as file:
        content = file.read(LARGEST_SETTINGS + 1)
    if len(content) > LARGEST_SETTINGS:
        raise FolderUnsound(f"{path.name} is larger than any settings")
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise FolderUnsound(f"{path.name} cannot be understood") from None


def _weights(files: list[Path]) -> tuple[int, str]:
    """Parameters, and the type that most of them have. Raises FolderUnsound.

    The format: https://huggingface.co/docs/safetensors (eight bytes of length, then JSON).
    """
    counts: dict[str, int] = {}
    for path in files:
        size = path.stat().st_size
        with path.open("rb") as file:
            first = file.read(8)
            length = struct.unpack("<Q", first)[0] if len(first) == 8 else size
            if not 2 <= length <= min(LARGEST_HEAD, size - 8):
                raise FolderUnsound(f"{path.name} is cut short or no safetensors")
            head = file.read(length)
        try:
            tensors = json.loads(head)
            tensors.pop("__metadata__", None)
            end = max((tensor["data_offsets"][1] for tensor in tensors.values()), default=0)
            for tensor in tensors.values():
                kind = str(tensor["dtype"])
                counts[kind] = counts.get(kind, 0) + math.prod(tensor["shape"])
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise FolderUnsound(f"{path.name} is no safetensors") from None
        if end != size - 8 - length:
            raise FolderUnsound(f"{path.name} is cut short")
    most = max(counts, key=lambda kind: counts[kind], default="")
    return sum(counts.values()), _TYPES.get(most, "")


def _licence(folder: Path) -> str:
    """What the model's card calls its licence, "" if it has no card or that says nothing."""
    try:
        with (folder / "README.md").open("rb") as file:
            card = file.read(65_536).decode("utf-8", "replace")
    except OSError:
        return ""
    found = _LICENCE.search(card.partition("\n---")[0]) if card.startswith("---") else None
    return found[1] if found else ""
