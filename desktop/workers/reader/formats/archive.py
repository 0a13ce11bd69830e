"""A ZIP that may be a bomb: what its directory claims is judged before anything is unpacked.

Entries are read into memory, never written anywhere, so a name with `..` can lead nowhere; such
entries are left out all the same.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from desktop.domain.errors import DocumentDamaged, DocumentTooDemanding, DocumentUnreadable

MOST_ENTRIES = 20_000
MOST_BYTES = 400 * 1024 * 1024  # of all entries together, unpacked
LARGE = 20 * 1024 * 1024  # bytes; from here on an entry may not be packed tighter than MOST_PACKED
MOST_PACKED = 200  # unpacked bytes for a packed one; Office XML has seldom more than 30
ENTITY = b"<!ENTITY"
MARKUP_HEAD = 4096  # bytes; entities are declared at the start


class Archive:
    """The entries of a ZIP. `name` is the file that errors name."""

    def __init__(self, content: bytes, name: str) -> None:
        """Raises DocumentDamaged, DocumentTooDemanding, DocumentUnreadable (a password)."""
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise DocumentDamaged(file=name) from error
        if (
            len(entries) > MOST_ENTRIES
            or sum(entry.file_size for entry in entries) > MOST_BYTES
            or any(_is_bomb(entry) for entry in entries)
        ):
            raise DocumentTooDemanding(file=name, resource="memory")
        if any(entry.flag_bits & 1 for entry in entries):
            raise DocumentUnreadable(file=name, reason="it is protected by a password")
        self._entries = {e.filename: e for e in entries if _stays_inside(e.filename)}

    @property
    def names(self) -> list[str]:
        """The paths of its files, as they stand in the ZIP."""
        return list(self._entries)

    def size(self, path: str) -> int:
        """Bytes of an entry when unpacked, as the directory claims."""
        return self._entries[path].file_size

    def read(self, path: str) -> bytes:
        """The content of an entry. Raises DocumentDamaged if there is none, or not all of it."""
        try:
            return self._zip.read(self._entries[path])
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise DocumentDamaged(file=self.name) from error

    def refuse_entities(self) -> None:
        """Raise DocumentDamaged if a part declares entities, as no honest Office file does."""
        for path in self._entries:
            if path.endswith((".xml", ".rels")):
                with self._zip.open(self._entries[path]) as part:
                    try:
                        head = part.read(MARKUP_HEAD)
                    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
                        raise DocumentDamaged(file=self.name) from error
                if ENTITY in head.replace(b"\0", b""):
                    raise DocumentDamaged(file=self.name)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > LARGE and entry.file_size > MOST_PACKED * max(entry.compress_size, 1)


def _stays_inside(path: str) -> bool:
    parts = PurePosixPath(path.replace("\\", "/"))
    return not parts.is_absolute() and ".." not in parts.parts
