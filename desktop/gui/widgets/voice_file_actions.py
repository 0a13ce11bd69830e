"""Voices as files: one brought in, one given away, with its adapter if that is wished for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import EscritoireError, VoiceKnown
from desktop.domain.jobs import Cancellation
from desktop.domain.voices import Voice
from desktop.gui.actions import Actions
from desktop.gui.choosing import choose
from desktop.gui.models import figures
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.voice_services import VoiceServices


class VoiceFileActions(QObject):
    """`came` carries the name of a voice that was brought in."""

    came = Signal(str)

    def __init__(
        self,
        tasks: Tasks,
        services: VoiceServices,
        notifier: Notifier,
        actions: Actions,
        within: QWidget,
    ) -> None:
        super().__init__(within)
        self._tasks = tasks
        self._services = services
        self._notifier = notifier
        self._within = within
        self._voice: Voice | None = None
        actions.add("voices.import", self.tr("Import"), "Ctrl+I", self.choose_file, within=within,
                    in_full=self.tr("Import a voice from a file"))  # fmt: skip
        self._export = actions.add(
            "voices.export", self.tr("Export"), "Ctrl+E", self.choose_target, within=within,
            in_full=self.tr("Export the voice as one file"),
        )  # fmt: skip

    def offer(self, voice: Voice | None) -> None:
        """The voice that would be given away."""
        self._voice = voice
        self._export.setEnabled(voice is not None)

    def choose_file(self) -> None:
        choose(
            self._within,
            "voices.import.choose",
            self.tr("Import a voice"),
            [f"{self.tr('Voices')} (*.json *.voice)", f"{self.tr('All files')} (*)"],
            lambda paths: self.bring(paths[0]),
        )

    def bring(self, path: Path, *, replacing: bool = False) -> None:
        """Take in the voice in a file; one that is there already is replaced only if wished."""

        def work(_: Cancellation) -> Voice:
            return self._services.voices.add_file(path, replacing=replacing)

        def failed(error: EscritoireError) -> None:
            if isinstance(error, VoiceKnown):
                self._notifier.trouble(
                    error,
                    action=self.tr("Replace it"),
                    act=lambda: self.bring(path, replacing=True),
                )
            else:
                self._notifier.trouble(error)

        self._tasks.run(
            work, owner=self, done=lambda voice: self.came.emit(voice.name), failed=failed
        )

    def choose_target(self) -> None:
        if self._voice is None:
            return
        name = self._voice.name
        whole = [f"{self.tr('Voice with its adapter')} (*.voice)"] if self._voice.adapter else []
        choose(
            self._within,
            "voices.export.choose",
            self.tr("Export the voice"),
            [f"{self.tr('Voice')} (*.json)", *whole],
            lambda paths: self.give(name, paths[0]),
            save_as=f"{_as_file_name(name)}.json",
        )

    def give(self, name: str, path: Path) -> None:
        """Write a voice to a file: with its adapter if that ends with .voice."""
        adapter = path.suffix.lower() == ".voice"

        def work(_: Cancellation) -> int:
            # The dialogue asked whether what is there may go.
            voice = self._services.voices.export(name, path, adapter=adapter, replace=True)
            return self._services.voices.adapter_size(voice)

        def done(size: int) -> None:
            said = self.tr("“{name}” was exported to {file}.").format(name=name, file=path.name)
            if size and not adapter:
                said += " " + self.tr(
                    "Its adapter of {size} stays here; a file that ends with .voice takes it along."
                ).format(size=figures.size(size))
            self._notifier.say(said)

        self._tasks.run(work, owner=self, done=done, failed=self._notifier.trouble)


def _as_file_name(name: str) -> str:
    return "".join(c if c.isalnum() or c in " -_" else "_" for c in name).strip() or "voice"
