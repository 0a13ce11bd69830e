"""Model files on disk -> what they say of themselves. Reads their heads, never their weights.

A model in several files names them `NAME-00001-of-00003.gguf`; any of them stands for all.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from desktop.domain.errors import ModelMissing, NotAModel
from desktop.domain.gguf import GgufDamaged, GgufFacts, GgufIncomplete, join, parse
from desktop.storage.verified import Traces

FIRST_READ = 2**20  # bytes; a vocabulary is in the first few MiB
MOST_SHARDS = 1000
MOST_KEPT = 64  # files
SHARD = re.compile(r"(.+)-(\d{5})-of-(\d{5})\.gguf", re.IGNORECASE)


def read_facts(path: Path) -> GgufFacts:
    """What the model says of itself whose file, or one of whose shards, `path` is.

    Raises ModelMissing (also for a shard) and NotAModel.
    """
    files = shards(path)
    try:
        return join([_facts(file) for file in files])
    except GgufDamaged as damage:
        raise NotAModel(model=path.name, reason=damage.reason) from None


def shards(path: Path) -> tuple[Path, ...]:
    """The files of the model that `path` belongs to, in order; they need not be there.

    Raises NotAModel for a name that counts more shards than there can be.
    """
    found = SHARD.fullmatch(path.name)
    if found is None:
        return (path,)
    name, suffix, count = found[1], path.suffix, int(found[3])
    if not 1 <= int(found[2]) <= count <= MOST_SHARDS:
        raise NotAModel(model=path.name, reason="its name counts its shards wrongly")
    return tuple(
        path.with_name(f"{name}-{number:05}-of-{count:05}{suffix}")
        for number in range(1, count + 1)
    )


def _facts(path: Path) -> GgufFacts:
    """Of one file. Raises ModelMissing, NotAModel, GgufDamaged."""
    try:
        if not path.is_file():  # a FIFO would never end
            raise ModelMissing(model=path.name)
        return _parsed(path, Traces.of(path))
    except FileNotFoundError:
        raise ModelMissing(model=path.name) from None
    except OSError as refusal:
        reason = f"the file cannot be read ({refusal.strerror})"
        raise NotAModel(model=path.name, reason=reason) from None


@lru_cache(maxsize=MOST_KEPT)
def _parsed(path: Path, traces: Traces) -> GgufFacts:
    """Kept while the file is untouched: stepping over 150,000 tokens takes 0.15 s, at each load."""
    head = b""
    wanted = FIRST_READ
    with path.open("rb") as file:
        while True:
            head += file.read(wanted - len(head))
            try:
                facts = parse(head)
                break
            except GgufIncomplete as incomplete:
                if len(head) < wanted or incomplete.needs > traces.size:
                    raise GgufDamaged(_short(head)) from None
                # Twice as much at least: what is read is parsed again from its beginning.
                wanted = max(incomplete.needs, 2 * len(head))
    if traces.size < facts.size:
        raise GgufDamaged("the file is cut short")
    return facts


def _short(head: bytes) -> str:
    return "the file is cut short" if head else "the file is empty"
