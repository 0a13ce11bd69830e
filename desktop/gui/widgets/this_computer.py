"""This computer on the Models page: a line of what it can run, and on wish all that it has.

Examines it on a task. That and the judging of what is installed can be stopped here and begun anew;
what the computer is good for, others say.
"""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.domain.catalogue import limits
from desktop.domain.hardware import Computer
from desktop.domain.jobs import Cancellation
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.model_services import ModelServices
from desktop.gui.models.computer_words import facts, in_one_line
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.elided_label import ElidedLabel
from desktop.gui.widgets.facts import Facts
from desktop.gui.widgets.installed_view import InstalledView


class ThisComputer(QWidget):
    """`examined` carries what was found."""

    examined = Signal(object)

    def __init__(
        self,
        *,
        tasks: Tasks,
        services: ModelServices,
        view: InstalledView,
        actions: Actions,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("models.this_computer")
        self._tasks = tasks
        self._services = services
        self._view = view
        self._examining: Cancellation | None = None
        self._computer: Computer | None = None
        self._register(actions, parent)
        self._lay_out()
        view.judgingChanged.connect(self._follow)
        self._follow()

    def examine(self) -> None:
        """Find out what this computer has, and then what of the shelf fits it."""
        if self._examining is None:
            self._examining = self._tasks.run(
                self._services.loader.computer,
                owner=self,
                done=self._show,
                over=self._end_examining,
            )
            self._follow()

    def look_again(self) -> None:
        """Examine the computer and judge what is installed anew."""
        self.examine()
        self._view.judge()

    def stop(self) -> None:
        """Wait neither for the examination nor for the judging any more. Never blocks."""
        examining, self._examining = self._examining, None
        if examining is not None:
            # Listeners of a cancellation may write to a pipe: not on this thread.
            threading.Thread(target=examining.cancel, name="examination-stop").start()
        self._view.stop_judging()
        self._follow()

    def _end_examining(self) -> None:
        self._examining = None
        self._follow()

    def _show(self, computer: Computer) -> None:
        self._computer = computer
        self.facts.show_facts(facts(computer))
        self._follow()
        self.examined.emit(computer)

    def _follow(self) -> None:
        examining = self._examining is not None
        busy = examining or self._view.judging
        self._stop.setEnabled(busy)
        self._stop.setVisible(busy)
        self._again.setEnabled(not busy)
        self._again.setVisible(not busy)
        self.more.setEnabled(self._computer is not None)
        if self._computer is not None:
            line = in_one_line(self._computer, limits(self._computer))
        elif examining:
            line = self.tr("Looking at what this computer has")
        else:
            line = self.tr("What this computer has is not known")
        self.line.show_text(line)

    def _disclose(self, shown: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow
        self.more.setArrowType(arrow)
        self.facts.setVisible(shown)

    # -- how it is made

    def _register(self, actions: Actions, within: QWidget) -> None:
        self._stop = actions.add(
            "models.stop_looking",
            self.tr("Stop checking"),
            "Ctrl+Shift+.",
            self.stop,
            within=within,
            in_full=self.tr("Stop examining this computer and judging what fits it"),
        )
        self._again = actions.add(
            "models.look_again",
            self.tr("Check again"),
            "Ctrl+Shift+F5",
            self.look_again,
            within=within,
            in_full=self.tr("Examine this computer again, and judge which models fit it"),
        )

    def _lay_out(self) -> None:
        self.line = ElidedLabel("models.computer", "muted", self)
        self.more = QToolButton(self)
        self.more.setObjectName("models.this_computer.more")
        self.more.setText(self.tr("This computer"))
        self.more.setAccessibleName(self.tr("Show what this computer has"))
        self.more.setCheckable(True)
        self.more.setArrowType(Qt.ArrowType.RightArrow)
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more.toggled.connect(self._disclose)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self.more)
        row.addWidget(self.line, 1)
        for action in (self._stop, self._again):
            button = QPushButton(self)
            button.setObjectName(f"{action.objectName()}.button")
            bind(button, action)
            row.addWidget(button)
        self.facts = Facts("models.this_computer.facts", self)
        self.facts.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addLayout(row)
        layout.addWidget(self.facts)
