"""Bringing models to this computer from a disk, and packing them for another one.

Asks which files are meant, beside the window, which stays usable; the work is a model job.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QDate, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from desktop.domain.errors import EscritoireError
from desktop.domain.jobs import Cancellation
from desktop.domain.models import Way
from desktop.domain.packs import Seen, Signer
from desktop.gui.actions import Actions
from desktop.gui.model_jobs import ModelJobs, Told
from desktop.gui.model_services import ModelServices
from desktop.gui.notify import Notifier, words
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.installed_view import InstalledView


@dataclass(slots=True)
class _Came:
    """What became of all that was to be brought."""

    names: list[str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: list[EscritoireError] = field(default_factory=list)
    signers: list[Signer] = field(default_factory=list)


class Bringing(QObject):
    """`came` carries the names of models that are on the shelf now."""

    came = Signal(list)

    def __init__(
        self,
        *,
        tasks: Tasks,
        services: ModelServices,
        jobs: ModelJobs,
        view: InstalledView,
        notifier: Notifier,
        actions: Actions,
        within: QWidget,
    ) -> None:
        super().__init__(within)
        self._tasks = tasks
        self._services = services
        self._jobs = jobs
        self._view = view
        self._notifier = notifier
        self._within = within
        self._menu = QMenu(within)
        self._menu.setObjectName("models.add.menu")
        self._menu.aboutToShow.connect(self._fill_menu)
        self._register(actions)
        jobs.busyChanged.connect(lambda _busy: self._follow())
        view.selected.connect(self._follow)
        self._follow()

    # -- bringing

    def add(self, paths: Sequence[Path], way: Way = Way.COPY) -> None:
        """Bring files, folders of them, and packs; says which were refused, and why."""
        wanted = list(paths)
        if not wanted:
            return
        doing = self.tr("Adding models") if len(wanted) > 1 else self.tr("Adding {name}")
        started = self._jobs.start(
            doing.format(name=wanted[0].name),
            lambda told, cancel: self._bring(wanted, way, told, cancel),
            done=self._brought,
            failed=self._failed,
        )
        if not started:
            self._notifier.trouble(
                self.tr("Other models are being worked on. Add {name} when that is done.").format(
                    name=wanted[0].name
                )
            )

    def _bring(self, paths: list[Path], way: Way, told: Told, cancel: Cancellation) -> _Came:
        came = _Came()
        packs = [path for path in paths if path.is_dir() and self._services.packs.is_pack(path)]
        for folder in packs:
            unpacked = self._services.packs.unpack(folder, progress=told, cancel=cancel)
            came.names += [model.name for model in unpacked.models]
            came.known += [model.name for model in unpacked.known]
            came.refused += unpacked.refused
            came.signers.append(unpacked.signer)
        others = [path for path in paths if path not in packs]
        if others:
            brought = self._services.shelf.add(others, way, progress=told, cancel=cancel)
            came.names += [model.name for model in brought.models]
            came.copied += brought.copied
            came.refused += brought.refused
        return came

    def _brought(self, came: _Came) -> None:
        for error in came.refused:
            self._notifier.trouble(error)
        for signer in came.signers:
            self._notifier.say(self._signed(signer), seconds=None)
        if came.copied:
            sentence = self.tr("{names} was copied: it lies on another disk.")
            self._notifier.say(sentence.format(names=", ".join(came.copied)))
        if came.names:
            sentence = self.tr("Added and hashed: {names}.")
            self._notifier.say(sentence.format(names=", ".join(came.names)))
            self.came.emit(came.names)
        elif came.known:
            sentence = self.tr("Here already, to the bit: {names}.")
            self._notifier.say(sentence.format(names=", ".join(came.known)))

    def _failed(self, error: EscritoireError) -> None:
        self._notifier.trouble(words(error))

    # -- packing

    def pack(self) -> None:
        """Ask where the selected models are to be packed."""
        self._ask_folder(self.tr("Pack into a folder"), self.pack_into, "models.pack.choose")

    def pack_into(self, folder: Path) -> None:
        """Pack the selected models into a new folder in `folder`."""
        names = [shown.name for shown in self._view.chosen() if not shown.removed]
        today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        target = folder / f"escritoire-models-{today}"

        def done(signer: Signer) -> None:
            template = self.tr("Packed into {folder}, signed by {fingerprint}.")
            text = template.format(folder=target, fingerprint=signer.fingerprint)
            self._notifier.say(text, seconds=None)

        self._jobs.start(
            self.tr("Packing {names}").format(names=", ".join(names)),
            lambda told, cancel: self._services.packs.make(
                target, names, progress=told, cancel=cancel
            ),
            done=done,
            failed=self._failed,
        )

    def _signed(self, signer: Signer) -> str:
        known = {
            Seen.OURS: self.tr("this profile's own key"),
            Seen.SAME: self.tr("the same key as last time"),
            Seen.BEFORE: self.tr("a key that was seen before"),
            Seen.FIRST: self.tr("a key that is seen for the first time"),
            Seen.OTHER: self.tr("a key that is new; earlier packs came with other keys"),
        }[signer.seen]
        template = self.tr("The pack is whole. It is signed by {fingerprint}: {known}.")
        return template.format(fingerprint=signer.fingerprint, known=known)

    # -- folders of other applications

    def watch(self, folder: Path) -> None:
        """Show the models of a folder, only reading it."""
        self._tasks.run(
            lambda _: self._services.shelf.watch(folder),
            owner=self,
            done=lambda _: None,
            failed=self._notifier.trouble,
        )

    def unwatch(self, folder: Path) -> None:
        self._tasks.run(
            lambda _: self._services.shelf.unwatch(folder),
            owner=self,
            done=lambda _: None,
            failed=self._notifier.trouble,
        )

    # -- asking

    def choose_files(self, way: Way = Way.COPY) -> None:
        """Ask for GGUF files."""
        dialogue = self._dialogue(self.tr("Add models"), "models.choose")
        dialogue.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialogue.setNameFilters([self.tr("GGUF models (*.gguf)"), self.tr("All files (*)")])
        dialogue.filesSelected.connect(lambda names: self.add([Path(n) for n in names], way))
        dialogue.open()

    def choose_folder(self) -> None:
        """Ask for a folder of GGUF files, or a pack."""
        self._ask_folder(
            self.tr("Add a folder or a pack"), lambda folder: self.add([folder]), "models.choose"
        )

    def choose_watched(self) -> None:
        self._ask_folder(self.tr("Show the models of a folder"), self.watch, "models.choose")

    def _ask_folder(self, title: str, then: object, name: str) -> None:
        dialogue = self._dialogue(title, name)
        dialogue.setFileMode(QFileDialog.FileMode.Directory)
        dialogue.filesSelected.connect(lambda names: then(Path(names[0])))  # type: ignore[operator]
        dialogue.open()

    def _dialogue(self, title: str, name: str) -> QFileDialog:
        dialogue = QFileDialog(self._within.window(), title)
        dialogue.setObjectName(name)
        dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialogue

    # -- how it is made

    def dress(self, button: QPushButton) -> None:
        """Let a button open the ways of adding."""
        button.setText(self.tr("Add from disk"))
        button.setAccessibleName(button.text())
        button.setToolTip(self.tr("Add models that are on a disk or a USB stick"))
        button.setMenu(self._menu)

    @property
    def packing(self) -> QAction:
        return self._pack

    def _fill_menu(self) -> None:
        self._menu.clear()
        self._menu.addActions(self._ways)
        self._menu.addSeparator()
        for folder in self._view.known_folders:
            text = self.tr("Show the models in {folder}").format(folder=_shown(folder))
            shown = self._menu.addAction(text)
            shown.triggered.connect(lambda _=False, folder=folder: self.watch(folder))
        self._menu.addAction(self._watch)
        for folder in self._view.watched:
            text = self.tr("Stop showing {folder}").format(folder=_shown(folder))
            shown = self._menu.addAction(text)
            shown.triggered.connect(lambda _=False, folder=folder: self.unwatch(folder))

    def _follow(self) -> None:
        idle = not self._jobs.busy
        for way in self._ways:
            way.setEnabled(idle)
        self._pack.setEnabled(idle and any(not shown.removed for shown in self._view.chosen()))
        self._stop.setEnabled(not idle)
        self._stop.setVisible(not idle)

    def _register(self, actions: Actions) -> None:
        add, within = actions.add, self._within
        self._ways = (
            add(
                "models.add",
                self.tr("Add model files"),
                "Ctrl+Shift+M",
                self.choose_files,
                in_full=self.tr("Copy GGUF files into the profile"),
            ),
            add(
                "models.add_folder",
                self.tr("Add a folder or a pack"),
                None,
                self.choose_folder,
                in_full=self.tr("Copy the models of a folder or a pack into the profile"),
            ),
            add(
                "models.link",
                self.tr("Add model files without copying"),
                None,
                lambda: self.choose_files(Way.LINK),
                in_full=self.tr("Give GGUF files a second name in the profile, taking no space"),
            ),
            add(
                "models.in_place",
                self.tr("Use model files where they are"),
                None,
                lambda: self.choose_files(Way.IN_PLACE),
                in_full=self.tr("Use GGUF files where they are, and only read them"),
            ),
        )
        self._watch = add(
            "models.watch",
            self.tr("Show the models of another folder"),
            None,
            self.choose_watched,
            in_full=self.tr("Show the models of another application's folder, only reading it"),
        )
        self._pack = add(
            "models.pack",
            self.tr("Pack for another computer"),
            "Ctrl+Shift+P",
            self.pack,
            within=within,
            in_full=self.tr("Pack the selected models for a computer without a network"),
        )
        self._stop = add(
            "models.stop",
            self.tr("Stop"),
            "Ctrl+.",
            self._jobs.cancel,
            within=within,
            in_full=self.tr("Stop adding, verifying, measuring or packing models"),
        )


def _shown(folder: Path) -> str:
    """A path in a menu, where an ampersand would be a shortcut."""
    return str(folder).replace("&", "&&")
