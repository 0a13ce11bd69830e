"""Everything the user can do, in one registry: shortcuts, menus and the command palette share it.

An action is registered where it is carried out; nothing is carried out here.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget


class Actions(QObject):
    """The actions of one window, by id ("documents.add"), in the order they were registered."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}

    def add(
        self,
        id: str,  # noqa: A002 (the field's word for it)
        text: str,
        shortcut: str | QKeySequence.StandardKey | None,
        callback: Callable[[], object],
        *,
        within: QWidget | None = None,
        in_full: str = "",
    ) -> QAction:
        """Register an action; its shortcut works in the whole window, or inside `within` alone.

        `in_full` says what it does where no page explains it: in its tooltip and the palette.
        The object name of the action is its id. Registering an id twice is a bug.
        """
        if id in self._actions:
            message = f"the action {id} is registered already"
            raise ValueError(message)
        home = within or self._window
        action = QAction(text, home)
        action.setObjectName(id)
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(
            Qt.ShortcutContext.WindowShortcut
            if within is None
            else Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        action.setStatusTip(in_full or text)
        action.setToolTip(with_shortcut(in_full or text, action))
        action.triggered.connect(lambda _checked=False: callback())
        home.addAction(action)
        self._actions[id] = action
        self.changed.emit()
        return action

    def get(self, id: str) -> QAction:  # noqa: A002
        """The action of that id. Raises KeyError."""
        return self._actions[id]

    def all(self) -> list[QAction]:
        return list(self._actions.values())


def with_shortcut(text: str, action: QAction) -> str:
    """A tooltip: what it does, and the keys for it."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({keys})" if keys else text


def bind(button: QAbstractButton, action: QAction) -> None:
    """Let a button stand for an action: text, tooltip, state and click; its object name stays."""

    def follow() -> None:
        button.setEnabled(action.isEnabled())
        button.setVisible(action.isVisible())
        button.setText(action.text())
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text())

    follow()
    action.changed.connect(follow)
    button.clicked.connect(action.trigger)
