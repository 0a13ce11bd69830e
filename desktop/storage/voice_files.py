"""A voice as one file, to be kept, edited and given to a colleague.

JSON; or, where its adapter goes along, a ZIP archive of that JSON and the adapter. What comes in
is checked like anything from outside: bounded in size, number and length, with no field that is not
known.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

import msgspec
from msgspec import Meta, Struct

from desktop.domain import voices as bounds
from desktop.domain.errors import DiskFull, FileUnreadable, VoiceDamaged
from desktop.domain.models import Adapter
from desktop.domain.tone import Pair
from desktop.domain.voices import Voice
from desktop.domain.words import whole
from desktop.storage.disk import NO_ROOM
from desktop.storage.new_files import whole_file

LARGEST = 4 * 1024 * 1024  # bytes
LARGEST_ADAPTER = 4 * 1024 * 1024 * 1024
BLOCK = 1024 * 1024
VOICE, ADAPTER = "voice.json", "adapter.gguf"  # in an archive
_ZIP = b"PK\x03\x04"

_Text = Annotated[str, Meta(min_length=1, max_length=bounds.LONGEST_TEXT)]
_Rule = Annotated[str, Meta(min_length=1, max_length=bounds.LONGEST_RULE)]
_Line = Annotated[str, Meta(max_length=bounds.LONGEST_LINE)]
_Words = Annotated[list[_Line], Meta(max_length=bounds.MOST_WORDS)]


class _PairFile(Struct, frozen=True, forbid_unknown_fields=True):
    before: _Text
    after: _Text


class _VoiceFile(Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["escritoire voice 1"]
    name: Annotated[str, Meta(min_length=1, max_length=bounds.LONGEST_NAME, pattern=r"\S")]
    pairs: Annotated[list[_PairFile], Meta(max_length=bounds.MOST_PAIRS)] = []
    guideline: Annotated[str, Meta(max_length=bounds.LONGEST_GUIDELINE)] = ""
    rules: Annotated[list[_Rule], Meta(max_length=bounds.MOST_RULES)] = []
    use: _Words = []
    avoid: _Words = []
    greeting: _Line = ""
    closing: _Line = ""
    adapter_strength: Annotated[float, Meta(ge=-4.0, le=4.0)] = 1.0


class VoiceFiles:
    """`services.ports.VoiceFiles`."""

    def __init__(self, adapters: Path) -> None:
        """`adapters` is the folder for those that come in with voices."""
        self._adapters = adapters

    def read(self, path: Path) -> Voice:
        """The voice in a file. Raises FileUnreadable, VoiceDamaged, DiskFull."""
        try:
            with path.open("rb") as opened:
                raw = opened.read(LARGEST + 1)
                if raw.startswith(_ZIP):
                    return self._unpacked(path)
        except OSError as error:
            raise _unreadable(path, error) from error
        return _decoded(path, raw)

    def write(
        self, voice: Voice, path: Path, *, adapter: bool = False, replace: bool = False
    ) -> None:
        """Write a voice to a file, whole or not at all, with its adapter if that is to go along.

        Raises FileThere (unless it may be replaced), FileUnreadable of the adapter,
        FileUnwritable, DiskFull.
        """
        if adapter and voice.adapter is not None and not self.adapter_size(voice):
            raise FileUnreadable(file=str(voice.adapter.path), reason="it is no longer there")
        with whole_file(path, replace=replace) as file:
            if adapter and voice.adapter is not None:
                _pack(voice, voice.adapter, file)
            else:
                file.write(encoded(voice))

    def adapter_size(self, voice: Voice) -> int:
        """Bytes of the voice's adapter; 0 if it has none, or if that is gone."""
        try:
            return voice.adapter.path.stat().st_size if voice.adapter else 0
        except OSError:
            return 0

    def settle(self, voices: Sequence[Voice]) -> None:
        """Remove the adapters that came in with voices which are no longer there."""
        used = {voice.adapter.path for voice in voices if voice.adapter}
        for path in self._adapters.glob("*"):
            if path not in used:
                path.unlink(missing_ok=True)

    def _unpacked(self, path: Path) -> Voice:
        """The voice in an archive; its adapter is copied in, under the hash of what it holds."""
        try:
            with zipfile.ZipFile(path) as archive:
                described, weights = archive.getinfo(VOICE), archive.getinfo(ADAPTER)
                stored = zipfile.ZIP_STORED
                if (described.compress_type, weights.compress_type) != (stored, stored):
                    raise VoiceDamaged(file=str(path), reason="it was packed by something else")
                if max(described.file_size - LARGEST, weights.file_size - LARGEST_ADAPTER) > 0:
                    raise VoiceDamaged(file=str(path), reason="it is too large")
                voice = _decoded(path, archive.read(described), strength=True)
                self._adapters.mkdir(mode=0o700, exist_ok=True)
                part = self._adapters / ".part"
                digest = hashlib.sha256()
                with archive.open(weights) as source, part.open("wb") as target:
                    while block := source.read(BLOCK):
                        digest.update(block)
                        target.write(block)
                named = "".join(c for c in voice.name if c.isalnum() or c in " -_")[:40].strip()
                kept = self._adapters / f"{named} {digest.hexdigest()[:16]}.gguf"
                part.replace(kept)
        except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError) as error:
            raise VoiceDamaged(file=str(path), reason="it is no archive of a voice") from error
        except OSError as error:
            if error.errno in NO_ROOM:
                raise DiskFull(path=str(self._adapters)) from error
            raise
        strength = voice.adapter.strength if voice.adapter else 1.0
        return replace(voice, adapter=Adapter(kept, strength))


def _decoded(path: Path, raw: bytes, *, strength: bool = False) -> Voice:
    """The voice in JSON; with `strength`, an adapter of that strength whose file is not known."""
    if len(raw) > LARGEST:
        raise VoiceDamaged(file=str(path), reason=f"it is larger than {LARGEST} bytes")
    try:
        file = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"), type=_VoiceFile)
    except (msgspec.DecodeError, RecursionError) as error:
        raise VoiceDamaged(file=str(path), reason=str(error).rstrip(".")) from error
    return Voice(
        adapter=Adapter(Path(), file.adapter_strength) if strength else None,
        name=whole(file.name.strip()),
        pairs=tuple(Pair(whole(pair.before), whole(pair.after)) for pair in file.pairs),
        guideline=whole(file.guideline),
        rules=tuple(map(whole, file.rules)),
        use=tuple(map(whole, file.use)),
        avoid=tuple(map(whole, file.avoid)),
        greeting=whole(file.greeting),
        closing=whole(file.closing),
    )


def _pack(voice: Voice, adapter: Adapter, file: BinaryIO) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(VOICE, encoded(voice))
        archive.write(adapter.path, ADAPTER)


def encoded(voice: Voice) -> bytes:
    """A voice as the JSON that `VoiceFiles.read` takes."""
    file = _VoiceFile(
        format="escritoire voice 1",
        name=voice.name,
        pairs=[_PairFile(pair.before, pair.after) for pair in voice.pairs],
        guideline=voice.guideline,
        rules=list(voice.rules),
        use=list(voice.use),
        avoid=list(voice.avoid),
        greeting=voice.greeting,
        closing=voice.closing,
        adapter_strength=voice.adapter.strength if voice.adapter else 1.0,
    )
    return msgspec.json.format(msgspec.json.encode(file), indent=2) + b"\n"


def _unreadable(path: Path, error: OSError) -> FileUnreadable:
    reason = (error.strerror or type(error).__name__).lower()
    return FileUnreadable(file=str(path), reason=reason)
