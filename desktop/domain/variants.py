"""Which files of a repository make one model that can be chosen: a quantization, all its shards.

Read off the names alone, as repositories use them: nothing is downloaded to find out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from desktop.domain.hub import HubFile, Variant
from desktop.domain.model_folders import FolderUnsound, files_taken, kind_offered

GGUF = ".gguf"
FOLDER = "SAFETENSORS"  # in place of a quantization: how such a folder is asked for

# llama.cpp's own naming of shards (llama_split_path).
_SHARD = re.compile(r"-(\d{5})-of-(\d{5})$")

# The names of llama.cpp's `llama_ftype`, "fp16" for "f16", and unsloth's "UD-" in front of its own
# mixtures. A letter or digit on either side makes it a part of another word.
_QUANTIZATION = re.compile(
    r"(?<![A-Za-z0-9])"
    r"((?:UD-)?(?:(?:IQ|TQ|Q)\d(?:_(?:\d|K|NL|XXS|XS|S|M|L|XL))*|I2_S|MXFP4(?:_MOE)?|NVFP4)"
    r"|BF16|FP?16|FP?32)"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)

# What lies beside models and is none that can be talked with: projectors of pictures, the
# measurements that a quantization was made with, and vocabularies for tests.
_BESIDE = re.compile(r"(?<![a-z0-9])(mmproj|imatrix|vocab)(?![a-z0-9])", re.IGNORECASE)


def variants_of(files: Iterable[HubFile]) -> tuple[Variant, ...]:
    """The models among `files`, smallest first. Without a SHA-256 or a shard, a model is left out:
    it could not be verified, or not be loaded."""
    groups: dict[tuple[str, int], dict[int, HubFile]] = {}
    for file in files:
        path = PurePosixPath(file.path)
        if path.suffix.lower() != GGUF or not file.sha256 or _BESIDE.search(path.name):
            continue
        stem = str(path.with_suffix(""))
        shard = _SHARD.search(stem)
        number, count = (int(shard[1]), int(shard[2])) if shard else (1, 1)
        model = stem[: shard.start()] if shard else stem
        groups.setdefault((model, count), {})[number] = file
    found = [
        Variant(quantization_of(model), tuple(shards[number] for number in sorted(shards)))
        for (model, count), shards in groups.items()
        if sorted(shards) == list(range(1, count + 1))
    ]
    return tuple(sorted(found, key=lambda variant: (variant.size, variant.files[0].path)))


def folder_of(files: Iterable[HubFile]) -> tuple[HubFile, ...]:
    """Those of a repository's files that make an embedding model or a reranker; empty for none.

    Every file has a hash to be verified by. Whether it is such a model, its settings say.
    """
    by_path = {file.path: file for file in files if file.sha256 or file.blob}
    try:
        return tuple(by_path[path] for path in files_taken(by_path))
    except FolderUnsound:
        return ()


def folder_variant(
    repository: str, files: tuple[HubFile, ...], config: Mapping[str, object]
) -> Variant | None:
    """The folder `files` as a model to choose, if its `config.json` says that it is of use here."""
    kind = kind_offered((file.path for file in files), config)
    if kind is None:
        return None
    return Variant(FOLDER, files, kind, repository.rpartition("/")[2])


def name_of(variant: Variant) -> str:
    """What a model is called that was fetched as this variant: its first file's name, bare."""
    return variant.name or _SHARD.sub("", PurePosixPath(variant.files[0].path).stem)


def quantization_of(path: str) -> str:
    """The quantization that a file's path names ("Q4_K_M"), the file's own name first; "" if it
    names none. The last one counts: a model's name may hold an earlier one."""
    for part in reversed(PurePosixPath(path).parts):
        found = _QUANTIZATION.findall(part)
        if found:
            name = str(found[-1]).upper()
            return name.replace("FP", "F") if name.startswith("FP") else name
    return ""
