"""What the local hub holds: repositories whose files are made as they are sent, from a seed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

BLOCK = 256 * 1024


@dataclass(frozen=True)
class HubContent:
    """A file of `size` bytes: `head`, then a block that repeats, each time with its number in it.

    Nothing of it is kept, so a gigabyte costs no memory.
    """

    size: int
    head: bytes = b"GGUF"
    seed: int = 0

    @cached_property
    def _block(self) -> bytes:
        return hashlib.shake_256(f"block {self.seed}".encode()).digest(BLOCK)

    def blocks(self, start: int = 0) -> Iterator[bytes]:
        """The bytes from `start` on."""
        number, skip = divmod(start, BLOCK)
        at = number * BLOCK
        while at < self.size:
            block = number.to_bytes(8, "little") + self._block[8:]
            if at < len(self.head):
                begin = self.head[at : at + BLOCK]
                block = begin + block[len(begin) :]
            yield block[skip : self.size - at]
            number, skip, at = number + 1, 0, at + BLOCK

    def bytes(self) -> bytes:
        return b"".join(self.blocks())

    @cached_property
    def sha256(self) -> str:
        found = hashlib.sha256()
        for block in self.blocks():
            found.update(block)
        return found.hexdigest()


@dataclass
class HubRepository:
    """A repository of the local hub. `gated` ones want the token that `accepted` holds."""

    name: str
    files: dict[str, HubContent | str]  # a str is a text file, which has no LFS id
    licence: str = "apache-2.0"
    commit: str = "c0ffee" * 6 + "beef"
    gated: bool = False
    downloads: int = 100
    tags: list[str] = field(default_factory=list)

    def listing(self) -> dict[str, object]:
        """As `/api/models/NAME?blobs=true` gives it."""
        siblings: list[dict[str, object]] = []
        for path, content in self.files.items():
            if isinstance(content, str):
                blob = content.encode()
                blob_id = hashlib.sha1(b"blob %d\0" % len(blob) + blob, usedforsecurity=False)
                siblings.append(
                    {"rfilename": path, "size": len(blob), "blobId": blob_id.hexdigest()}
                )
                continue
            lfs = {"sha256": content.sha256, "size": content.size, "pointerSize": 134}
            siblings.append({"rfilename": path, "size": content.size, "blobId": "b", "lfs": lfs})
        return self.summary() | {"sha": self.commit, "siblings": siblings}

    def summary(self) -> dict[str, object]:
        """As `/api/models?search=` gives it."""
        return {
            "_id": "1",
            "id": self.name,
            "modelId": self.name,
            "gated": "manual" if self.gated else False,
            "private": False,
            "downloads": self.downloads,
            "tags": ["gguf", f"license:{self.licence}", *self.tags],
        }
