"""A voice as one JSON file, to be kept, edited and given to a colleague.

What comes in is checked like anything from outside: bounded in size, number and length, with no
field that is not known.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from desktop.domain.errors import DiskFull, FileUnreadable, VoiceDamaged
from desktop.domain.tone import Pair
from desktop.domain.voices import Voice
from desktop.domain.words import whole
from desktop.storage.disk import NO_ROOM

LARGEST = 4 * 1024 * 1024  # bytes

_Text = Annotated[str, Meta(min_length=1, max_length=20_000)]
_Line = Annotated[str, Meta(min_length=1, max_length=500)]
_Short = Annotated[str, Meta(max_length=200)]


class _PairFile(Struct, frozen=True, forbid_unknown_fields=True):
    before: _Text
    after: _Text


class _VoiceFile(Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["escritoire voice 1"]
    name: Annotated[str, Meta(min_length=1, max_length=80, pattern=r"\S")]
    pairs: Annotated[list[_PairFile], Meta(max_length=500)] = []
    guideline: Annotated[str, Meta(max_length=200_000)] = ""
    rules: Annotated[list[_Line], Meta(max_length=60)] = []
    use: Annotated[list[_Short], Meta(max_length=200)] = []
    avoid: Annotated[list[_Short], Meta(max_length=200)] = []
    greeting: _Short = ""
    closing: _Short = ""


class VoiceFiles:
    """`services.ports.VoiceFiles`."""

    def read(self, path: Path) -> Voice:
        """The voice in a file. Raises FileUnreadable, VoiceDamaged."""
        try:
            with path.open("rb") as opened:
                raw = opened.read(LARGEST + 1)
        except OSError as error:
            raise _unreadable(path, error) from error
        if len(raw) > LARGEST:
            raise VoiceDamaged(file=str(path), reason=f"it is larger than {LARGEST} bytes")
        try:
            file = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"), type=_VoiceFile)
        except (msgspec.DecodeError, RecursionError) as error:
            raise VoiceDamaged(file=str(path), reason=str(error).rstrip(".")) from error
        return Voice(
            name=whole(file.name.strip()),
            pairs=tuple(Pair(whole(pair.before), whole(pair.after)) for pair in file.pairs),
            guideline=whole(file.guideline),
            rules=tuple(map(whole, file.rules)),
            use=tuple(map(whole, file.use)),
            avoid=tuple(map(whole, file.avoid)),
            greeting=whole(file.greeting),
            closing=whole(file.closing),
        )

    def write(self, voice: Voice, path: Path) -> None:
        """Write a voice to a file that is not there yet. Raises FileUnreadable, DiskFull."""
        try:
            with path.open("xb") as file:
                file.write(encoded(voice))
        except OSError as error:
            if error.errno in NO_ROOM:
                path.unlink(missing_ok=True)
                raise DiskFull(path=str(path)) from error
            raise _unreadable(path, error) from error


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
    )
    return msgspec.json.format(msgspec.json.encode(file), indent=2) + b"\n"


def _unreadable(path: Path, error: OSError) -> FileUnreadable:
    reason = (error.strerror or type(error).__name__).lower()
    return FileUnreadable(file=str(path), reason=reason)
