"""What a rewrite is told by: tones and voice files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from desktop.domain.tone import Tone
from desktop.domain.voices import Voice


class Tones(Protocol):
    """The tones that come with the program, and the user's own."""

    def names(self) -> list[str]:
        """The tones there are, whether they can be read or not."""
        ...

    def tone(self, name: str) -> Tone:
        """The tone of that name. Raises ToneUnknown, ToneDamaged."""
        ...


class VoiceFiles(Protocol):
    """Voices as files."""

    def read(self, path: Path) -> Voice:
        """The voice in a file. Raises FileUnreadable, VoiceDamaged."""
        ...

    def write(self, voice: Voice, path: Path, *, adapter: bool = False) -> None:
        """Write a voice to a file that is not there yet, with its adapter if that is to go along.

        Raises FileUnreadable, DiskFull.
        """
        ...

    def adapter_size(self, voice: Voice) -> int:
        """Bytes of the voice's adapter; 0 if it has none, or if that is gone."""
        ...

    def settle(self, voices: Sequence[Voice]) -> None:
        """Remove the adapters that came in with voices which are no longer there."""
        ...
