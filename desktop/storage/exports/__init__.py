"""Conversations as files: a module for each form, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from desktop.domain.exports import Export, Form
from desktop.domain.jobs import Cancellation
from desktop.storage.exports import markdown, plain, word
from desktop.storage.new_files import whole_file

Writer = Callable[[Export, BinaryIO, Cancellation], None]


class ExportFiles:
    """`services.ports.ExportFiles`. PDF is drawn by whoever can draw and offers it."""

    def __init__(self) -> None:
        self._writers: dict[Form, Writer] = {
            Form.MARKDOWN: markdown.write,
            Form.WORD: word.write,
            Form.JSON: plain.write,
        }

    def offer(self, form: Form, writer: Writer) -> None:
        """Let `writer` write that form from now on."""
        self._writers[form] = writer

    def write(
        self, export: Export, path: Path, form: Form, *, replace: bool, cancel: Cancellation
    ) -> None:
        """Raises FileThere (unless it may be replaced), FileUnwritable, DiskFull, Cancelled."""
        with whole_file(path, replace=replace) as file:
            self._writers[form](export, file, cancel)
            cancel.raise_if_wished()
