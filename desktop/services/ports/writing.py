"""What a rewrite is told by, tones and voice files; the files that are rewritten or exported."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from desktop.domain.edits import Edit
from desktop.domain.exports import Export, Form
from desktop.domain.jobs import Cancellation
from desktop.domain.originals import Original
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

    def write(
        self, voice: Voice, path: Path, *, adapter: bool = False, replace: bool = False
    ) -> None:
        """Write a voice to a file, whole or not at all, with its adapter if that is to go along.

        Raises FileThere (unless it may be replaced), FileUnreadable of the adapter,
        FileUnwritable, DiskFull.
        """
        ...

    def adapter_size(self, voice: Voice) -> int:
        """Bytes of the voice's adapter; 0 if it has none, or if that is gone."""
        ...

    def settle(self, voices: Sequence[Voice]) -> None:
        """Remove the adapters that came in with voices which are no longer there."""
        ...


class ExportFiles(Protocol):
    """Conversations as files."""

    def write(
        self, export: Export, path: Path, form: Form, *, replace: bool, cancel: Cancellation
    ) -> None:
        """Write a file whole, or not at all. Raises FileThere, FileUnwritable, DiskFull."""
        ...


class Reviser(Protocol):
    """Untrusted file to be rewritten -> its text; edits -> the file with them."""

    def read(self, path: Path, *, cancel: Cancellation) -> Original:
        """A Word document or a saved mail. Raises RewriteError, FileUnreadable, WorkerError."""
        ...

    def revised(
        self,
        original: Original,
        edits: Sequence[Edit],
        *,
        author: str,
        cancel: Cancellation,
    ) -> Generator[bytes, None, int]:
        """The file in pieces, with the edits of its text as tracked changes of `author`; returns
        how many paragraphs could not be edited. Raises OriginalChanged, too.

        Each edit lies within a paragraph; they are in order.
        """
        ...

    def with_body(
        self, original: Original, body: str, *, cancel: Cancellation
    ) -> Generator[bytes, None, int]:
        """The mail in pieces, with another body."""
        ...


class RewrittenFiles(Protocol):
    """Plain texts, and files that are put beside them."""

    def read(self, path: Path) -> Original:
        """A plain text. Raises FileUnreadable, TextFormatUnknown, TextTooLong."""
        ...

    def encoded(self, text: str, encoding: str) -> tuple[bytes, str]:
        """A text in an encoding, or in UTF-8 if that lacks a character; and which it became."""
        ...

    def is_there(self, path: Path) -> bool: ...
    def is_same(self, path: Path, other: Path) -> bool: ...
    def write(self, path: Path, pieces: Iterable[bytes], *, replace: bool) -> None:
        """Write a file whole, or not at all. Raises FileThere, FileUnwritable, DiskFull."""
        ...
