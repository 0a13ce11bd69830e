"""What can be done with the models on this computer: each an action, carried out on a task.

Says how it went; which models are meant, the view tells.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import EscritoireError
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import InstalledModel, Keeping, LoadSettings, ModelKind, Speed
from desktop.gui.actions import Actions
from desktop.gui.model_jobs import ModelJobs, Told
from desktop.gui.model_services import ModelServices
from desktop.gui.models import figures
from desktop.gui.models.installed_words import Shown, speed_in_words
from desktop.gui.models.search_words import Part
from desktop.gui.notify import Notice, Notifier, words
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.installed_view import InstalledView
from desktop.services.shelf import Checked


class ShelfActions(QObject):
    """`chosen` says that another model answers from now on."""

    chosen = Signal()

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
        self._removals: dict[str, Notice] = {}
        self._register(actions, within)
        view.selected.connect(self._follow)
        view.settingsApplied.connect(self.set_settings)
        jobs.busyChanged.connect(lambda _busy: self._follow())

    @property
    def in_order(self) -> tuple[QAction, ...]:
        """The actions as buttons show them, the most wanted first."""
        return (self._use, self._verify, self._measure, self._remove, self._restore)

    # -- one after another

    def use(self) -> None:
        """Let the selected model answer from now on."""
        for shown in self._selected(1):
            self._tasks.run(
                self._called(self._services.chat_models.choose, shown.name),
                owner=self,
                done=self._used,
                failed=self._notifier.trouble,
            )

    def _used(self, model: InstalledModel) -> None:
        self._notifier.say(self.tr("{name} answers from now on.").format(name=model.name))
        self.chosen.emit()

    def remove(self) -> None:
        """Take the selected models off the shelf; they can be put back until the window closes."""
        for shown in self._selected():
            self._tasks.run(
                self._called(self._services.shelf.remove, shown.name),
                owner=self,
                done=self._removed,
                failed=self._notifier.trouble,
            )

    def _removed(self, model: InstalledModel) -> None:
        if model.keeping is Keeping.OWNED:
            sentence = self.tr("{name} was removed; {size} is freed when Escritoire is closed.")
        else:
            sentence = self.tr("{name} is no longer listed. Its file is untouched.")
        text = sentence.format(name=model.name, size=figures.size(model.size))
        self._removals[model.name] = self._notifier.say(
            text,
            action=self.tr("Undo"),
            act=lambda: self._put_back(model.name),
            closed=lambda: self._removals.pop(model.name, None),
        )

    def restore(self) -> None:
        """Put the selected removed models back."""
        for shown in self._view.chosen():
            if shown.removed:
                self._put_back(shown.name)

    def _put_back(self, name: str) -> None:
        notice = self._removals.pop(name, None)
        if notice is not None:
            self._notifier.withdraw(notice)
        self._tasks.run(
            lambda _: self._services.shelf.restore(name),
            owner=self,
            done=lambda _: self._view.select([name]),
            failed=self._notifier.trouble,
        )

    def set_settings(self, name: str, settings: LoadSettings) -> None:
        """Load a model so from the next question on, if its adapters were made for it."""

        def work(_: Cancellation) -> None:
            self._services.loader.check_adapters(self._services.shelf.find(name), settings)
            self._services.chat_models.set_settings(name, settings)

        def done(_: None) -> None:
            self._notifier.say(
                self.tr("{name} runs so from the next question on.").format(name=name), seconds=4
            )

        def failed(error: EscritoireError) -> None:
            if not self._view.run_settings.refuse(name, error):
                self._notifier.trouble(error)

        self._tasks.run(work, owner=self, done=done, failed=failed)

    # -- at length

    def verify(self) -> None:
        """Hash the selected models again."""
        names = [shown.name for shown in self._selected()]
        if not names:
            return

        def work(told: Told, cancel: Cancellation) -> list[Checked]:
            shelf = self._services.shelf
            return [
                checked
                for name in names
                for checked in shelf.verify(name, progress=told, cancel=cancel)
            ]

        self._begin(self.tr("Verifying {names}").format(names=", ".join(names)), work, self._said)

    def _said(self, checked: Sequence[Checked]) -> None:
        right = [each.model.name for each in checked if each.error is None]
        for each in checked:
            if each.error is not None:
                self._notifier.trouble(each.error)
        if right:
            sentence = self.tr("{names}: every file is what it was.")
            self._notifier.say(sentence.format(names=", ".join(right)))

    def measure(self) -> None:
        """Find out how fast the selected model is on this computer."""
        for shown in self._selected(1):
            self._begin(
                self.tr("Measuring {name}").format(name=shown.name),
                partial(self._measured, shown.name),
                partial(self._say_speed, shown.name),
                in_bytes=False,
            )

    def _say_speed(self, name: str, speed: Speed) -> None:
        self._notifier.say(f"{name}: {speed_in_words(speed)}.")

    def _measured(self, name: str, told: Told, cancel: Cancellation) -> Speed:
        model = self._services.chat_models.chat_model(name)
        steps: Generator[Progress, None, Speed] = self._services.loader.measure(
            model, cancel=cancel
        )
        while True:
            try:
                told(next(steps))
            except StopIteration as end:
                speed: Speed = end.value
                break
        self._services.shelf.set_speed(name, speed)
        return speed

    def _begin(
        self,
        doing: str,
        work: Callable[[Told, Cancellation], object],
        done: Callable[..., object],
        *,
        in_bytes: bool = True,
    ) -> None:
        self._jobs.start(doing, work, done=done, failed=self._failed, in_bytes=in_bytes)

    def _failed(self, error: EscritoireError) -> None:
        self._notifier.trouble(words(error))

    @staticmethod
    def _called(
        do: Callable[[str], InstalledModel], name: str
    ) -> Callable[[Cancellation], InstalledModel]:
        return lambda _: do(name)

    # -- which can be done now

    def _selected(self, most: int | None = None) -> list[Shown]:
        chosen = [shown for shown in self._view.chosen() if not shown.removed]
        return chosen if most is None or len(chosen) <= most else []

    def _follow(self) -> None:
        chosen = self._view.chosen()
        there = [shown for shown in chosen if not shown.removed]
        one = there[0] if len(there) == len(chosen) == 1 else None
        writes = one is not None and one.model.kind is ModelKind.CHAT and one.trouble is None
        gone = bool(chosen) and not there
        answering = not gone and (one is None or one.model.kind is ModelKind.CHAT)
        self._show(self._use, writes and one is not None and not one.answers, answering)
        self._show(self._verify, bool(there) and not self._jobs.busy, not gone)
        self._show(self._measure, writes and not self._jobs.busy, answering)
        removable = [
            shown
            for shown in there
            if shown.model.keeping is not Keeping.INSTALLATION and shown.part is Part.NONE
        ]
        self._show(self._remove, bool(removable), not gone)
        self._show(self._restore, gone, gone)

    @staticmethod
    def _show(action: QAction, enabled: bool, visible: bool) -> None:
        action.setEnabled(enabled)
        action.setVisible(visible)

    def _register(self, actions: Actions, within: QWidget) -> None:
        def add(name: str, text: str, keys: str, do: Callable[[], object], in_full: str) -> QAction:
            action = actions.add(f"models.{name}", text, keys, do, within=within, in_full=in_full)
            action.setEnabled(False)
            return action

        self._use = add(
            "use",
            self.tr("Use for answers"),
            "Ctrl+Return",
            self.use,
            self.tr("Let the selected model answer from now on"),
        )
        self._verify = add(
            "verify",
            self.tr("Verify"),
            "Ctrl+Shift+V",
            self.verify,
            self.tr("Hash the files of the selected models again"),
        )
        self._measure = add(
            "measure",
            self.tr("Measure here"),
            "F6",
            self.measure,
            self.tr("Measure how fast the selected model is on this computer"),
        )
        self._remove = add(
            "remove",
            self.tr("Remove"),
            "Del",
            self.remove,
            self.tr("Remove the selected models; can be undone until the window closes"),
        )
        self._restore = add(
            "restore",
            self.tr("Put back"),
            "Ctrl+Shift+Z",
            self.restore,
            self.tr("Put the selected removed models back"),
        )
