"""Which models a user meant: paths and folders in, sets of files and named refusals out.

Looks at names alone; what is in a file its header tells, elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import ModelError, ModelMissing, NotAModel
from desktop.domain.shards import models_among, siblings
from desktop.services.ports import ModelFiles, ModelFolders
from desktop.services.written_paths import absolute


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """The folder of an embedding model or a reranker, which is a model as a whole."""

    path: Path


def gather(
    paths: Iterable[Path], files: ModelFiles, folders: ModelFolders
) -> Iterator[tuple[Path, ...] | ModelFolder | ModelError]:
    """Every model among `paths` and below the folders among them, with all its files, in order.

    What was named but cannot be taken comes out as the error that says why.
    """
    given: list[Path] = []
    for path in paths:
        named = absolute(path)
        if named.is_dir():
            whole = files.model_folders_below(named)
            yield from map(ModelFolder, whole)
            below = [
                gguf
                for gguf in files.ggufs_below(named)
                if not any(gguf.is_relative_to(each) for each in whole)
            ]
            if not (below or whole):
                yield NotAModel(model=str(path), reason="there is no model in it")
            given += below
        elif folders.size(named) is None:
            yield ModelMissing(model=str(path))
        else:
            given.append(named)
    for model in models_among(given):
        missing = missing_shard(model, folders)
        yield model if missing is None else missing


def missing_shard(model: tuple[Path, ...], folders: ModelFolders) -> NotAModel | None:
    """The error that names the first file of a model that is not there, if any is missing."""
    for number, path in enumerate(siblings(model[0]), start=1):
        if folders.size(path) is None:
            reason = f"part {number} of {len(model)} is missing"
            return NotAModel(model=model[0].name, reason=reason)
    return None
