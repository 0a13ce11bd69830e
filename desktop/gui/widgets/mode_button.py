"""What is made of the passages that a question finds: an answer, a summary, or they themselves.

The button says it in words, and its menu offers the others. Knows no service.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.domain.chat import AnswerMode
from desktop.gui.actions import Actions


class ModeButton(QToolButton):
    """Opens the choice. `changed` carries the mode."""

    changed = Signal(object)

    def __init__(self, actions: Actions, within: QWidget) -> None:
        super().__init__(within)
        self.setObjectName("chat.mode")
        self.mode = AnswerMode.ANSWER
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        menu = QMenu(self)
        group = QActionGroup(menu)
        self._actions = {}
        for mode, text, keys, in_full in (
            (
                AnswerMode.ANSWER,
                self.tr("Answer the question"),
                "Alt+1",
                self.tr("Let the model answer from the passages that are found"),
            ),
            (
                AnswerMode.QUOTE,
                self.tr("Quote the passages"),
                "Alt+2",
                self.tr("Show the passages that are found, word for word, without a model"),
            ),
            (
                AnswerMode.SUMMARISE,
                self.tr("Summarise what is found"),
                "Alt+3",
                self.tr("Let the model summarise the passages that are found, and say no more"),
            ),
            (
                AnswerMode.COMPARE,
                self.tr("Compare two documents"),
                "Alt+4",
                self.tr("Let each of two chosen documents answer by itself, side by side"),
            ),
        ):
            action = actions.add(
                f"chat.mode.{mode}",
                text,
                keys,
                partial(self.choose, mode),
                within=within,
                in_full=in_full,
            )
            action.setCheckable(True)
            group.addAction(action)
            menu.addAction(action)
            self._actions[mode] = action
        menu.setToolTipsVisible(True)
        self.setMenu(menu)
        self.setToolTip(self.tr("Choose what is made of the passages that are found"))
        self.choose(self.mode)

    def choose(self, mode: AnswerMode) -> None:
        """Let questions be treated that way from now on."""
        told, self.mode = self.mode, mode
        action = self._actions[mode]
        action.setChecked(True)
        self.setText(action.text().replace("&", "&&"))
        self.setAccessibleName(self.tr("What a question gets: {which}").format(which=action.text()))
        if told is not mode:
            self.changed.emit(mode)
