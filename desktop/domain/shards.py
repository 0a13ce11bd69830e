"""Names of GGUF files: which of them are one model, and what that model is called. Pure names.

A model in several files is named NAME-00001-of-00003.gguf and so on; llama.cpp is given the first
(https://github.com/ggml-org/llama.cpp, `llama_split_path`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from desktop.domain.words import whole

SUFFIX = ".gguf"
MOST_SHARDS = 999
LONGEST_NAME = 120  # characters; with what is put before and behind it, any file system takes that

_SHARD = re.compile(
    r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})(?P<suffix>\.gguf)", re.IGNORECASE
)
# What a path, a terminal or Windows would make something else of.
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*]')


def is_gguf(path: Path) -> bool:
    """Whether a file's name says that it is a GGUF."""
    return path.suffix.lower() == SUFFIX


def siblings(path: Path) -> tuple[Path, ...]:
    """The paths of all shards of the model that `path` is a shard of; `path` alone for one file."""
    shard = _SHARD.fullmatch(path.name)
    if shard is None:
        return (path,)
    count = int(shard["count"])
    if not 1 <= int(shard["number"]) <= count <= MOST_SHARDS:
        return (path,)
    return tuple(
        path.with_name(f"{shard['stem']}-{number:05}-of-{shard['count']}{shard['suffix']}")
        for number in range(1, count + 1)
    )


def models_among(paths: Iterable[Path]) -> list[tuple[Path, ...]]:
    """The models that files belong to, each with all its shards; each once, in order."""
    return list(dict.fromkeys(siblings(path) for path in paths))


def model_name(path: Path) -> str:
    """What a model is called after its first file: a name that is also fit for a folder."""
    shard = _SHARD.fullmatch(path.name)
    if shard is not None:
        return fit_name(shard["stem"])
    return fit_name(path.stem if is_gguf(path) else path.name)


def fit_name(text: str) -> str:
    """`text` as the name of a model, which every file system takes as the name of a folder."""
    fit = _UNFIT.sub("_", whole(text)).strip(" .")
    return fit[:LONGEST_NAME].strip(" .") or "model"
